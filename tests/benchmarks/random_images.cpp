// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/random_images.h"

#include <cstdint>
#include <vector>

#include "core/network/random.h"

dnm::ImageBatch random_batch(std::size_t size) {
  dnm::Random random(1);
  dnm::ImageBatch batch(pixels, size);
  batch.resize(size);
  std::vector<float> values(pixels);
  for (std::size_t image = 0; image < size; ++image) {
    for (float& value : values) value = static_cast<float>(random.normal());
    batch.set_image(image, values, static_cast<std::uint32_t>(random.below(classes)));
  }
  return batch;
}
