// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "viz/scenes/network_scene.h"

namespace dnm {

/// What the colours of a picture mean: named dots, a colour bar, or words alone.
struct Legend {
  struct Entry {
    std::string words;
    Color color;
    bool has_mark = true;
    std::string_view mark{"●"};
  };
  std::string title{};           ///< before the entries or the bar; may be empty
  std::vector<Entry> entries{};  ///< wrapped into lines that fit
  std::vector<Color> bar{};      ///< colours of the bar from left to right; empty: none
  std::uint32_t bar_rows = 1;    ///< of several kinds: strips on each other, the first one on top
  std::vector<std::pair<double, std::string>> ticks{};  ///< place on the bar in [0, 1] and what stands there

  [[nodiscard]] bool is_empty() const { return title.empty() && entries.empty() && bar.empty(); }
};

/// Room it takes below a picture, in points.
[[nodiscard]] double legend_height(const Legend& legend, const SceneOptions& options);
/// Centres it `below` points under the bounds of `scene`, whose margins must be set. Where one axis alone is magnified,
/// it stays there.
void add_legend(Scene& scene, const Legend& legend, const SceneOptions& options, double below);

}  // namespace dnm
