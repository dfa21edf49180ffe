// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/rewiring/topology_event.h"

#include <algorithm>
#include <span>

#include "core/files/file_text.h"
#include "core/support/error.h"

namespace dnm {
namespace {

/// Takes what belongs to `output` from the front of the sorted links; the first of another output ends it.
std::span<const Link> take_row(std::span<const Link>& links, NodeIndex output) {
  const auto end = std::find_if(links.begin(), links.end(), [&](const Link& link) { return link.output != output; });
  const auto count = static_cast<std::size_t>(end - links.begin());
  const std::span<const Link> row = links.first(count);
  links = links.subspan(count);
  return row;
}

}  // namespace

TopologyEventSummary without_links(const TopologyEvent& event) {
  TopologyEventSummary summary{event.update, event.epoch, {}, event.numbers};
  for (const LayerChange& change : event.layers)
    summary.layers.push_back({change.layer, change.removed.size(), change.grown.size()});
  return summary;
}

Mask changed_mask(const Mask& mask, const LayerChange& change) {
  Mask changed{mask.n_in, mask.n_out, {0}, {}};
  changed.row_begin.reserve(mask.row_begin.size());
  changed.columns.reserve(mask.columns.size() + change.grown.size());
  std::span<const Link> removed = change.removed;
  std::span<const Link> grown = change.grown;
  bool fits = true;
  for (NodeIndex output = 0; output < mask.n_out; ++output) {
    std::span<const Link> taken = take_row(removed, output);
    std::span<const Link> given = take_row(grown, output);
    const auto grow = [&] {
      changed.columns.push_back(given.front().input);
      given = given.subspan(1);
    };
    for (const NodeIndex input : mask.row(output)) {
      while (!given.empty() && given.front().input < input) grow();
      if (!given.empty() && given.front().input == input) fits = false;
      if (!taken.empty() && taken.front().input == input) {
        taken = taken.subspan(1);
      } else {
        changed.columns.push_back(input);
      }
    }
    while (!given.empty()) grow();
    fits = fits && taken.empty();
    const auto row_begin = changed.columns.begin() + static_cast<std::ptrdiff_t>(changed.row_begin.back());
    const auto not_rising = [](NodeIndex a, NodeIndex b) { return a >= b; };
    fits = fits && std::adjacent_find(row_begin, changed.columns.end(), not_rising) == changed.columns.end() &&
           (row_begin == changed.columns.end() || changed.columns.back() < mask.n_in);
    changed.row_begin.push_back(changed.columns.size());
  }
  if (!fits || !removed.empty() || !grown.empty()) {
    throw InvalidInput("a change of " + in_quotes(change.layer) + " does not fit the links that were there before it");
  }
  return changed;
}

Mask mask_before(const Mask& mask, const LayerChange& change) {
  return changed_mask(mask, {change.layer, 0, {}, change.grown, change.removed});
}

void note_difference(const Mask& before, const Mask& after, LayerChange& change) {
  change.links = after.link_count();
  for (NodeIndex output = 0; output < before.n_out; ++output) {
    const auto old_row = before.row(output);
    const auto new_row = after.row(output);
    const auto note = [&](auto a, auto b, std::vector<Link>& links) {
      std::vector<NodeIndex> inputs;
      std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(inputs));
      for (const NodeIndex input : inputs) links.push_back({output, input});
    };
    note(old_row, new_row, change.removed);
    note(new_row, old_row, change.grown);
  }
}

}  // namespace dnm
