// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "viz/scenes/network_scene.h"
#include "viz/screen/neuron_pointer.h"
#include "viz/screen/scene_builder.h"

namespace dnm {

/// A small picture in a dock, without a title bar, as in figures; built in the background. Neurons are pointed at,
/// picked and lit up in it as in any other picture.
class DockPicture : public QWidget {
  Q_OBJECT
 public:
  explicit DockPicture(const NetworkScene& scene, QWidget* parent = nullptr);

  /// Redraws only if the input or an option that the picture uses has changed.
  void show_input(const SceneInput& input, const PictureOptions& options);
  /// What is shown; null before the first.
  [[nodiscard]] ScenePointer scene() const { return scene_; }
  /// The newest input is shown.
  [[nodiscard]] bool is_current() const { return shown_ == requested_; }
  void set_highlight(HighlightRole role, const HighlightPointer& highlight) { marks_->set_highlight(role, highlight); }
  [[nodiscard]] NeuronPointer& pointer() { return *pointer_; }
  [[nodiscard]] MarkLayer& marks() { return *marks_; }

 Q_SIGNALS:
  /// A new scene is shown.
  void painted();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  void request();

  const NetworkScene& kind_;
  SceneInput input_;
  PictureOptions options_;
  ScenePointer scene_;
  MarkLayer* marks_;
  NeuronPointer* pointer_;
  std::uint64_t requested_ = 0, shown_ = 0;
  SceneBuilder builder_;  // last, so that its thread ends before anything it uses is destroyed
};

}  // namespace dnm
