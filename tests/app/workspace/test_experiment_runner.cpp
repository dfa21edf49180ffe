// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

#include "app/workspace/experiments/experiment_runner.h"
#include "app/workspace/experiments/experiment_words.h"
#include "core/models/initialiser.h"
#include "core/support/error.h"
#include "tests/app/played_topology.h"
#include "tests/support/test_class.h"
#include "training/runs/run_seeds.h"

using namespace std::chrono_literals;
using namespace dnm;

namespace {

/// What the test and the runs it plays share; runs are known by their seeds.
struct Stage {
  std::mutex mutex;
  std::map<std::uint64_t, TrainingProgress> runs;
  std::vector<TrainingSettings> started;
  std::vector<NetworkPointer> networks;  ///< of those

  void set(std::uint64_t seed, RunState state) {
    const std::lock_guard lock(mutex);
    runs.at(seed).state = state;
  }
  /// Ends the next epoch of a run.
  void end_epoch(std::uint64_t seed, double accuracy) {
    const std::lock_guard lock(mutex);
    TrainingProgress& run = runs.at(seed);
    EpochResult result{seed, ++run.epoch};
    result.values.set("test_accuracy", accuracy);
    run.epochs_done.push_back(result);
  }
};

class PlayedRun : public TrainingRun {
 public:
  PlayedRun(Stage& stage, std::uint64_t seed) : stage_(stage), seed_(seed) {}
  ~PlayedRun() override {
    const std::lock_guard lock(stage_.mutex);
    stage_.runs.erase(seed_);
  }
  void pause() override { stage_.set(seed_, RunState::paused); }
  void resume() override { stage_.set(seed_, RunState::running); }
  void stop() override { stage_.set(seed_, RunState::stopped); }
  TrainingProgress poll() override {
    const std::lock_guard lock(stage_.mutex);
    TrainingProgress& run = stage_.runs.at(seed_);
    TrainingProgress taken = run;
    run.epochs_done.clear();
    run.topology_events.clear();
    run.rewired = nullptr;
    return taken;
  }

 private:
  Stage& stage_;
  std::uint64_t seed_;
};

class PlayedModule : public TrainingModule {
 public:
  explicit PlayedModule(Stage& stage) : stage_(stage) {}
  std::unique_ptr<TrainingRun> start(TopologySource source, const TrainingSettings& settings) override {
    const std::lock_guard lock(stage_.mutex);
    if (settings.data_folder == "nowhere") throw FileError("there are no data; look elsewhere");
    TrainingProgress& progress = stage_.runs[settings.seed];
    progress.state = RunState::running;
    progress.epochs = static_cast<int>(settings.epochs);
    stage_.started.push_back(settings);
    stage_.networks.push_back(std::move(source.network));
    return std::make_unique<PlayedRun>(stage_, settings.seed);
  }
  std::uint64_t memory_bytes(TopologySource, const TrainingSettings&) override { return 0; }
  std::unique_ptr<TextTranslator> translator(const TranslatorRequest&, const TaskControl&) override {
    throw ResourceError("it translates nothing");
  }

 private:
  Stage& stage_;
};

/// Whether that is what a run keeps of the event.
bool is_kept(const TopologyEventSummary& kept, const TopologyEventPointer& event) {
  const auto same_counts = [](const TopologyEventSummary::Layer& layer, const LayerChange& change) {
    return layer.name == change.layer && layer.removed == change.removed.size() && layer.grown == change.grown.size();
  };
  return kept.update == event->update && kept.numbers == event->numbers &&
         std::ranges::equal(kept.layers, event->layers, same_counts);
}

NetworkPointer small_network() {
  Mask mask{8, 6, {0, 1, 2, 3, 4, 5, 6}, {0, 1, 2, 3, 4, 5}};
  return std::make_shared<const Network>(Network::layered({8, 6}, {std::move(mask)}));
}

WorkspaceState small_start(std::vector<std::uint64_t> seeds) {
  WorkspaceState start;
  start.parameters.layer_sizes = {8, 6, 4};
  set_from_text(start.parameters, "sparsity", "0.5");
  start.training.epochs = 3;
  start.seeds = std::move(seeds);
  return start;
}

}  // namespace

