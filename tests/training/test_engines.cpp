// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <memory>
#include <thread>

#include <sys/resource.h>

#include "allocations.h"
#include "core/network/random.h"
#include "core/support/error.h"
#include "samples.h"
#include "tests/support/test_class.h"
#include "torch_reference.h"
#include "training/layers/cross_entropy.h"
#include "training/layers/dropout.h"
#include "training/layers/engine_choice.h"
#include "training/layers/sparse_index.h"
#include "training/layers/weight_init.h"
#include "training/support/devices.h"

using dnm::Engine;
using dnm::Mask;
using dnm::ModelState;
using samples::Images;
using samples::Pattern;
using samples::relative_difference;

namespace {

constexpr dnm::NodeIndex inputs = 50;
constexpr dnm::NodeIndex classes = 10;

/// Sizes that are no multiples of any vector's length; the classifier is full.
std::vector<Mask> network(Pattern pattern) {
  return {samples::mask(pattern, inputs, 73, 1), samples::mask(pattern, 73, 61, 2), samples::mask(pattern, 61, 45, 3),
          dnm::full_mask(45, classes)};
}

using MakeEngine = std::function<std::unique_ptr<dnm::Model>(const std::vector<Mask>&, const ModelState&)>;

/// The engine's five steps against those of LibTorch; "" when they agree.
QString compare(const MakeEngine& make, const std::vector<Mask>& masks, std::size_t batch_size) {
  const ModelState start = samples::state(masks, 5);
  // As at the end of an epoch: the last batch is smaller.
  const std::vector<std::size_t> sizes{batch_size, batch_size, batch_size, batch_size, (batch_size + 2) / 3};
  std::vector<Images> candidates;
  for (std::uint64_t i = 0; i < 5; ++i) candidates.push_back(samples::images(2 * batch_size + 10, inputs, classes, i));
  // More weight decay than anyone uses, so that its absence would show.
  const dnm::SgdStep sgd{0.02F, 0.9F, 0.05F};
  const auto expected = samples::torch_steps(masks, start, candidates, sizes, sgd);
  const auto engine = make(masks, start);
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const dnm::ImageBatch batch = samples::batch_of(expected[i].images);
    const auto where = QString("step %1: ").arg(i);
    const auto gradients = engine->gradients(batch);
    const dnm::BatchSums evaluated = engine->evaluate(batch);
    const dnm::BatchSums stepped = samples::step(*engine, batch, sgd);
    const ModelState state = engine->state();
    const double loss = expected[i].loss * static_cast<double>(batch.size());
    if (std::abs(stepped.loss - loss) > 1e-5 * loss) return where + "loss";
    if (std::abs(evaluated.loss - loss) > 1e-5 * loss) return where + "evaluated loss";
    if (stepped.correct != expected[i].correct || evaluated.correct != expected[i].correct) return where + "hits";
    for (std::size_t layer = 0; layer < masks.size(); ++layer) {
      const auto in_layer = where + QString("layer %1 ").arg(layer);
      const double apart[] = {
          relative_difference(samples::weights(gradients, layer), expected[i].gradients[layer].weights),
          relative_difference(samples::biases(gradients, layer), expected[i].gradients[layer].biases),
          relative_difference(samples::weights(state, layer), expected[i].values[layer].weights),
          relative_difference(samples::biases(state, layer), expected[i].values[layer].biases)};
      const char* names[] = {"link gradients", "bias gradients", "weights", "biases"};
      for (std::size_t k = 0; k < 4; ++k) {
        if (!(apart[k] <= 1e-5)) return in_layer + QString("%1 differ by %2").arg(names[k]).arg(apart[k]);
      }
    }
  }
  return {};
}

QString compare(const MakeEngine& make, Pattern pattern, std::size_t batch_size) {
  return compare(make, network(pattern), batch_size);
}

void add_rows() {
  QTest::addColumn<Pattern>("pattern");
  QTest::addColumn<int>("batch_size");
  const std::pair<const char*, Pattern> patterns[] = {{"random", Pattern::random},
                                                      {"blocks", Pattern::blocks},
                                                      {"empty rows", Pattern::empty_rows},
                                                      {"full", Pattern::full}};
  for (const auto& [name, pattern] : patterns) {
    for (const int size : {1, 7, 32, 48, 128, 1000}) {
      QTest::addRow("%s, batch %d", name, size) << pattern << size;
    }
  }
}

