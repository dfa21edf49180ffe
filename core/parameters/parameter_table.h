// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <limits>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/parameters/look_up.h"
#include "core/parameters/parameter.h"
#include "core/support/error.h"

namespace dnm {

/// One row of a table: what a parameter is, and where it is in the settings.
template <class Settings>
struct Parameter {
  ParameterInfo info;
  std::function<ParameterValue(const Settings&)> get;
  /// Takes a value as parse_value gives it and check_value accepts it.
  std::function<void(Settings&, const ParameterValue&)> set;
  /// Of a row that parts bring: the choosing row, and the parts that have this one, each with its default.
  std::string_view chooser{};
  std::vector<std::pair<std::string_view, ParameterValue>> parts{};
};

namespace parameter_detail {

template <class Member>
struct MemberOf;
template <class Owner, class Value>
struct MemberOf<Value Owner::*> {
  using owner = Owner;
  using value = Value;
};
template <auto... members>
using Path = std::tuple<MemberOf<decltype(members)>...>;
template <auto... members>
using FirstOwner = typename std::tuple_element_t<0, Path<members...>>::owner;
template <auto... members>
using LastValue = typename std::tuple_element_t<sizeof...(members) - 1, Path<members...>>::value;

template <auto first, auto... rest>
auto& member(auto& settings) {
  if constexpr (sizeof...(rest) == 0) {
    return settings.*first;
  } else {
    return member<rest...>(settings.*first);
  }
}

template <class T>
concept Integer = std::integral<T> && !std::same_as<T, bool>;
template <class T>
concept IntegerList = requires {
  typename T::value_type;
}
&&Integer<typename T::value_type>&& std::same_as<T, std::vector<typename T::value_type>>;

/// A number too large for a value becomes the largest one, which no range takes.
template <Integer T>
std::int64_t integer_value(T number) {
  constexpr auto most = std::numeric_limits<std::int64_t>::max();
  return std::cmp_greater(number, most) ? most : static_cast<std::int64_t>(number);
}

/// The kind follows from the member, but for a string: a text unless it has choices, or a path where that is its kind;
/// with `kind` text, choices are words that it may also be.
template <class T>
ParameterInfo completed(ParameterInfo info) {
  using enum ParameterKind;
  if constexpr (std::same_as<T, bool>) {
    info.kind = info.choices.empty() ? flag : choice;
  } else if constexpr (std::is_enum_v<T>) {
    info.kind = choice;
  } else if constexpr (Integer<T>) {
    info.kind = integer;
  } else if constexpr (std::floating_point<T>) {
    info.kind = real;
  } else if constexpr (std::same_as<T, Distribution>) {
    info.kind = distribution;
  } else if constexpr (IntegerList<T>) {
    info.kind = integer_list;
  } else if (info.kind != text && info.kind != path) {
    info.kind = info.choices.empty() ? text : choice;
  }
  return info;
}

template <class T>
ParameterValue to_value(std::span<const Choice> choices, const T& held) {
  if constexpr (std::same_as<T, bool>) {
    if (!choices.empty()) return std::string(choices[held ? 1 : 0].id);
    return held;
  } else if constexpr (std::is_enum_v<T>) {
    return std::string(choices[static_cast<std::size_t>(held)].id);
  } else if constexpr (Integer<T>) {
    return integer_value(held);
  } else if constexpr (IntegerList<T>) {
    std::vector<std::int64_t> list;
    for (const auto number : held) list.push_back(integer_value(number));
    return list;
  } else {
    static_assert(std::same_as<T, double> || std::same_as<T, std::string> || std::same_as<T, Distribution>);
    return held;
  }
}

template <class T>
void from_value(const ParameterInfo& info, const ParameterValue& value, T& held) {
  if constexpr (std::same_as<T, bool> || std::is_enum_v<T>) {
    if constexpr (std::same_as<T, bool>) {
      if (info.choices.empty()) {
        held = value_as<bool>(info, value);
        return;
      }
    }
    held = static_cast<T>(place_of_choice(info, value_as<std::string>(info, value)));
  } else if constexpr (Integer<T>) {
    held = static_cast<T>(value_as<std::int64_t>(info, value));
  } else if constexpr (IntegerList<T>) {
    held.clear();
    for (const std::int64_t number : value_as<std::vector<std::int64_t>>(info, value)) {
      held.push_back(static_cast<typename T::value_type>(number));
    }
  } else {
    held = value_as<T>(info, value);
  }
}

}  // namespace parameter_detail

/// A row for a member of the settings, or for a member of a member: parameter<&Settings::shared, &Shared::degree>(…).
/// The kind follows from the member's type: bool, any integer, double, string, Distribution, a list of integers, or an
/// enumeration, whose choices stand in the order of its enumerators (a bool with choices: false, true).
template <auto... members>
[[nodiscard]] auto parameter(const ParameterInfo& given) {
  using Settings = parameter_detail::FirstOwner<members...>;
  const ParameterInfo info = parameter_detail::completed<parameter_detail::LastValue<members...>>(given);
  return Parameter<Settings>{
      info,
      [choices = info.choices](const Settings& settings) {
        return parameter_detail::to_value(choices, parameter_detail::member<members...>(settings));
      },
      [info](Settings& settings, const ParameterValue& value) {
        parameter_detail::from_value(info, value, parameter_detail::member<members...>(settings));
      }};
}

/// The same with a setter of its own, for a value that moves others.
template <auto... members, class Setter>
[[nodiscard]] auto parameter(const ParameterInfo& given, Setter set) {
  auto row = parameter<members...>(given);
  row.set = std::move(set);
  return row;
}

/// Whether a row that chooses among parts is there while there is only one: then there is nothing to choose.
enum class SingleChoice { shown, hidden };

/// All parameters of one kind of settings: the command line, the window, sessions, run folders and help are made from
/// its rows, and a new parameter is one row. Its rows are in display order, and in the order in which values are set:
/// a row that others depend on stands before them.
template <class Settings>
class ParameterTable {
 public:
  using Row = Parameter<Settings>;

