// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <vector>

#include "core/measures/chance.h"
#include "core/measures/igraph_adapter.h"
#include "core/measures/modularity.h"
#include "core/measures/path_length.h"
#include "core/measures/power_law.h"
#include "core/measures/spectral_modularity.h"
#include "core/measures/structural_consistency.h"
#include "core/models/initialiser.h"
#include "core/support/error.h"
#include "core/support/lapack.h"
#include "core/support/median.h"
#include "core/support/parallel.h"

extern "C" void dsyevd_(const char* vectors, const char* triangle, const int* size, double* matrix, const int* leading,
                        double* values, double* work, const int* work_size, int* integers, const int* integers_size,
                        int* info, std::size_t vectors_length, std::size_t triangle_length);

/// Times the measures on random and all-fixed dendritic networks, next to their peers in the same run: igraph for L,
/// LAPACK's dsyevd of the whole adjacency matrix for σ_c. Medians, followed by the goal where there is one. Usage:
/// bench_measures [repeats=5] [small|large]
namespace {

using dnm::Graph;
using dnm::median;

double milliseconds(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
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
  double length_goal;  ///< milliseconds; 0: none
};

struct Runner {
  Graph graph;
  bool large;
  int repeats;

  void path_length(double goal) const {
    const dnm::IgraphGraph copy(graph, {});
    std::vector<double> one;
    std::vector<double> two;
    std::vector<double> theirs;
    double own_value = 0.0;
    double their_value = 0.0;
    for (int round = 0; round < repeats; ++round) {
      one.push_back(milliseconds([&] { own_value = dnm::path_lengths(graph, 1).mean().value_or(0.0); }));
      two.push_back(milliseconds([&] { own_value = dnm::path_lengths(graph, 2).mean().value_or(0.0); }));
      theirs.push_back(milliseconds([&] { their_value = copy.average_path_length({}).mean; }));
    }
    const bool same = std::abs(own_value - their_value) <= 1e-12 * their_value;
    std::printf("  L          %10.3f ms on one thread, %.3f ms on two", median(one), median(two));
    if (goal > 0.0) std::printf(" (goal %.0f)", goal);
    std::printf("; igraph %.3f ms: %.0f and %.0f times (goal for random nets 50)%s\n", median(theirs),
                median(theirs) / median(one), median(theirs) / median(two), same ? "" : "  VALUES DIFFER");
  }

  void power_law() const {
    const std::vector<dnm::NodeIndex> degrees = dnm::positive_degrees(graph);
    const auto fit = dnm::fit_power_law(graph);
    std::printf("  γ          %10.3f ms (goal 10)",
                median_of(repeats, [&] { static_cast<void>(dnm::fit_power_law(graph)); }));
    if (fit) {
      const double bootstrap =
          median_of(repeats, [&] { static_cast<void>(dnm::test_power_law(degrees, *fit, 1000, 0)); });
      std::printf("; p-value of 1000 samples %.1f ms on %u threads", bootstrap, dnm::available_threads());
    }
    std::printf("\n");
  }

  void modularity() const {
    struct Row {
      const char* name;
      dnm::ModularitySearch search;
      const char* goal;
    };
    for (const auto& [name, search, goal] :
         {Row{"Leiden until stable", {}, " (goal 800)"}, Row{"Leiden, one pass", {.passes = 1}, ""},
          Row{"Leiden by igraph until stable", {.leiden = dnm::LeidenEngine::igraph}, ""},
          Row{"Leiden by igraph, one pass", {.passes = 1, .leiden = dnm::LeidenEngine::igraph}, ""},
          Row{"Louvain", {.method = dnm::ModularityMethod::louvain}, ""}}) {
      double best = 0.0;
      const double time = median_of(repeats, [&] { best = dnm::maximise_modularity(graph, search).best; });
      std::printf("  Q          %10.3f ms for 10 runs of %s%s, %.4f\n", time, name, large ? goal : "", best);
    }
    double mean = 0.0;
    const auto spectral = [&](unsigned threads) {
      return median_of(repeats, [&] { mean = dnm::spectral_modularity(graph, 10, 0, threads).mean; });
    };
    const double one = spectral(1);
    const double two = spectral(2);
    std::printf(
        "  Q          %10.3f ms for 10 node orders of the spectral method on one thread, %.3f ms on two, %.4f\n", one,
        two, mean);
  }

