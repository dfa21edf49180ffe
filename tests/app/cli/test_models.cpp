// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

#include "tests/app/cli/dnm_process.h"
#include "tests/support/test_class.h"

/// The initialisers and their options on the command line.
class TestModels : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;
  Outcome run(const QStringList& arguments) const { return run_dnm(arguments, folder_.path()); }

 private Q_SLOTS:
  void draws_exactly_the_links_data() {
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<int>("links");
    const auto row = [](const char* name, const QStringList& options, int links) {
      QTest::newRow(name) << options << links;
    };
    row("bsw", {"--model", "bsw", "--beta", "0.4"}, 1921 + 3842);
    row("brf", {"--model", "brf", "--range", "0.1", "--side", "smaller"}, 1921 + 3842);
    row("brf by layer", {"--model", "brf", "--range", "2=1", "--side", "1=smaller"}, 1921 + 3842);
    row("ramanujan", {"--model", "ramanujan"}, 1921 + 3842);
    row("er", {"--allocation", "er"}, 1921 + 3842);
    row("er beside a layer of its own", {"--model", "random", "--allocation", "erk", "--sparsity", "2=0.95"},
        1921 + 1921);
    row("by hand", {"--model", "bsw", "--allocation", "0.8,0.99"}, 3842 + 384);
    row("dense", {"--model", "dense", "--layers", "20,30,4"}, 600 + 120);
    // 98·h + h² is nearest to 5763 at h = 41.
    row("dense-equal", {"--model", "dense-equal"}, 98 * 41 + 41 * 41);
  }
  void draws_exactly_the_links() {
    QFETCH(const QStringList, options);
    QFETCH(const int, links);
    const Outcome drawn = run(QStringList{"generate", "-o", "net.npz"} + options);
    QVERIFY2(drawn.status == 0, qPrintable(drawn.describe()));
    const QStringList quick{"--json", "--runs", "1", "--draws", "1"};
    const Outcome of_file = run(QStringList{"measure", "net.npz"} + quick);
    QVERIFY2(of_file.status == 0, qPrintable(of_file.describe()));
    QCOMPARE(of_file.json()["edges"].toInt(), links);
    const Outcome of_model = run(QStringList{"measure"} + quick + options);
    QVERIFY2(of_model.status == 0, qPrintable(of_model.describe()));
    QCOMPARE(of_model.json()["edges"].toInt(), links);
    QCOMPARE(of_model.json()["layers"], of_file.json()["layers"]);
    QCOMPARE(of_model.json()["L"], of_file.json()["L"]);
  }

  void says_what_ramanujan_and_dense_found() {
    const Outcome ramanujan = run({"generate", "--model", "ramanujan", "-o", "net.npz"});
    QCOMPARE(ramanujan.errors.count("\xCF\x83\xE2\x82\x82 = "), 2);
    QCOMPARE(ramanujan.errors.count(": Ramanujan"), 2);
    const Outcome dense = run({"generate", "--model", "dense-equal", "-o", "net.npz"});
    QVERIFY(dense.errors.contains("dense layers of 41 neurons have 5699 weights, the sparse network 5763"));
    QVERIFY(dense.output.contains("98-41-41"));
  }

  void refuses_data() {
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QString>("part");
    const auto row = [](const char* name, const QStringList& options, const QString& part) {
      QTest::newRow(name) << options << part;
    };
    row("beta out of range", {"--model", "bsw", "--beta", "1.5"}, "beta = 1.5 is out of range");
    row("range in words", {"--model", "brf", "--range", "far"}, "\"far\" is not a number");
    row("unknown name of side", {"--model", "brf", "--side", "smallr"}, "did you mean \"smaller\"?");
    row("unknown allocation", {"--allocation", "erd"}, "neither uniform, er or erk");
    row("too many sparsities", {"--allocation", "0.9,0.9,0.9"}, "give one for each");
    row("allocation by layer", {"--allocation", "1=er"}, "neither uniform, er or erk");
    row("beta of another model", {"--beta", "0.5"}, "--beta does not belong to the model dnm");
    row("sparse dense", {"--model", "dense", "--sparsity", "0.5"}, "--sparsity does not belong to the model dense");
    row("data of another model", {"--model", "random", "--data", "mnist"}, "--data does not belong");
    row("unknown name of scope", {"--model", "snip", "--snip-scope", "all"}, "snip-scope \"all\" is not known");
    row("too large a dense network", {"--model", "dense", "--layers", "1000000,1000000"}, "GiB");
    row("too many links for Ramanujan", {"--model", "ramanujan", "--layers", "3000000,3000000", "--sparsity", "0.9"},
        "GiB");
  }
  void refuses() {
    QFETCH(const QStringList, options);
    QFETCH(const QString, part);
    const Outcome outcome = run(QStringList{"generate", "-o", "x.npz"} + options);
    QCOMPARE(outcome.status, QByteArray(QTest::currentDataTag()).startsWith("unknown name") ? 2 : 1);
    QVERIFY2(outcome.is_one_sentence(), qPrintable(outcome.describe()));
    QVERIFY2(outcome.errors.contains(part.toUtf8()), qPrintable(outcome.describe()));
    QVERIFY(!QFile::exists(folder_.filePath("x.npz")));
  }

  void says_that_nothing_can_be_learned_without_training() {
    for (const char* model : {"csti", "snip"}) {
      const Outcome outcome = run_dnm({"generate", "--model", model, "--layers", "784,30", "-o", "x.npz"},
                                      folder_.path(), {{"DNM_MODULE_PATH", folder_.path()}});
      QCOMPARE(outcome.status, 1);
      QVERIFY2(outcome.is_one_sentence(), qPrintable(outcome.describe()));
      QVERIFY(outcome.errors.contains("learning a topology from a data set is not part of this build"));
    }
    // Who does not learn needs no module.
    const Outcome other =
        run_dnm({"generate", "--model", "bsw", "-o", "y.npz"}, folder_.path(), {{"DNM_MODULE_PATH", folder_.path()}});
    QVERIFY2(other.status == 0, qPrintable(other.describe()));
  }
};

DNM_TEST(TestModels, QCoreApplication)
#include "test_models.moc"
