// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <filesystem>
#include <map>
#include <utility>
#include <vector>

#include "core/network/random.h"
#include "core/support/error.h"
#include "run_samples.h"
#include "samples.h"
#include "tests/support/test_class.h"
#include "training/runs/epoch_weights.h"
#include "training/runs/weight_average.h"

namespace fs = std::filesystem;

using dnm::EpochWeights;
using samples::Pattern;

namespace {

/// Parameters of a small perceptron on drawn masks.
EpochWeights drawn(std::uint64_t seed, Pattern hidden = Pattern::random) {
  const std::vector<dnm::Mask> masks{samples::mask(hidden, 12, 9, seed), samples::mask(Pattern::random, 9, 7, seed + 1),
                                     samples::mask(Pattern::full, 7, 3, 0)};
  EpochWeights made{samples::layers(masks), samples::state(masks, seed)};
  for (dnm::ParameterState& parameter : made.state) parameter.slots.clear();
  return made;
}

using Cells = std::map<std::pair<dnm::NodeIndex, dnm::NodeIndex>, double>;

Cells cells_of(const dnm::Mask& mask, const std::vector<float>& values) {
  Cells cells;
  for (dnm::NodeIndex output = 0; output < mask.n_out; ++output) {
    for (std::uint64_t link = mask.row_begin[output]; link < mask.row_begin[output + 1]; ++link) {
      cells[{output, mask.columns[link]}] = static_cast<double>(values[link]);
    }
  }
  return cells;
}

}  // namespace

/// Means of parameters, and the files they are kept in.
class TestWeightAverage : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  [[nodiscard]] fs::path folder() const { return folder_.path().toStdString(); }

 private Q_SLOTS:
  void a_mean_has_the_links_of_the_newest() {
    const std::vector<EpochWeights> epochs{drawn(1), drawn(2), drawn(3), drawn(4, Pattern::empty_rows)};
    const EpochWeights& newest = epochs.back();
    dnm::WeightAverage average(newest.layers, newest.state);
    for (std::size_t i = 3; i-- > 0;) average.add(epochs[i].layers, epochs[i].state);
    const dnm::ModelState mean = average.mean();
    QCOMPARE(mean.size(), newest.state.size());
    std::size_t missing = 0;
    for (std::size_t layer = 0; layer < newest.layers.size(); ++layer) {
      const std::size_t weight = 2 * layer;
      const Cells found = cells_of(newest.layers[layer].mask, mean[weight].values);
      for (const auto& [cell, value] : found) {
        double sum = 0.0;
        for (const EpochWeights& epoch : epochs) {
          const Cells then = cells_of(epoch.layers[layer].mask, epoch.state[weight].values);
          const auto link = then.find(cell);
          if (link != then.end()) sum += link->second;
          if (link == then.end()) ++missing;
        }
        QVERIFY(std::abs(value - sum / 4.0) < 1e-7);
      }
      for (std::size_t i = 0; i < mean[weight + 1].values.size(); ++i) {
        double sum = 0.0;
        for (const EpochWeights& epoch : epochs) sum += static_cast<double>(epoch.state[weight + 1].values[i]);
        QVERIFY(std::abs(static_cast<double>(mean[weight + 1].values[i]) - sum / 4.0) < 1e-7);
      }
    }
    QVERIFY(missing > 0);
    dnm::WeightAverage alone(newest.layers, newest.state);
    QVERIFY(alone.mean() == newest.state);
  }

  void parameters_of_another_model_are_refused() {
    const EpochWeights own = drawn(1);
    dnm::WeightAverage average(own.layers, own.state);
    EpochWeights other = drawn(2);
    other.layers[0].name = other.state[0].name = "else";
    QVERIFY_EXCEPTION_THROWN(average.add(other.layers, other.state), dnm::InvalidInput);
    other = drawn(2);
    other.state.pop_back();
    QVERIFY_EXCEPTION_THROWN(average.add(other.layers, other.state), dnm::InvalidInput);
    const std::vector<dnm::Mask> wider{samples::mask(Pattern::random, 13, 9, 1),
                                       samples::mask(Pattern::random, 9, 7, 1), samples::mask(Pattern::full, 7, 3, 0)};
    QVERIFY_EXCEPTION_THROWN(average.add(samples::layers(wider), samples::state(wider, 1)), dnm::InvalidInput);
    QVERIFY(average.mean() == own.state);
  }

  void files_keep_them_byte_for_byte() {
    const EpochWeights weights = drawn(5);
    const std::vector<dnm::Engine> engines(3, dnm::Engine::sparse);
    dnm::TrainingSettings settings;
    settings.run_folder = "/one";
    dnm::save_epoch_weights(folder(), 7, settings, engines, weights);
    const std::string bytes = samples::text_of(folder() / "weights.epoch-7.pt");
    const EpochWeights read = dnm::load_epoch_weights(folder(), 7);
    QVERIFY(read.layers == weights.layers && read.state == weights.state);
    // Resumed, elsewhere, for longer.
    settings.run_folder = "/other";
    settings.resume = true;
    settings.epochs = 200;
    dnm::save_epoch_weights(folder(), 7, settings, engines, weights);
    QVERIFY(samples::text_of(folder() / "weights.epoch-7.pt") == bytes);
  }

  void the_mean_of_epochs_reads_each_once() {
    std::vector<EpochWeights> epochs{drawn(1), drawn(2), drawn(3)};
    std::vector<int> asked;
    const EpochWeights mean = dnm::mean_weights(2, 3, [&](int epoch) {
      asked.push_back(epoch);
      return epochs.at(static_cast<std::size_t>(epoch) - 1);
    });
    QCOMPARE(asked, (std::vector<int>{3, 2}));
    dnm::WeightAverage by_hand(epochs[2].layers, epochs[2].state);
    by_hand.add(epochs[1].layers, epochs[1].state);
    QVERIFY(mean.layers == epochs[2].layers && mean.state == by_hand.mean());
    QCOMPARE(dnm::first_averaged(10, 3), 8);
    QCOMPARE(dnm::first_averaged(2, 5), 1);
  }

  void missing_files_are_named() {
    const std::vector<dnm::Engine> engines(3, dnm::Engine::sparse);
    const fs::path run = folder() / "run";
    fs::create_directories(run);
    for (const int epoch : {3, 4, 12}) dnm::save_epoch_weights(run, epoch, {}, engines, drawn(1));
    dnm::require_epoch_weights(run, 3, 4);
    dnm::require_epoch_weights(run, 5, 4);
    const QString message = samples::message_of([&] { dnm::require_epoch_weights(run, 3, 5); });
    QVERIFY2(message.contains("weights.epoch-5.pt") && message.contains("put the file back"), qPrintable(message));
    dnm::remove_epoch_weights_before(run, 4);
    QVERIFY(!fs::exists(run / "weights.epoch-3.pt") && fs::exists(run / "weights.epoch-4.pt") &&
            fs::exists(run / "weights.epoch-12.pt"));
  }
};

DNM_TEST(TestWeightAverage)
#include "test_weight_average.moc"
