// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QApplication>
#include <QFileDialog>
#include <QLineEdit>
#include <QTest>
#include <QTimer>

namespace dnm::studio_test {

/// Types a name into the system's file dialog, once it is up.
inline void type_into_file_dialog(const QString& name) {
  QTimer::singleShot(50, qApp, [name] {
    auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
    auto* line = dialog ? dialog->findChild<QLineEdit*>("fileNameEdit") : nullptr;
    if (!line) return type_into_file_dialog(name);
    line->setText(name);
    QTest::keyClick(line, Qt::Key_Return);
  });
}

}  // namespace dnm::studio_test
