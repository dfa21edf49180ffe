// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/cli/option_parser.h"
#include "core/parameters/parameter_table.h"

namespace dnm::cli {

/// Options of a command that are rows of a parameter table. Texts are collected here and parsed by the row, so that a
/// bad value is reported as such (exit status 1) and not as wrong usage (2).
/// Must not move once options have been added.
class TableOptions {
 public:
  TableOptions() = default;
  ~TableOptions() = default;
  TableOptions(const TableOptions&) = delete;
  TableOptions& operator=(const TableOptions&) = delete;

  /// Adds --ID (a flag takes no value). A row that may differ from layer to layer can be given more than once. `parts`
  /// names the choices that add the row: "method set, rigl".
  void add(OptionParser& parser, const ParameterInfo& info, const ParameterValue& default_value,
           const std::string& group, const std::string& parts = {});
  /// Adds all rows of a table except `without`; the help names `defaults`.
  template <class Settings>
  void add(OptionParser& parser, const ParameterTable<Settings>& table, const Settings& defaults,
           const std::string& group, std::span<const std::string_view> without = {}) {
    for (const auto& row : table) {
      if (std::ranges::find(without, row.info.id) != without.end()) continue;
      std::string parts;
      for (const auto& [id, value] : row.parts) {
        parts.append(parts.empty() ? std::string(row.chooser) + " " : ", ").append(id);
        if (value != row.get(defaults)) parts.append(" [").append(format_value(row.info, value)).append("]");
      }
      add(parser, row.info, row.get(defaults), group, parts);
    }
  }

  /// The texts given for a row, in order; empty when none was.
  [[nodiscard]] const std::vector<std::string>& texts(std::string_view id) const;
  [[nodiscard]] bool given(std::string_view id) const { return !texts(id).empty(); }
  /// Takes this text in place of what was given.
  void give(std::string_view id, std::string text) { texts_[std::string(id)] = {std::move(text)}; }
  /// As if it had not been given.
  void take_back(std::string_view id) {
    if (const auto found = texts_.find(id); found != texts_.end()) texts_.erase(found);
  }
  /// The parsed value of a row given at most once. Throws InvalidInput.
  [[nodiscard]] std::optional<ParameterValue> value(const ParameterInfo& info) const;
  /// Sets the given values, in the order of the table. Throws InvalidInput, also for a row that does not apply.
  template <class Settings>
  void apply(const ParameterTable<Settings>& table, Settings& settings) const {
    for (const auto& row : table) {
      const auto given = value(row.info);
      if (!given) continue;
      table.check_applies(row, settings);
      row.set(settings, *given);
    }
  }

 private:
  std::map<std::string, std::vector<std::string>, std::less<>> texts_;
};

/// The help text of a parameter: meaning, choices, range, default.
[[nodiscard]] std::string help_of(const ParameterInfo& info, const ParameterValue& default_value);

}  // namespace dnm::cli
