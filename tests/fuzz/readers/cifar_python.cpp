// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/reader.h"
#include "training/data/pickled_batch.h"

namespace dnm::fuzz {
namespace {

// Images of few inputs, so that a whole batch is short.
const Reader reader("cifar_python", [](std::string_view bytes) {
  constexpr NodeIndex inputs = 12;
  const InputFile input(bytes, "data_batch_1");
  const PickledBatch batch = read_pickled_batch(input.path(), inputs);
  promise(batch.pixels.size() == batch.labels.size() * inputs, "an image has another number of pixels");
});

}  // namespace
}  // namespace dnm::fuzz
