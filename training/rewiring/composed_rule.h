// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "core/parameters/parameter_table.h"
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

/// What the published rules have in common: prune, remove, remove dead ends, grow (manual: methods/rewiring, "One
/// update").
struct RewiringSettings {
  RewiringSchedule schedule{};
  RemovalScore prune_score = RemovalScore::magnitude;  ///< of links that a falling density takes; the smallest go
  double final_sparsity = 0.99;                        ///< that a falling density arrives at
  bool rewires = true;                                 ///< false: links are pruned alone
  RemovalScore removal_score = RemovalScore::magnitude;
  Selection removal = Selection::best;  ///< of the links that stay: the best, or sampled by score^τ
  bool chain_removal = false;
  GrowthScore growth_score = GrowthScore::uniform;
  Selection growth = Selection::best;  ///< of a Cannistraci-Hebb score
  /// No update any more once in every layer more than this share of the grown links were taken by the same update, at
  /// any update before; 1: never.
  double settled_share = 1.0;
};

/// A rule of these settings as a value of the setting "method". `rows` names those of its parameters that can be
/// changed, in their order: "rewire-every", "rewire-unit", "rewire-end", "zeta", "zeta-schedule", "removal-score",
/// "removal", "tau-start", "tau-end", "chain-removal", "growth-score", "growth", "final-sparsity", "decay-end",
/// "decay-steepness".
[[nodiscard]] RewiringMethod composed_method(const Choice& choice, const RewiringSettings& usual,
                                             std::initializer_list<std::string_view> rows);

/// A rule put together from these pieces.
class ComposedRule : public RewiringRule {
 public:
  explicit ComposedRule(const RewiringSettings& settings) : settings_(settings) {}
  [[nodiscard]] bool is_due(const StepPosition& at) const override;
  [[nodiscard]] RewiringResult rewired(const RewiringRequest& request) override;
  /// "first_links", "settled": a number for each layer.
  [[nodiscard]] RuleMemory memory() const override;
  void remember(const RuleMemory& memory) override;

 private:
  /// One layer at work.
  struct Layer;
  /// Throws InvalidInput where a falling density would end with no link, or with more links than there are.
  void check_final_sparsity(std::span<const SparseLayer> layers) const;
  void prune(const RewiringRequest& request, std::vector<Layer>& layers) const;
  void remove(const RewiringRequest& request, std::vector<Layer>& layers) const;
  void remove_dead_ends(const RewiringRequest& request, std::vector<Layer>& layers) const;
  void grow(const RewiringRequest& request, std::vector<Layer>& layers) const;
  void grow_by_gradient(const RewiringRequest& request, std::vector<Layer>& layers) const;
  [[nodiscard]] bool is_settled() const;
  /// Whether links are removed and grown at this step.
  [[nodiscard]] bool moves_links(const StepPosition& at) const;

  RewiringSettings settings_;
  std::vector<std::int64_t> first_links_{};  ///< of each layer before the first update; empty until then
  std::vector<std::int64_t> settled_{};      ///< 1 of a layer that has settled
};

}  // namespace dnm
