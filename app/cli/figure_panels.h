// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <stop_token>
#include <string>
#include <string_view>

#include "app/cli/network_options.h"
#include "app/workspace/view_settings.h"
#include "viz/figure/figure_module.h"

namespace dnm::cli {

/// Which measures a network is made with: those below its pictures too, or those alone that its pictures show.
enum class PanelMeasures { all, pictures };

/// Embeds and measures a network for a figure, as far as these panels of it need that ("all": everything, with the
/// measures below). Shows a line of progress.
[[nodiscard]] FigureNetwork make_network(const std::string& title, const SourceNetwork& source,
                                         std::span<const std::string_view> panels, const ViewSettings& view,
                                         std::stop_token stop, PanelMeasures measures = PanelMeasures::all);

/// Lets the neurons of a NeuronQuery stand out in the pictures; the first of them that has dendrites is that of
/// neuron_panel. Throws InvalidInput where it means none.
void select_neurons(FigureNetwork& network, const SourceNetwork& source, std::string_view query);

}  // namespace dnm::cli
