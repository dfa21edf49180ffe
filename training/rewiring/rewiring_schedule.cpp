// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/rewiring/rewiring_schedule.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace dnm {
namespace {

double seen(const StepPosition& at) { return static_cast<double>(at.batches_seen()); }

}  // namespace

std::span<const Choice> interval_unit_choices() {
  static constexpr std::array choices{
      Choice{"epochs", "Epochs", "The interval counts epochs; an update is the last step of one."},
      Choice{"steps", "Steps", "The interval counts steps."},
  };
  return choices;
}

std::span<const Choice> zeta_schedule_choices() {
  static constexpr std::array choices{
      Choice{"constant", "Constant", "The same fraction at every update."},
      Choice{"cosine", "Cosine", "The fraction falls to 0 along half a cosine."},
  };
  return choices;
}

std::uint64_t RewiringSchedule::step(const StepPosition& at) const {
  const auto count = static_cast<std::uint64_t>(interval);
  return interval_unit == IntervalUnit::epochs ? count * at.steps_per_epoch : count;
}

bool RewiringSchedule::rewires(const StepPosition& at) const {
  return at.batches_seen() % step(at) == 0 && seen(at) < last(at);
}

bool RewiringSchedule::prunes(const StepPosition& at) const {
  return decay != DensityDecay::none && at.batches_seen() % step(at) == 0 && at.batches_seen() <= decay_last(at);
}

double RewiringSchedule::zeta_at(const StepPosition& at) const {
  if (zeta_schedule == ZetaSchedule::constant) return zeta;
  return zeta / 2.0 * (1.0 + std::cos(std::numbers::pi * seen(at) / last(at)));
}

double RewiringSchedule::tau_at(const StepPosition& at) const {
  return tau_start + (tau_end - tau_start) * seen(at) / last(at);
}

std::uint64_t RewiringSchedule::decay_last(const StepPosition& at) const {
  const auto end_step = static_cast<std::uint64_t>(decay_end * static_cast<double>(at.steps()));
  return end_step / step(at) * step(at);
}

double RewiringSchedule::decay_at(const StepPosition& at) const {
  const std::uint64_t arrived = decay_last(at);
  if (at.batches_seen() >= arrived) return 1.0;
  const double part = seen(at) / static_cast<double>(arrived);
  if (decay == DensityDecay::cubic) return 1.0 - (1.0 - part) * (1.0 - part) * (1.0 - part);
  const auto logistic = [](double y) { return 1.0 / (1.0 + std::exp(-y)); };
  const double k = decay_steepness;
  return 0.5 + (logistic(k * (2.0 * part - 1.0)) - 0.5) / (logistic(k) - logistic(-k));
}

std::uint64_t links_at_sparsity(std::uint64_t cells, double sparsity) {
  return static_cast<std::uint64_t>(std::llround((1.0 - sparsity) * static_cast<double>(cells)));
}

std::uint64_t links_while_density_falls(std::uint64_t cells, std::uint64_t links, std::uint64_t first_links,
                                        double final_sparsity, double decayed) {
  if (cells == 0) return 0;
  const double first = 1.0 - static_cast<double>(first_links) / static_cast<double>(cells);
  const double sparsity = first + (final_sparsity - first) * decayed;
  return std::min(links, links_at_sparsity(cells, sparsity));
}

}  // namespace dnm
