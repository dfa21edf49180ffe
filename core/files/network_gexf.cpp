// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/network_gexf.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <numbers>
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
#include "core/network/mask_rows.h"
#include "core/support/error.h"
#include "core/support/letter_case.h"
#include "core/support/portable_math.h"

namespace dnm {
namespace {

constexpr std::string_view own_name = "DNM Studio";
constexpr double units_per_radius = 100.0;

enum class Element : std::uint8_t {
  gexf,
  meta,
  creator,
  description,
  graph,
  attributes,
  attribute,
  initial,  ///< `default`
  nodes,
  node,
  edges,
  edge,
  attvalues,
  other
};

/// Passes the nodes, edges and attributes of a GEXF file on.
class GexfListener : public XmlListener {
 public:
  explicit GexfListener(const std::filesystem::path& path) : path_(path), graph_(path) {}

  void open(std::string_view name, std::span<const XmlAttribute> attributes) override {
    if (open_.empty()) {
      if (name != "gexf") throw InvalidInput("begins with the element " + in_quotes(name) + ", not with gexf");
      open_.push_back({Element::gexf});
      return;
    }
    Open element = opened(name, attributes);
    if (has_text(element.element)) text_.clear();
    open_.push_back(std::move(element));
  }

  void close(std::string_view /*name*/) override {
    const Open closed = std::move(open_.back());
    open_.pop_back();
    switch (closed.element) {
      case Element::creator:
        graph_.is_ours = text_ == own_name;
        break;
      case Element::description:
        description_ = text_;
        break;
      case Element::initial:
        attribute_.otherwise = text_;
        break;
      case Element::attribute:
        finish_attribute();
        break;
      case Element::edge:
        graph_.add_edge(closed.source, closed.target, closed.directed, closed.weight);
        break;
      default:
        break;
    }
  }

  void text(std::string_view part) override {
    if (has_text(open_.back().element)) text_ += part;
  }

  NetworkFile network(ReadAs as) {
    if (!has_graph_) fail_reading(path_, "it holds no graph");
    if (graph_.is_ours) graph_.provenance = description_;
    return graph_.network(as);
  }

 private:
  /// An element that is open, with what its content needs.
  struct Open {
    Element element = Element::other;
    NodeIndex node = 0;
    std::string source{};
    std::string target{};
    bool directed = false;
    bool has_weight = false;
    WeightKind weight = WeightKind::one;
  };
  /// An attribute whose declaration is open.
  struct Declaration {
    std::string id;
    std::string title;
    std::string type;
    std::string otherwise;
  };

  static bool has_text(Element element) {
    return element == Element::creator || element == Element::description || element == Element::initial;
  }

  static bool is_directed(std::string_view type) { return type == "directed" || type == "mutual"; }

  Open opened(std::string_view name, std::span<const XmlAttribute> attributes) {
    const auto value = [&](std::string_view of) { return attribute(attributes, of); };
    switch (open_.back().element) {
      case Element::gexf:
        if (name == "meta") return {Element::meta};
        if (name != "graph") break;
        if (std::exchange(has_graph_, true)) throw InvalidInput("begins a second graph; put each in a file of its own");
        directed_ = is_directed(value("defaultedgetype"));
        if (value("mode") == "dynamic") note_time();
        return {Element::graph};
      case Element::meta:
        if (name == "creator") return {Element::creator};
        if (name == "description") return {Element::description};
        break;
      case Element::graph:
        if (name == "attributes") {
          of_edges_ = value("class") == "edge";
          return {Element::attributes};
        }
        if (name == "nodes") return {Element::nodes};
        if (name == "edges") return {Element::edges};
        break;
      case Element::attributes:
        if (name != "attribute") break;
        attribute_ = {std::string(value("id")), std::string(value("title")), std::string(value("type")), {}};
        return {Element::attribute};
      case Element::attribute:
        if (name == "default") return {Element::initial};
        break;
      case Element::nodes:
        if (name == "node") return opened_node(attributes);
        break;
      case Element::edges:
        if (name == "edge") return opened_edge(attributes);
        break;
      case Element::node:
        // Nodes inside others, in files of the first versions.
        if (name == "nodes" || name == "edges") note_hierarchy();
        if (name == "nodes") return {Element::nodes};
        if (name == "edges") return {Element::edges};
        [[fallthrough]];
      case Element::edge:
        if (name == "attvalues") return {Element::attvalues};
        if (name == "spells" || name == "slices") note_time();
        if (name == "parents") note_hierarchy();
        break;
      case Element::attvalues:
        if (name == "attvalue") take_value(value("for").empty() ? value("id") : value("for"), attributes);
        break;
      default:
        break;
    }
    return {Element::other};
  }

  Open opened_node(std::span<const XmlAttribute> attributes) {
    if (!attribute(attributes, "pid").empty()) note_hierarchy();
    look_for_time(attributes);
    Open node{Element::node, graph_.declare_node(attribute(attributes, "id"))};
    graph_.set_label(node.node, attribute(attributes, "label"));
    return node;
  }

  Open opened_edge(std::span<const XmlAttribute> attributes) {
    look_for_time(attributes);
    Open edge{Element::edge};
    edge.source = attribute(attributes, "source");
    edge.target = attribute(attributes, "target");
    const std::string_view type = attribute(attributes, "type");
    edge.directed = type.empty() ? directed_ : is_directed(type);
    edge.weight = initial_weight_;
    const auto weight = std::find_if(attributes.begin(), attributes.end(),
                                     [](const XmlAttribute& candidate) { return candidate.name == "weight"; });
    if (weight != attributes.end()) {
      edge.has_weight = true;
      edge.weight = weight_kind(weight->value);
    }
    return edge;
  }

