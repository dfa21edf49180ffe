// SPDX-License-Identifier: GPL-3.0-or-later
// The kernels' one source, compiled once per instruction set by a file that includes it. Everything has internal
// linkage and nothing of the standard library is called: a function shared between these objects could be merged by
// the linker into its AVX-512 form and then run on a machine without it.
#pragma once

#include <cstddef>
#include <cstdint>

#include "training/kernels/sparse_kernels.h"

namespace dnm {
namespace {

/// Register: the instruction set's widest vector of floats. It has `lanes`, `Vector`, `Loose` (the same anywhere in
/// memory) and fold<count>(a, b), the steps of adding up the lanes of many registers at once: `lanes` registers go
/// through a tree, each step folding two into one, and the sums come out in order for lanes-1 additions.
template <class Register>
struct TileKernels {
  using Vector = typename Register::Vector;
  using Loose = typename Register::Loose;
  static constexpr std::size_t lanes = Register::lanes;

  static Vector load(const float* from) { return *reinterpret_cast<const Loose*>(from); }
  static void store(float* to, Vector value) { *reinterpret_cast<Loose*>(to) = value; }
  static Vector all(float value) { return value - Vector{}; }

  template <unsigned width>
  static void forward_tile(const LinkIndex& index, const float* weights, const float* biases, const float* input,
                           float* output, bool rectify) {
    constexpr std::size_t parts = width / lanes;
    for (std::size_t o = 0; o < index.n_out; ++o) {
      Vector sum[parts];
      for (std::size_t p = 0; p < parts; ++p) sum[p] = all(biases[o]);
      const std::uint32_t end = index.row_begin[o + 1];
      for (std::uint32_t l = index.row_begin[o]; l < end; ++l) {
        const float* source = input + std::size_t{index.column[l]} * width;
        const Vector weight = all(weights[l]);
        for (std::size_t p = 0; p < parts; ++p) sum[p] += weight * load(source + p * lanes);
      }
      float* target = output + o * width;
      for (std::size_t p = 0; p < parts; ++p) {
        if (rectify) sum[p] = sum[p] < 0.0F ? Vector{} : sum[p];
        store(target + p * lanes, sum[p]);
      }
    }
  }

  template <unsigned width>
  static void input_gradient_tile(const LinkIndex& index, const float* weights, const float* output_gradient,
                                  const float* input, float* input_gradient, bool add) {
    constexpr std::size_t parts = width / lanes;
    for (std::size_t i = 0; i < index.n_in; ++i) {
      Vector sum[parts];
      for (std::size_t p = 0; p < parts; ++p) sum[p] = Vector{};
      const std::uint32_t end = index.column_begin[i + 1];
      for (std::uint32_t k = index.column_begin[i]; k < end; ++k) {
        const float* source = output_gradient + std::size_t{index.by_column_row[k]} * width;
        const Vector weight = all(weights[index.by_column_link[k]]);
        for (std::size_t p = 0; p < parts; ++p) sum[p] += weight * load(source + p * lanes);
      }
      float* target = input_gradient + i * width;
      for (std::size_t p = 0; p < parts; ++p) {
        if (input != nullptr) sum[p] = load(input + i * width + p * lanes) > 0.0F ? sum[p] : Vector{};
        if (add) sum[p] += load(target + p * lanes);
        store(target + p * lanes, sum[p]);
      }
    }
  }

  /// The products of one link over the tile, folded into one register.
  template <unsigned width>
  static Vector products(const float* a, const float* b) {
    Vector sum = load(a) * load(b);
    for (std::size_t p = 1; p < width / lanes; ++p) sum += load(a + p * lanes) * load(b + p * lanes);
    return sum;
  }

  /// Lane sums of `count` registers made by term(first), term(first + 1), …
  template <std::size_t count, class Term>
  static Vector sums(const Term& term, std::uint32_t first) {
    if constexpr (count == 1) {
      return term(first);
    } else {
      const Vector a = sums<count / 2>(term, first);
      return Register::template fold<count>(a, sums<count / 2>(term, first + count / 2));
    }
  }

