// SPDX-License-Identifier: GPL-3.0-or-later
// How fast a training step is: sparse kernels of every instruction set against masked dense LibTorch, side by side, and
// the seconds of a Fashion-MNIST epoch. One thread, whose own time counts. "bench_training quick" leaves the epochs
// out.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <functional>
#include <string_view>
#include <thread>
#include <vector>

#include "core/models/initialiser.h"
#include "core/network/random.h"
#include "core/support/error.h"
#include "training/engine/devices.h"
#include "training/engine/sparse_index.h"
#include "training/engine/weight_init.h"
#include "training/runs/background_run.h"

namespace {

constexpr int rounds = 7;
constexpr dnm::NodeIndex classes = 10;

struct Model {
  const char* name;
  const char* degree;
  const char* initialiser;
};
constexpr Model models[] = {{"random", "fixed", "random"},
                            {"DNM, all fixed", "fixed", "dnm"},
                            {"DNM, degree spatial Gaussian", "spatial-gaussian", "dnm"}};

dnm::NetworkPointer network(const Model& model) {
  dnm::ModelParameters parameters;
  dnm::set_from_text(parameters, "model", model.initialiser);
  dnm::set_from_text(parameters, "layers", "784,1568,1568,1568");
  dnm::set_from_text(parameters, "sparsity", "0.99");
  dnm::set_from_text(parameters, "degree", model.degree);
  return dnm::generate(parameters).network;
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

/// Milliseconds that this thread has computed: what others do on the machine counts little.
double thread_milliseconds() {
  std::timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) * 1e-6;
}

/// Milliseconds of one call, over enough calls to fill about `least` milliseconds.
double milliseconds(double least, const std::function<void()>& call) {
  int calls = 0;
  const double start = thread_milliseconds();
  double spent = 0.0;
  do {
    call();
    ++calls;
    spent = thread_milliseconds() - start;
  } while (spent < least);
  return spent / calls;
}

dnm::Batch random_batch(std::size_t size) {
  dnm::Random random(1);
  dnm::Batch batch(784, size);
  batch.resize(size);
  std::vector<float> pixels(784);
  for (std::size_t image = 0; image < size; ++image) {
    for (float& pixel : pixels) pixel = static_cast<float>(random.normal());
    batch.set_image(image, pixels, static_cast<std::uint32_t>(random.below(classes)));
  }
  return batch;
}

/// Bytes per millisecond that one core reads out of a buffer as large as a layer's activations (the C library's search
/// for an absent byte, which uses the widest loads there are).
double cache_bandwidth() {
  const std::vector<char> buffer(std::size_t{1568} * dnm::tile_width * sizeof(float), 'a');
  volatile bool found = false;
  const double spent = milliseconds(20, [&] { found = std::memchr(buffer.data(), 'b', buffer.size()) != nullptr; });
  return static_cast<double>(buffer.size()) / spent;
}

void bench_steps(const Model& model, std::size_t batch_size) {
  std::vector<dnm::Mask> masks = network(model)->masks();
  masks.push_back(dnm::full_mask(masks.back().n_out, classes));
  const dnm::ModelState state = dnm::first_state(masks, "swi", 0);
  const dnm::Batch batch = random_batch(batch_size);
  const dnm::SgdStep sgd{1e-4F, 0.9F, 5e-4F};

  struct Candidate {
    std::string name;
    std::unique_ptr<dnm::Mlp> engine;
    std::vector<double> times{};
    std::vector<double> ratios{};
  };
  std::vector<Candidate> candidates;
  candidates.push_back({"masked dense LibTorch", dnm::make_masked_mlp(masks, state, "cpu")});
  for (const dnm::SparseKernels* kernels : dnm::available_kernels()) {
    candidates.push_back({"sparse, " + std::string(kernels->label), dnm::make_sparse_mlp(masks, state, *kernels)});
  }
  std::vector<double> limits;
  // The three passes read one tile row of 4·batch bytes per link; the first layer has no input gradient.
  double bytes = 0.0;
  for (std::size_t i = 0; i < masks.size(); ++i) {
    bytes += static_cast<double>(masks[i].link_count() * batch_size * sizeof(float)) * (i == 0 ? 2 : 3);
  }
  for (Candidate& candidate : candidates) candidate.engine->step(batch, sgd, {});
  for (int round = 0; round < rounds; ++round) {
    for (Candidate& candidate : candidates) {
      candidate.times.push_back(milliseconds(40, [&] { candidate.engine->step(batch, sgd, {}); }));
      candidate.ratios.push_back(candidates.front().times.back() / candidate.times.back());
    }
    limits.push_back(bytes / cache_bandwidth());
  }
  std::printf("%s, batch %zu\n", model.name, batch_size);
  for (const Candidate& candidate : candidates) {
    std::printf("  %-24s %8.3f ms", candidate.name.c_str(), median(candidate.times));
    if (&candidate != &candidates.front()) {
      std::printf("  %6.1f x  %3.0f %% of the cache-bandwidth limit", median(candidate.ratios),
                  100 * median(limits) / median(candidate.times));
    }
    std::printf("\n");
  }
}

void bench_epoch(const Model& model) {
  dnm::TrainingSettings settings;
  settings.epochs = 5;
  dnm::BackgroundRun run(dnm::make_plan(network(model), settings));
  std::vector<double> seconds;
  for (;;) {
    const dnm::TrainingProgress progress = run.poll();
    for (const dnm::EpochResult& result : progress.epochs_done) seconds.push_back(result.seconds);
    if (dnm::is_over(progress.state)) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  if (!seconds.empty()) std::printf("  %-28s %6.3f s\n", model.name, median(seconds));
}

}  // namespace

int main(int argc, char** argv) {
  dnm::prepare_training_thread();
  std::printf("784-1568-1568-1568-10 at 99 %% sparsity, one thread, its CPU time, median of %d\n\n", rounds);
  for (const Model& model : models) {
    for (const std::size_t batch_size : {std::size_t{32}, std::size_t{128}}) bench_steps(model, batch_size);
  }
  if (argc > 1 && std::string_view(argv[1]) == "quick") return 0;
  std::printf("\nFashion-MNIST epoch with evaluation, batch 32, wall time, median of 5\n");
  try {
    for (const Model& model : models) bench_epoch(model);
  } catch (const dnm::Error& error) {
    std::printf("  %s\n", error.what());
  }
  return 0;
}
