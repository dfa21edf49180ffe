// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string_view>

#include "core/files/network_files.h"

namespace dnm {

/// What the tables of a format may look like.
struct EdgeTableStyle {
  std::string_view separators;  ///< in the order in which they are tried; a blank is any run of blanks and tabs
  bool comments_anywhere = true;
  bool quotes_hold_line_ends = false;
};

/// The network of a table with a row for each link, as other programs write them: two nodes, perhaps a weight (0: no
/// link), and further columns, which are omitted. The first row may name the columns, in the spellings of Gephi, Neo4j,
/// igraph and others; a first row that holds words above numbers does so too. Nodes that are all numbered are taken in
/// ascending order, whichever numbers are there: 0 to N - 1 need no names, others are kept as ids. Nodes that are named
/// by words are taken in the order of their first appearance. Read as well: a square matrix (with the names of the
/// nodes in its first row and column, or of numbers alone from 4 x 4 on), and lists of neighbours (rows of different
/// lengths, the first field of a row a node). Notices tell what was interpreted. With ReadAs::layers, links must lead
/// from one set of nodes, the inputs, to another, the outputs. Throws FileError with the line, ResourceError,
/// Cancelled.
[[nodiscard]] NetworkFile read_edge_table(std::string_view text, const EdgeTableStyle& style,
                                          const std::filesystem::path& path, const ReadOptions& options,
                                          const TaskControl& control);

/// Whether `first_line` names the columns of a table of links in a spelling that is known.
[[nodiscard]] bool names_link_columns(std::string_view first_line, char separator);

}  // namespace dnm
