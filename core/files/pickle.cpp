// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/pickle.h"

#include <bit>
#include <charconv>
#include <string>
#include <unordered_map>
#include <utility>

#include "core/files/file_text.h"
#include "core/files/utf8.h"
#include "core/support/memory.h"

namespace dnm {
namespace {

constexpr std::size_t most_values = std::size_t{1} << 22;
constexpr std::size_t steps_between_looks = std::size_t{1} << 16;

std::optional<unsigned> hexadecimal(std::string_view digits) {
  unsigned value = 0;
  const char* const end = digits.data() + digits.size();
  const auto parsed = std::from_chars(digits.data(), end, value, 16);
  return parsed.ec == std::errc() && parsed.ptr == end ? std::optional(value) : std::nullopt;
}

/// Python's raw-unicode-escape: Latin-1, and \uXXXX or \UXXXXXXXX.
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

/// The bytes of 'a literal\n' of Python 2, quotes included.
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

/// The machine that a pickle is a program for: a stack of values, marks in it, and numbered values to refer to.
class PickleMachine {
 public:
  PickleMachine(std::string_view content, const PickleOptions& options) : content_(content), options_(options) {}

  Pickle run() {
    for (std::size_t step = 0; !made_.value_; ++step) {
      if (step % steps_between_looks == 0) options_.control.check();
      perform(one_byte());
    }
    made_.bytes_ = position_;
    return std::move(made_);
  }

 private:
  using Value = PickleValue*;

  [[noreturn]] void fail(const std::string& why) const {
    fail_reading(options_.path, "its pickled data " + why + " (byte " + std::to_string(position_) + ")");
  }
  [[noreturn]] void fail_damaged() const { fail("is damaged"); }

  // Content.
  std::string_view take(std::uint64_t length) {
    if (length > content_.size() - position_) fail("is truncated");
    const std::string_view part = content_.substr(position_, static_cast<std::size_t>(length));
    position_ += part.size();
    return part;
  }
  std::uint64_t unsigned_number(std::size_t bytes) {
    const std::string_view digits = take(bytes);
    std::uint64_t number = 0;
    for (std::size_t i = bytes; i-- > 0;) number = (number << 8U) | static_cast<unsigned char>(digits[i]);
    return number;
  }
  unsigned char one_byte() { return static_cast<unsigned char>(take(1).front()); }
  std::string_view line() {
    const std::size_t end = content_.find('\n', position_);
    if (end == std::string_view::npos) fail("is truncated");
    const std::string_view text = take(end - position_);
    ++position_;
    return text;
  }

