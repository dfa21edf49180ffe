// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/figure/compact_svg.h"

#include <QByteArrayView>
#include <QRectF>
#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace dnm {

namespace {

constexpr QByteArrayView line_begin = "<polyline fill=\"none\" vector-effect=\"none\" points=\"";
constexpr QByteArrayView line_end = "\" />";
constexpr std::int64_t one = 1000000;  // coordinates are counted in millionths: the generator writes six digits
constexpr std::size_t most_together = 24;
/// Between lines that are one element, besides their width: more than a pixel of a page that is shown in its own size.
constexpr double least_distance = 1.0;

struct Place {
  std::int64_t x = 0, y = 0;
};

/// "-12.345"; nothing for a number that is written otherwise.
std::optional<std::int64_t> number_at(const char*& at, const char* end) {
  const bool is_negative = at != end && *at == '-';
  if (is_negative) ++at;
  std::int64_t whole = 0;
  const auto parsed = std::from_chars(at, end, whole);
  constexpr std::int64_t most = 1000000000;
  if (parsed.ec != std::errc() || whole < 0 || whole > most) return std::nullopt;
  at = parsed.ptr;
  std::int64_t value = whole * one;
  if (at != end && *at == '.') {
    std::int64_t digit = one;
    for (++at; at != end && *at >= '0' && *at <= '9'; ++at) {
      if (digit == 1) return std::nullopt;
      digit /= 10;
      value += digit * (*at - '0');
    }
  }
  return is_negative ? -value : value;
}

/// "x,y x,y … " as the generator writes them; nothing for anything else.
std::optional<std::vector<Place>> places_of(QByteArrayView points) {
  std::vector<Place> places;
  const char* at = points.data();
  const char* const end = at + points.size();
  while (at != end) {
    const auto x = number_at(at, end);
    if (!x || at == end || *at++ != ',') return std::nullopt;
    const auto y = number_at(at, end);
    if (!y || at == end || *at++ != ' ') return std::nullopt;
    places.push_back({*x, *y});
  }
  return places.size() < 2 ? std::nullopt : std::optional(std::move(places));
}

/// In as few letters as can be: ".5", "-12", "0".
void append_number(QByteArray& text, std::int64_t value, bool is_first) {
  if (!is_first && value >= 0) text += ' ';
  if (value < 0) text += '-';
  const std::int64_t size = std::abs(value), whole = size / one;
  std::int64_t rest = size % one;
  if (whole > 0 || rest == 0) text += QByteArray::number(static_cast<qint64>(whole));
  if (rest == 0) return;
  text += '.';
  for (std::int64_t digit = one / 10; rest > 0; digit /= 10) {
    text += static_cast<char>('0' + rest / digit);
    rest %= digit;
  }
}

QRectF box_of(const std::vector<Place>& places, double margin) {
  const auto [left, right] = std::ranges::minmax(places, {}, &Place::x);
  const auto [top, bottom] = std::ranges::minmax(places, {}, &Place::y);
  const auto unit = [](std::int64_t value) { return static_cast<double>(value) / static_cast<double>(one); };
  return QRectF(QPointF(unit(left.x), unit(top.y)), QPointF(unit(right.x), unit(bottom.y)))
      .adjusted(-margin, -margin, margin, margin);
}

/// The lines that are gathered for one path.
class Gathered {
 public:
  explicit Gathered(QByteArray& text) : text_(text) {}

  void set_width(double width) { margin_ = 0.5 * (width + least_distance); }

  void add(const std::vector<Place>& places) {
    const QRectF box = box_of(places, margin_);
    const bool touches = std::ranges::any_of(boxes_, [&](const QRectF& other) { return other.intersects(box); });
    if (touches || boxes_.size() == most_together) write();
    boxes_.push_back(box);
    path_ += 'M';
    Place before;
    for (std::size_t point = 0; point < places.size(); ++point) {
      if (point == 1) path_ += 'l';
      append_number(path_, places[point].x - before.x, point < 2);
      append_number(path_, places[point].y - before.y, false);
      before = places[point];
    }
  }

  void write() {
    if (!boxes_.empty()) text_ += "<path fill=\"none\" d=\"" + path_ + "\"/>\n";
    boxes_.clear();
    path_.clear();
  }

 private:
  QByteArray& text_;
  QByteArray path_;
  std::vector<QRectF> boxes_;
  double margin_ = least_distance;
};

/// Of the lines in a group with this opening tag; 1 where it says none, as in SVG.
double width_in(QByteArrayView tag) {
  constexpr QByteArrayView name = "stroke-width=\"";
  const qsizetype at = tag.indexOf(name);
  if (at < 0) return 1.0;
  const QByteArrayView rest = tag.sliced(at + name.size());
  return rest.first(std::max<qsizetype>(0, rest.indexOf('"'))).toDouble();
}

}  // namespace

QByteArray compact_svg(const QByteArray& svg) {
  QByteArray made;
  made.reserve(svg.size());
  Gathered gathered(made);
  for (qsizetype at = 0; at < svg.size();) {
    const qsizetype newline = svg.indexOf('\n', at);
    const qsizetype next = newline < 0 ? svg.size() : newline + 1;
    const QByteArrayView line = QByteArrayView(svg).sliced(at, next - at);
    const QByteArrayView words = line.trimmed();
    at = next;
    if (words.startsWith(line_begin) && words.endsWith(line_end)) {
      const QByteArrayView points = words.sliced(line_begin.size(), words.size() - line_begin.size() - line_end.size());
      if (const auto places = places_of(points)) {
        gathered.add(*places);
        continue;
      }
    }
    if (words.isEmpty()) continue;
    gathered.write();
    if (words.startsWith("<g ")) gathered.set_width(width_in(words));
    made += line;
  }
  gathered.write();
  return made;
}

}  // namespace dnm
