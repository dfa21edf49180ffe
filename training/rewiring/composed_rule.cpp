// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/rewiring/composed_rule.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <string>
#include <utility>

#include "core/models/uniform_cells.h"
#include "core/network/dead_ends.h"
#include "core/support/digits.h"
#include "core/support/error.h"
#include "training/rewiring/head_parts.h"
#include "training/rewiring/link_choice.h"
#include "training/rewiring/link_growth.h"

namespace dnm {
namespace {

/// The random numbers of the parts of an update of one layer.
enum Stream : unsigned { prune_stream, removal_stream, growth_stream, filler_stream, stream_count };

/// Keeps the links of the largest scores.
void keep_best(WeightedMask& layer, RemovalScore score, std::uint64_t kept, const Random& random) {
  keep_links(layer, largest_scores(removal_scores(layer.mask, layer.weights, score), kept, random));
}

/// How many of the cells (ascending) have a link.
std::uint64_t linked(const Mask& mask, std::span<const std::uint64_t> cells) {
  std::uint64_t count = 0;
  for (const std::uint64_t cell : cells) {
    const auto row = mask.row(static_cast<NodeIndex>(cell / mask.n_in));
    if (std::binary_search(row.begin(), row.end(), static_cast<NodeIndex>(cell % mask.n_in))) ++count;
  }
  return count;
}

std::string last_weights_name(std::size_t layer) { return "last_weights." + std::to_string(layer); }

LinkScore link_score(GrowthScore score) { return static_cast<LinkScore>(score); }

}  // namespace

struct ComposedRule::Layer {
  WeightedMask now;
  LayerStreams streams;
  unsigned first_stream = 0;
  Mask pruned{};  ///< after (1): what (2) and (3) take from
  StageCounts counts{};
  std::vector<std::uint64_t> grown{};  ///< cells

