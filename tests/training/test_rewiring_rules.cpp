// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <cmath>
#include <iterator>

#include "core/network/random.h"
#include "core/parameters/look_up.h"
#include "tests/core/random_mask.h"
#include "tests/core/rewiring_reference.h"
#include "tests/support/test_class.h"
#include "training/rewiring/composed_rule.h"
#include "training/rewiring/exploration.h"
#include "training/rewiring/link_removal.h"
#include "training/rewiring/rewiring_table.h"

using namespace dnm::rewiring_reference;

using dnm::Mask;
using dnm::NodeIndex;
using dnm::OrderedJson;
using dnm::Random;
using dnm::StepPosition;

namespace {

/// Gradients that are given.
class GivenGradients : public dnm::GradientSource {
 public:
  std::vector<std::vector<std::vector<float>>> layers;  // of each, of each output
  std::int64_t batches = 0;                             // asked for last
  void cells(std::span<const std::size_t> places, std::int64_t over, const Use& use) override {
    batches = over;
    for (const std::size_t place : places) {
      for (NodeIndex output = 0; output < layers.at(place).size(); ++output) {
        use(place, output, layers[place][output]);
      }
    }
  }
};

/// A stack of layers that a rule is asked about.
struct Stack {
  std::vector<Mask> masks;
  std::vector<std::vector<float>> weights;
  GivenGradients gradients;
  std::vector<std::array<std::size_t, 2>> pairs{};  ///< with any, the layers make no chain

  [[nodiscard]] std::vector<dnm::SparseLayer> layers() const {
    static const std::vector<std::string> names{"layer1", "layer2", "layer3", "layer4"};
    std::vector<dnm::SparseLayer> made;
    for (std::size_t i = 0; i < masks.size(); ++i) made.push_back({names.at(i), masks[i], weights[i]});
    return made;
  }

  dnm::RewiringResult ask(dnm::RewiringRule& rule, const StepPosition& at, std::uint64_t seed = 0) {
    const std::vector<dnm::SparseLayer> layers = this->layers();
    std::vector<std::vector<std::size_t>> chains(1);
    for (std::size_t i = 0; i < masks.size(); ++i) chains[0].push_back(i);
    if (!pairs.empty()) chains.clear();
    const dnm::TaskControl control;
    return rule.rewired({at, layers, chains, pairs, gradients, seed, control});
  }
};

/// A stack with random links, weights and gradients.
Stack random_stack(const std::vector<NodeIndex>& sizes, double density, std::uint64_t seed) {
  Stack stack;
  Random random(seed, 99);
  for (std::size_t i = 0; i + 1 < sizes.size(); ++i) {
    const double cells = static_cast<double>(sizes[i]) * sizes[i + 1];
    stack.masks.push_back(
        dnm::test::random_mask(sizes[i], sizes[i + 1], static_cast<std::uint64_t>(density * cells), seed + i));
    stack.weights.emplace_back(stack.masks.back().link_count());
    for (float& weight : stack.weights.back()) weight = static_cast<float>(random.normal());
    auto& gradients = stack.gradients.layers.emplace_back(sizes[i + 1], std::vector<float>(sizes[i]));
    for (auto& row : gradients) {
      for (float& gradient : row) gradient = static_cast<float>(random.normal());
    }
  }
  return stack;
}

bool has_row(const dnm::RewiringMethod& method, std::string_view id) {
  return std::ranges::any_of(method.rows, [id](const dnm::PartRow& row) { return row.info.id == id; });
}

/// One whose density falls ends at 0.99 where nothing else is given.
std::unique_ptr<dnm::RewiringRule> rule_named(std::string_view id, dnm::ParameterValues values = {}) {
  const dnm::RewiringMethod& method = dnm::look_up(dnm::rewiring_table(), id, "rule");
  if (has_row(method, "final-sparsity")) values.try_emplace("final-sparsity", 0.99);
  return method.make(values);
}

StepPosition position(std::uint64_t t, std::uint64_t steps_per_epoch, int epochs) {
  return {t - 1, steps_per_epoch, epochs};
}

}  // namespace

