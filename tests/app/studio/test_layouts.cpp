// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAction>
#include <QDockWidget>
#include <QSplitter>
#include <QTest>
#include <QToolBar>
#include <QToolButton>
#include <cmath>
#include <memory>

#include "driver.h"
#include "temporary_settings.h"
#include "tests/support/test_class.h"

using namespace dnm;
using namespace dnm::studio_test;

/// Arrangements of the window for designing, training and publishing, and the user's own.
class TestLayouts : public QObject {
  Q_OBJECT

  std::unique_ptr<Window> window_;

  [[nodiscard]] QDockWidget& dock(const char* name) { return *find<QDockWidget>(*window_, name); }
  [[nodiscard]] QString shown() {
    QString names;
    for (const char* name : {"model", "measures", "training", "neurons", "pins", "sweep"})
      if (dock(name).isVisible()) names += QString(names.isEmpty() ? "" : " ") + name;
    return names;
  }
  void choose(const char* id) {
    window_->findChild<QAction*>(QString("layout-") + id)->trigger();
    QCoreApplication::processEvents();
    QCoreApplication::processEvents();
  }

 private Q_SLOTS:
  void init() { window_ = make_window(); }
  void cleanup() { window_.reset(); }

  void each_has_its_panels() {
    QCOMPARE(shown(), "model measures training");
    const int usual = window_->views().height();
    choose("design");
    QCOMPARE(shown(), "model measures");
    QVERIFY(window_->views().height() > usual + 150);
    choose("train");
    QCOMPARE(shown(), "training");
    QVERIFY(dock("training").height() > window_->height() / 2 && window_->views().height() > 120);
    const QList<int> columns = find<QSplitter>(*window_, "training-columns")->sizes();
    QVERIFY2(columns[1] > columns[0] && columns[1] > columns[2], qPrintable(QString::number(columns[1])));
    choose("publish");
    QCOMPARE(shown(), "");
    QVERIFY(window_->views().width() > window_->width() - 30 && window_->views().height() > window_->height() - 120);
    auto* tools = find<QToolBar>(*window_, "publish-tools");
    QVERIFY(tools->isVisible());
    for (QAction* action : tools->actions()) QVERIFY(!tools->widgetForAction(action)->accessibleName().isEmpty());
    choose("design");
    QVERIFY(!tools->isVisible());
    QCOMPARE(window_->window_layout(), WindowLayout::design);
    QVERIFY(window_->findChild<QAction*>("layout-design")->isChecked());
  }

  void pictures_stand_beside_each_other_where_there_is_width() {
    window_->resize(1366, 768);
    const auto place = [&](const char* pane) {
      auto* widget = find<QWidget>(*window_, pane);
      return QRect(widget->mapTo(window_.get(), QPoint(0, 0)), widget->size());
    };
    const auto are_beside = [&] { return place("pane-matrix").top() == place("pane-layers").top(); };
    choose("design");
    QVERIFY(!are_beside());
    choose("train");
    QTRY_VERIFY(are_beside());
    QCOMPARE(place("pane-layers").top(), place("pane-disk").top());
    QVERIFY(std::abs(place("pane-matrix").width() - place("pane-disk").width()) < 60);
    QVERIFY(place("pane-matrix").height() > window_->views().height() - 10);
    choose("design");
    QTRY_VERIFY(!are_beside());
    QVERIFY(std::abs(place("pane-matrix").height() - place("pane-layers").height()) < 60);
  }

  void ones_own_comes_back_as_it_was_left() {
    dock("measures").hide();
    window_->addDockWidget(Qt::RightDockWidgetArea, &dock("model"));
    window_->resizeDocks({&dock("model")}, {420}, Qt::Horizontal);
    QCoreApplication::processEvents();
    const QRect model = dock("model").geometry(), training = dock("training").geometry();
    choose("train");
    choose("publish");
    dock("measures").show();  // a change of that layout, not of one's own
    choose("own");
    QCOMPARE(shown(), "model training");
    QCOMPARE(dock("model").geometry(), model);
    QCOMPARE(dock("training").geometry(), training);
    QCOMPARE(window_->window_layout(), WindowLayout::own);
  }

  void a_layout_can_become_ones_own() {
    choose("design");
    dock("measures").hide();
    window_->findChild<QAction*>("layout-keep")->trigger();
    QVERIFY(window_->findChild<QAction*>("layout-own")->isChecked());
    choose("train");
    choose("own");
    QCOMPARE(shown(), "model");
    window_->findChild<QAction*>("view-reset-layout")->trigger();
    QCOMPARE(shown(), "model measures training");
  }

  void keys_choose_them() {
    window_->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(window_.get()));
    QTest::keyClick(window_.get(), Qt::Key_2, Qt::ControlModifier);
    QTRY_COMPARE(shown(), "training");
    QTest::keyClick(window_.get(), Qt::Key_4, Qt::ControlModifier);
    QTRY_COMPARE(shown(), "model measures training");
  }

  void they_are_kept_until_the_next_start() {
    const TemporarySettings settings;
    const auto start = [] {
      auto window = std::make_unique<Window>(WindowOptions{.keep_settings = true, .ask_for_unsaved = false});
      window->resize(1280, 800);
      window->show();
      static_cast<void>(QTest::qWaitForWindowExposed(window.get()));
      return window;
    };
    window_ = start();
    dock("measures").hide();
    choose("publish");
    window_->close();
    window_ = start();
    QCOMPARE(shown(), "");
    QVERIFY(find<QToolBar>(*window_, "publish-tools")->isVisible());
    QVERIFY(window_->findChild<QAction*>("layout-publish")->isChecked());
    choose("own");
    QCOMPARE(shown(), "model training");
    window_->close();
  }

  void they_fit_small_windows() {
    for (const QSize size : {QSize(1024, 700), QSize(1366, 700)}) {
      for (const char* id : {"design", "train", "publish", "own"}) {
        choose(id);
        window_->resize(size);
        QCoreApplication::processEvents();
        QCOMPARE(window_->size(), size);
        for (const ViewPane* pane : window_->views().panes())
          QVERIFY2(pane->width() >= 130 && pane->height() >= 120, id);
      }
    }
  }
};

DNM_TEST(TestLayouts, TimedApplication)
#include "test_layouts.moc"