  void finish_attribute() {
    const std::string& title = attribute_.title.empty() ? attribute_.id : attribute_.title;
    if (!of_edges_) {
      columns_[attribute_.id] = graph_.declare_column(title, attribute_kind(attribute_.type), attribute_.otherwise);
    } else if (lower_case(title) == "weight") {
      weights_.insert(attribute_.id);
      if (!attribute_.otherwise.empty()) initial_weight_ = weight_kind(std::string_view(attribute_.otherwise));
    }
  }

  void take_value(std::string_view key, std::span<const XmlAttribute> attributes) {
    look_for_time(attributes);
    Open& owner = open_[open_.size() - 2];
    const std::string_view value = attribute(attributes, "value");
    if (owner.element == Element::node) {
      if (const auto column = columns_.find(key); column != columns_.end()) {
        graph_.set_value(column->second, owner.node, value);
      }
    } else if (!owner.has_weight && weights_.contains(key)) {
      owner.weight = weight_kind(value);
    }
  }

  void look_for_time(std::span<const XmlAttribute> attributes) {
    static constexpr std::array times{"start", "end", "startopen", "endopen", "timestamp"};
    if (std::any_of(times.begin(), times.end(),
                    [&](const char* name) { return !attribute(attributes, name).empty(); })) {
      note_time();
    }
  }
  void note_time() {
    graph_.note("the graph changes with time: all nodes and links that are ever in it are taken, with the last values");
  }
  void note_hierarchy() {
    graph_.note("the nodes have a hierarchy, which is left aside: those inside others stand beside them");
  }

  const std::filesystem::path& path_;
  GraphCollector graph_;
  std::vector<Open> open_;
  bool has_graph_ = false;
  bool directed_ = false;
  bool of_edges_ = false;  ///< the open list of attributes
  Declaration attribute_{};
  std::map<std::string, std::size_t, std::less<>> columns_;  ///< of the ids of attributes of nodes
  std::set<std::string, std::less<>> weights_;               ///< ids of attributes of edges that are their weights
  WeightKind initial_weight_ = WeightKind::one;
  std::string description_;
  std::string text_;
};

void write_nodes(BlockWriter& text, const NetworkFile& file, const std::vector<std::string>& ids) {
  const Network& network = *file.network;
  const NodeNames& names = network.names();
  const std::vector<WrittenAttribute> attributes = written_attributes(file);
  text.add("    <attributes class=\"node\">\n");
  for (std::size_t i = 0; i < attributes.size(); ++i) {
    text.add("      <attribute id=\"").add_count(i).add("\" title=\"").add(xml_attribute_escaped(attributes[i].name));
    text.add("\" type=\"").add(attributes[i].type("integer")).add("\"/>\n");
  }
  text.add("    </attributes>\n    <nodes>\n");
  const bool has_place = !file.attributes.radius.empty() && !file.attributes.theta.empty();
  for (NodeIndex node = 0; node < network.node_count(); ++node) {
    const bool has_label = !names.labels.empty() && !names.labels[node].empty();
    text.add("      <node id=\"").add(ids[node]).add("\" label=\"");
    text.add(has_label ? xml_attribute_escaped(names.labels[node]) : ids[node]).add("\"><attvalues>");
    for (std::size_t i = 0; i < attributes.size(); ++i) {
      const WrittenAttribute& attribute = attributes[i];
      if (!attribute.has(node)) continue;
      text.add("<attvalue for=\"").add_count(i).add("\" value=\"");
      attribute.column == nullptr ? attribute.add(text, node)
                                  : static_cast<void>(text.add(xml_attribute_escaped(attribute.column->values[node])));
      text.add("\"/>");
    }
    text.add("</attvalues>");
    if (has_place) {
      const double distance = units_per_radius * file.attributes.radius[node];
      const double angle = file.attributes.theta[node];
      text.add("<viz:position x=\"").add_real(distance * portable_cos(angle)).add("\" y=\"");
      text.add_real(distance * portable_cos(angle - std::numbers::pi / 2.0)).add("\" z=\"0\"/>");
    }
    text.add("</node>\n");
  }
  text.add("    </nodes>\n");
}

}  // namespace

NetworkFile read_gexf(const std::filesystem::path& path, const ReadOptions& options, const TaskControl& control) {
  GexfListener listener(path);
  read_xml(path, listener, control);
  return listener.network(options.as);
}

void write_gexf(const std::filesystem::path& path, const NetworkFile& file) {
  const Network& network = *file.network;
  const std::vector<std::string> ids = xml_node_ids(network);
  write_text_atomically(path, [&](const TextSink& sink) {
    BlockWriter text(sink);
    text.add("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gexf xmlns=\"http://www.gexf.net/1.2draft\"");
    text.add(" xmlns:viz=\"http://www.gexf.net/1.2draft/viz\" version=\"1.2\">\n  <meta><creator>").add(own_name);
    text.add("</creator><description>").add(xml_escaped(file.provenance)).add("</description></meta>\n");
    text.add("  <graph defaultedgetype=\"undirected\" mode=\"static\">\n");
    write_nodes(text, file, ids);
    text.add("    <edges>\n");
    std::uint64_t edge = 0;
    for_each_link(network, [&](NodeIndex u, NodeIndex v) {
      text.add("      <edge id=\"")
          .add_count(edge++)
          .add("\" source=\"")
          .add(ids[u])
          .add("\" target=\"")
          .add(ids[v])
          .add("\"/>\n");
    });
    text.add("    </edges>\n  </graph>\n</gexf>\n");
    text.finish();
  });
}

}  // namespace dnm
