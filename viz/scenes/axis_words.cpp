// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/scenes/axis_words.h"

#include <algorithm>
#include <limits>

#include "viz/scenes/chart_key.h"
#include "viz/scenes/scenes.h"

namespace dnm {

namespace {

constexpr std::size_t least_letters = 6;  // of a line of a name that is broken
constexpr std::size_t most_lines = 3;

/// Its parts, each with the hyphen or blank that ends it.
std::vector<std::string> parts_of(const std::string& words) {
  std::vector<std::string> parts(1);
  for (const char letter : words) {
    parts.back() += letter;
    if (std::string_view("-:, ").find(letter) != std::string_view::npos) parts.emplace_back();
  }
  if (parts.back().empty() && parts.size() > 1) parts.pop_back();
  return parts;
}

std::vector<std::string> broken(const std::string& words, double size, double width) {
  std::vector<std::string> lines;
  for (const std::string& part : parts_of(words)) {
    const bool fits = !lines.empty() && room_for(character_count(lines.back() + part), size) <= width;
    if (fits || lines.size() == most_lines) {
      lines.back() += part;
    } else {
      lines.push_back(part);
    }
  }
  for (std::string& line : lines) line = shortened(line, size, width);
  return lines;
}

}  // namespace

AxisWords::AxisWords(std::span<const std::string> words, double distance, double size) : size_(size) {
  std::size_t longest = 0;
  for (const std::string& one : words) longest = std::max(longest, character_count(one));
  const double width = distance - 0.6 * size;
  breaks_ = longest > least_letters && width >= room_for(least_letters, size);
  for (const std::string& one : words) {
    if (breaks_) {
      lines_.push_back(broken(one, size, width));
    } else {
      lines_.push_back({one});
    }
  }
}

std::size_t AxisWords::lines() const {
  std::size_t most = 1;
  for (const auto& lines : lines_) most = std::max(most, lines.size());
  return most;
}

void AxisWords::add(Scene& scene, std::span<const double> places, double y, Color color) const {
  double free_from = -std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < lines_.size() && i < places.size(); ++i) {
    if (!breaks_) {
      const double half = 0.5 * room_for(character_count(lines_[i].front()), size_);
      if (places[i] - half < free_from) continue;
      free_from = places[i] + half + 0.4 * size_;
    }
    for (std::size_t line = 0; line < lines_[i].size(); ++line) {
      const Point place{places[i], y - static_cast<double>(line) * line_height()};
      scene.items.emplace_back(Text{place, lines_[i][line], size_, color, Anchor::center});
    }
  }
}

}  // namespace dnm
