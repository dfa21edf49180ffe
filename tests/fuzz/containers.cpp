// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/containers.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <memory>
#include <type_traits>
#include <utility>

#include <zip.h>
#include <zlib.h>

namespace dnm::fuzz {
namespace {

using Parts = std::vector<Part>;

constexpr std::size_t most_unpacked = std::size_t{1} << 20;

std::uint32_t checksum(std::string_view bytes) {
  const auto* const data = reinterpret_cast<const Bytef*>(bytes.data());
  return static_cast<std::uint32_t>(crc32_z(crc32_z(0, nullptr, 0), data, bytes.size()));
}

std::uint64_t little_endian(std::string_view bytes) {
  std::uint64_t number = 0;
  for (std::size_t i = bytes.size(); i-- > 0;) number = number << 8 | static_cast<unsigned char>(bytes[i]);
  return number;
}

std::string little_endian(std::uint64_t number, std::size_t size) {
  std::string bytes;
  for (std::size_t i = 0; i < size; ++i, number >>= 8) bytes += static_cast<char>(number & 0xFFU);
  return bytes;
}

std::string big_endian(std::uint32_t number) {
  std::string bytes = little_endian(number, 4);
  std::ranges::reverse(bytes);
  return bytes;
}

// Compression.

/// zlib's number for a gzip file, and for its own format.
constexpr int gzip_window = 15 + 16;
constexpr int zlib_window = 15;

std::optional<std::string> inflated(std::string_view bytes, int window) {
  z_stream stream{};
  if (inflateInit2(&stream, window) != Z_OK) return std::nullopt;
  std::string text;
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  int state = Z_OK;
  std::array<char, std::size_t{1} << 14> block{};
  while (state == Z_OK && text.size() < most_unpacked) {
    stream.next_out = reinterpret_cast<Bytef*>(block.data());
    stream.avail_out = static_cast<uInt>(block.size());
    state = inflate(&stream, Z_NO_FLUSH);
    text.append(block.data(), block.size() - stream.avail_out);
  }
  inflateEnd(&stream);
  return state == Z_STREAM_END ? std::optional(std::move(text)) : std::nullopt;
}

std::string deflated(std::string_view text, int window) {
  z_stream stream{};
  constexpr int memory = 8;
  if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, window, memory, Z_DEFAULT_STRATEGY) != Z_OK) return {};
  std::string bytes(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(bytes.data());
  stream.avail_out = static_cast<uInt>(bytes.size());
  deflate(&stream, Z_FINISH);
  bytes.resize(bytes.size() - stream.avail_out);
  deflateEnd(&stream);
  return bytes;
}

std::optional<Parts> unpack_gzip(std::string_view bytes) {
  if (!bytes.starts_with("\x1F\x8B")) return std::nullopt;
  auto text = inflated(bytes, gzip_window);
  if (!text) return std::nullopt;
  return Parts{{"", std::move(*text)}};
}

std::string pack_gzip(const Parts& parts) {
  std::string bytes;
  for (const Part& part : parts) bytes += deflated(part.content, gzip_window);
  return bytes;
}

// Zip archives.

struct Discard {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
struct CloseEntry {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};

std::optional<Parts> unpack_zip(std::string_view bytes) {
  if (!bytes.starts_with("PK\x03\x04")) return std::nullopt;
  zip_source_t* const source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, nullptr);
  const std::unique_ptr<zip_t, Discard> archive(zip_open_from_source(source, ZIP_RDONLY, nullptr));
  if (!archive) {
    zip_source_free(source);
    return std::nullopt;
  }
  Parts parts;
  const auto entries = static_cast<zip_uint64_t>(std::max<zip_int64_t>(zip_get_num_entries(archive.get(), 0), 0));
  for (zip_uint64_t entry = 0; entry < entries; ++entry) {
    const char* const name = zip_get_name(archive.get(), entry, ZIP_FL_ENC_RAW);
    const std::unique_ptr<zip_file_t, CloseEntry> file(zip_fopen_index(archive.get(), entry, 0));
    if (name == nullptr || !file) return std::nullopt;
    zip_stat_t status;
    if (zip_stat_index(archive.get(), entry, 0, &status) != 0) return std::nullopt;
    std::string content(std::min<std::uint64_t>(status.size, most_unpacked), '\0');
    const zip_int64_t got = zip_fread(file.get(), content.data(), content.size());
    if (got < 0) return std::nullopt;
    content.resize(static_cast<std::size_t>(got));
    parts.push_back({name, std::move(content)});
  }
  return parts;
}

/// Entries that are stored as they are; two may have one name.
std::string pack_zip_with(const Parts& parts, std::size_t comment_size) {
  std::string bytes, directory;
  for (const auto& [name, content] : parts) {
    constexpr std::uint64_t version = 20, first_of_january_1980 = 0x21;
    const std::string size = little_endian(content.size(), 4);
    const std::string entry = little_endian(version, 2) + little_endian(0, 4) + little_endian(0, 2) +
                              little_endian(first_of_january_1980, 2) + little_endian(checksum(content), 4) + size +
                              size + little_endian(name.size(), 2) + little_endian(0, 2);
    directory +=
        "PK\x01\x02" + little_endian(version, 2) + entry + little_endian(0, 10) + little_endian(bytes.size(), 4) + name;
    bytes += "PK\x03\x04" + entry + name + content;
  }
  const std::string count = little_endian(parts.size(), 2);
  return bytes + directory + "PK\x05\x06" + little_endian(0, 4) + count + count + little_endian(directory.size(), 4) +
         little_endian(bytes.size(), 4) + little_endian(comment_size, 2);
}

std::string pack_zip(const Parts& parts) { return pack_zip_with(parts, 0); }

/// Of a checkpoint (training/runs/checkpoint.cpp): the checksum of all before it, in hexadecimal digits.
constexpr std::string_view comment_start = "dnm-crc32 ";
constexpr std::size_t comment_size = comment_start.size() + 8;

std::optional<Parts> unpack_checkpoint(std::string_view bytes) {
  if (bytes.size() < comment_size || !bytes.substr(bytes.size() - comment_size).starts_with(comment_start)) {
    return std::nullopt;
  }
  return unpack_zip(bytes);
}

std::string pack_checkpoint(const Parts& parts) {
  std::string bytes = pack_zip_with(parts, comment_size);
  const std::uint32_t sum = checksum(bytes);
  bytes += comment_start;
  for (unsigned shift = 32; shift > 0; shift -= 4) bytes += "0123456789abcdef"[(sum >> (shift - 4)) & 15U];
  return bytes;
}

// PNG (https://www.w3.org/TR/png): a signature, then chunks of length, type, content and checksum.

constexpr std::string_view png_signature = "\x89PNG\r\n\x1A\n";
constexpr std::string_view packed_text = "zTXt";  ///< keyword, 0, 0 for zlib, compressed text; here without these zeros

std::optional<Parts> unpack_png(std::string_view bytes) {
  if (!bytes.starts_with(png_signature)) return std::nullopt;
  bytes.remove_prefix(png_signature.size());
  Parts parts;
  constexpr std::size_t around = 12;
  while (!bytes.empty()) {
    if (bytes.size() < around) return std::nullopt;
    std::string length(bytes.substr(0, 4));
    std::ranges::reverse(length);
    const std::uint64_t size = little_endian(length);
    if (size > bytes.size() - around) return std::nullopt;
    Part part{std::string(bytes.substr(4, 4)), std::string(bytes.substr(8, size))};
    if (part.name == packed_text) {
      const std::size_t keyword = part.content.find('\0');
      if (keyword == std::string::npos || keyword + 2 > part.content.size()) return std::nullopt;
      const auto text = inflated(std::string_view(part.content).substr(keyword + 2), zlib_window);
      if (!text) return std::nullopt;
      part.content = part.content.substr(0, keyword + 1) + *text;
    }
    parts.push_back(std::move(part));
    bytes.remove_prefix(around + size);
  }
  return parts;
}

std::string pack_png(const Parts& parts) {
  std::string bytes(png_signature);
  for (const Part& part : parts) {
    std::string content = part.content;
    const std::size_t keyword = content.find('\0');
    if (part.name == packed_text && keyword != std::string::npos) {
      content = content.substr(0, keyword + 1) + '\0' + deflated(content.substr(keyword + 1), zlib_window);
    }
    bytes += big_endian(static_cast<std::uint32_t>(content.size())) + part.name + content +
             big_endian(checksum(part.name + content));
  }
  return bytes;
}

// NumPy arrays: "\x93NUMPY", version, length of the header (2 or, from version 2 on, 4 bytes), header, elements.

std::optional<Parts> unpack_npy(std::string_view bytes) {
  constexpr std::size_t version_end = 8;
  if (!bytes.starts_with("\x93NUMPY") || bytes.size() < version_end + 4) return std::nullopt;
  const std::size_t length_bytes = bytes[6] == 1 ? 2 : 4;
  const std::uint64_t length = little_endian(bytes.substr(version_end, length_bytes));
  const std::string_view rest = bytes.substr(version_end + length_bytes);
  if (length > rest.size()) return std::nullopt;
  return Parts{{std::string(bytes.substr(6, 1)), std::string(rest.substr(0, length))},
               {"", std::string(rest.substr(length))}};
}

std::string pack_npy(const Parts& parts) {
  std::string bytes = "\x93NUMPY" + parts[0].name.substr(0, 1) + '\0';
  bytes += little_endian(parts[0].content.size(), parts[0].name == "\x01" ? 2 : 4);
  for (const Part& part : parts) bytes += part.content;
  return bytes;
}

// Safetensors: length of the header, header, tensors.

std::optional<Parts> unpack_safetensors(std::string_view bytes) {
  constexpr std::size_t length_bytes = 8;
  if (bytes.size() <= length_bytes || bytes[length_bytes] != '{') return std::nullopt;
  const std::uint64_t length = little_endian(bytes.substr(0, length_bytes));
  const std::string_view rest = bytes.substr(length_bytes);
  if (length > rest.size()) return std::nullopt;
  return Parts{{"", std::string(rest.substr(0, length))}, {"", std::string(rest.substr(length))}};
}

std::string pack_safetensors(const Parts& parts) {
  std::string bytes = little_endian(parts[0].content.size(), 8);
  for (const Part& part : parts) bytes += part.content;
  return bytes;
}

// Records of topology (training/runs/topology_file.h): a length and a checksum each.

constexpr std::string_view topology_magic = "DNMTOPO1";

std::optional<Parts> unpack_topology(std::string_view bytes) {
  if (!bytes.starts_with(topology_magic)) return std::nullopt;
  bytes.remove_prefix(topology_magic.size());
  Parts parts;
  constexpr std::size_t before = 8;
  while (!bytes.empty()) {
    if (bytes.size() < before) return std::nullopt;
    const std::uint64_t size = little_endian(bytes.substr(0, 4));
    if (size > bytes.size() - before) return std::nullopt;
    parts.push_back({"", std::string(bytes.substr(before, size))});
    bytes.remove_prefix(before + size);
  }
  return parts;
}

std::string pack_topology(const Parts& parts) {
  std::string bytes(topology_magic);
  for (const Part& part : parts)
    bytes += little_endian(part.content.size(), 4) + little_endian(checksum(part.content), 4) + part.content;
  return bytes;
}

// A file is of the first kind that can be unpacked.
constexpr std::array containers{
    Container{"checkpoint", unpack_checkpoint, pack_checkpoint},
    Container{"zip", unpack_zip, pack_zip},
    Container{"gzip", unpack_gzip, pack_gzip},
    Container{"PNG", unpack_png, pack_png},
    Container{"NumPy array", unpack_npy, pack_npy},
    Container{"safetensors", unpack_safetensors, pack_safetensors},
    Container{"topology", unpack_topology, pack_topology},
};

}  // namespace

const Container* container_of(std::string_view bytes) {
  const auto* const found = std::ranges::find_if(containers, [&](const Container& kind) {
    const auto parts = kind.unpack(bytes);
    return parts && !parts->empty();
  });
  return found == containers.end() ? nullptr : found;
}

std::string changed(std::string_view bytes, const Change& change, std::minstd_rand& random) {
  const auto below = [&](std::size_t limit) { return random() % limit; };
  const Container* const kind = below(8) == 0 ? nullptr : container_of(bytes);
  if (kind == nullptr) return change(bytes);
  Parts parts = *kind->unpack(bytes);
  const std::size_t at = below(parts.size());
  switch (below(20)) {
    case 0:
      if (parts.size() > 2) parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(at));
      break;
    case 1:
      parts.push_back(Part(parts[at]));
      break;
    case 2:
      std::swap(parts[at].name, parts[below(parts.size())].name);
      break;
    default:
      parts[at].content = changed(parts[at].content, change, random);
  }
  return kind->pack(parts);
}

}  // namespace dnm::fuzz
