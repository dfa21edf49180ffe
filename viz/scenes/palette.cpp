// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/scenes/palette.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

namespace dnm {

namespace {

constexpr Palette light_palette{
    {255, 255, 255, 255}, {26, 26, 26, 255}, {90, 90, 90, 255}, {0, 0, 0, 28}, {160, 160, 160, 255}};
constexpr Palette dark_palette{
    {27, 30, 36, 255}, {226, 228, 232, 255}, {140, 146, 156, 255}, {255, 255, 255, 30}, {112, 116, 124, 255}};

// Orange, blue, bluish green, vermillion, reddish purple, sky blue, grey for black, yellow: neighbours differ most.
constexpr std::array<Color, 8> light_categories{{{230, 159, 0, 255},
                                                 {0, 114, 178, 255},
                                                 {0, 158, 115, 255},
                                                 {213, 94, 0, 255},
                                                 {204, 121, 167, 255},
                                                 {86, 180, 233, 255},
                                                 {60, 60, 60, 255},
                                                 {200, 187, 20, 255}}};
constexpr std::array<Color, 8> dark_categories{{{240, 176, 40, 255},
                                                {74, 158, 224, 255},
                                                {26, 188, 144, 255},
                                                {236, 120, 40, 255},
                                                {222, 148, 188, 255},
                                                {130, 206, 246, 255},
                                                {200, 200, 200, 255},
                                                {240, 228, 66, 255}}};

// Found by search over published colour-blind safe palettes (Okabe and Ito; Tol, Colour Schemes, SRON/EPS/TN/09-002):
// any two differ by at least 18 (light ground) and 14 (dark ground) in CIE Lab, as trichromats, protanopes,
// deuteranopes and tritanopes see them.
constexpr std::size_t community_count = 10;
constexpr std::array<Color, community_count> light_communities{{{26, 133, 255, 255},
                                                                {230, 159, 0, 255},
                                                                {0, 158, 115, 255},
                                                                {170, 68, 153, 255},
                                                                {136, 204, 238, 255},
                                                                {123, 63, 0, 255},
                                                                {51, 34, 136, 255},
                                                                {221, 204, 119, 255},
                                                                {34, 85, 85, 255},
                                                                {153, 119, 0, 255}}};
constexpr std::array<Color, community_count> dark_communities{{{26, 133, 255, 255},
                                                               {230, 159, 0, 255},
                                                               {68, 170, 153, 255},
                                                               {204, 51, 17, 255},
                                                               {102, 204, 238, 255},
                                                               {170, 68, 153, 255},
                                                               {221, 204, 119, 255},
                                                               {238, 51, 119, 255},
                                                               {240, 160, 192, 255},
                                                               {238, 119, 51, 255}}};

constexpr std::array<Color, 10> viridis{{{68, 1, 84, 255},
                                         {72, 40, 120, 255},
                                         {62, 73, 137, 255},
                                         {49, 104, 142, 255},
                                         {38, 130, 142, 255},
                                         {31, 158, 137, 255},
                                         {53, 183, 121, 255},
                                         {110, 206, 88, 255},
                                         {181, 222, 43, 255},
                                         {253, 231, 37, 255}}};

/// Colour `index` of a list that goes on with the same colours lighter, then darker, then from the start.
Color of_list(std::span<const Color> colors, std::size_t index) {
  constexpr Color white{255, 255, 255, 255}, black{0, 0, 0, 255};
  const Color color = colors[index % colors.size()];
  switch (index / colors.size() % 3) {
    case 1:
      return mixed(color, white, 0.45);
    case 2:
      return mixed(color, black, 0.4);
    default:
      return color;
  }
}

/// `place` in [0, 1] along evenly spaced anchors.
Color along(std::span<const Color> anchors, double place) {
  const double scaled = place * static_cast<double>(anchors.size() - 1);
  const auto below = std::min(static_cast<std::size_t>(scaled), anchors.size() - 2);
  return mixed(anchors[below], anchors[below + 1], scaled - static_cast<double>(below));
}

std::uint8_t srgb(double linear) {
  const double light = std::clamp(linear, 0.0, 1.0);
  const double coded = light <= 0.0031308 ? 12.92 * light : 1.055 * std::pow(light, 1.0 / 2.4) - 0.055;
  return static_cast<std::uint8_t>(std::lround(255.0 * coded));
}

}  // namespace

Color mixed(Color from, Color to, double part) {
  const auto channel = [part](std::uint8_t a, std::uint8_t b) {
    return static_cast<std::uint8_t>(std::lround(a + part * (b - a)));
  };
  return {channel(from.red, to.red), channel(from.green, to.green), channel(from.blue, to.blue), 255};
}

const Palette& palette(bool dark) { return dark ? dark_palette : light_palette; }

Color category_color(std::size_t index, bool dark) { return of_list(dark ? dark_categories : light_categories, index); }

Color community_color(std::size_t rank, bool dark) {
  return of_list(dark ? dark_communities : light_communities, rank);
}

Color value_color(double value, bool dark) {
  const double clamped = std::clamp(value, 0.0, 1.0);
  return along(viridis, dark ? 0.15 + 0.85 * clamped : 0.93 * clamped);
}

Color angle_color(double angle, bool dark) {
  const double lightness = dark ? 0.74 : 0.66, chroma = 0.125;
  const double a = chroma * std::cos(angle), b = chroma * std::sin(angle);
  const double l = std::pow(lightness + 0.3963377774 * a + 0.2158037573 * b, 3.0);
  const double m = std::pow(lightness - 0.1055613458 * a - 0.0638541728 * b, 3.0);
  const double s = std::pow(lightness - 0.0894841775 * a - 1.2914855480 * b, 3.0);
  return {srgb(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
          srgb(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
          srgb(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s), 255};
}

}  // namespace dnm
