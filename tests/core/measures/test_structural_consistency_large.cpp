// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <cmath>

#include "core/measures/structural_consistency.h"
#include "tests/core/measures/consistency_reference.h"
#include "tests/core/reference_values.h"
#include "tests/support/test_class.h"

using dnm::ConsistencyRoute;
using dnm::Graph;
using dnm::StructuralConsistency;

/// What takes tens of seconds: the largest reference network, and the general route on the second largest.
class TestStructuralConsistencyLarge : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void known_sets_by_the_bipartite_route() {
    const Graph graph = dnm::reference::graph("mlp_784_1568x3_s99");
    const auto draws = dnm::test::known_draws("mlp_784_1568x3_s99");
    QVERIFY(!draws.empty());
    for (const auto& known : draws) {
      QVERIFY(dnm::test::agrees(known, consistency_of_removal(graph, known.removed, ConsistencyRoute::bipartite)));
    }
  }

  void known_sets_by_the_general_route() {
    const Graph graph = dnm::reference::graph("bip_784_1568_s99");
    for (const auto& known : dnm::test::known_draws("bip_784_1568_s99")) {
      QVERIFY(dnm::test::agrees(known, consistency_of_removal(graph, known.removed, ConsistencyRoute::general)));
    }
  }

  /// One set only: 5,488 nodes take half a minute.
  void largest_network_by_the_general_route() {
    const auto known = dnm::test::known_draws("mlp_784_1568x3_s99").front();
    const Graph graph = dnm::reference::graph("mlp_784_1568x3_s99");
    QVERIFY(dnm::test::agrees(known, consistency_of_removal(graph, known.removed, ConsistencyRoute::general)));
  }

  void mean_of_twenty_draws() {
    const auto expected = dnm::reference::values("mlp_784_1568x3_s99_sigma_c.json");
    const Graph graph = dnm::reference::graph("mlp_784_1568x3_s99");
    const StructuralConsistency found = dnm::structural_consistency(graph, 20, 0);
    const double combined = std::hypot(found.standard_error.value(), expected["se"].get<double>());
    QVERIFY(std::abs(found.mean - expected["mean"].get<double>()) <= 3.0 * combined);
  }
};

DNM_TEST(TestStructuralConsistencyLarge)
#include "test_structural_consistency_large.moc"
