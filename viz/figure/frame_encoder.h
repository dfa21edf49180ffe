// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QImage>
#include <memory>

#include "viz/figure/figure_metadata.h"

namespace dnm {

/// Makes an animation, repeated without end, of frames of one size. Each format is a file of its own, and a row of
/// animation.cpp.
class FrameEncoder {
 public:
  virtual ~FrameEncoder() = default;
  /// Adds an opaque frame, shown for that long. Throws FileError.
  virtual void add(const QImage& frame, int milliseconds) = 0;
  /// The bytes of the file; nothing can be added after it. Throws FileError.
  [[nodiscard]] virtual QByteArray finish() = 0;
};

/// A palette of 255 colours for each frame, chosen from what changed in it. Carries the command line as a comment.
[[nodiscard]] std::unique_ptr<FrameEncoder> make_gif_encoder(QSize size, const FigureMetadata& metadata);
/// Without loss. Carries session and command line as XMP.
[[nodiscard]] std::unique_ptr<FrameEncoder> make_webp_encoder(QSize size, const FigureMetadata& metadata);

}  // namespace dnm
