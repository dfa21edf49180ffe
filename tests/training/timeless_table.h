// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

namespace dnm::test {

/// A table of a run, epochs.csv or updates.csv, without its column `seconds`: what two equal runs share.
[[nodiscard]] inline QByteArray without_seconds(const QByteArray& table) {
  const QList<QByteArray> lines = table.split('\n');
  const qsizetype seconds = lines.first().split(',').indexOf("seconds");
  QByteArray text;
  for (const QByteArray& line : lines) {
    QList<QByteArray> cells = line.split(',');
    if (seconds >= 0 && seconds < cells.size()) cells.removeAt(seconds);
    text += cells.join(',') + '\n';
  }
  return text;
}

}  // namespace dnm::test
