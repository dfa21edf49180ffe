// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/pickle.h"

#include <bit>
#include <string>
#include <unordered_map>
#include <utility>

#include "core/files/file_text.h"
#include "core/files/pickle_builder.h"

namespace dnm {
namespace {

constexpr std::size_t steps_between_looks = std::size_t{1} << 16;

/// The machine that a pickle is a program for: a stack of values, marks in it, and numbered values to refer to.
class PickleMachine {
 public:
  PickleMachine(std::string_view content, const PickleOptions& options)
      : content_(content, options.path), control_(options.control), builder_(content_, options) {}

  Pickle run() {
    for (std::size_t step = 0; result_ == nullptr; ++step) {
      if (step % steps_between_looks == 0) control_.check();
      perform(content_.one_byte());
    }
    return builder_.finish(result_, content_.position());
  }

 private:
  using Value = PickleBuilder::Value;

  // Stack.
  void push(Value value) { stack_.push_back(value); }
  [[nodiscard]] std::size_t bottom() const { return marks_.empty() ? 0 : marks_.back(); }
  Value pop() {
    if (stack_.size() <= bottom()) content_.fail_damaged();
    const Value value = stack_.back();
    stack_.pop_back();
    return value;
  }
  [[nodiscard]] Value top() const {
    if (stack_.size() <= bottom()) content_.fail_damaged();
    return stack_.back();
  }
  /// The values above the last mark, which is removed with them.
  std::vector<const PickleValue*> pop_mark() {
    if (marks_.empty()) content_.fail_damaged();
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
    if (kind == PickleKind::dictionary && items.size() % 2 != 0) content_.fail_damaged();
    const Value value = builder_.make(kind);
    value->items = std::move(items);
    push(value);
  }
  void append(const std::vector<const PickleValue*>& items) {
    const Value target = top();
    if ((target->kind != PickleKind::list && target->kind != PickleKind::object) || target->has_keys)
      content_.fail_damaged();
    target->items.insert(target->items.end(), items.begin(), items.end());
  }
  void set_items(const std::vector<const PickleValue*>& items) {
    const Value target = top();
    if (target->kind == PickleKind::object && target->items.empty()) target->has_keys = true;
    if (items.size() % 2 != 0 || !target->has_keys) content_.fail_damaged();
    target->items.insert(target->items.end(), items.begin(), items.end());
  }
  void add_to_set(const std::vector<const PickleValue*>& items) {
    const Value target = top();
    if (target->kind != PickleKind::set) content_.fail_damaged();
    target->items.insert(target->items.end(), items.begin(), items.end());
  }

  void remember(std::uint64_t number) {
    memo_[number] = top();
    builder_.check_count(memo_.size());
  }
  void recall(std::uint64_t number) {
    const auto found = memo_.find(number);
    if (found == memo_.end()) content_.fail("refers to a value that it has not made");
    push(found->second);
  }
  std::uint64_t number_in_line() {
    const auto parsed = number<std::uint64_t>(content_.line());
    if (!parsed) content_.fail_damaged();
    return *parsed;
  }
  void persist(const PickleValue* identity) {
    push_items(PickleKind::persistent, {identity});
    builder_.add_persistent(top());
  }

