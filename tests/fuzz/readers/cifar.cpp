// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/reader.h"
#include "training/data/data_set_format.h"

namespace dnm::fuzz {
namespace {

// A batch of the binary version.
const Reader reader("cifar", [](std::string_view bytes) {
  const InputFile input(bytes, "data_batch_1.bin");
  const ImageSet set = load_cifar_set(data_set_info("cifar-10"), {input.path()}, {});
  promise(set.pixels.size() == set.size() * set.inputs, "an image has another number of pixels");
});

}  // namespace
}  // namespace dnm::fuzz