  /// `what` names a row in messages: "training setting". Throws std::logic_error for two rows of one name.
  ParameterTable(std::string_view what, std::vector<Row> rows) : what_(what), rows_(std::move(rows)) { check_rows(); }

  [[nodiscard]] auto begin() const { return rows_.begin(); }
  [[nodiscard]] auto end() const { return rows_.end(); }
  [[nodiscard]] std::size_t size() const { return rows_.size(); }

  /// The row of this id or former name; null when there is none.
  [[nodiscard]] const Row* find(std::string_view id) const {
    const auto found = std::find_if(rows_.begin(), rows_.end(), [&](const Row& row) { return is_named(row.info, id); });
    return found == rows_.end() ? nullptr : &*found;
  }
  /// Throws InvalidInput with "did you mean" for an unknown id.
  [[nodiscard]] const Row& at(std::string_view id) const {
    if (const Row* row = find(id)) return *row;
    throw_unknown(what_, id, row_ids(rows_));
  }

  /// Whether the row has a meaning under these settings: then it is shown.
  [[nodiscard]] bool applies(const Row& row, const Settings& settings) const {
    if (!belongs(row, settings)) return false;
    if (row.info.applies.row.empty()) return true;
    const Row& chooser = at(row.info.applies.row);
    return applies(chooser, settings) && lists(row.info.applies.values, chosen(chooser, settings));
  }
  /// Whether the row is one of the table itself or of a part that is chosen: else it has no value to keep.
  [[nodiscard]] bool belongs(const Row& row, const Settings& settings) const {
    return row.parts.empty() || default_of_part(row, chosen(at(row.chooser), settings)) != nullptr;
  }

  /// Throws InvalidInput when the row does not apply: "beta does not belong to the model dnm; …".
  void check_applies(const Row& row, const Settings& settings) const {
    if (applies(row, settings)) return;
    const Row& chooser = at(belongs(row, settings) ? row.info.applies.row : row.chooser);
    throw InvalidInput(misplaced_text(row.info.id, chooser.info.id, chosen(chooser, settings)));
  }

  /// What a reset puts back: the default under the choices that these settings make in other rows.
  [[nodiscard]] ParameterValue usual(const Row& row, const Settings& settings) const {
    Settings defaults{};
    for (const Row& other : rows_) {
      if (&other != &row && other.info.kind == ParameterKind::choice && belongs(other, defaults)) {
        other.set(defaults, other.get(settings));
      }
    }
    return row.get(defaults);
  }

  /// Sets a row from text, as on the command line. Throws InvalidInput, with `settings` as they were.
  void set_text(Settings& settings, std::string_view id, std::string_view text) const {
    const Row& row = at(id);
    row.set(settings, parse_value(row.info, text));
  }

  /// Throws InvalidInput for the first value out of range or of an unknown name.
  void check(const Settings& settings) const {
    for (const Row& row : rows_) check_value(row.info, row.get(settings));
    if (part_values_ == nullptr) return;
    for (const auto& [id, value] : settings.*part_values_) {
      const Row& row = at(id);
      check_applies(row, settings);
      check_value(row.info, value);
    }
  }

