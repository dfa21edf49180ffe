// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <QThread>
#include <cmath>
#include <csignal>
#include <filesystem>
#include <map>
#include <set>
#include <span>

#include <sys/resource.h>

#include "played_rule.h"
#include "run_samples.h"
#include "samples.h"
#include "tests/support/test_class.h"
#include "timeless_table.h"
#include "training/runs/topology_file.h"
#include "training/runs/update_recorder.h"
#include "training/runs/updates_file.h"

namespace fs = std::filesystem;

using dnm::UpdateResult;

namespace {

/// updates.csv as any program reads it: by update and layer, text by column.
using Row = std::map<QByteArray, QByteArray>;
using Table = std::map<std::pair<int, QByteArray>, Row>;
Table table_of(const fs::path& path) {
  const QList<QByteArray> lines = QByteArray::fromStdString(samples::text_of(path)).trimmed().split('\n');
  const QList<QByteArray> names = lines[0].split(',');
  Table table;
  for (const QByteArray& line : lines.mid(1)) {
    const QList<QByteArray> cells = line.split(',');
    Row row;
    for (qsizetype i = 0; i < names.size(); ++i) row[names[i]] = cells.value(i);
    table[{row["update"].toInt(), row["layer"]}] = row;
  }
  return table;
}

/// The table but for its times.
QByteArray without_seconds(const fs::path& path) {
  return dnm::test::without_seconds(QByteArray::fromStdString(samples::text_of(path)));
}

using Cells = std::set<std::pair<dnm::NodeIndex, dnm::NodeIndex>>;
Cells cells_of(const dnm::Mask& mask) {
  Cells cells;
  for (dnm::NodeIndex output = 0; output < mask.n_out; ++output)
    for (const dnm::NodeIndex input : mask.row(output)) cells.insert({output, input});
  return cells;
}

double cells_in(const dnm::Mask& mask) { return static_cast<double>(mask.n_in) * mask.n_out; }

bool is(const QByteArray& cell, double value) { return !cell.isEmpty() && cell.toDouble() == value; }

}  // namespace

