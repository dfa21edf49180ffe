// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <mutex>
#include <optional>
#include <string>

#include "core/models/data_source.h"
#include "training/data/data_set.h"

namespace dnm {

/// The data sets as the initialisers see them. Keeps the correlation and the saliency computed last, and
/// after a saliency the images, until the files change.
class TrainingDataSource : public DataSource {
 public:
  [[nodiscard]] DataInputs inputs_of(const DataChoice& choice) override;
  [[nodiscard]] std::shared_ptr<const InputCorrelation> input_correlation(const DataChoice& choice,
                                                                          const TaskControl& control) override;
  /// On 128 images (or all, where there are fewer) drawn by the seed, weights drawn by Kaiming's rule.
  [[nodiscard]] std::shared_ptr<const LinkSaliency> link_saliency(const DataChoice& choice,
                                                                  const std::vector<NodeIndex>& layer_sizes,
                                                                  std::uint64_t seed,
                                                                  const TaskControl& control) override;

 private:
  /// What was computed last, and what it was computed from.
  template <class T>
  struct Kept {
    std::string key;
    std::shared_ptr<const T> value;
  };

  /// Waits for the mutex, at most until a stop is requested.
  [[nodiscard]] std::unique_lock<std::timed_mutex> lock(const TaskControl& control);

  std::timed_mutex mutex_;  // guards all below, also while they are computed: a second request for the same waits
  Kept<DataSet> images_;
  Kept<InputCorrelation> correlation_;
  Kept<LinkSaliency> saliency_;
};

}  // namespace dnm
