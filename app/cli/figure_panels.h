// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>
#include <string>
#include <string_view>

#include "app/cli/network_options.h"
#include "app/workspace/view_settings.h"
#include "viz/figure/figure_module.h"

namespace dnm::cli {

/// Which measures a panel is made with: those below its pictures too, or those alone that its pictures show.
enum class PanelMeasures { all, pictures };

/// Embeds and measures a network for one panel of a figure, as far as the picture `panel` needs it ("all": everything,
/// with the measures as caption). Shows a line of progress.
[[nodiscard]] FigurePanel make_panel(const std::string& title, const SourceNetwork& source, std::string_view panel,
                                     const ViewSettings& view, std::stop_token stop,
                                     PanelMeasures measures = PanelMeasures::all);

/// Lets the neurons of a NeuronQuery stand out in the panel. Throws InvalidInput where it means none.
void select_neurons(FigurePanel& panel, std::string_view query);

}  // namespace dnm::cli
