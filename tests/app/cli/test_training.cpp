// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QJsonValue>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>
#include <cmath>
#include <csignal>

#include "app/workspace/words.h"
#include "tests/app/cli/training_folder.h"
#include "tests/support/places.h"
#include "tests/support/test_class.h"

/// dnm train on small image files: lines of results and seeds.
class TestTraining : public TrainingFolder {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { write_data(); }

  void keeps_the_name_of_a_run_folder_as_given() {
    const Outcome outcome = run({"--epochs", "1", "--run-dir", "blank "});
    QVERIFY2(outcome.status == 0, qPrintable(outcome.describe()));
    QVERIFY(QFile::exists(folder_.filePath("blank /epochs.csv")));
    QVERIFY(!QFile::exists(folder_.filePath("blank")));
  }

  /// The shell gives a byte that Qt would not.
  void refuses_a_run_folder_whose_name_is_not_utf8() {
    QStringList words{QString(dnm::test::program_folder()) + "/dnm"};
    words += arguments({"--epochs", "1", "--run-dir"});
    QProcess shell;
    shell.setWorkingDirectory(folder_.path());
    shell.start("sh", {"-c", "'" + words.join("' '") + "' \"$(printf 'odd/l\\351')\""});
    QVERIFY(shell.waitForFinished(60000));
    QCOMPARE(shell.exitCode(), 1);
    const QByteArray errors = shell.readAllStandardError();
    QVERIFY2(errors.contains("is not UTF-8") && errors.count('\n') == 1, errors.constData());
    QVERIFY(!QFile::exists(folder_.filePath("odd")));
  }

  void trains_every_initialiser_data() {
    QTest::addColumn<QString>("model");
    QTest::addColumn<int>("links");
    const int sparse = 784 * 60 / 5 + 60 * 40 / 5;
    for (const char* model : {"bsw", "brf", "ramanujan", "csti", "snip"}) {
      QTest::newRow(model) << QString(model) << sparse;
    }
    QTest::newRow("dense") << QString("dense") << 784 * 60 + 60 * 40;
    // 784·h + h² + 10·h is nearest to the sparse network's 9888 + 10·40 at h = 13.
    QTest::newRow("dense-equal") << QString("dense-equal") << 784 * 13 + 13 * 13;
  }
  void trains_every_initialiser() {
    QFETCH(const QString, model);
    QFETCH(const int, links);
    QStringList options{"train",   "--data", "mnist",    "--data-dir", folder_.path(), "--hidden", "60,40",
                        "--model", model,    "--epochs", "2",          "--json"};
    if (model != "dense") options += {"--sparsity", "0.8"};
    const Outcome outcome = run_dnm(options, folder_.path());
    QVERIFY2(outcome.status == 0, qPrintable(outcome.describe()));
    const QList<QJsonObject> lines = outcome.json_lines();
    QCOMPARE(lines.size(), 3);
    QCOMPARE(lines[1]["links"].toInt(), links);
    QVERIFY2(lines[1]["test_accuracy"].toDouble() > 0.5, outcome.output.constData());
  }

