// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/text/sword_module.h"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include <zlib.h>

#include "core/files/byte_source.h"
#include "core/files/file_text.h"
#include "core/files/utf8.h"
#include "core/support/memory.h"

namespace dnm {
namespace {

namespace fs = std::filesystem;

std::string bytes_of(const fs::path& path) {
  ByteSource source(path);
  if (source.is_compressed()) fail_reading(path, "it is packed; unpack it");
  require_memory(2 * source.file_size(), path.string());
  std::string bytes(source.file_size(), '\0');
  bytes.resize(source.read(bytes.data(), bytes.size()));
  return bytes;
}

/// Numbers of fixed width, the lowest byte first.
std::uint32_t number_at(std::string_view bytes, std::size_t at, std::size_t width) {
  std::uint32_t number = 0;
  for (std::size_t i = width; i-- > 0;) number = (number << 8) | static_cast<unsigned char>(bytes[at + i]);
  return number;
}

constexpr std::size_t block_row = 12;  ///< of .bzs: where a block begins, its packed and its unpacked size
constexpr std::size_t entry_row = 10;  ///< of .bzv: an entry's block, where it begins there, and its size

/// One testament: its files are called "ot" and "nt".
class Testament {
 public:
  Testament(const fs::path& folder, const char* name)
      : base_(folder / name),
        blocks_(bytes_of(path(".bzs"))),
        entries_(bytes_of(path(".bzv"))),
        packed_(bytes_of(path(".bzz"))) {
    if (blocks_.size() % block_row != 0) fail_reading(path(".bzs"), damaged);
    if (entries_.size() % entry_row != 0) fail_reading(path(".bzv"), damaged);
  }

  void append_to(std::vector<std::string>& entries, const TaskControl& control) {
    for (std::size_t row = 0; row < entries_.size(); row += entry_row) {
      const std::size_t size = number_at(entries_, row + 8, 2);
      std::string& entry = entries.emplace_back();
      if (size == 0) continue;
      const std::uint32_t block = number_at(entries_, row, 4);
      if (!held_ || *held_ != block) {
        control.check();
        unpack(block);
      }
      const std::size_t begin = number_at(entries_, row + 4, 4);
      if (begin > unpacked_.size() || size > unpacked_.size() - begin) fail_reading(path(".bzv"), damaged);
      entry = unpacked_.substr(begin, size);
      if (!is_utf8(entry)) fail_reading(path(".bzz"), "a verse is not UTF-8; take a module in that encoding");
    }
  }

 private:
  static constexpr const char* damaged = "it is damaged; fetch or install its package again";

  [[nodiscard]] fs::path path(const char* extension) const { return base_.string() + extension; }

  void unpack(std::uint32_t block) {
    if (block >= blocks_.size() / block_row) fail_reading(path(".bzv"), damaged);
    const std::size_t row = block * block_row;
    const std::size_t begin = number_at(blocks_, row, 4);
    const std::size_t size = number_at(blocks_, row + 4, 4);
    uLongf unpacked_size = number_at(blocks_, row + 8, 4);
    if (begin > packed_.size() || size > packed_.size() - begin) fail_reading(path(".bzs"), damaged);
    // zlib packs no text a thousand times.
    constexpr std::uint64_t most_packed = 1100;
    if (unpacked_size > most_packed * size) fail_reading(path(".bzs"), damaged);
    if (unpacked_size > memory_check_threshold) require_memory(unpacked_size, path(".bzz").string());
    unpacked_.assign(unpacked_size, '\0');
    const int result = uncompress(std::bit_cast<Bytef*>(unpacked_.data()), &unpacked_size,
                                  std::bit_cast<const Bytef*>(packed_.data() + begin), size);
    if (result != Z_OK) fail_reading(path(".bzz"), damaged);
    unpacked_.resize(unpacked_size);
    held_ = block;
  }

  fs::path base_;
  std::string blocks_;
  std::string entries_;
  std::string packed_;
  std::string unpacked_;
  std::optional<std::uint32_t> held_;
};

}  // namespace

std::vector<std::string> read_sword_text(const fs::path& folder, const TaskControl& control) {
  std::vector<std::string> entries;
  Testament(folder, "ot").append_to(entries, control);
  Testament(folder, "nt").append_to(entries, control);
  return entries;
}

}  // namespace dnm
