// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAccessible>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QDockWidget>
#include <QDoubleSpinBox>
#include <QFile>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QTextDocumentFragment>
#include <QTreeWidget>
#include <filesystem>
#include <memory>
#include <set>

#include "app/studio/training/run_details.h"
#include "app/workspace/words.h"
#include "driver.h"
#include "runs_window.h"
#include "tests/support/test_class.h"
#include "training/runs/run_summary.h"

using namespace dnm;
using namespace dnm::studio_test;

/// Groups of runs in the window: their list, their turns, and what can be done with them.
class TestRuns : public RunsWindow {
  Q_OBJECT

  static constexpr int many_epochs = 300;  ///< more than pass before a test can stop them

 private Q_SLOTS:
  void initTestCase() { write_data_set(folder_.path(), 1000, 200); }
  void init() { renew_window(); }

  void three_seeds_make_one_group() {
    set_up_training(*window_, folder_.path(), 3);
    set_seeds(*window_, "0,1,2");
    QVERIFY((window_->document().state().seeds == std::vector<std::uint64_t>{0, 1, 2}));
    start();
    QVERIFY(wait_for(0, RunStage::finished));
    QCOMPARE(group(0).runs.size(), std::size_t{3});
    const RunSummary summary = summary_of(group(0));
    QCOMPARE(summary.last.size(), std::size_t{3});
    const auto cell = [](const std::vector<double>& values) {
      const MeanWithError accuracy = mean_with_error(values);
      return QString::number(100.0 * accuracy.mean, 'f', 2) + " ± " +
             QString::number(100.0 * accuracy.standard_error, 'f', 2);
    };
    // Where there is no room for all columns, the state makes room for the accuracy.
    window_->resize(1280, 800);
    QTRY_VERIFY(tree()->isColumnHidden(3));
    QTRY_COMPARE(row(0)->text(1), cell(summary.last));
    window_->resize(1800, 800);
    QTRY_COMPARE(row(0)->text(1), "finished");
    QVERIFY(!tree()->isColumnHidden(3));
    QVERIFY(tree()->isColumnHidden(6));  // nothing is left to wait for
    QCOMPARE(row(0)->text(2), "3");
    QCOMPARE(row(0)->text(3), cell(summary.last));
    QCOMPARE(row(0)->text(4), cell(summary.best_on_test));
    QCOMPARE(row(0)->childCount(), 3);
    QCOMPARE(row(0)->child(1)->text(0), "seed 1");
    QCOMPARE(row(0)->child(1)->text(3), QString::number(100.0 * summary.last[1], 'f', 2));

    // The state and the details say it in the same words, which are those of the command line.
    const QString accuracy = QString::fromStdString(mean_text(summary.metric, summary.last));
    QTRY_VERIFY(find<QLabel>(*window_, "training-state")->toolTip().contains(accuracy));
    const QString details = details_html(group(0), &group(0).runs[0]);
    const TrainingProgress& progress = group(0).runs[0].progress;
    for (const std::string& words :
         {throughput_text(progress.examples_per_second, progress.links_per_second), bytes_text(progress.memory_bytes),
          speed_up_text(progress.masked_speed_up), timing_text(progress.layer_timings.front())})
      QVERIFY2(details.contains(QString::fromStdString(words)), words.c_str());

    // Every seed has a network and first weights of its own, and each run says so of itself.
    QVERIFY(group(0).runs[0].epochs[0].values["train_loss"] != group(0).runs[1].epochs[0].values["train_loss"]);
    QCOMPARE(group(0).runs[2].epochs[0].seed, std::uint64_t{2});
    // The run of the seed on screen is the one that a group of that seed alone trains.
    set_seeds(*window_, "0");
    start();
    QVERIFY(wait_for(1, RunStage::finished));
    QCOMPARE(row(1)->childCount(), 0);
    for (std::size_t i = 0; i < 3; ++i)
      QCOMPARE(group(1).runs[0].epochs[i].values["train_loss"], group(0).runs[0].epochs[i].values["train_loss"]);
    QVERIFY(group(1).name != group(0).name);
    QVERIFY(group(1).color != group(0).color);
  }

