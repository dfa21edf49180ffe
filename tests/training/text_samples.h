// SPDX-License-Identifier: GPL-3.0-or-later
// Small texts in two languages that several tests share.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

#include "core/network/random.h"
#include "training/tasks/translation.h"

namespace samples {

/// Writes a part of sentences drawn from so many words; those of the other language are the same words with another
/// end.
inline void write_text_part(const std::filesystem::path& folder, const std::string& part, std::size_t lines,
                            std::uint64_t seed, std::uint64_t words = 60) {
  dnm::Random random(seed);
  std::ofstream source(folder / (part + ".en"));
  std::ofstream target(folder / (part + ".de"));
  for (std::size_t i = 0; i < lines; ++i) {
    std::string line;
    std::string translation;
    for (std::uint64_t left = 2 + random.below(10); left > 0; --left) {
      const std::string word = "w" + std::to_string(random.below(words));
      line += word + " ";
      translation += word + "en ";
    }
    source << line << ".\n";
    target << translation << ".\n";
  }
}

/// 400 pairs to train with, 30 to validate and 40 to test.
inline void write_text(const std::filesystem::path& folder, std::uint64_t words = 60) {
  std::filesystem::create_directories(folder);
  write_text_part(folder, "train", 400, 1, words);
  write_text_part(folder, "valid", 30, 2, words);
  write_text_part(folder, "test", 40, 3, words);
}

/// That suits them.
[[nodiscard]] inline dnm::TranslationChoice small_translation() {
  dnm::TranslationChoice choice;
  choice.pieces = 140;
  choice.places = 128;
  choice.steps = 20;
  return choice;
}

}  // namespace samples
