// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/scenes/axes.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/support/digits.h"

namespace dnm {

std::vector<double> round_ticks(double low, double high, int count) {
  const double rough = (high - low) / std::max(1, count);
  const double power = std::pow(10.0, std::floor(std::log10(rough)));
  const double lead = rough / power;
  const double step = power * (lead <= 1.0 ? 1.0 : lead <= 2.0 ? 2.0 : lead <= 5.0 ? 5.0 : 10.0);
  std::vector<double> ticks;
  const double first = std::floor(low / step + 1e-9);
  const double steps = std::ceil(high / step - 1e-9) - first;
  for (int i = 0; i <= steps; ++i) ticks.push_back((first + i) * step);
  return ticks;
}

Axis round_axis(double low, double high, int count) {
  for (;; ++count) {
    std::vector<double> ticks = round_ticks(low, high, count);
    const double quarter = 0.25 * (ticks[1] - ticks[0]);
    const double first = std::floor(low / quarter + 1e-9) * quarter, last = std::ceil(high / quarter - 1e-9) * quarter;
    std::erase_if(ticks, [&](double tick) { return tick < first - 1e-6 * quarter || tick > last + 1e-6 * quarter; });
    if (ticks.size() >= 2) return {first, last, std::move(ticks)};
  }
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
  if (std::abs(shown) >= 1e7 || shown_step < 1e-6) {
    const double places = std::abs(shown) > shown_step ? std::log10(std::abs(shown) / shown_step) : 0.0;
    return with_significant(shown, std::clamp(static_cast<int>(places + 1e-9) + 1, 1, 15));
  }
  const int decimals = shown_step >= 1.0 ? 0 : static_cast<int>(std::ceil(-std::log10(shown_step) - 1e-9));
  return with_decimals(shown, std::clamp(decimals, 0, 6));
}

NumberTicks number_ticks(double low, double high, int count, bool percent) {
  const std::vector<double> ticks = round_ticks(low, high, count);
  const double step = ticks[1] - ticks[0];
  NumberTicks made;
  for (const double tick : ticks) {
    if (tick < low - 1e-9 * step || tick > high + 1e-9 * step) continue;
    made.places.push_back(tick);
    made.words.push_back(number_text(tick, step, percent));
  }
  return made;
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

void append_dashes(Lines& lines, std::span<const Point> corners, Color color, const PageTransform& page,
                   std::span<const double> pattern) {
  std::size_t part = 0;  // of the pattern
  double left = pattern[0];
  bool open = false;  // the last polyline ends where the next piece begins
  for (std::size_t corner = 0; corner + 1 < corners.size(); ++corner) {
    Point here = page.to_page(corners[corner]);
    const Point end = page.to_page(corners[corner + 1]);
    double length = std::hypot(end.x - here.x, end.y - here.y);
    while (length > 1e-9) {
      const double step = std::min(left, length);
      const Point next{here.x + (end.x - here.x) * step / length, here.y + (end.y - here.y) * step / length};
      if (part % 2 == 0) {
        open ? lines.points.push_back(page.to_data(next))
             : append_line(lines, page.to_data(here), page.to_data(next), color);
        open = true;
      }
      here = next;
      length -= step;
      left -= step;
      if (left > 1e-9) continue;
      part = (part + 1) % pattern.size();
      left = pattern[part];
      open = false;
    }
  }
}

}  // namespace dnm
