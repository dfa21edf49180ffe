// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QtTest>
#include <chrono>
#include <cmath>
#include <fstream>
#include <functional>
#include <memory>
#include <sstream>
#include <thread>

#include "core/models/initialiser.h"
#include "core/network/random.h"
#include "core/support/error.h"
#include "samples.h"
#include "training/engine/devices.h"
#include "training/runs/background_run.h"
#include "training/runs/checkpoint.h"

namespace fs = std::filesystem;
using namespace std::chrono_literals;

using dnm::BackgroundRun;
using dnm::EpochResult;
using dnm::InvalidInput;
using dnm::NetworkPointer;
using dnm::RunState;
using dnm::TrainingProgress;
using dnm::TrainingSettings;

namespace {

NetworkPointer network(const std::string& layers = "784,96,64", std::uint64_t seed = 0) {
  dnm::ModelParameters parameters;
  dnm::set_from_text(parameters, "layers", layers);
  parameters.seed = seed;
  return dnm::generate(parameters).network;
}

std::unique_ptr<BackgroundRun> start(const NetworkPointer& net, const TrainingSettings& settings) {
  return std::make_unique<BackgroundRun>(dnm::make_plan(net, settings));
}

/// Polls until `done`; the results that came meanwhile are appended. Gives up after a minute.
TrainingProgress wait_until(BackgroundRun& run, std::vector<EpochResult>& results,
                            const std::function<bool(const TrainingProgress&)>& done) {
  const auto limit = std::chrono::steady_clock::now() + 60s;
  for (;;) {
    TrainingProgress progress = run.poll();
    results.insert(results.end(), progress.epochs_done.begin(), progress.epochs_done.end());
    if (done(progress) || std::chrono::steady_clock::now() > limit) return progress;
    std::this_thread::sleep_for(1ms);
  }
}

TrainingProgress wait_for_end(BackgroundRun& run, std::vector<EpochResult>& results) {
  return wait_until(run, results, [](const TrainingProgress& progress) { return dnm::is_over(progress.state); });
}

std::string text_of(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

QString message_of(const std::function<void()>& call) {
  try {
    call();
  } catch (const dnm::Error& error) {
    return QString::fromUtf8(error.what());
  }
  return {};
}

/// Everything but wall time.
bool same_outcome(const std::vector<EpochResult>& a, const std::vector<EpochResult>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const EpochResult& x, const EpochResult& y) {
    return x.seed == y.seed && x.epoch == y.epoch && x.train_loss == y.train_loss &&
           x.train_accuracy == y.train_accuracy && x.test_accuracy == y.test_accuracy &&
           x.validation_accuracy == y.validation_accuracy && x.links == y.links;
  });
}

}  // namespace

