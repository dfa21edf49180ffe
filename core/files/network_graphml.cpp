// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/network_graphml.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "core/files/atomic_file.h"
#include "core/files/file_text.h"
#include "core/files/named_nodes.h"
#include "core/files/network_builder.h"
#include "core/files/xml_reader.h"
#include "core/network/mask_rows.h"
#include "core/support/error.h"
#include "core/support/memory.h"

namespace dnm {
namespace {

constexpr NodeIndex unknown = 0xFFFFFFFFU;
/// Memory of a node while it is read: its name in the table, its number, layer and index.
constexpr std::uint64_t bytes_per_node = 128;

/// The attributes that are understood.
enum class Meaning { nothing, layer, index, weight, layer_sizes, provenance };
enum class Element { graphml, key, graph, node, edge, data, other };

std::string_view attribute(std::span<const XmlAttribute> attributes, std::string_view name) {
  const auto found = std::find_if(attributes.begin(), attributes.end(),
                                  [&](const XmlAttribute& candidate) { return candidate.name == name; });
  return found == attributes.end() ? std::string_view() : found->value;
}

/// Allows looking up names without a copy.
struct NameHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view name) const { return std::hash<std::string_view>()(name); }
};

/// Collects nodes, edges and attributes of a GraphML file.
class GraphmlListener : public XmlListener {
 public:
  explicit GraphmlListener(const std::filesystem::path& path) : path_(path) {}

  void open(std::string_view name, std::span<const XmlAttribute> attributes) override {
    Element element = Element::other;
    if (open_.empty()) {
      if (name != "graphml") throw InvalidInput("begins with the element " + in_quotes(name) + ", not with graphml");
      element = Element::graphml;
    } else if (open_.back() == Element::graphml && name == "key") {
      element = Element::key;
      declare_key(attributes);
    } else if (open_.back() == Element::graphml && name == "graph") {
      if (std::exchange(has_graph_, true)) throw InvalidInput("begins a second graph; put each in a file of its own");
      element = Element::graph;
      directed_ = attribute(attributes, "edgedefault") == "directed";
    } else if (open_.back() == Element::graph && name == "node") {
      element = Element::node;
      declare_node(attribute(attributes, "id"));
    } else if (open_.back() == Element::graph && name == "edge") {
      element = Element::edge;
      add_edge(attributes);
    } else if (open_.back() == Element::graph && name == "hyperedge") {
      throw InvalidInput("holds a hyperedge; only edges between two nodes can be read");
    } else if (name == "graph") {
      throw InvalidInput("holds a graph inside another; only a flat graph can be read");
    } else if (name == "data") {
      element = Element::data;
      const auto key = keys_.find(attribute(attributes, "key"));
      meaning_ = key == keys_.end() ? Meaning::nothing : key->second;
      text_.clear();
    }
    open_.push_back(element);
  }

  void close(std::string_view /*name*/) override {
    const Element closed = open_.back();
    open_.pop_back();
    if (closed == Element::data) take_data(open_.back());
  }

  void text(std::string_view part) override {
    if (meaning_ != Meaning::nothing && open_.back() == Element::data) text_ += part;
  }

  /// The network built from everything read.
  NetworkFile network() {
    if (!has_graph_) fail_reading(path_, "it holds no graph");
    if (declared_ == 0) fail_reading(path_, "its graph has no nodes");
    number_as_declared();
    std::optional<Network> network;
    if (!layer_of_.empty() && !index_of_.empty()) network = layered();
    if (!network) network = general_network(declared_, links_, losses_);
    std::vector<std::string> notices = losses_.notices();
    if (!inconsistency_.empty()) {
      notices.push_back("the layers in the file do not fit (" + inconsistency_ +
                        "): it is read as a graph without any");
    }
    return {std::make_shared<const Network>(std::move(*network)), std::move(provenance_), {}, std::move(notices)};
  }

 private:
  void declare_key(std::span<const XmlAttribute> attributes) {
    static constexpr std::array meanings{
        std::tuple{"node", "layer", Meaning::layer},
        std::tuple{"node", "index", Meaning::index},
        std::tuple{"edge", "weight", Meaning::weight},
        std::tuple{"graph", "layer_sizes", Meaning::layer_sizes},
        std::tuple{"graph", "provenance", Meaning::provenance},
    };
    const std::string_view domain = attribute(attributes, "for");
    const std::string_view name = attribute(attributes, "attr.name");
    for (const auto& [for_what, attribute_name, meaning] : meanings) {
      if (name == attribute_name && (domain == for_what || domain == "all")) {
        keys_.insert_or_assign(std::string(attribute(attributes, "id")), meaning);
      }
    }
  }

