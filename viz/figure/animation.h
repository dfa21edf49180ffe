// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "viz/figure/figure_module.h"

namespace dnm {

/// FigureModule::write for a program that already has a QGuiApplication.
std::vector<std::string> write_animation(const std::filesystem::path& path, const AnimationRequest& request);

}  // namespace dnm
