// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <cmath>

#include "core/network/random.h"
#include "run_samples.h"
#include "samples.h"
#include "tests/support/test_class.h"
#include "training/data/data_set.h"
#include "training/layers/dropout.h"
#include "training/layers/weight_init.h"
#include "training/support/random_streams.h"

namespace fs = std::filesystem;

using samples::relative_difference;

namespace {

/// Training as the manual describes it (manual: methods/training), implemented a second time with only the random
/// numbers in common: loops over dense tables in double precision, one image after the other.
class PlainNet {
 public:
  struct Layer {
    std::size_t n_in;
    std::size_t n_out;
    std::vector<char> linked;  ///< n_out × n_in
    std::vector<double> weights, weight_velocity, weight_slope;
    std::vector<double> biases, bias_velocity, bias_slope;
  };

  PlainNet(const std::vector<dnm::NamedMask>& layers, const dnm::ModelState& start) {
    for (std::size_t i = 0; i < layers.size(); ++i) {
      const dnm::Mask& mask = layers[i].mask;
      const std::size_t cells = std::size_t{mask.n_in} * mask.n_out;
      Layer layer{mask.n_in, mask.n_out, std::vector<char>(cells, 0), std::vector<double>(cells, 0.0), {}, {}, {},
                  {},        {}};
      std::size_t link = 0;
      for (dnm::NodeIndex output = 0; output < mask.n_out; ++output) {
        for (const dnm::NodeIndex input : mask.row(output)) {
          layer.linked[output * layer.n_in + input] = 1;
          layer.weights[output * layer.n_in + input] = static_cast<double>(samples::weights(start, i)[link++]);
        }
      }
      layer.biases.assign(samples::biases(start, i).begin(), samples::biases(start, i).end());
      layer.weight_velocity.assign(cells, 0.0);
      layer.weight_slope.assign(cells, 0.0);
      layer.bias_velocity.assign(layer.n_out, 0.0);
      layer.bias_slope.assign(layer.n_out, 0.0);
      layers_.push_back(std::move(layer));
    }
  }

  /// The loss of one image and whether the answer is right; `factors` (by hidden layer) multiply hidden outputs.
  std::pair<double, bool> forward(const std::vector<double>& image, std::uint32_t label,
                                  const std::vector<std::vector<double>>& factors) {
    values_.assign(1, image);
    for (std::size_t i = 0; i < layers_.size(); ++i) {
      const Layer& layer = layers_[i];
      std::vector<double> out(layer.biases);
      for (std::size_t o = 0; o < layer.n_out; ++o) {
        for (std::size_t k = 0; k < layer.n_in; ++k) out[o] += layer.weights[o * layer.n_in + k] * values_.back()[k];
        if (i + 1 == layers_.size()) continue;
        out[o] = std::max(0.0, out[o]) * (factors.empty() ? 1.0 : factors[i][o]);
      }
      values_.push_back(std::move(out));
    }
    const std::vector<double>& scores = values_.back();
    const auto best = std::max_element(scores.begin(), scores.end());
    double sum = 0.0;
    for (const double score : scores) sum += std::exp(score - *best);
    return {std::log(sum) + *best - scores[label], best - scores.begin() == label};
  }

  /// Adds the slopes of that image's loss over `images`, the number of the batch.
  void backward(std::uint32_t label, std::size_t images, const std::vector<std::vector<double>>& factors) {
    const std::vector<double>& scores = values_.back();
    double sum = 0.0;
    for (const double score : scores) sum += std::exp(score);
    std::vector<double> slope;
    for (std::size_t c = 0; c < scores.size(); ++c) {
      slope.push_back((std::exp(scores[c]) / sum - (c == label ? 1.0 : 0.0)) / static_cast<double>(images));
    }
    for (std::size_t i = layers_.size(); i-- > 0;) {
      Layer& layer = layers_[i];
      std::vector<double> below(layer.n_in, 0.0);
      for (std::size_t o = 0; o < layer.n_out; ++o) {
        layer.bias_slope[o] += slope[o];
        for (std::size_t k = 0; k < layer.n_in; ++k) {
          const std::size_t cell = o * layer.n_in + k;
          if (layer.linked[cell] == 0) continue;
          layer.weight_slope[cell] += slope[o] * values_[i][k];
          if (i > 0 && values_[i][k] > 0.0) {
            below[k] += slope[o] * layer.weights[cell] * (factors.empty() ? 1.0 : factors[i - 1][k]);
          }
        }
      }
      slope = below;
    }
  }

  void descend(double rate, double momentum, double decay) {
    const auto step = [&](double& slope, double& velocity, double& value) {
      velocity = momentum * velocity + slope + decay * value;
      value -= rate * velocity;
      slope = 0.0;
    };
    for (Layer& layer : layers_) {
      for (std::size_t cell = 0; cell < layer.weights.size(); ++cell) {
        if (layer.linked[cell] != 0) step(layer.weight_slope[cell], layer.weight_velocity[cell], layer.weights[cell]);
      }
      for (std::size_t o = 0; o < layer.n_out; ++o) {
        step(layer.bias_slope[o], layer.bias_velocity[o], layer.biases[o]);
      }
    }
  }

