// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/network_net.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/files/atomic_file.h"
#include "core/files/file_text.h"
#include "core/files/named_nodes.h"
#include "core/files/network_builder.h"
#include "core/files/node_comments.h"
#include "core/files/utf8.h"
#include "core/network/mask_rows.h"
#include "core/parameters/look_up.h"
#include "core/support/letter_case.h"
#include "core/support/memory.h"
#include "core/support/trimmed.h"

namespace dnm {
namespace {

constexpr std::string_view comment_mark = "%";
constexpr std::string_view network_word = "network";
constexpr std::string_view layers_key = "layers=";
constexpr std::string_view provenance_key = "provenance=";
/// Objects of Pajek's project files beside networks.
constexpr std::string_view other_objects = "*partition *vector *permutation *cluster *hierarchy";
/// How a vertex is drawn.
constexpr std::string_view shapes = "ellipse box diamond triangle cross empty house man woman circle";
constexpr std::string_view drawing_keys = "s_size x_fact y_fact phi r q ic bc bw lc la lr lphi fos font hooks os size";
/// A file may name a new attribute at every vertex.
constexpr std::size_t most_attributes = 64;
constexpr std::array<std::string_view, 3> axes{"x", "y", "z"};

enum class Section { none, vertices, links, lists, matrix, omitted };

/// Removes the next word or quoted text from the front of a line.
std::string_view next_text(std::string_view& line) {
  const std::size_t start = std::min(line.find_first_not_of(" \t\r"), line.size());
  if (line.substr(start).starts_with('"')) {
    const std::size_t end = line.find('"', start + 1);
    if (end != std::string_view::npos) {
      const std::string_view text = line.substr(start + 1, end - start - 1);
      line.remove_prefix(end + 1);
      return text;
    }
  }
  return next_word(line);
}

class PajekReader {
 public:
  PajekReader(const std::filesystem::path& path, const ReadOptions& options) : path_(path), as_(options.as) {}

  NetworkFile read(const TaskControl& control) {
    const std::string text = whole_file(path_);
    text_bytes_ = text.size();
    std::string_view rest = text;
    while (!rest.empty()) {
      if (++line_ % lines_between_looks == 0) {
        control.check();
        control.report(1.0 - static_cast<double>(rest.size()) / static_cast<double>(text.size()));
      }
      take(next_line(rest));
    }
    finish_matrix();
    if (!nodes_) fail_reading(path_, "it holds no *Vertices; it may be truncated");
    if (promised_links_) check_promise(text.ends_with('\n'));
    return network();
  }

 private:
  [[noreturn]] void fail(const std::string& why) const { fail_reading(path_, line_, why); }

  void take(std::string_view line) {
    std::string_view words = line;
    const std::string_view first = next_word(words);
    if (first.empty() || first.starts_with("/*")) return;
    if (first.starts_with(comment_mark)) return take_comment(line.substr(line.find(comment_mark) + 1));
    if (first.starts_with('*')) return begin_section(lower_case(first), words);
    switch (section_) {
      case Section::none:
        fail("reads " + in_quotes(line) + " before any section; a file of Pajek begins with *Vertices");
      case Section::vertices:
        return take_vertex(line);
      case Section::links:
        return take_link(line);
      case Section::lists:
        return take_list(line);
      case Section::matrix:
        return take_matrix_row(line);
      case Section::omitted:
        return;
    }
  }

  void take_comment(std::string_view comment) {
    if (comments_.take(comment, line_) || nodes_) return;
    std::string_view words = comment;
    bool is_ours = false;  // its counts are promises
    for (std::string_view word = next_word(words); !word.empty(); word = next_word(words)) {
      is_ours |= word == network_word;
      if (word.starts_with(provenance_key)) {
        provenance_ = std::string(word.data() + provenance_key.size(), comment.data() + comment.size());
        if (provenance_.ends_with('\r')) provenance_.pop_back();
        return;
      }
      if (word.starts_with(layers_key)) layers_ = parse_layer_sizes(word.substr(layers_key.size()), path_, line_);
      if (is_ours && word.starts_with("N=")) promised_nodes_ = number<std::uint64_t>(word.substr(2));
      if (is_ours && word.starts_with("E=")) promised_links_ = number<std::uint64_t>(word.substr(2));
    }
  }

