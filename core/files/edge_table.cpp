// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/edge_table.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/files/delimited_rows.h"
#include "core/files/edge_layout.h"
#include "core/files/file_text.h"
#include "core/files/named_nodes.h"
#include "core/files/network_builder.h"
#include "core/files/utf8.h"
#include "core/network/mask_rows.h"
#include "core/support/letter_case.h"
#include "core/support/memory.h"

namespace dnm {
namespace {

using Fields = std::span<const std::string_view>;

std::string_view field_at(Fields fields, std::size_t column) {
  return column < fields.size() ? fields[column] : std::string_view();
}

/// NetworkX's "{'weight': 1.0, …}": the value of its weight, empty for none, and whether there is anything else.
std::pair<std::string_view, bool> weight_in_braces(std::string_view braces) {
  for (const std::string_view key : {"'weight':", "\"weight\":"}) {
    const std::size_t start = braces.find(key);
    if (start == std::string_view::npos) continue;
    std::string_view rest = braces.substr(start + key.size());
    const std::string_view value = rest.substr(0, rest.find_first_of(",}"));
    std::string_view word = value;
    return {next_word(word), braces.find(':', start + key.size()) != std::string_view::npos || start > 1};
  }
  return {{}, braces.find(':') != std::string_view::npos};
}

class EdgeTable {
 public:
  EdgeTable(std::string_view text, const EdgeTableStyle& style, const std::filesystem::path& path,
            const ReadOptions& options, const TaskControl& control)
      : text_(text), style_(style), path_(path), as_(options.as), control_(control) {}

  NetworkFile read() {
    const auto layout = edge_layout(text_, style_, path_, as_);
    if (!layout) {
      notices_.emplace_back("the file holds no link and names no node: it is read as a network without nodes");
      return finished(general_network(0, {}, losses_), {});
    }
    layout_ = *layout;
    switch (layout_.shape) {
      case EdgeTableShape::matrix:
      case EdgeTableShape::named_matrix:
        return read_matrix();
      case EdgeTableShape::neighbours:
        notices_.emplace_back(
            "the rows have different lengths, and every field names a node with a row: each row is read as a node and "
            "its neighbours");
        break;
      case EdgeTableShape::links:
        break;
    }
    if (auto numbered = read_numbered()) return std::move(*numbered);
    return read_named();
  }

 private:
  // Its rows.

  void look(const DelimitedRows& table) {
    if (++looks_ % lines_between_looks != 0) return;
    control_.check();
    // A table of named nodes is read a second time.
    const double fraction = 1.0 - static_cast<double>(table.bytes_left()) / static_cast<double>(text_.size());
    reported_ = std::max(reported_, fraction);
    control_.report(reported_);
  }

  /// Calls take(source, target, is_link) for each row until it returns false; a text is empty where the row has only
  /// one node.
  template <class Take>
  bool for_each_link_row(const Take& take) {
    const EdgeColumns& columns = layout_.columns;
    bool is_header = layout_.has_header;
    for (DelimitedRows table = rows_of_table(text_, style_, path_, layout_.separator); table.next();) {
      look(table);
      if (std::exchange(is_header, false)) continue;
      const Fields fields = table.fields();
      if (layout_.shape == EdgeTableShape::neighbours) {
        if (!take_neighbours(fields, take)) return false;
        continue;
      }
      const std::string_view source = field_at(fields, columns.source);
      const std::string_view target = field_at(fields, columns.target);
      if (source.empty() && target.empty() && fields.size() > 1) continue;
      if (std::max(columns.source, columns.target) >= fields.size()) {
        fail_reading(path_, table.line(),
                     "reads " + in_quotes(table.text()) + "; a link needs two nodes (the file may be truncated)");
      }
      bool is_link = true;
      std::size_t known = std::max(columns.source, columns.target) + 1;
      for (const std::size_t column : {columns.weight, columns.kind}) {
        if (column != no_column) known = std::max(known, column + 1);
      }
      if (columns.weight < fields.size()) is_link = has_weight(fields[columns.weight]);
      if (columns.kind != no_column) take_kind(lower_case(field_at(fields, columns.kind)));
      more_columns_ |= !layout_.has_header && fields.size() > known;
      if (source.empty() || target.empty()) ++lone_rows_;
      if (!take(source, target, is_link && !source.empty() && !target.empty())) return false;
    }
    losses_.directions |= columns.directed;
    return true;
  }

