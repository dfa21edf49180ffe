// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QDoubleSpinBox>
#include <QFile>
#include <QFileDialog>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QTemporaryDir>
#include <QToolButton>
#include <QtTest>
#include <cmath>
#include <utility>

#include "app/studio/training_chart.h"
#include "viz/figure/figure_metadata.h"
#include "viz/paper/paper_painter.h"

using namespace dnm;

namespace {

RunGroup group_of(const QString& name, std::size_t index, std::size_t seeds, int epochs) {
  RunGroup group;
  group.id = index + 1;
  group.name = name;
  group.color = index;
  group.start.training.run_folder = "runs & co";
  for (std::size_t seed = 0; seed < seeds; ++seed) {
    group.start.seeds.push_back(seed);
    TrainedRun run;
    run.seed = seed;
    run.waiting = false;
    run.progress.state = RunState::finished;
    for (int epoch = 1; epoch <= epochs; ++epoch) {
      EpochResult result;
      result.seed = seed;
      result.epoch = epoch;
      result.test_accuracy = 0.8 + 0.01 * static_cast<double>(index) - 0.3 / epoch + 0.002 * static_cast<double>(seed);
      result.train_accuracy = result.test_accuracy + 0.03;
      result.train_loss = 0.2 + 1.0 / epoch;
      run.epochs.push_back(result);
    }
    group.runs.push_back(run);
  }
  return group;
}

template <class Kind>
Kind* find(QWidget& root, const char* name) {
  auto* widget = root.findChild<Kind*>(name);
  if (!widget) qFatal("there is nothing named %s", name);
  return widget;
}

QByteArray contents(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

}  // namespace

/// The chart of training runs through its real widgets.
class TestTrainingChart : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  std::unique_ptr<TrainingChart> chart_;

  [[nodiscard]] ChartCanvas* canvas() { return find<ChartCanvas>(*chart_, "chart-canvas"); }
  void show(std::size_t groups, int epochs = 30) {
    std::vector<RunGroup> shown;
    for (std::size_t index = 0; index < groups; ++index)
      shown.push_back(group_of(QStringLiteral("group %1").arg(index), index, 3, epochs));
    chart_->show_groups(shown);
  }
  /// Where an epoch lies in a chart, in pixels.
  [[nodiscard]] QPoint place(std::size_t chart, double epoch) {
    const PlotArea& plot = canvas()->plots().at(chart);
    const Point point = plot.place(epoch, 0.5 * (plot.low + plot.high));
    const double pixels = canvas()->logicalDpiY() / 72.0;
    return {static_cast<int>(std::lround(point.x * pixels)),
            static_cast<int>(std::lround(canvas()->height() - point.y * pixels))};
  }
  void wait_for_export() { QTRY_VERIFY_WITH_TIMEOUT(!chart_->is_exporting(), 30000); }
  [[nodiscard]] QStringList files() const { return QDir(folder_.path()).entryList(QDir::Files | QDir::Hidden); }

 private Q_SLOTS:
  void init() {
    chart_ = std::make_unique<TrainingChart>();
    chart_->resize(640, 240);
    chart_->show();
    QVERIFY(QTest::qWaitForWindowExposed(chart_.get()));
  }
  void cleanup() {
    chart_.reset();
    for (const QString& file : files()) QFile::remove(folder_.filePath(file));
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
    std::vector<RunGroup> groups{group_of("diverged", 0, 1, 5)};
    for (EpochResult& epoch : groups[0].runs[0].epochs) epoch.train_loss = std::nan("");
    for (int poll = 0; poll < 3; ++poll) {
      chart_->show_groups(groups);
      static_cast<void>(canvas()->grab());
    }
    QCOMPARE(canvas()->pictures_painted(), painted + 2);
  }

  void the_end_of_an_epoch_is_painted_at_once() {
    std::vector<RunGroup> groups{group_of("run", 0, 1, 3)};
    TrainingProgress& progress = groups[0].runs[0].progress;
    chart_->show_groups(groups);
    const QImage whole = canvas()->grab().toImage();
    progress.state = RunState::running;
    progress.epoch = 4;
    progress.epoch_fraction = 0.5;
    progress.loss = 0.4;
    chart_->show_groups(groups);
    const QImage open = canvas()->grab().toImage();
    QVERIFY(open != whole);
    progress.epoch_fraction = 0.9;
    chart_->show_groups(groups);
    QVERIFY(canvas()->grab().toImage() == open);  // too early to paint anew
    QTest::qWait(1100);
    chart_->show_groups(groups);
    QVERIFY(canvas()->grab().toImage() != open);
    progress.state = RunState::finished;
    chart_->show_groups(groups);
    QVERIFY(canvas()->grab().toImage() == whole);
  }

