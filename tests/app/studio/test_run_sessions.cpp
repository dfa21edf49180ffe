// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QFile>
#include <QSlider>
#include <QTest>
#include <QToolButton>

#include "driver.h"
#include "runs_window.h"
#include "tests/support/test_class.h"

using namespace dnm;
using namespace dnm::studio_test;

/// Groups of runs in files: sessions that keep them, and charts that carry them.
class TestRunSessions : public RunsWindow {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { write_data_set(folder_.path(), 1000, 200); }
  void init() { renew_window(); }

  void a_session_brings_them_back() {
    set_up_training(*window_, folder_.path(), 2);
    set_seeds(*window_, "0,1");
    start();
    QVERIFY(wait_for(0, RunStage::finished));
    window_->document().forget_changes();
    runs().rename(group(0).id, "of the night");
    QVERIFY(window_->document().is_modified());
    const QString path = folder_.filePath("night.dnm.json");
    QVERIFY(window_->files().save_session_to(path));
    QVERIFY(!window_->document().is_modified());
    const std::vector<ExperimentRun> before = group(0).runs;

    window_->files().new_session();
    QTRY_VERIFY(runs().experiments().empty());
    window_->files().open(path);
    QTRY_COMPARE_WITH_TIMEOUT(runs().experiments().size(), std::size_t{1}, 60000);
    QVERIFY(!window_->document().is_modified());
    QCOMPARE(group(0).name, "of the night");
    QCOMPARE(stage_of(group(0)), RunStage::finished);
    const std::vector<ExperimentRun> after = group(0).runs;
    QCOMPARE(after.size(), before.size());
    for (std::size_t run = 0; run < after.size(); ++run)
      for (std::size_t i = 0; i < after[run].epochs.size(); ++i)
        QCOMPARE(after[run].epochs[i].values["test_accuracy"], before[run].epochs[i].values["test_accuracy"]);
    QVERIFY((window_->document().state().seeds == std::vector<std::uint64_t>{0, 1}));

    // How the chart is looked at comes back too, and is no change that asks to be saved.
    auto* chart = find<TrainingChart>(*window_, "training-chart");
    const ChartSettings look{ChartView::comparison, 0.6, true};
    find<QSlider>(*window_, "chart-smoothing")->setValue(60);
    find<QCheckBox>(*window_, "chart-order")->setChecked(true);
    QTest::mouseClick(find<QToolButton>(*window_, "chart-comparison"), Qt::LeftButton);
    QVERIFY(chart->settings() == look);
    QVERIFY(!window_->document().is_modified());
    QVERIFY(window_->files().save_session_to(path));
    window_->files().new_session();
    QTRY_VERIFY(chart->settings() == ChartSettings{});
    window_->files().open(path);
    QTRY_VERIFY_WITH_TIMEOUT(chart->settings() == look, 60000);

    // Damaged runs: one sentence, and all else is there.
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QByteArray text = file.readAll();
    file.close();
    text.replace("\"test_accuracy\"", "\"test_accurrrcy\"");
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
    file.close();
    window_->messages().clear();
    window_->files().open(path);
    QTRY_COMPARE_WITH_TIMEOUT(window_->messages().messages().size(), 1, 60000);
    QVERIFY(runs().experiments().empty());
    QVERIFY((window_->document().state().seeds == std::vector<std::uint64_t>{0, 1}));
  }

  void a_problem_is_withdrawn_once_no_run_has_it() {
    Experiment stopped;
    stopped.start.training.data_folder = folder_.filePath("nowhere").toStdString();
    stopped.start.seeds = {0};
    ExperimentRun& run = stopped.runs.emplace_back();
    run.waiting = false;
    run.progress.state = RunState::stopped;
    runs().replace_finished({stopped});
    runs().restart({group(0).id, {}});
    QVERIFY(wait_for(0, RunStage::failed));
    QTRY_COMPARE(window_->messages().messages().filter("nowhere").size(), qsizetype{1});
    runs().discard({group(0).id, {}});
    QVERIFY(window_->messages().messages().filter("nowhere").isEmpty());
  }

  void a_busy_group_is_not_there_twice_when_its_session_is_opened_again() {
    find<QDoubleSpinBox>(*window_, "runs-jobs")->setValue(1);
    start_long_groups(2, "0");
    QTRY_VERIFY_WITH_TIMEOUT(!group(0).runs[0].epochs.empty(), 60000);
    const QString path = folder_.filePath("busy.dnm.json");
    QVERIFY(window_->files().save_session_to(path));
    const std::uint64_t busy = group(0).id;
    runs().stop({group(1).id, {}});
    QVERIFY(wait_for(1, RunStage::stopped));
    window_->document().forget_changes();
    window_->files().open(path);
    QTRY_VERIFY_WITH_TIMEOUT(!window_->files().is_busy(), 60000);
    QTRY_COMPARE(runs().experiments().size(), std::size_t{2});
    QCOMPARE(group(0).id, busy);
    QCOMPARE(stage_of(group(0)), RunStage::running);
    QCOMPARE(stage_of(group(1)), RunStage::stopped);
    // Among the runs of another session it keeps training, in a colour that none of those has.
    const Experiment* other = runs().runner().experiment(group(1).id);
    std::vector<Experiment> of_another(1, *other);
    of_another[0].identity = "another";
    of_another[0].color = group(0).color;
    runs().replace_finished(of_another);
    QCOMPARE(runs().experiments().size(), std::size_t{2});
    QCOMPARE(group(1).id, busy);
    QVERIFY(group(1).color != group(0).color);
  }

  void a_chart_carries_the_runs_it_shows() {
    set_up_training(*window_, folder_.path(), 1);
    start();
    QVERIFY(wait_for(0, RunStage::finished));
    start();
    QVERIFY(wait_for(1, RunStage::finished));
    runs().set_visible(group(0).id, false);
    const std::string shown = group(1).name;
    const QString path = folder_.filePath("chart.svg");
    auto* chart = find<TrainingChart>(*window_, "training-chart");
    chart->export_figure({path, {"89mm"}, "comparison"});
    QTRY_VERIFY_WITH_TIMEOUT(!chart->is_exporting(), 30000);
    window_->document().forget_changes();
    window_->files().open(path);
    QTRY_VERIFY_WITH_TIMEOUT(!window_->files().is_busy(), 60000);
    QTRY_COMPARE(runs().experiments().size(), std::size_t{1});
    QCOMPARE(group(0).name, shown);
    // A figure of the network carries none, those of the session before it neither.
    QVERIFY(window_->document().session().runs.empty());
  }
};

DNM_TEST(TestRunSessions, TimedApplication)
#include "test_run_sessions.moc"
