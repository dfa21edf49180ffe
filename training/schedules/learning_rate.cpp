// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/schedules/learning_rate.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <numbers>

namespace dnm {
namespace {

/// The share of the fall that is behind, in [0, 1].
double fallen(const RateSettings& settings, const StepPosition& position) {
  return std::min(1.0, position.epoch() / (settings.decay_end * static_cast<double>(position.epochs)));
}

double part_of_fall(const RateSettings& settings, double part) {
  return settings.start * (1.0 - (1.0 - settings.final_ratio) * part);
}

double noam(const RateSettings& settings, const StepPosition& position) {
  const auto t = static_cast<double>(position.batches_seen());
  return settings.start / std::sqrt(settings.width) *
         std::min(1.0 / std::sqrt(t), t * std::pow(settings.warm_up, -1.5));
}

double inoam(const RateSettings& settings, const StepPosition& position) {
  constexpr std::uint64_t between_updates = 100;
  constexpr std::uint64_t rise = 20;
  const std::uint64_t since = position.batches_seen() % between_updates;
  const double part = since < rise ? static_cast<double>(since) / static_cast<double>(rise) : 1.0;
  return part * noam(settings, position);
}

struct Row {
  Choice choice;
  double (*rate)(const RateSettings&, const StepPosition&);
};

constexpr Row table[] = {
    {{"linear", "Linear", "Falls by the same amount every epoch, as in the paper."},
     [](const RateSettings& s, const StepPosition& at) { return part_of_fall(s, fallen(s, at)); }},
    {{"cosine", "Cosine", "Falls along half a cosine: slowly, fast, slowly."},
     [](const RateSettings& s, const StepPosition& at) {
       return part_of_fall(s, (1.0 - std::cos(std::numbers::pi * fallen(s, at))) / 2.0);
     }},
    {{"exponential", "Exponential", "Falls by the same factor every epoch."},
     [](const RateSettings& s, const StepPosition& at) { return s.start * std::pow(s.final_ratio, fallen(s, at)); }},
    {{"constant", "Constant", "Stays as it is."}, [](const RateSettings& s, const StepPosition&) { return s.start; }},
    {{"noam", "Noam", "Rises over the first steps, then falls as one over the root of the steps; for Transformers."},
     noam},
    {{"inoam", "Interrupted Noam",
      "The same, but it rises again from 0 over 20 steps after each of the updates that come every 100 steps."},
     inoam},
};

}  // namespace

std::span<const Choice> rate_schedule_choices() {
  static const auto choices = [] {
    std::array<Choice, std::size(table)> made;
    std::transform(std::begin(table), std::end(table), made.begin(), [](const Row& row) { return row.choice; });
    return made;
  }();
  return choices;
}

double learning_rate(const RateSettings& settings, const StepPosition& position) {
  return table[static_cast<std::size_t>(settings.schedule)].rate(settings, position);
}

}  // namespace dnm
