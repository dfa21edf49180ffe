// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/paper/fonts.h"

#include <QDirIterator>
#include <QFileInfo>
#include <QFontDatabase>
#include <QFontInfo>
#include <QPaintDevice>
#include <QStandardPaths>

namespace dnm {

namespace {

QString find_font_file(const QString& name) {
  // Where Debian keeps it, then every font folder of the system and the user.
  QString usual = QStringLiteral("/usr/share/fonts/truetype/dejavu/") + name;
  if (QFileInfo(usual).isReadable()) return usual;
  for (const QString& folder : QStandardPaths::standardLocations(QStandardPaths::FontsLocation)) {
    QDirIterator files(folder, {name}, QDir::Files, QDirIterator::Subdirectories);
    if (files.hasNext()) return files.next();
  }
  return {};
}

QString load_family() {
  QString wanted = QStringLiteral("DejaVu Sans");
  if (QFontInfo(QFont(wanted)).family() == wanted) return wanted;
  for (const bool bold : {false, true}) {
    const QString file = picture_font_file(bold);
    if (!file.isEmpty()) QFontDatabase::addApplicationFont(file);
  }
  return QFontInfo(QFont(wanted)).family() == wanted ? wanted : QStringLiteral("sans-serif");
}

}  // namespace

QString picture_font_file(bool bold) {
  static const QString regular_file = find_font_file(QStringLiteral("DejaVuSans.ttf"));
  static const QString bold_file = find_font_file(QStringLiteral("DejaVuSans-Bold.ttf"));
  return bold && !bold_file.isEmpty() ? bold_file : regular_file;
}

QString picture_font_family() {
  static const QString family = load_family();
  return family;
}

QString installed_family(const QStringList& families) {
  for (const QString& family : families) {
    if (QFontDatabase::hasFamily(family)) return family;
  }
  return {};
}

QFont picture_font(double size, bool bold, const QPaintDevice& device, const QString& family) {
  QFont font(family.isEmpty() ? picture_font_family() : family);
  font.setStyleHint(QFont::SansSerif);
  font.setBold(bold);
  font.setHintingPreference(QFont::PreferNoHinting);
  font.setPointSizeF(size * 72.0 / device.logicalDpiY());
  return font;
}

}  // namespace dnm