  /// Lets the row `chooser` bring rows: each of its values is the id of a part of `parts` (ParameterPart), whose rows
  /// follow it. Their values are kept in `values`, which holds those that differ from the part's defaults; rows of the
  /// same id in several parts are one row, whose value belongs to whichever is chosen. With `single` hidden and one
  /// part, the part's rows stand in place of the row that would choose it. Throws std::logic_error if default settings
  /// then choose another part.
  template <class Parts>
  void add_parts(std::string_view chooser, const Parts& parts, ParameterValues Settings::*values,
                 SingleChoice single = SingleChoice::shown);

 private:
  static bool is_named(const ParameterInfo& info, std::string_view id) {
    return info.id == id || lists(info.former_ids, id);
  }
  static std::string chosen(const Row& chooser, const Settings& settings) {
    return value_as<std::string>(chooser.info, chooser.get(settings));
  }
  static const ParameterValue* default_of_part(const Row& row, std::string_view part) {
    for (const auto& [id, value] : row.parts) {
      if (id == part) return &value;
    }
    return nullptr;
  }
  void check_rows() const {
    for (const Row& row : rows_) {
      if (find(row.info.id) != &row) throw std::logic_error("two rows are named " + std::string(row.info.id));
      if (!row.info.applies.row.empty()) static_cast<void>(at(row.info.applies.row));
    }
  }

  std::string_view what_;
  std::vector<Row> rows_;
  ParameterValues Settings::*part_values_ = nullptr;
};

template <class Settings>
template <class Parts>
void ParameterTable<Settings>::add_parts(std::string_view chooser, const Parts& parts,
                                         ParameterValues Settings::*values, SingleChoice single) {
  part_values_ = values;
  std::vector<Row> brought;
  for (const auto& part : parts) {
    for (const auto& given : part.rows) {
      auto row = std::find_if(brought.begin(), brought.end(), [&](const Row& b) { return b.info.id == given.info.id; });
      if (row == brought.end()) row = brought.insert(row, Row{given.info, {}, {}, chooser, {}});
      row->parts.emplace_back(part.choice.id, given.usual);
    }
  }
  const auto choosing = rows_.begin() + (&at(chooser) - rows_.data());
  const auto choice = [choosing = *choosing](const Settings& settings) { return chosen(choosing, settings); };
  for (Row& row : brought) {
    row.get = [choice, row, values](const Settings& settings) {
      const ParameterValue* usual = default_of_part(row, choice(settings));
      if (usual == nullptr) return row.parts.front().second;
      const auto kept = (settings.*values).find(row.info.id);
      return kept == (settings.*values).end() ? *usual : kept->second;
    };
    row.set = [choice, row, values](Settings& settings, const ParameterValue& value) {
      const std::string part = choice(settings);
      const ParameterValue* usual = default_of_part(row, part);
      if (usual == nullptr) throw InvalidInput(misplaced_text(row.info.id, row.chooser, part));
      (settings.*values).insert_or_assign(std::string(row.info.id), value);
      if (value == *usual) (settings.*values).erase(std::string(row.info.id));
    };
  }
  // Another part takes along what it has in common with the one before; the rest goes, and what is its default.
  choosing->set = [set = choosing->set, choice, brought, values](Settings& settings, const ParameterValue& value) {
    set(settings, value);
    const std::string part = choice(settings);
    for (const Row& row : brought) {
      const auto kept = (settings.*values).find(row.info.id);
      if (kept == (settings.*values).end()) continue;
      const ParameterValue* usual = default_of_part(row, part);
      if (usual == nullptr || *usual == kept->second) (settings.*values).erase(kept);
    }
  };
  auto place = choosing + 1;
  if (single == SingleChoice::hidden && std::size(parts) == 1) {
    if (choice(Settings{}) != std::begin(parts)->choice.id) {
      throw std::logic_error("the only part of " + std::string(chooser) + " is not its default");
    }
    for (Row& row : brought) {
      row.chooser = {};
      row.parts.clear();
    }
    place = rows_.erase(choosing);
  }
  rows_.insert(place, std::make_move_iterator(brought.begin()), std::make_move_iterator(brought.end()));
  check_rows();
}

/// The options that make these settings: " --id text" for every lasting row that applies and is not as it would be
/// without its option, but those that `skipped` names.
template <class Settings>
[[nodiscard]] std::string command_options(const ParameterTable<Settings>& table, const Settings& settings,
                                          std::initializer_list<std::string_view> skipped = {}) {
  std::string line;
  for (const auto& row : table) {
    if (!row.info.lasting || !table.applies(row, settings)) continue;
    if (std::find(skipped.begin(), skipped.end(), row.info.id) != skipped.end()) continue;
    const ParameterValue value = row.get(settings);
    if (value != table.usual(row, settings)) line += option_text(row.info, value);
  }
  return line;
}

}  // namespace dnm
