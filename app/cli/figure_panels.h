// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <stop_token>
#include <string>

#include "app/cli/network_options.h"
#include "core/measures/measure.h"
#include "viz/figure/figure_module.h"

namespace dnm::cli {

/// What of a panel is to be computed.
struct PanelContent {
  bool embedding = true;
  std::optional<MeasureSettings> measures{};  ///< nothing: no caption
};

/// Embeds and measures a network for one panel of a figure, with a line of progress.
[[nodiscard]] FigurePanel make_panel(const std::string& title, const SourceNetwork& source, const PanelContent& content,
                                     std::stop_token stop);

}  // namespace dnm::cli