/// Experiments from their start to their end, played by a module of the test: no Torch, no data, no window.
class TestExperimentRunner : public QObject {
  Q_OBJECT

  Stage stage_;
  std::unique_ptr<PlayedModule> module_;
  std::unique_ptr<ExperimentRunner> runner_;

  /// Polls until it holds.
  bool poll_until(const std::function<bool()>& holds) {
    for (int i = 0; i < 5000; ++i) {
      const RunnerNews news = runner_->poll();
      std::ranges::copy(news.problems, std::back_inserter(problems_));
      std::ranges::copy(news.rewired, std::back_inserter(rewired_));
      if (holds()) return true;
      std::this_thread::sleep_for(2ms);
    }
    return false;
  }
  bool poll_until(std::uint64_t id, RunStage stage) {
    return poll_until([&] { return stage_of(*runner_->experiment(id)) == stage; });
  }
  const ExperimentRun& run(std::uint64_t id, std::size_t index) { return runner_->experiment(id)->runs.at(index); }

  /// Lets the run of seed 0 report these updates.
  void report(const samples::PlayedTopology& played, std::size_t first, std::size_t last) {
    const std::lock_guard lock(stage_.mutex);
    TrainingProgress& progress = stage_.runs.at(0);
    for (std::size_t update = first; update <= last; ++update)
      progress.topology_events.push_back(played.events[update - 1]);
    progress.rewired = played.layers[last];
  }

  std::vector<std::string> problems_;
  std::vector<RunKey> rewired_;

 private Q_SLOTS:
  void init() {
    problems_.clear();
    rewired_.clear();
    stage_.started.clear();
    stage_.networks.clear();
    module_ = std::make_unique<PlayedModule>(stage_);
    runner_ = std::make_unique<ExperimentRunner>(1, [this]() -> TrainingModule& { return *module_; });
  }
  void cleanup() { runner_.reset(); }

  void seeds_train_in_turn_and_keep_their_metrics() {
    const std::uint64_t id = runner_->start({.start = small_start({3, 5})});
    QVERIFY(runner_->is_busy() && runner_->experiments().size() == 1);
    QVERIFY(poll_until(id, RunStage::running));
    QCOMPARE(stage_of(run(id, 1)), RunStage::waiting);
    QVERIFY2(run(id, 0).network.starts_with("8-6-4, "), run(id, 0).network.c_str());
    QCOMPARE(runner_->experiment(id)->name, proposed_name(small_start({})));
    for (int epoch = 1; epoch <= 3; ++epoch) stage_.end_epoch(3, 0.25 * epoch);
    stage_.set(3, RunState::finished);
    QVERIFY(poll_until([&] { return stage_of(run(id, 1)) == RunStage::running; }));
    QCOMPARE(run(id, 0).epochs.size(), std::size_t{3});
    QCOMPARE(run(id, 0).epochs.back().values["test_accuracy"], 0.75);
    QCOMPARE(stage_text(*runner_->experiment(id)), std::string("running 0/3, 1 done"));
    stage_.end_epoch(5, 0.5);
    stage_.set(5, RunState::finished);
    QVERIFY(poll_until(id, RunStage::finished));
    QVERIFY(!runner_->is_busy());
    // At equal epochs: the second run ended after its first.
    QCOMPARE(summary_of(*runner_->experiment(id)).last, (std::vector<double>{0.25, 0.5}));
    // What each was started with: its own seed, the layers of its network, and the command that runs it again.
    QCOMPARE(stage_.started.size(), std::size_t{2});
    QCOMPARE(stage_.started[1].seed, std::uint64_t{5});
    QVERIFY((stage_.started[1].hidden == std::vector<std::int64_t>{6, 4}));
    QVERIFY2(stage_.started[1].command.ends_with("--seeds 3,5"), stage_.started[1].command.c_str());
    QVERIFY(!runner_->experiment(id)->identity.empty());
  }

