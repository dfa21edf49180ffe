// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/measures/measure.h"
#include "core/measures/modularity.h"
#include "core/measures/path_length.h"
#include "core/measures/power_law.h"
#include "core/measures/spectral_modularity.h"
#include "core/measures/structural_consistency.h"
#include "tests/core/measures/small_graphs.h"
#include "tests/core/reference_files.h"
#include "tests/support/test_class.h"

using dnm::Graph;
using dnm::NodeIndex;

namespace {

std::vector<NodeIndex> new_numbers(const Graph& graph, std::uint64_t seed) {
  // Within layers, so that a layered network stays one.
  std::vector<NodeIndex> number(graph.node_count());
  std::iota(number.begin(), number.end(), NodeIndex{0});
  dnm::Random random(seed, 77);
  std::size_t first = 0;
  for (const NodeIndex size : graph.layer_sizes()) {
    random.shuffle(std::span(number).subspan(first, size));
    first += size;
  }
  return number;
}

dnm::test::Links renamed(dnm::test::Links links, const std::vector<NodeIndex>& number) {
  for (auto& [u, v] : links) {
    u = number[u];
    v = number[v];
    if (u > v) std::swap(u, v);
  }
  std::sort(links.begin(), links.end());
  return links;
}

Graph renamed(const Graph& graph, const std::vector<NodeIndex>& number) {
  const auto links = renamed(graph.links(), number);
  return graph.is_layered() ? Graph(dnm::reference::layered_network(graph.layer_sizes(), links))
                            : Graph(graph.node_count(), links);
}

}  // namespace

/// The numbers that neurons happen to have decide nothing.
class TestRelabelling : public QObject {
  Q_OBJECT

 private:
  static std::vector<Graph> graphs() {
    std::vector<Graph> made;
    for (std::uint64_t seed = 0; seed < 8; ++seed) {
      made.push_back(dnm::test::random_graph(40 + static_cast<NodeIndex>(10 * seed), 0.08, seed));
      const std::vector<NodeIndex> sizes{20, 30 + static_cast<NodeIndex>(5 * seed), 25};
      made.emplace_back(dnm::reference::layered_network(sizes, dnm::test::random_layered_links(sizes, 0.12, seed)));
    }
    return made;
  }

 private Q_SLOTS:
  /// Those that draw random numbers are compared by other means below.
  void every_measure_without_random_numbers() {
    int compared = 0;
    dnm::MeasureSettings other_seed;
    other_seed.seed = 1;
    for (const dnm::Measure& row : dnm::measure_table()) {
      if (!row.same_result({}, other_seed)) continue;
      ++compared;
      for (const Graph& graph : graphs()) {
        const auto number = new_numbers(graph, graph.link_count());
        const dnm::Measurement one = row.compute(graph, {}, {}, {});
        const dnm::Measurement two = row.compute(renamed(graph, number), {}, {}, {});
        QCOMPARE(two.value.has_value(), one.value.has_value());
        if (one.value) QVERIFY2(std::abs(*two.value - *one.value) <= 1e-9 * std::abs(*one.value), row.id.data());
        QCOMPARE(two.node_values.size(), one.node_values.size());
        for (std::size_t node = 0; node < one.node_values.size(); ++node) {
          const double before = one.node_values[node];
          const double after = two.node_values[number[node]];
          QCOMPARE(std::isnan(after), std::isnan(before));
          if (!std::isnan(before)) QVERIFY2(std::abs(after - before) <= 1e-9 * std::abs(before), row.id.data());
        }
      }
    }
    QVERIFY(compared >= 2);  // L and γ
  }

  void path_lengths_and_power_law() {
    for (const Graph& graph : graphs()) {
      const Graph other = renamed(graph, new_numbers(graph, graph.link_count()));
      QVERIFY(other.links() != graph.links());
      QCOMPARE(dnm::path_lengths(other).pairs_at, dnm::path_lengths(graph).pairs_at);
      const auto fit = dnm::fit_power_law(graph).value();
      const auto again = dnm::fit_power_law(other).value();
      QCOMPARE(again.gamma, fit.gamma);
      QCOMPARE(again.x_min, fit.x_min);
      QCOMPARE(again.ks_distance, fit.ks_distance);
    }
  }

  void consistency_of_the_same_removal() {
    int compared = 0;
    for (const Graph& graph : graphs()) {
      const auto number = new_numbers(graph, graph.link_count());
      const Graph other = renamed(graph, number);
      for (std::uint64_t draw = 0; draw < 5; ++draw) {
        const auto removed = dnm::draw_removal(graph, 3, draw);
        const auto one = consistency_of_removal(graph, removed);
        const auto two = consistency_of_removal(other, renamed(removed, number));
        QCOMPARE(two.removed, one.removed);
        // Equal scores at the edge of the list may fall either way.
        QVERIFY(std::max(one.hits, two.hits) - std::min(one.hits, two.hits) <= 1);
        compared += one.hits == two.hits ? 1 : 0;
      }
    }
    QVERIFY(compared >= 72);  // of 80
  }

  void modularity_of_the_same_division() {
    for (const Graph& graph : graphs()) {
      const auto number = new_numbers(graph, graph.link_count());
      const Graph other = renamed(graph, number);
      const auto found = dnm::spectral_modularity(graph, 3, 1);
      std::vector<std::int32_t> moved(found.community_of.size());
      for (std::size_t node = 0; node < moved.size(); ++node) moved[number[node]] = found.community_of[node];
      QVERIFY(std::abs(dnm::modularity_of(other, moved) - found.best) < 1e-12);
    }
  }

  void spectral_means() {
    const Graph graph = dnm::reference::graph("npso_100_T0");
    const auto one = dnm::spectral_modularity(graph, 150, 1);
    const auto two = dnm::spectral_modularity(renamed(graph, new_numbers(graph, 5)), 150, 2);
    const double error = std::hypot(one.deviation, two.deviation) / std::sqrt(150.0);
    QVERIFY(std::abs(one.mean - two.mean) < 4.0 * error);
  }

  void layers_are_no_communities() {
    for (const Graph& graph : graphs()) {
      if (!graph.is_layered()) continue;
      std::vector<std::int32_t> layer_of;
      for (std::size_t layer = 0; layer < graph.layer_sizes().size(); ++layer) {
        layer_of.insert(layer_of.end(), graph.layer_sizes()[layer], static_cast<std::int32_t>(layer));
      }
      // No link lies within a layer, so Q is minus the sum of the squared shares.
      QVERIFY(dnm::modularity_of(graph, layer_of) < -0.3);
    }
  }
};

DNM_TEST(TestRelabelling)
#include "test_relabelling.moc"
