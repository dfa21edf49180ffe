// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "viz/scenes/legend.h"
#include "viz/scenes/link_change.h"
#include "viz/scenes/network_scene.h"
#include "viz/scenes/thinning.h"

// Links as density: the more of them lie on each other, the nearer a place comes from the ground to the colour of its
// links (manual: using/figures, "Density of links").
namespace dnm {

/// From so many links on, pictures that follow the option show density unless it says otherwise.
inline constexpr std::uint64_t density_from = 20000;
[[nodiscard]] bool shows_density(const PictureOptions& options, std::uint64_t links);
/// How many links of a density are drawn: all, or a part while something is dragged.
[[nodiscard]] std::uint64_t density_limit(const SceneOptions& options, std::uint64_t links);

/// Which links a picture draws: of a network, or of each fate of a change, of which a density has the kept ones alone.
[[nodiscard]] std::vector<Thinning> drawn_links(const Network& network, const std::optional<LinkChange>& change,
                                                bool dense, const SceneOptions& options);
/// How many links each that is drawn stands for.
[[nodiscard]] double links_per_line(const Thinning& thinning);

/// How many links lie on each other, in the pixels of the device that show a part of a picture.
class LinkDensity {
 public:
  /// `part`: of the picture, in data coordinates; what of it is out of view is left out. The margins of `scene` must be
  /// set. On paper its pixels are 1/300 inch at least.
  LinkDensity(const Scene& scene, const Rectangle& part, const SceneOptions& options);

  /// Each line counts as `weight` links; opacity and width of the lines do not matter. O(lines + pixels along them +
  /// colours × pixels). Throws Cancelled.
  void add(const Lines& lines, double weight, const TaskControl& control);
  /// Of how many links a place has the full colour: all but a hundredth of the ink lies on fewer. At least 1.
  [[nodiscard]] double densest() const;
  /// The colours of the links, in the order in which they came.
  [[nodiscard]] const std::vector<Color>& colors() const { return colors_; }
  /// The mean colour of the links on each pixel, as opaque as their number asks for.
  [[nodiscard]] Image image(double densest) const;

 private:
  struct Sum {
    float red = 0.0F, green = 0.0F, blue = 0.0F, count = 0.0F;
  };
  /// Adds these lines, all of one colour, to the rows [begin, end).
  void add_rows(std::uint32_t begin, std::uint32_t end, const Lines& lines, std::span<const std::uint32_t> members,
                Color color, double weight, const TaskControl& control);
  Rectangle area_{0.0, 0.0, 0.0, 0.0};
  std::uint32_t columns_ = 0, rows_ = 0;
  double pixels_per_point_ = 1.0;
  double line_width_;  ///< points
  double opacity_;
  std::vector<Sum> sums_;
  std::vector<Color> colors_;
};

/// The colour bar of a density; `colors` as of LinkDensity.
[[nodiscard]] Legend density_legend(double densest, std::span<const Color> colors, const SceneOptions& options);

/// Makes room in a scene for what add_density() says of it: returns the height of the colour bar, in points, for the
/// margin below; without legends there is a note in its place, and the height is 0.
[[nodiscard]] double reserve_density(Scene& scene, const SceneOptions& options);
/// Adds the links in `part` as density, each line as `weight` links, and its colour bar `below` points under the
/// bounds, or its note. Throws Cancelled.
void add_density(Scene& scene, const Rectangle& part, std::span<const Lines> links, double weight, double below,
                 const SceneOptions& options, const TaskControl& control);
/// The same for links that others lie on: where in the scene's items each image goes is up to the caller, but all have
/// one scale. One image for each list.
[[nodiscard]] std::vector<Image> density_images(Scene& scene, std::span<const Lines> links, double weight, double below,
                                                const SceneOptions& options, const TaskControl& control);

}  // namespace dnm
