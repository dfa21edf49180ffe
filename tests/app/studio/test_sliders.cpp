// SPDX-License-Identifier: GPL-3.0-or-later
#include <QComboBox>
#include <QDockWidget>
#include <QDoubleSpinBox>
#include <QScrollArea>
#include <QSlider>
#include <QTest>
#include <memory>

#include "driver.h"
#include "tests/support/test_class.h"

using namespace dnm;
using namespace dnm::studio_test;

/// The sliders of the Model panel: their length, and what drags and keys make of them.
class TestSliders : public QObject {
  Q_OBJECT

  std::unique_ptr<Window> window_;

  [[nodiscard]] QSlider& slider(const char* name) { return *find<QSlider>(*window_, name); }
  [[nodiscard]] QDoubleSpinBox& box(const char* name) { return *find<QDoubleSpinBox>(*window_, name); }
  [[nodiscard]] const LayerParameters& shared() { return window_->document().state().parameters.shared; }

 private Q_SLOTS:
  void init() {
    renew(window_);
    window_->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(window_.get()));
    QVERIFY(wait_until_fresh(*window_));
  }
  void cleanupTestCase() { window_.reset(); }

  void they_are_as_long_as_the_panel_is_wide() {
    const auto* area = find<QDockWidget>(*window_, "model")->findChild<QScrollArea*>();
    QVERIFY(area);
    const int room = area->viewport()->width();
    for (const char* name : {"sparsity-slider", "rewiring-slider"})
      QVERIFY2(slider(name).width() > 0.9 * room, qPrintable(QString::number(slider(name).width())));
    for (const char* name : {"dendrites-mean-slider", "receptive-field-mean-slider"})
      QVERIFY2(slider(name).width() > 0.6 * room, qPrintable(QString::number(slider(name).width())));
    // No blank column at the right for reset buttons that are not there.
    for (const char* name : {"sparsity-spin", "degree-family", "border-choice", "preset"}) {
      const auto* widget = find<QWidget>(*window_, name);
      const int right = widget->mapTo(area->widget(), QPoint(widget->width(), 0)).x();
      QVERIFY2(room - right < 14, name);
    }
    // A value that can be reset moves nothing.
    const QRect before = slider("sparsity-slider").geometry(), box_before = box("sparsity-spin").geometry();
    box("sparsity-spin").setValue(0.95);
    QVERIFY(find<QWidget>(*window_, "sparsity-reset")->isVisible());
    QCoreApplication::processEvents();
    QCOMPARE(slider("sparsity-slider").geometry(), before);
    QCOMPARE(box("sparsity-spin").geometry(), box_before);
  }

  void keys_take_the_next_number() {
    slider("sparsity-slider").setFocus();
    QTest::keyClick(&slider("sparsity-slider"), Qt::Key_Right);
    QCOMPARE(shared().sparsity, 0.901);
    QCOMPARE(box("sparsity-spin").value(), 0.901);
    QTest::keyClick(&slider("sparsity-slider"), Qt::Key_Left);
    QTest::keyClick(&slider("sparsity-slider"), Qt::Key_Left);
    QCOMPARE(shared().sparsity, 0.899);
    // On a logarithmic slider, where one position may be less than the last figure.
    QSlider& dendrites = slider("dendrites-mean-slider");
    dendrites.setFocus();
    for (const double mean : {3.1, 3.2, 3.3}) {
      QTest::keyClick(&dendrites, Qt::Key_Right);
      QCOMPARE(shared().dendrites.mean, mean);
    }
    box("dendrites-mean-spin").setValue(10.0);
    QTest::keyClick(&dendrites, Qt::Key_Right);
    QCOMPARE(shared().dendrites.mean, 11.0);
    QTest::keyClick(&dendrites, Qt::Key_Left);
    QTest::keyClick(&dendrites, Qt::Key_Left);
    QCOMPARE(shared().dendrites.mean, 9.9);
    // The ends hold.
    QTest::keyClick(&dendrites, Qt::Key_Home);
    QTest::keyClick(&dendrites, Qt::Key_Left);
    QCOMPARE(shared().dendrites.mean, 1.0);
    QTest::keyClick(&dendrites, Qt::Key_End);
    QTest::keyClick(&dendrites, Qt::Key_PageUp);
    QCOMPARE(shared().dendrites.mean, 1000.0);
  }

  void the_box_comes_before_its_slider() {
    box("rewiring-spin").setFocus();
    QTest::keyClick(&box("rewiring-spin"), Qt::Key_Tab);
    QVERIFY(slider("rewiring-slider").hasFocus());
  }
};

DNM_TEST(TestSliders, TimedApplication)
#include "test_sliders.moc"
