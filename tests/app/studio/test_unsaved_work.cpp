// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDateTime>
#include <QDir>
#include <QDoubleSpinBox>
#include <QFile>
#include <QListWidget>
#include <QProcess>
#include <QProcessEnvironment>
#include <QPushButton>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <deque>
#include <filesystem>
#include <memory>
#include <utility>

#include "app/studio/dialogs/recovery_dialog.h"
#include "app/workspace/session/recovery.h"
#include "driver.h"
#include "tests/support/places.h"
#include "tests/support/test_class.h"

using namespace dnm;
using namespace dnm::studio_test;

namespace {

constexpr int kept_within = 5000;   // milliseconds: what is offered lacks no more than the work of so long
constexpr int longest_life = 9000;  // milliseconds from the first edit to the kill

QStringList lines_of(const QString& path) {
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly)) return {};
  QString text = QString::fromUtf8(file.readAll());
  text.truncate(text.lastIndexOf('\n') + 1);  // a killed process may have left half a line
  return text.split('\n', Qt::SkipEmptyParts);
}

/// When a line of the log was written, in milliseconds.
qint64 moment_of(const QString& line) { return line.section(' ', 0, 0).toLongLong(); }

/// How many times the real program is killed.
int kills() { return qEnvironmentVariableIsSet("DNM_KILLS") ? qEnvironmentVariableIntValue("DNM_KILLS") : 3; }

}  // namespace

/// Work that was not saved when the program ended: the real program, killed while somebody uses it, and started again.
class TestUnsavedWork : public QObject {
  Q_OBJECT

  std::unique_ptr<QTemporaryDir> folder_;
  std::unique_ptr<Window> window_;

  [[nodiscard]] QString path(const char* name) const { return folder_->filePath(name); }
  [[nodiscard]] std::filesystem::path recovery() const { return path("state/dnm-studio/recovery").toStdString(); }
  [[nodiscard]] QStringList log() const { return lines_of(path("log")); }
  [[nodiscard]] qsizetype epochs_written() const {
    return std::max<qsizetype>(lines_of(path("runs/epochs.csv")).size() - 1, 0);  // without the head
  }

  /// The program with somebody in it (edits_plugin.cpp).
  std::unique_ptr<QProcess> start(const QString& what, const QStringList& arguments = {}) {
    QProcessEnvironment variables = QProcessEnvironment::systemEnvironment();
    variables.insert("XDG_STATE_HOME", path("state"));
    variables.insert("XDG_CONFIG_HOME", path("config"));
    variables.insert("QT_PLUGIN_PATH", QString(dnm::test::library_folder()) + "/test-plugins");
    if (!what.isEmpty()) variables.insert("QT_QPA_GENERIC_PLUGINS", "dnm-edits:" + what);
    variables.insert("DNM_EDITS_LOG", path("log"));
    variables.insert("DNM_EDITS_DATA", path("data"));
    variables.insert("DNM_EDITS_RUNS", path("runs"));
    auto process = std::make_unique<QProcess>();
    process->setProcessEnvironment(variables);
    process->setWorkingDirectory(folder_->path());
    process->start(QString(dnm::test::program_folder()) + "/dnm-studio", arguments);
    return process;
  }
  static void kill(QProcess& process) {
    process.kill();
    QVERIFY(process.waitForFinished(20000));
    QCOMPARE(process.exitStatus(), QProcess::CrashExit);
  }
  Window& start_here() {
    window_ = std::make_unique<Window>(
        WindowOptions{.keep_settings = false, .ask_for_unsaved = false, .recovery_folder = recovery()});
    window_->resize(1280, 800);
    window_->show();
    return *window_;
  }
  void press(const char* button) { QTest::mouseClick(find<QPushButton>(*window_, button), Qt::LeftButton); }
  [[nodiscard]] bool is_offered() const {
    return QTest::qWaitFor([this] { return window_->findChild<RecoveryDialog*>() != nullptr; }, 20000) &&
           QTest::qWaitForWindowExposed(window_->findChild<RecoveryDialog*>(), 20000);
  }

 private Q_SLOTS:
  void init() { folder_ = std::make_unique<QTemporaryDir>(); }
  void cleanup() {
    if (window_) window_->close();
    window_.reset();
  }

