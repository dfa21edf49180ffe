// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// The one way from an id to its row, for every table of the program: parameters, initialisers, measures, pictures,
// data sets, rules, presets, commands.
namespace dnm {

/// The candidate nearest to `text` by edit distance, or empty when none is near: for "did you mean …?".
[[nodiscard]] std::string_view nearest(std::string_view text, std::span<const std::string_view> candidates);

/// `WHAT "ID" is not known; did you mean "NEAR"?`; where none is near, `otherwise` ends the sentence, or the list of
/// all that is known.
[[nodiscard]] std::string unknown_text(std::string_view what, std::string_view id,
                                       std::span<const std::string_view> known, std::string_view otherwise = {});
/// Throws InvalidInput with unknown_text.
[[noreturn]] void throw_unknown(std::string_view what, std::string_view id, std::span<const std::string_view> known);

/// Whether `word` is one of the words of a list separated by spaces.
[[nodiscard]] bool lists(std::string_view words, std::string_view word);

/// The id of a row: its own, or that of its `info` or `choice`; for a command its name.
template <class Row>
[[nodiscard]] std::string_view row_id(const Row& row) {
  if constexpr (requires { row.id; }) {
    return row.id;
  } else if constexpr (requires { row.info.id; }) {
    return row.info.id;
  } else if constexpr (requires { row.choice.id; }) {
    return row.choice.id;
  } else {
    return row.name;
  }
}

template <class Table>
[[nodiscard]] std::vector<std::string_view> row_ids(const Table& table) {
  std::vector<std::string_view> ids;
  for (const auto& row : table) ids.push_back(row_id(row));
  return ids;
}

/// The row of this id, or null. The table must outlive the pointer.
template <class Table>
[[nodiscard]] auto find_row(const Table& table, std::string_view id) -> decltype(&*std::begin(table)) {
  for (const auto& row : table) {
    if (row_id(row) == id) return &row;
  }
  return nullptr;
}

/// The row of this id. Throws InvalidInput with "did you mean"; `what` names the kind of row: "data set".
template <class Table>
[[nodiscard]] auto look_up(const Table& table, std::string_view id, std::string_view what)
    -> decltype(*std::begin(table)) {
  if (const auto* row = find_row(table, id)) return *row;
  throw_unknown(what, id, row_ids(table));
}

}  // namespace dnm
