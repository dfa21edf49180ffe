// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/edge_layout.h"

#include <algorithm>
#include <cmath>
#include <unordered_set>
#include <utility>

#include "core/files/file_text.h"
#include "core/files/network_builder.h"
#include "core/parameters/look_up.h"
#include "core/support/letter_case.h"

namespace dnm {
namespace {

/// Rows from which the separator and the columns are known.
constexpr std::size_t sampled_rows = 64;
constexpr std::size_t sampled_fields = sampled_rows + 2;
/// A table of numbers alone that has at least so many columns, and as many rows, is a matrix.
constexpr std::size_t smallest_matrix = 4;

// Column names, without blanks and punctuation, in lower case.
constexpr std::string_view source_names =
    "source src sourceid sourcenode sourcenodeid from fromid fromnode fromnodeid start startid startnode node1 node1id "
    "nodea vertex1 v1 id1 interactora protein1 gene1 sender";
constexpr std::string_view target_names =
    "target tgt dst dest destination targetid targetnode targetnodeid to toid tonode tonodeid end endid endnode node2 "
    "node2id nodeb vertex2 v2 id2 interactorb protein2 gene2 receiver recipient";
constexpr std::string_view weight_names = "weight weights w";

using Fields = std::span<const std::string_view>;

/// Whether programs write this for a value that is not there.
bool is_missing(std::string_view text) { return text.empty() || lists("na n/a nan null none", lower_case(text)); }

std::string column_word(std::string_view name) {
  std::string word;
  for (const char letter : name) {
    if (letter != ' ' && letter != '_' && letter != '-' && letter != '.') word += lower_case(letter);
  }
  return word;
}

/// Neo4j's ":START_ID(Person)": the text in the brackets.
std::string id_space(std::string_view name) {
  const std::size_t open = std::min(name.find('('), name.size());
  const std::string_view inside = name.substr(std::min(open + 1, name.size()));
  return std::string(inside.substr(0, inside.find(')')));
}

/// The begin of a row, and the number of its fields.
struct SampledRow {
  std::vector<std::string> fields;
  std::size_t size = 0;
  [[nodiscard]] std::vector<std::string_view> views() const { return {fields.begin(), fields.end()}; }
};
using Sample = std::vector<SampledRow>;

/// Finds what a table looks like.
class LayoutFinder {
 public:
  LayoutFinder(std::string_view text, const EdgeTableStyle& style, const std::filesystem::path& path, ReadAs as)
      : text_(text), style_(style), path_(path), as_(as) {}

  std::optional<EdgeLayout> find() {
    if (sample(style_.separators.front()).empty()) return std::nullopt;
    find_layout();
    return layout_;
  }

 private:
  [[nodiscard]] DelimitedRows rows(char separator) const { return rows_of_table(text_, style_, path_, separator); }

  [[nodiscard]] Sample sample(char separator) const {
    Sample sample;
    for (DelimitedRows table = rows(separator); sample.size() < sampled_rows && table.next();) {
      const Fields fields = table.fields().first(std::min(table.fields().size(), sampled_fields));
      sample.push_back({{fields.begin(), fields.end()}, table.fields().size()});
    }
    return sample;
  }

  /// Whether all rows below the first begin with two numbers of nodes.
  static bool has_numbered_nodes(const Sample& sample) {
    return std::all_of(sample.begin() + (sample.size() > 1 ? 1 : 0), sample.end(), [](const SampledRow& row) {
      return row.size > 1 && node_number(row.fields[0]) && node_number(row.fields[1]);
    });
  }

  /// How well a separator fits: the number of fields in each row, 0 when one has less than two.
  static std::size_t common_fields(const Sample& sample) {
    const auto [least, most] = std::ranges::minmax(sample, {}, &SampledRow::size);
    return least.size < 2 ? 0 : least.size == most.size ? most.size : 2;
  }

  static std::size_t most_fields(const Sample& sample) { return std::ranges::max(sample, {}, &SampledRow::size).size; }

