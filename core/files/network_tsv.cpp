// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/network_tsv.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <optional>
#include <string_view>
#include <system_error>

#include "core/files/atomic_file.h"
#include "core/support/error.h"
#include "core/support/memory.h"

namespace dnm {
namespace {

using Link = std::pair<NodeIndex, NodeIndex>;
constexpr std::uint64_t most_neurons = std::uint64_t{1} << 31;
constexpr std::uint64_t worth_asking = 1 << 20;
constexpr std::string_view blanks = " \t\r";

[[noreturn]] void fail(const std::filesystem::path& path, const std::string& why) {
  throw FileError("cannot read " + path.string() + ": " + why);
}

[[noreturn]] void fail(const std::filesystem::path& path, std::size_t line, const std::string& why) {
  fail(path, "line " + std::to_string(line) + " " + why);
}

/// "reads "a b c"", cut to a length that a message can carry and free of control characters.
std::string quoted(std::string_view text) {
  constexpr std::size_t longest = 40;
  std::string shown(text.substr(0, longest));
  std::replace_if(
      shown.begin(), shown.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  return "\"" + shown + (text.size() > longest ? "…\"" : "\"");
}

/// A header of a few bytes can name any number of nodes. Whatever is done with them takes some 40 bytes each, so
/// that there is no use in reading what fits only by itself.
void require_room_for(std::uint64_t nodes, const std::filesystem::path& path) {
  if (nodes > worth_asking) require_memory(40 * nodes, "the network in " + path.string());
}

std::string whole_file(const std::filesystem::path& path) {
  std::error_code error;
  const std::uint64_t size = std::filesystem::file_size(path, error);
  if (error) fail(path, error.message());
  // The text, the links and their compressed form: about three times the file. Asking takes longer than a small file.
  if (size > worth_asking) require_memory(3 * size, path.string());
  std::ifstream file(path, std::ios::binary);
  std::string text(size, '\0');
  file.read(text.data(), static_cast<std::streamsize>(size));
  if (!file || file.gcount() != static_cast<std::streamsize>(size)) fail(path, "it could not be read to its end");
  return text;
}

/// Takes the next blank-separated word off the front of `line`; empty at its end.
std::string_view next_word(std::string_view& line) {
  const std::size_t start = line.find_first_not_of(blanks);
  if (start == std::string_view::npos) return {};
  const std::size_t end = std::min(line.find_first_of(blanks, start), line.size());
  const std::string_view word = line.substr(start, end - start);
  line.remove_prefix(end);
  return word;
}

template <class T>
std::optional<T> number(std::string_view word) {
  T value{};
  const char* const end = word.data() + word.size();
  const auto parsed = std::from_chars(word.data(), end, value);
  if (parsed.ec != std::errc() || parsed.ptr != end) return std::nullopt;
  return value;
}

struct Header {
  std::optional<std::uint64_t> nodes{};
  std::optional<std::uint64_t> links{};
  std::vector<NodeIndex> layers{};
  std::string provenance{};
};

std::vector<NodeIndex> parse_layers(std::string_view list, const std::filesystem::path& path, std::size_t line) {
  std::vector<NodeIndex> layers;
  std::uint64_t total = 0;
  while (true) {
    const std::size_t comma = list.find(',');
    const auto size = number<std::uint64_t>(list.substr(0, comma));
    if (!size || *size == 0 || *size >= most_neurons - total) {
      fail(path, line, "names layers that are not a list of sizes of 1 or more, 2^31 neurons in all at most");
    }
    total += *size;
    layers.push_back(static_cast<NodeIndex>(*size));
    if (comma == std::string_view::npos) break;
    list.remove_prefix(comma + 1);
  }
  if (layers.size() < 2) fail(path, line, "names only one layer");
  return layers;
}

void parse_comment(std::string_view comment, Header& header, const std::filesystem::path& path, std::size_t line) {
  constexpr std::string_view provenance = "provenance=";
  if (const std::size_t start = comment.find_first_not_of(blanks);
      start != std::string_view::npos && comment.substr(start).starts_with(provenance)) {
    header.provenance = comment.substr(start + provenance.size());
    if (header.provenance.ends_with('\r')) header.provenance.pop_back();
    return;
  }
  for (std::string_view word = next_word(comment); !word.empty(); word = next_word(comment)) {
    if (word.starts_with("layers=")) {
      header.layers = parse_layers(word.substr(7), path, line);
    } else if (word.starts_with("N=") || word.starts_with("E=")) {
      const auto value = number<std::uint64_t>(word.substr(2));
      if (!value) fail(path, line, "holds " + quoted(word) + ", which is no count");
      (word[0] == 'N' ? header.nodes : header.links) = *value;
    }
  }
}

struct Links {
  Header header{};
  std::vector<Link> links{};
  std::vector<std::size_t> lines{};  ///< where each link was read
  std::uint64_t counted = 0;         ///< link lines, those of weight 0 included
  bool ends_with_line_end = true;
};

NodeIndex parse_node(std::string_view word, const std::filesystem::path& path, std::size_t line,
                     std::string_view whole) {
  const auto node = number<std::uint64_t>(word);
  if (!node) fail(path, line, "reads " + quoted(whole) + "; two node numbers from 0 are expected");
  if (*node >= most_neurons - 1) fail(path, line, "names node " + std::string(word) + ", beyond 2^31");
  return static_cast<NodeIndex>(*node);
}

Links parse_links(const std::filesystem::path& path) {
  const std::string text = whole_file(path);
  Links result;
  result.ends_with_line_end = text.empty() || text.back() == '\n';
  std::string_view rest = text;
  if (rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);
  for (std::size_t line_number = 1; !rest.empty(); ++line_number) {
    const std::size_t end = rest.find('\n');
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    const std::string_view whole = line;
    const std::string_view first = next_word(line);
    if (first.empty()) continue;
    if (first.front() == '#') {
      if (result.counted == 0) parse_comment(whole.substr(whole.find('#') + 1), result.header, path, line_number);
      continue;
    }
    const NodeIndex u = parse_node(first, path, line_number, whole);
    const NodeIndex v = parse_node(next_word(line), path, line_number, whole);
    ++result.counted;
    if (const std::string_view weight = next_word(line); !weight.empty()) {
      const auto value = number<double>(weight);
      if (!value || !std::isfinite(*value)) {
        fail(path, line_number, "has the weight " + quoted(weight) + ", which is no finite number");
      }
      if (!next_word(line).empty()) fail(path, line_number, "has more than three columns");
      if (*value == 0.0) continue;
    }
    result.links.emplace_back(u, v);
    result.lines.push_back(line_number);
  }
  return result;
}

/// The count a header promised, against what was read.
void check_promise(const Links& read, std::uint64_t distinct, const std::filesystem::path& path) {
  if (!read.header.links) return;
  if (*read.header.links != read.counted && *read.header.links != distinct) {
    fail(path, "its header promises " + std::to_string(*read.header.links) + " links, but it holds " +
                   std::to_string(read.counted) + "; it may be truncated");
  }
  if (!read.ends_with_line_end) fail(path, "its last line has no end; it may be truncated (else add a line end)");
}

Network layered_network(const Links& read, const std::filesystem::path& path) {
  const std::vector<NodeIndex>& sizes = read.header.layers;
  std::vector<NodeIndex> first{0};
  for (const NodeIndex size : sizes) first.push_back(first.back() + size);
  if (read.header.nodes && *read.header.nodes != first.back()) {
    fail(path, "its header names " + std::to_string(*read.header.nodes) + " nodes, but its layers have " +
                   std::to_string(first.back()));
  }
  require_room_for(first.back(), path);
  // (output, input) of every link, by the layer of the output.
  std::vector<std::vector<Link>> cells(sizes.size());
  for (std::size_t i = 0; i < read.links.size(); ++i) {
    const auto [u, v] = std::minmax(read.links[i].first, read.links[i].second);
    const auto name = [&] { return "names the link " + std::to_string(u) + " – " + std::to_string(v) + ", "; };
    if (v >= first.back()) {
      fail(path, read.lines[i], name() + "but there are only " + std::to_string(first.back()) + " nodes");
    }
    const auto layer_of = [&](NodeIndex node) {
      return static_cast<std::size_t>(std::upper_bound(first.begin(), first.end(), node) - first.begin()) - 1;
    };
    const std::size_t layer = layer_of(v);
    if (layer_of(u) == layer) fail(path, read.lines[i], name() + "which lies inside one layer");
    if (layer_of(u) + 1 != layer) fail(path, read.lines[i], name() + "which skips a layer");
    cells[layer].emplace_back(v - first[layer], u - first[layer - 1]);
  }
  std::vector<Mask> masks;
  for (std::size_t layer = 1; layer < sizes.size(); ++layer) {
    std::vector<Link>& sorted = cells[layer];
    std::sort(sorted.begin(), sorted.end());
    sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
    Mask mask{sizes[layer - 1], sizes[layer], std::vector<std::uint64_t>(std::size_t{sizes[layer]} + 1), {}};
    mask.columns.reserve(sorted.size());
    for (const auto& [output, input] : sorted) {
      ++mask.row_begin[output + 1];
      mask.columns.push_back(input);
    }
    for (std::size_t output = 0; output < sizes[layer]; ++output) mask.row_begin[output + 1] += mask.row_begin[output];
    masks.push_back(std::move(mask));
    sorted = {};
  }
  return Network::layered(sizes, std::move(masks));
}

Network general_network(const Links& read, const std::filesystem::path& path) {
  NodeIndex highest = 0;
  for (const auto& [u, v] : read.links) highest = std::max({highest, u, v});
  const std::uint64_t needed = read.links.empty() ? 0 : std::uint64_t{highest} + 1;
  const std::uint64_t nodes = read.header.nodes.value_or(needed);
  if (nodes == 0) fail(path, "it holds no link and names no nodes with N=");
  if (nodes >= most_neurons) fail(path, "it names more than 2^31 nodes");
  if (needed > nodes) {
    const auto beyond = std::find_if(read.links.begin(), read.links.end(),
                                     [&](const Link& link) { return std::max(link.first, link.second) >= nodes; });
    fail(path, read.lines[static_cast<std::size_t>(beyond - read.links.begin())],
         "names node " + std::to_string(std::max(beyond->first, beyond->second)) + ", but there are only " +
             std::to_string(nodes));
  }
  require_room_for(nodes, path);
  return Network::general(static_cast<NodeIndex>(nodes), read.links);
}

void append_number(std::string& text, std::uint64_t value) {
  char digits[24];
  const auto end = std::to_chars(std::begin(digits), std::end(digits), value).ptr;
  text.append(std::begin(digits), end);
}

}  // namespace

NetworkFile read_tsv(const std::filesystem::path& path) {
  Links read = parse_links(path);
  if (read.counted == 0 && !read.header.links) fail(path, "it holds no link (a network without any says E=0)");
  Network network = read.header.layers.empty() ? general_network(read, path) : layered_network(read, path);
  check_promise(read, network.link_count(), path);
  return {std::make_shared<const Network>(std::move(network)), std::move(read.header.provenance)};
}

std::vector<std::pair<NodeIndex, NodeIndex>> read_node_pairs(const std::filesystem::path& path) {
  Links read = parse_links(path);
  if (read.links.empty()) fail(path, "it holds no node pair");
  return std::move(read.links);
}

void write_tsv(const std::filesystem::path& path, const NetworkFile& file) {
  const Network& network = *file.network;
  // The count of links comes last, so that a file cut off before it promises nothing and is refused for its lack of
  // links.
  std::string text;
  if (network.is_layered()) {
    text += "# layers=";
    for (std::size_t layer = 0; layer < network.layer_sizes().size(); ++layer) {
      if (layer > 0) text += ',';
      append_number(text, network.layer_sizes()[layer]);
    }
    text += '\n';
  }
  text += "# network N=" + std::to_string(network.node_count()) + " E=" + std::to_string(network.link_count()) +
          " 0-based undirected u<v\n";
  if (!file.provenance.empty()) {
    std::string one_line = file.provenance;
    std::replace(one_line.begin(), one_line.end(), '\n', ' ');
    text.append("# provenance=").append(one_line).append("\n");
  }
  for (std::size_t layer = 0; layer < network.masks().size(); ++layer) {
    const Mask& mask = network.masks()[layer];
    const std::uint64_t first_input = network.first_node(layer);
    const std::uint64_t first_output = network.is_layered() ? network.first_node(layer + 1) : 0;
    for (NodeIndex output = 0; output < mask.n_out; ++output) {
      for (const NodeIndex input : mask.row(output)) {
        const std::uint64_t u = first_input + input;
        const std::uint64_t v = first_output + output;
        if (u >= v) continue;  // the other half of a symmetric matrix
        append_number(text, u);
        text += '\t';
        append_number(text, v);
        text += '\n';
      }
    }
  }
  write_atomically(path, text);
}

}  // namespace dnm
