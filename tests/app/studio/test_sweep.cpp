// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <algorithm>

#include "app/studio/parameters/parameter_row.h"
#include "app/studio/sweep/sweep_dock.h"
#include "app/workspace/experiments/sweep_file.h"
#include "file_dialog.h"
#include "runs_window.h"
#include "tests/support/test_class.h"

using namespace dnm;
using namespace dnm::studio_test;

/// The panel of sweeps, through its own widgets, against sweeps that the engine makes.
class TestSweepPanel : public RunsWindow {
  Q_OBJECT

  SweepDock& dock() { return *find<SweepDock>(*window_, "sweep"); }
  SweepCanvas& canvas() { return *find<SweepCanvas>(*window_, "sweep-canvas"); }
  QPushButton& start() { return *find<QPushButton>(*window_, "sweep-start"); }
  QString state() { return find<QLabel>(*window_, "sweep-state")->text(); }
  QString words() { return find<QLabel>(*window_, "sweep-words")->text(); }
  void set(const char* line, const QString& text) { find<QLineEdit>(*window_, line)->setText(text); }
  void measure_only(const QStringList& ids) {
    for (const Measure& measure : measure_table()) {
      const QString id = QString::fromUtf8(measure.id.data(), qsizetype(measure.id.size()));
      find<QCheckBox>(*window_, ("sweep-measure-" + id).toUtf8().constData())->setChecked(ids.contains(id));
    }
  }
  bool is_over() {
    return QTest::qWaitFor([this] { return !dock().runner().is_running() && start().text() == "Start"; }, 300000);
  }
  /// A small network, and the panel set to sparsities under two seeds.
  void set_up() {
    WorkspaceState next = window_->document().state();
    next.parameters.layer_sizes = {16, 24, 12};
    window_->document().edit("small layers", next);
    QVERIFY(wait_until_fresh(*window_));
    action("network-sweep")->trigger();
    QTRY_VERIFY(dock().isVisible());
    choose(*find<QComboBox>(*window_, "sweep-second"), "nothing");
    set("sweep-first-values", "0.5:0.9:3");
    set("sweep-seeds", "0,5");
    measure_only({"L", "Q"});
  }
  static Sweep expected_of(const SweepPlan& plan) {
    Sweep sweep = make_sweep(plan);
    measure_missing(sweep, 1, {}, [&](std::size_t row, SweepRow made) { sweep.rows[row] = std::move(made); });
    return sweep;
  }

 private Q_SLOTS:
  void init() { renew_window(); }
  void cleanupTestCase() { window_.reset(); }

  void measures_what_the_engine_measures() {
    set_up();
    QVERIFY(find<QLineEdit>(*window_, "sweep-second-values")->isEnabled() == false);
    const SweepPlan plan = dock().plan();
    QTest::mouseClick(&start(), Qt::LeftButton);
    QVERIFY(is_over());
    QCOMPARE(state(), QString("6 of 6 networks"));
    QCOMPARE(sweep_csv(*dock().runner().sweep()), sweep_csv(expected_of(plan)));
    // More seeds: what is there stays, and is not computed again.
    const auto before = dock().runner().sweep();
    set("sweep-seeds", "0,5,6");
    set("sweep-first-values", "0.5,0.6,0.7,0.9");
    QTest::mouseClick(&start(), Qt::LeftButton);
    QCOMPARE(dock().runner().sweep()->missing(), std::size_t{6});
    QVERIFY(is_over());
    QCOMPARE(state(), QString("12 of 12 networks"));
    QCOMPARE(sweep_csv(*dock().runner().sweep()), sweep_csv(expected_of(dock().plan())));
  }

