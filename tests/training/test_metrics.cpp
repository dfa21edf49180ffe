// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <limits>
#include <set>
#include <span>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "core/support/error.h"
#include "epoch_columns.h"
#include "run_samples.h"
#include "samples.h"
#include "tests/support/test_class.h"
#include "training/metrics/score_meter.h"
#include "training/runs/epochs_file.h"
#include "training/runs/event_file.h"
#include "training/runs/history_matrix.h"
#include "training/runs/run_summary.h"
#include "training/tasks/task_table.h"

using namespace dnm;
using samples::columns_behind_seconds;
using samples::metrics;
using samples::no_values_behind_seconds;

namespace {

/// A value of its own for every metric that the table has.
EpochResult full_result(std::uint64_t seed, int epoch) {
  EpochResult result{seed, epoch};
  for (const Metric* metric : metrics.all) {
    const double number = static_cast<double>(metric_index(*metric)) + epoch;
    result.values.set(*metric, metric->unit == MetricUnit::fraction ? number / 100.0 : number);
  }
  return result;
}

/// A metric that the table has not: the mean of the first scores.
const Metric first_score = [] {
  Metric made;
  made.id = "first_score";
  made.split = Split::test;
  made.of_scores = [](const ScoreTile& tile) {
    double sum = 0.0;
    for (std::size_t i = 0; i < tile.targets.size(); ++i) sum += double{tile.scores[i]};
    return sum;
  };
  return made;
}();

bool stands_in(const Metric& metric, const std::string& columns) {
  return ("," + columns + ",").find("," + std::string(metric.id) + ",") != std::string::npos;
}

}  // namespace

