// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <memory>
#include <numeric>
#include <span>

#include "core/models/data_of_request.h"
#include "core/models/initialiser.h"
#include "core/models/largest_values.h"
#include "core/models/layer_notices.h"
#include "core/models/uniform_cells.h"

namespace dnm {

namespace {

/// The most salient cells of layers first, first+1, … as masks, `count` in all.
void choose_cells(const NetworkRequest& request, std::span<const std::vector<float>> saliency, std::size_t first,
                  std::uint64_t count, std::vector<Mask>& masks) {
  const std::vector<NodeIndex>& sizes = request.parameters.layer_sizes;
  StopCheck stop(request.control);
  const Cut cut = cut_of_largest(
      [&](const auto& visit) {
        for (const std::vector<float>& layer : saliency) {
          for (const float value : layer) {
            visit(value, 1);
            stop.worked(1);
          }
        }
      },
      count);
  if (cut.key == 0 && count > cut.above) {
    request.notices.push_back("only " + std::to_string(cut.above) + " of " + std::to_string(count) +
                              " links change the loss on the batch at all; the others are drawn at random");
  }
  Random random(request.parameters.seed, first);
  TieBreaker breaker(cut.ties, count - cut.above, random);
  for (std::size_t i = 0; i < saliency.size(); ++i) {
    Mask mask{sizes[first + i], sizes[first + i + 1], {}, {}};
    mask.row_begin.assign(std::size_t{mask.n_out} + 1, 0);
    for (NodeIndex output = 0; output < mask.n_out; ++output) {
      const float* row = saliency[i].data() + std::size_t{output} * mask.n_in;
      for (NodeIndex input = 0; input < mask.n_in; ++input) {
        const std::uint32_t key = order_key(row[input]);
        if (key > cut.key || (key == cut.key && breaker.takes_next())) mask.columns.push_back(input);
      }
      mask.row_begin[output + 1] = mask.columns.size();
      stop.worked(mask.n_in);
    }
    mask.columns.shrink_to_fit();
    masks.push_back(std::move(mask));
  }
}

/// Whether any path leads from an input to a neuron of the last layer.
bool has_path(const std::vector<Mask>& masks) {
  std::vector<bool> reached(masks.front().n_in, true);
  for (const Mask& mask : masks) {
    std::vector<bool> next(mask.n_out, false);
    for (NodeIndex output = 0; output < mask.n_out; ++output) {
      next[output] = std::ranges::any_of(mask.row(output), [&](NodeIndex input) { return reached[input]; });
    }
    reached = std::move(next);
  }
  return std::ranges::find(reached, true) != reached.end();
}

void report_dead_layers(const std::vector<Mask>& masks, std::vector<std::string>& notices) {
  bool dead = false;
  LayerNotices of_layers;
  for (std::size_t layer = 0; layer < masks.size(); ++layer) {
    if (!masks[layer].columns.empty()) continue;
    dead = true;
    of_layers.add(layer,
                  "it is dead: all links went to other layers, so nothing passes through; lower the sparsity or look "
                  "for salient links layer by layer (--snip-scope layer)");
  }
  of_layers.append_to(notices);
  if (!dead && !has_path(masks)) {
    notices.emplace_back(
        "no path leads from the inputs to the last layer, so nothing can be learned; lower the sparsity or "
        "look for salient links layer by layer (--snip-scope layer)");
  }
}

}  // namespace

/// Single-shot network pruning (Lee et al., ICLR 2019, arXiv:1810.02340; manual: methods/baselines, "SNIP"): the cells
/// of a dense network with the largest |w·∂L/∂w|, over all layers together or layer by layer; ties at random. A notice
/// reports layers without links.
Network draw_snip_network(const NetworkRequest& request) {
  const DataInUse data = data_of(request);
  const ModelParameters& parameters = request.parameters;
  const auto saliency =
      data.source.link_saliency(data.choice, parameters.layer_sizes, parameters.seed, request.control);
  std::vector<Mask> masks;
  if (parameters.snip_scope == SnipScope::network) {
    const std::uint64_t links = std::accumulate(request.links.begin(), request.links.end(), std::uint64_t{0});
    choose_cells(request, *saliency, 0, links, masks);
  } else {
    for (std::size_t layer = 0; layer < request.links.size(); ++layer) {
      choose_cells(request, std::span(*saliency).subspan(layer, 1), layer, request.links[layer], masks);
    }
  }
  report_dead_layers(masks, request.notices);
  return Network::layered(parameters.layer_sizes, std::move(masks));
}

}  // namespace dnm