  template <class Take>
  static bool take_neighbours(Fields fields, const Take& take) {
    bool is_alone = true;
    for (const std::string_view neighbour : fields.subspan(1)) {
      if (neighbour.empty()) continue;
      is_alone = false;
      if (!take(fields.front(), neighbour, true)) return false;
    }
    return !is_alone || fields.front().empty() || take(fields.front(), {}, false);
  }

  /// A cell of the column that tells in Gephi's tables whether the link is directed.
  void take_kind(const std::string& kind) {
    losses_.directions |= kind == "directed";
    kinds_are_other_ |= !kind.empty() && kind != "directed" && kind != "undirected";
  }

  /// Whether a link of this weight is there.
  bool has_weight(std::string_view text) {
    if (text.starts_with('{')) {
      const auto [weight, more] = weight_in_braces(text);
      more_columns_ |= more;
      if (weight.empty()) return true;
      text = weight;
    }
    const WeightKind kind = weight_kind(with_point(text, layout_.separator));
    if (kind == WeightKind::zero) ++losses_.weightless;
    return losses_.keeps(kind);
  }

  void forget_rows() {
    losses_ = {};
    kinds_are_other_ = false;
    more_columns_ = false;
    lone_rows_ = 0;
  }

  // Nodes that are all numbered.

  using Numbers = std::pair<std::uint64_t, std::uint64_t>;

  /// Nothing when a node has no number.
  std::optional<NetworkFile> read_numbered() {
    // A number of each space is another node.
    if (layout_.columns.source_space != layout_.columns.target_space) return std::nullopt;
    std::vector<Numbers> links;
    std::vector<std::uint64_t> alone;  // named without a link
    const bool numbered = for_each_link_row([&](std::string_view source, std::string_view target, bool is_link) {
      const auto u = source.empty() ? std::optional<std::uint64_t>(0) : node_number(source);
      const auto v = target.empty() ? std::optional<std::uint64_t>(0) : node_number(target);
      if (!u || !v) return false;
      if (is_link) {
        links.emplace_back(*u, *v);
        return true;
      }
      if (!source.empty()) alone.push_back(*u);
      if (!target.empty()) alone.push_back(*v);
      return true;
    });
    if (!numbered) {
      forget_rows();
      return std::nullopt;
    }
    const std::vector<std::uint64_t> ids = distinct(links, alone);
    if (ids.size() >= most_neurons) fail_reading(path_, "it names more than 2^31 nodes");
    std::vector<Link> numbered_links;
    numbered_links.reserve(links.size());
    const auto place = [&](std::uint64_t id) {
      // Without gaps an id is its place, from the first on.
      if (ids.back() - ids.front() + 1 == ids.size()) return static_cast<NodeIndex>(id - ids.front());
      return static_cast<NodeIndex>(std::ranges::lower_bound(ids, id) - ids.begin());
    };
    for (const auto& [u, v] : links) numbered_links.emplace_back(place(u), place(v));
    links = {};
    const auto nodes = static_cast<NodeIndex>(ids.size());
    std::vector<std::string> names;
    if (nodes > 0 && (ids.front() != 0 || ids.back() + 1 != ids.size())) {
      require_room_for(5 * std::uint64_t{nodes}, path_);
      for (const std::uint64_t id : ids) names.push_back(std::to_string(id));
      if (ids.back() - ids.front() + 1 == ids.size()) {
        notices_.push_back("the file numbers its nodes from " + std::to_string(ids.front()) + " to " +
                           std::to_string(ids.back()) + ": its node " + std::to_string(ids.front()) +
                           " is node 0 here; its numbers are kept as names");
      } else {
        notices_.push_back("the file's node numbers have gaps (" + std::to_string(nodes) + " nodes, the last is " +
                           std::to_string(ids.back()) +
                           "): the nodes are those that its lines name, in ascending order; its numbers are kept as "
                           "names");
      }
    }
    return built(nodes, numbered_links, std::move(names));
  }

