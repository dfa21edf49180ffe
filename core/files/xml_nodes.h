// SPDX-License-Identifier: GPL-3.0-or-later
// What GraphML and GEXF have in common where they are written.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/files/file_text.h"
#include "core/files/network_files.h"
#include "core/network/network.h"

namespace dnm {

/// An attribute of nodes as it is written: computed here, or a column of the file that the network was read from.
struct WrittenAttribute {
  std::string name;                                    ///< not escaped
  AttributeKind kind;                                  ///< computed integers take 32 bits
  std::function<void(BlockWriter&, NodeIndex)> add{};  ///< a computed value …
  const NodeColumn* column = nullptr;                  ///< … or what holds the values, not escaped
  [[nodiscard]] bool has(NodeIndex node) const { return column == nullptr || !column->values[node].empty(); }
  /// What both formats call its type; `integer` is their word for one of 32 bits.
  [[nodiscard]] std::string_view type(std::string_view integer) const;
};

/// Layer, index, degree, community, r and theta, as far as they are known, then the columns. A column of a name that
/// comes before, or that is `taken`, gets " (file)" behind it, and only one named degree takes the place of ours. Valid
/// as long as the file is. O(nodes + links).
[[nodiscard]] std::vector<WrittenAttribute> written_attributes(const NetworkFile& file,
                                                               std::span<const std::string_view> taken = {});

/// The id of each node, escaped for the value of an attribute and distinct: its own, else "n" and its number. O(nodes).
[[nodiscard]] std::vector<std::string> xml_node_ids(const Network& network);

}  // namespace dnm