  /// All eigenvalues and eigenvectors of the adjacency matrix, on one thread: the peer's route before it ranks a pair.
  [[nodiscard]] double whole_eigendecomposition() const {
    const dnm::SingleThreadedBlas alone;
    const int size = static_cast<int>(graph.node_count());
    const auto entries = static_cast<std::size_t>(size) * static_cast<std::size_t>(size);
    std::vector<double> matrix(entries, 0.0);
    for (const auto& [u, v] : graph.links()) {
      matrix[std::size_t{u} * graph.node_count() + v] = matrix[std::size_t{v} * graph.node_count() + u] = 1.0;
    }
    std::vector<double> values(static_cast<std::size_t>(size));
    double best_work = 0.0;
    int best_integers = 0;
    int info = 0;
    const int ask = -1;
    dsyevd_("V", "L", &size, matrix.data(), &size, values.data(), &best_work, &ask, &best_integers, &ask, &info, 1, 1);
    const int work_size = static_cast<int>(best_work);
    std::vector<double> work(static_cast<std::size_t>(work_size));
    std::vector<int> integers(static_cast<std::size_t>(best_integers));
    return milliseconds([&] {
      dsyevd_("V", "L", &size, matrix.data(), &size, values.data(), work.data(), &work_size, integers.data(),
              &best_integers, &info, 1, 1);
    });
  }

  void consistency() const {
    const auto removed = dnm::draw_removal(graph, 0, 0);
    std::vector<double> own;
    std::vector<double> whole;
    for (int round = 0; round < repeats; ++round) {
      own.push_back(milliseconds(
          [&] { static_cast<void>(dnm::consistency_of_removal(graph, removed, dnm::ConsistencyRoute::bipartite)); }));
      whole.push_back(whole_eigendecomposition());
    }
    std::printf(
        "  σ_c        %10.3f ms per draw on one thread%s; dsyevd of the whole matrix alone %.1f ms: %.1f times\n",
        median(own), large ? " (goal 4000)" : "", median(whole), median(whole) / median(own));
    std::fflush(stdout);
    if (large) return;
    std::printf("             %10.3f ms for 10 draws on %u threads; one draw by the general route %.3f ms\n",
                median_of(repeats, [&] { static_cast<void>(dnm::structural_consistency(graph, 10, 0)); }),
                dnm::available_threads(), median_of(repeats, [&] {
                  static_cast<void>(dnm::consistency_of_removal(graph, removed, dnm::ConsistencyRoute::general));
                }));
  }

  void chance() const {
    const auto copy = [&] {
      dnm::Random random(0);
      static_cast<void>(dnm::randomised_copy(graph, random));
    };
    std::printf("  chance     %10.3f ms for one randomised copy", median_of(repeats, copy));
    for (const char* id : {"L", "Q"}) {
      const dnm::Measurement measured = dnm::measure(id).compute(graph, {}, {}, {});
      const double time = median_of(large ? 1 : repeats, [&] {
        static_cast<void>(dnm::compare_with_chance(dnm::measure(id), measured, graph, {}, 20));
      });
      std::printf("; %s of 20 copies %.1f ms", id, time);
    }
    std::printf("\n");
  }
};

void run(const Case& network, int repeats) {
  dnm::ModelParameters parameters;
  parameters.initialiser = network.initialiser;
  parameters.layer_sizes = network.layers;
  parameters.shared.sparsity = network.sparsity;
  const auto generated = dnm::generate(parameters).network;
  const Runner runner{Graph(*generated), generated->node_count() > 2000, repeats};
  const dnm::PathLengths lengths = dnm::path_lengths(runner.graph);
  std::printf("%s: %u nodes, %llu links, L %.3f, diameter %zu\n", network.name, runner.graph.node_count(),
              static_cast<unsigned long long>(runner.graph.link_count()), lengths.mean().value_or(0.0),
              lengths.diameter());
  std::printf("  generate   %10.3f ms%s\n", median_of(repeats, [&] { static_cast<void>(dnm::generate(parameters)); }),
              runner.large ? " (goal 10)" : "");
  runner.path_length(network.length_goal);
  runner.power_law();
  runner.modularity();
  std::fflush(stdout);
  runner.consistency();
  runner.chance();
  std::fflush(stdout);
}

}  // namespace

int main(int count, char** arguments) {
  try {
    const int repeats = count > 1 ? std::max(1, std::atoi(arguments[1])) : 5;
    const std::string which = count > 2 ? arguments[2] : "";
    const std::vector<Case> cases = {{"random 98-196-196", "random", {98, 196, 196}, 0.9, 0.0},
                                     {"DNM 98-196-196", "dnm", {98, 196, 196}, 0.9, 0.0},
                                     {"random 784-1568-1568-1568", "random", {784, 1568, 1568, 1568}, 0.99, 25.0},
                                     {"DNM 784-1568-1568-1568", "dnm", {784, 1568, 1568, 1568}, 0.99, 150.0}};
    for (const Case& network : cases) {
      const bool large = network.layers.size() > 3;
      if ((which == "small" && large) || (which == "large" && !large)) continue;
      run(network, repeats);
    }
    return EXIT_SUCCESS;
  } catch (const dnm::Error& error) {
    std::fprintf(stderr, "bench_measures: %s\n", error.what());
    return EXIT_FAILURE;
  }
}