  [[nodiscard]] std::uint64_t to_grow() const { return counts.removed + counts.chain_removed; }
  [[nodiscard]] Random random(unsigned stream) const { return streams.quantity(first_stream + stream); }
};

void ComposedRule::take_unpaired_rows(Layer& layer, const Mask& partner) {
  const Mask& mask = layer.now.mask;
  Mask kept{mask.n_in, mask.n_out, {0}, {}};
  for (NodeIndex output = 0; output < mask.n_out; ++output) {
    const auto row = mask.row(output);
    if (!partner.row(output).empty()) kept.columns.insert(kept.columns.end(), row.begin(), row.end());
    kept.row_begin.push_back(kept.columns.size());
  }
  layer.counts.chain_removed += mask.link_count() - kept.link_count();
  layer.now.mask = std::move(kept);
}

std::span<const Choice> selection_choices() {
  static constexpr std::array choices{
      Choice{"best", "Best", "Exactly those of the largest scores."},
      Choice{"sampled", "Sampled", "Drawn without replacement in proportion to the score."},
  };
  return choices;
}

std::span<const Choice> growth_score_choices() {
  static const std::vector<Choice> choices = [] {
    std::vector<Choice> made(link_score_choices().begin(), link_score_choices().end());
    made.push_back({"uniform", "Uniform", "Every missing link alike."});
    made.push_back({"gradient", "Gradient", "The size of the loss's gradient, |∂L/∂w|, of the present batch."});
    return made;
  }();
  return choices;
}

bool ComposedRule::is_settled() const {
  return !settled_.empty() &&
         std::all_of(settled_.begin(), settled_.end(), [](std::int64_t flag) { return flag != 0; });
}

bool ComposedRule::moves_links(const StepPosition& at) const {
  return settings_.rewires && settings_.schedule.rewires(at) && !is_settled();
}

std::vector<PlannedUpdate> ComposedRule::planned(StepPosition at) const {
  const RewiringSchedule& schedule = settings_.schedule;
  const std::uint64_t interval = schedule.step(at);
  std::vector<PlannedUpdate> updates;
  for (at.step = interval - 1; at.step < at.steps(); at.step += interval) {
    const bool rewires = settings_.rewires && schedule.rewires(at);
    if (!rewires && !schedule.prunes(at)) break;  // no later step is due either
    PlannedUpdate update{.batches_seen = at.batches_seen()};
    if (rewires) update.zeta = schedule.zeta_at(at);
    if (rewires && settings_.removal == Selection::sampled) update.tau = schedule.tau_at(at);
    if (makes_sparser()) update.decay = schedule.decay_at(at);
    updates.push_back(update);
  }
  return updates;
}

bool ComposedRule::is_due(const StepPosition& at) const { return moves_links(at) || settings_.schedule.prunes(at); }

RuleMemory ComposedRule::memory() const {
  RuleMemory memory;
  if (!first_links_.empty()) memory["first_links"] = first_links_;
  if (!settled_.empty()) memory["settled"] = settled_;
  for (std::size_t i = 0; i < last_weights_.size(); ++i) memory[last_weights_name(i)] = last_weights_[i].numbers();
  return memory;
}

void ComposedRule::remember(const RuleMemory& memory) {
  const auto list = [&](const char* name) {
    const auto found = memory.find(name);
    return found == memory.end() ? std::vector<std::int64_t>() : found->second;
  };
  first_links_ = list("first_links");
  settled_ = list("settled");
  last_weights_.clear();
  for (std::size_t i = 0; memory.contains(last_weights_name(i)); ++i) {
    last_weights_.push_back(LastWeights::from_numbers(memory.at(last_weights_name(i))));
  }
}

void ComposedRule::check(std::span<const SparseLayer> layers, const StepPosition& at) const {
  if (!makes_sparser()) return;
  if (settings_.schedule.decay_last(at) == 0) {
    throw InvalidInput(
        "the density would fall all at once, since its fall ends before the first update; let it fall longer "
        "(--decay-end), update more often (--rewire-every) or train for more epochs");
  }
  check_final_sparsity(layers);
}

void ComposedRule::check_final_sparsity(std::span<const SparseLayer> layers) const {
  for (const SparseLayer& layer : layers) {
    const Mask& mask = layer.mask;
    const std::uint64_t cells = std::uint64_t{mask.n_in} * mask.n_out, links = mask.link_count();
    const std::uint64_t final = links_at_sparsity(cells, settings_.final_sparsity);
    const std::string sparsity = "a final sparsity of " + with_significant(settings_.final_sparsity, 6);
    if (links > 0 && final == 0) {
      throw InvalidInput(sparsity + " leaves " + std::string(layer.name) + " (" + std::to_string(mask.n_in) + " × " +
                         std::to_string(mask.n_out) + ") without a single link; give a smaller --final-sparsity");
    }
    if (final > links) {
      throw InvalidInput(std::string(layer.name) + " has only " + counted(links, "link") + ", and " + sparsity +
                         " has " + std::to_string(final) +
                         "; start with a denser network (of a model by --start-sparsity) or give a larger "
                         "--final-sparsity");
    }
  }
}

void ComposedRule::prune(const RewiringRequest& request, std::vector<Layer>& layers) const {
  const double decayed = settings_.schedule.decay_at(request.at);
  for (std::size_t i = 0; i < layers.size(); ++i) {
    WeightedMask& now = layers[i].now;
    const std::uint64_t links = now.mask.link_count();
    const std::uint64_t first = first_links_.empty() ? links : static_cast<std::uint64_t>(first_links_[i]);
    const std::uint64_t kept = links_while_density_falls(std::uint64_t{now.mask.n_in} * now.mask.n_out, links, first,
                                                         settings_.final_sparsity, decayed);
    if (kept == links) continue;
    keep_best(now, settings_.prune_score, kept, layers[i].random(prune_stream));
    layers[i].counts.pruned = links - kept;
  }
}

void ComposedRule::move_links(const RewiringRequest& request, std::vector<Layer>& layers) const {
  remove(request, layers);
  if (settings_.chain_removal) remove_dead_ends(request, layers);
  grow(request, layers);
}

void ComposedRule::move_links_of_heads(const RewiringRequest& request, std::vector<Layer>& layers) const {
  const HeadParts heads(request);
  std::vector<Layer> parts;
  for (const HeadPart& part : heads.parts()) {
    const Layer& whole = layers[part.layer];
    parts.push_back({part_of(whole.now, part), whole.streams, part.head * stream_count});
  }
  PartGradients gradients(request.gradients, heads);
  move_links({request.at, {}, heads.chains(), heads.pairs(), gradients, request.seed, request.control}, parts);
  for (std::size_t i = 0; i < layers.size(); ++i) {
    Layer& whole = layers[i];
    const auto own = heads.parts_of(i);
    std::vector<Mask> masks;
    for (std::size_t head = 0; head < own.size(); ++head) {
      Layer& part = parts[heads.first_part(i) + head];
      whole.counts.removed += part.counts.removed;
      whole.counts.chain_removed += part.counts.chain_removed;
      for (const std::uint64_t cell : part.grown) {
        whole.grown.push_back(cell_of_layer(whole.now.mask.n_in, own[head], cell));
      }
      masks.push_back(std::move(part.now.mask));
    }
    std::ranges::sort(whole.grown);
    whole.now.mask = joined(whole.now.mask.n_in, whole.now.mask.n_out, own, masks);
  }
}

void ComposedRule::remove(const RewiringRequest& request, std::vector<Layer>& layers) const {
  const double zeta = settings_.schedule.zeta_at(request.at);
  const double tau = settings_.schedule.tau_at(request.at);
  for (Layer& layer : layers) {
    request.control.check();
    const std::uint64_t links = layer.now.mask.link_count();
    layer.counts.removed = removed_count(zeta, links);
    const std::uint64_t kept = links - layer.counts.removed;
    const Random random = layer.random(removal_stream);
    if (settings_.removal == Selection::best) {
      keep_best(layer.now, settings_.removal_score, kept, random);
    } else {
      keep_links(layer.now, sample_by_power(removal_scores(layer.now.mask, layer.now.weights, settings_.removal_score),
                                            tau, kept, random));
    }
  }
}

void ComposedRule::remove_dead_ends(const RewiringRequest& request, std::vector<Layer>& layers) const {
  for (const std::vector<std::size_t>& chain : request.chains) {
    std::vector<Mask> masks;
    for (const std::size_t place : chain) masks.push_back(layers[place].now.mask);
    std::vector<Mask> kept = without_dead_ends(masks);
    for (std::size_t i = 0; i < chain.size(); ++i) {
      Layer& layer = layers[chain[i]];
      layer.counts.chain_removed = masks[i].link_count() - kept[i].link_count();
      layer.now.mask = std::move(kept[i]);
    }
  }
  for (const auto& [one, other] : request.pairs) {
    const std::array before{layers[one].now.mask, layers[other].now.mask};
    take_unpaired_rows(layers[one], before[1]);
    take_unpaired_rows(layers[other], before[0]);
  }
}

void ComposedRule::grow(const RewiringRequest& request, std::vector<Layer>& layers) const {
  if (settings_.growth_score == GrowthScore::gradient) return grow_by_gradient(request, layers);
  for (Layer& layer : layers) {
    request.control.check();
    const Mask& mask = layer.now.mask;
    const std::uint64_t wanted = layer.to_grow();
    const auto stream = [&](unsigned number) { return layer.random(growth_stream + number); };
    if (settings_.growth_score == GrowthScore::uniform) {
      layer.grown = uniform_cells(mask, wanted, stream(0));
    } else if (settings_.growth == Selection::best) {
      layer.grown = best_scored_cells(mask, link_score(settings_.growth_score), wanted, stream(0), request.control);
    } else {
      layer.grown = sampled_cells(mask, link_score(settings_.growth_score), wanted, stream, request.control);
    }
  }
}

void ComposedRule::grow_by_gradient(const RewiringRequest& request, std::vector<Layer>& layers) const {
  std::vector<std::size_t> places;
  std::vector<LargestChoice> choices;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    choices.emplace_back(layers[i].to_grow(), layers[i].random(growth_stream));
    if (layers[i].to_grow() > 0) places.push_back(i);
  }
  if (places.empty()) return;
  const auto offer = [&](std::size_t i, NodeIndex output, std::span<const float> gradients) {
    for_each_free_cell(layers[i].now.mask, output, gradients, [&](std::uint64_t cell, float gradient) {
      choices[i].offer(cell, std::abs(static_cast<double>(gradient)));
    });
  };
  request.gradients.cells(places, settings_.gradient_batches, offer);
  for (const std::size_t i : places) layers[i].grown = choices[i].chosen();
}

