// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/network_tensors.h"
#include "tests/fuzz/reader.h"

namespace dnm::fuzz {
namespace {

// The layers of a checkpoint with their weights, as they are exported.
const Reader reader("trained_layers", [](std::string_view bytes) {
  const InputFile input(bytes, "checkpoint.pt");
  for (const TrainedLayer& layer : read_trained_layers(input.path())) {
    promise(layer.weights.size() == layer.mask.link_count(), "a layer has not one weight per link");
    promise(layer.biases.size() == layer.mask.n_out, "a layer has not one bias per neuron");
  }
});

}  // namespace
}  // namespace dnm::fuzz
