// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <set>
#include <string>
#include <vector>

#include "core/network/random.h"
#include "core/parameters/look_up.h"
#include "core/support/error.h"
#include "tests/core/random_mask.h"
#include "tests/support/test_class.h"
#include "training/rewiring/head_parts.h"
#include "training/rewiring/rewiring_table.h"
#include "training/runs/training_parameters.h"

using dnm::HeadBlocks;
using dnm::Mask;
using dnm::NodeIndex;
using dnm::Random;

namespace {

constexpr NodeIndex width = 24;
constexpr std::uint32_t heads = 3;
constexpr NodeIndex share = width / heads;

/// One attention: queries, keys, values, and the matrix behind them.
class Attention : public dnm::GradientSource {
 public:
  std::vector<Mask> masks;
  std::vector<std::vector<float>> weights;
  std::vector<std::vector<std::vector<float>>> gradients;  // of each layer, of each output

  explicit Attention(std::uint64_t seed, std::uint64_t links = 90) {
    Random random(seed, 99);
    for (std::uint64_t i = 0; i < 4; ++i) {
      masks.push_back(dnm::test::random_mask(width, width, links, 4 * seed + i));
      weights.emplace_back(links);
      for (float& weight : weights.back()) weight = static_cast<float>(random.normal());
      auto& rows = gradients.emplace_back(width, std::vector<float>(width));
      for (auto& row : rows) {
        for (float& gradient : row) gradient = static_cast<float>(random.normal());
      }
    }
  }

  void cells(std::span<const std::size_t> places, std::int64_t /*batches*/, const Use& use) override {
    for (const std::size_t place : places) {
      for (NodeIndex output = 0; output < width; ++output) use(place, output, gradients[place][output]);
    }
  }

  dnm::RewiringResult ask(dnm::RewiringRule& rule, const dnm::StepPosition& at, std::uint32_t count = heads) {
    constexpr std::array names{"q", "k", "v", "o"};
    std::vector<dnm::SparseLayer> layers;
    for (std::size_t i = 0; i < 4; ++i) layers.push_back({names[i], masks[i], weights[i], HeadBlocks{count, i == 3}});
    const std::vector<std::vector<std::size_t>> chains{{2, 3}};
    const std::vector<std::array<std::size_t, 2>> pairs{{0, 1}};
    return rule.rewired({at, layers, chains, pairs, *this, 5, {}});
  }
};

std::unique_ptr<dnm::RewiringRule> rule_named(std::string_view id, dnm::ParameterValues values) {
  values.try_emplace("rewire-heads", "apart");
  return dnm::look_up(dnm::rewiring_table(), id, "rule").make(values);
}

/// The head of a cell of layer `place`.
NodeIndex head_of(std::size_t place, NodeIndex output, NodeIndex input) {
  return (place == 3 ? input : output) / share;
}

using Cell = std::array<NodeIndex, 2>;  // output, input
using Cells = std::set<Cell>;

Cells cells_of(const Mask& mask) {
  Cells cells;
  for (NodeIndex output = 0; output < mask.n_out; ++output) {
    for (const NodeIndex input : mask.row(output)) cells.insert({output, input});
  }
  return cells;
}

std::vector<std::size_t> links_of_heads(std::size_t place, const Mask& mask) {
  std::vector<std::size_t> counts(heads, 0);
  for (const auto& [output, input] : cells_of(mask)) ++counts[head_of(place, output, input)];
  return counts;
}

}  // namespace

