// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"

namespace dnm::cli {

RunCommand declare_generate(CLI::App& app);
RunCommand declare_measure(CLI::App& app);
RunCommand declare_embed(CLI::App& app);
RunCommand declare_train(CLI::App& app);
RunCommand declare_compare(CLI::App& app);
RunCommand declare_figure(CLI::App& app);
RunCommand declare_convert(CLI::App& app);
RunCommand declare_presets(CLI::App& app);
RunCommand declare_demo(CLI::App& app);

}  // namespace dnm::cli
