// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/rewiring/exploration.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <utility>

namespace dnm {
namespace {

double cells_of(const Mask& mask) { return static_cast<double>(mask.n_in) * mask.n_out; }

double ratio(double part, double all) { return all > 0.0 ? part / all : 0.0; }

std::size_t inputs_with_a_link(const Mask& mask) {
  constexpr std::size_t inputs_per_link = 64;
  if (mask.n_in / inputs_per_link > mask.columns.size()) {  // a layer may be read from a file that says anything
    std::vector<NodeIndex> inputs = mask.columns;
    std::ranges::sort(inputs);
    return static_cast<std::size_t>(std::unique(inputs.begin(), inputs.end()) - inputs.begin());
  }
  std::vector<char> has_link(mask.n_in, 0);
  for (const NodeIndex input : mask.columns) has_link[input] = 1;
  return static_cast<std::size_t>(std::ranges::count(has_link, 1));
}

}  // namespace

void ExploredCells::add(std::span<const Mask> now) {
  for (std::size_t i = 0; i < ever_.size(); ++i) {
    Mask joined{ever_[i].n_in, ever_[i].n_out, {0}, {}};
    joined.columns.reserve(ever_[i].columns.size());
    for (NodeIndex output = 0; output < joined.n_out; ++output) {
      const auto before = ever_[i].row(output), after = now[i].row(output);
      std::set_union(before.begin(), before.end(), after.begin(), after.end(), std::back_inserter(joined.columns));
      joined.row_begin.push_back(joined.columns.size());
    }
    ever_[i] = std::move(joined);
  }
}

double ExploredCells::rate(std::size_t layer) const {
  return ratio(static_cast<double>(ever_[layer].link_count()), cells_of(ever_[layer]));
}

double ExploredCells::rate() const {
  double explored = 0.0, cells = 0.0;
  for (const Mask& mask : ever_) {
    explored += static_cast<double>(mask.link_count());
    cells += cells_of(mask);
  }
  return ratio(explored, cells);
}

double active_neuron_share(std::span<const Mask> chain) {
  double active = 0.0, neurons = 0.0;
  for (std::size_t i = 0; i < chain.size(); ++i) {
    const Mask& mask = chain[i];
    active += static_cast<double>(inputs_with_a_link(mask));
    neurons += mask.n_in;
    if (i + 1 < chain.size()) continue;
    for (NodeIndex output = 0; output < mask.n_out; ++output) active += mask.row(output).empty() ? 0.0 : 1.0;
    neurons += mask.n_out;
  }
  return ratio(active, neurons);
}

}  // namespace dnm
