// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/figure_presets.h"

namespace dnm {

namespace {

constexpr FigurePreset rows[] = {
    {"poster-characterization",
     "The poster's four networks a to d: matrices, layers, hyperbolic disk and measures of each",
     "poster-a:all poster-b:all / poster-c:all poster-d:all", "nature-2"},
    {"poster-best",
     "The best setting that a search has found for Fashion-MNIST: matrices, layers and measures at the size it trains "
     "in; its accuracy comes from training it (dnm compare)",
     "searched-fashion-mnist:matrix / searched-fashion-mnist:layers searched-fashion-mnist:measures", "nature-2"},
};

}  // namespace

std::span<const FigurePreset> figure_presets() { return rows; }

}  // namespace dnm