  void a_point_becomes_the_working_network() {
    set_up();
    QTest::mouseClick(&start(), Qt::LeftButton);
    QVERIFY(is_over());
    const ModelParameters before = window_->document().state().parameters;
    QTRY_VERIFY(canvas().place_of(1).x() > 0.0);
    QPoint place;
    // The last rows may still move the axes.
    const auto points_at_it = [&] {
      place = canvas().place_of(1).toPoint();
      QTest::mouseMove(&canvas(), place);
      return canvas().marked_point() == std::optional<std::size_t>(1);
    };
    QTRY_VERIFY(points_at_it());
    QVERIFY2(words().startsWith("sparsity 0.7 · L "), qPrintable(words()));
    QTest::mouseClick(&canvas(), Qt::LeftButton, {}, place);
    QCOMPARE(window_->document().state().parameters.shared.sparsity, 0.7);
    QCOMPARE(window_->document().state().parameters.seed, std::uint64_t{0});
    QVERIFY(wait_until_fresh(*window_));
    const SweepRow& row = *dock().runner().sweep()->rows_of(1)[0];
    QCOMPARE(window_->live().current_network()->link_count(), row.links);
    action("edit-undo")->trigger();
    QVERIFY(window_->document().state().parameters == before);

    // The same by keys, and a click beside all pictures chooses nothing.
    canvas().setFocus();
    QTest::keyClick(&canvas(), Qt::Key_Escape);
    QVERIFY(!takes_escape(canvas()));
    QTest::keyClick(&canvas(), Qt::Key_Left);
    QVERIFY(takes_escape(canvas()));
    QVERIFY(canvas().marked_point() == std::optional<std::size_t>(2));
    QTest::keyClick(&canvas(), Qt::Key_Left);
    QTest::keyClick(&canvas(), Qt::Key_Left);
    QTest::keyClick(&canvas(), Qt::Key_Left);
    QVERIFY(canvas().marked_point() == std::optional<std::size_t>(0));
    QTest::keyClick(&canvas(), Qt::Key_Return);
    QCOMPARE(window_->document().state().parameters.shared.sparsity, 0.5);
    QTest::mouseClick(&canvas(), Qt::LeftButton, {}, QPoint(1, 1));
    QCOMPARE(window_->document().state().parameters.shared.sparsity, 0.5);
  }

  void two_parameters_are_maps() {
    set_up();
    choose(*find<QComboBox>(*window_, "sweep-second"), "degree");
    QCOMPARE(find<QLineEdit>(*window_, "sweep-second-values")->text(),
             QString("fixed,gaussian,uniform,spatial-gaussian,spatial-inverse-gaussian"));
    set("sweep-second-values", "fixed,gaussian");
    QTest::keyClick(find<QLineEdit>(*window_, "sweep-second-values"), Qt::Key_Return);
    QVERIFY(is_over());
    QCOMPARE(state(), QString("12 of 12 networks"));
    QTRY_VERIFY(canvas().place_of(3).x() > 0.0);
    QTest::mouseClick(&canvas(), Qt::LeftButton, {}, canvas().place_of(3).toPoint());
    const LayerParameters& shared = window_->document().state().parameters.shared;
    QCOMPARE(shared.sparsity, 0.7);
    QVERIFY(shared.degree.family == Family::gaussian);
    canvas().setFocus();
    QTest::keyClick(&canvas(), Qt::Key_Up);
    QVERIFY(canvas().marked_point() == std::optional<std::size_t>(5));
    QTest::keyClick(&canvas(), Qt::Key_Right);  // the row ends there
    QVERIFY(canvas().marked_point() == std::optional<std::size_t>(5));
  }

