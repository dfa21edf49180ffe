// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/figure/measures_line.h"

#include <QPainter>
#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/measures/power_law_verdict.h"
#include "viz/scenes/palette.h"
#include "viz/scenes/scenes.h"

namespace dnm {

namespace {

constexpr double caption_size = 6.5, caption_line = 2.4;
constexpr double reason_size = 5.5, reason_line = 1.5;

/// Why values are missing and what must be said of others, each with its symbol: "γ n/a: fewer than two distinct
/// degrees", "γ power law rejected (p < 0.001)".
std::vector<std::pair<std::string_view, std::string>> reasons_of(const std::vector<Measurement>& measures) {
  std::vector<std::pair<std::string_view, std::string>> reasons;
  const auto table = measure_table();
  for (std::size_t index = 0; index < std::min(measures.size(), table.size()); ++index) {
    const Measurement& measured = measures[index];
    const std::string rejection = rejection_text(measured), note = note_of(measured);
    if (!measured.value && !measured.reason.empty()) {
      reasons.emplace_back(table[index].symbol, " n/a: " + measured.reason);
    } else if (!note.empty()) {
      reasons.emplace_back(table[index].symbol, " " + note);
    } else if (!rejection.empty()) {
      reasons.emplace_back(table[index].symbol, " power law " + rejection);
    }
  }
  return reasons;
}

/// "σ_c = 0.742 ± 0.010" with the part after the underscore set as a subscript.
class Term {
 public:
  Term(std::string_view symbol, std::string value)
      : symbol_(symbol.substr(0, symbol.find('_'))), value_(std::move(value)) {
    if (const std::size_t mark = symbol.find('_'); mark != std::string_view::npos) subscript_ = symbol.substr(mark + 1);
  }

  [[nodiscard]] double width(const QPainter& painter, double size, const PaperStyle& style) const {
    return part_width(painter, symbol_, size, style) + part_width(painter, subscript_, subscript_scale * size, style) +
           part_width(painter, value_, size, style);
  }

  void paint(QPainter& painter, QPointF at, double size, const PaperStyle& style) const {
    Text part;
    part.color = palette(false).ink;
    double x = at.x();
    const auto put = [&](const std::string& words, double height, double drop) {
      part.text = words;
      part.size = height;
      if (!words.empty()) paint_text(painter, part, {x, at.y() + drop}, style);
      x += part_width(painter, words, height, style);
    };
    put(symbol_, size, 0.0);
    put(subscript_, subscript_scale * size, 0.3 * size);
    put(value_, size, 0.0);
  }

 private:
  static constexpr double subscript_scale = 0.86;  // 5 pt of the smallest text

  static double part_width(const QPainter& painter, const std::string& words, double size, const PaperStyle& style) {
    return words.empty() ? 0.0 : text_width(painter, QString::fromStdString(words), size, false, style);
  }

  std::string symbol_, subscript_, value_;
};

/// The terms in one line at `y` below the top of `area`, in its middle, smaller where they would not fit.
void paint_terms(QPainter& painter, const std::vector<Term>& terms, double size, const QRectF& area, double y,
                 const PaperStyle& style) {
  if (terms.empty()) return;
  double total = 0.0;
  for (const Term& term : terms) total += term.width(painter, size, style);
  const auto gaps = static_cast<double>(terms.size() - 1);
  const double room = area.width() - size * gaps;
  if (total > room) {
    size *= room / total;
    total = room;
  }
  const double gap = std::min((area.width() - total) / std::max(gaps, 1.0), 3.0 * size);
  double x = area.left() + 0.5 * (area.width() - total - gap * gaps);
  for (const Term& term : terms) {
    term.paint(painter, {x, area.top() + y}, size, style);
    x += term.width(painter, size, style) + gap;
  }
}

}  // namespace

double measures_line_height(const FigureNetwork& network) {
  if (network.measures.empty()) return 0.0;
  return caption_line * caption_size + (reasons_of(network.measures).empty() ? 0.0 : reason_line * reason_size);
}

void paint_measures_line(QPainter& painter, const FigureNetwork& network, const QRectF& area, double text_scale,
                         const PaperStyle& style) {
  const auto table = measure_table();
  const std::size_t count = std::min(network.measures.size(), table.size());
  if (count == 0) return;
  std::vector<Term> terms;
  if (network.input.measured_layer)
    terms.emplace_back(links_name(network.input, *network.input.measured_layer) + ":", "");
  for (std::size_t index = 0; index < count; ++index) {
    const Measurement& measurement = network.measures[index];
    terms.emplace_back(table[index].symbol, " = " + (measurement.value ? format_measurement(measurement) : "n/a"));
  }
  const double height = caption_line * caption_size * text_scale;
  paint_terms(painter, terms, caption_size * text_scale, area, 0.5 * height, style);
  terms.clear();
  for (const auto& [symbol, reason] : reasons_of(network.measures)) terms.emplace_back(symbol, reason);
  paint_terms(painter, terms, reason_size * text_scale, area, height + 0.3 * reason_size * text_scale, style);
}

}  // namespace dnm
