// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <cmath>
#include <vector>

#include "core/network/random.h"
#include "samples.h"
#include "tests/support/test_class.h"
#include "token_samples.h"
#include "training/kernels/aligned_vector.h"
#include "training/kernels/dense_products.h"
#include "training/kernels/token_kernels.h"

using dnm::AlignedVector;
using dnm::DropoutDraw;
using dnm::TokenKernels;
using samples::add_token_kernels;
using samples::drawn;
using samples::relative_difference;

namespace {

/// The kept elements' factor, by the plain generator.
std::vector<double> keep_factors(const DropoutDraw& draw, std::uint64_t first, std::size_t count) {
  std::vector<double> factors;
  for (std::uint64_t element = first; element < first + count; ++element) {
    const dnm::DropoutWord word = dnm::dropout_word(element);
    dnm::Random random(draw.seed, draw.stream);
    std::uint32_t number = 0;
    for (std::uint64_t i = 0; i <= word.number; ++i) number = random.next32();
    const std::uint32_t bits = word.high ? number >> 16 : number & 0xFFFFU;
    factors.push_back(bits < draw.threshold ? 0.0 : 65536.0 / (65536.0 - draw.threshold));
  }
  return factors;
}

/// Attention of one head by plain loops: weights and what dropout leaves of them, keys × width.
struct PlainWeights {
  std::vector<double> weights, left;
};
PlainWeights plain_weights(std::size_t keys, std::size_t width, bool causal, const AlignedVector<float>& scores,
                           const std::vector<double>& factors) {
  PlainWeights made{std::vector<double>(keys * width), std::vector<double>(keys * width)};
  for (std::size_t q = 0; q < width; ++q) {
    const auto seen = [&](std::size_t k) { return !causal || k <= q; };
    double sum = 0.0;
    for (std::size_t k = 0; k < keys; ++k) {
      if (seen(k)) sum += std::exp(static_cast<double>(scores[k * width + q]));
    }
    for (std::size_t k = 0; k < keys; ++k) {
      const std::size_t place = k * width + q;
      made.weights[place] = seen(k) ? std::exp(static_cast<double>(scores[place])) / sum : 0.0;
      made.left[place] = made.weights[place] * factors[place];
    }
  }
  return made;
}

}  // namespace