  void whatever_is_new_in_a_group_is_shown() {
    std::vector<RunGroup> groups{group_of("a", 0, 2, 5), group_of("b", 1, 2, 5)};
    chart_->show_groups(groups);
    QImage before = canvas()->grab().toImage();
    const auto shows_something_new = [&] {
      chart_->show_groups(groups);
      const QImage now = canvas()->grab().toImage();
      return now != std::exchange(before, now);
    };
    QVERIFY(!shows_something_new());
    groups[1].runs[1].epochs.push_back(groups[1].runs[1].epochs.back());
    groups[1].runs[1].epochs.back().epoch = 6;
    QVERIFY(shows_something_new());
    groups[1].runs[1].epochs.back().test_accuracy += 0.125;  // the same epoch again, after it was resumed
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
    std::vector<RunGroup> groups{group_of("a", 0, 2, 5)};
    chart_->show_groups(groups);
    const QImage alone = canvas()->grab().toImage();
    groups.push_back(group_of("b", 1, 1, 0));
    groups[1].runs[0].progress.state = RunState::failed;
    chart_->show_groups(groups);
    QVERIFY(canvas()->grab().toImage() == alone);
    groups[1].runs[0].waiting = true;  // it begins anew
    chart_->show_groups(groups);
    QVERIFY(canvas()->grab().toImage() != alone);
  }

  void its_settings_come_back() {
    show(3);
    QSignalSpy changes(chart_.get(), &TrainingChart::settings_changed);
    const ChartSettings wanted{true, 0.6, true};
    chart_->set_settings(wanted);
    QVERIFY(chart_->settings() == wanted);
    QCOMPARE(chart_->view(), TrainingChart::View::comparison);
    QVERIFY(find<QCheckBox>(*chart_, "chart-order")->isChecked());
    QVERIFY(changes.isEmpty());  // by nobody's hand
    QTest::mouseClick(find<QToolButton>(*chart_, "chart-curves"), Qt::LeftButton);
    QCOMPARE(find<QSlider>(*chart_, "chart-smoothing")->value(), 60);
    find<QSlider>(*chart_, "chart-smoothing")->setValue(70);
    QCOMPARE(changes.size(), 2);
    QVERIFY(chart_->settings() == (ChartSettings{false, 0.7, true}));

    const std::string view = with_chart_settings(R"({"a key of tomorrow": 1})", wanted);
    QVERIFY(chart_settings_from_view(view) == wanted);
    QVERIFY(view.find("a key of tomorrow") != std::string::npos);
    for (const char* odd : {"{}", "[]", "not JSON", R"({"training_chart": 3})",
                            R"({"training_chart": {"shows": 1, "smoothing": "x", "highest_first": "yes"}})",
                            R"({"training_chart": {"smoothing": 1.5}})", R"({"training_chart": {"smoothing": -1}})"})
      QVERIFY(chart_settings_from_view(odd) == ChartSettings{});
  }

  void a_small_chart_leaves_the_names_to_the_list() {
    std::vector<RunGroup> groups;
    for (std::size_t index = 0; index < 3; ++index)
      groups.push_back(group_of(QStringLiteral("a name of a group that takes a line, %1").arg(index), index, 3, 30));
    chart_->show_groups(groups);
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
    chart_->show_groups(groups);
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
    QCOMPARE(canvas()->marked_words(), (QStringList{"epoch 20", "group 0: 0.250 ± 0.000", "group 1: 0.250 ± 0.000"}));
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
    QTest::keyClick(canvas(), Qt::Key_Escape);
    QVERIFY(!canvas()->marked_epoch());
    chart_->set_view(TrainingChart::View::comparison);
    static_cast<void>(canvas()->grab());
    QTest::keyClick(canvas(), Qt::Key_Down);
    QCOMPARE(canvas()->marked_words(),
             (QStringList{"group 0: N = 3", "last epoch: 79.20 ± 0.12 %", "best on test: 79.20 ± 0.12 %"}));
  }

