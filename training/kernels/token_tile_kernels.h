// SPDX-License-Identifier: GPL-3.0-or-later
// One source for every instruction set; see tile_kernels.h for why nothing of the standard library is called.
#pragma once

#include <cstddef>
#include <cstdint>

#include "training/kernels/tile_kernels.h"
#include "training/kernels/token_kernels.h"

namespace dnm {
namespace {

template <class Register>
struct TokenTileKernels {
  using Tile = TileKernels<Register>;
  using Vector = typename Tile::Vector;
  static constexpr std::size_t lanes = Tile::lanes;
  using Ints = decltype(Vector{} < Vector{});
  using Words [[gnu::vector_size(64)]] = std::uint32_t;
  using Pairs [[gnu::vector_size(64)]] = std::uint64_t;

  static Vector load(const float* from) { return Tile::load(from); }
  static void store(float* to, Vector value) { Tile::store(to, value); }
  static Vector all(float value) { return Tile::all(value); }
  static Ints load_ints(const std::uint32_t* from) {
    Ints made;
    __builtin_memcpy(&made, from, sizeof(made));
    return made;
  }

  /// exp, to about 1e-7 relative: 2^n·exp(r) with r in ±ln(2)/2 and Taylor's series; 0 below -87, no overflow.
  static Vector exp(Vector x) {
    const Ints too_low = x < -87.0F;
    x = too_low ? all(-87.0F) : x;
    x = x > 88.0F ? all(88.0F) : x;
    // Adding 1.5·2^23 rounds to whole numbers.
    const Vector n = (x * 1.44269504F + 12582912.0F) - 12582912.0F;
    const Vector r = (x - n * 0.693145752F) - n * 1.42860677e-6F;
    Vector sum = all(1.0F / 5040.0F);
    sum = sum * r + 1.0F / 720.0F;
    sum = sum * r + 1.0F / 120.0F;
    sum = sum * r + 1.0F / 24.0F;
    sum = sum * r + 1.0F / 6.0F;
    sum = sum * r + 0.5F;
    sum = sum * r + 1.0F;
    sum = sum * r + 1.0F;
    const Ints power = (__builtin_convertvector(n, Ints) + 127) << 23;
    Vector factor;
    __builtin_memcpy(&factor, &power, sizeof(factor));
    return too_low ? Vector{} : sum * factor;
  }
  static Vector inverse_root(Vector x) {
    Vector made;
    for (std::size_t i = 0; i < lanes; ++i) made[i] = 1.0F / __builtin_sqrtf(x[i]);
    return made;
  }

  static void normalise(std::size_t features, unsigned width, const float* input, const float* gain, const float* bias,
                        float epsilon, float* output, float* mean, float* inverse) {
    const float share = 1.0F / static_cast<float>(features);
    for (std::size_t c = 0; c < width; c += 16) {
      constexpr std::size_t parts = 16 / lanes;
      Vector sum[parts] = {};
      Vector square[parts] = {};
      for (std::size_t f = 0; f < features; ++f) {
        for (std::size_t p = 0; p < parts; ++p) sum[p] += load(input + f * width + c + p * lanes);
      }
      for (std::size_t p = 0; p < parts; ++p) sum[p] *= share;
      for (std::size_t f = 0; f < features; ++f) {
        for (std::size_t p = 0; p < parts; ++p) {
          const Vector apart = load(input + f * width + c + p * lanes) - sum[p];
          square[p] += apart * apart;
        }
      }
      for (std::size_t p = 0; p < parts; ++p) {
        square[p] = inverse_root(square[p] * share + epsilon);
        store(mean + c + p * lanes, sum[p]);
        store(inverse + c + p * lanes, square[p]);
      }
      for (std::size_t f = 0; f < features; ++f) {
        const Vector g = all(gain[f]);
        const Vector b = all(bias[f]);
        for (std::size_t p = 0; p < parts; ++p) {
          const std::size_t place = f * width + c + p * lanes;
          store(output + place, (load(input + place) - sum[p]) * square[p] * g + b);
        }
      }
    }
  }

