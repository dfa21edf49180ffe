// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/parameters/parameter.h"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace dnm::cli {

/// The options of a command that are rows of a parameter table. Their texts are only collected here: what they mean
/// is decided by the row, so that a bad value is a bad value (exit status 1) and not wrong usage (2).
/// Must not move once options have been added.
class TableOptions {
 public:
  TableOptions() = default;
  ~TableOptions() = default;
  TableOptions(const TableOptions&) = delete;
  TableOptions& operator=(const TableOptions&) = delete;

  /// Adds --ID (a flag takes no value). `repeated` allows it more than once: one value for each layer.
  CLI::Option* add(CLI::App& app, const ParameterInfo& info, const ParameterValue& default_value,
                   const std::string& group, bool repeated = false);

  /// What was given for a row, in order; empty when it was not.
  [[nodiscard]] const std::vector<std::string>& texts(std::string_view id) const;
  [[nodiscard]] bool given(std::string_view id) const { return !texts(id).empty(); }
  /// The parsed value of a row given at most once. Throws InvalidInput.
  [[nodiscard]] std::optional<ParameterValue> value(const ParameterInfo& info) const;

 private:
  std::map<std::string, std::vector<std::string>, std::less<>> texts_;
};

/// What a help text says of a parameter: meaning, choices, range, default.
[[nodiscard]] std::string help_of(const ParameterInfo& info, const ParameterValue& default_value);

}  // namespace dnm::cli
