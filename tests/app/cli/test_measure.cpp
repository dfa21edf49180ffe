// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QJsonArray>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

#include "app/workspace/command_lines.h"
#include "app/workspace/measure_words.h"
#include "tests/app/cli/dnm_process.h"
#include "tests/support/places.h"
#include "tests/support/test_class.h"

namespace {

using Links = QList<QPair<int, int>>;

/// A graph on which a value can be worked out by hand. NaN: the value does not exist.
struct Case {
  const char* name;
  int nodes;
  Links links;
  int components;
  int isolated;
  double path_length;  ///< over the pairs that are joined
  double connected;
  double modularity;  ///< of the best division; negative: not known
  bool consistency;   ///< exists
  bool gamma;
};

Links ring(int nodes) {
  Links links;
  for (int node = 0; node < nodes; ++node) links.push_back({node, (node + 1) % nodes});
  return links;
}

Links complete_bipartite(int left, int right) {
  Links links;
  for (int u = 0; u < left; ++u) {
    for (int v = 0; v < right; ++v) links.push_back({u, left + v});
  }
  return links;
}

QList<Case> cases() {
  const double none = std::nan("");
  // K_{8,12}: 96 of 190 pairs are neighbours, the others two apart. Ring of 12: 1, 2, 3, 4, 5 twice and 6 once for each
  // node; its best division is three arcs of four or four of three: Q = 8/12 - 4/12·... = 1 - 4/12 - 1/4 = 5/12.
  return {
      {"no link", 5, {}, 5, 5, none, 0.0, none, false, false},
      {"one link", 2, {{0, 1}}, 1, 0, 1.0, 1.0, 0.0, false, false},
      {"one link, isolated nodes", 6, {{1, 4}}, 5, 4, 1.0, 1.0 / 15.0, 0.0, false, false},
      {"star",
       10,
       {{0, 1}, {0, 2}, {0, 3}, {0, 4}, {0, 5}, {0, 6}, {0, 7}, {0, 8}, {0, 9}},
       1,
       0,
       1.8,
       1.0,
       0.0,
       true,
       true},
      {"ring", 12, ring(12), 1, 0, 36.0 / 11.0, 1.0, 5.0 / 12.0, true, false},
      {"complete bipartite", 20, complete_bipartite(8, 12), 1, 0, (96.0 + 2.0 * 94.0) / 190.0, 1.0, 0.0, true, true},
      {"two triangles", 8, {{0, 1}, {1, 2}, {0, 2}, {3, 4}, {4, 5}, {3, 5}}, 4, 2, 1.0, 6.0 / 28.0, 0.5, true, false},
      {"path of three", 3, {{0, 1}, {1, 2}}, 1, 0, 4.0 / 3.0, 1.0, 0.0, false, true},
  };
}

}  // namespace

