// SPDX-License-Identifier: GPL-3.0-or-later
#include <QObject>
#include <QTemporaryDir>
#include <QTest>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <thread>

#include "core/shared_work/shared_work.h"
#include "core/shared_work/work_record.h"
#include "core/support/error.h"
#include "tests/core/shared_work/changed_files.h"
#include "tests/support/test_class.h"

namespace {

using namespace dnm;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

constexpr WorkSettings patient{.lifetime = 1h, .heartbeat = 1s};
constexpr WorkSettings hasty{.lifetime = 50ms, .heartbeat = 5ms};

class Folder {
 public:
  [[nodiscard]] fs::path path() const { return fs::path(folder_.path().toStdString()) / "work"; }
  [[nodiscard]] SharedWork worker(WorkSettings settings = patient) const {
    return SharedWork(shared_files_in(path()), settings);
  }

 private:
  QTemporaryDir folder_;
};

std::string result_of(SharedWork& work, const std::string& id) {
  for (const WorkItem& item : work.items())
    if (item.id == id) return item.state == WorkState::finished ? item.result : "claimed";
  return "unknown";
}

void cut(const fs::path& file) { fs::resize_file(file, fs::file_size(file) - 1); }

}  // namespace

class TestSharedWork : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void claims_and_publishes() {
    const Folder folder;
    SharedWork one = folder.worker();
    SharedWork other = folder.worker();
    QVERIFY(one.items().empty());
    auto lease = one.claim("a", "why");
    QVERIFY(lease);
    QVERIFY(!other.claim("a", ""));
    QCOMPARE(result_of(other, "a"), std::string("claimed"));
    QVERIFY(!other.claim("a", ""));
    QVERIFY(other.abandoned().empty());
    QVERIFY(lease->publish("line\n\nand \xC3\xA9"));
    QVERIFY(!lease->publish("again"));
    QCOMPARE(result_of(other, "a"), std::string("line\n\nand \xC3\xA9"));
    QVERIFY(!other.claim("a", ""));
    const auto log = other.history("a");
    QCOMPARE(log.size(), 2U);
    QCOMPARE(log[0].text, std::string("why"));
    QVERIFY(log[0].kind == WorkSlot::Kind::claim);
    QVERIFY(log[1].kind == WorkSlot::Kind::result);
    QCOMPARE(log[0].worker, log[1].worker);
  }

  void refuses_names_of_other_files() {
    const Folder folder;
    SharedWork work = folder.worker();
    for (const char* id : {"", "../a", "a.1", "a b", "\xC3\xA9"})
      QVERIFY_THROWS_EXCEPTION(InvalidInput, (void)work.claim(id, ""));
    QVERIFY_THROWS_EXCEPTION(InvalidInput, (void)work.claim(std::string(151, 'a'), ""));
    QVERIFY(!fs::exists(folder.path()));
  }

  /// What is given back is free at once and no death; what has no heartbeat any more is one.
  void takes_over() {
    const Folder folder;
    SharedWork one = folder.worker();
    SharedWork other = folder.worker();
    one.claim("a", "first")->release();
    (void)other.items();
    QCOMPARE(other.abandoned(), std::vector<std::string>{"a"});
    auto lease = other.claim("a", "");
    QVERIFY(lease);
    QCOMPARE(lease->deaths(), 0);
    QCOMPARE(one.history("a").back().text, std::string("first"));

    SharedWork late = folder.worker(hasty);
    (void)late.items();
    std::this_thread::sleep_for(100ms);
    QCOMPARE(late.abandoned(), std::vector<std::string>{"a"});
    auto third = late.claim("a", "third");
    QVERIFY(third);
    QCOMPARE(third->deaths(), 1);
    QVERIFY(!lease->lost().stop_requested());
    std::this_thread::sleep_for(1s);
    other.refresh();
    QVERIFY(lease->lost().stop_requested());
    QVERIFY(!lease->publish("too late"));
    QVERIFY(third->publish("in time"));
    QCOMPARE(result_of(one, "a"), std::string("in time"));
  }

  /// Not even a worker that looks at nothing before it publishes.
  void refuses_a_zombie() {
    const Folder folder;
    SharedWork zombie = folder.worker();
    SharedWork other = folder.worker(hasty);
    auto lost = zombie.claim("a", "");
    (void)other.items();
    std::this_thread::sleep_for(100ms);
    auto lease = other.claim("a", "");
    QVERIFY(lease);
    QVERIFY(!lost->publish("zombie"));
    QVERIFY(lost->lost().stop_requested());
    QCOMPARE(result_of(zombie, "a"), std::string("claimed"));
    QVERIFY(lease->publish("alive"));
    QCOMPARE(result_of(zombie, "a"), std::string("alive"));
  }

  void keeps_what_has_heartbeats() {
    const Folder folder;
    SharedWork one = folder.worker({.lifetime = 2s, .heartbeat = 50ms});
    SharedWork other = folder.worker({.lifetime = 2s, .heartbeat = 50ms});
    auto lease = one.claim("a", "");
    for (int beat = 0; beat < 40; ++beat) {
      std::this_thread::sleep_for(60ms);
      one.refresh();
      (void)other.items();
      QVERIFY(other.abandoned().empty());
      QVERIFY(!other.claim("a", ""));
    }
    QVERIFY(lease->publish("done"));
  }

  void loses_what_it_cannot_refresh() {
    const Folder folder;
    std::atomic<bool> out_of_reach = false;
    SharedWork work(std::make_unique<test::ChangedFiles>(shared_files_in(folder.path()),
                                                         [&](const std::string&, const std::string&) {
                                                           if (out_of_reach) throw FileError("no answer");
                                                         }),
                    {.lifetime = 3s, .heartbeat = 10ms});
    auto lease = work.claim("a", "");
    out_of_reach = true;
    std::this_thread::sleep_for(50ms);
    work.refresh();
    work.expire();
    QVERIFY(!lease->lost().stop_requested());
    std::this_thread::sleep_for(2100ms);
    work.expire();
    QVERIFY(lease->lost().stop_requested());
  }

  /// A result that the disk had no room for can be published later.
  void publishes_again_after_a_full_disk() {
    const Folder folder;
    bool full = false;
    SharedWork work(std::make_unique<test::ChangedFiles>(shared_files_in(folder.path()),
                                                         [&](const std::string& request, const std::string&) {
                                                           if (full && request == "create") throw FileError("full");
                                                         }),
                    patient);
    auto lease = work.claim("a", "");
    full = true;
    QVERIFY_THROWS_EXCEPTION(FileError, (void)lease->publish("result"));
    QVERIFY_THROWS_EXCEPTION(FileError, (void)work.claim("b", ""));
    full = false;
    QVERIFY(lease->publish("result"));
    QCOMPARE(result_of(work, "a"), std::string("result"));
    QVERIFY(work.claim("b", ""));
  }

  /// A result whose second name is missing is found; a torn one is done again.
  void mends_what_a_crash_left() {
    const Folder folder;
    SharedWork one = folder.worker();
    QVERIFY(one.claim("a", "")->publish("result"));
    fs::remove(folder.path() / "ended/a.2");
    SharedWork other = folder.worker(hasty);
    QCOMPARE(result_of(other, "a"), std::string("claimed"));
    std::this_thread::sleep_for(100ms);
    QCOMPARE(other.abandoned(), std::vector<std::string>{"a"});
    QVERIFY(!other.claim("a", ""));
    QCOMPARE(result_of(other, "a"), std::string("result"));
    QVERIFY(fs::exists(folder.path() / "ended/a.2"));

    cut(folder.path() / "claims/a.2");
    SharedWork third = folder.worker(hasty);
    QCOMPARE(result_of(third, "a"), std::string("claimed"));
    std::this_thread::sleep_for(100ms);
    QVERIFY(third.claim("a", "")->publish("second"));
    QCOMPARE(result_of(third, "a"), std::string("second"));
    SharedWork fourth = folder.worker();
    QCOMPARE(result_of(fourth, "a"), std::string("second"));
  }

  void ignores_what_is_not_its_own() {
    const Folder folder;
    SharedWork work = folder.worker();
    QVERIFY(work.claim("a", "")->publish("result"));
    fs::create_directories(folder.path() / "bundles");
    for (const char* name : {"claims/notes.txt", "ended/x", "ended/b.7", "claims/.nfs0001", "bundles/x", "bundles/1"})
      std::ofstream(folder.path() / name) << "anything";
    SharedWork other = folder.worker();
    QCOMPARE(result_of(other, "a"), std::string("result"));
    QCOMPARE(other.items().size(), 1U);
    QVERIFY(other.claim("b", "")->publish("b"));
  }

  /// A record that lacks any number of bytes, or has any byte changed, is damaged.
  void finds_damage_in_records() {
    const std::string whole = record_text({.kind = WorkSlot::Kind::result, .worker = "w", .deaths = 2, .text = "1\n2"});
    const WorkSlot slot = read_record(whole);
    QVERIFY(slot.kind == WorkSlot::Kind::result);
    QCOMPARE(slot.text, std::string("1\n2"));
    QCOMPARE(slot.deaths, 2);
    for (std::size_t length = 0; length < whole.size(); ++length)
      QVERIFY(read_record(whole.substr(0, length)).kind == WorkSlot::Kind::damaged);
    for (std::size_t at = whole.size() - 3; at < whole.size(); ++at) {
      std::string changed = whole;
      changed[at] ^= 1;
      QVERIFY(read_record(changed).kind == WorkSlot::Kind::damaged);
    }
    const std::string bundle = bundle_text({{"a", "x\ny"}, {"b", ""}, {"c", "z"}});
    QCOMPARE(read_bundle(bundle).size(), 3U);
    QCOMPARE(read_bundle(bundle)[0].result, std::string("x\ny"));
    for (std::size_t length = 0; length < bundle.size(); ++length)
      for (const FinishedItem& item : read_bundle(std::string_view(bundle).substr(0, length)))
        QCOMPARE(item.result, std::string(item.id == "a" ? "x\ny" : item.id == "b" ? "" : "z"));
  }

  /// A worker that comes late reads the bundles and few results; one that was there reads each result once.
  void reads_few_files() {
    const Folder folder;
    constexpr int count = 100;
    std::map<std::string, int> requests;
    const auto counted = [&] {
      return SharedWork(std::make_unique<test::ChangedFiles>(
                            shared_files_in(folder.path()),
                            [&](const std::string& request, const std::string&) { ++requests[request]; }),
                        {.lifetime = 1h, .bundle = 10});
    };
    SharedWork writer(shared_files_in(folder.path()), {.lifetime = 1h, .bundle = 10});
    for (int item = 0; item < count; ++item)
      QVERIFY(writer.claim("item-" + std::to_string(item), "")->publish(std::to_string(item)));
    SharedWork reader = counted();
    const auto items = reader.items();
    QCOMPARE(items.size(), static_cast<std::size_t>(count));
    for (const WorkItem& item : items) QCOMPARE(item.id, "item-" + item.result);
    QVERIFY2(requests["content"] <= 30, std::to_string(requests["content"]).c_str());
    QCOMPARE(requests["names"], 2);
    requests.clear();
    QCOMPARE(reader.items().size(), static_cast<std::size_t>(count));
    QCOMPARE(requests["content"], 1);  // whether there is a new bundle
  }

  void cancels_and_goes_on() {
    const Folder folder;
    SharedWork one = folder.worker();
    SharedWork other = folder.worker();
    QVERIFY(!one.cancelled());
    one.cancel("enough");
    one.cancel("twice");
    QCOMPARE(other.cancelled().value_or(""), std::string("enough"));
    other.allow();
    QVERIFY(!one.cancelled());
    other.allow();
  }

  void leaves_no_temporary_files() {
    const Folder folder;
    {
      SharedWork one = folder.worker();
      SharedWork other = folder.worker(hasty);
      auto lease = one.claim("a", "");
      (void)other.claim("a", "");
      QVERIFY(lease->publish("x"));
    }
    for (const char* name : {"temporary", "clock"})
      QVERIFY(!fs::exists(folder.path() / name) || fs::is_empty(folder.path() / name));
  }
};

DNM_TEST(TestSharedWork)
#include "test_shared_work.moc"
