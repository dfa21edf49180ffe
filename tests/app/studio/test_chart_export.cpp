// SPDX-License-Identifier: GPL-3.0-or-later
#include <QComboBox>
#include <QDialog>
#include <QDir>
#include <QDoubleSpinBox>
#include <QFile>
#include <QImage>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QVariant>
#include <cmath>
#include <filesystem>

#include "chart_experiments.h"
#include "driver.h"
#include "tests/support/test_class.h"
#include "viz/figure/figure_metadata.h"

using namespace dnm;
using namespace dnm::studio_test;

namespace {

QByteArray contents(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

}  // namespace

/// What the chart of training runs writes: figures and tables.
class TestChartExport : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  std::unique_ptr<TrainingChart> chart_;

  void show(std::size_t groups, int epochs = 30) { chart_->show_experiments(groups_of(groups, epochs)); }
  void wait_for_export() { QTRY_VERIFY_WITH_TIMEOUT(!chart_->is_exporting(), 30000); }
  [[nodiscard]] QStringList files() const { return QDir(folder_.path()).entryList(QDir::Files | QDir::Hidden); }

 private Q_SLOTS:
  void init() { chart_ = std::make_unique<TrainingChart>(); }
  void cleanup() {
    chart_.reset();
    for (const QString& file : files()) QFile::remove(folder_.filePath(file));
  }

  void figures_appear_whole_with_what_makes_them_again_data() {
    QTest::addColumn<QString>("suffix");
    QTest::addColumn<QByteArray>("start");
    QTest::newRow("svg") << "svg" << QByteArray("<?xml");
    QTest::newRow("pdf") << "pdf" << QByteArray("%PDF-");
    QTest::newRow("png") << "png" << QByteArray("\x89PNG");
  }
  void figures_appear_whole_with_what_makes_them_again() {
    QFETCH(QString, suffix);
    QFETCH(QByteArray, start);
    show(3);
    chart_->set_session([](const std::filesystem::path&) { return std::string("{\"session\": \"of the test\"}"); });
    // A dark window, a light figure.
    QPalette dark = chart_->palette();
    dark.setColor(QPalette::Base, QColor(20, 22, 26));
    dark.setColor(QPalette::Text, Qt::white);
    chart_->setPalette(dark);
    QSignalSpy notices(chart_.get(), &TrainingChart::notice), problems(chart_.get(), &TrainingChart::message);
    for (const char* panel : {"curves", "accuracy", "loss", "comparison", "all"}) {
      const QString path = folder_.filePath(QString(panel) + "." + suffix);
      chart_->export_figure({path, {"89mm"}, panel});
      wait_for_export();
      QVERIFY2(problems.isEmpty(), problems.isEmpty() ? "" : qPrintable(problems.first().first().toString()));
      QVERIFY(contents(path).startsWith(start));
      QVERIFY(session_in_figure(path.toStdString()).find("of the test") != std::string::npos);
    }
    QCOMPARE(notices.size(), 5);
    QVERIFY(notices.last().first().toString().startsWith("Wrote "));
    QCOMPARE(files().size(), 5);  // and nothing temporary
    const QByteArray all = contents(folder_.filePath("all." + suffix));
    if (suffix == "png") {
      const QImage image(folder_.filePath("all.png"));
      QVERIFY(std::abs(image.width() - 89.0 / 25.4 * 300.0) < 1.0);
      QCOMPARE(image.pixel(2, image.height() - 2), QColor(Qt::white).rgb());
      const QString command = image.text("dnm-command");
      QVERIFY(command.contains("group 1 (seeds 0,1,2): dnm train "));
      QVERIFY(command.contains(" --run-dir 'runs & co' --seeds 0,1,2;"));
    } else {
      QVERIFY(all.contains("--run-dir 'runs &amp; co'"));
    }
    if (suffix == "svg") QVERIFY(all.contains("width=\"89mm\"") && all.contains("group 2"));
  }

