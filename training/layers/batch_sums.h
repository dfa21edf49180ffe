// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace dnm {

/// What a model found on some examples, summed over them.
struct BatchSums {
  double loss = 0.0;          ///< nats
  std::uint64_t correct = 0;  ///< answers that were right
  std::uint64_t examples = 0;
  BatchSums& operator+=(const BatchSums& other) {
    loss += other.loss;
    correct += other.correct;
    examples += other.examples;
    return *this;
  }
};

}  // namespace dnm
