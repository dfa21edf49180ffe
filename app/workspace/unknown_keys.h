// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/support/json.h"

// Keys of another version in a JSON object, which are kept and written back.
namespace dnm {

/// What an object holds under other keys than those known.
[[nodiscard]] OrderedJson unknown_keys(const OrderedJson& json, std::span<const std::string_view> known);
/// Adds such keys to an object, and to the objects in it; values that it has stay unchanged. `unknown`: a JSON object
/// as text; empty: none.
void add_unknown_keys(OrderedJson& json, const std::string& unknown);

}  // namespace dnm
