// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDockWidget>
#include <QTest>
#include <memory>

#include "app/studio/widgets/elided_label.h"
#include "driver.h"
#include "small_screens.h"
#include "tests/support/test_class.h"

using namespace dnm;
using namespace dnm::studio_test;

/// The window on the screens of small and scaled laptops.
class TestSmallScreens : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  /// Of the screen it runs on; the next test runs it on small ones.
  void the_window_fits_its_screen() {
    const QString problem = problem_on_this_screen();
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
  }

  void the_window_fits_small_screens_data() {
    QTest::addColumn<QString>("size");
    QTest::newRow("1366 x 768") << "1366x768";
    QTest::newRow("1280 x 800") << "1280x800";
    QTest::newRow("1024 x 768") << "1024x768";
  }
  void the_window_fits_small_screens() {
    QFETCH(QString, size);
    if (!has_small_screens()) QSKIP("there is no xvfb-run to make a small screen with");
    const QString problem = problem_on_screen(size, "TestSmallScreens", "the_window_fits_its_screen");
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
  }

  /// A Model panel made wider takes room, but pushes nothing out of the window.
  void wide_panels_leave_all_within_reach() {
    const auto window = make_window();
    auto* model = find<QDockWidget>(*window, "model");
    for (const int width : {1024, 1280, 1600}) {
      window->resize(width, 700);
      window->resizeDocks({model}, {600}, Qt::Horizontal);
      QCoreApplication::processEvents();
      QCOMPARE(window->width(), width);
      for (const char* name : {"model", "measures", "training"}) {
        const QWidget* dock = find<QDockWidget>(*window, name);
        QVERIFY2(window->rect().contains(QRect(dock->mapTo(window.get(), QPoint()), dock->size())), name);
      }
    }
  }

  void cards_do_not_move_when_the_panel_begins_to_scroll() {
    const auto window = make_window();
    QVERIFY(wait_until_fresh(*window));
    const auto places = [&] {
      QList<std::pair<int, int>> found;
      for (const MeasureCard* card : window->findChildren<MeasureCard*>()) found += std::pair(card->x(), card->width());
      return found;
    };
    window->resize(1280, 1600);  // room for all cards; then there is none
    QCoreApplication::processEvents();
    const auto before = places();
    window->resize(1280, 640);
    QCoreApplication::processEvents();
    QCOMPARE(places(), before);
  }

  void what_does_not_fit_ends_in_dots_and_is_told() {
    ElidedLabel label;
    label.show_text("Hyperbolic disk");
    label.resize(label.sizeHint());
    const QImage whole = label.grab().toImage();
    QVERIFY(label.minimumSizeHint().width() < label.sizeHint().width() / 2);
    label.resize(label.sizeHint().width() * 2 / 3, label.height());
    const QImage cut = label.grab().toImage();
    QVERIFY(whole.copy(cut.rect()) != cut);  // not the same letters, cut off
    QCOMPARE(label.toolTip(), "Hyperbolic disk");
  }
};

DNM_TEST(TestSmallScreens, TimedApplication)
#include "test_small_screens.moc"
