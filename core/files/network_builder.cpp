// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/network_builder.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <system_error>

#include "core/files/file_text.h"
#include "core/network/mask_rows.h"
#include "core/support/memory.h"
#include "core/support/trimmed.h"

namespace dnm {
namespace {

std::vector<NodeIndex> first_nodes(std::span<const NodeIndex> layer_sizes) {
  std::vector<NodeIndex> first{0};
  for (const NodeIndex size : layer_sizes) first.push_back(first.back() + size);
  return first;
}

/// The layer of a node; one past the last for a node beyond the layers.
std::size_t layer_of(const std::vector<NodeIndex>& first, NodeIndex node) {
  return static_cast<std::size_t>(std::upper_bound(first.begin(), first.end(), node) - first.begin()) - 1;
}

std::string counted(std::uint64_t count, const char* one, const char* many) {
  return count == 1 ? std::string("1 ") + one : std::to_string(count) + " " + many;
}

}  // namespace

std::optional<double> real_number(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0.0;
  const char* const end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, value);
  if (parsed.ptr != end || parsed.ec == std::errc::invalid_argument) return std::nullopt;
  if (parsed.ec == std::errc()) return value;
  // Out of range: the first digit other than 0 or the exponent tells to which side.
  const std::size_t exponent = text.find_first_of("eE");
  const bool small = exponent == std::string_view::npos ? text.substr(text.starts_with('-')).starts_with('0')
                                                        : text.substr(exponent + 1).starts_with('-');
  return small ? 0.0 : std::numeric_limits<double>::infinity();
}

WeightKind weight_kind(double weight) {
  if (std::isnan(weight)) return WeightKind::unknown;
  if (weight == 0.0) return WeightKind::zero;
  return weight == 1.0 ? WeightKind::one : WeightKind::other;
}

WeightKind weight_kind(std::string_view text) {
  const auto weight = real_number(trimmed(text));
  return weight ? weight_kind(*weight) : WeightKind::unknown;
}

bool LinkLosses::keeps(WeightKind kind) {
  weights |= kind == WeightKind::other;
  if (kind == WeightKind::unknown) ++unknown_weights;
  return kind != WeightKind::zero;
}

std::vector<std::string> LinkLosses::notices() const {
  std::vector<std::string> sentences;
  if (weights) sentences.emplace_back("the weights in the file are ignored: every link counts the same");
  if (unknown_weights > 0) {
    sentences.push_back(counted(unknown_weights, "weight is", "weights are") + " no number (NaN, empty or a word): " +
                        (unknown_weights == 1 ? "its link counts" : "their links count") + " as the others do");
  }
  if (weightless > 0) {
    sentences.push_back(counted(weightless, "link of weight 0 is omitted", "links of weight 0 are omitted"));
  }
  if (zero_weights > 0) {
    sentences.push_back(counted(zero_weights, "link has", "links have") + " the weight 0 and " +
                        (zero_weights == 1 ? "counts" : "count") + " as the others do");
  }
  if (directions) sentences.emplace_back("the file's links are directed; they are taken as undirected");
  if (loops > 0) {
    sentences.push_back(
        counted(loops, "link from a node to itself is omitted", "links from a node to itself are omitted"));
  }
  if (doubles > 0) {
    sentences.push_back(counted(doubles, "repeated link is omitted", "repeated links are omitted"));
  }
  if (square_layer > 0) {
    const std::string neurons = std::to_string(square_layer);
    sentences.push_back("the matrix is square but read as one layer, from " + neurons + " inputs to " + neurons +
                        " outputs; as a graph (--as graph) it has " + neurons + " nodes");
  }
  if (symmetric_graph > 0) {
    sentences.push_back("the matrix is symmetric and read as the links between " + std::to_string(symmetric_graph) +
                        " nodes" + other_reading(ReadAs::layers));
  }
  return sentences;
}

namespace {

void require_room_for(std::uint64_t nodes, const std::string& what) {
  if (nodes > memory_check_threshold) require_memory(40 * nodes, what);
}

}  // namespace

void require_room_for(std::uint64_t nodes, const std::filesystem::path& path) {
  require_room_for(nodes, "the network in " + path.string());
}

void add_link(std::vector<Link>& links, NodeIndex u, NodeIndex v, const std::filesystem::path& path) {
  if (links.size() == links.capacity() && links.size() >= memory_check_threshold) {
    require_memory(5 * links.size() * sizeof(Link), "the links in " + path.string());
  }
  links.emplace_back(u, v);
}

std::vector<NodeIndex> parse_layer_sizes(std::string_view list, const std::filesystem::path& path, std::size_t line) {
  std::vector<NodeIndex> layers;
  std::uint64_t total = 0;
  while (true) {
    const std::size_t comma = list.find(',');
    const auto size = number<std::uint64_t>(list.substr(0, comma));
    if (!size || *size == 0 || *size >= most_neurons - total) {
      fail_reading(path, line, "names layers that are not a list of sizes of 1 or more, 2^31 neurons in all at most");
    }
    total += *size;
    layers.push_back(static_cast<NodeIndex>(*size));
    if (comma == std::string_view::npos) break;
    list.remove_prefix(comma + 1);
  }
  if (layers.size() < 2) fail_reading(path, line, "names only one layer");
  return layers;
}

