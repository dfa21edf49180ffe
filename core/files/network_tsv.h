// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "core/files/network_files.h"

namespace dnm {

/// A network as lines `u<TAB>v`, 0-based node numbers that run through the layers, inputs first; `#` starts a comment.
/// Blanks may stand for the tab, and a third column may hold a finite weight (0: no link). In comments before the first
/// link, `layers=98,196,196` makes the network layered, `N=490` gives the nodes (else the highest number read does),
/// and `E=5763` is a promise: another count, or a last line without its end, is a truncated file. A file without any
/// link must have a whole line with N= or E=. Links from a node to itself, inside a layer or across one are an error in
/// a layered network; a link named twice counts once. Throws FileError with the line, ResourceError.
[[nodiscard]] NetworkFile read_tsv(const std::filesystem::path& path, const TaskControl& control);
void write_tsv(const std::filesystem::path& path, const NetworkFile& file);

/// Lines `u<TAB>v` as they stand, without any header's meaning: a list of node pairs such as links to remove.
/// Throws FileError with the line.
[[nodiscard]] std::vector<std::pair<NodeIndex, NodeIndex>> read_node_pairs(const std::filesystem::path& path);

}  // namespace dnm
