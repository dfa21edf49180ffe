// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/data/data_set.h"

#include <algorithm>
#include <string>

#include <zlib.h>

#include "core/support/memory.h"
#include "training/data/data_set_format.h"

namespace dnm {
namespace {

namespace fs = std::filesystem;

/// Sets one row of one channel in a tile's column for an image, changed.
void gather_row(const std::uint8_t* channel, const DataSetInfo& info, const Augmentation& change, NodeIndex y,
                const std::array<float, 256>& normalised, float* column, std::size_t width) {
  const auto columns = static_cast<std::int64_t>(info.width);
  const std::int64_t row = std::int64_t{y} + change.down;
  const bool is_inside = row >= 0 && row < static_cast<std::int64_t>(info.height);
  const std::uint8_t* const source = is_inside ? channel + row * columns : nullptr;
  for (std::int64_t x = 0; x < columns; ++x) {
    const std::int64_t from = (change.mirrored ? columns - 1 - x : x) + change.right;
    const std::uint8_t value = source != nullptr && from >= 0 && from < columns ? source[from] : std::uint8_t{0};
    column[static_cast<std::size_t>(x) * width] = normalised[value];
  }
}

}  // namespace

std::uint8_t checked_label(const DataSetInfo& info, const fs::path& file, std::size_t image, std::int64_t label) {
  if (label < info.first_label || label >= std::int64_t{info.first_label} + info.classes) {
    throw FileError(file.string() + ": label " + std::to_string(label) + " of image " + std::to_string(image) +
                    " is outside " + std::to_string(info.first_label) + " to " +
                    std::to_string(info.first_label + info.classes - 1) + "; give the folder of the right data set");
  }
  return static_cast<std::uint8_t>(label - info.first_label);
}

DataSetFiles find_data_set(const DataSetInfo& info, std::string_view folder) {
  const bool given = !folder.empty();
  const DataFolder where{given ? fs::path(folder) : fs::path("/usr/share/datasets") / info.id, given};
  return info.format == DataSetFormat::idx ? find_idx_set(info, where) : find_cifar_set(info, where);
}

void check_image_memory(const DataSetInfo& info, const DataSetFiles& files) {
  const std::uint64_t bytes = (files.train_images + files.test_images) * (std::uint64_t{info.inputs()} + 1);
  if (bytes > available_memory()) {
    throw ResourceError("the " + std::to_string(files.train_images + files.test_images) + " images that the files of " +
                        std::string(info.label) + " promise would take more memory than is free; fetch them again");
  }
}

DataSet load_data_set(const DataSetInfo& info, const DataSetFiles& files, const TaskControl& control) {
  check_image_memory(info, files);
  const auto load = info.format == DataSetFormat::idx ? load_idx_set : load_cifar_set;
  DataSet set{&info, load(info, files.train, control), load(info, files.test, control), {}};
  for (std::size_t channel = 0; channel < info.channels; ++channel) {
    std::array<float, 256>& normalised = set.normalised.emplace_back();
    for (std::size_t value = 0; value < normalised.size(); ++value) {
      normalised[value] = (static_cast<float>(value) / 255.0F - info.mean[channel]) / info.deviation[channel];
    }
  }
  return set;
}

std::uint32_t DataSet::checksum(const TaskControl& control) const {
  constexpr std::size_t chunk = std::size_t{1} << 24;
  uLong sum = crc32_z(0, nullptr, 0);
  for (const std::vector<std::uint8_t>* bytes : {&train.pixels, &train.labels, &test.pixels, &test.labels}) {
    for (std::size_t first = 0; first < bytes->size(); first += chunk) {
      control.check();
      sum = crc32_z(sum, bytes->data() + first, std::min(chunk, bytes->size() - first));
    }
  }
  return static_cast<std::uint32_t>(sum);
}

void DataSet::gather(const ImageSet& images, std::span<const std::uint32_t> which, ImageBatch& batch,
                     std::span<const Augmentation> changes) const {
  constexpr std::size_t cache_line = 64;
  const std::size_t channel_pixels = std::size_t{info->height} * info->width;
  batch.resize(which.size());
  for (std::size_t i = 0; i < which.size(); ++i) batch.labels()[i] = images.labels[which[i]];
  for (std::size_t t = 0; t < batch.tile_count(); ++t) {
    const std::size_t width = batch.width_of_tile(t);
    const std::size_t count = batch.tile_size(t);
    // The images are scattered in memory: all of them are prefetched, then read side by side, pixel by pixel, so
    // that the tile is written from front to back.
    std::array<const std::uint8_t*, tile_width> tile_images{};
    for (std::size_t i = 0; i < count; ++i) {
      tile_images[i] = images.pixels.data() + std::size_t{which[t * tile_width + i]} * images.inputs;
      for (std::size_t byte = 0; byte < images.inputs; byte += cache_line) __builtin_prefetch(tile_images[i] + byte);
    }
    for (std::size_t channel = 0; channel < info->channels; ++channel) {
      const std::array<float, 256>& table = normalised[channel];
      const std::size_t channel_begin = channel * channel_pixels;
      if (!changes.empty()) {
        for (NodeIndex y = 0; y < info->height; ++y) {
          float* const row = batch.tile(t) + (channel_begin + std::size_t{y} * info->width) * width;
          for (std::size_t i = 0; i < count; ++i) {
            gather_row(tile_images[i] + channel_begin, *info, changes[t * tile_width + i], y, table, row + i, width);
          }
        }
        continue;
      }
      for (std::size_t pixel = channel_begin; pixel < channel_begin + channel_pixels; ++pixel) {
        float* const row = batch.tile(t) + pixel * width;
        for (std::size_t i = 0; i < count; ++i) row[i] = table[tile_images[i][pixel]];
      }
    }
  }
}

}  // namespace dnm
