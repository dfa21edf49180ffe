// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/tasks/own_classification.h"

#include <array>
#include <filesystem>
#include <utility>

#include "core/parameters/parameter_part.h"
#include "core/support/memory.h"
#include "training/tasks/classification.h"

namespace dnm {
namespace {

OwnSetChoice choice_of(const TrainingSettings& settings) { return part_settings(own_set_table(), settings.parts); }

TaskShape shape_of_info(const OwnSetInfo& info) {
  return {.data_set = info.name,
          .inputs = info.inputs,
          .outputs = static_cast<NodeIndex>(info.classes.size()),
          .inputs_text = "examples of " + info.name + " have " + std::to_string(info.inputs) + " inputs"};
}

class OwnClassification : public Classification {
 public:
  OwnClassification(OwnSetChoice choice, const TrainingSettings& settings)
      : Classification(settings, shape_of_info(*own_set_info(choice)), "examples"),
        choice_(std::move(choice)),
        info_(own_set_info(choice_)) {
    require_memory(info_->bytes, "the data of " + info_->name);
    check_held_out(info_->examples - test_examples(*info_, choice_));
  }

  std::uint64_t memory_bytes() const override { return info_->bytes; }
  void load(const TaskControl& control) override {
    data_ = load_own_set(choice_, seed(), control);
    check_held_out(data_.train.size());
    begin(data_.train.size(), data_.test.size());
  }
  std::vector<std::string> notices() const override { return data_.notices; }
  std::uint32_t checksum(const TaskControl& control) const override { return data_.checksum(control); }

 protected:
  void gather(bool of_test, std::span<const std::uint32_t> which, ImageBatch& batch,
              std::span<const Augmentation> /*changes*/) const override {
    data_.gather(of_test, which, batch);
  }

 private:
  OwnSetChoice choice_;
  std::shared_ptr<const OwnSetInfo> info_;
  OwnSet data_;
};

}  // namespace

const ParameterTable<OwnSetChoice>& own_set_table() {
  static constexpr std::array class_columns{
      Choice{"auto", "Automatic",
             "A column named label, class, target or y, else the only one of words or the first or "
             "last one of whole numbers."},
      Choice{"first", "First", "The first column."},
      Choice{"last", "Last", "The last column."},
  };
  static const ParameterTable<OwnSetChoice> table(
      "setting of the data file",
      {parameter<&OwnSetChoice::file>(
           {.id = "data-file",
            .label = "Data file",
            .meaning =
                "The examples and their classes: a .csv or .tsv table with a row for each example, plain or packed "
                "(.gz), or a NumPy archive (.npz) of arrays x and y.",
            .kind = ParameterKind::path,
            .target = PathTarget::file,
            .patterns = "*.csv *.csv.gz *.tsv *.tsv.gz *.npz",
            .affects_result = false}),
       parameter<&OwnSetChoice::classes>({.id = "class-column",
                                          .label = "Class column",
                                          .meaning = "The column of a table that holds the classes.",
                                          .kind = ParameterKind::text,
                                          .choices = class_columns}),
       parameter<&OwnSetChoice::test_share>(
           {.id = "test-share",
            .label = "Test share",
            .meaning = "The share of the examples that is held out for tests where the file has no test part; the seed "
                       "chooses them.",
            .range = {0.01, 0.9, 0.01, false}})});
  return table;
}

std::string own_data_label(const TrainingSettings& settings) {
  const std::string name = std::filesystem::path(choice_of(settings).file).filename().string();
  return name.empty() ? "own file" : name;
}

TaskShape own_classification_shape(const TrainingSettings& settings) {
  return shape_of_info(*own_set_info(choice_of(settings)));
}

std::uint64_t own_training_examples(const TrainingSettings& settings) {
  const OwnSetChoice choice = choice_of(settings);
  const auto info = own_set_info(choice);
  return info->examples - test_examples(*info, choice);
}

std::unique_ptr<Task> make_own_classification(const OwnSetChoice& choice, const TrainingSettings& settings) {
  return std::make_unique<OwnClassification>(choice, settings);
}

}  // namespace dnm
