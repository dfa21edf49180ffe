// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAction>
#include <QApplication>
#include <QPalette>
#include <QSettings>
#include <QTest>
#include <cmath>
#include <memory>

#include "app/studio/window/theme.h"
#include "driver.h"
#include "temporary_settings.h"
#include "tests/support/test_class.h"

using namespace dnm;
using namespace dnm::studio_test;

/// Light and dark, chosen in the window.
class TestTheme : public QObject {
  Q_OBJECT

  /// Contrast as of WCAG 2.1: from 1 to 21.
  static double contrast(const QColor& one, const QColor& other) {
    const auto luminance = [](const QColor& color) {
      const auto linear = [](double value) {
        return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
      };
      return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
    };
    const double a = luminance(one), b = luminance(other);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
  }

 private Q_SLOTS:
  void cleanup() { apply_theme(Theme::system); }

  void the_whole_window_and_its_pictures_follow_at_once() {
    const auto window = make_window();
    QVERIFY(wait_until_fresh(*window));
    const QPalette before = window->palette();
    const auto grounds_are_dark = [&] {
      for (ViewPane* pane : window->views().panes()) {
        if (pane->isHidden()) continue;
        if (!pane->view().scene()) return false;
        if (pane->view().scene()->background.red > 100) return false;
      }
      return true;
    };
    QVERIFY(!grounds_are_dark());
    window->findChild<QAction*>("theme-dark")->trigger();
    QTRY_VERIFY(wait_until_fresh(*window) && grounds_are_dark());
    for (const char* name : {"model", "measures", "training", "chart-canvas", "run-actions"}) {
      const QPalette palette = find<QWidget>(*window, name)->palette();
      QVERIFY2(palette.color(QPalette::Window).lightness() < 90, name);
      QVERIFY2(palette.color(QPalette::Text).lightness() > 180, name);
    }
    window->findChild<QAction*>("theme-light")->trigger();
    QTRY_VERIFY(wait_until_fresh(*window) && !grounds_are_dark());
    QVERIFY(window->palette().color(QPalette::Window).lightness() > 200);
    window->findChild<QAction*>("theme-system")->trigger();
    QTRY_COMPARE(window->palette().color(QPalette::Window), before.color(QPalette::Window));
    QCOMPARE(window->palette().color(QPalette::Text), before.color(QPalette::Text));
  }

  void texts_can_be_read() {
    for (const Theme theme : {Theme::light, Theme::dark}) {
      apply_theme(theme);
      const QPalette palette = QApplication::palette();
      const auto color = [&](QPalette::ColorRole role) { return palette.color(QPalette::Active, role); };
      for (const auto ground : {QPalette::Window, QPalette::Base, QPalette::AlternateBase, QPalette::Button}) {
        QVERIFY(contrast(color(QPalette::Text), color(ground)) >= 7.0);
        QVERIFY2(contrast(color(QPalette::PlaceholderText), color(ground)) >= 4.5,
                 qPrintable(color(ground).name() + " " + color(QPalette::PlaceholderText).name()));
      }
      QVERIFY(contrast(color(QPalette::Link), color(QPalette::Base)) >= 4.5);
      QVERIFY(contrast(color(QPalette::Highlight), color(QPalette::Base)) >= 3.0);
      QVERIFY(contrast(color(QPalette::HighlightedText), color(QPalette::Highlight)) >= 3.0);
    }
  }

  void the_choice_is_kept() {
    const TemporarySettings settings;
    QCOMPARE(kept_theme(), Theme::system);
    {
      Window window(WindowOptions{.keep_settings = true, .ask_for_unsaved = false});
      QVERIFY(window.findChild<QAction*>("theme-system")->isChecked());
      window.findChild<QAction*>("theme-dark")->trigger();
    }
    QCOMPARE(kept_theme(), Theme::dark);
    const Window again(WindowOptions{.keep_settings = true, .ask_for_unsaved = false});
    QVERIFY(again.findChild<QAction*>("theme-dark")->isChecked());
    QSettings().setValue("window/theme", "of another version");
    QCOMPARE(kept_theme(), Theme::system);
  }
};

DNM_TEST(TestTheme, TimedApplication)
#include "test_theme.moc"