  void nothing_and_odd_groups_are_shown_too() {
    chart_->show_groups({});
    static_cast<void>(canvas()->grab());
    QVERIFY(!find<QToolButton>(*chart_, "chart-export")->isEnabled());
    chart_->show_groups(std::vector<RunGroup>{group_of("empty", 0, 0, 0), group_of("", 1, 1, 1)});
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
    QVERIFY(canvas()->accessibleDescription().contains("group 1: test accuracy 80.20 % ± 0.12 %"));
  }

  void figures_appear_whole_with_what_makes_them_again_data() {
    QTest::addColumn<QString>("suffix");
    QTest::addColumn<QByteArray>("start");
    QTest::newRow("svg") << "svg" << QByteArray("<?xml");
    QTest::newRow("pdf") << "pdf" << QByteArray("%PDF-");
    QTest::newRow("png") << "png" << QByteArray("\x89PNG");
  }
  void figures_appear_whole_with_what_makes_them_again() {
    QFETCH(QString, suffix);
    QFETCH(QByteArray, start);
    show(3);
    chart_->set_session([] { return std::string("{\"session\": \"of the test\"}"); });
    // A dark window, a light figure.
    QPalette dark = chart_->palette();
    dark.setColor(QPalette::Base, QColor(20, 22, 26));
    dark.setColor(QPalette::Text, Qt::white);
    chart_->setPalette(dark);
    QSignalSpy notices(chart_.get(), &TrainingChart::notice), problems(chart_.get(), &TrainingChart::message);
    for (const char* panel : {"curves", "accuracy", "loss", "comparison", "all"}) {
      const QString path = folder_.filePath(QString(panel) + "." + suffix);
      chart_->export_figure({path, 89.0, panel});
      wait_for_export();
      QVERIFY2(problems.isEmpty(), problems.isEmpty() ? "" : qPrintable(problems.first().first().toString()));
      QVERIFY(contents(path).startsWith(start));
      QVERIFY(session_in_figure(path.toStdString()).find("of the test") != std::string::npos);
    }
    QCOMPARE(notices.size(), 5);
    QVERIFY(notices.last().first().toString().startsWith("Wrote "));
    QCOMPARE(files().size(), 5);  // and nothing temporary
    const QByteArray all = contents(folder_.filePath("all." + suffix));
    if (suffix == "png") {
      const QImage image(folder_.filePath("all.png"));
      QVERIFY(std::abs(image.width() - 89.0 / 25.4 * 300.0) < 1.0);
      QCOMPARE(image.pixel(2, image.height() - 2), QColor(Qt::white).rgb());
      const QString command = image.text("dnm-command");
      QVERIFY(command.contains("group 1 (seeds 0,1,2): dnm train "));
      QVERIFY(command.contains(" --run-dir 'runs & co' --seeds 0,1,2;"));
    } else {
      QVERIFY(all.contains("--run-dir 'runs &amp; co'"));
    }
    if (suffix == "svg") QVERIFY(all.contains("width=\"89mm\"") && all.contains("group 2"));
  }

  void the_dialog_exports_what_is_on_screen() {
    show(2);
    chart_->set_view(TrainingChart::View::comparison);
    auto* menu = find<QToolButton>(*chart_, "chart-export")->menu();
    menu->findChild<QAction*>("chart-export-figure")->trigger();
    QTRY_VERIFY(chart_->findChild<QDialog*>("export-dialog"));
    auto* dialog = chart_->findChild<QDialog*>("export-dialog");
    QCOMPARE(find<QComboBox>(*dialog, "export-panel")->currentData().toString(), "comparison");
    auto* path = find<QLineEdit>(*dialog, "export-path");
    path->setText(folder_.filePath("chart.doc"));
    QVERIFY(!find<QPushButton>(*dialog, "export-accept")->isEnabled());
    path->setText(folder_.filePath("chart.svg"));
    find<QDoubleSpinBox>(*dialog, "export-width")->setValue(120.0);
    QTest::mouseClick(find<QPushButton>(*dialog, "export-accept"), Qt::LeftButton);
    wait_for_export();
    const QByteArray svg = contents(folder_.filePath("chart.svg"));
    QVERIFY(svg.contains("width=\"120mm\"") && svg.contains("last epoch") && !svg.contains("Training loss"));
  }

