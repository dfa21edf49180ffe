// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <functional>

#include "core/models/initialiser.h"
#include "core/support/error.h"
#include "samples.h"
#include "tests/support/test_class.h"
#include "training/initialisers/input_correlation.h"
#include "training/initialisers/link_saliency.h"
#include "training/initialisers/training_data_source.h"

namespace {

using dnm::NodeIndex;

/// Pearson's r as the textbook has it: means first, then products of differences.
double pearson(const dnm::ImageSet& images, std::size_t a, std::size_t b) {
  const auto pixel = [&](std::size_t image, std::size_t input) {
    return images.pixels[image * images.inputs + input] / 255.0;
  };
  const double count = static_cast<double>(images.size());
  double mean_a = 0.0;
  double mean_b = 0.0;
  for (std::size_t image = 0; image < images.size(); ++image) {
    mean_a += pixel(image, a) / count;
    mean_b += pixel(image, b) / count;
  }
  double ab = 0.0;
  double aa = 0.0;
  double bb = 0.0;
  for (std::size_t image = 0; image < images.size(); ++image) {
    ab += (pixel(image, a) - mean_a) * (pixel(image, b) - mean_b);
    aa += (pixel(image, a) - mean_a) * (pixel(image, a) - mean_a);
    bb += (pixel(image, b) - mean_b) * (pixel(image, b) - mean_b);
  }
  return ab / std::sqrt(aa * bb);
}

/// Mean cross-entropy of a dense perceptron, in double and with loops.
double loss(const std::vector<NodeIndex>& sizes, const std::vector<std::vector<double>>& weights,
            const std::vector<std::vector<double>>& biases, const samples::Images& images) {
  double sum = 0.0;
  for (std::size_t image = 0; image < images.labels.size(); ++image) {
    std::vector<double> values(images.pixels[image].begin(), images.pixels[image].end());
    for (std::size_t layer = 0; layer < weights.size(); ++layer) {
      std::vector<double> next = biases[layer];
      for (std::size_t output = 0; output < next.size(); ++output) {
        for (std::size_t input = 0; input < sizes[layer]; ++input) {
          next[output] += weights[layer][output * sizes[layer] + input] * values[input];
        }
        if (layer + 1 < weights.size()) next[output] = std::max(0.0, next[output]);
      }
      values = next;
    }
    double all = 0.0;
    for (const double value : values) all += std::exp(value);
    sum += std::log(all) - values[images.labels[image]];
  }
  return sum / static_cast<double>(images.labels.size());
}

dnm::DrawingContext context_of(dnm::DataSource& source) {
  dnm::DrawingContext context;
  context.data = [&source]() -> dnm::DataSource& { return source; };
  return context;
}

}  // namespace

class TestDataInitialisers : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase();
  void correlation_of_inputs();
  void saliency_by_finite_differences();
  void keeps_what_was_computed();
  void follows_changed_files();
  void data_gives_the_network();
  void stops_on_request();
  void bad_choices();

 private:
  dnm::DataChoice choice() const { return {"fashion-mnist", folder_.path().toStdString()}; }
  QTemporaryDir folder_;
};

void TestDataInitialisers::initTestCase() { samples::write_data_set(folder_.path().toStdString(), 700, 20); }

void TestDataInitialisers::correlation_of_inputs() {
  constexpr NodeIndex inputs = 21;
  dnm::Random random(8);
  for (const std::size_t count : {2U, 60U, 256U, 600U}) {
    dnm::ImageSet images;
    images.inputs = inputs;
    for (std::size_t image = 0; image < count; ++image) {
      const auto common = random.below(200);
      for (NodeIndex input = 0; input < inputs; ++input) {
        std::uint64_t value = random.below(256);
        if (input % 5 == 1) value = (value + 4 * common) / 5 % 256;
        if (input % 5 == 2) value = 255 - common;
        if (input == 7) value = 200;  // never changes
        images.pixels.push_back(static_cast<std::uint8_t>(value));
      }
      images.labels.push_back(0);
    }
    const dnm::InputCorrelation found = dnm::correlate_inputs(images);
    QCOMPARE(found.inputs, inputs);
    for (NodeIndex a = 0; a < inputs; ++a) {
      for (NodeIndex b = 0; b < inputs; ++b) {
        const double expected = a == b || a == 7 || b == 7 ? 0.0 : std::abs(pearson(images, a, b));
        const double value = static_cast<double>(found.strength[a * inputs + b]);
        QVERIFY2(std::abs(value - expected) < 1e-6, qPrintable(QString("%1, not %2").arg(value).arg(expected)));
        QCOMPARE(found.strength[a * inputs + b], found.strength[b * inputs + a]);
      }
    }
  }
}

