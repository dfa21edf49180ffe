// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QMap>
#include <QRegularExpression>
#include <QTest>

#include "tests/app/cli/dnm_process.h"
#include "tests/support/places.h"
#include "tests/support/test_class.h"

/// `dnm help`, and whether the commands that the manual shows exist.
class TestManual : public QObject {
  Q_OBJECT

  const QDir folder_{QString(dnm::test::source_folder()) + "/resources/manual"};

  [[nodiscard]] QMap<QString, QString> pages() const {
    QMap<QString, QString> texts;
    for (QDirIterator file(folder_.path(), {"*.md"}, QDir::Files, QDirIterator::Subdirectories); file.hasNext();) {
      QFile page(file.next());
      if (!page.open(QIODevice::ReadOnly)) continue;
      texts[folder_.relativeFilePath(page.fileName()).chopped(3)] = QString::fromUtf8(page.readAll());
    }
    return texts;
  }

 private Q_SLOTS:
  void help_lists_every_topic() {
    const Outcome outcome = run_dnm({"help"});
    QCOMPARE(outcome.status, 0);
    for (const QString& topic : pages().keys())
      QVERIFY2(outcome.output.contains(("  " + topic + " ").toUtf8()), qPrintable(topic));
  }

  void every_topic_is_printed() {
    const auto texts = pages();
    for (auto page = texts.begin(); page != texts.end(); ++page) {
      const Outcome outcome = run_dnm({"help", page.key()});
      QVERIFY2(outcome.status == 0 && outcome.errors.isEmpty(), qPrintable(outcome.describe()));
      const QString title = page.value().section('\n', 0, 0).mid(2);
      const QString text = QString::fromUtf8(outcome.output);
      QVERIFY2(text.startsWith(title + "\n" + QString(title.size(), '=') + "\n\n"), qPrintable(text.left(200)));
      for (const QString& line : text.split('\n')) {
        if (line.startsWith("    ")) continue;  // code
        const bool has_marks = line.contains("](") || line.contains("**") || line.contains("`");
        QVERIFY2(line.size() <= 100 && !has_marks, qPrintable(page.key() + ": " + line));
      }
    }
  }

  /// k̄ is two code points in one column.
  void combining_marks_take_no_column() {
    const QString text = QString::fromUtf8(run_dnm({"help", "methods/model"}).output);
    const QString mean = text.section("mean degree of", 0, 0).section('\n', -1);
    const QString degree = text.section("degree: links", 0, 0).section('\n', -1);
    QCOMPARE(mean.size(), degree.size() + 1);
  }

  void topics_and_commands_by_name() {
    QCOMPARE(run_dnm({"help", "model"}).output, run_dnm({"help", "methods/model"}).output);
    QVERIFY(run_dnm({"help", "measure"}).output.contains("--draws"));
    QVERIFY(run_dnm({"help", "measures"}).output.startsWith("Measures\n"));
  }

  void wrong_topics_are_refused_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("must_hold");
    QTest::newRow("near a page") << QStringList{"help", "methods/modle"} << "did you mean \"methods/model\"?";
    QTest::newRow("near a command") << QStringList{"help", "mesure"} << "did you mean \"measure\"?";
    QTest::newRow("near nothing") << QStringList{"help", "zzzzzzzzzz"} << "dnm help lists them";
    QTest::newRow("too many") << QStringList{"help", "model", "more"} << "unexpected argument more";
  }
  void wrong_topics_are_refused() {
    QFETCH(QStringList, arguments);
    QFETCH(QString, must_hold);
    const Outcome outcome = run_dnm(arguments);
    QCOMPARE(outcome.status, 2);
    QVERIFY2(outcome.is_one_sentence() && outcome.errors.contains(must_hold.toUtf8()), outcome.errors.constData());
  }

  void every_command_has_its_section() {
    const QString page = pages()["using/command-line"];
    const QStringList names = command_names();
    QVERIFY(names.size() > 5);
    for (const QString& name : names) QVERIFY2(page.contains("\n## " + name + "\n"), qPrintable(name));
  }

  /// Lines of code blocks that begin with "dnm ": the command and each of its options exist.
  void commands_shown_exist() {
    static const QRegularExpression option("--[a-z][a-z-]*");
    const QStringList names = command_names();
    QMap<QString, QString> help;
    int lines = 0;
    const auto texts = pages();
    for (auto page = texts.begin(); page != texts.end(); ++page) {
      bool in_code = false;
      for (const QString& line : page.value().split('\n')) {
        if (line.trimmed().startsWith("```")) in_code = !in_code;
        if (!in_code || !line.startsWith("dnm ")) continue;
        const QString command = line.section(' ', 1, 1);
        const QString where = page.key() + ": " + line;
        QVERIFY2(names.contains(command), qPrintable(where));
        if (command == "help") continue;
        if (!help.contains(command)) help[command] = QString::fromUtf8(run_dnm({command, "--help"}).output);
        for (auto match = option.globalMatch(line); match.hasNext();) {
          const QString name = match.next().captured(0);
          QVERIFY2(help[command].contains(QRegularExpression(name + "(?![a-z-])")), qPrintable(where));
        }
        ++lines;
      }
    }
    QVERIFY(lines > 20);
  }
};

DNM_TEST(TestManual, QCoreApplication)
#include "test_manual.moc"
