// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>
#include <utility>

#include "viz/scenes/axes.h"
#include "viz/scenes/dendrites.h"
#include "viz/scenes/link_change.h"
#include "viz/scenes/marks.h"
#include "viz/scenes/matrix_layout.h"
#include "viz/scenes/matrix_order.h"
#include "viz/scenes/palette.h"
#include "viz/scenes/scenes.h"

namespace dnm {

namespace {

constexpr double framed_from = 5.0;  // points per cell: smaller links are dots
constexpr double beside = 16.0;      // points from a side of a matrix that still belong to its rows or columns
constexpr double pointer_length = 6.0, pointer_half = 3.2;
constexpr double tick_begin = 0.5, tick_end = 3.5;  // points from the matrix

/// One matrix on the page: cells are named by the places of their row and column.
struct Frame {
  Rectangle area;
  std::size_t mask;
  NodeIndex first_input, first_output;  ///< node numbers by place
  NodeIndex n_in, n_out;

  [[nodiscard]] double top() const { return area.y + area.height; }
  [[nodiscard]] double column_middle(NodeIndex place) const { return area.x + (place - first_input) + 0.5; }
  [[nodiscard]] double row_middle(NodeIndex place) const { return top() - (place - first_output) - 0.5; }
  [[nodiscard]] bool has_input(NodeIndex place) const { return place >= first_input && place - first_input < n_in; }
  [[nodiscard]] bool has_output(NodeIndex place) const { return place >= first_output && place - first_output < n_out; }
};

class MatrixPlaces final : public NodePlaces {
 public:
  MatrixPlaces(const SceneInput& input, const SceneOptions& options)
      : network_(input.network), names_(input.names), words_(input), dark_(options.dark) {
    const CommunityOrder order = matrix_order(input, options);
    const std::optional<LinkChange> change = shown_change(order.input, options);
    if (change) before_ = input.before;
    node_at_ = order.node_at;
    place_of_.resize(node_at_.size());
    for (NodeIndex place = 0; place < node_at_.size(); ++place) place_of_[node_at_[place]] = place;
    const MatrixLayout layout =
        arrange_matrices(*network_, options, matrix_legend(NodeColors(order.input, options), change, options));
    for (std::size_t index = 0; index < layout.areas.size(); ++index) {
      const Mask& mask = network_->masks()[index];
      frames_.push_back({layout.areas[index], index, network_->first_node(index),
                         network_->first_node(network_->is_layered() ? index + 1 : index), mask.n_in, mask.n_out});
    }
  }

  [[nodiscard]] Hit at(Point page, double /*radius*/, const PageTransform& seen) const override {
    const Point data = seen.to_data(page);
    for (const Frame& frame : frames_) {
      const double column = std::floor(data.x - frame.area.x), row = std::floor(frame.top() - data.y);
      const bool has_column = column >= 0.0 && column < frame.n_in, has_row = row >= 0.0 && row < frame.n_out;
      const auto input = [&] { return node(frame.first_input + static_cast<NodeIndex>(column)); };
      const auto output = [&] { return node(frame.first_output + static_cast<NodeIndex>(row)); };
      if (has_column && has_row) return {{input(), output()}, cell_words(frame, input(), output())};
      const double left = (frame.area.x - data.x) * seen.scale_x, below = (frame.area.y - data.y) * seen.scale_y;
      if (has_row && left >= 0.0 && left < beside) return {{output()}, words_.of(output())};
      if (has_column && below >= 0.0 && below < beside) return {{input()}, words_.of(input())};
    }
    return {};
  }

