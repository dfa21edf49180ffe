// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/named_nodes.h"

#include <cstdint>
#include <unordered_map>

#include "core/files/file_text.h"
#include "core/files/network_builder.h"
#include "core/files/utf8.h"
#include "core/support/memory.h"

namespace dnm {
namespace {

/// Memory of a node while it is read: its name in the table and in the list.
constexpr std::uint64_t bytes_per_node = 160;

}  // namespace

NodeIndex NamedNodes::number_of(std::string_view name) {
  if (const auto found = numbers_.find(name); found != numbers_.end()) return found->second;
  const std::uint64_t count = numbers_.size();
  if (count + 1 >= most_neurons) fail_reading(path_, "it names more than 2^31 nodes");
  // Memory is checked whenever the table is about to double.
  if (count >= memory_check_threshold && (count & (count - 1)) == 0) {
    require_memory(count * bytes_per_node, path_.string());
  }
  numbers_.emplace(name, static_cast<NodeIndex>(count));
  return static_cast<NodeIndex>(count);
}

std::vector<std::string> NamedNodes::given_names() && {
  std::vector<std::string> names(numbers_.size());
  for (const auto& [name, number] : numbers_) names[number] = name;
  numbers_.clear();
  return names;
}

std::vector<std::string> NamedNodes::names() && {
  std::vector<std::string> names = std::move(*this).given_names();
  for (std::string& name : names) name = utf8_or_latin1(name);
  make_distinct(names);
  return names;
}

void make_distinct(std::vector<std::string>& names) {
  // Each name with the number of its next copy, so that many equal ones take no longer than others.
  std::unordered_map<std::string, std::uint64_t> known;
  known.reserve(names.size());
  for (std::string& name : names) {
    const std::string given = name;
    while (!known.emplace(name, std::uint64_t{2}).second) name = given + " (" + std::to_string(known[given]++) + ")";
  }
}

}  // namespace dnm
