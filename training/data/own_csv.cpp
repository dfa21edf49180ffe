// SPDX-License-Identifier: GPL-3.0-or-later
// A data set as a table of text: a row for each example, a column for each input and one for the classes.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <deque>
#include <optional>
#include <utility>

#include "core/files/byte_source.h"
#include "core/files/file_text.h"
#include "core/support/error.h"
#include "core/support/letter_case.h"
#include "core/support/trimmed.h"
#include "training/data/own_set_format.h"

namespace dnm {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t sampled_rows = 50;
constexpr std::size_t rows_between_looks = 1000;
constexpr std::size_t longest_row = std::size_t{1} << 28;
/// Names of the column of classes, the surest first.
constexpr std::string_view usual_names[] = {"label", "labels", "class", "target", "y"};

/// The rows of a file: lines that are neither empty nor comments (#), without a byte order mark. Lines end as Unix,
/// Windows or the first Macintoshes, and Excel still, end them. Of a text in UTF-16 all is in memory at once.
class Rows {
 public:
  /// Throws FileError, ResourceError.
  explicit Rows(const fs::path& path) : path_(path), file_(path) {
    read_more();
    if (text_.starts_with("\xFF\xFE") || text_.starts_with("\xFE\xFF")) {
      text_ = whole_file(path);
      at_end_ = true;
    }
    if (text_.find('\n') == std::string::npos && text_.find('\r') < text_.size() - 1) line_end_ = '\r';
  }

  /// False at the end. Throws FileError.
  bool next() {
    for (;;) {
      const std::size_t end = text_.find(line_end_, std::max(place_, searched_));
      if (end == std::string::npos && !at_end_) {
        searched_ = text_.size();
        read_more();
        continue;
      }
      if (place_ >= text_.size()) return false;
      row_ = std::string_view(text_).substr(place_, end == std::string::npos ? end : end - place_);
      place_ = end == std::string::npos ? text_.size() : end + 1;
      searched_ = 0;
      ++line_;
      constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
      if (line_ == 1 && row_.starts_with(byte_order_mark)) row_.remove_prefix(byte_order_mark.size());
      if (const std::string_view words = trimmed(row_); !words.empty() && !words.starts_with('#')) return true;
    }
  }
  /// Valid until the next one is read.
  [[nodiscard]] std::string_view row() const { return row_; }
  [[nodiscard]] std::size_t line() const { return line_; }
  [[noreturn]] void fail(const std::string& why) const { fail_reading(path_, line_, why); }

 private:
  void read_more() {
    constexpr std::size_t block = std::size_t{1} << 20;
    text_.erase(0, place_);
    searched_ -= place_;
    place_ = 0;
    const std::size_t before = text_.size();
    if (before > longest_row) fail("is too long for a row of a table");
    text_.resize(before + block);
    const std::size_t got = file_.read(text_.data() + before, block);
    text_.resize(before + got);
    at_end_ = got < block;
  }

  fs::path path_;
  ByteSource file_;
  std::string text_;
  char line_end_ = '\n';
  std::size_t place_ = 0;
  std::size_t searched_ = 0;  ///< no line ends between place_ and here
  bool at_end_ = false;
  std::string_view row_;
  std::size_t line_ = 0;
};

/// The cells of a row; one in double quotes may hold the separator, and a double quote twice.
class Cells {
 public:
  explicit Cells(char separator) : separator_(separator) {}

  /// False for a quote that is not closed.
  bool split(std::string_view row) {
    cells_.clear();
    unquoted_.clear();
    for (;;) {
      std::size_t start = row.find_first_not_of(separator_ == '\t' ? " " : " \t");
      if (start != std::string_view::npos && row[start] == '"') {
        std::string& text = unquoted_.emplace_back();
        std::size_t at = start + 1;
        for (;; ++at) {
          if (at >= row.size()) return false;
          if (row[at] != '"') {
            text += row[at];
          } else if (at + 1 < row.size() && row[at + 1] == '"') {
            text += row[at++];
          } else {
            break;
          }
        }
        row.remove_prefix(at + 1);
        cells_.push_back(text);
        const std::size_t end = row.find(separator_);
        if (!trimmed(row.substr(0, end)).empty()) return false;
        if (end == std::string_view::npos) return true;
        row.remove_prefix(end + 1);
        continue;
      }
      const std::size_t end = row.find(separator_);
      cells_.push_back(trimmed(row.substr(0, end)));
      if (end == std::string_view::npos) return true;
      row.remove_prefix(end + 1);
    }
  }
  /// Valid until the next row is split.
  [[nodiscard]] const std::vector<std::string_view>& all() const { return cells_; }

