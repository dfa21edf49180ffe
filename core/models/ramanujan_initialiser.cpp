// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include "core/models/dnm_quantities.h"
#include "core/models/initialiser.h"
#include "core/models/singular_value.h"
#include "core/models/uniform_cells.h"

namespace dnm {

namespace {

constexpr int most_tries = 50;
constexpr int most_swaps_of_a_double = 2000;
constexpr std::uint64_t large_shuffle = std::uint64_t{1} << 20;

/// A shuffle with all orders equally likely. Large arrays are first distributed at random over piles that fit the cache
/// (Rao 1961), since swaps across memory would miss it.
std::vector<NodeIndex> shuffled_stubs(const std::vector<NodeIndex>& degrees, std::uint64_t links, Random& random,
                                      const TaskControl& control) {
  std::vector<NodeIndex> stubs;
  resize_in_steps(stubs, links, control);
  StopCheck stop(control);
  const std::uint64_t piles = std::max<std::uint64_t>(1, links / large_shuffle);
  std::vector<std::uint64_t> begin(piles + 1, 0);
  if (piles > 1) {
    Random counting = random;
    for (std::uint64_t stub = 0; stub < links; ++stub) {
      ++begin[counting.below(piles) + 1];
      stop.worked(1);
    }
    for (std::uint64_t pile = 0; pile < piles; ++pile) begin[pile + 1] += begin[pile];
  } else {
    begin[1] = links;
  }
  std::vector<std::uint64_t> next(begin.begin(), begin.end() - 1);
  for (NodeIndex input = 0; input < degrees.size(); ++input) {
    for (NodeIndex i = 0; i < degrees[input]; ++i) stubs[next[piles > 1 ? random.below(piles) : 0]++] = input;
    stop.worked(std::uint64_t{degrees[input]} + 1);
  }
  for (std::uint64_t pile = 0; pile < piles; ++pile) {
    random.shuffle(std::span(stubs).subspan(begin[pile], begin[pile + 1] - begin[pile]));
    stop.worked(begin[pile + 1] - begin[pile]);
  }
  return stubs;
}

/// A bipartite graph of given degrees that is changed by switches: two links exchange their inputs, which keeps every
/// degree. Columns of a row stand in no order.
class SwitchedGraph {
 public:
  SwitchedGraph(const std::vector<NodeIndex>& output_degrees, const std::vector<NodeIndex>& input_degrees,
                std::uint64_t links, Random& random, const TaskControl& control)
      : random_(random), stop_(control) {
    mask_.n_in = static_cast<NodeIndex>(input_degrees.size());
    mask_.n_out = static_cast<NodeIndex>(output_degrees.size());
    mask_.row_begin.assign(std::size_t{mask_.n_out} + 1, 0);
    for (std::size_t row = 0; row < mask_.n_out; ++row) {
      mask_.row_begin[row + 1] = mask_.row_begin[row] + output_degrees[row];
    }
    mask_.columns = shuffled_stubs(input_degrees, links, random, control);
    // A table of all cells where it is not larger than the links themselves; else rows are short enough to search.
    const std::uint64_t cells = std::uint64_t{mask_.n_in} * mask_.n_out;
    if (cells <= 32 * links) table_.resize((cells + 63) / 64, 0);
    if (!repair(find_doubles())) deal_in_turn();
  }

  [[nodiscard]] const Mask& mask() const { return mask_; }

  void switch_links(std::uint64_t tries) {
    const std::uint64_t links = mask_.link_count();
    for (std::uint64_t i = 0; i < tries; ++i) static_cast<void>(exchange(random_.below(links), random_.below(links)));
  }

 private:
  [[nodiscard]] NodeIndex row_of(std::uint64_t link) const {
    const auto after = std::ranges::upper_bound(mask_.row_begin, link);
    return static_cast<NodeIndex>(after - mask_.row_begin.begin() - 1);
  }
  [[nodiscard]] std::uint64_t cell(NodeIndex row, NodeIndex column) const {
    return std::uint64_t{row} * mask_.n_in + column;
  }
  [[nodiscard]] bool is_linked(NodeIndex row, NodeIndex column) const {
    if (table_.empty()) return std::ranges::find(mask_.row(row), column) != mask_.row(row).end();
    const std::uint64_t at = cell(row, column);
    return (table_[at / 64] >> (at % 64) & 1U) != 0;
  }
  void note(NodeIndex row, NodeIndex column, bool linked) {
    if (table_.empty()) return;
    const std::uint64_t at = cell(row, column);
    const std::uint64_t bit = std::uint64_t{1} << (at % 64);
    table_[at / 64] = linked ? table_[at / 64] | bit : table_[at / 64] & ~bit;
  }

