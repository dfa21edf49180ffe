// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/pickle_builder.h"

#include <bit>
#include <charconv>
#include <utility>

#include "core/files/file_text.h"
#include "core/files/utf8.h"
#include "core/support/memory.h"

namespace dnm {
namespace {

constexpr std::size_t most_values = std::size_t{1} << 22;
/// As many values more look at the memory there is.
constexpr std::size_t values_between_looks = std::size_t{1} << 16;

std::optional<unsigned> hexadecimal(std::string_view digits) {
  unsigned value = 0;
  const char* const end = digits.data() + digits.size();
  const auto parsed = std::from_chars(digits.data(), end, value, 16);
  return parsed.ec == std::errc() && parsed.ptr == end ? std::optional(value) : std::nullopt;
}

/// The Latin-1 bytes of a UTF-8 text.
std::optional<std::string> latin_1(std::string_view utf8) {
  std::string bytes;
  bytes.reserve(utf8.size());
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const auto byte = static_cast<unsigned char>(utf8[i]);
    if (byte < 0x80) {
      bytes += utf8[i];
    } else if ((byte == 0xC2 || byte == 0xC3) && i + 1 < utf8.size()) {
      bytes += static_cast<char>(((byte & 0x03U) << 6U) | (static_cast<unsigned char>(utf8[++i]) & 0x3FU));
    } else {
      return std::nullopt;
    }
  }
  return bytes;
}

/// What a call by which Python writes a type of its own makes.
enum class OwnType : std::uint8_t { other, encoded_text, bytes, set, dictionary };

OwnType own_type(std::string_view global) {
  if (global == "_codecs.encode") return OwnType::encoded_text;
  if (global == "collections.OrderedDict") return OwnType::dictionary;
  constexpr std::string_view python_2 = "__builtin__.", python_3 = "builtins.";
  if (!global.starts_with(python_2) && !global.starts_with(python_3)) return OwnType::other;
  global.remove_prefix(global.starts_with(python_2) ? python_2.size() : python_3.size());
  if (global == "bytes" || global == "bytearray") return OwnType::bytes;
  if (global == "set" || global == "frozenset") return OwnType::set;
  return OwnType::other;
}

bool is_pair(const PickleValue& value) {
  return (value.kind == PickleKind::list || value.kind == PickleKind::tuple) && value.items.size() == 2;
}

}  // namespace

std::optional<std::string> unescaped_unicode(std::string_view line) {
  std::u32string codes;
  while (!line.empty()) {
    const std::size_t length = line.starts_with("\\u") ? 4 : line.starts_with("\\U") ? 8 : 0;
    if (length == 0) {
      codes += static_cast<unsigned char>(line.front());
      line.remove_prefix(1);
      continue;
    }
    if (line.size() < 2 + length) return std::nullopt;
    const auto code = hexadecimal(line.substr(2, length));
    if (!code) return std::nullopt;
    codes += static_cast<char32_t>(*code);
    line.remove_prefix(2 + length);
  }
  return to_utf8(codes);
}

std::optional<std::string> unescaped_literal(std::string_view line) {
  if (line.size() < 2 || line.front() != line.back() || (line.front() != '\'' && line.front() != '"')) {
    return std::nullopt;
  }
  line = line.substr(1, line.size() - 2);
  constexpr std::string_view letters = "\\'\"abfnrtv";
  constexpr std::string_view meanings = "\\'\"\a\b\f\n\r\t\v";
  std::string bytes;
  while (!line.empty()) {
    const char first = line.front();
    line.remove_prefix(1);
    if (first != '\\') {
      bytes += first;
      continue;
    }
    if (line.empty()) return std::nullopt;
    if (line.front() == 'x') {
      const auto code = line.size() < 3 ? std::nullopt : hexadecimal(line.substr(1, 2));
      if (!code) return std::nullopt;
      bytes += static_cast<char>(*code);
      line.remove_prefix(3);
    } else if (const std::size_t known = letters.find(line.front()); known != std::string_view::npos) {
      bytes += meanings[known];
      line.remove_prefix(1);
    } else {
      return std::nullopt;
    }
  }
  return bytes;
}

void PickleContent::fail(const std::string& why) const {
  fail_reading(path_, "its pickled data " + why + " (byte " + std::to_string(position_) + ")");
}

std::string_view PickleContent::take(std::uint64_t length) {
  if (length > content_.size() - position_) fail("is truncated");
  const std::string_view part = content_.substr(position_, static_cast<std::size_t>(length));
  position_ += part.size();
  return part;
}

std::uint64_t PickleContent::unsigned_number(std::size_t bytes) {
  const std::string_view digits = take(bytes);
  std::uint64_t number = 0;
  for (std::size_t i = bytes; i-- > 0;) number = (number << 8U) | static_cast<unsigned char>(digits[i]);
  return number;
}

std::string_view PickleContent::line() {
  const std::size_t end = content_.find('\n', position_);
  if (end == std::string_view::npos) fail("is truncated");
  const std::string_view text = take(end - position_);
  ++position_;
  return text;
}

void PickleBuilder::check_count(std::size_t count) const {
  if (count > most_values) content_.fail("holds more than " + std::to_string(most_values) + " values");
}

PickleBuilder::Value PickleBuilder::make(PickleKind kind) {
  const std::size_t count = made_.values_.size();
  check_count(count + 1);
  // As many again may follow.
  if (count >= values_between_looks && std::has_single_bit(count)) {
    require_memory(2 * count * sizeof(PickleValue), "the pickled data of " + options_.path.string());
  }
  return &made_.values_.emplace_back(PickleValue{kind, kind == PickleKind::dictionary});
}

