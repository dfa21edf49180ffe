// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/runs/checkpoint.h"

#include "tests/fuzz/reader.h"

namespace dnm::fuzz {
namespace {

const Reader reader("checkpoint", [](std::string_view bytes) {
  const InputFile input(bytes, "checkpoint.pt");
  const Checkpoint checkpoint = load_checkpoint(input.path());
  promise(checkpoint.engines.size() == checkpoint.layers.size(), "a layer has no engine");
});

}  // namespace
}  // namespace dnm::fuzz
