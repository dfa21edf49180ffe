// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/support/error.h"

namespace dnm {

// A file of many tensors (a NumPy archive, a state_dict) as a network: which of its matrices are the layers, in which
// order, and whether their rows are the outputs.

/// A message lists no more of them.
inline constexpr std::size_t most_listed_tensors = 12;

/// An entry of the file's table of contents.
struct TensorShape {
  std::string name;
  std::vector<std::uint64_t> shape;  ///< as stored: (rows, columns) for a matrix, empty for a scalar
  bool operator==(const TensorShape&) const = default;
};

/// One layer of the stack.
struct StackedTensor {
  std::size_t index;  ///< into the list of tensors
  bool transposed;    ///< false: outputs × inputs, as the weight of a torch `Linear`; true: inputs × outputs
  bool operator==(const StackedTensor&) const = default;
};

struct TensorStack {
  std::vector<StackedTensor> layers{};  ///< in the order of the layers, inputs first; one or more
  std::vector<std::string> notices{};   ///< one sentence for each choice that was made
};

/// How matrices go together in an order that a person chose, each stored either way.
struct TensorFit {
  std::vector<StackedTensor> layers{};  ///< as outputs × inputs unless a neighbour needs the other; empty: they do not
  std::vector<std::uint64_t> sizes{};   ///< neurons of the network's layers, inputs first; one more than `layers`
  std::string problem{};  ///< "c (10 × 20) does not follow b (30 × 20): neither of its sides is 30"; empty: they fit
};

/// The file does not say which of its matrices are the layers: a person has to name them.
class TensorChoiceNeeded : public FileError {
 public:
  TensorChoiceNeeded(const std::string& message, std::vector<TensorShape> matrices)
      : FileError(message), matrices_(std::move(matrices)) {}
  /// Those to choose from, in the order of the file.
  [[nodiscard]] const std::vector<TensorShape>& matrices() const { return matrices_; }

 private:
  std::vector<TensorShape> matrices_;
};

/// The name of a tensor for a message: on one line, and of a length that can be read.
[[nodiscard]] std::string shown_name(std::string_view name);

/// The matrices that can be layers, in the order of the file: of two dimensions, no side of which is 0. A weight beside
/// its mask is not among them: the mask tells its links. A mask has the weight's shape and is called STEM_mask or
/// STEM.mask, and the weight STEM, STEM_orig (as torch.nn.utils.prune calls them), STEM.weight or STEM_weight.
/// O(tensors · log tensors).
[[nodiscard]] std::vector<std::size_t> layer_matrices(std::span<const TensorShape> tensors);

/// Whether the outputs of each matrix are the inputs of the next. `order` holds indices of matrices; of none, nothing
/// fits, without a problem. O(order).
[[nodiscard]] TensorFit fit_tensors(std::span<const TensorShape> tensors, std::span<const std::size_t> order);

/// Names between commas, as --tensors takes them: a comma or backslash in a name is written with a backslash before it.
[[nodiscard]] std::string tensors_text(std::span<const std::string> names);
/// The inverse. Throws InvalidInput for an empty name.
[[nodiscard]] std::vector<std::string> tensors_named(std::string_view text);

/// Stacks the matrices of a file so that the outputs of each are the inputs of the next. `wanted` names them in the
/// order of the layers, weights beside their masks included; each may be stored either way. Without names all of
/// layer_matrices() are taken, all stored the same way, in the first of these orders that fits: that of the file (of
/// the numbers in the names where the file sorts them as text: fc1, fc10, fc2) as outputs × inputs, that of the numbers
/// in the names likewise, that of the file as inputs × outputs; else the order in which shapes of outputs × inputs fit,
/// if no two that are not square have as many inputs or as many outputs (several orders could fit then). Tensors of one
/// dimension (biases) are passed over, those of three or more with a notice. Throws TensorChoiceNeeded, which names the
/// file and lists its matrices with their shapes, when none fits, and for wanted tensors that are not there, are no
/// matrices or do not fit. O(tensors · log tensors · length of names).
[[nodiscard]] TensorStack stack_tensors(std::span<const TensorShape> tensors, std::span<const std::string> wanted,
                                        const std::filesystem::path& path);

}  // namespace dnm
