// SPDX-License-Identifier: GPL-3.0-or-later
#include "samples.h"

#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include <zlib.h>

#include "core/network/random.h"
#include "training/layers/cross_entropy.h"
#include "training/optimisers/sgd.h"

namespace samples {

using dnm::NodeIndex;

namespace {

const dnm::SoftmaxCrossEntropy loss;

}  // namespace

dnm::Mask mask(Pattern pattern, NodeIndex n_in, NodeIndex n_out, std::uint64_t seed) {
  dnm::Random random(seed, 77);
  dnm::Mask made{n_in, n_out, {0}, {}};
  for (NodeIndex output = 0; output < n_out; ++output) {
    for (NodeIndex input = 0; input < n_in; ++input) {
      bool link = true;
      if (pattern == Pattern::random) link = random.uniform() < 0.1;
      if (pattern == Pattern::blocks) link = (input + n_in - output * n_in / n_out) % n_in < 7;
      if (pattern == Pattern::empty_rows) link = output % 3 != 0 && input % 4 != 1 && random.uniform() < 0.3;
      if (link) made.columns.push_back(input);
    }
    made.row_begin.push_back(made.columns.size());
  }
  return made;
}

std::vector<dnm::NamedMask> layers(const std::vector<dnm::Mask>& masks) {
  std::vector<dnm::NamedMask> made;
  for (std::size_t i = 0; i < masks.size(); ++i) {
    const bool last = i + 1 == masks.size();
    made.push_back({last ? "classifier" : "layer" + std::to_string(i + 1), masks[i], last});
  }
  return made;
}

dnm::ModelState state(const std::vector<dnm::Mask>& masks, std::uint64_t seed) {
  dnm::Random random(seed, 78);
  const auto draw = [&](std::size_t count, double deviation) {
    std::vector<float> values(count);
    for (float& value : values) value = static_cast<float>(random.normal(0.0, deviation));
    return values;
  };
  dnm::ModelState made;
  for (const auto& [name, mask, dense] : layers(masks)) {
    dnm::ParameterState weights{name + ".weight", draw(mask.link_count(), 0.3), {}};
    dnm::ParameterState biases{name + ".bias", draw(mask.n_out, 0.1), {}};
    weights.slots.push_back(draw(mask.link_count(), 0.01));
    biases.slots.push_back(draw(mask.n_out, 0.01));
    made.push_back(std::move(weights));
    made.push_back(std::move(biases));
  }
  return made;
}

std::unique_ptr<dnm::Model> sparse_mlp(const std::vector<dnm::Mask>& masks, const dnm::ModelState& state,
                                       const dnm::SparseKernels& kernels, double dropout) {
  return dnm::make_sparse_mlp(layers(masks), state, {loss, dropout, 9}, kernels);
}

std::unique_ptr<dnm::Model> masked_mlp(const std::vector<dnm::Mask>& masks, const dnm::ModelState& state,
                                       double dropout) {
  return dnm::make_masked_mlp(layers(masks), state, {loss, dropout, 9}, dnm::Device::cpu);
}

std::unique_ptr<dnm::Model> layered_mlp(const std::vector<dnm::Mask>& masks, const dnm::ModelState& state,
                                        const std::vector<dnm::Engine>& engines, double dropout) {
  return dnm::make_layered_mlp(layers(masks), state, {loss, dropout, 9}, engines);
}

dnm::BatchSums step(dnm::Model& model, const dnm::Batch& batch, const dnm::SgdStep& sgd,
                    const dnm::TaskControl& control, std::uint64_t examples_before) {
  const dnm::Sgd optimiser({static_cast<double>(sgd.momentum), static_cast<double>(sgd.weight_decay)});
  return model.step(batch, {optimiser, static_cast<double>(sgd.learning_rate), 0, examples_before}, control);
}

Images images(std::size_t count, NodeIndex inputs, NodeIndex classes, std::uint64_t seed) {
  dnm::Random random(seed, 79);
  Images made;
  for (std::size_t i = 0; i < count; ++i) {
    std::vector<float>& image = made.pixels.emplace_back(inputs);
    for (float& pixel : image) pixel = static_cast<float>(random.normal());
    made.labels.push_back(static_cast<std::uint32_t>(random.below(classes)));
  }
  return made;
}

dnm::ImageBatch batch_of(const Images& images) {
  dnm::ImageBatch batch(static_cast<NodeIndex>(images.pixels.front().size()), images.pixels.size());
  batch.resize(images.pixels.size());
  for (std::size_t i = 0; i < images.pixels.size(); ++i) batch.set_image(i, images.pixels[i], images.labels[i]);
  return batch;
}

std::string idx_bytes(const std::vector<std::uint32_t>& sizes, const std::string& values) {
  std::string bytes{'\0', '\0', '\x08', static_cast<char>(sizes.size())};
  for (const std::uint32_t size : sizes) {
    for (const unsigned shift : {24U, 16U, 8U, 0U}) bytes += static_cast<char>((size >> shift) & 255U);
  }
  return bytes + values;
}

void write_file(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

void write_gzip(const std::filesystem::path& path, const std::string& bytes) {
  gzFile file = gzopen(path.c_str(), "wb");
  if (file == nullptr) throw std::runtime_error("cannot write " + path.string());
  gzwrite(file, bytes.data(), static_cast<unsigned>(bytes.size()));
  gzclose(file);
}

void write_idx_set(const std::filesystem::path& folder, const dnm::DataSetInfo& info, std::size_t train,
                   std::size_t test, Packing packing) {
  std::filesystem::create_directories(folder);
  const auto write = [&](std::string_view name, std::size_t count, std::uint64_t seed) {
    dnm::Random random(seed, 80);
    std::string pixels;
    std::string labels;
    for (std::size_t i = 0; i < count; ++i) {
      const auto label = static_cast<unsigned>(random.below(info.classes));
      labels += static_cast<char>(label + info.first_label);
      // Each class is bright in rows of its own, over noise.
      for (unsigned pixel = 0; pixel < 784; ++pixel) {
        const bool bright = pixel / 28 % info.classes == label;
        pixels += static_cast<char>(random.below(120) + (bright ? 100U : 0U));
      }
    }
    const auto size = static_cast<std::uint32_t>(count);
    const auto put = [&](const std::string& ending, const std::string& bytes, bool compressed) {
      const std::string file = std::string(name) + ending;
      compressed ? write_gzip(folder / (file + ".gz"), bytes) : write_file(folder / file, bytes);
    };
    put("-images-idx3-ubyte", idx_bytes({size, 28, 28}, pixels), packing != Packing::plain);
    put("-labels-idx1-ubyte", idx_bytes({size}, labels), packing == Packing::compressed);
  };
  write(info.train_files, train, 1);
  write(info.test_files, test, 2);
}

void write_data_set(const std::filesystem::path& folder, std::size_t train, std::size_t test) {
  write_idx_set(folder, dnm::data_set_info("fashion-mnist"), train, test, Packing::mixed);
}

void write_cifar(const std::filesystem::path& folder, std::size_t images, std::size_t test) {
  std::filesystem::create_directories(folder);
  const auto write = [&](const std::string& name, std::size_t count, std::uint64_t seed) {
    dnm::Random random(seed, 81);
    std::string bytes;
    for (std::size_t i = 0; i < count; ++i) {
      const auto label = static_cast<unsigned>(random.below(10));
      bytes += static_cast<char>(label);
      // Each class has a colour of its own, which neither a shift nor a mirror takes away.
      for (unsigned pixel = 0; pixel < 3072; ++pixel) {
        const unsigned channel = pixel / 1024;
        const unsigned bright = channel == label % 3 ? 20 * (label / 3 + 1) : 0;
        bytes += static_cast<char>(random.below(60) + bright);
      }
    }
    write_file(folder / name, bytes);
  };
  for (unsigned batch = 1; batch <= 5; ++batch) write("data_batch_" + std::to_string(batch) + ".bin", images, batch);
  write("test_batch.bin", test, 6);
}

}  // namespace samples
