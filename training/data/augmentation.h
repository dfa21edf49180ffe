// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

#include "core/network/random.h"
#include "training/data/data_set_table.h"

namespace dnm {

/// How a training image is changed (He et al., CVPR 2016, section 4.2, doi:10.1109/CVPR.2016.90): a window as large as
/// the image is shifted over it, with black beyond the border; then left and right may be exchanged.
struct Augmentation {
  int down = 0;  ///< pixels by which the window moves, each way at most crop_padding
  int right = 0;
  bool mirrored = false;
  bool operator==(const Augmentation&) const = default;
};

/// One for each place in the order of an epoch of `images` images, all equally likely; empty for a data set whose
/// images are left as they are. A resumed epoch draws the same again. O(images).
[[nodiscard]] std::vector<Augmentation> draw_augmentations(const DataSetInfo& info, std::size_t images, Random random);

}  // namespace dnm
