// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/drawn_histogram.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

#include "core/support/digits.h"

namespace dnm {

namespace {

constexpr std::uint64_t most_bins = 60;
constexpr std::size_t bins_of_fractions = 40;
constexpr double headroom = 1.1;  // above the largest value
constexpr int significant_digits = 4;

using Take = std::function<void(double value, std::uint64_t count)>;

struct DrawnQuantity {
  std::string_view parameter;
  std::string_view symbol;
  std::string_view of;  ///< what has one value each
  bool is_fraction;
  void (*visit)(const LayerDraws& draws, const Take& take);
};

/// Neurons without links have no dendrites, which is no number of dendrites that was drawn.
constexpr std::array<DrawnQuantity, 4> quantities{{
    {"degree", "k_j", "neuron", false,
     [](const LayerDraws& draws, const Take& take) {
       for (const NodeIndex degree : draws.degrees) take(degree, 1);
     }},
    {"dendrites", "M_j", "neuron", false,
     [](const LayerDraws& draws, const Take& take) {
       for (const NodeIndex dendrites : draws.dendrites)
         if (dendrites > 0) take(dendrites, 1);
     }},
    {"receptive-field", "α_j", "neuron", true,
     [](const LayerDraws& draws, const Take& take) {
       for (const double alpha : draws.alpha) take(alpha, 1);
     }},
    {"synapses", "n_m", "dendrite", false,
     [](const LayerDraws& draws, const Take& take) {
       for (std::size_t synapses = 0; synapses < draws.synapse_counts.size(); ++synapses)
         if (draws.synapse_counts[synapses] > 0) take(static_cast<double>(synapses), draws.synapse_counts[synapses]);
     }},
}};

const DrawnQuantity* find_quantity(std::string_view parameter) {
  const auto found = std::ranges::find(quantities, parameter, &DrawnQuantity::parameter);
  return found == quantities.end() ? nullptr : &*found;
}

/// The least of 1, 1.5, 2, 3, 4, 5, 6, 8, 10, 15, … that is a whole number and not below `value`, so that the axis
/// changes seldom while a slider moves.
std::uint64_t round_end(double value) {
  for (double decade = 1.0;; decade *= 10.0) {
    for (const double figure : {1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0}) {
      const double end = figure * decade;
      if (end >= value && end == std::floor(end)) return static_cast<std::uint64_t>(end);
    }
  }
}

/// "layer 2", "layers 1, 2 and 4", "layers 1 to 3".
std::string layers_words(const std::vector<std::size_t>& layers) {
  const auto number = [](std::size_t layer) { return std::to_string(layer + 1); };
  if (layers.size() == 1) return "layer " + number(layers.front());
  if (layers.back() - layers.front() + 1 == layers.size())
    return "layers " + number(layers.front()) + (layers.size() == 2 ? " and " : " to ") + number(layers.back());
  std::string text = "layers ";
  for (std::size_t i = 0; i < layers.size(); ++i)
    text += (i == 0 ? "" : i + 1 == layers.size() ? " and " : ", ") + number(layers[i]);
  return text;
}

/// Four significant digits, and whole thousands.
std::string number(double value) {
  return value < 1000.0 ? with_significant(value, significant_digits)
                        : with_commas(static_cast<std::uint64_t>(std::llround(value)));
}

void set_axis(DrawnHistogram& histogram, bool is_fraction) {
  if (is_fraction) {
    histogram.bins.resize(bins_of_fractions);
    histogram.last_label = "1";
  } else {
    const std::uint64_t end = round_end(headroom * histogram.maximum);
    const std::uint64_t width = (end + most_bins) / most_bins;
    histogram.bins.resize(end / width + 1);
    histogram.low = -0.5;
    histogram.high = static_cast<double>(histogram.bins.size() * width) - 0.5;
    histogram.last_label = with_commas(end);
  }
  histogram.first_label = "0";
}

}  // namespace

bool is_drawn_quantity(std::string_view parameter) { return find_quantity(parameter) != nullptr; }

std::optional<DrawnHistogram> drawn_histogram(std::string_view parameter, const std::vector<LayerDraws>& draws,
                                              const std::vector<std::size_t>& layers) {
  const DrawnQuantity* quantity = find_quantity(parameter);
  if (!quantity) return {};
  const auto visit = [&](const Take& take) {
    for (const std::size_t layer : layers) quantity->visit(draws.at(layer), take);
  };
  DrawnHistogram found;
  double sum = 0.0;
  visit([&](double value, std::uint64_t count) {
    found.minimum = found.count == 0 ? value : std::min(found.minimum, value);
    found.maximum = found.count == 0 ? value : std::max(found.maximum, value);
    found.count += count;
    sum += value * static_cast<double>(count);
  });
  if (found.count == 0) return {};
  found.mean = sum / static_cast<double>(found.count);
  set_axis(found, quantity->is_fraction);
  const double scale = static_cast<double>(found.bins.size()) / (found.high - found.low);
  double squares = 0.0;
  visit([&](double value, std::uint64_t count) {
    squares += (value - found.mean) * (value - found.mean) * static_cast<double>(count);
    const auto bin = static_cast<std::size_t>((value - found.low) * scale);
    found.bins[std::min(bin, found.bins.size() - 1)] += count;
  });
  found.standard_deviation = std::sqrt(squares / static_cast<double>(found.count));

  found.text = std::string(quantity->symbol) + " as drawn in " + layers_words(layers) +
               ": N = " + counted(found.count, quantity->of) + ", mean " + number(found.mean) +
               ", standard deviation " + number(found.standard_deviation) + ", minimum " + number(found.minimum) +
               ", maximum " + number(found.maximum);
  if (std::ranges::any_of(layers, [&](std::size_t layer) { return draws.at(layer).rewiring > 0.0; }))
    found.text += ", before links were rewired";
  return found;
}

std::vector<std::size_t> layers_set_by(const ModelParameters& parameters, std::string_view parameter,
                                       std::optional<std::size_t> layer) {
  if (layer) return {*layer};
  std::vector<std::size_t> layers;
  for (std::size_t i = 0; i < parameters.layer_count(); ++i) {
    const auto own = parameters.overrides.find(i);
    if (own == parameters.overrides.end() || !own->second.contains(parameter)) layers.push_back(i);
  }
  return layers;
}

}  // namespace dnm