  void seeds_are_a_setting_like_the_others() {
    set_seeds(*window_, "3,4");
    window_->document().undo();
    QVERIFY(window_->document().state().seeds.empty());
    QCOMPARE(find<QLineEdit>(*window_, "seeds-text")->text(), "");
    QVERIFY(!find<QWidget>(*window_, "training")->findChild<QWidget*>("seed"));  // they stand in its place
    set_seeds(*window_, "3,3");
    QVERIFY(window_->document().state().seeds.empty());
    QVERIFY(window_->messages().messages().front().contains("twice"));
    // Without its own seed the network on screen is not among those that train, and the dock says so.
    set_up_training(*window_, folder_.path(), 1);
    window_->training().resize_and_start();
    QTRY_VERIFY_WITH_TIMEOUT(!runs().experiments().empty() && !runs().runner().is_busy(), 60000);
    set_seeds(*window_, "3,4");
    QTRY_VERIFY(find<QLabel>(*window_, "training-network")->toolTip().contains("seed 0 is not among the seeds"));
  }

  void another_group_waits_its_turn() {
    find<QDoubleSpinBox>(*window_, "runs-jobs")->setValue(1);
    start_long_groups(2, "0");
    QVERIFY(wait_for(0, RunStage::running));
    QTest::qWait(300);
    QCOMPARE(stage_of(group(1)), RunStage::waiting);
    QCOMPARE(row(1)->text(1), "waiting");
    runs().stop({group(0).id, {}});
    QVERIFY(wait_for(0, RunStage::stopped));
    QVERIFY(wait_for(1, RunStage::running));
    // More of them side by side, when the person wants that.
    start();
    QTest::qWait(200);
    QCOMPARE(stage_of(group(2)), RunStage::waiting);
    find<QDoubleSpinBox>(*window_, "runs-jobs")->setValue(2);
    QVERIFY(wait_for(2, RunStage::running));
  }

  void pause_resume_and_stop_on_group_and_run() {
    find<QDoubleSpinBox>(*window_, "runs-jobs")->setValue(2);
    start_long_groups(1, "0,1,2");
    QVERIFY(wait_for_run(0, 0, RunStage::running) && wait_for_run(0, 1, RunStage::running));
    QCOMPARE(stage_of(group(0).runs[2]), RunStage::waiting);
    tree()->setCurrentItem(row(0));
    QVERIFY(!action("run-longer")->isEnabled());
    click("training-pause");
    for (std::size_t run = 0; run < 3; ++run) QVERIFY(wait_for_run(0, run, RunStage::paused));
    QTRY_COMPARE(action("run-pause")->text(), "Resume");
    tree()->setCurrentItem(row(0)->child(1));
    action("run-pause")->trigger();  // resumes this one
    QVERIFY(wait_for_run(0, 1, RunStage::running));
    QCOMPARE(stage_of(group(0).runs[0]), RunStage::paused);
    QCOMPARE(stage_of(group(0).runs[2]), RunStage::paused);
    action("run-stop")->trigger();
    QVERIFY(wait_for_run(0, 1, RunStage::stopped));
    QCOMPARE(stage_of(group(0).runs[0]), RunStage::paused);
    // Space resumes all of them.
    QTest::keyClick(find<QDockWidget>(*window_, "training"), Qt::Key_Space);
    QVERIFY(wait_for_run(0, 0, RunStage::running));
    QVERIFY(wait_for_run(0, 2, RunStage::running));
    tree()->setFocus();
    QTest::keyClick(tree(), Qt::Key_Space);  // not the check box
    QVERIFY(wait_for_run(0, 0, RunStage::paused));
    QVERIFY(group(0).visible);
    tree()->setCurrentItem(row(0));
    click("training-stop");
    QVERIFY(wait_for(0, RunStage::stopped));
    QVERIFY(!group(0).runs[1].epochs.empty() || group(0).runs[1].progress.epoch > 0);
  }