  /// The node's number in order of first appearance of its name, in an edge or as a node.
  NodeIndex number_of(std::string_view id) {
    if (const auto found = numbers_.find(id); found != numbers_.end()) return found->second;
    const std::uint64_t count = numbers_.size();
    if (count + 1 >= most_neurons) throw InvalidInput("names more than 2^31 nodes");
    // Memory is checked whenever the table is about to double.
    if (count >= memory_check_threshold && (count & (count - 1)) == 0)
      require_memory(count * bytes_per_node, path_.string());
    const auto number = static_cast<NodeIndex>(count);
    numbers_.emplace(id, number);
    place_.push_back(unknown);
    return number;
  }

  void declare_node(std::string_view id) {
    if (id.empty()) throw InvalidInput("has a node without an id");
    node_ = number_of(id);
    if (place_[node_] != unknown) throw InvalidInput("has a second node with the id " + in_quotes(id));
    place_[node_] = declared_++;
  }

  void add_edge(std::span<const XmlAttribute> attributes) {
    const std::string_view source = attribute(attributes, "source");
    const std::string_view target = attribute(attributes, "target");
    if (source.empty() || target.empty()) throw InvalidInput("has an edge without a source or a target");
    const std::string_view directed = attribute(attributes, "directed");
    losses_.directions |= directed.empty() ? directed_ : directed == "true" || directed == "1";
    if (links_.size() == links_.capacity() && links_.size() >= memory_check_threshold) {
      require_memory(5 * links_.size() * sizeof(Link), path_.string());
    }
    const NodeIndex u = number_of(source);
    const NodeIndex v = number_of(target);
    if (u == v) {
      ++losses_.loops;
    } else {
      links_.emplace_back(u, v);
    }
  }

  void take_data(Element owner) {
    const Meaning meaning = std::exchange(meaning_, Meaning::nothing);
    std::string_view rest = text_;
    const std::string_view word = next_word(rest);
    if (owner == Element::graph && meaning == Meaning::provenance) provenance_ = text_;
    if (owner == Element::graph && meaning == Meaning::layer_sizes) layer_sizes_ = text_;
    if (owner == Element::node && meaning == Meaning::layer) set(layer_of_, word);
    if (owner == Element::node && meaning == Meaning::index) set(index_of_, word);
    if (owner == Element::edge && meaning == Meaning::weight) {
      const auto weight = number<double>(word);
      if (!weight || !std::isfinite(*weight)) {
        throw InvalidInput("has the weight " + in_quotes(word) + ", which is not a finite number");
      }
      losses_.weights |= *weight != 1.0;
    }
  }

  /// Other programs also write integers as "3.0"; any other value stays unknown.
  void set(std::vector<NodeIndex>& values, std::string_view word) const {
    const auto value = number<double>(word);
    if (!value || !(*value >= 0.0 && *value < static_cast<double>(most_neurons)) || *value != std::floor(*value))
      return;
    if (values.size() <= node_) values.resize(std::max<std::size_t>(place_.size(), std::size_t{node_} + 1), unknown);
    values[node_] = static_cast<NodeIndex>(*value);
  }

  /// Renumbers from the order of first appearance to the order of the nodes.
  void number_as_declared() {
    const auto missing = std::find(place_.begin(), place_.end(), unknown);
    if (missing != place_.end()) {
      const auto number = static_cast<NodeIndex>(missing - place_.begin());
      const auto named =
          std::find_if(numbers_.begin(), numbers_.end(), [&](const auto& entry) { return entry.second == number; });
      fail_reading(path_, "an edge names the node " + in_quotes(named->first) + ", which the file does not contain");
    }
    numbers_.clear();
    for (auto& [u, v] : links_) {
      u = place_[u];
      v = place_[v];
    }
    for (std::vector<NodeIndex>* values : {&layer_of_, &index_of_}) {
      if (values->empty()) continue;
      values->resize(declared_, unknown);
      std::vector<NodeIndex> placed(declared_);
      for (NodeIndex number = 0; number < declared_; ++number) placed[place_[number]] = (*values)[number];
      *values = std::move(placed);
    }
  }

