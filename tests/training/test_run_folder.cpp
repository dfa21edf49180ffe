// SPDX-License-Identifier: GPL-3.0-or-later
#include <QJsonDocument>
#include <QTest>
#include <algorithm>
#include <chrono>

#include "core/network/random.h"
#include "core/support/digits.h"
#include "epoch_columns.h"
#include "run_samples.h"
#include "samples.h"
#include "tests/support/test_class.h"
#include "training/runs/training_parameters.h"

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

/// What a run leaves in its folder, and how it continues from there.
class TestRunFolder : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { files_ = std::make_unique<samples::RunFiles>(); }

  void resuming_gives_the_same_bits_data() {
    QTest::addColumn<QString>("engine");
    QTest::newRow("sparse") << "sparse";
    QTest::newRow("masked") << "masked";
  }
  void resuming_gives_the_same_bits() {
    QFETCH(QString, engine);
    auto settings = files_->few_epochs(4);
    settings.engine = dnm::parse_engine(engine.toStdString());
    settings.device = dnm::Device::cpu;
    settings.validation = 50;
    settings.data_folder = files_->large_data().string();
    const NetworkPointer net = network();

    settings.run_folder = files_->fresh_folder();
    std::vector<EpochResult> undisturbed;
    static_cast<void>(wait_for_end(*start(net, settings), undisturbed));
    const auto expected = dnm::load_checkpoint(fs::path(settings.run_folder) / "checkpoint.pt");
    const std::string expected_lines = text_of(fs::path(settings.run_folder) / "epochs.csv");

    settings.resume = true;
    dnm::Random random(7);
    std::vector<EpochResult> results;
    // On a busy machine a run may end before it can be stopped; then that try shows nothing.
    for (int tries = 0, stops = 0; stops < 2 && tries < 20; ++tries) {
      settings.run_folder = files_->fresh_folder();
      stops = 0;
      for (RunState state = RunState::stopped; state == RunState::stopped;) {
        // Each start reports the whole history again.
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
    QVERIFY(lines.starts_with("seed,epoch,train_loss,train_accuracy,test_accuracy,validation_accuracy,links,seconds" +
                              samples::columns_behind_seconds(samples::metrics) + "\n"));

    // A finished run that is resumed is finished at once, and reports what it had reached.
    std::vector<EpochResult> again;
    QCOMPARE(wait_for_end(*start(net, settings), again).state, RunState::finished);
    QVERIFY(same_outcome(again, undisturbed));
  }

  void a_finished_run_is_trained_longer_data() {
    QTest::addColumn<QString>("schedule");
    QTest::addColumn<double>("ratio");
    QTest::addColumn<int>("first");
    QTest::newRow("constant") << "constant" << 0.01 << 2;
    QTest::newRow("linear that falls to where it began") << "linear" << 1.0 << 1;
    QTest::newRow("linear") << "linear" << 0.01 << 2;
    QTest::newRow("cosine") << "cosine" << 0.01 << 3;
  }
  void a_finished_run_is_trained_longer() {
    QFETCH(QString, schedule);
    QFETCH(double, ratio);
    QFETCH(int, first);
    constexpr int all = 4;
    auto settings = files_->few_epochs(all);
    dnm::training_parameter_table().set_text(settings, "lr-schedule", schedule.toStdString());
    settings.final_learning_rate_ratio = ratio;
    settings.validation = 50;
    settings.run_folder = files_->fresh_folder();
    std::vector<EpochResult> undisturbed;
    static_cast<void>(wait_for_end(*start(network(), settings), undisturbed));
    const auto expected = dnm::load_checkpoint(fs::path(settings.run_folder) / "checkpoint.pt");

    settings.epochs = first;
    settings.run_folder = files_->fresh_folder();
    std::vector<EpochResult> results;
    QCOMPARE(wait_for_end(*start(network(), settings), results).state, RunState::finished);
    settings.resume = true;
    settings.epochs = all;
    // Only where it is asked for: else another number of epochs is taken for a mistake.
    QVERIFY(message_of([&] { static_cast<void>(start(network(), settings)); }).contains("epochs"));
    settings.longer = true;
    results.clear();
    std::vector<std::string> notices;
    const auto run = start(network(), settings);
    const TrainingProgress end = wait_until(*run, results, [&](const TrainingProgress& progress) {
      notices.insert(notices.end(), progress.notices.begin(), progress.notices.end());
      return dnm::is_over(progress.state);
    });
    QCOMPARE(end.state, RunState::finished);
    QCOMPARE(results.size(), std::size_t{all});
    const auto found = dnm::load_checkpoint(fs::path(settings.run_folder) / "checkpoint.pt");
    const bool same_rate = schedule == "constant" || ratio == 1.0;
    QCOMPARE(found.state == expected.state, same_rate);
    QCOMPARE(same_outcome(results, undisturbed), same_rate);
    QCOMPARE(notices.empty(), same_rate);
    if (!same_rate) {
      const dnm::RateSettings rate = dnm::rate_settings(settings);
      const double next = dnm::learning_rate(rate, {static_cast<std::uint64_t>(first), 1, all});
      QVERIFY2(notices[0].find(dnm::with_significant(next, 3) + " in epoch " + std::to_string(first + 1)) !=
                   std::string::npos,
               notices[0].c_str());
    }
    // One table and one event file of all epochs, and the folder says how the run came to them.
    const std::string lines = text_of(fs::path(settings.run_folder) / "epochs.csv");
    QCOMPARE(std::count(lines.begin(), lines.end(), '\n'), all + 1);
    const auto config =
        QJsonDocument::fromJson(QByteArray::fromStdString(text_of(fs::path(settings.run_folder) / "config.json")));
    QCOMPARE(config["settings"]["epochs"].toString(), QString::number(all));
    QCOMPARE(config["lengthened"][0]["epochs_before"].toInt(), first);
    QCOMPARE(config["lengthened"][0]["after_epoch"].toInt(), first);
    // It is known after another resume too, and fewer epochs are refused.
    static_cast<void>(wait_for_end(*start(network(), settings), results));
    QCOMPARE(dnm::load_checkpoint(fs::path(settings.run_folder) / "checkpoint.pt").lengthenings.size(), std::size_t{1});
    settings.epochs = first;
    QVERIFY(message_of([&] { static_cast<void>(start(network(), settings)); }).contains("epochs 4, not"));
  }

  void the_run_folder_describes_the_run() {
    auto settings = files_->few_epochs(2);
    settings.run_folder = files_->fresh_folder();
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
    auto settings = files_->few_epochs(1);
    settings.run_folder = files_->fresh_folder();
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
    auto settings = files_->few_epochs(3);
    settings.run_folder = files_->fresh_folder();
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

    // Killed between the renames of a save, there is only the previous one; that is nothing to report.
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

  /// After a damaged newest checkpoint the one before it is the only good one; a kill at any moment of the next save
  /// must not lose both.
  void a_kill_while_a_damaged_checkpoint_is_replaced_loses_nothing() {
    auto settings = files_->few_epochs(3);
    settings.run_folder = files_->fresh_folder();
    std::vector<EpochResult> undisturbed;
    static_cast<void>(wait_for_end(*start(network(), settings), undisturbed));
    const fs::path folder = settings.run_folder;
    const auto expected = dnm::load_checkpoint(folder / "checkpoint.pt");
    const std::string newest = text_of(folder / "checkpoint.previous.pt");  // with an epoch left to train
    settings.resume = true;
    const auto resumed = [&] {
      std::vector<EpochResult> results;
      const auto run = start(network(), settings);
      static_cast<void>(wait_for_end(*run, results));
      return same_outcome(results, undisturbed) &&
             dnm::load_checkpoint(folder / "checkpoint.pt").state == expected.state;
    };
    // Killed after the first of the two renames: the damaged file has become the previous one.
    fs::remove(folder / "checkpoint.pt");
    samples::write_file(folder / "checkpoint.previous.pt", newest.substr(0, newest.size() / 3));
    samples::write_file(folder / "checkpoint.new.pt", newest);
    QVERIFY(resumed());
    // The same in the very last save: there is nothing left to train, yet the checkpoint lies where it belongs.
    const std::string last = text_of(folder / "checkpoint.pt");
    fs::rename(folder / "checkpoint.pt", folder / "checkpoint.new.pt");
    QVERIFY(resumed());
    QVERIFY(text_of(folder / "checkpoint.pt") == last);
    // Killed before the very first rename of a run.
    fs::remove(folder / "checkpoint.pt");
    fs::remove(folder / "checkpoint.previous.pt");
    samples::write_file(folder / "checkpoint.new.pt", newest);
    QVERIFY(dnm::make_plan(network(), settings).from.has_value());
    settings.resume = false;
    QVERIFY(message_of([&] { static_cast<void>(start(network(), settings)); }).contains("--resume"));
    settings.resume = true;
    QVERIFY(resumed());
  }

  void other_data_under_the_same_name_are_noticed() {
    auto settings = files_->few_epochs(2);
    const fs::path data = files_->data().parent_path() / "changing";
    samples::write_data_set(data, 300, 60);
    settings.data_folder = data.string();
    settings.run_folder = files_->fresh_folder();
    std::vector<EpochResult> results;
    static_cast<void>(wait_for_end(*start(network(), settings), results));
    settings.resume = true;
    const auto resumed = [&] {
      const auto run = start(network(), settings);
      return wait_for_end(*run, results);
    };
    // Elsewhere, but the same.
    settings.data_folder = (data.parent_path() / "moved").string();
    fs::rename(data, settings.data_folder);
    QCOMPARE(resumed().state, RunState::finished);
    // As many images, one label exchanged for another.
    const fs::path labels = fs::path(settings.data_folder) / "train-labels-idx1-ubyte";
    std::string bytes = text_of(labels);
    bytes.back() = static_cast<char>((bytes.back() + 1) % 10);
    samples::write_file(labels, bytes);
    const TrainingProgress end = resumed();
    QCOMPARE(end.state, RunState::failed);
    QVERIFY2(end.problem.find("other data files") != std::string::npos, end.problem.c_str());
  }

  void checkpoints_with_impossible_links_are_refused() {
    auto settings = files_->few_epochs(1);
    settings.run_folder = files_->fresh_folder();
    std::vector<EpochResult> results;
    static_cast<void>(wait_for_end(*start(network(), settings), results));
    const fs::path path = fs::path(settings.run_folder) / "checkpoint.pt";
    const auto good = dnm::load_checkpoint(path);
    const auto message = [&](const std::function<void(dnm::Checkpoint&)>& spoil) {
      auto bad = good;
      spoil(bad);
      dnm::save_checkpoint(path, bad);
      return message_of([&] { static_cast<void>(dnm::load_checkpoint(path)); });
    };
    QVERIFY(message([](auto&) {}).isEmpty());
    QVERIFY(message([](auto& bad) { bad.layers[1].mask.columns.back() = 4000000000U; }).contains("checkpoint.pt"));
    QVERIFY(message([](auto& bad) {
              std::swap(bad.layers[0].mask.row_begin[1], bad.layers[0].mask.row_begin[5]);
            }).contains("checkpoint.pt"));
    QVERIFY(message([](auto& bad) { bad.layers[0].mask.row_begin.pop_back(); }).contains("checkpoint.pt"));
    QVERIFY(message([](auto& bad) { bad.engines[1] = dnm::Engine::automatic; }).contains("checkpoint.pt"));
  }

  void checkpoints_within_an_epoch_keep_the_place() {
    auto settings = files_->few_epochs(1);
    settings.data_folder = files_->large_data().string();
    std::vector<EpochResult> undisturbed;
    settings.run_folder = files_->fresh_folder();
    static_cast<void>(wait_for_end(*start(network(), settings), undisturbed));
    const auto expected = dnm::load_checkpoint(fs::path(settings.run_folder) / "checkpoint.pt");

    settings.run_folder = files_->fresh_folder();
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
    QVERIFY(kept.position.steps_done > 0 && kept.position.epochs_done == 0);
    settings.resume = true;
    settings.checkpoint_seconds = 0.0;
    std::vector<EpochResult> results;
    static_cast<void>(wait_for_end(*start(network(), settings), results));
    QVERIFY(same_outcome(results, undisturbed));
    QVERIFY(dnm::load_checkpoint(fs::path(settings.run_folder) / "checkpoint.pt").state == expected.state);
  }

  void a_full_or_vanished_folder_pauses_the_run() {
    auto settings = files_->few_epochs(3);
    settings.run_folder = files_->fresh_folder();
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
    auto settings = files_->few_epochs(4);
    settings.run_folder = files_->fresh_folder();
    settings.data_folder = files_->large_data().string();
    std::vector<EpochResult> results;
    const auto run = start(network(), settings);
    static_cast<void>(wait_until(*run, results, [](const auto& p) { return p.epoch == 2; }));
    // Again when the run has put a file there meanwhile.
    for (std::error_code code; fs::exists(settings.run_folder); fs::remove_all(settings.run_folder, code)) {
    }
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
    auto settings = files_->long_run();
    settings.run_folder = files_->fresh_folder();
    std::vector<EpochResult> results;
    const auto run = start(network(), settings);
    static_cast<void>(wait_until(*run, results, [](const auto& p) { return p.state == RunState::running; }));
    for (const bool resume : {false, true}) {
      settings.resume = resume;
      const QString message = message_of([&] { static_cast<void>(start(network(), settings)); });
      QVERIFY2(message.contains("a run is in progress"), qPrintable(message));
    }
    run->stop();
    QCOMPARE(wait_for_end(*run, results).state, RunState::stopped);
    // The old object is still there, but its run is over.
    const auto resumed = start(network(), settings);
    resumed->stop();
    QCOMPARE(wait_for_end(*resumed, results).state, RunState::stopped);
  }

 private:
  std::unique_ptr<samples::RunFiles> files_;
};

DNM_TEST(TestRunFolder)
#include "test_run_folder.moc"
