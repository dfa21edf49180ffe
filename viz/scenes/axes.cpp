// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/scenes/axes.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace dnm {

std::vector<double> round_ticks(double low, double high, int count) {
  const double rough = (high - low) / std::max(1, count);
  const double power = std::pow(10.0, std::floor(std::log10(rough)));
  const double lead = rough / power;
  const double step = power * (lead <= 1.0 ? 1.0 : lead <= 2.0 ? 2.0 : lead <= 5.0 ? 5.0 : 10.0);
  std::vector<double> ticks;
  for (double k = std::floor(low / step + 1e-9); k <= std::ceil(high / step - 1e-9); k += 1.0)
    ticks.push_back(k * step);
  return ticks;
}

std::vector<double> log_ticks(double low, double high, int count) {
  const double decades = std::log10(high / low);
  const int first = static_cast<int>(std::floor(std::log10(low) + 1e-9));
  const int last = static_cast<int>(std::floor(std::log10(high) + 1e-9));
  const bool with_parts = 3.0 * decades <= count + 1;
  const int stride = std::max(1, static_cast<int>(std::ceil(decades / std::max(1, count))));
  std::vector<double> ticks;
  for (int power = first; power <= last; ++power) {
    if (!with_parts && power % stride != 0) continue;
    for (const double factor : {1.0, 2.0, 5.0}) {
      const double tick = factor * std::pow(10.0, power);
      if (tick < low * (1.0 - 1e-9) || tick > high * (1.0 + 1e-9)) continue;
      if (factor == 1.0 || with_parts) ticks.push_back(tick);
    }
  }
  return ticks;
}

std::string number_text(double value, double step, bool percent) {
  const double shown = percent ? 100.0 * value : value;
  const double shown_step = percent ? 100.0 * step : step;
  const int decimals = shown_step >= 1.0 ? 0 : static_cast<int>(std::ceil(-std::log10(shown_step) - 1e-9));
  char text[32];
  std::snprintf(text, sizeof text, "%.*f", std::clamp(decimals, 0, 6), shown);
  return text;
}

std::string log_tick_text(double value) {
  const double power = std::floor(std::log10(value) + 1e-9);
  if (power >= -3.0 && power <= 4.0) return number_text(value, std::pow(10.0, power));
  static constexpr const char* digits[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  const double factor = std::round(value / std::pow(10.0, power));
  std::string text = factor == 1.0 ? "10" : number_text(factor, 1.0) + "·10";
  if (power < 0.0) text += "⁻";
  for (const char digit : std::to_string(static_cast<int>(std::abs(power)))) text += digits[digit - '0'];
  return text;
}

void append_line(Lines& lines, Point from, Point to, Color color) {
  lines.starts.push_back(static_cast<std::uint32_t>(lines.points.size()));
  lines.points.push_back(from);
  lines.points.push_back(to);
  lines.colors.push_back(color);
}

void append_dashes(Lines& lines, std::span<const Point> corners, Color color, const PageTransform& page, double dash,
                   double gap) {
  double left = dash;  // of the dash or gap under way
  bool drawing = true;
  for (std::size_t corner = 0; corner + 1 < corners.size(); ++corner) {
    Point here = page.to_page(corners[corner]);
    const Point end = page.to_page(corners[corner + 1]);
    double length = std::hypot(end.x - here.x, end.y - here.y);
    while (length > 1e-9) {
      const double step = std::min(left, length);
      const Point next{here.x + (end.x - here.x) * step / length, here.y + (end.y - here.y) * step / length};
      if (drawing) append_line(lines, page.to_data(here), page.to_data(next), color);
      here = next;
      length -= step;
      left -= step;
      if (left > 1e-9) continue;
      drawing = !drawing;
      left = drawing ? dash : gap;
    }
  }
}

}  // namespace dnm
