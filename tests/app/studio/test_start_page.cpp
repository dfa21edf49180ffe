// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAction>
#include <QCheckBox>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QImage>
#include <QPushButton>
#include <QSet>
#include <QSlider>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <algorithm>
#include <array>
#include <memory>

#include "app/studio/start/start_page.h"
#include "app/studio/start/tour.h"
#include "app/workspace/session/session.h"
#include "core/files/network_files.h"
#include "core/files/presets.h"
#include "core/models/initialiser.h"
#include "driver.h"
#include "temporary_settings.h"
#include "tests/support/test_class.h"

using namespace dnm;
using namespace dnm::studio_test;

/// What a person sees first: the page of things to begin with, its pictures, and the tour.
class TestStartPage : public QObject {
  Q_OBJECT

  std::unique_ptr<TemporarySettings> settings_;
  std::unique_ptr<QTemporaryDir> folder_;
  std::unique_ptr<Window> window_;

  [[nodiscard]] std::unique_ptr<Window> started() const {
    WindowOptions options{.keep_settings = true, .ask_for_unsaved = false};
    options.cache_folder = folder_->filePath("cache").toStdString();
    options.first = first_session();
    auto window = std::make_unique<Window>(options);
    window->resize(1280, 800);
    window->show();
    static_cast<void>(QTest::qWaitForWindowExposed(window.get()));
    window->offer_start_page();
    return window;
  }
  [[nodiscard]] StartPage* page() const { return window_->findChild<StartPage*>("start-page"); }
  [[nodiscard]] bool is_open() const { return page() && page()->isVisible(); }
  [[nodiscard]] StartCard& card(const QString& name) const {
    auto* found = window_->findChild<StartCard*>("start-" + name);
    if (!found) qFatal("there is no card %s", qPrintable(name));
    return *found;
  }
  [[nodiscard]] bool all_are_painted() const {
    for (const StartCard* one : page()->findChildren<StartCard*>())
      if (!one->is_painted()) return false;
    return true;
  }
  static int colors_of(const QImage& image) {
    QSet<QRgb> colors;
    for (int y = 0; y < image.height(); ++y)
      for (int x = 0; x < image.width(); ++x) colors.insert(image.pixel(x, y));
    return static_cast<int>(colors.size());
  }
  [[nodiscard]] const WorkspaceState& state() const { return window_->document().state(); }

 private Q_SLOTS:
  void init() {
    settings_ = std::make_unique<TemporarySettings>();
    folder_ = std::make_unique<QTemporaryDir>();
    window_ = started();
  }
  void cleanup() {
    window_.reset();
    settings_.reset();
  }

  void the_first_picture_is_coloured_by_community() {
    QCOMPARE(state().view.pictures.node_coloring, std::string("community"));
    QCOMPARE(state().parameters.initialiser, ModelParameters{}.initialiser);
    QVERIFY(!window_->document().is_modified() && !window_->document().history().can_undo());
    QVERIFY(wait_until_fresh(*window_));
    // A new session begins with it again.
    window_->document().edit("other", {});
    window_->document().forget_changes();
    window_->files().new_session();
    QVERIFY(state() == first_session().state);
  }

  void presets_are_pictures_that_can_be_chosen() {
    QVERIFY(is_open());
    QTRY_VERIFY_WITH_TIMEOUT(all_are_painted(), 60000);
    for (const Preset& one : presets()) {
      const StartCard& shown = card("preset-" + QString::fromStdString(one.id));
      QVERIFY2(shown.isEnabled() && colors_of(shown.picture()) > 20, one.id.c_str());
    }
    const QImage a = card("preset-poster-a").picture(), d = card("preset-poster-d").picture();
    QVERIFY(a != d);
    QTest::mouseClick(&card("preset-poster-d"), Qt::LeftButton);
    QVERIFY(!is_open());
    QVERIFY(state().parameters == preset("poster-d").parameters);
    QCOMPARE(window_->document().history().step_count(), std::size_t{1});
  }

