// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/network.h"

#include <algorithm>
#include <numeric>
#include <string>
#include <unordered_set>
#include <utility>

#include "core/network/mask_rows.h"
#include "core/network/stop_check.h"
#include "core/support/error.h"

namespace dnm {

namespace {

std::vector<NodeIndex> first_nodes(const std::vector<NodeIndex>& layer_sizes) {
  std::vector<NodeIndex> first{0};
  std::uint64_t total = 0;
  for (const NodeIndex size : layer_sizes) {
    total += size;
    if (total > 0x7FFFFFFFU) throw InvalidInput("a network of more than 2^31 neurons is not supported");
    first.push_back(static_cast<NodeIndex>(total));
  }
  return first;
}

void check_mask(const Mask& mask, const std::string& name) {
  if (mask.row_begin.size() != std::size_t{mask.n_out} + 1 || mask.row_begin.front() != 0 ||
      mask.row_begin.back() != mask.columns.size()) {
    throw InvalidInput(name + ": the row offsets do not fit its neurons and links");
  }
  for (NodeIndex output = 0; output < mask.n_out; ++output) {
    if (mask.row_begin[output + 1] < mask.row_begin[output] || mask.row_begin[output + 1] > mask.columns.size()) {
      throw InvalidInput(name + ": the row offsets decrease at output neuron " + std::to_string(output));
    }
    const auto row = mask.row(output);
    if (!row.empty() && row.back() >= mask.n_in) {
      throw InvalidInput(name + ": input neuron " + std::to_string(row.back()) + " is out of range (0 to " +
                         std::to_string(mask.n_in) + " excluded)");
    }
    if (std::adjacent_find(row.begin(), row.end(), std::greater_equal<>()) != row.end()) {
      throw InvalidInput(name + ": the links of output neuron " + std::to_string(output) +
                         " are unsorted or duplicated");
    }
  }
}

}  // namespace

std::uint64_t sort_rows(Mask& mask) {
  std::size_t kept = 0;
  std::uint64_t begin = 0;
  for (NodeIndex output = 0; output < mask.n_out; ++output) {
    const auto first = mask.columns.begin() + static_cast<std::ptrdiff_t>(begin);
    const auto last = mask.columns.begin() + static_cast<std::ptrdiff_t>(mask.row_begin[output + 1]);
    begin = mask.row_begin[output + 1];
    if (!std::is_sorted(first, last)) std::sort(first, last);
    const auto end = std::unique(first, last);
    const auto target = mask.columns.begin() + static_cast<std::ptrdiff_t>(kept);
    if (target != first) std::copy(first, end, target);
    kept += static_cast<std::size_t>(end - first);
    mask.row_begin[output + 1] = kept;
  }
  const std::uint64_t doubles = mask.columns.size() - kept;
  mask.columns.resize(kept);
  return doubles;
}

Mask mask_of_cells(NodeIndex n_in, NodeIndex n_out, std::span<const std::pair<NodeIndex, NodeIndex>> cells,
                   std::uint64_t& doubles) {
  Mask mask{n_in, n_out, std::vector<std::uint64_t>(std::size_t{n_out} + 1), std::vector<NodeIndex>(cells.size())};
  for (const auto& cell : cells) ++mask.row_begin[std::size_t{cell.first} + 1];
  std::partial_sum(mask.row_begin.begin(), mask.row_begin.end(), mask.row_begin.begin());
  std::vector<std::uint64_t> next(mask.row_begin.begin(), mask.row_begin.end() - 1);
  for (const auto& [output, input] : cells) mask.columns[next[output]++] = input;
  doubles += sort_rows(mask);
  return mask;
}

void resize_in_steps(std::vector<NodeIndex>& array, std::uint64_t size, const TaskControl& control) {
  constexpr std::uint64_t step = std::uint64_t{1} << 23;
  array.clear();
  array.reserve(size);
  while (array.size() < size) {
    control.check();
    array.resize(std::min(size, array.size() + step));
  }
}

Mask transposed(const Mask& mask, const TaskControl& control) {
  Mask turned{mask.n_out, mask.n_in, {}, {}};
  turned.row_begin.assign(std::size_t{mask.n_in} + 1, 0);
  StopCheck stop(control);
  for (NodeIndex output = 0; output < mask.n_out; ++output) {
    for (const NodeIndex input : mask.row(output)) ++turned.row_begin[std::size_t{input} + 1];
    stop.worked(mask.row(output).size() + 1);
  }
  for (std::size_t input = 0; input < mask.n_in; ++input) turned.row_begin[input + 1] += turned.row_begin[input];
  resize_in_steps(turned.columns, mask.link_count(), control);
  std::vector<std::uint64_t> next(turned.row_begin.begin(), turned.row_begin.end() - 1);
  for (NodeIndex output = 0; output < mask.n_out; ++output) {
    for (const NodeIndex input : mask.row(output)) turned.columns[next[input]++] = output;
    stop.worked(mask.row(output).size() + 1);
  }
  return turned;
}

std::vector<NodeIndex> node_degrees(const Network& network) {
  std::vector<NodeIndex> degrees(network.node_count(), 0);
  for (std::size_t layer = 0; layer < network.masks().size(); ++layer) {
    const Mask& mask = network.masks()[layer];
    const NodeIndex inputs = network.first_node(layer);
    const NodeIndex outputs = network.is_layered() ? network.first_node(layer + 1) : inputs;
    for (NodeIndex output = 0; output < mask.n_out; ++output) {
      degrees[outputs + output] += static_cast<NodeIndex>(mask.row(output).size());
    }
    // A general graph's mask is symmetric: its rows alone hold every link of a node.
    if (!network.is_layered()) continue;
    for (const NodeIndex input : mask.columns) ++degrees[inputs + input];
  }
  return degrees;
}

Network Network::layered(std::vector<NodeIndex> layer_sizes, std::vector<Mask> masks) {
  if (layer_sizes.size() < 2) throw InvalidInput("a layered network needs at least two layers");
  if (masks.size() + 1 != layer_sizes.size()) {
    throw InvalidInput(std::to_string(layer_sizes.size()) + " layers need " + std::to_string(layer_sizes.size() - 1) +
                       " masks, but there are " + std::to_string(masks.size()));
  }
  Network network;
  network.first_node_ = first_nodes(layer_sizes);
  for (std::size_t layer = 0; layer < masks.size(); ++layer) {
    const std::string name = "layer " + std::to_string(layer + 1);
    if (masks[layer].n_in != layer_sizes[layer] || masks[layer].n_out != layer_sizes[layer + 1]) {
      throw InvalidInput(name + ": a mask of " + std::to_string(masks[layer].n_out) + " × " +
                         std::to_string(masks[layer].n_in) + " does not join " + std::to_string(layer_sizes[layer]) +
                         " to " + std::to_string(layer_sizes[layer + 1]) + " neurons");
    }
    check_mask(masks[layer], name);
    network.link_count_ += masks[layer].link_count();
  }
  network.layer_sizes_ = std::move(layer_sizes);
  network.masks_ = std::move(masks);
  return network;
}

Network Network::general(NodeIndex node_count, std::span<const std::pair<NodeIndex, NodeIndex>> links) {
  Network network;
  network.layered_ = false;
  network.layer_sizes_ = {node_count};
  network.first_node_ = first_nodes(network.layer_sizes_);
  Mask mask{node_count, node_count, std::vector<std::uint64_t>(std::size_t{node_count} + 1), {}};
  for (const auto& [u, v] : links) {
    if (u >= node_count || v >= node_count) {
      throw InvalidInput("link " + std::to_string(u) + " – " + std::to_string(v) + " names a node out of range (0 to " +
                         std::to_string(node_count) + " excluded)");
    }
    if (u == v) continue;
    ++mask.row_begin[std::size_t{u} + 1];
    ++mask.row_begin[std::size_t{v} + 1];
  }
  std::partial_sum(mask.row_begin.begin(), mask.row_begin.end(), mask.row_begin.begin());
  mask.columns.resize(mask.row_begin.back());
  std::vector<std::uint64_t> next(mask.row_begin.begin(), mask.row_begin.end() - 1);
  for (const auto& [u, v] : links) {
    if (u == v) continue;
    mask.columns[next[u]++] = v;
    mask.columns[next[v]++] = u;
  }
  sort_rows(mask);
  network.link_count_ = mask.columns.size() / 2;
  network.masks_.push_back(std::move(mask));
  return network;
}

Network Network::with_names(NodeNames names) const& { return Network(*this).with_names(std::move(names)); }

Network Network::with_names(NodeNames names) && {
  const auto check = [this](std::size_t length, const std::string& what) {
    if (length != 0 && length != node_count()) {
      throw InvalidInput("a network of " + std::to_string(node_count()) + " nodes cannot take " +
                         std::to_string(length) + " " + what + "; give one per node");
    }
  };
  check(names.ids.size(), "ids");
  check(names.labels.size(), "labels");
  for (const NodeColumn& column : names.columns) check(column.values.size(), "values of \"" + column.name + "\"");
  std::unordered_set<std::string_view> known;
  known.reserve(names.ids.size());
  for (const std::string& id : names.ids) {
    if (!known.insert(id).second) throw InvalidInput("two nodes of a network have the id \"" + id + "\"");
  }
  names_ = names.empty() ? nullptr : std::make_shared<const NodeNames>(std::move(names));
  return std::move(*this);
}

const NodeNames& Network::names() const {
  static const NodeNames none;
  return names_ ? *names_ : none;
}

std::string_view Network::name_of(NodeIndex node) const {
  const NodeNames& all = names();
  if (!all.labels.empty() && !all.labels[node].empty()) return all.labels[node];
  return all.ids.empty() ? std::string_view() : std::string_view(all.ids[node]);
}

bool Network::operator==(const Network& other) const {
  return layered_ == other.layered_ && layer_sizes_ == other.layer_sizes_ && masks_ == other.masks_ &&
         names() == other.names();
}

std::size_t Network::layer_of(NodeIndex node) const {
  const auto after = std::upper_bound(first_node_.begin(), first_node_.end(), node);
  return static_cast<std::size_t>(after - first_node_.begin()) - 1;
}

}  // namespace dnm
