// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>

#include "run_samples.h"
#include "samples.h"
#include "tests/support/places.h"
#include "tests/support/test_class.h"
#include "training/runs/training_loop.h"
#include "training/support/devices.h"

namespace fs = std::filesystem;

using dnm::Checkpoint;
using samples::Pattern;

namespace {

/// Of two sparse layers and a classifier, one of whose parts nothing else in this program makes: two slots, and the
/// memory of a rule.
Checkpoint made() {
  const std::vector<dnm::Mask> masks{samples::mask(Pattern::random, 30, 20, 1),
                                     samples::mask(Pattern::blocks, 20, 10, 2), samples::mask(Pattern::full, 10, 5, 3)};
  Checkpoint checkpoint;
  checkpoint.settings.seed = 7;
  checkpoint.layers = samples::layers(masks);
  checkpoint.engines = {dnm::Engine::sparse, dnm::Engine::masked, dnm::Engine::sparse};
  checkpoint.data_checksum = 0xFEDCBA98U;
  checkpoint.slots = {"exp_avg", "exp_avg_sq"};
  checkpoint.state = samples::state(masks, 4);
  for (dnm::ParameterState& parameter : checkpoint.state) parameter.slots.push_back(parameter.values);
  checkpoint.position = {1, 12, {3.5, 200, 384}, 0.25, 9};
  dnm::EpochResult& epoch = checkpoint.history.emplace_back(dnm::EpochResult{7, 1});
  for (const dnm::Metric* metric : samples::metrics.all) {
    epoch.values.set(*metric, 0.125 * static_cast<double>(dnm::metric_index(*metric) + 1));
  }
  checkpoint.rule_memory = {{"settled", {0, 1}}, {"ever", {-1, 1LL << 60, 3}}};
  return checkpoint;
}

bool same(const Checkpoint& a, const Checkpoint& b) {
  return a.settings == b.settings && a.layers == b.layers && a.engines == b.engines && a.device == b.device &&
         a.data_checksum == b.data_checksum && a.slots == b.slots && a.state == b.state &&
         a.position.epochs_done == b.position.epochs_done && a.position.steps_done == b.position.steps_done &&
         a.position.updates_done == b.position.updates_done && a.position.so_far.loss == b.position.so_far.loss &&
         a.position.so_far.correct == b.position.so_far.correct &&
         a.position.so_far.examples == b.position.so_far.examples && samples::same_outcome(a.history, b.history) &&
         a.history.size() == b.history.size() && a.rule_memory == b.rule_memory;
}

}  // namespace

/// What checkpoints hold, by name, and that those of earlier versions are read.
class TestCheckpoint : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    QVERIFY(folder_.isValid());
    dnm::prepare_training_thread();
  }

  void everything_comes_back() {
    const Checkpoint checkpoint = made();
    dnm::save_checkpoint(path("new.pt"), checkpoint);
    QVERIFY(same(dnm::load_checkpoint(path("new.pt")), checkpoint));
  }

  /// The keys stand in the file as they are, for whoever reads it with PyTorch.
  void tensors_have_names() {
    dnm::save_checkpoint(path("named.pt"), made());
    const std::string bytes = samples::text_of(path("named.pt"));
    for (const char* name :
         {"layer1.mask.row_begin", "layer1.mask.columns", "layer1.mask.n_in", "layer1.engine", "layer1.weight",
          "layer1.weight.exp_avg", "layer1.weight.exp_avg_sq", "layer1.bias", "layer2.weight", "classifier.weight",
          "classifier.bias.exp_avg", "classifier.mask.dense", "rule.settled", "steps_done", "updates_done"}) {
      QVERIFY2(bytes.find(name) != std::string::npos, name);
    }
  }

  void parts_that_do_not_fit_are_refused() {
    const auto message = [&](const std::function<void(Checkpoint&)>& spoil) {
      Checkpoint bad = made();
      spoil(bad);
      dnm::save_checkpoint(path("bad.pt"), bad);
      return samples::message_of([&] { static_cast<void>(dnm::load_checkpoint(path("bad.pt"))); });
    };
    QVERIFY(message([](Checkpoint&) {}).isEmpty());
    QVERIFY(message([](Checkpoint& bad) { bad.state[2].values.pop_back(); }).contains("bad.pt"));
    QVERIFY(message([](Checkpoint& bad) { bad.state[2].slots[1].pop_back(); }).contains("layer2.weight"));
    QVERIFY(message([](Checkpoint& bad) { bad.state[0].name = "layer9.weight"; }).contains("layer1.weight"));
    QVERIFY(message([](Checkpoint& bad) { bad.layers.clear(); }).contains("no layers"));
    QVERIFY(message([](Checkpoint& bad) { bad.position.epochs_done = 2; }).contains("history"));
  }

  /// Written by the program when checkpoints were of version 2, killed within an epoch: 784-24-16-10 at 90 %, seed 3.
  void version_2_is_read_and_resumed() {
    const fs::path old = fs::path(dnm::test::reference_folder()) / "checkpoint_version_2.pt";
    const Checkpoint found = dnm::load_checkpoint(old);
    QCOMPARE(found.settings.seed, std::uint64_t{3});
    QCOMPARE(found.layers.size(), std::size_t{3});
    const char* names[] = {"layer1", "layer2", "classifier"};
    for (std::size_t i = 0; i < 3; ++i) {
      QCOMPARE(found.layers[i].name, std::string(names[i]));
      QCOMPARE(found.layers[i].dense, i == 2);
      QCOMPARE(found.engines[i], dnm::Engine::sparse);
      QCOMPARE(found.state[2 * i].name, names[i] + std::string(".weight"));
      QCOMPARE(found.state[2 * i + 1].name, names[i] + std::string(".bias"));
    }
    QVERIFY(found.slots == std::vector<std::string>{"momentum"});

    // It resumes as the same checkpoint of the present version does.
    samples::write_data_set(path("data"), 300, 60);
    dnm::save_checkpoint(path("present.pt"), found);
    QVERIFY(same(dnm::load_checkpoint(path("present.pt")), found));
    const auto resumed = [&](const fs::path& checkpoint, const char* name) {
      dnm::TrainingSettings settings = found.settings;
      settings.data_folder = path("data").string();
      settings.run_folder = path(name).string();
      settings.resume = true;
      fs::create_directories(settings.run_folder);
      fs::copy_file(checkpoint, fs::path(settings.run_folder) / "checkpoint.pt");
      dnm::TrainingReporter reporter;
      dnm::TrainingLoop loop(dnm::make_plan(samples::network("784,24,16", 3), settings), reporter);
      loop.run({});
      return std::pair{loop.state(), loop.history()};
    };
    const auto from_old = resumed(old, "from-old");
    const auto from_new = resumed(path("present.pt"), "from-new");
    QVERIFY(from_old.first == from_new.first);
    QVERIFY(samples::same_outcome(from_old.second, from_new.second));
    QCOMPARE(from_old.second.size(), std::size_t{6});
  }

 private:
  [[nodiscard]] fs::path path(const char* name) const { return folder_.filePath(name).toStdString(); }

  QTemporaryDir folder_;
};

DNM_TEST(TestCheckpoint)
#include "test_checkpoint.moc"
