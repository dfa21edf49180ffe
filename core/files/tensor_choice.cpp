// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/tensor_choice.h"

#include <algorithm>
#include <utility>

#include "core/support/digits.h"

namespace dnm {
namespace {

MatrixChoice matrix_choice(std::span<const TensorShape> tensors, std::size_t index, const ReadMatrix& read,
                           const TaskControl& control) {
  return {tensors[index], read(index, control).link_count()};
}

/// "fc1.weight 12.5 %, fc2.weight 30 %, the others listed 100 %": how many entries are not zero.
std::string densities_text(std::span<const TensorShape> tensors, const ReadMatrix& read, const TaskControl& control) {
  std::vector<std::size_t> matrices = layer_matrices(tensors);
  matrices.resize(std::min(matrices.size(), most_listed_tensors));
  std::string text;
  bool some_dense = false;
  for (const std::size_t matrix : matrices) {
    const double density = matrix_choice(tensors, matrix, read, {control.stop, {}}).density();
    if (density == 1.0) {
      some_dense = true;
    } else {
      text += (text.empty() ? "" : ", ") + shown_name(tensors[matrix].name) + " " +
              with_significant(100.0 * density, 3) + " %";
    }
  }
  if (text.empty()) return "100 % of each";
  return some_dense ? text + ", the others listed 100 %" : text;
}

}  // namespace

TensorStack stack_or_ask(std::span<const TensorShape> tensors, std::span<const std::string> wanted,
                         const std::filesystem::path& path, const ReadMatrix& read, const TaskControl& control) {
  try {
    return stack_tensors(tensors, wanted, path);
  } catch (const TensorChoiceNeeded& choice) {
    if (choice.matrices().empty()) throw;
    throw TensorChoiceNeeded(
        std::string(choice.what()) + "; entries that are not zero: " + densities_text(tensors, read, control),
        choice.matrices());
  }
}

TensorChoice choice_among(std::span<const TensorShape> tensors, std::vector<std::string> preselected,
                          const std::filesystem::path& path, const ReadMatrix& read, const TaskControl& control) {
  TensorChoice choice;
  const std::vector<std::size_t> matrices = layer_matrices(tensors);
  for (const std::size_t matrix : matrices) {
    const auto done = static_cast<double>(choice.matrices.size());
    const auto all = static_cast<double>(matrices.size());
    const TaskControl part{control.stop, [&](double fraction) { control.report((done + fraction) / all); }};
    choice.matrices.push_back(matrix_choice(tensors, matrix, read, part));
  }
  choice.preselected = std::move(preselected);
  if (!choice.preselected.empty()) return choice;
  try {
    for (const StackedTensor& layer : stack_tensors(tensors, {}, path).layers) {
      choice.preselected.push_back(tensors[layer.index].name);
    }
  } catch (const TensorChoiceNeeded&) {
    // Which matrices are layers is what the person chooses.
  }
  return choice;
}

}  // namespace dnm
