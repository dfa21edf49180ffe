// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <numeric>

#include "core/models/initialiser.h"
#include "core/models/row_drawing.h"

namespace dnm {

namespace {

/// Weights of a dense network of `layers` layers of `width` neurons each on `inputs`, with a classifier on top.
double weights_of(NodeIndex inputs, std::size_t layers, double width, NodeIndex classes) {
  return width * (inputs + static_cast<double>(layers - 1) * width + classes);
}

NodeIndex width_of_equal_weights(NodeIndex inputs, std::size_t layers, NodeIndex classes, double weights) {
  // The positive root of (layers-1)·h² + (inputs+classes)·h = weights, in the form that does not cancel.
  const double linear = static_cast<double>(inputs) + classes;
  const double root =
      2.0 * weights / (linear + std::sqrt(linear * linear + 4.0 * static_cast<double>(layers - 1) * weights));
  const double below = std::max(1.0, std::floor(root));
  const bool above_is_nearer =
      weights_of(inputs, layers, below + 1.0, classes) - weights < weights - weights_of(inputs, layers, below, classes);
  return static_cast<NodeIndex>(above_is_nearer ? below + 1.0 : below);
}

Mask full_layer(NodeIndex n_in, NodeIndex n_out, unsigned threads, const TaskControl& control) {
  const auto make_drawer = [&]() -> RowDrawer {
    return [n_in](NodeIndex, RowCells& cells, StopCheck&) { cells.take_run(0, n_in); };
  };
  return draw_rows(n_in, std::vector<NodeIndex>(n_out, n_in), make_drawer, threads, control);
}

}  // namespace

/// Every cell of every layer.
Mask draw_dense_layer(const LayerRequest& request) {
  return full_layer(request.n_in, request.n_out, request.threads, request.control);
}

/// A dense network of the same depth whose one hidden width is chosen so that it has as many weights as the sparse
/// network would have (including the classifier's where there will be one). A notice reports both numbers.
Network draw_dense_equal_network(const NetworkRequest& request) {
  const std::vector<NodeIndex>& sizes = request.parameters.layer_sizes;
  const std::size_t layers = request.links.size();
  const NodeIndex classes = request.context.classes;
  const std::uint64_t links = std::accumulate(request.links.begin(), request.links.end(), std::uint64_t{0});
  const std::uint64_t wanted = links + std::uint64_t{sizes.back()} * classes;
  const NodeIndex width = width_of_equal_weights(sizes.front(), layers, classes, static_cast<double>(wanted));

  std::vector<NodeIndex> dense_sizes(sizes.size(), width);
  dense_sizes.front() = sizes.front();
  std::vector<Mask> masks;
  std::uint64_t weights = std::uint64_t{width} * classes;
  for (std::size_t layer = 0; layer < layers; ++layer) {
    masks.push_back(full_layer(dense_sizes[layer], width, request.context.threads, request.control));
    weights += masks.back().link_count();
    request.control.report(static_cast<double>(layer + 1) / static_cast<double>(layers));
  }
  request.notices.push_back(
      "dense layers of " + std::to_string(width) + " neurons have " + std::to_string(weights) +
      " weights, the sparse " + "network " + std::to_string(wanted) +
      (classes > 0 ? ", those of the classifier counted in both" : "; a classifier is not counted in either"));
  return Network::layered(std::move(dense_sizes), std::move(masks));
}

}  // namespace dnm
