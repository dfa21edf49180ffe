// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/shared_work/shared_work.h"

#include <algorithm>
#include <utility>

#include "core/shared_work/work_parts.h"
#include "core/shared_work/work_record.h"
#include "core/support/error.h"

namespace dnm {
namespace {

constexpr const char* cancelled_file = "cancelled";

/// A claim that was given back has the time 0 of the file system.
constexpr WorkTime long_ago{1.0};

/// What a new claim of an item goes on from.
struct Before {
  int slot = 0;
  int deaths = 0;
  std::string note{};
};

/// The last claim of an item where it is dead or given back; nothing where somebody works on it, or it turns out to be
/// finished.
std::optional<Before> last_claim(SharedWork::Parts& parts, const std::string& id, int slot) {
  const std::string file = claim_file(id, slot);
  const auto time = parts.files->time_of(file);
  if (!time) return std::nullopt;
  const bool given_back = *time < long_ago;
  if (!given_back) {
    const WorkTime age = parts.files->now() - *time;
    if (age < parts.settings.lifetime && !parts.is_gone(id, slot)) {
      const std::lock_guard lock(parts.mutex);
      parts.known[id].look_at = parts.files->elapsed() + parts.settings.lifetime - age;
      return std::nullopt;
    }
  }
  WorkSlot record = read_record(parts.files->content(file).value_or(""));
  if (record.kind == WorkSlot::Kind::result) {
    // Its worker died before it gave it its second name.
    (void)parts.files->link(file, ended_file(id, slot));
    parts.finish(id, std::move(record.text), false);
    return std::nullopt;
  }
  return Before{slot, record.deaths + (given_back ? 0 : 1), std::move(record.text)};
}

}  // namespace

SharedWork::SharedWork(std::unique_ptr<SharedFiles> files, WorkSettings settings)
    : parts_(std::make_shared<Parts>(std::move(files), settings)) {}
SharedWork::~SharedWork() = default;

std::vector<WorkItem> SharedWork::items() {
  const std::lock_guard list(parts_->listing);
  parts_->read_bundles();
  parts_->read_ended();
  parts_->read_claims();
  const std::lock_guard lock(parts_->mutex);
  std::vector<WorkItem> items;
  items.reserve(parts_->known.size());
  for (const auto& [id, item] : parts_->known)
    items.push_back({id, item.is_finished ? WorkState::finished : WorkState::claimed, item.result});
  return items;
}

std::optional<WorkLease> SharedWork::claim(const std::string& id, std::string_view note) {
  check_work_id(id);
  int last = 0;
  {
    const std::lock_guard lock(parts_->mutex);
    if (const auto found = parts_->known.find(id); found != parts_->known.end()) {
      if (found->second.is_finished || found->second.is_mine) return std::nullopt;
      last = found->second.last;
    }
  }
  Before before;
  if (last > 0) {
    auto dead = last_claim(*parts_, id, last);
    if (!dead) return std::nullopt;
    before = std::move(*dead);
  }
  const int slot = before.slot + 1;
  const WorkTime begin = parts_->files->elapsed();
  const std::string text = record_text({.kind = WorkSlot::Kind::claim,
                                        .worker = parts_->worker,
                                        .deaths = before.deaths,
                                        .text = note.empty() ? before.note : std::string(note)});
  const bool is_mine = parts_->files->create(claim_file(id, slot), text, false);
  parts_->saw_slot(id, slot, begin + parts_->settings.lifetime);
  if (!is_mine) return std::nullopt;
  auto claim = std::make_shared<WorkLease::Claim>();
  claim->parts = parts_;
  claim->id = id;
  claim->slot = slot;
  claim->deaths = before.deaths;
  claim->heartbeat = begin.count();
  const std::lock_guard lock(parts_->mutex);
  parts_->known[id].is_mine = true;
  parts_->claims.push_back(claim);
  return WorkLease(std::move(claim));
}

std::vector<std::string> SharedWork::abandoned() {
  constexpr std::size_t most = 64;  // others look at the rest
  const WorkTime elapsed = parts_->files->elapsed();
  std::vector<std::pair<std::string, int>> old, others;
  std::size_t claimed = 0;
  std::vector<std::string> found;
  {
    const std::lock_guard lock(parts_->mutex);
    for (const auto& [id, item] : parts_->known) {
      if (item.is_finished || item.is_mine || item.last == 0) continue;
      if (item.given_back == item.last) {
        found.push_back(id);
        continue;
      }
      ++claimed;
      if (item.look_at <= elapsed) old.emplace_back(id, item.last);
      if (claimed <= most) others.emplace_back(id, item.last);
    }
    std::shuffle(old.begin(), old.end(), parts_->random);
  }
  if (old.size() > most) old.resize(most);
  if (!old.empty()) {
    const WorkTime now = parts_->files->now();
    for (const auto& [id, slot] : old) {
      const auto age = parts_->age_of(claim_file(id, slot), now);
      if (!age) continue;
      if (*age >= parts_->settings.lifetime) {
        found.push_back(id);
        continue;
      }
      const std::lock_guard lock(parts_->mutex);
      parts_->known[id].look_at = elapsed + parts_->settings.lifetime - *age;
    }
  }
  // Who died on this machine need not be waited for.
  if (claimed <= most) {
    for (const auto& [id, slot] : others)
      if (parts_->is_gone(id, slot)) found.push_back(id);
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

void SharedWork::refresh() noexcept {
  try {
    for (const auto& claim : parts_->live_claims()) claim->refresh();
  } catch (...) {  // no memory for a list: the next time
  }
}

void SharedWork::expire() noexcept {
  try {
    for (const auto& claim : parts_->live_claims()) claim->expire();
  } catch (...) {  // as above
  }
}

std::vector<WorkSlot> SharedWork::history(const std::string& id) {
  check_work_id(id);
  std::vector<WorkSlot> slots;
  const WorkTime now = parts_->files->now();
  for (int number = 1;; ++number) {
    const std::string file = claim_file(id, number);
    const auto text = parts_->files->content(file);
    const auto time = parts_->files->time_of(file);
    if (!text || !time) return slots;
    WorkSlot slot = read_record(*text);
    slot.number = number;
    slot.given_back = *time < long_ago;
    slot.since = now - *time;
    slots.push_back(std::move(slot));
  }
}

void SharedWork::cancel(std::string_view reason) { (void)parts_->files->create(cancelled_file, reason, false); }
void SharedWork::allow() { parts_->files->remove(cancelled_file); }
std::optional<std::string> SharedWork::cancelled() { return parts_->files->content(cancelled_file); }

const WorkSettings& SharedWork::settings() const { return parts_->settings; }
SharedFiles& SharedWork::files() { return *parts_->files; }

}  // namespace dnm
