// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/data/data_set.h"

#include <algorithm>
#include <string>
#include <utility>

#include "training/data/idx_file.h"

namespace dnm {
namespace {

namespace fs = std::filesystem;

fs::path find_file(const DataSetInfo& info, const fs::path& folder, const std::string& name, bool own_folder) {
  std::error_code code;
  for (const char* ending : {".gz", ""}) {
    fs::path path = folder / (name + ending);
    if (fs::exists(path, code)) return path;
  }
  std::string message = "cannot find " + std::string(info.label) + ": there is no " + std::string(name) +
                        " (or .gz) in " + folder.string();
  if (!own_folder && info.id == "fashion-mnist") {
    message += "; install the Debian package dataset-fashion-mnist or give the files' folder (--data-dir)";
  } else {
    message += "; give the folder with the data set's published files (--data-dir)";
  }
  throw FileError(message);
}

void check_headers(const DataSetInfo& info, const fs::path& images, const fs::path& labels) {
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
}

ImageSet load(const DataSetInfo& info, const fs::path& images, const fs::path& labels, const TaskControl& control) {
  check_headers(info, images, labels);
  ImageSet set;
  set.inputs = info.inputs();
  set.pixels = read_idx_values(images, 3, control);
  set.labels = read_idx_values(labels, 1, control);
  for (std::size_t i = 0; i < set.labels.size(); ++i) {
    const unsigned label = set.labels[i];
    if (label < info.first_label || label >= info.first_label + info.classes) {
      throw FileError(labels.string() + ": label " + std::to_string(label) + " of image " + std::to_string(i) +
                      " is outside " + std::to_string(info.first_label) + " to " +
                      std::to_string(info.first_label + info.classes - 1) + "; give the folder of the right data set");
    }
    set.labels[i] = static_cast<std::uint8_t>(label - info.first_label);
  }
  if (info.transposed) {
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
  return set;
}

}  // namespace

DataSetFiles find_data_set(const DataSetInfo& info, std::string_view folder) {
  const bool own_folder = !folder.empty();
  const fs::path where = own_folder ? fs::path(folder) : fs::path("/usr/share/datasets") / info.id;
  const auto find = [&](std::string_view prefix, const char* content) {
    return find_file(info, where, std::string(prefix) + content, own_folder);
  };
  const char* images = "-images-idx3-ubyte";
  const char* labels = "-labels-idx1-ubyte";
  DataSetFiles files{find(info.train_files, images), find(info.train_files, labels), find(info.test_files, images),
                     find(info.test_files, labels)};
  check_headers(info, files.train_images, files.train_labels);
  check_headers(info, files.test_images, files.test_labels);
  return files;
}

DataSet load_data_set(const DataSetInfo& info, const DataSetFiles& files, const TaskControl& control) {
  DataSet set;
  set.train = load(info, files.train_images, files.train_labels, control);
  set.test = load(info, files.test_images, files.test_labels, control);
  for (std::size_t value = 0; value < set.normalised.size(); ++value) {
    set.normalised[value] = (static_cast<float>(value) / 255.0F - info.mean) / info.deviation;
  }
  return set;
}

void DataSet::gather(const ImageSet& images, std::span<const std::uint32_t> which, Batch& batch) const {
  // Pixels in blocks whose part of the tile stays in the first-level cache while each image writes its column of it.
  constexpr std::size_t block = 64;
  batch.resize(which.size());
  for (std::size_t i = 0; i < which.size(); ++i) batch.labels()[i] = images.labels[which[i]];
  for (std::size_t t = 0; t < batch.tile_count(); ++t) {
    const std::size_t width = batch.width_of_tile(t);
    const std::size_t count = batch.tile_size(t);
    for (std::size_t first = 0; first < images.inputs; first += block) {
      const std::size_t end = std::min<std::size_t>(images.inputs, first + block);
      for (std::size_t i = 0; i < count; ++i) {
        const std::uint8_t* image = images.pixels.data() + std::size_t{which[t * tile_width + i]} * images.inputs;
        float* column = batch.tile(t) + i;
        for (std::size_t pixel = first; pixel < end; ++pixel) column[pixel * width] = normalised[image[pixel]];
      }
    }
  }
}

}  // namespace dnm
