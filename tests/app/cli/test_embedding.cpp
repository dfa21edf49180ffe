// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QJsonValue>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

#include "tests/app/cli/dnm_process.h"
#include "tests/support/places.h"
#include "tests/support/test_class.h"

/// dnm embed with every method, its scores, and its comparison with given coordinates.
class TestEmbedding : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void every_method_gives_finite_places_and_scores() {
    QFile star(folder_.filePath("star.tsv"));
    QVERIFY(star.open(QIODevice::WriteOnly));
    star.write("# N=9 E=6\n0\t1\n0\t2\n0\t3\n0\t4\n0\t5\n7\t8\n");
    star.close();
    int tried = 0;
    for (const QString weights : {"original", "RA1", "RA2", "EBC"}) {
      for (const QString reduction : {"LE", "ISO", "ncISO", "MCE", "ncMCE"}) {
        const QString method = weights + "-" + reduction + (tried++ % 2 == 0 ? "-EA" : "-original");
        for (const QString& file : {reference("karate.tsv"), star.fileName()}) {
          const Outcome outcome = run({"embed", file, "--method", method, "--json"});
          QVERIFY2(outcome.status == 0, qPrintable(outcome.describe()));
          const QJsonObject object = outcome.json();
          QCOMPARE(object["method"].toString(), method);
          for (const QJsonValue& place : object["coordinates"].toArray()) {
            const double theta = place["theta"].toDouble(-1.0);
            QVERIFY(theta >= 0.0 && theta < 6.283185307179587);
            QVERIFY(place["r"].toDouble(-1.0) >= 0.0);
          }
          const QJsonObject quality = object["quality"].toObject();
          const double score = quality["greedy_routing"].toObject()["score"].toDouble(-1.0);
          QVERIFY(score > 0.0 && score <= 1.0);
          const double congruence = quality["geometrical_congruence"].toDouble(-1.0);
          const double path_congruence = quality["geometrical_path_congruence"].toDouble(-1.0);
          QVERIFY(congruence > 0.0 && congruence <= path_congruence + 1e-12 && path_congruence <= 1.0 + 1e-12);
        }
      }
    }
    QCOMPARE(tried, 20);
  }

  void compares_with_given_coordinates() {
    const QString network = reference("npso_100_T0.tsv"), truth = reference("npso_100_T0_coords.tsv");
    const QJsonObject expected = reference_json("npso_100_T0_coemb.json")["variants"].toObject();
    for (const QString method : {"RA1-ISO-original", "RA2-ncISO-original", "EBC-LE-original"}) {
      const Outcome outcome = run({"embed", network, "--method", method, "--reference", truth, "--json"});
      QVERIFY2(outcome.status == 0, qPrintable(outcome.describe()));
      const QJsonObject quality = outcome.json()["quality"].toObject();
      const QJsonObject variant = expected[method].toObject();
      QVERIFY(std::abs(quality["hd_correlation"].toDouble() - variant["HD_corr_vs_truth"].toDouble()) < 1e-9);
      // A few pairs at the same angle are counted by rounding in the reference.
      QVERIFY(std::abs(quality["c_score"].toDouble() - variant["C_score_vs_truth"].toDouble()) < 1e-3);
      QCOMPARE(quality["compared_nodes"].toInt(), 100);
    }
    // Its own table, written and read back, agrees with itself; the line says so without --json too.
    QCOMPARE(run({"embed", network, "-o", "own.tsv"}).status, 0);
    const Outcome own = run({"embed", network, "--reference", "own.tsv", "-o", "again.tsv"});
    QCOMPARE(own.status, 0);
    QVERIFY2(own.errors.contains("HD-correlation 1.0000 and C-score 1.0000 over 100 nodes"), own.errors.constData());
  }

  void separates_layers_and_communities() {
    const QJsonObject npso = run({"embed", reference("npso_100_T0.tsv"), "--method", "RA1-ncISO-EA", "--json"}).json();
    const QJsonObject separation = npso["quality"].toObject()["angular_separation"].toObject();
    QVERIFY(separation["layers"].isNull());
    QVERIFY(separation["communities"].toObject()["index"].toDouble() > 0.9);
    QVERIFY(separation["communities"].toObject()["p_value"].toDouble() < 0.01);
    const QJsonObject random =
        run({"embed", reference("layered_98_196_196_s90.tsv"), "--method", "RA1-LE-EA", "--json"}).json();
    const QJsonObject layers = random["quality"].toObject()["angular_separation"].toObject()["layers"].toObject();
    QVERIFY(layers["index"].toDouble(-1.0) >= 0.0 && layers["index"].toDouble() <= 1.0);
    QVERIFY(layers["p_value"].toDouble() > 0.0);
  }

  void refuses_bad_coordinates() {
    const auto write = [&](const QString& name, const QByteArray& text) {
      QFile file(folder_.filePath(name));
      if (file.open(QIODevice::WriteOnly)) file.write(text);
    };
    const QList<std::tuple<QByteArray, QByteArray>> tables{{"", "node"},
                                                           {"node theta\n0 1\n", "column r"},
                                                           {"# node theta r\n0 1.0\n", "line 2"},
                                                           {"node theta r\n0 1.0 2.0\n1 nan 2.0\n", "line 3"},
                                                           {"node theta r\n0 1.0 -2.0\n", "line 2"},
                                                           {"node theta r\n0 1.0 2.0\n0 1.0 2.0\n", "node 0 again"},
                                                           {"node theta r\n40 1.0 2.0\n", "34 nodes"}};
    for (const auto& [text, must_hold] : tables) {
      write("table.tsv", text);
      const Outcome outcome = run({"embed", reference("karate.tsv"), "--reference", "table.tsv"});
      QCOMPARE(outcome.status, 1);
      QVERIFY2(outcome.is_one_sentence() && outcome.errors.contains(must_hold), outcome.errors.constData());
    }
    const Outcome missing = run({"embed", reference("karate.tsv"), "--reference", "nothing.tsv"});
    QVERIFY(missing.status == 1 && missing.is_one_sentence());
    const Outcome unknown = run({"embed", reference("karate.tsv"), "--method", "RA1-PCA-EA"});
    QVERIFY(unknown.status == 2 && unknown.errors.contains("did you mean \"MCE\"?"));
  }

  void help_names_every_method_and_its_cost() {
    const QByteArray help = run({"embed", "--help"}).output;
    for (const char* word : {"EBC (Edge betweenness)", "ncISO (Non-centred Isomap)", "ncMCE", "EA (Equidistant)",
                             "--reference COORDS.tsv", "Takes"}) {
      QVERIFY2(help.contains(word), word);
    }
  }

 private:
  Outcome run(const QStringList& arguments) { return run_dnm(arguments, folder_.path()); }
  static QString reference(const QString& name) { return QString(dnm::test::reference_folder()) + "/" + name; }
  static QJsonObject reference_json(const QString& name) {
    QFile file(reference(name));
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
  }

  QTemporaryDir folder_;
};

DNM_TEST(TestEmbedding, QCoreApplication)
#include "test_embedding.moc"
