// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/file_text.h"

#include <algorithm>
#include <array>

#include "core/files/byte_source.h"
#include "core/files/utf8.h"
#include "core/support/error.h"
#include "core/support/memory.h"

namespace dnm {
namespace {

constexpr std::string_view blanks = " \t\r";
constexpr std::size_t block_bytes = 1 << 20;

}  // namespace

void fail_reading(const std::filesystem::path& path, const std::string& why) {
  throw FileError("cannot read " + path.string() + ": " + why);
}

void fail_reading(const std::filesystem::path& path, std::size_t line, const std::string& why) {
  fail_reading(path, "line " + std::to_string(line) + " " + why);
}

std::string in_quotes(std::string_view text) {
  constexpr std::size_t longest = 40;
  std::string shown(text.substr(0, longest));
  std::replace_if(
      shown.begin(), shown.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  return "\"" + shown + (text.size() > longest ? "…\"" : "\"");
}

std::string whole_file(const std::filesystem::path& path) {
  ByteSource source(path);
  // Text and links together take about three times the text.
  const auto require_room = [&](std::uint64_t bytes) {
    if (bytes > memory_check_threshold) require_memory(3 * bytes, path.string());
  };
  std::string text;
  if (source.is_compressed()) {
    // How much it unpacks to shows only at its end.
    for (std::size_t filled = 0, room = block_bytes;; room += room / 4) {
      require_room(room);
      text.resize(room);
      filled += source.read(text.data() + filled, room - filled);
      if (filled == room) continue;
      text.resize(filled);
      break;
    }
  } else {
    require_room(source.file_size());
    text.resize(source.file_size());
    if (source.read(text.data(), text.size()) != text.size()) fail_reading(path, "it could not be read to its end");
  }
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) text = utf8_of_utf16(text);
  if (text.find('\0') != std::string::npos) fail_reading(path, "it holds NUL characters, so it is not a text");
  // Lines that end as on the first Macintoshes, which Excel still writes.
  if (text.find('\n') == std::string::npos) std::ranges::replace(text, '\r', '\n');
  return text;
}

std::string_view next_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

std::string_view next_word(std::string_view& line) {
  const std::size_t start = line.find_first_not_of(blanks);
  if (start == std::string_view::npos) return {};
  const std::size_t end = std::min(line.find_first_of(blanks, start), line.size());
  const std::string_view word = line.substr(start, end - start);
  line.remove_prefix(end);
  return word;
}

std::string without_control_characters(std::string text) {
  constexpr unsigned char blank = ' ', rubout = 0x7F;
  std::ranges::replace_if(
      text, [](unsigned char letter) { return letter < blank || letter == rubout; }, static_cast<char>(blank));
  return text;
}

BlockWriter& BlockWriter::add(std::string_view text) {
  block_ += text;
  if (block_.size() >= block_bytes) finish();
  return *this;
}

BlockWriter& BlockWriter::add_count(std::uint64_t value) {
  std::array<char, 24> digits{};
  return add(std::string_view(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr));
}

BlockWriter& BlockWriter::add_real(double value) {
  std::array<char, 32> digits{};
  return add(std::string_view(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr));
}

void BlockWriter::finish() {
  sink_(block_);
  block_.clear();
}

}  // namespace dnm
