// SPDX-License-Identifier: GPL-3.0-or-later
#include <utility>

#include "core/shared_work/work_parts.h"
#include "core/shared_work/work_record.h"
#include "core/support/error.h"

namespace dnm {

bool WorkLease::Claim::publish(std::string_view result) {
  if (has_ended) return false;
  const std::string next = claim_file(id, slot + 1);
  const WorkSlot record{
      .kind = WorkSlot::Kind::result, .worker = parts->worker, .deaths = deaths, .text = std::string(result)};
  if (!parts->files->create(next, record_text(record), true)) {
    // It may be this very result, of a first try whose answer got lost.
    const auto text = parts->files->content(next);
    const WorkSlot there = read_record(text.value_or(""));
    if (there.kind != WorkSlot::Kind::result || there.worker != parts->worker) {
      lose();
      return false;
    }
  }
  has_ended = true;
  parts->saw_slot(id, slot + 1, {});
  try {
    (void)parts->files->link(next, ended_file(id, slot + 1));
  } catch (const Error&) {  // whoever believes this claim dead finds the result, and gives it its second name
  }
  parts->finish(id, std::string(result), false);
  parts->bundle();
  return true;
}

void WorkLease::Claim::release() noexcept {
  if (has_ended.exchange(true)) return;
  try {
    parts->not_mine(id);
    if (lost.stop_requested()) return;
    parts->files->make_old(claim_file(id, slot));
    (void)parts->files->link(claim_file(id, slot), ended_file(id, slot) + "-");
  } catch (...) {  // it is free after its lifetime
  }
}

void WorkLease::Claim::refresh() noexcept {
  try {
    const double begin = parts->files->elapsed().count();
    if (has_ended || begin - heartbeat < parts->settings.heartbeat.count()) return;
    const bool is_there = parts->files->touch(claim_file(id, slot));
    if (!is_there || parts->files->exists(claim_file(id, slot + 1))) {
      if (!has_ended) lose();
      return;
    }
    heartbeat = begin;
  } catch (...) {  // the next try may reach the folder
  }
  expire();
}

void WorkLease::Claim::expire() noexcept {
  try {
    constexpr double longest = 2.0 / 3;
    const double silence = parts->files->elapsed().count() - heartbeat;
    if (!has_ended && silence > longest * parts->settings.lifetime.count()) lose();
  } catch (...) {  // no clock, no answer
  }
}

void WorkLease::Claim::lose() noexcept {
  has_ended = true;
  try {
    parts->not_mine(id);
  } catch (...) {  // only forgets that it was ours
  }
  lost.request_stop();
}

WorkLease::WorkLease(std::shared_ptr<Claim> claim) : claim_(std::move(claim)) {}
WorkLease::~WorkLease() { release(); }
WorkLease& WorkLease::operator=(WorkLease&& other) noexcept {
  if (this != &other) {
    release();
    claim_ = std::move(other.claim_);
  }
  return *this;
}
const std::string& WorkLease::id() const { return claim_->id; }
int WorkLease::deaths() const { return claim_->deaths; }
std::stop_token WorkLease::lost() const { return claim_->lost.get_token(); }
bool WorkLease::publish(std::string_view result) { return claim_->publish(result); }
void WorkLease::release() noexcept {
  if (claim_) claim_->release();
}

}  // namespace dnm
