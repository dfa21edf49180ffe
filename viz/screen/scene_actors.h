// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <vtkSmartPointer.h>

#include "viz/scenes/scene.h"
#include "viz/screen/page_view.h"

class vtkActor;
class vtkPointGaussianMapper;
class vtkRenderer;
class vtkTextActor;

namespace dnm {

/// A scene as VTK props in a renderer. World coordinates are page points, so the camera alone zooms and pans.
class SceneActors {
 public:
  explicit SceneActors(vtkRenderer& renderer);
  ~SceneActors();
  SceneActors(const SceneActors&) = delete;
  SceneActors& operator=(const SceneActors&) = delete;

  /// Replaces what is shown. Page size in points; `pixels_per_point` of the device. O(points of the scene).
  void set_scene(const ScenePointer& scene, double width_points, double height_points, double pixels_per_point);
  /// Puts camera, labels and node sizes where the view asks. O(labels).
  void set_view(const PageView& view);
  /// Shows at most `limit` of each list of lines (0: all), for pictures in motion; the note says so.
  void limit_lines(std::size_t limit);

  /// Lines of the scene, shown or not.
  [[nodiscard]] std::size_t line_count() const;

 private:
  struct Label;
  struct LineSet;

  void clear();
  void add(const Image& image);
  void add(const Cells& cells);
  void add(const Bands& bands);
  void add(const Lines& lines);
  void add(const Disks& disks);
  void add(const Text& text);
  void add_actor(vtkActor* actor);
  void limit_lines(LineSet& set) const;
  void set_note(const std::string& words);
  [[nodiscard]] std::string current_note() const;
  [[nodiscard]] Label label(const Text& text) const;

  vtkRenderer& renderer_;
  ScenePointer scene_;
  PageTransform transform_;
  double width_ = 1.0, height_ = 1.0, pixels_per_point_ = 1.0;
  std::size_t line_limit_ = 0;
  std::vector<vtkSmartPointer<vtkActor>> actors_;
  std::vector<vtkSmartPointer<vtkPointGaussianMapper>> disk_mappers_;
  std::vector<LineSet> line_sets_;
  std::vector<Label> labels_;
  vtkSmartPointer<vtkTextActor> note_;
};

}  // namespace dnm
