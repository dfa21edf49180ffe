// SPDX-License-Identifier: GPL-3.0-or-later
// The load that a search puts on a shared folder: 1,000 trials on 100 tasks of which 5 % are killed, on a server that
// answers one request in a hundred after seconds. "bench_shared_work TRIALS TASKS" for other numbers.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>

#include "tests/core/shared_work/simulated_cluster.h"

int main(int argc, char** argv) {
  using Clock = std::chrono::steady_clock;
  dnm::test::ClusterSettings settings;
  settings.trials = argc > 1 ? std::stoi(argv[1]) : 1000;
  settings.tasks = argc > 2 ? std::stoi(argv[2]) : 100;
  settings.deaths = 0.05;
  const auto begin = Clock::now();
  const dnm::test::ClusterReport report = dnm::test::simulate_cluster(settings);
  const double took = std::chrono::duration<double>(Clock::now() - begin).count();
  const auto requests = static_cast<double>(report.all_requests());
  std::printf("%d trials of %.0f s (median) on %d tasks; %lld started, %lld killed; simulated in %.0f s\n",
              settings.trials, settings.step, settings.tasks, static_cast<long long>(report.started),
              static_cast<long long>(report.killed), took);
  std::printf("finished after %.0f s; %.1f %% of the work was lost with killed tasks; %lld overlaps, %zu faults\n",
              report.seconds, 100 * report.wasted / (report.worked + report.wasted),
              static_cast<long long>(report.overlaps), report.faults.size());
  std::printf("%lld files, %.1f a trial\n", static_cast<long long>(report.files),
              static_cast<double>(report.files) / settings.trials);
  std::printf("%.0f requests, %.0f a trial, %.0f a second in the mean, %.0f in the busiest minute\n", requests,
              requests / settings.trials, requests / report.seconds, report.busiest);
  for (const auto& [kind, count] : report.requests)
    std::printf("  %-28s %5.1f %%\n", kind.c_str(), 100 * static_cast<double>(count) / requests);
  for (const std::string& fault : report.faults) std::printf("fault: %s\n", fault.c_str());
  return report.faults.empty() ? 0 : 1;
}
