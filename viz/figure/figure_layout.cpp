// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/figure/figure_layout.h"

#include <QPainter>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>
#include <utility>

#include "core/measures/power_law_verdict.h"
#include "core/support/error.h"
#include "viz/scenes/palette.h"
#include "viz/scenes/scenes.h"

namespace dnm {

namespace {

constexpr double title_size = 8.0, caption_size = 6.5, picture_text_size = 6.5;
constexpr double reason_size = 5.5, reason_line = 1.5;
constexpr double full_text_from_width = 220.0;  // panels narrower than this (in points) have their text scaled down
constexpr double gutter = 12.0;                 // between panels

constexpr double picture_gap = 4.0;  // within a panel
constexpr double aspect_of_all = 0.56;

bool is_composite(const FigureRequest& request) { return request.panel == all_pictures; }

/// Of a picture on paper, in the area it is given. `finest`: device pixels per point.
SceneOptions paper_options(const FigureRequest& request, QSizeF area, double finest, double text_scale) {
  SceneOptions options = request.options;
  options.dark = false;
  options.viewport = {0.0, 0.0, 0.0, 0.0};
  options.width_points = area.width();
  options.height_points = area.height();
  options.pixels_across = area.width() * finest;
  options.text_size = picture_text_size * text_scale;
  return options;
}

/// How much of `height` a picture of this width fills.
double filled_height(const Scene& scene, double width, double height) {
  constexpr double spare = 1.0;
  if (!scene.keep_aspect) return height;
  const double used = page_transform(scene, width, height).scale_y * scene.bounds.height + scene.margins.top +
                      scene.margins.bottom + note_height(scene);
  return std::min(height, used + spare);
}

/// The height that one picture needs to be as wide as its panel, without empty bands above and below.
double natural_height(const FigurePanel& panel, const FigureRequest& request, double width, double finest,
                      double text_scale) {
  const NetworkScene& kind = network_scene(request.panel);
  const auto filled = [&](double height) {
    const Scene scene =
        kind.build(panel.input, paper_options(request, {width, height}, finest, text_scale), TaskControl{});
    return filled_height(scene, width, height);
  };
  // What fills the usual height may be narrower than the panel.
  const double usual = kind.figure.aspect * width, most = kind.figure.most * width;
  const double height = filled(usual);
  return height < usual || usual >= most ? height : filled(most);
}

void check(const FigureRequest& request) {
  if (request.panels.empty()) throw InvalidInput("a figure needs at least one network");
  check_figure_width(request.width_mm);
  static_cast<void>(pictures_of(request.panel));
  for (const FigurePanel& panel : request.panels) {
    if (!panel.input.network) throw InvalidInput("a figure panel has no network to draw");
  }
}

/// Why values are missing and what must be said of others, each with its symbol: "γ n/a: fewer than two distinct
/// degrees", "γ power law rejected (p < 0.001)".
std::vector<std::pair<std::string_view, std::string>> reasons_of(const std::vector<Measurement>& measures) {
  std::vector<std::pair<std::string_view, std::string>> reasons;
  const auto table = measure_table();
  for (std::size_t index = 0; index < std::min(measures.size(), table.size()); ++index) {
    const Measurement& measured = measures[index];
    const std::string rejection = rejection_text(measured), note = note_of(measured);
    if (!measured.value && !measured.reason.empty()) {
      reasons.emplace_back(table[index].symbol, " n/a: " + measured.reason);
    } else if (!note.empty()) {
      reasons.emplace_back(table[index].symbol, " " + note);
    } else if (!rejection.empty()) {
      reasons.emplace_back(table[index].symbol, " power law " + rejection);
    }
  }
  return reasons;
}

/// "σ_c = 0.742 ± 0.010" with the part after the underscore set as a subscript.
class Term {
 public:
  Term(std::string_view symbol, std::string value)
      : symbol_(symbol.substr(0, symbol.find('_'))), value_(std::move(value)) {
    if (const std::size_t mark = symbol.find('_'); mark != std::string_view::npos) subscript_ = symbol.substr(mark + 1);
  }

  [[nodiscard]] double width(const QPainter& painter, double size) const {
    return part_width(painter, symbol_, size) + part_width(painter, subscript_, subscript_scale * size) +
           part_width(painter, value_, size);
  }

  void paint(QPainter& painter, QPointF at, double size) const {
    Text part;
    part.color = palette(false).ink;
    double x = at.x();
    const auto put = [&](const std::string& words, double height, double drop) {
      part.text = words;
      part.size = height;
      if (!words.empty()) paint_text(painter, part, {x, at.y() + drop});
      x += part_width(painter, words, height);
    };
    put(symbol_, size, 0.0);
    put(subscript_, subscript_scale * size, 0.3 * size);
    put(value_, size, 0.0);
  }

