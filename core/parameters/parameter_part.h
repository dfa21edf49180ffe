// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/parameters/parameter_table.h"

namespace dnm {

/// A row of a part, without the type of its settings.
struct PartRow {
  ParameterInfo info;
  ParameterValue usual;  ///< its default
};

/// What a table shows of a part: all but how it is made.
struct PartRows {
  Choice choice;
  std::vector<PartRow> rows{};
};

/// One of several things of a kind that are chosen by name and bring parameters of their own: a rewiring rule, a
/// training model, an optimiser, a task. The table that chooses among them (ParameterTable::add_parts) shows the rows
/// of the chosen one and keeps their values; the part itself reads them as a struct of its own.
template <class Signature>
struct ParameterPart;
template <class Product, class... Arguments>
struct ParameterPart<Product(Arguments...)> {
  Choice choice;
  std::vector<PartRow> rows{};
  /// Makes the thing from the kept values; those of other parts are not looked at. Throws InvalidInput for a bad one.
  std::function<Product(const ParameterValues& values, Arguments... arguments)> make;
};

/// The rows of a part's own table, each with its default: as `usual` has it.
template <class Own>
[[nodiscard]] std::vector<PartRow> part_rows(const ParameterTable<Own>& table, const Own& usual = {}) {
  std::vector<PartRow> rows;
  for (const auto& row : table) rows.push_back({row.info, row.get(usual)});
  return rows;
}

/// A part's own settings: `own`, changed by the kept values. Throws InvalidInput for a bad one.
template <class Own>
[[nodiscard]] Own part_settings(const ParameterTable<Own>& table, const ParameterValues& values, Own own = {}) {
  for (const auto& row : table) {
    const auto found = values.find(row.info.id);
    if (found == values.end()) continue;
    check_value(row.info, found->second);
    row.set(own, found->second);
  }
  return own;
}

/// A part without parameters; `make` takes the arguments alone.
template <class Signature, class Make>
[[nodiscard]] ParameterPart<Signature> parameter_part(const Choice& choice, Make make) {
  return {choice, {}, [make](const ParameterValues&, auto&&... arguments) {
            return make(std::forward<decltype(arguments)>(arguments)...);
          }};
}

/// A part with the parameters of `table`, which must outlive it: `make` takes its settings and the arguments.
template <class Signature, class Own, class Make>
[[nodiscard]] ParameterPart<Signature> parameter_part(const Choice& choice, const ParameterTable<Own>& table,
                                                      Make make) {
  return {choice, part_rows(table), [&table, make](const ParameterValues& values, auto&&... arguments) {
            return make(part_settings(table, values), std::forward<decltype(arguments)>(arguments)...);
          }};
}

/// The choices of a table of parts, or of any table whose rows have an id, a label and a meaning.
template <class Table>
[[nodiscard]] std::vector<Choice> choices_of(const Table& table) {
  std::vector<Choice> choices;
  for (const auto& row : table) {
    if constexpr (requires { row.choice; }) {
      choices.push_back(row.choice);
    } else {
      choices.push_back({row.id, row.label, row.meaning});
    }
  }
  return choices;
}

/// The rows of `own` as rows of settings of another type, which keep the values that differ from their defaults in
/// their member `values`, whatever is chosen in other rows: part_settings() reads them back.
template <auto values, class Own>
[[nodiscard]] auto kept_rows(const ParameterTable<Own>& own) {
  using Settings = parameter_detail::FirstOwner<values>;
  std::vector<Parameter<Settings>> rows;
  for (const auto& row : own) {
    rows.push_back({row.info,
                    [id = row.info.id, usual = row.get(Own{})](const Settings& settings) {
                      const auto kept = (settings.*values).find(id);
                      return kept == (settings.*values).end() ? usual : kept->second;
                    },
                    [id = row.info.id, usual = row.get(Own{})](Settings& settings, const ParameterValue& value) {
                      (settings.*values).insert_or_assign(std::string(id), value);
                      if (value == usual) (settings.*values).erase(std::string(id));
                    }});
  }
  return rows;
}

}  // namespace dnm
