// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

// Ids of tasks, which the tables of tasks and of metrics name.
namespace dnm {

inline constexpr std::string_view image_classification_task = "image-classification";
inline constexpr std::string_view own_classification_task = "own-classification";
inline constexpr std::string_view translation_task = "translation";
/// Ids, separated by spaces, of the tasks whose examples belong to one class each.
inline constexpr std::string_view classification_tasks = "image-classification own-classification";

}  // namespace dnm
