// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/link_prediction/missing_links.h"

#include <algorithm>
#include <tuple>

#include "core/support/memory.h"

namespace dnm {
namespace {

bool is_likelier(const MissingLink& a, const MissingLink& b) {
  return a.score != b.score ? a.score > b.score : std::tie(a.output, a.input) < std::tie(b.output, b.input);
}

}  // namespace

std::vector<MissingLink> likeliest_links(const Mask& mask, LinkScore score, std::optional<std::uint64_t> most,
                                         const TaskControl& control) {
  const std::uint64_t free = std::uint64_t{mask.n_in} * mask.n_out - mask.link_count();
  const std::uint64_t wanted = std::min(most.value_or(free), free);
  if (wanted == 0) return {};
  // Twice as many are collected before those that are too many are dropped.
  const std::uint64_t limit = wanted < free / 2 ? 2 * wanted : free;
  require_memory(limit * sizeof(MissingLink), "the list of missing links");
  std::vector<MissingLink> links;
  const auto drop = [&] {
    if (links.size() <= wanted) return;
    std::nth_element(links.begin(), links.begin() + static_cast<std::ptrdiff_t>(wanted), links.end(), is_likelier);
    links.resize(wanted);
  };
  score_missing_links(
      mask, score,
      [&](NodeIndex output, std::span<const double> scores) {
        for (NodeIndex input = 0; input < scores.size(); ++input) {
          if (scores[input] <= 0.0) continue;
          if (links.size() >= limit) drop();
          links.push_back({output, input, scores[input]});
        }
      },
      control);
  drop();
  std::sort(links.begin(), links.end(), is_likelier);
  return links;
}

}  // namespace dnm
