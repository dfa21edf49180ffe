// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/shared_work/work_loop.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <random>
#include <thread>
#include <utility>

#include "core/support/error.h"

namespace dnm {
namespace {

using Seconds = std::chrono::duration<double>;

/// Steps of all loops of a process together.
class Count {
 public:
  explicit Count(std::optional<std::int64_t> at_most) : left_(at_most) {}
  /// One of the steps that may begin, given back unless it was kept.
  class Place {
   public:
    explicit Place(Count& count) : count_(count), is_held_(count.change(-1)) {}
    ~Place() {
      if (is_held_) (void)count_.change(1);
    }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    [[nodiscard]] bool is_held() const { return is_held_; }
    void keep() { is_held_ = false; }

   private:
    Count& count_;
    bool is_held_;
  };

 private:
  bool change(std::int64_t by) {
    const std::lock_guard lock(mutex_);
    if (left_ && *left_ + by < 0) return false;
    if (left_) *left_ += by;
    return true;
  }
  std::mutex mutex_;
  std::optional<std::int64_t> left_;
};

std::string minutes(Seconds time) {
  constexpr double minute = 60;
  const auto count = static_cast<std::int64_t>(std::ceil(time.count() / minute));
  return std::to_string(count) + (count == 1 ? " minute" : " minutes");
}

/// A place in the sorted items, where the step is shown as claimed.
void show_claimed(std::vector<WorkItem>& items, const std::string& id) {
  const auto place = std::lower_bound(items.begin(), items.end(), id,
                                      [](const WorkItem& item, const std::string& other) { return item.id < other; });
  if (place == items.end() || place->id != id) items.insert(place, {.id = id, .result = {}});
}

class Loop {
 public:
  Loop(SharedWork& work, const WorkKind& kind, const WorkLoopSettings& settings, Count& count,
       const TaskControl& control)
      : work_(work), kind_(kind), settings_(settings), count_(count), control_(control), random_(settings.seed) {}

  WorkOutcome run() {
    for (;;) {
      control_.check();
      std::optional<WorkEnd> end;
      reach([&] { end = look_and_work(); });
      if (end) return {*end, steps_};
    }
  }

 private:
  /// One look at the folder and, where there is one, one step. The end, if this was it.
  std::optional<WorkEnd> look_and_work() {
    if (work_.cancelled()) return WorkEnd::cancelled;
    std::vector<WorkItem> items = work_.items();
    if (kind_.is_finished(items)) return WorkEnd::finished;
    Count::Place place(count_);
    if (!place.is_held()) return WorkEnd::enough;
    std::optional<WorkLease> lease = claim_step(std::move(items));
    if (!lease) {
      pause();
      return std::nullopt;
    }
    pauses_ = 0;
    if (work_on(*lease)) {
      place.keep();
      ++steps_;
    }
    return std::nullopt;
  }

  std::optional<WorkLease> claim_step(std::vector<WorkItem> items) {
    std::vector<std::string> abandoned = work_.abandoned();
    std::shuffle(abandoned.begin(), abandoned.end(), random_);
    for (const std::string& id : abandoned)
      if (auto lease = work_.claim(id, {})) return lease;
    // All workers that know the same choose the same step. Whoever comes too late leaves some to the others, more with
    // each failure, so that a thousand that start together do not meet at every step.
    constexpr int tries = 6;
    std::uint64_t window = 1;
    for (int attempt = 0; attempt < tries; ++attempt, window *= 4) {
      std::optional<WorkStep> step = kind_.next(items);
      for (std::uint64_t left = random_() % window; left > 0 && step; --left) {
        show_claimed(items, step->id);
        auto after = kind_.next(items);
        if (!after) break;
        step = std::move(after);
      }
      if (!step) return std::nullopt;
      if (auto lease = work_.claim(step->id, step->note)) return lease;
      show_claimed(items, step->id);
    }
    return std::nullopt;
  }

  /// Whether its result was published.
  bool work_on(WorkLease& lease) {
    std::stop_source stop;
    const std::stop_callback by_user(control_.stop, [&] { stop.request_stop(); });
    const std::stop_callback by_loss(lease.lost(), [&] { stop.request_stop(); });
    std::string result;
    try {
      result = result_of(lease, {stop.get_token(), control_.progress});
    } catch (const Cancelled&) {
      if (lease.lost().stop_requested() && !control_.stop.stop_requested()) {
        tell(lease.id() + " was given up: the folder could not be reached in time, and another worker may have it");
        return false;
      }
      lease.release();
      throw;
    }
    bool is_published = false;
    reach([&] { is_published = lease.publish(result); });
    if (!is_published) tell("the result of " + lease.id() + " was left out: another worker took it over meanwhile");
    return is_published;
  }

