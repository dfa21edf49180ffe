// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/networks.h"
#include "tests/fuzz/reader.h"

namespace dnm::fuzz {
namespace {

const Reader reader("npz", [](std::string_view bytes) { read_network_named("input.npz", bytes); });

}  // namespace
}  // namespace dnm::fuzz
