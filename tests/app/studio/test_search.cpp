// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QProcess>
#include <QPushButton>
#include <QScrollBar>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>
#include <memory>

#include "app/studio/search/search_window.h"
#include "app/studio/widgets/chart_canvas.h"
#include "core/parameters/parameter_table.h"
#include "file_dialog.h"
#include "runs_window.h"
#include "tests/app/cli/dnm_process.h"
#include "tests/support/test_class.h"

using namespace dnm;
using namespace dnm::studio_test;

/// The window on the folder of a search, which the command line fills.
class TestSearchWindow : public RunsWindow {
  Q_OBJECT

  QString path(const QString& name) const { return folder_.filePath(name); }
  /// Searches sparsity and degree of small networks for their modularity.
  static QStringList search(int trials) {
    return {"search",
            "--layers",
            "40,40,40",
            "--vary",
            "degree=fixed;gaussian:{0.5:4}",
            "--vary",
            "sparsity=0.7:0.95",
            "--maximise",
            "Q",
            "--trials",
            QString::number(trials)};
  }
  QList<QStringList> rows_of(const char* table) {
    QList<QStringList> rows;
    auto* tree = find<QTreeWidget>(*window_, table);
    for (int row = 0; row < tree->topLevelItemCount(); ++row) {
      QStringList words;
      for (int column = 0; column < tree->columnCount(); ++column) words += tree->topLevelItem(row)->text(column);
      rows += words;
    }
    return rows;
  }
  /// search.csv by column names, a row for each trial.
  static QList<QMap<QString, QString>> results(const QString& folder) {
    QFile file(folder + "/search.csv");
    QList<QMap<QString, QString>> rows;
    if (!file.open(QIODevice::ReadOnly)) return rows;
    const QList<QByteArray> lines = file.readAll().trimmed().split('\n');
    const QStringList names = QString::fromUtf8(lines.front()).split(',');
    for (const QByteArray& line : lines.mid(1)) {
      const QStringList cells = QString::fromUtf8(line).split(',');
      QMap<QString, QString> row;
      for (int i = 0; i < names.size(); ++i) row[names[i]] = cells[i];
      rows += row;
    }
    return rows;
  }
  SearchWindow* open(const QString& folder) {
    window_->files().open(folder);
    if (!QTest::qWaitFor([&] { return window_->findChild<SearchWindow*>() != nullptr; }, 20000)) return nullptr;
    auto* search = window_->findChild<SearchWindow*>();
    return QTest::qWaitFor([&] { return search->view().has_value(); }, 20000) ? search : nullptr;
  }
  QPushButton* button(const char* name) { return find<QPushButton>(*window_, name); }

 private Q_SLOTS:
  void initTestCase() {
    const Outcome outcome = run_dnm(search(8) + QStringList{"-o", path("whole")});
    QVERIFY2(outcome.status == 0, qPrintable(outcome.describe()));
  }
  void init() {
    if (window_) qDeleteAll(window_->findChildren<SearchWindow*>());
    renew_window();
  }
  void cleanupTestCase() { window_.reset(); }

  void shows_the_trials_as_the_command_line_has_them() {
    SearchWindow* const shown = open(path("whole"));
    QVERIFY(shown);
    QVERIFY2(find<QLabel>(*window_, "search-state")->text().contains("finished"),
             qPrintable(find<QLabel>(*window_, "search-state")->text()));
    auto expected = results(path("whole"));
    QCOMPARE(expected.size(), 8);
    std::ranges::stable_sort(expected,
                             [](const auto& a, const auto& b) { return a["Q"].toDouble() > b["Q"].toDouble(); });
    const QList<QStringList> rows = rows_of("search-trials");
    QCOMPARE(rows.size(), expected.size());
    for (int i = 0; i < rows.size(); ++i) {
      QCOMPARE(rows[i][1], expected[i]["trial"]);
      QCOMPARE(rows[i][3], expected[i]["sparsity"]);
    }
    QCOMPARE(rows_of("search-rungs").size(), 1);
    QCOMPARE(rows_of("search-rungs")[0][3], QString("8"));
    auto* curves = find<ChartCanvas>(*window_, "search-curves");
    find<QTabWidget>(*window_, "search-tabs")->setCurrentWidget(curves);
    QTRY_COMPARE(curves->plots().size(), 1U);  // nothing is trained
    const double middle = 0.5 * (curves->plots()[0].low + curves->plots()[0].high);
    QTest::mouseMove(curves, from_page(*curves, curves->plots()[0].place(7, middle)).toPoint());
    const QString best = QString::number(expected[0]["Q"].toDouble(), 'g', 4);
    QTRY_VERIFY2(curves->marked_words().join("; ").contains("trial 7"), qPrintable(curves->marked_words().join("; ")));
    QVERIFY2(curves->marked_words().join("; ").contains("best so far: " + best),
             qPrintable(curves->marked_words().join("; ") + " and not " + best));
    QVERIFY(!button("search-open")->isEnabled() && !button("search-use")->isEnabled());
    QVERIFY(!button("search-cancel")->isEnabled());
  }

