// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/network_mtx.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

#include "core/files/atomic_file.h"
#include "core/files/file_text.h"
#include "core/files/network_builder.h"
#include "core/files/node_comments.h"
#include "core/network/mask_rows.h"
#include "core/support/error.h"
#include "core/support/letter_case.h"

namespace dnm {
namespace {

constexpr std::string_view layers_key = "layers=";
constexpr std::string_view provenance_key = "provenance=";
/// The format allows lines of 1,024 characters.
constexpr std::size_t longest_comment = 1000;

struct Header {
  bool has_values = false;
  bool symmetric = false;
  std::uint64_t rows = 0;
  std::uint64_t columns = 0;
  std::uint64_t entries = 0;
  std::vector<NodeIndex> layers{};
  std::string provenance{};
  NodeComments comments{};
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

void parse_banner(std::string_view line, Header& header, const std::filesystem::path& path) {
  if (lower_case_word(line) != "%%matrixmarket" || lower_case_word(line) != "matrix") {
    fail_reading(path, "it does not begin with \"%%MatrixMarket matrix\"");
  }
  const std::string format = lower_case_word(line);
  if (format != "coordinate") {
    fail_reading(path, "its matrix is in the format " + in_quotes(format) + "; save it as a sparse one (coordinate)");
  }
  const std::string field = lower_case_word(line);
  header.has_values = field != "pattern";
  if (header.has_values && field != "real" && field != "integer") {
    fail_reading(path, "its values are of the kind " + in_quotes(field) + "; pattern, real or integer is expected");
  }
  const std::string symmetry = lower_case_word(line);
  header.symmetric = symmetry == "symmetric";
  if (!header.symmetric && symmetry != "general") {
    fail_reading(path, "its matrix is of the kind " + in_quotes(symmetry) + "; general or symmetric is expected");
  }
}

void parse_comment(std::string_view comment, Header& header, const std::filesystem::path& path, std::size_t line) {
  if (header.comments.take(comment, line)) return;
  std::string_view words = comment;
  const std::string_view word = next_word(words);
  if (word.starts_with(layers_key)) {
    header.layers = parse_layer_sizes(word.substr(layers_key.size()), path, line);
  } else if (word.starts_with(provenance_key)) {
    // A long one continues in the next comment.
    header.provenance.append(word.data() + provenance_key.size(), comment.data() + comment.size());
    if (header.provenance.ends_with('\r')) header.provenance.pop_back();
  }
}

void check_size(const Header& header, const std::filesystem::path& path) {
  if (header.rows == 0 || header.columns == 0) fail_reading(path, "its matrix has a side without neurons");
  if (header.rows >= most_neurons || header.columns >= most_neurons ||
      (!header.symmetric && header.rows + header.columns >= most_neurons)) {
    fail_reading(path, "its matrix has more than 2^31 neurons");
  }
  if (header.symmetric && header.rows != header.columns) {
    fail_reading(path, "its matrix is called symmetric, but has " + std::to_string(header.rows) + " rows and " +
                           std::to_string(header.columns) + " columns");
  }
  if (header.layers.empty()) return;
  std::uint64_t nodes = 0;
  for (const NodeIndex size : header.layers) nodes += size;
  const bool is_mask =
      header.layers.size() == 2 && header.rows == header.layers[1] && header.columns == header.layers[0];
  if (header.symmetric ? header.rows != nodes : !is_mask) {
    fail_reading(path, "its layers do not fit its matrix of " + std::to_string(header.rows) + " rows and " +
                           std::to_string(header.columns) + " columns");
  }
}

Header parse_header(Lines& lines, const std::filesystem::path& path) {
  Header header;
  if (!lines.next()) fail_reading(path, "it is empty");
  parse_banner(lines.line(), header, path);
  while (lines.next()) {
    std::string_view line = lines.line();
    if (line.starts_with('%')) {
      parse_comment(line.substr(1), header, path, lines.number());
      continue;
    }
    const std::string_view rows = next_word(line);
    if (rows.empty()) continue;
    const auto row_count = number<std::uint64_t>(rows);
    const auto column_count = number<std::uint64_t>(next_word(line));
    const auto entry_count = number<std::uint64_t>(next_word(line));
    if (!row_count || !column_count || !entry_count || !next_word(line).empty()) {
      fail_reading(path, lines.number(),
                   "reads " + in_quotes(lines.line()) + "; the numbers of rows, columns and entries are expected");
    }
    header.rows = *row_count;
    header.columns = *column_count;
    header.entries = *entry_count;
    check_size(header, path);
    return header;
  }
  fail_reading(path, "it ends before the size of its matrix; it may be truncated");
}

/// The cells (row, column), counted from 0, that are links.
std::vector<Link> parse_cells(Lines& lines, const Header& header, LinkLosses& losses, const std::filesystem::path& path,
                              std::size_t text_bytes, const TaskControl& control) {
  std::vector<Link> cells;
  // An entry takes at least four characters, which limits the number a header can declare.
  cells.reserve(std::min<std::uint64_t>(header.entries, text_bytes / 4));
  std::uint64_t entries = 0;
  while (lines.next()) {
    if (lines.number() % lines_between_looks == 0) {
      control.check();
      control.report(1.0 - static_cast<double>(lines.bytes_left()) / static_cast<double>(text_bytes));
    }
    std::string_view line = lines.line();
    const std::string_view first = next_word(line);
    if (first.empty() || first.front() == '%') continue;
    const auto row = number<std::uint64_t>(first);
    const auto column = number<std::uint64_t>(next_word(line));
    const std::string_view value = next_word(line);
    if (!row || !column || value.empty() == header.has_values || !next_word(line).empty()) {
      fail_reading(path, lines.number(),
                   "reads " + in_quotes(lines.line()) + "; a row, a column" +
                       (header.has_values ? " and a value are expected" : " are expected"));
    }
    if (*row == 0 || *row > header.rows || *column == 0 || *column > header.columns) {
      fail_reading(path, lines.number(),
                   "names the cell " + std::to_string(*row) + ", " + std::to_string(*column) + " of a matrix of " +
                       std::to_string(header.rows) + " rows and " + std::to_string(header.columns) +
                       " columns (counted from 1)");
    }
    ++entries;
    if (header.has_values) {
      const auto weight = number<double>(value.substr(value.starts_with('+') ? 1 : 0));
      if (!weight || !std::isfinite(*weight)) {
        fail_reading(path, lines.number(), "has the value " + in_quotes(value) + ", which is not a finite number");
      }
      if (*weight == 0.0) continue;
      losses.weights |= *weight != 1.0;
    }
    cells.emplace_back(static_cast<NodeIndex>(*row - 1), static_cast<NodeIndex>(*column - 1));
  }
  if (entries != header.entries) {
    fail_reading(path, "its header promises " + std::to_string(header.entries) + " entries, but it holds " +
                           std::to_string(entries) + "; it may be truncated");
  }
  return cells;
}

void write_provenance(BlockWriter& text, const std::string& provenance) {
  const std::string whole = without_line_ends(provenance);
  for (std::string_view rest = whole; !rest.empty();) {
    std::size_t length = std::min(rest.size(), longest_comment);
    // Multi-byte characters are not split.
    while (length > 1 && length < rest.size() && (static_cast<unsigned char>(rest[length]) & 0xC0) == 0x80) --length;
    text.add("% ").add(provenance_key).add(rest.substr(0, length)).add("\n");
    rest.remove_prefix(length);
  }
}

}  // namespace

NetworkFile read_mtx(const std::filesystem::path& path, const ReadOptions& /*options*/, const TaskControl& control) {
  const std::string text = whole_file(path);
  Lines lines(text);
  Header header = parse_header(lines, path);
  LinkLosses losses;
  const std::vector<Link> cells = parse_cells(lines, header, losses, path, text.size(), control);
  if (!text.ends_with('\n')) {
    fail_reading(path, "its last line has no end; it may be truncated (else add a line end)");
  }
  require_room_for(header.symmetric ? header.rows : header.rows + header.columns, path);
  const auto finished = [&](Network network) {
    // Comments of others may begin with the same word.
    if (header.comments.count() > 0 && header.comments.fit(network.node_count())) {
      network = std::move(network).with_names(std::move(header.comments).names(network.node_count(), path));
    }
    return NetworkFile{
        std::make_shared<const Network>(std::move(network)), std::move(header.provenance), {}, losses.notices()};
  };
  const auto rows = static_cast<NodeIndex>(header.rows);
  const auto columns = static_cast<NodeIndex>(header.columns);
  try {
    if (!header.symmetric) {
      Mask mask = mask_of_cells(columns, rows, cells, losses.doubles);
      losses.symmetric_layer = header.layers.empty() && is_adjacency(mask);
      return finished(one_layer_network(std::move(mask)));
    }
    if (header.layers.empty()) return finished(general_network(rows, cells, losses));
    if (const auto misfit = first_misfit(header.layers, cells)) {
      fail_reading(path, "it " + misfit->why);
    }
    return finished(layered_network(header.layers, cells, losses));
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
