// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include "viz/figure/figure_metadata.h"

class QImage;

namespace dnm {

/// A lossless TIFF (RGB, deflate) that carries the XMP packet of the metadata (tag 700). Throws FileError.
[[nodiscard]] QByteArray encode_tiff(const QImage& image, double dpi, const FigureMetadata& metadata);

}  // namespace dnm
