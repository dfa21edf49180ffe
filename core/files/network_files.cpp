// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/network_files.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "core/files/network_npz.h"
#include "core/files/network_tsv.h"
#include "core/support/error.h"

namespace dnm {
namespace {

constexpr std::array formats{
    NetworkFormat{".npz", "NumPy archive", read_npz, write_npz},
    NetworkFormat{".tsv", "Edge list", read_tsv, write_tsv},
};

const NetworkFormat& format_of(const std::filesystem::path& path, const char* purpose) {
  std::string extension = path.extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  const auto found = std::find_if(formats.begin(), formats.end(),
                                  [&](const NetworkFormat& format) { return format.extension == extension; });
  if (found != formats.end()) return *found;
  std::string known;
  for (const NetworkFormat& format : formats) known.append(known.empty() ? "" : ", ").append(format.extension);
  throw FileError("cannot " + std::string(purpose) + " " + path.string() +
                  " as a network: its name must end in one of " + known);
}

}  // namespace

std::span<const NetworkFormat> network_formats() { return formats; }

NetworkFile read_network(const std::filesystem::path& path) { return format_of(path, "read").read(path); }

void write_network(const std::filesystem::path& path, const NetworkFile& file) {
  format_of(path, "write").write(path, file);
}

}  // namespace dnm