 private:
  char separator_;
  std::vector<std::string_view> cells_;
  std::deque<std::string> unquoted_;
};

/// A number, also with a decimal comma where commas do not separate the cells.
std::optional<double> number_in(std::string_view cell, bool decimal_comma) {
  std::string dotted;
  if (decimal_comma && cell.find(',') != std::string_view::npos) {
    dotted = cell;
    std::ranges::replace(dotted, ',', '.');
    cell = dotted;
  }
  if (cell.starts_with('+')) cell.remove_prefix(1);
  double value = 0.0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (cell.empty() || error != std::errc() || end != cell.data() + cell.size()) return std::nullopt;
  return value;
}

bool is_whole(double value) { return std::isfinite(value) && value == std::floor(value); }

struct Layout {
  char separator = ',';
  bool has_header = false;
  std::vector<std::string> names;  ///< of the columns; their numbers where there is no header
  std::size_t classes = 0;         ///< the column

  [[nodiscard]] bool decimal_comma() const { return separator != ','; }
};

/// What the first rows tell of the columns.
class Sample {
 public:
  explicit Sample(const fs::path& path) : subject_("cannot read " + path.string() + ": it ") {
    Rows rows(path);
    std::vector<std::string> lines;
    while (lines.size() < sampled_rows && rows.next()) lines.emplace_back(rows.row());
    if (lines.empty()) fail("is empty; give a table with a row for each example");
    layout_.separator = separator_of(lines.front());
    Cells cells(layout_.separator);
    for (const std::string& line : lines) {
      if (!cells.split(line)) fail("has a quote that is not closed; is it a table of text?");
      rows_.emplace_back(cells.all().begin(), cells.all().end());
    }
    if (rows_.front().size() < 2)
      fail(
          "has one column, but needs the inputs and the class of each example, separated by commas, semicolons or "
          "tabs");
    layout_.has_header = has_header();
    for (std::size_t column = 0; column < width(); ++column)
      layout_.names.push_back(layout_.has_header ? rows_.front()[column] : "column " + std::to_string(column + 1));
    if (layout_.has_header) rows_.erase(rows_.begin());
    if (rows_.empty()) fail("has a header alone; give a table with a row for each example");
  }

  [[nodiscard]] Layout layout(const std::string& wanted) {
    layout_.classes = classes_column(wanted);
    return layout_;
  }

 private:
  [[noreturn]] void fail(const std::string& what) const { throw FileError(subject_ + what); }
  [[nodiscard]] std::size_t width() const { return rows_.front().size(); }

  static char separator_of(std::string_view line) {
    constexpr std::string_view separators = ",;\t";
    return *std::ranges::max_element(separators, {}, [&](char c) { return std::ranges::count(line, c); });
  }
  [[nodiscard]] bool is_number(const std::string& cell) const {
    return number_in(cell, layout_.decimal_comma()).has_value();
  }

  [[nodiscard]] bool has_header() const {
    const std::vector<std::string>& first = rows_.front();
    const auto is_usual = [](const std::string& cell) {
      return std::ranges::find(usual_names, lower_case(cell)) != std::end(usual_names);
    };
    if (std::ranges::any_of(first, is_usual)) return true;
    if (rows_.size() < 2 || rows_[1].size() != first.size()) return false;
    for (std::size_t column = 0; column < first.size(); ++column) {
      if (!is_number(first[column]) && is_number(rows_[1][column])) return true;
    }
    return false;
  }

  template <class Condition>
  [[nodiscard]] bool holds(std::size_t column, Condition condition) const {
    return std::ranges::all_of(
        rows_, [&](const std::vector<std::string>& row) { return column >= row.size() || condition(row[column]); });
  }

  [[nodiscard]] std::size_t classes_column(const std::string& wanted) const {
    // The rows below a header may be longer; what does not fit is refused where they are read.
    const std::size_t last = layout_.names.size() - 1;
    if (wanted == "first") return 0;
    if (wanted == "last") return last;
    if (wanted != "auto") {
      const auto found = std::ranges::find(layout_.names, wanted);
      if (!layout_.has_header || found == layout_.names.end())
        fail("has no column " + wanted + " for the classes; its columns are " + some_names() +
             " (Class column, --class-column)");
      return static_cast<std::size_t>(found - layout_.names.begin());
    }
    if (layout_.has_header) {
      for (const std::string_view usual : usual_names) {
        for (std::size_t column = 0; column <= last; ++column) {
          if (lower_case(layout_.names[column]) == usual) return column;
        }
      }
    }
    std::vector<std::size_t> words;
    for (std::size_t column = 0; column <= last; ++column) {
      if (!holds(column, [this](const std::string& cell) { return is_number(cell) || cell.empty(); }))
        words.push_back(column);
    }
    if (words.size() == 1) return words.front();
    if (words.size() > 1)
      fail("has words in " + layout_.names[words[0]] + " and " + layout_.names[words[1]] +
           "; inputs must be numbers, and one column holds the classes");
    const auto is_class = [this](const std::string& cell) {
      const auto number = number_in(cell, layout_.decimal_comma());
      return number && is_whole(*number);
    };
    const bool first_may = holds(0, is_class), last_may = holds(last, is_class);
    if (first_may && last_may)
      fail(
          "may have its classes in the first or in the last column; name that column label in a first row, or say "
          "first or last (Class column, --class-column)");
    if (!first_may && !last_may)
      fail(
          "has no classes in its first or last column (words or whole numbers); say which column has them (Class "
          "column, --class-column)");
    return first_may ? 0 : last;
  }