  void what_is_offered_after_a_kill_lacks_no_more_than_five_seconds() {
    qint64 most_lost = 0;
    for (int round = 0; round < kills(); ++round) {
      QFile::remove(path("log"));
      const auto program = start("edit");
      QTRY_VERIFY_WITH_TIMEOUT(!log().isEmpty() || program->state() == QProcess::NotRunning, 120000);
      QCOMPARE(program->state(), QProcess::Running);
      QTest::qWait(QRandomGenerator::global()->bounded(longest_life));
      QVERIFY(KeptWork::find(recovery()).empty());  // not offered while it lives
      const qint64 killed_at = QDateTime::currentMSecsSinceEpoch();
      kill(*program);

      const QStringList done = log();
      qsizetype must_have = -1;
      for (qsizetype i = 0; i < done.size(); ++i)
        if (moment_of(done[i]) <= killed_at - kept_within) must_have = i;
      if (KeptWork::find(recovery()).empty()) {
        QCOMPARE(must_have, qsizetype{-1});  // killed within the first seconds
        if (!done.isEmpty()) most_lost = std::max(most_lost, killed_at - moment_of(done.front()));
        continue;
      }
      QFile::remove(path("log"));
      const auto again = start("open");
      QVERIFY(again->waitForFinished(120000));
      QCOMPARE(again->exitStatus(), QProcess::NormalExit);
      QCOMPARE(log().size(), 1);
      QVERIFY2(log()[0].startsWith("opened "), qPrintable(log()[0]));
      const QString opened = log()[0].section(' ', 1);
      qsizetype last = -1;
      for (qsizetype i = 0; i < done.size(); ++i)
        if (done[i].section(' ', 1) == opened) last = i;
      const qint64 lost = last + 1 < done.size() ? killed_at - moment_of(done[last + 1]) : 0;
      most_lost = std::max(most_lost, lost);
      qInfo("killed after %lld edits in %lld ms: %lld offered, the last %lld ms are lost", done.size(),
            killed_at - moment_of(done.front()), last + 1, lost);
      QVERIFY2(last >= 0 && last >= must_have, qPrintable(opened + " of " + done.join("; ")));
      // It ended in order: nothing is left.
      QVERIFY(QDir(path("state/dnm-studio/recovery")).isEmpty());
    }
    qInfo("%d kills: at most the last %lld ms were lost", kills(), most_lost);
  }

