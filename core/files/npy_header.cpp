// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/npy_header.h"

#include <algorithm>
#include <charconv>
#include <initializer_list>
#include <limits>
#include <system_error>

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
  /// A list of fields in square brackets, as a record type has it.
  std::optional<std::string_view> bracketed() {
    skip_blanks();
    std::size_t depth = 0;
    for (std::size_t i = 0; i < rest_.size(); ++i) {
      if (rest_[i] == '[') ++depth;
      if (depth == 0) return std::nullopt;
      if (rest_[i] != ']' || --depth > 0) continue;
      const std::string_view whole = rest_.substr(0, i + 1);
      rest_.remove_prefix(i + 1);
      return whole;
    }
    return std::nullopt;
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
  if (type.size() < 3 || std::string_view("<>|=").find(type[0]) == std::string_view::npos) return std::nullopt;
  std::uint64_t size = 0;
  const char* const end = type.data() + type.size();
  const auto parsed = std::from_chars(type.data() + 2, end, size);
  if (parsed.ec != std::errc() || parsed.ptr != end || size > (1U << 30)) return std::nullopt;
  const auto if_one_of = [&](std::initializer_list<std::uint64_t> sizes) {
    return std::find(sizes.begin(), sizes.end(), size) == sizes.end() ? std::nullopt : std::optional(size);
  };
  switch (type[1]) {
    case 'b':
      return if_one_of({1});
    case 'i':
    case 'u':
      return if_one_of({1, 2, 4, 8});
    case 'f':
      return if_one_of({2, 4, 8, 16});
    case 'c':
      return if_one_of({8, 16, 32});
    case 'S':
      return size;
    case 'U':
      return 4 * size;
    default:
      return std::nullopt;
  }
}

std::uint64_t NpyHeader::number_bytes() const {
  if (kind() == 'S') return 1;
  if (kind() == 'U') return 4;
  const std::uint64_t item = item_bytes().value_or(1);
  return kind() == 'c' ? item / 2 : item;
}

bool NpyHeader::is_numeric() const { return item_bytes() && kind() != 'S' && kind() != 'U'; }

std::optional<std::uint64_t> NpyHeader::length() const {
  if (std::find(shape.begin(), shape.end(), std::uint64_t{0}) != shape.end()) return 0;
  std::uint64_t product = 1;
  for (const std::uint64_t side : shape) {
    if (side > std::numeric_limits<std::uint64_t>::max() / product) return std::nullopt;
    product *= side;
  }
  return product;
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
      auto value = scanner.quoted();
      if (!value) value = scanner.bracketed();
      if (!value) return std::nullopt;
      header.type = *value;
      type = true;
    } else if (*key == "fortran_order" && !order) {
      header.fortran_order = scanner.take("True");
      if (!header.fortran_order && !scanner.take("False")) return std::nullopt;
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
