// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <vector>

#include "core/measures/igraph_adapter.h"
#include "core/measures/modularity.h"
#include "core/measures/path_length.h"
#include "core/measures/power_law.h"
#include "core/measures/structural_consistency.h"
#include "core/models/initialiser.h"
#include "core/support/error.h"
#include "core/support/parallel.h"

/// Times the measures on random and all-fixed dendritic networks, next to igraph in the same run. Medians.
namespace {

using dnm::Graph;

double milliseconds(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

double median_of(int repeats, const std::function<void()>& work) {
  std::vector<double> times;
  for (int i = 0; i < repeats; ++i) times.push_back(milliseconds(work));
  return median(times);
}

struct Case {
  const char* name;
  const char* initialiser;
  std::vector<dnm::NodeIndex> layers;
  double sparsity;
};

void path_length_beside_igraph(const Graph& graph, bool large) {
  const dnm::IgraphGraph copy(graph, {});
  std::vector<double> one;
  std::vector<double> all;
  std::vector<double> theirs;
  double own_value = 0.0;
  double their_value = 0.0;
  for (int round = 0; round < (large ? 5 : 15); ++round) {
    one.push_back(milliseconds([&] { own_value = dnm::path_lengths(graph, 1).mean().value_or(0.0); }));
    all.push_back(milliseconds([&] { own_value = dnm::path_lengths(graph, 0).mean().value_or(0.0); }));
    theirs.push_back(milliseconds([&] { their_value = copy.average_path_length({}).mean; }));
  }
  const bool same = std::abs(own_value - their_value) <= 1e-12 * their_value;
  std::printf("  L        %10.3f ms on one thread, %.3f ms on %u; igraph %.3f ms: %.0f and %.0f times%s\n", median(one),
              median(all), dnm::available_threads(), median(theirs), median(theirs) / median(one),
              median(theirs) / median(all), same ? "" : "  VALUES DIFFER");
}

void run(const Case& network) {
  dnm::ModelParameters parameters;
  parameters.initialiser = network.initialiser;
  parameters.layer_sizes = network.layers;
  parameters.shared.sparsity = network.sparsity;
  const Graph graph(*dnm::generate(parameters).network);
  const bool large = graph.node_count() > 2000;
  std::printf("%s: %u nodes, %llu links, L %.3f, diameter %zu\n", network.name, graph.node_count(),
              static_cast<unsigned long long>(graph.link_count()), dnm::path_lengths(graph).mean().value_or(0.0),
              dnm::path_lengths(graph).diameter());
  path_length_beside_igraph(graph, large);
  std::printf("  γ        %10.3f ms\n", median_of(15, [&] { static_cast<void>(dnm::fit_power_law(graph)); }));
  for (const auto& [method, name] :
       {std::pair{dnm::ModularityMethod::leiden, "Leiden"}, std::pair{dnm::ModularityMethod::louvain, "Louvain"}}) {
    const auto work = [&] { static_cast<void>(dnm::maximise_modularity(graph, method, 10, 0)); };
    std::printf("  Q        %10.3f ms for 10 runs of %s\n", median_of(large ? 1 : 5, work), name);
  }
  const auto removed = dnm::draw_removal(graph, 0, 0);
  const auto draw = [&](dnm::ConsistencyRoute route) {
    return [&graph, &removed, route] { static_cast<void>(dnm::consistency_of_removal(graph, removed, route)); };
  };
  std::printf("  σ_c      %10.3f ms per draw on one thread\n",
              median_of(large ? 3 : 9, draw(dnm::ConsistencyRoute::bipartite)));
  if (!large) {
    std::printf("           %10.3f ms for 10 draws on %u threads; one draw by the general route %.3f ms\n",
                median_of(5, [&] { static_cast<void>(dnm::structural_consistency(graph, 10, 0)); }),
                dnm::available_threads(), median_of(3, draw(dnm::ConsistencyRoute::general)));
  }
  std::fflush(stdout);
}

}  // namespace

int main() {
  try {
    const std::vector<Case> cases = {{"random 98-196-196", "random", {98, 196, 196}, 0.9},
                                     {"DNM 98-196-196", "dnm", {98, 196, 196}, 0.9},
                                     {"random 784-1568-1568-1568", "random", {784, 1568, 1568, 1568}, 0.99},
                                     {"DNM 784-1568-1568-1568", "dnm", {784, 1568, 1568, 1568}, 0.99}};
    for (const Case& network : cases) run(network);
    return EXIT_SUCCESS;
  } catch (const dnm::Error& error) {
    std::fprintf(stderr, "bench_measures: %s\n", error.what());
    return EXIT_FAILURE;
  }
}
