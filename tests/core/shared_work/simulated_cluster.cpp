// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/shared_work/simulated_cluster.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "core/shared_work/work_record.h"
#include "core/support/error.h"
#include "tests/core/shared_work/simulated_folder.h"

namespace dnm::test {
namespace {

constexpr double never = std::numeric_limits<double>::infinity();

std::string id_of(int trial) {
  std::string digits = std::to_string(trial);
  return "t" + std::string(6 - digits.size(), '0') + digits;
}

/// A result can be told from any other.
std::string result_of(const std::string& id) { return "r" + std::to_string(7919 * std::stoll(id.substr(1))); }

class Cluster {
 public:
  explicit Cluster(const ClusterSettings& settings) : settings_(settings), folder_(settings, tasks_) {}

  ClusterReport run() {
    for (int task = 0; task < settings_.tasks; ++task) start(settings_.start * folder_.unit());
    tasks_.run();
    report_.requests = folder_.requests;
    for (const std::int64_t requests : folder_.by_minute)
      report_.busiest = std::max(report_.busiest, static_cast<double>(requests) / 60);
    check_folder();
    check_steps();
    return report_;
  }

 private:
  void start(double time) {
    const int number = static_cast<int>(report_.started++);
    double killed_at = never;
    if (number < settings_.tasks && folder_.unit() < settings_.deaths)
      killed_at = time + 10 * settings_.step * folder_.unit();
    const double stops_at = settings_.time_limit > 0 ? time + settings_.time_limit * (1 + folder_.unit()) : never;
    tasks_.start(time, [=, this] { live("w" + std::to_string(number), killed_at, stops_at); });
  }

  void live(const std::string& name, double killed_at, double stops_at) {
    bool comes_back = false;
    try {
      std::stop_source stop;
      SharedWork work(std::make_unique<SimulatedFiles>(folder_, name, killed_at, stops_at, stop), settings_.work);
      WorkLoopSettings loop;
      loop.seed = std::hash<std::string>{}(name);
      loop.deaths = 1000;
      try {
        (void)work_until_finished(work, kind_of(work, name), loop, {stop.get_token(), {}});
      } catch (const Cancelled&) {
        comes_back = true;
      } catch (const FileError& error) {
        report_.faults.push_back(name + " gave up: " + error.what());
      }
      work.files().wait({}, {});  // a killed one could have come here through its destructors
      if (!comes_back) report_.seconds = std::max(report_.seconds, tasks_.now());
    } catch (const Killed&) {
      ++report_.killed;
      comes_back = true;
    }
    constexpr double requeue = 60;
    if (comes_back) start(tasks_.now() + requeue);
  }

  WorkKind kind_of(SharedWork& work, const std::string& name) {
    WorkKind kind;
    kind.next = [this](std::span<const WorkItem> items) -> std::optional<WorkStep> {
      int trial = 0;  // the items are sorted, and all are trials
      while (trial < static_cast<int>(items.size()) && items[static_cast<std::size_t>(trial)].id == id_of(trial))
        ++trial;
      if (trial == settings_.trials) return std::nullopt;
      return WorkStep{id_of(trial), "known: " + std::to_string(items.size())};
    };
    kind.is_finished = [this](std::span<const WorkItem> items) {
      return static_cast<int>(items.size()) == settings_.trials &&
             std::all_of(items.begin(), items.end(),
                         [](const WorkItem& item) { return item.state == WorkState::finished; });
    };
    kind.run = [this, &work, name](const std::string& id, const TaskControl& control) {
      return work_on(work, name, id, control);
    };
    kind.failure = [](const std::string&, std::string_view reason) { return "failed: " + std::string(reason); };
    return kind;
  }