/// The metrics of a run's updates: in its folder, reported, after a resume, and from the record of topologies alone.
class TestUpdateRecords : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { files_ = std::make_unique<samples::RunFiles>(); }

  void ids_tags_and_columns_are_distinct() {
    std::set<std::string_view> ids, tags;
    for (const dnm::UpdateMetric& metric : dnm::update_metric_table()) {
      QVERIFY(ids.insert(metric.id).second && tags.insert(metric.tag).second);
      QVERIFY(!metric.label.empty() && metric.meaning.ends_with('.'));
      QVERIFY(metric.of_links == nullptr || metric.of_update == nullptr);
      const auto charts = dnm::update_charts();
      QVERIFY(metric.chart.empty() || std::ranges::find(charts, metric.chart, &dnm::MetricChart::id) != charts.end());
    }
    QVERIFY(!samples::message_of([] { static_cast<void>(dnm::update_metric("itup")); }).isEmpty());
  }

  /// By sets of cells and the epochs' table, for every update and layer.
  void the_table_says_what_happened() {
    auto settings = files_->few_epochs(3);
    settings.run_folder = files_->fresh_folder();
    const std::vector<UpdateResult> reported = run(settings, 99.0);
    const fs::path folder = settings.run_folder;
    QVERIFY(samples::text_of(folder / "updates.csv")
                .starts_with("update,t,layer,links,pruned,removed,chain_removed,regrown,regrown_again,itop,"
                             "active_neurons,zeta,tau,seconds,test_accuracy_before,test_accuracy_after,epoch,"
                             "epochs_passed,seed\n"));
    const Table table = table_of(folder / "updates.csv");
    QCOMPARE(table.size(), std::size_t{28 * 3});
    QCOMPARE(reported.size(), std::size_t{28});
    const auto history = dnm::read_topology_file(folder / "topology.bin");
    std::vector<Cells> ever;
    for (const dnm::NamedMask& layer : history.after(0)) ever.push_back(cells_of(layer.mask));
    std::map<int, QByteArray> accuracy;  // by epoch
    const QList<QByteArray> epochs = QByteArray::fromStdString(samples::text_of(folder / "epochs.csv")).split('\n');
    const qsizetype column = epochs[0].split(',').indexOf("test_accuracy");
    for (int epoch = 1; epoch <= 3; ++epoch) accuracy[epoch] = epochs[epoch].split(',').value(column);

    for (int update = 1; update <= 28; ++update) {
      const auto number = static_cast<std::uint64_t>(update);
      const auto after = history.after(number);
      const Row& all = table.at({update, "all"});
      std::size_t links = 0, ever_all = 0;
      double cells = 0.0;
      std::set<std::pair<int, dnm::NodeIndex>> active;
      for (std::size_t i = 0; i < 2; ++i) {
        const dnm::Mask& mask = after[i].mask;
        const Cells now = cells_of(mask);
        ever[i].insert(now.begin(), now.end());
        const Row& row = table.at({update, "layer" + QByteArray::number(static_cast<int>(i) + 1)});
        QVERIFY(is(row.at("links"), static_cast<double>(mask.link_count())));
        QVERIFY(is(row.at("itop"), static_cast<double>(ever[i].size()) / cells_in(mask)));
        const dnm::StageCounts& counts = history.events[number - 1].layers[i].counts;
        QVERIFY(is(row.at("removed"), static_cast<double>(counts.removed)));
        QVERIFY(is(row.at("regrown"), static_cast<double>(counts.regrown)));
        QVERIFY(row.at("zeta").isEmpty() && row.at("active_neurons").isEmpty() && row.at("seconds").isEmpty());
        links += mask.link_count();
        ever_all += ever[i].size();
        cells += cells_in(mask);
        for (const auto& [output, input] : now) {
          active.insert({static_cast<int>(i), input});
          if (i == 1) active.insert({2, output});
        }
      }
      QVERIFY(is(all.at("links"), static_cast<double>(links)));
      QVERIFY(is(all.at("itop"), static_cast<double>(ever_all) / cells));
      QVERIFY(is(all.at("active_neurons"), static_cast<double>(active.size()) / (784 + 96 + 64)));
      const int step = 3 * update + 1;
      QCOMPARE(all.at("t").toInt(), step);
      QCOMPARE(all.at("epochs_passed").toDouble(), step / 29.0);
      QCOMPARE(all.at("epoch").toInt(), (step - 1) / 29 + 1);
      QCOMPARE(!all.at("test_accuracy_before").isEmpty(), step % 29 == 0);
      QCOMPARE(all.at("test_accuracy_after"), step % 29 == 0 ? accuracy.at(step / 29) : QByteArray());
      QVERIFY(all.at("seconds").toDouble() > 0.0);
    }
    // What was reported, what the file gives back and what the topologies alone give are the same.
    QVERIFY(dnm::read_updates(folder / "updates.csv") == reported);
    dnm::RunHistory history_of_run;
    for (int epoch = 1; epoch <= 3; ++epoch) {
      history_of_run.push_back({settings.seed, epoch});
      history_of_run.back().values.set("test_accuracy", accuracy.at(epoch).toDouble());
    }
    QVERIFY(dnm::update_results(history, history_of_run, *samples::metrics.leading) == reported);
  }

  void a_resumed_run_has_the_same_bytes_but_for_times() {
    auto settings = files_->few_epochs(3);
    settings.data_folder = files_->large_data().string();
    settings.run_folder = files_->fresh_folder();
    const auto undisturbed = run(settings, 99.0);
    const QByteArray expected = without_seconds(fs::path(settings.run_folder) / "updates.csv");
    QCOMPARE(expected.count('\n'), 187 * 3 + 2);
    settings.run_folder = files_->fresh_folder();
    settings.resume = true;
    std::vector<UpdateResult> reported;
    for (const double stop_at : {0.4, 1.2, 99.0}) reported = run(settings, stop_at);
    const fs::path table = fs::path(settings.run_folder) / "updates.csv";
    QCOMPARE(without_seconds(table), expected);
    QCOMPARE(reported.size(), undisturbed.size());
    // Its topologies are gone: a share that needs all of them is unknown from there on, nothing is invented.
    fs::remove(fs::path(settings.run_folder) / "topology.bin");
    settings.epochs = 4;
    settings.longer = true;
    reported = run(settings, 99.0);
    QVERIFY(without_seconds(table).startsWith(expected.trimmed()));
    QVERIFY(reported.size() > undisturbed.size());
    for (const UpdateResult& result : std::span(reported).subspan(undisturbed.size())) {
      QVERIFY(!result.get(dnm::update_metric("itop")) && !result.get(dnm::update_metric("itop"), 0));
      QVERIFY(result.get(dnm::update_metric("active_neurons")).has_value());
    }
  }

  void a_run_without_a_rule_has_no_table() {
    auto settings = files_->few_epochs(1);
    settings.run_folder = files_->fresh_folder();
    std::vector<dnm::EpochResult> results;
    const auto plain = samples::start(samples::network(), settings);
    QVERIFY(samples::wait_for_end(*plain, results).updates_done.empty());
    QVERIFY(!fs::exists(fs::path(settings.run_folder) / "updates.csv"));
  }

  /// A disk that fills while an update is written: nothing is lost, and nothing is there twice.
  void a_write_that_failed_is_made_good() {
    const fs::path path = files_->fresh_folder() + ".csv";
    std::vector<UpdateResult> updates;
    for (std::uint64_t update = 1; update <= 4; ++update) {
      updates.push_back({.seed = 1, .update = update, .step = update, .epoch = 1});
      updates.back().set(dnm::update_metric("removed"), 0, 1.0);
    }
    dnm::UpdatesFile file(path, *samples::metrics.leading);
    file.begin(std::span(updates).first(1));
    rlimit limit{};
    ::getrlimit(RLIMIT_FSIZE, &limit);
    const rlimit before = limit;
    limit.rlim_cur = fs::file_size(path) + 10;
    const auto old_action = std::signal(SIGXFSZ, SIG_IGN);  // the write fails instead
    ::setrlimit(RLIMIT_FSIZE, &limit);
    const bool failed = !samples::message_of([&] { file.add(std::span(updates).first(2)); }).isEmpty() &&
                        !samples::message_of([&] { file.add(std::span(updates).first(3)); }).isEmpty();
    ::setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, old_action);
    QVERIFY(failed);
    file.add(updates);
    QVERIFY(dnm::read_updates(path) == updates);
    QCOMPARE(samples::text_of(path).size(), [&] {
      dnm::UpdatesFile(path, *samples::metrics.leading).begin(updates);
      return samples::text_of(path).size();
    }());
  }

  /// Every value, at the ends of what it can be.
  void the_file_gives_back_what_it_was_given() {
    const fs::path path = files_->fresh_folder() + ".csv";
    std::vector<UpdateResult> updates;
    for (std::uint64_t update = 1; update <= 3; ++update) {
      UpdateResult result{.seed = 7, .update = update, .step = 100 * update, .epoch = 1};
      result.epochs_passed = 0.1 * static_cast<double>(update);
      result.layers = {"layer1", "layer2"};
      for (std::size_t row = 0; row < 3; ++row) {
        result.set(dnm::update_metric("removed"), row, 9007199254740991.0);
        result.set(dnm::update_metric("itop"), row, row == 1 ? 1.0 : 1.0 / 3.0);
        if (row > 0) continue;
        result.set(dnm::update_metric("tau"), row, 1e-300);
        if (update == 2) result.set(dnm::update_metric("seconds"), row, 0.1 + 0.2);
      }
      updates.push_back(result);
    }
    dnm::UpdatesFile file(path, *samples::metrics.leading);
    file.begin({});
    QVERIFY(dnm::read_updates(path).empty());
    for (std::size_t count = 1; count <= 3; ++count) {
      file.add(std::span(updates).first(count));
      file.add(std::span(updates).first(count));  // a second try
      QVERIFY(dnm::read_updates(path) ==
              std::vector(updates.begin(), updates.begin() + static_cast<std::ptrdiff_t>(count)));
    }
    // Killed while it wrote the last update: what is whole stays.
    const std::string whole = samples::text_of(path);
    samples::write_file(path, whole.substr(0, whole.size() - 5));
    QVERIFY(dnm::read_updates(path) == std::vector(updates.begin(), updates.begin() + 2));
    for (const auto& [from, to] : {std::pair<std::string, std::string>{",layer2,", ",layer2,,"},
                                   {"9007199254740991", "-1"},
                                   {"update,t,", "updat,t,"}}) {
      std::string bad = whole;
      bad.replace(bad.find(from), from.size(), to);
      samples::write_file(path, bad);
      const QString told = samples::message_of([&] { static_cast<void>(dnm::read_updates(path)); });
      QVERIFY2(told.contains(QString::fromStdString(path.string())), qPrintable(told));
    }
    // Of a table by the former names: its step and the leading metric are found.
    samples::write_file(path,
                        "seed,update,step,epoch,epochs_passed,layer,links_before,removed,leading_before\n"
                        "7,1,29,1,1,all,500,40,0.25\n7,1,29,1,1,layer1,500,40,\n");
    const std::vector<UpdateResult> former = dnm::read_updates(path);
    QVERIFY(former.size() == 1 && former[0].step == 29 && former[0].seed == 7 && former[0].layers.size() == 1);
    QCOMPARE(former[0]["leading_before"], 0.25);
    QCOMPARE(former[0]["removed"], 40.0);
    QVERIFY(!former[0].get(dnm::update_metric("links")));
  }

 private:
  /// What a run reports until so many epochs are over.
  std::vector<UpdateResult> run(const dnm::TrainingSettings& settings, double stop_at) const {
    std::vector<UpdateResult> updates;
    std::vector<dnm::EpochResult> results;
    const auto background = std::make_unique<dnm::BackgroundRun>(
        dnm::make_plan(samples::network(), settings, std::make_unique<samples::PlayedRule>()));
    static_cast<void>(samples::wait_until(*background, results, [&](const dnm::TrainingProgress& progress) {
      updates.insert(updates.end(), progress.updates_done.begin(), progress.updates_done.end());
      if (progress.epoch - 1 + progress.epoch_fraction > stop_at) background->stop();
      return dnm::is_over(progress.state);
    }));
    return updates;
  }

  std::unique_ptr<samples::RunFiles> files_;
};

DNM_TEST(TestUpdateRecords)
#include "test_update_records.moc"
