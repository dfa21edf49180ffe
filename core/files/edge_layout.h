// SPDX-License-Identifier: GPL-3.0-or-later
// What the rows and columns of a table of links are (edge_table.h).
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/files/delimited_rows.h"
#include "core/files/edge_table.h"
#include "core/files/network_files.h"

namespace dnm {

/// No column.
inline constexpr std::size_t no_column = static_cast<std::size_t>(-1);

/// The columns of a table of links.
struct EdgeColumns {
  std::size_t source = 0;
  std::size_t target = 1;
  std::size_t weight = no_column;
  std::size_t kind = no_column;  ///< Gephi's Directed or Undirected
  bool directed = false;         ///< the header says so
  std::string source_space{};    ///< Neo4j's id spaces, where source and target have different ones
  std::string target_space{};
  std::vector<std::string> omitted{};
};

/// What the rows of a table are.
enum class EdgeTableShape { links, neighbours, matrix, named_matrix };

struct EdgeLayout {
  char separator = '\t';
  EdgeTableShape shape = EdgeTableShape::links;
  bool has_header = false;
  bool guessed_header = false;  ///< its words are not known; it stands above numbers
  EdgeColumns columns{};
};

/// A text and how its fields are separated.
[[nodiscard]] DelimitedRows rows_of_table(std::string_view text, const EdgeTableStyle& style,
                                          const std::filesystem::path& path, char separator);

/// What the rows of a table are, by its first rows, and for a matrix or lists of neighbours by all of them; nothing for
/// a text without rows. Throws FileError for a table of nodes.
[[nodiscard]] std::optional<EdgeLayout> edge_layout(std::string_view text, const EdgeTableStyle& style,
                                                    const std::filesystem::path& path, ReadAs as);

/// The columns that a first row names; nothing when it names no source or no target.
[[nodiscard]] std::optional<EdgeColumns> named_edge_columns(std::span<const std::string_view> names);

/// A number with a decimal comma, where commas do not separate, as one with a point.
[[nodiscard]] std::string with_point(std::string_view text, char separator);
/// Whether a field is a number, with a decimal comma or a point.
[[nodiscard]] bool is_number(std::string_view text, char separator);
/// A node's number as numbers are usually written, or as numpy.savetxt writes them ("1.000000000000000000e+00");
/// nothing for "-1", "1.0", "007" and words.
[[nodiscard]] std::optional<std::uint64_t> node_number(std::string_view text);

}  // namespace dnm