  std::string result_of(const WorkLease& lease, const TaskControl& control) {
    if (lease.deaths() >= settings_.deaths) {
      return kind_.failure(lease.id(), std::to_string(lease.deaths()) +
                                           " workers died of it (killed, or out of memory); none tries again");
    }
    try {
      return kind_.run(lease.id(), control);
    } catch (const Cancelled&) {
      throw;
    } catch (const FileError&) {
      throw;  // the folder's fault, not the step's: it is given back
    } catch (const Error& error) {
      return kind_.failure(lease.id(), error.what());
    }
  }

  /// Does what needs the folder, again and again while it fails and patience lasts.
  template <class Action>
  void reach(const Action& action) {
    for (;;) {
      try {
        action();
        out_of_reach_.reset();
        return;
      } catch (const FileError& error) {
        const Seconds now = work_.files().elapsed();
        if (!out_of_reach_) {
          out_of_reach_ = now;
          tell(std::string(error.what()) + "; trying again for " + minutes(settings_.patience));
        }
        if (now - *out_of_reach_ >= settings_.patience) throw;
        pause();
        control_.check();
      }
    }
  }

  /// Longer each time, and not the same for all.
  void pause() {
    constexpr int most = 12;
    const double unit = static_cast<double>(random_() >> 11) * 0x1p-53;
    work_.files().wait(settings_.pause * ((1 + 0.5 * std::min(pauses_++, most)) * (0.5 + unit)), control_.stop);
  }

  void tell(const std::string& notice) const {
    if (kind_.notice) kind_.notice(notice);
  }

  SharedWork& work_;
  const WorkKind& kind_;
  const WorkLoopSettings& settings_;
  Count& count_;
  const TaskControl& control_;
  std::mt19937_64 random_;
  std::int64_t steps_ = 0;
  std::optional<Seconds> out_of_reach_;  ///< since then
  int pauses_ = 0;
};

/// Heartbeats, what looks after them where they are stuck in the folder, and whether the work was cancelled.
class Heart {
 public:
  Heart(SharedWork& work, std::stop_source& stop) {
    const Seconds beat = std::min<Seconds>(work.settings().heartbeat / 4, std::chrono::seconds(1));
    beats_ = repeat(beat, [&work] { work.refresh(); });
    watches_ = repeat(beat, [&work] { work.expire(); });
    listens_ = repeat(work.settings().heartbeat, [this, &work, &stop] {
      if (is_cancelled_ || !was_cancelled(work)) return;
      is_cancelled_ = true;
      stop.request_stop();
    });
  }
  [[nodiscard]] bool is_cancelled() const { return is_cancelled_; }

 private:
  template <class Action>
  static std::jthread repeat(Seconds time, Action action) {
    return std::jthread([time, action](const std::stop_token& stop) {
      std::mutex mutex;
      std::condition_variable_any stopped;
      std::unique_lock lock(mutex);
      while (!stopped.wait_for(lock, stop, time, [&] { return stop.stop_requested(); })) action();
    });
  }
  static bool was_cancelled(SharedWork& work) {
    try {
      return work.cancelled().has_value();
    } catch (const Error&) {
      return false;
    }
  }

  std::atomic<bool> is_cancelled_ = false;
  std::jthread beats_;
  std::jthread watches_;
  std::jthread listens_;
};

}  // namespace

WorkOutcome work_until_finished(SharedWork& work, const WorkKind& kind, const WorkLoopSettings& settings,
                                const TaskControl& control) {
  Count count(settings.at_most);
  return Loop(work, kind, settings, count, control).run();
}

WorkOutcome work_until_finished(SharedWork& work, const WorkKind& kind, const WorkLoopSettings& settings, unsigned jobs,
                                const TaskControl& control) {
  Count count(settings.at_most);
  std::stop_source stop;
  const Heart heart(work, stop);
  const std::stop_callback by_user(control.stop, [&] { stop.request_stop(); });
  std::mutex mutex;
  WorkOutcome outcome;
  std::exception_ptr failure;
  const auto take_part = [&](unsigned number) {
    WorkLoopSettings own = settings;
    own.seed += number;
    try {
      const WorkOutcome mine = Loop(work, kind, own, count, {stop.get_token(), control.progress}).run();
      const std::lock_guard lock(mutex);
      outcome.steps += mine.steps;
      outcome.end = std::max(outcome.end, mine.end);
    } catch (...) {
      const bool ends_here = !stop.stop_requested();
      stop.request_stop();
      const std::lock_guard lock(mutex);
      if (!failure || ends_here) failure = std::current_exception();
    }
  };
  {
    std::vector<std::jthread> others;
    for (unsigned number = 1; number < jobs; ++number) others.emplace_back(take_part, number);
    take_part(0);
  }
  if (heart.is_cancelled() && !control.stop.stop_requested()) {
    outcome.end = WorkEnd::cancelled;
    return outcome;
  }
  if (failure) std::rethrow_exception(failure);
  return outcome;
}

}  // namespace dnm
