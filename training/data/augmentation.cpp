// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/data/augmentation.h"

namespace dnm {

std::vector<Augmentation> draw_augmentations(const DataSetInfo& info, std::size_t images, Random random) {
  std::vector<Augmentation> drawn;
  if (!info.is_augmented()) return drawn;
  drawn.reserve(images);
  const auto padding = static_cast<int>(info.crop_padding);
  const auto shift = [&] { return static_cast<int>(random.below(2 * info.crop_padding + 1)) - padding; };
  for (std::size_t i = 0; i < images; ++i) {
    const int down = shift();
    const int right = shift();
    drawn.push_back({down, right, info.mirrored && random.below(2) == 1});
  }
  return drawn;
}

}  // namespace dnm
