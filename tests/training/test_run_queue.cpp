// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <atomic>
#include <cmath>
#include <functional>
#include <map>
#include <memory>
#include <thread>

#include "core/support/error.h"
#include "tests/support/test_class.h"
#include "training/runs/run_queue.h"
#include "training/runs/run_summary.h"
#include "training/tasks/task_table.h"

using namespace std::chrono_literals;

using dnm::QueuedRun;
using dnm::RunState;

namespace {

/// What the test and the runs it plays share; runs are known by their seeds.
struct Stage {
  std::mutex mutex;
  std::map<std::uint64_t, RunState> states;  ///< of the runs that exist
  std::vector<std::uint64_t> started;
  std::size_t most_at_once = 0;
  std::size_t fit = 100;  ///< how many runs the memory holds

  void set(std::uint64_t seed, RunState state) {
    const std::lock_guard lock(mutex);
    states.at(seed) = state;
  }
};

class PlayedRun : public dnm::TrainingRun {
 public:
  PlayedRun(Stage& stage, std::uint64_t seed) : stage_(stage), seed_(seed) {}
  ~PlayedRun() override {
    const std::lock_guard lock(stage_.mutex);
    stage_.states.erase(seed_);
  }
  void pause() override { stage_.set(seed_, RunState::paused); }
  void resume() override { stage_.set(seed_, RunState::running); }
  void stop() override { stage_.set(seed_, RunState::stopped); }
  dnm::TrainingProgress poll() override {
    const std::lock_guard lock(stage_.mutex);
    dnm::TrainingProgress progress;
    progress.state = stage_.states.at(seed_);
    if (!std::exchange(reported_, true)) progress.epochs_done = {{seed_, 1}};
    return progress;
  }

 private:
  Stage& stage_;
  std::uint64_t seed_;
  bool reported_ = false;
};

class PlayedModule : public dnm::TrainingModule {
 public:
  explicit PlayedModule(Stage& stage) : stage_(stage) {}
  std::unique_ptr<dnm::TrainingRun> start(dnm::TopologySource, const dnm::TrainingSettings& settings) override {
    const std::lock_guard lock(stage_.mutex);
    if (stage_.states.size() >= stage_.fit) throw dnm::ResourceError("too little memory");
    stage_.states[settings.seed] = RunState::preparing;
    stage_.started.push_back(settings.seed);
    stage_.most_at_once = std::max(stage_.most_at_once, stage_.states.size());
    return std::make_unique<PlayedRun>(stage_, settings.seed);
  }
  std::uint64_t memory_bytes(dnm::TopologySource, const dnm::TrainingSettings&) override { return 0; }
  std::unique_ptr<dnm::TextTranslator> translator(const dnm::TranslatorRequest&, const dnm::TaskControl&) override {
    throw dnm::ResourceError("it translates nothing");
  }

 private:
  Stage& stage_;
};

dnm::RunRequest request(std::uint64_t seed) {
  dnm::RunRequest made;
  made.settings.seed = seed;
  made.source = [](dnm::TrainingSettings&, const dnm::TaskControl&) { return dnm::NetworkPointer(); };
  return made;
}

bool wait_until(const std::function<bool()>& holds) {
  for (int i = 0; i < 5000; ++i) {
    if (holds()) return true;
    std::this_thread::sleep_for(2ms);
  }
  return false;
}

dnm::EpochResult epoch(int number, double test, std::optional<double> validation) {
  dnm::EpochResult made;
  made.epoch = number;
  made.values.set("train_loss", 1.0 / number);
  made.values.set("test_accuracy", test);
  if (validation) made.values.set("validation_accuracy", *validation);
  return made;
}

}  // namespace

