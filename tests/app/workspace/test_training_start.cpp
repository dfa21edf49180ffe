// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <string>

#include "app/workspace/command_lines.h"
#include "app/workspace/experiments/training_start.h"
#include "app/workspace/session/session.h"
#include "core/models/initialiser.h"
#include "core/support/error.h"
#include "tests/support/test_class.h"
#include "training/runs/training_parameters.h"

using namespace dnm;

namespace {

WorkspaceState state_with(std::string_view method) {
  WorkspaceState state;
  state.parameters.layer_sizes = {60, 50, 40};
  state.parameters.shared.sparsity = 0.9;
  training_parameter_table().set_text(state.training, "method", method);
  return state;
}

double final_of(const TrainingSettings& settings) {
  return std::get<double>(training_parameter_table().at("final-sparsity").get(settings));
}

QString problem_of_start(const WorkspaceState& state) {
  try {
    static_cast<void>(settled_training(state));
    return {};
  } catch (const InvalidInput& error) {
    return QString::fromUtf8(error.what());
  }
}

}  // namespace

/// With which network and final sparsity a run begins (manual: methods/rewiring, "Falling density").
class TestTrainingStart : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void rules_that_keep_the_density_train_the_model_as_it_is() {
    for (const char* method : {"static", "set", "rigl", "cht", "chts"}) {
      const WorkspaceState state = state_with(method);
      QVERIFY(begins_as_shown(state));
      QVERIFY(first_parameters(state.parameters, state.training) == state.parameters);
      QVERIFY(settled_training(state) == state.training);
      QVERIFY(falling_text(state).empty());
    }
  }

  void falling_densities_begin_at_the_start_sparsity_and_end_at_the_models() {
    for (const char* method : {"chtss", "granet", "gmp"}) {
      WorkspaceState state = state_with(method);
      QVERIFY(!begins_as_shown(state));
      Generated drawn = generate(first_parameters(state.parameters, state.training));
      QCOMPARE(drawn.network->masks()[0].link_count(), std::uint64_t{60 * 50 / 2});
      QCOMPARE(drawn.network->masks()[1].link_count(), std::uint64_t{50 * 40 / 2});
      QCOMPARE(final_of(settled_training(state)), 0.9);
      QCOMPARE(falling_text(state), std::string("trained from sparsity 0.5 to 0.9"));

      training_parameter_table().set_text(state.training, "start-sparsity", "0.25");
      training_parameter_table().set_text(state.training, "final-sparsity", "0.95");
      drawn = generate(first_parameters(state.parameters, state.training));
      QCOMPARE(drawn.network->masks()[0].link_count(), std::uint64_t{60 * 50 * 3 / 4});
      QCOMPARE(final_of(settled_training(state)), 0.95);
      // What the user chose stays as it is, and says the same on a command line and in a session.
      const std::string line = training_command_line(state);
      QVERIFY(line.find("--sparsity 0.9 ") != std::string::npos);
      QVERIFY(line.find("--start-sparsity 0.25") != std::string::npos);
      QVERIFY(line.find("--final-sparsity 0.95") != std::string::npos);
      Session session;
      session.state = state;
      QVERIFY(session_from_json(session_to_json(session)).state == state);
    }
  }

  void layers_of_one_start_sparsity_whatever_the_model_gives_them() {
    WorkspaceState state = state_with("gmp");
    set_from_text(state.parameters, "sparsity", "2=0.8");
    const ModelParameters first = first_parameters(state.parameters, state.training);
    QVERIFY(first.overrides.empty());
    QVERIFY(problem_of_start(state).contains("--final-sparsity"));
    training_parameter_table().set_text(state.training, "final-sparsity", "0.9");
    QCOMPARE(problem_of_start(state), QString());

    state = state_with("gmp");
    set_from_text(state.parameters, "allocation", "0.9,0.8");
    QCOMPARE(first_parameters(state.parameters, state.training).allocation, std::string("uniform"));
    QVERIFY(problem_of_start(state).contains("--final-sparsity"));
  }

  void networks_that_are_given_begin_as_they_are() {
    WorkspaceState state = state_with("chtss");
    state.shown = ShownFile{.file = "net.npz", .network = generate(state.parameters).network};
    QVERIFY(begins_as_shown(state));
    QVERIFY(problem_of_start(state).contains("--final-sparsity"));
    training_parameter_table().set_text(state.training, "final-sparsity", "0.95");
    QCOMPARE(problem_of_start(state), QString());
    QCOMPARE(final_of(settled_training(state)), 0.95);
    // Nor does that of a run end at what the model's parameters say beside it: they are of another network.
    state = state_with("chtss");
    state.shown = ShownRun{.experiment = "0f-1e", .network = generate(state.parameters).network};
    QVERIFY(problem_of_start(state).contains("--final-sparsity"));

    state = state_with("chtss");
    set_from_text(state.parameters, "model", "dense");
    QVERIFY(first_parameters(state.parameters, state.training) == state.parameters);
    QVERIFY(problem_of_start(state).contains("--final-sparsity"));
  }

  void a_density_that_would_rise_is_refused() {
    WorkspaceState state = state_with("granet");
    state.parameters.shared.sparsity = 0.4;
    QVERIFY(problem_of_start(state).contains("0.5 to one of 0.4"));
    training_parameter_table().set_text(state.training, "start-sparsity", "0.4");
    QCOMPARE(problem_of_start(state), QString());
  }
};

DNM_TEST(TestTrainingStart)
#include "test_training_start.moc"
