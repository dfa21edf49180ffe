// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/scenes/chart_key.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/support/digits.h"
#include "viz/scenes/scenes.h"

namespace dnm {

namespace {

// In text sizes.
constexpr double sample_length = 1.9, mark_length = 0.8, gap = 0.5, between = 1.2;
constexpr double sample_line = 1.4;
constexpr double loose_row = 1.4, tight_row = 1.18;

constexpr std::size_t most_entries = 60;

std::string more_words(std::size_t left_out) { return "and " + with_commas(left_out) + " more"; }

double width_of(const std::string& words, double size) { return room_for(character_count(words), size); }

double sample_width(const KeyEntry& entry) { return (entry.line ? sample_length : mark_length) + gap; }

double natural_width(const KeyEntry& entry, double size, bool with_value) {
  double width = sample_width(entry) * size + width_of(entry.name, size);
  if (with_value && !entry.value.empty()) width += room_for(2, size) + width_of(entry.value, size);
  return width;
}

}  // namespace

std::string shortened(const std::string& words, double size, double width) {
  if (width_of(words, size) <= width + 1e-6) return words;
  const auto letters = static_cast<std::size_t>(std::max(1.0, std::floor(width / room_for(1, size)) - 1.0));
  std::size_t seen = 0, end = 0;
  while (end < words.size()) {
    const bool starts_letter = (static_cast<unsigned char>(words[end]) & 0xC0U) != 0x80U;
    if (starts_letter && seen++ == letters) break;
    ++end;
  }
  while (end > 1 && words[end - 1] == ' ') --end;
  return words.substr(0, end) + "…";
}

ChartKey::ChartKey(std::vector<KeyEntry> entries, const ChartStyle& style)
    : entries_(std::move(entries)), style_(style) {
  if (entries_.size() <= most_entries) return;
  counted_in_last_ = entries_.size() - most_entries;
  entries_.resize(most_entries);
  entries_.back() = {.name = more_words(counted_in_last_ + 1), .look = {.marker = Marker::none}, .line = false};
}

double ChartKey::entry_width(bool with_values) const {
  double width = 0.0;
  for (const KeyEntry& entry : entries_) width = std::max(width, natural_width(entry, style_.text_size, with_values));
  return width;
}

double ChartKey::line_width(bool with_values) const {
  double width = 0.0;
  for (const KeyEntry& entry : entries_) {
    width += natural_width(entry, style_.text_size, with_values) + (width > 0.0 ? between * style_.text_size : 0.0);
  }
  return width;
}

std::size_t ChartKey::grid_columns(double width) const {
  const double cell = entry_width(false) + between * style_.text_size;
  const double columns = std::max(1.0, (width + between * style_.text_size) / cell + 1e-9);
  return std::clamp(static_cast<std::size_t>(columns), std::size_t{1}, std::max<std::size_t>(entries_.size(), 1));
}

double ChartKey::grid_height(double width) const {
  if (line_width(false) <= width) return row_height();
  const std::size_t columns = grid_columns(width);
  const std::size_t rows = (entries_.size() + columns - 1) / columns;
  return static_cast<double>(rows) * row_height();
}

std::size_t ChartKey::column_capacity(double height) const {
  return static_cast<std::size_t>(std::max(0.0, std::floor(height / (tight_row * style_.text_size) + 1e-9)));
}

double ChartKey::row_height() const { return loose_row * style_.text_size; }

void ChartKey::add_words(Scene& scene, std::string words, double x, double y, Color color, Anchor anchor) const {
  scene.items.emplace_back(Text{{x, y}, std::move(words), style_.text_size, color, anchor});
}

void ChartKey::add_entry(Scene& scene, const KeyEntry& entry, double x, double y, double width, bool with_value) const {
  const double size = style_.text_size;
  const Color color = entry.line ? curve_color(entry.look.color, style_.dark) : style_.ink;
  const double sample = sample_width(entry) * size - gap * size;
  if (entry.line) {
    Lines lines;
    lines.width = sample_line * style_.line_scale;
    const Point corners[] = {{x, y}, {x + sample, y}};
    append_curve(lines, corners, color, entry.look.dash);
    scene.items.emplace_back(std::move(lines));
  }
  Bands marks;
  append_marker(marks, entry.look.marker, {x + 0.5 * sample, y}, style_.marker_size, color);
  if (!marks.starts.empty()) scene.items.emplace_back(std::move(marks));
  double room = width - sample_width(entry) * size;
  if (with_value && !entry.value.empty()) room -= room_for(2, size) + width_of(entry.value, size);
  add_words(scene, shortened(entry.name, size, room), x + sample_width(entry) * size, y, style_.ink, Anchor::left);
  if (with_value && !entry.value.empty()) add_words(scene, entry.value, x + width, y, style_.faint, Anchor::right);
}

void ChartKey::add_line(Scene& scene, double right, double y, bool with_values) const {
  double x = right - line_width(with_values);
  for (const KeyEntry& entry : entries_) {
    const double width = natural_width(entry, style_.text_size, with_values);
    // In a line the value follows its name at once, so that it is not taken for that of the next.
    KeyEntry in_one = entry;
    if (with_values && !entry.value.empty()) in_one.name += "  " + entry.value;
    add_entry(scene, in_one, x, y, width, false);
    x += width + between * style_.text_size;
  }
}

void ChartKey::add_column(Scene& scene, const Rectangle& area) const {
  const std::size_t capacity = column_capacity(area.height);
  if (capacity == 0) return;
  const bool all = entries_.size() <= capacity;
  const std::size_t shown = all ? entries_.size() : capacity - 1;
  const bool with_values = entry_width(true) <= area.width + 1e-6;
  const double rows = static_cast<double>(std::min(entries_.size(), capacity));
  const double row = std::clamp(area.height / rows, tight_row * style_.text_size, row_height());
  double y = area.y + area.height - 0.5 * row;
  for (std::size_t index = 0; index < shown; ++index) {
    add_entry(scene, entries_[index], area.x, y, area.width, with_values);
    y -= row;
  }
  if (!all) {
    const std::string words = more_words(entries_.size() - shown + counted_in_last_);
    add_words(scene, shortened(words, style_.text_size, area.width), area.x, y, style_.faint, Anchor::left);
  }
}

void ChartKey::add_grid(Scene& scene, const Rectangle& area) const {
  for (const bool with_values : {true, false}) {
    const double width = line_width(with_values);
    if (width > area.width) continue;
    add_line(scene, area.x + width, area.y + area.height - 0.5 * row_height(), with_values);
    return;
  }
  const std::size_t columns = grid_columns(area.width);
  const double spacing = between * style_.text_size;
  // Columns as wide as they need, so that few short names stand together.
  const double cell = std::min((area.width + spacing) / static_cast<double>(columns), entry_width(false) + spacing);
  for (std::size_t index = 0; index < entries_.size(); ++index) {
    const double x = area.x + cell * static_cast<double>(index % columns);
    const std::size_t row = index / columns;
    const double y = area.y + area.height - row_height() * (0.5 + static_cast<double>(row));
    if (y < area.y) return;
    add_entry(scene, entries_[index], x, y, cell - spacing, false);
  }
}

}  // namespace dnm
