// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>
#include <memory>

#include "viz/scenes/network_scene.h"
#include "viz/screen/neuron_pointer.h"
#include "viz/screen/opengl.h"

namespace dnm {

/// One picture of the network in the window: builds its scene in the background (newest wins), paints it with VTK,
/// zooms with the wheel about the pointer, pans with a drag, shows all on double-click, reports what lies under the
/// pointer and what it picks (NeuronPointer), and lights up neurons over the picture. Keys: + and - zoom, arrows pan, 0
/// shows all. Layers are zoomed along their neurons alone; a stack is turned by drags and arrows. Without OpenGL it is
/// painted by QPainter and says so. Colours, links, orientation and projection follow the options; sizes, viewport and
/// text size are the view's own.
class NetworkView : public QWidget {
  Q_OBJECT
 public:
  explicit NetworkView(const NetworkScene& scene, QWidget* parent = nullptr);
  /// With the canvas for this OpenGL; all but `none` need that available_opengl() is not none.
  NetworkView(const NetworkScene& scene, OpenGl opengl, QWidget* parent = nullptr);
  ~NetworkView() override;

  /// Newest wins; returns at once. `draft`: fewer links, while a slider is dragged. What is the same as before is not
  /// drawn again.
  void set_input(const SceneInput& input, bool draft = false);
  /// Likewise; options that the picture does not follow do not draw it again.
  void set_options(const SceneOptions& options);
  /// While it waits, it takes inputs and options and draws nothing; afterwards it draws what it was given.
  void set_waiting(bool waiting);
  [[nodiscard]] const SceneInput& input() const;
  [[nodiscard]] SceneOptions options() const;
  /// What is on the screen now (null before the first), and the network that it is of.
  [[nodiscard]] ScenePointer scene() const;
  [[nodiscard]] NetworkPointer shown_network() const;
  /// True once the newest input is on the screen (or, while the view is hidden, ready for it).
  [[nodiscard]] bool is_current() const;
  void reset_zoom();
  /// Magnification, 1: all is shown.
  [[nodiscard]] double zoom() const;
  /// Magnifies by `factor` so that what is under `position` (widget coordinates) stays there.
  void zoom_about(QPointF position, double factor);
  /// Lights neurons up without drawing the picture again; null: none. Those of another network wait for its picture.
  void set_highlight(HighlightRole role, const HighlightPointer& highlight);
  [[nodiscard]] NeuronPointer& pointer();
  [[nodiscard]] MarkLayer& marks();

 Q_SIGNALS:
  void hovered(const QString& text);
  /// After a new scene was painted.
  void painted();
  /// The user turned a picture that can be turned, by so many degrees.
  void turned(double degrees);

 protected:
  void wheelEvent(QWheelEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  class Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace dnm
