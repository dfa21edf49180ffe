// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "viz/scenes/scene_input.h"

namespace dnm {

/// One quantity of all neurons.
struct NeuronColumn {
  std::string id;                    ///< as in conditions: "degree"
  std::string label;                 ///< "Degree"
  std::string meaning;               ///< one sentence
  std::vector<double> numbers{};     ///< one per node, NaN: none; empty: texts, or the name of the neuron
  std::vector<std::string> texts{};  ///< one per node
  int decimals = 0;                  ///< of numbers, as shown
  std::string missing{};             ///< why there are no values at all; empty: there are
};

/// All neurons of a network with what is known of each: place, links, dendrites, what measures find per node, places in
/// the disk, and the attributes of a file. A value that is not there yet, or of another network, is empty.
class NeuronTable {
 public:
  NeuronTable() = default;
  /// O(nodes + links).
  explicit NeuronTable(const SceneInput& input);

  [[nodiscard]] const NetworkPointer& network() const { return network_; }
  /// Of the layers of that network.
  [[nodiscard]] const LayerNames& layer_names() const { return names_; }
  [[nodiscard]] const std::vector<NeuronColumn>& columns() const { return columns_; }
  /// Rows are node numbers.
  [[nodiscard]] std::size_t row_count() const { return network_ ? network_->node_count() : 0; }
  [[nodiscard]] std::string text(std::size_t row, std::size_t column) const;
  [[nodiscard]] bool has_value(std::size_t row, std::size_t column) const;
  /// The order of two rows that have values of a column: numbers by size, texts by their letters, names by number.
  [[nodiscard]] bool is_before(std::size_t row, std::size_t other, std::size_t column) const;
  /// With a line of labels; a tab or a break within a text becomes a blank. For spreadsheets.
  [[nodiscard]] std::string to_tsv(std::span<const std::size_t> rows) const;

 private:
  void add_places();
  void add_links();
  void add_quantities(const SceneInput& input);
  void add_attributes();

  NetworkPointer network_{};
  LayerNames names_{};
  std::vector<NeuronColumn> columns_{};
};

}  // namespace dnm
