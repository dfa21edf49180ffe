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

/// Computed properties of each neuron, for formats that store them. Every list has one entry per node or none.
struct NodeAttributes {
  std::vector<std::int32_t> community{};
  std::vector<double> radius{};  ///< hyperbolic radius, finite
  std::vector<double> theta{};   ///< angle in radians, finite
};

/// A network and its provenance (JSON text: program version, command line, parameters; may be empty).
struct NetworkFile {
  NetworkPointer network;
  std::string provenance;
  NodeAttributes attributes{};         ///< written only; empty after reading
  std::vector<std::string> notices{};  ///< after reading: one sentence for each kind of content that was omitted
};

/// What a matrix that could be either is read as. `automatic` follows what the file says of itself, else a rule that
/// the format's reader states, with a notice where another reading is possible.
enum class ReadAs : std::uint8_t { automatic, graph, layers };

/// How to read a file that can mean several networks. Part of what is shown: sessions keep it.
struct ReadOptions {
  ReadAs as = ReadAs::automatic;
  /// The matrices to take from a file of many tensors, in the order of the layers; empty: all that fit together.
  std::vector<std::string> tensors{};
  bool operator==(const ReadOptions&) const = default;
};

/// One network format. Add one: one file, one row in network_files.cpp.
struct NetworkFormat {
  std::string_view extension;  ///< ".npz"
  std::string_view label;      ///< "NumPy archive"
  bool keeps_attributes;       ///< stores NodeAttributes
  NetworkFile (*read)(const std::filesystem::path&, const ReadOptions&, const TaskControl&);
  void (*write)(const std::filesystem::path&, const NetworkFile&);  ///< null: only read
};
/// What a format is looked up by.
[[nodiscard]] inline std::string_view row_id(const NetworkFormat& format) { return format.extension; }
[[nodiscard]] std::span<const NetworkFormat> network_formats();
/// The format that a file's extension names; null for none.
[[nodiscard]] const NetworkFormat* network_format_of(const std::filesystem::path& path);
/// ".npz, .tsv, …", for help texts and messages: those that can be read, and those that can be written.
[[nodiscard]] std::string network_extensions();
[[nodiscard]] std::string written_network_extensions();

/// Reads a network by its extension. Throws FileError (missing, truncated, indices out of range, …) with the file's
/// name, ResourceError when it would not fit in memory, Cancelled.
[[nodiscard]] NetworkFile read_network(const std::filesystem::path& path, const TaskControl& control = {});
[[nodiscard]] NetworkFile read_network(const std::filesystem::path& path, const ReadOptions& options,
                                       const TaskControl& control = {});
/// Writes the file completely or not at all (a temporary file next to it, then a rename). The same network and
/// provenance give the same bytes on every machine. Throws FileError, InvalidInput for attributes that do not fit the
/// nodes.
void write_network(const std::filesystem::path& path, const NetworkFile& file);

}  // namespace dnm
