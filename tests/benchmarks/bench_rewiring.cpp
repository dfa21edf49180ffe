// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/bench_rewiring.h"

#include <algorithm>
#include <cstdio>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "core/link_prediction/link_score.h"
#include "core/models/initialiser.h"
#include "core/support/error.h"
#include "core/support/median.h"
#include "core/support/thread_time.h"
#include "tests/benchmarks/random_images.h"
#include "training/data/image_batch.h"
#include "training/layers/cross_entropy.h"
#include "training/layers/engine_choice.h"
#include "training/models/mlp_kind.h"
#include "training/rewiring/composed_rule.h"
#include "training/rewiring/rewiring_table.h"
#include "training/rewiring/topology_change.h"
#include "training/runs/training_loop.h"

namespace {

using dnm::median;
using dnm::thread_milliseconds;

constexpr int rounds = 5;
constexpr const char* paper_layers = "784,1568,1568,1568";

dnm::NetworkPointer random_network(const std::string& layers, double sparsity, std::uint64_t seed) {
  dnm::ModelParameters parameters;
  dnm::set_from_text(parameters, "model", "random");
  dnm::set_from_text(parameters, "layers", layers);
  parameters.shared.sparsity = sparsity;
  parameters.seed = seed;
  return dnm::generate(parameters).network;
}

class GradientsOfModel : public dnm::GradientSource {
 public:
  GradientsOfModel(dnm::Model& model, const dnm::Batch& batch) : model_(model), batch_(batch) {}
  void cells(std::span<const std::size_t> layers, std::int64_t /*batches*/, const Use& use) override {
    model_.dense_gradients(layers, batch_, use);
  }

 private:
  dnm::Model& model_;
  const dnm::Batch& batch_;
};

/// Milliseconds of an update of all layers as a run makes it, and of the rule's part in it.
std::pair<double, double> time_update(const dnm::RewiringMethod& method, double sparsity) {
  const dnm::ImageBatch batch = random_batch(32);
  const dnm::SoftmaxCrossEntropy loss;
  const dnm::StepPosition at{1874, 1875, 100};  // the end of the first epoch of a hundred
  const std::vector<std::vector<std::size_t>> chains{{0, 1, 2}};
  std::vector<double> all, decided;
  for (std::uint64_t round = 0; round < rounds; ++round) {
    const dnm::MlpKind kind;
    dnm::Topology topology =
        kind.topology(random_network(paper_layers, sparsity, round), {.inputs = pixels, .outputs = classes});
    dnm::TrainingSettings settings;
    settings.seed = round;
    settings.weight_init = method.weight_init;
    const std::vector<dnm::Engine> engines(topology.layers.size(),
                                           sparsity > 0.9 ? dnm::Engine::sparse : dnm::Engine::masked);
    const auto model = kind.make(topology, kind.first_state(topology, {}, settings, 1, {}), {engines, dnm::Device::cpu},
                                 settings, loss);
    const auto rule = method.make({{"final-sparsity", 0.99}});
    GradientsOfModel gradients(*model, batch);
    const double start = thread_milliseconds();
    static_cast<void>(model->evaluate(batch));
    const dnm::ModelState state = model->state();
    std::vector<dnm::SparseLayer> layers;
    for (std::size_t i = 0; i < 3; ++i)
      layers.push_back({topology.layers[i].name, topology.layers[i].mask, state[2 * i].values});
    const double asked = thread_milliseconds();
    dnm::RewiringResult result = rule->rewired({at, layers, chains, {}, gradients, round, dnm::TaskControl{}});
    const double answered = thread_milliseconds();
    for (std::size_t i = 0; i < 3; ++i) {
      const dnm::Mask& mask = result.layers[i].mask;
      dnm::LayerChange change;
      dnm::note_difference(topology.layers[i].mask, mask, change);
      model->rewire(i, mask, dnm::carried_over(topology.layers[i].mask, state[2 * i], mask));
    }
    all.push_back(thread_milliseconds() - start);
    decided.push_back(answered - asked);
  }
  return {median(all), median(decided)};
}

void bench_updates() {
  std::printf("One update of 784-1568-1568-1568, all layers; goals at 99 %%: CHTs 120, RigL 150, SET 30 ms\n");
  std::printf("  %-10s %10s %12s %12s\n", "", "sparsity", "update", "of that rule");
  for (const dnm::RewiringMethod& method : dnm::rewiring_table()) {
    if (method.rows.empty()) continue;
    const bool falls =
        std::ranges::any_of(method.rows, [](const dnm::PartRow& row) { return row.info.id == "start-sparsity"; });
    const double sparsity = falls ? 0.5 : 0.99;
    const auto [all, decided] = time_update(method, sparsity);
    std::printf("  %-10s %10.2f %9.1f ms %9.1f ms\n", std::string(method.choice.id).c_str(), sparsity, all, decided);
    std::fflush(stdout);
  }
}

double time_scores(const dnm::Mask& mask, dnm::LinkScore score, dnm::ScoreMethod method, int times) {
  std::vector<double> milliseconds;
  double sum = 0.0;
  for (int round = 0; round < times; ++round) {
    const double start = thread_milliseconds();
    dnm::score_missing_links(
        mask, score, [&](dnm::NodeIndex, std::span<const double> scores) { sum += scores.front(); }, {}, method);
    milliseconds.push_back(thread_milliseconds() - start);
  }
  static_cast<void>(sum);
  return median(milliseconds);
}

/// Both ways, and the one that is chosen.
void bench_scores() {
  std::printf("\nScores of all missing links, ms; goal for 3072 x 3072 at 1 %%: 1,000\n");
  std::printf("  %-11s %7s  %-8s %10s %10s %10s\n", "layer", "density", "score", "paths", "products", "chosen");
  for (const char* layers : {"256,256", "784,1568", "1568,1568", "3072,3072"}) {
    for (const double density : {0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.4}) {
      const dnm::Mask mask = random_network(layers, 1.0 - density, 0)->masks().front();
      const double in = mask.n_in, out = mask.n_out, links = static_cast<double>(mask.link_count());
      const double steps = 2.0 * links * (links / in) * (links / out);
      const double multiplications = 2.0 * in * out * (in + out);
      for (const dnm::LinkScore score : {dnm::LinkScore::ch2_l3n, dnm::LinkScore::ch3_l3p}) {
        const std::string name(dnm::link_score_choices()[static_cast<std::size_t>(score)].label);
        const int times = steps < 3e8 && multiplications < 2e10 ? rounds : 1;
        const bool walked = steps < 3e9;
        const double paths = walked ? time_scores(mask, score, dnm::ScoreMethod::paths, times)
                                    : std::numeric_limits<double>::quiet_NaN();
        std::printf("  %-11s %5.0f %%  %-8s %10.1f", layers, 100.0 * density, name.c_str(), paths);
        if (score != dnm::LinkScore::ch3_l3p) {
          const double products = time_scores(mask, score, dnm::ScoreMethod::products, times);
          const double chosen = time_scores(mask, score, dnm::ScoreMethod::automatic, 1);
          std::printf(" %10.1f %10.1f", products, chosen);
        }
        std::printf("\n");
        std::fflush(stdout);
      }
    }
  }
}

/// Epochs of CHTss from 50 %: what a step costs at the densities that it passes.
void bench_falling_density() {
  std::printf("\nCHTss, 50 %% to 1 %%: a step of 32 images at the densities of its first half, by the faster engine\n");
  std::printf("  %-6s %9s %11s %11s %16s\n", "epoch", "density", "sparse", "masked", "60,000 images");
  dnm::RewiringSchedule schedule;
  schedule.decay = dnm::DensityDecay::sigmoid;
  constexpr std::uint64_t cells = 1000000;
  for (const std::uint64_t epoch : {1U, 10U, 15U, 20U, 25U, 30U, 35U, 40U, 50U}) {
    const double decayed = schedule.decay_at({epoch * 1875 - 1, 1875, 100});
    const auto links = dnm::links_while_density_falls(cells, cells / 2, cells / 2, 0.99, decayed);
    const double density = static_cast<double>(links) / cells;
    const dnm::Topology topology =
        dnm::MlpKind().topology(random_network(paper_layers, 1.0 - density, 0), {.inputs = pixels, .outputs = classes});
    double sparse = 0.0, masked = 0.0, chosen = 0.0;
    for (const dnm::LayerTiming& layer : dnm::time_layers(topology.layers, 32)) {
      sparse += layer.sparse_milliseconds;
      masked += layer.masked_milliseconds;
      chosen += std::min(layer.sparse_milliseconds, layer.masked_milliseconds);
    }
    std::printf("  %-6d %7.1f %% %8.2f ms %8.2f ms %14.1f s\n", static_cast<int>(epoch), 100.0 * density, sparse,
                masked, chosen * 1.875);
    std::fflush(stdout);
  }
}

/// CPU seconds of each epoch of a run on this thread.
class EpochTimes : public dnm::TrainingReporter {
 public:
  void prepared(const dnm::RunFacts&, const dnm::RunHistory&, const std::vector<dnm::TopologyEventPointer>&,
                const dnm::NamedMasksPointer&) override {
    start_ = thread_milliseconds();
  }
  void epoch_done(const dnm::EpochResult&) override {
    const double now = thread_milliseconds();
    seconds.push_back((now - start_) / 1e3);
    start_ = now;
  }
  std::vector<double> seconds;

