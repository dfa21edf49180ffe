// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string_view>

namespace dnm {

/// Whether no object or array of a JSON text lies in more than `deepest - 1` others; for a text that is not JSON, any
/// answer. What follows nested values calls itself at each level, so that deep ones would overflow the stack. Linear.
[[nodiscard]] bool is_shallow_json(std::string_view text, std::size_t deepest);

}  // namespace dnm