  // Values.
  void check_count(std::size_t count) const {
    if (count > most_values) fail("holds more than " + std::to_string(most_values) + " values");
  }
  Value make(PickleKind kind) {
    const std::size_t count = made_.values_.size();
    check_count(count + 1);
    // As many again may follow.
    if (count >= steps_between_looks && std::has_single_bit(count)) {
      require_memory(2 * count * sizeof(PickleValue), "the pickled data of " + options_.path.string());
    }
    return &made_.values_.emplace_back(PickleValue{kind, kind == PickleKind::dictionary});
  }
  Value make_text(PickleKind kind, std::string_view text) {
    if (kind == PickleKind::text && !is_utf8(text)) fail("holds a text that is not UTF-8");
    const Value value = make(kind);
    value->text = text;
    return value;
  }
  Value make_owned(PickleKind kind, std::optional<std::string> text) {
    if (!text) fail_damaged();
    // Each text comes from content of its own, unless data that expand without end refer to one again and again.
    owned_bytes_ += text->size();
    if (owned_bytes_ > 4 * content_.size() + 4096) fail("expands beyond measure");
    return make_text(kind, made_.texts_.emplace_back(std::move(*text)));
  }
  Value make_integer(std::int64_t number, PickleKind kind = PickleKind::integer) {
    const Value value = make(kind);
    value->integer = number;
    return value;
  }
  Value make_real(double number) {
    const Value value = make(PickleKind::real);
    value->real = number;
    return value;
  }
  /// Two's complement, little endian; empty: 0.
  Value make_long(std::string_view bytes) {
    if (bytes.size() > sizeof(std::int64_t)) return make_text(PickleKind::long_integer, bytes);
    std::uint64_t number = !bytes.empty() && (static_cast<unsigned char>(bytes.back()) & 0x80U) != 0 ? ~0ULL : 0;
    for (std::size_t i = bytes.size(); i-- > 0;) number = (number << 8U) | static_cast<unsigned char>(bytes[i]);
    return make_integer(std::bit_cast<std::int64_t>(number));
  }
  Value make_from_line(std::string_view digits) {
    const auto integer = number<std::int64_t>(digits);
    if (!integer) fail("holds an integer that is not one of 64 bits");
    return make_integer(*integer);
  }
  Value make_global(std::string_view module, std::string_view name) {
    std::string full = std::string(module) + "." + std::string(name);
    if (own_type(full) == OwnType::other && (options_.allows == nullptr || !options_.allows(full))) {
      fail_reading(options_.path, "it is pickled with " + in_quotes(full) +
                                      ", which Python would import and call; no code of a file is run" +
                                      (options_.remedy.empty() ? "" : "; " + std::string(options_.remedy)));
    }
    return make_owned(PickleKind::global, std::move(full));
  }
  /// Items taken over from another value, which data that expand without end do again and again.
  void count_copies(std::size_t items) {
    copies_ += items;
    check_count(copies_);
  }
  Value make_bytes(const std::vector<const PickleValue*>& arguments, bool of_text_only) {
    if (arguments.empty() && !of_text_only) return make(PickleKind::bytes);
    if (arguments.size() == 1 && arguments[0]->kind == PickleKind::bytes && !of_text_only) {
      return make_text(PickleKind::bytes, arguments[0]->text);
    }
    if (arguments.size() != 2 || arguments[0]->kind != PickleKind::text) fail_damaged();
    const auto encoding = text_of(*arguments[1]);
    if (encoding != "latin1" && encoding != "latin-1") fail("holds bytes in an encoding that is not Latin-1");
    return make_owned(PickleKind::bytes, latin_1(arguments[0]->text));
  }
  /// Of no argument or a list: the items of a set, or the pairs of a dictionary.
  Value make_container(PickleKind kind, const std::vector<const PickleValue*>& arguments) {
    if (arguments.size() > 1 || (arguments.size() == 1 && arguments[0]->kind != PickleKind::list)) fail_damaged();
    const Value value = make(kind);
    if (arguments.empty()) return value;
    const auto& items = arguments[0]->items;
    count_copies(items.size());
    if (kind == PickleKind::set) {
      value->items = items;
      return value;
    }
    for (const PickleValue* const pair : items) {
      if (!is_pair(*pair)) fail_damaged();
      value->items.insert(value->items.end(), pair->items.begin(), pair->items.end());
    }
    return value;
  }
  Value make_object(const PickleValue* callable, const PickleValue* arguments, const PickleValue* keywords = nullptr) {
    if (callable->kind != PickleKind::global) fail("calls what is neither a class nor a function");
    if (arguments->kind != PickleKind::tuple) fail_damaged();
    if (keywords != nullptr && keywords->kind != PickleKind::dictionary) fail_damaged();
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

  // Stack.
  void push(Value value) { stack_.push_back(value); }
  [[nodiscard]] std::size_t bottom() const { return marks_.empty() ? 0 : marks_.back(); }
  Value pop() {
    if (stack_.size() <= bottom()) fail_damaged();
    const Value value = stack_.back();
    stack_.pop_back();
    return value;
  }
  [[nodiscard]] Value top() const {
    if (stack_.size() <= bottom()) fail_damaged();
    return stack_.back();
  }
  /// The values above the last mark, which is removed with them.
  std::vector<const PickleValue*> pop_mark() {
    if (marks_.empty()) fail_damaged();
    const auto first = stack_.begin() + static_cast<std::ptrdiff_t>(marks_.back());
    std::vector<const PickleValue*> values(first, stack_.end());
    stack_.erase(first, stack_.end());
    marks_.pop_back();
    return values;
  }
  std::vector<const PickleValue*> pop_several(std::size_t count) {
    std::vector<const PickleValue*> values(count);
    for (std::size_t i = count; i-- > 0;) values[i] = pop();
    return values;
  }
  void push_items(PickleKind kind, std::vector<const PickleValue*> items) {
    if (kind == PickleKind::dictionary && items.size() % 2 != 0) fail_damaged();
    const Value value = make(kind);
    value->items = std::move(items);
    push(value);
  }
  void append(const std::vector<const PickleValue*>& items) {
    const Value target = top();
    if ((target->kind != PickleKind::list && target->kind != PickleKind::object) || target->has_keys) fail_damaged();
    target->items.insert(target->items.end(), items.begin(), items.end());
  }
  void set_items(const std::vector<const PickleValue*>& items) {
    const Value target = top();
    if (target->kind == PickleKind::object && target->items.empty()) target->has_keys = true;
    if (items.size() % 2 != 0 || !target->has_keys) fail_damaged();
    target->items.insert(target->items.end(), items.begin(), items.end());
  }
  void add_to_set(const std::vector<const PickleValue*>& items) {
    const Value target = top();
    if (target->kind != PickleKind::set) fail_damaged();
    target->items.insert(target->items.end(), items.begin(), items.end());
  }

  void remember(std::uint64_t number) {
    memo_[number] = top();
    check_count(memo_.size());
  }
  void recall(std::uint64_t number) {
    const auto found = memo_.find(number);
    if (found == memo_.end()) fail("refers to a value that it has not made");
    push(found->second);
  }
  std::uint64_t number_in_line() {
    const auto parsed = number<std::uint64_t>(line());
    if (!parsed) fail_damaged();
    return *parsed;
  }
  void persist(const PickleValue* identity) {
    push_items(PickleKind::persistent, {identity});
    made_.persistent_.push_back(top());
  }

  /// One operation. The letters are those of Python's pickletools.
  void perform(unsigned char operation) {
    switch (operation) {
      // The frame of the pickle.
      case 0x80:  // PROTO
        if (one_byte() > 5) fail("is of a protocol after 5");
        break;
      case 0x95:  // FRAME
        if (unsigned_number(8) > content_.size() - position_) fail("is truncated");
        break;
      case '.':
        made_.value_ = pop();
        break;
      // Scalars.
      case 'N':
        push(make(PickleKind::none));
        break;
      case 0x88:  // NEWTRUE
      case 0x89:  // NEWFALSE
        push(make_integer(operation == 0x88 ? 1 : 0, PickleKind::boolean));
        break;
      case 'I': {
        const std::string_view digits = line();
        const bool is_boolean = digits == "00" || digits == "01";
        push(is_boolean ? make_integer(digits == "01" ? 1 : 0, PickleKind::boolean) : make_from_line(digits));
        break;
      }
      case 'L': {
        std::string_view digits = line();
        if (digits.ends_with('L')) digits.remove_suffix(1);
        push(make_from_line(digits));
        break;
      }
      case 'J':
        push(make_integer(std::bit_cast<std::int32_t>(static_cast<std::uint32_t>(unsigned_number(4)))));
        break;
      case 'K':
        push(make_integer(static_cast<std::int64_t>(unsigned_number(1))));
        break;
      case 'M':
        push(make_integer(static_cast<std::int64_t>(unsigned_number(2))));
        break;
      case 0x8a:  // LONG1
        push(make_long(take(unsigned_number(1))));
        break;
      case 0x8b:  // LONG4
        push(make_long(take(unsigned_number(4))));
        break;
      case 'F': {
        const auto real = number<double>(line());
        if (!real) fail_damaged();
        push(make_real(*real));
        break;
      }
      case 'G': {
        std::uint64_t bits = 0;
        for (const char byte : take(8)) bits = (bits << 8U) | static_cast<unsigned char>(byte);
        push(make_real(std::bit_cast<double>(bits)));
        break;
      }
      // Texts and bytes.
      case 'V':
        push(make_owned(PickleKind::text, unescaped_unicode(line())));
        break;
      case 'X':
        push(make_text(PickleKind::text, take(unsigned_number(4))));
        break;
      case 0x8c:  // SHORT_BINUNICODE
        push(make_text(PickleKind::text, take(unsigned_number(1))));
        break;
      case 0x8d:  // BINUNICODE8
        push(make_text(PickleKind::text, take(unsigned_number(8))));
        break;
      case 'S':
        push(make_owned(PickleKind::bytes, unescaped_literal(line())));
        break;
      case 'T':
      case 'B':
        push(make_text(PickleKind::bytes, take(unsigned_number(4))));
        break;
      case 'U':
      case 'C':
        push(make_text(PickleKind::bytes, take(unsigned_number(1))));
        break;
      case 0x8e:  // BINBYTES8
      case 0x96:  // BYTEARRAY8
        push(make_text(PickleKind::bytes, take(unsigned_number(8))));
        break;
      // Containers.
      case '(':
        marks_.push_back(stack_.size());
        break;
      case ')':
        push(make(PickleKind::tuple));
        break;
      case 't':
        push_items(PickleKind::tuple, pop_mark());
        break;
      case 0x85:  // TUPLE1 to TUPLE3
      case 0x86:
      case 0x87:
        push_items(PickleKind::tuple, pop_several(operation - 0x84U));
        break;
      case ']':
        push(make(PickleKind::list));
        break;
      case 'l':
        push_items(PickleKind::list, pop_mark());
        break;
      case 'a':
        append(pop_several(1));
        break;
      case 'e':
        append(pop_mark());
        break;
      case '}':
        push(make(PickleKind::dictionary));
        break;
      case 'd':
        push_items(PickleKind::dictionary, pop_mark());
        break;
      case 's':
        set_items(pop_several(2));
        break;
      case 'u':
        set_items(pop_mark());
        break;
      case 0x8f:  // EMPTY_SET
        push(make(PickleKind::set));
        break;
      case 0x90:  // ADDITEMS
        add_to_set(pop_mark());
        break;
      case 0x91:  // FROZENSET
        push_items(PickleKind::set, pop_mark());
        break;
      // The stack and the numbered values.
      case '0':
        // Python's POP also takes a mark away.
        if (stack_.size() == bottom() && !marks_.empty()) {
          marks_.pop_back();
        } else {
          pop();
        }
        break;
      case '1':
        pop_mark();
        break;
      case '2':
        push(top());
        break;
      case 'p':
        remember(number_in_line());
        break;
      case 'q':
        remember(unsigned_number(1));
        break;
      case 'r':
        remember(unsigned_number(4));
        break;
      case 0x94:  // MEMOIZE
        remember(memo_.size());
        break;
      case 'g':
        recall(number_in_line());
        break;
      case 'h':
        recall(unsigned_number(1));
        break;
      case 'j':
        recall(unsigned_number(4));
        break;
      // Globals, objects and persistent values.
      case 'c': {
        const std::string_view module = line();
        push(make_global(module, line()));
        break;
      }
      case 0x93: {  // STACK_GLOBAL
        const Value name = pop();
        const Value module = pop();
        if (module->kind != PickleKind::text || name->kind != PickleKind::text) fail_damaged();
        push(make_global(module->text, name->text));
        break;
      }
      case 'R':
      case 0x81: {  // NEWOBJ
        const Value arguments = pop();
        const Value callable = pop();
        push(make_object(callable, arguments));
        break;
      }
      case 0x92: {  // NEWOBJ_EX
        const Value keywords = pop();
        const Value arguments = pop();
        const Value callable = pop();
        push(make_object(callable, arguments, keywords));
        break;
      }
      case 'i': {
        const std::string_view module = line();
        const Value callable = make_global(module, line());
        push_items(PickleKind::tuple, pop_mark());
        const Value arguments = pop();
        push(make_object(callable, arguments));
        break;
      }
      case 'o': {
        std::vector<const PickleValue*> values = pop_mark();
        if (values.empty()) fail_damaged();
        const PickleValue* const callable = values.front();
        values.erase(values.begin());
        push_items(PickleKind::tuple, std::move(values));
        const Value arguments = pop();
        push(make_object(callable, arguments));
        break;
      }
      case 'b': {
        const Value state = pop();
        const Value target = top();
        if (target->kind != PickleKind::object && target->kind != PickleKind::dictionary) {
          fail("sets the state of what is not an object");
        }
        target->state = state;
        break;
      }
      case 'P':
        persist(make_owned(PickleKind::text, std::string(line())));
        break;
      case 'Q':
        persist(pop());
        break;
      case 0x82:  // EXT1, EXT2, EXT4
      case 0x83:
      case 0x84:
        fail("needs an extension registry, which only its maker has");
      case 0x97:  // NEXT_BUFFER
      case 0x98:  // READONLY_BUFFER
        fail("needs buffers outside it");
      default:
        fail("holds an operation that is not known");
    }
  }

  std::string_view content_;
  const PickleOptions& options_;
  std::size_t position_ = 0;
  std::vector<Value> stack_;
  std::vector<std::size_t> marks_;  ///< lengths of the stack
  std::unordered_map<std::uint64_t, Value> memo_;
  std::size_t owned_bytes_ = 0;
  std::size_t copies_ = 0;
  Pickle made_;
};

Pickle read_pickle(std::string_view content, const PickleOptions& options) {
  return PickleMachine(content, options).run();
}

std::optional<std::string_view> text_of(const PickleValue& value) {
  if (value.kind != PickleKind::text && value.kind != PickleKind::bytes) return std::nullopt;
  return value.text;
}

bool is_made_by(const PickleValue& value, std::string_view global) {
  return value.kind == PickleKind::object && value.callable->text == global;
}

const PickleValue* entry_of(const PickleValue& value, std::string_view key) {
  if (!value.has_keys) return nullptr;
  for (std::size_t last = value.items.size(); last >= 2; last -= 2) {
    if (text_of(*value.items[last - 2]) == key) return value.items[last - 1];
  }
  return nullptr;
}

}  // namespace dnm
