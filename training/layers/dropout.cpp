// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/layers/dropout.h"

#include "core/network/random.h"
#include "training/support/random_streams.h"

namespace dnm {

void drop(const Dropout& dropout, std::size_t layer, std::size_t first, Tiles<float> outputs) {
  const float scale = dropout.scale();
  const auto threshold = static_cast<std::uint32_t>(static_cast<double>(dropout.probability) * 4294967296.0);
  for (std::size_t t = 0; t < outputs.count(); ++t) {
    // Seeds end below 2^53, so the layer has its own bits; the number of the image may wrap around in very long runs.
    const std::uint64_t image = (dropout.images_before + first + t * tile_width) & 0xFFFFFFFFU;
    Random random(dropout.seed | (static_cast<std::uint64_t>(layer) << 53),
                  training_stream(TrainingStream::dropout, image));
    float* values = outputs.tile(t);
    const std::size_t count = std::size_t{outputs.neurons} * outputs.width(t);
    for (std::size_t i = 0; i < count; ++i) values[i] *= random.next32() < threshold ? 0.0F : scale;
  }
}

}  // namespace dnm
