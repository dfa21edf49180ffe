// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <memory>

#include "core/models/data_of_request.h"
#include "core/models/initialiser.h"
#include "core/models/largest_values.h"
#include "core/models/layer_notices.h"
#include "core/models/row_cells.h"
#include "core/models/uniform_cells.h"

namespace dnm {

namespace {

/// How often row or column `index` of the tile occurs on a side of `size` neurons.
std::uint64_t repeats(NodeIndex size, NodeIndex tile, NodeIndex index) {
  return index < size ? (size - index - 1) / tile + 1 : 0;
}

Mask most_correlated(const InputCorrelation& correlation, const LayerRequest& request) {
  const NodeIndex tile = correlation.inputs;
  const NodeIndex rows = std::min(tile, request.n_out);
  const NodeIndex columns = std::min(tile, request.n_in);
  StopCheck stop(request.control);
  const auto strength = [&](NodeIndex row, NodeIndex column) {
    return correlation.strength[std::size_t{row} * tile + column];
  };
  const Cut cut = cut_of_largest(
      [&](const auto& visit) {
        for (NodeIndex row = 0; row < rows; ++row) {
          const std::uint64_t times = repeats(request.n_out, tile, row);
          for (NodeIndex column = 0; column < columns; ++column) {
            visit(strength(row, column), times * repeats(request.n_in, tile, column));
          }
          stop.worked(columns);
        }
      },
      request.links);
  if (cut.key == 0 && request.links > cut.above) {
    request.notices.push_back("only " + std::to_string(cut.above) + " of " + std::to_string(request.links) +
                              " links join inputs that correlate at all; the others are drawn at random");
  }

  // Links of every row of the tile: above the threshold, and tied with it.
  struct TileRow {
    std::vector<NodeIndex> sure;
    std::vector<NodeIndex> ties;
  };
  std::vector<TileRow> tile_rows(rows);
  for (NodeIndex row = 0; row < rows; ++row) {
    for (NodeIndex column = 0; column < columns; ++column) {
      const std::uint32_t key = order_key(strength(row, column));
      if (key > cut.key) tile_rows[row].sure.push_back(column);
      if (key == cut.key) tile_rows[row].ties.push_back(column);
    }
    stop.worked(columns);
  }

  TieBreaker breaker(cut.ties, request.links - cut.above, request.random);
  Mask mask{request.n_in, request.n_out, std::vector<std::uint64_t>(std::size_t{request.n_out} + 1, 0), {}};
  resize_in_steps(mask.columns, request.links, request.control);
  RowCells cells(request.n_in);
  for (NodeIndex output = 0; output < request.n_out; ++output) {
    const TileRow& row = tile_rows[output % tile];
    for (std::uint64_t start = 0; start < request.n_in; start += tile) {
      const auto place = [&](NodeIndex column) { return start + column; };
      for (const NodeIndex column : row.sure) {
        if (place(column) < request.n_in) cells.take(static_cast<NodeIndex>(place(column)));
      }
      for (const NodeIndex column : row.ties) {
        if (place(column) < request.n_in && breaker.takes_next()) cells.take(static_cast<NodeIndex>(place(column)));
      }
      stop.worked(row.sure.size() + row.ties.size() + 1);
    }
    const NodeIndex degree = cells.taken();
    mask.row_begin[output + 1] = mask.row_begin[output] + degree;
    cells.move_to(std::span(mask.columns).subspan(mask.row_begin[output], degree));
  }
  return mask;
}

}  // namespace

/// Correlated sparse topological initialisation (manual: methods/baselines, "CSTI"): the T cells whose inputs correlate
/// most, with the correlation matrix of the data's inputs tiled over every layer; ties at random. O(links + inputs²) a
/// layer.
Network draw_csti_network(const NetworkRequest& request) {
  const DataInUse data = data_of(request);
  // Reading and correlating takes most of the time; the layers need little.
  const auto correlation = data.source.input_correlation(data.choice, request.control);
  const ModelParameters& parameters = request.parameters;
  std::vector<Mask> masks;
  LayerNotices of_layers;
  for (std::size_t layer = 0; layer < request.links.size(); ++layer) {
    request.control.check();
    Random random(parameters.seed, layer);
    const LayerParameters of_layer = parameters.of_layer(layer);
    std::vector<std::string> notices;
    masks.push_back(most_correlated(*correlation, {.n_in = parameters.layer_sizes[layer],
                                                   .n_out = parameters.layer_sizes[layer + 1],
                                                   .links = request.links[layer],
                                                   .parameters = of_layer,
                                                   .random = random,
                                                   .notices = notices,
                                                   .control = request.control}));
    for (const std::string& notice : notices) of_layers.add(layer, notice);
  }
  of_layers.append_to(request.notices);
  return Network::layered(parameters.layer_sizes, std::move(masks));
}

}  // namespace dnm
