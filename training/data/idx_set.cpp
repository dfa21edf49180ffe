// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <string>

#include "training/data/data_set_format.h"
#include "training/data/idx_file.h"

namespace dnm {
namespace {

namespace fs = std::filesystem;

/// The number of images.
std::uint64_t check_headers(const DataSetInfo& info, const fs::path& images, const fs::path& labels) {
  const IdxHeader image_header = read_idx_header(images, 3);
  const IdxHeader label_header = read_idx_header(labels, 1);
  if (image_header.sizes[1] != info.height || image_header.sizes[2] != info.width) {
    throw FileError(images.string() + " holds images of " + std::to_string(image_header.sizes[1]) + " x " +
                    std::to_string(image_header.sizes[2]) + " pixels, but those of " + std::string(info.label) +
                    " have " + std::to_string(info.height) + " x " + std::to_string(info.width) +
                    "; give the folder of the right data set");
  }
  if (image_header.sizes[0] != label_header.sizes[0]) {
    throw FileError(images.string() + " holds " + std::to_string(image_header.sizes[0]) + " images, but " +
                    labels.string() + " " + std::to_string(label_header.sizes[0]) +
                    " labels; give the folder where both belong together");
  }
  if (image_header.sizes[0] == 0) throw FileError(images.string() + " holds no images; fetch it again");
  return image_header.sizes[0];
}

/// From columns to rows.
void put_upright(const DataSetInfo& info, ImageSet& set) {
  std::vector<std::uint8_t> image(set.inputs);
  for (std::size_t first = 0; first < set.pixels.size(); first += set.inputs) {
    std::copy_n(set.pixels.begin() + static_cast<std::ptrdiff_t>(first), set.inputs, image.begin());
    for (std::size_t y = 0; y < info.height; ++y) {
      for (std::size_t x = 0; x < info.width; ++x) {
        set.pixels[first + y * info.width + x] = image[x * info.height + y];
      }
    }
  }
}

}  // namespace

DataSetFiles find_idx_set(const DataSetInfo& info, const DataFolder& folder) {
  const std::string torchvision(info.torchvision);
  const std::vector<std::string> subfolders{torchvision + "/raw", torchvision, "raw", "gzip"};
  std::vector<std::string> names;
  for (const std::string_view prefix : {info.train_files, info.test_files}) {
    for (const char* content : {"-images-idx3-ubyte", "-labels-idx1-ubyte"})
      names.push_back(std::string(prefix) + content);
  }
  const std::vector<fs::path> found = find_data_files(info, folder, subfolders, names);
  DataSetFiles files{{found[0], found[1]}, {found[2], found[3]}};
  files.train_images = check_headers(info, files.train[0], files.train[1]);
  files.test_images = check_headers(info, files.test[0], files.test[1]);
  return files;
}

ImageSet load_idx_set(const DataSetInfo& info, const std::vector<fs::path>& files, const TaskControl& control) {
  static_cast<void>(check_headers(info, files[0], files[1]));
  ImageSet set;
  set.inputs = info.inputs();
  set.pixels = read_idx_values(files[0], 3, control);
  set.labels = read_idx_values(files[1], 1, control);
  for (std::size_t i = 0; i < set.labels.size(); ++i) set.labels[i] = checked_label(info, files[1], i, set.labels[i]);
  if (info.transposed) put_upright(info, set);
  return set;
}

}  // namespace dnm
