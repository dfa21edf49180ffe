// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/delimited_rows.h"

#include <algorithm>
#include <utility>

#include "core/files/file_text.h"

namespace dnm {

bool DelimitedRows::is_blank(char letter) const {
  return letter == ' ' || letter == '\r' || (letter == '\t' && style_.separator != '\t');
}

void DelimitedRows::skip_blanks() {
  const auto* const end = std::ranges::find_if_not(rest_, [this](char letter) { return is_blank(letter); });
  rest_.remove_prefix(static_cast<std::size_t>(end - rest_.begin()));
}

bool DelimitedRows::is_skipped(std::string_view line) const {
  const std::size_t start = line.find_first_not_of(" \t\r");
  if (start == std::string_view::npos) return true;
  line.remove_prefix(start);
  return (style_.comments_anywhere || !began_) &&
         (line.starts_with('#') || line.starts_with('%') || line.starts_with("//"));
}

bool DelimitedRows::next() {
  while (!rest_.empty()) {
    std::string_view after = rest_;
    whole_ = next_line(after);
    if (!is_skipped(whole_)) {
      line_ = lines_taken_ + 1;
      read_fields();
      began_ = true;
      return true;
    }
    rest_ = after;
    ++lines_taken_;
  }
  return false;
}

void DelimitedRows::read_fields() {
  fields_.clear();
  unescaped_.clear();
  quotes_count_ = true;
  braces_count_ = true;
  skip_blanks();
  while (true) {
    fields_.push_back(read_field());
    skip_blanks();
    if (at_line_end()) break;
    if (style_.separator == ' ') continue;
    rest_.remove_prefix(1);  // the separator
    skip_blanks();
  }
  if (!rest_.empty()) rest_.remove_prefix(1);
  ++lines_taken_;
}

std::string_view DelimitedRows::read_field() {
  std::string_view field;
  if (rest_.starts_with('"') && quotes_count_) {
    if (read_quoted(field)) return field;
    quotes_count_ = false;
  }
  if (rest_.starts_with('{') && braces_count_) {
    if (read_braces(field)) return field;
    braces_count_ = false;
  }
  const auto* const end = std::ranges::find_if(rest_, [this](char letter) {
    return letter == '\n' || (style_.separator == ' ' ? is_blank(letter) : letter == style_.separator);
  });
  field = rest_.substr(0, static_cast<std::size_t>(end - rest_.begin()));
  rest_.remove_prefix(field.size());
  while (!field.empty() && is_blank(field.back())) field.remove_suffix(1);
  return field;
}

bool DelimitedRows::read_quoted(std::string_view& field) {
  const std::string_view stops = style_.quotes_hold_line_ends ? "\"" : "\"\n";
  bool holds_quotes = false;
  std::size_t end = rest_.find_first_of(stops, 1);
  while (rest_.substr(std::min(end, rest_.size())).starts_with("\"\"")) {
    holds_quotes = true;
    end = rest_.find_first_of(stops, end + 2);
  }
  if (end == std::string_view::npos && style_.quotes_hold_line_ends) {
    fail_reading(path_, line_, "begins a quoted text that nothing ends; close its quote");
  }
  if (end == std::string_view::npos || rest_[end] == '\n') return false;
  std::string_view after = rest_.substr(end + 1);
  const bool blank_follows = after.empty() || is_blank(after.front());
  while (!after.empty() && is_blank(after.front())) after.remove_prefix(1);
  const bool ends_field = after.empty() || after.front() == '\n' || after.front() == style_.separator ||
                          (style_.separator == ' ' && blank_follows);
  if (!ends_field) return false;
  field = rest_.substr(1, end - 1);
  lines_taken_ += static_cast<std::size_t>(std::ranges::count(field, '\n'));
  rest_.remove_prefix(end + 1);
  if (!holds_quotes) return true;
  std::string& text = unescaped_.emplace_back();
  for (std::size_t i = 0; i < field.size(); ++i) {
    text += field[i];
    if (field[i] == '"') ++i;  // the second of a pair
  }
  field = text;
  return true;
}

bool DelimitedRows::read_braces(std::string_view& field) {
  std::string_view line = rest_.substr(0, rest_.find('\n'));
  while (!line.empty() && is_blank(line.back())) line.remove_suffix(1);
  if (!line.ends_with('}')) return false;
  field = line;
  rest_.remove_prefix(line.size());
  return true;
}

}  // namespace dnm