 private:
  static constexpr double subscript_scale = 0.75;

  static double part_width(const QPainter& painter, const std::string& words, double size) {
    return words.empty() ? 0.0 : text_width(painter, QString::fromStdString(words), size, false);
  }

  std::string symbol_, subscript_, value_;
};

/// The terms in one line at `y` below the top of `area`, smaller where they would not fit.
void paint_terms(QPainter& painter, const std::vector<Term>& terms, double size, const QRectF& area, double y) {
  if (terms.empty()) return;
  double total = 0.0;
  for (const Term& term : terms) total += term.width(painter, size);
  const auto gaps = static_cast<double>(terms.size() - 1);
  const double room = area.width() - size * gaps;
  if (total > room) {
    size *= room / total;
    total = room;
  }
  const double gap = std::min((area.width() - total) / std::max(gaps, 1.0), 3.0 * size);
  double x = area.left();
  for (const Term& term : terms) {
    term.paint(painter, {x, area.top() + y}, size);
    x += term.width(painter, size) + gap;
  }
}

}  // namespace

FigureLayout::FigureLayout(const FigureRequest& request, double pixels_per_point) {
  check(request);
  const std::size_t count = request.panels.size();
  const auto columns = static_cast<std::size_t>(std::ceil(std::sqrt(static_cast<double>(count))));
  const std::size_t rows = (count + columns - 1) / columns;
  const double width = request.width_mm * points_per_mm;
  const double panel_width = (width - gutter * static_cast<double>(columns - 1)) / static_cast<double>(columns);
  text_scale_ =
      std::min(1.0, panel_width / (is_composite(request) ? full_text_from_width : 0.6 * full_text_from_width));

  bool has_title = false, has_measures = false, has_reasons = false;
  for (const FigurePanel& panel : request.panels) {
    has_title |= !panel.title.empty();
    has_measures |= !panel.measures.empty();
    has_reasons |= !reasons_of(panel.measures).empty();
  }
  const double title_height = has_title ? 1.7 * title_size * text_scale_ : 0.0;
  const double measures_height =
      ((has_measures ? 2.4 * caption_size : 0.0) + (has_reasons ? reason_line * reason_size : 0.0)) * text_scale_;
  double body_height = is_composite(request) ? aspect_of_all * panel_width : 0.0;
  for (const FigurePanel& panel : request.panels) {
    if (is_composite(request)) break;
    body_height = std::max(body_height, natural_height(panel, request, panel_width, pixels_per_point, text_scale_));
  }
  const double panel_height = title_height + body_height + measures_height;
  size_ = {width, panel_height * static_cast<double>(rows) + gutter * static_cast<double>(rows - 1)};

  for (std::size_t index = 0; index < count; ++index) {
    const auto [whole_rows, rest] = std::pair{index / columns, index % columns};
    const auto column = static_cast<double>(rest), row = static_cast<double>(whole_rows);
    const QRectF area(column * (panel_width + gutter), row * (panel_height + gutter), panel_width, panel_height);
    Caption caption;
    caption.title = request.panels[index].title;
    caption.title_area = {area.left(), area.top(), area.width(), title_height};
    caption.measures = request.panels[index].measures;
    const SceneInput& input = request.panels[index].input;
    if (input.measured_layer) caption.measured = links_name(input, *input.measured_layer);
    caption.measures_area = {area.left(), area.bottom() - measures_height, area.width(), measures_height};
    captions_.push_back(std::move(caption));
    add_panel(request.panels[index], request, area.adjusted(0.0, title_height, 0.0, -measures_height),
              pixels_per_point);
  }

  double smallest = title_size * text_scale_;
  for (const Picture& picture : pictures_) smallest = std::min(smallest, smallest_text(picture.scene));
  check_text(smallest, request.width_mm, ", or fewer panels");
}

void FigureLayout::add_panel(const FigurePanel& panel, const FigureRequest& request, const QRectF& area,
                             double pixels_per_point) {
  const std::vector<const NetworkScene*> scenes = pictures_of(request.panel);
  if (!is_composite(request)) {
    add_picture(panel, request, *scenes.front(), area, pixels_per_point);
    return;
  }
  QRectF right = area;
  std::vector<const NetworkScene*> stacked;
  for (const NetworkScene* scene : scenes) {
    if (scene->figure.role == FigureRole::leading) {
      const double side = std::min(area.height(), 0.5 * area.width());
      const double gap = picture_gap * text_scale_;
      add_picture(panel, request, *scene, {area.left(), area.top(), side, area.height()}, pixels_per_point);
      right = {area.left() + side + gap, area.top(), area.width() - side - gap, area.height()};
    } else if (!scene->needs.layers || panel.input.network->is_layered()) {
      stacked.push_back(scene);
    }
  }
  add_stack(panel, request, stacked, right, pixels_per_point);
}

void FigureLayout::add_stack(const FigurePanel& panel, const FigureRequest& request,
                             const std::vector<const NetworkScene*>& scenes, QRectF area, double pixels_per_point) {
  double shares = 0.0;
  for (const NetworkScene* scene : scenes) shares += scene->figure.share;
  for (const NetworkScene* scene : scenes) {
    const bool is_last = scene == scenes.back();
    const double height = is_last ? area.height() : scene->figure.share / shares * area.height();
    add_picture(panel, request, *scene, {area.left(), area.top(), area.width(), height}, pixels_per_point);
    shares -= scene->figure.share;
    if (is_last) return;
    // Wide pictures need less height than they were offered: they move up, and those below take the rest.
    Picture& picture = pictures_.back();
    picture.area.setHeight(filled_height(picture.scene, area.width(), height));
    const double top = picture.area.bottom() + picture_gap * text_scale_;
    area = {area.left(), top, area.width(), area.bottom() - top};
  }
}

void FigureLayout::add_picture(const FigurePanel& panel, const FigureRequest& request, const NetworkScene& scene,
                               const QRectF& area, double pixels_per_point) {
  SceneOptions options = paper_options(request, area.size(), pixels_per_point, text_scale_);
  // One legend serves all pictures of a network.
  options.legend = !is_composite(request) || scene.figure.role == FigureRole::leading;
  Picture picture{scene.build(panel.input, options, TaskControl{}), area};
  if (scene.needs.embedding && !panel.input.embedding) {
    notices_.push_back("the " + std::string(scene.id) + " is empty: the network has no embedding");
  }
  if (!picture.scene.note.empty()) {
    notices_.push_back((panel.title.empty() ? std::string() : panel.title + ": ") + picture.scene.note + " in the " +
                       std::string(scene.id));
  }
  if (!panel.selected.empty() && scene.locate != nullptr) {
    picture.places = scene.locate(panel.input, options, TaskControl{});
    picture.highlight = std::make_shared<const Highlight>(highlight_of(panel.input.network, panel.selected));
  }
  pictures_.push_back(std::move(picture));
}

void FigureLayout::paint(QPainter& painter, const PaperStyle& style) const {
  for (const Picture& picture : pictures_) {
    paint_scene(painter, picture.scene, picture.area, style);
    if (!picture.places) continue;
    const PageTransform page = page_transform(picture.scene, picture.area.width(), picture.area.height());
    Scene marks;
    marks.items = picture.places->marks(*picture.highlight, HighlightRole::selected, page);
    paint_scene(painter, marks, picture.area, page, style);
  }
  for (const Caption& caption : captions_) {
    paint_title(painter, caption);
    paint_measures(painter, caption);
  }
}

void FigureLayout::paint_title(QPainter& painter, const Caption& caption) const {
  if (caption.title.empty()) return;
  // "b  standard": the letter that the text of a paper refers to stands out.
  const std::size_t blank = caption.title.find(' ');
  const bool lettered = blank == 1 && caption.title.size() > 2;
  Text part;
  part.size = title_size * text_scale_;
  part.color = palette(false).ink;
  const double y = caption.title_area.top() + 0.8 * part.size;
  double x = caption.title_area.left();
  if (lettered) {
    part.text = caption.title.substr(0, 1);
    part.bold = true;
    paint_text(painter, part, {x, y});
    x += 1.3 * part.size;
    part.bold = false;
  }
  part.text = lettered ? caption.title.substr(caption.title.find_first_not_of(' ', blank)) : caption.title;
  paint_text(painter, part, {x, y});
}

void FigureLayout::paint_measures(QPainter& painter, const Caption& caption) const {
  const auto table = measure_table();
  const std::size_t count = std::min(caption.measures.size(), table.size());
  if (count == 0) return;
  std::vector<Term> terms;
  if (!caption.measured.empty()) terms.emplace_back(caption.measured + ":", "");
  for (std::size_t index = 0; index < count; ++index) {
    const Measurement& measurement = caption.measures[index];
    terms.emplace_back(table[index].symbol, " = " + (measurement.value ? format_measurement(measurement) : "n/a"));
  }
  const double height = 2.4 * caption_size * text_scale_;
  paint_terms(painter, terms, caption_size * text_scale_, caption.measures_area, 0.5 * height);
  terms.clear();
  for (const auto& [symbol, reason] : reasons_of(caption.measures)) terms.emplace_back(symbol, reason);
  paint_terms(painter, terms, reason_size * text_scale_, caption.measures_area,
              height + 0.3 * reason_size * text_scale_);
}

}  // namespace dnm
