// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

#include "core/network/random.h"

namespace samples {

/// Writes a part of drawn sentences; those of the other language are the same words with another end.
inline void write_part(const std::filesystem::path& folder, const std::string& part, std::size_t lines,
                       std::uint64_t seed) {
  dnm::Random random(seed);
  std::ofstream source(folder / (part + ".en"));
  std::ofstream target(folder / (part + ".de"));
  for (std::size_t i = 0; i < lines; ++i) {
    std::string line;
    std::string translation;
    for (std::uint64_t left = 2 + random.below(10); left > 0; --left) {
      const std::string word = "w" + std::to_string(random.below(60));
      line += word + " ";
      translation += word + "en ";
    }
    source << line << ".\n";
    target << translation << ".\n";
  }
}

/// A folder of text of its own: 400 sentences to train with, 30 to validate and 20 to test.
inline void write_text(const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  write_part(folder, "train", 400, 1);
  write_part(folder, "valid", 30, 2);
  write_part(folder, "test", 20, 3);
}

}  // namespace samples
