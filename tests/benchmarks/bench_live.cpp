// SPDX-License-Identifier: GPL-3.0-or-later
// Times of a whole live refresh, stage by stage, in milliseconds: medians of several runs in one process.
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "core/embedding/embedding.h"
#include "core/live/live_pipeline.h"
#include "core/support/median.h"
#include "core/support/parallel.h"

namespace {

using dnm::median;
using Clock = std::chrono::steady_clock;

double milliseconds_since(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

double timed(int runs, const std::function<void(int)>& work) {
  std::vector<double> times;
  for (int run = 0; run < runs; ++run) {
    const auto start = Clock::now();
    work(run);
    times.push_back(milliseconds_since(start));
  }
  return median(times);
}

void print(const char* stage, double time, const char* goal) {
  std::printf("  %-34s %9.2f ms   %s\n", stage, time, goal);
  std::fflush(stdout);
}

struct Case {
  const char* name;
  std::vector<dnm::NodeIndex> layers;
  double sparsity;
  const char* initialiser;
  int runs;
  int sigma_draws;
  const char* goals[7];  ///< network, L, gamma, embedding, Q, sigma_c, refresh without sigma_c
};

dnm::LiveRequest request_of(const Case& measured, std::uint64_t seed) {
  dnm::LiveRequest request;
  request.parameters.initialiser = measured.initialiser;
  request.parameters.layer_sizes = measured.layers;
  request.parameters.shared.sparsity = measured.sparsity;
  request.parameters.seed = seed;
  request.measures.sigma_draws = measured.sigma_draws;
  return request;
}

void stages(const Case& measured) {
  const dnm::LiveRequest request = request_of(measured, 0);
  const auto network = dnm::generate(request.parameters).network;
  const dnm::Graph graph(*network);
  std::printf("\n%s: %u nodes, %llu links\n one stage alone\n", measured.name, graph.node_count(),
              static_cast<unsigned long long>(graph.link_count()));
  print("network",
        timed(measured.runs,
              [&](int run) { (void)dnm::generate(request_of(measured, static_cast<std::uint64_t>(run)).parameters); }),
        measured.goals[0]);
  print("graph", timed(measured.runs, [&](int) { const dnm::Graph again(*network); }), "");
  const auto measure = [&](const char* id, const char* label, const char* goal) {
    print(label, timed(measured.runs, [&](int) { (void)dnm::measure(id).compute(graph, request.measures, {}, {}); }),
          goal);
  };
  measure("L", "L", measured.goals[1]);
  measure("gamma", "gamma", measured.goals[2]);
  print("embedding RA1-LE-EA", timed(measured.runs, [&](int) { (void)dnm::embed(graph); }), measured.goals[3]);
  measure("Q", "Q, Leiden until stable, best of 10", measured.goals[4]);
  const std::string draws = "sigma_c, " + std::to_string(measured.sigma_draws) + " draws";
  measure("sigma_c", draws.c_str(), measured.goals[5]);
}

/// From submit() until all of a kind is fresh, with every stage competing for the processors.
void live(const Case& measured) {
  std::mutex mutex;
  std::condition_variable told;
  std::uint64_t changes = 0;
  dnm::LivePipeline pipeline([&] {
    {
      const std::scoped_lock lock(mutex);
      ++changes;
    }
    told.notify_all();
  });
  std::vector<double> submit, network, quick, all;
  for (int run = 0; run < measured.runs; ++run) {
    const dnm::LiveRequest request = request_of(measured, static_cast<std::uint64_t>(run) + 100);
    const auto start = Clock::now();
    pipeline.submit(request);
    submit.push_back(milliseconds_since(start));
    const auto wait = [&](auto reached) {
      std::unique_lock lock(mutex);
      while (!reached(pipeline.snapshot())) {
        const std::uint64_t seen = changes;
        told.wait(lock, [&] { return changes != seen; });
      }
      return milliseconds_since(start);
    };
    const auto fresh = [](const auto& value) { return value.freshness == dnm::Freshness::fresh; };
    network.push_back(wait([&](const dnm::LiveSnapshot& shown) { return fresh(shown.network); }));
    quick.push_back(wait([&](const dnm::LiveSnapshot& shown) {
      for (std::size_t i = 0; i < shown.measures.size(); ++i) {
        if (dnm::measure_table()[i].id != "sigma_c" && !fresh(shown.measures[i])) return false;
      }
      return fresh(shown.embedding);
    }));
    all.push_back(wait([](const dnm::LiveSnapshot& shown) { return shown.all_fresh(); }));
  }
  std::printf(" live, from a new request\n");
  print("submit() returns", median(submit), "goal: microseconds");
  print("network shown", median(network), "goal 16 (98-196-196)");
  print("L, Q, gamma and embedding fresh", median(quick), measured.goals[6]);
  print("sigma_c fresh", median(all), measured.goals[5]);
}

}  // namespace

int main() {
  std::printf("%u threads\n", dnm::available_threads());
  const std::vector<dnm::NodeIndex> small{98, 196, 196}, large{784, 1568, 1568, 1568};
  const Case cases[] = {
      {"98-196-196, 90 %, DNM all fixed",
       small,
       0.9,
       "dnm",
       15,
       10,
       {"goal 16", "", "", "", "", "goal 200", "goal 60"}},
      {"98-196-196, 90 %, random", small, 0.9, "random", 15, 10, {"goal 16", "", "", "", "", "goal 200", "goal 60"}},
      {"784-1568-1568-1568, 99 %, random",
       large,
       0.99,
       "random",
       3,
       2,
       {"goal 10", "goal 25", "goal 10", "goal 300", "goal 500", "goal 4000 per draw and core", ""}},
      {"784-1568-1568-1568, 99 %, DNM all fixed",
       large,
       0.99,
       "dnm",
       3,
       2,
       {"goal 10", "goal 150", "goal 10", "goal 300", "", "goal 4000 per draw and core", ""}},
  };
  for (const Case& measured : cases) {
    stages(measured);
    live(measured);
  }
  return 0;
}