void settle(std::span<std::int64_t> settled, std::span<const StageCounts> counts, double share) {
  for (std::size_t layer = 0; layer < counts.size(); ++layer) {
    const auto again = static_cast<double>(counts[layer].regrown_again);
    if (again > share * static_cast<double>(counts[layer].regrown)) settled[layer] = 1;
  }
}

RewiringResult ComposedRule::rewired(const RewiringRequest& request) {
  std::vector<Layer> layers;
  std::vector<std::int64_t> first_links = first_links_;
  for (std::size_t i = 0; i < request.layers.size(); ++i) {
    const SparseLayer& layer = request.layers[i];
    Random random = request.random(i);
    layers.push_back({{layer.mask, {layer.weights.begin(), layer.weights.end()}}, LayerStreams(random)});
    if (first_links_.empty()) first_links.push_back(static_cast<std::int64_t>(layer.mask.link_count()));
  }
  const RewiringSchedule& schedule = settings_.schedule;
  const bool rewires = moves_links(request.at);
  if (schedule.decay != DensityDecay::none) prune(request, layers);
  for (Layer& layer : layers) layer.pruned = layer.now.mask;
  if (rewires && settings_.heads == HeadRewiring::together) move_links(request, layers);
  if (rewires && settings_.heads == HeadRewiring::apart) move_links_of_heads(request, layers);

  RewiringResult result;
  std::vector<LastWeights> last_weights = last_weights_;
  if (settings_.historical_weights) last_weights.resize(layers.size());
  std::vector<StageCounts> counts;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    Layer& layer = layers[i];
    layer.counts.regrown = layer.grown.size();
    layer.counts.regrown_again = linked(layer.pruned, layer.grown);  // what is grown has no link after (3)
    counts.push_back(layer.counts);
    RewiredLayer& made =
        result.layers.emplace_back(RewiredLayer{with_cells(layer.now.mask, layer.grown), layer.counts});
    if (settings_.historical_weights) {
      made.grown_weights = last_weights[i].exchange(request.layers[i].mask, request.layers[i].weights, made.mask);
    }
  }
  if (rewires) {
    result.numbers.push_back({"zeta", schedule.zeta_at(request.at)});
    if (settings_.removal == Selection::sampled) result.numbers.push_back({"tau", schedule.tau_at(request.at)});
  }
  request.control.check();
  first_links_ = std::move(first_links);
  last_weights_ = std::move(last_weights);
  if (settings_.settled_share < 1.0) {
    settled_.resize(counts.size(), 0);
    settle(settled_, counts, settings_.settled_share);
  }
  return result;
}

}  // namespace dnm