  /// The gradients of `lanes` neighbouring links.
  template <unsigned width>
  static Vector link_gradients(const LinkIndex& index, const float* input, const float* output_gradient,
                               std::uint32_t first) {
    return sums<lanes>(
        [&](std::uint32_t l) {
          return products<width>(output_gradient + std::size_t{index.row[l]} * width,
                                 input + std::size_t{index.column[l]} * width);
        },
        first);
  }
  template <unsigned width>
  static float link_gradient(const LinkIndex& index, const float* input, const float* output_gradient,
                             std::uint32_t l) {
    return lane_sum(products<width>(output_gradient + std::size_t{index.row[l]} * width,
                                    input + std::size_t{index.column[l]} * width));
  }
  template <unsigned width>
  static float bias_gradient(const float* output_gradient, std::size_t o) {
    Vector sum = load(output_gradient + o * width);
    for (std::size_t p = 1; p < width / lanes; ++p) sum += load(output_gradient + o * width + p * lanes);
    return lane_sum(sum);
  }
  static float lane_sum(Vector v) {
    float sum = 0.0F;
    for (std::size_t i = 0; i < lanes; ++i) sum += v[i];
    return sum;
  }

  template <unsigned width>
  static void gradient_tile(const LinkIndex& index, const float* input, const float* output_gradient,
                            float* weight_gradient, float* bias_gradients, bool add) {
    std::uint32_t l = 0;
    for (; index.links - l >= lanes; l += lanes) {
      Vector g = link_gradients<width>(index, input, output_gradient, l);
      if (add) g += load(weight_gradient + l);
      store(weight_gradient + l, g);
    }
    for (; l < index.links; ++l) {
      const float g = link_gradient<width>(index, input, output_gradient, l);
      weight_gradient[l] = add ? weight_gradient[l] + g : g;
    }
    for (std::size_t o = 0; o < index.n_out; ++o) {
      const float g = bias_gradient<width>(output_gradient, o);
      bias_gradients[o] = add ? bias_gradients[o] + g : g;
    }
  }

  template <class Number>
  static void descend(Number g, Number& w, Number& v, const SgdStep& step) {
    v = step.momentum * v + (g + step.weight_decay * w);
    w -= step.learning_rate * v;
  }

  template <unsigned width>
  static void update_tile(const LinkIndex& index, const float* input, const float* output_gradient,
                          const float* earlier_weight_gradient, const float* earlier_bias_gradient,
                          const LayerArrays& layer, const SgdStep& step) {
    std::uint32_t l = 0;
    for (; index.links - l >= lanes; l += lanes) {
      Vector g = link_gradients<width>(index, input, output_gradient, l);
      if (earlier_weight_gradient != nullptr) g += load(earlier_weight_gradient + l);
      Vector w = load(layer.weights + l);
      Vector v = load(layer.weight_momentum + l);
      descend(g, w, v, step);
      store(layer.weights + l, w);
      store(layer.weight_momentum + l, v);
    }
    for (; l < index.links; ++l) {
      float g = link_gradient<width>(index, input, output_gradient, l);
      if (earlier_weight_gradient != nullptr) g += earlier_weight_gradient[l];
      descend(g, layer.weights[l], layer.weight_momentum[l], step);
    }
    for (std::size_t o = 0; o < index.n_out; ++o) {
      float g = bias_gradient<width>(output_gradient, o);
      if (earlier_bias_gradient != nullptr) g += earlier_bias_gradient[o];
      descend(g, layer.biases[o], layer.bias_momentum[o], step);
    }
  }

  /// Calls use.operator()<width>() with the width as a constant.
  template <class Use>
  static void with_width(unsigned width, const Use& use) {
    switch (width) {
      case 16:
        return use.template operator()<16>();
      case 32:
        return use.template operator()<32>();
      case 64:
        return use.template operator()<64>();
      default:
        return use.template operator()<128>();
    }
  }

  static void forward(const LinkIndex& index, unsigned width, const float* weights, const float* biases,
                      const float* input, float* output, bool rectify) {
    with_width(width, [&]<unsigned w> { forward_tile<w>(index, weights, biases, input, output, rectify); });
  }
  static void input_gradient(const LinkIndex& index, unsigned width, const float* weights, const float* output_gradient,
                             const float* input, float* input_gradient, bool add) {
    with_width(width, [&]<unsigned w> {
      input_gradient_tile<w>(index, weights, output_gradient, input, input_gradient, add);
    });
  }
  static void gradient(const LinkIndex& index, unsigned width, const float* input, const float* output_gradient,
                       float* weight_gradient, float* bias_gradients, bool add) {
    with_width(width, [&]<unsigned w> {
      gradient_tile<w>(index, input, output_gradient, weight_gradient, bias_gradients, add);
    });
  }
  static void update(const LinkIndex& index, unsigned width, const float* input, const float* output_gradient,
                     const float* earlier_weight_gradient, const float* earlier_bias_gradient, const LayerArrays& layer,
                     const SgdStep& step) {
    with_width(width, [&]<unsigned w> {
      update_tile<w>(index, input, output_gradient, earlier_weight_gradient, earlier_bias_gradient, layer, step);
    });
  }
};

}  // namespace
}  // namespace dnm