  static void normalise_gradient(std::size_t features, unsigned width, const float* input, const float* mean,
                                 const float* inverse, const float* gain, const float* output_gradient,
                                 float* input_gradient, float* gain_gradient, float* bias_gradient) {
    const float share = 1.0F / static_cast<float>(features);
    Vector plain[widest_tile / lanes] = {};
    Vector along[widest_tile / lanes] = {};
    const std::size_t parts = width / lanes;
    for (std::size_t f = 0; f < features; ++f) {
      const Vector g = all(gain[f]);
      Vector gains{};
      Vector biases{};
      for (std::size_t p = 0; p < parts; ++p) {
        const std::size_t place = f * width + p * lanes;
        const Vector apart = (load(input + place) - load(mean + p * lanes)) * load(inverse + p * lanes);
        const Vector given = load(output_gradient + place);
        gains += given * apart;
        biases += given;
        plain[p] += given * g;
        along[p] += given * g * apart;
      }
      gain_gradient[f] = Tile::lane_sum(gains);
      bias_gradient[f] = Tile::lane_sum(biases);
    }
    for (std::size_t p = 0; p < parts; ++p) {
      plain[p] *= share;
      along[p] *= share;
    }
    for (std::size_t f = 0; f < features; ++f) {
      const Vector g = all(gain[f]);
      for (std::size_t p = 0; p < parts; ++p) {
        const std::size_t place = f * width + p * lanes;
        const Vector scale = load(inverse + p * lanes);
        const Vector apart = (load(input + place) - load(mean + p * lanes)) * scale;
        const Vector own = scale * (load(output_gradient + place) * g - plain[p] - apart * along[p]);
        store(input_gradient + place, load(input_gradient + place) + own);
      }
    }
  }

  /// high and low halves of the products of 16 words and a constant.
  static void wide_product(const Words& words, std::uint32_t factor, Words& high, Words& low) {
    Pairs pairs;
    __builtin_memcpy(&pairs, &words, sizeof(pairs));
    const Pairs even = (pairs & 0xFFFFFFFFU) * factor;
    const Pairs odd = (pairs >> 32) * factor;
    const Pairs highs = (even >> 32) | (odd & 0xFFFFFFFF00000000U);
    const Pairs lows = (even & 0xFFFFFFFFU) | (odd << 32);
    __builtin_memcpy(&high, &highs, sizeof(high));
    __builtin_memcpy(&low, &lows, sizeof(low));
  }

  /// The numbers of 128 elements: sixteen blocks of Philox4x32-10 as core/network/random.cpp has it.
  static void draw_chunk(const DropoutDraw& draw, std::uint64_t chunk, std::uint32_t* numbers) {
    Words c0;
    Words c1;
    for (std::uint32_t i = 0; i < 16; ++i) {
      c0[i] = static_cast<std::uint32_t>(chunk * 16 + i);
      c1[i] = static_cast<std::uint32_t>((chunk * 16 + i) >> 32);
    }
    Words c2 = Words{} + static_cast<std::uint32_t>(draw.stream);
    Words c3 = Words{} + static_cast<std::uint32_t>(draw.stream >> 32);
    auto key0 = static_cast<std::uint32_t>(draw.seed);
    auto key1 = static_cast<std::uint32_t>(draw.seed >> 32);
    for (int round = 0; round < 10; ++round) {
      Words high0;
      Words low0;
      Words high1;
      Words low1;
      wide_product(c0, 0xD2511F53U, high0, low0);
      wide_product(c2, 0xCD9E8D57U, high1, low1);
      c0 = high1 ^ c1 ^ key0;
      c1 = low1;
      c2 = high0 ^ c3 ^ key1;
      c3 = low0;
      key0 += 0x9E3779B9U;
      key1 += 0xBB67AE85U;
    }
    const Words words[4] = {c0, c1, c2, c3};
    for (std::size_t w = 0; w < 4; ++w) {
      const Words low = words[w] & 0xFFFFU;
      const Words high = words[w] >> 16;
      __builtin_memcpy(numbers + 32 * w, &low, sizeof(low));
      __builtin_memcpy(numbers + 32 * w + 16, &high, sizeof(high));
    }
  }

  /// Calls use(place, numbers) for each 16 elements: their place from 0, their numbers.
  template <class Use>
  static void for_drawn(const DropoutDraw& draw, std::uint64_t first, std::size_t count, const Use& use) {
    alignas(64) std::uint32_t numbers[128];
    for (std::size_t done = 0; done < count;) {
      const std::uint64_t element = first + done;
      draw_chunk(draw, element / 128, numbers);
      for (std::size_t i = element % 128; i < 128 && done < count; i += 16, done += 16) use(done, numbers + i);
    }
  }

  static void drop(const DropoutDraw& draw, std::uint64_t first, std::size_t count, const float* values,
                   const float* added, float* output) {
    if (draw.threshold == 0) {
      for (std::size_t i = 0; i < count; i += lanes) {
        store(output + i, added != nullptr ? load(values + i) + load(added + i) : load(values + i));
      }
      return;
    }
    const float scale = draw.scale();
    const auto threshold = static_cast<std::int32_t>(draw.threshold);
    for_drawn(draw, first, count, [&](std::size_t place, const std::uint32_t* numbers) {
      for (std::size_t i = 0; i < 16; i += lanes) {
        const Vector kept = load_ints(numbers + i) < threshold ? Vector{} : load(values + place + i) * scale;
        store(output + place + i, added != nullptr ? kept + load(added + place + i) : kept);
      }
    });
  }

