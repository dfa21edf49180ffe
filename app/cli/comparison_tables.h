// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>

#include "app/workspace/experiments/comparison_report.h"

namespace dnm::cli {

/// The tables of a comparison in its folder. Those of an earlier command stay until there are as many figures to
/// replace theirs, or all that was asked for is done.
class ComparisonTables {
 public:
  /// Reads comparison.csv where there is one.
  explicit ComparisonTables(std::filesystem::path folder);
  /// Writes them, unless they would lose figures. Throws FileError.
  void write(const ComparisonReport& report);
  /// Writes them, whatever they lose. Throws FileError.
  void write_all(const ComparisonReport& report);
  /// How many rows with figures those of an earlier command have; 0 once they are replaced.
  [[nodiscard]] std::size_t kept_rows() const { return kept_; }

 private:
  std::filesystem::path folder_;
  std::size_t kept_ = 0;
};

}  // namespace dnm::cli
