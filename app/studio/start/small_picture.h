// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QImage>
#include <QSize>
#include <QString>
#include <filesystem>
#include <string>

#include "app/studio/window/recent_file.h"
#include "core/support/task_control.h"
#include "viz/scenes/chart_scene.h"

namespace dnm {

/// What a small picture is of: a preset, or a file or folder that was used.
struct PictureSource {
  std::string preset{};  ///< id; empty: the file
  RecentFile file{};
};

/// How small pictures are painted.
struct SmallPictureLook {
  QSize size;                 ///< in points of the screen, as for widgets
  double pixel_ratio = 1.0;   ///< device pixels for each of them
  double dpi = 96.0;          ///< of the screen
  QColor ground = Qt::white;  ///< of charts
  ChartStyle charts{};        ///< all but the page
};

struct SmallPicture {
  QImage image{};     ///< null: there is none
  QString problem{};  ///< why the source cannot be opened, in a few words or one sentence; empty: it can
};

/// The picture of a source: the disk of a network of up to 1,500 neurons, the matrices of a larger one, the curves of
/// runs, the picture itself of an exported PNG. Painted as in figures, and kept in `folder` (empty: nowhere) until the
/// source or the look changes; the oldest pictures beyond 200 are removed. None of networks of more than two million
/// links, of files beyond 64 MB, and of networks that need a data set. Reads the source: for a worker. Throws
/// Cancelled.
[[nodiscard]] SmallPicture small_picture(const PictureSource& source, const SmallPictureLook& look,
                                         const std::filesystem::path& folder, const TaskControl& control);

}  // namespace dnm
