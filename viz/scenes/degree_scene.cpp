// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/measures/degree_distribution.h"
#include "core/measures/power_law.h"
#include "core/measures/power_law_verdict.h"
#include "core/support/digits.h"
#include "viz/scenes/axes.h"
#include "viz/scenes/degree_geometry.h"
#include "viz/scenes/legend.h"
#include "viz/scenes/palette.h"
#include "viz/scenes/scenes.h"

// The complementary cumulative distribution of the degrees, with the fitted power law as in Clauset, Shalizi and
// Newman, SIAM Rev. 51:661, 2009, doi:10.1137/070710111.
namespace dnm {

namespace {

constexpr double dashes[] = {2.6, 1.8};  // points

struct Series {
  DegreeDistribution distribution;
  Color color;
  bool dashed = false;
};

struct Fit {
  double gamma, xmin;
  std::string verdict;  ///< "rejected (p < 0.001)"; empty where nothing speaks against a power law
};

/// Links in and out of every layer, the chain of a layered network; or of the ends of the layer that is measured.
std::vector<Series> layer_series(const SceneInput& input, bool dark) {
  const Network& network = *input.network;
  std::vector<Series> all;
  if (!network.is_layered()) return all;
  for (std::size_t layer = 0; layer < network.layer_sizes().size(); ++layer) {
    for (const DegreeSide side : {DegreeSide::in, DegreeSide::out}) {
      const std::size_t mask = side == DegreeSide::in ? layer - 1 : layer;
      if (input.measured_layer && mask != *input.measured_layer) continue;
      Series series{degree_distribution(network, side, layer), category_color(layer, dark), side == DegreeSide::out};
      if (!series.distribution.degree.empty()) all.push_back(std::move(series));
    }
  }
  return all;
}

/// γ once it is there; null before, and when it cannot be.
const Measurement* fitted(const SceneInput& input) {
  const SceneMeasurement& gamma = measurement_of(input, power_law_measure);
  return gamma.is_stale ? nullptr : gamma.value.get();
}

std::optional<Fit> fit_of(const SceneInput& input) {
  const Measurement* gamma = fitted(input);
  if (gamma == nullptr || !gamma->value) return std::nullopt;
  const std::optional<double> xmin = detail_number(*gamma, "xmin");
  if (!xmin || !(*xmin > 0.0)) return std::nullopt;
  return Fit{*gamma->value, *xmin, fit_verdict_text(*gamma)};
}

std::string words_of_fit(const SceneInput& input, const std::optional<Fit>& fit) {
  const std::string of_layer = input.measured_layer && input.network->is_layered()
                                   ? "links of " + links_name(input, *input.measured_layer) + " alone; "
                                   : std::string();
  if (fit) {
    std::string words = of_layer + "power law" + (fit->verdict.empty() ? "" : " " + fit->verdict) +
                        ": γ = " + with_decimals(fit->gamma, 2) + " from degree " +
                        with_commas(static_cast<std::uint64_t>(std::llround(fit->xmin))) + " on";
    if (const std::string note = note_of(*fitted(input)); !note.empty()) words += ", " + note;
    return words;
  }
  if (const SceneMeasurement& found = measurement_of(input, power_law_measure); !found.problem.empty()) {
    return of_layer + (found.is_stale ? "power law: " : "no power law: ") + found.problem;
  }
  const Measurement* gamma = fitted(input);
  if (gamma == nullptr) return of_layer + "power law: computing …";
  return of_layer + "no power law: " + (gamma->reason.empty() ? "γ is n/a" : gamma->reason);
}

/// Words that are too long for a line break behind their colon first, so that each line can be read for itself.
std::vector<std::string> lines_of(const std::string& words, double size, double width) {
  const std::size_t colon = words.find(": ");
  if (colon == std::string::npos || room_for(character_count(words), size) <= width) return wrapped(words, size, width);
  std::vector<std::string> lines = wrapped(words.substr(0, colon + 1), size, width);
  for (std::string& line : wrapped(words.substr(colon + 2), size, width)) lines.push_back(std::move(line));
  return lines;
}

Legend legend_of(const SceneInput& input, const SceneOptions& options) {
  const Network& network = *input.network;
  const std::optional<std::size_t> only = input.measured_layer;
  Legend legend;
  legend.entries.push_back({!network.is_layered() ? "nodes"
                            : only                ? "links of " + links_name(input, *only)
                                                  : "all links",
                            palette(options.dark).ink});
  if (!network.is_layered()) return legend;
  for (std::size_t layer = 0; layer < network.layer_sizes().size(); ++layer) {
    if (only && layer != *only && layer != *only + 1) continue;
    legend.entries.push_back({layer_name(input, layer), category_color(layer, options.dark)});
  }
  legend.entries.push_back({"lines: in, dashes: out", palette(options.dark).ink, false});
  return legend;
}

void set_bounds(Scene& scene, const std::vector<const DegreeDistribution*>& distributions) {
  double least = std::numeric_limits<double>::infinity(), most = 0.0, rarest = 1.0;
  for (const DegreeDistribution* distribution : distributions) {
    least = std::min(least, static_cast<double>(distribution->degree.front()));
    most = std::max(most, static_cast<double>(distribution->degree.back()));
    rarest = std::min(rarest, distribution->ccdf.back());
  }
  const double width = std::max(std::log10(most / least), 0.3), height = std::max(-std::log10(rarest), 0.3);
  const double middle = 0.5 * std::log10(most * least);
  scene.bounds = {middle - 0.54 * width, -1.06 * height, 1.08 * width, 1.12 * height};
}

/// Grid, frame, numbers and names of the axes.
void add_axes(Scene& scene, const SceneOptions& options, double name_distance) {
  const Palette& colors = palette(options.dark);
  const Rectangle& area = scene.bounds;
  const double size = tick_size(options);
  const PageTransform page = page_transform(scene, options.width_points, options.height_points);
  const double right = area.x + area.width, top = area.y + area.height;
  Lines grid, frame;
  grid.width = 0.4;
  frame.width = 0.5;
  const double mark_x = 2.0 / page.scale_x, mark_y = 2.0 / page.scale_y;
  const auto label = [&](Point position, std::string words, Anchor horizontal, VerticalAnchor vertical, Point offset) {
    Text text{position, std::move(words), size, colors.ink, horizontal};
    text.vertical = vertical;
    text.offset = offset;
    return text;
  };
  std::vector<Text> texts;
  const int columns = std::max(2, static_cast<int>(area.width * page.scale_x / (5.0 * size)));
  for (const double tick : log_ticks(std::pow(10.0, area.x), std::pow(10.0, right), columns)) {
    const double x = std::log10(tick);
    append_line(grid, {x, area.y}, {x, top}, colors.grid);
    append_line(frame, {x, area.y}, {x, area.y - mark_y}, colors.frame);
    texts.push_back(label({x, area.y}, log_tick_text(tick), Anchor::center, VerticalAnchor::top, {0.0, -3.0}));
  }
  const int rows = std::max(2, static_cast<int>(area.height * page.scale_y / (2.6 * size)));
  for (const double tick : log_ticks(std::pow(10.0, area.y), std::pow(10.0, top), rows)) {
    if (tick > 1.0 + 1e-9) continue;
    const double y = std::log10(tick);
    append_line(grid, {area.x, y}, {right, y}, colors.grid);
    append_line(frame, {area.x, y}, {area.x - mark_x, y}, colors.frame);
    texts.push_back(label({area.x, y}, log_tick_text(tick), Anchor::right, VerticalAnchor::middle, {-3.5, 0.0}));
  }
  frame.starts.push_back(static_cast<std::uint32_t>(frame.points.size()));
  frame.points.insert(frame.points.end(),
                      {{area.x, area.y}, {right, area.y}, {right, top}, {area.x, top}, {area.x, area.y}});
  frame.colors.push_back(colors.frame);
  texts.push_back(label({area.x + 0.5 * area.width, area.y}, "degree k", Anchor::center, VerticalAnchor::top,
                        {0.0, -3.0 - 1.35 * size}));
  Text name = label({area.x, area.y + 0.5 * area.height}, "P(K ≥ k)", Anchor::right, VerticalAnchor::middle,
                    {-name_distance, 0.0});
  name.upright = true;
  texts.push_back(std::move(name));
  scene.items.emplace_back(std::move(grid));
  scene.items.emplace_back(std::move(frame));
  for (Text& text : texts) scene.items.emplace_back(std::move(text));
}

void add_series(Scene& scene, const Series& series, const PageTransform& page) {
  std::vector<Point> corners;
  for (std::size_t index = 0; index < series.distribution.degree.size(); ++index) {
    corners.push_back(degree_place(series.distribution.degree[index], series.distribution.ccdf[index]));
  }
  Lines lines;
  lines.width = 0.8;
  // A single degree is a point, not a line: the step down to nothing shows it.
  if (corners.size() == 1) corners.push_back({corners.front().x, scene.bounds.y});
  if (series.dashed) {
    append_dashes(lines, corners, series.color, page, dashes);
  } else {
    lines.points = std::move(corners);
    lines.starts = {0};
    lines.colors = {series.color};
  }
  scene.items.emplace_back(std::move(lines));
}

void add_points(Scene& scene, const DegreeDistribution& distribution, float diameter) {
  Disks dots;
  for (std::size_t index = 0; index < distribution.degree.size(); ++index) {
    dots.centers.push_back(degree_place(distribution.degree[index], distribution.ccdf[index]));
    dots.diameters.push_back(diameter);
    dots.colors.push_back(with_alpha(scene.ink, 0.75));
  }
  scene.items.emplace_back(std::move(dots));
}

/// Grey where something speaks against a power law.
Color color_of(const Fit& fit, const SceneOptions& options) {
  return fit.verdict.empty() ? category_color(3, options.dark) : palette(options.dark).aside;
}

/// P(K >= k) = P(K >= x_min) ζ(γ, k) / ζ(γ, x_min) from x_min to the largest degree, and a mark at x_min.
void add_fit(Scene& scene, const DegreeDistribution& all, const Fit& fit, const SceneOptions& options,
             const PageTransform& page) {
  const auto at = std::lower_bound(all.degree.begin(), all.degree.end(), fit.xmin - 0.5);
  if (at == all.degree.end()) return;
  const Color color = color_of(fit, options);
  const double probability = all.ccdf[static_cast<std::size_t>(at - all.degree.begin())];
  const double whole_tail = hurwitz_zeta(fit.gamma, fit.xmin);
  const Point begin = degree_place(fit.xmin, probability);
  Lines curve;
  curve.width = 1.4;
  constexpr double growth = 1.03;  // beyond some dozens of degrees the curve is straight to the eye
  const double last = all.degree.back();
  Point before = begin;
  for (double degree = fit.xmin; degree < last && before.y > scene.bounds.y;) {
    degree = std::min(last, std::max(degree + 1.0, std::floor(degree * growth)));
    Point next = degree_place(degree, probability * hurwitz_zeta(fit.gamma, degree) / whole_tail);
    if (next.y < scene.bounds.y) {
      next.x = before.x + (next.x - before.x) * (scene.bounds.y - before.y) / (next.y - before.y);
      next.y = scene.bounds.y;
    }
    append_line(curve, before, next, color);
    before = next;
  }
  scene.items.emplace_back(std::move(curve));
  Lines mark;
  mark.width = 0.7;
  const double top = scene.bounds.y + scene.bounds.height;
  const Point corners[] = {{begin.x, scene.bounds.y}, {begin.x, top}};
  append_dashes(mark, corners, color, page, dashes);
  scene.items.emplace_back(std::move(mark));
}

}  // namespace

Scene build_degree_scene(const SceneInput& input, const SceneOptions& options, const TaskControl& control) {
  if (!input.network) return empty_scene(options);
  const Network& network = *input.network;
  const DegreeDistribution all = measured_degrees(input);
  if (all.degree.empty()) return message_scene(options, "No neuron has a link: there are no degrees to show.");
  control.check();
  const std::vector<Series> series = layer_series(input, options.dark);
  control.check();

  Scene scene = empty_scene(options);
  scene.keep_aspect = false;
  scene.link_count = network.link_count();
  std::vector<const DegreeDistribution*> distributions{&all};
  for (const Series& part : series) distributions.push_back(&part.distribution);
  set_bounds(scene, distributions);

  const double size = tick_size(options);
  const Legend legend = options.legend ? legend_of(input, options) : Legend{};
  const std::optional<Fit> fit = fit_of(input);
  const std::vector<std::string> words = lines_of(words_of_fit(input, fit), size, options.width_points - 2.0 * size);
  constexpr std::size_t longest_number = 5;  // "0.001"
  const double name_distance = 6.0 + room_for(longest_number, size);
  const double below = 3.0 + 2.9 * size;
  scene.margins = {name_distance + 1.3 * size, 6.0, 4.0 + 1.35 * size * static_cast<double>(words.size()),
                   below + legend_height(legend, options)};
  add_axes(scene, options, name_distance);
  const PageTransform page = page_transform(scene, options.width_points, options.height_points);
  for (const Series& part : series) add_series(scene, part, page);
  add_points(scene, all, static_cast<float>(std::clamp(0.4 * size, 2.0, 4.0)));
  if (fit) add_fit(scene, all, *fit, options, page);

  for (std::size_t line = 0; line < words.size(); ++line) {
    Text text;
    text.position = {scene.bounds.x + scene.bounds.width, scene.bounds.y + scene.bounds.height};
    text.text = words[line];
    text.size = size;
    text.color = fit ? color_of(*fit, options) : scene.ink;
    text.horizontal = Anchor::right;
    text.vertical = VerticalAnchor::bottom;
    text.offset = {0.0, 2.0 + 1.35 * size * static_cast<double>(words.size() - 1 - line)};
    scene.items.emplace_back(std::move(text));
  }
  add_legend(scene, legend, options, below);
  return scene;
}

}  // namespace dnm
