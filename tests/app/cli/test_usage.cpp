// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include "core/support/version.h"
#include "tests/app/cli/dnm_process.h"
#include "tests/support/places.h"
#include "tests/support/test_class.h"

/// The contract of every command: help, exit status, and one sentence for whatever cannot be done.
class TestUsage : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;

  void write(const QString& name, const QByteArray& content) {
    QFile file(folder_.filePath(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
  }

 private Q_SLOTS:
  void initTestCase() {
    write("ring.tsv", "0\t1\n1\t2\n2\t3\n3\t0\n0\t2\n1\t3\n");
    write("broken.npz", "PK\x03\x04 and then nothing");
    write("range.tsv", "# N=3\n0\t7\n");
    write("huge.tsv", "# N=2000000000\n0\t5\n");
    write("pairs.tsv", "0\t1\n0\t9\n");
    write("broken.dnm.json", "{\"version\": 1, \"parameters\": ");
    write("unknown.dnm.json",
          R"({"format": "dnm-session", "version": 1, "parameters": {"layers": [9, 9], "degree": "gausian"}})");
  }

  void helps_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("must_hold");
    QTest::newRow("program") << QStringList{"--help"} << "Commands:";
    QTest::newRow("short") << QStringList{"-h"} << "Commands:";
    QTest::newRow("version") << QStringList{"--version"} << QString("dnm ") + dnm::program_version();
    for (const QString& name : command_names()) {
      if (name == "help") continue;
      QTest::addRow("%s --help", qPrintable(name)) << QStringList{name, "--help"} << "Usage: dnm " + name;
      QTest::addRow("help %s", qPrintable(name)) << QStringList{"help", name} << "Usage: dnm " + name;
    }
    QTest::newRow("options come from the model table") << QStringList{"generate", "--help"} << "--receptive-field";
    QTest::newRow("spreads come from the model table") << QStringList{"measure", "--help"} << "half width";
    QTest::newRow("a flag that takes a number") << QStringList{"measure", "--help"} << "--p-value=N";
    QTest::newRow("options come from the training table") << QStringList{"train", "--help"} << "--weight-decay";
    QTest::newRow("presets") << QStringList{"presets"} << "poster-d";
  }
  void helps() {
    QFETCH(QStringList, arguments);
    QFETCH(QString, must_hold);
    const Outcome outcome = run_dnm(arguments);
    QCOMPARE(outcome.status, 0);
    QVERIFY2(outcome.output.contains(must_hold.toUtf8()), outcome.output.constData());
    QVERIFY(outcome.errors.isEmpty());
  }

  /// A script can put its own option after a default.
  void the_last_of_two_counts() {
    const Outcome outcome = run_dnm(
        {"generate", "--layers", "20,30", "--layers", "4,6", "-o", "first.npz", "-o", "last.npz"}, folder_.path());
    QVERIFY2(outcome.status == 0, qPrintable(outcome.describe()));
    QVERIFY2(outcome.output.startsWith("last.npz: dnm 4-6"), outcome.output.constData());
    QVERIFY(!QFile::exists(folder_.filePath("first.npz")));
    const Outcome layers =
        run_dnm({"generate", "--layers", "9,8,7", "--degree", "fixed", "--degree", "2=uniform:0.5", "-o", "x.tsv"},
                folder_.path());
    QVERIFY2(layers.status == 0, qPrintable(layers.describe()));
  }

  void refuses_wrong_usage_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("must_hold");
    const auto row = [](const char* name, const QStringList& arguments, const char* must_hold) {
      QTest::newRow(name) << arguments << QString::fromUtf8(must_hold);
    };
    row("no command", {}, "--help");
    row("unknown command", {"mesure"}, "did you mean \"measure\"?");
    row("a command far from any", {"xyzzy-plugh"}, "command \"xyzzy-plugh\" is not known");
    row("unknown program option", {"--frobnicate"}, "option \"--frobnicate\" is not known");
    row("unknown option", {"measure", "--sparsty", "0.5"}, "did you mean \"--sparsity\"?");
    row("unknown option with value", {"generate", "--layer=9,9", "-o", "x.npz"}, "did you mean \"--layers\"?");
    row("unknown option of train", {"train", "--epoch", "3"}, "did you mean \"--epochs\"?");
    row("option far from any", {"embed", "--zzzzzzzz"}, "dnm embed --help");
    row("missing value", {"measure", "--sparsity"}, "--sparsity");
    row("missing output", {"generate"}, "--output is required");
    row("missing output of figure", {"figure"}, "--output is required");
    row("one file too many", {"measure", "ring.tsv", "ring.tsv"}, "unexpected argument");
    row("options after the last", {"measure", "--", "ring.tsv", "--draws=2"}, "write options before --");
    row("one file too few", {"convert", "ring.tsv"}, "OUT");
    row("file and model", {"measure", "ring.tsv", "--sparsity", "0.5"}, "not both");
    row("file and preset", {"measure", "ring.tsv", "--preset", "poster-a"}, "not both");
    row("file and hidden", {"train", "ring.tsv", "--hidden", "10"}, "not both");
    row("layers and hidden", {"train", "--layers", "784,10", "--hidden", "10"}, "not both");
    row("seed and seeds", {"train", "--seed", "1", "--seeds", "1,2"}, "--seeds");
    row("resume without folder", {"train", "--resume"}, "--run-dir");
    row("runs and a model", {"figure", "--run-dir", "runs", "--model", "random", "-o", "x.svg"}, "not both");
    row("smoothing without runs", {"figure", "--smoothing", "0.5", "-o", "x.svg"}, "--run-dir");
    row("smoothing in words", {"figure", "--run-dir", "runs", "--smoothing", "much", "-o", "x.svg"},
        "--smoothing = much is no number");
    row("unknown family", {"measure", "--degree", "gausian"}, "did you mean \"gaussian\"?");
    row("unknown preset", {"measure", "--preset", "poster-z"}, "did you mean");
    row("unknown Q", {"measure", "--q", "spectrl"}, "did you mean \"spectral\"?");
    row("unknown model", {"measure", "--model", "dmn"}, "dnm");
    row("unknown family of one layer", {"measure", "--degree", "2=gausian"}, "did you mean \"gaussian\"?");
    row("unknown embedding", {"embed", "ring.tsv", "--method", "RA9-LE-EA"}, "RA9");
    row("unknown rule", {"train", "--method", "rigel"}, "did you mean \"rigl\"?");
    row("figure has no generate", {"generate", "ring.tsv", "-o", "x.npz"}, "unexpected argument");
  }
  void refuses_wrong_usage() {
    QFETCH(QStringList, arguments);
    QFETCH(QString, must_hold);
    const Outcome outcome = run_dnm(arguments, folder_.path());
    QCOMPARE(outcome.status, 2);
    QVERIFY2(outcome.is_one_sentence(), qPrintable(outcome.describe()));
    QVERIFY2(outcome.errors.contains(must_hold.toUtf8()), outcome.errors.constData());
  }

  void refuses_bad_input_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("must_hold");
    const auto row = [](const char* name, const QStringList& arguments, const char* must_hold) {
      QTest::newRow(name) << arguments << QString::fromUtf8(must_hold);
    };
    row("missing file", {"measure", "nothing.npz"}, "nothing.npz");
    row("missing table", {"embed", "nothing.tsv"}, "nothing.tsv");
    row("missing session", {"measure", "nothing.dnm.json"}, "nothing.dnm.json");
    row("unknown family in a session", {"measure", "unknown.dnm.json"}, "did you mean \"gaussian\"?");
    row("broken archive", {"measure", "broken.npz"}, "broken.npz");
    row("broken session", {"measure", "broken.dnm.json"}, "broken.dnm.json");
    row("index out of range", {"measure", "range.tsv"}, "line 2");
    row("unknown format", {"measure", "ring.graph"}, ".npz");
    row("sparsity 1.5", {"generate", "--sparsity", "1.5", "-o", "x.npz"}, "sparsity");
    row("sparsity nan", {"generate", "--sparsity", "nan", "-o", "x.npz"}, "sparsity");
    row("sparsity in words", {"measure", "--sparsity", "much"}, "sparsity");
    row("jobs in words", {"train", "--jobs", "all"}, "jobs: \"all\" is not a whole number");
    row("negative jobs", {"compare", "-o", "x", "--jobs", "-1"},
        "jobs = -1 is out of range; give a number from 0 to 100000\n");
    row("layer of size 0", {"generate", "--layers", "98,0,196", "-o", "x.npz"}, "layers");
    row("layer of negative size", {"generate", "--layers", "98,-5", "-o", "x.npz"}, "layers");
    row("one layer", {"generate", "--layers", "98", "-o", "x.npz"}, "two layers");
    row("10^9 neurons", {"generate", "--layers", "1000000000,1000000000", "-o", "x.npz"}, "GiB");
    row("10^9 neurons, sparse", {"measure", "--layers", "1000000000,98", "--sparsity", "0.9"}, "GiB");
    row("a table of 2·10^9 nodes", {"measure", "huge.tsv"}, "GiB");
    row("10^20 neurons", {"generate", "--layers", "100000000000000000000,5", "-o", "x.npz"}, "layers");
    row("layer that is not there", {"measure", "--degree", "3=fixed"}, "layer 3");
    row("option of another model", {"measure", "--model", "random", "--dendrites", "fixed:3"}, "--dendrites");
    row("no runs", {"measure", "--runs", "0"}, "runs");
    row("draws in words", {"measure", "--draws", "ten"}, "draws");
    row("removed pair that is no link", {"measure", "ring.tsv", "--removed", "pairs.tsv"}, "not a link");
    row("removed list missing", {"measure", "ring.tsv", "--removed", "none.tsv"}, "none.tsv");
    row("unwritable folder", {"generate", "-o", "/proc/nowhere/x.npz"}, "/proc/nowhere/x.npz");
    row("missing folder", {"convert", "ring.tsv", "missing/x.npz"}, "does not exist");
    row("missing folder for coordinates", {"embed", "ring.tsv", "-o", "missing/x.tsv"}, "does not exist");
    row("folder as output", {"generate", "-o", "."}, "name must end");
    row("format that is not written", {"convert", "ring.tsv", "ring.xyz"}, "ring.xyz");
  }
  void refuses_bad_input() {
    QFETCH(QStringList, arguments);
    QFETCH(QString, must_hold);
    const Outcome outcome = run_dnm(arguments, folder_.path());
    QCOMPARE(outcome.status, 1);
    QVERIFY2(outcome.is_one_sentence(), qPrintable(outcome.describe()));
    QVERIFY2(outcome.errors.contains(must_hold.toUtf8()), outcome.errors.constData());
    QVERIFY(!QFile::exists(folder_.filePath("x.npz")));
  }

  void tells_when_the_results_cannot_be_written() {
    QProcess process;
    process.setStandardOutputFile("/dev/full");
    process.start(QString(dnm::test::program_folder()) + "/dnm", {"measure", folder_.filePath("ring.tsv")});
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.exitCode(), 1);
    QVERIFY(process.readAllStandardError().contains("standard output"));
  }

  /// Neither Torch nor Qt nor VTK is loaded with the program itself.
  void depends_on_no_heavy_library() {
    QProcess linker;
    linker.start("ldd", {QString(dnm::test::program_folder()) + "/dnm"});
    if (!linker.waitForFinished() || linker.exitCode() != 0) QSKIP("ldd is not installed");
    const QByteArray libraries = linker.readAllStandardOutput();
    QVERIFY(libraries.contains("libdnm_core"));
    for (const char* heavy : {"torch", "libQt", "libvtk", "libc10"}) {
      QVERIFY2(!libraries.contains(heavy), libraries.constData());
    }
  }

  void tells_of_a_missing_module_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("train") << QStringList{"train", "--hidden", "20", "--epochs", "1"};
    QTest::newRow("compare") << QStringList{"compare", "-o", "compared"};
#ifdef DNM_STUDIO
    QTest::newRow("figure") << QStringList{"figure", "ring.tsv", "-o", "x.svg"};
#endif
  }
  void tells_of_a_missing_module() {
    QFETCH(QStringList, arguments);
    const Outcome outcome = run_dnm(arguments, folder_.path(), {{"DNM_MODULE_PATH", folder_.path()}});
    QCOMPARE(outcome.status, 1);
    QVERIFY2(outcome.is_one_sentence(), qPrintable(outcome.describe()));
    QVERIFY2(outcome.errors.contains("not part of this build"), outcome.errors.constData());
    QVERIFY(!QFile::exists(folder_.filePath("compared")));
  }
};

DNM_TEST(TestUsage, QCoreApplication)
#include "test_usage.moc"