 private:
  double start_ = 0.0;
};

/// CPU seconds of an epoch: of every one but the last of a run, which ends with an update where there is a rule.
double epoch_seconds(const std::string& method) {
  dnm::TrainingSettings settings;
  settings.epochs = 3;
  settings.method = method;
  settings.engine = dnm::Engine::sparse;
  settings.device = dnm::Device::cpu;
  if (method != "static") settings.parts["rewire-end"] = 1.0;
  EpochTimes times;
  dnm::TrainingLoop(dnm::make_plan(random_network(paper_layers, 0.99, 0), settings), times).run({});
  times.seconds.pop_back();
  return median(times.seconds);
}

/// The methods take turns, so that other work on the machine meets all of them.
void bench_run() {
  std::printf("\nFashion-MNIST at 99 %%, an epoch with evaluation, and a run of 100 epochs with 74 updates against\n");
  std::printf("static, medians of %d rounds; goal for CHTs 1.2\n", rounds);
  const std::vector<std::string> methods{"static", "set", "rigl", "chts"};
  std::vector<std::vector<double>> seconds(methods.size()), ratios(methods.size());
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t i = 0; i < methods.size(); ++i) {
      seconds[i].push_back(epoch_seconds(methods[i]));
      ratios[i].push_back(0.26 + 0.74 * seconds[i].back() / seconds[0].back());
    }
  }
  for (std::size_t i = 0; i < methods.size(); ++i) {
    std::printf("  %-8s %7.2f s %8.3f\n", methods[i].c_str(), median(seconds[i]), median(ratios[i]));
  }
}

}  // namespace

void bench_rules() {
  bench_updates();
  bench_scores();
  bench_falling_density();
  try {
    bench_run();
  } catch (const dnm::Error& error) {
    std::printf("  %s\n", error.what());
  }
}
