// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/layers/engine.h"

#include <algorithm>
#include <cstddef>

#include "core/parameters/look_up.h"

namespace dnm {
namespace {

constexpr Choice engines[] = {
    {"auto", "Automatic",
     "Each layer with the engine that measures faster at the start of the run; the choice is reported and kept."},
    {"sparse", "Sparse", "Kernels whose cost follows the number of links (CPU)."},
    {"masked", "Masked",
     "Dense LibTorch products with masked weights: the usual simulation of sparsity; also on a GPU."},
};

constexpr Choice devices[] = {
    {"auto", "Automatic", "A CUDA device for the masked engine where there is one, else the CPU."},
    {"cpu", "CPU", "The processor."},
    {"cuda", "CUDA", "The first CUDA device (masked engine)."},
};

}  // namespace

std::span<const Choice> engine_choices() { return engines; }
std::span<const Choice> device_choices() { return devices; }

std::string_view engine_id(Engine engine) { return engines[static_cast<std::size_t>(engine)].id; }
std::string_view device_id(Device device) { return devices[static_cast<std::size_t>(device)].id; }

Engine parse_engine(std::string_view id) { return static_cast<Engine>(&look_up(engines, id, "engine") - engines); }
Device parse_device(std::string_view id) { return static_cast<Device>(&look_up(devices, id, "device") - devices); }

std::string_view engine_summary(std::span<const Engine> layers) {
  const bool all_equal = std::all_of(layers.begin(), layers.end(), [&](Engine engine) { return engine == layers[0]; });
  return all_equal ? engine_id(layers[0]) : "mixed";
}

}  // namespace dnm
