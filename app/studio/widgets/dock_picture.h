// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "viz/scenes/network_scene.h"
#include "viz/screen/scene_builder.h"

namespace dnm {

/// A small picture in a dock, without a title bar, as in figures; built in the background.
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

 Q_SIGNALS:
  /// A new scene is shown.
  void painted();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  void request();

  const NetworkScene& kind_;
  SceneInput input_;
  PictureOptions options_;
  ScenePointer scene_;
  std::uint64_t requested_ = 0, shown_ = 0;
  SceneBuilder builder_;  // last, so that its thread ends before anything it uses is destroyed
};

}  // namespace dnm
