// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QCheckBox>
#include <QImage>
#include <QLabel>
#include <QPoint>
#include <QSignalSpy>
#include <QSize>
#include <QSlider>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <cmath>
#include <utility>

#include "app/studio/training/curve_sample.h"
#include "app/studio/training/training_chart.h"
#include "chart_experiments.h"
#include "driver.h"
#include "tests/app/played_topology.h"
#include "tests/core/random_mask.h"
#include "tests/support/test_class.h"

using namespace dnm;
using namespace dnm::studio_test;

/// The chart of training runs through its real widgets.
class TestTrainingChart : public QObject {
  Q_OBJECT

  std::unique_ptr<TrainingChart> chart_;

  [[nodiscard]] ChartCanvas* canvas() { return find<ChartCanvas>(*chart_, "chart-canvas"); }
  void show(std::size_t groups, int epochs = 30) { chart_->show_experiments(groups_of(groups, epochs)); }
  /// Where an epoch lies in a chart, in pixels.
  [[nodiscard]] QPoint place(std::size_t chart, double epoch) {
    const PlotArea& plot = canvas()->plots().at(chart);
    const Point point = plot.place(epoch, 0.5 * (plot.low + plot.high));
    const double pixels = canvas()->logicalDpiY() / 72.0;
    return {static_cast<int>(std::lround(point.x * pixels)),
            static_cast<int>(std::lround(canvas()->height() - point.y * pixels))};
  }

 private Q_SLOTS:
  void init() {
    chart_ = std::make_unique<TrainingChart>();
    chart_->resize(640, 240);
    chart_->show();
    QVERIFY(QTest::qWaitForWindowExposed(chart_.get()));
  }

  void curves_and_comparison_switch() {
    show(3);
    QCOMPARE(chart_->view(), TrainingChart::View::curves);
    QVERIFY(find<QSlider>(*chart_, "chart-smoothing")->isVisible());
    const QImage curves = canvas()->grab().toImage();
    QTest::mouseClick(find<QToolButton>(*chart_, "chart-comparison"), Qt::LeftButton);
    QCOMPARE(chart_->view(), TrainingChart::View::comparison);
    QVERIFY(!find<QSlider>(*chart_, "chart-smoothing")->isVisible());
    auto* order = find<QCheckBox>(*chart_, "chart-order");
    QVERIFY(order->isVisible());
    const QImage comparison = canvas()->grab().toImage();
    QVERIFY(curves != comparison);
    order->click();
    QVERIFY(canvas()->grab().toImage() != comparison);  // the last group is the highest
    QTest::mouseClick(find<QToolButton>(*chart_, "chart-curves"), Qt::LeftButton);
    QVERIFY(canvas()->grab().toImage() == curves);
  }