  /// The layered network; otherwise nothing, and the reason is kept.
  std::optional<Network> layered() {
    std::vector<NodeIndex> sizes;
    for (NodeIndex node = 0; node < declared_; ++node) {
      if (layer_of_[node] == unknown || index_of_[node] == unknown) {
        return inconsistent("a node lacks its layer or its index");
      }
      if (layer_of_[node] >= declared_) return inconsistent("a layer's number exceeds that of the nodes");
      if (layer_of_[node] >= sizes.size()) sizes.resize(std::size_t{layer_of_[node]} + 1);
      ++sizes[layer_of_[node]];
    }
    if (sizes.size() < 2) return inconsistent("there is only one");
    if (std::find(sizes.begin(), sizes.end(), NodeIndex{0}) != sizes.end()) return inconsistent("one has no nodes");
    std::vector<NodeIndex> first{0};
    for (const NodeIndex size : sizes) first.push_back(first.back() + size);
    std::vector<bool> taken(declared_);
    for (NodeIndex node = 0; node < declared_; ++node) {
      const NodeIndex layer = layer_of_[node];
      if (index_of_[node] >= sizes[layer] || taken[first[layer] + index_of_[node]]) {
        return inconsistent("the index of a node is beyond its layer or taken twice");
      }
      taken[first[layer] + index_of_[node]] = true;
    }
    const auto place = [&](NodeIndex node) { return first[layer_of_[node]] + index_of_[node]; };
    std::vector<Link> links(links_.size());
    std::transform(links_.begin(), links_.end(), links.begin(), [&](const Link& link) {
      return Link{place(link.first), place(link.second)};
    });
    if (first_misfit(sizes, links)) return inconsistent("an edge does not join neighbouring layers");
    Network network = layered_network(std::move(sizes), links, losses_);
    if (!layer_sizes_.empty() && layer_sizes_ != layer_sizes_text(network)) {
      return inconsistent("layer_sizes names others than the nodes do");
    }
    return network;
  }

  std::optional<Network> inconsistent(std::string why) {
    inconsistency_ = std::move(why);
    losses_.doubles = 0;
    return std::nullopt;
  }

  const std::filesystem::path& path_;
  std::vector<Element> open_;
  bool has_graph_ = false;
  bool directed_ = false;
  std::unordered_map<std::string, Meaning, NameHash, std::equal_to<>> keys_;
  Meaning meaning_ = Meaning::nothing;
  std::string text_;

  std::unordered_map<std::string, NodeIndex, NameHash, std::equal_to<>> numbers_;
  std::vector<NodeIndex> place_;  ///< number -> position among the nodes of the file
  NodeIndex declared_ = 0;
  NodeIndex node_ = 0;  ///< the open one
  std::vector<NodeIndex> layer_of_;
  std::vector<NodeIndex> index_of_;
  std::vector<Link> links_;
  LinkLosses losses_;
  std::string provenance_;
  std::string layer_sizes_;
  std::string inconsistency_;
};

/// `id` is that of the key in the file, `name` what other programs show.
void write_key(BlockWriter& text, std::string_view id, std::string_view name, std::string_view domain,
               std::string_view type) {
  text.add("  <key id=\"").add(id).add("\" for=\"").add(domain).add("\" attr.name=\"").add(name);
  text.add("\" attr.type=\"").add(type).add("\"/>\n");
}
void write_key(BlockWriter& text, std::string_view name, std::string_view domain, std::string_view type) {
  write_key(text, name, name, domain, type);
}

BlockWriter& open_data(BlockWriter& text, std::string_view key) { return text.add("<data key=\"").add(key).add("\">"); }

/// Escaped for an attribute, in which readers take tabs and line ends for blanks.
std::string attribute_text(std::string_view text) {
  std::string escaped;
  for (const char letter : xml_escaped(text)) {
    if (letter == '\t' || letter == '\n') {
      escaped += letter == '\t' ? "&#9;" : "&#10;";
    } else {
      escaped += letter;
    }
  }
  return escaped;
}

/// The key of a column of names.
std::string column_key(std::size_t column) { return "attribute" + std::to_string(column); }

std::string_view graphml_type(AttributeKind kind) {
  switch (kind) {
    case AttributeKind::integer:
      return "long";
    case AttributeKind::real:
      return "double";
    case AttributeKind::boolean:
      return "boolean";
    case AttributeKind::text:
      break;
  }
  return "string";
}

/// The names of nodes: as ids of the nodes, and as keys.
class NameWriter {
 public:
  explicit NameWriter(const NetworkFile& file) : names_(file.network->names()) {
    const NodeAttributes& attributes = file.attributes;
    ids_.reserve(names_.ids.size());
    for (const std::string& id : names_.ids) ids_.push_back(attribute_text(id));
    make_distinct(ids_);
    computed_ = {"degree"};
    if (file.network->is_layered()) computed_.insert(computed_.end(), {"layer", "index"});
    if (!names_.labels.empty()) computed_.emplace_back("label");
    if (!attributes.community.empty()) computed_.emplace_back("community");
    if (!attributes.radius.empty()) computed_.emplace_back("r");
    if (!attributes.theta.empty()) computed_.emplace_back("theta");
  }

