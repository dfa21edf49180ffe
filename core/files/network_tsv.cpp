// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/network_tsv.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "core/files/atomic_file.h"
#include "core/files/edge_table.h"
#include "core/files/file_text.h"
#include "core/files/network_builder.h"
#include "core/files/node_comments.h"

namespace dnm {
namespace {

constexpr std::string_view comment_mark = "#";
constexpr EdgeTableStyle table_of_others{"\t,; ", true, false};

struct Header {
  std::optional<std::uint64_t> nodes{};
  std::optional<std::uint64_t> names{};
  std::optional<std::uint64_t> links{};
  std::vector<NodeIndex> layers{};
  std::string provenance{};
  /// Whether the file is as those written here: numbers of nodes from 0.
  [[nodiscard]] bool is_ours() const { return nodes || links || !layers.empty(); }
};

void parse_comment(std::string_view comment, Header& header, const std::filesystem::path& path, std::size_t line) {
  constexpr std::string_view provenance = "provenance=";
  // A network without links has those of its nodes there, whose names may look like anything.
  if (header.names && NodeComments::is_one(comment)) return;
  std::string_view words = comment;
  for (std::string_view word = next_word(words); !word.empty(); word = next_word(words)) {
    if (word.starts_with(provenance)) {
      header.provenance = std::string(word.data() + provenance.size(), comment.data() + comment.size());
      if (header.provenance.ends_with('\r')) header.provenance.pop_back();
      return;
    }
    if (word.starts_with("layers=")) {
      header.layers = parse_layer_sizes(word.substr(7), path, line);
    } else {
      using Count = std::pair<std::string_view, std::optional<std::uint64_t>*>;
      for (const auto& [key, count] : {Count{"N=", &header.nodes}, {"E=", &header.links}, {"names=", &header.names}}) {
        if (!word.starts_with(key)) continue;
        *count = number<std::uint64_t>(word.substr(key.size()));
        if (!*count) fail_reading(path, line, "holds " + in_quotes(word) + ", which is not a count");
      }
    }
  }
}

/// What the comments before the first link say.
Header parse_header(std::string_view text, const std::filesystem::path& path) {
  Header header;
  for (std::size_t line_number = 1; !text.empty(); ++line_number) {
    std::string_view line = next_line(text);
    const std::string_view whole = line;
    const std::string_view first = next_word(line);
    if (!first.empty() && !first.starts_with(comment_mark)) break;
    if (!first.empty()) parse_comment(whole.substr(whole.find(comment_mark) + 1), header, path, line_number);
  }
  return header;
}

struct Links {
  Header header{};
  std::vector<Link> links{};
  std::vector<std::size_t> lines{};  ///< line number of each link
  std::uint64_t counted = 0;         ///< link lines, including those of weight 0
  LinkLosses losses{};
  NodeComments comments{};
};

NodeIndex parse_node(std::string_view word, const std::filesystem::path& path, std::size_t line,
                     std::string_view whole) {
  const auto node = number<std::uint64_t>(word);
  if (!node) fail_reading(path, line, "reads " + in_quotes(whole) + "; two node numbers from 0 are expected");
  if (*node >= most_neurons - 1) fail_reading(path, line, "names node " + std::string(word) + ", beyond 2^31");
  return static_cast<NodeIndex>(*node);
}

Links parse_links(std::string_view text, bool has_names, const std::filesystem::path& path,
                  const TaskControl& control) {
  Links result;
  std::string_view rest = text;
  for (std::size_t line_number = 1; !rest.empty(); ++line_number) {
    if (line_number % lines_between_looks == 0) {
      control.check();
      control.report(1.0 - static_cast<double>(rest.size()) / static_cast<double>(text.size()));
    }
    std::string_view line = next_line(rest);
    const std::string_view whole = line;
    const std::string_view first = next_word(line);
    if (first.empty()) continue;
    if (first.starts_with(comment_mark)) {
      if (has_names) result.comments.take(whole.substr(whole.find(comment_mark) + 1), line_number);
      continue;
    }
    const NodeIndex u = parse_node(first, path, line_number, whole);
    const NodeIndex v = parse_node(next_word(line), path, line_number, whole);
    ++result.counted;
    if (const std::string_view weight = next_word(line); !weight.empty()) {
      if (!next_word(line).empty()) fail_reading(path, line_number, "has more than three columns");
      const WeightKind kind = weight_kind(weight);
      if (kind == WeightKind::zero) ++result.losses.weightless;
      if (!result.losses.keeps(kind)) continue;
    }
    result.links.emplace_back(u, v);
    result.lines.push_back(line_number);
  }
  return result;
}

/// Compares the declared counts with those read.
void check_promise(const Links& read, std::uint64_t distinct, bool ends_with_line_end,
                   const std::filesystem::path& path) {
  if (!read.header.links) return;
  if (*read.header.links != read.counted && *read.header.links != distinct) {
    fail_reading(path, "its header promises " + std::to_string(*read.header.links) + " links, but it holds " +
                           std::to_string(read.counted) + "; it may be truncated");
  }
  if (!ends_with_line_end) {
    fail_reading(path, "its last line has no end; it may be truncated (else add a line end)");
  }
}

Network read_layered(Links& read, const std::filesystem::path& path) {
  std::uint64_t nodes = 0;
  for (const NodeIndex size : read.header.layers) nodes += size;
  if (read.header.nodes && *read.header.nodes != nodes) {
    fail_reading(path, "its header names " + std::to_string(*read.header.nodes) + " nodes, but its layers have " +
                           std::to_string(nodes));
  }
  require_room_for(nodes, path);
  if (const auto misfit = first_misfit(read.header.layers, read.links)) {
    fail_reading(path, read.lines[misfit->link], misfit->why);
  }
  return layered_network(std::move(read.header.layers), read.links, read.losses);
}

Network read_general(Links& read, const std::filesystem::path& path) {
  NodeIndex highest = 0;
  for (const auto& [u, v] : read.links) highest = std::max({highest, u, v});
  const std::uint64_t needed = read.links.empty() ? 0 : std::uint64_t{highest} + 1;
  const std::uint64_t nodes = read.header.nodes.value_or(needed);
  if (nodes >= most_neurons) fail_reading(path, "it names more than 2^31 nodes");
  if (needed > nodes) {
    const auto beyond = std::find_if(read.links.begin(), read.links.end(),
                                     [&](const Link& link) { return std::max(link.first, link.second) >= nodes; });
    fail_reading(path, read.lines[static_cast<std::size_t>(beyond - read.links.begin())],
                 "names node " + std::to_string(std::max(beyond->first, beyond->second)) + ", but there are only " +
                     std::to_string(nodes));
  }
  require_room_for(nodes, path);
  return general_network(static_cast<NodeIndex>(nodes), read.links, read.losses);
}

}  // namespace

NetworkFile read_tsv(const std::filesystem::path& path, const ReadOptions& options, const TaskControl& control) {
  const std::string text = whole_file(path);
  const bool ends_with_line_end = text.empty() || text.ends_with('\n');
  Header header = parse_header(text, path);
  if (!header.is_ours()) {
    const bool is_comment = text.find('\n') == std::string::npos && text.starts_with(comment_mark);
    if (is_comment) fail_reading(path, "it holds no link, and its last line has no end; it may be truncated");
    return read_edge_table(text, table_of_others, path, options, control);
  }
  Links read = parse_links(text, header.names.has_value(), path, control);
  read.header = std::move(header);
  if (read.counted == 0 && !read.header.links && !(read.header.nodes && ends_with_line_end)) {
    fail_reading(path, "it holds no link (a network without any names its nodes, as in the line # N=5)");
  }
  Network network = read.header.layers.empty() ? read_general(read, path) : read_layered(read, path);
  check_promise(read, network.link_count(), ends_with_line_end, path);
  if (read.header.names) {
    network = std::move(network).with_names(std::move(read.comments).names(network.node_count(), path));
  }
  return {std::make_shared<const Network>(std::move(network)),
          std::move(read.header.provenance),
          {},
          read.losses.notices()};
}

std::vector<std::pair<NodeIndex, NodeIndex>> read_node_pairs(const std::filesystem::path& path) {
  Links read = parse_links(whole_file(path), false, path, {});
  if (read.links.empty()) fail_reading(path, "it holds no node pair");
  return std::move(read.links);
}

void write_tsv(const std::filesystem::path& path, const NetworkFile& file) {
  const Network& network = *file.network;
  write_text_atomically(path, [&](const TextSink& sink) {
    BlockWriter text(sink);
    // One line after the layers holds the numbers of nodes and links: a file cut off before its end is refused because
    // links are missing.
    if (network.is_layered()) text.add("# layers=").add(layer_sizes_text(network)).add("\n");
    text.add("# network N=").add_count(network.node_count()).add(" E=").add_count(network.link_count());
    text.add(" 0-based undirected u<v");
    if (!network.names().empty()) text.add(" names=").add_count(network.node_count());
    text.add("\n");
    if (!file.provenance.empty()) text.add("# provenance=").add(without_control_characters(file.provenance)).add("\n");
    for_each_link(network, [&](NodeIndex u, NodeIndex v) { text.add_count(u).add("\t").add_count(v).add("\n"); });
    write_node_comments(text, comment_mark, network);
    text.finish();
  });
}

}  // namespace dnm
