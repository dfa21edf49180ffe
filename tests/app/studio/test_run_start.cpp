// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMessageBox>
#include <QTest>
#include <filesystem>

#include "app/workspace/experiments/run_folders.h"
#include "runs_window.h"
#include "tests/support/test_class.h"

using namespace dnm;
using namespace dnm::studio_test;

/// What is trained from a run that is shown: of a folder, a session or a figure, over another model.
class TestRunStart : public RunsWindow {
  Q_OBJECT

  int started_ = 0;

  [[nodiscard]] QString path(const QString& name) const { return folder_.filePath(name); }
  [[nodiscard]] const ShownRun* shown() {
    const auto* run = std::get_if<ShownRun>(&window_->document().state().shown);
    return run && run->network ? run : nullptr;
  }
  /// Opens it over the model of a new session.
  void open(const QString& file) {
    window_->document().forget_changes();
    window_->files().new_session();
    QVERIFY((window_->document().state().parameters.layer_sizes == std::vector<NodeIndex>{98, 196, 196}));
    window_->files().open(file);
    QTRY_VERIFY_WITH_TIMEOUT(!window_->files().is_busy() && shown(), 20000);
  }
  /// A training of a moment, with a run folder of its own, whose network it returns as the training began.
  NetworkPointer trained(const char* answer_to_question) {
    set_up_training(*window_, folder_.path(), 2);
    WorkspaceState next = window_->document().state();
    next.training.method = "set";
    next.training.run_folder = path(QStringLiteral("again-%1").arg(++started_)).toStdString();
    const std::string folder = next.training.run_folder;
    window_->document().edit("folder", std::move(next));
    const std::size_t before = runs().experiments().size();
    click("training-start");
    if (answer_to_question && !answer(*window_, "origin-question", answer_to_question)) return nullptr;
    const bool has_trained = QTest::qWaitFor(
        [&] { return runs().experiments().size() > before && stage_of(group(before)) == RunStage::finished; }, 60000);
    // Several seeds have a folder each.
    const bool is_one = has_trained && std::filesystem::exists(std::filesystem::path(folder) / "topology.bin");
    return is_one ? network_of_run(folder, 0) : nullptr;
  }

 private Q_SLOTS:
  void initTestCase() {
    write_data_set(folder_.path(), 2000, 200);
    renew_window();
    set_up_training(*window_, folder_.path(), 4);
    WorkspaceState next = window_->document().state();
    next.parameters.shared.sparsity = 0.8;
    next.training.method = "set";
    next.training.run_folder = path("run").toStdString();
    next.seeds = {3};
    window_->document().edit("rule", std::move(next));
    QVERIFY(wait_until_fresh(*window_));
    start();
    QVERIFY(wait_for(0, RunStage::finished));
    // The same, where nothing tells what its network was drawn from.
    QVERIFY(QDir().mkpath(path("unknown")));
    for (const QString& name : QDir(path("run")).entryList(QDir::Files))
      QVERIFY(QFile::copy(path("run/" + name), path("unknown/" + name)));
    QFile config(path("unknown/config.json"));
    QVERIFY(config.open(QIODevice::ReadOnly));
    QJsonObject json = QJsonDocument::fromJson(config.readAll()).object();
    config.close();
    QVERIFY(json.contains("command"));
    json.remove("command");
    QVERIFY(config.open(QIODevice::WriteOnly | QIODevice::Truncate) && config.write(QJsonDocument(json).toJson()) > 0);
  }
  void cleanupTestCase() { window_.reset(); }

  void the_model_panel_follows_the_name_of_its_group() {
    renew_window();
    open(path("run"));
    runs().rename(group(0).id, "another name");
    QVERIFY(find<QLabel>(*window_, "network-source")->text().contains("run with seed 3</b> of “another name” "));
  }

  void its_first_network_is_trained_data() {
    QTest::addColumn<QString>("run_folder");
    QTest::addColumn<QString>("way");
    for (const char* run : {"run", "unknown"})
      for (const char* way : {"folder", "session", "figure"})
        QTest::addRow("%s %s", run, way) << QString(run) << QString(way);
  }
  void its_first_network_is_trained() {
    QFETCH(QString, run_folder);
    QFETCH(QString, way);
    renew_window();
    open(path(run_folder));
    QVERIFY(find<QLabel>(*window_, "network-source")->text().contains("run with seed 3</b> of “" + run_folder + "” "));
    if (way == "session") {
      QVERIFY(window_->files().save_session_to(path("s.dnm.json")));
      open(path("s.dnm.json"));
    } else if (way == "figure") {
      QVERIFY(wait_until_fresh(*window_));
      window_->files().export_figure({path("f.svg"), {"120mm"}, "matrix"});
      QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(path("f.svg")) && !window_->files().is_busy(), 60000);
      open(path("f.svg"));
      QVERIFY(QFile::remove(path("f.svg")));
    }
    const NetworkPointer first = network_of_run(path(run_folder).toStdString(), 0);
    const NetworkPointer last = network_of_run(path(run_folder).toStdString(), shown()->update);
    QVERIFY(shown()->update > 0 && *first != *last);
    const NetworkPointer begun = trained("Its first network");
    QVERIFY2(begun, qPrintable(window_->messages().history().join('\n')));
    QVERIFY(*begun == *first);
    QVERIFY(!window_->findChild<QMessageBox*>("resize-question"));
  }

  void the_rewired_one_is_trained_under_every_seed() {
    renew_window();
    open(path("unknown"));
    const NetworkPointer rewired = shown()->network;
    const NetworkPointer begun = trained("The rewired one");
    QVERIFY(begun && *begun == *rewired);
    // In use, it is trained without a question, under each of the seeds.
    action("network-use")->trigger();
    QVERIFY(shown()->is_working);
    const NetworkPointer used = shown()->network;  // the run that was just trained, which is followed
    set_seeds(*window_, "1,2");
    QVERIFY(!trained(nullptr));  // there is no folder of one run
    for (const char* seed : {"seed-1", "seed-2"}) {
      const QString folder = path(QStringLiteral("again-%1/%2").arg(started_).arg(seed));
      QVERIFY(*network_of_run(folder.toStdString(), 0) == *used);
    }
  }

  void settings_of_a_run_come_with_its_network() {
    renew_window();
    open(path("run"));
    action("run-restore")->trigger();
    QTRY_VERIFY(!window_->files().is_busy());
    const WorkspaceState& known = window_->document().state();
    QVERIFY(is_drawn(known) && known.training.method == "set" && known.seeds == std::vector<std::uint64_t>{3});
    QVERIFY((known.parameters.layer_sizes == std::vector<NodeIndex>{784, 64, 64}));
    QCOMPARE(known.parameters.shared.sparsity, 0.8);
    renew_window();
    open(path("unknown"));
    action("run-restore")->trigger();
    QTRY_VERIFY(!window_->files().is_busy() && shown() && shown()->update == 0);
    QVERIFY(*shown()->network == *network_of_run(path("unknown").toStdString(), 0));
    QCOMPARE(window_->document().state().training.method, std::string("set"));
  }

  void a_run_of_a_folder_trains_longer() {
    renew_window();
    open(path("unknown"));
    runs().train_longer(group(0).id, 5);
    QVERIFY(wait_for(0, RunStage::finished));
    QCOMPARE(group(0).runs.front().epochs.size(), std::size_t{5});
  }
};

DNM_TEST(TestRunStart, TimedApplication)
#include "test_run_start.moc"
