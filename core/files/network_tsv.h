// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "core/files/network_files.h"

namespace dnm {

/// A network as lines `u<TAB>v`, 0-based node numbers that run through the layers, inputs first; `#` starts a comment.
/// In comments before the first link, `layers=98,196,196` makes the network layered, `N=490` gives the nodes (else the
/// highest number read does), and `E=5763` the number of links: with another count, or a last line without a line end,
/// the file counts as truncated. `names=490` promises the names of the nodes in comments after the links
/// (node_comments.h). Blanks may stand for the tab, and a third column may hold a weight (0: no link). A file without
/// links must have a complete line with N= or E=. Links from a node to itself, inside a layer or across one are an
/// error in a layered network; a link named twice counts once. A file without layers=, N= and E= is one of another
/// program and read by read_edge_table(); `#`, `%` and `//` start its comments. Throws FileError with the line,
/// ResourceError.
[[nodiscard]] NetworkFile read_tsv(const std::filesystem::path& path, const ReadOptions& options,
                                   const TaskControl& control);
void write_tsv(const std::filesystem::path& path, const NetworkFile& file);

/// Lines `u<TAB>v` without interpreting headers: a list of node pairs such as links to remove. Throws FileError with
/// the line.
[[nodiscard]] std::vector<std::pair<NodeIndex, NodeIndex>> read_node_pairs(const std::filesystem::path& path);

}  // namespace dnm