/// A plain double-precision network of our own, as far from the kernels as can be.
double plain_loss(const std::vector<Mask>& masks, const std::vector<samples::DoubleValues>& values,
                  const Images& images) {
  double loss = 0.0;
  for (std::size_t n = 0; n < images.pixels.size(); ++n) {
    std::vector<double> x(images.pixels[n].begin(), images.pixels[n].end());
    for (std::size_t i = 0; i < masks.size(); ++i) {
      std::vector<double> y(values[i].biases);
      std::size_t link = 0;
      for (dnm::NodeIndex output = 0; output < masks[i].n_out; ++output) {
        for (const dnm::NodeIndex input : masks[i].row(output)) y[output] += values[i].weights[link++] * x[input];
        if (i + 1 < masks.size()) y[output] = std::max(0.0, y[output]);
      }
      x = y;
    }
    double sum = 0.0;
    for (const double score : x) sum += std::exp(score);
    loss += std::log(sum) - x[images.labels[n]];
  }
  return loss / static_cast<double>(images.pixels.size());
}

}  // namespace

class TestEngines : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void sparse_step_is_the_masked_dense_step_data() { add_rows(); }
  void sparse_step_is_the_masked_dense_step() {
    QFETCH(Pattern, pattern);
    QFETCH(int, batch_size);
    for (const dnm::SparseKernels* kernels : dnm::available_kernels()) {
      const QString difference =
          compare([&](const auto& masks, const auto& state) { return samples::sparse_mlp(masks, state, *kernels); },
                  pattern, static_cast<std::size_t>(batch_size));
      QVERIFY2(difference.isEmpty(), qPrintable(QString::fromStdString(std::string(kernels->id)) + ", " + difference));
    }
  }

  void masked_engine_agrees_too_data() { add_rows(); }
  void masked_engine_agrees_too() {
    QFETCH(Pattern, pattern);
    QFETCH(int, batch_size);
    const QString difference =
        compare([](const auto& masks, const auto& state) { return samples::masked_mlp(masks, state); }, pattern,
                static_cast<std::size_t>(batch_size));
    QVERIFY2(difference.isEmpty(), qPrintable(difference));
  }

  /// Every layer its own engine: as a net of one engine, also where batches have several tiles.
  void mixed_engines_agree_too_data() { add_rows(); }
  void mixed_engines_agree_too() {
    QFETCH(Pattern, pattern);
    QFETCH(int, batch_size);
    for (const std::vector<Engine>& engines :
         {std::vector<Engine>{Engine::sparse, Engine::masked, Engine::sparse, Engine::masked},
          std::vector<Engine>{Engine::masked, Engine::sparse, Engine::masked, Engine::sparse},
          std::vector<Engine>{Engine::masked, Engine::masked, Engine::masked, Engine::masked}}) {
      const QString difference =
          compare([&](const auto& masks, const auto& state) { return samples::layered_mlp(masks, state, engines); },
                  pattern, static_cast<std::size_t>(batch_size));
      QVERIFY2(difference.isEmpty(), qPrintable(difference));
    }
  }

  /// A layer that lost all its links, single neurons, and a neuron that reaches nothing: biases still learn.
  void layers_without_links_agree_too() {
    const auto empty = [](dnm::NodeIndex n_in, dnm::NodeIndex n_out) {
      return Mask{n_in, n_out, std::vector<std::uint64_t>(std::size_t{n_out} + 1, 0), {}};
    };
    const std::vector<std::vector<Mask>> nets{
        {empty(inputs, 20), samples::mask(Pattern::random, 20, 30, 3), dnm::full_mask(30, classes)},
        {samples::mask(Pattern::random, inputs, 40, 1), empty(40, 30), dnm::full_mask(30, classes)},
        {samples::mask(Pattern::full, inputs, 1, 1), dnm::full_mask(1, classes)},
        {empty(inputs, classes)}};
    for (const std::vector<Mask>& masks : nets) {
      for (const std::size_t size : {std::size_t{1}, std::size_t{40}}) {
        const MakeEngine makers[] = {[](const auto& m, const auto& state) { return samples::sparse_mlp(m, state); },
                                     [](const auto& m, const auto& state) { return samples::masked_mlp(m, state); },
                                     [](const auto& m, const auto& state) {
                                       return samples::layered_mlp(m, state,
                                                                   std::vector<Engine>(m.size(), Engine::masked));
                                     }};
        for (const MakeEngine& make : makers) {
          const QString difference = compare(make, masks, size);
          QVERIFY2(difference.isEmpty(), qPrintable(difference));
        }
      }
      for (const dnm::ParameterState& parameter :
           dnm::first_state(samples::layers(masks), dnm::WeightInit::per_neuron, 0, 1)) {
        for (const float value : parameter.values) QVERIFY(std::isfinite(value));
      }
    }
  }

  void dropout_is_the_same_with_every_engine() {
    const std::vector<Mask> masks = network(Pattern::random);
    const ModelState start = samples::state(masks, 5);
    const dnm::ImageBatch batch = samples::batch_of(samples::images(70, inputs, classes, 3));
    const dnm::SgdStep sgd{0.02F, 0.9F, 0.0F};
    constexpr double dropout = 0.4;
    const auto sparse = samples::sparse_mlp(masks, start, dnm::best_kernels(), dropout);
    const auto masked = samples::masked_mlp(masks, start, dropout);
    const auto mixed =
        samples::layered_mlp(masks, start, {Engine::sparse, Engine::masked, Engine::masked, Engine::sparse}, dropout);
    const auto without = samples::sparse_mlp(masks, start);
    const double loss = samples::step(*sparse, batch, sgd, {}, 1000).loss;
    QVERIFY(std::abs(samples::step(*masked, batch, sgd, {}, 1000).loss - loss) < 1e-5 * loss);
    QVERIFY(std::abs(samples::step(*mixed, batch, sgd, {}, 1000).loss - loss) < 1e-5 * loss);
    QVERIFY(std::abs(samples::step(*without, batch, sgd).loss - loss) > 1e-3 * loss);
    for (std::size_t layer = 0; layer < masks.size(); ++layer) {
      const auto weights = [&](const auto& engine) { return samples::weights(engine->state(), layer); };
      QVERIFY(relative_difference(weights(masked), weights(sparse)) < 1e-5);
      QVERIFY(relative_difference(weights(mixed), weights(sparse)) < 1e-5);
    }
  }

  void dropout_leaves_out_the_stated_share() {
    std::vector<float> values(std::size_t{1000} * 48, 1.0F);
    dnm::drop({0.3F, 4, 0}, 1, 0, {values.data(), 1000, 48});
    const auto left_out = static_cast<double>(std::count(values.begin(), values.end(), 0.0F));
    const auto kept = static_cast<double>(std::count(values.begin(), values.end(), 1.0F / (1.0F - 0.3F)));
    QCOMPARE(left_out + kept, 48000.0);
    QVERIFY(std::abs(left_out - 14400.0) < 5 * std::sqrt(48000 * 0.3 * 0.7));
    std::vector<float> others(values.size(), 1.0F);
    dnm::drop({0.3F, 4, 0}, 2, 0, {others.data(), 1000, 48});
    QVERIFY(others != values);
  }

  void the_choice_follows_the_measured_times() {
    using Timings = std::vector<dnm::LayerTiming>;
    using Engines = std::vector<Engine>;
    QCOMPARE(dnm::choose_engines(Timings{{Engine::automatic, 1.0, 30.0}, {Engine::automatic, 2.0, 30.0}}),
             (Engines{Engine::sparse, Engine::sparse}));
    QCOMPARE(dnm::choose_engines(Timings{{Engine::automatic, 40.0, 30.0}, {Engine::automatic, 35.0, 30.0}}),
             (Engines{Engine::masked, Engine::masked}));
    QCOMPARE(dnm::choose_engines(Timings{{Engine::automatic, 1.0, 30.0}, {Engine::automatic, 60.0, 30.0}}),
             (Engines{Engine::sparse, Engine::masked}));
    // A difference that is lost in the sum does not decide.
    QCOMPARE(dnm::choose_engines(Timings{{Engine::automatic, 1.0, 30.0}, {Engine::automatic, 0.04, 0.02}}),
             (Engines{Engine::sparse, Engine::sparse}));
    QCOMPARE(dnm::masked_speed_up(Timings{{Engine::sparse, 1.0, 30.0}, {Engine::masked, 60.0, 30.0}}), 60.0 / 31.0);
    // Measuring looks at every layer, however large, and can be stopped.
    const std::vector<Mask> masks = network(Pattern::empty_rows);
    for (const auto& timing : dnm::time_layers(samples::layers(masks), 40)) {
      QVERIFY(timing.sparse_milliseconds > 0.0 && timing.masked_milliseconds > 0.0);
    }
    std::stop_source source;
    source.request_stop();
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(dnm::time_layers(samples::layers(masks), 40, {source.get_token(), {}})),
                             dnm::Cancelled);
  }

  void measuring_takes_little_memory_for_large_batches() {
    const auto peak = [] {
      rusage usage{};
      ::getrusage(RUSAGE_SELF, &usage);
      return usage.ru_maxrss;  // KiB
    };
    Mask wide{20000, 3000, std::vector<std::uint64_t>(3001), {}};
    for (std::uint64_t output = 0; output < 3000; ++output) {
      wide.row_begin[output + 1] = output + 1;
      wide.columns.push_back(static_cast<dnm::NodeIndex>(output));
    }
    const auto before = peak();
    const auto timings = dnm::time_layers(samples::layers({wide}), 8192);
    QVERIFY(timings.size() == 1 && timings[0].sparse_milliseconds < timings[0].masked_milliseconds);
    // The images alone would take 655 MB.
    QVERIFY2(peak() - before < 300 * 1024, qPrintable(QString::number(peak() - before)));
  }

  void steps_allocate_nothing() {
    for (const Pattern pattern : {Pattern::random, Pattern::blocks}) {
      const std::vector<Mask> masks = network(pattern);
      const auto engine = samples::sparse_mlp(masks, samples::state(masks, 5));
      for (const std::size_t size : {std::size_t{32}, std::size_t{100}}) {
        const dnm::ImageBatch batch = samples::batch_of(samples::images(size, inputs, classes, 3));
        samples::step(*engine, batch, {0.01F, 0.9F, 0.0F});
        const std::uint64_t before = allocation_count();
        for (int i = 0; i < 5; ++i) samples::step(*engine, batch, {0.01F, 0.9F, 0.0F});
        static_cast<void>(engine->evaluate(batch));
        QCOMPARE(allocation_count(), before);
      }
    }
    QVERIFY(allocation_count() > 0);
  }

  void engines_start_and_end_with_the_same_state() {
    const std::vector<Mask> masks = network(Pattern::empty_rows);
    const ModelState start = samples::state(masks, 6);
    QVERIFY(samples::sparse_mlp(masks, start)->state() == start);
    QVERIFY(samples::masked_mlp(masks, start)->state() == start);
  }

  void gradients_are_finite_differences() {
    const std::vector<Mask> masks{samples::mask(Pattern::random, 12, 9, 4), samples::mask(Pattern::blocks, 9, 8, 5),
                                  dnm::full_mask(8, 3)};
    const ModelState start = samples::state(masks, 7);
    const Images images = samples::images(6, 12, 3, 8);
    std::vector<samples::DoubleValues> values;
    for (std::size_t i = 0; i < masks.size(); ++i) {
      const auto& weights = samples::weights(start, i);
      const auto& biases = samples::biases(start, i);
      values.push_back({{weights.begin(), weights.end()}, {biases.begin(), biases.end()}});
    }
    const double step = 1e-6;
    const auto slope = [&](double& value) {
      const double middle = value;
      value = middle + step;
      const double above = plain_loss(masks, values, images);
      value = middle - step;
      const double below = plain_loss(masks, values, images);
      value = middle;
      return (above - below) / (2 * step);
    };
    const auto gradients = samples::sparse_mlp(masks, start)->gradients(samples::batch_of(images));
    for (std::size_t i = 0; i < masks.size(); ++i) {
      for (std::size_t link = 0; link < values[i].weights.size(); ++link) {
        QVERIFY(std::abs(slope(values[i].weights[link]) - static_cast<double>(samples::weights(gradients, i)[link])) <
                1e-6);
      }
      for (std::size_t neuron = 0; neuron < values[i].biases.size(); ++neuron) {
        QVERIFY(std::abs(slope(values[i].biases[neuron]) - static_cast<double>(samples::biases(gradients, i)[neuron])) <
                1e-6);
      }
    }
  }

  void a_stop_leaves_the_weights_as_they_were() {
    const std::vector<Mask> masks = network(Pattern::random);
    const ModelState start = samples::state(masks, 9);
    const dnm::ImageBatch batch = samples::batch_of(samples::images(70, inputs, classes, 3));
    std::stop_source source;
    source.request_stop();
    const dnm::TaskControl control{source.get_token(), {}};
    for (const auto& engine : {samples::sparse_mlp(masks, start), samples::masked_mlp(masks, start)}) {
      QVERIFY_EXCEPTION_THROWN(samples::step(*engine, batch, {0.1F, 0.9F, 0.0F}, control), dnm::Cancelled);
      QVERIFY(engine->state() == start);
    }
  }

  void a_state_of_another_network_is_refused() {
    const std::vector<Mask> masks = network(Pattern::random);
    ModelState state = samples::state(masks, 1);
    state[2].values.pop_back();
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(samples::sparse_mlp(masks, state)), dnm::InvalidInput);
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(samples::masked_mlp(masks, state)), dnm::InvalidInput);
  }

  void autograd_function_equals_dense_linear() {
    for (const Pattern pattern : {Pattern::random, Pattern::blocks, Pattern::empty_rows, Pattern::full}) {
      const Mask mask = samples::mask(pattern, 53, 37, 4);
      const ModelState drawn = samples::state({mask}, 3);
      const dnm::LayerState values{drawn[0], drawn[1]};
      for (const std::size_t count : {std::size_t{1}, std::size_t{33}, std::size_t{64}}) {
        const Images images = samples::images(count, 53, 10, 2);
        const auto expected = samples::dense_linear(mask, values, images);
        for (const dnm::SparseKernels* kernels : dnm::available_kernels()) {
          const auto found = samples::sparse_linear(mask, values, images, *kernels);
          QVERIFY(relative_difference(found.output, expected.output) < 1e-5);
          QVERIFY(relative_difference(found.input, expected.input) < 1e-5);
          QVERIFY(relative_difference(found.weights, expected.weights) < 1e-5);
          QVERIFY(relative_difference(found.biases, expected.biases) < 1e-5);
        }
      }
    }
    QVERIFY(samples::sparse_linear_refuses_wrong_shapes());
  }

  void cross_entropy_survives_large_scores_and_tells_nan() {
    // Two images of a tile of 16: score differences of 500 must not overflow; the rest of the tile is left alone.
    std::vector<float> scores(3 * 16, 0.0F);
    scores[0] = 500.0F;
    scores[16 + 1] = -500.0F;
    const std::vector<std::uint32_t> labels{0, 1};
    std::vector<float> gradient(scores.size(), 7.0F);
    const auto result = dnm::cross_entropy(3, 16, scores.data(), labels, 1.0F, gradient.data());
    QCOMPARE(result.correct, std::uint64_t{1});
    QVERIFY(std::abs(result.loss - (500.0 + std::log(2.0))) < 1e-3);
    QVERIFY(std::abs(gradient[16 + 1] + 1.0F) < 1e-6F);
    QCOMPARE(gradient[2], 0.0F);
    scores[0] = std::nanf("");
    QVERIFY(std::isnan(dnm::cross_entropy(3, 16, scores.data(), labels, 1.0F, nullptr).loss));
  }

  void first_weights_have_the_stated_variance_data() {
    QTest::addColumn<dnm::WeightInit>("rule");
    QTest::addColumn<double>("expected");
    // 400 × 300, 10 % dense: 12000 links, 40 per neuron on average.
    QTest::newRow("swi") << dnm::WeightInit::swi << 2.0 / (0.1 * 400);
    QTest::newRow("kaiming") << dnm::WeightInit::kaiming << 2.0 / 400;
    QTest::newRow("fan-out") << dnm::WeightInit::fan_out << 2.0 / (0.1 * 300);
  }
  void first_weights_have_the_stated_variance() {
    QFETCH(dnm::WeightInit, rule);
    QFETCH(double, expected);
    const Mask mask = samples::mask(Pattern::random, 400, 300, 9);
    const double density = static_cast<double>(mask.link_count()) / (400.0 * 300.0);
    if (rule != dnm::WeightInit::kaiming) expected *= 0.1 / density;
    const auto state = dnm::first_state(samples::layers({mask, dnm::full_mask(300, 10)}), rule, 3, 1);
    double sum = 0.0;
    double squares = 0.0;
    for (const float weight : state[0].values) {
      sum += static_cast<double>(weight);
      squares += static_cast<double>(weight) * static_cast<double>(weight);
    }
    const auto links = static_cast<double>(mask.link_count());
    // Five standard errors of mean and variance.
    QVERIFY(std::abs(sum / links) < 5 * std::sqrt(expected / links));
    QVERIFY(std::abs(squares / links / expected - 1) < 5 * std::sqrt(2 / links));
    float widest = 0.0F;
    for (const float bias : state[1].values) widest = std::max(widest, std::abs(bias));
    QVERIFY(widest <= 1.0F / 20 && widest > 0.9F / 20);
    for (const float momentum : state[0].slots.at(0)) QCOMPARE(momentum, 0.0F);
    QVERIFY(dnm::first_state(samples::layers({mask}), rule, 3, 1)[0].values == state[0].values);
    QVERIFY(dnm::first_state(samples::layers({mask}), rule, 4, 1)[0].values != state[0].values);
  }

  /// Layers of one shape, and the same layer under neighbouring seeds, have nothing in common.
  void layers_and_seeds_draw_apart() {
    const Mask mask = dnm::full_mask(100, 100);
    const auto state = dnm::first_state(samples::layers({mask, mask}), dnm::WeightInit::kaiming, 3, 1);
    const auto other = dnm::first_state(samples::layers({mask, mask}), dnm::WeightInit::kaiming, 4, 1);
    const std::vector<float>* draws[] = {&state[0].values, &state[2].values, &other[0].values, &other[2].values};
    for (std::size_t a = 0; a < 4; ++a) {
      for (std::size_t b = 0; b < a; ++b) {
        double product = 0.0;
        for (std::size_t i = 0; i < 10000; ++i) {
          product += static_cast<double>((*draws[a])[i]) * static_cast<double>((*draws[b])[i]);
        }
        // 10,000 products of independent N(0, 1/50): five standard deviations.
        QVERIFY(std::abs(product) < 5 * std::sqrt(10000.0) / 50);
      }
    }
    // A layer's draw is its own, whatever comes before and after it.
    QVERIFY(dnm::first_state(samples::layers({mask}), dnm::WeightInit::kaiming, 3, 1)[0].values == state[0].values);
  }

  void denormal_numbers_are_zero_on_a_training_thread_alone() {
    const auto halved = [] {
      volatile float tiny = std::numeric_limits<float>::min();
      return tiny * 0.5F;
    };
    float there = 1.0F;
    std::thread([&] {
      dnm::prepare_training_thread();
      there = halved();
    }).join();
#ifdef __x86_64__
    QCOMPARE(there, 0.0F);
#endif
    QVERIFY(halved() > 0.0F);
  }

  void per_neuron_weights_follow_each_neurons_links() {
    // Two neurons, one with 10,000 links and one with 100.
    Mask mask{10000, 2, {0, 10000, 10100}, {}};
    for (dnm::NodeIndex input = 0; input < 10000; ++input) mask.columns.push_back(input);
    for (dnm::NodeIndex input = 0; input < 100; ++input) mask.columns.push_back(input);
    const auto weights = dnm::first_state(samples::layers({mask}), dnm::WeightInit::per_neuron, 1, 1)[0].values;
    const auto variance = [&](std::size_t from, std::size_t to) {
      double squares = 0.0;
      for (std::size_t i = from; i < to; ++i)
        squares += static_cast<double>(weights[i]) * static_cast<double>(weights[i]);
      return squares / static_cast<double>(to - from);
    };
    QVERIFY(std::abs(variance(0, 10000) / (2.0 / 10000) - 1) < 5 * std::sqrt(2.0 / 10000));
    QVERIFY(std::abs(variance(10000, 10100) / (2.0 / 100) - 1) < 5 * std::sqrt(2.0 / 100));
  }

  void index_walks_every_link_in_both_orders() {
    for (const Pattern pattern : {Pattern::random, Pattern::blocks, Pattern::empty_rows, Pattern::full}) {
      const Mask mask = samples::mask(pattern, 30, 20, 6);
      const dnm::SparseIndex index(mask);
      const dnm::LinkIndex view = index.view();
      QCOMPARE(std::uint64_t{view.links}, mask.link_count());
      std::vector<int> seen(view.links, 0);
      for (dnm::NodeIndex input = 0; input < 30; ++input) {
        for (auto k = view.column_begin[input]; k < view.column_begin[input + 1]; ++k) {
          const auto link = view.by_column_link[k];
          ++seen[link];
          QCOMPARE(view.column[link], input);
          QCOMPARE(view.row[link], view.by_column_row[k]);
        }
      }
      QVERIFY(std::all_of(seen.begin(), seen.end(), [](int times) { return times == 1; }));
    }
  }
};

DNM_TEST(TestEngines)
#include "test_engines.moc"
