// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <vector>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#include <igraph.h>
#pragma GCC diagnostic pop

#include "core/embedding/embedding.h"
#include "core/embedding/embedding_quality.h"
#include "core/embedding/isomap.h"
#include "core/embedding/shortest_paths.h"
#include "core/measures/edge_betweenness.h"
#include "core/models/initialiser.h"
#include "core/support/error.h"
#include "core/support/parallel.h"

// NOLINTNEXTLINE(readability-identifier-naming): Fortran's name.
extern "C" void dsyevd_(const char*, const char*, const int*, double*, const int*, double*, double*, const int*, int*,
                        const int*, int*, std::size_t, std::size_t);

/// Times the embeddings and their parts on networks of 5,488 nodes, next to igraph and LAPACK in the same run. Medians
/// of five on one thread and on all; a peer that takes longer than five seconds is run once.
namespace {

using dnm::Graph;
using dnm::NodeIndex;

constexpr int repeats = 5;

double seconds(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double median(const std::function<void()>& work, double once_beyond = 1e300) {
  std::vector<double> times{seconds(work)};
  while (times.size() < repeats && times.front() < once_beyond) times.push_back(seconds(work));
  std::ranges::sort(times);
  return times[times.size() / 2];
}

/// Own time on one thread and on all, and the peer's.
struct Comparison {
  double one, all, peer;
};

void print(const char* what, const Comparison& times, const char* peer, bool same) {
  std::printf("  %-26s %8.3f s on one thread, %.3f s on %u; %s %.2f s: %.1f and %.1f times%s\n", what, times.one,
              times.all, dnm::available_threads(), peer, times.peer, times.peer / times.one, times.peer / times.all,
              same ? "" : "  VALUES DIFFER");
  std::fflush(stdout);
}

bool alike(double a, double b) { return std::abs(a - b) <= 1e-9 * std::max(std::abs(a), std::abs(b)); }

/// The graph in igraph's own structure, links in the order of Graph::links().
class IgraphPeer {
 public:
  explicit IgraphPeer(const Graph& graph) : links_(graph.links()) {
    igraph_vector_int_t ends;
    igraph_vector_int_init(&ends, static_cast<igraph_integer_t>(2 * links_.size()));
    for (std::size_t k = 0; k < links_.size(); ++k) {
      VECTOR(ends)[2 * k] = links_[k].first;
      VECTOR(ends)[2 * k + 1] = links_[k].second;
    }
    igraph_create(&graph_, &ends, graph.node_count(), IGRAPH_UNDIRECTED);
    igraph_vector_int_destroy(&ends);
  }
  ~IgraphPeer() { igraph_destroy(&graph_); }
  IgraphPeer(const IgraphPeer&) = delete;
  IgraphPeer& operator=(const IgraphPeer&) = delete;
  IgraphPeer(IgraphPeer&&) = delete;
  IgraphPeer& operator=(IgraphPeer&&) = delete;

  /// Of every link.
  [[nodiscard]] std::vector<double> edge_betweenness() const {
    igraph_vector_t result;
    igraph_vector_init(&result, 0);
    igraph_edge_betweenness(&graph_, &result, IGRAPH_UNDIRECTED, nullptr);
    std::vector<double> values(links_.size());
    for (std::size_t k = 0; k < values.size(); ++k) values[k] = VECTOR(result)[k];
    igraph_vector_destroy(&result);
    return values;
  }

  /// The sum of all distances.
  [[nodiscard]] double distances(const std::vector<double>& weights) const {
    igraph_vector_t lengths;
    igraph_vector_init(&lengths, static_cast<igraph_integer_t>(weights.size()));
    for (std::size_t k = 0; k < weights.size(); ++k) VECTOR(lengths)[k] = weights[k];
    igraph_matrix_t result;
    igraph_matrix_init(&result, 0, 0);
    igraph_distances_dijkstra(&graph_, &result, igraph_vss_all(), igraph_vss_all(), &lengths, IGRAPH_ALL);
    const double sum = igraph_matrix_sum(&result);
    igraph_matrix_destroy(&result);
    igraph_vector_destroy(&lengths);
    return sum;
  }

 private:
  std::vector<std::pair<NodeIndex, NodeIndex>> links_;
  igraph_t graph_{};
};

/// One value per link from one per stored neighbour.
std::vector<double> per_link(const Graph& graph, const std::vector<double>& per_neighbour) {
  std::vector<double> values;
  for (NodeIndex u = 0; u < graph.node_count(); ++u) {
    for (std::uint64_t k = graph.offsets()[u]; k < graph.offsets()[u + 1]; ++k) {
      if (u < graph.adjacency()[k]) values.push_back(per_neighbour[k]);
    }
  }
  return values;
}

void edge_betweenness(const Graph& graph, const IgraphPeer& peer) {
  std::vector<double> ours, theirs;
  const Comparison times{median([&] { ours = dnm::edge_betweenness(graph, 1); }),
                         median([&] { ours = dnm::edge_betweenness(graph); }),
                         median([&] { theirs = peer.edge_betweenness(); }, 5.0)};
  ours = per_link(graph, ours);
  bool same = ours.size() == theirs.size();
  for (std::size_t k = 0; same && k < ours.size(); ++k) same = alike(ours[k], theirs[k]);
  print("edge betweenness", times, "igraph", same);
}

void shortest_paths(const Graph& graph, const dnm::WeightedGraph& weighted, const IgraphPeer& peer) {
  double ours = 0.0, theirs = 0.0;
  const auto own = [&](unsigned threads) {
    return [&, threads] {
      const dnm::DenseMatrix distances = dnm::all_shortest_paths(weighted, dnm::DistancePower::one, threads, {});
      ours = 0.0;
      for (std::size_t u = 0; u < distances.columns(); ++u) {
        for (std::size_t v = 0; v < distances.rows(); ++v) ours += distances(v, u);
      }
    };
  };
  const std::vector<double> weights = per_link(graph, weighted.weights);
  const Comparison times{median(own(1)), median(own(0)), median([&] { theirs = peer.distances(weights); }, 5.0)};
  print("all shortest paths, RA1", times, "igraph", alike(ours, theirs));
}

/// What Isomap takes beyond its paths, against all eigenvectors of the same matrix.
void eigenvectors(const dnm::WeightedGraph& weighted) {
  const auto paths = [&](unsigned threads) {
    return median([&] { (void)dnm::all_shortest_paths(weighted, dnm::DistancePower::one, threads, {}); });
  };
  dnm::ReducedAngles reduced;
  const auto isomap = [&](unsigned threads) {
    return median([&] { reduced = dnm::isomap(weighted, dnm::Centring::no, threads, {}); });
  };
  Comparison times{isomap(1) - paths(1), isomap(0) - paths(0), 0.0};

  dnm::DenseMatrix matrix = dnm::all_shortest_paths(weighted, dnm::DistancePower::one, 0, {});
  const int n = static_cast<int>(matrix.rows());
  std::vector<double> values(matrix.rows()), work(1);
  std::vector<int> integers(1);
  int info = 0, query = -1;
  dsyevd_("V", "L", &n, matrix.column(0), &n, values.data(), work.data(), &query, integers.data(), &query, &info, 1, 1);
  work.resize(static_cast<std::size_t>(work[0]));
  integers.resize(static_cast<std::size_t>(integers[0]));
  const int work_size = static_cast<int>(work.size()), integer_size = static_cast<int>(integers.size());
  times.peer = seconds([&] {
    dsyevd_("V", "L", &n, matrix.column(0), &n, values.data(), work.data(), &work_size, integers.data(), &integer_size,
            &info, 1, 1);
  });
  std::ranges::sort(values, std::ranges::greater(), [](double x) { return std::abs(x); });
  bool same = true;
  for (std::size_t i = 0; i < 3; ++i) same = same && alike(values[i], reduced.eigenvalues[i]);
  print("three eigenvectors of ncISO", times, "LAPACK's dsyevd, all, once", same);
}

void whole(const Graph& graph, const char* method, double goal) {
  const dnm::EmbeddingMethod chosen = dnm::parse_embedding_method(method);
  const double one = median([&] { (void)dnm::embed(graph, chosen, {}, 1); });
  const double all = median([&] { (void)dnm::embed(graph, chosen, {}, 0); });
  std::printf("  %-26s %8.3f s on one thread, %.3f s on %u", method, one, all, dnm::available_threads());
  if (goal > 0.0) std::printf("; goal %.1f s%s", goal, all <= goal ? "" : "  MISSED");
  std::printf("\n");
  std::fflush(stdout);
}

void run(const char* initialiser, bool goals_and_lapack) {
  dnm::ModelParameters parameters;
  parameters.initialiser = initialiser;
  parameters.layer_sizes = {784, 1568, 1568, 1568};
  parameters.shared.sparsity = 0.99;
  const Graph graph(*dnm::generate(parameters).network);
  std::printf("%s 784-1568-1568-1568 at 99 %%: %u nodes, %llu links\n", initialiser, graph.node_count(),
              static_cast<unsigned long long>(graph.link_count()));
  for (const auto& [method, goal] : {std::pair{"RA1-LE-EA", 0.3}, std::pair{"RA1-ncISO-EA", 5.0},
                                     std::pair{"RA1-ISO-EA", 5.0}, std::pair{"EBC-ncMCE-EA", 0.0}}) {
    whole(graph, method, goals_and_lapack ? goal : 0.0);
  }
  const dnm::Embedding embedding = dnm::embed(graph);
  std::printf("  %-26s %8.3f s on %u threads\n", "quality of RA1-LE-EA",
              median([&] { (void)dnm::embedding_quality(graph, embedding); }), dnm::available_threads());
  const IgraphPeer peer(graph);
  const dnm::WeightedGraph weighted = dnm::weighted_graph(graph, dnm::LinkWeights::ra1, {});
  edge_betweenness(graph, peer);
  shortest_paths(graph, weighted, peer);
  if (goals_and_lapack) eigenvectors(weighted);
}

}  // namespace

int main() {
  try {
    run("random", true);
    run("dnm", false);
    return EXIT_SUCCESS;
  } catch (const dnm::Error& error) {
    std::fprintf(stderr, "bench_embedding: %s\n", error.what());
    return EXIT_FAILURE;
  }
}
