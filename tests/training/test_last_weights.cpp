// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <map>

#include "core/network/random.h"
#include "core/support/error.h"
#include "tests/core/random_mask.h"
#include "tests/support/test_class.h"
#include "training/rewiring/composed_rule.h"
#include "training/rewiring/last_weights.h"

using dnm::LastWeights;
using dnm::Mask;
using dnm::NodeIndex;

namespace {

std::map<std::pair<NodeIndex, NodeIndex>, float> weights_by_cell(const Mask& mask, const std::vector<float>& weights) {
  std::map<std::pair<NodeIndex, NodeIndex>, float> made;
  std::size_t link = 0;
  for (NodeIndex output = 0; output < mask.n_out; ++output) {
    for (const NodeIndex input : mask.row(output)) made[{output, input}] = weights[link++];
  }
  return made;
}

std::vector<float> drawn_weights(const Mask& mask, dnm::Random& random) {
  std::vector<float> weights(mask.link_count());
  for (float& weight : weights) weight = static_cast<float>(random.normal());
  return weights;
}

}  // namespace

/// A link that grows again starts with the weight it last had.
class TestLastWeights : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  /// Against a table of all cells.
  void new_links_have_the_weights_they_last_had() {
    for (std::uint64_t seed = 0; seed < 5; ++seed) {
      dnm::Random random(seed, 5);
      LastWeights kept;
      std::map<std::pair<NodeIndex, NodeIndex>, float> last;
      Mask before = dnm::test::random_mask(9, 7, 20, seed);
      std::vector<float> weights = drawn_weights(before, random);
      int again = 0;
      for (std::uint64_t update = 1; update < 20; ++update) {
        const Mask after = dnm::test::random_mask(9, 7, 10 + update, 100 * seed + update);
        const auto had = weights_by_cell(before, weights);
        for (const auto& [cell, weight] : had) last[cell] = weight;
        const std::vector<float> found = kept.exchange(before, weights, after);
        // A resumed run has a new object.
        kept = LastWeights::from_numbers(kept.numbers());
        weights = drawn_weights(after, random);
        std::size_t grown = 0;
        for (const auto& [cell, weight] : weights_by_cell(after, weights)) {
          if (had.contains(cell)) continue;
          QCOMPARE(found.at(grown++), last.contains(cell) ? last[cell] : 0.0F);
          if (last.contains(cell)) ++again;
        }
        QCOMPARE(found.size(), grown);
        before = after;
      }
      QVERIFY(again > 20);
    }
  }

  void a_rule_gives_them_only_where_it_is_set_to() {
    class NoGradients : public dnm::GradientSource {
      void cells(std::span<const std::size_t>, std::int64_t, const Use&) override {}
    } gradients;
    for (const bool historical : {false, true}) {
      dnm::RewiringSettings settings;
      settings.historical_weights = historical;
      dnm::Random random(1, 5);
      dnm::RuleMemory memory;
      Mask mask = dnm::test::random_mask(12, 10, 90, 1);
      std::map<std::pair<NodeIndex, NodeIndex>, float> last;
      int again = 0;
      for (std::uint64_t update = 1; update < 10; ++update) {
        dnm::ComposedRule rule(settings);
        rule.remember(memory);
        const std::vector<float> weights = drawn_weights(mask, random);
        const std::vector<dnm::SparseLayer> layers{{"layer1", mask, weights}};
        const auto had = weights_by_cell(mask, weights);
        for (const auto& [cell, weight] : had) last[cell] = weight;
        const dnm::RewiringResult result =
            rule.rewired({{5 * update - 1, 5, 40}, layers, {}, {}, gradients, 3, dnm::TaskControl{}});
        memory = rule.memory();
        const dnm::RewiredLayer& made = result.layers.at(0);
        QCOMPARE(memory.contains("last_weights.0"), historical);
        std::size_t grown = 0;
        for (NodeIndex output = 0; output < made.mask.n_out; ++output) {
          for (const NodeIndex input : made.mask.row(output)) {
            if (had.contains({output, input})) continue;
            ++grown;
            if (!historical) continue;
            const auto known = last.find({output, input});
            QCOMPARE(made.grown_weights.at(grown - 1), known == last.end() ? 0.0F : known->second);
            if (known != last.end()) ++again;
          }
        }
        QCOMPARE(made.grown_weights.size(), historical ? grown : 0);
        mask = made.mask;
      }
      QVERIFY(!historical || again > 10);
    }
  }

  void damaged_memory_is_refused() {
    for (const std::vector<std::int64_t>& numbers :
         {std::vector<std::int64_t>{1}, {-1, 0}, {5, 0, 5, 0}, {5, 0, 4, 0}, {5, std::int64_t{1} << 32}}) {
      QVERIFY_EXCEPTION_THROWN(static_cast<void>(LastWeights::from_numbers(numbers)), dnm::InvalidInput);
    }
  }
};

DNM_TEST(TestLastWeights)
#include "test_last_weights.moc"