class TestTokenKernels : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void layer_norm_and_its_gradient_data() { add_token_kernels(); }
  void layer_norm_and_its_gradient() {
    QFETCH(std::size_t, set);
    const TokenKernels& kernels = *dnm::available_token_kernels()[set];
    constexpr std::size_t features = 37;
    for (const unsigned width : {16U, 32U, 64U, 128U}) {
      const AlignedVector<float> input = drawn(features * width, 1, 3.0);
      const AlignedVector<float> gain = drawn(features, 2);
      const AlignedVector<float> bias = drawn(features, 3);
      const AlignedVector<float> given = drawn(features * width, 4);
      const AlignedVector<float> before = drawn(features * width, 5);
      AlignedVector<float> output(input.size());
      AlignedVector<float> input_gradient = before;
      AlignedVector<float> mean(width);
      AlignedVector<float> inverse(width);
      AlignedVector<float> gain_gradient(features);
      AlignedVector<float> bias_gradient(features);
      kernels.normalise(features, width, input.data(), gain.data(), bias.data(), 1e-6F, output.data(), mean.data(),
                        inverse.data());
      kernels.normalise_gradient(features, width, input.data(), mean.data(), inverse.data(), gain.data(), given.data(),
                                 input_gradient.data(), gain_gradient.data(), bias_gradient.data());
      // The norm in double precision, for any inputs.
      const auto plain = [&](const std::vector<double>& x, std::vector<double>& apart) {
        std::vector<double> y(x.size());
        apart.resize(x.size());
        for (std::size_t i = 0; i < width; ++i) {
          double average = 0.0;
          double variance = 0.0;
          for (std::size_t f = 0; f < features; ++f) average += x[f * width + i] / features;
          for (std::size_t f = 0; f < features; ++f) variance += std::pow(x[f * width + i] - average, 2) / features;
          for (std::size_t f = 0; f < features; ++f) {
            apart[f * width + i] = (x[f * width + i] - average) / std::sqrt(variance + 1e-6);
            y[f * width + i] = static_cast<double>(gain[f]) * apart[f * width + i] + static_cast<double>(bias[f]);
          }
        }
        return y;
      };
      const std::vector<double> x(input.begin(), input.end());
      std::vector<double> apart;
      QVERIFY(relative_difference(output, plain(x, apart)) < 1e-5);
      std::vector<double> gains(features);
      std::vector<double> biases(features);
      for (std::size_t f = 0; f < features; ++f) {
        for (std::size_t i = 0; i < width; ++i) {
          gains[f] += static_cast<double>(given[f * width + i]) * apart[f * width + i];
          biases[f] += static_cast<double>(given[f * width + i]);
        }
      }
      QVERIFY(relative_difference(gain_gradient, gains) < 1e-5);
      QVERIFY(relative_difference(bias_gradient, biases) < 1e-5);
      // Central differences of sum(given·output) at some inputs.
      std::vector<double> unused;
      for (const std::size_t place : {std::size_t{0}, std::size_t{width} + 3, features * width - 1}) {
        std::vector<double> up = x;
        std::vector<double> down = x;
        up[place] += 1e-4;
        down[place] -= 1e-4;
        const std::vector<double> more = plain(up, unused);
        const std::vector<double> less = plain(down, unused);
        double slope = 0.0;
        for (std::size_t k = 0; k < more.size(); ++k)
          slope += static_cast<double>(given[k]) * (more[k] - less[k]) / 2e-4;
        const double found = static_cast<double>(input_gradient[place]) - static_cast<double>(before[place]);
        QVERIFY(std::abs(found - slope) < 1e-4);
      }
    }
  }

  void dropout_is_drawn_as_by_the_plain_generator_data() { add_token_kernels(); }
  void dropout_is_drawn_as_by_the_plain_generator() {
    QFETCH(std::size_t, set);
    const TokenKernels& kernels = *dnm::available_token_kernels()[set];
    const DropoutDraw draw{(std::uint64_t{9} << 53) | 77, 0xD4A1000600000005U, 20000};
    constexpr std::size_t count = 400;
    const AlignedVector<float> values = drawn(count, 1);
    const AlignedVector<float> added = drawn(count, 2);
    for (const std::uint64_t first : {std::uint64_t{0}, std::uint64_t{16}, std::uint64_t{144}}) {
      const std::vector<double> factors = keep_factors(draw, first, count);
      AlignedVector<float> plain(count);
      AlignedVector<float> sum(count);
      kernels.drop(draw, first, count, values.data(), nullptr, plain.data());
      kernels.drop(draw, first, count, values.data(), added.data(), sum.data());
      for (std::size_t i = 0; i < count; ++i) {
        const double kept = static_cast<double>(values[i]) * factors[i];
        QVERIFY(std::abs(static_cast<double>(plain[i]) - kept) < 1e-6);
        QVERIFY(std::abs(static_cast<double>(sum[i]) - (kept + static_cast<double>(added[i]))) < 1e-6);
      }
    }
    // Far into the numbers, and how many are dropped.
    constexpr std::size_t many = 1 << 18;
    AlignedVector<float> ones(many, 1.0F);
    kernels.drop({1, 2, 6554}, std::uint64_t{1} << 36, many, ones.data(), nullptr, ones.data());
    const auto dropped = static_cast<double>(std::count(ones.begin(), ones.end(), 0.0F));
    QVERIFY(std::abs(dropped / many - 0.1) < 4 * std::sqrt(0.09 / many));
  }

  void small_products_data() { add_token_kernels(); }
  void small_products() {
    QFETCH(std::size_t, set);
    const TokenKernels& kernels = *dnm::available_token_kernels()[set];
    for (const std::size_t rows : {1U, 5U, 13U, 30U}) {
      for (const std::size_t columns : {16U, 32U, 48U}) {
        const std::size_t inner = rows + 4;
        const AlignedVector<float> left = drawn(rows * inner, 1);
        const AlignedVector<float> right = drawn(inner * columns, 2);
        AlignedVector<float> target = drawn(rows * columns, 3);
        std::vector<double> product(rows * columns);
        std::vector<double> sum(rows * columns);
        for (std::size_t i = 0; i < rows; ++i) {
          for (std::size_t c = 0; c < columns; ++c) {
            for (std::size_t k = 0; k < inner; ++k) {
              product[i * columns + c] +=
                  0.5 * static_cast<double>(left[i * inner + k]) * static_cast<double>(right[k * columns + c]);
            }
            sum[i * columns + c] = product[i * columns + c] + static_cast<double>(target[i * columns + c]);
          }
        }
        AlignedVector<float> transposed(left.size());
        kernels.transpose(rows, inner, left.data(), inner, 0.0F, transposed.data(), rows);
        kernels.multiply(rows, inner, columns, {left.data(), inner, 1}, right.data(), columns, target.data(), columns,
                         0.5F, true);
        QVERIFY(relative_difference(target, sum) < 1e-5);
        kernels.multiply(rows, inner, columns, {transposed.data(), 1, rows}, right.data(), columns, target.data(),
                         columns, 0.5F, false);
        QVERIFY(relative_difference(target, product) < 1e-5);
        AlignedVector<float> blas(target.size(), 1.0F);
        dnm::multiply({transposed.data(), inner, rows, rows}, dnm::Factor::transposed,
                      {right.data(), inner, columns, columns}, dnm::Factor::as_it_lies, blas.data(), columns, false);
        for (float& value : blas) value *= 0.5F;
        QVERIFY(relative_difference(blas, product) < 1e-5);
      }
    }
  }

  void attention_weights_and_their_gradient_data() { add_token_kernels(); }
  void attention_weights_and_their_gradient() {
    QFETCH(std::size_t, set);
    const TokenKernels& kernels = *dnm::available_token_kernels()[set];
    for (const bool causal : {false, true}) {
      for (const std::uint32_t threshold : {0U, 20000U}) {
        for (const std::size_t keys : {1U, 7U, 29U, 48U}) {
          const std::size_t width = causal ? (keys + 15) / 16 * 16 : 32;
          const std::size_t count = keys * width;
          const DropoutDraw draw{5, 6, threshold};
          const std::vector<double> factors = keep_factors(draw, 256, count);
          const AlignedVector<float> scores = drawn(count, keys, 4.0);
          AlignedVector<float> weights(count);
          AlignedVector<float> left(count);
          kernels.attend(keys, width, causal, draw, 256, scores.data(), weights.data(),
                         threshold == 0 ? weights.data() : left.data());
          if (threshold == 0) left = weights;
          const PlainWeights expected = plain_weights(keys, width, causal, scores, factors);
          QVERIFY(relative_difference(left, expected.left) < 1e-6);
          AlignedVector<float> again(count);
          kernels.transpose(keys, width, weights.data(), width, draw.scale(), again.data(), keys);
          const AlignedVector<float> given = drawn(count, 3);
          AlignedVector<float> gradient = given;
          kernels.attend_gradient(keys, width, draw.scale(), weights.data(), gradient.data(), 0.25F);
          std::vector<double> slopes(count);
          for (std::size_t q = 0; q < width; ++q) {
            for (std::size_t k = 0; k < keys; ++k) {
              QCOMPARE(again[q * keys + k], left[k * width + q]);
              // d weight j / d score k = weight j·([j = k] - weight k).
              double slope = 0.0;
              for (std::size_t j = 0; j < keys; ++j) {
                const std::size_t place = j * width + q;
                const double own = expected.weights[place] * ((j == k ? 1.0 : 0.0) - expected.weights[k * width + q]);
                slope += static_cast<double>(given[place]) * factors[place] * own;
              }
              slopes[k * width + q] = 0.25 * slope;
            }
          }
          if (keys > 1) QVERIFY(relative_difference(gradient, slopes) < 1e-5);
        }
      }
    }
  }
};

DNM_TEST(TestTokenKernels)
#include "test_token_kernels.moc"
