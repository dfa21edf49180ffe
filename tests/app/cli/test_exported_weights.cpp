// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include "tests/app/cli/dnm_process.h"
#include "tests/core/files/python.h"
#include "tests/support/places.h"
#include "tests/support/test_class.h"
#include "tests/training/samples.h"

/// What a run has learned, as other programs load it.
class TestExportedWeights : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;

  Outcome run(const QStringList& arguments) const { return run_dnm(arguments, folder_.path()); }
  QByteArray content(const QString& name) const {
    QFile file(folder_.filePath(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
  }
  /// Images whose classes are hard to tell: a faint pair of rows on noise.
  void write_images(const QString& kind, std::uint32_t count) const {
    std::string images, labels;
    std::uint32_t noise = count;
    for (std::uint32_t image = 0; image < count; ++image) {
      labels += static_cast<char>(image % 10);
      for (std::uint32_t pixel = 0; pixel < 784; ++pixel) {
        noise = noise * 1664525U + 1013904223U;
        images += static_cast<char>((noise >> 24U) % 160 + (pixel / 56 == image % 10 ? 40 : 0));
      }
    }
    const std::string start = folder_.filePath(kind).toStdString();
    samples::write_file(start + "-images-idx3-ubyte", samples::idx_bytes({count, 28, 28}, images));
    samples::write_file(start + "-labels-idx1-ubyte", samples::idx_bytes({count}, labels));
  }
  /// The lines of a short training, whose run folder is "run".
  Outcome train() const {
    write_images("train", 600);
    write_images("t10k", 300);
    return run({"train", "--data", "mnist", "--data-dir", folder_.path(), "--hidden", "30,20", "--sparsity", "0.7",
                "--epochs", "6", "--run-dir", "run", "--json"});
  }

 private Q_SLOTS:
  void init() { folder_ = QTemporaryDir(); }

  /// The weights of a run, loaded by PyTorch, classify the same images as well as the program says.
  void exports_weights_that_work_in_pytorch() {
    const Outcome trained = train();
    QVERIFY2(trained.status == 0, qPrintable(trained.describe()));
    const double accuracy = trained.json_lines().at(5)["test_accuracy"].toDouble();
    QVERIFY2(accuracy > 0.2 && accuracy < 0.98, "a wrong network would do as well");
    const Outcome exported = run({"convert", "run", "weights.safetensors"});
    QVERIFY2(exported.status == 0, qPrintable(exported.describe()));
    QVERIFY2(exported.output.contains("3 layers"), exported.output);
    QVERIFY(!content("weights.safetensors").contains(folder_.path().toUtf8()));
    // From the checkpoint alone the same tensors; as a network its masked layers.
    QCOMPARE(run({"convert", "run/checkpoint.pt", "again.safetensors"}).status, 0);
    QVERIFY(content("again.safetensors") == content("weights.safetensors"));
    const Outcome network = run({"convert", "run", "network.npz"});
    QVERIFY2(network.status == 0, qPrintable(network.describe()));
    for (const char* file : {"network.npz", "weights.safetensors"})
      QCOMPARE(run({"measure", file, "--json"}).json()["layers"].toArray(), (QJsonArray{784, 30, 20}));
    const QString python = dnm::test::python_with("torch");
    if (python.isEmpty()) QSKIP("Python with PyTorch is not installed; the weights are exported all the same");
    const dnm::test::Ended ended =
        dnm::test::run(python, {QString(dnm::test::source_folder()) + "/tests/app/cli/exported_weights.py",
                                folder_.filePath("weights.safetensors"), folder_.filePath("run"), folder_.path()});
    QVERIFY2(ended.well, ended.errors.constData());
    const QStringList words = QString::fromUtf8(ended.output).simplified().split(' ');
    QCOMPARE(words.size(), 3);
    QCOMPARE(words[0].toDouble() / words[1].toDouble(), accuracy);
    QCOMPARE(words[2].toDouble(), 0.0);
  }

  /// Without some of their links the weights would be another model, or be left out without a word.
  void dead_ends_are_of_networks_alone() {
    QCOMPARE(train().status, 0);
    const Outcome weights = run({"convert", "run", "x.safetensors", "--remove-dead-ends"});
    QVERIFY2(weights.status != 0 && weights.is_one_sentence() && weights.errors.contains("trained weights"),
             weights.errors);
    QVERIFY(!QFile::exists(folder_.filePath("x.safetensors")));
    QCOMPARE(run({"convert", "run", "x.npz", "--remove-dead-ends"}).status, 0);
    QCOMPARE(run({"convert", "x.npz", "masks.safetensors", "--remove-dead-ends"}).status, 0);
  }

  void asks_which_run_of_several() {
    const Outcome none = run({"convert", folder_.path(), "x.safetensors"});
    QVERIFY2(none.status == 1 && none.is_one_sentence(), none.errors);
    QVERIFY(!QFile::exists(folder_.filePath("x.safetensors")));
    QCOMPARE(train().status, 0);
    QDir(folder_.path()).mkdir("two");
    for (const QString seed : {"seed-0", "seed-1"}) {
      QDir(folder_.path()).mkdir("two/" + seed);
      for (const QString name : {"checkpoint.pt", "epochs.csv", "config.json"})
        QVERIFY(QFile::copy(folder_.filePath("run/" + name), folder_.filePath("two/" + seed + "/" + name)));
    }
    const Outcome two = run({"convert", "two", "x.safetensors"});
    QVERIFY2(two.status == 1 && two.is_one_sentence() && two.errors.contains("two/seed-0"), two.errors);
    QCOMPARE(run({"convert", "two/seed-1", "x.safetensors"}).status, 0);
  }
};

DNM_TEST(TestExportedWeights, QCoreApplication)
#include "test_exported_weights.moc"
