// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <concepts>
#include <cstdint>
#include <utility>

#include "core/support/json.h"

namespace dnm {

/// The integer that a value is. Throws OrderedJson::exception for any other value, and for one that T cannot hold,
/// which OrderedJson::get<T>() would give as another.
template <std::integral T>
[[nodiscard]] T integer_of(const OrderedJson& value) {
  if (value.is_number_unsigned()) {
    if (const auto number = value.get<std::uint64_t>(); std::in_range<T>(number)) return static_cast<T>(number);
  } else if (value.is_number_integer()) {
    if (const auto number = value.get<std::int64_t>(); std::in_range<T>(number)) return static_cast<T>(number);
  } else if (value.is_number_float()) {  // as others write it: 3.0
    constexpr double exact = 9007199254740992.0;
    const auto number = value.get<double>();
    if (std::abs(number) <= exact && number == std::floor(number)) {
      if (const auto whole = static_cast<std::int64_t>(number); std::in_range<T>(whole)) return static_cast<T>(whole);
    }
  }
  constexpr int wrong_type = 302;  // the number of the library
  throw OrderedJson::type_error::create(wrong_type, "no integer in range", &value);
}

}  // namespace dnm
