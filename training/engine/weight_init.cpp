// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/engine/weight_init.h"

#include <cmath>
#include <string>

#include "core/network/random.h"
#include "core/support/error.h"
#include "training/engine/random_streams.h"

namespace dnm {
namespace {

double variance(std::string_view rule, const Mask& mask, NodeIndex output) {
  const auto links = static_cast<double>(mask.link_count());
  if (rule == "swi") return 2.0 * mask.n_out / links;
  if (rule == "per-neuron") return 2.0 / static_cast<double>(mask.row(output).size());
  if (rule == "kaiming") return 2.0 / mask.n_in;
  if (rule == "fan-out") return 2.0 * mask.n_in / links;
  throw InvalidInput("there is no weight start \"" + std::string(rule) +
                     "\"; there are swi, per-neuron, kaiming and fan-out");
}

}  // namespace

ModelState first_state(const std::vector<Mask>& masks, std::string_view rule, std::uint64_t seed,
                       const TaskControl& control) {
  ModelState state(masks.size());
  for (std::size_t i = 0; i < masks.size(); ++i) {
    const Mask& mask = masks[i];
    Random random(seed, training_stream(TrainingStream::weights, i));
    std::vector<float>& weights = state[i].values.weights;
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
    std::vector<float>& biases = state[i].values.biases;
    biases.reserve(mask.n_out);
    for (NodeIndex output = 0; output < mask.n_out; ++output) {
      biases.push_back(static_cast<float>(random.uniform(-bound, bound)));
    }
    state[i].momentum.weights.assign(mask.link_count(), 0.0F);
    state[i].momentum.biases.assign(mask.n_out, 0.0F);
  }
  return state;
}

}  // namespace dnm
