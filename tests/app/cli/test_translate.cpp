// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "tests/app/cli/dnm_process.h"
#include "tests/support/places.h"
#include "tests/support/test_class.h"
#include "tests/training/text_samples.h"

/// dnm translate, with a run of dnm train.
class TestTranslate : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;

  [[nodiscard]] QByteArray content(const QString& name) const {
    QFile file(folder_.filePath(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
  }
  void write(const QString& name, const QByteArray& bytes) const {
    QFile file(folder_.filePath(name));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
  }

 private Q_SLOTS:
  void initTestCase() {
    samples::write_text(folder_.filePath("text").toStdString());
    const Outcome trained = run_dnm({"train",       "--data",
                                     "text-folder", "--data-dir",
                                     "text",        "--architecture",
                                     "transformer", "--blocks",
                                     "1",           "--width",
                                     "16",          "--heads",
                                     "2",           "--feed-forward",
                                     "16",          "--pieces",
                                     "140",         "--places",
                                     "128",         "--epoch-steps",
                                     "8",           "--epochs",
                                     "2",           "--model",
                                     "random",      "--sparsity",
                                     "0.5",         "--optimiser",
                                     "adam",        "--lr",
                                     "0.01",        "--lr-schedule",
                                     "constant",    "--scored-sentences",
                                     "5",           "--run-dir",
                                     "run",         "--json"},
                                    folder_.path());
    QVERIFY2(trained.status == 0, qPrintable(trained.describe()));
    QCOMPARE(content("run/hypotheses.txt").count('\n'), 40);
  }

  void translates_files_and_pipes() {
    const QByteArray expected = content("run/hypotheses.txt");
    const Outcome of_file = run_dnm({"translate", "run", "text/test.en", "--score", "text/test.de"}, folder_.path());
    QVERIFY2(of_file.status == 0, qPrintable(of_file.describe()));
    QCOMPARE(of_file.output, expected);
    QVERIFY2(of_file.errors.startsWith("BLEU ") && of_file.errors.contains("tok:13a") &&
                 of_file.errors.contains("40 sentences"),
             of_file.errors.constData());
    // Line by line, each answered before the next is given; a blank line; the last without its end.
    QProcess process;
    process.setWorkingDirectory(folder_.path());
    process.start(QString(dnm::test::program_folder()) + "/dnm", {"translate", "run", "--threads", "2"});
    const QList<QByteArray> lines = content("text/test.en").split('\n');
    QByteArray answered;
    for (const QByteArray& line : {lines[0] + "\n", lines[1] + "\r\n", QByteArray("\n")}) {
      process.write(line);
      const qsizetype before = answered.count('\n');
      while (answered.count('\n') == before && process.waitForReadyRead(30000)) {
        answered += process.readAllStandardOutput();
      }
    }
    process.write(lines[2]);
    process.closeWriteChannel();
    QVERIFY(process.waitForFinished(30000));
    answered += process.readAllStandardOutput();
    const QList<QByteArray> all = expected.split('\n');
    QCOMPARE(answered, all[0] + "\n" + all[1] + "\n\n" + all[2] + "\n");
    QCOMPARE(process.exitCode(), 0);
  }

  void searches_as_it_is_told() {
    const Outcome greedy = run_dnm({"translate", "run/checkpoint.pt", "text/test.en", "--beam", "1"}, folder_.path());
    QCOMPARE(greedy.status, 0);
    QCOMPARE(greedy.output.count('\n'), 40);
    const Outcome again =
        run_dnm({"translate", "run", "text/test.en", "--beam", "2", "--length-penalty", "1"}, folder_.path());
    QCOMPARE(again.output, content("run/hypotheses.txt"));
  }

  void refusals_are_one_sentence_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("must_hold");
    QTest::newRow("no run") << QStringList{} << 2 << "RUN";
    QTest::newRow("nothing there") << QStringList{"nowhere"} << 1 << "nowhere";
    QTest::newRow("no checkpoint") << QStringList{"text"} << 1 << "epochs.csv";
    QTest::newRow("no file") << QStringList{"run", "missing.en"} << 1 << "missing.en";
    QTest::newRow("broken UTF-8") << QStringList{"run", "broken.en"} << 1 << "line 1 is not UTF-8";
    QTest::newRow("too long") << QStringList{"run", "long.en"} << 1 << "break it into sentences";
    QTest::newRow("no vocabulary") << QStringList{"bare", "text/test.en"} << 1 << "vocabulary.json";
    QTest::newRow("beam") << QStringList{"run", "text/test.en", "--beam", "0"} << 1 << "beam";
  }
  void refusals_are_one_sentence() {
    QFETCH(QStringList, arguments);
    QFETCH(int, status);
    QFETCH(QString, must_hold);
    write("broken.en", "w1 \xff .\n");
    write("long.en", QByteArray("w1 ").repeated(500) + "\n");
    QDir(folder_.path()).mkpath("bare");
    QFile::copy(folder_.filePath("run/checkpoint.pt"), folder_.filePath("bare/checkpoint.pt"));
    const Outcome outcome = run_dnm(QStringList{"translate"} + arguments, folder_.path());
    QCOMPARE(outcome.status, status);
    QVERIFY2(outcome.is_one_sentence() && outcome.errors.contains(must_hold.toUtf8()), outcome.errors.constData());
  }

  /// What came before a bad line is translated; references must be as many as lines.
  void says_what_is_wrong_after_what_was_right() {
    write("half.en", "w1 w2 .\nw3 \xff .\n");
    const Outcome half = run_dnm({"translate", "run", "half.en"}, folder_.path());
    QCOMPARE(half.status, 1);
    QCOMPARE(half.output.count('\n'), 1);
    QVERIFY2(half.errors.contains("line 2 is not UTF-8"), half.errors.constData());
    const Outcome uneven = run_dnm({"translate", "run", "text/test.en", "--score", "text/valid.de"}, folder_.path());
    QCOMPARE(uneven.status, 1);
    QVERIFY2(uneven.errors.contains("has 40 lines") && uneven.errors.contains("30"), uneven.errors.constData());
  }
};

DNM_TEST(TestTranslate, QCoreApplication)
#include "test_translate.moc"
