// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/allocation.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>

#include "core/parameters/parameter_table.h"
#include "core/support/error.h"

namespace dnm {

namespace {

[[noreturn]] void throw_unknown(std::string_view text) {
  throw InvalidInput("allocation: \"" + std::string(text) +
                     "\" is neither uniform, er or erk nor a list of sparsities from 0 to 0.999999, one per layer, "
                     "such as 0.98,0.995");
}

std::vector<double> parse_sparsities(std::string_view text) {
  const Range range = model_parameter_table().at("sparsity").info.range;
  std::vector<double> sparsities;
  const char* at = text.data();
  const char* const end = text.data() + text.size();
  for (;;) {
    while (at != end && *at == ' ') ++at;
    double value = 0.0;
    const auto [after, error] = std::from_chars(at, end, value);
    if (error != std::errc() || !(value >= range.minimum && value <= range.maximum)) throw_unknown(text);
    sparsities.push_back(value);
    at = after;
    while (at != end && *at == ' ') ++at;
    if (at == end) return sparsities;
    if (*at++ != ',') throw_unknown(text);
  }
}

/// A layer that takes part in the distribution.
struct Sharer {
  std::size_t layer;
  std::uint64_t cells;
  double weight;
  std::uint64_t links;
  double left_over;  ///< lost by rounding down
};

/// Distributes `total` links in proportion to the weights, at least 1 and at most its cells for each layer.
void share_out(std::vector<Sharer> open, std::uint64_t total, std::vector<std::uint64_t>& links) {
  // Layers that would be overfilled become full; that leaves more for the others, which may overfill one of them in
  // turn.
  for (bool changed = true; changed && !open.empty();) {
    changed = false;
    const double weights =
        std::accumulate(open.begin(), open.end(), 0.0, [](double sum, const Sharer& s) { return sum + s.weight; });
    const double scale = static_cast<double>(total) / weights;
    for (std::size_t i = 0; i < open.size() && !changed; ++i) {
      if (open[i].weight * scale < static_cast<double>(open[i].cells)) continue;
      links[open[i].layer] = open[i].cells;
      total -= open[i].cells;
      open.erase(open.begin() + static_cast<std::ptrdiff_t>(i));
      changed = true;
    }
    if (changed) continue;
    std::uint64_t given = 0;
    for (Sharer& sharer : open) {
      const double exact = sharer.weight * scale;
      sharer.links = std::max<std::uint64_t>(1, static_cast<std::uint64_t>(exact));
      sharer.left_over = exact - static_cast<double>(sharer.links);
      given += sharer.links;
    }
    // Largest remainder; equal ones in order. Raising layers to 1 may have given too many: those with the smallest
    // remainders give back.
    std::ranges::stable_sort(open, std::greater<>(), &Sharer::left_over);
    for (std::size_t i = 0; given < total; i = (i + 1) % open.size()) {
      if (open[i].links == open[i].cells) continue;
      ++open[i].links;
      ++given;
    }
    for (std::size_t i = open.size() - 1; given > total; i = (i + open.size() - 1) % open.size()) {
      if (open[i].links == 1) continue;
      --open[i].links;
      --given;
    }
    for (const Sharer& sharer : open) links[sharer.layer] = sharer.links;
  }
}

bool has_own_sparsity(const ModelParameters& parameters, std::size_t layer) {
  const auto of_layer = parameters.overrides.find(layer);
  return of_layer != parameters.overrides.end() && of_layer->second.contains("sparsity");
}

}  // namespace

Allocation parse_allocation(std::string_view text) {
  if (text == "uniform") return {AllocationRule::uniform, {}};
  if (text == "er") return {AllocationRule::er, {}};
  if (text == "erk") return {AllocationRule::erk, {}};
  return {AllocationRule::by_hand, parse_sparsities(text)};
}

std::vector<std::uint64_t> links_of_layers(const ModelParameters& parameters) {
  const Allocation allocation = parse_allocation(parameters.allocation);
  const std::size_t layers = parameters.layer_count();
  const bool every_cell = !model_parameter_table().applies(model_parameter_table().at("sparsity"), parameters);
  if (!every_cell && allocation.rule == AllocationRule::by_hand && allocation.sparsities.size() != layers) {
    throw InvalidInput("allocation: " + std::to_string(allocation.sparsities.size()) + " sparsities for " +
                       std::to_string(layers) + " layers of links; give one for each");
  }
  std::vector<std::uint64_t> links(layers);
  std::vector<Sharer> sharers;
  std::uint64_t shared = 0;
  for (std::size_t layer = 0; layer < layers; ++layer) {
    const NodeIndex n_in = parameters.layer_sizes[layer];
    const NodeIndex n_out = parameters.layer_sizes[layer + 1];
    const bool own = has_own_sparsity(parameters, layer);
    double sparsity = parameters.of_layer(layer).sparsity;
    if (every_cell) sparsity = 0.0;
    if (!own && !every_cell && allocation.rule == AllocationRule::by_hand) sparsity = allocation.sparsities[layer];
    links[layer] = link_count_of_layer(sparsity, n_in, n_out);
    if (own || every_cell) continue;
    sharers.push_back({layer, std::uint64_t{n_in} * n_out, static_cast<double>(n_in) + n_out, 0, 0.0});
    shared += links[layer];
  }
  const bool by_size = allocation.rule == AllocationRule::er || allocation.rule == AllocationRule::erk;
  // Too few for one each: left unchanged, as check_parameters refuses them.
  if (by_size && !every_cell && shared >= sharers.size()) share_out(std::move(sharers), shared, links);
  return links;
}

LayerParameters layer_as_drawn(const ModelParameters& parameters, std::size_t layer, std::uint64_t links) {
  LayerParameters of_layer = parameters.of_layer(layer);
  const NodeIndex n_in = parameters.layer_sizes[layer], n_out = parameters.layer_sizes[layer + 1];
  if (links != link_count_of_layer(of_layer.sparsity, n_in, n_out)) {
    of_layer.sparsity = 1.0 - static_cast<double>(links) / (static_cast<double>(n_in) * n_out);
  }
  return of_layer;
}

}  // namespace dnm
