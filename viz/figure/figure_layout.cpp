// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/figure/figure_layout.h"

#include <QPainter>
#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "core/parameters/look_up.h"
#include "core/support/digits.h"
#include "core/support/error.h"
#include "viz/figure/chart_block.h"
#include "viz/figure/measures_line.h"
#include "viz/figure/network_block.h"
#include "viz/scenes/palette.h"

namespace dnm {

namespace {

constexpr double title_size = 8.0, heading_line = 1.7;
constexpr double page_margin = 2.0;     // what lies on the edge is cut by viewers, printers and tools that crop
constexpr double gutter = 12.0;         // between blocks
constexpr double least_squeeze = 0.25;  // of the height that the pictures want
constexpr double least_text = 5.0;      // what journals require
// Of the width that full text wants: where the pictures of a row would get less each, it has fewer …
constexpr double least_share = 0.72;
// … and down to this share, which a slim one among them may have, text shrinks no further than its smallest may.
constexpr double least_share_of_one = 0.5, least_text_scale = 0.9;

/// Of the text of a picture that has this share of the width that full text wants.
double text_scale_at(double share) {
  if (share < least_share_of_one) return least_text_scale * share / least_share_of_one;
  return std::clamp(share, least_text_scale, 1.0);
}

std::unique_ptr<PageBlock> make_block(const FigureRequest& request, const FigureCell& cell) {
  const bool is_network = find_row(panel_choices(), cell.panel) != nullptr;
  if (is_network && cell.network < request.networks.size()) {
    return std::make_unique<NetworkBlock>(request.networks[cell.network], cell.panel, request.options);
  }
  for (const FigureCharts& charts : request.charts) {
    if (charts.panel == cell.panel) return std::make_unique<ChartBlock>(charts);
  }
  if (is_network) throw InvalidInput("a figure needs a network for the picture \"" + cell.panel + "\"");
  std::vector<std::string_view> known = row_ids(panel_choices());
  for (const FigureCharts& charts : request.charts) known.push_back(charts.panel);
  throw_unknown("picture", cell.panel, known);
}

bool is_of_network(const FigureCell& cell) { return find_row(panel_choices(), cell.panel) != nullptr; }

/// "b  standard" brings a letter of its own.
bool is_lettered(const std::string& title) { return title.find(' ') == 1 && title.size() > 2; }

std::string without_letter(const std::string& title) {
  return is_lettered(title) ? title.substr(title.find_first_not_of(' ', 1)) : title;
}

/// a to z, then aa, ab, …
std::string letter_of(std::size_t place) {
  constexpr std::size_t letters = 26;
  const std::string last(1, static_cast<char>('a' + place % letters));
  return place < letters ? last : letter_of(place / letters - 1) + last;
}

}  // namespace

FigureLayout::FigureLayout(const FigureRequest& request, double pixels_per_point) {
  const double width_mm = page_width(request.page);
  look_.pixels_per_point = pixels_per_point;
  for (const auto& row : request.grid.rows) {
    for (const FigureCell& cell : row) {
      if (!has_measures_below(cell.panel) || cell.network >= request.networks.size()) continue;
      look_.measures_height = std::max(look_.measures_height, measures_line_height(request.networks[cell.network]));
    }
  }
  add_cells(request);
  name_cells(request);
  const double width = width_mm * points_per_mm - 2.0 * page_margin;
  // On a page of given height, more rows would be lower ones.
  if (!page_height(request.page)) break_rows(width);
  share_out(width);
  if (const auto height_mm = page_height(request.page)) fit_height(*height_mm * points_per_mm);
  place();
  take_notices(width_mm);
}

void FigureLayout::take_notices(double width_mm) {
  double smallest = title_size * look_.text_scale;
  std::size_t blocks = 0;
  for (const Row& row : rows_) {
    for (const Cell& cell : row.cells) {
      ++blocks;
      smallest = std::min(smallest, cell.block->smallest_text());
      for (const std::string& notice : cell.block->notices()) {
        if (std::ranges::find(notices_, notice) == notices_.end()) notices_.push_back(notice);
      }
    }
  }
  if (smallest >= least_text - 0.05) return;
  notices_.push_back("text is down to " + with_decimals(smallest, 1) + " pt at a width of " +
                     with_significant(width_mm, 6) + " mm; journals ask for at least 5 pt: choose " +
                     with_decimals(std::ceil(width_mm * least_text / smallest), 0) + " mm or more" +
                     (blocks > 1 ? ", or fewer pictures" : ""));
}

void FigureLayout::add_cells(const FigureRequest& request) {
  for (const auto& row : request.grid.rows) {
    if (row.empty()) continue;
    rows_.emplace_back();
    for (const FigureCell& cell : row) rows_.back().cells.push_back({make_block(request, cell), {}, {}, {}, 0.0});
  }
  if (rows_.empty()) throw InvalidInput("a figure needs at least one picture");
}

/// The first picture of a network bears its title; where there are several networks, the first in each row.
void FigureLayout::name_cells(const FigureRequest& request) {
  std::vector<bool> named(request.networks.size(), false);
  std::size_t place = 0, shown = 0;
  for (const auto& row : request.grid.rows) {
    if (request.networks.size() > 1) named.assign(named.size(), false);
    if (row.empty()) continue;
    for (std::size_t column = 0; column < row.size(); ++column, ++place) {
      Cell& cell = rows_[shown].cells[column];
      if (request.page.letters) cell.letter = letter_of(place);
      if (!is_of_network(row[column]) || row[column].network >= named.size()) continue;
      if (named[row[column].network]) continue;
      named[row[column].network] = true;
      const std::string& title = request.networks[row[column].network].title;
      if (is_lettered(title) && cell.letter.empty()) cell.letter = title.substr(0, 1);
      cell.title = without_letter(title);
    }
    ++shown;
  }
}

void FigureLayout::break_rows(double width) {
  std::vector<Row> broken;
  for (Row& row : rows_) {
    const std::size_t count = row.cells.size();
    double wanted = 0.0;  // by the most demanding of them
    for (const Cell& cell : row.cells) wanted = std::max(wanted, least_share * cell.block->full_text_width());
    const auto fitting = static_cast<std::size_t>(std::max(1.0, (width + gutter) / (wanted + gutter)));
    const std::size_t parts = (count + fitting - 1) / fitting;
    const std::size_t first = broken.size();
    broken.resize(first + parts);
    for (std::size_t index = 0; index < count; ++index)
      broken[first + index * parts / count].cells.push_back(std::move(row.cells[index]));
  }
  if (broken.size() > rows_.size())
    notices_.push_back("the pictures stand in " + std::to_string(broken.size()) + " rows in place of " +
                       std::to_string(rows_.size()) + ", so that text can be read at this width");
  rows_ = std::move(broken);
}

void FigureLayout::share_width(Row& row, double width) const {
  const auto count = static_cast<double>(row.cells.size());
  const double room = width - gutter * (count - 1.0);
  for (Cell& cell : row.cells) cell.width = room / count;
  if (row.cells.size() == 1) return;
  // Equally high, each with the ratio that it has at an equal share of the width.
  double total = 0.0;
  std::vector<double> shares;
  for (const Cell& cell : row.cells) {
    shares.push_back(1.0 / std::max(cell.block->ratio_at(cell.width, look_), 0.01));
    total += shares.back();
  }
  for (std::size_t index = 0; index < shares.size(); ++index) row.cells[index].width = room * shares[index] / total;
}

void FigureLayout::share_out(double width) {
  const auto scale_text = [this] {
    look_.text_scale = 1.0;
    for (const Row& row : rows_) {
      for (const Cell& cell : row.cells) {
        look_.text_scale = std::min(look_.text_scale, text_scale_at(cell.width / cell.block->full_text_width()));
      }
    }
  };
  for (Row& row : rows_) {
    const auto count = static_cast<double>(row.cells.size());
    for (Cell& cell : row.cells) cell.width = (width - gutter * (count - 1.0)) / count;
  }
  scale_text();
  for (Row& row : rows_) share_width(row, width);
  scale_text();

  bool has_heading = false;
  size_ = {width + 2.0 * page_margin, 2.0 * page_margin + gutter * static_cast<double>(rows_.size() - 1)};
  for (Row& row : rows_) {
    for (const Cell& cell : row.cells) {
      row.height = std::max(row.height, cell.block->height_at(cell.width, look_));
      has_heading |= !cell.letter.empty() || !cell.title.empty();
    }
    size_.rheight() += row.height;
  }
  heading_height_ = has_heading ? heading_line * title_size * look_.text_scale : 0.0;
  size_.rheight() += heading_height_ * static_cast<double>(rows_.size());
}

void FigureLayout::fit_height(double height) {
  double wanted = 0.0;
  for (const Row& row : rows_) wanted += row.height;
  const double fixed = size_.height() - wanted;
  const double squeeze = (height - fixed) / wanted;
  if (squeeze < least_squeeze) {
    throw InvalidInput("a page " + with_significant(height / points_per_mm, 6) +
                       " mm high is too low for these pictures; they need " +
                       with_decimals(std::ceil((fixed + least_squeeze * wanted) / points_per_mm), 0) + " mm at least");
  }
  for (Row& row : rows_) row.height *= squeeze;
  size_.setHeight(height);
}

void FigureLayout::place() {
  double y = page_margin;
  for (Row& row : rows_) {
    double x = page_margin;
    for (Cell& cell : row.cells) {
      cell.heading = {x, y, cell.width, heading_height_};
      cell.block->lay_out({x, y + heading_height_, cell.width, row.height}, look_);
      x += cell.width + gutter;
    }
    y += heading_height_ + row.height + gutter;
  }
}

void FigureLayout::paint(QPainter& painter, const PaperStyle& style) const {
  for (const Row& row : rows_) {
    for (const Cell& cell : row.cells) cell.block->paint(painter, style);
  }
  for (const Row& row : rows_) {
    for (const Cell& cell : row.cells) paint_heading(painter, cell, style);
  }
}

void FigureLayout::paint_heading(QPainter& painter, const Cell& cell, const PaperStyle& style) const {
  Text part;
  part.size = title_size * look_.text_scale;
  part.color = palette(false).ink;
  const double y = cell.heading.top() + 0.8 * part.size;
  double x = cell.heading.left();
  // The letter that the text of a paper refers to stands out.
  if (!cell.letter.empty()) {
    part.text = cell.letter;
    part.bold = true;
    paint_text(painter, part, {x, y}, style);
    x += (0.3 + static_cast<double>(cell.letter.size())) * part.size;
    part.bold = false;
  }
  if (cell.title.empty()) return;
  part.text = cell.title;
  paint_text(painter, part, {x, y}, style);
}

}  // namespace dnm
