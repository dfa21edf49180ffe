// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "core/parameters/parameter.h"

namespace dnm {

/// How a layer is computed; the learning is the same. `automatic` leaves the choice to the run, which measures.
enum class Engine : std::uint8_t { automatic, sparse, masked };
/// Where a run computes.
enum class Device : std::uint8_t { automatic, cpu, cuda };

/// In the order of the enumerators: the values of the settings "engine" and "device".
[[nodiscard]] std::span<const Choice> engine_choices();
[[nodiscard]] std::span<const Choice> device_choices();

/// The word for it in files and on the command line: "auto", "sparse", "masked".
[[nodiscard]] std::string_view engine_id(Engine engine);
/// "auto", "cpu", "cuda".
[[nodiscard]] std::string_view device_id(Device device);
/// Throw InvalidInput for an unknown word.
[[nodiscard]] Engine parse_engine(std::string_view id);
[[nodiscard]] Device parse_device(std::string_view id);

/// The word for a whole model: that of its layers, or "mixed" when they differ. At least one layer.
[[nodiscard]] std::string_view engine_summary(std::span<const Engine> layers);

}  // namespace dnm