  [[nodiscard]] const std::vector<Layer>& layers() const { return layers_; }

 private:
  std::vector<Layer> layers_;
  std::vector<std::vector<double>> values_;
};

std::vector<double> at_links(const PlainNet::Layer& layer, const std::vector<double>& table) {
  std::vector<double> values;
  for (std::size_t cell = 0; cell < table.size(); ++cell) {
    if (layer.linked[cell] != 0) values.push_back(table[cell]);
  }
  return values;
}

/// A normalised image, its window moved and mirrored.
std::vector<double> image_of(const dnm::DataSet& data, const dnm::ImageSet& images, std::uint32_t which,
                             const dnm::Augmentation& change) {
  const dnm::DataSetInfo& info = *data.info;
  std::vector<double> image;
  for (std::size_t channel = 0; channel < info.channels; ++channel) {
    for (int y = 0; y < static_cast<int>(info.height); ++y) {
      for (int x = 0; x < static_cast<int>(info.width); ++x) {
        const int row = y + change.down;
        const int column = (change.mirrored ? static_cast<int>(info.width) - 1 - x : x) + change.right;
        const bool inside =
            row >= 0 && column >= 0 && row < static_cast<int>(info.height) && column < static_cast<int>(info.width);
        const std::size_t place =
            (channel * info.height + static_cast<std::size_t>(row)) * info.width + static_cast<std::size_t>(column);
        const double value = inside ? images.pixels[which * std::size_t{info.inputs()} + place] / 255.0 : 0.0;
        image.push_back((value - static_cast<double>(info.mean[channel])) /
                        static_cast<double>(info.deviation[channel]));
      }
    }
  }
  return image;
}

}  // namespace

