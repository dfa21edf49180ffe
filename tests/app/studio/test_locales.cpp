// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QProcess>
#include <QProcessEnvironment>
#include <QTemporaryDir>
#include <QTest>
#include <clocale>
#include <cstring>

#include "app/workspace/experiments/comparison_report.h"
#include "chart_experiments.h"
#include "driver.h"
#include "runs_window.h"
#include "tests/support/locales.h"
#include "tests/support/places.h"
#include "tests/support/test_class.h"

using namespace dnm;
using namespace dnm::studio_test;

/// The window under other locales: what it shows and writes is as under C. Here the C library's numbers do have the
/// locale's decimal point, which the program itself prevents for the libraries it uses.
class TestLocales : public RunsWindow {
  Q_OBJECT

  const dnm::test::Locales locales_;

  static QByteArray contents(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
  }

  /// Of a line of a CSV file: commas in quotes separate none.
  static int cells(const QByteArray& line) {
    int count = 1;
    bool quoted = false;
    for (const char letter : line) {
      if (letter == '"') quoted = !quoted;
      if (letter == ',' && !quoted) ++count;
    }
    return count;
  }

  /// Everything that a window writes and shows, by name; of experiments that are made up.
  QMap<QString, QByteArray> written() {
    const QTemporaryDir folder;
    QMap<QString, QByteArray> given;
    renew_window();
    for (const char* name : {"net.npz", "net.graphml", "net.tsv", "net.mtx"})
      window_->files().save_network(folder.filePath(name));
    for (const char* name : {"figure.svg", "figure.png"}) {
      window_->files().export_figure({folder.filePath(name), {"120.5mm"}, "all"});
      if (!QTest::qWaitFor([&] { return !window_->files().is_busy() && window_->files().waits_for().isEmpty(); },
                           60000))
        qWarning("the figure was not written");
    }
    window_->files().save_session_to(folder.filePath("session.dnm.json"));
    TrainingChart chart;
    chart.show_experiments(groups_of(3, 4));
    using Table = TrainingChart::Table;
    chart.export_table(Table::epochs, folder.filePath("epochs.csv"));
    chart.export_table(Table::comparison, folder.filePath("comparison.csv"));
    chart.export_table(Table::comparison_latex, folder.filePath("comparison.tex"));
    chart.export_figure({folder.filePath("curves.svg"), {"89.5mm"}, "all"});
    if (!QTest::qWaitFor([&] { return !chart.is_exporting() && !window_->files().is_busy(); }, 60000))
      qWarning("the chart was not written");
    for (const QString& name : QDir(folder.path()).entryList(QDir::Files))
      given[name] = contents(folder.filePath(name));
    for (const QLabel* label : window_->findChildren<QLabel*>())
      if (!label->objectName().isEmpty() && !label->objectName().startsWith("status") &&
          label->objectName() != "message")
        given["label " + label->objectName()] += label->text().toUtf8();
    for (const QDoubleSpinBox* box : window_->findChildren<QDoubleSpinBox*>())
      given["number " + box->objectName()] = box->text().toUtf8();
    return given;
  }

 private Q_SLOTS:
  void initTestCase() {
    if (locales_.names().isEmpty()) QSKIP("localedef makes no locales here; install Debian's package locales");
    qputenv("LOCPATH", locales_.folder().toUtf8());
  }
  void cleanupTestCase() {
    window_.reset();
    static_cast<void>(std::setlocale(LC_ALL, "C"));
  }

  void what_the_window_shows_and_writes_is_that_of_the_c_locale() {
    static_cast<void>(std::setlocale(LC_ALL, "C"));
    const QMap<QString, QByteArray> expected = written();
    QVERIFY(expected.size() > 40);
    for (const char* table : {"epochs.csv", "comparison.csv"}) {
      const QList<QByteArray> lines = expected[table].trimmed().split('\n');
      QVERIFY(lines.size() > 3);
      for (const QByteArray& line : lines) QCOMPARE(cells(line), cells(lines.front()));
    }
    bool tried_a_comma = false;
    for (const QString& locale : locales_.names()) {
      QVERIFY2(std::setlocale(LC_ALL, qPrintable(locale)), qPrintable(locale));
      // The libraries cannot read numbers by one of several bytes; the program itself never has one, see below.
      if (std::strlen(std::localeconv()->decimal_point) != 1) continue;
      tried_a_comma = tried_a_comma || std::localeconv()->decimal_point[0] == ',';
      const QLocale before;
      QLocale::setDefault(QLocale(locale));
      const QMap<QString, QByteArray> got = written();
      QLocale::setDefault(before);
      QCOMPARE(got.keys(), expected.keys());
      for (auto entry = expected.begin(); entry != expected.end(); ++entry)
        QVERIFY2(got[entry.key()] == entry.value(), qPrintable(locale + ": " + entry.key()));
    }
    QVERIFY(tried_a_comma);
  }

  void the_whole_window_looks_as_in_the_c_locale() {
    const QTemporaryDir folder;
    const auto capture = [&](const QString& locale) {
      QProcess process;
      QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
      const QMap<QString, QString> variables = locales_.environment(locale);
      for (auto entry = variables.begin(); entry != variables.end(); ++entry)
        environment.insert(entry.key(), entry.value());
      process.setProcessEnvironment(environment);
      const QString picture = folder.filePath(locale + ".png");
      process.start(QString(dnm::test::program_folder()) + "/dnm-studio", {"--capture", picture});
      if (!process.waitForFinished(120000)) process.kill();
      return contents(picture);
    };
    const QByteArray expected = capture("C");
    QVERIFY(!expected.isEmpty());
    for (const QString& locale : locales_.names()) QVERIFY2(capture(locale) == expected, qPrintable(locale));
  }
};

DNM_TEST(TestLocales, TimedApplication)
#include "test_locales.moc"
