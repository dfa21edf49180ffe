// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRectF>
#include <QSizeF>
#include <filesystem>
#include <string>
#include <vector>

#include "viz/figure/figure_module.h"

class QPagedPaintDevice;

namespace dnm {

/// FigureModule::write and preview for a program that already has a QGuiApplication.
std::vector<std::string> write_figure(const std::filesystem::path& path, const FigureRequest& request);
[[nodiscard]] FigurePreview preview_figure(const FigureRequest& request, double dpi);

/// Where a figure of that size goes on the printable area of a sheet, which begins at the origin; all in points: in its
/// true size, at the top and in the middle, or as large as fits.
[[nodiscard]] QRectF place_on_sheet(QSizeF figure, QSizeF printable);
/// Paints the figure so on the sheet of a printer (or of a PDF). Throws as write_figure(), FileError if the device does
/// not begin to paint. Returns notices.
std::vector<std::string> print_figure(QPagedPaintDevice& printer, const FigureRequest& request);

}  // namespace dnm
