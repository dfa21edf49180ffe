// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QFile>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include "tests/app/cli/dnm_process.h"
#include "tests/support/places.h"
#include "tests/support/test_class.h"

/// dnm train on tables of the user's own.
class TestTrainingOnOwnData : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;

 private Q_SLOTS:
  void trains_on_a_table_of_ones_own_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QString>("separator");
    QTest::newRow("commas, with names") << "flowers.csv" << QByteArray("size,class,weight\n") << ",";
    QTest::newRow("tabs, without names") << "flowers.tsv" << QByteArray() << "\t";
    QTest::newRow("semicolons") << "My Flowers.CSV" << QByteArray("size;kind;weight\n") << ";";
  }
  void trains_on_a_table_of_ones_own() {
    QFETCH(QString, name);
    QFETCH(QByteArray, header);
    QFETCH(QString, separator);
    // Two clouds of points that a line divides.
    QByteArray table = header;
    for (int i = 0; i < 100; ++i) {
      const QString kind = i % 2 == 0 ? "aster" : "rose";
      const double far = i % 2 == 0 ? 10.5 : -3.25;
      table += QStringList{QString::number(far + 0.01 * i), kind, QString::number(-far + 0.02 * i)}
                   .join(separator)
                   .toUtf8() +
               "\n";
    }
    const QString path = folder_.filePath(name);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(table) == table.size());
    file.close();
    const QStringList net{"--layers", "2,16,16", "--sparsity", "0.5", "--model", "random", "--epochs", "10", "--json"};
    // Named as the data set, and by the option of the file alone.
    for (const char* option : {"--data", "--data-file"}) {
      const Outcome outcome = run_dnm(QStringList{"train", option, path} + net, folder_.path());
      QVERIFY2(outcome.status == 0, qPrintable(outcome.describe()));
      QVERIFY2(outcome.errors.contains("20 examples of 100"), outcome.errors.constData());
      // The last line is a summary.
      const QList<QJsonObject> lines = outcome.json_lines();
      QCOMPARE(lines.size(), 11);
      QCOMPARE(lines[9]["test_accuracy"].toDouble(), 1.0);
    }
    // A cell that is no number, with its place; nothing is trained.
    QVERIFY(file.open(QIODevice::Append) && file.write(QStringList{"nan", "rose", "1"}.join(separator).toUtf8()) > 0);
    file.close();
    const Outcome refused = run_dnm(QStringList{"train", "--data", path} + net, folder_.path());
    QCOMPARE(refused.status, 1);
    QVERIFY2(refused.is_one_sentence() && refused.errors.contains(name.toUtf8()) && refused.errors.contains("nan"),
             qPrintable(refused.describe()));
  }

  /// A folder of data says nothing about a file that is named.
  void refuses_a_data_folder_beside_the_file() {
    const QString path = folder_.filePath("points.csv");
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("a,label\n1,x\n2,y\n3,x\n4,y\n5,x\n") > 0);
    file.close();
    for (const QStringList& command : {QStringList{"train"}, QStringList{"compare", "-o", folder_.filePath("out")}}) {
      const Outcome outcome =
          run_dnm(command + QStringList{"--data", path, "--data-dir", folder_.path(), "--epochs", "1"}, folder_.path());
      QCOMPARE(outcome.status, 1);
      QVERIFY2(outcome.is_one_sentence() && outcome.errors.contains("data-dir"), qPrintable(outcome.describe()));
    }
  }
};

DNM_TEST(TestTrainingOnOwnData, QCoreApplication)
#include "test_training_on_own_data.moc"
