// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/support/task_control.h"

namespace dnm {

// Data that Python has pickled, read as data: nothing in it is imported, called or built. What Python would call
// becomes an object, which says by which global (a class or a function) and arguments; only globals that the caller
// allows may occur. Protocols 0 to 5 (https://docs.python.org/3/library/pickletools.html); no extension registry, and
// no buffers outside the data.

enum class PickleKind : std::uint8_t {
  none,
  boolean,
  integer,
  long_integer,  ///< beyond 64 bits
  real,
  text,
  bytes,  ///< also a bytearray, and a str of Python 2
  list,
  tuple,
  set,
  dictionary,
  global,
  object,
  persistent  ///< what the pickle names by an identity, and its maker keeps elsewhere
};

/// One value. Values can be shared and contain themselves: whoever follows them bounds the depth and the steps.
struct PickleValue {
  PickleKind kind = PickleKind::none;
  bool has_keys = false;     ///< a dictionary, or an object that is one (a defaultdict)
  std::int64_t integer = 0;  ///< of an integer; 0 or 1 of a boolean
  double real = 0.0;         ///< of a real
  /// UTF-8 of a text; bytes; of a global "module.name"; of a long integer its two's complement, little endian.
  std::string_view text{};
  /// Of a list, tuple, set, and of an object that is a list; the identity of a persistent value. With keys: key, value,
  /// key, value, in the order of insertion; a repeated key counts as its last value.
  std::vector<const PickleValue*> items{};
  // Of an object, which Python would make by callable(*arguments, **keywords) before it adds items and state.
  const PickleValue* callable = nullptr;   ///< a global
  const PickleValue* arguments = nullptr;  ///< a tuple
  const PickleValue* keywords = nullptr;   ///< a dictionary, or none
  const PickleValue* state = nullptr;      ///< of an object or dictionary, or none
};

/// A value and everything in it. Its texts are views of the content that was read, which must outlive it.
class Pickle {
 public:
  Pickle(Pickle&&) = default;
  Pickle& operator=(Pickle&&) = default;
  [[nodiscard]] const PickleValue& value() const { return *value_; }
  /// All persistent values in it.
  [[nodiscard]] const std::vector<const PickleValue*>& persistent() const { return persistent_; }
  /// Length of the pickle: what follows it in the content starts there.
  [[nodiscard]] std::size_t bytes() const { return bytes_; }

 private:
  friend class PickleBuilder;
  Pickle() = default;
  // Deques: values do not move.
  std::deque<PickleValue> values_;
  std::deque<std::string> texts_;  ///< those that are not in the content as they are
  std::vector<const PickleValue*> persistent_;
  const PickleValue* value_ = nullptr;
  std::size_t bytes_ = 0;
};

struct PickleOptions {
  std::filesystem::path path;                         ///< for messages
  bool (*allows)(std::string_view global) = nullptr;  ///< "module.name", module as the file spells it; null: none
  std::string_view remedy{};                          ///< what to do about a global that is not allowed
  TaskControl control{};
};

/// Reads the pickle at the start of `content`. Calls by which Python's own types are written (bytes, bytearray, set and
/// frozenset in old protocols, OrderedDict in all) are the values that they mean, without leave. Throws FileError for a
/// global that is not allowed, naming it, for truncated or impossible data, and for more than 2^22 values;
/// ResourceError; Cancelled. Time and memory are linear in the content.
[[nodiscard]] Pickle read_pickle(std::string_view content, const PickleOptions& options);

/// The text or the bytes; nothing for another value.
[[nodiscard]] std::optional<std::string_view> text_of(const PickleValue& value);
/// Whether it is an object made by this global.
[[nodiscard]] bool is_made_by(const PickleValue& value, std::string_view global);
/// The value of a key; null for none, and for a value without keys. Linear.
[[nodiscard]] const PickleValue* entry_of(const PickleValue& value, std::string_view key);

}  // namespace dnm
