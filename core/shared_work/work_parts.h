// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <random>

#include "core/shared_work/shared_work.h"

// Inside of shared work. Its folder holds
//   claims/ID.K      slot K of an item: a claim or its result, made once
//   ended/ID.K       the same file as slot K, where that is a result
//   ended/ID.K-      the same file as slot K, a claim that was given back
//   bundles/N        results put together
//   clock/WORKER     tells a worker the time of the file system
//   cancelled        why all should stop
// Slots decide; the names in ended/ and the bundles only save reading, and may be missing.

namespace dnm {

using WorkTime = SharedFiles::Time;

[[nodiscard]] std::string claim_file(const std::string& id, int slot);
[[nodiscard]] std::string ended_file(const std::string& id, int slot);

/// What a worker knows of an item.
struct KnownItem {
  int last = 0;        ///< the highest slot that was seen
  int given_back = 0;  ///< the highest claim that was seen given back
  bool is_finished = false;
  bool is_bundled = false;
  bool is_mine = false;
  std::string result;
  std::string worker;  ///< of the claim `named`
  int named = 0;
  WorkTime look_at{};  ///< when its last claim may be dead
};

struct SharedWork::Parts {
  Parts(std::unique_ptr<SharedFiles> shared, WorkSettings chosen);

  // Each takes `mutex` itself, and never while it asks the file system.
  void read_bundles();
  void read_ended();
  void read_claims();
  void finish(const std::string& id, std::string result, bool bundled);
  void saw_slot(const std::string& id, int slot, WorkTime look_at);
  void not_mine(const std::string& id);
  /// Writes a bundle where there are results enough for one. Never throws: results can be read without.
  void bundle() noexcept;
  /// Whether the worker of a claim is known to be gone. Reads the claim once.
  [[nodiscard]] bool is_gone(const std::string& id, int slot);
  /// How long ago the file had its time set; nothing where there is none.
  [[nodiscard]] std::optional<WorkTime> age_of(const std::string& file, WorkTime now);
  [[nodiscard]] std::vector<std::shared_ptr<WorkLease::Claim>> live_claims();

  const std::unique_ptr<SharedFiles> files;
  const WorkSettings settings;
  const std::string worker;

  std::mutex listing;  ///< one thread reads names at a time; taken before `mutex`
  std::optional<WorkTime> listed;
  int bundles = 0;

  std::mutex mutex;  ///< of what follows
  std::map<std::string, KnownItem> known;
  std::size_t loose = 0;  ///< results that are in no bundle
  std::size_t enough;     ///< of them for one; not the same for all workers, so that few write it at the same time
  std::mt19937_64 random;
  std::vector<std::weak_ptr<WorkLease::Claim>> claims;
};

struct WorkLease::Claim {
  std::shared_ptr<SharedWork::Parts> parts;
  std::string id;
  int slot = 0;
  int deaths = 0;
  std::atomic<double> heartbeat = 0;  ///< the last that got through
  std::atomic<bool> has_ended = false;
  std::stop_source lost{};

  [[nodiscard]] bool publish(std::string_view result);
  void release() noexcept;
  void refresh() noexcept;
  void expire() noexcept;
  void lose() noexcept;
};

}  // namespace dnm
