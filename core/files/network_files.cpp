// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/network_files.h"

#include <array>
#include <string>

#include "core/files/network_gexf.h"
#include "core/files/network_graphml.h"
#include "core/files/network_mtx.h"
#include "core/files/network_npy.h"
#include "core/files/network_npz.h"
#include "core/files/network_tsv.h"
#include "core/parameters/look_up.h"
#include "core/support/error.h"
#include "core/support/letter_case.h"

namespace dnm {
namespace {

constexpr std::array formats{
    NetworkFormat{".npz", "NumPy archive", false, read_npz, write_npz},
    NetworkFormat{".npy", "NumPy matrix", false, read_npy, nullptr},
    NetworkFormat{".tsv", "Edge list", false, read_tsv, write_tsv},
    NetworkFormat{".graphml", "GraphML", true, read_graphml, write_graphml},
    NetworkFormat{".gexf", "GEXF", true, read_gexf, write_gexf},
    NetworkFormat{".mtx", "Matrix Market", false, read_mtx, write_mtx},
};

bool readable(const NetworkFormat&) { return true; }
bool writable(const NetworkFormat& format) { return format.write != nullptr; }

std::string extensions_of(bool (*fits)(const NetworkFormat&)) {
  std::string known;
  for (const NetworkFormat& format : formats) {
    if (fits(format)) known.append(known.empty() ? "" : ", ").append(format.extension);
  }
  return known;
}

const NetworkFormat& format_of(const std::filesystem::path& path, const char* purpose,
                               bool (*fits)(const NetworkFormat&)) {
  if (const NetworkFormat* const format = network_format_of(path); format != nullptr && fits(*format)) return *format;
  throw FileError("cannot " + std::string(purpose) + " " + path.string() +
                  " as a network: its name must end in one of " + extensions_of(fits));
}

}  // namespace

std::span<const NetworkFormat> network_formats() { return formats; }

const NetworkFormat* network_format_of(const std::filesystem::path& path) {
  return find_row(formats, lower_case(path.extension().string()));
}

std::string network_extensions() { return extensions_of(readable); }

std::string written_network_extensions() { return extensions_of(writable); }

NetworkFile read_network(const std::filesystem::path& path, const TaskControl& control) {
  return read_network(path, ReadOptions{}, control);
}

NetworkFile read_network(const std::filesystem::path& path, const ReadOptions& options, const TaskControl& control) {
  return format_of(path, "read", readable).read(path, options, control);
}

void write_network(const std::filesystem::path& path, const NetworkFile& file) {
  const NodeAttributes& attributes = file.attributes;
  for (const std::size_t length : {attributes.community.size(), attributes.radius.size(), attributes.theta.size()}) {
    if (length != 0 && length != file.network->node_count()) {
      throw InvalidInput("a network of " + std::to_string(file.network->node_count()) + " nodes cannot take " +
                         std::to_string(length) + " values of an attribute; give one per node");
    }
  }
  format_of(path, "write", writable).write(path, file);
}

}  // namespace dnm
