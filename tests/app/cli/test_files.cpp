// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

#include "core/files/network_files.h"
#include "tests/app/cli/dnm_process.h"
#include "tests/support/places.h"
#include "tests/support/test_class.h"

/// Every network format as FILE of the commands, and as what `dnm convert` writes.
class TestFiles : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;

  static QString reference(const QString& name) { return QString(dnm::test::reference_folder()) + "/" + name; }
  Outcome run(const QStringList& arguments) const { return run_dnm(arguments, folder_.path()); }
  void write(const QString& name, const QByteArray& content) const {
    QFile file(folder_.filePath(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
  }
  /// The lines of a table that are not comments, in rising order.
  static QList<QByteArray> sorted_rows(const QString& path) {
    QFile file(path);
    QList<QByteArray> rows;
    if (!file.open(QIODevice::ReadOnly)) return rows;
    for (const QByteArray& line : file.readAll().split('\n')) {
      if (!line.isEmpty() && !line.startsWith('#')) rows.push_back(line);
    }
    std::sort(rows.begin(), rows.end());
    return rows;
  }

 private Q_SLOTS:
  void never_replaces_the_file_it_reads() {
    QCOMPARE(run({"generate", "--layers", "20,30", "--sparsity", "0.5", "-o", "own.npz"}).status, 0);
    for (const char* name : {"own.npz", "./own.npz"}) {
      const Outcome refused = run({"convert", "own.npz", name});
      QVERIFY2(refused.status == 2 && refused.errors.contains("OUT is IN"), qPrintable(refused.describe()));
    }
    QCOMPARE(run({"measure", "own.npz", "--json"}).json()["edges"].toInt(), 300);
  }

  /// As the window does, which takes all of the parameters over.
  void measures_a_file_with_the_seed_it_was_drawn_with() {
    const QStringList model{"--layers", "30,40,30", "--sparsity", "0.9", "--seed", "7"};
    QCOMPARE(run(QStringList{"generate"} + model + QStringList{"-o", "seven.npz"}).status, 0);
    const auto sigma = [&](const QStringList& what) {
      return run(QStringList{"measure", "--json"} + what).json()["sigma_c"].toObject()["value"].toDouble();
    };
    const double drawn = sigma(model);
    QVERIFY(drawn > 0.0);
    QCOMPARE(sigma({"seven.npz"}), drawn);
    QVERIFY(sigma({"seven.npz", "--seed", "0"}) != drawn);
  }

  void converts_from_format_to_format_data() {
    QTest::addColumn<QString>("name");
    for (const char* name : {"karate_plus_fragments", "layered_98_196_196_s90", "bip_784_1568_s99"}) {
      QTest::newRow(name) << QString(name);
    }
  }
  void converts_from_format_to_format() {
    QFETCH(QString, name);
    QString previous = reference(name + ".tsv");
    const QByteArray layers =
        QJsonDocument(run({"measure", previous, "--json", "--draws", "1", "--runs", "1"}).json()["layers"].toArray())
            .toJson(QJsonDocument::Compact);
    for (const char* next : {"a.npz", "a.graphml", "a.mtx", "a.tsv", "b.mtx", "b.npz", "b.mtx", "b.graphml", "b.tsv"}) {
      const Outcome converted = run({"convert", previous, next});
      QVERIFY2(converted.status == 0, qPrintable(converted.describe()));
      QVERIFY2(converted.errors.isEmpty(), converted.errors.constData());
      previous = folder_.filePath(next);
    }
    QVERIFY(sorted_rows(previous) == sorted_rows(reference(name + ".tsv")));
    const QJsonObject read = run({"measure", "b.graphml", "--json", "--draws", "1", "--runs", "1"}).json();
    QCOMPARE(QJsonDocument(read["layers"].toArray()).toJson(QJsonDocument::Compact), layers);
    QVERIFY(read["notices"].toArray().isEmpty());
  }

  void writes_communities_and_coordinates() {
    const QString karate = reference("karate.tsv");
    const Outcome written = run({"convert", karate, "karate.graphml", "--attributes"});
    QVERIFY2(written.status == 0, qPrintable(written.describe()));
    QFile file(folder_.filePath("karate.graphml"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QXmlStreamReader xml(&file);
    QMap<QString, QStringList> values;
    while (!xml.atEnd()) {
      if (xml.readNext() == QXmlStreamReader::StartElement && xml.name() == QString("data")) {
        const QString key = xml.attributes().value("key").toString();
        values[key] += xml.readElementText();
      }
    }
    QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
    for (const char* key : {"degree", "community", "r", "theta"}) QCOMPARE(values[key].size(), 34);
    // The coordinates are those of dnm embed, and the communities as many as dnm measure finds.
    const QJsonArray coordinates = run({"embed", karate, "--json"}).json()["coordinates"].toArray();
    for (int node = 0; node < 34; ++node) {
      QCOMPARE(values["theta"][node].toDouble(), coordinates[node].toObject()["theta"].toDouble());
      QCOMPARE(values["r"][node].toDouble(), coordinates[node].toObject()["r"].toDouble());
    }
    const int communities = run({"measure", karate, "--json"}).json()["Q"].toObject()["communities"].toInt();
    QCOMPARE(QSet<QString>(values["community"].begin(), values["community"].end()).size(), communities);
    for (const char* out : {"karate.tsv", "karate.npz", "karate.mtx", "karate.txt"}) {
      const Outcome refused = run({"convert", karate, out, "--attributes"});
      QCOMPARE(refused.status, 2);
      QVERIFY2(refused.errors.contains("--attributes") && refused.errors.contains(".graphml"), refused.errors);
      QVERIFY(!QFile::exists(folder_.filePath(out)));
    }
  }

  void a_path_behind_an_equals_sign_may_begin_at_home() {
    const Outcome outcome = run_dnm({"generate", "--layers", "4,4", "--sparsity", "0.5", "--output=~/at-home.tsv"},
                                    folder_.path(), {{"HOME", folder_.path()}});
    QVERIFY2(outcome.status == 0, qPrintable(outcome.describe()));
    QVERIFY(QFile::exists(folder_.filePath("at-home.tsv")));
  }

  /// A network without a link has neither communities nor anything else to trip over.
  void writes_attributes_of_next_to_nothing() {
    write("empty.tsv", "# N=3 E=0\n");
    const Outcome written = run({"convert", "empty.tsv", "empty.graphml", "--attributes"});
    QVERIFY2(written.status == 0, qPrintable(written.describe()));
    QCOMPARE(run({"measure", "empty.graphml", "--json"}).json()["nodes"].toInt(), 3);
  }

  void says_once_what_a_file_lost_data() {
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("name");
    QTest::newRow("tsv") << QByteArray("0\t1\t0.5\n1\t2\t2\n") << "weighted.tsv";
    QTest::newRow("graphml")
        << QByteArray(
               "<graphml><key id=\"w\" for=\"edge\" attr.name=\"weight\"/><graph edgedefault=\"undirected\">"
               "<node id=\"a\"/><node id=\"b\"/><node id=\"c\"/><edge source=\"a\" target=\"b\"><data key=\"w\">"
               "0.5</data></edge><edge source=\"b\" target=\"c\"/></graph></graphml>")
        << "weighted.graphml";
    QTest::newRow("mtx") << QByteArray("%%MatrixMarket matrix coordinate real symmetric\n3 3 2\n2 1 0.5\n3 2 2\n")
                         << "weighted.mtx";
  }
  void says_once_what_a_file_lost() {
    QFETCH(QByteArray, content);
    QFETCH(QString, name);
    write(name, content);
    const QByteArray notice = "note: the weights in the file are ignored: every link counts the same\n";
    const QList<QStringList> commands{{"measure", name}, {"embed", name}, {"convert", name, "out.tsv"}};
    for (const QStringList& command : commands) {
      const Outcome outcome = run(command);
      QCOMPARE(outcome.status, 0);
      QVERIFY2(outcome.errors.count(notice) == 1, outcome.errors);
    }
    const Outcome json = run({"measure", name, "--json"});
    QVERIFY(json.errors.isEmpty());
    QCOMPARE(json.json()["notices"].toArray().size(), 1);
    QVERIFY(sorted_rows(folder_.filePath("out.tsv")) == (QList<QByteArray>{"0\t1", "1\t2"}));
  }

  void refuses_bad_files_in_one_sentence_data() {
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("name");
    QTest::newRow("cut graphml") << QByteArray("<graphml><graph><node id=\"a\"/>") << "cut.graphml";
    QTest::newRow("graphml of another encoding")
        << QByteArray("<?xml version=\"1.0\" encoding=\"EUC-JP\"?>\n<graphml id=\"\xC0 ur\xFF\"/>") << "eucjp.graphml";
    QTest::newRow("no graphml") << QByteArray("PK\x03\x04") << "zip.graphml";
    QTest::newRow("cut mtx") << QByteArray("%%MatrixMarket matrix coordinate pattern general\n3 3 2\n1 1\n")
                             << "cut.mtx";
    QTest::newRow("no mtx") << QByteArray("\x89PNG\r\n\x1a\n\0", 9) << "picture.mtx";
    QTest::newRow("empty npz") << QByteArray() << "empty.npz";
  }
  void refuses_bad_files_in_one_sentence() {
    QFETCH(QByteArray, content);
    QFETCH(QString, name);
    write(name, content);
    for (const QStringList& command : {QStringList{"measure", name}, QStringList{"convert", name, "never.npz"}}) {
      const Outcome outcome = run(command);
      QCOMPARE(outcome.status, 1);
      QVERIFY2(outcome.is_one_sentence() && outcome.errors.contains(name.toUtf8()), outcome.errors);
    }
    QVERIFY(!QFile::exists(folder_.filePath("never.npz")));
  }

  void names_every_format_in_the_help() {
    for (const char* command : {"measure", "embed", "convert"}) {
      const QByteArray help = run({command, "--help"}).output.simplified();
      QVERIFY2(help.contains(dnm::network_extensions().c_str()), help);
    }
    for (const char* command : {"generate", "convert"}) {
      const QByteArray help = run({command, "--help"}).output.simplified();
      QVERIFY2(help.contains(dnm::written_network_extensions().c_str()), help);
    }
  }
};

DNM_TEST(TestFiles, QCoreApplication)
#include "test_files.moc"