  void begin_section(const std::string& name, std::string_view words) {
    finish_matrix();
    if (lists(other_objects, name)) {
      section_ = Section::omitted;
      ++omitted_objects_;
    } else if (name == "*network") {
      if (nodes_) fail_second();
      section_ = Section::omitted;  // until its vertices
      in_network_ = true;
    } else if (name == "*vertices") {
      // Those of a partition or another object.
      if (section_ == Section::omitted && !std::exchange(in_network_, false)) return;
      if (nodes_) fail_second();
      declare_vertices(words);
    } else if (name == "*arcs" || name == "*edges" || name == "*arcslist" || name == "*edgeslist" ||
               name == "*matrix") {
      if (!nodes_) fail("begins the section " + in_quotes(name) + " before *Vertices");
      section_ = name == "*matrix" ? Section::matrix : name.ends_with("list") ? Section::lists : Section::links;
      is_directed_ = name.starts_with("*arcs");
      ++(next_word(words).empty() ? plain_sections_ : relations_);
    } else {
      fail("begins the section " + in_quotes(name) + ", which is not one of a network; remove it");
    }
  }

  [[noreturn]] void fail_second() const { fail("begins a second network; put each in a file of its own"); }

  void declare_vertices(std::string_view words) {
    const auto nodes = number<std::uint64_t>(next_word(words));
    const std::string_view mode = next_word(words);
    const auto first_mode = mode.empty() ? std::optional<std::uint64_t>(0) : number<std::uint64_t>(mode);
    if (!nodes || !first_mode) fail("does not name the number of vertices");
    if (*nodes >= most_neurons) fail("names more than 2^31 vertices");
    if (*first_mode > *nodes) fail("names more vertices of the first mode than there are");
    require_room_for(*nodes, path_);
    nodes_ = static_cast<NodeIndex>(*nodes);
    first_mode_ = static_cast<NodeIndex>(*first_mode);
    section_ = Section::vertices;
  }

  NodeIndex node(std::string_view word, std::string_view line) const {
    const auto value = number<std::uint64_t>(word);
    if (!value) fail("reads " + in_quotes(line) + "; the number of a vertex is expected");
    if (*value == 0 || *value > *nodes_) {
      fail("names the vertex " + std::to_string(*value) + " of " + std::to_string(*nodes_) + " (counted from 1)");
    }
    return static_cast<NodeIndex>(*value - 1);
  }

  void take_vertex(std::string_view line) {
    std::string_view rest = line;
    const NodeIndex vertex = node(next_word(rest), line);
    ++vertex_lines_;
    set(labels_, vertex, next_text(rest));
    std::string_view before = rest;
    std::string_view word = next_word(rest);
    for (std::size_t axis = 0; axis < axes.size() && real_number(word); ++axis) {
      set(coordinates_[axis], vertex, word);
      has_coordinates_[axis] = has_coordinates_[axis] || *real_number(word) != 0.0;
      before = rest;
      word = next_word(rest);
    }
    if (!lists(shapes, lower_case(word))) rest = before;
    for (std::string_view key = next_text(rest); !key.empty(); key = next_text(rest)) {
      const std::string_view value = next_text(rest);
      if (!lists(drawing_keys, lower_case(key))) set_attribute(vertex, key, value);
    }
  }

  void set(std::vector<std::string>& values, NodeIndex vertex, std::string_view value) {
    if (values.size() <= vertex) grow(values, std::size_t{vertex} + 1);
    values[vertex] = utf8_or_latin1(value);
  }

  /// The numbers of vertices promise more texts than the file has.
  void grow(std::vector<std::string>& values, std::size_t size) {
    const std::uint64_t bytes = (size - values.size()) * sizeof(std::string);
    attribute_bytes_ += bytes;
    if (bytes > memory_check_threshold) require_memory(attribute_bytes_, "the attributes in " + path_.string());
    values.resize(size);
  }

