// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/bench_threads.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>
#include <utility>
#include <vector>

#include "core/models/initialiser.h"
#include "core/support/median.h"
#include "core/support/thread_time.h"
#include "tests/benchmarks/random_images.h"
#include "training/layers/cross_entropy.h"
#include "training/layers/weight_init.h"
#include "training/models/mlp.h"
#include "training/models/mlp_kind.h"
#include "training/optimisers/sgd.h"
#include "training/support/devices.h"

namespace {

using Clock = std::chrono::steady_clock;
using dnm::median;

constexpr int rounds = 9;
constexpr double least_milliseconds = 120.0;  // of a measurement

struct Size {
  const char* layers;
  const char* sparsity;
  std::size_t batch;
};
constexpr Size sizes[] = {
    {"784,1568,1568,1568", "0.99", 32},      {"784,1568,1568,1568", "0.99", 128},
    {"784,1568,1568,1568", "0.99", 512},     {"784,1568,1568,1568", "0.8", 32},
    {"784,20000,20000,20000", "0.999", 32},  {"784,20000,20000,20000", "0.999", 128},
    {"784,20000,20000,20000", "0.999", 512}, {"784,20000,20000,20000", "0.99", 32},
};

double milliseconds_since(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

/// Milliseconds of one call on the wall, and the share of a processor that this thread had meanwhile.
template <class Call>
std::pair<double, double> time_calls(const Call& call) {
  const Clock::time_point start = Clock::now();
  const double own = dnm::thread_milliseconds();
  int calls = 0;
  do {
    call();
    ++calls;
  } while (milliseconds_since(start) < least_milliseconds);
  const double spent = milliseconds_since(start);
  return {spent / calls, (dnm::thread_milliseconds() - own) / spent};
}

void bench_size(const Size& size, unsigned threads) {
  dnm::ModelParameters parameters;
  dnm::set_from_text(parameters, "model", "random");
  dnm::set_from_text(parameters, "layers", size.layers);
  dnm::set_from_text(parameters, "sparsity", size.sparsity);
  const dnm::Topology topology =
      dnm::MlpKind().topology(dnm::generate(parameters).network, {.inputs = pixels, .outputs = classes});
  std::uint64_t links = 0;
  for (const dnm::NamedMask& layer : topology.layers) links += layer.mask.link_count();
  const dnm::ModelState state = dnm::first_state(topology.layers, dnm::WeightInit::swi, 0, 1);
  const dnm::ImageBatch batch = random_batch(size.batch);
  const dnm::SoftmaxCrossEntropy loss;
  const dnm::Sgd sgd({.momentum = 0.9, .weight_decay = 5e-4});
  const auto one = dnm::make_sparse_mlp(topology.layers, state, {loss});
  const auto several = dnm::make_sparse_mlp(topology.layers, state, {loss, 0.0, 0, threads, size.batch});
  const auto step = [&](dnm::Model& model) { model.step(batch, {sgd, 1e-4}, {}); };
  step(*one);
  step(*several);
  std::vector<double> times_of_one, times_of_several, ratios, shares;
  for (int round = 0; round < rounds; ++round) {
    const auto [time_of_one, share_of_one] = time_calls([&] { step(*one); });
    const auto [time_of_several, share] = time_calls([&] { step(*several); });
    times_of_one.push_back(time_of_one);
    times_of_several.push_back(time_of_several);
    ratios.push_back(time_of_one / time_of_several);
    shares.push_back(share_of_one);
  }
  std::printf("%-22s %5s  %4zu  %9zu  %9.3f  %9.3f  %6.2f  %5.2f-%-5.2f  %6.2f  %s\n", size.layers, size.sparsity,
              size.batch, static_cast<std::size_t>(links), median(times_of_one), median(times_of_several),
              median(ratios), *std::ranges::min_element(ratios), *std::ranges::max_element(ratios),
              *std::ranges::min_element(times_of_one) / *std::ranges::min_element(times_of_several),
              dnm::threads_worth(links, size.batch, threads) == 1 ? "stays at one thread" : "shared");
  std::fflush(stdout);
  if (median(shares) < 0.9) {
    std::printf("  other work: one thread had %.0f %% of a processor\n", 100.0 * median(shares));
  }
}

}  // namespace

void bench_threads(unsigned threads) {
  dnm::prepare_training_thread();
  std::printf("A step of SGD with 1 and with %u threads, wall clock in ms, %d rounds side by side\n\n", threads,
              rounds);
  std::printf("%-22s %5s  %4s  %9s  %9s  %9s  %6s  %11s  %6s\n", "layers, and 10 classes", "spars", "B", "links", "one",
              "several", "ratio", "range", "best");
  for (const Size& size : sizes) bench_size(size, threads);
}
