// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <functional>

#include "core/support/version.h"
#include "tests/app/cli/dnm_process.h"
#include "tests/support/places.h"
#include "tests/support/test_class.h"

/// generate, measure, embed and convert on real files.
class TestNetworks : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;

  static QString reference(const QString& name) { return QString(dnm::test::reference_folder()) + "/" + name; }
  static QJsonObject reference_json(const QString& name) {
    QFile file(reference(name));
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
  }
  QByteArray content(const QString& name) const {
    QFile file(folder_.filePath(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
  }
  Outcome run(const QStringList& arguments) const { return run_dnm(arguments, folder_.path()); }
  /// The lines of a table that are not comments, in rising order.
  static QList<QByteArray> sorted_rows(const QByteArray& table) {
    QList<QByteArray> rows;
    for (const QByteArray& line : table.split('\n')) {
      if (!line.isEmpty() && !line.startsWith('#')) rows.push_back(line);
    }
    std::sort(rows.begin(), rows.end());
    return rows;
  }

 private Q_SLOTS:
  void prints_the_measures_of_the_contract() {
    const Outcome outcome = run({"measure", reference("karate.tsv"), "--json"});
    QCOMPARE(outcome.status, 0);
    QVERIFY(outcome.errors.isEmpty());
    const QJsonObject object = outcome.json();
    QCOMPARE(object["nodes"].toInt(), 34);
    QCOMPARE(object["edges"].toInt(), 78);
    QCOMPARE(object["layers"].toArray(), QJsonArray{34});
    QCOMPARE(object["components"].toInt(), 1);
    QCOMPARE(object["isolated"].toInt(), 0);
    for (const char* stage : {"read", "L", "Q", "sigma_c", "gamma", "total"}) {
      QVERIFY2(object["seconds"].toObject()[stage].toDouble(-1) >= 0.0, stage);
    }
    const QMap<QString, QStringList> keys{
        {"L", {"value", "method", "connected_pair_fraction", "reason"}},
        {"Q", {"value", "method", "runs", "mean", "sd", "communities", "reason"}},
        {"sigma_c", {"value", "se", "method", "draws", "removed", "baseline", "reason"}},
        {"gamma", {"value", "method", "xmin", "ks", "tail", "reason"}}};
    for (auto measure = keys.begin(); measure != keys.end(); ++measure) {
      const QJsonObject value = object[measure.key()].toObject();
      for (const QString& key : measure.value()) {
        QVERIFY2(value.contains(key), qPrintable(measure.key() + "." + key));
        QCOMPARE(value[key].isNull(), key == "reason");
      }
    }
    QVERIFY(std::abs(object["L"].toObject()["value"].toDouble() - 2.408199643) < 1e-9);
    QVERIFY(object["Q"].toObject()["value"].toDouble() >= 0.4197);
    QVERIFY(std::abs(object["gamma"].toObject()["value"].toDouble() - 2.124848) < 1e-6);
    QCOMPARE(object["gamma"].toObject()["xmin"].toInt(), 2);
    QCOMPARE(object["sigma_c"].toObject()["removed"].toInt(), 8);
  }

  void counts_components_and_isolated_nodes() {
    const QJsonObject object = run({"measure", reference("karate_plus_fragments.tsv"), "--json"}).json();
    const QJsonObject expected = reference_json("karate_plus_fragments_lqg.json");
    QCOMPARE(object["nodes"].toInt(), 43);
    QCOMPARE(object["components"].toInt(), 6);
    QCOMPARE(object["isolated"].toInt(), 3);
    QVERIFY(object["L"].toObject()["connected_pair_fraction"].toDouble() < 1.0);
    const QJsonObject length = object["L"].toObject();
    QVERIFY(std::abs(length["value"].toDouble() - expected["L"].toDouble()) < 1e-9);
    const double pairs = 43.0 * 42.0 / 2.0;
    QVERIFY(std::abs(length["connected_pair_fraction"].toDouble() -
                     (1.0 - expected["unconnected_pairs_unordered"].toDouble() / pairs)) < 1e-12);
  }

  void gives_null_and_the_reason() {
    QFile file(folder_.filePath("ring.tsv"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    for (int i = 0; i < 12; ++i) file.write(QByteArray::number(i) + "\t" + QByteArray::number((i + 1) % 12) + "\n");
    file.close();
    const QJsonObject gamma = run({"measure", "ring.tsv", "--json"}).json()["gamma"].toObject();
    QVERIFY(gamma["value"].isNull());
    QVERIFY(!gamma["reason"].toString().isEmpty());
    const Outcome table = run({"measure", "ring.tsv"});
    QCOMPARE(table.status, 0);
    QVERIFY2(table.output.contains(gamma["reason"].toString().toUtf8()), table.output.constData());
  }

  /// Removing (4,7) and (5,8) from the 3 x 3 grid gives exactly one half.
  void takes_a_given_removal_set() {
    QFile file(folder_.filePath("removed.tsv"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("# turned round on purpose\n7\t4\n5\t8\n");
    file.close();
    const QJsonObject sigma =
        run({"measure", reference("grid_3x3.tsv"), "--removed", "removed.tsv", "--json"}).json()["sigma_c"].toObject();
    QCOMPARE(sigma["value"].toDouble(), 0.5);
    QCOMPARE(sigma["removed"].toInt(), 2);
  }

  void offers_igraph_as_second_opinion() {
    const QString karate = reference("karate.tsv");
    const QJsonObject own = run({"measure", karate, "--json"}).json();
    const QJsonObject igraph = run({"measure", karate, "--json", "--engine", "igraph", "--gamma-fit", "igraph",
                                    "--leiden-engine", "igraph", "--runs", "20"})
                                   .json();
    QCOMPARE(igraph["L"].toObject()["method"].toString(), "igraph");
    QVERIFY(std::abs(igraph["L"].toObject()["value"].toDouble() - own["L"].toObject()["value"].toDouble()) < 1e-12);
    const QJsonObject fitted = reference_json("karate_lqg.json")["gamma_igraph"].toObject();
    QVERIFY(std::abs(igraph["gamma"].toObject()["value"].toDouble() - fitted["alpha"].toDouble()) < 1e-4);
    QVERIFY(igraph["Q"].toObject()["method"].toString().startsWith("Leiden by igraph"));
    QCOMPARE(igraph["Q"].toObject()["runs"].toInt(), 20);
  }

  /// T = round((1-s) n_in n_out), half to even, per layer.
  void draws_exactly_the_links_asked_for_data() {
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<int>("links");
    QTest::newRow("defaults") << QStringList{} << 1921 + 3842;
    QTest::newRow("random") << QStringList{"--model", "random", "--seed", "7"} << 1921 + 3842;
    QTest::newRow("one layer") << QStringList{"--layers", "30,40", "--sparsity", "0.5"} << 600;
    QTest::newRow("a layer of its own") << QStringList{"--sparsity", "2=0.5"} << 1921 + 19208;
    QTest::newRow("bounded, all families")
        << QStringList{"--degree",          "gaussian:3",  "--dendrites", "uniform:4",
                       "--receptive-field", "uniform:0.5", "--synapses",  "spatial-inverse-gaussian",
                       "--border",          "bounded"}
        << 1921 + 3842;
    QTest::newRow("preset") << QStringList{"--preset", "poster-c"} << 1921 + 3842;
    QTest::newRow("preset with an option on top")
        << QStringList{"--preset", "poster-c", "--sparsity", "0.5"} << 9604 + 19208;
  }
  void draws_exactly_the_links_asked_for() {
    QFETCH(QStringList, options);
    QFETCH(int, links);
    const Outcome drawn = run(QStringList{"generate", "-o", "drawn.npz"} + options);
    QVERIFY2(drawn.status == 0, qPrintable(drawn.describe()));
    const QJsonObject read = run({"measure", "drawn.npz", "--json", "--draws", "1", "--runs", "1"}).json();
    const QJsonObject model = run(QStringList{"measure", "--json", "--draws", "1", "--runs", "1"} + options).json();
    QCOMPARE(read["edges"].toInt(), links);
    QCOMPARE(model["edges"].toInt(), links);
    // The network in the file is the one that measure draws itself.
    QCOMPARE(read["L"].toObject()["value"], model["L"].toObject()["value"]);
    QCOMPARE(read["gamma"].toObject()["ks"], model["gamma"].toObject()["ks"]);
  }

  void gives_the_same_bytes_for_the_same_seed() {
    for (const char* extension : {".npz", ".tsv"}) {
      const QString first = QString("first") + extension;
      const QString second = QString("second") + extension;
      QCOMPARE(run({"generate", "-o", first, "--seed", "5"}).status, 0);
      QCOMPARE(run({"generate", "--seed", "5", "-o", folder_.filePath(second)}).status, 0);
      QVERIFY(!content(first).isEmpty());
      QVERIFY(content(first) == content(second));
      QCOMPARE(run({"generate", "-o", second, "--seed", "6"}).status, 0);
      QVERIFY(content(first) != content(second));
    }
  }

  /// The file says how to draw it again, and that command line does.
  void keeps_what_draws_it_again() {
    QCOMPARE(run({"generate", "-o", "first.tsv", "--degree", "2=spatial-gaussian:1.5", "--seed", "3"}).status, 0);
    const QByteArray table = content("first.tsv");
    const int start = static_cast<int>(table.indexOf("provenance=")) + 11;
    const QJsonObject provenance =
        QJsonDocument::fromJson(table.mid(start, table.indexOf('\n', start) - start)).object();
    QCOMPARE(provenance["version"].toString(), dnm::program_version());
    QCOMPARE(provenance["parameters"].toObject()["seed"].toString(), "3");
    QStringList words = provenance["command_line"].toString().split(' ');
    QCOMPARE(words.takeFirst(), "dnm");
    QCOMPARE(run(words + QStringList{"-o", "again.tsv"}).status, 0);
    QVERIFY(content("again.tsv") == table);
  }

  void converts_there_and_back_data() {
    QTest::addColumn<QString>("name");
    for (const char* name : {"karate_plus_fragments", "layered_98_196_196_s90", "bip_784_1568_s99"}) {
      QTest::newRow(name) << QString(name);
    }
  }
  void converts_there_and_back() {
    QFETCH(QString, name);
    const QString original = reference(name + ".tsv");
    QCOMPARE(run({"convert", original, "there.npz"}).status, 0);
    QCOMPARE(run({"convert", "there.npz", "back.tsv"}).status, 0);
    QFile file(original);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(sorted_rows(file.readAll()) == sorted_rows(content("back.tsv")));
    const QJsonObject object = run({"measure", "back.tsv", "--json", "--draws", "1", "--runs", "1"}).json();
    const QJsonObject expected = reference_json(name + "_lqg.json");
    QVERIFY(std::abs(object["L"].toObject()["value"].toDouble() - expected["L"].toDouble()) < 1e-9);
  }

  void writes_coordinates() {
    const QString karate = reference("karate_plus_fragments.tsv");
    const Outcome written = run({"embed", karate, "-o", "coordinates.tsv", "--json"});
    QCOMPARE(written.status, 0);
    const QList<QByteArray> lines = content("coordinates.tsv").trimmed().split('\n');
    QCOMPARE(lines.size(), 44);
    QCOMPARE(lines.front(), QByteArray("node\tlayer\ttheta\tr\tx\ty\tcomponent"));
    for (int node = 0; node < 43; ++node) {
      const QList<QByteArray> cells = lines[node + 1].split('\t');
      QCOMPARE(cells.size(), 7);
      QCOMPARE(cells[0].toInt(), node);
      const double theta = cells[2].toDouble();
      const double radius = cells[3].toDouble();
      const double rho = std::tanh(radius / 2.0);
      QVERIFY(theta >= 0.0 && theta < 6.283185307179587 && radius >= 0.0);
      QVERIFY(std::abs(cells[4].toDouble() - rho * std::cos(theta)) < 1e-12);
      QVERIFY(std::abs(cells[5].toDouble() - rho * std::sin(theta)) < 1e-12);
      QCOMPARE(cells[6].toInt() == 0, node < 34);
    }
    const QJsonObject object = written.json();
    QCOMPARE(object["method"].toString(), "RA1-LE-EA");
    QVERIFY(object["note"].toString().contains("34 of 43"));
    const double score = object["quality"].toObject()["greedy_routing"].toObject()["score"].toDouble();
    QVERIFY(score > 0.5 && score <= 1.0);
    // Without a file, the same numbers come on standard output.
    QCOMPARE(run({"embed", karate}).output, content("coordinates.tsv"));
    const QJsonArray coordinates = run({"embed", karate, "--json"}).json()["coordinates"].toArray();
    QCOMPARE(coordinates.size(), 43);
    QCOMPARE(coordinates[7].toObject()["theta"].toDouble(), lines[8].split('\t')[2].toDouble());
  }

  /// Against "there is a path from an input to an output through it", followed link by link.
  void leaves_out_dead_ends() {
    QCOMPARE(
        run({"generate", "--model", "random", "--layers", "30,40,40,20", "--sparsity", "0.96", "-o", "all.tsv"}).status,
        0);
    const QList<QByteArray> before = sorted_rows(content("all.tsv"));
    QMap<int, QList<int>> onwards, back;
    for (const QByteArray& row : before) {
      const QList<QByteArray> ends = row.split('\t');
      onwards[ends[0].toInt()] << ends[1].toInt();
      back[ends[1].toInt()] << ends[0].toInt();
    }
    const std::function<bool(int)> to_output = [&](int node) {
      return node >= 110 || std::ranges::any_of(onwards.value(node), to_output);
    };
    const std::function<bool(int)> from_input = [&](int node) {
      return node < 30 || std::ranges::any_of(back.value(node), from_input);
    };
    QList<QByteArray> expected;
    for (const QByteArray& row : before) {
      const QList<QByteArray> ends = row.split('\t');
      if (from_input(ends[0].toInt()) && to_output(ends[1].toInt())) expected << row;
    }
    QVERIFY(!expected.isEmpty() && expected.size() < before.size());
    const Outcome outcome = run({"convert", "all.tsv", "kept.tsv", "--remove-dead-ends"});
    QCOMPARE(outcome.status, 0);
    QCOMPARE(sorted_rows(content("kept.tsv")), expected);
    const QByteArray gone = QByteArray::number(before.size() - expected.size());
    QVERIFY2(outcome.errors.contains("removed " + gone + " links"), outcome.errors.constData());
    QVERIFY2(outcome.output.contains(QByteArray::number(expected.size()) + " links"), outcome.output.constData());
    // It is no longer what its parameters draw.
    QVERIFY(content("kept.tsv").contains("--remove-dead-ends"));
    QVERIFY(run({"measure", "kept.tsv", "--json"}).json()["edges"].toInt() == expected.size());
    const Outcome again = run({"convert", "kept.tsv", "again.tsv", "--remove-dead-ends"});
    QVERIFY2(again.status == 0 && again.errors.contains("every link lies on a path"), again.errors.constData());
    QCOMPARE(sorted_rows(content("again.tsv")), expected);
    const Outcome graph = run({"convert", reference("karate.tsv"), "x.tsv", "--remove-dead-ends"});
    QVERIFY2(graph.status != 0 && graph.errors.contains("layers"), graph.errors.constData());
    QVERIFY(!QFile::exists(folder_.filePath("x.tsv")));
  }
};

DNM_TEST(TestNetworks, QCoreApplication)
#include "test_networks.moc"
