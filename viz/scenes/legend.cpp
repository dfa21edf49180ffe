// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/scenes/legend.h"

#include <algorithm>

#include "viz/scenes/palette.h"
#include "viz/scenes/scenes.h"

namespace dnm {

namespace {

constexpr double line_height = 1.4;  // in text sizes, as all that follows
constexpr double bar_height = 0.6;
constexpr double longest_bar = 26.0;

using Line = std::vector<Legend::Entry>;

double entry_width(const Legend::Entry& entry, double size) {
  return room_for(character_count(entry.words), size) + (entry.has_mark ? 2.2 : 1.0) * size;
}

/// The title and the entries in lines that are no wider than the picture.
std::vector<Line> lines_of(const Legend& legend, const SceneOptions& options) {
  Line all;
  if (!legend.title.empty() && legend.bar.empty()) all.push_back({legend.title, palette(options.dark).ink, false});
  all.insert(all.end(), legend.entries.begin(), legend.entries.end());
  std::vector<Line> lines;
  double used = 0.0;
  for (const Legend::Entry& entry : all) {
    const double width = entry_width(entry, tick_size(options));
    if (lines.empty() || used + width > options.width_points) {
      lines.emplace_back();
      used = 0.0;
    }
    lines.back().push_back(entry);
    used += width;
  }
  return lines;
}

/// Texts placed from below the middle of the page at the height of the lower border of the bounds, in points.
class Writer {
 public:
  Writer(Scene& scene, const SceneOptions& options)
      : scene_(scene),
        size_(tick_size(options)),
        page_(page_transform(scene, options.width_points, options.height_points)),
        middle_{0.5 * options.width_points, page_.to_page({scene.bounds.x, scene.bounds.y}).y},
        seen_(scene.zoom_axes == ZoomAxes::both ? page_ : seen_transform(scene, options)),
        origin_(seen_.to_data(middle_)) {}

  void put(std::string words, Color color, Point offset, Anchor anchor = Anchor::left) {
    Text text{origin_, std::move(words), size_, color, anchor};
    text.offset = offset;
    scene_.items.emplace_back(std::move(text));
  }

  /// Rows of pixels, from lower left to upper right.
  void put(Image image, Point low, Point high) {
    const Point from = seen_.to_data({middle_.x + low.x, middle_.y + low.y});
    const Point to = seen_.to_data({middle_.x + high.x, middle_.y + high.y});
    image.area = {from.x, from.y, to.x - from.x, to.y - from.y};
    scene_.items.emplace_back(std::move(image));
  }

 private:
  Scene& scene_;
  double size_;
  PageTransform page_;
  Point middle_;
  PageTransform seen_;
  Point origin_;
};

void add_line(Writer& writer, const Line& line, double size, Color ink, double y) {
  double total = 0.0;
  for (const Legend::Entry& entry : line) total += entry_width(entry, size);
  double x = -0.5 * (total - size);
  for (const Legend::Entry& entry : line) {
    if (entry.has_mark) writer.put(std::string(entry.mark), entry.color, {x, y});
    writer.put(entry.words, ink, {x + (entry.has_mark ? size : 0.0), y});
    x += entry_width(entry, size);
  }
}

void add_bar(Writer& writer, const Legend& legend, const SceneOptions& options, double y) {
  const double size = tick_size(options);
  const Color ink = palette(options.dark).ink;
  // Half of the words at an end of the bar stand beyond it.
  const auto beyond = [&](bool is_end) {
    double room = 0.0;
    for (const auto& [place, words] : legend.ticks)
      if ((place > 0.5) == is_end) {
        const double from_end = longest_bar * size * (is_end ? 1.0 - place : place);
        room = std::max(room, 0.5 * room_for(character_count(words), size) - from_end);
      }
    return room;
  };
  const double name = legend.title.empty() ? 0.0 : room_for(character_count(legend.title), size) + 0.8 * size;
  const double title = std::max(name, beyond(false)), after = beyond(true);
  const double length = std::max(20.0, std::min(longest_bar * size, 0.9 * options.width_points - title - after));
  const double left = -0.5 * (title + length + after) + title;
  if (!legend.title.empty()) writer.put(legend.title, ink, {left - 0.8 * size, y}, Anchor::right);
  Image image;
  image.columns = static_cast<std::uint32_t>(legend.bar.size()) / legend.bar_rows;
  image.rows = legend.bar_rows;
  image.pixels = legend.bar;
  writer.put(std::move(image), {left, y - 0.5 * bar_height * size}, {left + length, y + 0.5 * bar_height * size});
  for (const auto& [place, words] : legend.ticks) {
    writer.put(words, ink, {left + place * length, y - 1.15 * size}, Anchor::center);
  }
}

}  // namespace

double legend_height(const Legend& legend, const SceneOptions& options) {
  const double bar = legend.bar.empty() ? 0.0 : 2.6;
  return tick_size(options) * (bar + line_height * static_cast<double>(lines_of(legend, options).size()));
}

void add_legend(Scene& scene, const Legend& legend, const SceneOptions& options, double below) {
  const double size = tick_size(options);
  Writer writer(scene, options);
  double y = -below - 0.7 * size;
  if (!legend.bar.empty()) {
    add_bar(writer, legend, options, y);
    y -= 2.6 * size;
  }
  for (const Line& line : lines_of(legend, options)) {
    add_line(writer, line, size, scene.ink, y);
    y -= line_height * size;
  }
}

}  // namespace dnm
