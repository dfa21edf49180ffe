// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include "core/files/network_files.h"
#include "tests/app/cli/dnm_process.h"
#include "tests/support/places.h"
#include "tests/support/test_class.h"

/// Files as people bring them to the commands: piped, compressed, under odd names, read in one way or the other, of
/// named nodes, of nothing.
class TestReading : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;

  static QString reference(const QString& name) { return QString(dnm::test::reference_folder()) + "/" + name; }
  Outcome run(const QStringList& arguments) const { return run_dnm(arguments, folder_.path()); }
  /// A line of bash, in which dnm is the program.
  Outcome shell(const QString& line) const {
    QProcess process;
    process.setWorkingDirectory(folder_.path());
    process.start("bash", {"-c", "set -o pipefail; dnm() { '" + QString(dnm::test::program_folder()) +
                                     "/dnm' \"$@\"; }; " + line});
    Outcome outcome;
    const bool ended = process.waitForFinished(120000);
    outcome.output = process.readAllStandardOutput();
    outcome.errors = process.readAllStandardError();
    if (ended && process.exitStatus() == QProcess::NormalExit) outcome.status = process.exitCode();
    return outcome;
  }
  QByteArray content(const QString& name) const {
    QFile file(folder_.filePath(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
  }
  void write(const QString& name, const QByteArray& text) const {
    QFile file(folder_.filePath(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
  }

 private Q_SLOTS:
  void reads_standard_input_and_pipes_data() {
    QTest::addColumn<QString>("line");
    const auto row = [](const char* name, const char* line) { QTest::newRow(name) << QString(line); };
    row("standard input", "cat karate.tsv | dnm measure -");
    row("its device", "cat karate.tsv | dnm measure /dev/stdin");
    row("a redirected file", "dnm measure - < karate.tsv");
    row("a process", "dnm measure <(cat karate.tsv)");
    row("an archive", "dnm measure - < karate.npz");
    row("a graph", "cat karate.graphml | dnm measure -");
    row("a matrix", "cat karate.mtx | dnm measure -");
    row("Pajek", "cat karate.net | dnm measure -");
    row("a table", "cat karate.csv | dnm measure -");
    row("compressed", "gzip -c karate.graphml | dnm measure -");
    row("a compressed file", "gzip -c karate.csv > karate.csv.gz; dnm measure karate.csv.gz");
    row("a format that is given", "grep -v '#' karate.tsv | dnm measure - --format edges");
    row("through a conversion", "dnm convert karate.npz - --format net | dnm measure -");
    row("from both ends", "cat karate.mtx | dnm convert - - --format .GraphML | dnm measure - --format graphml");
  }
  void reads_standard_input_and_pipes() {
    QFETCH(QString, line);
    for (const char* name : {"karate.npz", "karate.graphml", "karate.mtx", "karate.net", "karate.csv"}) {
      if (!QFile::exists(folder_.filePath(name))) QCOMPARE(run({"convert", reference("karate.tsv"), name}).status, 0);
    }
    if (!QFile::exists(folder_.filePath("karate.tsv")))
      QFile::copy(reference("karate.tsv"), folder_.filePath("karate.tsv"));
    const Outcome outcome = shell(line + " --json --draws 1 --runs 1");
    QVERIFY2(outcome.status == 0, qPrintable(outcome.describe()));
    QVERIFY2(outcome.errors.isEmpty(), outcome.errors);
    QCOMPARE(outcome.json()["nodes"].toInt(), 34);
    QCOMPARE(outcome.json()["edges"].toInt(), 78);
  }

  void writes_to_standard_output() {
    const Outcome piped = shell("dnm generate --layers 5,4 --sparsity 0.5 -o - --format tsv");
    QVERIFY2(piped.status == 0 && piped.errors.isEmpty(), qPrintable(piped.describe()));
    QCOMPARE(run({"generate", "--layers", "5,4", "--sparsity", "0.5", "-o", "drawn.tsv"}).status, 0);
    const auto links = [](const QByteArray& table) {
      QList<QByteArray> rows;
      for (const QByteArray& row : table.split('\n')) {
        if (!row.startsWith("# provenance")) rows += row;  // the command line is another
      }
      return rows;
    };
    QVERIFY(links(piped.output) == links(content("drawn.tsv")));
    QVERIFY(!QFile::exists(folder_.filePath("-")));
    for (const char* line : {"dnm generate -o -", "dnm generate -o - --format npz", "dnm generate -o x.tsv.gz"}) {
      const Outcome refused = shell(line);
      QVERIFY2(refused.status == 1 && refused.is_one_sentence(), qPrintable(refused.describe()));
    }
    const Outcome unknown = shell("dnm generate -o x --format pdf");
    QVERIFY2(unknown.status == 2 && unknown.is_one_sentence(), qPrintable(unknown.describe()));
  }

  void two_dashes_end_the_options() {
    write("-odd.tsv", "0\t1\n");
    const Outcome read = run({"measure", "--json", "--", "-odd.tsv"});
    QVERIFY2(read.status == 0, qPrintable(read.describe()));
    QCOMPARE(read.json()["edges"].toInt(), 1);
    QCOMPARE(run({"convert", "--", "-odd.tsv", "-out.npz"}).status, 0);
    QVERIFY(QFile::exists(folder_.filePath("-out.npz")));
    const Outcome wrong = run({"measure", "--", "-odd.tsv", "more"});
    QCOMPARE(wrong.status, 2);
    QVERIFY2(wrong.is_one_sentence() && wrong.errors.contains("more"), wrong.errors);
  }

  void reads_as_it_is_told() {
    write("two.csv", "source,target\na,x\nb,x\nb,y\n");
    QCOMPARE(run({"measure", "two.csv", "--json"}).json()["layers"].toArray(), (QJsonArray{4}));
    QCOMPARE(run({"measure", "two.csv", "--as", "layers", "--json"}).json()["layers"].toArray(), (QJsonArray{2, 2}));
    QCOMPARE(run({"convert", "two.csv", "two.npz", "--as", "layers"}).status, 0);
    QCOMPARE(run({"measure", "two.npz", "--json"}).json()["layers"].toArray(), (QJsonArray{2, 2}));
    QCOMPARE(run({"measure", "two.npz", "--as", "graph", "--json"}).json()["layers"].toArray(), (QJsonArray{4}));
    QVERIFY(run({"embed", "two.csv", "--as", "layers"}).output.contains("\n3\t1\t"));  // y is of layer 1
    const Outcome unknown = run({"measure", "two.csv", "--as", "layer"});
    QCOMPARE(unknown.status, 2);
    QVERIFY2(unknown.is_one_sentence() && unknown.errors.contains("did you mean \"layers\"?"), unknown.errors);
    const Outcome no_file = run({"measure", "--layers", "5,5", "--as", "graph"});
    QCOMPARE(no_file.status, 2);
    QVERIFY2(no_file.is_one_sentence() && no_file.errors.contains("FILE"), no_file.errors);
    // A figure's session keeps it.
    const Outcome figure = run({"figure", "two.csv", "--as", "layers", "--panel", "matrix", "-o", "two.svg"});
    if (figure.status == 1 && figure.errors.contains("build")) return;
    QVERIFY2(figure.status == 0, qPrintable(figure.describe()));
    QVERIFY(run({"figure", "--session", "two.svg", "--panel", "matrix", "-o", "again.svg"}).status == 0);
    const auto without_session = [&](const QString& name) {
      QString text = QString::fromUtf8(content(name));
      return text.remove(QRegularExpression("<metadata.*</metadata>", QRegularExpression::DotMatchesEverythingOption))
          .remove(QRegularExpression("<desc.*</desc>", QRegularExpression::DotMatchesEverythingOption));
    };
    QCOMPARE(without_session("again.svg"), without_session("two.svg"));
  }

  void names_nodes_beside_their_coordinates() {
    write("names.csv", "source,target\nNew York,Boston\nBoston,Paris\nParis,New York\nParis,\"a\tb\"\n");
    const Outcome embedded = run({"embed", "names.csv", "-o", "coordinates.tsv"});
    QVERIFY2(embedded.status == 0, qPrintable(embedded.describe()));
    const QList<QByteArray> rows = content("coordinates.tsv").split('\n');
    QCOMPARE(rows[0], QByteArray("node\tlayer\ttheta\tr\tx\ty\tcomponent\tname"));
    const char* const names[] = {"New York", "Boston", "Paris", "a b"};
    for (int node = 0; node < 4; ++node) {
      QCOMPARE(rows[node + 1].split('\t').size(), 8);
      QCOMPARE(rows[node + 1].split('\t').last(), QByteArray(names[node]));
    }
    // It is a table to compare with, as before.
    const Outcome compared = run({"embed", "names.csv", "--reference", "coordinates.tsv", "--json"});
    QCOMPARE(compared.json()["quality"].toObject()["hd_correlation"].toDouble(), 1.0);
    QCOMPARE(compared.json()["coordinates"].toArray()[0].toObject()["name"].toString(), QString("New York"));
    QVERIFY(run({"embed", reference("karate.tsv")}).output.startsWith("node\tlayer\ttheta\tr\tx\ty\tcomponent\n"));
    QVERIFY(!run({"embed", reference("karate.tsv"), "--json"}).output.contains("\"name\""));
  }

  void keeps_names_through_every_format() {
    write("names.tsv", "tp53\tbrca1\nbrca1\tatm\natm\ttp53\n");
    QString previous = "names.tsv";
    for (const char* next : {"a.npz", "b.mtx", "c.net", "d.tsv", "e.csv"}) {
      const Outcome converted = run({"convert", previous, next});
      QVERIFY2(converted.status == 0, qPrintable(converted.describe()));
      previous = next;
    }
    QCOMPARE(content("e.csv"), QByteArray("source,target\ntp53,brca1\ntp53,atm\nbrca1,atm\n"));
    QCOMPARE(run({"convert", "d.tsv", "f.graphml", "--attributes"}).status, 0);
    QVERIFY(content("f.graphml").contains("<node id=\"brca1\">"));
    QVERIFY(content("f.graphml").contains("<edge source=\"tp53\" target=\"brca1\"/>"));
    // What a table of links loses is said.
    const Outcome layered = run({"convert", reference("layered_98_196_196_s90.tsv"), "l.csv"});
    QVERIFY2(layered.status == 0 && layered.errors.contains("layers"), qPrintable(layered.describe()));
  }

  /// Each command on networks of nothing: no crash, and a sentence where there is nothing to do.
  void commands_survive_nothing_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("no nodes") << QByteArray("# N=0 E=0\n");
    QTest::newRow("no links") << QByteArray("# N=3 E=0\n");
    QTest::newRow("one node") << QByteArray("# N=1 E=0\n");
    QTest::newRow("layers without links") << QByteArray("# layers=2,3\n# N=5 E=0\n");
    QTest::newRow("an empty file") << QByteArray();
  }
  void commands_survive_nothing() {
    QFETCH(QByteArray, text);
    write("nothing.tsv", text);
    QList<QStringList> commands{{"measure", "nothing.tsv"},
                                {"measure", "nothing.tsv", "--json", "--chance", "3", "--p-value"},
                                {"embed", "nothing.tsv"},
                                {"embed", "nothing.tsv", "--json"},
                                {"figure", "nothing.tsv", "-o", "nothing.svg"},
                                {"figure", "nothing.tsv", "-o", "nothing.png", "--panel", "all"},
                                {"train", "nothing.tsv", "--data", "fashion-mnist", "--epochs", "1"}};
    for (const dnm::NetworkFormat& format : dnm::network_formats()) {
      if (format.write == nullptr) continue;
      const QString name = "nothing_out" + QString::fromUtf8(format.extension.data());
      commands += QStringList{"convert", "nothing.tsv", name};
      if (format.keeps_attributes) commands += QStringList{"convert", "nothing.tsv", name, "--attributes"};
    }
    for (const QStringList& command : commands) {
      const Outcome outcome = run(command);
      const bool refused = outcome.status == 1 && outcome.errors.trimmed().split('\n').last().startsWith("dnm: ");
      QVERIFY2(outcome.status == 0 || refused, qPrintable(command.join(' ') + ": " + outcome.describe()));
      const bool must_work = command[0] == "measure" || command[0] == "convert";
      QVERIFY2(!must_work || outcome.status == 0, qPrintable(command.join(' ') + ": " + outcome.describe()));
    }
  }

  /// Compressed data that unpack to far more than the memory there is.
  void refuses_a_bomb_in_one_sentence() {
    const Outcome made = shell(
        "head -c 16777216 /dev/zero | tr '\\0' '\\n' | gzip -9 > part.gz; "
        "for i in $(seq 400); do cat part.gz; done > bomb.tsv.gz");
    QVERIFY2(made.status == 0, qPrintable(made.describe()));
    const Outcome refused = shell("ulimit -v 3000000; dnm measure bomb.tsv.gz");
    QVERIFY2(refused.status == 1 && refused.is_one_sentence(), qPrintable(refused.describe()));
  }
};

DNM_TEST(TestReading, QCoreApplication)
#include "test_reading.moc"
