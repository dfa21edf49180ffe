// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/network_mtx.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>

#include "core/files/atomic_file.h"
#include "core/files/file_text.h"
#include "core/files/network_builder.h"
#include "core/files/node_comments.h"
#include "core/network/mask_rows.h"
#include "core/support/error.h"
#include "core/support/letter_case.h"
#include "core/support/memory.h"

namespace dnm {
namespace {

constexpr std::string_view layers_key = "layers=";
constexpr std::string_view provenance_key = "provenance=";
/// The format allows lines of 1,024 characters.
constexpr std::size_t longest_comment = 1000;

struct Header {
  bool dense = false;           ///< `array`: every entry, by columns
  std::size_t value_words = 0;  ///< of an entry: 0 for a pattern, 2 for a complex number
  bool symmetric = false;       ///< only entries on and below the diagonal are stored
  bool skew = false;            ///< of a symmetric one those on the diagonal are 0, and not stored in an array
  std::uint64_t rows = 0;
  std::uint64_t columns = 0;
  std::uint64_t entries = 0;
  std::vector<NodeIndex> layers{};
  std::string provenance{};
  NodeComments comments{};
  /// Whether comments that only this program writes are there.
  [[nodiscard]] bool is_ours() const { return !layers.empty() || !provenance.empty() || comments.count() > 0; }
};

/// The lines of a file with content, with their numbers.
class Lines {
 public:
  explicit Lines(std::string_view text) : rest_(text) {}
  /// False at the end of the file.
  bool next() {
    if (rest_.empty()) return false;
    line_ = next_line(rest_);
    ++number_;
    return true;
  }
  [[nodiscard]] std::string_view line() const { return line_; }
  [[nodiscard]] std::size_t number() const { return number_; }
  [[nodiscard]] std::size_t bytes_left() const { return rest_.size(); }