/// Rewiring with the heads of an attention apart.
class TestHeadParts : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void parts_are_the_whole() {
    const Attention attention(1);
    const std::vector<dnm::SparseLayer> layers{{"v", attention.masks[2], attention.weights[2], {heads, false}},
                                               {"o", attention.masks[3], attention.weights[3], {heads, true}}};
    Attention gradients(2);
    const dnm::HeadParts parts({{}, layers, {}, {}, gradients, 0, {}});
    QCOMPARE(parts.parts().size(), std::size_t{2 * heads});
    for (std::size_t i = 0; i < layers.size(); ++i) {
      const dnm::WeightedMask whole{layers[i].mask, {layers[i].weights.begin(), layers[i].weights.end()}};
      std::vector<Mask> masks;
      for (const dnm::HeadPart& part : parts.parts_of(i)) {
        const dnm::WeightedMask made = part_of(whole, part);
        QCOMPARE(made.mask.n_out, i == 0 ? share : width);
        QCOMPARE(made.mask.n_in, i == 0 ? width : share);
        // Each link's weight is that of its cell of the whole.
        for (NodeIndex output = 0; output < made.mask.n_out; ++output) {
          for (std::uint64_t link = made.mask.row_begin[output]; link < made.mask.row_begin[output + 1]; ++link) {
            const NodeIndex of_whole = part.first_output + output;
            const auto row = whole.mask.row(of_whole);
            const auto found = std::ranges::find(row, part.first_input + made.mask.columns[link]);
            QVERIFY(found != row.end());
            const auto place = whole.mask.row_begin[of_whole] + static_cast<std::uint64_t>(found - row.begin());
            QCOMPARE(made.weights[link], whole.weights[place]);
          }
        }
        masks.push_back(made.mask);
      }
      QVERIFY(joined(width, width, parts.parts_of(i), masks) == whole.mask);
    }
  }

  /// Hard removal by |w|, dead ends of values and output, of queries and keys, and growth by gradient, by plain loops.
  void heads_are_rewired_each_for_itself() {
    int chain_removed = 0;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
      Attention attention(seed, 40);
      const dnm::StepPosition at{9, 10, 20};
      const auto rule = rule_named("rigl", {{"chain-removal", "on"}});
      const dnm::RewiringResult result = attention.ask(*rule, at);
      const double zeta = 0.15 * (1.0 + std::cos(std::numbers::pi * 10.0 / 150.0));
      std::array<Cells, 4> kept;
      std::array<std::vector<std::size_t>, 4> taken;
      for (std::size_t place = 0; place < 4; ++place) {
        taken[place].assign(heads, 0);
        for (NodeIndex head = 0; head < heads; ++head) {
          std::vector<std::pair<float, Cell>> links;
          std::size_t link = 0;
          for (NodeIndex output = 0; output < width; ++output) {
            for (const NodeIndex input : attention.masks[place].row(output)) {
              const float size = std::abs(attention.weights[place][link++]);
              if (head_of(place, output, input) == head) links.push_back({size, {output, input}});
            }
          }
          std::ranges::sort(links);
          const auto removed = static_cast<std::size_t>(zeta * static_cast<double>(links.size()));
          taken[place][head] = removed;
          for (std::size_t i = removed; i < links.size(); ++i) kept[place].insert(links[i].second);
        }
      }
      const auto row_has_links = [](const Cells& cells, NodeIndex output) {
        return std::ranges::any_of(cells, [&](const Cell& cell) { return cell[0] == output; });
      };
      const auto take = [&](std::size_t place, const auto& is_dead) {
        Cells rest;
        for (const Cell& cell : kept[place]) {
          if (is_dead(cell)) {
            ++taken[place][head_of(place, cell[0], cell[1])];
            ++chain_removed;
          } else {
            rest.insert(cell);
          }
        }
        return rest;
      };
      const auto before = kept;
      kept[2] = take(2, [&](const Cell& cell) {
        return std::ranges::none_of(before[3], [&](const Cell& next) { return next[1] == cell[0]; });
      });
      kept[3] = take(3, [&](const Cell& cell) { return !row_has_links(kept[2], cell[1]); });
      kept[0] = take(0, [&](const Cell& cell) { return !row_has_links(before[1], cell[0]); });
      kept[1] = take(1, [&](const Cell& cell) { return !row_has_links(before[0], cell[0]); });
      for (std::size_t place = 0; place < 4; ++place) {
        Cells expected = kept[place];
        std::size_t all = 0;
        for (NodeIndex head = 0; head < heads; ++head) {
          std::vector<std::pair<float, Cell>> free;
          for (NodeIndex output = 0; output < width; ++output) {
            for (NodeIndex input = 0; input < width; ++input) {
              if (head_of(place, output, input) != head || kept[place].contains({output, input})) continue;
              free.push_back({-std::abs(attention.gradients[place][output][input]), {output, input}});
            }
          }
          std::ranges::sort(free);
          for (std::size_t i = 0; i < taken[place][head]; ++i) expected.insert(free[i].second);
          all += taken[place][head];
        }
        QVERIFY(cells_of(result.layers[place].mask) == expected);
        QCOMPARE(result.layers[place].counts.removed + result.layers[place].counts.chain_removed, std::uint64_t{all});
        QCOMPARE(result.layers[place].counts.regrown, std::uint64_t{all});
      }
    }
    QVERIFY(chain_removed > 100);
  }

  /// Under every rule that moves links; where the density falls, whole matrices lose links and heads keep the rest.
  void heads_keep_their_links() {
    for (const char* id : {"set", "rigl", "cht", "chts"}) {
      Attention attention(7);
      const auto rule = rule_named(id, {});
      const auto together = rule_named(id, {{"rewire-heads", "together"}});
      bool differs = false;
      for (std::uint64_t update = 1; update <= 15; ++update) {
        const dnm::StepPosition at{10 * update - 1, 10, 20};
        differs |= attention.ask(*together, at).layers[3].mask != attention.ask(*rule_named(id, {}), at).layers[3].mask;
        const dnm::RewiringResult result = attention.ask(*rule, at);
        for (std::size_t place = 0; place < 4; ++place) {
          QCOMPARE(links_of_heads(place, result.layers[place].mask), links_of_heads(place, attention.masks[place]));
          attention.masks[place] = result.layers[place].mask;
        }
      }
      QVERIFY2(differs, id);
    }
    Attention falling(3, 288);
    const auto rule = rule_named("chtss", {{"final-sparsity", 0.9}});
    for (std::uint64_t update = 1; update <= 15; ++update) {
      const dnm::RewiringResult result = falling.ask(*rule, {10 * update - 1, 10, 20});
      for (std::size_t place = 0; place < 4; ++place) {
        falling.masks[place] = result.layers[place].mask;
        falling.weights[place].assign(falling.masks[place].link_count(), 1.0F);
      }
    }
    for (const Mask& mask : falling.masks) QCOMPARE(mask.link_count(), std::uint64_t{58});  // round(0.1 · 576)
  }

  void heads_that_do_not_divide_a_matrix_are_refused() {
    Attention attention(1);
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(attention.ask(*rule_named("set", {}), {9, 10, 20}, 5)),
                             dnm::InvalidInput);
  }

  void only_transformers_show_the_setting() {
    const auto& table = dnm::training_parameter_table();
    dnm::TrainingSettings settings;
    table.set_text(settings, "method", "chts");
    QVERIFY(!table.applies(table.at("rewire-heads"), settings));
    table.set_text(settings, "data", "libreoffice-help");
    QVERIFY(table.applies(table.at("rewire-heads"), settings));
  }
};

DNM_TEST(TestHeadParts)
#include "test_head_parts.moc"