  void set_attribute(NodeIndex vertex, std::string_view key, std::string_view value) {
    const std::string name = utf8_or_latin1(key);
    auto column = std::ranges::find(columns_, name, &NodeColumn::name);
    if (column == columns_.end()) {
      attributes_are_lost_ |= columns_.size() == most_attributes;
      if (columns_.size() == most_attributes) return;
      column = columns_.insert(columns_.end(), NodeColumn{name, AttributeKind::text, {}});
    }
    set(column->values, vertex, value);
  }

  void add_link(NodeIndex u, NodeIndex v) {
    ++counted_links_;
    losses_.directions |= is_directed_ && u != v;
    links_.emplace_back(u, v);
  }

  void take_link(std::string_view line) {
    std::string_view rest = line;
    const NodeIndex u = node(next_word(rest), line);
    const NodeIndex v = node(next_word(rest), line);
    const std::string_view word = next_word(rest);
    // As igraph and NetworkX have it, a line is a link whatever its weight.
    if (const auto weight = real_number(word); weight && !losses_.keeps(weight_kind(*weight))) ++losses_.zero_weights;
    add_link(u, v);
  }

  void take_list(std::string_view line) {
    std::string_view rest = line;
    const NodeIndex u = node(next_word(rest), line);
    for (std::string_view word = next_word(rest); !word.empty(); word = next_word(rest)) add_link(u, node(word, line));
  }

  [[nodiscard]] NodeIndex matrix_columns() const { return first_mode_ > 0 ? *nodes_ - first_mode_ : *nodes_; }
  [[nodiscard]] NodeIndex matrix_rows() const { return first_mode_ > 0 ? first_mode_ : *nodes_; }

  /// Entries follow each other by rows, on as many lines as there may be.
  void take_matrix_row(std::string_view line) {
    std::string_view rest = line;
    for (std::string_view word = next_word(rest); !word.empty(); word = next_word(rest)) {
      const auto value = real_number(word);
      if (!value) fail("holds " + in_quotes(word) + ", which is not a number");
      const std::uint64_t row = matrix_entries_ / std::max<NodeIndex>(matrix_columns(), 1);
      if (row >= matrix_rows() || matrix_columns() == 0) fail("holds more entries than its matrix has");
      const auto column = static_cast<NodeIndex>(matrix_entries_ % matrix_columns());
      ++matrix_entries_;
      if (losses_.keeps(weight_kind(*value))) {
        cells_.emplace_back(static_cast<NodeIndex>(row), first_mode_ + column);
      }
    }
  }

  void finish_matrix() {
    if (section_ != Section::matrix) return;
    section_ = Section::none;
    const std::uint64_t entries = std::uint64_t{matrix_rows()} * matrix_columns();
    if (matrix_entries_ != entries) {
      fail("ends a matrix of " + std::to_string(matrix_rows()) + " rows and " + std::to_string(matrix_columns()) +
           " columns after " + std::to_string(matrix_entries_) + " entries; the file may be truncated");
    }
    matrix_entries_ = 0;
    std::ranges::sort(cells_);
    for (const auto& [u, v] : cells_) {
      const bool both = std::ranges::binary_search(cells_, Link(v, u));
      losses_.directions |= !both && first_mode_ == 0;
      if (!both || u <= v) links_.emplace_back(u, v);
    }
    cells_.clear();
  }

  void check_promise(bool ends_with_line_end) const {
    if (*promised_links_ != counted_links_ || promised_nodes_.value_or(*nodes_) != *nodes_ ||
        vertex_lines_ != *nodes_) {
      fail_reading(path_, "its comments promise " + std::to_string(promised_nodes_.value_or(*nodes_)) +
                              " vertices and " + std::to_string(*promised_links_) + " links, but it holds " +
                              std::to_string(vertex_lines_) + " and " + std::to_string(counted_links_) +
                              "; it may be truncated");
    }
    if (!ends_with_line_end) {
      fail_reading(path_, "its last line has no end; it may be truncated (else add a line end)");
    }
  }