  std::string work_on(SharedWork& work, const std::string& name, const std::string& id, const TaskControl& control) {
    struct Logged {  // also where the task is killed
      Cluster& cluster;
      SimulatedStep step;
      ~Logged() {
        step.end = cluster.tasks_.now();
        cluster.steps_.push_back(step);
      }
    } logged{*this, {.id = id, .worker = name, .begin = tasks_.now()}};
    const double duration = settings_.step * std::exp(0.7 * std::normal_distribution<double>(0, 1)(folder_.random));
    const double end = tasks_.now() + duration;
    const bool freezes = folder_.unit() < settings_.freezes;
    while (tasks_.now() < end) {
      const double beat = settings_.work.heartbeat.count();
      work.files().wait(SharedFiles::Time(std::min(beat, end - tasks_.now())), control.stop);
      if (freezes && !logged.step.was_frozen) {
        logged.step.was_frozen = true;
        tasks_.wait_until(tasks_.now() + 2 * settings_.work.lifetime.count());
        break;  // and is so unlucky as to be done before it looks at its lease
      }
      control.check();
      work.refresh();
      control.check();
    }
    logged.step.is_complete = true;
    return result_of(id);
  }

  void fault(const std::string& id, const std::string& what) { report_.faults.push_back(id + ": " + what); }

  /// Each item has its log: claims, then one result, by the last that claimed it.
  void check_folder() {
    std::map<std::string, std::vector<WorkSlot>> logs;
    for (const auto& [time, name] : folder_.folders["claims"]) {
      const auto slot = read_slot_name(name);
      WorkSlot record = read_record(*folder_.files.at("claims/" + name).content);
      record.number = slot->number;
      logs[slot->id].push_back(std::move(record));
    }
    for (int trial = 0; trial < settings_.trials; ++trial)
      if (!logs.contains(id_of(trial))) fault(id_of(trial), "was lost");
    for (const auto& [id, log] : logs) {
      for (std::size_t at = 0; at < log.size(); ++at) {
        if (log[at].number != static_cast<int>(at) + 1) fault(id, "slots out of order");
        const bool is_last = at + 1 == log.size();
        if ((log[at].kind == WorkSlot::Kind::result) != is_last) fault(id, "a result that is not the end of its log");
      }
      if (log.size() < 2) continue;
      if (log.back().worker != log[log.size() - 2].worker) fault(id, "published by another than claimed it");
      if (log.back().text != result_of(id)) fault(id, "another result: " + log.back().text);
    }
    if (static_cast<int>(logs.size()) != settings_.trials) fault("all", "more items than trials");
    check_bundles();
    report_.files = static_cast<std::int64_t>(folder_.files.size());
  }

  void check_bundles() {
    std::set<std::string> seen;
    for (const auto& [time, name] : folder_.folders["bundles"]) {
      for (const FinishedItem& item : read_bundle(*folder_.files.at("bundles/" + name).content)) {
        if (!seen.insert(item.id).second) fault(item.id, "in two bundles");
        if (item.result != result_of(item.id)) fault(item.id, "wrong in a bundle");
      }
    }
  }

  /// Two workers are at the same item only where the first one's machine stood still.
  void check_steps() {
    std::map<std::string, std::vector<SimulatedStep>> by_item;
    for (SimulatedStep& step : steps_) by_item[step.id].push_back(step);
    for (auto& [id, steps] : by_item) {
      std::sort(steps.begin(), steps.end(), [](const auto& a, const auto& b) { return a.begin < b.begin; });
      for (std::size_t first = 0; first < steps.size(); ++first) {
        const double time = steps[first].end - steps[first].begin;
        (steps[first].is_complete && first + 1 == steps.size() ? report_.worked : report_.wasted) += time;
        for (std::size_t other = first + 1; other < steps.size(); ++other)
          if (steps[other].begin < steps[first].end && !steps[first].was_frozen) ++report_.overlaps;
      }
    }
  }

  const ClusterSettings& settings_;
  SimulatedTasks tasks_;
  SimulatedFolder folder_;
  std::vector<SimulatedStep> steps_;
  ClusterReport report_;
};

}  // namespace

std::int64_t ClusterReport::all_requests() const {
  std::int64_t all = 0;
  for (const auto& [kind, count] : requests) all += count;
  return all;
}

ClusterReport simulate_cluster(const ClusterSettings& settings) { return Cluster(settings).run(); }

}  // namespace dnm::test
