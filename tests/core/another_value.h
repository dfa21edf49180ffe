// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/parameters/parameter.h"

namespace dnm::test {

/// Another value that the row accepts; the same for a choice of one.
inline ParameterValue another_value(const ParameterInfo& info, const ParameterValue& value) {
  switch (info.kind) {
    case ParameterKind::flag:
      return !std::get<bool>(value);
    case ParameterKind::integer: {
      const std::int64_t number = std::get<std::int64_t>(value);
      return static_cast<double>(number) < info.range.maximum ? number + 1 : number - 1;
    }
    case ParameterKind::real: {
      const double number = std::get<double>(value);
      return number + info.range.step <= info.range.maximum ? number + info.range.step : number - info.range.step;
    }
    case ParameterKind::choice:
      for (const Choice& choice : info.choices) {
        if (choice.id != std::get<std::string>(value)) return std::string(choice.id);
      }
      return value;
    case ParameterKind::text:
    case ParameterKind::path:
      return std::get<std::string>(value) + "x";
    case ParameterKind::distribution: {
      Distribution other = std::get<Distribution>(value);
      other.family = other.family == Family::uniform ? Family::gaussian : Family::uniform;
      other.spread.reset();
      return other;
    }
    case ParameterKind::integer_list: {
      auto list = std::get<std::vector<std::int64_t>>(value);
      list.push_back(static_cast<std::int64_t>(info.range.minimum));
      return list;
    }
  }
  return value;
}

}  // namespace dnm::test
