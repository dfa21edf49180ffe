// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QProcess>
#include <QStandardPaths>
#include <QStringList>
#include <QTemporaryDir>

namespace dnm::test {

/// Locales of Germany (decimal comma), Turkey (dotless i), Iran and Afghanistan (other digits, a decimal point of two
/// bytes), made by localedef in a folder of their own; those that it can make here.
class Locales {
 public:
  Locales() {
    const QString localedef = QStandardPaths::findExecutable("localedef", {"/usr/bin", "/usr/local/bin"});
    for (const char* name : {"de_DE", "tr_TR", "fa_IR", "ps_AF"}) {
      const QString full = QString(name) + ".UTF-8";
      // Its exit status counts warnings about the definitions, too.
      if (!localedef.isEmpty())
        QProcess::execute(localedef, {"--quiet", "-c", "-i", name, "-f", "UTF-8", folder_.filePath(full)});
      if (QFile::exists(folder_.filePath(full) + "/LC_NUMERIC")) names_ += full;
    }
  }

  [[nodiscard]] const QStringList& names() const { return names_; }
  /// What LOCPATH must be for them to be found.
  [[nodiscard]] QString folder() const { return folder_.path(); }
  [[nodiscard]] QMap<QString, QString> environment(const QString& name) const {
    return {{"LC_ALL", name}, {"LANG", name}, {"LANGUAGE", name}, {"LOCPATH", folder()}};
  }

 private:
  QTemporaryDir folder_;
  QStringList names_;
};

}  // namespace dnm::test