  /// One operation. The letters are those of Python's pickletools.
  void perform(unsigned char operation) {
    switch (operation) {
      // The frame of the pickle.
      case 0x80:  // PROTO
        if (content_.one_byte() > 5) content_.fail("is of a protocol after 5");
        break;
      case 0x95:  // FRAME
        if (content_.unsigned_number(8) > content_.size() - content_.position()) content_.fail("is truncated");
        break;
      case '.':
        result_ = pop();
        break;
      // Scalars.
      case 'N':
        push(builder_.make(PickleKind::none));
        break;
      case 0x88:  // NEWTRUE
      case 0x89:  // NEWFALSE
        push(builder_.make_integer(operation == 0x88 ? 1 : 0, PickleKind::boolean));
        break;
      case 'I': {
        const std::string_view digits = content_.line();
        const bool is_boolean = digits == "00" || digits == "01";
        push(is_boolean ? builder_.make_integer(digits == "01" ? 1 : 0, PickleKind::boolean)
                        : builder_.make_from_line(digits));
        break;
      }
      case 'L': {
        std::string_view digits = content_.line();
        if (digits.ends_with('L')) digits.remove_suffix(1);
        push(builder_.make_from_line(digits));
        break;
      }
      case 'J':
        push(builder_.make_integer(
            std::bit_cast<std::int32_t>(static_cast<std::uint32_t>(content_.unsigned_number(4)))));
        break;
      case 'K':
        push(builder_.make_integer(static_cast<std::int64_t>(content_.unsigned_number(1))));
        break;
      case 'M':
        push(builder_.make_integer(static_cast<std::int64_t>(content_.unsigned_number(2))));
        break;
      case 0x8a:  // LONG1
        push(builder_.make_long(content_.take(content_.unsigned_number(1))));
        break;
      case 0x8b:  // LONG4
        push(builder_.make_long(content_.take(content_.unsigned_number(4))));
        break;
      case 'F': {
        const auto real = number<double>(content_.line());
        if (!real) content_.fail_damaged();
        push(builder_.make_real(*real));
        break;
      }
      case 'G': {
        std::uint64_t bits = 0;
        for (const char byte : content_.take(8)) bits = (bits << 8U) | static_cast<unsigned char>(byte);
        push(builder_.make_real(std::bit_cast<double>(bits)));
        break;
      }
      // Texts and bytes.
      case 'V':
        push(builder_.make_owned(PickleKind::text, unescaped_unicode(content_.line())));
        break;
      case 'X':
        push(builder_.make_text(PickleKind::text, content_.take(content_.unsigned_number(4))));
        break;
      case 0x8c:  // SHORT_BINUNICODE
        push(builder_.make_text(PickleKind::text, content_.take(content_.unsigned_number(1))));
        break;
      case 0x8d:  // BINUNICODE8
        push(builder_.make_text(PickleKind::text, content_.take(content_.unsigned_number(8))));
        break;
      case 'S':
        push(builder_.make_owned(PickleKind::bytes, unescaped_literal(content_.line())));
        break;
      case 'T':
      case 'B':
        push(builder_.make_text(PickleKind::bytes, content_.take(content_.unsigned_number(4))));
        break;
      case 'U':
      case 'C':
        push(builder_.make_text(PickleKind::bytes, content_.take(content_.unsigned_number(1))));
        break;
      case 0x8e:  // BINBYTES8
      case 0x96:  // BYTEARRAY8
        push(builder_.make_text(PickleKind::bytes, content_.take(content_.unsigned_number(8))));
        break;
      // Containers.
      case '(':
        marks_.push_back(stack_.size());
        break;
      case ')':
        push(builder_.make(PickleKind::tuple));
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
        push(builder_.make(PickleKind::list));
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
        push(builder_.make(PickleKind::dictionary));
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
        push(builder_.make(PickleKind::set));
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
        remember(content_.unsigned_number(1));
        break;
      case 'r':
        remember(content_.unsigned_number(4));
        break;
      case 0x94:  // MEMOIZE
        remember(memo_.size());
        break;
      case 'g':
        recall(number_in_line());
        break;
      case 'h':
        recall(content_.unsigned_number(1));
        break;
      case 'j':
        recall(content_.unsigned_number(4));
        break;
      // Globals, objects and persistent values.
      case 'c': {
        const std::string_view module = content_.line();
        push(builder_.make_global(module, content_.line()));
        break;
      }
      case 0x93: {  // STACK_GLOBAL
        const Value name = pop();
        const Value module = pop();
        if (module->kind != PickleKind::text || name->kind != PickleKind::text) content_.fail_damaged();
        push(builder_.make_global(module->text, name->text));
        break;
      }
      case 'R':
      case 0x81: {  // NEWOBJ
        const Value arguments = pop();
        const Value callable = pop();
        push(builder_.make_object(callable, arguments));
        break;
      }
      case 0x92: {  // NEWOBJ_EX
        const Value keywords = pop();
        const Value arguments = pop();
        const Value callable = pop();
        push(builder_.make_object(callable, arguments, keywords));
        break;
      }
      case 'i': {
        const std::string_view module = content_.line();
        const Value callable = builder_.make_global(module, content_.line());
        push_items(PickleKind::tuple, pop_mark());
        const Value arguments = pop();
        push(builder_.make_object(callable, arguments));
        break;
      }
      case 'o': {
        std::vector<const PickleValue*> values = pop_mark();
        if (values.empty()) content_.fail_damaged();
        const PickleValue* const callable = values.front();
        values.erase(values.begin());
        push_items(PickleKind::tuple, std::move(values));
        const Value arguments = pop();
        push(builder_.make_object(callable, arguments));
        break;
      }
      case 'b': {
        const Value state = pop();
        const Value target = top();
        if (target->kind != PickleKind::object && target->kind != PickleKind::dictionary) {
          content_.fail("sets the state of what is not an object");
        }
        target->state = state;
        break;
      }
      case 'P':
        persist(builder_.make_owned(PickleKind::text, std::string(content_.line())));
        break;
      case 'Q':
        persist(pop());
        break;
      case 0x82:  // EXT1, EXT2, EXT4
      case 0x83:
      case 0x84:
        content_.fail("needs an extension registry, which only its maker has");
      case 0x97:  // NEXT_BUFFER
      case 0x98:  // READONLY_BUFFER
        content_.fail("needs buffers outside it");
      default:
        content_.fail("holds an operation that is not known");
    }
  }

  PickleContent content_;
  const TaskControl& control_;
  PickleBuilder builder_;
  std::vector<Value> stack_;
  std::vector<std::size_t> marks_;  ///< lengths of the stack
  std::unordered_map<std::uint64_t, Value> memo_;
  const PickleValue* result_ = nullptr;
};

}  // namespace

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
