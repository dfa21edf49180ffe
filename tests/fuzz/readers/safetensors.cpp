// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/networks.h"
#include "tests/fuzz/reader.h"

namespace dnm::fuzz {
namespace {

const Reader reader("safetensors", [](std::string_view bytes) { read_tensors_named("input.safetensors", bytes); });

}  // namespace
}  // namespace dnm::fuzz