PickleBuilder::Value PickleBuilder::make_text(PickleKind kind, std::string_view text) {
  if (kind == PickleKind::text && !is_utf8(text)) content_.fail("holds a text that is not UTF-8");
  const Value value = make(kind);
  value->text = text;
  return value;
}

PickleBuilder::Value PickleBuilder::make_owned(PickleKind kind, std::optional<std::string> text) {
  if (!text) content_.fail_damaged();
  // Each text comes from content of its own, unless data that expand without end refer to one again and again.
  owned_bytes_ += text->size();
  if (owned_bytes_ > 4 * content_.size() + 4096) content_.fail("expands beyond measure");
  return make_text(kind, made_.texts_.emplace_back(std::move(*text)));
}

PickleBuilder::Value PickleBuilder::make_integer(std::int64_t number, PickleKind kind) {
  const Value value = make(kind);
  value->integer = number;
  return value;
}

PickleBuilder::Value PickleBuilder::make_real(double number) {
  const Value value = make(PickleKind::real);
  value->real = number;
  return value;
}

PickleBuilder::Value PickleBuilder::make_long(std::string_view bytes) {
  if (bytes.size() > sizeof(std::int64_t)) return make_text(PickleKind::long_integer, bytes);
  std::uint64_t number = !bytes.empty() && (static_cast<unsigned char>(bytes.back()) & 0x80U) != 0 ? ~0ULL : 0;
  for (std::size_t i = bytes.size(); i-- > 0;) number = (number << 8U) | static_cast<unsigned char>(bytes[i]);
  return make_integer(std::bit_cast<std::int64_t>(number));
}

PickleBuilder::Value PickleBuilder::make_from_line(std::string_view digits) {
  const auto integer = number<std::int64_t>(digits);
  if (!integer) content_.fail("holds an integer that is not one of 64 bits");
  return make_integer(*integer);
}

PickleBuilder::Value PickleBuilder::make_global(std::string_view module, std::string_view name) {
  std::string full = std::string(module) + "." + std::string(name);
  if (own_type(full) == OwnType::other && (options_.allows == nullptr || !options_.allows(full))) {
    fail_reading(options_.path, "it is pickled with " + in_quotes(full) +
                                    ", which Python would import and call; no code of a file is run" +
                                    (options_.remedy.empty() ? "" : "; " + std::string(options_.remedy)));
  }
  return make_owned(PickleKind::global, std::move(full));
}

/// Items taken over from another value, which data that expand without end do again and again.
void PickleBuilder::count_copies(std::size_t items) {
  copies_ += items;
  check_count(copies_);
}

PickleBuilder::Value PickleBuilder::make_bytes(const std::vector<const PickleValue*>& arguments, bool of_text_only) {
  if (arguments.empty() && !of_text_only) return make(PickleKind::bytes);
  if (arguments.size() == 1 && arguments[0]->kind == PickleKind::bytes && !of_text_only) {
    return make_text(PickleKind::bytes, arguments[0]->text);
  }
  if (arguments.size() != 2 || arguments[0]->kind != PickleKind::text) content_.fail_damaged();
  const auto encoding = text_of(*arguments[1]);
  if (encoding != "latin1" && encoding != "latin-1") content_.fail("holds bytes in an encoding that is not Latin-1");
  return make_owned(PickleKind::bytes, latin_1(arguments[0]->text));
}

/// Of no argument or a list: the items of a set, or the pairs of a dictionary.
PickleBuilder::Value PickleBuilder::make_container(PickleKind kind, const std::vector<const PickleValue*>& arguments) {
  if (arguments.size() > 1 || (arguments.size() == 1 && arguments[0]->kind != PickleKind::list))
    content_.fail_damaged();
  const Value value = make(kind);
  if (arguments.empty()) return value;
  const auto& items = arguments[0]->items;
  count_copies(items.size());
  if (kind == PickleKind::set) {
    value->items = items;
    return value;
  }
  for (const PickleValue* const pair : items) {
    if (!is_pair(*pair)) content_.fail_damaged();
    value->items.insert(value->items.end(), pair->items.begin(), pair->items.end());
  }
  return value;
}

PickleBuilder::Value PickleBuilder::make_object(const PickleValue* callable, const PickleValue* arguments,
                                                const PickleValue* keywords) {
  if (callable->kind != PickleKind::global) content_.fail("calls what is neither a class nor a function");
  if (arguments->kind != PickleKind::tuple) content_.fail_damaged();
  if (keywords != nullptr && keywords->kind != PickleKind::dictionary) content_.fail_damaged();
  switch (own_type(callable->text)) {
    case OwnType::encoded_text:
      return make_bytes(arguments->items, true);
    case OwnType::bytes:
      return make_bytes(arguments->items, false);
    case OwnType::set:
      return make_container(PickleKind::set, arguments->items);
    case OwnType::dictionary:
      return make_container(PickleKind::dictionary, arguments->items);
    case OwnType::other:
      break;
  }
  const Value value = make(PickleKind::object);
  value->callable = callable;
  value->arguments = arguments;
  value->keywords = keywords;
  return value;
}

Pickle PickleBuilder::finish(const PickleValue* value, std::size_t bytes) {
  made_.value_ = value;
  made_.bytes_ = bytes;
  return std::move(made_);
}

}  // namespace dnm
