// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/layers/weight_init.h"

#include <cmath>
#include <utility>
#include <vector>

#include "core/network/random.h"
#include "training/support/random_streams.h"

namespace dnm {
namespace {

constexpr Choice choices[] = {
    {"swi", "Sparse (SWI)",
     "Every layer draws from N(0, 2/((1-s)·n_in)), so that sparse layers keep the signal's size."},
    {"per-neuron", "Per neuron", "Each neuron draws from N(0, 2/k_j), k_j being its own number of links."},
    {"kaiming", "Kaiming", "Every layer draws from N(0, 2/n_in), as a dense layer would."},
    {"fan-out", "Sparse, fan-out", "Every layer draws from N(0, 2/((1-s)·n_out)), as in the method's published code."},
};

double variance(WeightInit rule, const Mask& mask, NodeIndex output) {
  const auto links = static_cast<double>(mask.link_count());
  switch (rule) {
    case WeightInit::swi:
      return 2.0 * mask.n_out / links;
    case WeightInit::per_neuron:
      return 2.0 / static_cast<double>(mask.row(output).size());
    case WeightInit::kaiming:
      return 2.0 / mask.n_in;
    case WeightInit::fan_out:
      return 2.0 * mask.n_in / links;
  }
  return 0.0;
}

}  // namespace

std::span<const Choice> weight_init_choices() { return choices; }

ModelState first_state(std::span<const NamedMask> layers, WeightInit rule, std::uint64_t seed, std::size_t slots,
                       const TaskControl& control) {
  ModelState state;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const Mask& mask = layers[i].mask;
    Random random(seed, training_stream(TrainingStream::weights, i));
    std::vector<float> weights;
    weights.reserve(mask.link_count());
    for (NodeIndex output = 0; output < mask.n_out; ++output) {
      control.check();
      if (mask.row(output).empty()) continue;
      const double deviation = std::sqrt(variance(rule, mask, output));
      for (std::size_t link = 0; link < mask.row(output).size(); ++link) {
        weights.push_back(static_cast<float>(random.normal(0.0, deviation)));
      }
    }
    const double bound = 1.0 / std::sqrt(static_cast<double>(mask.n_in));
    std::vector<float> biases;
    biases.reserve(mask.n_out);
    for (NodeIndex output = 0; output < mask.n_out; ++output) {
      biases.push_back(static_cast<float>(random.uniform(-bound, bound)));
    }
    const auto add = [&](const char* ending, std::vector<float> values) {
      const std::size_t size = values.size();
      state.push_back({layers[i].name + ending, std::move(values), {slots, std::vector<float>(size, 0.0F)}});
    };
    add(".weight", std::move(weights));
    add(".bias", std::move(biases));
  }
  return state;
}

}  // namespace dnm
