// SPDX-License-Identifier: GPL-3.0-or-later
// How fast a training step is: sparse kernels of every instruction set and the automatic choice of engines against
// masked dense LibTorch, side by side in one process, the cost of rewiring, and the seconds of a Fashion-MNIST epoch.
// One thread, whose own time counts. "bench_training quick" leaves the epochs out, "bench_training density" walks
// densities alone, "bench_training rewiring" times the rules, "bench_training threads" steps of one and of all
// threads side by side, "bench_training threads 4" of one and four, and "bench_training transformer" the
// steps of a Transformer on one thread, "bench_training transformer 2" on two,
// "bench_training transformer density" at the densities where masked products overtake.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "core/models/initialiser.h"
#include "core/support/error.h"
#include "core/support/median.h"
#include "core/support/parallel.h"
#include "core/support/thread_time.h"
#include "tests/benchmarks/bench_rewiring.h"
#include "tests/benchmarks/bench_threads.h"
#include "tests/benchmarks/bench_transformer.h"
#include "tests/benchmarks/random_images.h"
#include "training/layers/cross_entropy.h"
#include "training/layers/engine_choice.h"
#include "training/layers/weight_init.h"
#include "training/models/mlp.h"
#include "training/models/mlp_kind.h"
#include "training/optimisers/sgd.h"
#include "training/rewiring/topology_change.h"
#include "training/runs/background_run.h"
#include "training/support/devices.h"

