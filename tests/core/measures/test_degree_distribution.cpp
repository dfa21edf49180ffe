// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <cmath>

#include "core/measures/degree_distribution.h"
#include "core/measures/power_law.h"
#include "core/support/error.h"
#include "tests/core/measures/small_graphs.h"
#include "tests/core/reference_files.h"
#include "tests/support/test_class.h"

using dnm::degree_distribution;
using dnm::DegreeDistribution;
using dnm::DegreeSide;
using dnm::Graph;
using dnm::Network;
using dnm::NodeIndex;

namespace {

/// Whether a distribution is that of a list of degrees, counted one by one.
bool describes(const DegreeDistribution& found, const std::vector<NodeIndex>& degrees) {
  const auto with =
      static_cast<std::uint64_t>(std::count_if(degrees.begin(), degrees.end(), [](NodeIndex k) { return k > 0; }));
  if (found.nodes != with || found.without != degrees.size() - with) return false;
  if (!std::is_sorted(found.degree.begin(), found.degree.end()) || found.degree.size() != found.ccdf.size())
    return false;
  for (const NodeIndex degree : degrees) {
    if (degree > 0 && !std::binary_search(found.degree.begin(), found.degree.end(), degree)) return false;
  }
  for (std::size_t i = 0; i < found.degree.size(); ++i) {
    if (std::count(degrees.begin(), degrees.end(), found.degree[i]) == 0) return false;
    const auto above = std::count_if(degrees.begin(), degrees.end(), [&](NodeIndex k) { return k >= found.degree[i]; });
    if (std::abs(found.ccdf[i] - static_cast<double>(above) / static_cast<double>(with)) > 1e-15) return false;
  }
  return true;
}

}  // namespace

class TestDegreeDistribution : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void layered_networks() {
    const std::vector<NodeIndex> sizes{15, 30, 20, 8};
    for (std::uint64_t seed = 0; seed < 6; ++seed) {
      const auto links = dnm::test::random_layered_links(sizes, 0.02 + 0.05 * static_cast<double>(seed), seed);
      const Network network = dnm::reference::layered_network(sizes, links);
      std::vector<NodeIndex> in(network.node_count(), 0);
      std::vector<NodeIndex> out(network.node_count(), 0);
      for (const auto& [u, v] : links) {
        ++out[u];
        ++in[v];
      }
      std::vector<NodeIndex> all_in;
      std::vector<NodeIndex> all_out;
      std::vector<NodeIndex> all;
      for (std::size_t layer = 0; layer < sizes.size(); ++layer) {
        std::vector<NodeIndex> own_in;
        std::vector<NodeIndex> own_out;
        std::vector<NodeIndex> own;
        for (NodeIndex node = network.first_node(layer); node < network.first_node(layer) + sizes[layer]; ++node) {
          if (layer > 0) own_in.push_back(in[node]);
          if (layer + 1 < sizes.size()) own_out.push_back(out[node]);
          own.push_back(in[node] + out[node]);
        }
        QVERIFY(describes(degree_distribution(network, DegreeSide::in, layer), own_in));
        QVERIFY(describes(degree_distribution(network, DegreeSide::out, layer), own_out));
        QVERIFY(describes(degree_distribution(network, DegreeSide::all, layer), own));
        all_in.insert(all_in.end(), own_in.begin(), own_in.end());
        all_out.insert(all_out.end(), own_out.begin(), own_out.end());
        all.insert(all.end(), own.begin(), own.end());
      }
      QVERIFY(describes(degree_distribution(network, DegreeSide::in), all_in));
      QVERIFY(describes(degree_distribution(network, DegreeSide::out), all_out));
      QVERIFY(describes(degree_distribution(network, DegreeSide::all), all));
      QVERIFY_EXCEPTION_THROWN(static_cast<void>(degree_distribution(network, DegreeSide::all, 4)), dnm::InvalidInput);
      for (std::size_t mask = 0; mask + 1 < sizes.size(); ++mask) {
        const Graph graph = dnm::layer_graph(network, mask);
        std::vector<NodeIndex> degrees;
        for (NodeIndex node = 0; node < graph.node_count(); ++node) degrees.push_back(graph.degree(node));
        QVERIFY(describes(dnm::mask_degree_distribution(network, mask), degrees));
      }
      QVERIFY_EXCEPTION_THROWN(static_cast<void>(dnm::mask_degree_distribution(network, 3)), dnm::InvalidInput);
    }
  }

  void general_networks() {
    const Network network = dnm::reference::network("karate_plus_fragments");
    const Graph graph(network);
    std::vector<NodeIndex> degrees;
    for (NodeIndex node = 0; node < graph.node_count(); ++node) degrees.push_back(graph.degree(node));
    for (const auto layer : {std::optional<std::size_t>(), std::optional<std::size_t>(0)}) {
      QVERIFY(describes(degree_distribution(network, DegreeSide::all, layer), degrees));
      QVERIFY(describes(degree_distribution(network, DegreeSide::in, layer), {}));
      QVERIFY(describes(degree_distribution(network, DegreeSide::out, layer), {}));
    }
    QVERIFY(describes(dnm::mask_degree_distribution(network, 0), degrees));
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(degree_distribution(network, DegreeSide::all, 1)), dnm::InvalidInput);
    QVERIFY(describes(degree_distribution(Network::general(3, {}), DegreeSide::all), {0, 0, 0}));
  }

  /// The line that goes with the points: at its own distance from them lies the Kolmogorov-Smirnov distance of the fit.
  void the_fitted_line_meets_the_points() {
    const Network network = dnm::reference::network("npso_100_T0");
    const auto fit = dnm::fit_power_law(Graph(network)).value();
    const DegreeDistribution points = degree_distribution(network, DegreeSide::all);
    const auto first = std::find(points.degree.begin(), points.degree.end(), fit.x_min) - points.degree.begin();
    const double start = points.ccdf[static_cast<std::size_t>(first)];
    double largest = 0.0;
    for (auto i = static_cast<std::size_t>(first); i < points.degree.size(); ++i) {
      const double line =
          dnm::hurwitz_zeta(fit.gamma_raw, points.degree[i]) / dnm::hurwitz_zeta(fit.gamma_raw, fit.x_min);
      largest = std::max(largest, std::abs(line - points.ccdf[i] / start));
    }
    QVERIFY(std::abs(largest - fit.ks_distance) < 1e-12);
  }
};

DNM_TEST(TestDegreeDistribution)
#include "test_degree_distribution.moc"
