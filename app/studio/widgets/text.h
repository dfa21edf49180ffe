// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFontMetrics>
#include <QLabel>
#include <QLocale>
#include <QString>
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

#include "core/network/network.h"

namespace dnm {

[[nodiscard]] inline QString to_qt(std::string_view text) {
  return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// "5,763": the same grouping in every locale, as in the figures.
[[nodiscard]] inline QString grouped(std::uint64_t number) {
  return QLocale(QLocale::English).toString(static_cast<qulonglong>(number));
}

/// "98-196-196".
template <class Integer>
[[nodiscard]] QString join_layers(std::span<const Integer> sizes) {
  QString text;
  for (const Integer size : sizes) text += (text.isEmpty() ? "" : "-") + QString::number(size);
  return text;
}

/// "σ_c" as rich text, the part after the underscore set low.
[[nodiscard]] inline QString symbol_html(std::string_view symbol) {
  const QString text = to_qt(symbol).toHtmlEscaped();
  const qsizetype low = text.indexOf('_');
  return low < 0 ? text : text.left(low) + "<sub>" + text.mid(low + 1) + "</sub>";
}

/// "1:05", "2:10:33"; a dash for what is not known.
[[nodiscard]] inline QString duration_text(double seconds) {
  if (!(seconds >= 0.0) || seconds > 3.6e6) return QStringLiteral("–");
  const auto whole = static_cast<std::int64_t>(std::llround(seconds));
  const QString tail = QStringLiteral("%1:%2");
  const auto two = [](std::int64_t n) { return QString::number(n).rightJustified(2, '0'); };
  if (whole < 3600) return tail.arg(whole / 60).arg(two(whole % 60));
  return QString::number(whole / 3600) + ":" + tail.arg(two(whole / 60 % 60), two(whole % 60));
}

/// Keeps room for the widest of `texts`, so that a change of text does not lay out the whole window again.
inline void keep_width(QLabel& label, std::initializer_list<const char*> texts) {
  int width = 0;
  for (const char* text : texts)
    width = std::max(width, label.fontMetrics().horizontalAdvance(QString::fromUtf8(text)));
  label.setFixedWidth(width + 4 + label.contentsMargins().left() + label.contentsMargins().right());
}

}  // namespace dnm
