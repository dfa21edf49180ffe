// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string_view>

#include "core/files/network_files.h"

namespace dnm {

/// A network as comma-separated values (RFC 4180): a row for each link, with the ids of its two nodes, under a header.
/// Read as well: what read_edge_table() takes, with commas, semicolons, tabs or blanks between the columns, and Excel's
/// "sep=;". Written are the columns source and target, with the ids, else distinct labels, else the numbers of nodes.
/// Throws FileError with the line, ResourceError.
[[nodiscard]] NetworkFile read_csv(const std::filesystem::path& path, const ReadOptions& options,
                                   const TaskControl& control);
void write_csv(const std::filesystem::path& path, const NetworkFile& file);
/// Whether a text begins with a header of such a table.
[[nodiscard]] bool is_csv(std::string_view start);

}  // namespace dnm