  void write_keys(BlockWriter& text) const {
    if (!names_.labels.empty()) write_key(text, "label", "node", "string");
    for (std::size_t i = 0; i < names_.columns.size(); ++i) {
      const NodeColumn& column = names_.columns[i];
      // What the file had under a name that is computed here stands beside it.
      const bool is_taken = std::ranges::find(computed_, column.name) != computed_.end();
      const std::string name = attribute_text(is_taken ? column.name + " (file)" : column.name);
      write_key(text, column_key(i), name, "node", graphml_type(column.kind));
    }
  }

  void write_id(BlockWriter& text, NodeIndex node) const {
    ids_.empty() ? text.add("n").add_count(node) : text.add(ids_[node]);
  }

  void write_data(BlockWriter& text, NodeIndex node) const {
    const auto add = [&](std::string_view key, const std::string& value) {
      if (!value.empty()) open_data(text, key).add(xml_escaped(value)).add("</data>");
    };
    if (!names_.labels.empty()) add("label", names_.labels[node]);
    for (std::size_t i = 0; i < names_.columns.size(); ++i) add(column_key(i), names_.columns[i].values[node]);
  }

 private:
  const NodeNames& names_;
  std::vector<std::string> ids_;  ///< escaped
  std::vector<std::string_view> computed_;
};

void write_nodes(BlockWriter& text, const Network& network, const NodeAttributes& attributes, const NameWriter& names) {
  const std::vector<NodeIndex> degree = node_degrees(network);
  NodeIndex node = 0;
  for (std::size_t layer = 0; layer < network.layer_sizes().size(); ++layer) {
    for (NodeIndex index = 0; index < network.layer_sizes()[layer]; ++index, ++node) {
      text.add("    <node id=\"");
      names.write_id(text, node);
      text.add("\">");
      names.write_data(text, node);
      if (network.is_layered()) {
        open_data(text, "layer").add_count(layer).add("</data>");
        open_data(text, "index").add_count(index).add("</data>");
      }
      open_data(text, "degree").add_count(degree[node]).add("</data>");
      if (!attributes.community.empty()) {
        open_data(text, "community").add(std::to_string(attributes.community[node])).add("</data>");
      }
      if (!attributes.radius.empty()) open_data(text, "r").add_real(attributes.radius[node]).add("</data>");
      if (!attributes.theta.empty()) open_data(text, "theta").add_real(attributes.theta[node]).add("</data>");
      text.add("</node>\n");
    }
  }
}

}  // namespace

NetworkFile read_graphml(const std::filesystem::path& path, const ReadOptions& /*options*/,
                         const TaskControl& control) {
  GraphmlListener listener(path);
  read_xml(path, listener, control);
  return listener.network();
}

void write_graphml(const std::filesystem::path& path, const NetworkFile& file) {
  const Network& network = *file.network;
  const NodeAttributes& attributes = file.attributes;
  const NameWriter names(file);
  write_text_atomically(path, [&](const TextSink& sink) {
    BlockWriter text(sink);
    text.add("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n");
    if (network.is_layered()) {
      write_key(text, "layer_sizes", "graph", "string");
      write_key(text, "layer", "node", "int");
      write_key(text, "index", "node", "int");
    }
    if (!file.provenance.empty()) write_key(text, "provenance", "graph", "string");
    write_key(text, "degree", "node", "int");
    if (!attributes.community.empty()) write_key(text, "community", "node", "int");
    if (!attributes.radius.empty()) write_key(text, "r", "node", "double");
    if (!attributes.theta.empty()) write_key(text, "theta", "node", "double");
    names.write_keys(text);
    text.add("  <graph id=\"network\" edgedefault=\"undirected\">\n");
    if (network.is_layered()) {
      open_data(text.add("    "), "layer_sizes").add(layer_sizes_text(network)).add("</data>\n");
    }
    if (!file.provenance.empty()) {
      open_data(text.add("    "), "provenance").add(xml_escaped(file.provenance)).add("</data>\n");
    }
    write_nodes(text, network, attributes, names);
    for_each_link(network, [&](NodeIndex u, NodeIndex v) {
      text.add("    <edge source=\"");
      names.write_id(text, u);
      text.add("\" target=\"");
      names.write_id(text, v);
      text.add("\"/>\n");
    });
    text.add("  </graph>\n</graphml>\n");
    text.finish();
  });
}

}  // namespace dnm
