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

#include "core/files/network_files.h"
#include "core/network/network.h"

namespace dnm {

// Builds a network from the links of a file, which may be in any order and repeated.

using Link = std::pair<NodeIndex, NodeIndex>;
constexpr std::uint64_t most_neurons = std::uint64_t{1} << 31;

/// What a weight says of its link: a link is what is not zero. Weights that are all one add nothing to the links.
enum class WeightKind : std::uint8_t { zero, one, other, unknown };

/// The number that a text consists of, with or without a sign; infinity, or 0, for one beyond the range of double.
[[nodiscard]] std::optional<double> real_number(std::string_view text);
/// `unknown` for NaN.
[[nodiscard]] WeightKind weight_kind(double weight);
/// The same of a text, blanks around it aside; `unknown` for an empty one and for words as well.
[[nodiscard]] WeightKind weight_kind(std::string_view text);

/// What is dropped when the links of a file become an undirected, unweighted network without loops and duplicates.
struct LinkLosses {
  bool weights = false;     ///< a weight was neither 0 nor 1
  bool directions = false;  ///< the links were directed
  std::uint64_t loops = 0;  ///< omitted links from a node to itself
  std::uint64_t doubles = 0;
  std::uint64_t weightless = 0;       ///< omitted links that the file gives the weight 0
  std::uint64_t zero_weights = 0;     ///< links that are kept though the file gives them the weight 0
  std::uint64_t unknown_weights = 0;  ///< links whose weight is NaN, empty or a word
  NodeIndex square_layer = 0;         ///< neurons per side of a matrix that could be a graph's, but is read as a layer
  NodeIndex symmetric_graph = 0;      ///< nodes of a matrix that could be a layer's, but is read as a graph
  /// Whether a weight leaves its link.
  [[nodiscard]] bool keeps(WeightKind kind);
  /// One sentence for each loss.
  [[nodiscard]] std::vector<std::string> notices() const;
};

/// A header of a few bytes can declare any number of nodes. Processing them takes some 40 bytes each, so that reading a
/// file that fits in memory only by itself is pointless. Throws ResourceError.
void require_room_for(std::uint64_t nodes, const std::filesystem::path& path);

/// Adds a link to a list of any length: whenever it is about to double, the memory for that has to be there. Throws
/// ResourceError.
void add_link(std::vector<Link>& links, NodeIndex u, NodeIndex v, const std::filesystem::path& path);

/// "98,196,196" in that line of a file. Throws FileError ("…: line 7 names only one layer", …).
[[nodiscard]] std::vector<NodeIndex> parse_layer_sizes(std::string_view list, const std::filesystem::path& path,
                                                       std::size_t line);
[[nodiscard]] std::string layer_sizes_text(const Network& network);

/// Whether the mask is square and symmetric without a diagonal, like the matrix of a graph. O(links · log links per
/// neuron).
[[nodiscard]] bool is_adjacency(const Mask& mask);
[[nodiscard]] Network one_layer_network(Mask mask);

/// The network of a matrix whose file does not say what it is. As a graph, a square matrix is the adjacency of its
/// nodes, and one of n_out rows and n_in columns joins n_in nodes to n_out others. Left to choose, a matrix with links
/// that is_adjacency() is a graph's, any other one layer's, a row per output neuron and a column per input neuron; of a
/// square one `losses` notes the choice. A matrix without rows and columns is a graph without nodes. O(links · log
/// links per neuron).
[[nodiscard]] Network matrix_network(Mask mask, ReadAs as, LinkLosses& losses);

/// The nodes and links of a layered network without its layers. O(links).
[[nodiscard]] Network without_layers(const Network& network);

/// A link that is impossible in a network of these layers.
struct Misfit {
  std::size_t link;  ///< its position in the list
  std::string why;   ///< "names the link 3 – 4, which lies inside one layer"
};
[[nodiscard]] std::optional<Misfit> first_misfit(std::span<const NodeIndex> layer_sizes, std::span<const Link> links);
/// The layered network of links without misfits between nodes numbered through the layers.
[[nodiscard]] Network layered_network(std::vector<NodeIndex> layer_sizes, std::span<const Link> links,
                                      LinkLosses& losses);
/// The general graph of links between node numbers below `nodes`.
[[nodiscard]] Network general_network(NodeIndex nodes, std::span<const Link> links, LinkLosses& losses);

/// Calls take(u, v) for every link, u < v, in ascending order of v and then u.
template <class Take>
void for_each_link(const Network& network, const Take& take) {
  for (std::size_t layer = 0; layer < network.masks().size(); ++layer) {
    const Mask& mask = network.masks()[layer];
    const NodeIndex first_input = network.first_node(layer);
    const NodeIndex first_output = network.is_layered() ? network.first_node(layer + 1) : 0;
    for (NodeIndex output = 0; output < mask.n_out; ++output) {
      for (const NodeIndex input : mask.row(output)) {
        // The other half of a symmetric matrix is skipped.
        if (first_input + input < first_output + output) take(first_input + input, first_output + output);
      }
    }
  }
}

}  // namespace dnm
