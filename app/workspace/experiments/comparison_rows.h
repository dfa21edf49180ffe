// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/models/model_parameters.h"
#include "training/settings/training_settings.h"

namespace dnm {

/// What others found for a row under a rewiring rule.
struct PublishedAccuracy {
  std::string_view rule;  ///< id: "chts"
  double percent;         ///< the best epoch on test, Fashion-MNIST, 99 % sparsity
};

/// One row of the comparison of initialisers (manual: methods/training, "Published figures"). Add one: one row in
/// comparison_rows.cpp.
struct ComparisonRow {
  std::string_view id;     ///< names the run folders and goes with --rows
  std::string_view label;  ///< in the table
  std::string_view model;  ///< options of the model table, "model=dnm dendrites=fixed:7", or a preset: "preset=poster-b"
  bool one_seed;           ///< only the first seed is run
  std::span<const PublishedAccuracy> published{};
  bool dense = false;  ///< its networks have no missing link, so that no rule can rewire them

  /// In percent.
  [[nodiscard]] std::optional<double> published_under(std::string_view rule) const;
};

/// Training examples that the second group of a comparison holds out unless a number is given: 5,000 as for the
/// published figures, or a tenth of the training examples where that is less. Finds the data; throws as make_task.
[[nodiscard]] std::int64_t usual_held_out(const TrainingSettings& settings);
/// The same in words.
inline constexpr std::string_view usual_held_out_words = "5000, or a tenth of a smaller training set";

[[nodiscard]] std::span<const ComparisonRow> comparison_rows();
/// Throws InvalidInput with "did you mean" for an unknown id.
[[nodiscard]] const ComparisonRow& comparison_row(std::string_view id);

/// The parameters of the row's networks: those of its options in place of the ones in `base`, which gives the layers,
/// the sparsity, the seed and the data.
[[nodiscard]] ModelParameters parameters_of(const ComparisonRow& row, ModelParameters base);
/// Why the row has no run with these settings, in one sentence: a rewiring rule for a dense network, an initialiser
/// that learns from images where there are none, or one that draws whole networks alone where matrices are drawn. Empty
/// if it has one.
[[nodiscard]] std::string why_not_trained(const ComparisonRow& row, const TrainingSettings& settings);

}  // namespace dnm
