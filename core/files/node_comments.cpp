// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/node_comments.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/files/utf8.h"

namespace dnm {
namespace {

constexpr std::string_view columns_word = "nodes ";
constexpr std::string_view node_word = "node ";
constexpr std::array<std::pair<std::string_view, AttributeKind>, 4> kinds{{{"text", AttributeKind::text},
                                                                           {"integer", AttributeKind::integer},
                                                                           {"real", AttributeKind::real},
                                                                           {"boolean", AttributeKind::boolean}}};
constexpr std::array<std::pair<char, char>, 4> escapes{{{'\t', 't'}, {'\n', 'n'}, {'\r', 'r'}, {'\\', '\\'}}};

std::string escaped(std::string_view field) {
  std::string text;
  for (const char letter : field) {
    const auto* const found = std::ranges::find(escapes, letter, &std::pair<char, char>::first);
    if (found == escapes.end()) {
      text += letter;
    } else {
      text += '\\';
      text += found->second;
    }
  }
  return text;
}

std::string unescaped(std::string_view field) {
  std::string text;
  for (std::size_t i = 0; i < field.size(); ++i) {
    const char next = i + 1 < field.size() ? field[i + 1] : '\0';
    const auto* const found = std::ranges::find(escapes, next, &std::pair<char, char>::second);
    const bool is_escape = field[i] == '\\' && found != escapes.end();
    text += is_escape ? found->first : field[i];
    if (is_escape) ++i;
  }
  return text;
}

/// The fields of a comment after its first word.
std::vector<std::string> fields_of(std::string_view comment) {
  if (comment.ends_with('\r')) comment.remove_suffix(1);
  std::vector<std::string> fields;
  while (true) {
    const std::size_t tab = comment.find('\t');
    fields.push_back(utf8_or_latin1(unescaped(comment.substr(0, tab))));
    if (tab == std::string_view::npos) return fields;
    comment.remove_prefix(tab + 1);
  }
}

bool are_empty(const std::vector<std::string>& texts) {
  return std::ranges::all_of(texts, [](const std::string& text) { return text.empty(); });
}

}  // namespace

void write_node_comments(BlockWriter& text, std::string_view mark, const Network& network) {
  const NodeNames& names = network.names();
  if (names.empty()) return;
  if (!names.columns.empty()) {
    text.add(mark).add(columns_word).add("id\tlabel");
    for (const NodeColumn& column : names.columns) {
      const auto* const kind = std::ranges::find(kinds, column.kind, &decltype(kinds)::value_type::second);
      text.add("\t").add(escaped(column.name)).add(":").add(kind->first);
    }
    text.add("\n");
  }
  const auto entry = [](const std::vector<std::string>& list, NodeIndex node) {
    return list.empty() ? std::string() : escaped(list[node]);
  };
  for (NodeIndex node = 0; node < network.node_count(); ++node) {
    text.add(mark).add(node_word).add(entry(names.ids, node)).add("\t").add(entry(names.labels, node));
    for (const NodeColumn& column : names.columns) text.add("\t").add(escaped(column.values[node]));
    text.add("\n");
  }
}

bool NodeComments::is_one(std::string_view comment) {
  return comment.starts_with(columns_word) || comment.starts_with(node_word);
}

bool NodeComments::take(std::string_view comment, std::size_t line) {
  if (!is_one(comment)) return false;
  const bool names_columns = comment.starts_with(columns_word);
  std::vector<std::string> fields = fields_of(comment.substr(names_columns ? columns_word.size() : node_word.size()));
  const auto fail = [&](std::string why) {
    if (problem_.empty()) problem_line_ = line;
    if (problem_.empty()) problem_ = std::move(why);
    return true;
  };
  if (names_columns) {
    if (!ids_.empty() || !columns_.empty()) return fail("names the attributes of nodes a second time");
    for (std::size_t i = 2; i < fields.size(); ++i) {
      const std::size_t colon = std::min(fields[i].rfind(':'), fields[i].size());
      const std::string kind = fields[i].substr(std::min(colon + 1, fields[i].size()));
      const auto* const found = std::ranges::find(kinds, kind, &decltype(kinds)::value_type::first);
      if (found == kinds.end()) return fail("names the attribute " + in_quotes(fields[i]) + " without its kind");
      columns_.push_back({fields[i].substr(0, colon), found->second, {}});
    }
    return true;
  }
  fields.resize(std::max<std::size_t>(fields.size(), 2));
  if (fields.size() != columns_.size() + 2) {
    return fail("holds " + std::to_string(fields.size()) + " texts of a node where " +
                std::to_string(columns_.size() + 2) + " are expected");
  }
  for (std::size_t i = 0; i < columns_.size(); ++i) columns_[i].values.push_back(std::move(fields[i + 2]));
  ids_.push_back(std::move(fields[0]));
  labels_.push_back(std::move(fields[1]));
  return true;
}

NodeNames NodeComments::names(std::size_t nodes, const std::filesystem::path& path) && {
  if (!problem_.empty()) fail_reading(path, problem_line_, problem_);
  if (ids_.size() != nodes) {
    fail_reading(path, "it names " + std::to_string(ids_.size()) + " of its " + std::to_string(nodes) +
                           " nodes; it may be truncated");
  }
  NodeNames names;
  if (!are_empty(ids_)) names.ids = std::move(ids_);
  if (!are_empty(labels_)) names.labels = std::move(labels_);
  names.columns = std::move(columns_);
  return names;
}

}  // namespace dnm
