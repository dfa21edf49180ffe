// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/network_graphml.h"

#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/files/atomic_file.h"
#include "core/files/file_text.h"
#include "core/files/graph_collector.h"
#include "core/files/network_builder.h"
#include "core/files/xml_nodes.h"
#include "core/files/xml_reader.h"
#include "core/support/digits.h"
#include "core/support/error.h"
#include "core/support/letter_case.h"

namespace dnm {
namespace {

enum class Element : std::uint8_t { graphml, key, graph, node, edge, data, initial, other };

/// Passes the nodes, edges and attributes of a GraphML file on.
class GraphmlListener : public XmlListener {
 public:
  explicit GraphmlListener(const std::filesystem::path& path) : path_(path), graph_(path) {}

  void open(std::string_view name, std::span<const XmlAttribute> attributes) override {
    if (open_.empty()) {
      if (name != "graphml") throw InvalidInput("begins with the element " + in_quotes(name) + ", not with graphml");
      open_.push_back({Element::graphml});
      return;
    }
    open_.push_back(opened(name, attributes));
  }

  void close(std::string_view /*name*/) override {
    const Open closed = std::move(open_.back());
    open_.pop_back();
    if (closed.element == Element::key) finish_key();
    if (closed.element == Element::initial) key_.otherwise = text_;
    if (closed.element == Element::data) take_data(closed);
    if (closed.element == Element::edge) graph_.add_edge(closed.source, closed.target, closed.directed, closed.weight);
  }

  void text(std::string_view part) override {
    if (open_.back().element == Element::data || open_.back().element == Element::initial) text_ += part;
  }

  // yEd keeps the label of a node in its drawing: <data><y:ShapeNode><y:NodeLabel>text.
  void open_foreign(std::string_view name, std::span<const XmlAttribute> /*attributes*/) override {
    is_label_ = name == "NodeLabel" && open_.back().element == Element::data && parent().element == Element::node;
    if (is_label_) label_.clear();
  }
  void foreign_text(std::string_view part) override {
    if (is_label_) label_ += part;
  }
  void close_foreign(std::string_view name) override {
    is_label_ = false;
    if (name != "NodeLabel" || label_.empty()) return;
    const bool is_blank = label_.find_first_not_of(" \t\r\n") == std::string::npos;
    if (!is_blank && !std::exchange(parent().has_label, true)) graph_.set_label(parent().node, label_);
    label_.clear();
  }

  NetworkFile network(ReadAs as) {
    if (graphs_ == 0) fail_reading(path_, "it holds no graph");
    if (graphs_ > 1) graph_.note("only the first of the file's " + std::to_string(graphs_) + " graphs is read");
    if (hyperedges_ > 0) {
      graph_.note(counted(hyperedges_, "hyperedge") + (hyperedges_ == 1 ? " is" : " are") +
                  " omitted: a link joins two nodes");
    }
    return graph_.network(as);
  }

 private:
  /// An element that is open, with what its content needs.
  struct Open {
    Element element = Element::other;
    bool directed = false;  ///< of a graph: its edges are, unless they say otherwise
    NodeIndex node = 0;
    bool has_label = false;
    std::string source{};
    std::string target{};
    WeightKind weight = WeightKind::one;
    std::string key{};  ///< of data
  };
  /// A key that is open.
  struct Declaration {
    std::string id;
    std::string domain;
    std::string name;
    std::string type;
    std::string otherwise;
  };

  Open& parent() { return open_[open_.size() - 2]; }

  Open opened(std::string_view name, std::span<const XmlAttribute> attributes) {
    const Open& outer = open_.back();
    if (outer.element == Element::graphml && name == "key") {
      key_ = {std::string(attribute(attributes, "id")),
              std::string(attribute(attributes, "for")),
              std::string(attribute(attributes, "attr.name")),
              std::string(attribute(attributes, "attr.type")),
              {}};
      return {Element::key};
    }
    if (outer.element == Element::key && name == "default") {
      text_.clear();
      return {Element::initial};
    }
    if (outer.element == Element::graphml && name == "graph") {
      // Others after the first are counted and passed over.
      if (++graphs_ > 1) return {Element::other};
      return {Element::graph, attribute(attributes, "edgedefault") == "directed"};
    }
    if ((outer.element == Element::node || outer.element == Element::edge) && name == "graph") {
      graph_.note("graphs inside nodes are read as parts of the whole, their nodes and links beside the others");
      return {Element::graph, attribute(attributes, "edgedefault") == "directed"};
    }
    if (outer.element == Element::graph && name == "node") {
      return {Element::node, false, graph_.declare_node(attribute(attributes, "id"))};
    }
    if (outer.element == Element::graph && name == "edge") {
      const std::string_view directed = attribute(attributes, "directed");
      return {Element::edge,
              directed.empty() ? outer.directed : directed == "true" || directed == "1",
              0,
              false,
              std::string(attribute(attributes, "source")),
              std::string(attribute(attributes, "target")),
              initial_weight_};
    }
    if (outer.element == Element::graph && name == "hyperedge") ++hyperedges_;
    if (name == "data") {
      text_.clear();
      Open data{Element::data};
      data.key = attribute(attributes, "key");
      return data;
    }
    return {Element::other};
  }

