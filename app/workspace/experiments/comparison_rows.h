// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace dnm {

/// One row of the comparison of initialisers (manual: methods/training, "Published figures"). Add one: one row in
/// comparison_rows.cpp.
struct ComparisonRow {
  std::string_view id;              ///< names the run folders and goes with --rows
  std::string_view label;           ///< in the table
  std::string_view model;           ///< options of the model table: "model=dnm dendrites=fixed:7"
  bool one_seed;                    ///< only the first seed is run
  std::optional<double> published;  ///< the poster's accuracy on Fashion-MNIST at 99 % sparsity, in percent
};

[[nodiscard]] std::span<const ComparisonRow> comparison_rows();
/// Throws InvalidInput with "did you mean" for an unknown id.
[[nodiscard]] const ComparisonRow& comparison_row(std::string_view id);

}  // namespace dnm
