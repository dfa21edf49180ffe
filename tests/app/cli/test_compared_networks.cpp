// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

#include "app/workspace/pins/network_table.h"
#include "app/workspace/pins/pin_edits.h"
#include "app/workspace/session/session.h"
#include "core/live/live_values.h"
#include "core/parameters/look_up.h"
#include "tests/app/cli/dnm_process.h"
#include "tests/support/test_class.h"

using namespace dnm;

/// dnm measure of several networks, in one table.
class TestComparedNetworks : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;

  [[nodiscard]] Outcome measure(const QStringList& arguments) {
    return run_dnm(QStringList{"measure"} + arguments, folder_.path());
  }
  const QStringList quick_{"--draws", "2", "--runs", "1"};

 private Q_SLOTS:
  void initTestCase() {
    for (const char* layers : {"12,20", "15,30"}) {
      const QString file = QString(layers).section(',', 0, 0) + ".npz";
      QCOMPARE(run_dnm({"generate", "--layers", layers, "--sparsity", "0.7", "-o", file}, folder_.path()).status, 0);
    }
  }

  void each_value_is_that_of_the_network_alone_and_each_difference_is_theirs() {
    const Outcome together = measure(QStringList{"12.npz", "--with", "15.npz", "--with", "random", "--json"} + quick_);
    QVERIFY2(together.status == 0, qPrintable(together.describe()));
    QCOMPARE(together.json()["reference"].toInt(-1), 0);
    const QJsonArray networks = together.json()["networks"].toArray();
    QCOMPARE(networks.size(), 3);
    const QStringList files{"12.npz", "15.npz"};
    for (int i = 0; i < 2; ++i) {
      const QJsonObject alone = measure(QStringList{files[i], "--json"} + quick_).json();
      const QJsonObject one = networks[i].toObject();
      QCOMPARE(one["name"].toString(), files[i]);
      for (const char* key : {"L", "Q", "sigma_c", "gamma", "nodes", "edges", "layers"}) QCOMPARE(one[key], alone[key]);
    }
    QVERIFY(networks[0].toObject()["difference"].isNull());
    for (int i = 1; i < 3; ++i) {
      const QJsonObject one = networks[i].toObject(), difference = one["difference"].toObject();
      for (const char* key : {"L", "Q", "sigma_c"})
        QCOMPARE(difference[key].toDouble(), one[key]["value"].toDouble() - networks[0][key]["value"].toDouble());
      QCOMPARE(difference["edges"].toInt(), one["edges"].toInt() - networks[0]["edges"].toInt());
    }
    // The random network has the links of the first.
    QCOMPARE(networks[2]["edges"], networks[0]["edges"]);
    QCOMPARE(networks[2]["layers"], networks[0]["layers"]);
  }

  void presets_models_and_forms() {
    for (const char* form : {"csv", "markdown", "latex"}) {
      const Outcome table =
          measure(QStringList{"--preset", "poster-a", "--with", "poster-b", "random", "--table", form} + quick_);
      QVERIFY2(table.status == 0, qPrintable(table.describe()));
      const QByteArray& text = table.output;
      QVERIFY2(text.contains("poster-a") && text.contains("poster-b") && text.contains("random"), text.constData());
      if (form == QByteArray("csv")) {
        const QByteArrayList lines = text.trimmed().split('\n');
        QCOMPARE(lines.size(), 4);
        for (const QByteArray& line : lines) QCOMPARE(line.count(','), lines[0].count(','));
      }
      QVERIFY((form == QByteArray("latex")) == text.startsWith("\\begin{tabular}"));
    }
    const Outcome people = measure(QStringList{"--layers", "12,20", "--with", "15.npz"} + quick_);
    QVERIFY2(people.output.contains("(reference)") && people.output.contains("15.npz"), people.output.constData());
  }

  void pins_of_a_session_are_measured_unless_the_session_knows_them() {
    Session session;
    Pins& pins = session.state.pins;
    Pin first{"first", {}, ShownModel{}};
    set_from_text(first.parameters, "layers", "12,20");
    set_from_text(first.parameters, "sparsity", "0.7");
    pins = with_pin(with_pin(pins, first), {"file", {}, ShownFile{"15.npz"}});
    pins.reference = 1;
    PinResult known{first};
    follow_request(known.known, request_of(first, session.state.view));
    Measurement value;
    value.value = -77.0;  // no measure gives it
    value.method = "by hand";
    live::finish(known.known.measures[0], std::make_shared<const Measurement>(value));
    session.pin_results = {known};
    QFile file(folder_.filePath("s.dnm.json"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(session_to_json(session).c_str());
    file.close();
    const Outcome outcome = measure({"s.dnm.json", "--pins", "--json"});
    QVERIFY2(outcome.status == 0, qPrintable(outcome.describe()));
    QCOMPARE(outcome.json()["reference"].toInt(), 1);
    const QJsonArray networks = outcome.json()["networks"].toArray();
    QCOMPARE(networks[0]["L"]["value"].toDouble(), -77.0);
    QCOMPARE(networks[0]["Q"], measure({"12.npz", "--json"}).json()["Q"]);
    QCOMPARE(networks[1]["name"].toString(), QStringLiteral("file"));
    QCOMPARE(networks[1]["edges"], measure({"15.npz", "--json"}).json()["edges"]);
    // Another estimator is another value, also of what is known.
    const Outcome other = measure({"s.dnm.json", "--pins", "--json", "--q", "louvain"});
    QVERIFY(
        other.json()["networks"].toArray().at(0).toObject()["Q"].toObject()["method"].toString().contains("Louvain"));
  }

  void refusals_say_what_to_do_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("part");
    QTest::newRow("unknown") << QStringList{"12.npz", "--with", "poster-q"} << 2 << "did you mean";
    QTest::newRow("no file") << QStringList{"12.npz", "--with", "gone.npz"} << 1 << "gone.npz";
    QTest::newRow("no session") << QStringList{"12.npz", "--pins"} << 2 << "session";
    QTest::newRow("form") << QStringList{"12.npz", "--with", "15.npz", "--table", "latx"} << 2 << "latex";
    QTest::newRow("two forms") << QStringList{"12.npz", "--with", "15.npz", "--table", "csv", "--json"} << 2
                               << "--json";
    QTest::newRow("layers") << QStringList{"12.npz", "--with", "15.npz", "--per-layer"} << 2 << "--per-layer";
    QTest::newRow("runs") << QStringList{"--run-dir", "x", "--with", "15.npz"} << 2 << "--run-dir";
  }
  void refusals_say_what_to_do() {
    QFETCH(QStringList, arguments);
    QFETCH(int, status);
    QFETCH(QString, part);
    const Outcome outcome = measure(arguments);
    QVERIFY2(outcome.status == status && outcome.is_one_sentence(), qPrintable(outcome.describe()));
    QVERIFY2(outcome.errors.contains(part.toUtf8()), outcome.errors.constData());
  }
};

DNM_TEST(TestComparedNetworks)
#include "test_compared_networks.moc"
