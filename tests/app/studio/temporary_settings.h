// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QSettings>
#include <QTemporaryDir>

namespace dnm::studio_test {

/// Settings of the user in a folder of the test's own, empty at first.
class TemporarySettings {
 public:
  TemporarySettings() {
    QCoreApplication::setOrganizationName("dnm-test");
    QCoreApplication::setApplicationName("dnm-test");
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, folder_.path());
  }
  ~TemporarySettings() { QSettings().clear(); }
  TemporarySettings(const TemporarySettings&) = delete;
  TemporarySettings& operator=(const TemporarySettings&) = delete;

 private:
  QTemporaryDir folder_;
};

}  // namespace dnm::studio_test
