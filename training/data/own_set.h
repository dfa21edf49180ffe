// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/support/task_control.h"
#include "training/data/image_batch.h"

namespace dnm {

/// A data set of the user's own, as it is named.
struct OwnSetChoice {
  std::string file{};            ///< .csv or .tsv, plain or packed (.gz), or .npz
  std::string classes = "auto";  ///< the column of the classes: "auto", "first", "last" or its name
  double test_share = 0.2;       ///< of the examples, held out for tests where the file has no test part
  bool operator==(const OwnSetChoice&) const = default;
};

/// What its file says of it, known before the examples are read.
struct OwnSetInfo {
  std::string name;                  ///< of the file: "iris.csv"
  NodeIndex inputs = 0;              ///< numbers of an example
  std::vector<std::string> classes;  ///< in the order of the outputs: numbers by size, else words by letter
  std::uint64_t examples = 0;
  std::uint64_t test_examples = 0;  ///< of these, the last ones, which the file has apart for tests
  std::uint64_t bytes = 0;          ///< that the examples take in memory at most
};

/// Examples with their classes: bytes where all inputs are whole numbers from 0 to 255, else floats.
class ExampleTable {
 public:
  explicit ExampleTable(NodeIndex inputs = 0) : inputs_(inputs) {}
  void reserve(std::uint64_t examples);
  /// An input of the example that is being added; finite.
  void add(float value);
  void add_label(std::uint32_t label) { labels_.push_back(label); }

  [[nodiscard]] NodeIndex inputs() const { return inputs_; }
  [[nodiscard]] std::size_t size() const { return labels_.size(); }
  [[nodiscard]] const std::vector<std::uint32_t>& labels() const { return labels_; }
  [[nodiscard]] bool holds_bytes() const { return values_.empty(); }
  [[nodiscard]] const std::vector<std::uint8_t>& bytes() const { return bytes_; }
  [[nodiscard]] const std::vector<float>& values() const { return values_; }
  [[nodiscard]] double value(std::size_t example, NodeIndex input) const;

 private:
  NodeIndex inputs_;
  std::vector<std::uint8_t> bytes_;
  std::vector<float> values_;
  std::vector<std::uint32_t> labels_;
};

/// A data set of the user's own in memory.
struct OwnSet {
  OwnSetInfo info;
  ExampleTable examples;             ///< of both parts
  std::vector<std::uint32_t> train;  ///< which of them
  std::vector<std::uint32_t> test;
  std::vector<float> mean;           ///< of each input over the training part
  std::vector<float> scale;          ///< 1 / standard deviation; 0 for an input that is constant
  std::vector<std::string> notices;  ///< what the user should know, one sentence each

  /// Fills the batch with training or test examples, normalised. O(examples·inputs), allocates nothing.
  void gather(bool of_test, std::span<const std::uint32_t> which, ImageBatch& batch) const;
  /// CRC-32 of all inputs and labels.
  [[nodiscard]] std::uint32_t checksum(const TaskControl& control) const;
};

/// Reads the header, and the classes of all examples; the last file's is remembered while it does not change. Throws
/// InvalidInput without a file, FileError for one that is no such data set.
[[nodiscard]] std::shared_ptr<const OwnSetInfo> own_set_info(const OwnSetChoice& choice);
/// The size of the test part: the file's own, or the share.
[[nodiscard]] std::uint64_t test_examples(const OwnSetInfo& info, const OwnSetChoice& choice);
/// Reads it all. Unless the file has a test part, `test_share` of its examples, drawn by the seed, are. Throws
/// FileError (also for an input that is no finite number), ResourceError, Cancelled.
[[nodiscard]] OwnSet load_own_set(const OwnSetChoice& choice, std::uint64_t seed, const TaskControl& control);

}  // namespace dnm
