// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "app/cli/table_options.h"
#include "app/workspace/experiments/comparison_rows.h"

namespace dnm::cli {

/// Rows that a file describes, beside those of the program. What find() gave stays where it is when this is moved.
class OwnRows {
 public:
  /// `model`: "model=dnm dendrites=fixed:5", or with a preset first. Throws InvalidInput for an id that is taken or is
  /// no name of a folder, and for parameters that cannot be.
  void add(std::string id, std::string label, std::string model);
  /// Null where there is none of this id.
  [[nodiscard]] const ComparisonRow* find(std::string_view id) const;

 private:
  struct Row {
    std::string id, label, model;
    ComparisonRow row{};
  };
  std::deque<Row> rows_;
};

/// Takes what the file of a comparison says as if it had been given as options; those that were given count. The file
/// is one with the keys "rows", "seeds", "validation", "sparsity" and, in "training", settings of `dnm train`;
/// "method", "data" and "sparsity" may name several. A row is an id, or {"id", "label", "preset", "model":
/// {parameters}}. Or it is a comparison that comes with the program. Throws FileError, and InvalidInput for a key that
/// is not known.
[[nodiscard]] OwnRows read_comparison_file(const std::string& file, TableOptions& options,
                                           std::optional<std::string>& rows);

}  // namespace dnm::cli
