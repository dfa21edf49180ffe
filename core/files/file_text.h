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

/// From this many bytes or elements on, available memory is checked first: the check takes longer than reading less.
constexpr std::uint64_t memory_check_threshold = std::uint64_t{1} << 20;

/// A reader checks its TaskControl once in this many lines.
constexpr std::size_t lines_between_looks = std::size_t{1} << 16;

/// Throws FileError: "cannot read PATH: WHY", or "…: line 7 WHY".
[[noreturn]] void fail_reading(const std::filesystem::path& path, const std::string& why);
[[noreturn]] void fail_reading(const std::filesystem::path& path, std::size_t line, const std::string& why);

/// A part of a file in quotes, shortened for a message and without control characters.
[[nodiscard]] std::string in_quotes(std::string_view text);

/// The content of a text file in UTF-8 without its byte order mark: unpacked if it is gzip, converted if its byte order
/// mark is that of UTF-16. Throws FileError (missing, a folder, unreadable, compressed data that are damaged, NUL
/// characters), and ResourceError when three times its unpacked size, the memory of its links, is not available.
[[nodiscard]] std::string whole_file(const std::filesystem::path& path);

/// Removes the next line from the front of `text` and returns it without its "\n".
[[nodiscard]] std::string_view next_line(std::string_view& text);
/// Removes the next word from the front of `line` and returns it: blanks are space, tab and "\r". Empty at its end.
[[nodiscard]] std::string_view next_word(std::string_view& line);

/// The number a word consists of, from its first to its last character and in the range of T; else nothing.
template <class T>
[[nodiscard]] std::optional<T> number(std::string_view word) {
  T value{};
  const char* const end = word.data() + word.size();
  const auto parsed = std::from_chars(word.data(), end, value);
  if (parsed.ec != std::errc() || parsed.ptr != end) return std::nullopt;
  return value;
}

/// `text` with a blank in place of every control character, line ends among them.
[[nodiscard]] std::string without_control_characters(std::string text);

/// Collects text and passes it on in large blocks, so that a file of any size is written with little memory.
class BlockWriter {
 public:
  explicit BlockWriter(const TextSink& sink) : sink_(sink) {}

  BlockWriter& add(std::string_view text);
  BlockWriter& add_count(std::uint64_t value);
  /// The shortest text that reads back as the same number; finite.
  BlockWriter& add_real(double value);
  /// Passes on the remaining text; without this call the end is missing.
  void finish();

 private:
  const TextSink& sink_;
  std::string block_;
};

}  // namespace dnm