  /// All ids, sorted.
  std::vector<std::uint64_t> distinct(const std::vector<Numbers>& links,
                                      const std::vector<std::uint64_t>& alone) const {
    const std::uint64_t named = 2 * links.size() + alone.size();
    std::uint64_t highest = 0;
    for (const auto& [u, v] : links) highest = std::max({highest, u, v});
    for (const std::uint64_t id : alone) highest = std::max(highest, id);
    std::vector<std::uint64_t> ids;
    if (highest / 8 <= named) {  // a list of which numbers occur is small
      std::vector<bool> occurs(highest + 1);
      for (const auto& [u, v] : links) occurs[u] = occurs[v] = true;
      for (const std::uint64_t id : alone) occurs[id] = true;
      for (std::uint64_t id = 0; id <= highest; ++id) {
        if (occurs[id] && named > 0) ids.push_back(id);
      }
      return ids;
    }
    if (named > memory_check_threshold) require_memory(named * sizeof(std::uint64_t), path_.string());
    ids.reserve(named);
    for (const auto& [u, v] : links) {
      ids.push_back(u);
      ids.push_back(v);
    }
    ids.insert(ids.end(), alone.begin(), alone.end());
    std::ranges::sort(ids);
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
  }

  // Nodes with names.

  NetworkFile read_named() {
    NamedNodes nodes(path_);
    std::vector<Link> links;
    const EdgeColumns& columns = layout_.columns;
    const auto node = [&](const std::string& space, std::string_view name) {
      return space.empty() ? nodes.number_of(name) : nodes.number_of(space + ":" + std::string(name));
    };
    for_each_link_row([&](std::string_view source, std::string_view target, bool is_link) {
      const NodeIndex u = source.empty() ? 0 : node(columns.source_space, source);
      const NodeIndex v = target.empty() ? 0 : node(columns.target_space, target);
      if (is_link) links.emplace_back(u, v);
      return true;
    });
    notices_.emplace_back(
        "the file names its nodes by words: they are numbered in the order of their first appearance, and the names "
        "are kept");
    const NodeIndex count = nodes.count();
    return built(count, links, std::move(nodes).names());
  }

  NetworkFile read_matrix() {
    std::vector<std::string> names;
    std::vector<Link> cells;  // row, column
    std::size_t columns = 0;
    NodeIndex row = 0;
    bool is_header = layout_.shape == EdgeTableShape::named_matrix;
    const std::size_t first = is_header ? 1 : 0;
    for (DelimitedRows table = rows_of_table(text_, style_, path_, layout_.separator); table.next();) {
      look(table);
      const Fields fields = table.fields();
      if (std::exchange(is_header, false)) {
        columns = fields.size() - 1;
        for (const std::string_view name : fields.subspan(1)) names.push_back(std::string(name));
        continue;
      }
      if (columns == 0) columns = fields.size();
      if (fields.size() != columns + first || (first == 1 && (row >= columns || fields[0] != names[row]))) {
        fail_reading(path_, table.line(),
                     "does not fit the matrix that the lines before it begin: a row for each of " +
                         std::to_string(columns) + " columns, in the same order, is expected");
      }
      for (std::size_t column = 0; column < columns; ++column) {
        const std::string_view cell = fields[column + first];
        // No number: no link.
        if (!is_number(cell, layout_.separator) || !has_weight(cell)) continue;
        cells.emplace_back(row, static_cast<NodeIndex>(column));
      }
      if (row++ + 1 >= most_neurons) fail_reading(path_, "it names more than 2^31 nodes");
    }
    losses_.weightless = 0;
    Mask mask = mask_of_cells(static_cast<NodeIndex>(columns), row, cells, losses_.doubles);
    if (as_ == ReadAs::layers) return finished(one_layer_network(std::move(mask)), {});
    if (row == columns) {
      as_ = ReadAs::graph;
      notices_.push_back("the table is read as the matrix of a graph of " + std::to_string(row) + " nodes" +
                         other_reading(ReadAs::layers));
    } else if (layout_.shape == EdgeTableShape::named_matrix) {
      fail_reading(path_, "it begins as a matrix of " + std::to_string(columns) + " columns, but has only " +
                              std::to_string(row) + " rows; it may be truncated");
    } else if (as_ == ReadAs::automatic) {
      notices_.push_back("the table is read as the matrix of one layer, from " + std::to_string(columns) +
                         " inputs to " + std::to_string(row) + " outputs");
    }
    for (std::string& name : names) name = utf8_or_latin1(name);
    make_distinct(names);
    return finished(matrix_network(std::move(mask), as_, losses_), std::move(names));
  }