  NetworkFile network() {
    std::vector<std::string> notices;
    std::optional<Network> network;
    if (!layers_.empty()) {
      std::uint64_t neurons = 0;
      for (const NodeIndex size : layers_) neurons += size;
      if (neurons != *nodes_) {
        fail_reading(
            path_, "it names " + std::to_string(*nodes_) + " vertices, but its layers have " + std::to_string(neurons));
      }
      if (const auto misfit = first_misfit(layers_, links_)) fail_reading(path_, "it " + misfit->why);
      network = layered_network(layers_, links_, losses_);
    } else if (first_mode_ > 0 && first_mode_ < *nodes_ && as_ != ReadAs::graph) {
      network = two_modes(notices);
    }
    if (!network) network = general_network(*nodes_, links_, losses_);
    NodeNames names = this->names();
    if (relations_ > 1 || (relations_ > 0 && plain_sections_ > 0)) {
      notices.emplace_back("the relations of the network are taken together");
    }
    if (omitted_objects_ > 0) {
      notices.push_back(omitted_objects_ == 1
                            ? std::string("1 partition, vector or other object is omitted")
                            : std::to_string(omitted_objects_) + " partitions, vectors or other objects are omitted");
    }
    if (attributes_are_lost_) {
      notices.push_back("vertices have more than " + std::to_string(most_attributes) +
                        " attributes; the further ones are omitted");
    }
    for (std::string& sentence : losses_.notices()) notices.push_back(std::move(sentence));
    return {std::make_shared<const Network>(std::move(*network).with_names(std::move(names))),
            std::move(provenance_),
            {},
            std::move(notices)};
  }

  std::optional<Network> two_modes(std::vector<std::string>& notices) {
    std::vector<NodeIndex> sizes{first_mode_, *nodes_ - first_mode_};
    if (first_misfit(sizes, links_)) {
      notices.emplace_back("the network has two modes, but links inside one: it is read as a graph");
      return std::nullopt;
    }
    if (as_ == ReadAs::automatic) {
      notices.push_back("the two modes are read as one layer, the first " + std::to_string(first_mode_) +
                        " vertices its inputs" + other_reading(ReadAs::graph));
    }
    return layered_network(std::move(sizes), links_, losses_);
  }

  NodeNames names() {
    // Comments of others may begin with the same word.
    if (comments_.count() > 0 && (promised_links_ || comments_.fit(*nodes_))) {
      return std::move(comments_).names(*nodes_, path_);
    }
    NodeNames names;
    grow(labels_, *nodes_);
    // Programs that know no labels write the numbers of the vertices.
    bool are_numbers = true;
    for (NodeIndex vertex = 0; vertex < *nodes_; ++vertex) {
      are_numbers &= labels_[vertex].empty() || labels_[vertex] == std::to_string(vertex + 1);
    }
    if (!are_numbers) names.labels = std::move(labels_);
    for (std::size_t axis = 0; axis < axes.size(); ++axis) {
      // Zeros stand for coordinates that are not known.
      if (!has_coordinates_[axis]) continue;
      grow(coordinates_[axis], *nodes_);
      names.columns.push_back({std::string(axes[axis]), AttributeKind::real, std::move(coordinates_[axis])});
    }
    for (NodeColumn& column : columns_) {
      const bool is_taken = std::ranges::find(names.columns, column.name, &NodeColumn::name) != names.columns.end();
      if (is_taken) continue;
      grow(column.values, *nodes_);
      names.columns.push_back(std::move(column));
    }
    return names;
  }

