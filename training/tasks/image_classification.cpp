// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/tasks/image_classification.h"

#include <string>
#include <utility>
#include <vector>

#include "training/data/data_set.h"
#include "training/tasks/classification.h"

namespace dnm {
namespace {

TaskShape shape_of_images(const DataSetInfo& info) {
  const std::string label(info.label);
  return {.data_set = label,
          .inputs = info.inputs(),
          .outputs = info.classes,
          .inputs_text = "images of " + label + " have " + std::to_string(info.inputs()) + " pixels"};
}

class ImageClassification : public Classification {
 public:
  explicit ImageClassification(const TrainingSettings& settings)
      : Classification(settings, shape_of_images(data_set_info(settings.data_set)), "images"),
        info_(data_set_info(settings.data_set)),
        files_(find_data_set(info_, settings.data_folder)) {
    check_image_memory(info_, files_);
    check_held_out(files_.train_images);
  }

  std::uint64_t memory_bytes() const override { return (files_.train_images + files_.test_images) * info_.inputs(); }

  void load(const TaskControl& control) override {
    data_ = load_data_set(info_, files_, control);
    begin(data_.train.size(), data_.test.size());
  }
  std::uint32_t checksum(const TaskControl& control) const override { return data_.checksum(control); }

 protected:
  void gather(bool of_test, std::span<const std::uint32_t> which, ImageBatch& batch,
              std::span<const Augmentation> changes) const override {
    data_.gather(of_test ? data_.test : data_.train, which, batch, changes);
  }
  std::vector<Augmentation> changes_of(std::size_t count, Random random) const override {
    return draw_augmentations(info_, count, std::move(random));
  }

 private:
  const DataSetInfo& info_;
  DataSetFiles files_;
  DataSet data_;
};

}  // namespace

std::uint64_t image_training_examples(const TrainingSettings& settings) {
  return find_data_set(data_set_info(settings.data_set), settings.data_folder).train_images;
}

TaskShape image_classification_shape(const TrainingSettings& settings) {
  return shape_of_images(data_set_info(settings.data_set));
}

std::unique_ptr<Task> make_image_classification(const TrainingSettings& settings) {
  return std::make_unique<ImageClassification>(settings);
}

}  // namespace dnm
