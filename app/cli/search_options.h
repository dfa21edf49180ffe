// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/cli/table_options.h"
#include "app/workspace/search/search_plan.h"

namespace dnm::cli {

/// What a search is of: a file, one that comes with the program, the search of a folder, or options alone; options
/// change what a file says.
class SearchOptions {
 public:
  void declare(OptionParser& parser);
  /// Whether a file or --vary was given.
  [[nodiscard]] bool says_what() const { return file_ || !varied_.empty(); }
  /// The plan, settled(). `folder`: that of the search, where neither a file nor --vary says what it is of. Throws
  /// UsageError and dnm::Error.
  [[nodiscard]] SearchPlan plan(const std::string& folder);

 private:
  [[nodiscard]] SearchPlan first_plan(const std::string& folder) const;
  void apply_model(SearchPlan& plan) const;
  void apply_values(SearchPlan& plan) const;
  /// Throws UsageError for an option that the search has no use for.
  void check_used(const SearchPlan& plan) const;

  std::optional<std::string> file_, preset_;
  std::vector<std::string> varied_, maximised_, minimised_, conditions_;
  TableOptions search_, model_, training_, measures_;
};

}  // namespace dnm::cli