  char best_separator() const {
    for (const char separator : style_.separators) {
      const Sample found = sample(separator);
      if (named_edge_columns(found.front().views()) || (separator == ' ' && has_numbered_nodes(found)))
        return separator;
    }
    char best = style_.separators.front();
    std::size_t most = 0;
    for (const char separator : style_.separators) {
      // Names may hold blanks: these separate only where nothing else does.
      if (separator == ' ' && most > 0) continue;
      const std::size_t fields = common_fields(sample(separator));
      if (fields > most) best = separator;
      most = std::max(most, fields);
    }
    if (most > 0) return best;
    // Lists of neighbours may have rows of one field.
    return *std::ranges::max_element(style_.separators, {},
                                     [&](char separator) { return most_fields(sample(separator)); });
  }

  void find_layout() {
    layout_.separator = best_separator();
    const Sample found = sample(layout_.separator);
    const std::vector<std::string>& first = found.front().fields;
    if (auto columns = named_edge_columns(found.front().views())) {
      layout_.has_header = true;
      layout_.columns = std::move(*columns);
      return;
    }
    refuse_table_of_nodes(first);
    refuse_multiline_neighbours(found);
    if (is_named_matrix(found)) {
      layout_.shape = EdgeTableShape::named_matrix;
    } else if (is_matrix()) {
      layout_.shape = EdgeTableShape::matrix;
    } else if (stands_above_numbers(found)) {
      layout_.has_header = layout_.guessed_header = true;
      for (std::size_t i = 2; i < first.size(); ++i) {
        const bool is_weight = i == 2 || lists(weight_names, column_word(first[i]));
        if (layout_.columns.weight == no_column && is_weight) {
          layout_.columns.weight = i;
        } else {
          layout_.columns.omitted.push_back(first[i]);
        }
      }
    } else if (is_list_of_neighbours(found)) {
      layout_.shape = EdgeTableShape::neighbours;
    } else {
      layout_.columns.weight = 2;
    }
  }

  void refuse_table_of_nodes(const std::vector<std::string>& first) const {
    const std::string word = column_word(first.front());
    const bool of_gephi = word == "id" && std::ranges::any_of(first, [](const std::string& name) {
                            return !name.empty() && lists("label name", column_word(name));
                          });
    if (of_gephi || word.ends_with(":id") || word.find(":id(") != std::string::npos) {
      fail_reading(path_, "it is a table of nodes (its first column is " + in_quotes(first.front()) +
                              "), not of links; give the table of the edges");
    }
  }

  /// NetworkX's multiline lists: a node and how many neighbours follow, then one in each line, with braces.
  void refuse_multiline_neighbours(const Sample& found) const {
    const auto is_neighbour = [](const SampledRow& row) {
      return row.size == 2 && row.fields[1].starts_with('{') && row.fields[1].ends_with('}');
    };
    if (std::ranges::any_of(found, is_neighbour)) {
      fail_reading(path_, "it is a multiline list of neighbours, which is not read; write it with write_edgelist");
    }
  }

  static bool is_named_matrix(const Sample& found) {
    const SampledRow& names = found.front();
    if (!names.fields.front().empty() || names.size < 3 || found.size() < 2) return false;
    for (std::size_t i = 1; i < found.size(); ++i) {
      if (i >= names.size || found[i].size != names.size || found[i].fields.front() != names.fields[i]) return false;
    }
    return true;
  }

  /// Of numbers alone: as many rows as columns, or several rows whose first two columns name no nodes but 0 and 1,
  /// which no list of links does.
  bool is_matrix() const {
    DelimitedRows table = rows(layout_.separator);
    std::size_t columns = 0;
    std::size_t count = 0;
    bool names_nodes = false;
    while (table.next()) {
      if (count++ == 0) columns = table.fields().size();
      if (columns < smallest_matrix || table.fields().size() != columns) return false;
      for (const std::string_view field : table.fields()) {
        if (!is_number(field, layout_.separator) && !is_missing(field)) return false;
      }
      names_nodes |= may_name_node(table.fields()[0]) || may_name_node(table.fields()[1]);
      if (names_nodes && count > columns && as_ != ReadAs::layers) return false;
    }
    return count == columns || as_ == ReadAs::layers || (!names_nodes && count > 1);
  }

  /// Whether a number is a whole one other than 0 and 1.
  [[nodiscard]] bool may_name_node(std::string_view field) const {
    const auto value = real_number(with_point(field, layout_.separator));
    return value && *value == std::trunc(*value) && *value != 0.0 && *value != 1.0;
  }

