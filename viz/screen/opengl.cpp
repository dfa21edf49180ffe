// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/screen/opengl.h"

#include <QGuiApplication>
#include <QOffscreenSurface>
#include <QOpenGLContext>
#include <QOpenGLFunctions>
#include <bit>
#include <string_view>

namespace dnm {

namespace {

OpenGl try_opengl() {
  // These platforms may find OpenGL on a display beside them, but have no windows for it: Qt would end the program.
  const QString platform = QGuiApplication::platformName();
  if (platform == "offscreen" || platform.startsWith("minimal") || platform == "vnc") return OpenGl::none;
  QOpenGLContext context;
  context.setFormat(picture_surface_format());
  if (!context.create()) return OpenGl::none;
  QOffscreenSurface surface;
  surface.setFormat(context.format());
  surface.create();
  if (!surface.isValid() || !context.makeCurrent(&surface)) return OpenGl::none;
  const auto version = context.format().version();
  const auto* name = context.functions()->glGetString(GL_RENDERER);
  const std::string_view renderer = name == nullptr ? "" : std::bit_cast<const char*>(name);
  const bool is_software = renderer.find("llvmpipe") != renderer.npos || renderer.find("softpipe") != renderer.npos;
  context.doneCurrent();
  if (version < qMakePair(3, 2)) return OpenGl::none;
  return is_software ? OpenGl::software : OpenGl::hardware;
}

}  // namespace

QSurfaceFormat picture_surface_format() {
  QSurfaceFormat format;
  format.setRenderableType(QSurfaceFormat::OpenGL);
  format.setVersion(3, 2);
  format.setProfile(QSurfaceFormat::CoreProfile);
  // Else Qt asks for a forward-compatible context, in which no line may be wider than a pixel.
  format.setOption(QSurfaceFormat::DeprecatedFunctions);
  format.setAlphaBufferSize(8);
  format.setDepthBufferSize(0);
  format.setStencilBufferSize(0);
  format.setSamples(0);
  return format;
}

OpenGl available_opengl() {
  static const OpenGl found = try_opengl();
  return found;
}

}  // namespace dnm
