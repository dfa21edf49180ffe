// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/experiments/update_measurer.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <optional>
#include <set>
#include <utility>

#include "core/support/error.h"
#include "core/support/thread_priority.h"

namespace dnm {

namespace {
constexpr std::chrono::seconds look_again_after{1};  // for updates of runs that go on
}

UpdateMeasurer::UpdateMeasurer() : thread_([this](const std::stop_token& stop) { work(stop); }) {}

UpdateMeasurer::~UpdateMeasurer() { want({}); }

void UpdateMeasurer::want(std::vector<std::string> folders, std::string matrices) {
  {
    const std::lock_guard lock(mutex_);
    if (folders == folders_ && matrices == matrices_) return;
    folders_ = std::move(folders);
    matrices_ = std::move(matrices);
    wanted_.request_stop();
    wanted_ = {};
  }
  changed_.notify_all();
}

UpdateMeasurer::News UpdateMeasurer::poll() {
  const std::lock_guard lock(mutex_);
  News taken;
  taken.is_busy = news_.is_busy;
  taken.measured.swap(news_.measured);
  taken.problems.swap(news_.problems);
  return taken;
}

void UpdateMeasurer::work(const std::stop_token& stop) {
  lower_thread_priority();
  std::map<std::string, MeasuredRun> runs;
  std::string measured_matrices;
  std::set<std::string> said;
  std::unique_lock lock(mutex_);
  while (!stop.stop_requested()) {
    const std::vector<std::string> folders = folders_;
    const std::string matrices = matrices_;
    const std::stop_token wanted = wanted_.get_token();
    if (std::exchange(measured_matrices, matrices) != matrices) runs.clear();
    std::erase_if(runs, [&](const auto& run) { return std::ranges::find(folders, run.first) == folders.end(); });
    bool any = false;
    for (const std::string& folder : folders) {
      if (wanted.stop_requested()) break;
      lock.unlock();
      std::optional<MeasuredGroup> measured;
      std::string problem;
      try {
        const auto [run, is_new] = runs.try_emplace(folder, folder, matrices);
        const std::optional<std::uint64_t> update = run->second.next();
        if (is_new) measured = run->second.measured();
        if (update) {
          {
            const std::lock_guard report(mutex_);
            news_.is_busy = true;
            if (measured) news_.measured[folder] = *measured;
          }
          run->second.measure(*update, {wanted, {}});
          measured = run->second.measured();
          any = true;
        }
      } catch (const Cancelled&) {
        // other folders are wanted
      } catch (const std::exception& error) {
        problem = error.what();
      }
      lock.lock();
      news_.is_busy = false;
      if (wanted.stop_requested()) break;
      if (measured) news_.measured[folder] = std::move(*measured);
      if (!problem.empty() && said.insert(problem).second) news_.problems.push_back(problem);
    }
    if (any || wanted.stop_requested()) continue;
    changed_.wait_for(lock, stop, look_again_after, [&] { return wanted.stop_requested(); });
  }
}

}  // namespace dnm
