// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/scenes/link_density.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "core/support/digits.h"
#include "core/support/parallel.h"
#include "viz/scenes/axes.h"
#include "viz/scenes/line_density.h"
#include "viz/scenes/palette.h"
#include "viz/scenes/scenes.h"

namespace dnm {

namespace {

constexpr double usual_width = 0.75;  // points: no finer than a pixel of most screens, so that they are alike
constexpr double most_pixels_per_point = 300.0 / 72.0;
constexpr double largest_image = 6000.0;  // pixels along one side
constexpr double contrast = 12.0;         // the larger, the more of the colour goes to places of few links
constexpr std::uint64_t draft_links = 15000;
constexpr std::uint64_t lines_on_density = 3000;  // of more, single ones could not be told apart
constexpr double draft_pixels = 2.0;              // of the device, along one of a draft
constexpr std::size_t lines_of_one_strip = 20000;
constexpr std::size_t pixels_of_strip = 1U << 17U;
constexpr std::size_t shown_colors = 4;  // of a bar; of more it is grey

/// Opacity of a place with `count` links on it.
double tone(double count, double densest, double opacity) {
  const double share = std::log1p(contrast * count / densest) / std::log1p(contrast);
  return 1.0 - std::pow(1.0 - std::clamp(share, 0.0, 1.0), opacity);
}

/// The lines of each colour, in the order in which the colours come.
std::vector<std::pair<Color, std::vector<std::uint32_t>>> lines_by_color(const Lines& lines) {
  std::vector<std::pair<Color, std::vector<std::uint32_t>>> groups;
  std::size_t group = 0;
  for (std::uint32_t line = 0; line < lines.starts.size(); ++line) {
    Color color = lines.colors[line];
    color.alpha = 255;
    if (groups.empty() || !(groups[group].first == color)) {
      const auto found = std::ranges::find(groups, color, [](const auto& one) { return one.first; });
      group = static_cast<std::size_t>(found - groups.begin());
      if (found == groups.end()) groups.push_back({color, {}});
    }
    groups[group].second.push_back(line);
  }
  return groups;
}

/// "2.5", "1,204": links on each other.
std::string count_words(double count) {
  return count < 10.0 ? with_decimals(count, 1) : with_commas(static_cast<std::uint64_t>(count + 0.5));
}

/// For pictures without a legend.
std::string density_note(double densest) {
  return "density, full colour from " + count_words(densest) + " links on each other";
}

}  // namespace

bool shows_density(const PictureOptions& options, std::uint64_t links) {
  return options.link_drawing == LinkDrawing::density ||
         (options.link_drawing == LinkDrawing::automatic && links >= density_from);
}

std::uint64_t density_limit(const SceneOptions& options, std::uint64_t links) {
  return options.draft ? std::min(links, draft_links) : links;
}

std::vector<Thinning> drawn_links(const Network& network, const std::optional<LinkChange>& change, bool dense,
                                  const SceneOptions& options) {
  if (!change) {
    const std::uint64_t links = network.link_count();
    return {Thinning(links, dense ? density_limit(options, links) : options.link_limit)};
  }
  const std::uint64_t kept = change->of(LinkFate::kept).link_count();
  const auto by_fate = dense ? thinned_over_density(*change, density_limit(options, kept),
                                                    std::min<std::uint64_t>(options.link_limit, lines_on_density))
                             : thinned(*change, options.link_limit);
  return {by_fate.begin(), by_fate.end()};
}

double links_per_line(const Thinning& thinning) {
  return static_cast<double>(thinning.total()) / static_cast<double>(std::max<std::uint64_t>(thinning.shown(), 1));
}

LinkDensity::LinkDensity(const Scene& scene, const Rectangle& part, const SceneOptions& options)
    : line_width_(usual_width * options.line_width), opacity_(options.link_opacity) {
  const PageTransform seen = seen_transform(scene, options);
  const double device = options.pixels_across / std::max(options.width_points, 1.0);
  const Point low = seen.to_page({part.x, part.y}), high = seen.to_page({part.x + part.width, part.y + part.height});
  const double left = std::clamp(low.x, 0.0, options.width_points);
  const double right = std::clamp(high.x, left, options.width_points);
  const double bottom = std::clamp(low.y, 0.0, options.height_points);
  const double top = std::clamp(high.y, bottom, options.height_points);
  if (!(left < right && bottom < top)) return;
  const double longest = std::max(right - left, top - bottom) * device;
  // Pixels are those of the device, or several of them.
  const double merged = std::max({options.draft ? draft_pixels : 1.0, std::ceil(device / most_pixels_per_point - 1e-6),
                                  std::ceil(longest / largest_image)});
  pixels_per_point_ = device / merged;
  const auto first = [&](double place) { return std::floor(place * pixels_per_point_ + 1e-6); };
  const auto last = [&](double place) { return std::ceil(place * pixels_per_point_ - 1e-6); };
  const double first_column = first(left), first_row = first(options.height_points - top);
  columns_ = static_cast<std::uint32_t>(std::max(1.0, last(right) - first_column));
  rows_ = static_cast<std::uint32_t>(std::max(1.0, last(options.height_points - bottom) - first_row));
  const Point corner =
      seen.to_data({first_column / pixels_per_point_, options.height_points - (first_row + rows_) / pixels_per_point_});
  area_ = {corner.x, corner.y, columns_ / pixels_per_point_ / seen.scale_x, rows_ / pixels_per_point_ / seen.scale_y};
  sums_.resize(std::size_t{columns_} * rows_);
}

void LinkDensity::add(const Lines& lines, double weight, const TaskControl& control) {
  for (const auto& [color, members] : lines_by_color(lines)) {
    if (std::ranges::find(colors_, color) == colors_.end()) colors_.push_back(color);
    if (sums_.empty()) continue;
    // Threads take strips of rows that stay in the cache of a processor.
    const std::size_t fitting = std::max<std::size_t>(1, pixels_of_strip / columns_);
    const std::size_t strips = members.size() < lines_of_one_strip ? 1 : (rows_ + fitting - 1) / fitting;
    parallel_for(strips, 0, [&, &color = color, &members = members](std::size_t strip) {
      const auto begin = static_cast<std::uint32_t>(rows_ * strip / strips);
      const auto end = static_cast<std::uint32_t>(rows_ * (strip + 1) / strips);
      add_rows(begin, end, lines, members, color, weight, control);
    });
  }
}

void LinkDensity::add_rows(std::uint32_t begin, std::uint32_t end, const Lines& lines,
                           std::span<const std::uint32_t> members, Color color, double weight,
                           const TaskControl& control) {
  constexpr std::size_t lines_between_looks = 8192;
  const double scale_x = columns_ / area_.width, scale_y = rows_ / area_.height, top = area_.y + area_.height;
  const auto place = [&](Point data) { return Point{(data.x - area_.x) * scale_x, (top - data.y) * scale_y - begin}; };
  LineDensity density(columns_, end - begin, line_width_ * pixels_per_point_);
  for (std::size_t index = 0; index < members.size(); ++index) {
    if (index % lines_between_looks == 0) control.check();
    const std::uint32_t line = members[index];
    Point from = place(lines.points[lines.starts[line]]);
    for (std::size_t point = lines.starts[line] + std::size_t{1}; point < lines.end_of(line); ++point) {
      const Point to = place(lines.points[point]);
      density.add(from, to);
      from = to;
    }
  }
  control.check();
  const std::vector<float> counts = density.counts();
  const auto each = static_cast<float>(weight);
  Sum* const sums = sums_.data() + std::size_t{begin} * columns_;
  for (std::size_t pixel = 0; pixel < counts.size(); ++pixel) {
    if (counts[pixel] <= 0.0F) continue;
    const float count = each * counts[pixel];
    sums[pixel].red += count * static_cast<float>(color.red);
    sums[pixel].green += count * static_cast<float>(color.green);
    sums[pixel].blue += count * static_cast<float>(color.blue);
    sums[pixel].count += count;
  }
}

double LinkDensity::densest() const {
  // Ink by counts in steps of an eighth of an octave.
  constexpr double steps = 8.0, least = -8.0;
  constexpr double above = 0.01;
  std::array<double, 256> ink{};
  double total = 0.0;
  for (const Sum& sum : sums_) {
    if (sum.count <= 0.0F) continue;
    const double step = (std::log2(static_cast<double>(sum.count)) - least) * steps;
    ink[static_cast<std::size_t>(std::clamp(step, 0.0, 255.0))] += sum.count;
    total += sum.count;
  }
  double left = above * total;
  for (std::size_t step = ink.size(); step-- > 0;) {
    if (ink[step] <= 0.0 || ink[step] < left) {
      left -= ink[step];
      continue;
    }
    const double place = static_cast<double>(step + 1) - left / ink[step];
    return std::max(1.0, std::exp2(least + place / steps));
  }
  return 1.0;
}

Image LinkDensity::image(double densest) const {
  Image image{area_, columns_, rows_, std::vector<Color>(sums_.size(), Color{0, 0, 0, 0})};
  // Logarithms of a million pixels would take longer than their links.
  constexpr std::size_t steps = 4096;
  std::vector<float> tones;
  for (std::size_t step = 0; step <= steps; ++step) {
    tones.push_back(static_cast<float>(255.0 * tone(static_cast<double>(step) / steps, 1.0, opacity_)));
  }
  const auto scale = static_cast<float>(steps / densest);
  const auto whole = [](float value) { return static_cast<std::uint8_t>(std::min(value + 0.5F, 255.0F)); };
  for (std::size_t pixel = 0; pixel < sums_.size(); ++pixel) {
    const Sum& sum = sums_[pixel];
    if (sum.count <= 0.0F) continue;
    const float place = std::min(sum.count * scale, static_cast<float>(steps) - 0.5F);
    const auto step = static_cast<std::size_t>(place);
    const float alpha = tones[step] + (place - static_cast<float>(step)) * (tones[step + 1] - tones[step]);
    if (alpha < 0.5F) continue;
    image.pixels[pixel] = {whole(sum.red / sum.count), whole(sum.green / sum.count), whole(sum.blue / sum.count),
                           whole(alpha)};
  }
  return image;
}

Legend density_legend(double densest, std::span<const Color> colors, const SceneOptions& options) {
  constexpr std::size_t bar_colors = 96;
  const Palette& plain = palette(options.dark);
  Legend legend;
  legend.title = "links on each other";
  const Color grey[] = {plain.ink};
  const std::span<const Color> shown = colors.empty() || colors.size() > shown_colors ? std::span(grey) : colors;
  legend.bar_rows = static_cast<std::uint32_t>(shown.size());
  for (const Color color : shown) {
    for (std::size_t step = 0; step < bar_colors; ++step) {
      const double place = static_cast<double>(step) / (bar_colors - 1);
      legend.bar.push_back(mixed(plain.background, color, 1.0 - std::pow(1.0 - place, options.link_opacity)));
    }
  }
  const auto place_of = [&](double count) { return tone(count, densest, 1.0); };
  legend.ticks.emplace_back(0.0, "0");
  for (const double tick : log_ticks(std::min(1.0, 0.5 * densest), densest, 3)) {
    if (place_of(tick) - legend.ticks.back().first < 0.12 || place_of(tick) > 0.88) continue;
    legend.ticks.emplace_back(place_of(tick), log_tick_text(tick));
  }
  legend.ticks.emplace_back(1.0, "≥ " + count_words(densest));
  return legend;
}

double reserve_density(Scene& scene, const SceneOptions& options) {
  if (options.legend) return legend_height(density_legend(1.0, {}, options), options);
  scene.note = density_note(1.0);
  return 0.0;
}

namespace {

/// Says what the colours of a density mean.
void explain(Scene& scene, double densest, std::span<const Color> colors, double below, const SceneOptions& options) {
  if (options.legend) {
    add_legend(scene, density_legend(densest, colors, options), options, below);
  } else {
    scene.note = density_note(densest);
  }
}

}  // namespace

void add_density(Scene& scene, const Rectangle& part, std::span<const Lines> links, double weight, double below,
                 const SceneOptions& options, const TaskControl& control) {
  LinkDensity density(scene, part, options);
  for (const Lines& lines : links) density.add(lines, weight, control);
  const double densest = density.densest();
  scene.items.emplace_back(density.image(densest));
  explain(scene, densest, density.colors(), below, options);
}

std::vector<Image> density_images(Scene& scene, std::span<const Lines> links, double weight, double below,
                                  const SceneOptions& options, const TaskControl& control) {
  std::vector<LinkDensity> densities;
  std::vector<Color> colors;
  double densest = 1.0;
  for (const Lines& lines : links) {
    densities.emplace_back(scene, scene.bounds, options);
    densities.back().add(lines, weight, control);
    densest = std::max(densest, densities.back().densest());
    for (const Color color : densities.back().colors()) {
      if (std::ranges::find(colors, color) == colors.end()) colors.push_back(color);
    }
  }
  std::vector<Image> images;
  for (const LinkDensity& density : densities) images.push_back(density.image(densest));
  explain(scene, densest, colors, below, options);
  return images;
}

}  // namespace dnm
