// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/models/dendritic_neuron.h"

// What a distribution of the Dendritic Network Model became in the network that was drawn from it.
namespace dnm {

/// How often each value was drawn. All numbers are those of the values, not of the bins.
struct DrawnHistogram {
  std::uint64_t count = 0;
  double mean = 0.0;
  double standard_deviation = 0.0;  ///< of all `count` values: the root of the mean squared deviation
  double minimum = 0.0;
  double maximum = 0.0;

  double low = 0.0, high = 1.0;         ///< the axis: from 0 to a round number, half a unit more for whole numbers
  std::vector<std::uint64_t> bins{};    ///< of equal width from low to high; those of whole numbers hold as many each
  std::string first_label, last_label;  ///< of the ends of the axis
  std::string text{};                   ///< all of this in words, for whom a picture says nothing
  bool operator==(const DrawnHistogram&) const = default;
};

/// Whether `parameter` is the id of a distribution that is drawn: degree, dendrites, receptive-field or synapses.
[[nodiscard]] bool is_drawn_quantity(std::string_view parameter);

/// The values of that parameter in `layers` (from 0) of the network, together; nothing if there are none. `draws`: of
/// all layers of the network. O(values).
[[nodiscard]] std::optional<DrawnHistogram> drawn_histogram(std::string_view parameter,
                                                            const std::vector<LayerDraws>& draws,
                                                            const std::vector<std::size_t>& layers);

/// The layers (from 0) that a parameter speaks for when it is set for `layer` alone, or for all that have no value of
/// their own.
[[nodiscard]] std::vector<std::size_t> layers_set_by(const ModelParameters& parameters, std::string_view parameter,
                                                     std::optional<std::size_t> layer);

}  // namespace dnm
