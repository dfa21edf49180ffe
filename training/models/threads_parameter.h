// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>

#include "core/parameters/parameter.h"
#include "core/support/parallel.h"
#include "training/support/setting_groups.h"

namespace dnm {

/// The row of the models that can share a step out to threads; its default is 1.
inline constexpr ParameterInfo threads_parameter{
    .id = "threads",
    .label = "Threads",
    .meaning =
        "Threads that share the steps of one run, where these are long enough; the results are the same for any "
        "number.",
    .range = {1, 256, 1, false},
    .group = more_settings,
    .affects_result = false};

/// How many threads a model makes of the row's value: no more than this process has processors.
[[nodiscard]] inline unsigned threads_to_make(std::int64_t wanted) {
  return static_cast<unsigned>(std::clamp<std::int64_t>(wanted, 1, available_threads()));
}

}  // namespace dnm