  [[nodiscard]] std::vector<NodeIndex> within(const Rectangle& data) const override {
    std::vector<NodeIndex> found;
    for (const Frame& frame : frames_) {
      const double left = std::max(data.x, frame.area.x) - frame.area.x;
      const double right = std::min(data.x + data.width - frame.area.x, frame.area.width);
      const double upper = frame.top() - std::min(data.y + data.height, frame.top());
      const double lower = std::min(frame.top() - data.y, frame.area.height);
      if (right < left || lower < upper) continue;
      for (auto column = static_cast<NodeIndex>(left); column < frame.n_in && column < right; ++column) {
        found.push_back(node(frame.first_input + column));
      }
      for (auto row = static_cast<NodeIndex>(upper); row < frame.n_out && row < lower; ++row) {
        found.push_back(node(frame.first_output + row));
      }
    }
    std::ranges::sort(found);
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
  }

  [[nodiscard]] std::vector<SceneItem> marks(const Highlight& highlight, HighlightRole role,
                                             const PageTransform& seen) const override {
    const MarkStyle style(highlight, role, dark_);
    std::vector<SceneItem> items;
    Lines guides, ticks;
    guides.width = 0.6;
    ticks.width = 0.9;
    Bands pointers;
    for (const Frame& frame : frames_) {
      for (const NodeIndex neighbour : highlight.neighbours) add_tick(ticks, frame, place(neighbour), style, seen);
      for (const NodeIndex chosen : highlight.nodes) {
        add_guides(guides, frame, place(chosen), style);
        add_pointers(pointers, frame, place(chosen), style, seen);
      }
    }
    const auto add = [&items](auto&& item) {
      if (!item.colors.empty()) items.emplace_back(std::forward<decltype(item)>(item));
    };
    add(std::move(guides));
    add_links(items, highlight, style, seen);
    add(std::move(ticks));
    add(std::move(pointers));
    return items;
  }

 private:
  [[nodiscard]] NodeIndex node(NodeIndex place) const { return node_at_.empty() ? place : node_at_[place]; }
  [[nodiscard]] NodeIndex place(NodeIndex node) const { return place_of_.empty() ? node : place_of_[node]; }

  [[nodiscard]] std::string cell_words(const Frame& frame, NodeIndex input, NodeIndex output) const {
    const Network& network = *network_;
    const NodeIndex column = input - frame.first_input, row = output - frame.first_output;
    const auto links = network.masks()[frame.mask].row(row);
    const bool linked = std::ranges::binary_search(links, column);
    std::string words = neuron_name(*network_, names_, frame.mask, column);
    words += network.is_layered() ? " → " : " – ";
    words += neuron_name(*network_, names_, network.is_layered() ? frame.mask + 1 : 0, row);
    words += ": " + link_words(frame.mask, row, column, linked);
    if (linked && network.is_layered()) {
      const auto ranks = dendrite_ranks(links, frame.n_in);
      const auto found = std::ranges::lower_bound(links, column) - links.begin();
      words += ", dendrite " + std::to_string(ranks[static_cast<std::size_t>(found)] + 1);
    }
    return words;
  }

  /// "new link", "kept link", "link", "removed link", "no link".
  [[nodiscard]] std::string link_words(std::size_t mask, NodeIndex row, NodeIndex column, bool linked) const {
    if (!before_) return linked ? "link" : "no link";
    const bool was_linked = std::ranges::binary_search(before_->masks()[mask].row(row), column);
    if (!linked && !was_linked) return "no link";
    const LinkFate fate = !linked ? LinkFate::removed : was_linked ? LinkFate::kept : LinkFate::grown;
    return std::string(fate_word(fate)) + " link";
  }

  /// A short line outside the matrix at the row or column of a neighbour.
  static void add_tick(Lines& ticks, const Frame& frame, NodeIndex place, const MarkStyle& style,
                       const PageTransform& seen) {
    if (frame.has_output(place)) {
      const double y = frame.row_middle(place);
      append_line(ticks, {frame.area.x - tick_end / seen.scale_x, y}, {frame.area.x - tick_begin / seen.scale_x, y},
                  style.ink());
    }
    if (frame.has_input(place)) {
      const double x = frame.column_middle(place);
      append_line(ticks, {x, frame.area.y - tick_end / seen.scale_y}, {x, frame.area.y - tick_begin / seen.scale_y},
                  style.ink());
    }
  }