namespace {

using dnm::median;
using dnm::thread_milliseconds;

constexpr int rounds = 5;

struct Model {
  const char* name;
  const char* degree;
  const char* initialiser;
  const char* sparsity = "0.99";
};
constexpr Model models[] = {{"random", "fixed", "random"},
                            {"DNM, all fixed", "fixed", "dnm"},
                            {"DNM, degree spatial Gaussian", "spatial-gaussian", "dnm"}};

dnm::NetworkPointer network(const Model& model) {
  dnm::ModelParameters parameters;
  dnm::set_from_text(parameters, "model", model.initialiser);
  dnm::set_from_text(parameters, "layers", "784,1568,1568,1568");
  dnm::set_from_text(parameters, "sparsity", model.sparsity);
  dnm::set_from_text(parameters, "degree", model.degree);
  return dnm::generate(parameters).network;
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

/// Bytes per millisecond that one core reads out of a buffer as large as a layer's activations (the C library's search
/// for an absent byte, which uses the widest loads there are).
double cache_bandwidth() {
  const std::vector<char> buffer(std::size_t{1568} * dnm::tile_width * sizeof(float), 'a');
  volatile bool found = false;
  const double spent = milliseconds(20, [&] { found = std::memchr(buffer.data(), 'b', buffer.size()) != nullptr; });
  return static_cast<double>(buffer.size()) / spent;
}

void bench_steps(const Model& model, std::size_t batch_size, bool every_set) {
  const dnm::Topology topology = dnm::MlpKind().topology(network(model), {.inputs = pixels, .outputs = classes});
  const std::vector<dnm::NamedMask>& layers = topology.layers;
  const dnm::ModelState state = dnm::first_state(layers, dnm::WeightInit::swi, 0, 1);
  const dnm::ImageBatch batch = random_batch(batch_size);
  const dnm::SoftmaxCrossEntropy loss;
  const dnm::Sgd sgd({.momentum = 0.9, .weight_decay = 5e-4});
  const dnm::LearningStep step{sgd, 1e-4};

  struct Candidate {
    std::string name;
    std::unique_ptr<dnm::Model> engine;
    std::vector<double> times{};
    std::vector<double> ratios{};
  };
  std::vector<Candidate> candidates;
  candidates.push_back({"masked dense LibTorch", dnm::make_masked_mlp(layers, state, {loss}, dnm::Device::cpu)});
  const auto kernels = dnm::available_kernels();
  for (const dnm::SparseKernels* set : every_set ? kernels : kernels.last(1)) {
    candidates.push_back({"sparse, " + std::string(set->label), dnm::make_sparse_mlp(layers, state, {loss}, *set)});
  }
  std::string chosen;
  const auto engines = dnm::choose_engines(dnm::time_layers(layers, batch_size));
  for (const dnm::Engine engine : engines) chosen += dnm::engine_id(engine).front();
  const bool all_masked = chosen.find('s') == std::string::npos;
  candidates.push_back({"auto (" + chosen + ")", all_masked
                                                     ? dnm::make_masked_mlp(layers, state, {loss}, dnm::Device::cpu)
                                                     : dnm::make_layered_mlp(layers, state, {loss}, engines)});
  std::vector<double> limits;
  // The three passes read one tile row of 4·batch bytes per link; the first layer has no input gradient.
  double bytes = 0.0;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    bytes += static_cast<double>(layers[i].mask.link_count() * batch_size * sizeof(float)) * (i == 0 ? 2 : 3);
  }
  for (Candidate& candidate : candidates) candidate.engine->step(batch, step, {});
  for (int round = 0; round < rounds; ++round) {
    for (Candidate& candidate : candidates) {
      candidate.times.push_back(milliseconds(40, [&] { candidate.engine->step(batch, step, {}); }));
      candidate.ratios.push_back(candidates.front().times.back() / candidate.times.back());
    }
    limits.push_back(bytes / cache_bandwidth());
  }
  std::printf("%s, batch %zu\n", model.name, batch_size);
  for (const Candidate& candidate : candidates) {
    std::printf("  %-24s %8.3f ms", candidate.name.c_str(), median(candidate.times));
    if (&candidate != &candidates.front()) {
      std::printf("  %6.2f x  %3.0f %% of the cache-bandwidth limit", median(candidate.ratios),
                  100 * median(limits) / median(candidate.times));
    }
    std::printf("\n");
  }
}

/// What a change of topology costs a sparse layer: its numbers move with their links, and both orders are made again.
void bench_rewiring(const char* layers) {
  dnm::ModelParameters parameters;
  dnm::set_from_text(parameters, "model", "random");
  dnm::set_from_text(parameters, "layers", layers);
  dnm::set_from_text(parameters, "sparsity", "0.99");
  const dnm::Mask from = dnm::generate(parameters).network->masks().front();
  parameters.seed = 1;
  const dnm::Mask to = dnm::generate(parameters).network->masks().front();
  const std::vector<dnm::NamedMask> layer{{"layer1", from}};
  const dnm::ModelState state = dnm::first_state(layer, dnm::WeightInit::swi, 0, 1);
  const dnm::SoftmaxCrossEntropy loss;
  const auto engine = dnm::make_sparse_mlp(layer, state, {loss});
  std::vector<double> times;
  for (int round = 0; round < rounds; ++round) {
    times.push_back(milliseconds(40, [&] { engine->rewire(0, to, dnm::carried_over(from, state.front(), to)); }));
  }
  std::printf("  %-12s %10zu links  %8.3f ms  %5.1f ns a link\n", layers, static_cast<std::size_t>(to.link_count()),
              median(times), 1e6 * median(times) / static_cast<double>(to.link_count()));
}

void bench_epoch(const Model& model) {
  dnm::TrainingSettings settings;
  settings.epochs = 5;
  dnm::BackgroundRun run(dnm::make_plan(network(model), settings));
  std::vector<double> seconds;
  for (;;) {
    const dnm::TrainingProgress progress = run.poll();
    for (const dnm::EpochResult& result : progress.epochs_done) seconds.push_back(result.values["seconds"]);
    if (dnm::is_over(progress.state)) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  if (!seconds.empty()) std::printf("  %-28s %6.3f s\n", model.name, median(seconds));
}

}  // namespace

/// Densities from the sparse engine's home to that of the dense products.
void bench_densities() {
  const std::pair<const char*, const char*> densities[] = {
      {"1 %", "0.99"}, {"5 %", "0.95"}, {"10 %", "0.9"}, {"25 %", "0.75"}, {"50 %", "0.5"}};
  for (const auto& [density, sparsity] : densities) {
    for (const char* initialiser : {"random", "dnm"}) {
      const std::string name = std::string(initialiser) + (initialiser[0] == 'd' ? " (blocks), " : ", ") + density;
      for (const std::size_t batch_size : {std::size_t{32}, std::size_t{128}}) {
        bench_steps({name.c_str(), "fixed", initialiser, sparsity}, batch_size, false);
      }
    }
  }
}

int main(int argc, char** argv) {
  const std::string_view part = argc > 1 ? argv[1] : "";
  if (part == "transformer" && argc <= 3) {
    const std::string_view how = argc == 3 ? argv[2] : "";
    bench_transformer(how == "2" ? 2 : 1, how == "density");
    return 0;
  }
  if (part == "threads" && argc <= 3) {
    const int asked = argc == 3 ? std::atoi(argv[2]) : 0;
    bench_threads(asked > 0 ? static_cast<unsigned>(asked) : dnm::available_threads());
    return 0;
  }
  dnm::prepare_training_thread();
  if (argc > 2 || (part != "" && part != "density" && part != "quick" && part != "rewiring")) {
    std::fprintf(stderr,
                 "usage: bench_training [density | quick | rewiring | threads [N] | transformer [2 | density]]\n");
    return 2;
  }
  std::printf("784-1568-1568-1568-10, one thread, its CPU time, median of %d\n\n", rounds);
  if (part == "rewiring") {
    bench_rules();
    return 0;
  }
  if (part == "density") {
    bench_densities();
    return 0;
  }
  std::printf("At 99 %% sparsity\n");
  for (const Model& model : models) {
    for (const std::size_t batch_size : {std::size_t{32}, std::size_t{128}}) bench_steps(model, batch_size, true);
  }
  std::printf("\nChange of topology\n");
  for (const char* layers : {"1568,1568", "5000,5000", "15000,15000"}) bench_rewiring(layers);
  if (part == "quick") return 0;
  std::printf("\nFashion-MNIST epoch with evaluation, batch 32, wall time, median of 5\n");
  try {
    for (const Model& model : models) bench_epoch(model);
  } catch (const dnm::Error& error) {
    std::printf("  %s\n", error.what());
  }
  return 0;
}
