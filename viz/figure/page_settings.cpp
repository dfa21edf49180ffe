// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/figure/page_settings.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <iterator>

#include "core/support/digits.h"
#include "core/support/error.h"

namespace dnm {

namespace {

constexpr std::array widths{
    PageWidth{"nature-1", "Nature, one column", 89.0},
    PageWidth{"nature-2", "Nature, two columns", 183.0},
    PageWidth{"ieee", "IEEE, one column", 88.9},
    PageWidth{"neurips", "NeurIPS, text width", 139.7},
};

std::span<const Choice> width_choices() {
  static const std::array choices = [] {
    std::array<Choice, widths.size()> made;
    std::ranges::transform(widths, made.begin(), [](const PageWidth& width) {
      return Choice{width.id, width.label, "The width that the journal or conference asks for"};
    });
    return made;
  }();
  return choices;
}

constexpr std::array font_choices{
    Choice{"dejavu", "DejaVu Sans", "The face of the program, with all letters of mathematics."},
    Choice{"helvetica", "Helvetica", "Helvetica, or Nimbus Sans or Liberation Sans with the same widths."},
    Choice{"arial", "Arial", "Arial, or Liberation Sans with the same widths."},
};

double checked(double millimetres, std::string_view what, std::string_view usual) {
  constexpr double least = 20.0, most = 1000.0;
  if (std::isfinite(millimetres) && millimetres >= least && millimetres <= most) return millimetres;
  throw InvalidInput("a figure cannot be " + with_significant(millimetres, 6) + " mm " + std::string(what) +
                     "; choose 20 to 1000 mm" + std::string(usual));
}

}  // namespace

std::span<const PageWidth> page_widths() { return widths; }

const ParameterTable<PageSettings>& page_setting_table() {
  using P = PageSettings;
  static const ParameterTable<P> table(
      "page setting",
      {
          parameter<&P::width>({.id = "width",
                                .label = "Width",
                                .meaning = "Width on paper: a length (mm, cm, in, pt) or a usual width by its name",
                                .kind = ParameterKind::text,
                                .choices = width_choices()}),
          parameter<&P::height>({.id = "height",
                                 .label = "Height",
                                 .meaning = "Height on paper (mm, cm, in, pt); by default what the pictures need",
                                 .kind = ParameterKind::text}),
          parameter<&P::letters>(
              {.id = "letters", .label = "Letters", .meaning = "Letters a, b, c … at the upper left of the pictures"}),
          parameter<&P::font>(
              {.id = "font", .label = "Font", .meaning = "The type face of all texts", .choices = font_choices}),
          parameter<&P::dpi>({.id = "dpi",
                              .label = "Resolution",
                              .meaning = "Dots per inch of .png and .tiff",
                              .unit = "dpi",
                              .range = {72, 1200, 50, false}}),
      });
  return table;
}

double length_in_millimetres(std::string_view text) {
  for (const PageWidth& width : widths) {
    if (width.id == text) return width.millimetres;
  }
  struct Unit {
    std::string_view name;
    double millimetres;
  };
  constexpr std::array units{Unit{"mm", 1.0}, Unit{"cm", 10.0}, Unit{"in", 25.4}, Unit{"pt", 25.4 / 72.0},
                             Unit{"", 1.0}};
  double number = 0.0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
  std::string_view rest(parsed.ptr, static_cast<std::size_t>(text.data() + text.size() - parsed.ptr));
  rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
  if (parsed.ec == std::errc()) {
    for (const Unit& unit : units) {
      if (unit.name == rest) return number * unit.millimetres;
    }
  }
  std::string names;
  for (const PageWidth& width : widths) names.append(", ").append(width.id);
  throw InvalidInput("the length \"" + std::string(text) + "\" is not understood; write it as 183mm, 18.3cm, 7.2in" +
                     names);
}

double page_width(const PageSettings& page) {
  return checked(length_in_millimetres(page.width), "wide", " (journals: 89 or 183)");
}

std::optional<double> page_height(const PageSettings& page) {
  if (page.height.empty()) return std::nullopt;
  return checked(length_in_millimetres(page.height), "high", "");
}

}  // namespace dnm
