// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "viz/figure/figure_module.h"

namespace dnm {

/// FigureModule::write and preview for a program that already has a QGuiApplication.
std::vector<std::string> write_figure(const std::filesystem::path& path, const FigureRequest& request);
[[nodiscard]] FigurePreview preview_figure(const FigureRequest& request, double dpi);

}  // namespace dnm