  void a_trial_becomes_the_working_network() {
    SearchWindow* const shown = open(path("whole"));
    QVERIFY(shown);
    const auto expected = results(path("whole"));
    // The line of trial 3, in the middle of its last piece.
    auto* canvas = find<SearchCanvas>(*window_, "search-canvas");
    QTRY_COMPARE(canvas->plot().lines.size(), 8U);
    const std::size_t last = canvas->plot().axes.size() - 1;
    QTest::mouseClick(canvas, Qt::LeftButton, {}, canvas->place_of(3, last).toPoint());
    QCOMPARE(shown->selected_trial(), std::optional<std::int64_t>(3));
    QVERIFY(canvas->plot().lines[3].is_marked && !canvas->plot().lines[2].is_marked);

    QTest::mouseClick(button("search-copy"), Qt::LeftButton);
    QVERIFY2(QApplication::clipboard()->text().contains("--sparsity " + expected[3]["sparsity"]),
             qPrintable(QApplication::clipboard()->text()));
    const WorkspaceState before = window_->document().state();
    QTest::mouseClick(button("search-use"), Qt::LeftButton);
    const ModelParameters& now = window_->document().state().parameters;
    QCOMPARE(now.layer_sizes, (std::vector<NodeIndex>{40, 40, 40}));
    const auto& sparsity = model_parameter_table().at("sparsity");
    QCOMPARE(QString::fromStdString(format_value(sparsity.info, sparsity.get(now))), expected[3]["sparsity"]);
    QCOMPARE(now.seed, before.parameters.seed);
    window_->document().undo();
    QVERIFY(window_->document().state() == before);
  }

  /// The folder of a search that other processes work on, until it is cancelled here.
  void follows_a_search_and_cancels_it() {
    QProcess process;
    process.start(QString(dnm::test::program_folder()) + "/dnm",
                  search(100000) + QStringList{"-o", path("growing"), "--jobs", "1"});
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(path("growing/search.json")) && QDir(path("growing/work")).exists(), 20000);
    SearchWindow* const shown = open(path("growing"));
    QVERIFY(shown);
    QTRY_VERIFY_WITH_TIMEOUT(rows_of("search-trials").size() > 2, 20000);
    auto* trials = find<QTreeWidget>(*window_, "search-trials");
    trials->setCurrentItem(trials->topLevelItem(0));
    const auto selected = shown->selected_trial();
    QScrollBar* const scrolled = trials->verticalScrollBar();
    QTRY_VERIFY_WITH_TIMEOUT(scrolled->maximum() > 3, 60000);
    scrolled->setValue(3);
    auto* tabs = find<QTabWidget>(*window_, "search-tabs");
    tabs->setCurrentIndex(1);
    const std::size_t over = shown->view()->results.over;
    QTRY_VERIFY_WITH_TIMEOUT(shown->view()->results.over > over, 60000);
    QCOMPARE(tabs->currentIndex(), 1);
    QCOMPARE(shown->selected_trial(), selected);
    QCOMPARE(scrolled->value(), 3);
    QTest::mouseClick(button("search-cancel"), Qt::LeftButton);
    QVERIFY(answer(*window_, "search-cancel-question", "Cancel Search"));
    QTRY_VERIFY_WITH_TIMEOUT(find<QLabel>(*window_, "search-state")->text().contains("cancelled"), 20000);
    QTRY_COMPARE_WITH_TIMEOUT(process.state(), QProcess::NotRunning, 60000);
    QVERIFY(!button("search-cancel")->isEnabled());
  }

  void writes_the_figure() {
    SearchWindow* const shown = open(path("whole"));
    QVERIFY(shown);
    QTest::mouseClick(button("search-export"), Qt::LeftButton);
    auto* dialog = find<ExportDialog>(*window_, "export-dialog");
    find<QLineEdit>(*dialog, "export-path")->setText(path("figure.svg"));
    QTest::mouseClick(find<QPushButton>(*dialog, "export-accept"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(path("figure.svg")), 20000);
    const Outcome collected = run_dnm({"collect", path("whole"), "--figure", path("collected.svg")});
    QVERIFY2(collected.status == 0, qPrintable(collected.describe()));
    const auto lines_of = [](const QString& name) {
      QFile file(name);
      return file.open(QIODevice::ReadOnly) ? file.readAll().count("<path") : -1;
    };
    QVERIFY(lines_of(path("figure.svg")) > 8);
    QCOMPARE(lines_of(path("figure.svg")), lines_of(path("collected.svg")));
  }

  void says_why_a_folder_is_no_search() {
    QVERIFY(QDir().mkpath(path("damaged")));
    QFile file(path("damaged/search.json"));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("{\"vary\": 3}") > 0);
    file.close();
    window_->files().open(path("damaged"));
    QTRY_VERIFY_WITH_TIMEOUT(!window_->messages().messages().isEmpty(), 20000);
    QVERIFY(!window_->findChild<SearchWindow*>());
  }
};

DNM_TEST(TestSearchWindow, TimedApplication)
#include "test_search.moc"
