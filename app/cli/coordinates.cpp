// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/coordinates.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "app/workspace/words.h"
#include "core/files/file_text.h"
#include "core/support/digits.h"

namespace dnm::cli {
namespace {

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  for (std::string_view word = next_word(line); !word.empty(); word = next_word(line)) words.push_back(word);
  return words;
}

/// Positions of the columns that are read.
struct Columns {
  std::size_t node, theta, radius;
};

Columns columns_of(const std::filesystem::path& path, std::string_view line) {
  std::vector<std::string_view> names = words_of(line);
  if (!names.empty() && names.front() == "#") names.erase(names.begin());
  if (!names.empty() && names.front().starts_with('#')) names.front().remove_prefix(1);
  const auto find = [&](std::string_view name) {
    const auto found = std::ranges::find(names, name);
    if (found == names.end()) {
      fail_reading(path, 1,
                   "does not name the column " + std::string(name) + "; the first line must name node, theta and r");
    }
    return static_cast<std::size_t>(found - names.begin());
  };
  return {find("node"), find("theta"), find("r")};
}

}  // namespace

std::vector<CoordinateRow> coordinate_rows(const Embedding& embedding, const Network& network) {
  std::vector<CoordinateRow> rows;
  for (NodeIndex node = 0; node < network.node_count(); ++node) {
    const double theta = embedding.theta[node];
    const double radius = embedding.radius[node];
    const double distance = std::tanh(radius / 2.0);
    rows.push_back({node, network.layer_of(node), theta, radius, distance * std::cos(theta), distance * std::sin(theta),
                    embedding.component[node], std::string(network.name_of(node))});
  }
  return rows;
}

std::string coordinate_table(const std::vector<CoordinateRow>& rows) {
  const bool named = std::ranges::any_of(rows, [](const CoordinateRow& row) { return !row.name.empty(); });
  std::string text = "node\tlayer\ttheta\tr\tx\ty\tcomponent";
  text += named ? "\tname\n" : "\n";
  for (const CoordinateRow& row : rows) {
    text += std::to_string(row.node) + "\t" + std::to_string(row.layer);
    for (const double number : {row.theta, row.radius, row.x, row.y}) text += "\t" + with_significant(number, 17);
    text += "\t" + std::to_string(row.component) + (named ? "\t" + one_line(row.name) : std::string()) + "\n";
  }
  return text;
}

std::map<NodeIndex, PolarPoint> read_coordinates(const std::filesystem::path& path) {
  const std::string content = whole_file(path);
  std::string_view text = content;
  const Columns columns = columns_of(path, next_line(text));
  std::map<NodeIndex, PolarPoint> places;
  for (std::size_t line = 2; !text.empty(); ++line) {
    const std::vector<std::string_view> words = words_of(next_line(text));
    if (words.empty() || words.front().starts_with('#')) continue;
    const auto word = [&](std::size_t column) { return column < words.size() ? words[column] : std::string_view(); };
    const auto node = number<NodeIndex>(word(columns.node));
    const auto theta = number<double>(word(columns.theta)), radius = number<double>(word(columns.radius));
    if (!node || !theta || !radius || !std::isfinite(*theta) || !std::isfinite(*radius) || *radius < 0.0) {
      fail_reading(path, line, "does not hold a node, a finite angle and a finite radius of at least 0");
    }
    if (!places.emplace(*node, PolarPoint{*theta, *radius}).second) {
      fail_reading(path, line, "lists node " + std::to_string(*node) + " again; list every node once");
    }
  }
  return places;
}

}  // namespace dnm::cli
