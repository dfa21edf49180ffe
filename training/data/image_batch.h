// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/network/network.h"
#include "training/data/batch.h"
#include "training/kernels/aligned_vector.h"
#include "training/kernels/sparse_kernels.h"

namespace dnm {

/// The normalised images and labels of one step, cut into tiles as the kernels take them: all tiles are inputs × 32
/// floats, the pixels of one place side by side, but for a last one of at most 16 images, which is inputs × 16.
/// Places without an image hold zero. Memory is kept between uses.
class ImageBatch final : public Batch {
 public:
  /// Room for up to `capacity` images (at least 1).
  ImageBatch(NodeIndex inputs, std::size_t capacity);

  /// Makes it `size` images large (1 … capacity), labels and pixels to be filled in; empty places are zeroed.
  void resize(std::size_t size);

  [[nodiscard]] NodeIndex inputs() const { return inputs_; }
  [[nodiscard]] std::size_t size() const { return labels_.size(); }
  [[nodiscard]] std::size_t examples() const override { return size(); }
  [[nodiscard]] std::span<std::uint32_t> labels() { return labels_; }
  [[nodiscard]] std::span<const std::uint32_t> labels() const { return labels_; }

  [[nodiscard]] std::size_t tile_count() const { return (size() + tile_width - 1) / tile_width; }
  /// Images in tile `tile`: 32, fewer in the last.
  [[nodiscard]] std::size_t tile_size(std::size_t tile) const;
  /// Floats from one input to the next: 32 or 16.
  [[nodiscard]] unsigned width_of_tile(std::size_t tile) const {
    return tile_size(tile) > half_tile_width ? tile_width : half_tile_width;
  }
  [[nodiscard]] float* tile(std::size_t tile) { return pixels_.data() + tile * inputs_ * tile_width; }
  [[nodiscard]] const float* tile(std::size_t tile) const { return pixels_.data() + tile * inputs_ * tile_width; }

  /// Sets one image (`inputs` floats).
  void set_image(std::size_t image, std::span<const float> pixels, std::uint32_t label);

 private:
  NodeIndex inputs_;
  AlignedVector<float> pixels_;
  std::vector<std::uint32_t> labels_;
};

/// The batch as images with labels. Throws std::bad_cast for one of another kind, which no plan pairs with a model that
/// takes images.
[[nodiscard]] inline const ImageBatch& images_in(const Batch& batch) { return dynamic_cast<const ImageBatch&>(batch); }

}  // namespace dnm