  /// Offered once a run has rewired its network; measures come while one waits, and are there at the next opening.
  void updates_have_a_view_of_their_own() {
    show(1);
    auto* updates = find<QToolButton>(*chart_, "chart-updates");
    QVERIFY(!updates->isVisible());
    const QTemporaryDir folder;
    Experiment group = group_of("rewired", 0, 1, 4);
    ExperimentRun& run = group.runs.front();
    run.folder = folder.path().toStdString();
    static_cast<void>(samples::play_topology(
        Network::layered({20, 16, 12}, {test::random_mask(20, 16, 60, 1), test::random_mask(16, 12, 50, 2)}), 4,
        run.folder));
    for (std::uint64_t i = 1; i <= 4; ++i) {
      UpdateResult result{.update = i, .step = 10 * i, .epoch = static_cast<int>(i)};
      result.epochs_passed = static_cast<double>(i);
      result.set(update_metric("itop"), 0, 0.1 * static_cast<double>(i));
      run.updates.push_back(result);
    }
    chart_->show_experiments(std::vector{group});
    QVERIFY(updates->isVisible());
    QVERIFY(!find<QCheckBox>(*chart_, "chart-measures")->isVisible());
    const QImage curves = canvas()->grab().toImage();
    QSignalSpy changed(chart_.get(), &TrainingChart::settings_changed);
    QTest::mouseClick(updates, Qt::LeftButton);
    QCOMPARE(chart_->view(), TrainingChart::View::updates);
    QCOMPARE(changed.size(), 1);
    QVERIFY(!find<QSlider>(*chart_, "chart-smoothing")->isVisible());
    QVERIFY(canvas()->grab().toImage() != curves);
    QCOMPARE(canvas()->plots().size(), std::size_t{2});  // accuracy and exploration
    auto* measures = find<QCheckBox>(*chart_, "chart-measures");
    QVERIFY(measures->isVisible());
    measures->click();
    const auto measured = [&] {
      const std::vector<MeasuredGroup> groups = read_measures(folder.path().toStdString());
      return groups.empty() ? 0 : groups.front().updates.size();
    };
    QTRY_VERIFY_WITH_TIMEOUT(measured() == 5, 30000);
    QTRY_VERIFY_WITH_TIMEOUT(canvas()->plots().size() > 3, 10000);
    const ChartSettings settings = chart_->settings();
    QVERIFY(settings.measures && settings.view == ChartView::updates);
    // Polls change nothing, and the window that is opened next has them at once.
    chart_->show_experiments(std::vector{group});
    QVERIFY(canvas()->plots().size() > 3);
    // In a narrow panel they stand in rows that can be read, and scroll.
    chart_->resize(400, 160);
    QTRY_VERIFY(canvas()->height() > 300);
    static_cast<void>(canvas()->grab());
    for (const PlotArea& plot : canvas()->plots()) QVERIFY(plot.area.width > 60.0 && plot.area.height > 20.0);
    chart_->set_view(TrainingChart::View::curves);
    QTRY_VERIFY(canvas()->height() < 160);
    chart_ = std::make_unique<TrainingChart>();
    chart_->resize(640, 240);
    chart_->set_settings(settings);
    chart_->show_experiments(std::vector{group});
    chart_->show();
    QTRY_VERIFY_WITH_TIMEOUT(canvas()->plots().size() > 3, 10000);
  }

  void smoothing_shows_its_value_and_changes_the_picture() {
    show(1);
    const QImage before = canvas()->grab().toImage();
    auto* slider = find<QSlider>(*chart_, "chart-smoothing");
    QCOMPARE(chart_->smoothing(), 0.0);
    slider->setFocus();
    QTest::keyClick(slider, Qt::Key_PageUp);
    QVERIFY(std::abs(chart_->smoothing() - 0.1) < 1e-12);
    QCOMPARE(find<QLabel>(*chart_, "chart-smoothing-value")->text(), "0.10");
    QVERIFY(canvas()->grab().toImage() != before);
    QTest::keyClick(slider, Qt::Key_End);
    QVERIFY(std::abs(chart_->smoothing() - 0.99) < 1e-12);
    QTest::keyClick(slider, Qt::Key_Home);
    QVERIFY(canvas()->grab().toImage() == before);
  }

  void the_same_again_paints_nothing() {
    show(3);
    static_cast<void>(canvas()->grab());
    const int painted = canvas()->pictures_painted();
    for (int poll = 0; poll < 20; ++poll) {
      show(3);
      QTest::mouseMove(canvas(), place(0, 5.0 + poll));
      static_cast<void>(canvas()->grab());
    }
    QCOMPARE(canvas()->pictures_painted(), painted);
    show(3, 31);
    static_cast<void>(canvas()->grab());
    QCOMPARE(canvas()->pictures_painted(), painted + 1);
    // Nor do runs that diverged.
    std::vector<Experiment> groups{group_of("diverged", 0, 1, 5)};
    for (EpochResult& epoch : groups[0].runs[0].epochs) epoch.values.set("train_loss", std::nan(""));
    for (int poll = 0; poll < 3; ++poll) {
      chart_->show_experiments(groups);
      static_cast<void>(canvas()->grab());
    }
    QCOMPARE(canvas()->pictures_painted(), painted + 2);
  }

