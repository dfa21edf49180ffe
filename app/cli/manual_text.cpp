// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/manual_text.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "app/cli/text.h"
#include "app/workspace/words.h"

namespace dnm::cli {
namespace {

/// Removes Markdown markup from a line or paragraph; code spans are unchanged.
std::string plain(const ManualPage& page, std::string_view text) {
  std::string result;
  bool in_code = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char letter = text[i];
    if (letter == '`') {
      in_code = !in_code;
    } else if (letter == '\\' && i + 1 < text.size() && text[i + 1] == '|') {
      // An escaped bar inside a table cell.
    } else if (in_code) {
      result += letter;
    } else if (letter == '*') {
      // Emphasis.
    } else if (letter == '[') {
      const std::size_t close = text.find("](", i);
      const std::size_t end = close == std::string_view::npos ? close : text.find(')', close);
      if (end == std::string_view::npos) {
        result += letter;
        continue;
      }
      result += plain(page, text.substr(i + 1, close - i - 1));
      const std::string_view target = text.substr(close + 2, end - close - 2);
      const auto link = follow_manual_link(page, target);
      if (link && link->page != &page) result += " (dnm help " + std::string(link->page->topic) + ")";
      if (!link) result += " (" + std::string(target) + ")";
      i = end;
    } else {
      result += letter;
    }
  }
  return result;
}

std::vector<std::string> cells_of(const ManualPage& page, std::string_view line) {
  std::vector<std::string> cells;
  std::string cell;
  for (std::size_t i = 1; i < line.size(); ++i) {
    if (line[i] == '|' && line[i - 1] != '\\') {
      cells.push_back(one_line(plain(page, cell)));
      cell.clear();
    } else {
      cell += line[i];
    }
  }
  return cells;
}

/// Column widths of a table: each as wide as its longest cell, the widest narrowed until the table fits.
std::vector<std::size_t> widths_of(const std::vector<std::vector<std::string>>& rows, std::size_t width) {
  constexpr std::size_t narrowest = 12;
  std::vector<std::size_t> widths;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], display_width(row[i]));
  }
  const auto total = [&widths] {
    std::size_t sum = 2 * widths.size();
    for (const std::size_t column : widths) sum += column;
    return sum;
  };
  while (!widths.empty() && total() > width) {
    std::size_t& widest = *std::ranges::max_element(widths);
    if (widest <= narrowest) break;
    --widest;
  }
  return widths;
}

std::string table_text(const std::vector<std::vector<std::string>>& rows, std::size_t width) {
  const auto widths = widths_of(rows, width);
  std::string text;
  for (const auto& row : rows) {
    std::vector<std::vector<std::string>> cells;
    std::size_t height = 1;
    for (std::size_t i = 0; i < row.size(); ++i) {
      cells.push_back(wrapped(row[i], widths[i]));
      height = std::max(height, cells.back().size());
    }
    for (std::size_t line = 0; line < height; ++line) {
      std::string printed = "  ";
      for (std::size_t i = 0; i < cells.size(); ++i) {
        const std::string part = line < cells[i].size() ? cells[i][line] : std::string();
        printed += part;
        printed.append(widths[i] + 2 - std::min(display_width(part), widths[i]), ' ');
      }
      printed.erase(printed.find_last_not_of(' ') + 1);
      text += printed + "\n";
    }
    if (&row == &rows.front()) {
      std::string rule = "  ";
      for (std::size_t i = 0; i < widths.size(); ++i) rule += std::string(widths[i], '-') + "  ";
      rule.erase(rule.find_last_not_of(' ') + 1);
      text += rule + "\n";
    }
  }
  return text;
}

/// Writes the blocks of a page one after the other.
class Printer {
 public:
  Printer(const ManualPage& page, std::size_t width) : page_(page), width_(width) {}

  [[nodiscard]] std::string text() {
    std::string_view left = page_.text;
    while (!left.empty()) {
      const std::size_t end = std::min(left.find('\n'), left.size());
      take(left.substr(0, end));
      left.remove_prefix(std::min(end + 1, left.size()));
    }
    finish_block();
    return std::move(text_);
  }

 private:
  void take(std::string_view line) {
    if (is_manual_fence(line)) {
      finish_block();
      in_code_ = !in_code_;
      if (in_code_) separate();
      fence_indent_ = line.find('`');
      after_blank_ = !in_code_;
    } else if (in_code_) {
      const std::size_t blanks = std::min({line.find_first_not_of(' '), line.size(), fence_indent_});
      text_ += line.empty() ? "\n" : "    " + std::string(line.substr(blanks)) + "\n";
    } else if (line.empty()) {
      finish_block();
      after_blank_ = true;
    } else if (line.starts_with('#')) {
      finish_block();
      heading(line);
    } else if (line.starts_with('|')) {
      if (table_.empty()) finish_block();
      if (!line.starts_with("|---")) table_.push_back(cells_of(page_, line));
    } else if (const std::size_t mark = item_mark(line); mark > 0) {
      finish_block();
      mark_ = line.substr(0, mark);
      paragraph_ = line.substr(mark);
    } else {
      if (!paragraph_.empty()) paragraph_ += ' ';
      paragraph_ += line.substr(std::min(line.find_first_not_of(' '), line.size()));
    }
  }

  /// Length of "- " or "12. " with leading spaces; 0 for none.
  static std::size_t item_mark(std::string_view line) {
    const std::size_t start = std::min(line.find_first_not_of(' '), line.size());
    if (line.substr(start).starts_with("- ")) return start + 2;
    const std::size_t digits = std::min(line.find_first_not_of("0123456789", start), line.size());
    return digits > start && line.substr(digits).starts_with(". ") ? digits + 2 : 0;
  }

  void heading(std::string_view line) {
    const std::size_t level = line.find_first_not_of('#');
    const std::string words = one_line(plain(page_, line.substr(level)));
    separate();
    text_ += words + "\n" + std::string(display_width(words), level == 1 ? '=' : '-') + "\n";
    after_blank_ = true;
  }

  void finish_block() {
    if (!table_.empty()) {
      separate();
      text_ += table_text(table_, width_);
      table_.clear();
    }
    if (paragraph_.empty()) return;
    if (mark_.empty() || after_blank_) separate();
    std::string margin = mark_;
    for (const std::string& line : wrapped(plain(page_, paragraph_), width_ - mark_.size())) {
      text_ += margin + line + "\n";
      margin.assign(mark_.size(), ' ');
    }
    paragraph_.clear();
    mark_.clear();
    after_blank_ = false;
  }

  void separate() {
    if (!text_.empty()) text_ += "\n";
    after_blank_ = false;
  }

  const ManualPage& page_;
  std::size_t width_;
  std::string text_;
  std::string paragraph_;
  std::string mark_;  ///< of the list item that the paragraph belongs to
  std::vector<std::vector<std::string>> table_;
  bool in_code_ = false;
  std::size_t fence_indent_ = 0;
  bool after_blank_ = false;
};

}  // namespace

std::string manual_text(const ManualPage& page, std::size_t width) { return Printer(page, width).text(); }

}  // namespace dnm::cli
