// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/support/task_control.h"
#include "training/layers/engine.h"
#include "training/layers/layer_timing.h"
#include "training/layers/named_mask.h"

namespace dnm {

/// What each layer's part of a step on `batch` images costs with either engine, on this thread (its CPU time, so that
/// other work on the machine counts little). Of a very large layer or batch only a part is tried, and the figure scaled
/// up: some milliseconds, and at most 120 MB and 4 kB a neuron, whatever the sizes. `engine` is left at `automatic`.
/// Throws Cancelled.
[[nodiscard]] std::vector<LayerTiming> time_layers(std::span<const NamedMask> layers, std::size_t batch,
                                                   const TaskControl& control = {});

/// The same of a layer over `tokens` tokens in tiles of width `tile`, masked products by BLAS.
[[nodiscard]] LayerTiming time_token_layer(const NamedMask& layer, std::size_t tokens, unsigned tile,
                                           const TaskControl& control = {});

/// The engine of each layer: what is fastest for it; but one engine for all when that costs at most 5 % more in sum
/// (sparse before masked), so that small differences, which come out one way today and the other way tomorrow, do not
/// decide. Hence never more than 5 % behind the better of both engines as measured.
[[nodiscard]] std::vector<Engine> choose_engines(const std::vector<LayerTiming>& timings);

/// How many times longer all layers would take masked than with the engines chosen in `timings`.
[[nodiscard]] double masked_speed_up(const std::vector<LayerTiming>& timings);

}  // namespace dnm
