// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dnm {

/// What an experiment is for: `dnm search` or `dnm compare`.
enum class ExperimentKind : std::uint8_t { search, comparison };

/// An experiment that comes with the program: a file of resources/experiments, compiled in.
struct ShippedExperiment {
  std::string id;  ///< the file's name without its ending: "dnm-fashion-mnist-static"
  std::string title;
  std::string description;  ///< what it answers
  ExperimentKind kind;      ///< a search says what to vary
  std::string text;
};
/// In the order of their names.
[[nodiscard]] const std::vector<ShippedExperiment>& shipped_experiments();
/// The ids of one kind.
[[nodiscard]] std::vector<std::string_view> shipped_experiment_ids(ExperimentKind kind);

/// The text of a file or, where there is none of that name, of the shipped experiment with this id. Throws InvalidInput
/// with "did you mean", and FileError.
[[nodiscard]] std::string experiment_text(const std::string& file, ExperimentKind kind);

}  // namespace dnm
