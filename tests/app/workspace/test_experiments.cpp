// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QJsonDocument>
#include <QTest>
#include <cmath>

#include "app/workspace/command_lines.h"
#include "app/workspace/experiments/experiment_words.h"
#include "app/workspace/experiments/experiments_json.h"
#include "app/workspace/session/session.h"
#include "core/support/error.h"
#include "tests/support/test_class.h"
#include "training/runs/run_seeds.h"
#include "training/runs/training_parameters.h"

using namespace dnm;

namespace {

EpochResult epoch(std::uint64_t seed, int number, double test) {
  EpochResult made;
  made.seed = seed;
  made.epoch = number;
  made.values.set("train_loss", 2.5 / number);
  made.values.set("train_accuracy", test - 0.015625);
  made.values.set("test_accuracy", test);
  made.values.set("links", 4096 + number);
  made.values.set("seconds", 2.0);
  return made;
}

ExperimentRun run_with(std::uint64_t seed, RunState state, std::initializer_list<double> tests, int epochs = 10) {
  ExperimentRun run;
  run.seed = seed;
  run.waiting = false;
  run.progress.state = state;
  run.progress.epochs = epochs;
  for (const double test : tests) run.epochs.push_back(epoch(seed, static_cast<int>(run.epochs.size()) + 1, test));
  run.progress.epoch = static_cast<int>(run.epochs.size()) + (state == RunState::running ? 1 : 0);
  return run;
}

ExperimentRun running(std::uint64_t seed, double seconds_left, std::initializer_list<double> tests) {
  ExperimentRun run = run_with(seed, RunState::running, tests);
  run.progress.seconds_left = seconds_left;
  return run;
}

ExperimentRun waiting(std::uint64_t seed) {
  ExperimentRun run;
  run.seed = seed;
  run.progress.epochs = 10;
  return run;
}

Experiment group_of(std::vector<ExperimentRun> runs) {
  Experiment group;
  group.start.training.epochs = 10;
  for (const ExperimentRun& run : runs) group.start.seeds.push_back(run.seed);
  group.runs = std::move(runs);
  return group;
}

/// Facts line by line.
std::string words_of(const std::vector<RunFact>& facts) {
  std::string words;
  for (const RunFact& fact : facts) words += fact.what + ": " + fact.value + "\n";
  return words;
}

}  // namespace

