// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QPointF>
#include <QTimer>
#include <QWidget>
#include <cstdint>
#include <memory>
#include <optional>

#include "app/studio/pins/pin_painter.h"

namespace dnm {

/// The picture of one pin. It is painted in the background once it is seen; until then, and while it is zoomed, the
/// image before stands in. It asks for another view, which all pictures then get, in place of taking it itself.
class PinPicture : public QWidget {
  Q_OBJECT
 public:
  explicit PinPicture(std::shared_ptr<PinPainter> painter, QWidget* parent = nullptr);
  ~PinPicture() override;

  /// `message`: in place of a picture while there is no network; empty: there is one.
  void show_input(const NetworkScene& kind, const SceneInput& input, const SceneOptions& options,
                  const QString& message);
  void set_view(const LinkedView& view);
  /// The newest input is shown, in the present view.
  [[nodiscard]] bool is_current() const;
  [[nodiscard]] const QImage& image() const { return image_; }

 Q_SIGNALS:
  void clicked();
  /// It has the keys now.
  void focused();
  void view_wanted(const dnm::LinkedView& view);
  void image_changed();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;

 private:
  [[nodiscard]] PinPainter::Job wanted_job() const;
  void take(std::uint64_t widget, std::uint64_t generation, const QImage& image, const LinkedView& view);
  void zoom_about(QPointF position, double factor);
  void pan(QPointF pixels);

  std::shared_ptr<PinPainter> painter_;
  const std::uint64_t number_;
  const NetworkScene* kind_ = nullptr;
  SceneInput input_;
  SceneOptions options_;
  QString message_;
  LinkedView view_;
  QImage image_;
  LinkedView image_view_;                       ///< of the image
  std::optional<PinPainter::Job> submitted_{};  ///< the last one, and the generations of it and of the image
  std::uint64_t submitted_generation_ = 0, image_generation_ = 0;
  QPointF pressed_at_, drag_from_;
  bool is_pressed_ = false, is_dragged_ = false;
  QTimer click_;
};

}  // namespace dnm