class TestRunQueue : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void runs_wait_their_turn_and_start_one_by_one() {
    Stage stage;
    PlayedModule module(stage);
    dnm::RunQueue queue(module, 2);
    for (std::uint64_t seed = 0; seed < 5; ++seed) QCOMPARE(queue.add(request(seed)), std::size_t{seed});
    const auto started = [&](std::size_t count) {
      return wait_until([&] {
        const std::lock_guard lock(stage.mutex);
        return stage.started.size() == count;
      });
    };
    QVERIFY(started(1));
    // The second waits until the first holds its memory.
    std::this_thread::sleep_for(60ms);
    QVERIFY(started(1));
    stage.set(0, RunState::running);
    QVERIFY(started(2));
    stage.set(1, RunState::running);
    std::this_thread::sleep_for(60ms);
    QVERIFY(started(2));
    QVERIFY(queue.poll()[2].waiting);
    stage.set(0, RunState::finished);
    QVERIFY(started(3));
    const auto runs = queue.poll();
    QCOMPARE(runs.size(), std::size_t{5});
    QCOMPARE(runs[0].progress.state, RunState::finished);
    QVERIFY(!runs[2].waiting && runs[3].waiting && runs[4].waiting);
    // One that waits can be called off; it is never started.
    queue.stop(3);
    QCOMPARE(queue.poll()[3].progress.state, RunState::stopped);
    stage.set(2, RunState::running);
    stage.set(1, RunState::finished);
    QVERIFY(started(4));
    QCOMPARE(stage.started.back(), std::uint64_t{4});
    QCOMPARE(stage.most_at_once, std::size_t{2});
    queue.remove(0);
    queue.remove(4);  // trains: stays
    QCOMPARE(queue.poll().size(), std::size_t{4});
  }

  void every_epoch_is_reported_once() {
    Stage stage;
    PlayedModule module(stage);
    dnm::RunQueue queue(module, 1);
    queue.add(request(7));
    std::size_t reported = 0;
    QVERIFY(wait_until([&] {
      reported += queue.poll()[0].progress.epochs_done.size();
      return reported > 0;
    }));
    std::this_thread::sleep_for(60ms);
    QVERIFY(queue.poll()[0].progress.epochs_done.empty());
    queue.pause(0);
    QVERIFY(wait_until([&] { return queue.poll()[0].progress.state == RunState::paused; }));
    queue.resume(0);
    QVERIFY(wait_until([&] { return queue.poll()[0].progress.state == RunState::running; }));
  }

  void a_run_that_is_held_lets_others_go_first() {
    Stage stage;
    PlayedModule module(stage);
    dnm::RunQueue queue(module, 1);
    for (std::uint64_t seed = 1; seed <= 3; ++seed) queue.add(request(seed));
    QVERIFY(wait_until([&] { return !queue.poll()[0].waiting; }));
    queue.pause(1);
    QVERIFY(queue.poll()[1].held && queue.poll()[1].waiting);
    stage.set(1, RunState::finished);
    QVERIFY(wait_until([&] { return !queue.poll()[2].waiting; }));
    stage.set(3, RunState::finished);
    std::this_thread::sleep_for(60ms);
    QVERIFY(queue.poll()[1].waiting);
    queue.resume(1);
    QVERIFY(wait_until([&] { return !queue.poll()[1].waiting; }));
    QVERIFY(!queue.poll()[1].held);
  }

  void more_jobs_start_those_that_wait() {
    Stage stage;
    PlayedModule module(stage);
    dnm::RunQueue queue(module, 1);
    queue.add(request(1));
    queue.add(request(2));
    QVERIFY(wait_until([&] { return !queue.poll()[0].waiting; }));
    stage.set(1, RunState::running);
    std::this_thread::sleep_for(60ms);
    QVERIFY(queue.poll()[1].waiting);
    queue.set_jobs(2);
    QVERIFY(wait_until([&] { return !queue.poll()[1].waiting; }));
    QCOMPARE(queue.jobs(), 2U);
  }

  void too_little_memory_makes_the_next_wait_unless_it_is_alone() {
    Stage stage;
    stage.fit = 1;
    PlayedModule module(stage);
    dnm::RunQueue queue(module, 3);
    queue.add(request(1));
    queue.add(request(2));
    QVERIFY(wait_until([&] { return !queue.poll()[0].waiting; }));
    stage.set(1, RunState::running);
    std::this_thread::sleep_for(60ms);
    QVERIFY(queue.poll()[1].waiting);
    stage.set(1, RunState::finished);
    QVERIFY(wait_until([&] { return !queue.poll()[1].waiting; }));
    QCOMPARE(queue.poll()[1].progress.state, RunState::preparing);
    stage.set(2, RunState::finished);
    QVERIFY(wait_until([&] { return queue.poll()[1].progress.state == RunState::finished; }));
    stage.fit = 0;
    queue.add(request(3));
    QVERIFY(wait_until([&] { return queue.poll()[2].progress.state == RunState::failed; }));
    QCOMPARE(queue.poll()[2].progress.problem, std::string("too little memory"));
  }

  void what_cannot_be_drawn_fails_alone() {
    Stage stage;
    PlayedModule module(stage);
    dnm::RunQueue queue(module, 1);
    auto bad = request(1);
    bad.source = [](dnm::TrainingSettings&, const dnm::TaskControl&) -> dnm::TopologySource {
      throw dnm::InvalidInput("no such network");
    };
    queue.add(bad);
    queue.add(request(2));
    QVERIFY(wait_until([&] { return !queue.poll()[1].waiting; }));
    QCOMPARE(queue.poll()[0].progress.state, RunState::failed);
    QCOMPARE(queue.poll()[0].progress.problem, std::string("no such network"));
  }

  void closing_stops_drawing_and_runs() {
    Stage stage;
    PlayedModule module(stage);
    std::atomic<bool> drawing = false;
    {
      dnm::RunQueue queue(module, 2);
      queue.add(request(1));
      QVERIFY(wait_until([&] { return !queue.poll()[0].waiting; }));
      stage.set(1, RunState::running);
      auto slow = request(2);
      slow.source = [&](dnm::TrainingSettings&, const dnm::TaskControl& control) -> dnm::TopologySource {
        drawing = true;
        for (;;) {
          control.check();
          std::this_thread::sleep_for(1ms);
        }
      };
      queue.add(slow);
      QVERIFY(wait_until([&] { return drawing.load(); }));
    }
    QVERIFY(stage.states.empty());
  }

  void accuracies_are_summed_up_as_reported() {
    const dnm::RunHistory a{epoch(1, 0.5, 0.7), epoch(2, 0.8, 0.6), epoch(3, 0.6, 0.7)};
    const dnm::RunHistory b{epoch(1, 0.7, 0.1), epoch(2, 0.4, 0.9)};
    const dnm::TaskMetrics& metrics = dnm::metrics_of(dnm::TrainingSettings{});
    const dnm::RunHistory c, early{epoch(1, 0.9, 0.2)};
    using Runs = std::vector<const dnm::RunHistory*>;
    // a's third epoch, which b does not have, counts nowhere.
    const dnm::RunSummary summary = dnm::summarise(Runs{&a, &b, &c}, metrics);
    QCOMPARE(summary.epoch, 2);
    QCOMPARE(summary.last, (std::vector<double>{0.8, 0.4}));
    QCOMPARE(summary.best_on_test, (std::vector<double>{0.8, 0.7}));
    QCOMPARE(summary.at_best_validation, (std::vector<double>{0.5, 0.4}));
    const dnm::RunSummary alone = dnm::summarise(Runs{&a}, metrics);
    QCOMPARE(alone.epoch, 3);
    QCOMPARE(alone.last, (std::vector<double>{0.6}));
    const dnm::RunSummary three = dnm::summarise(Runs{&a, &early, &b}, metrics);
    QCOMPARE(three.epoch, 1);
    QCOMPARE(three.last, (std::vector<double>{0.5, 0.9, 0.7}));
    QCOMPARE(three.best_on_test, three.last);
    QCOMPARE(dnm::summarise(Runs{&c}, metrics).epoch, 0);
    QVERIFY(dnm::summarise(Runs{&c}, metrics).last.empty());

    const std::vector<double> two{0.7, 0.5};
    const dnm::MeanWithError mean = dnm::mean_with_error(two);
    QCOMPARE(mean.count, std::size_t{2});
    QVERIFY(std::abs(mean.mean - 0.6) < 1e-12);
    // sd of two values is their distance over sqrt 2; the standard error half their distance.
    QVERIFY(std::abs(mean.standard_error - 0.1) < 1e-12);
    QVERIFY(std::isnan(dnm::mean_with_error(std::span(two).first(1)).standard_error));
  }
};

DNM_TEST(TestRunQueue)
#include "test_run_queue.moc"
