// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QObject>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <stop_token>
#include <thread>

#include "viz/scenes/network_scene.h"
#include "viz/screen/page_size.h"
#include "viz/screen/page_view.h"

namespace dnm {

/// The part of a picture that is seen, for pictures of any size that move together.
struct LinkedView {
  double zoom = 1.0;  ///< magnification, from 1: all is shown
  double x = 0.5;     ///< what is in the middle, as a part of the width, from the left …
  double y = 0.5;     ///< … and of the height, from the bottom
  bool operator==(const LinkedView&) const = default;

  [[nodiscard]] PageView on_page(const PageSize& page) const { return {zoom, zoom, {x * page.width, y * page.height}}; }
};

/// Makes images of pictures, on one thread for many widgets: of each widget the newest job alone, and widgets in the
/// order in which they asked. A scene lives only until its image is painted.
class PinPainter : public QObject {
  Q_OBJECT
 public:
  struct Job {
    const NetworkScene* kind = nullptr;
    SceneInput input{};
    SceneOptions options{};  ///< all but what follows from the page
    PageSize page{1.0, 1.0, 1.0};
    QSize pixels{};
    LinkedView view{};
    bool operator==(const Job& other) const;
  };

  explicit PinPainter(QObject* parent = nullptr);
  ~PinPainter() override;

  /// In place of the job before of this widget. `widget`: any number that is its own; `generation`: of the job.
  void submit(std::uint64_t widget, std::uint64_t generation, Job job);
  /// Forgets its job.
  void drop(std::uint64_t widget);
  /// The image of a job: the scene as in the window's other pictures. Throws Cancelled.
  [[nodiscard]] static QImage image_of(const Job& job, const TaskControl& control);

 Q_SIGNALS:
  void painted(quint64 widget, quint64 generation, const QImage& image, const dnm::LinkedView& view);

 private:
  struct Asked {
    std::uint64_t widget;
    std::uint64_t generation;
    Job job;
  };
  void work(const std::stop_token& stop);

  std::mutex mutex_;  // guards all down to the next empty line
  std::condition_variable_any wake_;
  std::deque<Asked> asked_;
  std::uint64_t current_ = 0;
  std::stop_source current_stop_;

  std::jthread thread_;  // last: it uses everything above
};

}  // namespace dnm
