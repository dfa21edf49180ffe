// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/initialisers/training_data_source.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <system_error>
#include <utility>
#include <vector>

#include "core/network/random.h"
#include "core/parameters/look_up.h"
#include "core/support/error.h"
#include "core/support/memory.h"
#include "training/initialisers/input_correlation.h"
#include "training/initialisers/link_saliency.h"
#include "training/layers/sparse_index.h"
#include "training/layers/weight_init.h"
#include "training/support/random_streams.h"
#include "training/tasks/task_table.h"

namespace dnm {
namespace {

/// The number that SNIP's authors use for their larger sets; with the 32 of a training step the choice is much noisier.
constexpr std::uint64_t saliency_images = 128;

/// Throws InvalidInput for a data set that is not of images, or unknown.
const DataSetInfo& image_set(const DataChoice& choice) {
  if (const DataSetInfo* info = find_row(data_set_table(), choice.data_set)) return *info;
  if (const TaskDataSet* other = find_task_data_set(choice.data_set))
    throw InvalidInput("this initialiser looks at images, and " + std::string(other->choice.label) +
                       " has none; choose another initialiser or data set");
  return data_set_info(choice.data_set);
}

/// Names the data set's training images as they are now.
std::string key_of(const DataSetInfo& info, const DataSetFiles& files) {
  std::string key(info.id);
  std::error_code code;  // a file that has just disappeared is reported by the reader
  for (const std::filesystem::path& path : files.train) {
    key += '\n' + path.string() + '\n' + std::to_string(std::filesystem::file_size(path, code)) + '\n' +
           std::to_string(std::filesystem::last_write_time(path, code).time_since_epoch().count());
  }
  return key;
}

/// Progress that fills `share` of the whole, from `start` on.
TaskControl part_of(const TaskControl& control, double start, double share) {
  TaskControl part{control.stop, {}};
  if (control.progress) part.progress = [&control, start, share](double done) { control.report(start + share * done); };
  return part;
}

std::string sizes_text(const std::vector<NodeIndex>& sizes) {
  std::string text;
  for (const NodeIndex size : sizes) text += std::to_string(size) + ",";
  return text;
}

}  // namespace

std::unique_lock<std::timed_mutex> TrainingDataSource::lock(const TaskControl& control) {
  std::unique_lock<std::timed_mutex> locked(mutex_, std::defer_lock);
  do {
    control.check();
  } while (!locked.try_lock_for(std::chrono::milliseconds(20)));
  return locked;
}

DataInputs TrainingDataSource::inputs_of(const DataChoice& choice) {
  const DataSetInfo& info = image_set(choice);
  return {std::string(info.label), info.inputs()};
}

std::shared_ptr<const InputCorrelation> TrainingDataSource::input_correlation(const DataChoice& choice,
                                                                              const TaskControl& control) {
  const DataSetInfo& info = image_set(choice);
  const DataSetFiles files = find_data_set(info, choice.folder);
  std::string key = key_of(info, files);
  const auto locked = lock(control);
  if (correlation_.key == key) return correlation_.value;
  require_memory(std::uint64_t{20} * info.inputs() * info.inputs(), "the correlation of the data set's inputs");
  const DataSet images = load_data_set(info, files, {control.stop, {}});
  auto correlation =
      std::make_shared<const InputCorrelation>(correlate_inputs(images.train, part_of(control, 0.2, 0.8)));
  correlation_ = {std::move(key), correlation};
  return correlation;
}

std::shared_ptr<const LinkSaliency> TrainingDataSource::link_saliency(const DataChoice& choice,
                                                                      const std::vector<NodeIndex>& layer_sizes,
                                                                      std::uint64_t seed, const TaskControl& control) {
  const DataSetInfo& info = image_set(choice);
  const DataSetFiles files = find_data_set(info, choice.folder);
  std::string images_key = key_of(info, files);
  std::string key = images_key + '\n' + std::to_string(seed) + '\n' + sizes_text(layer_sizes);
  const auto locked = lock(control);
  if (saliency_.key == key) return saliency_.value;
  if (images_.key != images_key) {
    images_ = {images_key, std::make_shared<const DataSet>(load_data_set(info, files, {control.stop, {}}))};
  }
  const ImageSet& train = images_.value->train;
  control.report(0.3);

  // Weights and images apart from those that training will start with from the same seed.
  Random random(seed, training_stream(TrainingStream::saliency, 0));
  std::vector<NamedMask> layers;
  for (std::size_t i = 0; i < layer_sizes.size(); ++i) {
    const NodeIndex outputs = i + 1 < layer_sizes.size() ? layer_sizes[i + 1] : info.classes;
    layers.push_back({{}, full_mask(layer_sizes[i], outputs), true});
  }
  const ModelState state = first_state(layers, WeightInit::kaiming, random.next64(), 0, control);
  layers.clear();
  control.report(0.7);
  std::vector<std::uint32_t> which;
  for (const std::uint64_t image :
       random.sample(train.size(), std::min<std::uint64_t>(saliency_images, train.size()))) {
    which.push_back(static_cast<std::uint32_t>(image));
  }
  ImageBatch batch(train.inputs, which.size());
  images_.value->gather(train, which, batch);
  auto saliency = std::make_shared<const LinkSaliency>(saliency_of_links(layer_sizes, state, batch, control));
  saliency_ = {std::move(key), saliency};
  return saliency;
}

}  // namespace dnm