  void a_network_opened_in_the_real_program_is_kept() {
    QFile file(path("netz.tsv"));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("0\t1\n1\t2\n2\t0\n") > 0);
    file.close();
    for (const char* name : {"one.dnm.json", "two.dnm.json"}) {
      write_session(path(name).toStdString(), Session{});
      const auto program = start("", {"--session", path(name), path("netz.tsv")});
      // Its folder appears, and then the work in it.
      const auto kept = [this] {
        std::size_t count = 0;
        for (const auto& entry :
             QDir(path("state/dnm-studio/recovery")).entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot))
          count += QFile::exists(entry.absoluteFilePath() + "/unsaved.json") ? 1U : 0U;
        return count;
      };
      const std::size_t expected = name == QString("one.dnm.json") ? 1 : 2;
      QTRY_COMPARE_WITH_TIMEOUT(kept(), expected, 120000);
      kill(*program);
    }
    // Both are listed, the newest is chosen. Opened, it is that session with unsaved changes.
    start_here().offer_unsaved_work();
    QVERIFY(is_offered());
    auto* list = find<QListWidget>(*window_, "recovery-list");
    QCOMPARE(list->count(), 2);
    QVERIFY2(list->currentItem()->text().startsWith("two.dnm.json, "), qPrintable(list->currentItem()->text()));
    QVERIFY(list->currentItem()->text().contains("netz.tsv"));
    press("recovery-open");
    QTRY_VERIFY_WITH_TIMEOUT(window_->document().is_modified(), 20000);
    QCOMPARE(window_->document().name(), "two.dnm.json");
    QCOMPARE(given_network(window_->document().state())->link_count(), std::uint64_t{3});
    // Saved, it is kept no longer; the other one still is, and can be discarded.
    QVERIFY(window_->files().save_session_to(window_->document().path()));
    QTRY_COMPARE_WITH_TIMEOUT(KeptWork::find(recovery()).size(), std::size_t{1}, 20000);
    window_->findChild<QAction*>("file-unsaved")->trigger();
    QTRY_VERIFY(!window_->findChild<RecoveryDialog*>() || window_->findChild<RecoveryDialog*>()->isVisible());
    QVERIFY(is_offered());
    QCOMPARE(find<QListWidget>(*window_, "recovery-list")->count(), 1);
    press("recovery-later");
    QTRY_VERIFY(!window_->findChild<RecoveryDialog*>());
    QCOMPARE(KeptWork::find(recovery()).size(), std::size_t{1});
    window_->offer_unsaved_work();
    QVERIFY(is_offered());
    press("recovery-discard");
    QTRY_VERIFY(!window_->findChild<RecoveryDialog*>());
    QVERIFY(KeptWork::find(recovery()).empty());
    window_->findChild<QAction*>("file-unsaved")->trigger();
    QTRY_COMPARE(window_->messages().messages().filter("no unsaved work").size(), 1);
  }

  void runs_are_kept_and_resume() {
    QVERIFY(QDir().mkpath(path("data")));
    write_data_set(path("data"), 1000, 200);
    qint64 most_lost = 0;
    for (int round = 0; round < kills(); ++round) {
      if (window_) window_->close();
      window_.reset();
      QDir(path("state")).removeRecursively();
      QDir(path("runs")).removeRecursively();
      const auto program = start("train");
      QTRY_VERIFY_WITH_TIMEOUT(epochs_written() > 1, 120000);
      qsizetype must_have = 0;
      std::deque<std::pair<qint64, qsizetype>> written;  // when, and how many
      const bool is_last = round + 1 == kills();         // it has to have something to resume
      const qint64 killed_at = QDateTime::currentMSecsSinceEpoch() +
                               QRandomGenerator::global()->bounded(is_last ? kept_within : 0, longest_life);
      for (qint64 now = 0; now < killed_at; now = QDateTime::currentMSecsSinceEpoch()) {
        written.emplace_back(QDateTime::currentMSecsSinceEpoch(), epochs_written());
        for (; written.front().first < now - kept_within; written.pop_front()) must_have = written.front().second;
        QTest::qWait(50);
      }
      kill(*program);
      const qsizetype in_the_end = epochs_written();

      if (KeptWork::find(recovery()).empty()) {
        QVERIFY(!is_last);
        QCOMPARE(must_have, qsizetype{0});  // killed within the first seconds
        continue;
      }
      start_here().offer_unsaved_work();
      QVERIFY(is_offered());
      QVERIFY(find<QListWidget>(*window_, "recovery-list")->currentItem()->text().contains("1 group of runs"));
      press("recovery-open");
      QTRY_COMPARE_WITH_TIMEOUT(window_->runs().experiments().size(), std::size_t{1}, 20000);
      const ExperimentRun& kept = window_->runs().experiments().front().runs.front();
      QCOMPARE(stage_of(kept), RunStage::stopped);
      const auto offered = static_cast<qsizetype>(kept.epochs.size());
      const auto first_lost = std::ranges::find_if(written, [&](const auto& then) { return then.second > offered; });
      const qint64 lost = first_lost == written.end() ? 0 : killed_at - first_lost->first;
      most_lost = std::max(most_lost, lost);
      qInfo("killed after %lld epochs: %lld offered, the last %lld ms are lost", in_the_end, offered, lost);
      QVERIFY(offered >= must_have);
    }
    qInfo("%d kills: at most the last %lld ms were lost", kills(), most_lost);

    // They go on where they ended.
    TrainingRuns& runs = window_->runs();
    const auto run = [&]() -> const ExperimentRun& { return runs.experiments().front().runs.front(); };
    QCOMPARE(QString::fromStdString(run().folder), path("runs"));
    QVERIFY(runs.runner().can_resume({runs.experiments().front().id, {}}));
    const std::size_t kept = run().epochs.size();
    runs.restart({runs.experiments().front().id, {}});
    QTRY_VERIFY_WITH_TIMEOUT(run().epochs.size() > kept + 3, 120000);
    for (std::size_t i = 0; i < run().epochs.size(); ++i) QCOMPARE(run().epochs[i].epoch, static_cast<int>(i) + 1);
    runs.stop_all();
    QTRY_VERIFY_WITH_TIMEOUT(!runs.runner().is_busy(), 60000);
  }

  void nothing_is_kept_while_everything_is_saved() {
    start_here();
    find<QDoubleSpinBox>(*window_, "sparsity-spin")->setValue(0.7);
    QTRY_COMPARE_WITH_TIMEOUT(QDir(path("state/dnm-studio/recovery")).count(), 3U, 20000);  // with . and ..
    window_->document().undo();
    QTRY_VERIFY_WITH_TIMEOUT(QDir(path("state/dnm-studio/recovery")).isEmpty(), 20000);
    find<QDoubleSpinBox>(*window_, "sparsity-spin")->setValue(0.6);
    QTRY_VERIFY_WITH_TIMEOUT(!QDir(path("state/dnm-studio/recovery")).isEmpty(), 20000);
    window_->close();
    window_.reset();
    QVERIFY(QDir(path("state/dnm-studio/recovery")).isEmpty());
  }

  void what_cannot_be_kept_is_said_once_and_tried_again() {
    QFile in_the_way(path("state"));
    QVERIFY(in_the_way.open(QIODevice::WriteOnly));
    in_the_way.close();
    start_here();
    find<QDoubleSpinBox>(*window_, "sparsity-spin")->setValue(0.7);
    const auto told = [this] { return window_->messages().history().filter("Unsaved work is not kept").size(); };
    QTRY_COMPARE_WITH_TIMEOUT(told(), 1, 20000);
    QTest::qWait(4000);
    QCOMPARE(told(), 1);
    const auto shown = [this] { return window_->messages().messages().filter("Unsaved work is not kept").size(); };
    QCOMPARE(shown(), 1);
    QVERIFY(in_the_way.remove());
    QTRY_VERIFY_WITH_TIMEOUT(std::filesystem::exists(recovery()), 20000);
    QTRY_COMPARE(shown(), 0);
    // The folder of the window is gone: it makes another one.
    std::filesystem::remove_all(recovery());
    find<QDoubleSpinBox>(*window_, "sparsity-spin")->setValue(0.6);
    QTRY_VERIFY_WITH_TIMEOUT(std::filesystem::exists(recovery()), 20000);
    QCOMPARE(told(), 1);
  }

  void a_capture_keeps_nothing() {
    const auto program = start("", {"--capture", path("a.png")});
    QVERIFY(program->waitForFinished(120000));
    QCOMPARE(program->exitCode(), 0);
    QVERIFY(!QFile::exists(path("state")));
  }
};

DNM_TEST(TestUnsavedWork, TimedApplication)
#include "test_unsaved_work.moc"
