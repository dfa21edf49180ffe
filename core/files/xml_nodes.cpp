// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/xml_nodes.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "core/files/named_nodes.h"
#include "core/files/xml_reader.h"
#include "core/network/mask_rows.h"
#include "core/support/letter_case.h"

namespace dnm {

std::string_view WrittenAttribute::type(std::string_view integer) const {
  switch (kind) {
    case AttributeKind::integer:
      return column == nullptr ? integer : "long";
    case AttributeKind::real:
      return "double";
    case AttributeKind::boolean:
      return "boolean";
    case AttributeKind::text:
      break;
  }
  return "string";
}

std::vector<WrittenAttribute> written_attributes(const NetworkFile& file, std::span<const std::string_view> taken) {
  const Network& network = *file.network;
  const std::vector<NodeColumn>& columns = network.names().columns;
  std::vector<WrittenAttribute> list;
  const auto add = [&](const char* name, AttributeKind kind, auto value) { list.push_back({name, kind, value}); };
  if (network.is_layered()) {
    add("layer", AttributeKind::integer,
        [&](BlockWriter& text, NodeIndex node) { text.add_count(network.layer_of(node)); });
    add("index", AttributeKind::integer,
        [&](BlockWriter& text, NodeIndex node) { text.add_count(node - network.first_node(network.layer_of(node))); });
  }
  if (std::ranges::find(columns, "degree", &NodeColumn::name) == columns.end()) {
    const auto degrees = std::make_shared<const std::vector<NodeIndex>>(node_degrees(network));
    add("degree", AttributeKind::integer,
        [degrees](BlockWriter& text, NodeIndex node) { text.add_count((*degrees)[node]); });
  }
  const NodeAttributes& known = file.attributes;
  if (!known.community.empty()) {
    add("community", AttributeKind::integer,
        [&](BlockWriter& text, NodeIndex node) { text.add(std::to_string(known.community[node])); });
  }
  if (!known.radius.empty()) {
    add("r", AttributeKind::real, [&](BlockWriter& text, NodeIndex node) { text.add_real(known.radius[node]); });
  }
  if (!known.theta.empty()) {
    add("theta", AttributeKind::real, [&](BlockWriter& text, NodeIndex node) { text.add_real(known.theta[node]); });
  }
  // A graph without layers whose nodes have both would be read as layers.
  const auto has = [&](std::string_view name) {
    return std::ranges::any_of(columns, [&](const NodeColumn& column) { return lower_case(column.name) == name; });
  };
  const bool looks_layered = !network.is_layered() && has("layer") && has("index");
  for (const NodeColumn& column : columns) {
    const bool is_free = std::ranges::find(taken, column.name) == taken.end() &&
                         std::ranges::find(list, column.name, &WrittenAttribute::name) == list.end() &&
                         !(looks_layered && lower_case(column.name) == "layer");
    list.push_back({is_free ? column.name : column.name + " (file)", column.kind, {}, &column});
  }
  return list;
}

std::vector<std::string> xml_node_ids(const Network& network) {
  std::vector<std::string> ids;
  ids.reserve(network.node_count());
  const std::vector<std::string>& own = network.names().ids;
  if (own.empty()) {
    for (NodeIndex node = 0; node < network.node_count(); ++node) ids.push_back("n" + std::to_string(node));
    return ids;
  }
  for (const std::string& id : own) ids.push_back(xml_attribute_escaped(id));
  make_distinct(ids);
  return ids;
}

}  // namespace dnm
