// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace dnm {

/// How a matrix falls into equal parts that belong to the heads of an attention: by its outputs, as those of queries,
/// keys and values do, or by its inputs, as the one behind them does.
struct HeadBlocks {
  std::uint32_t count = 1;  ///< heads
  bool of_inputs = false;
  bool operator==(const HeadBlocks&) const = default;
};

}  // namespace dnm
