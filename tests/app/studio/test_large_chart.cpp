// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAction>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>
#include <cmath>
#include <memory>

#include "app/studio/training/training_chart.h"
#include "app/studio/widgets/chart_zoom.h"
#include "chart_experiments.h"
#include "driver.h"
#include "tests/support/test_class.h"

using namespace dnm;
using namespace dnm::studio_test;

/// The chart of training runs looked at closely: a part of its epochs, a logarithmic axis, a window of its own.
class TestLargeChart : public QObject {
  Q_OBJECT

  std::unique_ptr<TrainingChart> chart_;

  [[nodiscard]] ChartCanvas& canvas() { return *find<ChartCanvas>(*chart_, "chart-canvas"); }
  [[nodiscard]] QAction& action(const char* name) { return *chart_->findChild<QAction*>(name); }
  /// Where an epoch lies in the first chart, in pixels.
  [[nodiscard]] QPointF place(double epoch) {
    const PlotArea& plot = canvas().plots().at(0);
    return from_page(canvas(), plot.place(epoch, std::sqrt(plot.low * plot.high)));
  }
  void wheel(QPointF at, int clicks) {
    QWheelEvent event(at, canvas().mapToGlobal(at), {}, {0, 120 * clicks}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(&canvas(), &event);
    canvas().grab();  // the next event finds the plots where they are now
  }
  void drag(QPointF from, QPointF to) {
    QTest::mousePress(&canvas(), Qt::LeftButton, {}, from.toPoint());
    for (int step = 1; step <= 5; ++step) {
      const QPointF at = from + (to - from) * step / 5;
      QMouseEvent move(QEvent::MouseMove, at, canvas().mapToGlobal(at), Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
      QCoreApplication::sendEvent(&canvas(), &move);
    }
    QTest::mouseRelease(&canvas(), Qt::LeftButton, {}, to.toPoint());
    canvas().grab();
  }

 private Q_SLOTS:
  void init() {
    chart_ = std::make_unique<TrainingChart>();
    chart_->resize(900, 320);
    chart_->show();
    QVERIFY(QTest::qWaitForWindowExposed(chart_.get()));
    chart_->show_experiments(groups_of(2, 100));
    canvas().grab();
  }

  void the_wheel_zooms_about_the_pointer() {
    QCOMPARE(canvas().plots()[0].last_x, 100.0);
    QVERIFY(!action("chart-all-epochs").isEnabled());
    wheel(place(80.0), 4);
    QVERIFY(canvas().zoom());
    const ChartSpan seen = *canvas().zoom();
    QVERIFY2(seen.last - seen.first < 60.0 && seen.last - seen.first > 20.0, qPrintable(QString::number(seen.first)));
    const double before = 80.0 / 100.0, now = (80.0 - seen.first) / (seen.last - seen.first);
    QVERIFY(std::abs(before - now) < 0.05);
    for (const PlotArea& plot : canvas().plots()) QVERIFY(plot.first_x == seen.first && plot.last_x == seen.last);
    QVERIFY(action("chart-all-epochs").isEnabled());
    wheel(place(seen.first + 1.0), -20);
    QVERIFY(!canvas().zoom());
  }

  void values_have_the_axis_of_what_is_seen() {
    const PlotArea whole = canvas().plots().at(1);  // the loss, which falls from 1.2 to 0.21
    drag(place(50.0), place(99.0));
    const PlotArea& part = canvas().plots().at(1);
    QVERIFY(whole.high > 1.1 && part.high < 0.3 && part.low > 0.15);
  }

  void a_rubber_band_chooses_epochs_and_a_double_click_shows_all() {
    QSignalSpy changed(&canvas(), &ChartCanvas::zoom_changed);
    drag(place(20.0), place(40.0));
    QCOMPARE(*canvas().zoom(), (ChartSpan{20.0, 40.0}));
    drag(place(35.0), place(25.0));  // from right to left, within what is seen
    QCOMPARE(*canvas().zoom(), (ChartSpan{25.0, 35.0}));
    QCOMPARE(changed.size(), 2);
    QTest::mouseDClick(&canvas(), Qt::LeftButton, {}, place(30.0).toPoint());
    QVERIFY(!canvas().zoom());
    QTest::mouseClick(&canvas(), Qt::LeftButton, {}, place(30.0).toPoint());  // no band
    QVERIFY(!canvas().zoom());
  }

  void keys_zoom_and_go_through_what_is_seen() {
    canvas().setFocus();
    QTest::keyClick(&canvas(), Qt::Key_Plus);
    QVERIFY(canvas().zoom());
    canvas().grab();
    QTest::keyClick(&canvas(), Qt::Key_Home);
    QCOMPARE(*canvas().marked_epoch(), static_cast<int>(canvas().zoom()->first));
    QTest::keyClick(&canvas(), Qt::Key_End);
    QCOMPARE(*canvas().marked_epoch(), static_cast<int>(canvas().zoom()->last));
    QTest::keyClick(&canvas(), Qt::Key_0);
    QVERIFY(!canvas().zoom());
  }

  void news_leave_what_is_seen() {
    drag(place(20.0), place(40.0));
    chart_->show_experiments(groups_of(2, 120));
    canvas().grab();
    QCOMPARE(*canvas().zoom(), (ChartSpan{20.0, 40.0}));
    QCOMPARE(canvas().plots()[0].last_x, 40.0);
    action("chart-all-epochs").trigger();
    canvas().grab();
    QCOMPARE(canvas().plots()[0].last_x, 120.0);
  }

  void a_part_of_a_curve_ends_at_its_edges() {
    const Chart chart{"Loss", {{"train", {{0.0, 0.0}, {4.0, 8.0}, {6.0, 2.0}}, {{0.0, 1.0}, {6.0, 7.0}}}}, 0.0, 6.0};
    const std::vector<Chart> cut = cut_to({&chart, 1}, {1.0, 5.0});
    const std::vector<ChartPoint>& points = cut[0].curves[0].points;
    QCOMPARE(points.size(), std::size_t{3});
    QVERIFY(points[0].x == 1.0 && points[0].y == 2.0);
    QVERIFY(points[1].x == 4.0 && points[1].y == 8.0);
    QVERIFY(points[2].x == 5.0 && points[2].y == 5.0);
    QCOMPARE(cut[0].curves[0].raw.size(), std::size_t{2});
    QCOMPARE(cut[0].curves[0].raw[1].y, 6.0);
    // Always whole numbers, within what there is, and never fewer than two.
    QCOMPARE(fitted_span(3.2, 3.4, {0.0, 10.0}), (ChartSpan{3.0, 5.0}));
    QCOMPARE(fitted_span(9.5, 30.0, {0.0, 10.0}), (ChartSpan{0.0, 10.0}));
    QCOMPARE(fitted_span(9.0, 10.0, {0.0, 10.0}), (ChartSpan{8.0, 10.0}));
    ChartSpan span{0.0, 10.0};
    for (int step = 0; step < 30; ++step) span = magnified(span, 4.0, 1.25, {0.0, 10.0});
    QCOMPARE(span.last - span.first, 2.0);
    for (int step = 0; step < 30; ++step) span = magnified(span, 4.0, 0.8, {0.0, 10.0});
    QCOMPARE(span, (ChartSpan{0.0, 10.0}));
  }

  void the_loss_can_have_a_logarithmic_axis() {
    QSignalSpy changed(chart_.get(), &TrainingChart::settings_changed);
    action("chart-logarithmic").trigger();
    canvas().grab();
    QVERIFY(!canvas().plots()[0].logarithmic && canvas().plots()[1].logarithmic);  // shares stay as they are
    QCOMPARE(changed.size(), 1);
    ChartSettings settings = chart_->settings();
    QVERIFY(settings.logarithmic);
    settings.logarithmic = false;
    chart_->set_settings(settings);
    canvas().grab();
    QVERIFY(!canvas().plots()[1].logarithmic && !action("chart-logarithmic").isChecked());
  }

  void it_stands_in_a_window_of_its_own() {
    const auto window = make_window();
    auto* chart = find<TrainingChart>(*window, "training-chart");
    const int small = chart->width();
    QVERIFY(chart->window() == window.get());
    auto* large = window->findChild<QAction*>("training-large-chart");
    large->trigger();
    auto* own = find<QWidget>(*window, "training-chart-window");
    QVERIFY(QTest::qWaitForWindowExposed(own));
    QVERIFY(own->isWindow() && chart->isVisible() && chart->window() == own && chart->width() > small + 100);
    auto* back = find<QPushButton>(*window, "training-chart-back");
    QVERIFY(back->isVisible());
    QTest::mouseClick(back, Qt::LeftButton);
    QVERIFY(!own->isVisible() && chart->isVisible() && chart->window() == window.get() && !large->isChecked());
    large->trigger();
    QVERIFY(QTest::qWaitForWindowExposed(own));
    own->close();
    QVERIFY(!large->isChecked() && chart->isVisible() && chart->window() == window.get());
    QVERIFY(!back->isVisible());
  }
};

DNM_TEST(TestLargeChart, TimedApplication)
#include "test_large_chart.moc"