  const std::filesystem::path& path_;
  ReadAs as_;
  std::size_t line_ = 0;
  std::size_t text_bytes_ = 0;
  Section section_ = Section::none;
  bool in_network_ = false;  ///< *Network was read, but not its vertices
  bool is_directed_ = false;
  std::optional<NodeIndex> nodes_;
  NodeIndex first_mode_ = 0;  ///< vertices of the first mode; 0: there is only one
  std::vector<NodeIndex> layers_;
  std::optional<std::uint64_t> promised_nodes_;
  std::optional<std::uint64_t> promised_links_;
  std::string provenance_;
  NodeComments comments_;
  std::vector<std::string> labels_;
  std::array<std::vector<std::string>, axes.size()> coordinates_;
  std::array<bool, axes.size()> has_coordinates_{};
  std::vector<NodeColumn> columns_;
  bool attributes_are_lost_ = false;
  std::uint64_t attribute_bytes_ = 0;
  std::uint64_t vertex_lines_ = 0;
  std::uint64_t counted_links_ = 0;
  std::uint64_t matrix_entries_ = 0;
  std::vector<Link> cells_;
  std::vector<Link> links_;
  LinkLosses losses_;
  std::size_t relations_ = 0;
  std::size_t plain_sections_ = 0;
  std::size_t omitted_objects_ = 0;
};

/// A name as it can stand in the quotes of a vertex.
std::string in_quotes_of_vertex(std::string_view name) {
  std::string label(trimmed(without_control_characters(std::string(name))));
  std::ranges::replace(label, '"', '\'');
  return label;
}

/// What other programs show at a vertex.
std::string label_of(const Network& network, NodeIndex node) {
  std::string label = in_quotes_of_vertex(network.name_of(node));
  return label.empty() ? std::to_string(node + 1) : label;
}

/// The columns x and y of a network that has both for every node.
std::array<const NodeColumn*, 2> positions_of(const NodeNames& names) {
  std::array<const NodeColumn*, 2> found{};
  for (std::size_t axis = 0; axis < found.size(); ++axis) {
    for (const NodeColumn& column : names.columns) {
      const bool all =
          std::ranges::all_of(column.values, [](const std::string& text) { return number<double>(text).has_value(); });
      if (column.name == axes[axis] && all) found[axis] = &column;
    }
  }
  return found;
}

}  // namespace

bool is_net(std::string_view start) {
  while (!start.empty()) {
    std::string_view line = next_line(start);
    const std::string_view word = next_word(line);
    if (word.empty() || word.starts_with(comment_mark) || word.starts_with("/*")) continue;
    return lists("*vertices *network " + std::string(other_objects), lower_case(word));
  }
  return false;
}

NetworkFile read_net(const std::filesystem::path& path, const ReadOptions& options, const TaskControl& control) {
  return PajekReader(path, options).read(control);
}

void write_net(const std::filesystem::path& path, const NetworkFile& file) {
  const Network& network = *file.network;
  const NodeNames& names = network.names();
  // Labels alone are kept by the format itself, unless its reader would take them for something else.
  const bool labels_alone = names.ids.empty() && names.columns.empty() && !names.labels.empty() &&
                            std::ranges::all_of(names.labels, [](const std::string& label) {
                              return !label.empty() && label == in_quotes_of_vertex(label);
                            });
  const auto positions = positions_of(names);
  write_text_atomically(path, [&](const TextSink& sink) {
    BlockWriter text(sink);
    text.add("% ")
        .add(network_word)
        .add(" N=")
        .add_count(network.node_count())
        .add(" E=")
        .add_count(network.link_count())
        .add("\n");
    if (network.is_layered()) text.add("% ").add(layers_key).add(layer_sizes_text(network)).add("\n");
    if (!file.provenance.empty()) {
      text.add("% ").add(provenance_key).add(without_control_characters(file.provenance)).add("\n");
    }
    if (!labels_alone) write_node_comments(text, comment_mark, network);
    text.add("*Vertices ").add_count(network.node_count()).add("\n");
    for (NodeIndex node = 0; node < network.node_count(); ++node) {
      text.add_count(node + std::uint64_t{1}).add(" \"").add(label_of(network, node)).add("\"");
      if (positions[0] != nullptr && positions[1] != nullptr) {
        for (const NodeColumn* column : positions) text.add(" ").add(column->values[node]);
      }
      text.add("\n");
    }
    text.add("*Edges\n");
    for_each_link(network, [&](NodeIndex u, NodeIndex v) {
      text.add_count(u + std::uint64_t{1}).add(" ").add_count(v + std::uint64_t{1}).add("\n");
    });
    text.finish();
  });
}

}  // namespace dnm
