// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/npy_header.h"

#include <charconv>

namespace dnm {
namespace {

/// Removes tokens of a Python literal from the front of a text.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  bool take(std::string_view token) {
    skip_blanks();
    if (!rest_.starts_with(token)) return false;
    rest_.remove_prefix(token.size());
    return true;
  }
  std::optional<std::string_view> quoted() {
    skip_blanks();
    if (rest_.empty() || (rest_.front() != '\'' && rest_.front() != '"')) return std::nullopt;
    const std::size_t end = rest_.find(rest_.front(), 1);
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view inside = rest_.substr(1, end - 1);
    rest_.remove_prefix(end + 1);
    return inside;
  }
  std::optional<std::uint64_t> number() {
    skip_blanks();
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
    if (error != std::errc()) return std::nullopt;
    rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
    take("L");  // Python 2 wrote long integers with this suffix
    return value;
  }
  bool at_end() {
    skip_blanks();
    return rest_.empty();
  }

 private:
  void skip_blanks() {
    const std::size_t start = rest_.find_first_not_of(" \t\n");
    rest_.remove_prefix(start == std::string_view::npos ? rest_.size() : start);
  }
  std::string_view rest_;
};

bool parse_shape(Scanner& scanner, std::vector<std::uint64_t>& shape) {
  if (!scanner.take("(")) return false;
  while (!scanner.take(")")) {
    const auto length = scanner.number();
    if (!length) return false;
    shape.push_back(*length);
    if (!scanner.take(",")) return scanner.take(")");
  }
  return true;
}

}  // namespace

std::optional<std::uint64_t> NpyHeader::item_bytes() const {
  if (type.size() < 3 || (type[0] != '<' && type[0] != '|')) return std::nullopt;
  std::uint64_t size = 0;
  const char* const end = type.data() + type.size();
  const auto parsed = std::from_chars(type.data() + 2, end, size);
  if (parsed.ec != std::errc() || parsed.ptr != end || size > (1U << 30)) return std::nullopt;
  switch (type[1]) {
    case 'b':
    case 'i':
    case 'u':
    case 'f':
      return size == 1 || size == 2 || size == 4 || size == 8 ? std::optional(size) : std::nullopt;
    case 'S':
      return size;
    case 'U':
      return 4 * size;
    default:
      return std::nullopt;
  }
}

std::optional<NpyHeader> parse_npy_header(std::string_view text) {
  Scanner scanner(text);
  NpyHeader header;
  bool type = false;
  bool order = false;
  bool shape = false;
  if (!scanner.take("{")) return std::nullopt;
  while (!scanner.take("}")) {
    const auto key = scanner.quoted();
    if (!key || !scanner.take(":")) return std::nullopt;
    if (*key == "descr" && !type) {
      const auto value = scanner.quoted();
      if (!value) return std::nullopt;
      header.type = *value;
      type = true;
    } else if (*key == "fortran_order" && !order) {
      // With one dimension both orders are the same.
      if (!scanner.take("False") && !scanner.take("True")) return std::nullopt;
      order = true;
    } else if (*key == "shape" && !shape) {
      if (!parse_shape(scanner, header.shape)) return std::nullopt;
      shape = true;
    } else {
      return std::nullopt;
    }
    if (!scanner.take(",")) {
      if (!scanner.take("}")) return std::nullopt;
      break;
    }
  }
  if (!type || !order || !shape || !scanner.at_end()) return std::nullopt;
  return header;
}

std::string npy_prefix(std::string_view type, std::string_view shape) {
  std::string dictionary = "{'descr': '";
  dictionary.append(type).append("', 'fortran_order': False, 'shape': ").append(shape).append(", }");
  // NumPy requires the data to start at a multiple of 64 bytes, after a line end.
  constexpr std::size_t before = 10;
  const std::size_t total = (before + dictionary.size() + 1 + 63) / 64 * 64;
  dictionary.append(total - before - dictionary.size() - 1, ' ').push_back('\n');
  std::string prefix("\x93NUMPY\x01\x00", 8);
  prefix += static_cast<char>(dictionary.size() & 0xFF);
  prefix += static_cast<char>(dictionary.size() >> 8);
  return prefix + dictionary;
}

}  // namespace dnm
