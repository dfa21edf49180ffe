// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/scenes/link_change.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

#include "core/support/digits.h"
#include "core/support/error.h"
#include "viz/scenes/axes.h"
#include "viz/scenes/palette.h"

namespace dnm {

namespace {

struct FateLook {
  LinkFate fate;
  std::string_view word;
  Color light, dark;
  double width;  ///< of that of a kept link
  std::string_view line, cell;
};
constexpr std::array looks{
    FateLook{LinkFate::kept, "kept", {176, 180, 187, 255}, {98, 104, 114, 255}, 1.0, "─", "▪"},
    FateLook{LinkFate::removed, "removed", {224, 96, 0, 255}, {240, 126, 52, 255}, 1.3, "╌", "□"},
    FateLook{LinkFate::grown, "new", {0, 48, 122, 255}, {158, 224, 255, 255}, 1.8, "━", "■"},
};

const FateLook& look(LinkFate fate) { return looks[static_cast<std::size_t>(fate)]; }

using SetOperation = void (*)(std::span<const NodeIndex>, std::span<const NodeIndex>, std::vector<NodeIndex>&);

Mask combined(const Mask& a, const Mask& b, SetOperation operation) {
  Mask made{a.n_in, a.n_out, {0}, {}};
  made.row_begin.reserve(a.row_begin.size());
  for (NodeIndex row = 0; row < a.n_out; ++row) {
    operation(a.row(row), b.row(row), made.columns);
    made.row_begin.push_back(made.columns.size());
  }
  return made;
}

NetworkPointer combined(const Network& a, const Network& b, SetOperation operation) {
  std::vector<Mask> masks;
  for (std::size_t layer = 0; layer < a.masks().size(); ++layer) {
    masks.push_back(combined(a.masks()[layer], b.masks()[layer], operation));
  }
  return std::make_shared<const Network>(Network::layered(a.layer_sizes(), std::move(masks)));
}

bool have_same_layers(const Network& a, const Network& b) {
  return a.is_layered() && b.is_layered() && a.layer_sizes() == b.layer_sizes();
}

}  // namespace

std::uint64_t LinkChange::link_count() const {
  std::uint64_t count = 0;
  for (const NetworkPointer& network : links) count += network->link_count();
  return count;
}

LinkChange link_change(const Network& before, const Network& after) {
  if (!have_same_layers(before, after)) {
    throw InvalidInput("the two networks have other layers, so that their links cannot be compared");
  }
  const SetOperation both = [](auto a, auto b, std::vector<NodeIndex>& into) {
    std::ranges::set_intersection(a, b, std::back_inserter(into));
  };
  const SetOperation first_alone = [](auto a, auto b, std::vector<NodeIndex>& into) {
    std::ranges::set_difference(a, b, std::back_inserter(into));
  };
  return {{combined(before, after, both), combined(before, after, first_alone), combined(after, before, first_alone)}};
}

std::optional<LinkChange> shown_change(const SceneInput& input, const PictureOptions& options) {
  if (options.link_coloring != LinkColoring::change || !input.network || !input.before) return std::nullopt;
  if (!have_same_layers(*input.before, *input.network)) return std::nullopt;
  return link_change(*input.before, *input.network);
}

Color fate_color(LinkFate fate, bool dark) { return dark ? look(fate).dark : look(fate).light; }

std::string_view fate_word(LinkFate fate) { return look(fate).word; }

void add_change(Legend& legend, const LinkChange& change, LinkMarks marks, bool dark) {
  for (const LinkFate fate : link_fates) {
    Legend::Entry entry{with_commas(change.of(fate).link_count()) + " " + std::string(fate_word(fate)),
                        fate_color(fate, dark)};
    entry.mark = marks == LinkMarks::lines ? look(fate).line : look(fate).cell;
    legend.entries.push_back(std::move(entry));
  }
}

namespace {

/// The share of `links` where `limit` of `total` are drawn; at least one.
Thinning share_of(std::uint64_t links, std::uint64_t limit, std::uint64_t total) {
  if (total <= limit || links == 0) return Thinning(links, links);
  const double part = static_cast<double>(limit) / static_cast<double>(total);
  return Thinning(links,
                  std::max<std::uint64_t>(1, static_cast<std::uint64_t>(part * static_cast<double>(links) + 0.5)));
}

}  // namespace

std::array<Thinning, link_fates.size()> thinned(const LinkChange& change, std::uint64_t limit) {
  const auto share = [&](LinkFate fate) { return share_of(change.of(fate).link_count(), limit, change.link_count()); };
  return {share(LinkFate::kept), share(LinkFate::removed), share(LinkFate::grown)};
}

std::array<Thinning, link_fates.size()> thinned_over_density(const LinkChange& change, std::uint64_t kept,
                                                             std::uint64_t lines) {
  const std::uint64_t stayed = change.of(LinkFate::kept).link_count(), changed = change.link_count() - stayed;
  const auto share = [&](LinkFate fate) { return share_of(change.of(fate).link_count(), lines, changed); };
  return {share_of(stayed, kept, stayed), share(LinkFate::removed), share(LinkFate::grown)};
}

std::string changes_note(std::span<const Thinning, link_fates.size()> thinnings) {
  const Thinning &removed = thinnings[1], &grown = thinnings[2];
  if (removed.is_complete() && grown.is_complete()) return {};
  return with_commas(removed.shown() + grown.shown()) + " of " + with_commas(removed.total() + grown.total()) +
         " changed links drawn";
}

std::string thinning_note(std::span<const Thinning> thinnings) {
  std::uint64_t shown = 0, total = 0;
  for (const Thinning& thinning : thinnings) {
    shown += thinning.shown();
    total += thinning.total();
  }
  if (shown == total) return {};
  return with_commas(shown) + " of " + with_commas(total) + " links drawn, the same share of kept, removed and new";
}

double links_beside(double own, double all) {
  constexpr double most = 3.0;
  return std::min(all, most * own);
}

double fate_width(LinkFate fate, double width) { return width * look(fate).width; }

void append_removed(Lines& lines, std::span<const Point> corners, Color color, const PageTransform& page) {
  constexpr double shortest = 5.0, most = 12.0, drawn = 0.6;  // points; periods of a link; part of a period
  double length = 0.0;
  for (std::size_t corner = 1; corner < corners.size(); ++corner) {
    length += std::hypot((corners[corner].x - corners[corner - 1].x) * page.scale_x,
                         (corners[corner].y - corners[corner - 1].y) * page.scale_y);
  }
  const double period = std::max(shortest, length / most);
  const std::array<double, 2> pattern{drawn * period, (1.0 - drawn) * period};
  append_dashes(lines, corners, color, page, pattern);
  ++lines.dashed;
}

}  // namespace dnm
