// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <charconv>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

#include "core/files/atomic_file.h"

namespace dnm {

/// From so many bytes or elements on, memory is asked for first: asking takes longer than reading less does.
constexpr std::uint64_t worth_asking = std::uint64_t{1} << 20;

/// A reader looks at its TaskControl once in so many lines.
constexpr std::size_t lines_between_looks = std::size_t{1} << 16;

/// Throws FileError: "cannot read PATH: WHY", or "…: line 7 WHY".
[[noreturn]] void fail_reading(const std::filesystem::path& path, const std::string& why);
[[noreturn]] void fail_reading(const std::filesystem::path& path, std::size_t line, const std::string& why);

/// A part of a file in quotes, cut to a length that a message can carry and free of control characters.
[[nodiscard]] std::string in_quotes(std::string_view text);

/// The content of a text file without its byte order mark. Throws FileError (missing, a folder, unreadable), and
/// ResourceError where three times its size, which is what its links come to, would not fit in memory.
[[nodiscard]] std::string whole_file(const std::filesystem::path& path);

/// Takes the next line off the front of `text`, without its "\n".
[[nodiscard]] std::string_view next_line(std::string_view& text);
/// Takes the next word off the front of `line`: blanks are space, tab and "\r". Empty at its end.
[[nodiscard]] std::string_view next_word(std::string_view& line);

/// A word that is a number from its first to its last character, and in the range of T; else nothing.
template <class T>
[[nodiscard]] std::optional<T> number(std::string_view word) {
  T value{};
  const char* const end = word.data() + word.size();
  const auto parsed = std::from_chars(word.data(), end, value);
  if (parsed.ec != std::errc() || parsed.ptr != end) return std::nullopt;
  return value;
}

/// `text` with a blank for every line end.
[[nodiscard]] std::string without_line_ends(std::string text);

/// Collects text and hands it on in large blocks, so that a file of any size is written from little memory.
class BlockWriter {
 public:
  explicit BlockWriter(const TextSink& sink) : sink_(sink) {}

  BlockWriter& add(std::string_view text);
  BlockWriter& add_count(std::uint64_t value);
  /// The shortest text that reads back as the same number; finite.
  BlockWriter& add_real(double value);
  /// Hands on what is left; without it the end is missing.
  void finish();

 private:
  const TextSink& sink_;
  std::string block_;
};

}  // namespace dnm
