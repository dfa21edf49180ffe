// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>

#include "core/parameters/parameter.h"
#include "training/support/step_position.h"

namespace dnm {

// When a rule acts, and with what force (manual: methods/rewiring, "When a rule acts"). t: batches seen so far, the
// present one included; S steps an epoch, E epochs, t_all = S·E.

enum class IntervalUnit : std::uint8_t { epochs, steps };
enum class ZetaSchedule : std::uint8_t { constant, cosine };
enum class DensityDecay : std::uint8_t { none, sigmoid, cubic };
/// In the order of the enumerators.
[[nodiscard]] std::span<const Choice> interval_unit_choices();
[[nodiscard]] std::span<const Choice> zeta_schedule_choices();

struct RewiringSchedule {
  std::int64_t interval = 1;  ///< between updates, at least 1
  IntervalUnit interval_unit = IntervalUnit::epochs;
  double end = 0.75;  ///< T_end as a fraction of t_all, in (0, 1]
  double zeta = 0.3;  ///< in [0, 1]
  ZetaSchedule zeta_schedule = ZetaSchedule::cosine;
  double tau_start = 1.0;
  double tau_end = 3.0;  ///< at T_end
  DensityDecay decay = DensityDecay::none;
  double decay_end = 0.5;        ///< t_f as a fraction of t_all, before it is rounded, in (0, 1]
  double decay_steepness = 6.0;  ///< k of the sigmoid, > 0

  /// ΔT in steps.
  [[nodiscard]] std::uint64_t step(const StepPosition& at) const;
  /// T_end, compared as a real number.
  [[nodiscard]] double last(const StepPosition& at) const { return end * static_cast<double>(at.steps()); }
  /// Whether links are removed and grown at t: t mod ΔT = 0 and t < T_end.
  [[nodiscard]] bool rewires(const StepPosition& at) const;
  /// Whether links are pruned at t: t mod ΔT = 0 and t <= t_f; after that the density has arrived.
  [[nodiscard]] bool prunes(const StepPosition& at) const;
  /// ζ_t: constant, or (ζ/2)(1 + cos(πt/T_end)).
  [[nodiscard]] double zeta_at(const StepPosition& at) const;
  /// τ_t = τ₀ + (τ₁ - τ₀)·t/T_end.
  [[nodiscard]] double tau_at(const StepPosition& at) const;
  /// t_f = decay_end·t_all, rounded down to a multiple of ΔT.
  [[nodiscard]] std::uint64_t decay_last(const StepPosition& at) const;
  /// φ(t), from 0 at t = 0 to 1 from t_f on: ½ + (g(kx) - ½)/(g(k) - g(-k)) with x = 2t/t_f - 1 and
  /// g(y) = 1/(1 + exp(-y)), or 1 - (1 - t/t_f)³.
  [[nodiscard]] double decay_at(const StepPosition& at) const;
};

/// round((1 - s)·cells).
[[nodiscard]] std::uint64_t links_at_sparsity(std::uint64_t cells, double sparsity);

/// The links of a layer of so many cells at sparsity s₀ + (s_f - s₀)·φ, s₀ the one that it started with:
/// links_at_sparsity(), the `links` it has now at most.
[[nodiscard]] std::uint64_t links_while_density_falls(std::uint64_t cells, std::uint64_t links,
                                                      std::uint64_t first_links, double final_sparsity, double decayed);

}  // namespace dnm