/// The published rules, against values that other code computed (tests/reference/rewiring).
class TestRewiringRules : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void relative_importance_is_that_of_the_reference() {
    for (const OrderedJson& layer : reference("relative_importance.json")) {
      const Mask mask = mask_of(layer["n_in"], layer["n_out"], layer["links"]);
      // The reference's weights are doubles; floats of them are what a layer has.
      std::vector<float> weights;
      for (const double weight : layer["weights"]) weights.push_back(static_cast<float>(weight));
      const std::vector<double> found = dnm::removal_scores(mask, weights, dnm::RemovalScore::relative_importance);
      QCOMPARE(found.size(), layer["relative_importance"].size());
      for (std::size_t i = 0; i < found.size(); ++i) {
        QVERIFY(is_close(found[i], layer["relative_importance"][i].get<double>(), 1e-6));
      }
    }
    // A neuron whose weights are all 0 has a term of 0, not a division by 0.
    const Mask mask = mask_of(2, 2, OrderedJson{{0, 0}, {0, 1}, {1, 0}});
    const std::vector<float> weights{0.0F, 0.0F, 2.0F};
    const std::vector<double> found = dnm::removal_scores(mask, weights, dnm::RemovalScore::relative_importance);
    QVERIFY(found == (std::vector<double>{0.0, 0.0, 2.0}));
  }

  void counts_are_those_of_the_reference() {
    for (const OrderedJson& row : reference("removed_counts.json")) {
      // The reference is the floor alone; one link stays.
      const auto links = row[1].get<std::uint64_t>();
      QCOMPARE(dnm::removed_count(row[0].get<double>(), links),
               std::min(row[2].get<std::uint64_t>(), links == 0 ? 0 : links - 1));
    }
    QCOMPARE(dnm::removed_count(1.0, 5), std::uint64_t{4});
    QCOMPARE(dnm::removed_count(0.5, 0), std::uint64_t{0});
  }

  void schedules_are_those_of_the_reference() {
    for (const OrderedJson& run : reference("schedules.json")) {
      dnm::RewiringSchedule schedule;
      const auto steps = run["steps_per_epoch"].get<std::uint64_t>();
      const int epochs = run["epochs"].get<int>();
      schedule.zeta = run["zeta"].get<double>();
      schedule.zeta_schedule = run["cosine"].get<bool>() ? dnm::ZetaSchedule::cosine : dnm::ZetaSchedule::constant;
      schedule.end = run["end_step"].get<double>() / static_cast<double>(steps * static_cast<std::uint64_t>(epochs));
      if (run["interval"].get<std::uint64_t>() != steps) {
        schedule.interval_unit = dnm::IntervalUnit::steps;
        schedule.interval = run["interval"].get<std::int64_t>();
      }
      std::vector<std::uint64_t> times;
      for (std::uint64_t t = 1; t <= steps * static_cast<std::uint64_t>(epochs); ++t) {
        if (schedule.rewires(position(t, steps, epochs))) times.push_back(t);
      }
      QCOMPARE(times.size(), run["updates"].get<std::size_t>());
      QCOMPARE(times.front(), run["first"].get<std::uint64_t>());
      QCOMPARE(times.back(), run["last"].get<std::uint64_t>());
      for (const OrderedJson& row : run["rows"]) {
        const StepPosition at = position(row[0].get<std::uint64_t>(), steps, epochs);
        QVERIFY(schedule.rewires(at));
        QVERIFY(is_close(schedule.zeta_at(at), row[1].get<double>(), 1e-12));
        QVERIFY(is_close(schedule.tau_at(at), row[2].get<double>(), 1e-12));
        for (std::size_t layer = 0; layer < run["links"].size(); ++layer) {
          QCOMPARE(dnm::removed_count(schedule.zeta_at(at), run["links"][layer].get<std::uint64_t>()),
                   row[3 + layer].get<std::uint64_t>());
        }
      }
    }
  }

  void densities_are_those_of_the_reference() {
    for (const OrderedJson& run : reference("density_decay.json")) {
      dnm::RewiringSchedule schedule;
      const auto steps = run["steps_per_epoch"].get<std::uint64_t>();
      const int epochs = run["epochs"].get<int>();
      schedule.decay = run["shape"] == "cubic" ? dnm::DensityDecay::cubic : dnm::DensityDecay::sigmoid;
      if (!run["k"].is_null()) schedule.decay_steepness = run["k"].get<double>();
      schedule.decay_end =
          run["decay_end_step"].get<double>() / static_cast<double>(steps * static_cast<std::uint64_t>(epochs));
      const double first = run["s_initial"].get<double>(), last = run["s_final"].get<double>();
      for (const OrderedJson& row : run["rows"]) {
        const StepPosition at = position(row[0].get<std::uint64_t>(), steps, epochs);
        QVERIFY(schedule.prunes(at));
        QVERIFY(is_close(first + (last - first) * schedule.decay_at(at), row[1].get<double>(), 1e-12));
        for (std::size_t i = 0; i < run["layers"].size(); ++i) {
          const auto n_in = run["layers"][i][0].get<NodeIndex>(), n_out = run["layers"][i][1].get<NodeIndex>();
          const std::uint64_t cells = std::uint64_t{n_in} * n_out, start = cells / 2;
          QCOMPARE(dnm::links_while_density_falls(cells, start, start, last, schedule.decay_at(at)),
                   row[3 + i].get<std::uint64_t>());
        }
      }
      QVERIFY(!schedule.prunes(position(run["decay_end_step"].get<std::uint64_t>() + steps, steps, epochs)));
    }
  }

  void updates_are_those_of_the_reference() {
    for (const OrderedJson& update : reference("updates.json")) {
      const auto sizes = update["layer_sizes"].get<std::vector<NodeIndex>>();
      Stack stack;
      for (std::size_t i = 0; i + 1 < sizes.size(); ++i) {
        const OrderedJson& layer = update["layers"][i];
        stack.masks.push_back(mask_of(sizes[i], sizes[i + 1], layer["links"]));
        stack.weights.push_back(layer["weights"].get<std::vector<float>>());
        if (layer.contains("dense_gradient")) {
          stack.gradients.layers.push_back(layer["dense_gradient"].get<std::vector<std::vector<float>>>());
        }
      }
      const std::string rule_name = update["rule"].get<std::string>();
      // ζ is constant, so that it is the one of the reference at any time.
      const auto rule = rule_named(rule_name, {{"zeta", update["zeta"].get<double>()}, {"zeta-schedule", "constant"}});
      const dnm::RewiringResult result = stack.ask(*rule, position(10, 10, 20));
      for (std::size_t i = 0; i < stack.masks.size(); ++i) {
        const OrderedJson& layer = update["layers"][i];
        const dnm::RewiredLayer& found = result.layers[i];
        QCOMPARE(found.mask.link_count(), layer["links_before"].get<std::uint64_t>());
        QCOMPARE(found.counts.removed, layer["removed"].size());
        QCOMPARE(found.counts.chain_removed, layer["chain_removed"].size());
        QCOMPARE(found.counts.regrown, layer["regrow"].get<std::uint64_t>());
        const std::set<Cell> after = links_of(found.mask), left = set_of(layer["left"]);
        QVERIFY(std::ranges::includes(after, left));
        std::set<Cell> grown;
        std::ranges::set_difference(after, left, std::inserter(grown, grown.end()));
        QCOMPARE(grown.size(), layer["regrow"].get<std::size_t>());
        if (layer.contains("grown")) QVERIFY(grown == set_of(layer["grown"]));
        if (layer.contains("regrown_again")) {
          QCOMPARE(found.counts.regrown_again, layer["regrown_again"].get<std::uint64_t>());
        }
        if (layer.contains("sure")) {
          QVERIFY(std::ranges::includes(grown, set_of(layer["sure"])));
          std::set<Cell> of_tied;
          std::ranges::set_intersection(grown, set_of(layer["tied"]), std::inserter(of_tied, of_tied.end()));
          QCOMPARE(of_tied.size(), layer["of_tied"].get<std::size_t>());
        }
      }
    }
  }

  void shares_are_those_of_the_reference() {
    const OrderedJson shares = reference("shares.json");
    const auto sizes = shares["layer_sizes"].get<std::vector<NodeIndex>>();
    const auto masks_of = [&](const OrderedJson& links) {
      std::vector<Mask> masks;
      for (std::size_t i = 0; i + 1 < sizes.size(); ++i) masks.push_back(mask_of(sizes[i], sizes[i + 1], links[i]));
      return masks;
    };
    const std::vector<Mask> start = masks_of(shares["start"]);
    dnm::ExploredCells explored(start);
    QVERIFY(is_close(dnm::active_neuron_share(start), shares["active_start"].get<double>(), 1e-12));
    for (const OrderedJson& update : shares["updates"]) {
      const std::vector<Mask> now = masks_of(update["links"]);
      explored.add(now);
      for (std::size_t i = 0; i < now.size(); ++i) {
        QVERIFY(is_close(explored.rate(i), update["itop_per_layer"][i].get<double>(), 1e-12));
      }
      QVERIFY(is_close(explored.rate(), update["itop"].get<double>(), 1e-12));
      QVERIFY(is_close(dnm::active_neuron_share(now), update["active_neurons"].get<double>(), 1e-12));
    }
  }

  /// With ζ = 0 nothing goes but the links of outputs whose partner has none.
  void outputs_go_with_those_of_their_pair() {
    int unpaired = 0;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
      Stack stack = random_stack({30, 30, 30}, 0.05, seed);
      stack.pairs = {{0, 1}};
      const dnm::RewiringResult result = stack.ask(*rule_named("chts", {{"zeta", 0.0}}), position(5, 5, 40), seed);
      for (std::size_t i = 0; i < 2; ++i) {
        const Mask& mask = stack.masks[i];
        const dnm::RewiredLayer& found = result.layers[i];
        std::uint64_t taken = 0;
        for (NodeIndex output = 0; output < mask.n_out; ++output) {
          const auto row = mask.row(output), after = found.mask.row(output);
          if (stack.masks[1 - i].row(output).empty()) {
            taken += row.size();
          } else {
            QVERIFY(std::ranges::includes(after, row));
          }
        }
        QCOMPARE(found.counts.chain_removed, taken);
        QCOMPARE(found.mask.link_count(), mask.link_count());
        unpaired += static_cast<int>(taken);
      }
    }
    QVERIFY(unpaired > 100);
  }

  void counts_are_exact_after_every_update_data() {
    QTest::addColumn<QString>("rule");
    for (const dnm::RewiringMethod& method : dnm::rewiring_table()) {
      if (!method.rows.empty()) QTest::newRow(method.choice.id.data()) << QString::fromUtf8(method.choice.id.data());
    }
  }
  /// Over 200 updates each: links are what was there, taken and given; no cell twice, none outside.
  void counts_are_exact_after_every_update() {
    QFETCH(QString, rule);
    const std::string id = rule.toStdString();
    const bool falls = id == "chtss" || id == "granet" || id == "gmp";
    int updates = 0;
    for (std::uint64_t seed = 0; updates < 200; ++seed) {
      Stack stack = random_stack({20, 18, 16, 14}, falls ? 0.5 : 0.08 + 0.02 * static_cast<double>(seed % 10), seed);
      dnm::ParameterValues values;
      if (falls) values["final-sparsity"] = 0.9;
      auto made = rule_named(id, values);
      Random random(seed, 77);
      for (int epoch = 1; epoch <= 40; ++epoch) {
        const StepPosition at = position(static_cast<std::uint64_t>(epoch) * 5, 5, 40);
        if (!made->is_due(at)) continue;
        const dnm::RewiringResult result = stack.ask(*made, at, seed);
        // A resumed run asks a new object.
        auto resumed = rule_named(id, values);
        resumed->remember(made->memory());
        made = std::move(resumed);
        ++updates;
        for (std::size_t i = 0; i < stack.masks.size(); ++i) {
          const Mask& before = stack.masks[i];
          const dnm::RewiredLayer& found = result.layers[i];
          static_cast<void>(dnm::Network::layered({before.n_in, before.n_out}, {found.mask}));  // throws for no mask
          QCOMPARE(found.mask.link_count(), before.link_count() - found.counts.pruned);
          QCOMPARE(found.counts.regrown, found.counts.removed + found.counts.chain_removed);
          QVERIFY(found.counts.regrown_again <= found.counts.regrown);
          stack.masks[i] = found.mask;
          stack.weights[i].resize(found.mask.link_count());
          for (float& weight : stack.weights[i]) weight = static_cast<float>(random.normal());
        }
      }
      if (falls) {
        for (const Mask& mask : stack.masks) {
          QCOMPARE(mask.link_count(), static_cast<std::uint64_t>(std::llround(0.1 * mask.n_in * mask.n_out)));
        }
      }
      QVERIFY2(seed < 200, "no update is due");
    }
  }

  /// The flags after each update, and the update after which none is due, are those of the reference.
  void a_layer_settles_once_most_links_return() {
    const OrderedJson expected = reference("settling.json");
    dnm::RewiringSettings settings;
    settings.settled_share = 0.9;
    dnm::ComposedRule rule(settings);
    const StepPosition at = position(10, 10, 100);
    constexpr std::uint64_t grown = 10'000'000;
    std::vector<std::int64_t> flags(3, 0);
    int updates = 0;
    for (const OrderedJson& shares : expected["shares"]) {
      if (!rule.is_due(at)) break;
      std::vector<dnm::StageCounts> counts;
      for (const OrderedJson& share : shares) {
        dnm::StageCounts& layer = counts.emplace_back();
        layer.regrown = grown;
        layer.regrown_again = static_cast<std::uint64_t>(std::llround(share.get<double>() * grown));
      }
      dnm::settle(flags, counts, settings.settled_share);
      QCOMPARE(flags, expected["settled_after"][static_cast<std::size_t>(updates)].get<std::vector<std::int64_t>>());
      rule.remember({{"settled", flags}});
      ++updates;
    }
    QCOMPARE(updates, expected["updates_done"].get<int>());
    QVERIFY(!rule.is_due(at));
    // Nothing that grew, nothing that settles.
    std::vector<std::int64_t> none(1, 0);
    dnm::settle(none, std::vector<dnm::StageCounts>(1), settings.settled_share);
    QCOMPARE(none.front(), 0);
  }

  void final_sparsities_that_cannot_be_are_refused() {
    const StepPosition at = position(5, 5, 40);
    const Stack stack = random_stack({15, 12, 10}, 0.3, 4);
    const auto refused = [&](const dnm::ParameterValues& values, const char* words) {
      try {
        rule_named("gmp", values)->check(stack.layers(), at);
        return false;
      } catch (const dnm::InvalidInput& error) {
        return QString(error.what()).contains(words);
      }
    };
    QVERIFY(refused({{"final-sparsity", 0.999}}, "without a single link"));
    QVERIFY(refused({{"final-sparsity", 0.2}}, "start with a denser network"));
    // No model says it.
    QVERIFY(refused({{"final-sparsity", 0.0}}, "--final-sparsity"));
    // 0.02 of 200 steps is less than the five of the first update: one cliff.
    QVERIFY(refused({{"final-sparsity", 0.9}, {"decay-end", 0.02}}, "all at once"));
    QVERIFY(!refused({{"final-sparsity", 0.9}, {"decay-end", 0.03}}, ""));
    rule_named("set")->check(stack.layers(), at);
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(rule_named("set", {{"rewire-unit", "steps"}})), dnm::InvalidInput);
    QVERIFY(rule_named("set", {{"rewire-unit", "steps"}, {"rewire-every", std::int64_t{2}}}) != nullptr);
  }

  void gradients_are_averaged_over_as_many_batches_as_are_set() {
    Stack stack = random_stack({15, 12, 10}, 0.3, 4);
    static_cast<void>(stack.ask(*rule_named("rigl"), position(5, 5, 40)));
    QCOMPARE(stack.gradients.batches, std::int64_t{1});
    static_cast<void>(stack.ask(*rule_named("granet", {{"gradient-batches", std::int64_t{8}}}), position(5, 5, 40)));
    QCOMPARE(stack.gradients.batches, std::int64_t{8});
    for (const dnm::RewiringMethod& method : dnm::rewiring_table()) {
      const std::string_view id = method.choice.id;
      QCOMPARE(has_row(method, "gradient-batches"), id == "rigl" || id == "granet");
      QCOMPARE(has_row(method, "historical-weights"), id != "static" && id != "gmp");
      QCOMPARE(has_row(method, "start-sparsity"), id == "chtss" || id == "granet" || id == "gmp");
    }
  }

  /// Young links of weight 0 go first, and cells without a link are never taken for links.
  void weights_of_zero_do_no_harm() {
    for (const char* id : {"set", "rigl", "cht", "chts", "chtss", "granet", "gmp"}) {
      Stack stack = random_stack({15, 12, 10}, 0.3, 4);
      for (auto& weights : stack.weights) std::ranges::fill(weights, 0.0F);
      const auto rule = rule_named(id);
      const dnm::RewiringResult result = stack.ask(*rule, position(5, 5, 40));
      for (std::size_t i = 0; i < stack.masks.size(); ++i) {
        QCOMPARE(result.layers[i].mask.link_count() + result.layers[i].counts.pruned, stack.masks[i].link_count());
      }
    }
  }

  void the_same_seed_gives_the_same_links_in_any_order_of_questions() {
    for (const char* id : {"set", "chts"}) {
      Stack stack = random_stack({30, 25, 20}, 0.2, 4);
      const auto rule = rule_named(id);
      const auto first = stack.ask(*rule, position(5, 5, 40), 3);
      static_cast<void>(stack.ask(*rule, position(10, 5, 40), 3));
      const auto again = stack.ask(*rule, position(5, 5, 40), 3);
      const auto other = stack.ask(*rule, position(5, 5, 40), 4);
      QVERIFY(first.layers[0].mask == again.layers[0].mask && first.layers[1].mask == again.layers[1].mask);
      QVERIFY(first.layers[0].mask != other.layers[0].mask);
    }
  }
};

DNM_TEST(TestRewiringRules)
#include "test_rewiring_rules.moc"
