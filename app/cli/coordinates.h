// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/embedding/embedding.h"
#include "core/embedding/hyperbolic_disk.h"
#include "core/network/network.h"

namespace dnm::cli {

/// One node of the table: its layer, hyperbolic polar coordinates, and its place in the Poincaré disk.
struct CoordinateRow {
  NodeIndex node;
  std::size_t layer;
  double theta;
  double radius;
  double x;
  double y;
  NodeIndex component;
  std::string name;  ///< how the file calls the node; empty where it does not
};

[[nodiscard]] std::vector<CoordinateRow> coordinate_rows(const Embedding& embedding, const Network& network);

/// Tab-separated columns node, layer, theta, r, x, y, component under a header line, and name where nodes have one (in
/// one line each); numbers in round-trip form.
[[nodiscard]] std::string coordinate_table(const std::vector<CoordinateRow>& rows);

/// Reads the coordinates of the nodes listed in a table whose header line (with or without a leading "#") names at
/// least node (0-based), theta and r. Throws FileError with the line for anything but finite angles and radii >= 0, or
/// a node listed twice.
[[nodiscard]] std::map<NodeIndex, PolarPoint> read_coordinates(const std::filesystem::path& path);

}  // namespace dnm::cli
