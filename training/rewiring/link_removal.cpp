// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/rewiring/link_removal.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace dnm {

std::span<const Choice> removal_score_choices() {
  static constexpr std::array choices{
      Choice{"magnitude", "Magnitude", "The size of the weight, |w|."},
      Choice{"relative-importance", "Relative importance",
             "|w| as a share of the weights into its output neuron, plus its share of those out of its input neuron."},
  };
  return choices;
}

std::vector<double> removal_scores(const Mask& mask, std::span<const float> weights, RemovalScore score) {
  std::vector<double> scores(weights.size());
  std::transform(weights.begin(), weights.end(), scores.begin(),
                 [](float weight) { return std::abs(static_cast<double>(weight)); });
  if (score == RemovalScore::magnitude) return scores;
  std::vector<double> of_input(mask.n_in, 0.0), of_output(mask.n_out, 0.0);
  const auto for_each_link = [&mask](const auto& visit) {
    for (NodeIndex output = 0; output < mask.n_out; ++output) {
      for (std::uint64_t link = mask.row_begin[output]; link < mask.row_begin[output + 1]; ++link) {
        visit(link, output, mask.columns[link]);
      }
    }
  };
  for_each_link([&](std::uint64_t link, NodeIndex output, NodeIndex input) {
    of_input[input] += scores[link];
    of_output[output] += scores[link];
  });
  for_each_link([&](std::uint64_t link, NodeIndex output, NodeIndex input) {
    const double size = scores[link];
    scores[link] = size > 0.0 ? size / of_input[input] + size / of_output[output] : 0.0;
  });
  return scores;
}

std::uint64_t removed_count(double zeta, std::uint64_t links) {
  if (links == 0) return 0;
  return std::min(static_cast<std::uint64_t>(zeta * static_cast<double>(links)), links - 1);
}

void keep_links(WeightedMask& layer, std::span<const std::uint64_t> places) {
  Mask& mask = layer.mask;
  std::size_t next = 0;
  std::uint64_t row_end = mask.row_begin.front();
  for (NodeIndex output = 0; output < mask.n_out; ++output) {
    row_end = mask.row_begin[output + 1];
    mask.row_begin[output] = next;
    for (; next < places.size() && places[next] < row_end; ++next) {
      mask.columns[next] = mask.columns[places[next]];
      layer.weights[next] = layer.weights[places[next]];
    }
  }
  mask.row_begin[mask.n_out] = next;
  mask.columns.resize(next);
  layer.weights.resize(next);
}

}  // namespace dnm
