// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/tasks/classification.h"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <string>
#include <utility>

#include "core/support/error.h"
#include "training/support/random_streams.h"

namespace dnm {
namespace {

constexpr std::size_t evaluation_batch_size = 256;

}  // namespace

Classification::Classification(const TrainingSettings& settings, TaskShape shape, std::string what)
    : shape_(std::move(shape)),
      what_(std::move(what)),
      seed_(settings.seed),
      held_out_(static_cast<std::uint64_t>(settings.validation)),
      batch_size_(static_cast<std::size_t>(settings.batch)) {}

void Classification::check_held_out(std::uint64_t train) const {
  if (held_out_ < train) return;
  throw InvalidInput("holding " + std::to_string(held_out_) + " " + what_ + " out for validation leaves none of " +
                     std::to_string(train) + " to train with; hold out fewer");
}

void Classification::begin(std::size_t train, std::size_t test) {
  Random random(seed_, training_stream(TrainingStream::validation, 0));
  for (const std::uint64_t example : random.sample(train, held_out_)) {
    validation_.push_back(static_cast<std::uint32_t>(example));
  }
  std::vector<std::uint32_t> all(train);
  std::iota(all.begin(), all.end(), 0U);
  std::set_difference(all.begin(), all.end(), validation_.begin(), validation_.end(), std::back_inserter(training_));
  test_.resize(test);
  std::iota(test_.begin(), test_.end(), 0U);
  batch_.emplace(shape_.inputs, batch_size_);
  evaluation_batch_.emplace(shape_.inputs, evaluation_batch_size);
}

std::uint64_t Classification::steps_per_epoch() const { return (training_.size() + batch_size_ - 1) / batch_size_; }

std::uint64_t Classification::examples_before(std::uint64_t step_of_epoch) const {
  return std::min<std::uint64_t>(step_of_epoch * batch_size_, training_.size());
}

void Classification::begin_epoch(int epoch) {
  const auto stream = [&](TrainingStream purpose) {
    return Random(seed_, training_stream(purpose, static_cast<std::uint64_t>(epoch)));
  };
  order_ = training_;
  stream(TrainingStream::epoch_order).shuffle(std::span(order_));
  changes_ = changes_of(order_.size(), stream(TrainingStream::augmentation));
}

void Classification::gather_steps(std::uint64_t first_step, std::uint64_t count, ImageBatch& batch) const {
  const std::size_t first = examples_before(first_step);
  const std::size_t examples = examples_before(first_step + count) - first;
  gather(false, std::span(order_).subspan(first, examples), batch,
         changes_.empty() ? std::span<const Augmentation>() : std::span(changes_).subspan(first, examples));
}

const Batch& Classification::training_batch(std::uint64_t step_of_epoch) {
  gather_steps(step_of_epoch, 1, *batch_);
  return *batch_;
}

const Batch& Classification::training_batches(std::uint64_t first_step_of_epoch, std::uint64_t count) {
  const std::size_t room = std::min<std::uint64_t>(count, steps_per_epoch()) * batch_size_;
  if (room > several_room_) several_batches_.emplace(shape_.inputs, several_room_ = room);
  gather_steps(first_step_of_epoch, count, *several_batches_);
  return *several_batches_;
}

std::size_t Classification::evaluation_batches(EvaluationSet set) const {
  return (examples_of(set).size() + evaluation_batch_size - 1) / evaluation_batch_size;
}

const Batch& Classification::evaluation_batch(EvaluationSet set, std::size_t batch) {
  const std::span<const std::uint32_t> examples = examples_of(set);
  const std::size_t first = batch * evaluation_batch_size;
  gather(set == EvaluationSet::test, examples.subspan(first, std::min(evaluation_batch_size, examples.size() - first)),
         *evaluation_batch_, {});
  return *evaluation_batch_;
}

}  // namespace dnm