  /// Exchanges the inputs of two links unless that would create a duplicate. `is_double`: the first is a duplicate, so
  /// its own cell stays taken.
  bool exchange(std::uint64_t a, std::uint64_t b, bool is_double = false) {
    const NodeIndex row_a = row_of(a);
    const NodeIndex row_b = row_of(b);
    const NodeIndex column_a = mask_.columns[a];
    const NodeIndex column_b = mask_.columns[b];
    stop_.worked(table_.empty() ? mask_.row(row_a).size() / 4 + 8 : 8);
    if (row_a == row_b || column_a == column_b) return false;
    if (is_linked(row_a, column_b) || is_linked(row_b, column_a)) return false;
    if (!is_double) note(row_a, column_a, false);
    note(row_b, column_b, false);
    note(row_a, column_b, true);
    note(row_b, column_a, true);
    std::swap(mask_.columns[a], mask_.columns[b]);
    return true;
  }

  /// Links whose cell is taken by an earlier link of the row.
  std::vector<std::uint64_t> find_doubles() {
    std::vector<std::uint64_t> doubles;
    std::vector<NodeIndex> seen_in(mask_.n_in, mask_.n_out);
    for (NodeIndex row = 0; row < mask_.n_out; ++row) {
      for (std::uint64_t link = mask_.row_begin[row]; link < mask_.row_begin[row + 1]; ++link) {
        const NodeIndex column = mask_.columns[link];
        if (seen_in[column] == row) {
          doubles.push_back(link);
        } else {
          seen_in[column] = row;
          note(row, column, true);
        }
      }
      stop_.worked(mask_.row(row).size() + 1);
    }
    return doubles;
  }

  bool repair(const std::vector<std::uint64_t>& doubles) {
    for (std::size_t next = 0; next < doubles.size(); ++next) {
      int tries = 0;
      bool done = false;
      while (!done && tries++ < most_swaps_of_a_double) {
        const std::uint64_t other = random_.below(mask_.link_count());
        // Links still to be repaired have no cell of their own to exchange.
        const bool waits =
            std::binary_search(doubles.begin() + static_cast<std::ptrdiff_t>(next), doubles.end(), other);
        done = !waits && exchange(doubles[next], other, true);
      }
      if (!done) return false;
    }
    return true;
  }

  /// In very small layers the switches can get stuck. Assigning the inputs in turn always gives a graph of even
  /// degrees; switches then randomise it.
  void deal_in_turn() {
    std::vector<NodeIndex> names(mask_.n_in);
    for (NodeIndex input = 0; input < mask_.n_in; ++input) names[input] = input;
    random_.shuffle(std::span(names));
    std::ranges::fill(table_, 0);
    for (std::uint64_t link = 0; link < mask_.link_count(); ++link) mask_.columns[link] = names[link % mask_.n_in];
    static_cast<void>(find_doubles());
    switch_links(10 * mask_.link_count());
  }