  void the_end_of_an_epoch_is_painted_at_once() {
    std::vector<Experiment> groups{group_of("run", 0, 1, 3)};
    TrainingProgress& progress = groups[0].runs[0].progress;
    chart_->show_experiments(groups);
    const QImage whole = canvas()->grab().toImage();
    progress.state = RunState::running;
    progress.epoch = 4;
    progress.epoch_fraction = 0.5;
    progress.loss = 0.4;
    chart_->show_experiments(groups);
    const QImage open = canvas()->grab().toImage();
    QVERIFY(open != whole);
    progress.epoch_fraction = 0.9;
    chart_->show_experiments(groups);
    QVERIFY(canvas()->grab().toImage() == open);  // too early to paint anew
    QTest::qWait(1100);
    chart_->show_experiments(groups);
    QVERIFY(canvas()->grab().toImage() != open);
    progress.state = RunState::finished;
    chart_->show_experiments(groups);
    QVERIFY(canvas()->grab().toImage() == whole);
  }

  void whatever_is_new_in_a_group_is_shown() {
    std::vector<Experiment> groups{group_of("a", 0, 2, 5), group_of("b", 1, 2, 5)};
    chart_->show_experiments(groups);
    QImage before = canvas()->grab().toImage();
    const auto shows_something_new = [&] {
      chart_->show_experiments(groups);
      const QImage now = canvas()->grab().toImage();
      return now != std::exchange(before, now);
    };
    QVERIFY(!shows_something_new());
    groups[1].runs[1].epochs.push_back(groups[1].runs[1].epochs.back());
    groups[1].runs[1].epochs.back().epoch = 6;
    QVERIFY(shows_something_new());
    MetricValues& last = groups[1].runs[1].epochs.back().values;
    last.set("test_accuracy", last["test_accuracy"] + 0.125);  // the same epoch again, after it was resumed
    QVERIFY(shows_something_new());
    groups[0].name = "another name";
    QVERIFY(shows_something_new());
    groups[0].color = 7;
    QVERIFY(shows_something_new());
    std::swap(groups[0], groups[1]);
    QVERIFY(shows_something_new());
    groups[0].runs.pop_back();
    QVERIFY(shows_something_new());
    groups[0].visible = false;
    QVERIFY(shows_something_new());
    groups.clear();
    QVERIFY(shows_something_new());
  }

  void a_group_that_failed_before_its_first_epoch_takes_no_room() {
    std::vector<Experiment> groups{group_of("a", 0, 2, 5)};
    chart_->show_experiments(groups);
    const QImage alone = canvas()->grab().toImage();
    groups.push_back(group_of("b", 1, 1, 0));
    groups[1].runs[0].progress.state = RunState::failed;
    chart_->show_experiments(groups);
    QVERIFY(canvas()->grab().toImage() == alone);
    groups[1].runs[0].waiting = true;  // it starts again
    chart_->show_experiments(groups);
    QVERIFY(canvas()->grab().toImage() != alone);
  }

  void its_settings_come_back() {
    show(3);
    QSignalSpy changes(chart_.get(), &TrainingChart::settings_changed);
    const ChartSettings wanted{ChartView::comparison, 0.6, true, true};
    chart_->set_settings(wanted);
    QVERIFY(chart_->settings() == wanted);
    QCOMPARE(chart_->view(), TrainingChart::View::comparison);
    QVERIFY(find<QCheckBox>(*chart_, "chart-order")->isChecked());
    QVERIFY(changes.isEmpty());  // not by the user
    QTest::mouseClick(find<QToolButton>(*chart_, "chart-curves"), Qt::LeftButton);
    QCOMPARE(find<QSlider>(*chart_, "chart-smoothing")->value(), 60);
    find<QSlider>(*chart_, "chart-smoothing")->setValue(70);
    QCOMPARE(changes.size(), 2);
    QVERIFY(chart_->settings() == (ChartSettings{ChartView::curves, 0.7, true, true}));

    const std::string view = with_chart_settings(R"({"a key of tomorrow": 1})", wanted);
    QVERIFY(chart_settings_from_view(view) == wanted);
    QVERIFY(view.find("a key of tomorrow") != std::string::npos);
    for (const char* odd : {"{}", "[]", "not JSON", R"({"training_chart": 3})",
                            R"({"training_chart": {"shows": 1, "smoothing": "x", "highest_first": "yes"}})",
                            R"({"training_chart": {"smoothing": 1.5}})", R"({"training_chart": {"smoothing": -1}})"})
      QVERIFY(chart_settings_from_view(odd).value_or(ChartSettings{}) == ChartSettings{});
  }

