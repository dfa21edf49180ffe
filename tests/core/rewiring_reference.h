// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "core/network/mask_rows.h"
#include "core/network/network.h"
#include "core/support/json.h"
#include "tests/support/places.h"

/// The values of tests/reference/rewiring.
namespace dnm::rewiring_reference {

using Cell = std::pair<NodeIndex, NodeIndex>;  // output, input

/// tests/reference/rewiring, or another copy of it that DNM_REWIRING_REFERENCE names.
inline std::string reference_path(const std::string& name) {
  const char* other = std::getenv("DNM_REWIRING_REFERENCE");
  return (other != nullptr ? std::string(other) : std::string(test::reference_folder()) + "/rewiring") + "/" + name;
}

inline OrderedJson reference(const std::string& name) {
  std::ifstream file(reference_path(name));
  if (!file) throw std::runtime_error("cannot open " + reference_path(name));
  return parse_json(std::string((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>()));
}

/// A list "# layers=n_in,n_out", "u<TAB>v".
inline Mask mask_file(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot open " + path);
  NodeIndex n_in = 0, n_out = 0;
  std::vector<Cell> cells;
  for (std::string line; std::getline(file, line);) {
    if (const auto at = line.find("layers="); at != std::string::npos) {
      n_in = static_cast<NodeIndex>(std::stoul(line.substr(at + 7)));
      n_out = static_cast<NodeIndex>(std::stoul(line.substr(line.find(',', at) + 1)));
    } else if (line[0] != '#') {
      std::istringstream words(line);
      NodeIndex u = 0, v = 0;
      words >> u >> v;
      cells.emplace_back(v - n_in, u);
    }
  }
  std::uint64_t doubles = 0;
  return mask_of_cells(n_in, n_out, cells, doubles);
}

inline std::vector<Cell> cells_of(const OrderedJson& list) { return list.get<std::vector<Cell>>(); }

inline Mask mask_of(NodeIndex n_in, NodeIndex n_out, const OrderedJson& links) {
  std::uint64_t doubles = 0;
  return mask_of_cells(n_in, n_out, cells_of(links), doubles);
}

inline std::set<Cell> links_of(const Mask& mask) {
  std::set<Cell> links;
  for (NodeIndex output = 0; output < mask.n_out; ++output) {
    for (const NodeIndex input : mask.row(output)) links.emplace(output, input);
  }
  return links;
}

inline std::set<Cell> set_of(const OrderedJson& list) {
  const auto cells = cells_of(list);
  return {cells.begin(), cells.end()};
}

inline bool is_close(double found, double expected, double tolerance) {
  return std::abs(found - expected) <= tolerance * std::max(1.0, std::abs(expected));
}

}  // namespace dnm::rewiring_reference
