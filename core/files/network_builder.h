// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/network/network.h"

namespace dnm {

// From the links a file names, in whatever order and however often, to a network.

using Link = std::pair<NodeIndex, NodeIndex>;
constexpr std::uint64_t most_neurons = std::uint64_t{1} << 31;

/// What links lose on their way from a file to an undirected, unweighted network without loops and doubles.
struct LinkLosses {
  bool weights = false;     ///< some weight was neither 0 nor 1
  bool directions = false;  ///< they were directed
  std::uint64_t loops = 0;  ///< links from a node to itself, left out
  std::uint64_t doubles = 0;
  bool symmetric_layer = false;  ///< a matrix that was taken as one layer might as well be that of a graph
  /// One sentence for each.
  [[nodiscard]] std::vector<std::string> notices() const;
};

/// A header of a few bytes can name any number of nodes. Whatever is done with them takes some 40 bytes each, so
/// that there is no use in reading what fits only by itself. Throws ResourceError.
void require_room_for(std::uint64_t nodes, const std::filesystem::path& path);

/// "98,196,196". Throws InvalidInput ("names only one layer", …), worded to follow "line 7".
[[nodiscard]] std::vector<NodeIndex> parse_layer_sizes(std::string_view list);
[[nodiscard]] std::string layer_sizes_text(const Network& network);

/// Whether it is square and symmetric without a diagonal, as the matrix of a graph is. O(links · log links per neuron).
[[nodiscard]] bool is_adjacency(const Mask& mask);
[[nodiscard]] Network one_layer_network(Mask mask);

/// A link that no network of these layers can have.
struct Misfit {
  std::size_t link;  ///< its place in the list
  std::string why;   ///< "names the link 3 – 4, which lies inside one layer"
};
[[nodiscard]] std::optional<Misfit> first_misfit(std::span<const NodeIndex> layer_sizes, std::span<const Link> links);
/// The layered network of links between node numbers that run through the layers, in which there is no misfit.
[[nodiscard]] Network layered_network(std::vector<NodeIndex> layer_sizes, std::span<const Link> links,
                                      LinkLosses& losses);
/// The general graph of links between node numbers below `nodes`.
[[nodiscard]] Network general_network(NodeIndex nodes, std::span<const Link> links, LinkLosses& losses);

/// Calls take(u, v) for every link, u < v, in the order of rising v and then u.
template <class Take>
void for_each_link(const Network& network, const Take& take) {
  for (std::size_t layer = 0; layer < network.masks().size(); ++layer) {
    const Mask& mask = network.masks()[layer];
    const NodeIndex first_input = network.first_node(layer);
    const NodeIndex first_output = network.is_layered() ? network.first_node(layer + 1) : 0;
    for (NodeIndex output = 0; output < mask.n_out; ++output) {
      for (const NodeIndex input : mask.row(output)) {
        // The other half of a symmetric matrix is left out.
        if (first_input + input < first_output + output) take(first_input + input, first_output + output);
      }
    }
  }
}

}  // namespace dnm
