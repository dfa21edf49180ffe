// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>

#include "viz/scenes/scene.h"
#include "viz/screen/page_view.h"

class vtkRenderer;

namespace dnm {

/// A scene as VTK props in a renderer. World coordinates are page points, so the camera alone zooms and pans.
class SceneActors {
 public:
  /// `renderer` must outlive it.
  explicit SceneActors(vtkRenderer& renderer);
  ~SceneActors();
  SceneActors(const SceneActors&) = delete;
  SceneActors& operator=(const SceneActors&) = delete;

  /// Replaces what is shown. Page size in points; `pixels_per_point` of the device. O(points of the scene).
  void set_scene(const ScenePointer& scene, double width_points, double height_points, double pixels_per_point);
  /// Adapts camera, labels and node sizes to the view. O(labels).
  void set_view(const PageView& view);
  /// Shows at most `limit` of each list of lines (0: all), for pictures in motion; the note says so.
  void limit_lines(std::size_t limit);

  /// Lines of the scene, shown or not.
  [[nodiscard]] std::size_t line_count() const;

 private:
  class Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace dnm
