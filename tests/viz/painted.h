// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QOpenGLWidget>
#include <QTest>

#include "tests/viz/paper.h"
#include "viz/screen/network_view.h"

// Pictures as they are on the screen, to compare with paper.
namespace dnm::test {

constexpr int patience = 30000;  // milliseconds; only a broken view takes them

/// Without the marks over the picture.
[[nodiscard]] inline QImage screen_of(NetworkView& view) {
  if (auto* canvas = view.findChild<QOpenGLWidget*>()) return canvas->grabFramebuffer();
  auto* canvas = view.findChild<QWidget*>(view.objectName() + "-canvas");
  return canvas == nullptr ? QImage() : canvas->grab().toImage();
}

/// Lets timers of movement run out and everything be painted.
[[nodiscard]] inline bool settle(NetworkView& view) {
  QTest::qWait(250);
  return QTest::qWaitFor([&] { return view.is_current(); }, patience);
}

/// On a page as large as the view.
[[nodiscard]] inline QImage on_paper(const Scene& scene, const NetworkView& view, QSize size) {
  return on_paper(scene, size, view.logicalDpiX() / 72.0 * view.devicePixelRatioF());
}

}  // namespace dnm::test
