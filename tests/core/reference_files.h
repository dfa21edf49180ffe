// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "core/network/graph.h"
#include "core/network/network.h"
#include "tests/support/places.h"

/// Reads the reference graphs and values of tests/reference without the program's own readers.
namespace dnm::reference {

using Link = std::pair<NodeIndex, NodeIndex>;

struct EdgeList {
  NodeIndex node_count = 0;
  std::vector<NodeIndex> layer_sizes;  ///< empty without a "# layers=" line
  std::vector<Link> links;             ///< in the order of the file
};

inline std::ifstream open(const std::string& file_name) {
  std::ifstream file(std::string(test::reference_folder()) + "/" + file_name);
  if (!file) throw std::runtime_error("cannot open reference file " + file_name);
  return file;
}

/// NAME.tsv: "# NAME N=… …", perhaps "# layers=a,b,c", then lines "u<TAB>v".
inline EdgeList edge_list(const std::string& name) {
  std::ifstream file = open(name + ".tsv");
  EdgeList list;
  for (std::string line; std::getline(file, line);) {
    if (line.empty()) continue;
    if (line.front() != '#') {
      std::istringstream words(line);
      Link link;
      if (!(words >> link.first >> link.second)) throw std::runtime_error("bad line in " + name + ": " + line);
      list.links.push_back(link);
      continue;
    }
    if (const auto at = line.find(" N="); at != std::string::npos) {
      list.node_count = static_cast<NodeIndex>(std::stoul(line.substr(at + 3)));
    }
    if (const auto at = line.find("layers="); at != std::string::npos) {
      std::istringstream sizes(line.substr(at + 7));
      for (std::string size; std::getline(sizes, size, ',');) {
        list.layer_sizes.push_back(static_cast<NodeIndex>(std::stoul(size)));
      }
    }
  }
  return list;
}

/// A layered network from links between neighbouring layers, nodes numbered through the layers.
inline Network layered_network(const std::vector<NodeIndex>& layer_sizes, const std::vector<Link>& links) {
  std::vector<NodeIndex> layer_of;
  std::vector<NodeIndex> first_node;
  for (std::size_t layer = 0; layer < layer_sizes.size(); ++layer) {
    first_node.push_back(static_cast<NodeIndex>(layer_of.size()));
    layer_of.insert(layer_of.end(), layer_sizes[layer], static_cast<NodeIndex>(layer));
  }
  std::vector<std::vector<Link>> cells(layer_sizes.size() - 1);  // (output, input)
  for (const auto& [a, b] : links) {
    const auto [u, v] = std::minmax(a, b);
    const NodeIndex layer = layer_of.at(u);
    if (layer_of.at(v) != layer + 1) throw std::runtime_error("a link does not join neighbouring layers");
    cells[layer].emplace_back(v - first_node[layer + 1], u - first_node[layer]);
  }
  std::vector<Mask> masks;
  for (std::size_t layer = 0; layer + 1 < layer_sizes.size(); ++layer) {
    std::sort(cells[layer].begin(), cells[layer].end());
    Mask mask{layer_sizes[layer], layer_sizes[layer + 1], {}, {}};
    mask.row_begin.assign(std::size_t{mask.n_out} + 1, 0);
    for (const auto& [output, input] : cells[layer]) {
      ++mask.row_begin[output + 1];
      mask.columns.push_back(input);
    }
    for (std::size_t row = 0; row < mask.n_out; ++row) mask.row_begin[row + 1] += mask.row_begin[row];
    masks.push_back(std::move(mask));
  }
  return Network::layered(layer_sizes, std::move(masks));
}

inline Graph layered_graph(const std::vector<NodeIndex>& layer_sizes, const std::vector<Link>& links) {
  return Graph(layered_network(layer_sizes, links));
}

inline Network network(const std::string& name) {
  const EdgeList list = edge_list(name);
  return list.layer_sizes.empty() ? Network::general(list.node_count, list.links)
                                  : layered_network(list.layer_sizes, list.links);
}

inline Graph graph(const std::string& name) { return Graph(network(name)); }

/// All graphs that have a NAME_lqg.json.
inline const std::vector<std::string>& graph_names() {
  static const std::vector<std::string> names = {
      "karate", "karate_plus_fragments",  "npso_100_T0",      "grid_3x3",          "toy_A",
      "toy_B",  "layered_98_196_196_s90", "bip_784_1568_s99", "mlp_784_1568x3_s99"};
  return names;
}

}  // namespace dnm::reference
