// SPDX-License-Identifier: GPL-3.0-or-later
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QSlider>
#include <QTest>
#include <cmath>
#include <memory>

#include "app/studio/widgets/scale_marks.h"
#include "driver.h"
#include "tests/support/test_class.h"

using namespace dnm;
using namespace dnm::studio_test;

/// The sliders of the Model panel: their length, their scales, and what drags and keys make of them.
class TestSliders : public QObject {
  Q_OBJECT

  std::unique_ptr<Window> window_;

  [[nodiscard]] QSlider& slider(const char* name) { return *find<QSlider>(*window_, name); }
  [[nodiscard]] QDoubleSpinBox& box(const char* name) { return *find<QDoubleSpinBox>(*window_, name); }
  [[nodiscard]] double sparsity() const { return window_->document().state().parameters.shared.sparsity; }

 private Q_SLOTS:
  void init() {
    renew(window_);
    window_->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(window_.get()));
    QVERIFY(wait_until_fresh(*window_));
  }
  void cleanupTestCase() { window_.reset(); }

  void the_field_of_the_sparsity_shows_all_its_digits() {
    auto* field = find<QDoubleSpinBox>(*window_, "sparsity-spin");
    field->setValue(0.973333);
    const auto* line = field->findChild<QLineEdit*>();
    QVERIFY(line);
    QCOMPARE(line->text(), "0.973333");
    QVERIFY(line->fontMetrics().horizontalAdvance(line->text()) + 4 <= line->width());
  }

  void they_are_as_long_as_the_panel_is_wide() {
    auto* dock = find<QDockWidget>(*window_, "model");
    QScrollArea* area = dock->findChild<QScrollArea*>();
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
    QCOMPARE(slider("sparsity-slider").geometry(), before);
    QCOMPARE(box("sparsity-spin").geometry(), box_before);
  }

  void the_marks_are_where_the_handle_goes() {
    auto* marks = find<ScaleMarks>(*window_, "sparsity-slider-marks");
    QVERIFY(marks->isVisible() && marks->height() < 16);
    QCOMPARE(marks->mapTo(window_.get(), QPoint()).x(), slider("sparsity-slider").mapTo(window_.get(), QPoint()).x());
    const double shares[] = {0.5, 0.9, 0.95, 0.99, 0.999};
    for (std::size_t mark = 0; mark < std::size(shares); ++mark) {
      box("sparsity-spin").setValue(shares[mark]);
      QVERIFY(std::abs(handle_of(slider("sparsity-slider")).x() - marks->place_of(mark)) <= 1);
    }
    // A decade of what is there is as long everywhere, and 99.9 % is as easy to reach as 99 %.
    QVERIFY(std::abs((marks->place_of(3) - marks->place_of(1)) - (marks->place_of(4) - marks->place_of(3))) <= 1);
    QVERIFY(marks->place_of(4) - marks->place_of(3) > 50);
    QTest::mouseClick(marks, Qt::LeftButton, {}, QPoint(marks->place_of(3), marks->height() - 3));
    QCOMPARE(sparsity(), 0.99);
    QVERIFY(!find<ScaleMarks>(*window_, "rewiring-slider-marks")->isVisible());
  }

  void a_drag_reaches_sensible_numbers_everywhere() {
    QSlider& of_sparsity = slider("sparsity-slider");
    const auto& marks = *find<ScaleMarks>(*window_, "sparsity-slider-marks");
    std::size_t mark = 0;
    for (const double wanted : {0.5, 0.9, 0.95, 0.99, 0.999}) {
      drag_slider(of_sparsity, static_cast<double>(marks.place_of(mark++)) / of_sparsity.width(), 6);
      const double there = (1.0 - sparsity()) / (1.0 - wanted);
      QVERIFY2(there > 0.85 && there < 1.18, qPrintable(QString::number(sparsity(), 'g', 12)));
      // Two figures of what is there: 0.953, not 0.95286371.
      const double rest = 1.0 - sparsity();
      const double unit = std::pow(10.0, std::floor(std::log10(rest) + 1e-9) - 1.0);
      QVERIFY2(std::abs(rest / unit - std::round(rest / unit)) < 1e-6,
               qPrintable(QString::number(sparsity(), 'g', 12)));
      QCOMPARE(box("sparsity-spin").value(), sparsity());
    }
  }

  void keys_take_the_next_number_or_mark() {
    QSlider& of_sparsity = slider("sparsity-slider");
    of_sparsity.setFocus();
    QCOMPARE(sparsity(), 0.9);
    QTest::keyClick(&of_sparsity, Qt::Key_Right);
    QCOMPARE(sparsity(), 0.901);
    QTest::keyClick(&of_sparsity, Qt::Key_Left);
    QTest::keyClick(&of_sparsity, Qt::Key_Left);
    QCOMPARE(sparsity(), 0.89);
    for (const double mark : {0.9, 0.95, 0.99, 0.999}) {
      QTest::keyClick(&of_sparsity, Qt::Key_PageUp);
      QCOMPARE(sparsity(), mark);
      QCOMPARE(box("sparsity-spin").value(), mark);
    }
    QTest::keyClick(&of_sparsity, Qt::Key_Right);
    QCOMPARE(sparsity(), 0.99901);
    QTest::keyClick(&of_sparsity, Qt::Key_PageDown);
    QCOMPARE(sparsity(), 0.999);
    QTest::keyClick(&of_sparsity, Qt::Key_Home);
    QCOMPARE(sparsity(), 0.0);
    // The spin box has the same steps.
    box("sparsity-spin").setFocus();
    box("sparsity-spin").setValue(0.99);
    QTest::keyClick(&box("sparsity-spin"), Qt::Key_Up);
    QCOMPARE(sparsity(), 0.9901);
    QTest::keyClick(&box("sparsity-spin"), Qt::Key_Down);
    QTest::keyClick(&box("sparsity-spin"), Qt::Key_Down);
    QCOMPARE(sparsity(), 0.989);
  }

  void more_dendrites_than_the_slider_has_are_typed() {
    const auto mean = [this] { return window_->document().state().parameters.shared.dendrites.mean; };
    drag_slider(slider("dendrites-mean-slider"), 1.0, 6);
    QCOMPARE(mean(), 31.0);
    type(*box("dendrites-mean-spin").findChild<QLineEdit*>(), "200");
    QCOMPARE(mean(), 200.0);
    QCOMPARE(slider("dendrites-mean-slider").value(), slider("dendrites-mean-slider").maximum());
    // A click on the handle there is no edit.
    drag_slider(slider("dendrites-mean-slider"), 1.0, 1);
    QCOMPARE(mean(), 200.0);
    drag_slider(slider("dendrites-mean-slider"), 0.5, 6);
    QVERIFY2(mean() > 4.0 && mean() < 8.0, qPrintable(QString::number(mean())));
    choose(*find<QComboBox>(*window_, "dendrites-family"), "Gaussian");
    type(*box("dendrites-spread-spin").findChild<QLineEdit*>(), "100");
    QCOMPARE(window_->document().state().parameters.shared.dendrites.spread.value_or(0.0), 100.0);
  }
};

DNM_TEST(TestSliders, TimedApplication)
#include "test_sliders.moc"
