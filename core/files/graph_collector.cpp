// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/graph_collector.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <limits>
#include <memory>
#include <unordered_set>

#include "core/files/file_text.h"
#include "core/network/mask_rows.h"
#include "core/support/digits.h"
#include "core/support/error.h"
#include "core/support/letter_case.h"
#include "core/support/memory.h"
#include "core/support/trimmed.h"

namespace dnm {
namespace {

constexpr NodeIndex unknown = 0xFFFFFFFFU;
/// What is written of each node where it was computed, always together.
constexpr std::array<std::string_view, 3> computed{"community", "r", "theta"};

/// Whether the value fits its kind; a missing one does.
bool fits(std::string_view value, AttributeKind kind) {
  if (value.empty()) return true;
  switch (kind) {
    case AttributeKind::integer:
      return number<std::int64_t>(value.substr(value.starts_with('+') ? 1 : 0)).has_value();
    case AttributeKind::real:
      return real_number(value).has_value();
    case AttributeKind::boolean: {
      const std::string word = lower_case(value);
      return word == "true" || word == "false" || word == "1" || word == "0";
    }
    case AttributeKind::text:
      break;
  }
  return true;
}

/// Whether the ids are PREFIX0, PREFIX1, …, in this order.
bool only_count(const std::vector<std::string>& ids, std::string_view prefix) {
  for (std::size_t node = 0; node < ids.size(); ++node) {
    const std::string_view id = ids[node];
    if (!id.starts_with(prefix) || id.substr(prefix.size()) != std::to_string(node)) return false;
  }
  return true;
}
bool are_names(const std::vector<std::string>& ids) { return !only_count(ids, "n") && !only_count(ids, ""); }

bool complete_and_distinct(const std::vector<std::string>& values) {
  std::unordered_set<std::string_view> known;
  return std::all_of(values.begin(), values.end(),
                     [&](const std::string& value) { return !value.empty() && known.insert(value).second; });
}

/// Whether the values are the degrees of the nodes, which everybody can compute.
bool tells_degrees(const std::vector<std::string>& values, const Network& network) {
  const std::vector<NodeIndex> degrees = node_degrees(network);
  return std::equal(
      values.begin(), values.end(), degrees.begin(), degrees.end(),
      [](const std::string& value, NodeIndex degree) { return number<double>(value) == static_cast<double>(degree); });
}

}  // namespace

AttributeKind attribute_kind(std::string_view type) {
  static constexpr std::array kinds{
      std::pair{"int", AttributeKind::integer},     std::pair{"integer", AttributeKind::integer},
      std::pair{"long", AttributeKind::integer},    std::pair{"short", AttributeKind::integer},
      std::pair{"byte", AttributeKind::integer},    std::pair{"biginteger", AttributeKind::integer},
      std::pair{"float", AttributeKind::real},      std::pair{"double", AttributeKind::real},
      std::pair{"bigdecimal", AttributeKind::real}, std::pair{"boolean", AttributeKind::boolean},
      std::pair{"bool", AttributeKind::boolean},
  };
  const std::string word = lower_case(type);
  const auto* const found =
      std::find_if(kinds.begin(), kinds.end(), [&](const auto& kind) { return word == kind.first; });
  return found == kinds.end() ? AttributeKind::text : found->second;
}

NodeIndex GraphCollector::number_of(std::string_view id) {
  const NodeIndex number = nodes_.number_of(id);
  if (number == place_.size()) place_.push_back(unknown);
  return number;
}

NodeIndex GraphCollector::declare_node(std::string_view id) {
  if (id.empty()) throw InvalidInput("has a node without an id");
  const NodeIndex node = number_of(id);
  if (place_[node] == unknown) {
    place_[node] = declared_++;
  } else {
    ++merged_;
  }
  return node;
}

void GraphCollector::add_value(Values& values, NodeIndex node, std::string_view value) {
  if (value.empty()) return;
  text_bytes_ += sizeof(Values::value_type) + value.size();
  if (text_bytes_ > std::max(memory_check_threshold, 2 * checked_bytes_)) {
    require_memory(2 * text_bytes_, "the attributes in " + path_.string());
    checked_bytes_ = text_bytes_;
  }
  values.emplace_back(node, value);
}

void GraphCollector::set_label(NodeIndex node, std::string_view label) { add_value(labels_, node, trimmed(label)); }

std::size_t GraphCollector::declare_column(std::string_view name, AttributeKind kind, std::string_view otherwise) {
  const auto [known, is_new] = column_numbers_.emplace(name, columns_.size());
  if (is_new) {
    columns_.push_back({std::string(name), kind, std::string(otherwise)});
  } else if (Column& column = columns_[known->second]; column.kind != kind) {
    column.kind = AttributeKind::text;
  }
  return known->second;
}

void GraphCollector::set_value(std::size_t column, NodeIndex node, std::string_view value) {
  Column& of = columns_[column];
  if (of.kind != AttributeKind::text) value = trimmed(value);
  add_value(of.values, node, value);
}

void GraphCollector::add_edge(std::string_view source, std::string_view target, bool directed, WeightKind weight) {
  if (source.empty() || target.empty()) throw InvalidInput("has an edge without a source or a target");
  const NodeIndex u = number_of(source);
  const NodeIndex v = number_of(target);
  losses_.directions |= directed;
  // An edge that is written down is one, as for igraph and NetworkX.
  if (!losses_.keeps(weight)) ++losses_.zero_weights;
  if (u == v) {
    ++losses_.loops;
  } else {
    add_link(links_, u, v, path_);
  }
}

void GraphCollector::note(const std::string& sentence) {
  if (std::find(notes_.begin(), notes_.end(), sentence) == notes_.end()) notes_.push_back(sentence);
}

/// Renumbers from the order of first appearance to that of the network.
void GraphCollector::place_nodes() {
  std::uint64_t added = 0;
  for (NodeIndex& place : place_) {
    if (place != unknown) continue;
    place = declared_++;
    ++added;
  }
  if (added > 0) note(counted(added, "node") + " that only edges name" + (added == 1 ? " is" : " are") + " added");
  if (merged_ > 0)
    note(counted(merged_, "repeated declaration") + " of a node" + (merged_ == 1 ? " is" : " are") +
         " one with the first");
  for (auto& [u, v] : links_) {
    u = place_[u];
    v = place_[v];
  }
}

/// Every node has a text in every column, if only that of nodes without.
void GraphCollector::require_room_for_columns() const {
  constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
  std::uint64_t of_node = 0;
  for (const Column& column : columns_) of_node += sizeof(std::string) + column.otherwise.size();
  const std::uint64_t bytes = declared_ > 0 && of_node > most / declared_ ? most : of_node * declared_;
  if (bytes > memory_check_threshold) require_memory(bytes, "the attributes in " + path_.string());
}

std::vector<std::string> GraphCollector::placed(const Values& values, std::string_view otherwise) const {
  std::vector<std::string> list(declared_, std::string(otherwise));
  for (const auto& [node, value] : values) list[place_[node]] = value;
  return list;
}

const GraphCollector::Column* GraphCollector::column_called(std::string_view name) const {
  const auto found = std::find_if(columns_.begin(), columns_.end(), [&](const Column& column) {
    return lower_case(column.name) == name && (!column.values.empty() || !column.otherwise.empty());
  });
  return found == columns_.end() ? nullptr : &*found;
}

/// Node numbers from 0, `unknown` for any other value; other programs also write integers as "3.0".
std::optional<std::vector<NodeIndex>> GraphCollector::numbers_in(const Column& column) const {
  std::vector<NodeIndex> numbers;
  for (const std::string& text : placed(column.values, column.otherwise)) {
    const auto value = number<double>(trimmed(text));
    const bool is_whole =
        value && *value >= 0.0 && *value < static_cast<double>(most_neurons) && *value == std::floor(*value);
    numbers.push_back(is_whole ? static_cast<NodeIndex>(*value) : unknown);
  }
  const bool any = std::any_of(numbers.begin(), numbers.end(), [](NodeIndex value) { return value != unknown; });
  return any ? std::optional(std::move(numbers)) : std::nullopt;
}

/// The layered network, and the place of each node in it; otherwise nothing, and the reason is kept.
std::optional<Network> GraphCollector::layered(std::vector<NodeIndex>& order) {
  const Column* const layer_column = column_called("layer");
  const Column* const index_column = column_called("index");
  if (layer_column == nullptr || index_column == nullptr) return std::nullopt;
  const auto layer_of = numbers_in(*layer_column);
  const auto index_of = numbers_in(*index_column);
  if (!layer_of || !index_of) return std::nullopt;
  std::vector<NodeIndex> sizes;
  for (NodeIndex node = 0; node < declared_; ++node) {
    const NodeIndex layer = (*layer_of)[node];
    if (layer == unknown || (*index_of)[node] == unknown) return inconsistent("a node lacks its layer or its index");
    if (layer >= declared_) return inconsistent("a layer's number exceeds that of the nodes");
    if (layer >= sizes.size()) sizes.resize(std::size_t{layer} + 1);
    ++sizes[layer];
  }
  if (sizes.size() < 2) return inconsistent("there is only one");
  if (std::find(sizes.begin(), sizes.end(), NodeIndex{0}) != sizes.end()) return inconsistent("one has no nodes");
  std::vector<NodeIndex> first{0};
  for (const NodeIndex size : sizes) first.push_back(first.back() + size);
  std::vector<bool> taken(declared_);
  order.resize(declared_);
  for (NodeIndex node = 0; node < declared_; ++node) {
    const NodeIndex layer = (*layer_of)[node];
    const NodeIndex index = (*index_of)[node];
    if (index >= sizes[layer] || taken[first[layer] + index]) {
      return inconsistent("the index of a node is beyond its layer or taken twice");
    }
    order[node] = first[layer] + index;
    taken[order[node]] = true;
  }
  std::vector<Link> links(links_.size());
  std::transform(links_.begin(), links_.end(), links.begin(), [&](const Link& link) {
    return Link{order[link.first], order[link.second]};
  });
  if (first_misfit(sizes, links)) return inconsistent("an edge does not join neighbouring layers");
  const LinkLosses before = losses_;
  Network network = layered_network(std::move(sizes), links, losses_);
  if (!layer_sizes.empty() && layer_sizes != layer_sizes_text(network)) {
    losses_ = before;
    return inconsistent("layer_sizes names others than the nodes do");
  }
  return network;
}

std::nullopt_t GraphCollector::inconsistent(std::string why) {
  inconsistency_ = std::move(why);
  return std::nullopt;
}

/// The attributes of the nodes that are not computed, in the network's order.
std::vector<NodeColumn> GraphCollector::columns_of(const Network& network) {
  std::vector<NodeColumn> columns;
  const bool has_computed = is_ours && std::all_of(computed.begin(), computed.end(), [&](std::string_view name) {
                              return column_called(name) != nullptr;
                            });
  for (Column& column : columns_) {
    const std::string name = lower_case(column.name);
    if (has_computed && std::find(computed.begin(), computed.end(), name) != computed.end()) continue;
    if (network.is_layered() && (name == "layer" || name == "index")) continue;
    NodeColumn made{column.name, column.kind, placed(column.values, column.otherwise)};
    column.values = {};
    if (made.kind == AttributeKind::real) {  // as others write that there is no value
      for (std::string& value : made.values) {
        if (const auto real = real_number(value); real && std::isnan(*real)) value.clear();
      }
    }
    const auto all_fit = [&](AttributeKind kind) {
      return std::all_of(made.values.begin(), made.values.end(), [&](const auto& value) { return fits(value, kind); });
    };
    if (made.kind == AttributeKind::integer && !all_fit(made.kind)) made.kind = AttributeKind::real;
    if (!all_fit(made.kind)) made.kind = AttributeKind::text;
    if (name == "degree" && tells_degrees(made.values, network)) continue;
    const bool is_empty =
        std::all_of(made.values.begin(), made.values.end(), [](const auto& value) { return value.empty(); });
    if (!is_empty) columns.push_back(std::move(made));
  }
  return columns;
}

NodeNames GraphCollector::names_of(const Network& network) {
  NodeNames names;
  std::vector<std::string> written(declared_);  // the ids in the file
  std::vector<std::string> ids = std::move(nodes_).given_names();
  for (std::size_t number = 0; number < ids.size(); ++number) written[place_[number]] = std::move(ids[number]);
  if (are_names(written)) names.ids = written;
  names.columns = columns_of(network);
  const auto called = [&](std::string_view name) {
    return std::find_if(names.columns.begin(), names.columns.end(),
                        [&](const NodeColumn& column) { return lower_case(column.name) == name; });
  };
  const auto take = [&](auto column) {
    std::vector<std::string> values = std::move(column->values);
    names.columns.erase(column);
    return values;
  };
  if (const auto column = called("id"); column != names.columns.end()) {
    if (names.ids.empty() && complete_and_distinct(column->values)) {
      names.ids = take(column);
      if (!are_names(names.ids)) names.ids.clear();
    } else if (column->values == names.ids) {
      names.columns.erase(column);
    }
  }
  if (!labels_.empty()) {
    names.labels = placed(labels_, {});
  } else {
    for (const std::string_view name : {"label", "name", "id"}) {
      const auto column = called(name);
      if (column == names.columns.end()) continue;
      names.labels = take(column);
      break;
    }
  }
  // A label that repeats the id, but for the blanks at its ends that a label loses, is none.
  for (std::size_t node = 0; node < names.labels.size(); ++node) {
    const std::string_view label = trimmed(names.labels[node]);
    const bool is_id = label == trimmed(written[node]) || (!names.ids.empty() && label == trimmed(names.ids[node]));
    if (is_id) names.labels[node].clear();
  }
  if (std::all_of(names.labels.begin(), names.labels.end(), [](const auto& label) { return label.empty(); })) {
    names.labels.clear();
  }
  return names;
}

NetworkFile GraphCollector::network(ReadAs as) {
  place_nodes();
  require_room_for(declared_, path_);
  require_room_for_columns();
  std::optional<Network> network;
  std::vector<NodeIndex> order;
  if (as != ReadAs::graph) network = layered(order);
  if (network) {
    for (NodeIndex& place : place_) place = order[place];
  } else if (as == ReadAs::layers) {
    fail_reading(path_, "it cannot be read as layers: " +
                            (inconsistency_.empty() ? "its nodes have no layer and index" : inconsistency_));
  } else {
    network = general_network(declared_, links_, losses_);
  }
  std::vector<std::string> notices = losses_.notices();
  std::ranges::move(notes_, std::back_inserter(notices));
  if (!inconsistency_.empty()) {
    notices.push_back("the layers in the file do not fit (" + inconsistency_ + "): it is read as a graph without any");
  }
  NodeNames names = names_of(*network);
  return {std::make_shared<const Network>(std::move(*network).with_names(std::move(names))),
          std::move(provenance),
          {},
          std::move(notices)};
}

}  // namespace dnm
