// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/link_prediction/link_score.h"

namespace dnm {

/// A pair of neurons of a layer without a link.
struct MissingLink {
  NodeIndex output = 0;
  NodeIndex input = 0;
  double score = 0.0;
  bool operator==(const MissingLink&) const = default;
};

/// The missing links of a layer with a positive score, the largest first, equal ones by output and input; the first
/// `most` of them if that is given. As score_missing_links(), and O(kept) memory. Throws ResourceError, Cancelled.
[[nodiscard]] std::vector<MissingLink> likeliest_links(const Mask& mask, LinkScore score,
                                                       std::optional<std::uint64_t> most, const TaskControl& control);

}  // namespace dnm
