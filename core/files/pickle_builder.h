// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/files/pickle.h"

namespace dnm {

/// The bytes of a pickle from first to last.
class PickleContent {
 public:
  PickleContent(std::string_view content, const std::filesystem::path& path) : content_(content), path_(path) {}

  [[noreturn]] void fail(const std::string& why) const;
  [[noreturn]] void fail_damaged() const { fail("is damaged"); }
  /// The next bytes. Each throws FileError where they are fewer.
  std::string_view take(std::uint64_t length);
  /// Little endian.
  std::uint64_t unsigned_number(std::size_t bytes);
  unsigned char one_byte() { return static_cast<unsigned char>(take(1).front()); }
  /// Up to the line end, which is passed over.
  std::string_view line();
  [[nodiscard]] std::size_t position() const { return position_; }
  [[nodiscard]] std::size_t size() const { return content_.size(); }

 private:
  std::string_view content_;
  const std::filesystem::path& path_;
  std::size_t position_ = 0;
};

/// Makes the values of a pickle, no more of them than there may be, and of calls what they mean.
class PickleBuilder {
 public:
  using Value = PickleValue*;

  /// Messages tell the place that `content` has come to. Both must outlive it.
  PickleBuilder(const PickleContent& content, const PickleOptions& options) : content_(content), options_(options) {}

  /// Throws FileError for more than there may be.
  void check_count(std::size_t count) const;
  Value make(PickleKind kind);
  /// A text or bytes of the content.
  Value make_text(PickleKind kind, std::string_view text);
  /// The same that are not in the content as they are; nothing: it is damaged.
  Value make_owned(PickleKind kind, std::optional<std::string> text);
  Value make_integer(std::int64_t number, PickleKind kind = PickleKind::integer);
  Value make_real(double number);
  /// Two's complement, little endian; empty: 0.
  Value make_long(std::string_view bytes);
  /// Decimal digits.
  Value make_from_line(std::string_view digits);
  /// Throws FileError for one that is not allowed.
  Value make_global(std::string_view module, std::string_view name);
  /// What Python would make by a call.
  Value make_object(const PickleValue* callable, const PickleValue* arguments, const PickleValue* keywords = nullptr);
  void add_persistent(const PickleValue* value) { made_.persistent_.push_back(value); }

  [[nodiscard]] Pickle finish(const PickleValue* value, std::size_t bytes);

 private:
  void count_copies(std::size_t items);
  Value make_bytes(const std::vector<const PickleValue*>& arguments, bool of_text_only);
  Value make_container(PickleKind kind, const std::vector<const PickleValue*>& arguments);

  const PickleContent& content_;
  const PickleOptions& options_;
  std::size_t owned_bytes_ = 0;
  std::size_t copies_ = 0;
  Pickle made_;
};

// Texts as protocol 0 escapes them; nothing for one that is damaged.

/// Python's raw-unicode-escape: Latin-1, and \uXXXX or \UXXXXXXXX.
[[nodiscard]] std::optional<std::string> unescaped_unicode(std::string_view line);
/// The bytes of 'a literal\n' of Python 2, quotes included.
[[nodiscard]] std::optional<std::string> unescaped_literal(std::string_view line);

}  // namespace dnm