  void the_dialog_exports_what_is_on_screen() {
    show(2);
    chart_->set_view(TrainingChart::View::comparison);
    auto* menu = find<QToolButton>(*chart_, "chart-export")->menu();
    menu->findChild<QAction*>("chart-export-figure")->trigger();
    QTRY_VERIFY(chart_->findChild<QDialog*>("export-dialog"));
    auto* dialog = chart_->findChild<QDialog*>("export-dialog");
    QCOMPARE(find<QComboBox>(*dialog, "export-panel")->currentData().toString(), "comparison");
    auto* path = find<QLineEdit>(*dialog, "export-path");
    path->setText(folder_.filePath("chart.doc"));
    QVERIFY(!find<QPushButton>(*dialog, "export-accept")->isEnabled());
    path->setText(folder_.filePath("chart.svg"));
    find<QDoubleSpinBox>(*dialog, "export-width")->setValue(120.0);
    QTest::mouseClick(find<QPushButton>(*dialog, "export-accept"), Qt::LeftButton);
    wait_for_export();
    const QByteArray svg = contents(folder_.filePath("chart.svg"));
    QVERIFY(svg.contains("width=\"120mm\"") && svg.contains("last epoch") && !svg.contains("Training loss"));
  }

  void tables_appear_whole() {
    show(2, 4);
    using Table = TrainingChart::Table;
    chart_->export_table(Table::epochs, folder_.filePath("e.csv"));
    chart_->export_table(Table::comparison, folder_.filePath("c.csv"));
    chart_->export_table(Table::comparison_latex, folder_.filePath("c.tex"));
    wait_for_export();
    QCOMPARE(contents(folder_.filePath("e.csv")).count('\n'), 1 + 2 * 3 * 4);
    QVERIFY(contents(folder_.filePath("e.csv")).contains("\ngroup 1,2,4,0.45,0.769,0.739,,0,0\n"));
    QCOMPARE(contents(folder_.filePath("c.csv")).count('\n'), 3);
    QVERIFY(contents(folder_.filePath("c.tex")).contains("group 0 & 3 & $72.70 \\pm 0.12$"));
    QCOMPARE(files().size(), 3);
  }

  void what_cannot_be_written_gives_a_sentence_and_leaves_nothing() {
    show(2);
    QSignalSpy problems(chart_.get(), &TrainingChart::message), notices(chart_.get(), &TrainingChart::notice);
    const QString locked = folder_.filePath("locked");
    QVERIFY(QDir().mkpath(locked));
    QVERIFY(QFile::setPermissions(locked, QFile::ReadOwner | QFile::ExeOwner));
    // The administrator may write anywhere but into a folder of the kernel.
    QFile probe(locked + "/probe");
    const QString closed = probe.open(QIODevice::WriteOnly) ? QStringLiteral("/proc/self") : locked;
    probe.remove();
    for (const QString& where : {closed, folder_.filePath("nowhere")}) {
      problems.clear();
      chart_->export_figure({where + "/chart.pdf", {"89mm"}, "curves"});
      chart_->export_table(TrainingChart::Table::epochs, where + "/chart.csv");
      wait_for_export();
      QCOMPARE(problems.size(), 2);
      for (const QList<QVariant>& problem : problems) {
        const QString text = problem.first().toString();
        QVERIFY2(text.contains("chart.") && !text.contains('\n'), qPrintable(text));
      }
    }
    problems.clear();
    chart_->export_figure({folder_.filePath("chart.pdf"), {"5mm"}, "curves"});
    chart_->export_figure({folder_.filePath("chart.doc"), {"89mm"}, "curves"});
    wait_for_export();
    QCOMPARE(problems.size(), 2);
    QVERIFY(notices.isEmpty() && files().isEmpty());
    QFile::setPermissions(locked, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
  }
};

DNM_TEST(TestChartExport, dnm::test::Offscreen<QApplication>)
#include "test_chart_export.moc"
