// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <QThread>
#include <filesystem>

#include "core/network/random.h"
#include "core/support/error.h"
#include "played_rule.h"
#include "run_samples.h"
#include "samples.h"
#include "tests/support/test_class.h"
#include "training/runs/topology_file.h"

namespace fs = std::filesystem;

using dnm::LayerChange;
using dnm::Mask;
using dnm::NamedMask;
using dnm::RunState;
using dnm::TopologyEvent;
using dnm::TrainingProgress;
using samples::Pattern;

namespace {

using Layers = std::vector<NamedMask>;

/// Each layer's links without a weight: what replaying the events needs.
Layers sparse_layers(const dnm::Network& network) {
  Layers layers;
  for (const Mask& mask : network.masks()) layers.push_back({"layer" + std::to_string(layers.size() + 1), mask});
  return layers;
}

/// The layers after the update, by its changes alone.
void follow(const TopologyEvent& event, Layers& layers) {
  for (std::size_t i = 0; i < layers.size(); ++i) {
    QCOMPARE(event.layers.at(i).layer, layers[i].name);
    layers[i].mask = dnm::changed_mask(layers[i].mask, event.layers[i]);
    QCOMPARE(event.layers[i].links, layers[i].mask.link_count());
  }
}

Layers reached_in(const fs::path& folder) {
  Layers layers = dnm::load_checkpoint(folder / "checkpoint.pt").layers;
  layers.pop_back();  // the classifier
  return layers;
}

/// An update that follows from its number, for tests of the file alone.
TopologyEvent played(std::uint64_t update, Layers& layers) {
  TopologyEvent event{update, 10 * update, static_cast<int>(update), {}, {{"zeta", 0.3 / static_cast<double>(update)}},
                      {},     0.25};
  if (update % 2 == 0) event.leading_before = 0.5;
  for (NamedMask& layer : layers) {
    const Mask next = samples::mask(Pattern::random, layer.mask.n_in, layer.mask.n_out, update);
    LayerChange& change = event.layers.emplace_back(LayerChange{layer.name, 0, {1, 2, 3, 4, update}, {}, {}});
    dnm::note_difference(layer.mask, next, change);
    layer.mask = next;
  }
  return event;
}

}  // namespace

