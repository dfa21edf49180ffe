// SPDX-License-Identifier: GPL-3.0-or-later
#include <QJsonDocument>
#include <QTest>
#include <chrono>
#include <cmath>
#include <numeric>
#include <thread>

#include "core/network/random.h"
#include "run_samples.h"
#include "tests/support/test_class.h"
#include "training/data/data_set.h"
#include "training/layers/cross_entropy.h"
#include "training/models/mlp.h"
#include "training/rewiring/rewiring_rule.h"
#include "training/runs/background_run.h"
#include "training/runs/run_plan.h"
#include "training/runs/training_parameters.h"
#include "training/support/devices.h"
#include "training/tasks/task_table.h"

namespace fs = std::filesystem;
using namespace std::chrono_literals;

using dnm::EpochResult;
using dnm::NetworkPointer;
using dnm::RunState;
using dnm::TrainingProgress;
using dnm::TrainingSettings;
using samples::message_of;
using samples::network;
using samples::same_outcome;
using samples::start;
using samples::text_of;
using samples::wait_for_end;
using samples::wait_until;

/// Runs in the background: what they learn and report, how they are paused, stopped and refused.
class TestRuns : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { files_ = std::make_unique<samples::RunFiles>(); }

  void learns_and_reports_every_epoch() {
    auto settings = files_->few_epochs(6);
    settings.validation = 100;
    std::vector<EpochResult> results;
    const auto run = start(network(), settings);
    const TrainingProgress end = wait_for_end(*run, results);
    QCOMPARE(end.state, RunState::finished);
    QVERIFY(end.problem.empty());
    QCOMPARE(end.engine, std::string("sparse"));
    QVERIFY(end.device.starts_with("cpu"));
    QCOMPARE(end.epoch, 6);
    QVERIFY(end.examples_per_second > 0);
    QCOMPARE(results.size(), std::size_t{6});
    for (std::size_t i = 0; i < results.size(); ++i) {
      QCOMPARE(results[i].epoch, static_cast<int>(i) + 1);
      QCOMPARE(results[i].values["links"], static_cast<double>(network()->link_count()));
      QVERIFY(results[i].values.get(dnm::metric("validation_accuracy")).has_value());
      QVERIFY(results[i].values["seconds"] > 0);
    }
    QVERIFY(results.back().values["test_accuracy"] > 0.95);
    QVERIFY(results.back().values["validation_accuracy"] > 0.95);
    QVERIFY(results.back().values["train_loss"] < results.front().values["train_loss"]);
    QVERIFY(run->poll().epochs_done.empty());
  }

  /// A slow first epoch counts in the speed of the whole run.
  void the_speed_at_the_end_is_that_of_all_epochs() {
    static constexpr auto pause = std::chrono::milliseconds(400);
    class SlowRule : public dnm::RewiringRule {
     public:
      bool is_due(const dnm::StepPosition& at) const override { return at.step == 3; }
      dnm::RewiringResult rewired(const dnm::RewiringRequest& request) override {
        std::this_thread::sleep_for(pause);
        dnm::RewiringResult result;
        for (const dnm::SparseLayer& layer : request.layers) result.layers.push_back({layer.mask, {}});
        return result;
      }
    };
    const auto settings = files_->few_epochs(3);
    std::vector<EpochResult> results;
    dnm::BackgroundRun run(dnm::make_plan(network(), settings, std::make_unique<SlowRule>()));
    const TrainingProgress end = wait_for_end(run, results);
    QVERIFY2(end.state == RunState::finished, end.problem.c_str());
    const double examples = 3.0 * static_cast<double>(dnm::training_examples(settings));
    QVERIFY2(end.examples_per_second > 0.0 && end.examples_per_second * 0.4 <= examples,
             qPrintable(QString::number(end.examples_per_second)));
    // The classifier's links count, too.
    QVERIFY(std::abs(end.links_per_second / end.examples_per_second -
                     static_cast<double>(network()->link_count() + 64 * 10)) < 1e-6);
  }

  void the_seed_decides_all() {
    const auto outcome = [&](std::uint64_t seed) {
      auto settings = files_->few_epochs(2);
      settings.seed = seed;
      std::vector<EpochResult> results;
      static_cast<void>(wait_for_end(*start(network(), settings), results));
      return results;
    };
    QVERIFY(same_outcome(outcome(3), outcome(3)));
    QVERIFY(!same_outcome(outcome(3), outcome(4)));
  }

  void both_engines_learn_the_same() {
    std::vector<EpochResult> sparse;
    std::vector<EpochResult> masked;
    auto settings = files_->few_epochs(2);
    settings.engine = dnm::Engine::sparse;
    static_cast<void>(wait_for_end(*start(network(), settings), sparse));
    settings.engine = dnm::Engine::masked;
    settings.device = dnm::Device::cpu;
    static_cast<void>(wait_for_end(*start(network(), settings), masked));
    QCOMPARE(sparse.size(), masked.size());
    QVERIFY(std::abs(sparse[0].values["train_loss"] - masked[0].values["train_loss"]) <
            1e-3 * masked[0].values["train_loss"]);
  }

  /// Which engine is fastest depends on the machine; what was chosen is reported, kept and used again.
  void the_automatic_choice_is_reported_and_kept() {
    auto settings = files_->few_epochs(2);
    settings.engine = dnm::Engine::automatic;
    settings.run_folder = files_->fresh_folder();
    std::vector<EpochResult> results;
    const auto run = start(network("784,300,200"), settings);
    const TrainingProgress end = wait_for_end(*run, results);
    QCOMPARE(end.layer_timings.size(), std::size_t{3});
    for (const auto& timing : end.layer_timings) {
      QVERIFY(timing.engine != dnm::Engine::automatic);
      QVERIFY(timing.sparse_milliseconds > 0.0 && timing.masked_milliseconds > 0.0);
    }
    QVERIFY(end.masked_speed_up > 0.0);
    const auto file = fs::path(settings.run_folder) / "checkpoint.pt";
    auto checkpoint = dnm::load_checkpoint(file);
    QCOMPARE(checkpoint.engines.size(), std::size_t{3});
    for (std::size_t i = 0; i < 3; ++i) QCOMPARE(checkpoint.engines[i], end.layer_timings[i].engine);

    // A resumed run takes the engines of its checkpoint, whatever it measures now.
    checkpoint.engines = {dnm::Engine::masked, dnm::Engine::sparse, dnm::Engine::masked};
    checkpoint.position.epochs_done = 1;
    checkpoint.history.pop_back();
    dnm::save_checkpoint(file, checkpoint);
    settings.resume = true;
    const auto resumed = start(network("784,300,200"), settings);
    const TrainingProgress after = wait_for_end(*resumed, results);
    QCOMPARE(after.state, RunState::finished);
    QCOMPARE(after.engine, std::string("mixed"));
    QVERIFY(dnm::load_checkpoint(file).engines == checkpoint.engines);
    const auto config = QJsonDocument::fromJson(QByteArray::fromStdString(text_of(file.parent_path() / "config.json")));
    QCOMPARE(config["layer_engines"][1].toString(), QString("sparse"));
  }

  void the_learning_rate_falls_linearly() {
    TrainingSettings settings;
    const auto rate = [&](std::uint64_t epoch) {
      // Any step of the epoch; the rate is level within one.
      const dnm::StepPosition first{epoch * 7, 7, static_cast<int>(settings.epochs)};
      const dnm::StepPosition last{epoch * 7 + 6, 7, static_cast<int>(settings.epochs)};
      const double found = dnm::learning_rate(dnm::rate_settings(settings), first);
      return found == dnm::learning_rate(dnm::rate_settings(settings), last) ? found : std::nan("");
    };
    QCOMPARE(rate(0), 0.025);
    QVERIFY(std::abs(rate(45) - (0.025 + 2.5e-4) / 2) < 1e-12);
    QVERIFY(std::abs(rate(90) - 2.5e-4) < 1e-12);
    QVERIFY(std::abs(rate(99) - 2.5e-4) < 1e-12);
    settings.final_learning_rate_ratio = 1.0;
    QCOMPARE(rate(60), 0.025);
    settings.final_learning_rate_ratio = 0.01;
    const auto near = [&](std::uint64_t epoch, double expected) { return std::abs(rate(epoch) - expected) < 1e-12; };
    settings.learning_rate_schedule = dnm::RateSchedule::cosine;
    QVERIFY(near(0, 0.025) && near(45, (0.025 + 2.5e-4) / 2) && near(95, 2.5e-4) && near(30, 2.5e-4 + 0.02475 * 0.75));
    settings.learning_rate_schedule = dnm::RateSchedule::exponential;
    QVERIFY(near(0, 0.025) && near(45, 2.5e-3) && near(90, 2.5e-4));
    settings.learning_rate_schedule = dnm::RateSchedule::constant;
    QVERIFY(near(99, 0.025));
  }

  /// Against a loop that rises by the same amount each step, and falls by the definition.
  void learning_rate_of_transformers_follows_its_steps() {
    dnm::RateSettings settings{.start = 2.0, .warm_up = 250.0, .width = 256.0};
    dnm::TrainingSettings shown;
    dnm::training_parameter_table().set_text(shown, "lr-warm-up", "250");
    QCOMPARE(dnm::rate_settings(shown).warm_up, 250.0);
    double rising = 0.0;
    for (int t = 1; t <= 1000; ++t) {
      rising += 2.0 / 16.0 / (250.0 * std::sqrt(250.0));
      const double expected = t <= 250 ? rising : 2.0 / 16.0 / std::sqrt(t);
      const dnm::StepPosition at{static_cast<std::uint64_t>(t - 1), 300, 10};
      settings.schedule = dnm::RateSchedule::noam;
      QVERIFY(std::abs(dnm::learning_rate(settings, at) - expected) < 1e-12);
      settings.schedule = dnm::RateSchedule::inoam;
      int since = t;
      while (since >= 100) since -= 100;
      QVERIFY(std::abs(dnm::learning_rate(settings, at) - (since < 20 ? 0.05 * since : 1.0) * expected) < 1e-12);
    }
    QCOMPARE(dnm::learning_rate(settings, {399, 300, 10}), 0.0);
  }

  void pauses_and_continues() {
    // Long enough that it cannot end between two looks at it.
    auto settings = files_->few_epochs(15);
    settings.data_folder = files_->large_data().string();
    std::vector<EpochResult> undisturbed;
    static_cast<void>(wait_for_end(*start(network(), settings), undisturbed));

    std::vector<EpochResult> results;
    const auto run = start(network(), settings);
    for (int i = 0; i < 3; ++i) {
      run->pause();
      const auto paused = wait_until(*run, results, [](const TrainingProgress& progress) {
        return progress.state == RunState::paused || dnm::is_over(progress.state);
      });
      QCOMPARE(paused.state, RunState::paused);
      std::this_thread::sleep_for(20ms);
      const TrainingProgress later = run->poll();
      QCOMPARE(later.state, RunState::paused);
      QCOMPARE(later.epoch_fraction, paused.epoch_fraction);
      QVERIFY(later.epochs_done.empty());
      run->resume();
      static_cast<void>(wait_until(*run, results, [&](const TrainingProgress& progress) {
        return progress.epoch_fraction != later.epoch_fraction || dnm::is_over(progress.state);
      }));
    }
    run->resume();
    QCOMPARE(wait_for_end(*run, results).state, RunState::finished);
    QVERIFY(same_outcome(results, undisturbed));
  }

  void stops_while_paused_running_or_preparing() {
    for (const int moment : {0, 1, 2}) {
      std::vector<EpochResult> results;
      const auto run = start(network(), files_->long_run());
      if (moment == 1) run->pause();
      if (moment > 0) {
        static_cast<void>(wait_until(*run, results, [&](const TrainingProgress& progress) {
          return progress.state == (moment == 1 ? RunState::paused : RunState::running);
        }));
      }
      run->stop();
      const TrainingProgress end = wait_for_end(*run, results);
      QCOMPARE(end.state, RunState::stopped);
      QVERIFY(end.epoch < 1000);
      run->pause();
      run->resume();
      run->stop();
      QCOMPARE(run->poll().state, RunState::stopped);
    }
  }

  void can_be_closed_at_any_moment() {
    dnm::Random random(1);
    for (int i = 0; i < 20; ++i) {
      auto settings = files_->long_run();
      settings.run_folder = files_->fresh_folder();
      if (i % 4 == 3) {
        settings.engine = dnm::Engine::masked;
        settings.device = dnm::Device::cpu;
      }
      const auto run = start(network(), settings);
      if (i % 3 == 1) run->pause();
      std::this_thread::sleep_for(std::chrono::microseconds(random.below(30000)));
    }
  }

  void divergence_is_reported() {
    auto settings = files_->few_epochs(5);
    settings.learning_rate = 10;
    settings.parts["momentum"] = 0.99;
    std::vector<EpochResult> results;
    const TrainingProgress end = wait_for_end(*start(network(), settings), results);
    QCOMPARE(end.state, RunState::failed);
    QVERIFY2(end.problem.find("learning rate") != std::string::npos, end.problem.c_str());
  }

  /// One step an epoch, so that a step which breaks the weights is the last one of its epoch and nothing but the
  /// evaluation comes after it.
  void divergence_in_the_last_step_is_reported_too_data() {
    QTest::addColumn<QString>("engine");
    QTest::newRow("sparse") << "sparse";
    QTest::newRow("masked") << "masked";
  }
  void divergence_in_the_last_step_is_reported_too() {
    QFETCH(QString, engine);
    auto settings = files_->few_epochs(200);
    settings.engine = dnm::parse_engine(engine.toStdString());
    settings.device = dnm::Device::cpu;
    settings.batch = 8192;
    settings.learning_rate = 10;
    settings.learning_rate_schedule = dnm::RateSchedule::constant;
    settings.parts["momentum"] = 0.999;
    std::vector<EpochResult> results;
    const TrainingProgress end = wait_for_end(*start(network(), settings), results);
    QCOMPARE(end.state, RunState::failed);
    QVERIFY2(end.problem.find("diverged in epoch " + std::to_string(results.size() + 1)) != std::string::npos,
             end.problem.c_str());
    QVERIFY(!results.empty());
    // What was reached before is kept, and was reached with numbers.
    settings.epochs = static_cast<std::int64_t>(results.size());
    settings.run_folder = files_->fresh_folder();
    std::vector<EpochResult> again;
    QCOMPARE(wait_for_end(*start(network(), settings), again).state, RunState::finished);
    QVERIFY(same_outcome(again, results));
    const auto checkpoint = dnm::load_checkpoint(fs::path(settings.run_folder) / "checkpoint.pt");
    const auto& info = dnm::data_set_info(settings.data_set);
    const auto data = dnm::load_data_set(info, dnm::find_data_set(info, settings.data_folder));
    std::vector<std::uint32_t> which(data.test.size());
    std::iota(which.begin(), which.end(), 0U);
    dnm::ImageBatch batch(info.inputs(), which.size());
    data.gather(data.test, which, batch);
    const dnm::SoftmaxCrossEntropy loss;
    const auto tested = dnm::make_sparse_mlp(checkpoint.layers, checkpoint.state, {loss})->evaluate(batch);
    QVERIFY2(std::isfinite(tested.loss), qPrintable(QString::number(tested.loss)));
  }

  void what_cannot_be_trained_is_refused_with_a_reason() {
    const auto message = [&](const NetworkPointer& net, const std::function<void(TrainingSettings&)>& change) {
      auto settings = files_->few_epochs(1);
      change(settings);
      return message_of([&] { static_cast<void>(start(net, settings)); });
    };
    const auto nothing = [](TrainingSettings&) {};
    QVERIFY(message(nullptr, nothing).contains("no network"));
    QVERIFY(message(network("98,196,196"), nothing).contains("784,196,196"));
    const std::pair<dnm::NodeIndex, dnm::NodeIndex> link{0, 1};
    const auto general = std::make_shared<const dnm::Network>(dnm::Network::general(784, {&link, 1}));
    QVERIFY(message(general, nothing).contains("layer"));
    QVERIFY(message(network(), [](auto& s) { s.method = "statik"; }).contains("static"));
    QVERIFY(message(network(), [](auto& s) { s.data_folder = "/nowhere"; }).contains("/nowhere"));
    QVERIFY(message(network(), [](auto& s) { s.validation = 900; }).contains("hold out fewer"));
    QVERIFY(message(network(), [](auto& s) { s.resume = true; }).contains("--run-dir"));
    QVERIFY(message(network(), [&](auto& s) {
              s.run_folder = (files_->data() / "train-labels-idx1-ubyte" / "run").string();
            }).contains("run folder"));
    if (!dnm::has_cuda()) {
      QVERIFY(message(network(), [](auto& s) { s.device = dnm::Device::cuda; }).contains("CUDA"));
    }
  }

  void more_than_the_memory_is_refused() {
    // 200,000² cells four times over for the masked engine; the network itself is small.
    dnm::Mask mask{784, 3000000, std::vector<std::uint64_t>(3000001, 0), {}};
    dnm::Mask next{3000000, 2000000, std::vector<std::uint64_t>(2000001, 0), {}};
    const auto net = std::make_shared<const dnm::Network>(dnm::Network::layered({784, 3000000, 2000000}, {mask, next}));
    auto settings = files_->few_epochs(1);
    settings.engine = dnm::Engine::masked;
    settings.device = dnm::Device::cpu;
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(dnm::make_plan(net, settings)), dnm::ResourceError);
  }

 private:
  std::unique_ptr<samples::RunFiles> files_;
};

DNM_TEST(TestRuns)
#include "test_runs.moc"
