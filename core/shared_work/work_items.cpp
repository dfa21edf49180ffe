// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <functional>
#include <utility>

#include "core/shared_work/work_parts.h"
#include "core/shared_work/work_record.h"
#include "core/support/error.h"

namespace dnm {
namespace {

std::string bundle_file(int number) { return "bundles/" + std::to_string(number); }

}  // namespace

std::string claim_file(const std::string& id, int slot) { return "claims/" + slot_name(id, slot); }
std::string ended_file(const std::string& id, int slot) { return "ended/" + slot_name(id, slot); }

SharedWork::Parts::Parts(std::unique_ptr<SharedFiles> shared, WorkSettings chosen)
    : files(std::move(shared)),
      settings(chosen),
      worker(files->participant()),
      enough(settings.bundle),
      random(std::hash<std::string>{}(worker)) {
  if (settings.bundle > 0) enough += random() % settings.bundle;
}

void SharedWork::Parts::read_bundles() {
  while (const auto text = files->content(bundle_file(bundles + 1))) {
    for (FinishedItem& item : read_bundle(*text)) finish(item.id, std::move(item.result), true);
    ++bundles;
  }
}

void SharedWork::Parts::read_ended() {
  for (const std::string& name : files->names("ended")) {
    const bool given_back = name.ends_with('-');
    const auto slot = read_slot_name(std::string_view(name).substr(0, name.size() - (given_back ? 1 : 0)));
    if (!slot) continue;
    {
      const std::lock_guard lock(mutex);
      if (given_back) {
        int& number = known[slot->id].given_back;
        number = std::max(number, slot->number);
        continue;
      }
      if (const auto found = known.find(slot->id); found != known.end() && found->second.is_finished) continue;
    }
    const auto text = files->content("ended/" + name);
    if (!text) continue;
    if (WorkSlot record = read_record(*text); record.kind == WorkSlot::Kind::result)
      finish(slot->id, std::move(record.text), false);
  }
}

void SharedWork::Parts::read_claims() {
  const WorkTime now = files->elapsed();
  // What the last look did not show was claimed after it, or up to a minute before on NFS.
  const WorkTime look_at = listed ? *listed + settings.lifetime * (2.0 / 3) : now;
  for (const std::string& name : files->names("claims"))
    if (const auto slot = read_slot_name(name)) saw_slot(slot->id, slot->number, look_at);
  listed = now;
}

void SharedWork::Parts::finish(const std::string& id, std::string result, bool bundled) {
  const std::lock_guard lock(mutex);
  KnownItem& item = known[id];
  if (item.is_finished && !item.is_bundled && bundled) --loose;
  if (!item.is_finished && !bundled) ++loose;
  item.is_bundled = item.is_bundled || bundled;
  item.is_mine = false;
  if (item.is_finished) return;
  item.is_finished = true;
  item.result = std::move(result);
}

void SharedWork::Parts::saw_slot(const std::string& id, int slot, WorkTime look_at) {
  const std::lock_guard lock(mutex);
  KnownItem& item = known[id];
  if (slot < item.last || (slot == item.last && item.look_at > WorkTime{})) return;
  item.last = slot;
  item.look_at = look_at;
}

void SharedWork::Parts::not_mine(const std::string& id) {
  const std::lock_guard lock(mutex);
  known[id].is_mine = false;
}

void SharedWork::Parts::bundle() noexcept {
  try {
    const std::lock_guard list(listing);
    std::vector<FinishedItem> items;
    {
      const std::lock_guard lock(mutex);
      if (settings.bundle == 0 || loose < enough) return;
      for (const auto& [id, item] : known)
        if (item.is_finished && !item.is_bundled && items.size() < settings.bundle) items.push_back({id, item.result});
    }
    const std::string file = bundle_file(bundles + 1);
    if (files->exists(file) || !files->create(file, bundle_text(items), false)) return;
    ++bundles;
    for (FinishedItem& item : items) finish(item.id, {}, true);
  } catch (...) {  // a full disk: the next one tries again
  }
}

bool SharedWork::Parts::is_gone(const std::string& id, int slot) {
  std::string name;
  {
    const std::lock_guard lock(mutex);
    if (const KnownItem& item = known[id]; item.named == slot) name = item.worker;
  }
  if (name.empty()) {
    const WorkSlot record = read_record(files->content(claim_file(id, slot)).value_or(""));
    if (record.kind != WorkSlot::Kind::claim) return false;
    name = record.worker;
    const std::lock_guard lock(mutex);
    known[id].worker = name;
    known[id].named = slot;
  }
  return files->is_gone(name);
}

std::optional<WorkTime> SharedWork::Parts::age_of(const std::string& file, WorkTime now) {
  const auto time = files->time_of(file);
  if (!time) return std::nullopt;
  return now - *time;
}

std::vector<std::shared_ptr<WorkLease::Claim>> SharedWork::Parts::live_claims() {
  const std::lock_guard lock(mutex);
  std::vector<std::shared_ptr<WorkLease::Claim>> live;
  std::erase_if(claims, [&](const std::weak_ptr<WorkLease::Claim>& weak) {
    auto claim = weak.lock();
    if (!claim || claim->has_ended) return true;
    live.push_back(std::move(claim));
    return false;
  });
  return live;
}

}  // namespace dnm
