// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <memory>

#include <sys/wait.h>
#include <unistd.h>

#include "app/workspace/session/recovery.h"
#include "core/support/error.h"
#include "core/support/user_folders.h"
#include "tests/support/test_class.h"

using namespace dnm;
namespace fs = std::filesystem;

namespace {

UnsavedWork work_of_seed(std::uint64_t seed) {
  UnsavedWork work;
  work.session.state.parameters.seed = seed;
  work.file = "/a/b.dnm.json";
  work.stamp = FileStamp{3, 0xfedcba9876543210U, 1234567890};
  work.seconds = seconds_now();
  return work;
}

/// What another process does and then dies of.
template <class Act>
void in_a_killed_process(const Act& act) {
  const pid_t child = ::fork();
  if (child == 0) {
    act();
    ::raise(SIGKILL);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  QVERIFY(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

std::size_t entries_of(const fs::path& folder) {
  const fs::directory_iterator entries(folder);
  return static_cast<std::size_t>(std::distance(begin(entries), end(entries)));
}

}  // namespace

/// Work that is kept apart from session files: found when its owner is dead, and only then.
class TestRecovery : public QObject {
  Q_OBJECT

  std::unique_ptr<QTemporaryDir> folder_;
  [[nodiscard]] fs::path recovery() const { return fs::path(folder_->path().toStdString()) / "state" / "recovery"; }

 private Q_SLOTS:
  void init() { folder_ = std::make_unique<QTemporaryDir>(); }

  void what_a_killed_process_kept_is_found_whole() {
    in_a_killed_process([this] {
      UnsavedWork work = work_of_seed(8);
      Experiment& experiment = work.session.runs.emplace_back();
      experiment.name = "night";
      ExperimentRun& run = experiment.runs.emplace_back();
      run.folder = "runs/seed-0";
      EpochResult& epoch = run.epochs.emplace_back();
      epoch.epoch = 1;
      KeptWork::make(recovery()).write(work_of_seed(7));
      const KeptWork kept = KeptWork::make(recovery());
      kept.write(work_of_seed(9));
      kept.write(std::move(work));  // in place of the one before
    });
    std::vector<KeptWork> found = KeptWork::find(recovery());
    QCOMPARE(found.size(), std::size_t{2});
    std::vector<UnsavedWork> works{found[0].read(), found[1].read()};
    std::ranges::sort(works, {}, [](const UnsavedWork& work) { return work.session.state.parameters.seed; });
    QCOMPARE(works[0].session.state.parameters.seed, std::uint64_t{7});
    QCOMPARE(works[1].session.state.parameters.seed, std::uint64_t{8});
    QCOMPARE(works[1].file, std::string("/a/b.dnm.json"));
    QVERIFY(works[1].stamp == work_of_seed(0).stamp);
    QVERIFY(std::abs(works[1].seconds - seconds_now()) < 60);
    QCOMPARE(works[1].session.runs.at(0).runs.at(0).epochs.size(), std::size_t{1});
    // Names do not depend on where the next program is started.
    QCOMPARE(works[1].session.runs[0].runs[0].folder, (fs::current_path() / "runs/seed-0").string());
    // Who has found it keeps it from others.
    QVERIFY(KeptWork::find(recovery()).empty());
    found[0].remove();
    found.clear();
    QCOMPARE(KeptWork::find(recovery()).size(), std::size_t{1});
  }

  void the_work_of_the_living_is_not_offered() {
    const KeptWork kept = KeptWork::make(recovery());
    kept.write(work_of_seed(1));
    const KeptWork other = KeptWork::make(recovery());
    other.write(work_of_seed(2));
    QVERIFY(kept.folder() != other.folder());
    QVERIFY(KeptWork::find(recovery()).empty());
    in_a_killed_process([this] {
      if (!KeptWork::find(recovery()).empty()) ::_exit(1);
    });
  }

  void nothing_is_left_by_those_who_end_in_order() {
    QVERIFY(KeptWork::find(recovery()).empty());
    QVERIFY(!fs::exists(recovery()));
    KeptWork kept = KeptWork::make(recovery());
    kept.write(work_of_seed(1));
    kept.remove();
    QCOMPARE(entries_of(recovery()), std::size_t{0});
    // Killed before it had anything to keep: an empty folder, which the next one removes.
    in_a_killed_process([this] { static_cast<void>(KeptWork::make(recovery())); });
    QCOMPARE(entries_of(recovery()), std::size_t{1});
    QVERIFY(KeptWork::find(recovery()).empty());
    QCOMPARE(entries_of(recovery()), std::size_t{0});
  }

  void damaged_work_is_an_error_and_stays() {
    in_a_killed_process([this] { KeptWork::make(recovery()).write(work_of_seed(1)); });
    fs::path file;
    for (const auto& entry : fs::recursive_directory_iterator(recovery()))
      if (entry.is_regular_file()) file = entry.path();
    const auto size = fs::file_size(file);
    for (const auto cut : {size / 2, size / 10, std::uintmax_t{1}, std::uintmax_t{0}}) {
      fs::resize_file(file, cut);
      const std::vector<KeptWork> found = KeptWork::find(recovery());
      QCOMPARE(found.size(), std::size_t{1});
      QVERIFY_THROWS_EXCEPTION(FileError, static_cast<void>(found[0].read()));
    }
    std::ofstream(file) << R"({"format": "dnm-unsaved-work", "version": 2, "seconds": 1, "file": ""})";
    QVERIFY_THROWS_EXCEPTION(FileError, static_cast<void>(KeptWork::find(recovery()).at(0).read()));
    QVERIFY(fs::exists(file));
  }

  void what_cannot_be_kept_is_an_error() {
    std::ofstream(folder_->filePath("file").toStdString()) << "x";
    QVERIFY_THROWS_EXCEPTION(
        FileError, static_cast<void>(KeptWork::make(fs::path(folder_->filePath("file").toStdString()) / "recovery")));
    KeptWork kept = KeptWork::make(recovery());
    fs::remove_all(recovery());
    QVERIFY_THROWS_EXCEPTION(FileError, kept.write(work_of_seed(1)));
  }

  void the_folder_is_that_of_the_standard() {
    const QByteArray state = qgetenv("XDG_STATE_HOME"), home = qgetenv("HOME");
    qputenv("XDG_STATE_HOME", "/somewhere/state");
    QCOMPARE(user_recovery_folder(), fs::path("/somewhere/state/dnm-studio/recovery"));
    qputenv("XDG_STATE_HOME", "relative");  // to be ignored
    qputenv("HOME", "/home/somebody");
    QCOMPARE(user_state_folder(), fs::path("/home/somebody/.local/state/dnm-studio"));
    QCOMPARE(user_cache_folder(), fs::path("/home/somebody/.cache/dnm-studio"));
    qunsetenv("HOME");
    QVERIFY_THROWS_EXCEPTION(FileError, static_cast<void>(user_state_folder()));
    qputenv("HOME", home);
    state.isNull() ? qunsetenv("XDG_STATE_HOME") : qputenv("XDG_STATE_HOME", state);
  }
};

DNM_TEST(TestRecovery)
#include "test_recovery.moc"