  void what_waits_can_be_paused_stopped_and_discarded() {
    const std::uint64_t first = runner_->start({.start = small_start({0})});
    const std::uint64_t second = runner_->start({.start = small_start({1})});
    runner_->pause({second, {}});
    QVERIFY(runner_->is_paused({second, {}}));
    QVERIFY(poll_until(first, RunStage::running));
    QCOMPARE(runner_->experiment(second)->name, runner_->experiment(first)->name + " (2)");
    QVERIFY(runner_->experiment(second)->color != runner_->experiment(first)->color);
    runner_->pause({first, {}});
    QVERIFY(poll_until(first, RunStage::paused));
    runner_->resume({first, {}});
    QVERIFY(poll_until(first, RunStage::running));
    QVERIFY(!runner_->would_be_lost({second, {}}) && runner_->would_be_lost({first, {}}));
    QCOMPARE(runner_->lost_at_exit().size(), std::size_t{2});
    stage_.end_epoch(0, 0.5);
    QVERIFY(poll_until([&] { return !run(first, 0).epochs.empty(); }));
    runner_->stop({first, {}});
    QVERIFY(runner_->is_stopping());
    QVERIFY(poll_until(first, RunStage::stopped));
    QVERIFY(!runner_->is_stopping());
    QVERIFY(!runner_->can_resume({first, {}}));  // its epoch would be lost
    QCOMPARE(stage_of(*runner_->experiment(second)), RunStage::paused);
    runner_->resume({second, {}});
    QVERIFY(poll_until(second, RunStage::running));
    runner_->discard({second, {}});
    QVERIFY(!runner_->experiment(second) && !runner_->is_busy());
    QVERIFY(poll_until([&] {
      const std::lock_guard lock(stage_.mutex);
      return stage_.runs.empty();
    }));
  }

  void runs_that_fail_alike_are_one_problem_and_can_start_again() {
    WorkspaceState start = small_start({0, 1});
    start.training.data_folder = "nowhere";
    const std::uint64_t id = runner_->start({.start = start});
    QVERIFY(poll_until(id, RunStage::failed));
    QVERIFY(poll_until([&] { return !runner_->is_busy(); }));
    QCOMPARE(problems_, (std::vector<std::string>{"there are no data; look elsewhere"}));
    QVERIFY(runner_->can_resume({id, {}}));
    problems_.clear();
    runner_->restart({id, {}});
    QCOMPARE(stage_of(*runner_->experiment(id)), RunStage::waiting);
    QVERIFY(poll_until(id, RunStage::failed));
    QVERIFY(poll_until([&] { return !runner_->is_busy(); }));
    QCOMPARE(problems_.size(), std::size_t{1});
  }

