// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dnm {

using NodeIndex = std::uint32_t;

/// The links of one layer as compressed sparse rows: row = output neuron, columns = input neurons, sorted, distinct.
/// The layout of a torch `Linear` weight and of a SciPy csr_matrix.
struct Mask {
  NodeIndex n_in = 0;
  NodeIndex n_out = 0;
  std::vector<std::uint64_t> row_begin;  ///< n_out + 1 offsets into `columns`
  std::vector<NodeIndex> columns;        ///< one input neuron per link

  [[nodiscard]] std::uint64_t link_count() const { return columns.size(); }
  [[nodiscard]] std::span<const NodeIndex> row(NodeIndex output) const {
    return std::span(columns).subspan(row_begin[output], row_begin[output + 1] - row_begin[output]);
  }
  bool operator==(const Mask&) const = default;
};

/// What a column of node attributes holds.
enum class AttributeKind : std::uint8_t { text, integer, real, boolean };

/// One attribute of every node, as a file gave it.
struct NodeColumn {
  std::string name;
  AttributeKind kind = AttributeKind::text;
  std::vector<std::string> values;  ///< one text per node; empty where the node has none
  bool operator==(const NodeColumn&) const = default;
};

/// How a file calls its nodes. Each list is empty or has one entry per node.
struct NodeNames {
  std::vector<std::string> ids;     ///< what the file's links name: "n0", "P04637"; distinct
  std::vector<std::string> labels;  ///< for people, where the file has labels besides the ids: "TP53"
  std::vector<NodeColumn> columns;  ///< further attributes, in the file's order; names are distinct
  [[nodiscard]] bool empty() const { return ids.empty() && labels.empty() && columns.empty(); }
  bool operator==(const NodeNames&) const = default;
};

/// An immutable network: either a chain of layers, each joined to the next by one mask, or a general
/// undirected graph (one symmetric mask without a diagonal). Passed between threads as
/// std::shared_ptr<const Network>. Node numbers run through the layers in order, inputs first.
class Network {
 public:
  /// A layered network; masks[i] joins layer_sizes[i] inputs to layer_sizes[i+1] outputs. Throws InvalidInput when
  /// shapes do not fit or a column is out of range, unsorted or duplicated. O(links).
  [[nodiscard]] static Network layered(std::vector<NodeIndex> layer_sizes, std::vector<Mask> masks);

  /// An undirected simple graph on `node_count` nodes. Self-loops and duplicates are dropped; throws InvalidInput for a
  /// node out of range. O(E log E).
  [[nodiscard]] static Network general(NodeIndex node_count, std::span<const std::pair<NodeIndex, NodeIndex>> links);

  [[nodiscard]] bool is_layered() const { return layered_; }
  /// {98,196,196} for a layered network, {N} for a general one.
  [[nodiscard]] const std::vector<NodeIndex>& layer_sizes() const { return layer_sizes_; }
  /// One mask per pair of neighbouring layers; a general graph has one symmetric N x N mask.
  [[nodiscard]] const std::vector<Mask>& masks() const { return masks_; }
  [[nodiscard]] NodeIndex node_count() const { return first_node_.back(); }
  /// Links, each undirected link counted once.
  [[nodiscard]] std::uint64_t link_count() const { return link_count_; }
  /// Node number of the first neuron of `layer`.
  [[nodiscard]] NodeIndex first_node(std::size_t layer) const { return first_node_[layer]; }
  /// The same network whose nodes a file names. Throws InvalidInput for a list that has not one entry per node, and for
  /// ids that are not distinct.
  [[nodiscard]] Network with_names(NodeNames names) const&;
  [[nodiscard]] Network with_names(NodeNames names) &&;
  /// Empty for a network that a model drew.
  [[nodiscard]] const NodeNames& names() const;
  /// The label of a node, else its id; empty where it has neither.
  [[nodiscard]] std::string_view name_of(NodeIndex node) const;
  /// The layer a node belongs to (0 for every node of a general graph). O(log layers).
  [[nodiscard]] std::size_t layer_of(NodeIndex node) const;

  /// Equal layers, links and names.
  bool operator==(const Network& other) const;

 private:
  Network() = default;

  bool layered_ = true;
  std::vector<NodeIndex> layer_sizes_;
  std::vector<NodeIndex> first_node_;
  std::vector<Mask> masks_;
  std::uint64_t link_count_ = 0;
  std::shared_ptr<const NodeNames> names_{};  ///< null: none
};

using NetworkPointer = std::shared_ptr<const Network>;

}  // namespace dnm
