// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/model_parameters.h"

#include <algorithm>
#include <charconv>
#include <numeric>

#include "core/models/allocation.h"
#include "core/parameters/parameter_table.h"
#include "core/support/error.h"
#include "core/support/portable_math.h"
#include "core/support/shell_word.h"

namespace dnm {

namespace {

constexpr std::uint64_t most_neurons = 2147483647;

std::string layer_name(std::size_t layer) { return "layer " + std::to_string(layer + 1); }

/// The layer that "2=…" names, counted from 0, with the text after the equals sign; nothing when it names none.
std::optional<std::pair<std::size_t, std::string_view>> layer_prefix(std::string_view id, std::string_view text) {
  const auto equals = text.find('=');
  if (equals == std::string_view::npos) return std::nullopt;
  std::size_t layer = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + equals, layer);
  if (error != std::errc() || end != text.data() + equals || layer == 0) {
    throw InvalidInput(std::string(id) + ": \"" + std::string(text.substr(0, equals)) +
                       "\" is not a layer; write its number, counted from 1, before the equals sign");
  }
  return std::pair{layer - 1, text.substr(equals + 1)};
}

void check_layer_sizes(const ModelParameters& parameters) {
  const std::vector<NodeIndex>& sizes = parameters.layer_sizes;
  if (sizes.size() < 2)
    throw InvalidInput("layers: a network needs at least two layers; give their sizes as 98,196,196");
  const auto empty = std::find(sizes.begin(), sizes.end(), 0U);
  if (empty != sizes.end()) {
    throw InvalidInput("layers: number " + std::to_string(empty - sizes.begin() + 1) +
                       " has no neurons; every layer needs at least one");
  }
  const std::uint64_t neurons = std::accumulate(sizes.begin(), sizes.end(), std::uint64_t{0});
  if (neurons > most_neurons) {
    throw InvalidInput("layers: " + std::to_string(neurons) + " neurons are more than the " +
                       std::to_string(most_neurons) + " a network may have");
  }
}

void check_overrides(const ModelParameters& parameters) {
  for (const auto& [layer, values] : parameters.overrides) {
    for (const auto& [id, value] : values) {
      const auto& row = model_parameter_table().at(id);
      if (!row.info.per_layer) throw InvalidInput(id + " is the same for all layers; set it without a layer number");
      if (layer >= parameters.layer_count()) {
        throw InvalidInput(id + " is set for " + layer_name(layer) + ", but there are only " +
                           std::to_string(parameters.layer_count()) + " layers of links");
      }
      check_value(row.info, value);
    }
  }
}

}  // namespace

LayerParameters ModelParameters::of_layer(std::size_t layer) const {
  const auto found = overrides.find(layer);
  if (found == overrides.end()) return shared;
  ModelParameters merged;
  merged.shared = shared;
  for (const auto& [id, value] : found->second) model_parameter_table().at(id).set(merged, value);
  return merged.shared;
}

void set_from_text(ModelParameters& parameters, std::string_view id, std::string_view text) {
  const auto& row = model_parameter_table().at(id);
  // A text that is the same for all layers may hold an equals sign of its own.
  const bool is_text = row.info.kind == ParameterKind::text || row.info.kind == ParameterKind::path;
  const bool free_text = is_text && !row.info.per_layer;
  const auto prefix = free_text ? std::nullopt : layer_prefix(id, text);
  if (!prefix) {
    row.set(parameters, parse_value(row.info, text));
    return;
  }
  if (!row.info.per_layer)
    throw InvalidInput(std::string(id) + " is the same for all layers; set it without a layer number");
  const auto [layer, rest] = *prefix;
  if (rest.empty()) {
    const auto of_layer = parameters.overrides.find(layer);
    if (of_layer == parameters.overrides.end()) return;
    if (const auto value = of_layer->second.find(id); value != of_layer->second.end()) of_layer->second.erase(value);
    if (of_layer->second.empty()) parameters.overrides.erase(of_layer);
    return;
  }
  ParameterValue value = parse_value(row.info, rest);
  parameters.overrides[layer].insert_or_assign(std::string(row.info.id), std::move(value));
}

std::vector<std::pair<std::string, std::string>> to_texts(const ModelParameters& parameters) {
  std::vector<std::pair<std::string, std::string>> texts;
  for (const auto& row : model_parameter_table()) {
    if (!model_parameter_table().applies(row, parameters)) continue;
    texts.emplace_back(row.info.id, format_value(row.info, row.get(parameters)));
    for (const auto& [layer, values] : parameters.overrides) {
      const auto value = values.find(row.info.id);
      if (value == values.end()) continue;
      texts.emplace_back(row.info.id, std::to_string(layer + 1) + "=" + format_value(row.info, value->second));
    }
  }
  return texts;
}

std::string to_command_line(const ModelParameters& parameters) {
  std::string line;
  for (const auto& [id, text] : to_texts(parameters)) {
    if (text.empty()) continue;
    line.append(line.empty() ? "--" : " --").append(id).append(" ").append(shell_word(text));
  }
  return line;
}

void check_parameters(const ModelParameters& parameters) {
  check_layer_sizes(parameters);
  model_parameter_table().check(parameters);
  check_overrides(parameters);
  const std::vector<std::uint64_t> links = links_of_layers(parameters);
  for (std::size_t layer = 0; layer < parameters.layer_count(); ++layer) {
    if (links[layer] > 0) continue;
    const double sparsity = parameters.of_layer(layer).sparsity;
    throw InvalidInput("a sparsity of " + format_value(model_parameter_table().at("sparsity").info, sparsity) +
                       " leaves " + layer_name(layer) + " (" + std::to_string(parameters.layer_sizes[layer]) + " × " +
                       std::to_string(parameters.layer_sizes[layer + 1]) +
                       ") without a single link; lower it or enlarge the layer");
  }
}

std::uint64_t link_count_of_layer(double sparsity, NodeIndex n_in, NodeIndex n_out) {
  if (sparsity <= 0.0) return std::uint64_t{n_in} * n_out;
  const double wanted = (1.0 - sparsity) * static_cast<double>(n_in) * static_cast<double>(n_out);
  // From 2^52 on a double is whole already.
  const double links = wanted < 0x1p52 ? round_half_even(wanted) : wanted;
  return std::min(static_cast<std::uint64_t>(links), std::uint64_t{n_in} * n_out);
}

}  // namespace dnm