  void what_is_finished_can_be_trained_longer() {
    WorkspaceState start = small_start({3, 5});
    const std::uint64_t without = runner_->start({.start = small_start({8})});
    QVERIFY(poll_until(without, RunStage::running));
    QVERIFY(!can_train_longer(*runner_->experiment(without)));  // it trains
    runner_->discard({without, {}});
    QTemporaryDir folder;
    start.training.run_folder = folder.path().toStdString();
    const std::uint64_t id = runner_->start({.start = start});
    for (const std::uint64_t seed : {std::uint64_t{3}, std::uint64_t{5}}) {
      QVERIFY(poll_until([&] {
        const std::lock_guard lock(stage_.mutex);
        return stage_.runs.contains(seed);
      }));
      for (int epoch = 1; epoch <= 3; ++epoch) stage_.end_epoch(seed, 0.25 * epoch);
      stage_.set(seed, RunState::finished);
      QVERIFY(poll_until([&] { return stage_of(*runner_->run({id, seed})) == RunStage::finished; }));
    }
    QVERIFY(can_train_longer(*runner_->experiment(id)));
    runner_->train_longer(id, 3);  // no more than it has
    QVERIFY(!runner_->is_busy());
    stage_.started.clear();
    runner_->train_longer(id, 5);
    QCOMPARE(run(id, 0).epochs.size(), std::size_t{3});  // the chart loses nothing while it waits
    QVERIFY(poll_until(id, RunStage::running));
    QCOMPARE(stage_.started.front().epochs, std::int64_t{5});
    QVERIFY(stage_.started.front().resume && stage_.started.front().longer);
    QVERIFY2(runner_->experiment(id)->command_line.find("--epochs 5") != std::string::npos,
             runner_->experiment(id)->command_line.c_str());
    QCOMPARE(count_text(summary_of(*runner_->experiment(id))), std::string("2 seeds at epoch 3 of 5"));
    // What is asked before says what the learning rate will do; a constant one is one long run's.
    Experiment shown = *runner_->experiment(id);
    QVERIFY(longer_text(shown, 9).find("over 9 epochs from here on") != std::string::npos);
    shown.start.training.learning_rate_schedule = RateSchedule::constant;
    QVERIFY(longer_text(shown, 9).find("Note") == std::string::npos);
  }

  void a_module_that_is_missing_fails_its_runs() {
    runner_ = std::make_unique<ExperimentRunner>(1, []() -> TrainingModule& { throw ResourceError("not built"); });
    const std::uint64_t id = runner_->start({.start = small_start({0, 1})});
    QVERIFY(poll_until(id, RunStage::failed));
    QVERIFY(!runner_->is_busy());
    QCOMPARE(problems_, std::vector<std::string>{"not built"});
    QVERIFY_EXCEPTION_THROWN(runner_->load(), ResourceError);
  }

  /// Not the network on screen, but one of the same seed and parameters at the start sparsity; and it is followed.
  void a_falling_density_begins_with_a_denser_network() {
    WorkspaceState start = small_start({});
    set_from_text(start.parameters, "sparsity", "0.75");
    start.training.method = "gmp";
    const NetworkPointer shown = generate(start.parameters).network;
    const std::uint64_t id = runner_->start({.start = start, .on_screen = shown});
    QVERIFY(poll_until(id, RunStage::running));
    QVERIFY(run(id, 0).on_screen);
    QCOMPARE(stage_.networks.at(0)->link_count(), std::uint64_t{8 * 6 / 2 + 6 * 4 / 2});
    QCOMPARE(std::get<double>(stage_.started.at(0).parts.at("final-sparsity")), 0.75);
    QVERIFY2(run(id, 0).network.ends_with("trained from sparsity 0.5 to 0.75"), run(id, 0).network.c_str());
    QVERIFY(runner_->experiment(id)->start.training.parts.empty());
    QVERIFY(runner_->experiment(id)->start.parameters == start.parameters);
  }

