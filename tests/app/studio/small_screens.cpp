// SPDX-License-Identifier: GPL-3.0-or-later
#include "small_screens.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QDockWidget>
#include <QLabel>
#include <QProcess>
#include <QPushButton>
#include <QScreen>
#include <QStandardPaths>
#include <QTest>
#include <QTextDocumentFragment>
#include <QToolButton>

#include "app/studio/widgets/elided_label.h"
#include "driver.h"

namespace dnm::studio_test {

namespace {

bool is_all_visible(const QWidget& widget) {
  return widget.isVisible() && widget.visibleRegion().boundingRect() == widget.rect();
}

/// Whether the widget is narrower than its text. Labels that end in dots tell the rest by their tool tip, and lists cut
/// their entries by design.
bool cuts_its_text(const QWidget& widget) {
  if (!widget.isVisible() || qobject_cast<const ElidedLabel*>(&widget)) return false;
  if (const auto* label = qobject_cast<const QLabel*>(&widget)) {
    if (label->text().isEmpty()) return false;
    if (label->wordWrap()) return label->height() < label->heightForWidth(label->width());
    const QString plain = QTextDocumentFragment::fromHtml(label->text()).toPlainText();
    return label->fontMetrics().horizontalAdvance(plain) > label->contentsRect().width() + 1;
  }
  const auto* button = qobject_cast<const QAbstractButton*>(&widget);
  return button && !button->text().isEmpty() && button->width() < button->minimumSizeHint().width();
}

QString first_cut_text(const QWidget& window) {
  for (const QWidget* widget : window.findChildren<QWidget*>()) {
    if (!cuts_its_text(*widget)) continue;
    const auto* label = qobject_cast<const QLabel*>(widget);
    return QString("“%1” of %2 is cut")
        .arg(label ? label->text() : static_cast<const QAbstractButton*>(widget)->text(), widget->objectName());
  }
  return {};
}

}  // namespace

QString problem_of_cut_text(const QWidget& window) {
  QString cut;
  const auto nothing_is_cut = [&] { return (cut = first_cut_text(window)).isEmpty(); };
  static_cast<void>(QTest::qWaitFor(nothing_is_cut, 2000));  // layouts settle after the window is there
  return cut;
}

QString problem_on_this_screen() {
  Window window({.keep_settings = false, .ask_for_unsaved = false});
  window.show();
  if (!QTest::qWaitForWindowExposed(&window)) return "the window did not come up";
  const QRect room = window.screen()->availableGeometry();
  if (window.width() > room.width() || window.height() + 24 > room.height())  // with a title bar
    return QString("the window has %1 x %2").arg(window.width()).arg(window.height());
  if (window.minimumSizeHint().width() > 1000)
    return QString("the window cannot be narrower than %1").arg(window.minimumSizeHint().width());
  // In a narrow window, the measures are a tab beside the model.
  auto *model = find<QDockWidget>(window, "model"), *measures = find<QDockWidget>(window, "measures");
  if (window.views().width() * 5 < window.width() * 2)
    return QString("the pictures have %1 of %2").arg(window.views().width()).arg(window.width());
  measures->raise();
  if (!QTest::qWaitFor([&] { return is_all_visible(*find<QWidget>(window, "measured-layer")); }, 2000))
    return "the measures are not there";
  model->raise();
  if (!QTest::qWaitFor([&] { return is_all_visible(*find<QWidget>(window, "layers-text")); }, 2000))
    return "the model is not there";
  if (!find<QDockWidget>(window, "training")->isVisible()) return "the panel training is not there";
  for (const char* name : {"training-start", "training-stop", "run-actions", "chart-export", "options-disk",
                           "maximise-disk", "maximise-layers", "layers-text"})
    if (!is_all_visible(*find<QWidget>(window, name)))
      return QString("%1 is not all visible, window %2").arg(name).arg(window.width());
  for (ViewPane* pane : window.views().panes())
    if (!pane->isHidden() && (pane->width() < 130 || pane->height() < 120))
      return QString("the picture %1 has %2 x %3").arg(pane->objectName()).arg(pane->width()).arg(pane->height());
  return problem_of_cut_text(window);
}

bool has_small_screens() { return !QStandardPaths::findExecutable("xvfb-run").isEmpty(); }

QString problem_on_screen(const QString& size, const char* test_class, const char* slot) {
  QProcess process;
  process.setProcessChannelMode(QProcess::MergedChannels);
  process.start("xvfb-run", {"-a", "-s", "-screen 0 " + size + "x24 -nolisten tcp",
                             QCoreApplication::applicationFilePath(), test_class, slot});
  if (!process.waitForFinished(120000)) return "the test did not end";
  return process.exitCode() == 0 ? QString() : QString::fromUtf8(process.readAll());
}

}  // namespace dnm::studio_test