  void learns_a_topology_from_the_data_it_is_given() {
    for (const char* model : {"csti", "snip"}) {
      const QStringList data{"--model", model,        "--layers",     "784,90,50",  "--data",
                             "mnist",   "--data-dir", folder_.path(), "--sparsity", "0.9"};
      const Outcome drawn = run_dnm(QStringList{"generate", "-o", "learned.npz"} + data, folder_.path());
      QVERIFY2(drawn.status == 0, qPrintable(drawn.describe()));
      const Outcome measured =
          run_dnm({"measure", "learned.npz", "--json", "--runs", "1", "--draws", "1"}, folder_.path());
      QCOMPARE(measured.json()["edges"].toInt(), 784 * 9 + 90 * 5);
      const Outcome again = run_dnm(QStringList{"generate", "-o", "again.npz"} + data, folder_.path());
      QVERIFY2(again.status == 0, qPrintable(again.describe()));
      QFile first(folder_.filePath("learned.npz"));
      QFile second(folder_.filePath("again.npz"));
      QVERIFY(first.open(QIODevice::ReadOnly) && second.open(QIODevice::ReadOnly));
      QCOMPARE(first.readAll(), second.readAll());
      // The first layer is that of the images.
      const Outcome wrong =
          run_dnm({"generate", "-o", "x.npz", "--model", model, "--data", "mnist", "--data-dir", folder_.path()},
                  folder_.path());
      QCOMPARE(wrong.status, 1);
      QVERIFY2(wrong.is_one_sentence() && wrong.errors.contains("with layers 784,196,196"),
               qPrintable(wrong.describe()));
      const Outcome unknown = run_dnm(
          {"generate", "-o", "x.npz", "--model", model, "--layers", "784,9", "--data", "mnits"}, folder_.path());
      QCOMPARE(unknown.status, 2);
      QVERIFY2(unknown.is_one_sentence() && unknown.errors.contains("did you mean"), qPrintable(unknown.describe()));
    }
  }

  void says_numbers_in_the_words_that_the_window_uses() {
    const QStringList options{"--epochs", "2", "--seeds", "0,1"};
    const QList<QJsonObject> lines = run(options + QStringList{"--json"}).json_lines();
    const Outcome outcome = run(options);
    QVERIFY2(outcome.status == 0, qPrintable(outcome.describe()));
    const QString said = QString::fromUtf8(outcome.output).simplified();
    const std::vector<double> last{accuracies(lines, 0).last(), accuracies(lines, 1).last()};
    const QString words = "last epoch " + QString::fromStdString(dnm::mean_text(&dnm::metric("test_accuracy"), last));
    QVERIFY2(said.contains(words), qPrintable(words + " in " + said));
    for (const QJsonObject& line : lines) {
      if (!line.contains("train_loss")) continue;
      const std::string epoch =
          "loss " + dnm::metric_text(dnm::metric("train_loss"), line["train_loss"].toDouble()) + " train " +
          dnm::metric_text(dnm::metric("train_accuracy"), line["train_accuracy"].toDouble()) + " test " +
          dnm::metric_text(dnm::metric("test_accuracy"), line["test_accuracy"].toDouble());
      QVERIFY2(said.contains(QString::fromStdString(epoch)), epoch.c_str());
    }
    // What it takes differs from run to run, its words do not.
    QVERIFY2(said.contains(QRegularExpression("[0-9]( [MG])? examples/s, [0-9.,]+( [MG])? links/s")), qPrintable(said));
    QVERIFY2(said.contains(QRegularExpression("[0-9.]+ times as fast as masked dense products; [0-9.,]+ MB ")),
             qPrintable(said));
  }

  void prints_a_line_per_epoch_and_a_summary() {
    const Outcome outcome = run({"--epochs", "3", "--seeds", "0,4,2", "--validation", "50", "--json"});
    QVERIFY2(outcome.status == 0, qPrintable(outcome.describe()));
    const QList<QJsonObject> lines = outcome.json_lines();
    QCOMPARE(lines.size(), 10);
    const int links = 784 * 60 / 5 + 60 * 40 / 5;
    for (int i = 0; i < 9; ++i) {
      QCOMPARE(lines[i]["seed"].toInt(), QList({0, 4, 2})[i / 3]);
      QCOMPARE(lines[i]["epoch"].toInt(), i % 3 + 1);
      QCOMPARE(lines[i]["links"].toInt(), links);
      for (const char* key : {"train_accuracy", "test_accuracy", "validation_accuracy"}) {
        QVERIFY2(lines[i][key].isDouble() && lines[i][key].toDouble() >= 0.0 && lines[i][key].toDouble() <= 1.0, key);
      }
      QVERIFY(lines[i]["train_loss"].toDouble() > 0.0 && lines[i]["seconds"].toDouble() > 0.0);
    }
    // Classes this plain are learned at once.
    QVERIFY(lines[2]["test_accuracy"].toDouble() > 0.9);
    const QJsonObject summary = lines.back()["summary"].toObject();
    QCOMPARE(summary["n"].toInt(), 3);
    double last[3];
    double best[3];
    for (int i = 0; i < 3; ++i) {
      const QList<double> test = accuracies(lines, QList({0, 4, 2})[i]);
      last[i] = test.back();
      best[i] = *std::max_element(test.begin(), test.end());
    }
    const auto check = [&](const char* key, const double* values) {
      const double mean = (values[0] + values[1] + values[2]) / 3.0;
      double squares = 0.0;
      for (int i = 0; i < 3; ++i) squares += (values[i] - mean) * (values[i] - mean);
      const QJsonObject object = summary[key].toObject();
      QVERIFY2(std::abs(object["mean"].toDouble() - mean) < 1e-12, key);
      QVERIFY2(std::abs(object["se"].toDouble() - std::sqrt(squares / 2.0) / std::sqrt(3.0)) < 1e-12, key);
    };
    check("last", last);
    check("best_on_test", best);
    QVERIFY(summary["at_best_validation"].toObject()["mean"].isDouble());
  }