  Random& random_;
  StopCheck stop_;
  Mask mask_;
  std::vector<std::uint64_t> table_;  ///< one bit a cell, or empty
};

/// The same links with sorted rows, or those that are missing.
Mask sorted_rows(const Mask& graph, bool missing, const TaskControl& control) {
  Mask mask{graph.n_in, graph.n_out, std::vector<std::uint64_t>(graph.row_begin.size(), 0), {}};
  const std::uint64_t cells = std::uint64_t{graph.n_in} * graph.n_out;
  resize_in_steps(mask.columns, missing ? cells - graph.link_count() : graph.link_count(), control);
  RowCells cells_of_row(graph.n_in);
  std::vector<NodeIndex> given;
  StopCheck stop(control);
  std::uint64_t next = 0;
  for (NodeIndex row = 0; row < graph.n_out; ++row) {
    for (const NodeIndex column : graph.row(row)) cells_of_row.take(column);
    given.resize(graph.row(row).size());
    cells_of_row.move_to(given);
    if (missing) {
      NodeIndex column = 0;
      for (const NodeIndex left_out : given) {
        while (column < left_out) mask.columns[next++] = column++;
        ++column;
      }
      while (column < graph.n_in) mask.columns[next++] = column++;
    } else {
      next = static_cast<std::uint64_t>(
          std::ranges::copy(given, mask.columns.begin() + static_cast<std::ptrdiff_t>(next)).out -
          mask.columns.begin());
    }
    mask.row_begin[row + 1] = next;
    stop.worked(missing ? graph.n_in : given.size() + 1);
  }
  return mask;
}

/// The degrees of the graph to be switched: of the links, or of the missing links.
std::vector<NodeIndex> degrees_of_side(NodeIndex neurons, NodeIndex others, std::uint64_t links, bool missing,
                                       Random& random) {
  std::vector<NodeIndex> degrees = draw_even_degrees(neurons, links, random);
  if (missing) {
    for (NodeIndex& degree : degrees) degree = others - degree;
  }
  return degrees;
}

std::string short_number(double value) {
  std::array<char, 32> buffer{};
  const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::general, 6);
  return {buffer.data(), result.ptr};
}

}  // namespace

/// Ramanujan graph (Lubotzky, Phillips and Sarnak, Combinatorica 8:261, 1988, doi:10.1007/BF02126799; manual:
/// methods/baselines, "Ramanujan graphs"): a random bipartite graph whose degrees differ by at most one on either side,
/// redrawn by switches until its second singular value is at most √(d_L-1) + √(d_R-1), at most 50 times. A notice
/// reports both numbers. O(links) per attempt and about 100 products with the matrix for σ₂; 8 bytes a link, up to 16
/// when it takes more than one attempt.
Mask draw_ramanujan_layer(const LayerRequest& request) {
  report_empty_rows(request);
  const LayerStreams streams(request.random);
  const std::uint64_t cells = std::uint64_t{request.n_in} * request.n_out;
  const bool missing = request.links > cells / 2;
  Random degree_random = streams.quantity(0);
  const auto output_degrees = degrees_of_side(request.n_out, request.n_in, request.links, missing, degree_random);
  const auto input_degrees = degrees_of_side(request.n_in, request.n_out, request.links, missing, degree_random);
  Random link_random = streams.quantity(1);
  SwitchedGraph graph(output_degrees, input_degrees, missing ? cells - request.links : request.links, link_random,
                      request.control);

  const double output_degree = static_cast<double>(request.links) / request.n_out;
  const double input_degree = static_cast<double>(request.links) / request.n_in;
  Mask best = sorted_rows(graph.mask(), missing, request.control);
  if (std::min(output_degree, input_degree) < 1.0) {
    request.notices.emplace_back("the mean degree of one side is below 1, so there is no Ramanujan bound to meet");
    return best;
  }
  const double bound = std::sqrt(output_degree - 1.0) + std::sqrt(input_degree - 1.0);
  Random start_random = streams.quantity(2);
  double least = second_singular_value(best, bound, start_random, request.threads, request.control);
  // Rounding in the last digit must not make a ring fail, which meets the bound exactly.
  const double limit = bound * (1.0 + 1e-9);
  for (int tries = 1; least > limit && tries < most_tries && graph.mask().link_count() > 1; ++tries) {
    graph.switch_links(graph.mask().link_count());
    Mask mask = sorted_rows(graph.mask(), missing, request.control);
    const double value = second_singular_value(mask, bound, start_random, request.threads, request.control);
    if (value >= least) continue;
    least = value;
    best = std::move(mask);
  }
  request.notices.push_back(
      "σ₂ = " + short_number(least) + (least > limit ? " is above" : " is at most") +
      " the bound √(d_L-1) + √(d_R-1) = " + short_number(bound) +
      (least > limit ? ": not Ramanujan, the best of " + std::to_string(most_tries) + " graphs" : ": Ramanujan"));
  return best;
}

}  // namespace dnm
