// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace dnm {

/// Whether LibTorch was built with CUDA and finds a device.
[[nodiscard]] bool has_cuda();
/// What LibTorch's own products and element-wise operations use on this thread: one thread, no denormal numbers (they
/// cost hundreds of cycles each on some processors, and late in a training gradients are full of them).
void prepare_training_thread();

}  // namespace dnm