 private:
  std::string_view rest_;
  std::string_view line_;
  std::size_t number_ = 0;
};

std::string lower_case_word(std::string_view& line) { return lower_case(next_word(line)); }

/// What a word of the banner stands for; throws when it is none of them.
template <class Value, std::size_t count>
Value meaning_of(const std::string& word, const std::array<std::pair<std::string_view, Value>, count>& known,
                 const std::string& what, const std::filesystem::path& path) {
  std::string list;
  for (const auto& [name, value] : known) {
    if (word == name) return value;
    list.append(list.empty() ? "" : ", ").append(name);
  }
  fail_reading(path, "its " + what + " is " + in_quotes(word) + ", which is none of " + list);
}

void parse_banner(std::string_view line, Header& header, const std::filesystem::path& path) {
  const std::string magic = lower_case_word(line);
  if ((magic != "%%matrixmarket" && magic != "%matrixmarket") || lower_case_word(line) != "matrix") {
    fail_reading(path, "it does not begin with \"%%MatrixMarket matrix\"");
  }
  using Field = std::pair<std::string_view, std::size_t>;
  using Symmetry = std::pair<std::string_view, std::array<bool, 2>>;
  header.dense = meaning_of(lower_case_word(line),
                            std::array{std::pair<std::string_view, bool>{"coordinate", false},
                                       std::pair<std::string_view, bool>{"array", true}},
                            "format", path);
  header.value_words = meaning_of(lower_case_word(line),
                                  std::array{Field{"pattern", 0}, Field{"real", 1}, Field{"double", 1},
                                             Field{"integer", 1}, Field{"unsigned-integer", 1}, Field{"complex", 2}},
                                  "kind of values", path);
  const auto symmetry =
      meaning_of(lower_case_word(line),
                 std::array{Symmetry{"general", {false, false}}, Symmetry{"symmetric", {true, false}},
                            Symmetry{"skew-symmetric", {true, true}}, Symmetry{"hermitian", {true, false}}},
                 "symmetry", path);
  header.symmetric = symmetry[0];
  header.skew = symmetry[1];
  if (header.dense && header.value_words == 0)
    fail_reading(path, "its matrix is an array of a pattern, which has no values");
}

void parse_comment(std::string_view comment, Header& header, const std::filesystem::path& path, std::size_t line) {
  if (header.comments.take(comment, line)) return;
  if (comment.ends_with('\r')) comment.remove_suffix(1);
  std::string_view words = comment;
  const std::string_view word = next_word(words);
  if (word.starts_with(layers_key)) {
    header.layers = parse_layer_sizes(word.substr(layers_key.size()), path, line);
  } else if (word.starts_with(provenance_key)) {
    // A long one continues in the next comment.
    header.provenance.append(word.data() + provenance_key.size(), comment.data() + comment.size());
  }
}

std::string matrix_size(const Header& header) {
  return std::to_string(header.rows) + " rows and " + std::to_string(header.columns) + " columns";
}

void check_size(const Header& header, const std::filesystem::path& path) {
  if ((header.rows == 0) != (header.columns == 0)) fail_reading(path, "its matrix has a side without neurons");
  if (header.rows >= most_neurons || header.columns >= most_neurons ||
      (!header.symmetric && header.rows + header.columns >= most_neurons)) {
    fail_reading(path, "its matrix has more than 2^31 neurons");
  }
  if (header.symmetric && header.rows != header.columns) {
    fail_reading(path, "its matrix is called symmetric, but has " + matrix_size(header));
  }
  if (header.layers.empty()) return;
  std::uint64_t nodes = 0;
  for (const NodeIndex size : header.layers) nodes += size;
  const bool is_mask =
      header.layers.size() == 2 && header.rows == header.layers[1] && header.columns == header.layers[0];
  if (header.symmetric ? header.rows != nodes : !is_mask) {
    fail_reading(path, "its layers do not fit its matrix of " + matrix_size(header));
  }
}

/// The entries that an array of the size stores.
std::uint64_t array_entries(const Header& header) {
  if (!header.symmetric) return header.rows * header.columns;
  return header.rows * (header.skew ? header.rows - 1 : header.rows + 1) / 2;
}

Header parse_header(Lines& lines, const std::filesystem::path& path) {
  Header header;
  bool has_banner = false;
  while (lines.next()) {
    std::string_view line = lines.line();
    if (!has_banner) {
      std::string_view words = line;
      if (next_word(words).empty()) continue;
      parse_banner(line, header, path);
      has_banner = true;
      continue;
    }
    if (line.starts_with('%')) {
      parse_comment(line.substr(1), header, path, lines.number());
      continue;
    }
    const std::string_view rows = next_word(line);
    if (rows.empty()) continue;
    const auto row_count = number<std::uint64_t>(rows);
    const auto column_count = number<std::uint64_t>(next_word(line));
    const auto entry_count = header.dense ? 0 : number<std::uint64_t>(next_word(line));
    if (!row_count || !column_count || !entry_count || !next_word(line).empty()) {
      fail_reading(path, lines.number(),
                   "reads " + in_quotes(lines.line()) + "; the numbers of rows" +
                       (header.dense ? " and columns are expected" : ", columns and entries are expected"));
    }
    header.rows = *row_count;
    header.columns = *column_count;
    check_size(header, path);
    header.entries = header.dense ? array_entries(header) : *entry_count;
    return header;
  }
  fail_reading(path, has_banner ? "it ends before the size of its matrix; it may be truncated" : "it is empty");
}

/// What a real or complex number in a text means as a weight.
WeightKind parse_value(std::string_view& words, const Header& header, const std::filesystem::path& path,
                       const Lines& lines) {
  WeightKind kind = WeightKind::one;
  for (std::size_t part = 0; part < header.value_words; ++part) {
    const std::string_view word = next_word(words);
    const auto value = real_number(word);
    if (!value) {
      fail_reading(path, lines.number(),
                   word.empty() ? "reads " + in_quotes(lines.line()) + "; a value is missing"
                                : "has the value " + in_quotes(word) + ", which is no number");
    }
    const WeightKind of_part = weight_kind(*value);
    if (part == 0) {
      kind = of_part;
    } else if (of_part != WeightKind::zero && kind != WeightKind::unknown) {
      kind = of_part == WeightKind::unknown ? of_part : WeightKind::other;
    }
  }
  return kind;
}

[[noreturn]] void fail_count(const Header& header, std::uint64_t entries, const std::filesystem::path& path) {
  fail_reading(path, "its header promises " + std::to_string(header.entries) + " entries, but it holds " +
                         std::to_string(entries) + "; it may be truncated");
}

/// Looks at the control now and then.
void look(const Lines& lines, std::size_t text_bytes, const TaskControl& control) {
  if (lines.number() % lines_between_looks != 0) return;
  control.check();
  control.report(1.0 - static_cast<double>(lines.bytes_left()) / static_cast<double>(text_bytes));
}

/// The cells (row, column), counted from 0, that are links.
std::vector<Link> parse_cells(Lines& lines, const Header& header, LinkLosses& losses, const std::filesystem::path& path,
                              std::size_t text_bytes, const TaskControl& control) {
  std::vector<Link> cells;
  // An entry takes at least four characters, which limits the number a header can declare.
  cells.reserve(std::min<std::uint64_t>(header.entries, text_bytes / 4));
  std::uint64_t entries = 0;
  while (lines.next()) {
    look(lines, text_bytes, control);
    std::string_view line = lines.line();
    const std::string_view first = next_word(line);
    if (first.empty() || first.front() == '%') continue;
    const auto row = number<std::uint64_t>(first);
    const auto column = number<std::uint64_t>(next_word(line));
    if (!row || !column) {
      fail_reading(path, lines.number(),
                   "reads " + in_quotes(lines.line()) + "; a row, a column" +
                       (header.value_words > 0 ? " and a value are expected" : " are expected"));
    }
    if (*row == 0 || *row > header.rows || *column == 0 || *column > header.columns) {
      fail_reading(path, lines.number(),
                   "names the cell " + std::to_string(*row) + ", " + std::to_string(*column) + " of a matrix of " +
                       matrix_size(header) + " (counted from 1)");
    }
    ++entries;
    const WeightKind kind = parse_value(line, header, path, lines);
    if (!next_word(line).empty()) {
      fail_reading(path, lines.number(), "reads " + in_quotes(lines.line()) + "; fewer words are expected");
    }
    if (losses.keeps(kind)) cells.emplace_back(static_cast<NodeIndex>(*row - 1), static_cast<NodeIndex>(*column - 1));
  }
  if (entries != header.entries) fail_count(header, entries, path);
  return cells;
}

/// The same of an array, whose entries follow each other by columns.
std::vector<Link> parse_array(Lines& lines, const Header& header, LinkLosses& losses, const std::filesystem::path& path,
                              std::size_t text_bytes, const TaskControl& control) {
  // An entry takes at least two characters, but for the last.
  if (header.entries > text_bytes) fail_count(header, 0, path);
  std::vector<WeightKind> kinds;
  kinds.reserve(header.entries);
  while (lines.next()) {
    look(lines, text_bytes, control);
    std::string_view line = lines.line();
    if (line.starts_with('%')) continue;
    for (std::string_view next = line; !next_word(next).empty(); next = line) {
      kinds.push_back(parse_value(line, header, path, lines));
    }
  }
  // SciPy writes the diagonal of complex skew-symmetric arrays, too.
  const bool has_diagonal =
      !header.skew || (kinds.size() != header.entries && kinds.size() == header.entries + header.rows);
  if (kinds.size() != header.entries + (header.skew && has_diagonal ? header.rows : 0))
    fail_count(header, kinds.size(), path);
  std::vector<Link> cells;
  auto kind = kinds.cbegin();
  for (NodeIndex column = 0; column < header.columns; ++column) {
    for (NodeIndex row = !header.symmetric ? 0 : has_diagonal ? column : column + 1; row < header.rows; ++row) {
      if (losses.keeps(*kind++)) add_link(cells, row, column, path);
    }
  }
  return cells;
}

/// Adds the other half of a symmetric matrix.
void mirror(std::vector<Link>& cells, const std::filesystem::path& path) {
  if (cells.size() > memory_check_threshold) require_memory(2 * cells.size() * sizeof(Link), path.string());
  const std::size_t stored = cells.size();
  cells.reserve(2 * stored);
  for (std::size_t i = 0; i < stored; ++i) {
    const auto [row, column] = cells[i];
    if (row != column) cells.emplace_back(column, row);
  }
}

Network network_of(const Header& header, std::vector<Link> cells, ReadAs as, LinkLosses& losses,
                   const std::filesystem::path& path) {
  const auto rows = static_cast<NodeIndex>(header.rows);
  const auto columns = static_cast<NodeIndex>(header.columns);
  if (!header.symmetric) {
    Mask mask = mask_of_cells(columns, rows, cells, losses.doubles);
    if (header.layers.empty()) return matrix_network(std::move(mask), as, losses);
    Network network = one_layer_network(std::move(mask));
    return as == ReadAs::graph ? without_layers(network) : network;
  }
  if (!header.layers.empty()) {
    if (const auto misfit = first_misfit(header.layers, cells)) fail_reading(path, "it " + misfit->why);
    Network network = layered_network(header.layers, cells, losses);
    return as == ReadAs::graph ? without_layers(network) : network;
  }
  if (as != ReadAs::layers) return general_network(rows, cells, losses);
  mirror(cells, path);
  return matrix_network(mask_of_cells(columns, rows, cells, losses.doubles), as, losses);
}

void write_provenance(BlockWriter& text, const std::string& provenance) {
  const std::string whole = without_control_characters(provenance);
  for (std::string_view rest = whole; !rest.empty();) {
    std::size_t length = std::min(rest.size(), longest_comment);
    // Multi-byte characters are not split.
    while (length > 1 && length < rest.size() && (static_cast<unsigned char>(rest[length]) & 0xC0) == 0x80) --length;
    text.add("% ").add(provenance_key).add(rest.substr(0, length)).add("\n");
    rest.remove_prefix(length);
  }
}

}  // namespace

NetworkFile read_mtx(const std::filesystem::path& path, const ReadOptions& options, const TaskControl& control) {
  const std::string text = whole_file(path);
  Lines lines(text);
  Header header = parse_header(lines, path);
  LinkLosses losses;
  std::vector<Link> cells =
      (header.dense ? parse_array : parse_cells)(lines, header, losses, path, text.size(), control);
  std::vector<std::string> notices;
  if (!text.ends_with('\n')) {
    if (header.is_ours()) fail_reading(path, "its last line has no end; it may be truncated (else add a line end)");
    notices.emplace_back("the last line of the file has no end; if it was cut off, its last entry is wrong");
  }
  require_room_for(header.symmetric ? header.rows : header.rows + header.columns, path);
  try {
    Network network = network_of(header, std::move(cells), options.as, losses, path);
    std::ranges::move(losses.notices(), std::back_inserter(notices));
    // Comments of others may begin with the same word.
    NodeNames names;
    if (header.comments.fit(network.node_count())) {
      names = std::move(header.comments).names(network.node_count(), path);
    } else if (header.comments.count() > 0) {
      notices.push_back("the names of nodes in its comments are omitted: they do not fit its " +
                        std::to_string(network.node_count()) + " nodes");
    }
    return {std::make_shared<const Network>(std::move(network).with_names(std::move(names))),
            std::move(header.provenance),
            {},
            std::move(notices)};
  } catch (const InvalidInput& error) {
    fail_reading(path, error.what());
  }
}

void write_mtx(const std::filesystem::path& path, const NetworkFile& file) {
  const Network& network = *file.network;
  const bool is_one_mask = network.is_layered() && network.masks().size() == 1;
  write_text_atomically(path, [&](const TextSink& sink) {
    BlockWriter text(sink);
    text.add("%%MatrixMarket matrix coordinate pattern ").add(is_one_mask ? "general\n" : "symmetric\n");
    if (is_one_mask) {
      text.add("% one layer: a row per output neuron, a column per input neuron\n");
    } else if (network.is_layered()) {
      text.add("% adjacency matrix of all neurons, numbered through the layers, inputs first\n");
    }
    if (network.is_layered()) text.add("% ").add(layers_key).add(layer_sizes_text(network)).add("\n");
    write_provenance(text, file.provenance);
    write_node_comments(text, "%", network);
    const Mask& mask = network.masks().front();
    text.add_count(is_one_mask ? mask.n_out : network.node_count()).add(" ");
    text.add_count(is_one_mask ? mask.n_in : network.node_count()).add(" ");
    text.add_count(network.link_count()).add("\n");
    // Rows and columns count from 1; a symmetric matrix is its lower triangle.
    const auto add_cell = [&](std::uint64_t row, std::uint64_t column) {
      text.add_count(row + 1).add(" ").add_count(column + 1).add("\n");
    };
    if (is_one_mask) {
      for (NodeIndex output = 0; output < mask.n_out; ++output) {
        for (const NodeIndex input : mask.row(output)) add_cell(output, input);
      }
    } else {
      for_each_link(network, [&](NodeIndex u, NodeIndex v) { add_cell(v, u); });
    }
    text.finish();
  });
}

}  // namespace dnm
