// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>

namespace dnm {

/// A folder in `runs` for an experiment that is started now and was given none: "2026-11-30-1405-DNM-s-0.99-
/// Fashion-MNIST", date, time of day and the experiment's name, shortened, in letters, digits, points and dashes;
/// numbered where that folder exists or `is_taken`. Not created.
[[nodiscard]] std::filesystem::path new_run_folder(const std::filesystem::path& runs, const std::string& name,
                                                   std::chrono::system_clock::time_point now,
                                                   const std::function<bool(const std::filesystem::path&)>& is_taken);

}  // namespace dnm
