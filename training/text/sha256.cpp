// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/text/sha256.h"

#include <array>
#include <bit>
#include <cstdint>
#include <fstream>

#include "core/files/file_text.h"

namespace dnm {

Sha256::Sha256() { SHA256Init(&state_); }

void Sha256::add(std::string_view bytes) {
  SHA256Update(&state_, std::bit_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

std::string Sha256::digits() {
  std::array<char, SHA256_DIGEST_STRING_LENGTH> text{};
  return SHA256End(&state_, text.data());
}

std::string sha256(std::string_view bytes) {
  Sha256 sum;
  sum.add(bytes);
  return sum.digits();
}

std::string sha256_of_file(const std::filesystem::path& path, const TaskControl& control) {
  constexpr std::size_t block_bytes = std::size_t{1} << 20;
  std::ifstream file(path, std::ios::binary);
  std::string block(block_bytes, '\0');
  Sha256 sum;
  while (file) {
    control.check();
    file.read(block.data(), static_cast<std::streamsize>(block.size()));
    sum.add(std::string_view(block).substr(0, static_cast<std::size_t>(file.gcount())));
  }
  if (!file.eof()) fail_reading(path, "it cannot be opened or read to its end");
  return sum.digits();
}

}  // namespace dnm