  template <std::size_t rows, std::size_t vectors>
  static void multiply_block(std::size_t inner, const SmallFactor& factor, const float* right, std::size_t right_stride,
                             float* target, std::size_t target_stride, float scale, bool add) {
    Vector sum[rows][vectors] = {};
    for (std::size_t k = 0; k < inner; ++k) {
      Vector values[vectors];
      for (std::size_t v = 0; v < vectors; ++v) values[v] = load(right + k * right_stride + v * lanes);
      const float* left = factor.data + k * factor.inner_step;
      for (std::size_t i = 0; i < rows; ++i) {
        const Vector one = all(left[i * factor.row_step]);
        for (std::size_t v = 0; v < vectors; ++v) sum[i][v] += one * values[v];
      }
    }
    for (std::size_t i = 0; i < rows; ++i) {
      for (std::size_t v = 0; v < vectors; ++v) {
        float* to = target + i * target_stride + v * lanes;
        store(to, add ? load(to) + sum[i][v] * scale : sum[i][v] * scale);
      }
    }
  }
  template <std::size_t rows, std::size_t vectors>
  static void multiply_rows(std::size_t count, std::size_t inner, SmallFactor factor, const float* right,
                            std::size_t right_stride, float* target, std::size_t target_stride, float scale, bool add) {
    for (; count >= rows; count -= rows) {
      multiply_block<rows, vectors>(inner, factor, right, right_stride, target, target_stride, scale, add);
      factor.data += rows * factor.row_step;
      target += rows * target_stride;
    }
    if constexpr (rows > 1) {
      multiply_rows<rows / 2, vectors>(count, inner, factor, right, right_stride, target, target_stride, scale, add);
    }
  }
  static void multiply(std::size_t rows, std::size_t inner, std::size_t columns, const SmallFactor& factor,
                       const float* right, std::size_t right_stride, float* target, std::size_t target_stride,
                       float scale, bool add) {
    // Two registers of columns and as many rows as leave some of the registers free.
    constexpr std::size_t most = Register::registers == 32 ? 12 : 6;
    std::size_t c = 0;
    for (; columns - c >= 2 * lanes; c += 2 * lanes) {
      multiply_rows<most, 2>(rows, inner, factor, right + c, right_stride, target + c, target_stride, scale, add);
    }
    for (; c < columns; c += lanes) {
      multiply_rows<most, 1>(rows, inner, factor, right + c, right_stride, target + c, target_stride, scale, add);
    }
  }

  static void attend(std::size_t keys, std::size_t width, bool causal, const DropoutDraw& draw, std::uint64_t first,
                     const float* scores, float* weights, float* left) {
    Ints number;
    for (std::size_t i = 0; i < lanes; ++i) number[i] = static_cast<std::int32_t>(i);
    for (std::size_t q = 0; q < width; q += lanes) {
      const std::size_t end = causal && q + lanes < keys ? q + lanes : keys;
      const Ints query = number + static_cast<std::int32_t>(q);
      const auto hidden = [&](std::size_t k) { return causal && k > q; };
      Vector largest = load(scores + q);
      for (std::size_t k = 1; k < end; ++k) {
        Vector score = load(scores + k * width + q);
        if (hidden(k)) score = query < static_cast<std::int32_t>(k) ? largest : score;
        largest = score > largest ? score : largest;
      }
      Vector sum{};
      for (std::size_t k = 0; k < end; ++k) {
        Vector power = exp(load(scores + k * width + q) - largest);
        if (hidden(k)) power = query < static_cast<std::int32_t>(k) ? Vector{} : power;
        sum += power;
        store(weights + k * width + q, power);
      }
      const Vector share = 1.0F / sum;
      for (std::size_t k = 0; k < end; ++k) {
        store(weights + k * width + q, load(weights + k * width + q) * share);
      }
      for (std::size_t k = end; k < keys; ++k) store(weights + k * width + q, Vector{});
    }
    if (draw.threshold == 0) {
      if (left == weights) return;
      for (std::size_t i = 0; i < keys * width; i += lanes) store(left + i, load(weights + i));
      return;
    }
    const float scale = draw.scale();
    const auto threshold = static_cast<std::int32_t>(draw.threshold);
    for_drawn(draw, first, keys * width, [&](std::size_t place, const std::uint32_t* numbers) {
      for (std::size_t i = 0; i < 16; i += lanes) {
        const Vector weight = load(weights + place + i);
        const Ints dropped = load_ints(numbers + i) < threshold;
        store(left + place + i, dropped ? Vector{} : weight * scale);
        store(weights + place + i, dropped ? -weight : weight);
      }
    });
  }