  void stops_and_goes_on() {
    WorkspaceState next = window_->document().state();
    next.parameters.layer_sizes = {60, 200, 200};
    window_->document().edit("layers", next);
    action("network-sweep")->trigger();
    set("sweep-first-values", "0.5:0.9:12");
    set("sweep-seeds", "0");
    measure_only({"L", "sigma_c"});
    QTest::mouseClick(&start(), Qt::LeftButton);
    QCOMPARE(start().text(), QString("Stop"));
    QTRY_VERIFY_WITH_TIMEOUT(dock().runner().sweep()->missing() < 12, 300000);
    QTest::mouseClick(&start(), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(!dock().runner().is_running(), 5000);
    QTRY_COMPARE(start().text(), QString("Continue"));
    QVERIFY2(state().endsWith(", stopped"), qPrintable(state()));
    const std::size_t missing = dock().runner().sweep()->missing();
    QVERIFY(missing > 0 && missing < 12);
    QTest::mouseClick(&start(), Qt::LeftButton);
    QCOMPARE(dock().runner().sweep()->missing(), missing);
    QVERIFY(is_over());
    QCOMPARE(sweep_csv(*dock().runner().sweep()), sweep_csv(expected_of(dock().plan())));
  }

  void sessions_keep_it() {
    set_up();
    const QString file = folder_.filePath("sweep.dnm.json");
    QVERIFY(window_->files().save_session_to(file));
    QVERIFY(!window_->document().is_modified());
    QTest::mouseClick(&start(), Qt::LeftButton);
    QVERIFY(is_over());
    QVERIFY(window_->document().is_modified());
    const std::string table = sweep_csv(*dock().runner().sweep());
    const std::size_t steps = window_->document().history().step_count();
    QVERIFY(window_->files().save_session_to(file));
    QVERIFY(!window_->document().is_modified());

    window_->document().reset();
    QVERIFY(!dock().runner().sweep() && !window_->document().is_modified());
    QCOMPARE(state().trimmed(), QString());
    set("sweep-first-values", "0.1,0.2");
    set("sweep-seeds", "9");
    window_->files().open(file);
    QTRY_VERIFY(dock().runner().sweep());
    QCOMPARE(sweep_csv(*dock().runner().sweep()), table);
    QCOMPARE(state(), QString("6 of 6 networks"));
    QCOMPARE(find<QLineEdit>(*window_, "sweep-first-values")->text(), QString("0.5:0.9:3"));
    QCOMPARE(find<QLineEdit>(*window_, "sweep-seeds")->text(), QString("0,5"));
    QVERIFY(find<QCheckBox>(*window_, "sweep-measure-Q")->isChecked());
    QVERIFY(!find<QCheckBox>(*window_, "sweep-measure-gamma")->isChecked());
    QVERIFY(!window_->document().is_modified());
    QCOMPARE(window_->document().history().step_count(), std::size_t{0});
    QVERIFY(steps > 0);
    // Another seed measures only what is missing.
    set("sweep-seeds", "0,5,6");
    QTest::mouseClick(&start(), Qt::LeftButton);
    QCOMPARE(dock().runner().sweep()->missing(), std::size_t{3});
    QVERIFY(is_over());
    window_->document().reset();
  }

  void wrong_values_are_one_sentence() {
    set_up();
    QSignalSpy rejected(&dock(), &SweepDock::rejected);
    const auto before = dock().runner().sweep();
    for (const char* values : {"0.5:0.9", "much", "", "0.9999"}) {
      set("sweep-first-values", values);
      QTest::mouseClick(&start(), Qt::LeftButton);
      QCOMPARE(rejected.size(), 1);
      QVERIFY2(rejected.takeFirst()[0].toString().endsWith("."), values);
      QVERIFY2(!dock().runner().is_running() && dock().runner().sweep() == before, values);
    }
  }

  void a_row_of_the_model_proposes_its_values() {
    auto* row = find<ParameterRow>(*window_, "dendrites");
    QVERIFY(row->contextMenuPolicy() == Qt::ActionsContextMenu);
    action("sweep-dendrites")->trigger();
    QTRY_VERIFY(dock().isVisible());
    QCOMPARE(find<QComboBox>(*window_, "sweep-first")->currentData().toString(), QString("dendrites"));
    // Around the mean of 3, by ratios as its slider.
    QCOMPARE(find<QLineEdit>(*window_, "sweep-first-values")->text(), QString("fixed:1:12:6"));
    QVERIFY(!window_->findChild<QAction*>("sweep-seed"));
    // A row that does not apply any more is not offered.
    choose(*find<QComboBox>(*window_, "sweep-first"), "degree");
    WorkspaceState next = window_->document().state();
    next.parameters.initialiser = "random";
    window_->document().edit("random", next);
    QVERIFY(find<QComboBox>(*window_, "sweep-first")->findData("degree") < 0);
  }

  void writes_tables_figures_and_a_command_line() {
    set_up();
    QTest::mouseClick(&start(), Qt::LeftButton);
    QVERIFY(is_over());
    const auto content = [&](const QString& name) {
      QFile file(folder_.filePath(name));
      return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    type_into_file_dialog(folder_.filePath("rows.csv"));
    action("sweep-export-rows")->trigger();
    QTRY_COMPARE(content("rows.csv"), QByteArray::fromStdString(sweep_csv(*dock().runner().sweep())));
    dock().export_figure({folder_.filePath("sweep.svg"), {"183mm"}, "all", false});
    QTRY_VERIFY_WITH_TIMEOUT(!dock().is_exporting() && QFile::exists(folder_.filePath("sweep.svg")), 20000);
    QVERIFY(content("sweep.svg").contains("dnm sweep --model dnm --layers 16,24,12"));
    action("sweep-copy-command")->trigger();
    const QString line = QApplication::clipboard()->text();
    QVERIFY2(line.contains("--vary sparsity=0.5:0.9:3 --seeds 0,5 --measures L,Q"), qPrintable(line));
  }
};

DNM_TEST(TestSweepPanel, TimedApplication)
#include "test_sweep.moc"
