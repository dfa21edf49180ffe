// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/pins/pin_painter.h"

#include <QPainter>
#include <algorithm>
#include <exception>
#include <tuple>
#include <utility>

#include "core/support/error.h"
#include "core/support/thread_priority.h"
#include "viz/paper/paper_painter.h"
#include "viz/scenes/scenes.h"
#include "viz/screen/screen_words.h"

namespace dnm {

bool PinPainter::Job::operator==(const Job& other) const {
  const auto size = [](const Job& job) {
    return std::tuple(job.page.width, job.page.height, job.page.pixels_per_point, job.pixels.width(),
                      job.pixels.height());
  };
  return kind == other.kind && input == other.input && options == other.options && view == other.view &&
         size(*this) == size(other);
}

PinPainter::PinPainter(QObject* parent)
    : QObject(parent), thread_([this](const std::stop_token& stop) { work(stop); }) {}

PinPainter::~PinPainter() {
  thread_.request_stop();
  const std::lock_guard lock(mutex_);
  current_stop_.request_stop();
}

void PinPainter::submit(std::uint64_t widget, std::uint64_t generation, Job job) {
  {
    const std::lock_guard lock(mutex_);
    if (current_ == widget) current_stop_.request_stop();
    const auto found = std::ranges::find(asked_, widget, &Asked::widget);
    if (found != asked_.end()) {
      found->generation = generation;
      found->job = std::move(job);
    } else {
      asked_.push_back({widget, generation, std::move(job)});
    }
  }
  wake_.notify_one();
}

void PinPainter::drop(std::uint64_t widget) {
  const std::lock_guard lock(mutex_);
  if (current_ == widget) current_stop_.request_stop();
  std::erase_if(asked_, [&](const Asked& asked) { return asked.widget == widget; });
}

QImage PinPainter::image_of(const Job& job, const TaskControl& control) {
  SceneOptions options = job.options;
  options.width_points = job.page.width;
  options.height_points = job.page.height;
  options.pixels_across = job.page.width * job.page.pixels_per_point;
  Scene scene;
  PageTransform seen;
  const PageView view = job.view.on_page(job.page);
  const auto build = [&] {
    scene = in_screen_words(job.kind->build(job.input, options, control));
    seen = view.seen(page_transform(scene, job.page.width, job.page.height), job.page.width, job.page.height);
  };
  try {
    build();
    if (scene.follows_view && view.zoom() > 1.0) {
      const Point corner = seen.to_data({0.0, 0.0});
      options.viewport = {corner.x, corner.y, job.page.width / seen.scale_x, job.page.height / seen.scale_y};
      build();
    }
  } catch (const Cancelled&) {
    throw;
  } catch (const std::exception& error) {
    scene = message_scene(options, std::string("cannot draw this: ") + error.what());
    seen = page_transform(scene, job.page.width, job.page.height);
  }
  QImage image(job.pixels, QImage::Format_RGB32);
  const Color background = scene.background;
  image.fill(QColor(background.red, background.green, background.blue));
  QPainter painter(&image);
  painter.scale(image.width() / job.page.width, image.height() / job.page.height);
  paint_scene(painter, scene, QRectF(0.0, 0.0, job.page.width, job.page.height), seen, PaperStyle::raster());
  return image;
}

void PinPainter::work(const std::stop_token& stop) {
  lower_thread_priority();
  while (true) {
    Asked asked{};
    std::stop_token job_stop;
    {
      std::unique_lock lock(mutex_);
      current_ = 0;
      if (!wake_.wait(lock, stop, [this] { return !asked_.empty(); })) return;
      asked = std::move(asked_.front());
      asked_.pop_front();
      current_ = asked.widget;
      current_stop_ = {};
      job_stop = current_stop_.get_token();
    }
    try {
      const QImage image = image_of(asked.job, {job_stop, {}});
      Q_EMIT painted(asked.widget, asked.generation, image, asked.job.view);
    } catch (const Cancelled&) {
      // another one is wanted
    }
  }
}

}  // namespace dnm
