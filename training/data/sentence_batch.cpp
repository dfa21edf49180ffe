// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/data/sentence_batch.h"

#include <algorithm>

namespace dnm {

std::size_t SentenceBatch::examples() const {
  return target_output.size() - static_cast<std::size_t>(std::ranges::count(target_output, padding_piece));
}

}  // namespace dnm
