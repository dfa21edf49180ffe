// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <memory>

#include "viz/scenes/scene.h"
#include "viz/screen/page_view.h"

class QOpenGLContext;
class QWidget;

namespace dnm {

/// The OpenGL context that a picture is drawn in, which its owner keeps.
struct PictureContext {
  std::function<QOpenGLContext*()> get;
  std::function<void()> make_current;
  std::function<void()> done_current;
};

/// A scene drawn by VTK into a framebuffer, on a page of the size of a widget.
class VtkPicture {
 public:
  VtkPicture(const QWidget& page, PictureContext context);
  /// Its context must still be there, unless it told of its end.
  ~VtkPicture();
  VtkPicture(const VtkPicture&) = delete;
  VtkPicture& operator=(const VtkPicture&) = delete;

  /// The context is there and current; again after it was replaced by another.
  void start();
  [[nodiscard]] bool is_started() const;
  /// The page has another size.
  void resize();
  void set_scene(const ScenePointer& scene);
  void set_view(const PageView& view);
  /// As PictureCanvas::set_motion(). False: nothing changed.
  bool set_motion(bool moving, std::size_t limit);

  /// Draws into a framebuffer of the context, which is current; returns once it is drawn.
  void paint(unsigned framebuffer);

 private:
  class Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace dnm