void TestDataInitialisers::saliency_by_finite_differences() {
  const std::vector<NodeIndex> sizes{6, 9, 5};
  std::vector<dnm::Mask> masks{samples::mask(samples::Pattern::full, 6, 9, 0),
                               samples::mask(samples::Pattern::full, 9, 5, 0),
                               samples::mask(samples::Pattern::full, 5, 4, 0)};
  const dnm::ModelState state = samples::state(masks, 5);
  const samples::Images images = samples::images(37, 6, 4, 6);  // more than one tile
  const dnm::LinkSaliency found = dnm::saliency_of_links(sizes, state, samples::batch_of(images));
  std::vector<std::vector<double>> weights;
  std::vector<std::vector<double>> biases;
  for (std::size_t layer = 0; layer < masks.size(); ++layer) {
    weights.emplace_back(samples::weights(state, layer).begin(), samples::weights(state, layer).end());
    biases.emplace_back(samples::biases(state, layer).begin(), samples::biases(state, layer).end());
  }
  QCOMPARE(found.size(), std::size_t{2});
  for (std::size_t layer = 0; layer < found.size(); ++layer) {
    std::vector<double> expected;
    for (double& weight : weights[layer]) {
      const double kept = weight;
      constexpr double step = 1e-5;
      weight = kept + step;
      const double above = loss(sizes, weights, biases, images);
      weight = kept - step;
      const double below = loss(sizes, weights, biases, images);
      weight = kept;
      expected.push_back(std::abs(kept * (above - below) / (2.0 * step)));
    }
    const double difference = samples::relative_difference(found[layer], expected);
    QVERIFY2(difference < 1e-4, qPrintable(QString::number(difference)));
  }
}

void TestDataInitialisers::keeps_what_was_computed() {
  dnm::TrainingDataSource source;
  const dnm::DataInputs inputs = source.inputs_of(choice());
  QCOMPARE(inputs.label, std::string("Fashion-MNIST"));
  QCOMPARE(inputs.inputs, NodeIndex{784});
  const auto correlation = source.input_correlation(choice(), {});
  QCOMPARE(source.input_correlation(choice(), {}), correlation);
  const auto saliency = source.link_saliency(choice(), {784, 12, 7}, 1, {});
  QCOMPARE(source.link_saliency(choice(), {784, 12, 7}, 1, {}), saliency);
  QCOMPARE((*saliency)[0].size(), std::size_t{784 * 12});
  QCOMPARE((*saliency)[1].size(), std::size_t{12 * 7});
  QVERIFY(*source.link_saliency(choice(), {784, 12, 7}, 2, {}) != *saliency);
  QCOMPARE((*source.link_saliency(choice(), {784, 13}, 1, {})).size(), std::size_t{1});
  // Another object, the same values: they depend on data, layers and seed alone.
  dnm::TrainingDataSource other;
  QCOMPARE(*other.link_saliency(choice(), {784, 12, 7}, 1, {}), *saliency);
  QCOMPARE(other.input_correlation(choice(), {})->strength, correlation->strength);
}

void TestDataInitialisers::follows_changed_files() {
  QTemporaryDir folder;
  const dnm::DataChoice changing{"fashion-mnist", folder.path().toStdString()};
  samples::write_data_set(changing.folder, 300, 10);
  dnm::TrainingDataSource source;
  const auto before = source.input_correlation(changing, {});
  samples::write_data_set(changing.folder, 200, 10);
  QVERIFY(source.input_correlation(changing, {})->strength != before->strength);
}

void TestDataInitialisers::data_gives_the_network() {
  dnm::TrainingDataSource source;
  for (const char* model : {"csti", "snip"}) {
    for (const char* scope : {"network", "layer"}) {
      dnm::ModelParameters parameters;
      parameters.layer_sizes = {784, 100, 50};
      parameters.shared.sparsity = 0.95;
      parameters.data_folder = folder_.path().toStdString();
      dnm::set_from_text(parameters, "model", model);
      dnm::set_from_text(parameters, "snip-scope", scope);
      const auto network = dnm::generate(parameters, {}, context_of(source)).network;
      QCOMPARE(network->link_count(), std::uint64_t{3920 + 250});
      if (model == std::string("csti") || scope == std::string("layer")) {
        QCOMPARE(network->masks()[0].link_count(), std::uint64_t{3920});
      }
      dnm::TrainingDataSource again;
      QCOMPARE(*dnm::generate(parameters, {}, context_of(again)).network, *network);
    }
  }
}

void TestDataInitialisers::stops_on_request() {
  dnm::TrainingDataSource source;
  std::stop_source stopped;
  stopped.request_stop();
  const dnm::TaskControl control{stopped.get_token(), {}};
  QVERIFY_THROWS_EXCEPTION(dnm::Cancelled, static_cast<void>(source.input_correlation(choice(), control)));
  QVERIFY_THROWS_EXCEPTION(dnm::Cancelled, static_cast<void>(source.link_saliency(choice(), {784, 9}, 0, control)));
  // A stop half-way leaves nothing behind that would be taken for a result.
  std::stop_source later;
  const dnm::TaskControl half_way{later.get_token(), [&](double) { later.request_stop(); }};
  QVERIFY_THROWS_EXCEPTION(dnm::Cancelled, static_cast<void>(source.input_correlation(choice(), half_way)));
  QCOMPARE(source.input_correlation(choice(), {})->strength.size(), std::size_t{784 * 784});
}

void TestDataInitialisers::bad_choices() {
  dnm::TrainingDataSource source;
  QVERIFY_THROWS_EXCEPTION(dnm::InvalidInput, static_cast<void>(source.inputs_of({"fashon-mnist", ""})));
  QVERIFY_THROWS_EXCEPTION(dnm::FileError,
                           static_cast<void>(source.input_correlation({"fashion-mnist", "/nowhere"}, {})));
}

DNM_TEST(TestDataInitialisers)
#include "test_data_initialisers.moc"
