// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <deque>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dnm {

/// How the rows of a table are written.
struct RowStyle {
  char separator = '\t';               ///< a blank: any run of blanks and tabs
  bool comments_anywhere = true;       ///< lines that begin with #, % or //; else only before the first row
  bool quotes_hold_line_ends = false;  ///< as in RFC 4180; else a quote that its line does not close is a letter
};

/// The rows of a table, one after the other. Empty lines and comments are skipped, and blanks around fields. A field
/// that begins with a double quote ends with the next one, and two of them stand for one (RFC 4180). A field in braces
/// that the line's end closes is one field (what NetworkX writes of a link: {'weight': 1.0, 'kind': 'a b'}). Time in
/// proportion to the text, whatever it holds.
class DelimitedRows {
 public:
  /// `text` and `path` must outlive this object.
  DelimitedRows(std::string_view text, RowStyle style, const std::filesystem::path& path)
      : rest_(text), style_(style), path_(path) {}

  /// False at the end. Throws FileError for a quote that is not closed.
  bool next();
  /// Valid until the next row is read.
  [[nodiscard]] std::span<const std::string_view> fields() const { return fields_; }
  /// The row's first line, without its end.
  [[nodiscard]] std::string_view text() const { return whole_; }
  /// Number of that line, from 1.
  [[nodiscard]] std::size_t line() const { return line_; }
  [[nodiscard]] std::size_t bytes_left() const { return rest_.size(); }

 private:
  [[nodiscard]] bool is_skipped(std::string_view line) const;
  [[nodiscard]] bool is_blank(char letter) const;
  [[nodiscard]] bool at_line_end() const { return rest_.empty() || rest_.front() == '\n'; }
  void skip_blanks();
  void read_fields();
  std::string_view read_field();
  bool read_quoted(std::string_view& field);
  bool read_braces(std::string_view& field);

  std::string_view rest_;  ///< what was not read yet
  RowStyle style_;
  const std::filesystem::path& path_;
  std::vector<std::string_view> fields_;
  std::deque<std::string> unescaped_;  ///< fields that hold quotes
  std::string_view whole_;
  std::size_t line_ = 0;
  std::size_t lines_taken_ = 0;
  bool began_ = false;        ///< there was a row
  bool quotes_count_ = true;  ///< in this row; false after one that is a letter
  bool braces_count_ = true;
};

}  // namespace dnm
