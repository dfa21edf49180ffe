// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "core/network/network.h"

namespace dnm {

/// A network with what is known of where it came from (JSON text: program version, command line, parameters; may be
/// empty).
struct NetworkFile {
  NetworkPointer network;
  std::string provenance;
};

/// One network format. Add one: one file, one row in network_files.cpp.
struct NetworkFormat {
  std::string_view extension;  ///< ".npz"
  std::string_view label;      ///< "NumPy archive"
  NetworkFile (*read)(const std::filesystem::path&);
  void (*write)(const std::filesystem::path&, const NetworkFile&);
};
[[nodiscard]] std::span<const NetworkFormat> network_formats();

/// Reads a network by its extension. Throws FileError (missing, truncated, indices out of range, …) with the file's
/// name, ResourceError when it would not fit in memory.
[[nodiscard]] NetworkFile read_network(const std::filesystem::path& path);
/// Writes it whole or not at all (a temporary beside it, then a rename). The same network and provenance give the same
/// bytes on every machine. Throws FileError.
void write_network(const std::filesystem::path& path, const NetworkFile& file);

}  // namespace dnm
