// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "app/workspace/neuron_table.h"

namespace dnm {

/// Which neurons a line of text means: alternatives separated by commas, each of one or more parts joined by "and". A
/// part is a neuron or a range of them ("layer 1 neuron 98", "input 12-20", "node 7"), a layer ("layer 1", "inputs"), a
/// condition on a column ("degree > 20", "community = 3", with =, !=, <, <=, >, >=), or else a name as a whole ("q
/// neuron 3") or, where none is so, a piece of one. Letter case does not matter.
class NeuronQuery {
 public:
  /// An empty line means all. `table` must outlive it. Throws InvalidInput for a condition on a column that the table
  /// has not ("did you mean"), or with no number.
  NeuronQuery(std::string_view text, const NeuronTable& table);

  [[nodiscard]] bool matches(std::size_t row) const;
  /// Ascending. O(rows · parts).
  [[nodiscard]] std::vector<NodeIndex> rows() const;

 private:
  using Part = std::function<bool(std::size_t row)>;
  [[nodiscard]] Part parse_part(std::string_view text) const;

  const NeuronTable& table_;
  std::vector<std::vector<Part>> alternatives_;
};

}  // namespace dnm
