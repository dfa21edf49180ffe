// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/network/network.h"
#include "core/support/task_control.h"

namespace dnm {

/// What was found out about each neuron, for formats that keep it. Every list has one entry per node or none.
struct NodeAttributes {
  std::vector<std::int32_t> community{};
  std::vector<double> radius{};  ///< hyperbolic radius, finite
  std::vector<double> theta{};   ///< angle in radians, finite
};

/// A network with what is known of where it came from (JSON text: program version, command line, parameters; may be
/// empty).
struct NetworkFile {
  NetworkPointer network;
  std::string provenance;
  NodeAttributes attributes{};         ///< for writing; reading leaves it empty
  std::vector<std::string> notices{};  ///< of reading: one sentence for each thing in the file that was left out
};

/// One network format. Add one: one file, one row in network_files.cpp.
struct NetworkFormat {
  std::string_view extension;  ///< ".npz"
  std::string_view label;      ///< "NumPy archive"
  bool keeps_attributes;       ///< writes NodeAttributes
  NetworkFile (*read)(const std::filesystem::path&, const TaskControl&);
  void (*write)(const std::filesystem::path&, const NetworkFile&);
};
[[nodiscard]] std::span<const NetworkFormat> network_formats();
/// The format a file's name stands for; null for none.
[[nodiscard]] const NetworkFormat* network_format_of(const std::filesystem::path& path);
/// ".npz, .tsv, …", for help texts and messages.
[[nodiscard]] std::string network_extensions();

/// Reads a network by its extension. Throws FileError (missing, truncated, indices out of range, …) with the file's
/// name, ResourceError when it would not fit in memory, Cancelled.
[[nodiscard]] NetworkFile read_network(const std::filesystem::path& path, const TaskControl& control = {});
/// Writes it whole or not at all (a temporary beside it, then a rename). The same network and provenance give the same
/// bytes on every machine. Throws FileError, InvalidInput for attributes that do not fit the nodes.
void write_network(const std::filesystem::path& path, const NetworkFile& file);

}  // namespace dnm
