// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <string>

#include "app/workspace/command_lines.h"
#include "app/workspace/experiments/first_topology.h"
#include "app/workspace/experiments/training_start.h"
#include "core/models/initialiser.h"
#include "core/network/mask_rows.h"
#include "core/support/error.h"
#include "tests/support/test_class.h"
#include "training/models/model_table.h"
#include "training/runs/training_parameters.h"

using namespace dnm;

namespace {

TrainingSettings transformer() {
  TrainingSettings made;
  for (const auto& [id, text] : {std::pair<const char*, const char*>{"data", "text-folder"},
                                 {"blocks", "2"},
                                 {"width", "32"},
                                 {"heads", "4"},
                                 {"feed-forward", "48"}}) {
    training_parameter_table().set_text(made, id, text);
  }
  return made;
}

ModelParameters model(std::uint64_t seed) {
  ModelParameters made;
  made.seed = seed;
  made.shared.sparsity = 0.9;
  made.shared.rewiring = 0.3;
  return made;
}

std::vector<NamedMask> drawn(const ModelParameters& parameters, const TrainingSettings& settings) {
  return draw_topology(parameters, settings, {}).source.matrices;
}

QString problem_of(const ModelParameters& parameters) {
  try {
    static_cast<void>(drawn(parameters, transformer()));
    return {};
  } catch (const InvalidInput& error) {
    return QString::fromUtf8(error.what());
  }
}

}  // namespace

/// With what runs of either kind of model begin.
class TestFirstTopology : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void perceptrons_begin_with_the_models_network() {
    const ModelParameters parameters = model(5);
    const FirstTopology made = draw_topology(parameters, {}, {});
    QVERIFY(made.source.matrices.empty());
    QVERIFY(made.source.network->masks() == generate(parameters).network->masks());
  }

  void every_matrix_has_its_links_and_a_topology_of_its_own() {
    const std::vector<NamedMask> made = drawn(model(5), transformer());
    const std::vector<MatrixRequest> wanted = matrices_of(transformer());
    QCOMPARE(made.size(), std::size_t{32});
    QCOMPARE(wanted.size(), made.size());
    for (std::size_t i = 0; i < made.size(); ++i) {
      const Mask& mask = made[i].mask;
      QCOMPARE(made[i].name, wanted[i].name);
      QVERIFY(mask.n_out == wanted[i].n_out && mask.n_in == wanted[i].n_in);
      QCOMPARE(mask.link_count(), link_count_of_layer(0.9, mask.n_in, mask.n_out));
      for (std::size_t j = 0; j < i; ++j) QVERIFY(made[j].mask != mask);
    }
    QVERIFY(drawn(model(5), transformer()) == made);
    QVERIFY(drawn(model(6), transformer()).front().mask != made.front().mask);
  }

  /// The larger side has the dendrites, and of a square matrix the inputs: with one dendrite, its window is one run of
  /// neighbours, around the ring.
  void dendrites_stand_where_they_are_asked_for() {
    ModelParameters parameters = model(1);
    parameters.shared.rewiring = 0.0;
    parameters.shared.dendrites.mean = 1.0;
    parameters.shared.receptive_field.mean = 0.0;
    TrainingSettings settings = transformer();
    const auto are_runs = [](const Mask& mask) {
      for (NodeIndex row = 0; row < mask.n_out; ++row) {
        int ends = 0;
        const auto links = mask.row(row);
        for (std::size_t i = 0; i < links.size(); ++i) {
          const NodeIndex next = i + 1 < links.size() ? links[i + 1] : links[0] + mask.n_in;
          if (next != links[i] + 1) ++ends;
        }
        if (ends > 1) return false;
      }
      return true;
    };
    for (const NamedMask& matrix : drawn(parameters, settings)) QVERIFY2(are_runs(matrix.mask), matrix.name.c_str());
    training_parameter_table().set_text(settings, "dendrites-on", "as-trained");
    for (const NamedMask& matrix : drawn(parameters, settings)) {
      const bool on_inputs = matrix.mask.n_in >= matrix.mask.n_out;
      QVERIFY2(are_runs(on_inputs ? transposed(matrix.mask) : matrix.mask), matrix.name.c_str());
    }
  }

  void refusals_say_what_to_do() {
    ModelParameters parameters = model(0);
    parameters.initialiser = "csti";
    QVERIFY(problem_of(parameters).contains("--model"));
    parameters = model(0);
    parameters.allocation = "erk";
    QVERIFY(problem_of(parameters).contains("--allocation"));
    parameters = model(0);
    parameters.overrides[0]["sparsity"] = 0.5;
    QVERIFY(problem_of(parameters).contains("no layer"));
  }

  void matrices_have_words() {
    WorkspaceState state;
    QCOMPARE(matrices_text(state), std::string());
    state.training = transformer();
    QCOMPARE(matrices_text(state), std::string("32 matrices of 32 to 48 neurons"));
    // Of a shape that cannot be there is no topology, but still a command line.
    training_parameter_table().set_text(state.training, "heads", "5");
    QVERIFY(draws_matrices(state.training));
    QCOMPARE(matrices_text(state), std::string());
    const std::string command = training_command_line(state);
    QVERIFY(command.find(" --heads 5") != std::string::npos && command.find("--layers") == std::string::npos);
  }
};

DNM_TEST(TestFirstTopology)
#include "test_first_topology.moc"
