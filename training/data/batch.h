// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace dnm {

/// The examples of one step. What it holds is between a task, which fills it, and the models that take it.
class Batch {
 public:
  virtual ~Batch() = default;
  /// What loss and hits are summed over: images, or words to be guessed.
  [[nodiscard]] virtual std::size_t examples() const = 0;
};

}  // namespace dnm
