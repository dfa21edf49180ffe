// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/neurons/neuron_selection.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <utility>

#include "app/studio/widgets/text.h"
#include "core/support/digits.h"

namespace dnm {

namespace {

/// Under the pointer, more neurons than these show no links: it moves too fast for so many.
constexpr std::size_t most_pointed_at = 100;
constexpr std::size_t links_pointed_at = 1000;

SelectedNeurons with(const SelectedNeurons& some, const SelectedNeurons& others) {
  SelectedNeurons both;
  std::ranges::set_union(some, others, std::back_inserter(both));
  return both;
}

SelectedNeurons without(const SelectedNeurons& some, const SelectedNeurons& others) {
  SelectedNeurons left;
  std::ranges::set_difference(some, others, std::back_inserter(left));
  return left;
}

}  // namespace

NeuronSelection::NeuronSelection(Document& document, LiveBridge& live, QObject* parent)
    : QObject(parent), document_(document), live_(live) {
  connect(&document_, &Document::selection_changed, this, &NeuronSelection::refresh);
  connect(&live_, &LiveBridge::updated, this, [this] {
    const HighlightPointer& shown = highlight(HighlightRole::selected);
    const bool is_wanted = !document_.selected().empty();
    if (is_wanted && (!shown || shown->network != live_.scene_input().network)) refresh();
  });
  refresh();
}

void NeuronSelection::set_highlight(HighlightRole role, Highlight highlight) {
  HighlightPointer& kept = highlights_[static_cast<std::size_t>(role)];
  if (highlight.nodes.empty()) {
    if (!kept) return;
    kept = nullptr;
  } else {
    kept = std::make_shared<const Highlight>(std::move(highlight));
  }
  Q_EMIT changed(role);
}

void NeuronSelection::refresh() {
  const NetworkPointer& network = live_.scene_input().network;
  set_highlight(HighlightRole::selected,
                network ? highlight_of(network, nodes_of(*network, document_.selected())) : Highlight{});
}

void NeuronSelection::point_at(const NetworkPointer& network, const std::vector<NodeIndex>& nodes) {
  const std::size_t links = nodes.size() <= most_pointed_at ? links_pointed_at : 0;
  set_highlight(HighlightRole::pointed_at,
                network && !nodes.empty() ? highlight_of(network, nodes, links) : Highlight{});
}

void NeuronSelection::pick(const Pick& pick) {
  if (!pick.network) return;
  const SelectedNeurons& now = document_.selected();
  const SelectedNeurons picked = neurons_of(*pick.network, pick.nodes);
  before_pick_ = now;
  if (pick.mode == PickMode::replace) {
    document_.select(picked);
  } else if (pick.mode == PickMode::toggle && std::ranges::includes(now, picked)) {
    document_.select(without(now, picked));
  } else {
    document_.select(with(now, picked));
  }
}

void NeuronSelection::revoke_pick() { document_.select(before_pick_); }

void NeuronSelection::add_neighbours() {
  const HighlightPointer shown = highlight(HighlightRole::selected);
  if (shown) document_.select(with(document_.selected(), neurons_of(*shown->network, shown->neighbours)));
}

void NeuronSelection::clear() { document_.select({}); }

QString NeuronSelection::words() const {
  const HighlightPointer& shown = highlight(HighlightRole::selected);
  if (!shown) return {};
  return translated(counted(shown->nodes.size(), "neuron") + " selected, " +
                    counted(shown->neighbours.size(), "neighbour") + ", " + counted(shown->link_count, "link"));
}

}  // namespace dnm
