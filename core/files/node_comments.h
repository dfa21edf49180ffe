// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/files/file_text.h"
#include "core/network/network.h"

namespace dnm {

// The names of nodes as comments of a text format, which other readers of the format skip. MARK is what begins a
// comment, <TAB> a tab, and \t, \n, \r and \\ stand for these characters in a text:
//
//   MARKnodes id<TAB>label<TAB>NAME:KIND …     only with further attributes; KIND: text, integer, real or boolean
//   MARKnode ID<TAB>LABEL<TAB>VALUE …          for each node, in their order; what a node lacks is empty

/// Writes nothing for a network without names.
void write_node_comments(BlockWriter& text, std::string_view mark, const Network& network);

/// Collects such comments.
class NodeComments {
 public:
  /// Whether `comment`, a line after its mark, is one of them.
  [[nodiscard]] static bool is_one(std::string_view comment);
  /// The same, and then it is taken.
  bool take(std::string_view comment, std::size_t line);
  [[nodiscard]] std::size_t count() const { return ids_.size(); }
  /// Whether there is a comment for each of so many nodes, and each has the fields that are named.
  [[nodiscard]] bool fit(std::size_t nodes) const { return ids_.size() == nodes && problem_.empty(); }
  /// Throws FileError unless they fit.
  [[nodiscard]] NodeNames names(std::size_t nodes, const std::filesystem::path& path) &&;

 private:
  std::vector<std::string> ids_;
  std::vector<std::string> labels_;
  std::vector<NodeColumn> columns_;
  std::string problem_;
  std::size_t problem_line_ = 0;
};

}  // namespace dnm
