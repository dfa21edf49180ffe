// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "core/parameters/parameter.h"
#include "training/support/step_position.h"

namespace dnm {

/// How the learning rate changes over a run. Add a schedule: an enumerator, and its row in learning_rate.cpp.
enum class RateSchedule : std::uint8_t { linear, cosine, exponential, constant, noam, inoam };

/// What a schedule is made of.
struct RateSettings {
  RateSchedule schedule = RateSchedule::linear;
  double start = 0.025;       ///< η, the rate of the first step; of noam and inoam the factor
  double final_ratio = 0.01;  ///< of the start, reached at `decay_end`
  double decay_end = 0.9;     ///< fraction of the epochs over which it falls, in (0, 1]
  double warm_up = 1000.0;    ///< w: steps over which noam and inoam rise, at least 1
  double width = 512.0;       ///< d: numbers that a Transformer has for each piece
};

/// In the order of the enumerators: the values of the setting "lr-schedule".
[[nodiscard]] std::span<const Choice> rate_schedule_choices();

/// The learning rate of a step. Four schedules fall from epoch to epoch and are level within one:
/// with f = min(1, e/(decay_end·E)), e the epoch counted from 0,
///   linear       η·(1 - (1-ratio)·f)
///   cosine       η·(1 - (1-ratio)·(1 - cos πf)/2)   (Loshchilov and Hutter, ICLR 2017, doi:10.48550/arXiv.1608.03983)
///   exponential  η·ratio^f
///   constant     η
/// and two change with every step, t being the batches seen, this one included:
///   noam         η·d^(-1/2)·min(t^(-1/2), t·w^(-3/2))   (Vaswani et al., NeurIPS 2017, doi:10.48550/arXiv.1706.03762)
///   inoam        noam's, times (t mod 100)/20 while t mod 100 < 20: from 0 again after each of the updates that come
///                every 100 steps, as in the released code of the sparse Transformers
[[nodiscard]] double learning_rate(const RateSettings& settings, const StepPosition& position);

}  // namespace dnm