  /// What was computed with what, how fast and in how much memory, for every run.
  void reports_what_the_runs_took() {
    const Outcome outcome = run({"--epochs", "2", "--seeds", "3,5", "--engine", "sparse", "--json"});
    QVERIFY2(outcome.status == 0, qPrintable(outcome.describe()));
    const QList<QJsonObject> lines = outcome.json_lines();
    const QJsonArray runs = lines.back()["summary"].toObject()["runs"].toArray();
    QCOMPARE(runs.size(), 2);
    for (int i = 0; i < 2; ++i) {
      const QJsonObject reported = runs[i].toObject();
      QCOMPARE(reported["seed"].toInt(), QList({3, 5})[i]);
      QCOMPARE(reported["state"].toString(), "finished");
      QCOMPARE(reported["epochs"].toInt(), 2);
      const double seconds = lines[2 * i]["seconds"].toDouble() + lines[2 * i + 1]["seconds"].toDouble();
      QVERIFY(std::abs(reported["seconds"].toDouble() - seconds) < 1e-9);
      QCOMPARE(reported["engine"].toString(), "sparse");
      QVERIFY(reported["device"].toString().startsWith("cpu"));
      const QJsonArray layers = reported["layers"].toArray();
      QCOMPARE(layers.size(), 3);  // the classifier too
      double sparse = 0.0, masked = 0.0;
      for (const QJsonValue& layer : layers) {
        QCOMPARE(layer.toObject()["engine"].toString(), "sparse");
        sparse += layer.toObject()["sparse_milliseconds"].toDouble();
        masked += layer.toObject()["masked_milliseconds"].toDouble();
      }
      QVERIFY(sparse > 0.0 &&
              std::abs(reported["masked_speed_up"].toDouble() - masked / sparse) < 1e-9 * masked / sparse);
      // Every link of the net, the classifier's 40 x 10 among them, is used once for an image.
      const double links = lines.front()["links"].toDouble() + 400.0;
      QVERIFY(reported["examples_per_second"].toDouble() > 0.0);
      QVERIFY(std::abs(reported["links_per_second"].toDouble() / reported["examples_per_second"].toDouble() - links) <
              1e-6);
      QVERIFY(reported["memory_bytes"].toDouble() > 500 * 784);
    }
    const Outcome people = run({"--epochs", "2"});
    QVERIFY2(people.output.contains("training took ") && people.output.contains(" for 2 epochs; "),
             people.output.constData());
  }

