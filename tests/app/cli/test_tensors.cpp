// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <vector>

#include "tests/app/cli/dnm_process.h"
#include "tests/core/files/npz_builder.h"
#include "tests/support/places.h"
#include "tests/support/test_class.h"

/// Files of many matrices at the commands: which of them are the layers.
class TestTensors : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;

  static QString reference(const QString& name) { return QString(dnm::test::reference_folder()) + "/torch/" + name; }
  Outcome run(const QStringList& arguments) const { return run_dnm(arguments, folder_.path()); }
  static QByteArray content(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
  }
  void write(const QString& name, const QByteArray& text) const {
    QFile file(folder_.filePath(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
  }
  static inline const QString up = "encoder.layers.0.linear1.weight";
  static inline const QString down = "encoder.layers.0.linear2.weight";

 private Q_SLOTS:
  void asks_which_matrices_are_the_layers() {
    const Outcome all = run({"measure", reference("transformer.pt")});
    QCOMPARE(all.status, 1);
    QVERIFY2(all.is_one_sentence() && all.errors.contains("--tensors A,B"), all.errors);
    QVERIFY2(all.errors.contains((up + " (12 × 8)").toUtf8()), all.errors);
    // The links are those that PyTorch counted.
    const auto links = content(reference("transformer.links")).count('\n') - 1;
    const Outcome chosen = run({"measure", reference("transformer.pt"), "--tensors", up + "," + down, "--json"});
    QVERIFY2(chosen.status == 0, qPrintable(chosen.describe()));
    QCOMPARE(chosen.json()["layers"].toArray(), (QJsonArray{8, 12, 8}));
    QCOMPARE(chosen.json()["edges"].toInt(), static_cast<int>(links));
    // Through a pipe, and what is refused there names it.
    const auto piped = [&](const QString& arguments) {
      QProcess process;
      process.start("bash", {"-c", "cat '" + reference("transformer.pt") + "' | '" + dnm::test::program_folder() +
                                       "/dnm' measure - --json " + arguments});
      process.waitForFinished(120000);
      return Outcome{process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    };
    QCOMPARE(piped("--tensors " + up + "," + down).json()["edges"].toInt(), static_cast<int>(links));
    QVERIFY2(piped("").errors.contains("standard input"), piped("").errors);
  }

  /// L of a pruned model, by a search from every neuron over the links that PyTorch tells.
  void measures_a_pruned_model() {
    const std::vector<int> first{0, 20, 36, 48, 53};  // of each layer of 20-16-12-5 neurons, and their number
    std::vector<std::vector<int>> neighbours(53);
    for (const QByteArray& line : content(reference("pruned.links")).split('\n').mid(1)) {
      const QList<QByteArray> words = line.split(' ');
      if (words.size() != 3) continue;
      const auto layer = words[0].toUInt();
      const int output = first[layer + 1] + words[1].toInt();
      const int input = first[layer] + words[2].toInt();
      neighbours[static_cast<std::size_t>(output)].push_back(input);
      neighbours[static_cast<std::size_t>(input)].push_back(output);
    }
    double sum = 0.0, pairs = 0.0;
    for (int from = 0; from < 53; ++from) {
      std::vector<int> distance(53, -1);
      std::vector<int> reached{from};
      distance[static_cast<std::size_t>(from)] = 0;
      for (std::size_t next = 0; next < reached.size(); ++next) {
        const auto node = static_cast<std::size_t>(reached[next]);
        for (const int other : neighbours[node]) {
          if (distance[static_cast<std::size_t>(other)] >= 0) continue;
          distance[static_cast<std::size_t>(other)] = distance[node] + 1;
          sum += distance[node] + 1;
          pairs += 1.0;
          reached.push_back(other);
        }
      }
    }
    const Outcome measured = run({"measure", reference("pruned.pt"), "--json", "--draws", "1", "--runs", "1"});
    QVERIFY2(measured.status == 0, qPrintable(measured.describe()));
    const double value = measured.json()["L"].toObject()["value"].toDouble();
    QVERIFY2(std::abs(value - sum / pairs) < 1e-9, qPrintable(QString::number(value)));
  }

  void tells_what_is_wrong_with_a_choice_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* name, const QStringList& arguments, int status, const QString& reason) {
      QTest::newRow(name) << arguments << status << reason;
    };
    const QString file = reference("transformer.pt");
    row("unknown", {"measure", file, "--tensors", "nope"}, 1, "has no matrix \"nope\"");
    const QString attention = "encoder.layers.0.self_attn.in_proj_weight";
    row("no chain", {"measure", file, "--tensors", up + "," + attention + "," + down}, 1,
        down + " (8 × 12) does not follow " + attention + " (24 × 8): neither of its sides is 24");
    row("no matrix", {"measure", file, "--tensors", "encoder.layers.0.linear1.bias"}, 1, "is not a matrix");
    row("empty name", {"measure", file, "--tensors", up + ",,"}, 1, "a name is missing");
    row("no file", {"measure", "--layers", "5,5", "--tensors", "a"}, 2, "name a FILE");
    row("no such format", {"measure", QString(dnm::test::reference_folder()) + "/karate.tsv", "--tensors", "a"}, 1,
        "leave out --tensors");
  }
  void tells_what_is_wrong_with_a_choice() {
    QFETCH(QStringList, arguments);
    QFETCH(int, status);
    QFETCH(QString, reason);
    const Outcome outcome = run(arguments);
    QCOMPARE(outcome.status, status);
    QVERIFY2(outcome.is_one_sentence() && outcome.errors.contains(reason.toUtf8()), outcome.errors);
  }

  void chooses_among_the_masks_of_an_archive() {
    const auto mask = [](int rows, int columns) {
      std::vector<std::uint8_t> cells(static_cast<std::size_t>(rows * columns), 0);
      for (int row = 0; row < rows; ++row) cells[static_cast<std::size_t>(row * columns + row % columns)] = 1;
      return NpzBuilder::npy("|b1", "(" + std::to_string(rows) + ", " + std::to_string(columns) + ")",
                             NpzBuilder::bytes(cells));
    };
    NpzBuilder()
        .raw("a,b", mask(6, 4))
        .raw("c", mask(5, 6))
        .raw("other", mask(9, 7))
        .save(folder_.filePath("masks.npz").toStdString());
    QCOMPARE(run({"measure", "masks.npz"}).status, 1);
    // A comma in a name is written with a backslash before it.
    const Outcome two = run({"measure", "masks.npz", "--tensors", "a\\,b,c", "--json"});
    QVERIFY2(two.status == 0, qPrintable(two.describe()));
    QCOMPARE(two.json()["layers"].toArray(), (QJsonArray{4, 6, 5}));
    QCOMPARE(two.json()["edges"].toInt(), 11);
    QCOMPARE(run({"convert", "masks.npz", "chosen.tsv", "--tensors", "other"}).status, 0);
    QCOMPARE(run({"measure", "chosen.tsv", "--json"}).json()["layers"].toArray(), (QJsonArray{7, 9}));
    // The session in a figure keeps the choice.
    const Outcome figure = run({"figure", "masks.npz", "--tensors", "a\\,b,c", "--panel", "layers", "-o", "a.svg"});
    if (figure.status == 1 && figure.errors.contains("build")) return;
    QVERIFY2(figure.status == 0, qPrintable(figure.describe()));
    QCOMPARE(run({"figure", "--session", "a.svg", "--panel", "layers", "-o", "b.svg"}).status, 0);
    static const QRegularExpression carried("<(metadata|desc).*</(metadata|desc)>",
                                            QRegularExpression::DotMatchesEverythingOption);
    QCOMPARE(QString::fromUtf8(content(folder_.filePath("b.svg"))).remove(carried),
             QString::fromUtf8(content(folder_.filePath("a.svg"))).remove(carried));
  }

  void names_a_file_that_is_not_there() {
    for (const char* name : {"none.pt", "none.safetensors", "none.npz"}) {
      const Outcome outcome = run({"measure", name});
      QVERIFY2(outcome.is_one_sentence() && outcome.errors.contains("No such file"), outcome.errors);
    }
  }

  /// A name alone does not make a file of PyTorch.
  void refuses_what_only_the_name_says_is_pytorch() {
    for (const QByteArray& text : {QByteArray(), QByteArray("P"), QByteArray("hello"), QByteArray(5000, '\0'),
                                   QByteArray("PK\3\4 half an archive"), QByteArray("\x80\x04K\x01.", 5)}) {
      for (const char* name : {"model.bin", "model.pt"}) {
        write(name, text);
        const Outcome outcome = run({"measure", name});
        QVERIFY2(outcome.status == 1 && outcome.is_one_sentence() && outcome.errors.contains(name), outcome.errors);
      }
    }
  }
};

DNM_TEST(TestTensors, QCoreApplication)
#include "test_tensors.moc"