  // What it gives.

  NetworkFile built(NodeIndex nodes, std::vector<Link>& links, std::vector<std::string> names) {
    require_room_for(nodes, path_);
    if (as_ != ReadAs::layers) return finished(general_network(nodes, links, losses_), std::move(names));
    // Inputs first, each set in its order.
    std::vector<bool> is_input(nodes), is_output(nodes);
    for (const auto& [u, v] : links) {
      is_input[u] = true;
      is_output[v] = true;
    }
    std::vector<NodeIndex> place(nodes);
    NodeIndex inputs = 0;
    NodeIndex outputs = 0;
    for (NodeIndex node = 0; node < nodes; ++node) {
      if (is_input[node] && is_output[node]) {
        fail_reading(path_, "it cannot be read as layers: links begin and end at node " +
                                (names.empty() ? std::to_string(node) : in_quotes(names[node])) +
                                "; those of one layer lead from inputs to outputs");
      }
      if (!is_output[node]) place[node] = inputs++;
    }
    for (NodeIndex node = 0; node < nodes; ++node) {
      if (is_output[node]) place[node] = inputs + outputs++;
    }
    if (outputs == 0) fail_reading(path_, "it cannot be read as layers: it holds no link");
    for (auto& [u, v] : links) {
      u = place[u];
      v = place[v];
    }
    std::vector<std::string> ids(nodes);
    for (NodeIndex node = 0; node < nodes; ++node) {
      ids[place[node]] = names.empty() ? std::to_string(node) : std::move(names[node]);
    }
    return finished(layered_network({inputs, outputs}, links, losses_), std::move(ids));
  }

  NetworkFile finished(Network network, std::vector<std::string> ids) {
    NodeNames names;
    names.ids = std::move(ids);
    add_notices();
    return {std::make_shared<const Network>(std::move(network).with_names(std::move(names))), {}, {}, notices_};
  }

  void add_notices() {
    if (layout_.guessed_header) notices_.emplace_back("the first row is taken as the names of the columns");
    if (layout_.shape == EdgeTableShape::neighbours) losses_.doubles = 0;  // both nodes of a link list it
    if (kinds_are_other_) layout_.columns.omitted.emplace_back("type");
    std::string omitted;
    constexpr std::size_t most_named = 5;
    const auto& names = layout_.columns.omitted;
    for (std::size_t i = 0; i < std::min(names.size(), most_named); ++i) {
      omitted += (omitted.empty() ? "" : ", ") + in_quotes(names[i]);
    }
    if (names.size() > most_named) omitted += ", …";
    if (!omitted.empty())
      notices_.push_back("columns that say nothing about which nodes are linked are omitted: " + omitted);
    if (more_columns_) notices_.emplace_back("what follows the nodes and the weight of a link is omitted");
    if (lone_rows_ > 0) {
      notices_.push_back(std::to_string(lone_rows_) + (lone_rows_ == 1
                                                           ? " row names one node alone: it has no link"
                                                           : " rows name one node alone: they have no link"));
    }
    for (std::string& sentence : losses_.notices()) notices_.push_back(std::move(sentence));
  }

  std::string_view text_;
  const EdgeTableStyle& style_;
  const std::filesystem::path& path_;
  ReadAs as_;
  const TaskControl& control_;
  EdgeLayout layout_{};
  LinkLosses losses_{};
  std::vector<std::string> notices_;
  bool more_columns_ = false;
  bool kinds_are_other_ = false;
  std::uint64_t lone_rows_ = 0;
  std::size_t looks_ = 0;
  double reported_ = 0.0;
};

}  // namespace

NetworkFile read_edge_table(std::string_view text, const EdgeTableStyle& style, const std::filesystem::path& path,
                            const ReadOptions& options, const TaskControl& control) {
  return EdgeTable(text, style, path, options, control).read();
}

bool names_link_columns(std::string_view first_line, char separator) {
  const std::filesystem::path none_to_name;
  DelimitedRows table(first_line, {separator, true, false}, none_to_name);
  return table.next() && named_edge_columns(table.fields()).has_value();
}

}  // namespace dnm