/// What experiments are called, how they stand, how long they take, and how a session keeps them.
class TestExperiments : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void names_tell_what_differs() {
    WorkspaceState start;
    QCOMPARE(proposed_name(start), std::string("DNM · Fashion-MNIST"));
    set_from_text(start.parameters, "sparsity", "0.99");
    set_from_text(start.parameters, "dendrites", "fixed:7");
    set_from_text(start.parameters, "degree", "spatial-gaussian:2");
    start.parameters.seed = 4;  // what the seeds differ in is no part of the name
    start.training.epochs = 7;
    start.training.learning_rate = 0.01;
    start.training.weight_init = dnm::WeightInit::kaiming;
    QCOMPARE(proposed_name(start),
             std::string("DNM, s 0.99, k spatial-gaussian:2, M 7 · η 0.01 · Kaiming · Fashion-MNIST"));
    start.shown = ShownFile{"/some/where/panel_d.npz", {}};
    QVERIFY(proposed_name(start).starts_with("panel_d.npz · "));
    WorkspaceState random;
    random.parameters.initialiser = "random";
    random.training.data_set = "mnist";
    QCOMPARE(proposed_name(random), std::string("Random · MNIST"));
    // What a rule changes by itself is no choice of the user.
    for (const char* method : {"set", "chtss"}) {
      training_parameter_table().at("method").set(random.training, std::string(method));
      QCOMPARE(QString::fromStdString(proposed_name(random)).count(" · "), 2);
    }
    training_parameter_table().at("zeta").set(random.training, 0.2);
    QVERIFY(proposed_name(random).find("ζ 0.2") != std::string::npos);
  }

  void states_are_told_in_words() {
    QCOMPARE(stage_text(waiting(0)), std::string("waiting"));
    ExperimentRun held = waiting(0);
    held.held = true;
    QCOMPARE(stage_of(held), RunStage::paused);
    QCOMPARE(stage_text(run_with(0, RunState::preparing, {})), std::string("preparing"));
    QCOMPARE(stage_text(running(0, 8, {.5, .6})), std::string("running 3/10"));
    QCOMPARE(stage_text(run_with(0, RunState::stopped, {.5, .6})), std::string("stopped 2/10"));
    QCOMPARE(stage_text(run_with(0, RunState::finished, {.5})), std::string("finished"));

    Experiment group =
        group_of({run_with(0, RunState::finished, {.5}), running(1, 8, {.5, .6, .7}), running(2, 8, {.5}), waiting(3)});
    QCOMPARE(stage_of(group), RunStage::running);
    QCOMPARE(stage_text(group), std::string("running 2/10, 1 done"));
    group = group_of({waiting(0), waiting(1)});
    QCOMPARE(stage_text(group), std::string("waiting"));
    group = group_of({run_with(0, RunState::finished, {.5}), run_with(1, RunState::failed, {})});
    QCOMPARE(stage_text(group), std::string("failed (1 of 2)"));
    QCOMPARE(fraction_done(group), 0.5);
  }

  void time_left_counts_the_turns() {
    // Epochs take 2 s, a whole run 20 s. Two jobs: 6 and 10 s are left of those that train.
    std::vector<Experiment> groups{
        group_of({running(0, 6, {.5}), running(1, 10, {.5}), waiting(2)}),
        group_of({waiting(0), waiting(1)}),
        group_of({run_with(0, RunState::finished, {.5})}),
    };
    groups[1].runs.push_back(run_with(9, RunState::finished, {.5}));  // shows how long its epochs take
    std::vector<double> left = seconds_left(groups, 2);
    QCOMPARE(left[0], 26.0);  // the third from 6 to 26
    QCOMPARE(left[1], 46.0);  // from 10 to 30 and from 26 to 46
    QCOMPARE(left[2], 0.0);
    left = seconds_left(groups, 3);  // the third from 0 to 20, then from 6 to 26 and from 10 to 30
    QCOMPARE(left[0], 20.0);
    QCOMPARE(left[1], 30.0);
    left = seconds_left(groups, 1);  // one job fewer than runs that train: the next starts when both are over
    QCOMPARE(left[0], 30.0);
    // Before its first epoch a run takes as long as the epochs of the others: 10 of 2 s.
    groups[1].runs[0] = running(0, std::nan(""), {});
    QCOMPARE(seconds_left(groups[1], groups[1].runs[0]), 20.0);
    groups[1].runs[0] = waiting(0);
    groups[1].runs.pop_back();
    QVERIFY(std::isinf(seconds_left(groups, 2)[1]));  // no epoch yet: unknown
    // A run that continues from its folder waits with a part of its epochs done: 7 of 10 are left.
    groups[1] = group_of({waiting(0)});
    groups[1].runs[0].epochs = run_with(0, RunState::stopped, {.5, .6, .7}).epochs;
    QCOMPARE(seconds_left(std::span(groups).subspan(1, 1), 1)[0], 14.0);
    QCOMPARE(fraction_done(groups[1]), 0.3);
    groups[0].runs[1].progress.state = RunState::paused;
    QVERIFY(std::isinf(seconds_left(groups, 2)[0]));
  }

  void a_session_keeps_them() {
    Experiment group = group_of({run_with(3, RunState::finished, {.5, .625, .6}), run_with(5, RunState::failed, {.4})});
    group.name = "mine, «±»";
    group.identity = "0f-1e";
    group.color = 4;
    group.visible = false;
    group.start.parameters.shared.sparsity = 0.97;
    group.start.parameters.layer_sizes = {784, 60, 40};
    group.start.training.learning_rate = 0.0125;
    group.runs[0].epochs[1].values.set("validation_accuracy", 0.75);
    group.runs[0].notices = {"a notice"};
    group.runs[0].network = "784-60-40, 100 links";
    group.runs[0].folder = "runs/seed-3";
    group.runs[0].progress.engine = "mixed";
    group.runs[0].progress.device = "cpu";
    group.runs[0].progress.memory_bytes = 123456789;
    group.runs[0].progress.examples_per_second = 41000.5;
    group.runs[0].progress.masked_speed_up = 48.25;
    group.runs[0].progress.layer_timings = {{Engine::sparse, 0.25, 3.5}, {Engine::masked, 0.5, 0.125}};
    group.runs[1].progress.problem = "no data";
    Experiment training = group_of({running(0, 5, {.5})});
    training.name = "training";
    Experiment not_begun = group_of({waiting(0)});
    Session session;
    session.runs = {group, not_begun, training};
    const Session read = session_from_json(session_to_json(session));
    QCOMPARE(read.damaged_runs, std::string());
    QCOMPARE(read.runs.size(), std::size_t{3});
    QCOMPARE(session_to_json(read), session_to_json(session));
    const Experiment& again = read.runs[0];
    QCOMPARE(again.name, group.name);
    QCOMPARE(again.identity, group.identity);
    QCOMPARE(again.runs[0].progress.examples_per_second, 41000.5);
    QCOMPARE(again.color, group.color);
    QCOMPARE(again.visible, false);
    QVERIFY(again.start.parameters == group.start.parameters);
    QVERIFY(again.start.training == group.start.training);
    QVERIFY(again.start.seeds == group.start.seeds);
    QCOMPARE(again.runs.size(), std::size_t{2});
    for (std::size_t i = 0; i < 2; ++i) {
      const ExperimentRun& before = group.runs[i];
      const ExperimentRun& after = again.runs[i];
      QCOMPARE(after.seed, before.seed);
      QCOMPARE(after.progress.state, before.progress.state);
      QCOMPARE(after.progress.problem, before.progress.problem);
      QCOMPARE(after.epochs.size(), before.epochs.size());
      for (std::size_t e = 0; e < before.epochs.size(); ++e) {
        QCOMPARE(after.epochs[e].seed, before.epochs[e].seed);
        QCOMPARE(after.epochs[e].epoch, before.epochs[e].epoch);
        for (const Metric& metric : metric_table())
          QCOMPARE(after.epochs[e].values.get(metric), before.epochs[e].values.get(metric));
      }
    }
    // All facts about a run are kept.
    QCOMPARE(words_of(facts_of(again, &again.runs[0])), words_of(facts_of(group, &group.runs[0])));
    QCOMPARE(words_of(facts_of(again)), words_of(facts_of(group)));
    // What was not over comes back as stopped and can resume: from its folder, or when nothing is lost by a new start.
    QVERIFY(!can_resume(again.runs[0]) && !can_resume(again.runs[1]));
    QCOMPARE(stage_text(read.runs[1]), std::string("stopped 0/10"));
    QVERIFY(can_resume(read.runs[1].runs[0]));
    QCOMPARE(stage_text(read.runs[2]), std::string("stopped 1/10"));
    QVERIFY(!can_resume(read.runs[2].runs[0]));
    training.runs[0].folder = "runs/seed-0";
    QVERIFY(!can_resume(training.runs[0]));
    QVERIFY(can_resume(experiments_from_json(experiments_to_json(std::vector{training})).experiments[0].runs[0]));
  }

  void a_rate_of_an_earlier_version_is_read_and_written_anew() {
    Experiment group = group_of({run_with(3, RunState::finished, {.5})});
    group.runs[0].progress.examples_per_second = 41000.5;
    Session session;
    session.runs = {group};
    const std::string now = session_to_json(session);
    QByteArray then = QByteArray::fromStdString(now);
    QCOMPARE(then.count("examples_per_second"), 1);
    then.replace("examples_per_second", "images_per_second");
    const Session read = session_from_json(then.toStdString());
    QCOMPARE(read.runs.at(0).runs.at(0).progress.examples_per_second, 41000.5);
    QCOMPARE(session_to_json(read), now);
  }

  void damaged_runs_are_left_out_in_one_sentence_data() {
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::newRow("column too short") << R"("seconds":[2.0,2.0])"
                                      << R"("seconds":[2.0])";
    QTest::newRow("text for a number") << R"("train_loss":[2.5,1.25])"
                                       << R"("train_loss":["a",1.25])";
    QTest::newRow("epochs backwards") << R"("epoch":[1,2])"
                                      << R"("epoch":[2,1])";
    QTest::newRow("no epochs") << R"("epochs":{)"
                               << R"("epoch":{)";
    QTest::newRow("negative seed") << R"("runs":[{"seed":1)"
                                   << R"("runs":[{"seed":"x")";
    QTest::newRow("sparsity 7") << R"("sparsity":"0.9")"
                                << R"("sparsity":"7")";
    QTest::newRow("name is a list") << R"("name":"first")"
                                    << R"("name":[])";
  }
  void damaged_runs_are_left_out_in_one_sentence() {
    QFETCH(QString, from);
    QFETCH(QString, to);
    Experiment first = group_of({run_with(1, RunState::finished, {.5, .6})});
    first.name = "first";
    Experiment second = group_of({run_with(2, RunState::finished, {.5})});
    second.name = "second";
    QString text = QString::fromStdString(experiments_to_json(std::vector{first, second}).dump());
    QVERIFY2(text.contains(from), qPrintable(text));
    text.replace(text.indexOf(from), from.size(), to);
    const ReadExperiments read = experiments_from_json(parse_json(text.toStdString()));
    QCOMPARE(read.experiments.size(), std::size_t{1});
    QCOMPARE(read.experiments[0].name, std::string("second"));
    QVERIFY(!read.problem.empty() && read.problem.find('\n') == std::string::npos);
    QVERIFY2(read.problem.starts_with("1 of 2"), read.problem.c_str());
  }

  void runs_that_are_no_list_lose_nothing_else() {
    for (const char* runs : {"7", "{}", "\"x\"", "null"}) {
      const Session session = session_from_json(
          std::string(R"({"format": "dnm-session", "version": 1, "parameters": {"seed": "8"}, "runs": )") + runs + "}");
      QCOMPARE(session.state.parameters.seed, std::uint64_t{8});
      QVERIFY(session.runs.empty());
      QVERIFY(!session.damaged_runs.empty());
    }
  }

  void keys_of_another_version_are_kept() {
    const Experiment group = group_of({run_with(1, RunState::finished, {.5})});
    OrderedJson json = experiments_to_json(std::vector{group});
    json[0]["note"] = {{"text", "of tomorrow"}};
    json[0]["parameters"]["shape"] = "round";
    json[0]["runs"][0]["energy"] = 3.5;
    const ReadExperiments read = experiments_from_json(json);
    QCOMPARE(read.problem, std::string());
    // They follow what is known: the order differs.
    const OrderedJson again = experiments_to_json(read.experiments);
    const auto as_document = [](const OrderedJson& value) {
      return QJsonDocument::fromJson(QByteArray::fromStdString(value.dump()));
    };
    QVERIFY(!as_document(json).isEmpty());
    QCOMPARE(as_document(again), as_document(json));

    // They never take the place of what is known now.
    Experiment kept = group;
    kept.name = "now";
    kept.unknown_keys = R"({"name": "before", "parameters": {"sparsity": "0.5", "shape": "round"}})";
    kept.runs[0].unknown_keys = R"({"state": "before", "energy": 3.5})";
    const OrderedJson written = experiments_to_json(std::vector{kept})[0];
    QCOMPARE(written["name"].get<std::string>(), std::string("now"));
    QCOMPARE(written["parameters"]["sparsity"].get<std::string>(), std::string("0.9"));
    QCOMPARE(written["parameters"]["shape"].get<std::string>(), std::string("round"));
    QCOMPARE(written["runs"][0]["state"].get<std::string>(), std::string("finished"));
    QCOMPARE(written["runs"][0]["energy"].get<double>(), 3.5);
  }

  void the_run_that_an_experiment_started_from_is_kept() {
    Experiment group = group_of({run_with(1, RunState::finished, {.5})});
    group.start.shown = ShownRun{"0f-1e", 3, "/runs/seed-3", "net.npz", 12, {}};
    const ReadExperiments read = experiments_from_json(experiments_to_json(std::vector{group}));
    QCOMPARE(read.experiments.size(), std::size_t{1});
    QVERIFY(read.experiments[0].start.shown == group.start.shown);
  }

  void seeds_are_kept_in_the_session() {
    const std::vector<std::uint64_t> seeds{0, 1, 2};
    QVERIFY(seeds_from_training_json(training_json_with_seeds({}, seeds)) == seeds);
    QVERIFY(seeds_from_training_json(training_json_with_seeds({}, {})).empty());
    // A session of before: one seed, which counted when it was not the usual one.
    QVERIFY(seeds_from_training_json(R"({"seed": "6"})") == std::vector<std::uint64_t>{6});
    QVERIFY(seeds_from_training_json(R"({"seed": "0"})").empty());
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(seeds_from_training_json(R"({"seeds": "1,1"})")), InvalidInput);
  }
};

DNM_TEST(TestExperiments, QCoreApplication)
#include "test_experiments.moc"
