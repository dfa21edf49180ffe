// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "core/parameters/parameter_table.h"
#include "training/rewiring/last_weights.h"
#include "training/rewiring/link_removal.h"
#include "training/rewiring/rewiring_rule.h"
#include "training/rewiring/rewiring_schedule.h"
#include "training/rewiring/rewiring_table.h"

namespace dnm {

/// How links are taken by their scores: exactly the best, or a sample in proportion to them.
enum class Selection : std::uint8_t { best, sampled };
[[nodiscard]] std::span<const Choice> selection_choices();

/// By what missing links grow. Begins as LinkScore does.
enum class GrowthScore : std::uint8_t { ch2_l3n, ch3_l3n, ch3_l3p, uniform, gradient };
[[nodiscard]] std::span<const Choice> growth_score_choices();

/// Whether the parts of the heads of an attention are rewired as one matrix, or each for itself.
enum class HeadRewiring : std::uint8_t { together, apart };

/// What the published rules have in common: prune, remove, remove dead ends, grow (manual: methods/rewiring, "One
/// update").
struct RewiringSettings {
  RewiringSchedule schedule{};
  RemovalScore prune_score = RemovalScore::magnitude;  ///< of links that a falling density takes; the smallest go
  /// That a network is drawn with for the run (app/workspace); a rule takes the network as it is.
  double start_sparsity = 0.5;
  double final_sparsity = 0.0;  ///< that a falling density arrives at; 0: not known yet
  bool rewires = true;          ///< false: links are pruned alone
  RemovalScore removal_score = RemovalScore::magnitude;
  Selection removal = Selection::best;  ///< of the links that stay: the best, or sampled by score^τ
  bool chain_removal = false;
  HeadRewiring heads = HeadRewiring::together;  ///< how links are removed and grow; pruning takes whole matrices
  GrowthScore growth_score = GrowthScore::uniform;
  Selection growth = Selection::best;  ///< of a Cannistraci-Hebb score
  std::int64_t gradient_batches = 1;   ///< g: over so many batches gradients are averaged
  bool historical_weights = false;     ///< a link that grows again starts with the weight it last had
  /// No update any more once in every layer more than this share of the grown links were taken by the same update, at
  /// any update before; 1: never.
  double settled_share = 1.0;
};

/// A rule of these settings as a value of the setting "method". `rows` names those of its parameters that can be
/// changed, in their order: "rewire-every", "rewire-unit", "rewire-end", "zeta", "zeta-schedule", "removal-score",
/// "removal", "tau-start", "tau-end", "chain-removal", "growth-score", "growth", "gradient-batches",
/// "historical-weights", "start-sparsity", "final-sparsity", "decay-end", "decay-steepness"; "rewire-heads", of
/// Transformers alone.
[[nodiscard]] RewiringMethod composed_method(const Choice& choice, WeightInit weight_init,
                                             const RewiringSettings& usual,
                                             std::initializer_list<std::string_view> rows);

/// Sets the flag of each layer that settles at an update of these counts: strictly more than `share` of its grown links
/// were taken by the same update. No flag is ever unset. As many flags as layers.
void settle(std::span<std::int64_t> settled, std::span<const StageCounts> counts, double share);

/// A rule put together from these pieces.
class ComposedRule : public RewiringRule {
 public:
  explicit ComposedRule(const RewiringSettings& settings) : settings_(settings) {}
  [[nodiscard]] bool is_due(const StepPosition& at) const override;
  [[nodiscard]] std::vector<PlannedUpdate> planned(StepPosition at) const override;
  /// Also where a density would fall all at once.
  void check(std::span<const SparseLayer> layers, const StepPosition& at) const override;
  [[nodiscard]] bool makes_sparser() const override { return settings_.schedule.decay != DensityDecay::none; }
  [[nodiscard]] RewiringResult rewired(const RewiringRequest& request) override;
  /// "first_links", "settled": a number for each layer; "last_weights.0" and so on: LastWeights of each layer.
  [[nodiscard]] RuleMemory memory() const override;
  void remember(const RuleMemory& memory) override;

 private:
  /// One layer at work.
  struct Layer;
  /// Throws InvalidInput where a falling density would end with no link, or with more links than there are.
  void check_final_sparsity(std::span<const SparseLayer> layers) const;
  void prune(const RewiringRequest& request, std::vector<Layer>& layers) const;
  /// Removes links and grows as many.
  void move_links(const RewiringRequest& request, std::vector<Layer>& layers) const;
  /// The same, with the part of each head for itself.
  void move_links_of_heads(const RewiringRequest& request, std::vector<Layer>& layers) const;
  void remove(const RewiringRequest& request, std::vector<Layer>& layers) const;
  /// Takes the links of outputs that the partner has none of.
  static void take_unpaired_rows(Layer& layer, const Mask& partner);
  void remove_dead_ends(const RewiringRequest& request, std::vector<Layer>& layers) const;
  void grow(const RewiringRequest& request, std::vector<Layer>& layers) const;
  void grow_by_gradient(const RewiringRequest& request, std::vector<Layer>& layers) const;
  [[nodiscard]] bool is_settled() const;
  /// Whether links are removed and grown at this step.
  [[nodiscard]] bool moves_links(const StepPosition& at) const;

  RewiringSettings settings_;
  std::vector<std::int64_t> first_links_{};  ///< of each layer before the first update; empty until then
  std::vector<std::int64_t> settled_{};      ///< 1 of a layer that has settled
  std::vector<LastWeights> last_weights_{};  ///< of each layer, where they are kept
};

}  // namespace dnm