  void the_network_on_screen_trains_as_it_is_and_reports_its_topology() {
    const QTemporaryDir folder;
    const NetworkPointer shown = small_network();
    const samples::PlayedTopology played = samples::play_topology(*shown, 5, folder.path().toStdString());
    runner_->load();
    const std::uint64_t id = runner_->start({.start = small_start({}), .on_screen = shown});
    QVERIFY(poll_until(id, RunStage::running));
    QCOMPARE(run(id, 0).network, std::string("8-6, 6 links"));
    QVERIFY(run(id, 0).on_screen);
    report(played, 1, 2);
    QVERIFY(poll_until([&] { return !rewired_.empty(); }));
    QVERIFY((rewired_.front() == RunKey{id, 0}));
    QCOMPARE(run(id, 0).events.size(), std::size_t{2});
    QVERIFY(run(id, 0).topology == played.layers[2]);
    QCOMPARE(run(id, 0).topologies_reported, std::size_t{1});
    report(played, 3, 5);
    QVERIFY(poll_until([&] { return run(id, 0).events.size() == 5; }));
    QVERIFY(std::ranges::equal(run(id, 0).events, played.events, is_kept));
    QCOMPARE(run(id, 0).topologies_reported, std::size_t{2});
    const ShownRun shown_now = shown_run(*runner_->experiment(id), run(id, 0));
    QVERIFY(shown_now.update == 5 && *shown_now.network == *played.networks[5] && shown_now.folder.empty());
    // One that continues from a checkpoint reports again what its folder has kept.
    report(played, 1, 4);
    QVERIFY(poll_until([&] { return run(id, 0).events.size() == 4; }));
    QVERIFY(std::ranges::equal(run(id, 0).events, std::span(played.events).first(4), is_kept));
    // Their links are not kept.
    QVERIFY(poll_until(
        [&] { return std::ranges::all_of(played.events, [](const auto& event) { return event.use_count() == 1; }); }));
    QVERIFY(run(id, 0).topology == played.layers[4]);
    runner_->stop_all();
    QVERIFY(poll_until(id, RunStage::stopped));
  }

  void the_network_of_a_run_trains_under_every_seed() {
    for (const bool on_screen : {true, false}) {
      for (const char* file : {"", "net.npz"}) {
        init();
        WorkspaceState start = small_start({0, 1});
        const NetworkPointer rewired = generate(parameters_of_seed(start.parameters, 7)).network;
        start.shown = ShownRun{"0f-1e", 0, {}, file, 3, rewired};
        const std::uint64_t id = runner_->start({.start = start, .on_screen = on_screen ? rewired : nullptr});
        QVERIFY(poll_until(id, RunStage::running));
        stage_.set(0, RunState::finished);
        QVERIFY(poll_until([&] { return stage_of(run(id, 1)) == RunStage::running; }));
        for (const std::uint64_t seed : {std::uint64_t{0}, std::uint64_t{1}}) {
          QVERIFY(stage_.networks.at(seed) == rewired);
          QCOMPARE(run(id, seed).on_screen, on_screen);
        }
        cleanup();
      }
    }
  }

  void a_run_continues_with_the_network_that_its_folder_has_kept() {
    const QTemporaryDir folder;
    const auto restarted = [&](const QString& run_folder) {
      Experiment experiment;
      experiment.start = small_start({0});
      // As a session brings it: the run that it started from had no folder.
      experiment.start.shown = ShownRun{"0f-1e", 0, {}, {}, 3, {}};
      ExperimentRun& stopped = experiment.runs.emplace_back();
      stopped.waiting = false;
      stopped.progress.state = RunState::stopped;
      stopped.folder = run_folder.toStdString();
      runner_->replace_finished({experiment});
      const std::uint64_t id = runner_->experiments().front().id;
      runner_->restart({id, {}});
      return id;
    };
    const NetworkPointer first = generate(parameters_of_seed(small_start({}).parameters, 7)).network;
    static_cast<void>(samples::play_topology(*first, 2, folder.filePath("run").toStdString()));
    QVERIFY(poll_until(restarted(folder.filePath("none")), RunStage::failed));
    QVERIFY2(problems_.at(0).find("no run folder") != std::string::npos, problems_[0].c_str());
    QVERIFY(poll_until(restarted(folder.filePath("run")), RunStage::running));
    QVERIFY(*stage_.networks.at(0) == *first);
  }

