// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/runs/longer_run.h"

#include <algorithm>

#include "core/support/digits.h"
#include "training/runs/training_parameters.h"

namespace dnm {

std::string longer_run_text(const TrainingSettings& settings, std::int64_t before, std::int64_t trained) {
  const RateSettings rate = rate_settings(settings);
  const auto rate_of = [&](std::int64_t epoch, std::int64_t epochs) {  // the epoch counts from 0
    return learning_rate(rate, {static_cast<std::uint64_t>(epoch), 1, static_cast<int>(epochs)});
  };
  bool is_same = true;
  for (std::int64_t epoch = 0; epoch < std::min(trained, before); ++epoch)
    is_same = is_same && rate_of(epoch, before) == rate_of(epoch, settings.epochs);
  const bool rewires = settings.method != TrainingSettings{}.method;
  if (trained == 0 || (is_same && !rewires)) return {};
  const auto words = [](double value) { return with_significant(value, 3); };
  const std::string length = " over " + std::to_string(settings.epochs) + " epochs from here on";
  const std::string until_now = std::to_string(trained) + " of " + std::to_string(before);
  const std::string rates = ": " + words(rate_of(trained, settings.epochs)) + " in epoch " +
                            std::to_string(trained + 1) + ", after " + words(rate_of(trained - 1, before)) +
                            " in epoch " + until_now;
  if (!rewires)
    return "the learning rate follows its schedule" + length + rates +
           "; only a constant rate (--lr-schedule constant) gives the results of one long run";
  return "the rewiring rule follows its schedule" + length +
         (is_same ? ", after " + until_now : ", and so does the learning rate" + rates) +
         "; the results are not those of one long run";
}

}  // namespace dnm
