// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <cmath>
#include <vector>

#include "core/network/random.h"
#include "samples.h"
#include "tests/support/test_class.h"
#include "token_samples.h"
#include "training/data/sentence_batch.h"
#include "training/kernels/aligned_vector.h"
#include "training/kernels/token_kernels.h"
#include "training/layers/linear_layer.h"
#include "training/layers/token_embedding.h"
#include "training/layers/vocabulary_loss.h"
#include "training/optimisers/adam.h"

using dnm::AlignedVector;
using samples::add_token_kernels;
using samples::drawn;
using samples::relative_difference;

class TestTokenLayers : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void vocabulary_loss_and_its_gradient_data() { add_token_kernels(); }
  void vocabulary_loss_and_its_gradient() {
    QFETCH(std::size_t, set);
    constexpr std::size_t pieces = 1100;
    constexpr std::size_t features = 24;
    constexpr std::size_t tokens = 150;
    for (const float smoothing : {0.0F, 0.1F}) {
      dnm::Random random(4);
      const auto array = [&](const char* name, std::size_t count) {
        dnm::TrainedArray made;
        made.name = name;
        made.parameter.values = drawn(count, count, 0.5);
        made.clear_gradient();
        return made;
      };
      dnm::TrainedArray weights = array("weight", pieces * features);
      dnm::TrainedArray biases = array("bias", pieces);
      AlignedVector<float> input(features * 32 * 5);
      AlignedVector<float> input_gradient(input.size());
      const dnm::Tiles<float> x{input.data(), features, tokens, 32};
      std::vector<std::uint32_t> targets(tokens);
      for (std::uint32_t& target : targets) target = static_cast<std::uint32_t>(1 + random.below(pieces - 1));
      const AlignedVector<float> values = drawn(features * tokens, 9);
      for (std::size_t i = 0; i < tokens; ++i) {
        for (std::size_t f = 0; f < features; ++f) {
          x.tile(i / 32)[f * x.width(i / 32) + i % 32] = values[i * features + f];
        }
      }
      dnm::Workers workers(2);
      dnm::VocabularyLoss layer(*dnm::available_token_kernels()[set]);
      const dnm::BatchSums sums = layer.step(weights, biases, x, targets, smoothing, 0.5F,
                                             {input_gradient.data(), features, tokens, 32}, workers);
      double loss = 0.0;
      std::vector<double> weight_gradient(pieces * features);
      std::vector<double> bias_gradient(pieces);
      double largest = 0.0;
      for (std::size_t i = 0; i < tokens; ++i) {
        std::vector<double> score(pieces);
        double sum = 0.0;
        for (std::size_t v = 0; v < pieces; ++v) {
          score[v] = static_cast<double>(biases.values()[v]);
          for (std::size_t f = 0; f < features; ++f) {
            score[v] +=
                static_cast<double>(weights.values()[v * features + f]) * static_cast<double>(values[i * features + f]);
          }
          sum += std::exp(score[v]);
        }
        std::vector<double> own(features);
        for (std::size_t v = 0; v < pieces; ++v) {
          double goal = static_cast<double>(smoothing) / static_cast<double>(pieces - 2);
          if (v == dnm::padding_piece) goal = 0.0;
          if (v == targets[i]) goal = 1.0 - static_cast<double>(smoothing);
          loss -= goal * (score[v] - std::log(sum));
          const double slope = 0.5 * (std::exp(score[v]) / sum - goal);
          bias_gradient[v] += slope;
          for (std::size_t f = 0; f < features; ++f) {
            weight_gradient[v * features + f] += slope * static_cast<double>(values[i * features + f]);
            own[f] += slope * static_cast<double>(weights.values()[v * features + f]);
          }
        }
        for (std::size_t f = 0; f < features; ++f) {
          const float found = input_gradient[i / 32 * features * 32 + f * x.width(i / 32) + i % 32];
          largest = std::max(largest, std::abs(static_cast<double>(found) - own[f]));
        }
      }
      QVERIFY(std::abs(sums.loss - loss) < 1e-5 * loss);
      QVERIFY(largest < 1e-5);
      QVERIFY(relative_difference(weights.gradient, weight_gradient) < 1e-5);
      QVERIFY(relative_difference(biases.gradient, bias_gradient) < 1e-5);
      // Places without a token have no gradient.
      for (std::size_t f = 0; f < features; ++f) {
        for (std::size_t i = tokens % 32; i < x.width(4); ++i) {
          QCOMPARE(input_gradient[4 * features * 32 + f * x.width(4) + i], 0.0F);
        }
      }
    }
  }

  void embeddings_and_positions() {
    constexpr std::size_t features = 10;
    dnm::TrainedArray table;
    table.parameter.values = drawn(7 * features, 1);
    table.clear_gradient();
    dnm::Sentences tokens;
    const std::vector<std::uint32_t> first{3, 6, 3, 3};
    const std::vector<std::uint32_t> second{6};
    tokens.add(first.data(), first.size());
    tokens.add(second.data(), second.size());
    dnm::Positions positions(features);
    positions.make_room(2);
    positions.make_room(4);
    AlignedVector<float> output(features * 16, 5.0F);
    dnm::Workers workers(1);
    dnm::embed(table, positions, tokens, {output.data(), features, 5, 32}, workers);
    AlignedVector<float> given = drawn(features * 16, 2);
    dnm::embed_backward(tokens, {given.data(), features, 5, 32}, table, workers);
    const std::uint32_t places[] = {0, 1, 2, 3, 0};
    std::vector<double> gradient(7 * features);
    for (std::size_t i = 0; i < 16; ++i) {
      for (std::size_t f = 0; f < features; ++f) {
        const auto found = static_cast<double>(output[f * 16 + i]);
        if (i >= 5) {
          QCOMPARE(found, 0.0);
          continue;
        }
        const double angle = places[i] / std::pow(10000.0, static_cast<double>(f - f % 2) / features);
        const double row = static_cast<double>(table.values()[tokens.pieces[i] * features + f]);
        QVERIFY(std::abs(found - (row * std::sqrt(10.0) + (f % 2 == 0 ? std::sin(angle) : std::cos(angle)))) < 1e-5);
        gradient[tokens.pieces[i] * features + f] += std::sqrt(10.0) * static_cast<double>(given[f * 16 + i]);
      }
    }
    QVERIFY(relative_difference(table.gradient, gradient) < 1e-6);
  }

  void linear_layers_take_wide_tiles_and_add_data() {
    QTest::addColumn<samples::Pattern>("pattern");
    QTest::addColumn<bool>("blas");
    QTest::addColumn<std::size_t>("set");
    for (const bool blas : {false, true}) {
      for (const auto pattern : {samples::Pattern::random, samples::Pattern::empty_rows, samples::Pattern::full}) {
        for (std::size_t set = 0; set < (blas ? 1 : dnm::available_kernels().size()); ++set) {
          QTest::addRow("%d %d %d", static_cast<int>(blas), static_cast<int>(pattern), static_cast<int>(set))
              << pattern << blas << set;
        }
      }
    }
  }
  void linear_layers_take_wide_tiles_and_add() {
    QFETCH(samples::Pattern, pattern);
    QFETCH(bool, blas);
    QFETCH(std::size_t, set);
    const dnm::Mask mask = samples::mask(pattern, 45, 61, 1);
    const dnm::ModelState state = samples::state({mask}, 2);
    const auto layer = blas ? dnm::make_blas_layer(mask, state[0], state[1])
                            : dnm::make_sparse_layer(mask, state[0], state[1], *dnm::available_kernels()[set]);
    for (const std::size_t tokens : {300U, 40U, 5U}) {
      const unsigned full = 128;
      const std::size_t room = (tokens + full - 1) / full * full;
      const AlignedVector<float> input = drawn(45 * room, 3);
      AlignedVector<float> given = drawn(61 * room, 4);
      AlignedVector<float> output(61 * room);
      AlignedVector<float> input_gradient(45 * room, 0.25F);
      const dnm::Tiles<const float> x{input.data(), 45, tokens, full};
      const dnm::Tiles<float> dy{given.data(), 61, tokens, full};
      for (std::size_t i = tokens; i < x.columns(); ++i) {
        for (std::size_t o = 0; o < 61; ++o) dy.tile(i / full)[o * dy.width(i / full) + i % full] = 0.0F;
      }
      const auto at = [&](const auto& tiles, std::size_t neuron, std::size_t i) {
        return static_cast<double>(tiles.tile(i / full)[neuron * tiles.width(i / full) + i % full]);
      };
      layer->forward(x, {output.data(), 61, tokens, full}, true);
      layer->input_gradient(dy, {}, {input_gradient.data(), 45, tokens, full}, true);
      layer->gradient(x, dy, false);
      const dnm::LayerState gradients = layer->gradients();
      std::vector<double> weights;
      std::vector<double> biases(61);
      std::vector<double> back(45 * tokens, 0.25);
      double apart = 0.0;
      std::size_t link = 0;
      std::vector<double> sums(61 * tokens);
      for (std::uint32_t o = 0; o < 61; ++o) {
        for (std::size_t i = 0; i < tokens; ++i) {
          sums[o * tokens + i] = static_cast<double>(state[1].values[o]);
          biases[o] += at(dy, o, i);
        }
        for (const std::uint32_t source : mask.row(o)) {
          const auto weight = static_cast<double>(state[0].values[link++]);
          double slope = 0.0;
          for (std::size_t i = 0; i < tokens; ++i) {
            sums[o * tokens + i] += weight * at(x, source, i);
            back[source * tokens + i] += weight * at(dy, o, i);
            slope += at(dy, o, i) * at(x, source, i);
          }
          weights.push_back(slope);
        }
      }
      const dnm::Tiles<float> y{output.data(), 61, tokens, full};
      const dnm::Tiles<float> dx{input_gradient.data(), 45, tokens, full};
      for (std::size_t i = 0; i < tokens; ++i) {
        for (std::size_t o = 0; o < 61; ++o) {
          apart = std::max(apart, std::abs(at(y, o, i) - std::max(0.0, sums[o * tokens + i])));
        }
        for (std::size_t n = 0; n < 45; ++n) apart = std::max(apart, std::abs(at(dx, n, i) - back[n * tokens + i]));
      }
      QVERIFY2(apart < 1e-4, qPrintable(QString::number(apart)));
      QVERIFY(relative_difference(gradients.weights.values, weights) < 1e-5);
      QVERIFY(relative_difference(gradients.biases.values, biases) < 1e-5);
    }
  }

  void adam_is_the_formula() {
    const dnm::Adam adam({.beta1 = 0.8, .beta2 = 0.95, .epsilon = 1e-3});
    QCOMPARE(adam.slots().size(), std::size_t{2});
    std::vector<float> w(19);
    std::vector<float> m(19);
    std::vector<float> v(19);
    std::vector<double> exact(19);
    std::vector<double> mean(19);
    std::vector<double> square(19);
    for (int step = 0; step < 6; ++step) {
      AlignedVector<float> g = drawn(19, static_cast<std::uint64_t>(step));
      g[0] = 0.0F;
      for (std::size_t i = 0; i < 19; ++i) {
        mean[i] = 0.8 * mean[i] + 0.2 * static_cast<double>(g[i]);
        square[i] = 0.95 * square[i] + 0.05 * std::pow(static_cast<double>(g[i]), 2);
        exact[i] -= 0.01 * (mean[i] / (1 - std::pow(0.8, step + 1))) /
                    (std::sqrt(square[i] / (1 - std::pow(0.95, step + 1))) + 1e-3);
      }
      float* const slots[] = {m.data(), v.data()};
      adam.update(w, g, slots, 0.01, static_cast<std::uint64_t>(step));
    }
    QVERIFY(relative_difference(w, exact) < 1e-6);
    QCOMPARE(w[0], 0.0F);
  }
};

DNM_TEST(TestTokenLayers)
#include "test_token_layers.moc"