  void a_restart_forgets_the_updates_of_the_run_before() {
    const QTemporaryDir folder;
    const NetworkPointer shown = small_network();
    const samples::PlayedTopology played = samples::play_topology(*shown, 3, folder.path().toStdString());
    WorkspaceState start = small_start({});
    start.training.run_folder = folder.filePath("run").toStdString();
    const std::uint64_t id = runner_->start({.start = start, .on_screen = shown});
    QVERIFY(poll_until(id, RunStage::running));
    report(played, 1, 3);
    QVERIFY(poll_until([&] { return run(id, 0).events.size() == 3; }));
    runner_->stop_all();
    QVERIFY(poll_until(id, RunStage::stopped));
    QVERIFY(run(id, 0).topology == played.layers[3]);
    // Its folder may hold a state without updates, of which it reports none.
    runner_->restart({id, {}});
    QVERIFY(run(id, 0).events.size() == 3 && run(id, 0).topology);
    QVERIFY(poll_until(id, RunStage::running));
    QVERIFY(stage_.started.back().resume);
    QVERIFY(run(id, 0).events.empty() && !run(id, 0).topology);
    QCOMPARE(shown_run(*runner_->experiment(id), run(id, 0)).update, std::uint64_t{0});
    runner_->stop_all();
    QVERIFY(poll_until(id, RunStage::stopped));
  }

  void a_restart_that_fails_keeps_the_updates() {
    const QTemporaryDir folder;
    const NetworkPointer shown = small_network();
    const samples::PlayedTopology played = samples::play_topology(*shown, 3, folder.path().toStdString());
    WorkspaceState start = small_start({});
    start.training.run_folder = folder.filePath("run").toStdString();
    start.training.data_folder = "nowhere";
    Experiment experiment;
    experiment.start = start;
    ExperimentRun& stopped = experiment.runs.emplace_back();
    stopped.waiting = false;
    stopped.progress.state = RunState::stopped;
    stopped.folder = start.training.run_folder;
    for (const TopologyEventPointer& event : played.events) stopped.events.push_back(without_links(*event));
    for (const TopologyEventPointer& event : played.events) stopped.updates.push_back({0, event->update});
    stopped.topology = played.layers[3];
    runner_->replace_finished({experiment});
    const std::uint64_t id = runner_->experiments().front().id;
    runner_->restart({id, {}});
    QVERIFY(poll_until(id, RunStage::failed));
    QCOMPARE(run(id, 0).events.size(), std::size_t{3});
    QCOMPARE(run(id, 0).updates.size(), std::size_t{3});
    QVERIFY(run(id, 0).topology == played.layers[3]);
  }

  void a_program_may_bring_its_own_networks() {
    ExperimentPlan plan{.start = small_start({4}), .name = "mine", .command_line = "dnm train x.npz"};
    plan.topology = [](std::uint64_t seed, const TaskControl&) -> FirstTopology {
      return {small_network(), {"a notice"}, "network " + std::to_string(seed)};
    };
    const std::uint64_t id = runner_->start(plan);
    QVERIFY(poll_until(id, RunStage::running));
    QCOMPARE(run(id, 0).network, std::string("network 4"));
    QCOMPARE(run(id, 0).notices, std::vector<std::string>{"a notice"});
    QCOMPARE(runner_->experiment(id)->name, std::string("mine"));
    QCOMPARE(stage_.started.front().command, std::string("dnm train x.npz"));
  }

  void a_session_replaces_what_is_over_and_keeps_what_trains() {
    const std::uint64_t id = runner_->start({.start = small_start({0})});
    QVERIFY(poll_until(id, RunStage::running));
    Experiment recorded = *runner_->experiment(id);
    Experiment other;
    other.name = "of the session";
    other.color = recorded.color;
    other.runs.resize(1);
    other.runs[0].waiting = false;
    other.runs[0].progress.state = RunState::finished;
    runner_->replace_finished({other});
    QCOMPARE(runner_->experiments().size(), std::size_t{2});
    QCOMPARE(runner_->experiments()[1].id, id);
    QVERIFY(runner_->experiments()[1].color != other.color);
    recorded.runs[0].waiting = false;
    recorded.runs[0].progress.state = RunState::stopped;  // as a session writes it
    runner_->replace_finished({recorded});
    QCOMPARE(runner_->experiments().size(), std::size_t{1});
    QCOMPARE(stage_of(*runner_->experiment(id)), RunStage::running);
  }
};

DNM_TEST(TestExperimentRunner)
#include "test_experiment_runner.moc"