  /// A run that breaks off is named, and what is true of all seeds is noted once.
  void names_the_seed_that_something_is_about() {
    const Outcome diverged = run({"--epochs", "5", "--seeds", "0,1", "--lr", "10", "--momentum", "0.999", "--json"});
    QCOMPARE(diverged.status, 1);
    QVERIFY2(diverged.errors.startsWith("dnm: seed ") && diverged.errors.contains("diverged"),
             qPrintable(diverged.describe()));
    const Outcome missing = run({"--seeds", "0,1", "--data-dir", "nowhere"});
    QVERIFY2(missing.is_one_sentence() && !missing.errors.contains("seed"), qPrintable(missing.describe()));
    const Outcome noted = run_dnm({"train", "--data", "mnist", "--data-dir", folder_.path(), "--hidden", "60,40",
                                   "--model", "ramanujan", "--sparsity", "0.8", "--epochs", "1", "--seeds", "7,8"},
                                  folder_.path());
    QVERIFY2(noted.status == 0, qPrintable(noted.describe()));
    QCOMPARE(noted.errors.count("note: seed 7: layer 1: "), 1);
    QCOMPARE(noted.errors.count("note: seed 8: layer 2: "), 1);
  }

  void is_honest_about_a_single_run() {
    const QJsonObject summary = run({"--epochs", "1", "--json"}).json_lines().back()["summary"].toObject();
    QCOMPARE(summary["n"].toInt(), 1);
    QVERIFY(summary["last"].toObject()["se"].isNull());
    QVERIFY(summary["at_best_validation"].isNull());
  }

  void gives_the_same_accuracies_for_the_same_seed() {
    const QList<double> first = accuracies(run({"--epochs", "2", "--seed", "3", "--json"}).json_lines(), 3);
    const QList<double> again = accuracies(run({"--epochs", "2", "--seeds", "3", "--json"}).json_lines(), 3);
    QCOMPARE(first.size(), 2);
    QCOMPARE(first, again);
  }

  void trains_the_network_of_a_file() {
    const QString file = folder_.filePath("network.npz");
    QCOMPARE(run_dnm({"generate", "-o", file, "--layers", "784,60,40", "--sparsity", "0.8", "--seed", "3"}).status, 0);
    const QStringList common{"--data", "mnist", "--data-dir", folder_.path(), "--epochs", "2", "--seed", "3", "--json"};
    const Outcome from_file = run_dnm(QStringList{"train", file} + common);
    QVERIFY2(from_file.status == 0, qPrintable(from_file.describe()));
    // The same network and seed as when it is drawn from the same parameters.
    QCOMPARE(accuracies(from_file.json_lines(), 3),
             accuracies(run({"--epochs", "2", "--seed", "3", "--json"}).json_lines(), 3));
    // … and when the layers are given instead of the hidden sizes.
    const Outcome from_layers = run_dnm(QStringList{"train", "--layers", "784,60,40", "--sparsity", "0.8"} + common);
    QCOMPARE(accuracies(from_layers.json_lines(), 3), accuracies(from_file.json_lines(), 3));
    QCOMPARE(run_dnm({"generate", "-o", file, "--layers", "98,60"}).status, 0);
    const Outcome other_inputs = run_dnm(QStringList{"train", file} + common);
    QCOMPARE(other_inputs.status, 1);
    const Outcome other_layers = run_dnm(QStringList{"train", "--layers", "98,60"} + common);
    QCOMPARE(other_layers.status, 1);
    QVERIFY2(other_layers.is_one_sentence() && other_layers.errors.contains("784"),
             qPrintable(other_layers.describe()));
    QVERIFY2(other_inputs.is_one_sentence(), qPrintable(other_inputs.describe()));
  }

  void shows_a_table_to_people() {
    const Outcome outcome = run({"--epochs", "2", "--seeds", "0,1"});
    QCOMPARE(outcome.status, 0);
    QVERIFY2(outcome.errors.isEmpty(), outcome.errors.constData());  // no progress where there is no terminal
    QVERIFY(outcome.output.contains("seed 1  epoch 2/2"));
    QVERIFY(outcome.output.contains("mean ± SE of 2 runs"));
  }

