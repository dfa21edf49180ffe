// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QDir>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include "tests/app/cli/dnm_process.h"
#include "tests/support/test_class.h"

/// What `dnm completion` prints, in the real shells.
class TestCompletion : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;

  [[nodiscard]] QString script(const QString& shell) const { return folder_.filePath("dnm." + shell); }

  [[nodiscard]] QStringList lines_of(const QString& program, const QStringList& arguments) const {
    QProcess process;
    process.setWorkingDirectory(folder_.path());
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    if (!process.waitForFinished(60000) || process.exitCode() != 0) return {"failed: " + process.readAll()};
    return QString::fromUtf8(process.readAll()).split('\n', Qt::SkipEmptyParts);
  }

  /// What bash offers for the last of these words, as it splits them: at blanks and "=".
  [[nodiscard]] QStringList offered(const QStringList& words) const {
    const QString call =
        "source " + script("bash") +
        "; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); _dnm; [ ${#COMPREPLY[@]} = 0 ] || printf '%s\\n' "
        "\"${COMPREPLY[@]}\"";
    return lines_of("bash", QStringList{"-c", call, "bash"} + words);
  }

  /// The long options that the help of a command lists.
  [[nodiscard]] static QStringList options_of(const QString& command) {
    static const QRegularExpression name("^  (?:-\\w, )?(--[a-z][a-z0-9-]*)", QRegularExpression::MultilineOption);
    QStringList names;
    const QString help = QString::fromUtf8(run_dnm({command, "--help"}).output);
    for (auto match = name.globalMatch(help); match.hasNext();) names += match.next().captured(1);
    return names;
  }

 private Q_SLOTS:
  void initTestCase() {
    for (const char* shell : {"bash", "zsh", "fish"}) {
      const Outcome outcome = run_dnm({"completion", shell, "-o", script(shell)});
      QVERIFY2(outcome.status == 0, qPrintable(outcome.describe()));
    }
    QVERIFY(QDir(folder_.path()).mkdir("runs-of-mine"));
  }

  void every_command_and_option_is_offered() {
    QStringList commands = offered({"dnm", ""});
    for (const QString& name : command_names()) QVERIFY2(commands.contains(name), qPrintable(name));
    for (const QString& name : command_names()) {
      if (name == "help") continue;
      const QStringList options = options_of(name);
      QVERIFY(options.contains("--help"));
      const QStringList words = offered({"dnm", name, "--"});
      for (const QString& option : options) QVERIFY2(words.contains(option), qPrintable(name + " " + option));
    }
  }

  void values_are_offered_data() {
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QStringList>("expected");
    QTest::newRow("beginning of a command") << QStringList{"dnm", "tra"} << QStringList{"train", "translate"};
    QTest::newRow("rules") << QStringList{"dnm", "train", "--method", "ch"} << QStringList{"cht", "chts", "chtss"};
    QTest::newRow("behind =") << QStringList{"dnm", "train", "--method", "=", "gr"} << QStringList{"granet"};
    QTest::newRow("right behind =") << QStringList{"dnm", "convert", "--as", "="} << QStringList{"graph", "layers"};
    QTest::newRow("a list") << QStringList{"dnm", "compare", "--rows", "random,bs"} << QStringList{"random,bsw"};
    QTest::newRow("families") << QStringList{"dnm", "generate", "--degree", "fi"} << QStringList{"fixed"};
    QTest::newRow("presets") << QStringList{"dnm", "figure", "--preset", "poster-"}
                             << QStringList{"poster-a", "poster-b", "poster-c", "poster-d"};
    QTest::newRow("folders") << QStringList{"dnm", "train", "--run-dir", "ru"} << QStringList{"runs-of-mine"};
    QTest::newRow("arguments") << QStringList{"dnm", "data", "fe"} << QStringList{"fetch"};
    QTest::newRow("topics") << QStringList{"dnm", "help", "methods/mo"} << QStringList{"methods/model"};
    QTest::newRow("files, by the shell itself") << QStringList{"dnm", "measure", "x"} << QStringList{};
    QTest::newRow("numbers") << QStringList{"dnm", "train", "--epochs", "1"} << QStringList{};
  }
  void values_are_offered() {
    QFETCH(QStringList, words);
    QFETCH(QStringList, expected);
    QCOMPARE(offered(words), expected);
  }

  void other_shells_take_their_scripts() {
    int found = 0;
    for (const QString shell : {"zsh", "fish"}) {
      const QString program = QStandardPaths::findExecutable(shell);
      if (program.isEmpty()) continue;
      ++found;
      QCOMPARE(lines_of(program, {"-n", script(shell)}), QStringList{});
    }
    if (const QString fish = QStandardPaths::findExecutable("fish"); !fish.isEmpty()) {
      const auto offered_by_fish = [&](const QString& line) {
        QStringList words;
        for (const QString& word : lines_of(fish, {"-c", "source " + script("fish") + "; complete -C '" + line + "'"}))
          words += word.section('\t', 0, 0);
        return words;
      };
      QCOMPARE(offered_by_fish("dnm train --method ch"), (QStringList{"cht", "chts", "chtss"}));
      QCOMPARE(offered_by_fish("dnm compare --rows random,bs"), QStringList{"random,bsw"});
      QCOMPARE(offered_by_fish("dnm train --run-dir ru"), QStringList{"runs-of-mine/"});
    }
    if (found == 0) QSKIP("neither zsh nor fish is installed");
  }

  void an_unknown_shell_is_wrong_usage() {
    const Outcome outcome = run_dnm({"completion", "bish"});
    QCOMPARE(outcome.status, 2);
    QVERIFY2(outcome.is_one_sentence(), qPrintable(outcome.describe()));
    QVERIFY(outcome.errors.contains("did you mean \"bash\"?"));
  }
};

DNM_TEST(TestCompletion, QCoreApplication)
#include "test_completion.moc"
