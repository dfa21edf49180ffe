// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/measures/structural_consistency.h"
#include "tests/core/reference_values.h"

/// Removal sets with known hits, from tests/reference/NAME_sigma_c.json.
namespace dnm::test {

struct KnownDraw {
  std::vector<NodePair> removed;
  std::uint64_t hits = 0;
  std::uint64_t tolerance = 0;  ///< 1 where the ranking has a tie at its end
};

inline std::vector<KnownDraw> known_draws(const std::string& name) {
  const auto values = reference::values(name + "_sigma_c.json");
  const auto links = reference::edge_list(name).links;
  std::vector<KnownDraw> draws;
  for (const auto& set : values["deterministic_sets"]) {
    KnownDraw draw;
    if (set.contains("removed")) {
      for (const auto& pair : set["removed"]) draw.removed.emplace_back(pair[0], pair[1]);
    } else {
      for (const std::size_t row : set["removed_edge_rows_in_tsv"]) draw.removed.push_back(links.at(row));
    }
    draw.hits = set["hits"];
    draw.tolerance = set["boundary_gap"].get<double>() > 1e-8 ? 0 : 1;
    draws.push_back(std::move(draw));
  }
  return draws;
}

inline bool agrees(const KnownDraw& expected, const ConsistencyDraw& draw) {
  const std::uint64_t difference = draw.hits > expected.hits ? draw.hits - expected.hits : expected.hits - draw.hits;
  return draw.removed == expected.removed.size() && difference <= expected.tolerance;
}

}  // namespace dnm::test
