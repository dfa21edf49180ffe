// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/figure/network_block.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "core/support/error.h"
#include "viz/figure/measures_line.h"

namespace dnm {

namespace {

constexpr double picture_text_size = 6.5;
constexpr double full_text_from_width = 220.0;  // points, of a panel of several pictures
constexpr double picture_gap = 4.0;             // within a panel
constexpr double aspect_of_all = 0.56;
constexpr double lowest_neuron = 194.0;  // points: from there on its blocks are shown enlarged

/// How much of `height` a picture of this width fills.
double filled_height(const Scene& scene, double width, double height) {
  constexpr double spare = 1.0;
  if (!scene.keep_aspect) return height;
  const double used = page_transform(scene, width, height).scale_y * scene.bounds.height + scene.margins.top +
                      scene.margins.bottom + note_height(scene);
  return std::min(height, used + spare);
}

}  // namespace

NetworkBlock::NetworkBlock(const FigureNetwork& network, std::string_view panel, const SceneOptions& options)
    : network_(network), panel_(panel), options_(options), kinds_(pictures_of(panel)) {
  if (!network.input.network) throw InvalidInput("a figure has no network to draw");
  if (panel == neuron_panel && !network.neuron) {
    throw InvalidInput("the picture \"" + std::string(neuron_panel) +
                       "\" is of one neuron; select one: \"layer 1 neuron 98\"");
  }
}

double NetworkBlock::full_text_width() const {
  return panel_ == all_pictures ? full_text_from_width : 0.6 * full_text_from_width;
}

SceneOptions NetworkBlock::options_for(QSizeF area, const PageLook& look) const {
  SceneOptions options = options_;
  options.dark = false;
  options.viewport = {0.0, 0.0, 0.0, 0.0};
  options.width_points = area.width();
  options.height_points = area.height();
  options.pixels_across = area.width() * look.pixels_per_point;
  options.text_size = picture_text_size * look.text_scale;
  return options;
}

Scene NetworkBlock::build(const NetworkScene& kind, const SceneOptions& options) const {
  return kind.build(network_.input, options, TaskControl{});
}

double NetworkBlock::natural_height(const NetworkScene& kind, double width, const PageLook& look) const {
  const auto filled = [&](double height) {
    return filled_height(build(kind, options_for({width, height}, look)), width, height);
  };
  // What fills the usual height may be narrower than the panel.
  const double usual = kind.figure.aspect * width, most = kind.figure.most * width;
  const double height = filled(usual);
  return height < usual || usual >= most ? height : filled(most);
}

double NetworkBlock::measures_height(const PageLook& look) const {
  return has_measures_below(panel_) ? look.measures_height * look.text_scale : 0.0;
}

double NetworkBlock::height_at(double width, const PageLook& look) const {
  if (panel_ == neuron_panel) return std::max(0.5 * width, lowest_neuron);
  const double pictures = panel_ == all_pictures ? aspect_of_all * width : natural_height(*kinds_.front(), width, look);
  return pictures + measures_height(look);
}

double NetworkBlock::ratio_at(double width, const PageLook& look) const {
  // What can have any shape takes its usual one.
  const bool has_any_shape = kinds_.size() == 1 && kinds_.front()->figure.most == kinds_.front()->figure.aspect;
  return has_any_shape ? kinds_.front()->figure.aspect : PageBlock::ratio_at(width, look);
}

void NetworkBlock::lay_out(const QRectF& area, const PageLook& look) {
  text_scale_ = look.text_scale;
  if (panel_ == neuron_panel) {
    pictures_.push_back({neuron_scene(*network_.neuron, options_for(area.size(), look)), area});
    return;
  }
  const double below = measures_height(look);
  measures_area_ = {area.left(), area.bottom() - below, area.width(), below};
  const QRectF above = area.adjusted(0.0, 0.0, 0.0, -below);
  if (panel_ == all_pictures) {
    add_pictures(above, look);
  } else {
    add_picture(*kinds_.front(), above, look);
  }
}

void NetworkBlock::add_pictures(const QRectF& area, const PageLook& look) {
  QRectF right = area;
  std::vector<const NetworkScene*> stacked;
  for (const NetworkScene* kind : kinds_) {
    if (kind->figure.role == FigureRole::leading) {
      const double side = std::min(area.height(), 0.5 * area.width());
      const double gap = picture_gap * look.text_scale;
      add_picture(*kind, {area.left(), area.top(), side, area.height()}, look);
      right = {area.left() + side + gap, area.top(), area.width() - side - gap, area.height()};
    } else if (!kind->needs.layers || network_.input.network->is_layered()) {
      stacked.push_back(kind);
    }
  }
  add_stack(stacked, right, look);
}

void NetworkBlock::add_stack(const std::vector<const NetworkScene*>& kinds, QRectF area, const PageLook& look) {
  double shares = 0.0;
  for (const NetworkScene* kind : kinds) shares += kind->figure.share;
  for (const NetworkScene* kind : kinds) {
    const bool is_last = kind == kinds.back();
    const double height = is_last ? area.height() : kind->figure.share / shares * area.height();
    add_picture(*kind, {area.left(), area.top(), area.width(), height}, look);
    shares -= kind->figure.share;
    if (is_last) return;
    // Wide pictures need less height than they were offered: they move up, and those below take the rest.
    Picture& picture = pictures_.back();
    picture.area.setHeight(filled_height(picture.scene, area.width(), height));
    const double top = picture.area.bottom() + picture_gap * look.text_scale;
    area = {area.left(), top, area.width(), area.bottom() - top};
  }
}

void NetworkBlock::add_picture(const NetworkScene& kind, const QRectF& area, const PageLook& look) {
  SceneOptions options = options_for(area.size(), look);
  // One legend serves all pictures of a network.
  options.legend = panel_ != all_pictures || kind.figure.role == FigureRole::leading;
  Picture picture{build(kind, options), area};
  if (kind.needs.embedding && !network_.input.embedding) {
    notices_.push_back("the " + std::string(kind.id) + " is empty: the network has no embedding");
  }
  if (!picture.scene.note.empty()) {
    notices_.push_back((network_.title.empty() ? std::string() : network_.title + ": ") + picture.scene.note +
                       " in the " + std::string(kind.id));
  }
  if (!network_.selected.empty() && kind.locate != nullptr) {
    picture.places = kind.locate(network_.input, options, TaskControl{});
    picture.highlight = std::make_shared<const Highlight>(highlight_of(network_.input.network, network_.selected));
  }
  pictures_.push_back(std::move(picture));
}

void NetworkBlock::paint(QPainter& painter, const PaperStyle& style) const {
  PageBlock::paint(painter, style);
  if (has_measures_below(panel_)) paint_measures_line(painter, network_, measures_area_, text_scale_, style);
}

}  // namespace dnm
