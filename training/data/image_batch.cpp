// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/data/image_batch.h"

#include <algorithm>

namespace dnm {

ImageBatch::ImageBatch(NodeIndex inputs, std::size_t capacity) : inputs_(inputs) {
  const std::size_t tiles = (capacity + tile_width - 1) / tile_width;
  pixels_.resize(tiles * tile_width * inputs_);
  labels_.reserve(capacity);
}

void ImageBatch::resize(std::size_t size) {
  labels_.resize(size);
  const std::size_t last = tile_count() - 1;
  const unsigned width = width_of_tile(last);
  const std::size_t used = tile_size(last);
  if (used == width) return;
  for (float* row = tile(last); row != tile(last) + std::size_t{inputs_} * width; row += width) {
    std::fill(row + used, row + width, 0.0F);
  }
}

std::size_t ImageBatch::tile_size(std::size_t tile) const {
  return std::min<std::size_t>(tile_width, size() - tile * tile_width);
}

void ImageBatch::set_image(std::size_t image, std::span<const float> pixels, std::uint32_t label) {
  const std::size_t which = image / tile_width;
  float* place = tile(which) + image % tile_width;
  for (const float pixel : pixels) {
    *place = pixel;
    place += width_of_tile(which);
  }
  labels_[image] = label;
}

}  // namespace dnm
