// SPDX-License-Identifier: GPL-3.0-or-later
// CIFAR-10 as it was published (Krizhevsky 2009, the data set's page), pixels red, green and blue one after the other,
// row by row: in the binary version each image is one byte of label and 3072 of pixels; batches of the Python version
// are pickled (see PickledBatch).
#include <fstream>
#include <string>

#include "core/support/letter_case.h"
#include "training/data/data_set_format.h"
#include "training/data/pickled_batch.h"

namespace dnm {
namespace {

namespace fs = std::filesystem;

constexpr unsigned training_batches = 5;

bool is_pickled(const fs::path& file) { return lower_case(file.extension().string()) != ".bin"; }

/// The files have no header: a length that is not a whole number of images shows that one is cut short or of another
/// kind.
std::uint64_t images_in(const DataSetInfo& info, const fs::path& file) {
  std::error_code code;
  if (!fs::is_regular_file(file, code)) {
    throw FileError("cannot read " + file.string() + ": it is not a file; check the data folder");
  }
  if (is_pickled(file)) return read_pickled_batch(file, info.inputs()).labels.size();
  const std::uint64_t length = fs::file_size(file, code);
  if (code) throw FileError("cannot read " + file.string() + ": " + code.message() + "; check that you may read it");
  const std::uint64_t image_bytes = std::uint64_t{info.inputs()} + 1;
  if (length == 0 || length % image_bytes != 0) {
    throw FileError(file.string() + " is cut short or not a batch of " + std::string(info.label) + " (it has " +
                    std::to_string(length) + " bytes, but each image takes " + std::to_string(image_bytes) +
                    "); fetch it again");
  }
  return length / image_bytes;
}

/// Cut off between two images, a batch differs from the others only in their number.
void check_equal(const DataSetInfo& info, const fs::path& file, const fs::path& other) {
  const std::uint64_t images = images_in(info, file);
  const std::uint64_t others = images_in(info, other);
  if (images == others) return;
  throw FileError(file.string() + " holds " + std::to_string(images) + " images, but " + other.filename().string() +
                  " " + std::to_string(others) + "; one of them is cut short: fetch it again");
}

}  // namespace

DataSetFiles find_cifar_set(const DataSetInfo& info, const DataFolder& folder) {
  const std::vector<std::string> subfolders{"cifar-10-batches-bin", "cifar-10-batches-py"};
  std::vector<std::string> names, pickled;
  for (unsigned batch = 1; batch <= training_batches; ++batch)
    pickled.push_back(std::string(info.train_files) + "_" + std::to_string(batch));
  pickled.emplace_back(info.test_files);
  for (const std::string& name : pickled) names.push_back(name + ".bin");
  std::vector<fs::path> found = look_for_files(folder, subfolders, names);
  if (found.empty()) found = look_for_files(folder, subfolders, pickled);
  if (found.empty()) found = find_data_files(info, folder, subfolders, names);
  constexpr std::uint64_t published_images = 10000;
  DataSetFiles files;
  for (unsigned batch = 0; batch < training_batches; ++batch) {
    files.train.push_back(found[batch]);
    check_equal(info, files.train.back(), files.train.front());
    files.train_images += images_in(info, files.train.back());
  }
  files.test.push_back(found.back());
  files.test_images = images_in(info, files.test.back());
  // The published test batch is as long as each published training batch.
  if (files.train_images == training_batches * published_images) {
    check_equal(info, files.test.front(), files.train.front());
  }
  return files;
}

ImageSet load_cifar_set(const DataSetInfo& info, const std::vector<fs::path>& files, const TaskControl& control) {
  ImageSet set;
  set.inputs = info.inputs();
  std::uint64_t promised = 0;
  for (const fs::path& file : files) promised += images_in(info, file);
  set.pixels.reserve(promised * set.inputs);
  set.labels.reserve(promised);
  std::vector<char> record(std::size_t{set.inputs} + 1);
  for (const fs::path& path : files) {
    control.check();
    if (is_pickled(path)) {
      const PickledBatch batch = read_pickled_batch(path, set.inputs, control);
      for (std::size_t i = 0; i < batch.labels.size(); ++i)
        set.labels.push_back(checked_label(info, path, i, batch.labels[i]));
      set.pixels.insert(set.pixels.end(), batch.pixels.begin(), batch.pixels.end());
      continue;
    }
    std::ifstream file(path, std::ios::binary);
    const std::uint64_t images = images_in(info, path);
    for (std::uint64_t i = 0; i < images; ++i) {
      if (!file.read(record.data(), static_cast<std::streamsize>(record.size()))) {
        throw FileError("cannot read " + path.string() + " to its end; check that you may read it, or fetch it again");
      }
      set.labels.push_back(checked_label(info, path, i, static_cast<unsigned char>(record.front())));
      set.pixels.insert(set.pixels.end(), record.begin() + 1, record.end());
    }
  }
  return set;
}

}  // namespace dnm
