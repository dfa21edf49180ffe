// SPDX-License-Identifier: GPL-3.0-or-later
// Small masks, batches and data files that the tests of this folder share.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/network/network.h"
#include "training/data/data_set_table.h"
#include "training/data/image_batch.h"
#include "training/models/mlp.h"

namespace samples {

enum class Pattern { random, blocks, empty_rows, full };

/// `empty_rows`: every third output and every fourth input has no link.
[[nodiscard]] dnm::Mask mask(Pattern pattern, dnm::NodeIndex n_in, dnm::NodeIndex n_out, std::uint64_t seed);

/// The masks as the layers of a perceptron: "layer1", "layer2" … and last "classifier".
[[nodiscard]] std::vector<dnm::NamedMask> layers(const std::vector<dnm::Mask>& masks);
/// Normal weights, small biases and momenta, all drawn.
[[nodiscard]] dnm::ModelState state(const std::vector<dnm::Mask>& masks, std::uint64_t seed);

/// Of a layer (from 0) in the state or the gradients of a perceptron.
[[nodiscard]] inline const std::vector<float>& weights(const dnm::ModelState& state, std::size_t layer) {
  return state.at(2 * layer).values;
}
[[nodiscard]] inline const std::vector<float>& biases(const dnm::ModelState& state, std::size_t layer) {
  return state.at(2 * layer + 1).values;
}

/// Perceptrons under softmax cross-entropy, the masked one on the CPU; dropout's seed is 9.
[[nodiscard]] std::unique_ptr<dnm::Model> sparse_mlp(const std::vector<dnm::Mask>& masks, const dnm::ModelState& state,
                                                     const dnm::SparseKernels& kernels = dnm::best_kernels(),
                                                     double dropout = 0.0);
[[nodiscard]] std::unique_ptr<dnm::Model> masked_mlp(const std::vector<dnm::Mask>& masks, const dnm::ModelState& state,
                                                     double dropout = 0.0);
[[nodiscard]] std::unique_ptr<dnm::Model> layered_mlp(const std::vector<dnm::Mask>& masks, const dnm::ModelState& state,
                                                      const std::vector<dnm::Engine>& engines, double dropout = 0.0);
/// A step of SGD with momentum.
dnm::BatchSums step(dnm::Model& model, const dnm::Batch& batch, const dnm::SgdStep& sgd,
                    const dnm::TaskControl& control = {}, std::uint64_t examples_before = 0);

struct Images {
  std::vector<std::vector<float>> pixels;
  std::vector<std::uint32_t> labels;
};
[[nodiscard]] Images images(std::size_t count, dnm::NodeIndex inputs, dnm::NodeIndex classes, std::uint64_t seed);
[[nodiscard]] dnm::ImageBatch batch_of(const Images& images);

/// Largest difference between two arrays over the largest magnitude in the second.
template <class A, class B>
[[nodiscard]] double relative_difference(const A& found, const B& expected) {
  if (found.size() != expected.size()) return 1e300;
  double difference = 0.0;
  double largest = 1e-12;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const double apart = std::abs(static_cast<double>(found[i]) - static_cast<double>(expected[i]));
    if (!(apart <= difference)) difference = apart;
    largest = std::max(largest, std::abs(static_cast<double>(expected[i])));
  }
  return difference / largest;
}

/// The bytes of an IDX file: magic of unsigned bytes, sizes, values.
[[nodiscard]] std::string idx_bytes(const std::vector<std::uint32_t>& sizes, const std::string& values);
void write_file(const std::filesystem::path& path, const std::string& bytes);
void write_gzip(const std::filesystem::path& path, const std::string& bytes);

/// Six files named like CIFAR-10's, the training batches of `images` images each: 3 x 32 x 32 pixels of ten easily told
/// classes.
void write_cifar(const std::filesystem::path& folder, std::size_t images, std::size_t test);

/// What is compressed of an IDX set: nothing, all, or the images alone.
enum class Packing { plain, compressed, mixed };

/// Four files named like the data set's: 28 × 28 images of easily told classes (of 28 at most).
void write_idx_set(const std::filesystem::path& folder, const dnm::DataSetInfo& info, std::size_t train,
                   std::size_t test, Packing packing);

/// Those of Fashion-MNIST, mixed.
void write_data_set(const std::filesystem::path& folder, std::size_t train, std::size_t test);

}  // namespace samples