  void a_small_chart_leaves_the_names_to_the_list() {
    std::vector<Experiment> groups;
    for (std::size_t index = 0; index < 3; ++index)
      groups.push_back(group_of("a name of a group that takes a line, " + std::to_string(index), index, 3, 30));
    chart_->show_experiments(groups);
    const auto plot_height = [this] {
      static_cast<void>(canvas()->grab());
      return canvas()->plots().front().area.height;
    };
    chart_->resize(380, 190);
    const double with_key = plot_height();
    chart_->set_named_beside(true);
    QVERIFY(plot_height() > 1.2 * with_key);
    // Where there is room for a key, and for a single group, whose curves no list names, it stays.
    chart_->resize(1400, 400);
    const double beside = plot_height();
    chart_->set_named_beside(false);
    QCOMPARE(plot_height(), beside);
    groups.resize(1);
    chart_->show_experiments(groups);
    chart_->resize(380, 190);
    const double alone = plot_height();
    chart_->set_named_beside(true);
    QCOMPARE(plot_height(), alone);
  }

  void the_pointer_tells_the_values_of_an_epoch() {
    show(2);
    const QImage plain = canvas()->grab().toImage();
    QTest::mouseMove(canvas(), place(0, 10.0));
    QTRY_COMPARE(canvas()->marked_epoch().value_or(0), 10);
    // 0.8 - 0.3 / 10 + 0.002 for the middle seed; three values .002 apart have the standard error .002 / sqrt(3).
    QCOMPARE(canvas()->marked_words(), (QStringList{"epoch 10", "group 0: 77.20 ± 0.12 %", "group 1: 78.20 ± 0.12 %"}));
    QVERIFY(canvas()->grab().toImage() != plain);
    QTest::mouseMove(canvas(), place(1, 20.0));
    QTRY_COMPARE(canvas()->marked_epoch().value_or(0), 20);
    QCOMPARE(canvas()->marked_words(),
             (QStringList{"epoch 20", "group 0: 0.2500 ± 0.0000", "group 1: 0.2500 ± 0.0000"}));
    find<QSlider>(*chart_, "chart-smoothing")->setValue(50);
    // Both are told: (0.5 x1 + x2) / 1.5 of 0.5 and 0.65, and 0.65.
    canvas()->setFocus();
    QTest::keyClick(canvas(), Qt::Key_Home);
    QTest::keyClick(canvas(), Qt::Key_Right);
    QCOMPARE(canvas()->marked_words().first(), "epoch 2: smoothed (measured)");
    QVERIFY(canvas()->marked_words().last().startsWith("group 1: "));
    QTest::mouseMove(canvas(), place(0, 2.0));
    QTRY_VERIFY(canvas()->marked_words().contains("group 0: 60.20 ± 0.12 % (65.20 %)"));
    find<QSlider>(*chart_, "chart-smoothing")->setValue(0);
    canvas()->clearFocus();
    QTest::mouseMove(canvas(), QPoint(1, 1));
    QTRY_VERIFY(!canvas()->marked_epoch());
    QVERIFY(canvas()->grab().toImage() == plain);
  }

