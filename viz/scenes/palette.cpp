// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/scenes/palette.h"

#include <algorithm>
#include <array>
#include <cmath>

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

constexpr std::array<Color, 10> cividis{{{0, 34, 78, 255},
                                         {18, 53, 112, 255},
                                         {59, 73, 108, 255},
                                         {87, 93, 109, 255},
                                         {112, 113, 115, 255},
                                         {138, 134, 120, 255},
                                         {165, 156, 116, 255},
                                         {195, 179, 105, 255},
                                         {225, 204, 85, 255},
                                         {254, 232, 56, 255}}};

Color mix(Color from, Color to, double part) {
  const auto channel = [part](std::uint8_t a, std::uint8_t b) {
    return static_cast<std::uint8_t>(std::lround(a + part * (b - a)));
  };
  return {channel(from.red, to.red), channel(from.green, to.green), channel(from.blue, to.blue), 255};
}

}  // namespace

const Palette& palette(bool dark) { return dark ? dark_palette : light_palette; }

Color category_color(std::size_t index, bool dark) {
  const auto& categories = dark ? dark_categories : light_categories;
  return categories[index % categories.size()];
}

Color density_color(double density, bool dark) {
  const double clamped = std::clamp(density, 0.0, 1.0);
  // The ends nearest to the background are left out, so that the lowest density still shows.
  const double place = dark ? 0.3 + 0.7 * clamped : 0.78 * (1.0 - clamped);
  const double scaled = place * static_cast<double>(cividis.size() - 1);
  const auto below = std::min(static_cast<std::size_t>(scaled), cividis.size() - 2);
  return mix(cividis[below], cividis[below + 1], scaled - static_cast<double>(below));
}

}  // namespace dnm
