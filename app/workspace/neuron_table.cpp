// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/neuron_table.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <numbers>
#include <optional>
#include <utility>

#include "app/workspace/words.h"
#include "core/network/mask_rows.h"
#include "core/support/digits.h"
#include "viz/scenes/dendrites.h"
#include "viz/scenes/node_colors.h"
#include "viz/scenes/scenes.h"

namespace dnm {

namespace {

constexpr double no_value = std::numeric_limits<double>::quiet_NaN();
constexpr int measured_decimals = 4, angle_decimals = 1, radius_decimals = 2;

bool is_of(const Network& network, const std::vector<double>& values) { return values.size() == network.node_count(); }

/// Communities by size from 1, as everywhere they are named; angles in degrees.
void shape(NeuronColumn& column, NodeValueKind kind) {
  if (kind == NodeValueKind::category) {
    std::vector<std::int32_t> groups;
    for (const double value : column.numbers)
      groups.push_back(std::isnan(value) ? -1 : static_cast<std::int32_t>(value));
    const std::vector<std::int32_t> ranks = community_ranks(groups).rank_of;
    for (std::size_t node = 0; node < ranks.size(); ++node) {
      column.numbers[node] = ranks[node] < 0 ? no_value : ranks[node] + 1.0;
    }
  } else if (kind == NodeValueKind::cyclic) {
    for (double& value : column.numbers) value *= 180.0 / std::numbers::pi;
    column.decimals = angle_decimals;
  } else {
    column.decimals = measured_decimals;
  }
}

double number_or_none(const std::string& text) {
  double number = no_value;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size() ? number : no_value;
}

}  // namespace

NeuronTable::NeuronTable(const SceneInput& input) : network_(input.network), names_(input.names) {
  if (!network_) return;
  add_places();
  add_links();
  add_quantities(input);
  add_attributes();
}

void NeuronTable::add_places() {
  const Network& network = *network_;
  columns_.push_back({"neuron", network.is_layered() ? "Neuron" : "Node", "Its name, as everywhere in the program"});
  if (!network.is_layered()) return;
  NeuronColumn layer{"layer", "Layer", "Its layer; 0 are the inputs"};
  NeuronColumn index{"index", "Index", "Its number within its layer, from 0"};
  for (std::size_t place = 0; place < network.layer_sizes().size(); ++place) {
    for (NodeIndex neuron = 0; neuron < network.layer_sizes()[place]; ++neuron) {
      layer.numbers.push_back(static_cast<double>(place));
      index.numbers.push_back(neuron);
    }
  }
  columns_.push_back(std::move(layer));
  columns_.push_back(std::move(index));
}

void NeuronTable::add_links() {
  const Network& network = *network_;
  const std::vector<NodeIndex> degrees = node_degrees(network);
  NeuronColumn all{"degree", "Degree", "All its links"};
  all.numbers.assign(degrees.begin(), degrees.end());
  if (!network.is_layered()) {
    columns_.push_back(std::move(all));
    return;
  }
  NeuronColumn in{"in", "Links in", "Its links from the layer before; none are possible for inputs"};
  NeuronColumn out{"out", "Links out", "Its links to the next layer; none are possible in the last"};
  NeuronColumn dendrites{"dendrites", "Dendrites", "Runs of consecutive inputs among its links in"};
  for (NeuronColumn* column : {&in, &out, &dendrites}) column->numbers.assign(network.node_count(), no_value);
  for (std::size_t layer = 0; layer < network.masks().size(); ++layer) {
    const Mask& mask = network.masks()[layer];
    const NodeIndex inputs = network.first_node(layer), outputs = network.first_node(layer + 1);
    std::fill_n(out.numbers.begin() + inputs, mask.n_in, 0.0);
    for (const NodeIndex column : mask.columns) out.numbers[inputs + column] += 1.0;
    for (NodeIndex row = 0; row < mask.n_out; ++row) {
      const auto links = mask.row(row);
      const auto ranks = dendrite_ranks(links, mask.n_in);
      in.numbers[outputs + row] = static_cast<double>(links.size());
      dendrites.numbers[outputs + row] = ranks.empty() ? 0.0 : *std::ranges::max_element(ranks) + 1.0;
    }
  }
  for (NeuronColumn* column : {&in, &out, &all, &dendrites}) columns_.push_back(std::move(*column));
}

void NeuronTable::add_quantities(const SceneInput& input) {
  for (const NodeColoring& quantity : node_coloring_table()) {
    if (quantity.kind == NodeValueKind::layer || quantity.id == "degree") continue;
    NodeValues found = quantity.values(input);
    NeuronColumn column{std::string(quantity.id), std::string(quantity.label), std::string(quantity.meaning)};
    if (is_of(*network_, found.values) && !found.is_stale) {
      column.numbers = std::move(found.values);
      shape(column, quantity.kind);
    } else {
      column.numbers.assign(network_->node_count(), no_value);
      column.missing = found.missing.empty() ? found.pending : found.missing;
    }
    if (quantity.kind == NodeValueKind::cyclic) column.label += " θ in °";
    columns_.push_back(std::move(column));
  }
  NeuronColumn radius{"radius", "Radius r", "Its distance from the middle of the hyperbolic disk"};
  radius.decimals = radius_decimals;
  if (input.embedding && is_of(*network_, input.embedding->radius)) {
    radius.numbers = input.embedding->radius;
    const std::vector<NodeIndex>& component = input.embedding->component;
    for (std::size_t node = 0; node < component.size(); ++node) {
      if (component[node] != 0) radius.numbers[node] = no_value;
    }
  } else {
    radius.numbers.assign(network_->node_count(), no_value);
    radius.missing = "computing the embedding …";
  }
  columns_.push_back(std::move(radius));
}

void NeuronTable::add_attributes() {
  for (const NodeColumn& attribute : network_->names().columns) {
    NeuronColumn column{attribute.name, attribute.name, "An attribute of the file"};
    if (attribute.kind != AttributeKind::integer && attribute.kind != AttributeKind::real) {
      column.texts = attribute.values;
    } else {
      for (const std::string& value : attribute.values) column.numbers.push_back(number_or_none(value));
      if (attribute.kind == AttributeKind::real) column.decimals = measured_decimals;
    }
    columns_.push_back(std::move(column));
  }
}

std::string NeuronTable::text(std::size_t row, std::size_t column) const {
  const NeuronColumn& shown = columns_[column];
  if (!shown.texts.empty()) return shown.texts[row];
  if (!shown.numbers.empty()) {
    const double number = shown.numbers[row];
    return std::isnan(number) ? std::string() : with_decimals(number, shown.decimals);
  }
  const auto node = static_cast<NodeIndex>(row);
  const std::size_t layer = network_->layer_of(node);
  return neuron_name(*network_, names_, layer, node - network_->first_node(layer));
}

bool NeuronTable::is_before(std::size_t row, std::size_t other, std::size_t column) const {
  const NeuronColumn& shown = columns_[column];
  if (!shown.texts.empty()) return shown.texts[row] < shown.texts[other];
  if (shown.numbers.empty()) return row < other;
  return shown.numbers[row] < shown.numbers[other];
}

bool NeuronTable::has_value(std::size_t row, std::size_t column) const {
  const NeuronColumn& shown = columns_[column];
  if (!shown.texts.empty()) return !shown.texts[row].empty();
  return shown.numbers.empty() || !std::isnan(shown.numbers[row]);
}

std::string NeuronTable::to_tsv(std::span<const std::size_t> rows) const {
  std::string table;
  const auto add_line = [&](const auto& cell) {
    for (std::size_t column = 0; column < columns_.size(); ++column) {
      table += one_line(cell(column)) + (column + 1 < columns_.size() ? "\t" : "\n");
    }
  };
  add_line([&](std::size_t column) { return columns_[column].label; });
  for (const std::size_t row : rows) {
    add_line([&](std::size_t column) { return text(row, column); });
  }
  return table;
}

}  // namespace dnm