std::string layer_sizes_text(const Network& network) {
  std::string text;
  for (const NodeIndex size : network.layer_sizes()) text += (text.empty() ? "" : ",") + std::to_string(size);
  return text;
}

bool is_adjacency(const Mask& mask) {
  if (mask.n_in != mask.n_out) return false;
  for (NodeIndex u = 0; u < mask.n_out; ++u) {
    for (const NodeIndex v : mask.row(u)) {
      const auto back = mask.row(v);
      if (u == v || !std::binary_search(back.begin(), back.end(), u)) return false;
    }
  }
  return true;
}

Network one_layer_network(Mask mask) {
  std::vector<NodeIndex> sizes{mask.n_in, mask.n_out};
  std::vector<Mask> masks;
  masks.push_back(std::move(mask));
  return Network::layered(std::move(sizes), std::move(masks));
}

Network matrix_network(Mask mask, ReadAs as, LinkLosses& losses) {
  const bool is_square = mask.n_in == mask.n_out;
  if (as == ReadAs::automatic && is_square) {
    const bool is_graph = !mask.columns.empty() && is_adjacency(mask);
    (is_graph ? losses.symmetric_graph : losses.square_layer) = mask.n_in;
    if (is_graph) as = ReadAs::graph;
  }
  if (as != ReadAs::graph && mask.n_in + mask.n_out > 0) return one_layer_network(std::move(mask));
  if (!is_square) return without_layers(one_layer_network(std::move(mask)));
  std::vector<Link> links;
  links.reserve(mask.columns.size());
  for (NodeIndex u = 0; u < mask.n_out; ++u) {
    for (const NodeIndex v : mask.row(u)) {
      const auto back = mask.row(v);
      const bool both = std::binary_search(back.begin(), back.end(), u);
      losses.directions |= !both;
      losses.loops += u == v ? 1 : 0;
      if (!both || u < v) links.emplace_back(u, v);
    }
  }
  return Network::general(mask.n_out, links);
}

Network without_layers(const Network& network) {
  // A layer without links takes no memory on its input side, a graph does.
  require_room_for(network.node_count(), std::string("a graph of as many nodes as the layers have neurons"));
  std::vector<Link> links;
  links.reserve(network.link_count());
  for_each_link(network, [&](NodeIndex u, NodeIndex v) { links.emplace_back(u, v); });
  return Network::general(network.node_count(), links);
}

std::optional<Misfit> first_misfit(std::span<const NodeIndex> layer_sizes, std::span<const Link> links) {
  const std::vector<NodeIndex> first = first_nodes(layer_sizes);
  for (std::size_t i = 0; i < links.size(); ++i) {
    const auto [u, v] = std::minmax(links[i].first, links[i].second);
    const std::size_t above = v < first.back() ? layer_of(first, v) : 0;
    if (v < first.back() && layer_of(first, u) + 1 == above) continue;
    std::string why = "names the link " + std::to_string(u) + " – " + std::to_string(v);
    if (v >= first.back()) {
      why += ", but there are only " + std::to_string(first.back()) + " nodes";
    } else {
      why += layer_of(first, u) == above ? ", which lies inside one layer" : ", which skips a layer";
    }
    return Misfit{i, std::move(why)};
  }
  return std::nullopt;
}

Network layered_network(std::vector<NodeIndex> layer_sizes, std::span<const Link> links, LinkLosses& losses) {
  const std::vector<NodeIndex> first = first_nodes(layer_sizes);
  // (output, input) of every link, by the layer of the output.
  std::vector<std::vector<Link>> cells(layer_sizes.size());
  for (const Link& link : links) {
    const auto [u, v] = std::minmax(link.first, link.second);
    const std::size_t layer = layer_of(first, v);
    cells[layer].emplace_back(v - first[layer], u - first[layer - 1]);
  }
  std::vector<Mask> masks;
  for (std::size_t layer = 1; layer < layer_sizes.size(); ++layer) {
    masks.push_back(mask_of_cells(layer_sizes[layer - 1], layer_sizes[layer], cells[layer], losses.doubles));
    cells[layer] = {};
  }
  return Network::layered(std::move(layer_sizes), std::move(masks));
}

Network general_network(NodeIndex nodes, std::span<const Link> links, LinkLosses& losses) {
  const auto loops = static_cast<std::uint64_t>(
      std::count_if(links.begin(), links.end(), [](const Link& link) { return link.first == link.second; }));
  Network network = Network::general(nodes, links);
  losses.loops += loops;
  losses.doubles += links.size() - loops - network.link_count();
  return network;
}

}  // namespace dnm