  void an_empty_chart_tells_of_no_epoch() {
    chart_->show_experiments({});
    static_cast<void>(canvas()->grab());  // lays the plots out
    QTest::mouseMove(canvas(), place(0, 5.0));
    QTest::qWait(100);
    canvas()->setFocus();
    QTest::keyClick(canvas(), Qt::Key_Right);
    QVERIFY(!canvas()->marked_epoch());
    QVERIFY(canvas()->marked_words().isEmpty());
    canvas()->clearFocus();
    QTest::mouseMove(canvas(), QPoint(1, 1));
  }

  void the_arrow_keys_do_too() {
    show(1);
    static_cast<void>(canvas()->grab());
    canvas()->setFocus();
    QTest::keyClick(canvas(), Qt::Key_Home);
    QTest::keyClick(canvas(), Qt::Key_Right);
    QCOMPARE(canvas()->marked_epoch().value_or(0), 2);
    QVERIFY(canvas()->marked_words().contains("test: 65.20 ± 0.12 %"));
    QTest::keyClick(canvas(), Qt::Key_End);
    QCOMPARE(canvas()->marked_epoch().value_or(0), 100);
    QCOMPARE(canvas()->marked_words(), QStringList{"epoch 100"});  // not trained yet
    QVERIFY(takes_escape(*canvas()));
    QTest::keyClick(canvas(), Qt::Key_Escape);
    QVERIFY(!canvas()->marked_epoch() && !takes_escape(*canvas()));
    chart_->set_view(TrainingChart::View::comparison);
    static_cast<void>(canvas()->grab());
    QTest::keyClick(canvas(), Qt::Key_Down);
    QCOMPARE(canvas()->marked_words(),
             (QStringList{"group 0: N = 3", "last epoch: 79.20 ± 0.12 %", "best on test: 79.20 ± 0.12 %"}));
  }

  void nothing_and_odd_groups_are_shown_too() {
    chart_->show_experiments({});
    static_cast<void>(canvas()->grab());
    QVERIFY(!find<QToolButton>(*chart_, "chart-export")->isEnabled());
    chart_->show_experiments(std::vector<Experiment>{group_of("empty", 0, 0, 0), group_of("", 1, 1, 1)});
    chart_->set_view(TrainingChart::View::comparison);
    for (const QSize& size : {QSize(1, 1), QSize(240, 100), QSize(100, 900), QSize(1500, 60)}) {
      chart_->resize(size);
      static_cast<void>(canvas()->grab());
      chart_->set_view(TrainingChart::View::curves);
      static_cast<void>(canvas()->grab());
      chart_->set_view(TrainingChart::View::comparison);
    }
  }

  void everything_has_a_name() {
    show(2);
    for (QWidget* widget : chart_->findChildren<QWidget*>()) {
      if (widget->focusPolicy() == Qt::NoFocus) continue;
      QVERIFY2(!widget->accessibleName().isEmpty(), qPrintable(widget->objectName()));
    }
    QVERIFY(canvas()->accessibleDescription().contains("group 1: test accuracy 80.20 ± 0.12 %"));
  }

  void the_list_shows_the_same_piece_of_curve() {
    for (const bool dark : {false, true}) {
      std::vector<QImage> samples;
      for (std::size_t index = 0; index < 12; ++index) {
        samples.push_back(curve_sample(index, dark, QSize(28, 14), 1.0).toImage());
        const Color color = curve_color(group_look(index).color, dark);
        bool found = false;
        for (int x = 0; x < 28; ++x) {
          const QColor pixel = samples.back().pixelColor(x, 7);  // of a smoothed line, thus translucent
          found = found || (pixel.alpha() > 100 && std::abs(pixel.red() - color.red) <= 2 &&
                            std::abs(pixel.green() - color.green) <= 2 && std::abs(pixel.blue() - color.blue) <= 2);
        }
        QVERIFY(found);
        for (std::size_t other = 0; other < index; ++other) QVERIFY(samples[other] != samples[index]);
      }
    }
  }
};

DNM_TEST(TestTrainingChart, dnm::test::Offscreen<QApplication>)
#include "test_training_chart.moc"
