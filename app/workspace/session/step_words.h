// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "app/workspace/session/history.h"

namespace dnm {

/// What a step of `history` changed, from 1 to step_count(): "Sparsity 0.95 → 0.99", "Degree of layer 2: Fixed →
/// Uniform" where it is one value of the model, a training, the measures or the pictures; else the step's label as a
/// sentence begins: "Preset b standard". `say`: names labels, values and "of layer 2" in another language; empty: as
/// they are. Throws std::out_of_range where there is no such step.
[[nodiscard]] std::string step_text(const History& history, std::size_t step,
                                    const std::function<std::string(const std::string&)>& say = {});

}  // namespace dnm