  static void attend_gradient(std::size_t keys, std::size_t width, float drop_scale, const float* weights,
                              float* gradient, float scale) {
    for (std::size_t q = 0; q < width; q += lanes) {
      Vector sum{};
      for (std::size_t k = 0; k < keys; ++k) {
        const Vector weight = load(weights + k * width + q);
        // A dropped weight is negative, and adds nothing.
        sum += weight > 0.0F ? weight * load(gradient + k * width + q) : Vector{};
      }
      sum *= drop_scale;
      for (std::size_t k = 0; k < keys; ++k) {
        const Vector weight = load(weights + k * width + q);
        const Vector kept = weight > 0.0F ? load(gradient + k * width + q) * drop_scale : Vector{};
        const Vector size = weight > 0.0F ? weight : -weight;
        store(gradient + k * width + q, size * (kept - sum) * scale);
      }
    }
  }

  static void transpose(std::size_t rows, std::size_t columns, const float* from, std::size_t from_stride,
                        float drop_scale, float* target, std::size_t target_stride) {
    for (std::size_t first = 0; first < rows; first += 16) {
      const std::size_t end = first + 16 < rows ? first + 16 : rows;
      for (std::size_t c = 0; c < columns; ++c) {
        for (std::size_t r = first; r < end; ++r) {
          const float value = from[r * from_stride + c];
          target[c * target_stride + r] = drop_scale == 0.0F ? value : (value > 0.0F ? value * drop_scale : 0.0F);
        }
      }
    }
  }

  static void softmax_sums(std::size_t pieces, unsigned width, float* scores, bool keep, float* largest,
                           std::uint32_t* answer, float* power_sum, float* score_sum) {
    constexpr std::size_t parts = 16 / lanes;
    for (std::size_t c = 0; c < width; c += 16) {
      Vector most[parts];
      Vector total[parts];
      Ints best[parts] = {};
      for (std::size_t p = 0; p < parts; ++p) total[p] = most[p] = load(scores + c + p * lanes);
      for (std::size_t v = 1; v < pieces; ++v) {
        for (std::size_t p = 0; p < parts; ++p) {
          const Vector score = load(scores + v * width + c + p * lanes);
          const Ints more = score > most[p];
          total[p] += score;
          most[p] = more ? score : most[p];
          best[p] = more ? Ints{} + static_cast<std::int32_t>(v) : best[p];
        }
      }
      Vector sum[parts] = {};
      for (std::size_t v = 0; v < pieces; ++v) {
        for (std::size_t p = 0; p < parts; ++p) {
          float* place = scores + v * width + c + p * lanes;
          const Vector power = exp(load(place) - most[p]);
          sum[p] += power;
          if (keep) store(place, power);
        }
      }
      for (std::size_t p = 0; p < parts; ++p) {
        store(largest + c + p * lanes, most[p]);
        store(power_sum + c + p * lanes, sum[p]);
        store(score_sum + c + p * lanes, total[p]);
        __builtin_memcpy(answer + c + p * lanes, &best[p], sizeof(best[p]));
      }
    }
  }

  static void softmax_gradient(std::size_t pieces, unsigned width, float* gradient, const float* factor,
                               const float* less) {
    for (std::size_t v = 0; v < pieces; ++v) {
      for (std::size_t c = 0; c < width; c += lanes) {
        float* place = gradient + v * width + c;
        store(place, load(place) * load(factor + c) - load(less + c));
      }
    }
  }

  static void scale_all(std::size_t count, float factor, float* values) {
    for (std::size_t i = 0; i < count; ++i) values[i] *= factor;
  }

  static void add_up(std::size_t count, std::size_t length, const float* parts, float* target, bool add) {
    for (std::size_t i = 0; i < length; ++i) {
      float sum = add ? target[i] : 0.0F;
      for (std::size_t part = 0; part < count; ++part) sum += parts[part * length + i];
      target[i] = sum;
    }
  }

  static constexpr TokenKernels table{normalise,        normalise_gradient, drop,      multiply,
                                      attend,           attend_gradient,    transpose, softmax_sums,
                                      softmax_gradient, scale_all,          add_up};
};

}  // namespace
}  // namespace dnm