/// Whole runs against a plain implementation: what they learn, count and report.
class TestPlainTraining : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    files_ = std::make_unique<samples::RunFiles>();
    cifar_ = files_->data().parent_path() / "cifar";
    samples::write_cifar(cifar_, 60, 70);
  }

  void runs_equal_the_plain_loops_data() {
    QTest::addColumn<QString>("data");
    QTest::addColumn<QString>("engine");
    QTest::addColumn<int>("batch");
    QTest::addColumn<double>("dropout");
    QTest::newRow("sparse") << "fashion-mnist"
                            << "sparse" << 32 << 0.0;
    QTest::newRow("sparse, tiles of 16") << "fashion-mnist"
                                         << "sparse" << 7 << 0.0;
    QTest::newRow("sparse, several tiles") << "fashion-mnist"
                                           << "sparse" << 100 << 0.0;
    QTest::newRow("sparse, all at once") << "fashion-mnist"
                                         << "sparse" << 8192 << 0.0;
    QTest::newRow("masked") << "fashion-mnist"
                            << "masked" << 100 << 0.0;
    QTest::newRow("sparse, dropout") << "fashion-mnist"
                                     << "sparse" << 40 << 0.3;
    QTest::newRow("masked, dropout") << "fashion-mnist"
                                     << "masked" << 40 << 0.3;
    QTest::newRow("sparse, cropped and mirrored") << "cifar-10"
                                                  << "sparse" << 40 << 0.0;
  }
  void runs_equal_the_plain_loops() {
    QFETCH(QString, data);
    QFETCH(QString, engine);
    QFETCH(int, batch);
    QFETCH(double, dropout);
    auto settings = files_->few_epochs(3);
    const bool cifar = data == "cifar-10";
    settings.data_set = data.toStdString();
    if (cifar) settings.data_folder = cifar_.string();
    settings.engine = dnm::parse_engine(engine.toStdString());
    settings.device = dnm::Device::cpu;
    settings.batch = batch;
    settings.dropout = dropout;
    settings.validation = 60;
    settings.seed = 3;
    settings.parts["weight-decay"] = 0.01;  // more than usual, so that its absence would show
    settings.run_folder = files_->fresh_folder();
    const auto net = samples::network(cifar ? "3072,16" : "784,30,20");
    std::vector<dnm::EpochResult> results;
    QCOMPARE(samples::wait_for_end(*samples::start(net, settings), results).state, dnm::RunState::finished);
    const auto checkpoint = dnm::load_checkpoint(fs::path(settings.run_folder) / "checkpoint.pt");

    const auto& info = dnm::data_set_info(settings.data_set);
    const auto set = dnm::load_data_set(info, dnm::find_data_set(info, settings.data_folder));
    std::vector<std::uint32_t> train;
    std::vector<std::uint32_t> held_out;
    const auto chosen = dnm::Random(settings.seed, dnm::training_stream(dnm::TrainingStream::validation, 0))
                            .sample(set.train.size(), 60);
    for (std::uint32_t i = 0; i < set.train.size(); ++i) {
      (std::find(chosen.begin(), chosen.end(), i) != chosen.end() ? held_out : train).push_back(i);
    }
    QCOMPARE(held_out.size(), std::size_t{60});
    PlainNet plain(checkpoint.layers, dnm::first_state(checkpoint.layers, settings.weight_init, settings.seed, 1));
    const auto accuracy = [&](const dnm::ImageSet& images, const std::vector<std::uint32_t>& which) {
      double correct = 0.0;
      for (const std::uint32_t i : which) {
        if (plain.forward(image_of(set, images, i, {}), images.labels[i], {}).second) ++correct;
      }
      return correct / static_cast<double>(which.size());
    };
    std::vector<std::uint32_t> test(set.test.size());
    for (std::uint32_t i = 0; i < test.size(); ++i) test[i] = i;

    std::size_t images_before = 0;
    for (std::uint64_t epoch = 0; epoch < 3; ++epoch) {
      std::vector<std::uint32_t> order = train;
      dnm::Random(settings.seed, dnm::training_stream(dnm::TrainingStream::epoch_order, epoch))
          .shuffle(std::span(order));
      const auto changes = dnm::draw_augmentations(
          info, order.size(),
          dnm::Random(settings.seed, dnm::training_stream(dnm::TrainingStream::augmentation, epoch)));
      // The default schedule with three epochs: a hundredth at epoch 2.7.
      const double rate = 0.025 - (0.025 - 0.00025) * std::min(1.0, static_cast<double>(epoch) / 2.7);
      double loss = 0.0;
      double correct = 0.0;
      for (std::size_t first = 0; first < order.size(); first += static_cast<std::size_t>(batch)) {
        const std::size_t count = std::min(static_cast<std::size_t>(batch), order.size() - first);
        const auto factors = dropout_factors(plain, settings, images_before, count);
        for (std::size_t i = 0; i < count; ++i) {
          const std::uint32_t which = order[first + i];
          const auto image =
              image_of(set, set.train, which, changes.empty() ? dnm::Augmentation{} : changes[first + i]);
          const auto [own_loss, hit] = plain.forward(image, set.train.labels[which], factors[i]);
          loss += own_loss;
          correct += hit ? 1.0 : 0.0;
          plain.backward(set.train.labels[which], count, factors[i]);
        }
        plain.descend(rate, 0.9, 0.01);
        images_before += count;
      }
      const dnm::EpochResult& result = results.at(epoch);
      const auto images = static_cast<double>(order.size());
      QVERIFY2(std::abs(result.values["train_loss"] - loss / images) < 1e-5 * loss / images,
               qPrintable(QString("%1, not %2").arg(result.values["train_loss"]).arg(loss / images)));
      QCOMPARE(result.values["train_accuracy"], correct / images);
      QCOMPARE(result.values["test_accuracy"], accuracy(set.test, test));
      QCOMPARE(result.values["validation_accuracy"], accuracy(set.train, held_out));
    }
    for (std::size_t i = 0; i < checkpoint.layers.size(); ++i) {
      const PlainNet::Layer& layer = plain.layers()[i];
      const dnm::ParameterState& weights = checkpoint.state[2 * i];
      const dnm::ParameterState& biases = checkpoint.state[2 * i + 1];
      const double apart[] = {relative_difference(weights.values, at_links(layer, layer.weights)),
                              relative_difference(biases.values, layer.biases),
                              relative_difference(weights.slots.at(0), at_links(layer, layer.weight_velocity)),
                              relative_difference(biases.slots.at(0), layer.bias_velocity)};
      for (const double difference : apart) QVERIFY2(difference < 1e-5, qPrintable(QString::number(difference)));
    }
  }

 private:
  /// For each image of a batch and each hidden layer; empty without dropout.
  static std::vector<std::vector<std::vector<double>>> dropout_factors(const PlainNet& net,
                                                                       const dnm::TrainingSettings& settings,
                                                                       std::size_t images_before, std::size_t count) {
    std::vector<std::vector<std::vector<double>>> factors(count);
    if (settings.dropout == 0.0) return factors;
    const dnm::Dropout dropout{static_cast<float>(settings.dropout), settings.seed, images_before};
    for (std::size_t layer = 0; layer + 1 < net.layers().size(); ++layer) {
      const auto neurons = static_cast<std::uint32_t>(net.layers()[layer].n_out);
      std::vector<float> ones((count + 31) / 32 * 32 * neurons, 1.0F);
      const dnm::Tiles<float> tiles{ones.data(), neurons, count};
      dnm::drop(dropout, layer, 0, tiles);
      for (std::size_t i = 0; i < count; ++i) {
        std::vector<double>& own = factors[i].emplace_back();
        const std::size_t tile = i / 32;
        for (std::size_t o = 0; o < neurons; ++o) {
          own.push_back(static_cast<double>(tiles.tile(tile)[o * tiles.width(tile) + i % 32]));
        }
      }
    }
    return factors;
  }

  std::unique_ptr<samples::RunFiles> files_;
  fs::path cifar_;
};

DNM_TEST(TestPlainTraining)
#include "test_plain_training.moc"