/// Changes of a run's topology as events: taken out of masks and put back, reported without loss, kept in the folder.
class TestTopologyEvents : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { files_ = std::make_unique<samples::RunFiles>(); }

  void a_difference_put_back_is_the_other_mask() {
    const Pattern patterns[] = {Pattern::random, Pattern::blocks, Pattern::empty_rows, Pattern::full};
    for (const Pattern before : patterns) {
      for (const Pattern after : patterns) {
        const Mask from = samples::mask(before, 40, 30, 1);
        const Mask to = samples::mask(after, 40, 30, 2);
        LayerChange change;
        dnm::note_difference(from, to, change);
        QCOMPARE(change.links, to.link_count());
        QCOMPARE(from.link_count() - change.removed.size() + change.grown.size(), to.link_count());
        QVERIFY(std::is_sorted(change.removed.begin(), change.removed.end()));
        QVERIFY(std::is_sorted(change.grown.begin(), change.grown.end()));
        QVERIFY(dnm::changed_mask(from, change) == to);
      }
    }
  }

  void changes_that_do_not_fit_are_refused() {
    const Mask mask{4, 3, {0, 1, 3, 3}, {2, 0, 1}};
    const auto refused = [&](const LayerChange& change) {
      return !samples::message_of([&] { static_cast<void>(dnm::changed_mask(mask, change)); }).isEmpty();
    };
    const auto change = [](std::vector<dnm::Link> removed, std::vector<dnm::Link> grown) {
      return LayerChange{"layer1", 0, {}, std::move(removed), std::move(grown)};
    };
    QVERIFY(!refused(change({}, {})));
    QVERIFY(!refused(change({{0, 2}, {1, 1}}, {{0, 3}, {2, 0}})));
    QVERIFY(refused(change({{0, 1}}, {})));          // not there
    QVERIFY(refused(change({{2, 0}}, {})));          // not there
    QVERIFY(refused(change({{3, 0}}, {})));          // no such output
    QVERIFY(refused(change({}, {{1, 1}})));          // there already
    QVERIFY(refused(change({}, {{0, 4}})));          // no such input
    QVERIFY(refused(change({}, {{3, 0}})));          // no such output
    QVERIFY(refused(change({}, {{0, 3}, {0, 1}})));  // not sorted
    QVERIFY(refused(change({{1, 1}, {1, 0}}, {})));  // not sorted
    QVERIFY(refused(change({}, {{0, 1}, {0, 1}})));  // twice
  }

  /// Polled once, at the end, and in a run that is polled all the time: every update, each leading to the next.
  void every_update_is_reported_and_leads_to_the_end() {
    for (const bool often : {false, true}) {
      auto settings = files_->few_epochs(3);
      settings.run_folder = files_->fresh_folder();
      std::vector<dnm::TopologyEventPointer> events;
      const auto run = std::make_unique<dnm::BackgroundRun>(
          dnm::make_plan(samples::network(), settings, std::make_unique<samples::PlayedRule>()));
      std::vector<dnm::EpochResult> results;
      if (!often) {
        while (!fs::exists(fs::path(settings.run_folder) / "epochs.csv") ||
               samples::text_of(fs::path(settings.run_folder) / "epochs.csv").find("\n0,3,") == std::string::npos) {
          QThread::msleep(5);
        }
      }
      const TrainingProgress end = samples::wait_until(*run, results, [&](const TrainingProgress& progress) {
        events.insert(events.end(), progress.topology_events.begin(), progress.topology_events.end());
        return dnm::is_over(progress.state);
      });
      QVERIFY2(end.state == RunState::finished, end.problem.c_str());
      // 900 images in batches of 32: 29 steps an epoch, every third of 87 but the first.
      QCOMPARE(events.size(), std::size_t{28});
      Layers layers = sparse_layers(*samples::network());
      for (std::size_t i = 0; i < events.size(); ++i) {
        const TopologyEvent& event = *events[i];
        QCOMPARE(event.update, i + 1);
        QCOMPARE(event.step, 3 * (i + 1) + 1);
        QCOMPARE(event.epoch, static_cast<int>((event.step - 1) / 29) + 1);
        QCOMPARE(event.numbers.size(), std::size_t{1});
        QCOMPARE(event.numbers[0].name, std::string("turn"));
        QCOMPARE(event.numbers[0].value, static_cast<double>(i));
        // Only of an update in an epoch's last step: the accuracy after it is that of the epoch.
        QCOMPARE(event.leading_before.has_value(), event.step % 29 == 0);
        QVERIFY(event.seconds > 0.0);
        for (std::size_t layer = 0; layer < 2; ++layer) {
          const LayerChange& change = event.layers.at(layer);
          QCOMPARE(change.counts.removed, std::uint64_t{layer == 0 ? 96U : 64U});
          QCOMPARE(change.counts.regrown, change.counts.removed + 1);
          QCOMPARE(change.grown.size(), change.removed.size() + 1);
        }
        follow(event, layers);
      }
      QVERIFY(layers == reached_in(settings.run_folder));

      const auto history = dnm::read_topology_file(fs::path(settings.run_folder) / "topology.bin");
      QCOMPARE(history.snapshots.size(), std::size_t{1});
      QCOMPARE(history.events.size(), events.size());
      layers = sparse_layers(*samples::network());
      QVERIFY(history.after(0) == layers);
      for (std::size_t i = 0; i < events.size(); ++i) {
        QVERIFY(history.events[i] == *events[i]);
        follow(*events[i], layers);
        QVERIFY(history.after(i + 1) == layers);
      }
    }
  }

  /// What a resumed run reports first is what its folder has kept; in the end nothing is missing or twice.
  void a_resumed_run_reports_what_was_before() {
    auto settings = files_->few_epochs(3);
    settings.data_folder = files_->large_data().string();
    settings.run_folder = files_->fresh_folder();
    const auto run = [&](double stop_at) {
      std::vector<dnm::TopologyEventPointer> events;
      std::vector<dnm::EpochResult> results;
      const auto background = std::make_unique<dnm::BackgroundRun>(
          dnm::make_plan(samples::network(), settings, std::make_unique<samples::PlayedRule>()));
      static_cast<void>(samples::wait_until(*background, results, [&](const TrainingProgress& progress) {
        events.insert(events.end(), progress.topology_events.begin(), progress.topology_events.end());
        if (progress.epoch - 1 + progress.epoch_fraction > stop_at) background->stop();
        return dnm::is_over(progress.state);
      }));
      return events;
    };
    const auto undisturbed = run(99.0);
    // 6000 images in batches of 32: 188 steps an epoch, every third of 564 but the first.
    QCOMPARE(undisturbed.size(), std::size_t{187});
    settings.run_folder = files_->fresh_folder();
    settings.resume = true;
    std::vector<dnm::TopologyEventPointer> events;
    for (const double stop_at : {0.4, 1.2, 99.0}) events = run(stop_at);
    QCOMPARE(events.size(), undisturbed.size());
    for (std::size_t i = 0; i < events.size(); ++i) {
      QCOMPARE(events[i]->update, undisturbed[i]->update);
      QVERIFY(events[i]->layers == undisturbed[i]->layers);
    }
    const auto history = dnm::read_topology_file(fs::path(settings.run_folder) / "topology.bin");
    QCOMPARE(history.events.size(), undisturbed.size());
    QVERIFY(history.after(undisturbed.size()) == reached_in(settings.run_folder));
  }

  void a_run_without_a_rule_has_no_topology_file() {
    auto settings = files_->few_epochs(1);
    settings.run_folder = files_->fresh_folder();
    std::vector<dnm::EpochResult> results;
    const auto run = samples::start(samples::network(), settings);
    QVERIFY(samples::wait_for_end(*run, results).topology_events.empty());
    const fs::path path = fs::path(settings.run_folder) / "topology.bin";
    QVERIFY(!fs::exists(path));
    QVERIFY(samples::message_of([&] { static_cast<void>(dnm::read_topology_file(path)); }).contains("rewiring rule"));
  }

  void the_file_continues_from_any_update() {
    const fs::path path = fs::path(files_->fresh_folder() + ".bin");
    const Layers start{{"layer1", samples::mask(Pattern::random, 50, 40, 100)},
                       {"layer2", samples::mask(Pattern::empty_rows, 40, 20, 101)}};
    Layers layers = start;
    std::vector<TopologyEvent> written;
    std::vector<Layers> after{start};
    dnm::TopologyFile file(path);
    QVERIFY(file.begin(start, 0).events.empty());
    for (std::uint64_t update = 1; update <= 6; ++update) {
      written.push_back(played(update, layers));
      file.add(written.back(), layers);
      after.push_back(layers);
    }
    const auto check = [&](std::uint64_t first, std::uint64_t last) {
      const auto history = dnm::read_topology_file(path);
      for (std::uint64_t update = first; update <= last; ++update) QVERIFY(history.after(update) == after[update]);
      QVERIFY(!samples::message_of([&] { static_cast<void>(history.after(last + 1)); }).isEmpty());
    };
    check(0, 6);
    QVERIFY(dnm::read_topology_file(path).events == written);

    // Resumed from a checkpoint that lies before the last updates, which will come again.
    dnm::TopologyFile resumed(path);
    QVERIFY(resumed.begin(after[4], 4).events == std::vector(written.begin(), written.begin() + 4));
    check(0, 4);
    resumed.add(written[4], after[5]);
    check(0, 5);

    // Cut off within a record, as by a full disk.
    const std::string whole = samples::text_of(path);
    samples::write_file(path, whole.substr(0, whole.size() - 3));
    check(0, 4);
    dnm::TopologyFile cut(path);
    QCOMPARE(cut.begin(after[4], 4).events.size(), std::size_t{4});
    cut.add(written[4], after[5]);
    QVERIFY(samples::text_of(path) == whole);

    // Behind its checkpoint: what is lost stays lost, the rest can be followed.
    samples::write_file(path, whole.substr(0, whole.size() - 3));
    dnm::TopologyFile behind(path);
    QCOMPARE(behind.begin(after[5], 5).events.size(), std::size_t{4});
    behind.add(written[5], after[6]);
    check(0, 6);

    // Gone, or another file: it begins where the run stands.
    for (const bool gone : {true, false}) {
      if (gone) fs::remove(path);
      if (!gone) samples::write_file(path, "something else");
      dnm::TopologyFile anew(path);
      QVERIFY(anew.begin(after[5], 5).events.empty());
      anew.add(written[5], after[6]);
      check(5, 6);
      QVERIFY(!samples::message_of([&] { static_cast<void>(dnm::read_topology_file(path).after(4)); }).isEmpty());
      fs::remove(path);
      anew.add(written[5], after[6]);
      check(6, 6);
    }
  }

  void damaged_files_are_refused_or_end_early() {
    const fs::path path = fs::path(files_->fresh_folder() + ".bin");
    Layers layers{{"layer1", samples::mask(Pattern::random, 50, 40, 100)}};
    dnm::TopologyFile file(path);
    static_cast<void>(file.begin(layers, 0));
    for (std::uint64_t update = 1; update <= 3; ++update) {
      const TopologyEvent event = played(update, layers);
      file.add(event, layers);
    }
    const std::string good = samples::text_of(path);
    dnm::Random random(3);
    for (int i = 0; i < 200; ++i) {
      std::string bad = good;
      if (i % 2 == 0) {
        bad.resize(random.below(good.size()));
      } else {
        bad[random.below(good.size())] ^= static_cast<char>(1U << random.below(8));
      }
      samples::write_file(path, bad);
      // Never more than there was, and nothing wrong.
      try {
        const auto history = dnm::read_topology_file(path);
        QVERIFY(history.events.size() <= 3);
        for (const TopologyEvent& event : history.events) static_cast<void>(history.after(event.update));
      } catch (const dnm::FileError& error) {
        QVERIFY(QString::fromUtf8(error.what()).contains("record"));
      }
    }
  }

 private:
  std::unique_ptr<samples::RunFiles> files_;
};

DNM_TEST(TestTopologyEvents)
#include "test_topology_events.moc"