  void tables_appear_whole() {
    show(2, 4);
    using Table = TrainingChart::Table;
    chart_->export_table(Table::epochs, folder_.filePath("e.csv"));
    chart_->export_table(Table::comparison, folder_.filePath("c.csv"));
    chart_->export_table(Table::comparison_latex, folder_.filePath("c.tex"));
    wait_for_export();
    QCOMPARE(contents(folder_.filePath("e.csv")).count('\n'), 1 + 2 * 3 * 4);
    QVERIFY(contents(folder_.filePath("e.csv")).contains("\ngroup 1,2,4,0.45,0.769,0.739,,0,0\n"));
    QCOMPARE(contents(folder_.filePath("c.csv")).count('\n'), 3);
    QVERIFY(contents(folder_.filePath("c.tex")).contains("group 0 & 3 & $72.70 \\pm 0.12$"));
    QCOMPARE(files().size(), 3);
  }

  void what_cannot_be_written_gives_a_sentence_and_leaves_nothing() {
    show(2);
    QSignalSpy problems(chart_.get(), &TrainingChart::message), notices(chart_.get(), &TrainingChart::notice);
    const QString locked = folder_.filePath("locked");
    QVERIFY(QDir().mkpath(locked));
    QVERIFY(QFile::setPermissions(locked, QFile::ReadOwner | QFile::ExeOwner));
    // The administrator may write anywhere but into a folder of the kernel.
    QFile probe(locked + "/probe");
    const QString closed = probe.open(QIODevice::WriteOnly) ? QStringLiteral("/proc/self") : locked;
    probe.remove();
    for (const QString& where : {closed, folder_.filePath("nowhere")}) {
      problems.clear();
      chart_->export_figure({where + "/chart.pdf", 89.0, "curves"});
      chart_->export_table(TrainingChart::Table::epochs, where + "/chart.csv");
      wait_for_export();
      QCOMPARE(problems.size(), 2);
      for (const QList<QVariant>& problem : problems) {
        const QString text = problem.first().toString();
        QVERIFY2(text.contains("chart.") && !text.contains('\n'), qPrintable(text));
      }
    }
    problems.clear();
    chart_->export_figure({folder_.filePath("chart.pdf"), 5.0, "curves"});
    chart_->export_figure({folder_.filePath("chart.doc"), 89.0, "curves"});
    wait_for_export();
    QCOMPARE(problems.size(), 2);
    QVERIFY(notices.isEmpty() && files().isEmpty());
    QFile::setPermissions(locked, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
  }

  /// A translucent band is of one colour, without darker seams or edges.
  void bands_have_no_seams() {
    Scene scene;
    scene.bounds = {0.0, 0.0, 100.0, 50.0};
    Bands band;
    band.starts = {0};
    band.colors = {{0, 0, 255, 102}};
    for (int x = 10; x <= 90; ++x) {
      band.lower.push_back({1.0 * x, 10.0});
      band.upper.push_back({1.0 * x, 40.0});
    }
    scene.items.emplace_back(band);
    QImage image(200, 100, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.scale(2.0, 2.0);
    paint_scene(painter, scene, QRectF(0, 0, 100, 50), PaperStyle::raster());
    painter.end();
    // 0.6 of white and 0.4 of blue.
    for (int x = 20; x < 180; ++x) {
      for (int y = 20; y < 80; ++y) {
        const QColor color = image.pixelColor(x, y);
        QVERIFY(std::abs(color.red() - 153) <= 1 && std::abs(color.green() - 153) <= 1 && color.blue() == 255);
      }
    }
    QCOMPARE(image.pixelColor(10, 50), QColor(Qt::white));
    QCOMPARE(image.pixelColor(100, 10), QColor(Qt::white));
  }

  void the_list_shows_the_same_piece_of_curve() {
    for (const bool dark : {false, true}) {
      std::vector<QImage> samples;
      for (std::size_t index = 0; index < 12; ++index) {
        samples.push_back(group_sample(index, dark, QSize(28, 14), 1.0).toImage());
        const Color color = group_color(index, dark);
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

QTEST_MAIN(TestTrainingChart)
#include "test_training_chart.moc"