  /// Nothing is painted before the pictures of the window are there, and then without holding it up.
  void pictures_come_after_those_of_the_window() {
    for (const StartCard* one : page()->findChildren<StartCard*>()) QVERIFY(!one->is_painted());
    auto& application = *static_cast<TimedApplication*>(QCoreApplication::instance());
    QVERIFY(wait_until_fresh(*window_));
    application.reset_times();
    QTRY_VERIFY_WITH_TIMEOUT(all_are_painted(), 60000);
    QVERIFY2(application.longest_event() < 100.0,
             qPrintable(application.longest_event_name() + QString(" %1 ms").arg(application.longest_event())));
  }

  void pictures_are_kept_for_the_next_start() {
    QTRY_VERIFY_WITH_TIMEOUT(all_are_painted(), 60000);
    const QDir cache(folder_->filePath("cache"));
    const QStringList kept = cache.entryList({"*.png"});
    QCOMPARE(kept.size(), qsizetype(presets().size()));
    // What is kept is shown: a picture that is replaced there appears.
    QImage marked(card("preset-poster-a").picture().size(), QImage::Format_RGB32);
    marked.fill(QColor(1, 2, 3));
    for (const QString& name : kept) QVERIFY(marked.save(cache.filePath(name)));
    window_.reset();
    window_ = started();
    QTRY_VERIFY_WITH_TIMEOUT(all_are_painted(), 60000);
    QCOMPARE(card("preset-poster-a").picture().pixelColor(5, 5), QColor(1, 2, 3));
  }

  void files_that_were_used_are_offered_and_missing_ones_are_grey() {
    const QString network = folder_->filePath("drawn.npz"), broken = folder_->filePath("broken.npz");
    write_network(network.toStdString(), NetworkFile{generate(ModelParameters{}).network, {}, {}});
    {
      QFile file(broken);
      QVERIFY(file.open(QIODevice::WriteOnly));
      file.write("no network");
    }
    const QString session = folder_->filePath("study.dnm.json"), gone = folder_->filePath("gone.dnm.json");
    QVERIFY(window_->files().save_session_to(session) && window_->files().save_session_to(gone));
    window_->files().save_network(folder_->filePath("other.npz"));
    QVERIFY(QFile::remove(gone));
    QTRY_VERIFY(!window_->files().is_busy());
    window_->files().open(network);
    QTRY_VERIFY(!window_->files().is_busy() && !is_open());
    window_.reset();
    QSettings kept;
    kept.setValue("recent", QStringList{broken} + kept.value("recent").toStringList());
    kept.sync();
    window_ = started();
    QTRY_VERIFY_WITH_TIMEOUT(all_are_painted(), 60000);
    int seen = 0;
    for (const StartCard* one : page()->findChildren<StartCard*>()) {
      if (!one->objectName().startsWith("start-recent")) continue;
      ++seen;
      if (one->text() == "gone.dnm.json") {
        QVERIFY(!one->isEnabled() && one->problem() == "not there any more" && one->toolTip().contains("not there"));
      } else if (one->text() == "broken.npz") {
        QVERIFY(!one->isEnabled() && one->problem().contains("broken.npz"));
      } else if (one->text() != "other.npz") {  // which may not have been written
        QVERIFY2(one->isEnabled() && colors_of(one->picture()) > 20, qPrintable(one->text()));
      }
    }
    QVERIFY(seen >= 4);
    for (StartCard* one : page()->findChildren<StartCard*>())
      if (one->text() == "drawn.npz") QTest::mouseClick(one, Qt::LeftButton);
    QTRY_COMPARE(QString::fromStdString(network_file(state())), network);
    QVERIFY(!is_open());
  }

