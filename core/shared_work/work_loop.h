// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/shared_work/shared_work.h"
#include "core/support/task_control.h"

namespace dnm {

/// A step that can be claimed.
struct WorkStep {
  std::string id;
  std::string note;  ///< kept with the claim: what its choice rests on
};

/// What is worked on. `next` and `is_finished` are pure: they depend on the items alone. All are called from several
/// threads at the same time.
struct WorkKind {
  /// The next step that nobody has claimed; nothing: until others have finished there is nothing to do. The items are
  /// sorted by id. Several workers choose at the same time: those that came late are given items as claimed that they
  /// leave to the others.
  std::function<std::optional<WorkStep>(std::span<const WorkItem> items)> next;
  std::function<bool(std::span<const WorkItem> items)> is_finished;
  /// Does the step and returns its result; goes on with what an earlier, dead worker left of it. Throws Cancelled on a
  /// stop, having kept what it needs to go on; dnm::Error where the step itself cannot be done.
  std::function<std::string(const std::string& id, const TaskControl& control)> run;
  /// The result of a step that cannot be done, which run() threw or workers died of.
  std::function<std::string(const std::string& id, std::string_view reason)> failure;
  /// What is told on the way: a full disk, a lost lease; may be empty.
  std::function<void(const std::string& notice)> notice{};
};

struct WorkLoopSettings {
  int deaths = 10;  ///< a step that this many workers died of fails
  /// Between two looks where there is nothing to do.
  std::chrono::duration<double> pause = std::chrono::seconds(5);
  /// How long a result that cannot be written, or a folder that cannot be reached, is tried again.
  std::chrono::duration<double> patience = std::chrono::minutes(30);
  std::uint64_t seed = 0;                 ///< of the order in which late workers choose
  std::optional<std::int64_t> at_most{};  ///< this many steps
};

enum class WorkEnd {
  finished,   ///< all is done
  cancelled,  ///< somebody cancelled the work
  enough,     ///< at_most steps
};

struct WorkOutcome {
  WorkEnd end = WorkEnd::finished;
  std::int64_t steps = 0;  ///< published by this loop
};

/// Takes part until all is done: looks, claims, runs, publishes. On a stop, the step under way is given back to the
/// others and Cancelled thrown. Throws FileError when the folder stays out of reach. One thread of work; any number of
/// loops may share `work`.
WorkOutcome work_until_finished(SharedWork& work, const WorkKind& kind, const WorkLoopSettings& settings,
                                const TaskControl& control);

/// The same on several threads of this process, with the heartbeats of all on one more. After the first exception the
/// others end, and it is passed on. Steps are counted together.
WorkOutcome work_until_finished(SharedWork& work, const WorkKind& kind, const WorkLoopSettings& settings, unsigned jobs,
                                const TaskControl& control);

}  // namespace dnm