  [[nodiscard]] std::string some_names() const {
    constexpr std::size_t most = 6;
    std::string text;
    for (std::size_t i = 0; i < std::min(most, layout_.names.size()); ++i)
      text += (i == 0 ? "" : ", ") + layout_.names[i];
    return text + (layout_.names.size() > most ? " …" : "");
  }

  std::string subject_;
  Layout layout_;
  std::vector<std::vector<std::string>> rows_;
};

Layout layout_of(const OwnSetChoice& choice) { return Sample(choice.file).layout(choice.classes); }

/// The cell of the classes alone, where it is found without splitting the row.
std::optional<std::string_view> quick_cell(std::string_view row, const Layout& layout) {
  if (row.find('"') != std::string_view::npos) return std::nullopt;
  if (layout.classes == 0) return trimmed(row.substr(0, row.find(layout.separator)));
  if (layout.classes + 1 != layout.names.size()) return std::nullopt;
  const std::size_t at = row.rfind(layout.separator);
  return at == std::string_view::npos ? std::nullopt : std::optional(trimmed(row.substr(at + 1)));
}

void split_row(const Rows& rows, const Layout& layout, Cells& cells) {
  if (!cells.split(rows.row())) rows.fail("has a quote that is not closed");
  if (cells.all().size() == layout.names.size()) return;
  rows.fail("has " + std::to_string(cells.all().size()) + " cells instead of " + std::to_string(layout.names.size()));
}

}  // namespace

OwnSetInfo csv_set_info(const OwnSetChoice& choice) {
  const Layout layout = layout_of(choice);
  OwnSetInfo info;
  info.inputs = static_cast<NodeIndex>(layout.names.size() - 1);
  ClassNames names;
  Rows rows(choice.file);
  Cells cells(layout.separator);
  bool is_header = layout.has_header;
  while (rows.next()) {
    if (std::exchange(is_header, false)) continue;
    std::optional<std::string_view> label = quick_cell(rows.row(), layout);
    if (!label) {
      split_row(rows, layout, cells);
      label = cells.all()[layout.classes];
    }
    if (label->empty()) rows.fail("has no class; fill it in or leave the row out");
    names.add(*label);
    ++info.examples;
  }
  info.classes = names.classes("cannot read " + choice.file + ": " + layout.names[layout.classes]);
  info.bytes = info.examples * info.inputs * sizeof(float);
  return info;
}

void read_csv_set(const OwnSetChoice& choice, const OwnSetInfo& info, OwnSet& set, const TaskControl& control) {
  const Layout layout = layout_of(choice);
  Rows rows(choice.file);
  Cells cells(layout.separator);
  bool is_header = layout.has_header;
  std::size_t done = 0;
  while (rows.next()) {
    if (std::exchange(is_header, false)) continue;
    if (done++ % rows_between_looks == 0) control.check();
    split_row(rows, layout, cells);
    for (std::size_t column = 0; column < cells.all().size(); ++column) {
      const std::string_view cell = cells.all()[column];
      if (column == layout.classes) {
        const std::size_t place = place_of_class(info.classes, class_name(cell));
        if (place == info.classes.size()) rows.fail("is of another class than before: the file has changed");
        set.examples.add_label(static_cast<std::uint32_t>(place));
        continue;
      }
      const auto number = number_in(cell, layout.decimal_comma());
      const auto value = static_cast<float>(number.value_or(0.0));
      if (!number || !std::isfinite(value)) {
        rows.fail((cell.empty() ? "has no value" : "has \"" + std::string(cell.substr(0, 40)) + "\"") + " in " +
                  layout.names[column] + " where a number is needed; fill it in or leave the row out");
      }
      set.examples.add(value);
    }
  }
}

}  // namespace dnm
