// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/tasks/image_classification.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <numeric>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/network/random.h"
#include "core/support/error.h"
#include "training/data/data_set.h"
#include "training/data/image_batch.h"
#include "training/layers/cross_entropy.h"
#include "training/support/random_streams.h"

namespace dnm {
namespace {

constexpr std::size_t evaluation_batch_size = 256;

TaskShape shape_of_images(const DataSetInfo& info) {
  const std::string label(info.label);
  return {.data_set = label,
          .inputs = info.inputs(),
          .outputs = info.classes,
          .inputs_text = "images of " + label + " have " + std::to_string(info.inputs()) + " pixels"};
}

class ImageClassification : public Task {
 public:
  explicit ImageClassification(const TrainingSettings& settings)
      : info_(data_set_info(settings.data_set)),
        files_(find_data_set(info_, settings.data_folder)),
        seed_(settings.seed),
        held_out_(static_cast<std::uint64_t>(settings.validation)),
        batch_size_(static_cast<std::size_t>(settings.batch)) {
    check_image_memory(info_, files_);
    if (held_out_ >= files_.train_images) {
      throw InvalidInput("holding " + std::to_string(held_out_) + " images out for validation leaves none of " +
                         std::to_string(files_.train_images) + " to train with; hold out fewer");
    }
  }

  TaskShape shape() const override { return shape_of_images(info_); }
  const Loss& loss() const override { return loss_; }
  std::uint64_t memory_bytes() const override { return (files_.train_images + files_.test_images) * info_.inputs(); }

  void load(const TaskControl& control) override {
    data_ = load_data_set(info_, files_, control);
    Random random(seed_, training_stream(TrainingStream::validation, 0));
    for (const std::uint64_t image : random.sample(data_.train.size(), held_out_)) {
      validation_.push_back(static_cast<std::uint32_t>(image));
    }
    std::vector<std::uint32_t> all(data_.train.size());
    std::iota(all.begin(), all.end(), 0U);
    std::set_difference(all.begin(), all.end(), validation_.begin(), validation_.end(), std::back_inserter(training_));
    test_.resize(data_.test.size());
    std::iota(test_.begin(), test_.end(), 0U);
    batch_.emplace(info_.inputs(), batch_size_);
    evaluation_batch_.emplace(info_.inputs(), evaluation_batch_size);
  }
  std::uint32_t checksum(const TaskControl& control) const override { return data_.checksum(control); }

  std::uint64_t steps_per_epoch() const override { return (training_.size() + batch_size_ - 1) / batch_size_; }
  std::uint64_t examples_before(std::uint64_t step_of_epoch) const override {
    return std::min<std::uint64_t>(step_of_epoch * batch_size_, training_.size());
  }
  void begin_epoch(int epoch) override {
    const auto stream = [&](TrainingStream purpose) {
      return Random(seed_, training_stream(purpose, static_cast<std::uint64_t>(epoch)));
    };
    order_ = training_;
    stream(TrainingStream::epoch_order).shuffle(std::span(order_));
    changes_ = draw_augmentations(info_, order_.size(), stream(TrainingStream::augmentation));
  }
  const Batch& training_batch(std::uint64_t step_of_epoch) override {
    const std::size_t first = examples_before(step_of_epoch);
    const std::size_t count = examples_before(step_of_epoch + 1) - first;
    data_.gather(data_.train, std::span(order_).subspan(first, count), *batch_,
                 changes_.empty() ? std::span<const Augmentation>() : std::span(changes_).subspan(first, count));
    return *batch_;
  }

  std::size_t evaluation_batches(EvaluationSet set) const override {
    return (images_of(set).size() + evaluation_batch_size - 1) / evaluation_batch_size;
  }
  const Batch& evaluation_batch(EvaluationSet set, std::size_t batch) override {
    const std::span<const std::uint32_t> images = images_of(set);
    const std::size_t first = batch * evaluation_batch_size;
    data_.gather(set == EvaluationSet::test ? data_.test : data_.train,
                 images.subspan(first, std::min(evaluation_batch_size, images.size() - first)), *evaluation_batch_);
    return *evaluation_batch_;
  }

 private:
  [[nodiscard]] std::span<const std::uint32_t> images_of(EvaluationSet set) const {
    return set == EvaluationSet::test ? test_ : validation_;
  }

  const DataSetInfo& info_;
  DataSetFiles files_;
  std::uint64_t seed_;
  std::uint64_t held_out_;
  std::size_t batch_size_;
  SoftmaxCrossEntropy loss_;
  DataSet data_;
  std::vector<std::uint32_t> training_;    ///< sorted; without those held out
  std::vector<std::uint32_t> validation_;  ///< sorted
  std::vector<std::uint32_t> test_;
  std::vector<std::uint32_t> order_;  ///< of the epoch begun last
  std::vector<Augmentation> changes_;
  std::optional<ImageBatch> batch_;
  std::optional<ImageBatch> evaluation_batch_;
};

}  // namespace

TaskShape image_classification_shape(const TrainingSettings& settings) {
  return shape_of_images(data_set_info(settings.data_set));
}

std::unique_ptr<Task> make_image_classification(const TrainingSettings& settings) {
  return std::make_unique<ImageClassification>(settings);
}

}  // namespace dnm
