// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace dnm {

/// Where one sentence lies among the tokens of a batch, which stand one sentence after the other without padding.
struct SentenceSpan {
  std::size_t first = 0;
  std::size_t length = 0;
};

/// One side of a batch as the model takes it.
struct Sentences {
  std::vector<SentenceSpan> spans;
  std::vector<std::uint32_t> pieces;     ///< of each token
  std::vector<std::uint32_t> positions;  ///< of each token in its sentence, from 0

  [[nodiscard]] std::size_t longest() const {
    std::size_t most = 0;
    for (const SentenceSpan& span : spans) most = std::max(most, span.length);
    return most;
  }
  void clear() {
    spans.clear();
    pieces.clear();
    positions.clear();
  }
  /// Appends `length` pieces as a sentence.
  void add(const std::uint32_t* from, std::size_t length) {
    spans.push_back({pieces.size(), length});
    for (std::size_t i = 0; i < length; ++i) {
      pieces.push_back(from[i]);
      positions.push_back(static_cast<std::uint32_t>(i));
    }
  }
};

}  // namespace dnm
