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

/// "graph", "layers" or nothing: on the command line and in sessions.
[[nodiscard]] std::string_view read_as_id(ReadAs as);
/// The inverse. Throws InvalidInput with "did you mean".
[[nodiscard]] ReadAs read_as_named(std::string_view id);

/// How to read a file that can mean several networks. Part of what is shown: sessions keep it.
struct ReadOptions {
  ReadAs as = ReadAs::automatic;
  /// The matrices to take from a file of many tensors, in the order of the layers; empty: all that fit together.
  std::vector<std::string> tensors{};
  /// The extension of the format, with or without its point; empty: that of the file's name, or what its first bytes
  /// say where the name has none.
  std::string format{};
  bool operator==(const ReadOptions&) const = default;
};

/// The end of a notice: how the file is read in the other way, on the command line and in the window.
[[nodiscard]] std::string other_reading(ReadAs as);

/// One network format. Add one: one file, one row in network_files.cpp.
struct NetworkFormat {
  std::string_view extension;  ///< ".npz"
  std::string_view label;      ///< "NumPy archive"
  bool keeps_attributes;       ///< stores NodeAttributes
  NetworkFile (*read)(const std::filesystem::path&, const ReadOptions&, const TaskControl&);
  void (*write)(const std::filesystem::path&, const NetworkFile&);  ///< null: only read
  std::string_view also = {};  ///< further extensions of such files, separated by spaces: ".txt .edges"
  /// Whether a file that begins so is of this format; null: the first bytes do not tell.
  bool (*recognises)(std::string_view start) = nullptr;
  bool is_text = true;  ///< may come compressed as a whole (.gz), and can be written to a pipe
  /// Keeps links alone: not the layers, the provenance, nodes without links or names besides the ids, nor can it be
  /// told whether a file is complete.
  bool links_only = false;
};
/// What a format is looked up by.
[[nodiscard]] inline std::string_view row_id(const NetworkFormat& format) { return format.extension; }
[[nodiscard]] std::span<const NetworkFormat> network_formats();
/// The format that a file's extension names, before or without ".gz"; null for none.
[[nodiscard]] const NetworkFormat* network_format_of(const std::filesystem::path& path);
/// The format of an extension with or without its point. Throws InvalidInput with "did you mean".
[[nodiscard]] const NetworkFormat& network_format_named(std::string_view extension);
/// ".npz, .tsv, …", for help texts and messages: those that can be read, and those that can be written.
[[nodiscard]] std::string network_extensions();
[[nodiscard]] std::string written_network_extensions();
/// "*.npz *.tsv *.tsv.gz *.txt …", for file dialogs: every name that is read.
[[nodiscard]] std::string network_file_patterns();

/// Reads a network. The path may be that of a pipe, or "-" for standard input, which are read to their end; text may be
/// compressed with gzip. The format is that of the options, else of the file's extension; where there is none, it is
/// recognised by the file's first bytes. Throws FileError (missing, truncated, indices out of range, …) with the file's
/// name, InvalidInput for an unknown format, ResourceError when it would not fit in memory, Cancelled.
[[nodiscard]] NetworkFile read_network(const std::filesystem::path& path, const TaskControl& control = {});
[[nodiscard]] NetworkFile read_network(const std::filesystem::path& path, const ReadOptions& options,
                                       const TaskControl& control = {});
/// Writes the file completely or not at all (a temporary file next to it, then a rename); to "-", standard output, text
/// goes as it comes. The same network and provenance give the same bytes on every machine. The format is that of the
/// path's extension, or `format` if that is not empty. Returns a sentence for each kind of content that the format does
/// not keep. Throws FileError, InvalidInput for attributes that do not fit the nodes and for an unknown format.
std::vector<std::string> write_network(const std::filesystem::path& path, const NetworkFile& file,
                                       std::string_view format = {});

}  // namespace dnm
