// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "core/parameters/parameter.h"
#include "training/support/step_position.h"

namespace dnm {

/// How the learning rate changes over a run. Add a schedule: an enumerator, and its row in learning_rate.cpp.
enum class RateSchedule : std::uint8_t { linear, cosine, exponential, constant };

/// What a schedule is made of.
struct RateSettings {
  RateSchedule schedule = RateSchedule::linear;
  double start = 0.025;       ///< η, the rate of the first step
  double final_ratio = 0.01;  ///< of the start, reached at `decay_end`
  double decay_end = 0.9;     ///< fraction of the epochs over which it falls, in (0, 1]
};

/// In the order of the enumerators: the values of the setting "lr-schedule".
[[nodiscard]] std::span<const Choice> rate_schedule_choices();

/// The learning rate of a step. The four schedules fall from epoch to epoch and are level within one:
/// with f = min(1, e/(decay_end·E)), e the epoch counted from 0,
///   linear       η·(1 - (1-ratio)·f)
///   cosine       η·(1 - (1-ratio)·(1 - cos πf)/2)   (Loshchilov and Hutter, ICLR 2017, doi:10.48550/arXiv.1608.03983)
///   exponential  η·ratio^f
///   constant     η
[[nodiscard]] double learning_rate(const RateSettings& settings, const StepPosition& position);

}  // namespace dnm
