// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <cstdint>
#include <optional>
#include <vector>

#include "app/workspace/experiments/run_moments.h"

namespace dnm {

/// A line with a tick for each update of a run, by the batches seen; a handle at the one on screen, and a hollow mark
/// at the one that it is compared with. Mouse and keys move the handle; with Shift, the mark.
class TimeLine : public QWidget {
  Q_OBJECT
 public:
  explicit TimeLine(QWidget* parent = nullptr);

  /// By update; the line ends at `last_step`, or at the last of them if that is later.
  void set_moments(std::vector<RunMoment> moments, std::uint64_t last_step);
  [[nodiscard]] const std::vector<RunMoment>& moments() const { return moments_; }
  /// What is on screen; nothing: another network.
  void set_shown(std::optional<std::uint64_t> update, std::uint64_t compared);
  [[nodiscard]] std::optional<std::uint64_t> shown() const { return shown_; }
  /// Where that update stands, in pixels from the left.
  [[nodiscard]] double place_of(std::uint64_t update) const;

  [[nodiscard]] QSize sizeHint() const override;
  [[nodiscard]] QSize minimumSizeHint() const override;

 Q_SIGNALS:
  /// The update to show. `dragging`: more follow, until released().
  void moved(std::uint64_t update, bool dragging);
  /// The update to compare with; nothing: the one before.
  void compared(std::optional<std::uint64_t> update, bool dragging);
  void released();
  /// The update whose network is to be the working one.
  void used(std::uint64_t update);

 protected:
  bool event(QEvent* event) override;
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;

 private:
  enum class Dragged { nothing, handle, mark };
  [[nodiscard]] const RunMoment* moment(std::uint64_t update) const;
  [[nodiscard]] std::uint64_t nearest(double x) const;
  [[nodiscard]] QString words() const;
  /// Where the handle stands: at the update on screen, or at the newest tick while the file lags behind it.
  [[nodiscard]] std::optional<std::uint64_t> handle() const;
  [[nodiscard]] std::uint64_t mark() const;
  void drag_to(double x);
  /// `count` moments on from this update, as far as there are some.
  [[nodiscard]] std::uint64_t stepped(std::uint64_t update, std::ptrdiff_t count) const;

  std::vector<RunMoment> moments_;
  std::uint64_t last_step_ = 0;
  std::optional<std::uint64_t> shown_;
  std::uint64_t compared_ = 0;
  Dragged dragged_ = Dragged::nothing;
};

}  // namespace dnm
