// SPDX-License-Identifier: GPL-3.0-or-later
// The Transformer by LibTorch's dense operations and autograd: what the model must reproduce, and what the benchmark
// compares with. Keeps Torch out of its users.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "training/data/sentence_batch.h"
#include "training/models/transformer_settings.h"

namespace samples {

struct NamedValues {
  std::string name;
  std::vector<double> values;  ///< of a masked weight those at its links, in the mask's order
};

enum class Precision { single, twice };

/// Threads of LibTorch's own operations.
void set_torch_threads(unsigned threads);

class TorchTransformer {
 public:
  /// Masks that are full are not applied.
  TorchTransformer(const dnm::Topology& topology, const dnm::ModelState& state, const dnm::TransformerShape& shape,
                   Precision precision);
  ~TorchTransformer();
  TorchTransformer(const TorchTransformer&) = delete;
  TorchTransformer& operator=(const TorchTransformer&) = delete;

  /// Forward and backward pass on the mean loss of the batch; gives the summed loss.
  double backward(const dnm::SentenceBatch& batch, double smoothing, double dropout = 0.0);
  /// Those of the last backward pass, in the order of the state.
  [[nodiscard]] std::vector<NamedValues> gradients() const;
  /// A step of torch's Adam (0.9, 0.998, 1e-9) on them.
  void adam(double rate);
  [[nodiscard]] std::vector<NamedValues> values() const;
  /// Of the last pass: scores (target tokens that are no padding × pieces), row by row.
  [[nodiscard]] std::vector<double> scores() const;

 private:
  struct Self;
  std::unique_ptr<Self> self_;
};

}  // namespace samples
