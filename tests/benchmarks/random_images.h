// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

#include "training/models/mlp.h"

/// The layers of the benchmarks lie between so many pixels and so many classes.
inline constexpr dnm::NodeIndex pixels = 784, classes = 10;

/// So many images of normal pixels, the same in every call.
[[nodiscard]] dnm::ImageBatch random_batch(std::size_t size);