class TestRuns : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    QVERIFY(folder_.isValid());
    samples::write_data_set(data(), 900, 200);
    samples::write_data_set(large_data(), 6000, 200);
  }

  void learns_and_tells_every_epoch() {
    auto settings = few_epochs(6);
    settings.validation = 100;
    std::vector<EpochResult> results;
    const auto run = start(network(), settings);
    const TrainingProgress end = wait_for_end(*run, results);
    QCOMPARE(end.state, RunState::finished);
    QVERIFY(end.problem.empty());
    QCOMPARE(end.engine, std::string("sparse"));
    QVERIFY(end.device.starts_with("cpu"));
    QCOMPARE(end.epoch, 6);
    QVERIFY(end.images_per_second > 0);
    QCOMPARE(results.size(), std::size_t{6});
    for (std::size_t i = 0; i < results.size(); ++i) {
      QCOMPARE(results[i].epoch, static_cast<int>(i) + 1);
      QCOMPARE(results[i].links, network()->link_count());
      QVERIFY(results[i].validation_accuracy.has_value());
      QVERIFY(results[i].seconds > 0);
    }
    QVERIFY(results.back().test_accuracy > 0.95);
    QVERIFY(*results.back().validation_accuracy > 0.95);
    QVERIFY(results.back().train_loss < results.front().train_loss);
    QVERIFY(run->poll().epochs_done.empty());
  }

  void the_seed_decides_all() {
    const auto outcome = [&](std::uint64_t seed) {
      auto settings = few_epochs(2);
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
    auto settings = few_epochs(2);
    settings.engine = "sparse";
    static_cast<void>(wait_for_end(*start(network(), settings), sparse));
    settings.engine = "masked";
    settings.device = "cpu";
    static_cast<void>(wait_for_end(*start(network(), settings), masked));
    QCOMPARE(sparse.size(), masked.size());
    QVERIFY(std::abs(sparse[0].train_loss - masked[0].train_loss) < 1e-3 * masked[0].train_loss);
  }

  /// Which engine is fastest is the machine's affair; that what was chosen is told, kept and used again is ours.
  void the_automatic_choice_is_told_and_kept() {
    auto settings = few_epochs(2);
    settings.engine = "auto";
    settings.run_folder = fresh_folder();
    std::vector<EpochResult> results;
    const auto run = start(network("784,300,200"), settings);
    const TrainingProgress end = wait_for_end(*run, results);
    QCOMPARE(end.layer_timings.size(), std::size_t{3});
    for (const auto& timing : end.layer_timings) {
      QVERIFY(timing.engine == "sparse" || timing.engine == "masked");
      QVERIFY(timing.sparse_milliseconds > 0.0 && timing.masked_milliseconds > 0.0);
    }
    QVERIFY(end.masked_speed_up > 0.0);
    const auto file = fs::path(settings.run_folder) / "checkpoint.pt";
    auto checkpoint = dnm::load_checkpoint(file);
    QCOMPARE(checkpoint.engines.size(), std::size_t{3});
    for (std::size_t i = 0; i < 3; ++i) QCOMPARE(checkpoint.engines[i], end.layer_timings[i].engine);

    // A resumed run takes the engines of its checkpoint, whatever it measures now.
    checkpoint.engines = {"masked", "sparse", "masked"};
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
    QCOMPARE(dnm::learning_rate(settings, 0), 0.025);
    QVERIFY(std::abs(dnm::learning_rate(settings, 45) - (0.025 + 2.5e-4) / 2) < 1e-12);
    QVERIFY(std::abs(dnm::learning_rate(settings, 90) - 2.5e-4) < 1e-12);
    QVERIFY(std::abs(dnm::learning_rate(settings, 99) - 2.5e-4) < 1e-12);
    settings.final_learning_rate_ratio = 1.0;
    QCOMPARE(dnm::learning_rate(settings, 60), 0.025);
    settings.final_learning_rate_ratio = 0.01;
    const auto near = [&](int epoch, double expected) {
      return std::abs(dnm::learning_rate(settings, epoch) - expected) < 1e-12;
    };
    settings.learning_rate_schedule = "cosine";
    QVERIFY(near(0, 0.025) && near(45, (0.025 + 2.5e-4) / 2) && near(95, 2.5e-4) && near(30, 2.5e-4 + 0.02475 * 0.75));
    settings.learning_rate_schedule = "exponential";
    QVERIFY(near(0, 0.025) && near(45, 2.5e-3) && near(90, 2.5e-4));
    settings.learning_rate_schedule = "constant";
    QVERIFY(near(99, 0.025));
  }

  void pauses_and_goes_on() {
    // Long enough that it cannot end between two looks at it.
    auto settings = few_epochs(15);
    settings.data_folder = large_data().string();
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
      const auto run = start(network(), long_run());
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
      auto settings = long_run();
      settings.run_folder = fresh_folder();
      if (i % 4 == 3) {
        settings.engine = "masked";
        settings.device = "cpu";
      }
      const auto run = start(network(), settings);
      if (i % 3 == 1) run->pause();
      std::this_thread::sleep_for(std::chrono::microseconds(random.below(30000)));
    }
  }

  void resuming_gives_the_same_bits_data() {
    QTest::addColumn<QString>("engine");
    QTest::newRow("sparse") << "sparse";
    QTest::newRow("masked") << "masked";
  }
  void resuming_gives_the_same_bits() {
    QFETCH(QString, engine);
    auto settings = few_epochs(4);
    settings.engine = engine.toStdString();
    settings.device = "cpu";
    settings.validation = 50;
    settings.data_folder = large_data().string();
    const NetworkPointer net = network();

    settings.run_folder = fresh_folder();
    std::vector<EpochResult> undisturbed;
    static_cast<void>(wait_for_end(*start(net, settings), undisturbed));
    const auto expected = dnm::load_checkpoint(fs::path(settings.run_folder) / "checkpoint.pt");
    const std::string expected_lines = text_of(fs::path(settings.run_folder) / "epochs.csv");

    settings.resume = true;
    dnm::Random random(7);
    std::vector<EpochResult> results;
    // On a busy machine a run may end before it can be stopped; then that try shows nothing.
    for (int tries = 0, stops = 0; stops < 2 && tries < 20; ++tries) {
      settings.run_folder = fresh_folder();
      stops = 0;
      for (RunState state = RunState::stopped; state == RunState::stopped;) {
        // Each start tells the whole history again.
        results.clear();
        const auto run = start(net, settings);
        const int epoch = 1 + static_cast<int>(random.below(4));
        const double fraction = random.uniform();
        static_cast<void>(wait_until(*run, results, [&](const TrainingProgress& progress) {
          return dnm::is_over(progress.state) || (progress.epoch >= epoch && progress.epoch_fraction > fraction);
        }));
        run->stop();
        state = wait_for_end(*run, results).state;
        QVERIFY(state == RunState::stopped || state == RunState::finished);
        if (state == RunState::stopped) ++stops;
      }
    }
    QVERIFY(same_outcome(results, undisturbed));
    const auto found = dnm::load_checkpoint(fs::path(settings.run_folder) / "checkpoint.pt");
    QVERIFY(found.state == expected.state);
    QVERIFY(same_outcome(found.history, expected.history));
    const std::string lines = text_of(fs::path(settings.run_folder) / "epochs.csv");
    QCOMPARE(std::count(lines.begin(), lines.end(), '\n'), 5);
    QVERIFY(
        lines.starts_with("seed,epoch,train_loss,train_accuracy,test_accuracy,validation_accuracy,links,seconds\n"));

    // A finished run that is resumed is finished at once, and tells what it had reached.
    std::vector<EpochResult> again;
    QCOMPARE(wait_for_end(*start(net, settings), again).state, RunState::finished);
    QVERIFY(same_outcome(again, undisturbed));
  }

  void the_run_folder_tells_the_run() {
    auto settings = few_epochs(2);
    settings.run_folder = fresh_folder();
    std::vector<EpochResult> results;
    static_cast<void>(wait_for_end(*start(network(), settings), results));
    const std::string config = text_of(fs::path(settings.run_folder) / "config.json");
    QJsonParseError error{};
    const auto document = QJsonDocument::fromJson(QByteArray::fromStdString(config), &error);
    QCOMPARE(error.error, QJsonParseError::NoError);
    QCOMPARE(document["settings"]["epochs"].toString(), QString("2"));
    QCOMPARE(document["engine"].toString(), QString("sparse"));
    QCOMPARE(document["layer_sizes"][0].toInt(), 784);

    // The folder is not used for another run by mistake, …
    QVERIFY(message_of([&] { static_cast<void>(start(network(), settings)); }).contains("--resume"));
    // … nor resumed as another one.
    settings.resume = true;
    QVERIFY(message_of([&] { static_cast<void>(start(network("784,96,64", 1), settings)); }).contains("network"));
    settings.learning_rate = 0.01;
    QVERIFY(message_of([&] { static_cast<void>(start(network(), settings)); }).contains("lr"));
  }

  void damaged_checkpoints_are_refused() {
    auto settings = few_epochs(1);
    settings.run_folder = fresh_folder();
    std::vector<EpochResult> results;
    static_cast<void>(wait_for_end(*start(network(), settings), results));
    const fs::path path = fs::path(settings.run_folder) / "checkpoint.pt";
    const std::string good = text_of(path);
    QVERIFY(good.size() > 10000);
    settings.resume = true;
    dnm::Random random(5);
    for (int i = 0; i < 40; ++i) {
      std::string bad = good;
      if (i % 2 == 0) {
        bad.resize(random.below(good.size()));
      } else {
        bad[random.below(good.size())] ^= static_cast<char>(1U << random.below(8));
      }
      samples::write_file(path, bad);
      const QString message = message_of([&] { static_cast<void>(start(network(), settings)); });
      QVERIFY2(message.contains("damaged") && message.contains("checkpoint.pt"), qPrintable(message));
    }
    samples::write_file(path, good);
    QCOMPARE(wait_for_end(*start(network(), settings), results).state, RunState::finished);
  }

  void the_previous_checkpoint_steps_in_for_a_damaged_one() {
    auto settings = few_epochs(3);
    settings.run_folder = fresh_folder();
    std::vector<EpochResult> undisturbed;
    static_cast<void>(wait_for_end(*start(network(), settings), undisturbed));
    const fs::path path = fs::path(settings.run_folder) / "checkpoint.pt";
    const fs::path previous = fs::path(settings.run_folder) / "checkpoint.previous.pt";
    const auto expected = dnm::load_checkpoint(path);
    QCOMPARE(dnm::load_checkpoint(previous).position.epochs_done, 2);
    const std::string good = text_of(path);
    settings.resume = true;

    samples::write_file(path, good.substr(0, good.size() / 2));
    std::vector<EpochResult> results;
    const auto run = start(network(), settings);
    std::vector<std::string> notices;
    static_cast<void>(wait_until(*run, results, [&](const TrainingProgress& progress) {
      notices.insert(notices.end(), progress.notices.begin(), progress.notices.end());
      return dnm::is_over(progress.state);
    }));
    QCOMPARE(notices.size(), std::size_t{1});
    QVERIFY2(notices[0].find("damaged") != std::string::npos && notices[0].find("epoch 3") != std::string::npos,
             notices[0].c_str());
    QVERIFY(same_outcome(results, undisturbed));
    QVERIFY(dnm::load_checkpoint(path).state == expected.state);

    // Killed between the renames of a save, there is only the previous one; that is nothing to tell.
    fs::rename(path, previous);
    {
      const auto plan = dnm::make_plan(network(), settings);
      QVERIFY(plan.from.has_value() && plan.notice.empty());
    }
    // With both damaged it is for the user to decide.
    samples::write_file(path, "nothing");
    samples::write_file(previous, "nothing");
    QVERIFY(message_of([&] { static_cast<void>(start(network(), settings)); }).contains("damaged"));
  }

  void checkpoints_within_an_epoch_keep_the_place() {
    auto settings = few_epochs(1);
    settings.data_folder = large_data().string();
    std::vector<EpochResult> undisturbed;
    settings.run_folder = fresh_folder();
    static_cast<void>(wait_for_end(*start(network(), settings), undisturbed));
    const auto expected = dnm::load_checkpoint(fs::path(settings.run_folder) / "checkpoint.pt");

    settings.run_folder = fresh_folder();
    settings.checkpoint_seconds = 1e-6;
    {
      std::vector<EpochResult> results;
      const auto run = start(network(), settings);
      static_cast<void>(
          wait_until(*run, results, [](const TrainingProgress& progress) { return progress.epoch_fraction > 0.3; }));
      run->pause();
      static_cast<void>(wait_until(*run, results,
                                   [](const auto& p) { return p.state == RunState::paused || dnm::is_over(p.state); }));
      // What lies there now is what a kill would leave.
      fs::copy(settings.run_folder, settings.run_folder + "-killed");
    }
    settings.run_folder += "-killed";
    const auto kept = dnm::load_checkpoint(fs::path(settings.run_folder) / "checkpoint.pt");
    QVERIFY(kept.position.images_done > 0 && kept.position.epochs_done == 0);
    settings.resume = true;
    settings.checkpoint_seconds = 0.0;
    std::vector<EpochResult> results;
    static_cast<void>(wait_for_end(*start(network(), settings), results));
    QVERIFY(same_outcome(results, undisturbed));
    QVERIFY(dnm::load_checkpoint(fs::path(settings.run_folder) / "checkpoint.pt").state == expected.state);
  }

  void a_full_or_vanished_folder_pauses_the_run() {
    auto settings = few_epochs(3);
    settings.run_folder = fresh_folder();
    std::vector<EpochResult> results;
    const auto run = start(network(), settings);
    run->pause();
    static_cast<void>(wait_until(*run, results, [](const auto& p) { return p.state == RunState::paused; }));
    // A folder in the way of the file that is written next.
    const fs::path path = fs::path(settings.run_folder) / "checkpoint.new.pt";
    fs::create_directories(path / "in the way");
    run->resume();
    const auto stuck =
        wait_until(*run, results, [](const auto& p) { return p.state == RunState::paused && !p.problem.empty(); });
    QVERIFY2(stuck.problem.find("checkpoint.new.pt") != std::string::npos, stuck.problem.c_str());
    // It tries again by itself.
    fs::remove_all(path);
    const TrainingProgress end = wait_for_end(*run, results);
    QCOMPARE(end.state, RunState::finished);
    QVERIFY(end.problem.empty());
    QCOMPARE(dnm::load_checkpoint(fs::path(settings.run_folder) / "checkpoint.pt").position.epochs_done, 3);
  }

  void a_folder_that_vanished_is_filled_again() {
    auto settings = few_epochs(4);
    settings.run_folder = fresh_folder();
    settings.data_folder = large_data().string();
    std::vector<EpochResult> results;
    const auto run = start(network(), settings);
    static_cast<void>(wait_until(*run, results, [](const auto& p) { return p.epoch == 2; }));
    fs::remove_all(settings.run_folder);
    const auto stuck =
        wait_until(*run, results, [](const auto& p) { return p.state == RunState::paused && !p.problem.empty(); });
    QVERIFY2(stuck.problem.find(settings.run_folder) != std::string::npos, stuck.problem.c_str());
    fs::create_directory(settings.run_folder);
    QCOMPARE(wait_for_end(*run, results).state, RunState::finished);
    const std::string lines = text_of(fs::path(settings.run_folder) / "epochs.csv");
    QCOMPARE(std::count(lines.begin(), lines.end(), '\n'), 5);
    QVERIFY(fs::exists(fs::path(settings.run_folder) / "config.json"));
    QVERIFY(fs::file_size(fs::path(settings.run_folder) / "events.out.tfevents.dnm") > 400);
  }

  void a_folder_takes_one_run_at_a_time() {
    auto settings = long_run();
    settings.run_folder = fresh_folder();
    std::vector<EpochResult> results;
    const auto run = start(network(), settings);
    static_cast<void>(wait_until(*run, results, [](const auto& p) { return p.state == RunState::running; }));
    for (const bool resume : {false, true}) {
      settings.resume = resume;
      const QString message = message_of([&] { static_cast<void>(start(network(), settings)); });
      QVERIFY2(message.contains("a run is going on"), qPrintable(message));
    }
    run->stop();
    QCOMPARE(wait_for_end(*run, results).state, RunState::stopped);
    // The old object is still there, but its run is over.
    const auto resumed = start(network(), settings);
    resumed->stop();
    QCOMPARE(wait_for_end(*resumed, results).state, RunState::stopped);
  }

  void divergence_is_told() {
    auto settings = few_epochs(5);
    settings.learning_rate = 10;
    settings.momentum = 0.99;
    std::vector<EpochResult> results;
    const TrainingProgress end = wait_for_end(*start(network(), settings), results);
    QCOMPARE(end.state, RunState::failed);
    QVERIFY2(end.problem.find("learning rate") != std::string::npos, end.problem.c_str());
  }

  void what_cannot_be_trained_is_refused_with_a_reason() {
    const auto message = [&](const NetworkPointer& net, const std::function<void(TrainingSettings&)>& change) {
      auto settings = few_epochs(1);
      change(settings);
      return message_of([&] { static_cast<void>(start(net, settings)); });
    };
    const auto nothing = [](TrainingSettings&) {};
    QVERIFY(message(nullptr, nothing).contains("no network"));
    QVERIFY(message(network("98,196,196"), nothing).contains("784,196,196"));
    const std::pair<dnm::NodeIndex, dnm::NodeIndex> link{0, 1};
    const auto general = std::make_shared<const dnm::Network>(dnm::Network::general(784, {&link, 1}));
    QVERIFY(message(general, nothing).contains("layer"));
    QVERIFY(message(network(), [](auto& s) { s.method = "sett"; }).contains("static"));
    QVERIFY(message(network(), [](auto& s) { s.data_folder = "/nowhere"; }).contains("/nowhere"));
    QVERIFY(message(network(), [](auto& s) { s.validation = 900; }).contains("hold out fewer"));
    QVERIFY(message(network(), [](auto& s) { s.resume = true; }).contains("--run-dir"));
    QVERIFY(message(network(), [&](auto& s) {
              s.run_folder = (data() / "train-labels-idx1-ubyte" / "run").string();
            }).contains("run folder"));
    if (!dnm::has_cuda()) {
      QVERIFY(message(network(), [](auto& s) { s.device = "cuda"; }).contains("CUDA"));
    }
  }

  void more_than_the_memory_is_refused() {
    // 200,000² cells four times over for the masked engine; the network itself is small.
    dnm::Mask mask{784, 3000000, std::vector<std::uint64_t>(3000001, 0), {}};
    dnm::Mask next{3000000, 2000000, std::vector<std::uint64_t>(2000001, 0), {}};
    const auto net = std::make_shared<const dnm::Network>(dnm::Network::layered({784, 3000000, 2000000}, {mask, next}));
    auto settings = few_epochs(1);
    settings.engine = "masked";
    settings.device = "cpu";
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(dnm::make_plan(net, settings)), dnm::ResourceError);
  }

 private:
  [[nodiscard]] fs::path data() const { return fs::path(folder_.path().toStdString()) / "data"; }
  [[nodiscard]] fs::path large_data() const { return fs::path(folder_.path().toStdString()) / "large"; }
  std::string fresh_folder() { return (data().parent_path() / ("run" + std::to_string(next_++))).string(); }

  [[nodiscard]] TrainingSettings few_epochs(int epochs) const {
    TrainingSettings settings;
    settings.data_folder = data().string();
    settings.epochs = epochs;
    // Named, so that two runs compute alike whatever they measure.
    settings.engine = "sparse";
    return settings;
  }
  [[nodiscard]] TrainingSettings long_run() const {
    TrainingSettings settings = few_epochs(1000);
    settings.data_folder = large_data().string();
    return settings;
  }

  QTemporaryDir folder_;
  int next_ = 0;
};

QTEST_APPLESS_MAIN(TestRuns)
#include "test_runs.moc"
