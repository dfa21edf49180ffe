// SPDX-License-Identifier: GPL-3.0-or-later
#include <QObject>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

#include "core/shared_work/work_loop.h"
#include "core/support/error.h"
#include "tests/core/shared_work/changed_files.h"
#include "tests/support/test_class.h"

namespace {

using namespace dnm;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

std::string id_of(int item) {
  const std::string digits = std::to_string(item);
  return "item-" + std::string(4 - digits.size(), '0') + digits;
}

/// The first `count` items in order, each with its square as result.
WorkKind squares(int count) {
  WorkKind kind;
  kind.next = [count](std::span<const WorkItem> items) -> std::optional<WorkStep> {
    for (int item = 0; item < count; ++item) {
      const std::string id = id_of(item);
      if (std::none_of(items.begin(), items.end(), [&](const WorkItem& known) { return known.id == id; }))
        return WorkStep{id, "after " + std::to_string(items.size())};
    }
    return std::nullopt;
  };
  kind.is_finished = [count](std::span<const WorkItem> items) {
    return std::count_if(items.begin(), items.end(),
                         [](const WorkItem& item) { return item.state == WorkState::finished; }) == count;
  };
  kind.run = [](const std::string& id, const TaskControl& control) {
    std::this_thread::sleep_for(3ms);
    control.check();
    const int item = std::stoi(id.substr(5));
    return std::to_string(item * item);
  };
  kind.failure = [](const std::string&, std::string_view reason) { return "failed: " + std::string(reason); };
  return kind;
}

WorkLoopSettings quick() {
  WorkLoopSettings settings;
  settings.pause = 20ms;
  settings.patience = 20s;
  return settings;
}

constexpr WorkSettings brief{.lifetime = 600ms, .heartbeat = 50ms, .bundle = 16};

/// Every item has one result, the right one, written by whoever claimed it last.
void check_squares(const fs::path& folder, int count) {
  SharedWork work(shared_files_in(folder));
  const auto items = work.items();
  QCOMPARE(items.size(), static_cast<std::size_t>(count));
  for (int item = 0; item < count; ++item) {
    const WorkItem& known = items[static_cast<std::size_t>(item)];
    QCOMPARE(known.id, id_of(item));
    QCOMPARE(known.result, std::to_string(item * item));
    const auto log = work.history(known.id);
    QVERIFY(log.size() >= 2);
    for (std::size_t at = 0; at < log.size(); ++at)
      QVERIFY((log[at].kind == WorkSlot::Kind::result) == (at + 1 == log.size()));
    QCOMPARE(log.back().worker, log[log.size() - 2].worker);
  }
}

/// A process of its own that runs `body`.
template <class Body>
pid_t in_process(const Body& body) {
  const pid_t child = ::fork();
  if (child != 0) return child;
  int status = 1;
  try {
    body();
    status = 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "worker: %s\n", error.what());
  }
  ::_exit(status);
}

}  // namespace

