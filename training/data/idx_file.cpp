// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/data/idx_file.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <span>
#include <string>

#include "core/files/byte_source.h"
#include "core/support/error.h"
#include "core/support/memory.h"

namespace dnm {
namespace {

[[noreturn]] void throw_short(const std::filesystem::path& path, const std::string& what) {
  throw FileError(path.string() + " is cut short (" + what + "); fetch it again");
}

std::size_t read_bytes(ByteSource& source, std::span<std::uint8_t> target) {
  return source.read(reinterpret_cast<char*>(target.data()), target.size());
}

IdxHeader read_header(ByteSource& source, const std::filesystem::path& path, unsigned dimensions) {
  std::array<std::uint8_t, 4> word{};
  if (read_bytes(source, word) != word.size()) throw_short(path, "it has no header");
  if (word[0] != 0 || word[1] != 0 || word[2] != 0x08 || word[3] != dimensions) {
    std::array<char, 12> magic{};
    std::snprintf(magic.data(), magic.size(), "0x%02x%02x%02x%02x", word[0], word[1], word[2], word[3]);
    throw FileError(path.string() + " is not an IDX file of " + (dimensions == 1 ? "labels" : "images") +
                    " (it starts with " + magic.data() + ", not 0x0000080" + std::to_string(dimensions) +
                    "); give the folder with the data set's published files");
  }
  IdxHeader header;
  for (unsigned d = 0; d < dimensions; ++d) {
    if (read_bytes(source, word) != word.size()) throw_short(path, "it has half a header");
    header.sizes.push_back((std::uint32_t{word[0]} << 24) | (std::uint32_t{word[1]} << 16) |
                           (std::uint32_t{word[2]} << 8) | word[3]);
  }
  return header;
}

}  // namespace

IdxHeader read_idx_header(const std::filesystem::path& path, unsigned dimensions) {
  ByteSource source(path);
  return read_header(source, path, dimensions);
}

std::vector<std::uint8_t> read_idx_values(const std::filesystem::path& path, unsigned dimensions,
                                          const TaskControl& control) {
  ByteSource source(path);
  const IdxHeader header = read_header(source, path, dimensions);
  // Three sizes of 32 bits can overflow 64: stop counting where no file could follow.
  std::uint64_t promised = 1;
  for (const std::uint32_t size : header.sizes) {
    promised *= size;
    if (promised > (std::uint64_t{1} << 40)) {
      throw FileError(path.string() + " has a damaged header (it promises more than a terabyte); fetch it again");
    }
  }
  constexpr std::uint64_t chunk = std::uint64_t{1} << 20;
  std::vector<std::uint8_t> values;
  // One value more than promised is requested: the checksum of compressed data is compared where they end.
  while (true) {
    control.check();
    const std::size_t before = values.size();
    const std::size_t want = std::min<std::uint64_t>(chunk, promised + 1 - before);
    // How much packed data unpack to shows only at their end.
    if (before > 0 && before + want > values.capacity()) require_memory(2 * (before + want), path.string());
    values.resize(before + want);
    const std::size_t got = read_bytes(source, std::span(values).subspan(before));
    values.resize(before + got);
    if (values.size() > promised) {
      throw FileError(path.string() + " holds more values than its header promises; fetch it again");
    }
    if (got < want) break;
  }
  if (values.size() < promised) {
    throw_short(
        path, "its header promises " + std::to_string(promised) + " values, it holds " + std::to_string(values.size()));
  }
  values.shrink_to_fit();
  return values;
}

}  // namespace dnm
