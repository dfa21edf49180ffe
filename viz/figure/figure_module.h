// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/measures/measure.h"
#include "viz/scenes/chart_scene.h"
#include "viz/scenes/comparison_scene.h"
#include "viz/scenes/heat_map_scene.h"
#include "viz/scenes/network_scene.h"

namespace dnm {

/// One network of a figure: its pictures, the measures under them.
struct FigurePanel {
  std::string title;  ///< "b  standard"; may be empty
  SceneInput input;
  std::vector<Measurement> measures;  ///< in the order of measure_table(); empty: no caption
  std::vector<NodeIndex> selected{};  ///< neurons that stand out, as on the screen
};

/// Whether the measures of the network stand below the pictures of a panel.
[[nodiscard]] constexpr bool has_measures_below(std::string_view panel) { return panel == all_pictures; }

struct FigureRequest {
  std::vector<FigurePanel> panels;  ///< several are laid out in a grid
  std::string panel{all_pictures};  ///< an id of panel_choices()
  double width_mm = 183.0;
  SceneOptions options{};
  std::string session_json{};  ///< carried in the file: opening the figure restores it
  std::string command_line{};  ///< carried in the file: what makes it again
};

/// A network at one moment after the other: figures of which each has one panel, all drawn in the size of the first.
struct AnimationRequest {
  FigureRequest figure{};  ///< all but its panels
  std::size_t frames = 0;
  std::function<FigurePanel(std::size_t frame)> panel{};  ///< of each frame, asked for in order
  double frame_seconds = 0.2;                             ///< the last frame stays two seconds
  std::string title{};                                    ///< of the file
};

/// Charts of training runs or of a sweep, on white in the print palette, one kind below the other.
struct ChartFigureRequest {
  std::vector<Chart> curves{};             ///< beside each other
  std::vector<HeatMap> maps{};             ///< beside each other
  std::optional<Comparison> comparison{};  ///< as many rows as it has groups
  double width_mm = 183.0;
  std::string title{};         ///< of the file, for readers of its properties; not painted
  std::string session_json{};  ///< carried in the file: opening the figure restores it; may be empty
  std::string command_line{};  ///< carried in the file: what makes its runs again
};

/// Figures as other libraries see them; loaded at first use by the command line, since Qt takes a while.
class FigureModule {
 public:
  virtual ~FigureModule() = default;
  /// Writes .svg, .pdf or .png (300 dpi at `width_mm`), whole or not at all. Throws InvalidInput (other extension,
  /// width), FileError. Returns notices ("text under 5 pt at this width").
  virtual std::vector<std::string> write(const std::filesystem::path& path, const FigureRequest& request) = 0;
  /// The same for charts.
  virtual std::vector<std::string> write(const std::filesystem::path& path, const ChartFigureRequest& request) = 0;
  /// Writes .gif or .webp, whole or not at all. Throws as the others, and what `panel` throws.
  virtual std::vector<std::string> write(const std::filesystem::path& path, const AnimationRequest& request) = 0;
  /// The session carried by a figure this program wrote; throws FileError when there is none.
  [[nodiscard]] virtual std::string session_of(const std::filesystem::path& path) = 0;
};
/// Exported by the module as `dnm_figure_module`; the object lives as long as the program.
using FigureModuleEntry = FigureModule* (*)();

}  // namespace dnm