/// dnm measure by every estimator, on graphs where values are known or do not exist.
class TestMeasure : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;

  [[nodiscard]] QString write(const QString& name, const Case& graph) const {
    QFile file(folder_.filePath(name));
    if (!file.open(QIODevice::WriteOnly)) return {};
    file.write("# N=" + QByteArray::number(graph.nodes) + " E=" + QByteArray::number(graph.links.size()) + "\n");
    for (const auto& [u, v] : graph.links) file.write(QByteArray::number(u) + "\t" + QByteArray::number(v) + "\n");
    return file.fileName();
  }
  [[nodiscard]] Outcome run(const QStringList& arguments) const { return run_dnm(arguments, folder_.path()); }
  static bool exists(const QJsonObject& measure) { return !measure["value"].isNull(); }
  /// A value with no reason, or no value and a reason.
  static bool is_sound(const QJsonObject& measure) {
    return exists(measure) ? measure["reason"].isNull() && std::isfinite(measure["value"].toDouble())
                           : !measure["reason"].toString().isEmpty();
  }

 private Q_SLOTS:
  void known_graphs_data() {
    QTest::addColumn<int>("index");
    QTest::addColumn<QStringList>("estimators");
    const QList<Case> all = cases();
    for (int i = 0; i < all.size(); ++i) {
      for (const char* q : {"leiden", "louvain", "spectral"}) {
        const bool igraph = std::string(q) == "louvain";
        QTest::addRow("%s, %s", all[i].name, q)
            << i
            << QStringList{"--q", q, "--engine", igraph ? "igraph" : "own", "--gamma-fit", igraph ? "igraph" : "grid"};
      }
    }
  }

  void known_graphs() {
    QFETCH(int, index);
    QFETCH(QStringList, estimators);
    const Case expected = cases()[index];
    const QString file = write("graph.tsv", expected);
    const Outcome outcome = run(QStringList{"measure", file, "--json", "--runs", "30", "--p-value=20", "--chance", "3",
                                            "--sigma-error", "0.05", "--draws", "20"} +
                                estimators);
    QVERIFY2(outcome.status == 0, qPrintable(outcome.describe()));
    const QJsonObject object = outcome.json();
    QCOMPARE(object["nodes"].toInt(), expected.nodes);
    QCOMPARE(object["edges"].toInt(), static_cast<int>(expected.links.size()));
    QCOMPARE(object["components"].toInt(), expected.components);
    QCOMPARE(object["isolated"].toInt(), expected.isolated);
    const QJsonObject length = object["L"].toObject();
    const QJsonObject modularity = object["Q"].toObject();
    const QJsonObject consistency = object["sigma_c"].toObject();
    const QJsonObject gamma = object["gamma"].toObject();
    for (const QJsonObject& measure : {length, modularity, consistency, gamma}) {
      QVERIFY(is_sound(measure));
      const QJsonObject chance = measure["chance"].toObject();
      for (const char* key : {"copies", "mean", "sd", "z"}) QVERIFY2(chance.contains(key), key);
      QCOMPARE(chance["z"].isNull(), !chance["reason"].isNull());
      if (!exists(measure)) QVERIFY(chance["z"].isNull());
    }
    QCOMPARE(exists(length), !std::isnan(expected.path_length));
    if (exists(length)) QVERIFY(std::abs(length["value"].toDouble() - expected.path_length) < 1e-12);
    QVERIFY(std::abs(length["connected_pair_fraction"].toDouble() - expected.connected) < 1e-12);
    QCOMPARE(exists(modularity), !std::isnan(expected.modularity));
    if (exists(modularity)) {
      // Spectral: a mean, which the best of its orders must not lag behind.
      const double best = modularity[modularity.contains("best") ? "best" : "value"].toDouble();
      QVERIFY2(std::abs(best - expected.modularity) < 1e-9, qPrintable(QString::number(best)));
      QVERIFY(modularity["value"].toDouble() <= best + 1e-12);
      QVERIFY(modularity["value"].toDouble() >= -1e-12);
    }
    QCOMPARE(exists(consistency), expected.consistency);
    if (exists(consistency)) {
      QVERIFY(consistency["value"].toDouble() >= 0.0 && consistency["value"].toDouble() <= 1.0);
    }
    QCOMPARE(exists(gamma), expected.gamma);
    QCOMPARE(gamma["p_value"].isNull(), !expected.gamma);
    // Nothing of what is said to a person is a bare NaN or an empty cell.
    const Outcome table = run(QStringList{"measure", file, "--chance", "3"} + estimators);
    QCOMPARE(table.status, 0);
    QVERIFY(!table.output.contains("nan") && !table.output.contains("inf"));
    if (!exists(gamma)) QVERIFY(table.output.contains(gamma["reason"].toString().toUtf8()));
  }

  void layer_by_layer() {
    const QStringList model{"--layers", "20,40,30", "--sparsity", "0.8", "--seed", "3", "--draws", "3"};
    const QJsonObject object = run(QStringList{"measure", "--json", "--per-layer", "--chance", "2"} + model).json();
    const QJsonArray layers = object["per_layer"].toArray();
    QCOMPARE(layers.size(), 2);
    int edges = 0;
    for (int i = 0; i < 2; ++i) {
      const QJsonObject layer = layers[i].toObject();
      edges += layer["edges"].toInt();
      QCOMPARE(layer["nodes"].toInt(), i == 0 ? 60 : 70);
      for (const char* id : {"L", "Q", "sigma_c", "gamma"}) {
        QVERIFY(is_sound(layer[id].toObject()));
        QVERIFY(layer[id].toObject()["chance"].isObject());
      }
    }
    QCOMPARE(edges, object["edges"].toInt());
    QVERIFY(!run(QStringList{"measure", "--json"} + model).json().contains("per_layer"));
    // The first layer by itself is the network of two layers that the same seed draws.
    const QJsonObject alone =
        run({"measure", "--json", "--layers", "20,40", "--sparsity", "0.8", "--seed", "3", "--draws", "3"}).json();
    for (const char* id : {"L", "Q", "sigma_c"}) {
      QCOMPARE(layers[0].toObject()[id].toObject()["value"], alone[id].toObject()["value"]);
    }
    const Outcome table = run(QStringList{"measure", "--per-layer"} + model);
    QCOMPARE(table.status, 0);
    QVERIFY(table.output.contains("layer 2, 40-30"));
  }

  void chance_tells_design_from_noise() {
    const QStringList few{"--json", "--chance", "8", "--draws", "2", "--runs", "2"};
    const QJsonObject random = run(QStringList{"measure", "--model", "random"} + few).json();
    const QJsonObject designed = run(QStringList{"measure"} + few).json();
    for (const char* id : {"L", "Q", "sigma_c"}) {
      QVERIFY(std::abs(random[id].toObject()["chance"].toObject()["z"].toDouble(99.0)) < 8.0);
      QVERIFY(designed[id].toObject()["chance"].toObject()["z"].toDouble() > 30.0);
    }
  }

  void a_p_value_is_a_flag_with_a_number_at_will() {
    const QString file = QString(dnm::test::reference_folder()) + "/karate.tsv";
    const QJsonObject plain = run({"measure", "--json", "--draws", "1", "--p-value", file}).json()["gamma"].toObject();
    QCOMPARE(plain["p_value_samples"].toInt(), 1000);
    const QJsonObject given =
        run({"measure", "--json", "--draws", "1", "--p-value=40", file}).json()["gamma"].toObject();
    QCOMPARE(given["p_value_samples"].toInt(), 40);
    QVERIFY(std::abs(plain["p_value"].toDouble() - given["p_value"].toDouble()) < 0.4);
    const Outcome table = run({"measure", "--draws", "1", "--p-value=40", file});
    QVERIFY2(table.output.contains("p = 0.") && table.output.contains("(40 samples"), table.output.constData());
    QVERIFY(!run({"measure", "--json", "--draws", "1", file}).json()["gamma"].toObject().contains("p_value"));
  }

  void says_numbers_in_the_words_that_the_window_uses() {
    const QStringList options{
        "measure", QString(dnm::test::reference_folder()) + "/karate.tsv", "--draws", "2", "--p-value=40", "--chance",
        "3"};
    const QJsonObject json = run(options + QStringList{"--json"}).json();
    const QString table = QString::fromUtf8(run(options).output).simplified();
    for (const char* id : {"L", "Q", "sigma_c", "gamma"}) {
      const QJsonObject found = json[id].toObject()["chance"].toObject();
      dnm::ChanceComparison chance;
      chance.copies = found["copies"].toInt();
      chance.without_value = found["without_value"].toInt();
      chance.mean = found["mean"].toDouble();
      chance.sd = found["sd"].toDouble();
      if (!found["z"].isNull()) chance.z = found["z"].toDouble();
      chance.reason = found["reason"].toString().toStdString();
      const QString words = QString::fromStdString(dnm::chance_text(chance));
      QVERIFY2(table.contains(words), qPrintable(words));
    }
    const QJsonObject found = json["gamma"].toObject();
    dnm::Measurement gamma;
    gamma.details = {{"p_value", found["p_value"].toDouble()},
                     {"p_value_se", found["p_value_se"].toDouble()},
                     {"p_value_samples", std::int64_t{found["p_value_samples"].toInt()}},
                     {"p_value_method", found["p_value_method"].toString().toStdString()}};
    const QString words = QString::fromStdString(dnm::p_value_text(gamma));
    QVERIFY2(table.contains(words), qPrintable(words));
  }

  void an_error_goal_draws_as_often_as_it_takes() {
    const QString file = QString(dnm::test::reference_folder()) + "/karate.tsv";
    const QJsonObject found = run({"measure", "--json", "--sigma-error", "0.012", file}).json()["sigma_c"].toObject();
    QVERIFY(found["se"].toDouble() <= 0.012);
    QVERIFY(found["draws"].toInt() > 10);
    QCOMPARE(run({"measure", "--json", "--sigma-error", "0.001", "--draws", "7", file})
                 .json()["sigma_c"]
                 .toObject()["draws"]
                 .toInt(),
             7);
  }

  void a_command_line_draws_as_often_as_the_window() {
    dnm::WorkspaceState state;
    state.parameters.layer_sizes = {20, 30};
    state.view.measures.sigma_error = 1e-6;  // not reached
    const auto draws = [&] {
      const QString line = QString::fromStdString(dnm::measure_command_line(state));
      const QStringList words = line.section(' ', 1).split(' ');
      return run(words + QStringList{"--json"}).json()["sigma_c"].toObject()["draws"].toInt();
    };
    QCOMPARE(draws(), state.view.measures.sigma_draws);
    state.view.measures.sigma_draws = 13;
    QCOMPARE(draws(), 13);
  }

  void refuses_bad_input_data() {
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QString>("names");
    QTest::newRow("one copy") << QStringList{"--chance", "1"} << "--chance 1";
    QTest::newRow("copies in words") << QStringList{"--chance", "many"} << "chance";
    QTest::newRow("samples in words") << QStringList{"--p-value=many"} << "p-value";
    QTest::newRow("negative error") << QStringList{"--sigma-error", "-0.1"} << "sigma-error";
    QTest::newRow("no number") << QStringList{"--sigma-error", "nan"} << "sigma-error";
    QTest::newRow("no layers") << QStringList{QString(dnm::test::reference_folder()) + "/karate.tsv", "--per-layer"}
                               << "no layers";
  }

  void refuses_bad_input() {
    QFETCH(QStringList, options);
    QFETCH(QString, names);
    const Outcome outcome = run(QStringList{"measure"} + options);
    QCOMPARE(outcome.status, 1);
    QVERIFY2(outcome.is_one_sentence() && outcome.errors.contains(names.toUtf8()), outcome.errors.constData());
  }
};

DNM_TEST(TestMeasure)
#include "test_measure.moc"