  /// A fine line along the row or column of a selected neuron.
  static void add_guides(Lines& guides, const Frame& frame, NodeIndex place, const MarkStyle& style) {
    const Color color = with_alpha(style.ink(), 0.4);
    if (frame.has_output(place)) {
      const double y = frame.row_middle(place);
      append_line(guides, {frame.area.x, y}, {frame.area.x + frame.area.width, y}, color);
    }
    if (frame.has_input(place)) {
      const double x = frame.column_middle(place);
      append_line(guides, {x, frame.area.y}, {x, frame.top()}, color);
    }
  }

  /// Triangles at both ends of the row or column of a selected neuron, which point along it. They lie inside the
  /// matrix, since names, numbers and titles stand around it.
  static void add_pointers(Bands& pointers, const Frame& frame, NodeIndex place, const MarkStyle& style,
                           const PageTransform& seen) {
    const double x_unit = 1.0 / seen.scale_x, y_unit = 1.0 / seen.scale_y;
    const auto begin = [&] {
      pointers.starts.push_back(static_cast<std::uint32_t>(pointers.lower.size()));
      pointers.colors.push_back(style.ink());
    };
    const auto pair = [&](double x, double lower, double upper) {
      pointers.lower.push_back({x, lower});
      pointers.upper.push_back({x, upper});
    };
    if (frame.has_output(place)) {
      const double y = frame.row_middle(place), half = pointer_half * y_unit;
      const double left = frame.area.x, right = frame.area.x + frame.area.width;
      begin();
      pair(left, y - half, y + half);
      pair(left + pointer_length * x_unit, y, y);
      begin();
      pair(right - pointer_length * x_unit, y, y);
      pair(right, y - half, y + half);
    }
    if (frame.has_input(place)) {
      const double x = frame.column_middle(place), half = pointer_half * x_unit;
      const double bottom = frame.area.y, top = frame.top();
      const double length = pointer_length * y_unit;
      begin();
      pair(x - half, bottom, bottom);
      pair(x, bottom, bottom + length);
      pair(x + half, bottom, bottom);
      begin();
      pair(x - half, top, top);
      pair(x, top - length, top);
      pair(x + half, top, top);
    }
  }

  /// Of a general graph in both halves.
  void add_links(std::vector<SceneItem>& items, const Highlight& highlight, const MarkStyle& style,
                 const PageTransform& seen) const {
    std::vector<Point> middles;
    for (const HighlightedLink& link : highlight.links) {
      const Frame& frame = frames_[link.mask];
      middles.push_back({frame.column_middle(place(link.input)), frame.row_middle(place(link.output))});
      if (!network_->is_layered()) {
        middles.push_back({frame.column_middle(place(link.output)), frame.row_middle(place(link.input))});
      }
    }
    if (seen.scale_x < framed_from) return style.add_neighbours(items, middles);
    Lines frames;
    for (const Point& middle : middles) {
      frames.starts.push_back(static_cast<std::uint32_t>(frames.points.size()));
      for (const auto& [x, y] : {Point{-0.5, -0.5}, {0.5, -0.5}, {0.5, 0.5}, {-0.5, 0.5}, {-0.5, -0.5}}) {
        frames.points.push_back({middle.x + x, middle.y + y});
      }
    }
    style.add_links(items, std::move(frames));
  }

  NetworkPointer network_;
  LayerNames names_;
  NetworkPointer before_;  ///< where what became of the links is shown
  NeuronWords words_;
  bool dark_;
  std::vector<NodeIndex> node_at_, place_of_;  ///< empty: by number
  std::vector<Frame> frames_;
};

}  // namespace

NodePlacesPointer locate_matrix(const SceneInput& input, const SceneOptions& options, const TaskControl& control) {
  if (!input.network) return nullptr;
  control.check();
  return std::make_shared<const MatrixPlaces>(input, options);
}

}  // namespace dnm
