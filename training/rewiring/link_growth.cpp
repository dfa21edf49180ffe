// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/rewiring/link_growth.h"

#include <algorithm>

#include "training/rewiring/link_choice.h"

namespace dnm {
namespace {

std::uint64_t free_cells(const Mask& mask) { return std::uint64_t{mask.n_in} * mask.n_out - mask.link_count(); }

}  // namespace

std::vector<std::uint64_t> uniform_cells(const Mask& mask, std::uint64_t wanted, Random random) {
  const std::uint64_t free = free_cells(mask);
  std::vector<std::uint64_t> cells = random.sample(free, std::min(wanted, free));
  // The k-th free cell becomes the cell itself: k plus the links before it.
  std::size_t next = 0;
  for (NodeIndex output = 0; output < mask.n_out && next < cells.size(); ++output) {
    std::uint64_t links_before = mask.row_begin[output];
    const std::uint64_t first = std::uint64_t{output} * mask.n_in;
    for (const NodeIndex input : mask.row(output)) {
      for (; next < cells.size() && cells[next] + links_before < first + input; ++next) cells[next] += links_before;
      ++links_before;
    }
    for (; next < cells.size() && cells[next] + links_before < first + mask.n_in; ++next) cells[next] += links_before;
  }
  return cells;
}

std::vector<std::uint64_t> best_scored_cells(const Mask& mask, LinkScore score, std::uint64_t wanted, Random random,
                                             const TaskControl& control) {
  if (wanted == 0) return {};
  LargestChoice choice(wanted, random);
  score_missing_links(
      mask, score,
      [&](NodeIndex output, std::span<const double> scores) {
        for_each_free_cell(mask, output, scores, [&](std::uint64_t cell, double value) { choice.offer(cell, value); });
      },
      control);
  return choice.chosen();
}

std::vector<std::uint64_t> sampled_cells(const Mask& mask, LinkScore score, std::uint64_t wanted,
                                         const std::function<Random(unsigned)>& stream, const TaskControl& control) {
  if (wanted == 0) return {};
  constexpr double filler = 1e-5;
  SampledChoice choice(wanted, stream(0));
  score_missing_links(
      mask, score,
      [&](NodeIndex output, std::span<const double> scores) {
        const std::uint64_t first = std::uint64_t{output} * mask.n_in;
        for (NodeIndex input = 0; input < mask.n_in; ++input) {
          if (scores[input] > 0.0) choice.offer(first + input, scores[input]);
        }
      },
      control);
  if (choice.positive() >= wanted) return choice.chosen();
  SampledChoice filled(wanted, stream(1));
  score_missing_links(
      mask, score,
      [&](NodeIndex output, std::span<const double> scores) {
        for_each_free_cell(mask, output, scores,
                           [&](std::uint64_t cell, double value) { filled.offer(cell, value + filler); });
      },
      control);
  return filled.chosen();
}

Mask with_cells(const Mask& mask, std::span<const std::uint64_t> cells) {
  Mask grown{mask.n_in, mask.n_out, {0}, {}};
  grown.row_begin.reserve(mask.row_begin.size());
  grown.columns.reserve(mask.columns.size() + cells.size());
  std::size_t next = 0;
  for (NodeIndex output = 0; output < mask.n_out; ++output) {
    const std::uint64_t first = std::uint64_t{output} * mask.n_in;
    const auto grow_before = [&](std::uint64_t end) {
      for (; next < cells.size() && cells[next] < end; ++next) {
        grown.columns.push_back(static_cast<NodeIndex>(cells[next] - first));
      }
    };
    for (const NodeIndex input : mask.row(output)) {
      grow_before(first + input);
      grown.columns.push_back(input);
    }
    grow_before(first + mask.n_in);
    grown.row_begin.push_back(grown.columns.size());
  }
  return grown;
}

}  // namespace dnm
