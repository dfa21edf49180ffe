// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/runs/longer_run.h"

#include <algorithm>

#include "core/support/digits.h"
#include "training/runs/training_parameters.h"

namespace dnm {

std::string longer_run_text(const TrainingSettings& settings, std::int64_t before, std::int64_t trained) {
  const RateSettings rate = rate_settings(settings);
  // The rate changes with every step: it is looked at a hundred times in an epoch.
  constexpr std::uint64_t looks = 100;
  const auto rate_of = [&](std::uint64_t look, std::int64_t epochs) {
    return learning_rate(rate, {look, looks, static_cast<int>(epochs)});
  };
  const std::uint64_t seen = looks * static_cast<std::uint64_t>(std::max<std::int64_t>(trained, 0));
  bool is_same = true;
  for (std::uint64_t look = 0; look < seen; ++look)
    is_same = is_same && rate_of(look, before) == rate_of(look, settings.epochs);
  if (is_same || trained == 0) return {};
  const auto words = [](double value) { return with_significant(value, 3); };
  return "the learning rate follows its schedule over " + std::to_string(settings.epochs) +
         " epochs from here on: " + words(rate_of(seen, settings.epochs)) + " in epoch " + std::to_string(trained + 1) +
         ", after " + words(rate_of(seen - 1, before)) + " in epoch " + std::to_string(trained) + " of " +
         std::to_string(before) + "; only a constant rate (--lr-schedule constant) gives the results of one long run";
}

}  // namespace dnm
