// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/window/recent_file.h"

#include "app/studio/widgets/text.h"
#include "app/workspace/shown_json.h"

namespace dnm {

namespace {
// Behind the path; no path ends so.
const QString before_reading = QStringLiteral("\n{");
}  // namespace

QString RecentFile::to_line() const {
  return reading == ReadOptions{} ? path : path + "\n" + to_qt(reading_text(reading));
}

RecentFile RecentFile::from_line(const QString& line) {
  const qsizetype at = line.lastIndexOf(before_reading);
  if (at < 0) return {line};
  return {line.left(at), reading_from_text(line.mid(at + 1).toStdString())};
}

}  // namespace dnm
