// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/models/dnm_blocks.h"
#include "core/models/initialiser.h"
#include "core/models/uniform_cells.h"

// One neuron of the Dendritic Network Model as it is drawn (manual: methods/model): the same steps make a layer's links
// and explain them.
namespace dnm {

/// What is drawn for all neurons of a layer before any link is placed.
struct DnmQuantities {
  LayerStreams streams;
  std::vector<NodeIndex> degrees;    ///< k_j
  std::vector<double> alpha;         ///< of the receptive fields
  std::vector<NodeIndex> dendrites;  ///< M_j
};
/// O(n_out + links). Throws Cancelled.
[[nodiscard]] DnmQuantities draw_dnm_quantities(const LayerRequest& request);

/// The quantities of a layer as numbers, and the synapses of every dendrite.
struct LayerDraws {
  std::vector<NodeIndex> degrees{};             ///< k_j, by output neuron
  std::vector<NodeIndex> dendrites{};           ///< M_j; 0 where k_j = 0
  std::vector<double> alpha{};                  ///< of the receptive fields
  std::vector<std::uint64_t> synapse_counts{};  ///< by n_m: how many dendrites of the layer have that many synapses
  double rewiring = 0.0;                        ///< probability with which each link was moved afterwards
};
/// What generate() draws for layer `layer` (its mask, from 0) of these parameters. O(n_out + links of the layer).
/// Throws InvalidInput for another initialiser, or where there is no such layer; Cancelled.
[[nodiscard]] LayerDraws draws_of_layer(const ModelParameters& parameters, std::size_t layer,
                                        const TaskControl& control = {});

/// A dendrite: its place among the inputs, its synapses, and the block of consecutive inputs that these became.
struct Dendrite {
  std::int64_t position = 0;  ///< g_m, not reduced to the ring
  NodeIndex synapses = 0;     ///< n_m
  std::int64_t start = 0;     ///< of the block, not reduced to the ring
  NodeIndex size = 0;         ///< of the block; 0: it found no room, or has no synapses
};

/// Before random rewiring.
struct DendriticNeuron {
  NodeIndex degree = 0;
  double alpha = 0.0;
  Border border = Border::wrap;
  double rewiring = 0.0;  ///< probability with which each of its links was moved afterwards
  ReceptiveWindow window{};
  std::vector<Dendrite> dendrites{};  ///< in the order of their positions
  std::vector<NodeIndex> inputs{};    ///< its links, ascending: those in blocks, and those that found room beside them
};

/// The neuron `output` of layer `layer` (its mask, from 0), drawn again from the parameters. O(n_out + links of the
/// layer). Throws InvalidInput for another initialiser, or where there is no such neuron.
[[nodiscard]] DendriticNeuron draw_dendritic_neuron(const ModelParameters& parameters, std::size_t layer,
                                                    NodeIndex output, const TaskControl& control = {});

}  // namespace dnm
