// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace dnm::fuzz {

/// Reads the bytes as a file of that name: the extension is the format's. A network that is read must come back the
/// same, with its names and its provenance, from .npz and from the format itself where it is written; read in the other
/// way, it may be refused.
void read_network_named(const std::string& name, std::string_view bytes);

/// The same of a file of tensors, whose matrices are listed first.
void read_tensors_named(const std::string& name, std::string_view bytes);

}  // namespace dnm::fuzz
