// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/session/file_stamp.h"

#include <chrono>
#include <fstream>
#include <vector>

#include <sys/stat.h>

namespace dnm {

namespace {

constexpr std::uint64_t fnv_start = 0xcbf29ce484222325U;
constexpr std::uint64_t fnv_prime = 0x100000001b3U;
constexpr std::size_t block_bytes = 1 << 16;

std::uint64_t add_to_checksum(std::uint64_t checksum, std::string_view bytes) {
  for (const char byte : bytes) checksum = (checksum ^ static_cast<unsigned char>(byte)) * fnv_prime;
  return checksum;
}

}  // namespace

FileStamp stamp_of(std::string_view content, std::int64_t seconds) {
  return {content.size(), add_to_checksum(fnv_start, content), seconds};
}

std::optional<FileStamp> stamp_of_file(const std::filesystem::path& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return std::nullopt;
  std::ifstream file(path, std::ios::binary);
  FileStamp stamp{0, fnv_start, written_at(path)};
  std::vector<char> block(block_bytes);
  while (file) {
    file.read(block.data(), static_cast<std::streamsize>(block.size()));
    const std::string_view bytes(block.data(), static_cast<std::size_t>(file.gcount()));
    stamp.size += bytes.size();
    stamp.checksum = add_to_checksum(stamp.checksum, bytes);
  }
  return file.eof() ? std::optional(stamp) : std::nullopt;
}

std::int64_t seconds_now() {
  return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

std::int64_t written_at(const std::filesystem::path& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 ? static_cast<std::int64_t>(status.st_mtim.tv_sec) : 0;
}

}  // namespace dnm
