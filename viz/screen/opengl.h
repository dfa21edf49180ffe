// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSurfaceFormat>

namespace dnm {

enum class OpenGl { none, software, hardware };

/// What this session can draw with: none where no context of OpenGL 3.2 can be made. Tried once; needs a
/// QGuiApplication.
[[nodiscard]] OpenGl available_opengl();

/// Of the contexts that VTK draws with.
[[nodiscard]] QSurfaceFormat picture_surface_format();

}  // namespace dnm