  void finish_key() {
    const auto is_for = [&](std::string_view domain) {
      return key_.domain == domain || key_.domain == "all" || key_.domain.empty();
    };
    // igraph and others leave out the name where the id is it; yEd has keys for its drawings.
    const std::string& name = key_.name.empty() ? key_.id : key_.name;
    if (is_for("node") && (!key_.name.empty() || !key_.type.empty())) {
      columns_[key_.id] = graph_.declare_column(name, attribute_kind(key_.type), key_.otherwise);
    }
    if (is_for("edge") && lower_case(name) == "weight") {
      weights_.insert(key_.id);
      if (!key_.otherwise.empty()) initial_weight_ = weight_kind(std::string_view(key_.otherwise));
    }
    if (is_for("graph") && (name == "layer_sizes" || name == "provenance")) {
      of_graph_[key_.id] = name == "provenance" ? &graph_.provenance : &graph_.layer_sizes;
      graph_.is_ours = true;
    }
  }

  void take_data(const Open& data) {
    Open& owner = open_.back();
    if (owner.element == Element::node) {
      if (const auto column = columns_.find(data.key); column != columns_.end()) {
        graph_.set_value(column->second, owner.node, text_);
      }
    } else if (owner.element == Element::edge) {
      if (weights_.contains(data.key)) owner.weight = weight_kind(std::string_view(text_));
    } else if (owner.element == Element::graph) {
      if (const auto value = of_graph_.find(data.key); value != of_graph_.end()) *value->second = text_;
    }
  }

  const std::filesystem::path& path_;
  GraphCollector graph_;
  std::vector<Open> open_;
  std::uint64_t graphs_ = 0;
  std::uint64_t hyperedges_ = 0;
  Declaration key_{};
  // What the ids of keys stand for.
  std::map<std::string, std::size_t> columns_;
  std::set<std::string> weights_;
  std::map<std::string, std::string*> of_graph_;
  WeightKind initial_weight_ = WeightKind::one;
  std::string text_;  ///< of the open data or default
  bool is_label_ = false;
  std::string label_;
};

/// `id` is that of the key in the file, `name` what other programs show.
void write_key(BlockWriter& text, std::string_view id, std::string_view name, std::string_view domain,
               std::string_view type) {
  text.add("  <key id=\"").add(id).add("\" for=\"").add(domain).add("\" attr.name=\"").add(name);
  text.add("\" attr.type=\"").add(type).add("\"/>\n");
}

BlockWriter& open_data(BlockWriter& text, std::string_view key) { return text.add("<data key=\"").add(key).add("\">"); }

constexpr std::string_view label_key = "label";

/// The attributes of nodes, with the ids of their keys, and the labels.
class NodeWriter {
 public:
  explicit NodeWriter(const NetworkFile& file) : network_(*file.network), ids_(xml_node_ids(network_)) {
    attributes_ = has_labels() ? written_attributes(file, std::span(&label_key, 1)) : written_attributes(file);
    for (const WrittenAttribute& attribute : attributes_) {
      keys_.push_back(attribute.column == nullptr ? attribute.name : "attribute" + std::to_string(columns_++));
    }
  }

  [[nodiscard]] const std::string& id(NodeIndex node) const { return ids_[node]; }

  void write_keys(BlockWriter& text) const {
    if (has_labels()) write_key(text, label_key, label_key, "node", "string");
    for (std::size_t i = 0; i < keys_.size(); ++i) {
      write_key(text, keys_[i], xml_attribute_escaped(attributes_[i].name), "node", attributes_[i].type("int"));
    }
  }
  void write_node(BlockWriter& text, NodeIndex node) const {
    text.add("    <node id=\"").add(ids_[node]).add("\">");
    if (has_labels() && !network_.names().labels[node].empty()) {
      open_data(text, label_key).add(xml_escaped(network_.names().labels[node])).add("</data>");
    }
    for (std::size_t i = 0; i < keys_.size(); ++i) {
      const WrittenAttribute& attribute = attributes_[i];
      if (!attribute.has(node)) continue;
      open_data(text, keys_[i]);
      attribute.column == nullptr ? attribute.add(text, node)
                                  : static_cast<void>(text.add(xml_escaped(attribute.column->values[node])));
      text.add("</data>");
    }
    text.add("</node>\n");
  }

 private:
  [[nodiscard]] bool has_labels() const { return !network_.names().labels.empty(); }

  const Network& network_;
  std::vector<std::string> ids_;
  std::vector<WrittenAttribute> attributes_;
  std::vector<std::string> keys_;  ///< of each attribute
  std::size_t columns_ = 0;
};

}  // namespace

NetworkFile read_graphml(const std::filesystem::path& path, const ReadOptions& options, const TaskControl& control) {
  GraphmlListener listener(path);
  read_xml(path, listener, control);
  return listener.network(options.as);
}

void write_graphml(const std::filesystem::path& path, const NetworkFile& file) {
  const Network& network = *file.network;
  const NodeWriter nodes(file);
  write_text_atomically(path, [&](const TextSink& sink) {
    BlockWriter text(sink);
    text.add("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n");
    if (network.is_layered()) write_key(text, "layer_sizes", "layer_sizes", "graph", "string");
    if (!file.provenance.empty()) write_key(text, "provenance", "provenance", "graph", "string");
    nodes.write_keys(text);
    text.add("  <graph id=\"network\" edgedefault=\"undirected\">\n");
    if (network.is_layered()) {
      open_data(text.add("    "), "layer_sizes").add(layer_sizes_text(network)).add("</data>\n");
    }
    if (!file.provenance.empty()) {
      open_data(text.add("    "), "provenance").add(xml_escaped(file.provenance)).add("</data>\n");
    }
    for (NodeIndex node = 0; node < network.node_count(); ++node) nodes.write_node(text, node);
    for_each_link(network, [&](NodeIndex u, NodeIndex v) {
      text.add("    <edge source=\"").add(nodes.id(u)).add("\" target=\"").add(nodes.id(v)).add("\"/>\n");
    });
    text.add("  </graph>\n</graphml>\n");
    text.finish();
  });
}

}  // namespace dnm