class TestWorkLoop : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void does_all_on_several_threads() {
    const QTemporaryDir folder;
    const fs::path path = folder.path().toStdString();
    SharedWork work(shared_files_in(path), brief);
    const WorkOutcome outcome = work_until_finished(work, squares(60), quick(), 4, {});
    QVERIFY(outcome.end == WorkEnd::finished);
    QCOMPARE(outcome.steps, 60);
    check_squares(path, 60);
    QCOMPARE(work_until_finished(work, squares(60), quick(), 2, {}).steps, 0);
  }

  /// Processes that all want the same item: one of them gets each.
  void claims_once_among_processes() {
#ifdef __SANITIZE_THREAD__
    QSKIP("the thread sanitizer does not follow forked processes with threads");
#endif
    const QTemporaryDir folder;
    const fs::path path = folder.path().toStdString();
    constexpr int items = 200;
    std::vector<pid_t> children;
    for (int child = 0; child < 6; ++child) {
      children.push_back(in_process([&] {
        SharedWork work(shared_files_in(path / "work"));
        std::ofstream won(path / std::to_string(child));
        for (int item = 0; item < items; ++item)
          if (auto lease = work.claim(id_of(item), ""); lease && lease->publish("x")) won << item << '\n';
      }));
    }
    for (const pid_t child : children) {
      int status = 0;
      ::waitpid(child, &status, 0);
      QCOMPARE(status, 0);
    }
    std::map<int, int> winners;
    for (int child = 0; child < 6; ++child) {
      std::ifstream won(path / std::to_string(child));
      for (int item = 0; won >> item;) ++winners[item];
    }
    QCOMPARE(winners.size(), static_cast<std::size_t>(items));
    for (const auto& [item, count] : winners) QCOMPARE(count, 1);
  }

  /// Fifty times a process is killed in the middle of anything; all items are done, once, in the end.
  void survives_kills() {
#ifdef __SANITIZE_THREAD__
    QSKIP("the thread sanitizer does not follow forked processes with threads");
#endif
    const QTemporaryDir folder;
    const fs::path path = folder.path().toStdString();
    constexpr int count = 400;
    WorkLoopSettings settings = quick();
    settings.deaths = 1000;
    std::mt19937 random(7);
    const auto start = [&] {
      settings.seed = random();
      return in_process([&] {
        SharedWork work(shared_files_in(path), brief);
        (void)work_until_finished(work, squares(count), settings, 2, {});
      });
    };
    std::vector<pid_t> children{start(), start(), start()};
    for (int kill = 0; kill < 50; ++kill) {
      std::this_thread::sleep_for(std::chrono::milliseconds(random() % 60));
      pid_t& child = children[random() % children.size()];
      ::kill(child, SIGKILL);
      ::waitpid(child, nullptr, 0);
      child = start();
    }
    for (const pid_t child : children) {
      int status = 0;
      ::waitpid(child, &status, 0);
      QCOMPARE(status, 0);
    }
    check_squares(path, count);
  }

  void gives_back_on_a_stop() {
    const QTemporaryDir folder;
    SharedWork work(shared_files_in(folder.path().toStdString()), {.lifetime = 1h});
    WorkKind kind = squares(4);
    std::stop_source stop;
    kind.run = [&](const std::string&, const TaskControl& control) -> std::string {
      stop.request_stop();
      control.check();
      return "not reached";
    };
    QVERIFY_THROWS_EXCEPTION(Cancelled, (void)work_until_finished(work, kind, quick(), 1, {stop.get_token(), {}}));
    QCOMPARE(work_until_finished(work, squares(4), quick(), 1, {}).steps, 4);
    check_squares(folder.path().toStdString(), 4);
  }

  void ends_when_cancelled() {
    const QTemporaryDir folder;
    const fs::path path = folder.path().toStdString();
    SharedWork work(shared_files_in(path), brief);
    WorkKind kind = squares(1000);
    kind.run = [&](const std::string& id, const TaskControl& control) -> std::string {
      if (id == id_of(3)) SharedWork(shared_files_in(path)).cancel("enough");
      if (id != id_of(3)) return "x";
      for (;;) {
        std::this_thread::sleep_for(5ms);
        control.check();
      }
    };
    QVERIFY(work_until_finished(work, kind, quick(), 1, {}).end == WorkEnd::cancelled);
    QVERIFY(work_until_finished(work, kind, quick(), 1, {}).end == WorkEnd::cancelled);
    work.allow();
    WorkLoopSettings few = quick();
    few.at_most = 5;
    const WorkOutcome outcome = work_until_finished(work, squares(1000), few, 2, {});
    QVERIFY(outcome.end == WorkEnd::enough);
    QCOMPARE(outcome.steps, 5);
  }

  /// A step that cannot be done has that as its result; what the folder is to blame for does not.
  void tells_failures_of_steps_and_of_the_folder_apart() {
    const QTemporaryDir folder;
    SharedWork work(shared_files_in(folder.path().toStdString()), brief);
    WorkKind kind = squares(3);
    int tries = 0;
    std::vector<std::string> notices;
    kind.run = [&](const std::string& id, const TaskControl&) -> std::string {
      if (id == id_of(0)) throw InvalidInput("no such thing");
      if (id == id_of(1) && ++tries < 3) throw FileError("the disk is full");
      return "done";
    };
    kind.notice = [&](const std::string& notice) { notices.push_back(notice); };
    QCOMPARE(work_until_finished(work, kind, quick(), 1, {}).steps, 3);
    const auto items = work.items();
    QCOMPARE(items[0].result, std::string("failed: no such thing"));
    QCOMPARE(items[1].result, std::string("done"));
    QCOMPARE(tries, 3);
    QCOMPARE(notices, std::vector<std::string>{"the disk is full; trying again for 1 minute"});
  }

  void gives_up_a_folder_out_of_reach() {
    SharedWork work(shared_files_in("/dev/null/work"), brief);
    WorkLoopSettings settings = quick();
    settings.patience = 100ms;
    QVERIFY_THROWS_EXCEPTION(FileError, (void)work_until_finished(work, squares(3), settings, 2, {}));
  }

  /// Whose process has ended here is not waited for, however long its claim lasts.
  void goes_on_at_once_on_the_same_machine() {
#ifdef __SANITIZE_THREAD__
    QSKIP("the thread sanitizer does not follow forked processes with threads");
#endif
    const QTemporaryDir folder;
    const fs::path path = folder.path().toStdString();
    const WorkSettings lasting{.lifetime = 1h};
    const pid_t child = in_process([&] {
      SharedWork work(shared_files_in(path), lasting);
      const auto lease = work.claim(id_of(0), "");
      ::kill(::getpid(), SIGKILL);
    });
    ::waitpid(child, nullptr, 0);
    SharedWork work(shared_files_in(path), lasting);
    const auto mine = work.claim(id_of(1), "");
    SharedWork other(shared_files_in(path), lasting);
    (void)other.items();
    QCOMPARE(other.abandoned(), std::vector<std::string>{id_of(0)});
    auto lease = other.claim(id_of(0), "");
    QVERIFY(lease);
    QCOMPARE(lease->deaths(), 1);
    QVERIFY(!other.claim(id_of(1), ""));
  }

  /// A step that kills each of its workers fails after a few.
  void fails_what_workers_die_of() {
#ifdef __SANITIZE_THREAD__
    QSKIP("the thread sanitizer does not follow forked processes with threads");
#endif
    const QTemporaryDir folder;
    const fs::path path = folder.path().toStdString();
    const WorkSettings dying{.lifetime = 2s, .heartbeat = 20ms};
    WorkLoopSettings settings = quick();
    settings.deaths = 2;
    int deaths = 0;
    for (int start = 0; start < 10; ++start) {
      const pid_t child = in_process([&] {
        WorkKind kind = squares(4);
        const auto run = kind.run;
        kind.run = [run](const std::string& id, const TaskControl& control) -> std::string {
          if (id == id_of(2)) ::kill(::getpid(), SIGKILL);
          return run(id, control);
        };
        SharedWork work(shared_files_in(path), dying);
        (void)work_until_finished(work, kind, settings, 1, {});
      });
      int status = 0;
      ::waitpid(child, &status, 0);
      if (status == 0) break;
      ++deaths;
    }
    QCOMPARE(deaths, 2);
    SharedWork work(shared_files_in(path));
    const auto items = work.items();
    QCOMPARE(items.size(), 4U);
    QVERIFY(items[2].result.starts_with("failed: 2 workers died of it"));
    QCOMPARE(items[3].result, std::string("9"));
  }
};

DNM_TEST(TestWorkLoop)
#include "test_work_loop.moc"
