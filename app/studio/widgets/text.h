// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QFontMetrics>
#include <QLabel>
#include <QString>
#include <QStringList>
#include <algorithm>
#include <span>
#include <string>
#include <string_view>

#include "app/studio/widgets/translation.h"

namespace dnm {

[[nodiscard]] inline QString to_qt(std::string_view text) {
  return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// "σ_c" as rich text, with a subscript after the underscore.
[[nodiscard]] inline QString symbol_html(std::string_view symbol) {
  const QString text = to_qt(symbol).toHtmlEscaped();
  const qsizetype low = text.indexOf('_');
  return low < 0 ? text : text.left(low) + "<sub>" + text.mid(low + 1) + "</sub>";
}

/// "Wrote PATH.", with notices behind it.
[[nodiscard]] inline QString wrote_text(const QString& path, std::span<const std::string> notices) {
  QString text = Words::tr("Wrote %1.").arg(QDir::toNativeSeparators(path));
  for (const std::string& notice : notices) text += " " + translated(notice);
  return text;
}

/// Reserves the width of the widest of `texts`, so that a change of text does not lay out the whole window again.
inline void keep_width(QLabel& label, const QStringList& texts) {
  int width = 0;
  for (const QString& text : texts) width = std::max(width, label.fontMetrics().horizontalAdvance(text));
  label.setFixedWidth(width + 4 + label.contentsMargins().left() + label.contentsMargins().right());
}

}  // namespace dnm