  void trains_the_seeds_of_a_session() {
    const QString file = folder_.filePath("seeds.dnm.json");
    QFile session(file);
    QVERIFY(session.open(QIODevice::WriteOnly));
    session.write(R"({"format": "dnm-session", "version": 1, "parameters": {"layers": "784,60,40", "sparsity": "0.8"},
                      "training": {"epochs": "1", "data": "mnist", "seeds": "4,6"}})");
    session.close();
    const QStringList common{"train", file, "--data-dir", folder_.path(), "--json"};
    const auto seeds_of = [](const Outcome& outcome) {
      QList<int> seeds;
      for (const auto& line : outcome.json_lines()) {
        if (line.contains("seed")) seeds += line["seed"].toInt();
      }
      return seeds;
    };
    const Outcome both = run_dnm(common);
    QVERIFY2(both.status == 0, qPrintable(both.describe()));
    QCOMPARE(seeds_of(both), QList<int>({4, 6}));
    QCOMPARE(seeds_of(run_dnm(common + QStringList{"--seeds", "5"})), QList<int>({5}));
  }

  void leaves_a_config_of_others_alone() {
    QVERIFY(QDir(folder_.path()).mkpath("project"));
    write("project/config.json", "{\"mine\": true}");
    const Outcome outcome = run({"--epochs", "1", "--run-dir", "project"});
    QCOMPARE(outcome.status, 1);
    QVERIFY2(outcome.is_one_sentence() && outcome.errors.contains("project"), qPrintable(outcome.describe()));
    QFile file(folder_.filePath("project/config.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), "{\"mine\": true}");
  }

  /// What was learned, as PyTorch computes with it: the same accuracy on the same images.
  void what_was_learned_goes_into_pytorch() {
    const auto python = [this](const QStringList& arguments) {
      QProcess process;
      process.setWorkingDirectory(folder_.path());
      process.start("/usr/bin/python3", arguments);
      return process.waitForFinished(60000) && process.exitCode() == 0 ? process.readAllStandardOutput() : QByteArray();
    };
    const Outcome outcome =
        run({"--epochs", "1", "--lr", "0.004", "--model", "random", "--run-dir", "learned", "--json"});
    QVERIFY2(outcome.status == 0, qPrintable(outcome.describe()));
    const QString scripts = QString(dnm::test::source_folder()) + "/resources/python";
    const QByteArray shown = python({scripts + "/load_run.py", "learned"});
    if (shown.isEmpty() && python({"-c", "import torch; print(torch.__version__)"}).isEmpty()) {
      QSKIP("Python with PyTorch is not installed");
    }
    QVERIFY2(shown.startsWith("epochs done: 1\nlayer 1: 784 -> 60, 9408 links, mean |w| 0.") &&
                 shown.contains("layer 3: 40 -> 10, 400 links"),
             shown.constData());
    const QByteArray correct = python(
        {"-B", "-c",
         "import sys, torch; sys.path.append(sys.argv[1]); import load_run\n"
         "images = torch.frombuffer(bytearray(open('t10k-images-idx3-ubyte', 'rb').read()[16:]), dtype=torch.uint8)\n"
         "labels = torch.frombuffer(bytearray(open('t10k-labels-idx1-ubyte', 'rb').read()[8:]), dtype=torch.uint8)\n"
         "scores = load_run.trained_network('learned')((images.view(-1, 784) / 255 - 0.1307) / 0.3081)\n"
         "print((scores.argmax(1) == labels).sum().item())",
         scripts});
    // An accuracy between none and all, so that it says something.
    const double accuracy = outcome.json_lines().front()["test_accuracy"].toDouble();
    QVERIFY2(accuracy > 0.1 && accuracy < 1.0, qPrintable(QString::number(accuracy)));
    QCOMPARE(correct.trimmed().toInt(), qRound(100.0 * accuracy));
  }

  /// Drawn at half of the links, and trained to the model's sparsity; what the user typed is what the folder says.
  void a_falling_density_ends_at_the_sparsity_of_the_model() {
    const Outcome outcome = run({"--method", "chtss", "--epochs", "4", "--run-dir", "falls", "--json"});
    QVERIFY2(outcome.status == 0, qPrintable(outcome.describe()));
    const auto epochs_of = [](const Outcome& trained) {
      QList<QJsonObject> lines = trained.json_lines();
      lines.removeIf([](const QJsonObject& line) { return line.contains("update"); });
      return lines;
    };
    const QList<QJsonObject> lines = epochs_of(outcome);
    const int links = 784 * 60 / 5 + 60 * 40 / 5;
    QVERIFY(lines[0]["links"].toInt() > links && lines[0]["links"].toInt() <= (784 * 60 + 60 * 40) / 2);
    QCOMPARE(lines[1]["links"].toInt(), links);  // half of the epochs, where the fall ends
    QCOMPARE(lines[3]["links"].toInt(), links);
    QFile file(folder_.filePath("falls/config.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonObject config = QJsonDocument::fromJson(file.readAll()).object();
    QCOMPARE(config["settings"]["final-sparsity"].toString(), QString("0.8"));
    QCOMPARE(config["settings"]["start-sparsity"].toString(), QString("0.5"));
    QVERIFY(!config["command"].toString().contains("final-sparsity"));
    QCOMPARE(config["links"].toArray(), QJsonArray({784 * 60 / 2, 60 * 40 / 2}));
    QVERIFY(run({"--method", "chtss", "--epochs", "4", "--run-dir", "falls", "--resume"}).status == 0);

    // A file begins as it is and says no end.
    QVERIFY(run_dnm({"generate", "--model", "random", "--layers", "784,60,40", "--sparsity", "0.7", "-o", "given.npz"},
                    folder_.path())
                .status == 0);
    const QStringList of_file{"train",    "given.npz", "--data",   "mnist", "--data-dir", folder_.path(),
                              "--method", "gmp",       "--epochs", "4",     "--json"};
    const Outcome endless = run_dnm(of_file, folder_.path());
    QCOMPARE(endless.status, 1);
    QVERIFY2(endless.errors.contains("--final-sparsity"), endless.errors.constData());
    const Outcome given = run_dnm(of_file + QStringList{"--final-sparsity", "0.9"}, folder_.path());
    QVERIFY2(given.status == 0, qPrintable(given.describe()));
    QCOMPARE(epochs_of(given)[3]["links"].toInt(), 784 * 60 / 10 + 60 * 40 / 10);
  }

  void refuses_bad_input_data() {
    QTest::addColumn<QStringList>("more");
    QTest::addColumn<QString>("must_hold");
    const auto row = [](const char* name, const QStringList& more, const char* must_hold) {
      QTest::newRow(name) << more << QString::fromUtf8(must_hold);
    };
    row("data folder without data", {"--data-dir", "/proc"}, "/proc");
    row("unknown name of a data set", {"--data", "fashion"}, "fashion-mnist");
    row("unknown name of a rule", {"--method", "statik"}, "static");
    row("unknown name in capitals", {"--method", "SET"}, "did you mean \"set\"?");
    row("a density that would rise", {"--method", "gmp", "--start-sparsity", "0.9"}, "0.9 to one of 0.8");
    row("a density that falls at once", {"--method", "gmp", "--epochs", "4", "--decay-end", "0.2"}, "--decay-end");
    row("no epochs", {"--epochs", "0"}, "epochs");
    row("seeds in words", {"--seeds", "a,b"}, "seeds");
    row("a seed twice", {"--seeds", "1,1"}, "twice");
    row("empty hidden layer", {"--hidden", "60,0"}, "hidden");
    row("10^9 hidden neurons", {"--hidden", "1000000000"}, "hidden");
    row("unwritable run folder", {"--run-dir", "/proc/nowhere"}, "/proc/nowhere");
    row("all images held out", {"--validation", "400"}, "validation");
  }
  void refuses_bad_input() {
    QFETCH(QStringList, more);
    QFETCH(QString, must_hold);
    const Outcome outcome = run(more);
    QCOMPARE(outcome.status, QByteArray(QTest::currentDataTag()).startsWith("unknown name") ? 2 : 1);
    QVERIFY2(outcome.is_one_sentence(), qPrintable(outcome.describe()));
    QVERIFY2(outcome.errors.contains(must_hold.toUtf8()), outcome.errors.constData());
  }
};

DNM_TEST(TestTraining, QCoreApplication)
#include "test_training.moc"
