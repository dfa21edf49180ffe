// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/pins/pin_edits.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "app/workspace/experiments/experiment_words.h"
#include "app/workspace/words.h"
#include "core/models/initialiser.h"
#include "core/parameters/number_text.h"
#include "core/support/error.h"

namespace dnm {

namespace {

constexpr const char* random_id = "random";

/// Names of pins stand in one line.
std::string name_of(const ModelParameters& parameters, const Shown& shown) {
  WorkspaceState state;
  state.parameters = parameters;
  state.shown = shown;
  return one_line(network_name(state));
}

bool is_taken(const Pins& pins, const std::string& name) {
  return std::ranges::find(pins.list, name, &Pin::name) != pins.list.end();
}

/// Names that follow from the parameters leave the seed out.
std::string unused_name(const Pins& pins, const Pin& pin) {
  std::string name = pin.name;
  if (is_taken(pins, name) && std::holds_alternative<ShownModel>(pin.shown))
    name += ", seed " + std::to_string(pin.parameters.seed);
  const std::string base = name;
  for (int count = 2; is_taken(pins, name); ++count) name = base + " (" + std::to_string(count) + ")";
  return name;
}

/// The sparsity of each layer, so that link_count_of_layer() gives its links again.
std::string sparsities_of(const Network& network) {
  std::string text;
  for (std::size_t layer = 0; layer < network.masks().size(); ++layer) {
    const Mask& mask = network.masks()[layer];
    if (mask.link_count() == 0) {
      throw InvalidInput("there is no random network of the same sparsity: layer " + std::to_string(layer + 1) +
                         " has no links");
    }
    const double cells = static_cast<double>(mask.n_in) * static_cast<double>(mask.n_out);
    text += (text.empty() ? "" : ",") + format_real(1.0 - static_cast<double>(mask.link_count()) / cells);
  }
  return text;
}

/// Without the values that layers have of what a random network does not follow.
void keep_sparsities(ModelParameters& parameters) {
  for (auto& [layer, values] : parameters.overrides)
    std::erase_if(values, [](const auto& value) { return value.first != "sparsity"; });
  std::erase_if(parameters.overrides, [](const auto& layer) { return layer.second.empty(); });
}

}  // namespace

Pin pin_of(const WorkspaceState& state) {
  Pin pin{{}, state.parameters, as_pinned(state.shown)};
  pin.name = name_of(pin.parameters, pin.shown);
  return pin;
}

Pin random_pin(const WorkspaceState& state, const NetworkPointer& network) {
  Pin pin{{}, state.parameters, ShownModel{}};
  pin.parameters.initialiser = random_id;
  if (is_drawn(state) && initialiser(state.parameters.initialiser).meets_sparsity) {
    keep_sparsities(pin.parameters);
  } else {
    if (!network) throw InvalidInput("there is no network yet; wait until it is there");
    if (!network->is_layered())
      throw InvalidInput("there is no random network of the same sparsity: this network has no layers");
    pin.parameters.overrides.clear();
    pin.parameters.layer_sizes = network->layer_sizes();
    pin.parameters.allocation = sparsities_of(*network);
    pin.name = "Random, as sparse as " + name_of(state.parameters, state.shown);
  }
  check_parameters(pin.parameters);
  if (pin.name.empty()) pin.name = name_of(pin.parameters, pin.shown);
  return pin;
}

std::size_t place_of(const Pins& pins, const Pin& network) {
  const auto found = std::ranges::find_if(pins.list, [&](const Pin& pin) { return same_network(pin, network); });
  return static_cast<std::size_t>(found - pins.list.begin());
}

Pins with_pin(Pins pins, Pin pin) {
  if (place_of(pins, pin) < pins.list.size()) return pins;
  pin.name = unused_name(pins, pin);
  pins.list.push_back(std::move(pin));
  return pins;
}

Pins without_pin(Pins pins, std::size_t place) {
  pins.list.erase(pins.list.begin() + static_cast<std::ptrdiff_t>(place));
  if (pins.reference == place) {
    pins.reference = 0;
  } else if (pins.reference > place) {
    --pins.reference;
  }
  return pins;
}

Pins with_moved_pin(Pins pins, std::size_t from, std::size_t to) {
  const auto at = [&](std::size_t place) { return pins.list.begin() + static_cast<std::ptrdiff_t>(place); };
  if (from < to) {
    std::rotate(at(from), at(from + 1), at(to + 1));
  } else {
    std::rotate(at(to), at(from), at(from + 1));
  }
  if (pins.reference == from) {
    pins.reference = to;
  } else if (from < pins.reference && to >= pins.reference) {
    --pins.reference;
  } else if (from > pins.reference && to <= pins.reference) {
    ++pins.reference;
  }
  return pins;
}

WorkspaceState with_network_of(WorkspaceState state, const Pin& pin) {
  state.parameters = pin.parameters;
  state.shown = pin.shown;
  return state;
}

}  // namespace dnm