  void any_work_closes_it_and_help_brings_it_back() {
    QVERIFY(wait_until_fresh(*window_));
    QVERIFY(is_open());
    drag_slider(*find<QSlider>(*window_, "sparsity-slider"), 0.5, 5);
    QVERIFY(!is_open());
    auto* help = window_->findChild<QAction*>("help-start");
    help->trigger();
    QVERIFY(is_open());
    QTest::mouseClick(find<QToolButton>(*page(), "start-close"), Qt::LeftButton);
    QVERIFY(!is_open());
    help->trigger();
    window_->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(window_.get()));
    QTest::keyClick(window_.get(), Qt::Key_Escape);
    QVERIFY(!is_open());
  }

  void the_picture_on_the_right_stays_in_sight_where_there_is_room() {
    window_->resize(1600, 900);
    QCoreApplication::processEvents();
    const ViewPane& disk = pane_of(*window_, "disk");
    const QRect covered(page()->mapTo(window_.get(), QPoint()), page()->size());
    QVERIFY(!covered.intersects(QRect(disk.mapTo(window_.get(), QPoint()), disk.size())));
    window_->resize(1024, 700);
    QCoreApplication::processEvents();
    QCOMPARE(page()->size(), window_->views().size());
    // Every card can be reached: they scroll, and none is cut at the side.
    for (const StartCard* one : page()->findChildren<StartCard*>()) {
      if (!one->objectName().startsWith("start-preset")) continue;
      const int left = one->mapTo(page(), QPoint()).x();
      QVERIFY(left >= 0 && left + one->width() <= page()->width());
    }
  }

  void it_can_be_left_out_at_start() {
    auto* box = find<QCheckBox>(*page(), "start-at-start");
    QVERIFY(box->isChecked());
    box->click();
    window_.reset();
    window_ = started();
    QVERIFY(!is_open());
    window_->findChild<QAction*>("help-start")->trigger();
    QVERIFY(is_open() && !page()->shows_at_start());
  }

  void the_tour_points_at_the_controls_themselves() {
    QVERIFY(wait_until_fresh(*window_));
    QTest::mouseClick(find<QPushButton>(*page(), "start-tour"), Qt::LeftButton);
    QVERIFY(!is_open());
    auto* tour = find<Tour>(*window_, "tour");
    auto* ring = find<QWidget>(*window_, "tour-ring");
    const auto points_at = [&](const char* name) {
      const QWidget* control = find<QWidget>(*window_, name);
      const QRect at(control->mapTo(window_.get(), QPoint()), control->size());
      return tour->isVisible() && ring->isVisible() && control->isVisible() && ring->geometry().contains(at) &&
             !tour->geometry().intersects(at) && window_->rect().contains(tour->geometry());
    };
    QTRY_VERIFY(points_at("sparsity-slider"));
    drag_slider(*find<QSlider>(*window_, "sparsity-slider"), 0.6, 5);  // done: the next step
    QCOMPARE(tour->step(), std::size_t{1});
    QTRY_VERIFY(points_at("chance-compare"));
    window_->resize(1100, 720);
    QTRY_VERIFY(points_at("chance-compare"));
    QTest::mouseClick(find<QPushButton>(*tour, "tour-next"), Qt::LeftButton);
    QTRY_VERIFY(points_at("training-start"));
    QTest::mouseClick(find<QPushButton>(*tour, "tour-back"), Qt::LeftButton);
    QTRY_VERIFY(points_at("chance-compare"));
    // Nothing that arranges the docks anew covers its words.
    const auto is_on_top = [&] {
      const QRect words = tour->geometry();
      return std::ranges::all_of(
          std::array{words.topLeft() + QPoint(2, 2), words.center(), words.bottomRight() - QPoint(2, 2)},
          [&](QPoint place) {
            const QWidget* found = window_->childAt(place);
            return found == tour || tour->isAncestorOf(found);
          });
    };
    for (const char* id : {"edit-find-neurons", "layout-train", "layout-publish", "layout-design"}) {
      window_->findChild<QAction*>(id)->trigger();
      QCoreApplication::sendPostedEvents();
      QTRY_VERIFY2(is_on_top(), id);
    }
    QTest::mouseClick(find<QPushButton>(*tour, "tour-end"), Qt::LeftButton);
    QVERIFY(!tour->isVisible() && !ring->isVisible());
    // In a layout without the Training panel, it is shown for the tour.
    window_->choose_layout(WindowLayout::design);
    tour->go_to(2);
    QTRY_VERIFY(points_at("training-start"));
    QTest::keyClick(tour, Qt::Key_Escape);
    QVERIFY(!tour->isVisible());
  }
};

DNM_TEST(TestStartPage, TimedApplication)
#include "test_start_page.moc"
