// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/network/network.h"

namespace dnm {

/// Numbers nodes in the order in which their names first appear.
class NamedNodes {
 public:
  explicit NamedNodes(std::filesystem::path path) : path_(std::move(path)) {}
  /// O(1). Throws FileError for more than 2^31 nodes, ResourceError.
  NodeIndex number_of(std::string_view name);
  [[nodiscard]] NodeIndex count() const { return static_cast<NodeIndex>(numbers_.size()); }
  /// By number, as they were given; leaves nothing behind.
  [[nodiscard]] std::vector<std::string> given_names() &&;
  /// The same in UTF-8 and distinct.
  [[nodiscard]] std::vector<std::string> names() &&;

 private:
  /// Looks up without a copy of the name.
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view name) const { return std::hash<std::string_view>()(name); }
  };
  std::filesystem::path path_;
  std::unordered_map<std::string, NodeIndex, Hash, std::equal_to<>> numbers_;
};

/// Makes names distinct that are equal now that characters were replaced: "a", "a" become "a", "a (2)". O(names).
void make_distinct(std::vector<std::string>& names);

}  // namespace dnm