  void discard_asks_where_something_would_be_lost() {
    find<QDoubleSpinBox>(*window_, "runs-jobs")->setValue(1);
    start_long_groups(1, "0,1");
    QTRY_VERIFY_WITH_TIMEOUT(!group(0).runs[0].epochs.empty(), 60000);
    // The second waits: nothing is lost with it.
    tree()->setCurrentItem(row(0)->child(1));
    action("run-discard")->trigger();
    QCOMPARE(group(0).runs.size(), std::size_t{1});
    tree()->setCurrentItem(row(0));
    action("run-discard")->trigger();
    QVERIFY(answer(*window_, "discard-question", "Cancel"));
    QCOMPARE(runs().experiments().size(), std::size_t{1});
    action("run-discard")->trigger();
    QVERIFY(answer(*window_, "discard-question", "Stop and Discard"));
    QTRY_VERIFY(runs().experiments().empty());
    QCOMPARE(tree()->topLevelItemCount(), 0);
    QVERIFY(!action("run-stop")->isEnabled());

    // With a folder nothing is lost, and the folder stays.
    const QString run_folder = folder_.filePath("kept");
    type(*find<QLineEdit>(*window_, "run-dir-text"), run_folder);
    set_seeds(*window_, "0,1");
    start();
    QTRY_VERIFY_WITH_TIMEOUT(!group(0).runs[0].epochs.empty(), 60000);
    // But it is still training.
    QVERIFY(!runs().runner().would_be_lost({group(0).id, {}}));
    action("run-discard")->trigger();
    QVERIFY(answer(*window_, "discard-question", "Cancel"));
    QVERIFY(runs().runner().is_training({group(0).id, {}}));
    action("run-discard")->trigger();
    QVERIFY(answer(*window_, "discard-question", "Stop and Discard"));
    QTRY_VERIFY(runs().experiments().empty());
    QVERIFY(QFile::exists(run_folder + "/seed-0/epochs.csv"));
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(run_folder + "/seed-0/checkpoint.pt"), 10000);
  }

  void a_group_goes_on_from_its_run_folder() {
    set_up_training(*window_, folder_.path(), many_epochs);
    type(*find<QLineEdit>(*window_, "run-dir-text"), folder_.filePath("resumed"));
    set_seeds(*window_, "0,1");
    start();
    QTRY_VERIFY_WITH_TIMEOUT(!group(0).runs[0].epochs.empty(), 60000);
    tree()->setCurrentItem(row(0));
    click("training-stop");
    QVERIFY(wait_for(0, RunStage::stopped));
    const RunHistory before = group(0).runs[0].epochs;
    QVERIFY(before.size() < many_epochs);
    // The same again without Resume is refused, in words.
    start();
    QVERIFY(wait_for(1, RunStage::failed));
    QVERIFY(window_->messages().messages().join(" ").contains("resumed"));
    find<QCheckBox>(*window_, "resume-flag")->click();
    start();
    QVERIFY(wait_for(2, RunStage::finished));
    for (const ExperimentRun& run : group(2).runs) QCOMPARE(run.epochs.size(), std::size_t{many_epochs});
    for (std::size_t i = 0; i < before.size(); ++i)
      QCOMPARE(group(2).runs[0].epochs[i].values["train_loss"], before[i].values["train_loss"]);
  }

  void a_stopped_group_is_resumed_in_its_row() {
    find<QDoubleSpinBox>(*window_, "runs-jobs")->setValue(1);
    set_up_training(*window_, folder_.path(), many_epochs);
    type(*find<QLineEdit>(*window_, "run-dir-text"), folder_.filePath("row"));
    set_seeds(*window_, "0,1");
    start();
    QTRY_VERIFY_WITH_TIMEOUT(group(0).runs[0].epochs.size() >= 2, 60000);
    tree()->setCurrentItem(row(0));
    click("training-stop");
    QVERIFY(wait_for(0, RunStage::stopped));
    const std::vector<EpochResult> before = group(0).runs[0].epochs;
    QVERIFY(before.size() < many_epochs && group(0).runs[1].epochs.empty());
    window_->resize(1280, 800);
    QTRY_VERIFY2(row(0)->text(1).startsWith("stopped: "), qPrintable(row(0)->text(1)));
    // Kept and brought back by a session, its second seed too, which had not begun.
    const QString path = folder_.filePath("row.dnm.json");
    QVERIFY(window_->files().save_session_to(path));
    window_->files().open(path);
    QTRY_VERIFY_WITH_TIMEOUT(!window_->files().is_busy(), 60000);
    QTRY_COMPARE(runs().experiments().size(), std::size_t{1});
    QCOMPARE(group(0).runs.size(), std::size_t{2});
    tree()->setCurrentItem(row(0));
    QTRY_COMPARE(find<QPushButton>(*window_, "training-pause")->text(), "Resume");
    click("training-pause");
    QCOMPARE(group(0).runs[0].epochs.size(), before.size());  // the chart loses nothing while it waits
    QVERIFY(wait_for(0, RunStage::finished));
    QCOMPARE(runs().experiments().size(), std::size_t{1});
    for (const ExperimentRun& run : group(0).runs) {
      QCOMPARE(run.epochs.size(), std::size_t{many_epochs});
      for (std::size_t i = 0; i < run.epochs.size(); ++i) QCOMPARE(run.epochs[i].epoch, static_cast<int>(i) + 1);
    }
    for (std::size_t i = 0; i < before.size(); ++i)
      QCOMPARE(group(0).runs[0].epochs[i].values["train_loss"], before[i].values["train_loss"]);
    QTRY_VERIFY(!find<QPushButton>(*window_, "training-pause")->isEnabled());
  }

  void a_finished_group_is_trained_longer() {
    set_up_training(*window_, folder_.path(), 2);
    type(*find<QLineEdit>(*window_, "run-dir-text"), folder_.filePath("longer"));
    set_seeds(*window_, "0,1");
    start();
    tree()->setCurrentItem(row(0));
    QAction* longer = action("run-longer");
    QVERIFY(wait_for(0, RunStage::finished));
    const RunHistory before = group(0).runs[1].epochs;
    QTRY_VERIFY(longer->isEnabled());
    longer->trigger();
    auto* dialog = find<QInputDialog>(*window_, "longer-dialog");
    QVERIFY2(dialog->labelText().contains("2 are trained") && dialog->labelText().contains("over 4 epochs"),
             qPrintable(dialog->labelText()));
    dialog->setIntValue(3);
    QVERIFY(dialog->labelText().contains("over 3 epochs"));
    dialog->accept();
    QTRY_VERIFY(runs().runner().is_busy());
    QVERIFY(wait_for(0, RunStage::finished));
    QCOMPARE(runs().experiments().size(), std::size_t{1});
    for (const ExperimentRun& run : group(0).runs) {
      QCOMPARE(run.epochs.size(), std::size_t{3});
      QVERIFY(std::ranges::any_of(run.notices, [](const std::string& notice) {
        return notice.find("learning rate follows its schedule over 3 epochs") != std::string::npos;
      }));
    }
    for (std::size_t i = 0; i < before.size(); ++i)
      QCOMPARE(group(0).runs[1].epochs[i].values["train_loss"], before[i].values["train_loss"]);
    QCOMPARE(group(0).start.training.epochs, std::int64_t{3});
  }

  void a_failed_run_begins_anew_once_its_data_are_there() {
    const QString data = folder_.filePath("late"), away = folder_.filePath("away");
    QVERIFY(QDir().mkpath(data));
    write_data_set(data, 100, 20);
    runs().set_jobs(1);
    set_up_training(*window_, data, 100000);
    start();
    QVERIFY(wait_for(0, RunStage::running));
    set_up_training(*window_, data, 1);
    start();
    // The data go while it waits.
    QVERIFY(QDir().rename(data, away));
    runs().discard({group(0).id, {}});
    QVERIFY(wait_for(0, RunStage::failed));
    QVERIFY(QDir().rename(away, data));
    tree()->setCurrentItem(row(0));
    QTRY_COMPARE(find<QPushButton>(*window_, "training-pause")->text(), "Resume");
    click("training-pause");
    QVERIFY(wait_for(0, RunStage::finished));
    QVERIFY(group(0).runs[0].progress.problem.empty());
  }

  void without_data_nothing_is_started_and_nothing_changes() {
    const WorkspaceState before = [&] {
      set_up_training(*window_, folder_.filePath("no data here"), 1);
      WorkspaceState next = window_->document().state();
      next.parameters.layer_sizes = {98, 20, 20};  // Start would offer to resize it
      window_->document().edit("other layers", std::move(next));
      return window_->document().state();
    }();
    QVERIFY(wait_until_fresh(*window_));
    click("training-start");
    QTRY_COMPARE(window_->messages().messages().size(), 1);
    const QString message = window_->messages().messages().front();
    for (const char* part : {"no data here", "Data folder", "--data-dir"})
      QVERIFY2(message.contains(part), qPrintable(message));
    QVERIFY(!window_->findChild<QMessageBox*>("resize-question"));
    QVERIFY(window_->document().state() == before);
    QVERIFY(runs().experiments().empty());
  }

  void runs_get_a_folder_of_their_own_data() {
    QTest::addColumn<QString>("seeds");
    QTest::newRow("one seed") << "0";
    QTest::newRow("two seeds") << "0,1";
    QTest::newRow("another seed") << "7";
  }
  void runs_get_a_folder_of_their_own() {
    QFETCH(QString, seeds);
    QTemporaryDir kept;
    const std::filesystem::path runs_folder = kept.filePath("share/runs").toStdString();
    window_->training().set_runs_folder(runs_folder);
    set_up_training(*window_, folder_.path(), 1);
    set_seeds(*window_, seeds);
    auto* field = find<QLineEdit>(*window_, "run-dir-text");
    QVERIFY(field->text().isEmpty());
    QCOMPARE(field->placeholderText(), QString("new"));
    QVERIFY2(field->toolTip().contains(kept.filePath("share/runs")), qPrintable(field->toolTip()));
    start();
    start();  // again, within the same minute
    QVERIFY(wait_for(0, RunStage::finished) && wait_for(1, RunStage::finished));
    std::set<std::string> folders;
    for (const std::size_t index : {std::size_t{0}, std::size_t{1}}) {
      const std::filesystem::path folder = group(index).start.training.run_folder;
      QCOMPARE(folder.parent_path(), runs_folder);
      QVERIFY(folders.insert(folder.string()).second);
      for (const ExperimentRun& run : group(index).runs)
        QVERIFY(std::filesystem::exists(std::filesystem::path(run.folder) / "checkpoint.pt"));
      // Shown in the details; the command that repeats it leaves the folder to whoever types it.
      QVERIFY(details_html(group(index)).contains(QString::fromStdString(folder.string())));
      QVERIFY(group(index).command_line.find("--run-dir") == std::string::npos);
    }
    // The settings of a run come back without its folder, and a folder that was typed is the one used.
    action("run-restore")->trigger();
    QTRY_VERIFY(window_->document().state().training.run_folder.empty());
    type(*field, kept.filePath("mine"));
    start();
    QVERIFY(wait_for(2, RunStage::finished));
    QCOMPARE(QString::fromStdString(group(2).start.training.run_folder), kept.filePath("mine"));
    window_->training().set_runs_folder({});
  }

  void without_a_run_folder_what_is_stopped_stays_so() {
    start_long_groups(1, "0");
    QTRY_VERIFY_WITH_TIMEOUT(!group(0).runs[0].epochs.empty(), 60000);
    click("training-stop");
    QVERIFY(wait_for(0, RunStage::stopped));
    QTRY_VERIFY(!find<QPushButton>(*window_, "training-pause")->isEnabled());
    QCOMPARE(find<QPushButton>(*window_, "training-pause")->text(), "Pause");
  }

  void a_failed_run_leaves_the_list_usable() {
    set_up_training(*window_, folder_.path(), 2);
    choose(*find<QComboBox>(*window_, "device-choice"), "cuda");
    set_seeds(*window_, "0,1");
    start();
    if (!QTest::qWaitFor([&] { return stage_of(group(0)) == RunStage::failed; }, 20000))
      QSKIP("there is a CUDA device");
    QTRY_COMPARE(row(0)->text(1), "failed");
    QCOMPARE(window_->messages().messages().size(), 1);  // both fail alike
    QVERIFY(details_html(group(0)).contains("no CUDA device"));
    // The line of state shows as much of the problem as fits, elided.
    auto* state = find<QLabel>(*window_, "training-state");
    const QString told = QTextDocumentFragment::fromHtml(state->text()).toPlainText();
    QVERIFY2(told.startsWith("failed · ") && told.endsWith("…"), qPrintable(told));
    QVERIFY(state->fontMetrics().horizontalAdvance(told) <= state->width());
    QVERIFY(state->toolTip().contains("no CUDA device"));
    action("run-details-toggle")->trigger();
    QVERIFY(find<QLabel>(*window_, "run-details")->text().contains("no CUDA device"));
    action("run-details-toggle")->trigger();
    QVERIFY(!find<QLabel>(*window_, "run-details")->isVisible());
    choose(*find<QComboBox>(*window_, "device-choice"), "cpu");
    start();
    QVERIFY(wait_for(1, RunStage::finished));
    tree()->setCurrentItem(row(0));
    action("run-discard")->trigger();  // nothing to lose: not asked
    QTRY_COMPARE(runs().experiments().size(), std::size_t{1});
    QCOMPARE(stage_of(group(0)), RunStage::finished);
  }

  void names_colours_and_settings() {
    set_up_training(*window_, folder_.path(), 1);
    set_seeds(*window_, "0,1");
    start();
    QVERIFY(wait_for(0, RunStage::finished));
    row(0)->setText(0, "mine");
    QCOMPARE(group(0).name, "mine");
    row(0)->setText(0, "  ");
    QCOMPARE(group(0).name, "mine");
    QCOMPARE(row(0)->text(0), "mine");
    row(0)->setCheckState(0, Qt::Unchecked);
    QVERIFY(!group(0).visible);
    tree()->setFocus();
    action("run-show")->trigger();
    QVERIFY(group(0).visible);
    QCOMPARE(row(0)->checkState(0), Qt::Checked);

    // Changes of everything, and back in one step.
    const WorkspaceState then = window_->document().state();
    WorkspaceState other = then;
    other.parameters.shared.sparsity = 0.5;
    other.parameters.seed = 9;
    other.training.learning_rate = 0.5;
    other.seeds = {7};
    window_->document().edit("change of all", other);
    const std::size_t steps = window_->document().history().step_count();
    action("run-restore")->trigger();
    QVERIFY(window_->document().state() == then);
    QCOMPARE(window_->document().history().step_count(), steps + 1);
    window_->document().undo();
    QVERIFY(window_->document().state() == other);
  }

  void everything_has_a_name() {
    start_long_groups(1, "0,1");
    QVERIFY(wait_for(0, RunStage::running));
    const QAccessibleInterface* list = QAccessible::queryAccessibleInterface(tree());
    QCOMPARE(list->text(QAccessible::Name), "Runs");
    QTRY_VERIFY(row(0)->data(0, Qt::AccessibleTextRole).toString().contains("running"));
    for (QWidget* widget : window_->findChild<QWidget*>("runs-panel")->findChildren<QWidget*>()) {
      if (widget->focusPolicy() == Qt::NoFocus || widget->objectName().startsWith("qt_")) continue;
      const QAccessibleInterface* interface = QAccessible::queryAccessibleInterface(widget);
      QVERIFY2(interface && !interface->text(QAccessible::Name).isEmpty(),
               qPrintable(widget->metaObject()->className() + QString(" ") + widget->objectName()));
    }
  }

  void closing_asks_before_weights_are_lost() {
    window_ = std::make_unique<Window>(WindowOptions{.keep_settings = false, .ask_for_unsaved = true});
    window_->show();
    QVERIFY(wait_until_fresh(*window_));
    start_long_groups(1, "0");
    QVERIFY(wait_for(0, RunStage::running));
    window_->close();
    QVERIFY(answer(*window_, "training-question", "Cancel"));
    QVERIFY(window_->isVisible());
    QVERIFY(runs().runner().is_busy());
    window_->close();
    QVERIFY(answer(*window_, "training-question", "Stop and close"));
    QVERIFY(answer(*window_, "unsaved-question", "Discard"));
    QTRY_VERIFY(!window_->isVisible());
    window_.reset();
  }
};

DNM_TEST(TestRuns, TimedApplication)
#include "test_runs.moc"
