// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/files/named_nodes.h"
#include "core/files/network_builder.h"
#include "core/files/network_files.h"

namespace dnm {

/// The sort of attribute that a word of a format's type system stands for ("int", "long", "double", "boolean", …).
[[nodiscard]] AttributeKind attribute_kind(std::string_view type);

/// Builds a network from the nodes, edges and attributes of a file that names them (GraphML, GEXF). Nodes are numbered
/// in the order of the file, those that only edges name after them. A node named twice is one node. What is dropped on
/// the way to an undirected, unweighted network of distinct links is noted.
///
/// The network is layered when every node has a `layer` and an `index` consistent with each other and the edges, unless
/// a graph is asked for. Ids that only count the nodes from 0 ("n0", "0") are no names; of igraph's files, which have
/// such ids, the attribute `id` holds those from before. Labels are what the format gives, else the attribute `label`,
/// else `name`, else `id`. All other attributes become columns, except those that this program computes and writes.
class GraphCollector {
 public:
  explicit GraphCollector(const std::filesystem::path& path) : path_(path), nodes_(path) {}
  GraphCollector(const GraphCollector&) = delete;
  GraphCollector& operator=(const GraphCollector&) = delete;

  /// The number of a node in the order of first appearance, as a node or in an edge. Throws InvalidInput without an id,
  /// ResourceError.
  NodeIndex declare_node(std::string_view id);
  void set_label(NodeIndex node, std::string_view label);
  /// The number of an attribute of nodes; one of the same name is the same. `otherwise` is the value of nodes without.
  std::size_t declare_column(std::string_view name, AttributeKind kind, std::string_view otherwise = {});
  /// The last value counts.
  void set_value(std::size_t column, NodeIndex node, std::string_view value);
  /// Throws InvalidInput without one of the ends, ResourceError.
  void add_edge(std::string_view source, std::string_view target, bool directed, WeightKind weight);
  /// Adds a sentence, once.
  void note(const std::string& sentence);

  /// Whether this program wrote the file.
  bool is_ours = false;
  std::string provenance{};
  std::string layer_sizes{};  ///< as the file says them; empty: it does not

  /// The network of everything collected. Throws FileError, ResourceError.
  [[nodiscard]] NetworkFile network(ReadAs as);

 private:
  using Values = std::vector<std::pair<NodeIndex, std::string>>;
  struct Column {
    std::string name;
    AttributeKind kind;
    std::string otherwise;
    Values values{};
  };

  NodeIndex number_of(std::string_view id);
  void add_value(Values& values, NodeIndex node, std::string_view value);
  void place_nodes();
  void require_room_for_columns() const;
  [[nodiscard]] std::vector<std::string> placed(const Values& values, std::string_view otherwise) const;
  [[nodiscard]] std::optional<Network> layered(std::vector<NodeIndex>& order);
  std::nullopt_t inconsistent(std::string why);
  [[nodiscard]] const Column* column_called(std::string_view name) const;
  [[nodiscard]] std::optional<std::vector<NodeIndex>> numbers_in(const Column& column) const;
  [[nodiscard]] std::vector<NodeColumn> columns_of(const Network& network);
  [[nodiscard]] NodeNames names_of(const Network& network);

  const std::filesystem::path& path_;
  NamedNodes nodes_;
  std::vector<NodeIndex> place_;  ///< number -> position in the network's order
  NodeIndex declared_ = 0;
  std::uint64_t merged_ = 0;
  Values labels_;
  std::vector<Column> columns_;
  std::unordered_map<std::string, std::size_t> column_numbers_;  ///< by name
  std::vector<Link> links_;
  LinkLosses losses_;
  std::uint64_t text_bytes_ = 0;
  std::uint64_t checked_bytes_ = 0;
  std::string inconsistency_;
  std::vector<std::string> notes_;
};

}  // namespace dnm
