// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/network/network.h"
#include "core/parameters/parameter.h"

namespace dnm {

enum class Border { wrap, bounded };
enum class Fill { window, anywhere };
/// Which neurons of a layer have receptive fields of their own.
enum class Side { output, smaller };
/// Where the most salient links are looked for.
enum class SnipScope { network, layer };

/// What may differ from layer to layer.
struct LayerParameters {
  double sparsity = 0.9;
  Distribution degree{Family::fixed, 0.0, {}};           ///< the mean degree follows from the sparsity
  Distribution dendrites{Family::fixed, 3.0, {}};        ///< mean M
  Distribution receptive_field{Family::fixed, 1.0, {}};  ///< mean alpha in [0, 1]
  Distribution synapses{Family::fixed, 0.0, {}};         ///< the mean is k_j / M_j
  Border border = Border::wrap;
  Fill fill = Fill::window;
  double rewiring = 0.0;  ///< probability p
  double beta = 0.25;     ///< BSW: share of links moved at random
  double range = 0.25;    ///< BRF: r, from the nearest inputs (0) to any (1)
  Side side = Side::output;
  bool operator==(const LayerParameters&) const = default;
};

/// All that a network is drawn from: same parameters, same network, bit for bit.
struct ModelParameters {
  std::string initialiser = "dnm";  ///< id in initialiser_table()
  std::vector<NodeIndex> layer_sizes{98, 196, 196};
  std::uint64_t seed = 0;
  LayerParameters shared{};
  std::string allocation = "uniform";  ///< of the links to the layers; see parse_allocation
  SnipScope snip_scope = SnipScope::network;
  std::string data_set = "fashion-mnist";  ///< what CSTI and SNIP learn from
  std::string data_folder{};               ///< of its files; empty: where the system keeps them
  /// layer index (from 0) -> parameter id -> value; only rows with `per_layer`.
  std::map<std::size_t, std::map<std::string, ParameterValue, std::less<>>> overrides{};

  [[nodiscard]] std::size_t layer_count() const { return layer_sizes.empty() ? 0 : layer_sizes.size() - 1; }
  /// The shared parameters with the overrides of `layer` applied.
  [[nodiscard]] LayerParameters of_layer(std::size_t layer) const;
  bool operator==(const ModelParameters&) const = default;
};

/// In display order. Add a parameter: one field above, one row in parameter_table.cpp.
[[nodiscard]] const ParameterTable<ModelParameters>& model_parameter_table();

/// Sets one parameter from text; "2=spatial-gaussian:2" sets it for layer 2 alone (layers counted from 1),
/// "2=" gives it the shared value again. Shortening the list of layers drops the overrides of those that go.
/// Throws InvalidInput; `parameters` is then unchanged.
void set_from_text(ModelParameters& parameters, std::string_view id, std::string_view text);
/// id -> text for every row that applies (overrides as "id" with "layer=" prefix, in order); the inverse of
/// set_from_text.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> to_texts(const ModelParameters& parameters);
/// The options that make this network again: "--model dnm --layers 98,196,196 …", quoted for a shell where needed.
[[nodiscard]] std::string to_command_line(const ModelParameters& parameters);

/// Throws InvalidInput for a value out of range, fewer than two layers, an empty layer, more than 2^31 - 1 neurons, an
/// override of a layer that is not there, or a sparsity that leaves a layer without any link.
void check_parameters(const ModelParameters& parameters);
/// T = round((1-s)·n_in·n_out), half to even: the exact number of links of one layer.
[[nodiscard]] std::uint64_t link_count_of_layer(double sparsity, NodeIndex n_in, NodeIndex n_out);

}  // namespace dnm
