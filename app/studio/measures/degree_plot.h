// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "viz/scenes/network_scene.h"
#include "viz/screen/scene_builder.h"

namespace dnm {

/// The degree distribution with the fitted power law, as in figures; built in the background.
class DegreePlot : public QWidget {
  Q_OBJECT
 public:
  explicit DegreePlot(QWidget* parent = nullptr);

  void set_input(const SceneInput& input);
  /// What is shown (null before the first).
  [[nodiscard]] ScenePointer scene() const { return scene_; }

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  void request();

  SceneInput input_;
  ScenePointer scene_;
  std::uint64_t requested_ = 0, shown_ = 0;
  SceneBuilder builder_;  // last: its thread ends before anything it touches goes
};

}  // namespace dnm
