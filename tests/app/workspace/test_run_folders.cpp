// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>
#include <chrono>
#include <filesystem>
#include <memory>

#include "app/workspace/experiments/new_run_folder.h"
#include "app/workspace/experiments/run_folders.h"
#include "core/models/initialiser.h"
#include "core/support/error.h"
#include "core/support/user_folders.h"
#include "tests/app/played_topology.h"
#include "tests/support/test_class.h"

using namespace dnm;

/// Run folders read back: what is in them, and what is said when it cannot be read.
class TestRunFolders : public QObject {
  Q_OBJECT

  static constexpr const char* header =
      "seed,epoch,train_loss,train_accuracy,test_accuracy,validation_accuracy,links,seconds\n";
  std::unique_ptr<QTemporaryDir> folder_;

  void write(const QString& name, const QByteArray& text) {
    const QString path = folder_->filePath(name);
    QVERIFY(QDir().mkpath(QFileInfo(path).path()));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(text), static_cast<qint64>(text.size()));
  }
  [[nodiscard]] std::filesystem::path path(const QString& name) const { return folder_->filePath(name).toStdString(); }
  [[nodiscard]] std::vector<Experiment> read(const QString& name) const {
    return read_experiments(folder_->filePath(name).toStdString());
  }
  [[nodiscard]] QString problem(const QString& name) const {
    try {
      static_cast<void>(read(name));
    } catch (const FileError& error) {
      return QString::fromUtf8(error.what());
    }
    return {};
  }

 private Q_SLOTS:
  void init() { folder_ = std::make_unique<QTemporaryDir>(); }

  void a_single_run() {
    write("run/epochs.csv", QByteArray(header) + "7,1,0.5,0.8,0.75,,5763,1.25\n7,2,0.25,0.9,0.78,0.79,5763,1.5\n");
    write("run/config.json", R"({"settings": {"epochs": "20"}, "command": "dnm train --seeds 7"})");
    const std::vector<Experiment> groups = read("run/");
    QCOMPARE(groups.size(), std::size_t{1});
    QCOMPARE(groups[0].name, std::string("run"));
    QCOMPARE(groups[0].start.training.epochs, std::int64_t{20});
    QCOMPARE(groups[0].command_line, std::string("dnm train --seeds 7"));
    QCOMPARE(groups[0].runs.size(), std::size_t{1});
    const RunHistory& run = groups[0].runs[0].epochs;
    QCOMPARE(run.size(), std::size_t{2});
    QCOMPARE(run[1].seed, std::uint64_t{7});
    QCOMPARE(run[1].epoch, 2);
    QCOMPARE(run[1].values["train_loss"], 0.25);
    QCOMPARE(run[1].values["train_accuracy"], 0.9);
    QCOMPARE(run[1].values["test_accuracy"], 0.78);
    QVERIFY(!run[0].values.get(metric("validation_accuracy")) && run[1].values["validation_accuracy"] == 0.79);
    QCOMPARE(run[1].values["links"], 5763.0);
    QCOMPARE(run[1].values["seconds"], 1.5);
  }

  void the_model_of_runs_is_that_of_their_command() {
    const QByteArray line = QByteArray(header) + "0,1,0.5,0.8,0.75,,100,1\n";
    write("known/epochs.csv", line);
    write("known/config.json",
          R"({"settings": {"epochs": "2", "data": "mnist"}, "layer_sizes": [784, 32, 16],
              "command": "dnm train --hidden 32,16 --model random --sparsity 0.75 --seed 5 --method set"})");
    const Experiment known = read("known").at(0);
    QVERIFY(is_drawn(known.start));
    QCOMPARE(known.start.parameters.initialiser, std::string("random"));
    QCOMPARE(known.start.parameters.shared.sparsity, 0.75);
    QCOMPARE(known.start.parameters.seed, std::uint64_t{5});
    QVERIFY((known.start.parameters.layer_sizes == std::vector<NodeIndex>{784, 32, 16}));
    QVERIFY(!is_known_by_its_runs(known));
    // Of a network that the command does not tell, only what a run has kept is known.
    ModelParameters parameters;
    parameters.layer_sizes = {12, 9, 6};
    for (const char* seed : {"seed-1", "seed-2"}) {
      const QString run = QString("file/") + seed;
      write(run + "/epochs.csv", line);
      write(run + "/config.json", R"({"settings": {"epochs": "2"}, "layer_sizes": [12, 9, 6],
                                      "command": "dnm train net.npz --method set"})");
      static_cast<void>(samples::play_topology(*generate(parameters).network, 2, path(run)));
    }
    const Experiment file = read("file").at(0);
    QVERIFY(is_known_by_its_runs(file));
    const auto* shown = std::get_if<ShownRun>(&file.start.shown);
    QVERIFY(shown && shown->update == 0 && std::filesystem::path(shown->folder) == path("file/seed-1"));
    const WorkspaceState second = start_of(file, file.runs.at(1));
    QVERIFY(std::filesystem::path(std::get<ShownRun>(second.shown).folder) == path("file/seed-2"));
    // A run that keeps its links has them in its checkpoint.
    write("static/epochs.csv", line);
    write("static/checkpoint.pt", "");
    const Experiment kept = read("static").at(0);
    QVERIFY(is_known_by_its_runs(kept));
    QVERIFY(std::filesystem::path(std::get<ShownFile>(kept.start.shown).file) == path("static/checkpoint.pt"));
  }

  void seeds_are_one_group_and_a_folder_of_groups_is_many() {
    for (const int seed : {10, 9, 0}) {
      const QByteArray line = QByteArray::number(seed) + ",1,0.5,0.8,0.75,,100,1\n";
      write(QStringLiteral("all/random/seed-%1/epochs.csv").arg(seed), header + line);
      write(QStringLiteral("all/bsw/seed-%1/epochs.csv").arg(seed), header + line);
    }
    write("all/bsw/seed-0/config.json", "{ not json");
    write("all/notes/readme.txt", "nothing");
    const std::vector<Experiment> groups = read("all");
    QCOMPARE(groups.size(), std::size_t{2});
    QCOMPARE(groups[0].name, std::string("bsw"));
    QCOMPARE(groups[1].name, std::string("random"));
    std::vector<std::uint64_t> seeds;
    for (const ExperimentRun& run : groups[1].runs) seeds.push_back(run.seed);
    QVERIFY((seeds == std::vector<std::uint64_t>{0, 9, 10}));
    QCOMPARE(read("all/random")[0].runs.size(), std::size_t{3});
    QCOMPARE(groups[0].start.training.epochs, std::int64_t{0});
  }

  void the_folder_of_a_comparison_is_that_of_its_runs() {
    write("compared/comparison.csv", "row,label\n");
    for (const char* group : {"random", "bsw"}) {
      write(QStringLiteral("compared/runs/%1/seed-0/epochs.csv").arg(group),
            QByteArray(header) + "0,1,0.5,0.8,0.75,,100,1\n");
    }
    const std::vector<Experiment> groups = read("compared");
    QCOMPARE(groups.size(), std::size_t{2});
    QCOMPARE(groups[1].name, std::string("random"));
  }

  void a_run_that_has_only_begun_counts_and_half_a_line_does_not() {
    write("run/epochs.csv", QByteArray(header) + "0,1,0.5,0.8,0.75,,100,1\n0,2,0.4,0.8");
    QCOMPARE(read("run")[0].runs[0].epochs.size(), std::size_t{1});
    write("new/epochs.csv", header);
    const std::vector<Experiment> groups = read("new");
    QCOMPARE(groups.size(), std::size_t{1});
    QVERIFY(groups[0].runs.empty());
  }

  void a_new_run_folder_has_date_and_name_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("ending");
    QTest::newRow("usual") << "DNM, s 0.99, M 7 · η 0.01 · Fashion-MNIST"
                           << "-DNM-s-0.99-M-7-0.01-Fashion-MNIST";
    QTest::newRow("hard for shells") << "../a b/$HOME; rm *"
                                     << "-a-b-HOME-rm";
    QTest::newRow("nothing left") << "…"
                                  << "";
  }
  void a_new_run_folder_has_date_and_name() {
    QFETCH(QString, name);
    QFETCH(QString, ending);
    const std::filesystem::path runs = folder_->path().toStdString();
    const QDateTime now(QDate(2026, 11, 30), QTime(14, 5, 30));
    const auto time = std::chrono::system_clock::from_time_t(now.toSecsSinceEpoch());
    const auto nothing = [](const std::filesystem::path&) { return false; };
    const std::filesystem::path first = new_run_folder(runs, name.toStdString(), time, nothing);
    QCOMPARE(first.parent_path(), runs);
    QCOMPARE(QString::fromStdString(first.filename().string()), "2026-11-30-1405" + ending);
    QVERIFY(!std::filesystem::exists(first));
    // Never one that is there or that another run is to have.
    std::filesystem::create_directory(first);
    const std::filesystem::path second = new_run_folder(runs, name.toStdString(), time, nothing);
    QCOMPARE(second.string(), first.string() + "-2");
    const auto is_second = [&](const std::filesystem::path& path) { return path == second; };
    QCOMPARE(new_run_folder(runs, name.toStdString(), time, is_second).string(), first.string() + "-3");
    QVERIFY(new_run_folder(runs, std::string(500, 'x'), time, nothing).filename().string().size() < 100);
  }

  void the_data_of_a_user_have_their_usual_place() {
    const QByteArray home = qgetenv("HOME"), data = qgetenv("XDG_DATA_HOME");
    qputenv("HOME", "/home/somebody");
    qunsetenv("XDG_DATA_HOME");
    QCOMPARE(user_data_folder().string(), std::string("/home/somebody/.local/share/dnm-studio"));
    qputenv("XDG_DATA_HOME", "/data");
    QCOMPARE(user_data_folder().string(), std::string("/data/dnm-studio"));
    qputenv("XDG_DATA_HOME", "relative");  // to be ignored, says the specification
    QCOMPARE(user_data_folder().string(), std::string("/home/somebody/.local/share/dnm-studio"));
    qunsetenv("HOME");
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(user_data_folder()), FileError);
    qputenv("HOME", home);
    data.isEmpty() ? qunsetenv("XDG_DATA_HOME") : qputenv("XDG_DATA_HOME", data);
  }

  void damage_is_told_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("words");
    const QByteArray good = QByteArray(header) + "0,1,0.5,0.8,0.75,,100,1\n";
    QTest::newRow("empty") << QByteArray() << "is empty";
    QTest::newRow("another table") << QByteArray("a,b\n1,2\n") << "is not a table of epochs";
    QTest::newRow("too few") << good + "0,2,0.5\n"
                             << "line 3";
    QTest::newRow("too many") << good + "0,2,0.5,0.8,0.75,,100,1,9\n"
                              << "line 3";
    QTest::newRow("words") << good + "0,2,0.5,0.8,high,,100,1\n"
                           << "line 3";
    QTest::newRow("accuracy of 2") << good + "0,2,0.5,0.8,2,,100,1\n"
                                   << "line 3";
    QTest::newRow("epoch again") << good + "0,1,0.5,0.8,0.75,,100,1\n"
                                 << "line 3";
    QTest::newRow("epoch 0") << QByteArray(header) + "0,0,0.5,0.8,0.75,,100,1\n"
                             << "line 2";
    QTest::newRow("bytes") << QByteArray(100000, '\xff') << "is not a table of epochs";
  }
  void damage_is_told() {
    QFETCH(QByteArray, text);
    QFETCH(QString, words);
    write("run/epochs.csv", text);
    const QString told = problem("run");
    QVERIFY2(told.contains(words) && told.contains("epochs.csv") && !told.contains('\n'), qPrintable(told));
  }

  void what_is_not_there_is_told() {
    QVERIFY(problem("nowhere").contains("there is no folder"));
    write("empty/readme.txt", "nothing");
    QVERIFY(problem("empty").contains("there are no runs in"));
  }
};

DNM_TEST(TestRunFolders, QCoreApplication)
#include "test_run_folders.moc"
