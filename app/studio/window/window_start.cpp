// SPDX-License-Identifier: GPL-3.0-or-later
// The start page of the window and its tour.
#include <QAbstractButton>
#include <QAction>
#include <QEvent>
#include <QSettings>

#include "app/studio/start/start_page.h"
#include "app/studio/start/tour.h"
#include "app/studio/window/window.h"
#include "core/files/presets.h"

namespace dnm {

namespace {
constexpr const char* setting = "start/page";
constexpr int least_width = 420;  // of the page beside a picture
}  // namespace

void Window::offer_start_page() {
  if (!options_.keep_settings || QSettings().value(setting, true).toBool()) show_start_page();
}

void Window::show_start_page() {
  if (!start_page_) make_start_page();
  start_page_->show_recent(recent_);
  place_start_page();
  start_page_->show();
  start_page_->raise();
  messages_->raise();
  paint_start_page();
}

void Window::make_start_page() {
  start_page_ = new StartPage(options_.cache_folder, centralWidget());
  if (options_.keep_settings) start_page_->set_shows_at_start(QSettings().value(setting, true).toBool());
  connect(start_page_, &StartPage::shows_at_start_changed, this, [this](bool shows) {
    if (options_.keep_settings) QSettings().setValue(setting, shows);
  });
  connect(start_page_, &StartPage::preset_chosen, this, [this](const std::string& id) {
    close_start_page();
    model_dock_->apply_preset(preset(id));
  });
  connect(start_page_, &StartPage::file_chosen, this, [this](const RecentFile& file) {
    close_start_page();
    files_->open(file.path, file.reading);
  });
  connect(start_page_, &StartPage::open_requested, files_, &FileActions::open_with_dialog);
  connect(start_page_, &StartPage::tour_requested, this, &Window::start_tour);
  connect(start_page_, &StartPage::close_requested, this, &Window::close_start_page);
  // Any work closes it.
  connect(&document_, &Document::changed, this, &Window::close_start_page);
  connect(&training_, &TrainingController::started, this, &Window::close_start_page);
  connect(files_, &FileActions::session_opened, this, &Window::close_start_page);
  connect(findChild<QAction*>("view-all"), &QAction::triggered, this, &Window::close_start_page);
  // The pictures come first: nothing is painted here before they are there.
  connect(&live_, &LiveBridge::updated, this, &Window::paint_start_page);
  connect(views_, &ViewArea::painted, this, &Window::paint_start_page);
  views_->installEventFilter(this);
  for (ViewPane* pane : views_->panes()) pane->installEventFilter(this);
}

void Window::close_start_page() {
  if (start_page_) start_page_->hide();
}

void Window::paint_start_page() {
  if (start_page_->isVisible() && !start_page_->is_painting() && live_.is_settled() && views_->is_current())
    start_page_->paint_pictures();
}

void Window::place_start_page() {
  QRect place = views_->geometry();
  // Where there is room, the picture on the right stays in sight.
  const auto scenes = network_scene_table();
  for (std::size_t index = 0; index < scenes.size(); ++index) {
    const ViewPane& pane = *views_->panes()[index];
    const int left = pane.mapTo(centralWidget(), QPoint()).x();
    if (scenes[index].window != WindowPlace::right || !pane.isVisibleTo(views_) || left < least_width) continue;
    place.setRight(left - 2);
  }
  start_page_->setGeometry(place);
}

bool Window::eventFilter(QObject* watched, QEvent* event) {
  if (start_page_ && (event->type() == QEvent::Resize || event->type() == QEvent::Move)) place_start_page();
  return QMainWindow::eventFilter(watched, event);
}

void Window::start_tour() {
  close_start_page();
  if (!tour_) {
    std::vector<TourStep> steps;
    steps.push_back(
        {findChild<QWidget*>("sparsity-slider"), tr("Move a slider"),
         tr("Drag it: matrix, layers and disk follow while you drag, and the measures are computed as you let "
            "go. Ctrl+Z takes it back.")});
    steps.push_back(
        {findChild<QWidget*>("chance-compare"), tr("Compare the measures"),
         tr("Compare measures randomised copies of this network, and each card says how far its value lies from "
            "chance. Ctrl+P pins a network, to compare it with others.")});
    steps.push_back(
        {findChild<QWidget*>("training-start"), tr("Train it"),
         tr("Start trains the network on screen on the data set beside it. If the first layer does not fit the "
            "data, it offers to resize the layers first. The curves appear below.")});
    tour_ = new Tour(std::move(steps), this);
    connect(&document_, &Document::drag_finished, tour_, [this] { tour_->done(0); });
    connect(findChild<QAbstractButton*>("chance-compare"), &QAbstractButton::clicked, tour_,
            [this] { tour_->done(1); });
    connect(&training_, &TrainingController::started, tour_, [this] { tour_->done(2); });
  }
  tour_->start();
}

}  // namespace dnm