  /// Whether the first row holds words where all others hold numbers, in both columns of nodes or beside them.
  bool stands_above_numbers(const Sample& found) const {
    const auto& first = found.front().fields;
    if (found.size() < 2 || first.size() < 2) return false;
    const auto is_name_of_numbers = [&](std::size_t column) {
      if (column >= first.size() || is_missing(first[column]) || is_number(first[column], layout_.separator)) {
        return false;
      }
      return std::all_of(found.begin() + 1, found.end(), [&](const SampledRow& row) {
        return column < row.fields.size() && is_number(row.fields[column], layout_.separator);
      });
    };
    if (is_name_of_numbers(0) && is_name_of_numbers(1)) return true;
    return !node_number(first[0]) && !node_number(first[1]) && is_name_of_numbers(2);
  }

  bool is_list_of_neighbours(const Sample& found) const {
    const auto [least, most] = std::ranges::minmax(found, {}, &SampledRow::size);
    if (least.size == most.size) return false;
    // Up to three numbers may as well be a link with a weight.
    if (least.size > 1 && most.size < 4 && has_numbered_nodes(found)) return false;
    // Every neighbour must have a row of its own.
    std::unordered_set<std::string> owners;
    for (DelimitedRows table = rows(layout_.separator); table.next();) owners.emplace(table.fields().front());
    for (DelimitedRows table = rows(layout_.separator); table.next();) {
      for (const std::string_view field : table.fields()) {
        if (!field.empty() && !owners.contains(std::string(field))) return false;
      }
    }
    return true;
  }

  std::string_view text_;
  const EdgeTableStyle& style_;
  const std::filesystem::path& path_;
  ReadAs as_;
  EdgeLayout layout_{};
};

}  // namespace

DelimitedRows rows_of_table(std::string_view text, const EdgeTableStyle& style, const std::filesystem::path& path,
                            char separator) {
  return {text, {separator, style.comments_anywhere, style.quotes_hold_line_ends}, path};
}

std::optional<EdgeLayout> edge_layout(std::string_view text, const EdgeTableStyle& style,
                                      const std::filesystem::path& path, ReadAs as) {
  return LayoutFinder(text, style, path, as).find();
}

std::optional<EdgeColumns> named_edge_columns(Fields names) {
  EdgeColumns columns;
  columns.source = columns.target = no_column;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string upper = lower_case(names[i]);
    const std::size_t colon = std::min(names[i].find(':'), names[i].size());
    const std::string word = column_word(names[i].substr(0, colon));
    if (upper.find(":start_id") != std::string::npos) {
      columns.source = i;
      columns.source_space = id_space(names[i]);
      columns.directed = true;
    } else if (upper.find(":end_id") != std::string::npos) {
      columns.target = i;
      columns.target_space = id_space(names[i]);
    } else if (columns.source == no_column && !word.empty() && lists(source_names, word)) {
      columns.source = i;
    } else if (columns.target == no_column && !word.empty() && lists(target_names, word)) {
      columns.target = i;
    } else if (columns.weight == no_column && lists(weight_names, word) && !word.empty()) {
      columns.weight = i;
    } else if (columns.kind == no_column && word == "type" && colon == names[i].size()) {
      columns.kind = i;
    } else if (!word.empty()) {
      columns.omitted.emplace_back(names[i]);
    }
  }
  if (columns.source == no_column || columns.target == no_column) return std::nullopt;
  if (columns.source_space == columns.target_space) columns.source_space = columns.target_space = {};
  return columns;
}

std::string with_point(std::string_view text, char separator) {
  std::string number(text);
  if (separator != ',') std::ranges::replace(number, ',', '.');
  return number;
}

bool is_number(std::string_view text, char separator) {
  const auto value = real_number(with_point(text, separator));
  return value && !std::isnan(*value);
}

std::optional<std::uint64_t> node_number(std::string_view text) {
  if (text.find("e+") != std::string_view::npos) {
    constexpr double most_exact = 0x1p53;
    const auto value = number<double>(text);
    if (!value || *value < 0.0 || *value >= most_exact || *value != std::floor(*value)) return std::nullopt;
    return static_cast<std::uint64_t>(*value);
  }
  if (text.size() > 1 && text.starts_with('0')) return std::nullopt;
  return number<std::uint64_t>(text);
}

}  // namespace dnm
