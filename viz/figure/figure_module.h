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
#include "viz/figure/figure_grid.h"
#include "viz/figure/page_settings.h"
#include "viz/scenes/chart_scene.h"
#include "viz/scenes/comparison_scene.h"
#include "viz/scenes/heat_map_scene.h"
#include "viz/scenes/network_scene.h"
#include "viz/scenes/neuron_scene.h"
#include "viz/scenes/parallel_scene.h"

namespace dnm {

/// One network of a figure.
struct FigureNetwork {
  std::string title;  ///< "b  standard"; may be empty
  SceneInput input;
  std::vector<Measurement> measures{};    ///< in the order of measure_table(), for below its pictures; empty: none
  std::vector<NodeIndex> selected{};      ///< neurons that stand out, as on the screen
  std::optional<NeuronPicture> neuron{};  ///< whose dendrites neuron_panel shows
};

/// Whether the measures of the network stand below the pictures of a panel.
[[nodiscard]] constexpr bool has_measures_below(std::string_view panel) { return panel == all_pictures; }

/// Charts of training runs or of a sweep, on white in the print palette, one kind below the other.
struct FigureCharts {
  std::string panel;                       ///< the name that cells of the grid have for them
  std::vector<Chart> curves{};             ///< beside each other
  std::vector<HeatMap> maps{};             ///< beside each other
  std::optional<Comparison> comparison{};  ///< as many rows as it has groups
  std::optional<ParallelPlot> parallel{};
};

struct FigureRequest {
  std::vector<FigureNetwork> networks{};
  std::vector<FigureCharts> charts{};
  /// Its cells count `networks`. A panel that both networks and charts have is that of the network.
  FigureGrid grid = grid_of_networks(all_pictures, 1);
  PageSettings page{};
  SceneOptions options{};
  std::string title{};         ///< of the file, for readers of its properties; empty: the titles of the networks
  std::string session_json{};  ///< carried in the file: opening the figure restores it; may be empty
  std::string command_line{};  ///< carried in the file: what makes it again
};

/// A network at one moment after the other: figures of one network each, all drawn in the size of the first.
struct AnimationRequest {
  FigureRequest figure{};  ///< all but its network
  std::size_t frames = 0;
  std::function<FigureNetwork(std::size_t frame)> network{};  ///< of each frame, asked for in order
  double frame_seconds = 0.2;                                 ///< the last frame stays two seconds
};

/// A figure as pixels, for the eye.
struct FigurePreview {
  std::string png;  ///< the bytes of a PNG file
  std::vector<std::string> notices{};
};

/// Figures as other libraries see them; loaded at first use by the command line, since Qt takes a while.
class FigureModule {
 public:
  virtual ~FigureModule() = default;
  /// Writes .svg, .pdf, .png or .tiff, whole or not at all. Throws InvalidInput (other extension, page, a cell without
  /// its network or charts, a font that is not installed), FileError. Returns notices ("text under 5 pt at this
  /// width").
  virtual std::vector<std::string> write(const std::filesystem::path& path, const FigureRequest& request) = 0;
  /// The same page with so many pixels per inch. Throws InvalidInput.
  [[nodiscard]] virtual FigurePreview preview(const FigureRequest& request, double dpi) = 0;
  /// Writes .gif or .webp, whole or not at all. Throws as the others, and what `panel` throws.
  virtual std::vector<std::string> write(const std::filesystem::path& path, const AnimationRequest& request) = 0;
  /// The session carried by a figure this program wrote; throws FileError when there is none.
  [[nodiscard]] virtual std::string session_of(const std::filesystem::path& path) = 0;
};
/// Exported by the module as `dnm_figure_module`; the object lives as long as the program.
using FigureModuleEntry = FigureModule* (*)();

}  // namespace dnm
