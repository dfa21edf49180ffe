// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "viz/scenes/node_places.h"
#include "viz/scenes/scene_input.h"

// What highlights are made of, the same in every picture. Selected neurons are rings with a dot, those they are linked
// to plain dots, both in the colour of text with a rim in that of the ground: they differ by shape, on any picture.
namespace dnm {

/// Widths and colours of the marks of one highlight: the more there is of it, the finer.
class MarkStyle {
 public:
  MarkStyle(const Highlight& highlight, HighlightRole role, bool dark);

  [[nodiscard]] Color ink() const { return ink_; }
  [[nodiscard]] Color ground() const { return ground_; }
  /// Of the links as lines, in points; the same with a rim.
  [[nodiscard]] double line_width() const { return line_width_; }

  /// The lines, with a rim below them where they are few.
  void add_links(std::vector<SceneItem>& items, Lines lines) const;
  void add_neighbours(std::vector<SceneItem>& items, const std::vector<Point>& places) const;
  void add_nodes(std::vector<SceneItem>& items, const std::vector<Point>& places) const;

 private:
  Color ink_, ground_;
  bool has_rims_;
  bool has_dots_;
  double line_width_;
  double line_strength_;  ///< from 0 to 1: many lines would hide what they cross
  double node_size_;
  double neighbour_size_;
};

/// Links in and out of the nodes of a network, and what is said of a neuron under the pointer.
class NeuronWords {
 public:
  /// O(nodes + links).
  explicit NeuronWords(const SceneInput& input);
  /// "layer 1 neuron 40: 12 links in on 3 dendrites, 5 links out"; of a general graph "node 7: 4 links".
  [[nodiscard]] std::string of(NodeIndex node) const;

 private:
  SceneInput input_;
  std::vector<NodeIndex> links_out_;
};

}  // namespace dnm
