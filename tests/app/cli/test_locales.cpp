// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include "tests/app/cli/dnm_process.h"
#include "tests/support/locales.h"
#include "tests/support/test_class.h"
#include "tests/training/samples.h"

/// The command line under other locales: every number and file as under C.
class TestLocales : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  const dnm::test::Locales locales_;

  /// Times, and what follows from them, differ from run to run.
  static QByteArray without_times(const QByteArray& text) {
    static const QRegularExpression number_in_json(
        R"re("(seconds|\w+_milliseconds|\w+_per_second|\w+_speed_up|memory_bytes)": ?(\{[^}]*\}|[-+.\de]+))re");
    static const QRegularExpression duration(R"re([\d.]+ m?s\b)re");
    return QString::fromUtf8(text).remove(number_in_json).remove(duration).toUtf8();
  }
  /// epochs.csv without the column of times.
  static QByteArray without_seconds(const QByteArray& csv) {
    QByteArray kept;
    qsizetype column = -1;
    for (const QByteArray& line : csv.split('\n')) {
      QList<QByteArray> cells = line.split(',');
      if (column < 0) column = cells.indexOf("seconds");
      if (column >= 0 && column < cells.size()) cells[column].clear();
      kept += cells.join(',') + '\n';
    }
    return kept;
  }

  /// Everything that the program gives under one locale, by name.
  QMap<QString, QByteArray> results(const QString& locale) {
    QMap<QString, QByteArray> given;
    const QString folder = folder_.filePath(locale);
    if (!QDir().mkpath(folder)) qFatal("no folder");
    const auto run = [&](const QStringList& arguments) {
      const Outcome outcome = run_dnm(arguments, folder, locales_.environment(locale));
      if (outcome.status != 0) qWarning().noquote() << locale << arguments << outcome.describe();
      given[arguments.join(' ')] = without_times(outcome.output);
    };
    const QStringList model{"--layers", "20,30,20", "--sparsity", "0.85", "--degree", "gaussian:1.5"};
    run(QStringList{"generate", "-o", "net.npz"} + model);
    for (const char* name : {"NET.GRAPHML", "net.tsv", "NET.MTX", "again.npz"}) run({"convert", "net.npz", name});
    run({"convert", "NET.GRAPHML", "back.tsv"});
    run({"convert", "NET.MTX", "back.npz"});
    run({"measure", "NET.GRAPHML", "--json", "--p-value=20", "--chance=3"});
    run(QStringList{"embed", "net.npz", "-o", "places.tsv"});
    run({"presets"});
    run({"help", "measures"});
    const QStringList training{"--data",   "mnist", "--data-dir", "../data", "--hidden", "40,20",  "--sparsity", "0.8",
                               "--epochs", "2",     "--lr",       "0.05",    "--engine", "sparse", "--jobs",     "1"};
    run(QStringList{"train", "--run-dir", "run", "--seeds", "0,1", "--validation", "50", "--json"} + training);
    run(QStringList{"compare", "-o", "compared", "--rows", "random,dnm-m3", "--seeds", "0,1", "--validation", "0"} +
        training);
#ifdef DNM_STUDIO
    for (const char* name : {"figure.svg", "figure.png"}) run({"figure", "net.npz", "-o", name, "--width", "120.5mm"});
    run({"figure", "net.npz", "-o", "degree.svg", "--panel", "degree"});
    run({"figure", "--run-dir", "run", "-o", "curves.svg", "--smoothing", "0.5"});
#endif
    for (QDirIterator it(folder, QDir::Files, QDirIterator::Subdirectories); it.hasNext();) {
      QFile file(it.next());
      const QString name = QDir(folder).relativeFilePath(file.fileName());
      if (name.contains("tfevents") || name.endsWith(".pt") || !file.open(QIODevice::ReadOnly)) continue;
      const QByteArray bytes = file.readAll();
      given[name] = name.endsWith("epochs.csv") ? without_seconds(bytes) : without_times(bytes);
    }
    return given;
  }

 private Q_SLOTS:
  void initTestCase() { samples::write_data_set(folder_.filePath("data").toStdString(), 200, 50); }

  void numbers_and_files_are_those_of_the_c_locale() {
    if (locales_.names().isEmpty()) QSKIP("localedef makes no locales here; install Debian's package locales");
    const QMap<QString, QByteArray> expected = results("C");
    QVERIFY(expected.contains("run/seed-1/epochs.csv") && expected.contains("compared/comparison.csv"));
    for (auto entry = expected.begin(); entry != expected.end(); ++entry)
      QVERIFY2(!entry.value().isEmpty(), qPrintable(entry.key()));
    for (const QString& locale : locales_.names()) {
      const QMap<QString, QByteArray> got = results(locale);
      QCOMPARE(got.keys(), expected.keys());
      for (auto entry = expected.begin(); entry != expected.end(); ++entry)
        QVERIFY2(got[entry.key()] == entry.value(), qPrintable(locale + ": " + entry.key()));
    }
  }

  void a_decimal_comma_is_an_error_in_every_locale() {
    for (const QString& locale : QStringList{"C"} + locales_.names()) {
      for (const QStringList& arguments :
           {QStringList{"generate", "--sparsity", "0,95"}, QStringList{"generate", "--dendrites", "gaussian:2,05"},
            QStringList{"train", "--data", "mnist", "--lr", "0,05"}}) {
        const Outcome outcome =
            run_dnm(arguments + QStringList{"-o", "x.npz"}.first(arguments[0] == "generate" ? 2 : 0), folder_.path(),
                    locales_.environment(locale));
        QVERIFY2(outcome.status != 0 && outcome.is_one_sentence(), qPrintable(outcome.describe()));
        QVERIFY2(outcome.errors.contains("write "), outcome.errors.constData());
      }
    }
    QVERIFY(!QFile::exists(folder_.filePath("x.npz")));
  }
};

DNM_TEST(TestLocales, QCoreApplication)
#include "test_locales.moc"
