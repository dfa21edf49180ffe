// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "viz/scenes/legend.h"
#include "viz/scenes/network_scene.h"
#include "viz/scenes/thinning.h"

// What became of the links of a network between two moments, and how pictures show it.
namespace dnm {

/// kept: in both networks; removed: in the one before alone; grown: in the one after alone.
enum class LinkFate : std::uint8_t { kept, removed, grown };
/// Back to front, as they are painted.
inline constexpr std::array link_fates{LinkFate::kept, LinkFate::removed, LinkFate::grown};

/// The links of two networks of the same neurons, apart by their fate.
struct LinkChange {
  std::array<NetworkPointer, link_fates.size()> links;  ///< by LinkFate, each a network of all neurons
  [[nodiscard]] const Network& of(LinkFate fate) const { return *links[static_cast<std::size_t>(fate)]; }
  /// Of all three.
  [[nodiscard]] std::uint64_t link_count() const;
};
/// O(links). Throws InvalidInput for networks that are not of the same layers.
[[nodiscard]] LinkChange link_change(const Network& before, const Network& after);

/// What a picture shows of `input.before`: nothing where there is none, where it is of other layers, or where the
/// options colour links by something else.
[[nodiscard]] std::optional<LinkChange> shown_change(const SceneInput& input, const PictureOptions& options);

/// Kept links are the nearest to the ground, new ones the farthest: the three differ by at least 15 in lightness
/// (CIE L*), among themselves and from the ground, and so without colour too.
[[nodiscard]] Color fate_color(LinkFate fate, bool dark);
/// "kept", "removed", "new".
[[nodiscard]] std::string_view fate_word(LinkFate fate);

/// How links are marked besides their colour: as lines, removed ones dashed and new ones heavier, or as cells, removed
/// ones hollow and kept ones small.
enum class LinkMarks { lines, cells };
/// Adds how many links have each fate, with their marks, to a legend.
void add_change(Legend& legend, const LinkChange& change, LinkMarks marks, bool dark);

/// Which links of each fate are drawn when all together may be `limit`: the same share of each, at least one.
[[nodiscard]] std::array<Thinning, link_fates.size()> thinned(const LinkChange& change, std::uint64_t limit);
/// The same where kept links are a density of at most `kept` of them, on which the others lie as lines, at most `lines`
/// together: a few hundred changes among many links would be lost in the mean of a density.
[[nodiscard]] std::array<Thinning, link_fates.size()> thinned_over_density(const LinkChange& change, std::uint64_t kept,
                                                                           std::uint64_t lines);
/// "20,000 of 32,916 changed links drawn", or nothing when all are.
[[nodiscard]] std::string changes_note(std::span<const Thinning, link_fates.size()> thinnings);
/// "20,000 of 98,344 links drawn, the same share of kept, removed and new", or nothing when all are.
[[nodiscard]] std::string thinning_note(std::span<const Thinning> thinnings);

/// For how many links lines are made faint enough, `own` of which have their fate and `all` any: all are as faint, so
/// that inks are as numbers, but those of few stay visible.
[[nodiscard]] double links_beside(double own, double all);
/// Width of a line of this fate, in points, where kept ones have `width`.
[[nodiscard]] double fate_width(LinkFate fate, double width);
/// Adds a link that is gone, as at most about a dozen dashes.
void append_removed(Lines& lines, std::span<const Point> corners, Color color, const PageTransform& page);

}  // namespace dnm
