// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/support/devices.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>

namespace dnm {

bool has_cuda() { return at::globalContext().hasCUDA(); }

void prepare_training_thread() {
  at::set_num_threads(1);
  at::globalContext().setFlushDenormal(true);
}

}  // namespace dnm
