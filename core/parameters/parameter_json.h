// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/parameters/parameter_table.h"

namespace dnm {

/// How a value stands in JSON: as its text in quotes, or as the number it is. Either is read.
enum class JsonForm { text, typed };

struct NamedValue {
  const ParameterInfo* info;
  ParameterValue value;
};
/// {"key": value, …} in this order; a value without a type of its own in JSON stands as text.
[[nodiscard]] std::string values_to_json(std::span<const NamedValue> values, JsonForm form);

/// A JSON object that holds values of a table's rows.
class JsonValues {
 public:
  /// Throws InvalidInput when the text is not a JSON object; `what` names it: "the training settings".
  JsonValues(std::string_view text, std::string_view what);
  ~JsonValues();
  JsonValues(const JsonValues&) = delete;
  JsonValues& operator=(const JsonValues&) = delete;
  /// What stands for a row under its key or a former name, as the text that parse_value reads; nothing when it is
  /// not named. Throws InvalidInput for what is neither text, number, flag nor a list of numbers.
  [[nodiscard]] std::optional<std::string> text_of(const ParameterInfo& info);
  /// The members that no row was read from, as a JSON object.
  [[nodiscard]] std::string rest() const;

 private:
  struct Object;
  std::unique_ptr<Object> object_;
};

/// The rows of a table that belong to these settings and last, in its order.
template <class Settings>
[[nodiscard]] std::string to_json(const ParameterTable<Settings>& table, const Settings& settings, JsonForm form) {
  std::vector<NamedValue> values;
  for (const auto& row : table) {
    if (row.info.lasting && table.belongs(row, settings)) values.push_back({&row.info, row.get(settings)});
  }
  return values_to_json(values, form);
}

/// What to do with a value that is of another kind or out of range.
enum class BadValue { refuse, skip };

/// Sets what the object names, in the order of the table; members that are no row are left to JsonValues::rest.
/// Throws InvalidInput for a bad value unless those are skipped.
template <class Settings>
void set_from_json(const ParameterTable<Settings>& table, Settings& settings, JsonValues& values, BadValue bad) {
  for (const auto& row : table) {
    if (!row.info.lasting || !table.belongs(row, settings)) continue;
    try {
      if (const auto text = values.text_of(row.info)) row.set(settings, parse_value(row.info, *text));
    } catch (const InvalidInput&) {
      if (bad == BadValue::refuse) throw;
    }
  }
}

}  // namespace dnm
