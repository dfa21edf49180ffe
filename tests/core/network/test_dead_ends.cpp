// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/network/dead_ends.h"
#include "core/network/random.h"
#include "tests/core/random_mask.h"
#include "tests/core/rewiring_reference.h"
#include "tests/support/test_class.h"

using namespace dnm::rewiring_reference;

using dnm::Mask;
using dnm::NodeIndex;
using dnm::OrderedJson;
using dnm::Random;

/// Links that lie on no path through the layers.
class TestDeadEnds : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void dead_ends_are_those_of_the_reference() {
    for (const OrderedJson& stack : reference("chain_removal.json")) {
      const auto sizes = stack["layer_sizes"].get<std::vector<NodeIndex>>();
      std::vector<Mask> masks;
      for (std::size_t i = 0; i + 1 < sizes.size(); ++i) {
        masks.push_back(mask_of(sizes[i], sizes[i + 1], stack["links"][i]));
      }
      const std::vector<Mask> kept = dnm::without_dead_ends(masks);
      for (std::size_t i = 0; i < masks.size(); ++i) {
        QCOMPARE(kept[i].link_count(), stack["left"][i].get<std::uint64_t>());
        std::set<Cell> expected = links_of(masks[i]);
        for (const Cell& gone : cells_of(stack["removed"][i])) expected.erase(gone);
        QVERIFY(links_of(kept[i]) == expected);
      }
      QVERIFY(dnm::without_dead_ends(kept) == kept);
    }
  }

  /// A link stays if and only if it lies on a path through all layers.
  void what_is_left_lies_on_paths() {
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
      const NodeIndex sizes[] = {7, 6, 5, 6};
      const double density = 0.05 + 0.01 * static_cast<double>(seed % 25);
      std::vector<Mask> masks;
      for (std::size_t i = 0; i < 3; ++i) {
        const auto links = static_cast<std::uint64_t>(density * sizes[i] * sizes[i + 1]);
        masks.push_back(dnm::test::random_mask(sizes[i], sizes[i + 1], links, 3 * seed + i));
      }
      std::vector<std::set<Cell>> on_paths(3);
      const auto links = [&](std::size_t i) { return links_of(masks[i]); };
      for (const auto& [b, a] : links(0)) {
        for (const auto& [c, b2] : links(1)) {
          for (const auto& [d, c2] : links(2)) {
            if (b != b2 || c != c2) continue;
            on_paths[0].emplace(b, a);
            on_paths[1].emplace(c, b);
            on_paths[2].emplace(d, c);
          }
        }
      }
      const std::vector<Mask> kept = dnm::without_dead_ends(masks);
      for (std::size_t i = 0; i < 3; ++i) QVERIFY(links_of(kept[i]) == on_paths[i]);
    }
  }
};

DNM_TEST(TestDeadEnds)
#include "test_dead_ends.moc"