/// The table of metrics: all that is made from it has every row.
class TestMetrics : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;

  [[nodiscard]] std::filesystem::path path(const char* name) const { return folder_.filePath(name).toStdString(); }
  [[nodiscard]] std::filesystem::path written(const char* name, const std::string& text) const {
    std::ofstream(path(name), std::ios::binary) << text;
    return path(name);
  }
  [[nodiscard]] QString problem_with(const std::string& text) const {
    try {
      static_cast<void>(read_epochs(written("bad.csv", text)));
    } catch (const FileError& error) {
      return QString::fromUtf8(error.what());
    }
    return {};
  }

 private Q_SLOTS:
  void rows_are_complete_and_differ() {
    std::set<std::string_view> task_ids;
    for (const TaskEntry& task : task_table()) task_ids.insert(task.part.choice.id);
    std::set<std::string_view> ids, tags;
    for (const Metric& row : metric_table()) {
      QVERIFY(ids.insert(row.id).second && tags.insert(row.tag).second);
      QVERIFY(!row.id.empty() && !row.label.empty() && !row.tag.empty() && row.meaning.ends_with('.'));
      QVERIFY((row.compute == nullptr) != (row.of_scores == nullptr));
      QVERIFY(!row.of_scores || row.split == Split::test || row.split == Split::validation);
      QVERIFY(row.id.find_first_of(",\"\n ") == std::string_view::npos);
      QCOMPARE(&metric(row.id), &row);
      const auto charts = metric_charts();
      for (std::istringstream tasks{std::string(row.tasks)}; !tasks.eof();) {
        std::string task;
        tasks >> task;
        QVERIFY2(row.tasks.empty() || task_ids.contains(task), task.c_str());
      }
      QVERIFY(row.chart.empty() || std::ranges::find(charts, row.chart, &MetricChart::id) != charts.end());
    }
    QVERIFY(!find_metric("test_accurracy"));
    try {
      static_cast<void>(metric("test_accurracy"));
      QFAIL("an unknown metric was found");
    } catch (const InvalidInput& error) {
      QVERIFY(QString(error.what()).contains("did you mean \"test_accuracy\"?"));
    }
  }

  void the_facts_of_an_epoch_give_its_metrics() {
    EpochFacts facts;
    facts.train = {5.0, 15, 20};
    facts.test = {1.0, 4, 5};
    facts.links = 61465;
    facts.seconds = 1.5;
    EpochResult result = epoch_result(metrics, 7, 3, facts);
    QCOMPARE(result.seed, std::uint64_t{7});
    QCOMPARE(result.epoch, 3);
    QCOMPARE(result.values["train_loss"], 0.25);
    QCOMPARE(result.values["train_accuracy"], 0.75);
    QCOMPARE(result.values["test_accuracy"], 0.8);
    QCOMPARE(result.values["links"], 61465.0);
    QCOMPARE(result.values["seconds"], 1.5);
    QVERIFY(!result.values.get(metric("validation_accuracy")) && std::isnan(result.values["validation_accuracy"]));
    facts.validation = BatchSums{0.0, 1, 4};
    MetricValues of_scores;
    for (const Metric* metric : metrics.all) {
      if (metric->of_scores) of_scores.set(*metric, 0.5);
    }
    result = epoch_result(metrics, 7, 3, facts, of_scores);
    for (const Metric* metric : metrics.all) QVERIFY(result.values.get(*metric).has_value());
    QCOMPARE(result.values["validation_accuracy"], 0.25);
  }

  /// Scripts rely on the bytes of epochs.csv.
  void the_table_of_epochs_has_every_metric() {
    QCOMPARE(epochs_header(metrics),
             "seed,epoch,train_loss,train_accuracy,test_accuracy,validation_accuracy,links,seconds" +
                 columns_behind_seconds(metrics));
    EpochResult result{3, 2};
    result.values.set("train_loss", 0.1);
    result.values.set("train_accuracy", 1.0);
    result.values.set("test_accuracy", 1.0 / 3.0);
    result.values.set("links", 1e6);
    result.values.set("seconds", 1e-7);
    QCOMPARE(epochs_line(metrics, result),
             "3,2,0.1,1,0.3333333333333333,,1000000,1e-07" + no_values_behind_seconds(metrics));
  }

  void epochs_are_read_as_they_were_written() {
    const RunHistory history{full_result(3, 1), full_result(3, 2), {3, 4, {}}};
    std::string text = epochs_header(metrics) + "\n";
    for (const EpochResult& result : history) text += epochs_line(metrics, result) + "\n";
    QVERIFY(read_epochs(written("all.csv", text)) == history);
    // A table of another version: columns it alone has, others in another order, one that is missing.
    const RunHistory other = read_epochs(
        written("other.csv", "seed,epoch,bleu,test_accuracy,train_loss,remark\n1,1,0.3,0.5,0.25,a\n1,2,,0.75,,\n"));
    QCOMPARE(other.size(), std::size_t{2});
    QCOMPARE(other[0].values["test_accuracy"], 0.5);
    QCOMPARE(other[1].values["test_accuracy"], 0.75);
    QCOMPARE(other[0].values["train_loss"], 0.25);
    QVERIFY(!other[0].values.get(metric("links")) && !other[1].values.get(metric("train_loss")));
  }

  void a_table_that_names_no_metric_is_refused() {
    for (const char* header : {"seed,epoch", "seed,epoch,bleu", "epoch,seed,test_accuracy", "group,seed,epoch,links",
                               "seed,epoch,links,links", "seed,epochs,test_accuracy"}) {
      QVERIFY2(problem_with(std::string(header) + "\n").contains("is not a table of epochs"), header);
    }
    QVERIFY(problem_with("seed,epoch,links\n0,1,2.5\n").contains("line 2"));
    QVERIFY(problem_with("seed,epoch,test_accuracy\n0,1,-0.5\n").contains("line 2"));
  }

  void an_event_has_every_metric() {
    EventFile(path("events"), metrics).begin({full_result(3, 1)});
    std::ifstream file(path("events"), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    std::size_t last = 0;
    for (const Metric* metric : metrics.all) {
      QVERIFY2(bytes.find(metric->tag) != std::string::npos,
               qPrintable(QString::fromStdString(std::string(metric->tag))));
    }
    for (const char* tag :
         {"accuracy/train", "accuracy/test", "loss/train", "links", "seconds", "accuracy/validation"}) {
      QVERIFY(bytes.find(tag, last) != std::string::npos);
      last = bytes.find(tag, last);
    }
  }

  void a_checkpoint_keeps_every_metric() {
    const RunHistory history{full_result(3, 1), full_result(3, 2), {3, 3, {}}};
    const HistoryMatrix matrix = history_matrix(history, metrics);
    QCOMPARE(matrix.width(), 1 + metrics.all.size());
    QCOMPARE(matrix.numbers.size(), 3 * matrix.width());
    for (const Metric* metric : metrics.all) QVERIFY(stands_in(*metric, matrix.columns));
    QVERIFY(history_of(matrix, 3) == history);
    // Checkpoints of before have seven unnamed columns.
    const double missing = std::numeric_limits<double>::quiet_NaN();
    const RunHistory old = history_of({std::string(unnamed_history_columns),
                                       {1, 0.5, 0.75, 0.7, missing, 61465, 2, 2, 0.4, 0.8, 0.71, 0.69, 61465, 2}},
                                      9);
    QCOMPARE(old.size(), std::size_t{2});
    QCOMPARE(old[1].seed, std::uint64_t{9});
    QCOMPARE(old[1].values["train_loss"], 0.4);
    QCOMPARE(old[1].values["validation_accuracy"], 0.69);
    QVERIFY(!old[0].values.get(metric("validation_accuracy")));
    QCOMPARE(old[0].values["links"], 61465.0);
    // Those of a later version may name more.
    const RunHistory later = history_of({"epoch,bleu,test_accuracy", {1, 0.3, 0.5}}, 0);
    QCOMPARE(later[0].values["test_accuracy"], 0.5);
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(history_of({"epoch,test_accuracy", {1, 0.3, 0.5}}, 0)), FileError);
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(history_of({"test_accuracy", {1}}, 0)), FileError);
  }

  void metrics_of_scores_are_means_over_all_examples() {
    const TaskMetrics with_scores{.all = {&metric("train_loss"), &first_score}};
    ScoreMeter meter(with_scores, Split::test);
    MetricValues values;
    QVERIFY_EXCEPTION_THROWN(meter.put(values), std::logic_error);
    const UseScores use = meter.use();
    const std::vector<float> scores{0.5F, 1.0F, 3.0F, -7.0F, -7.0F, -7.0F};
    const std::vector<std::uint32_t> targets{0, 1, 1};
    use({2, 3, scores.data(), targets});
    use({2, 3, scores.data() + 3, std::span(targets).first(1)});
    const auto means = meter.means();
    QCOMPARE(means.size(), std::size_t{1});
    QCOMPARE(means[0].first, &first_score);
    QCOMPARE(means[0].second, (0.5 + 1.0 + 3.0 - 7.0) / 4.0);
    // Another split has no such metric: no scores are needed.
    ScoreMeter other(with_scores, Split::validation);
    QVERIFY(!other.use());
    other.put(values);
    QVERIFY(values == MetricValues{});
  }

  /// What a metric of scores is given: every example once, with the scores that loss and hits come from.
  void an_evaluation_shows_its_scores_data() {
    QTest::addColumn<QString>("engine");
    for (const char* engine : {"sparse", "masked", "mixed"}) QTest::newRow(engine) << engine;
  }
  void an_evaluation_shows_its_scores() {
    QFETCH(QString, engine);
    constexpr NodeIndex inputs = 50, classes = 10;
    using enum samples::Pattern;
    const std::vector<Mask> masks{samples::mask(random, inputs, 73, 1), samples::mask(random, 73, 61, 2),
                                  samples::mask(random, 61, 45, 3), samples::mask(full, 45, classes, 4)};
    const ModelState state = samples::state(masks, 5);
    const auto model =
        engine == "sparse" ? samples::sparse_mlp(masks, state)
        : engine == "masked"
            ? samples::masked_mlp(masks, state)
            : samples::layered_mlp(masks, state, {Engine::sparse, Engine::masked, Engine::sparse, Engine::masked});
    const ImageBatch batch = samples::batch_of(samples::images(75, inputs, classes, 3));
    std::vector<std::uint32_t> targets;
    BatchSums sums;
    const BatchSums expected = model->evaluate(batch, [&](const ScoreTile& tile) {
      QCOMPARE(tile.outputs, classes);
      targets.insert(targets.end(), tile.targets.begin(), tile.targets.end());
      for (std::size_t i = 0; i < tile.targets.size(); ++i) {
        const auto score = [&](std::uint32_t output) { return double{tile.scores[output * tile.width + i]}; };
        double sum = 0.0;
        std::uint32_t best = 0;
        for (std::uint32_t output = 0; output < tile.outputs; ++output) {
          sum += std::exp(score(output));
          if (score(output) > score(best)) best = output;
        }
        sums.loss += std::log(sum) - score(tile.targets[i]);
        if (best == tile.targets[i]) ++sums.correct;
      }
    });
    QVERIFY(std::ranges::equal(targets, batch.labels()));
    QCOMPARE(sums.correct, expected.correct);
    QVERIFY(std::abs(sums.loss - expected.loss) < 1e-5 * expected.loss);
    // Several threads of LibTorch may add up in another order the next time.
    QVERIFY(std::abs(model->evaluate(batch).loss - expected.loss) < 1e-6 * expected.loss);
  }

  void the_best_epoch_follows_the_direction() {
    TaskMetrics by_loss = metrics;
    by_loss.leading = &metric("train_loss");
    RunHistory epochs;
    for (const double loss : {0.5, 0.25, 0.75}) {
      epochs.push_back({0, static_cast<int>(epochs.size()) + 1});
      epochs.back().values.set("train_loss", loss);
    }
    epochs[2].values.set("validation_accuracy", 0.5);
    const RunHistory none;
    const RunSummary summary = summarise(std::vector{&std::as_const(epochs), &none}, by_loss);
    QCOMPARE(summary.last, (std::vector<double>{0.75}));
    QCOMPARE(summary.best_on_test, (std::vector<double>{0.25}));
    QCOMPARE(summary.at_best_validation, (std::vector<double>{0.75}));
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(task_metrics("image-classification", {"links", "links", "links"})),
                             InvalidInput);
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(task_metrics("another", {"test_accuracy", "links", "links"})),
                             InvalidInput);
  }

  /// Epochs of a falling density before it has arrived are those of a larger network.
  void denser_epochs_are_not_the_best() {
    RunHistory epochs;
    const std::pair<double, double> accuracy_and_links[] = {{0.9, 300.0}, {0.8, 54.0}, {0.7, 54.0}};
    for (const auto& [accuracy, links] : accuracy_and_links) {
      epochs.push_back({0, static_cast<int>(epochs.size()) + 1});
      epochs.back().values.set("test_accuracy", accuracy);
      epochs.back().values.set("validation_accuracy", accuracy);
      epochs.back().values.set("links", links);
    }
    const RunSummary summary = summarise(std::vector{&std::as_const(epochs)}, metrics);
    QCOMPARE(summary.best_on_test, (std::vector<double>{0.8}));
    QCOMPARE(summary.at_best_validation, (std::vector<double>{0.8}));
  }
};

DNM_TEST(TestMetrics)
#include "test_metrics.moc"
