// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/initialisers/input_correlation.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

namespace dnm {
namespace {

/// 256 products of two bytes sum up to less than 2^24, below which single precision holds every whole number.
constexpr std::size_t images_of_a_block = 256;

/// Sums over the images: of every pixel, and of every product of two.
struct Sums {
  std::vector<std::int64_t> pixels;
  std::vector<double> products;  ///< below 2^53, so exact too
};

Sums sum_up(const ImageSet& images, const TaskControl& control) {
  const c10::InferenceMode guard;
  const std::size_t inputs = images.inputs;
  const auto width = static_cast<std::int64_t>(inputs);
  Sums sums{std::vector<std::int64_t>(inputs, 0), std::vector<double>(inputs * inputs, 0.0)};
  at::Tensor block_products = at::empty({width, width});
  std::vector<float> block;
  for (std::size_t first = 0; first < images.size(); first += images_of_a_block) {
    control.check();
    const std::size_t count = std::min(images_of_a_block, images.size() - first);
    block.resize(count * inputs);
    const std::uint8_t* values = images.pixels.data() + first * inputs;
    for (std::size_t image = 0; image < count; ++image) {
      for (std::size_t pixel = 0; pixel < inputs; ++pixel) {
        const std::uint8_t value = values[image * inputs + pixel];
        block[image * inputs + pixel] = static_cast<float>(value);
        sums.pixels[pixel] += value;
      }
    }
    const at::Tensor matrix = at::from_blob(block.data(), {static_cast<std::int64_t>(count), width});
    at::mm_out(block_products, matrix.t(), matrix);
    const float* products = block_products.data_ptr<float>();
    for (std::size_t i = 0; i < sums.products.size(); ++i) sums.products[i] += static_cast<double>(products[i]);
    control.report(static_cast<double>(first + count) / static_cast<double>(images.size()));
  }
  return sums;
}

}  // namespace

InputCorrelation correlate_inputs(const ImageSet& images, const TaskControl& control) {
  const Sums sums = sum_up(images, control);
  const std::size_t inputs = images.inputs;
  const auto count = static_cast<std::int64_t>(images.size());
  // count² times the covariance, in whole numbers.
  const auto covariance = [&](std::size_t a, std::size_t b) {
    const auto product = static_cast<std::int64_t>(sums.products[a * inputs + b]);
    return static_cast<double>(count * product - sums.pixels[a] * sums.pixels[b]);
  };
  std::vector<double> deviations(inputs);
  for (std::size_t pixel = 0; pixel < inputs; ++pixel) deviations[pixel] = std::sqrt(covariance(pixel, pixel));

  InputCorrelation correlation{images.inputs, std::vector<float>(inputs * inputs, 0.0F)};
  for (std::size_t a = 0; a < inputs; ++a) {
    control.check();
    for (std::size_t b = 0; b < inputs; ++b) {
      if (a == b || deviations[a] == 0.0 || deviations[b] == 0.0) continue;
      // One order for both halves, so that the result is symmetric to the last bit.
      const double scale = deviations[std::min(a, b)] * deviations[std::max(a, b)];
      correlation.strength[a * inputs + b] = static_cast<float>(std::abs(covariance(a, b)) / scale);
    }
  }
  return correlation;
}

}  // namespace dnm
