// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/bench_transformer.h"

#include <array>
#include <chrono>
#include <cstdio>
#include <functional>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include <malloc.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/models/initialiser.h"
#include "core/network/random.h"
#include "core/support/median.h"
#include "core/support/thread_time.h"
#include "tests/training/torch_transformer.h"
#include "training/layers/sparse_index.h"
#include "training/models/transformer.h"
#include "training/optimisers/adam.h"
#include "training/support/devices.h"

extern "C" [[gnu::weak]] char* openblas_get_corename();  // NOLINT(readability-identifier-naming)

namespace {

constexpr std::size_t sentences = 34;
constexpr std::size_t length = 30;
constexpr double dropout = 0.1;
constexpr double rate = 1e-4;
constexpr std::array<const char*, dnm::step_parts> part_names{"products", "attention",  "vocabulary", "dropout",
                                                              "norms",    "embeddings", "optimiser"};

struct Kind {
  const char* name;
  const char* initialiser;  ///< null: dense
  const char* sparsity;
  bool torch;
  dnm::Engine engine;
};
constexpr Kind usual_kinds[] = {
    {"dense LibTorch", nullptr, "", true, dnm::Engine::masked},
    {"masked dense, 95 %", "random", "0.95", false, dnm::Engine::masked},
    {"sparse, 95 %, random", "random", "0.95", false, dnm::Engine::sparse},
    {"sparse, 95 %, DNM", "dnm", "0.95", false, dnm::Engine::sparse},
    {"sparse, 90 %, random", "random", "0.9", false, dnm::Engine::sparse},
    {"sparse, 90 %, DNM", "dnm", "0.9", false, dnm::Engine::sparse},
};

/// Where the masked products overtake.
constexpr Kind dense_kinds[] = {
    {"masked dense", "random", "0.75", false, dnm::Engine::masked},
    {"sparse, 75 %, random", "random", "0.75", false, dnm::Engine::sparse},
    {"sparse, 75 %, DNM", "dnm", "0.75", false, dnm::Engine::sparse},
    {"sparse, 65 %, random", "random", "0.65", false, dnm::Engine::sparse},
    {"sparse, 50 %, random", "random", "0.5", false, dnm::Engine::sparse},
    {"sparse, 50 %, DNM", "dnm", "0.5", false, dnm::Engine::sparse},
};

dnm::SentenceBatch batch_of_full_sentences(const dnm::TransformerShape& shape) {
  dnm::Random random(1);
  dnm::SentenceBatch batch;
  batch.sentences = sentences;
  batch.source_length = length;
  batch.target_length = length;
  const auto piece = [&](std::size_t pieces) { return static_cast<std::uint32_t>(4 + random.below(pieces - 4)); };
  for (std::size_t i = 0; i < sentences * length; ++i) {
    const bool last = (i + 1) % length == 0;
    batch.source.push_back(piece(shape.source_pieces));
    batch.target_output.push_back(last ? dnm::end_piece : piece(shape.target_pieces));
    batch.target_input.push_back(i % length == 0 ? dnm::begin_piece : batch.target_output[i - 1]);
  }
  return batch;
}

/// One way of taking steps.
struct Candidate {
  Candidate(const Kind& kind, const dnm::TransformerShape& shape, unsigned threads)
      : topology(dnm::transformer_topology(
            shape,
            [&](const std::string&, dnm::NodeIndex n_out, dnm::NodeIndex n_in, std::size_t place) {
              if (kind.initialiser == nullptr) return dnm::full_mask(n_in, n_out);
              dnm::ModelParameters parameters;
              parameters.seed = place;
              dnm::set_from_text(parameters, "model", kind.initialiser);
              dnm::set_from_text(parameters, "layers", std::to_string(n_in) + "," + std::to_string(n_out));
              dnm::set_from_text(parameters, "sparsity", kind.sparsity);
              return dnm::generate(parameters).network->masks().front();
            })),
        batch(batch_of_full_sentences(shape)) {
    const dnm::ModelState state =
        dnm::transformer_first_state(topology, shape, dnm::TransformerStart::sparse, 0, 2, {});
    if (kind.torch) {
      torch = std::make_unique<samples::TorchTransformer>(topology, state, shape, samples::Precision::single);
    } else {
      model =
          std::make_unique<dnm::Transformer>(topology, state, dnm::TransformerSettings{shape, dropout, 0.1, 0, threads},
                                             std::vector<dnm::Engine>(topology.layers.size(), kind.engine));
    }
  }

  void step() {
    if (torch != nullptr) {
      torch->backward(batch, 0.1, dropout);
      torch->adam(rate);
    } else {
      model->step(batch, {adam, rate, steps++}, {});
    }
  }

  dnm::Topology topology;
  dnm::SentenceBatch batch;
  std::unique_ptr<samples::TorchTransformer> torch;
  std::unique_ptr<dnm::Transformer> model;
  dnm::Adam adam{{}};
  std::uint64_t steps = 0;
};

/// Peak memory of three steps in a process of their own, in MB.
long peak_memory(const Kind& kind, const dnm::TransformerShape& shape, unsigned threads) {
  std::array<int, 2> ends{};
  if (pipe(ends.data()) != 0) return 0;
  const pid_t child = fork();
  if (child == 0) {
    dnm::prepare_training_thread();
    Candidate candidate(kind, shape, threads);
    for (int i = 0; i < 3; ++i) candidate.step();
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const long kilobytes = usage.ru_maxrss;
    const bool written = write(ends[1], &kilobytes, sizeof(kilobytes)) == sizeof(kilobytes);
    _exit(written ? 0 : 1);
  }
  long kilobytes = 0;
  if (read(ends[0], &kilobytes, sizeof(kilobytes)) != sizeof(kilobytes)) kilobytes = 0;
  waitpid(child, nullptr, 0);
  close(ends[0]);
  close(ends[1]);
  return kilobytes / 1024;
}

double wall_milliseconds() {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

}  // namespace

void bench_transformer(unsigned threads, bool densities) {
  const std::span<const Kind> kinds = densities ? std::span<const Kind>(dense_kinds) : usual_kinds;
  // Else LibTorch gives the memory of large tensors back to the system after each use, and is up to 1.6 times slower.
  mallopt(M_MMAP_MAX, 0);
  mallopt(M_TRIM_THRESHOLD, std::numeric_limits<int>::max());
  const dnm::TransformerShape shape;
  const int rounds = densities ? 3 : 5;
  std::vector<long> memory(kinds.size());
  for (std::size_t i = 0; i < kinds.size() && !densities; ++i) memory[i] = peak_memory(kinds[i], shape, threads);
  dnm::prepare_training_thread();
  std::printf(
      "Transformer, d 512, 8 heads, FFN 1024, 6 + 6 blocks, 8000 + 8000 pieces, %zu + %zu pieces a step, dropout "
      "0.1, smoothing 0.1, Adam\n%u thread%s, %s, median of %d; BLAS kernel %s\n",
      sentences * length, sentences * length, threads, threads == 1 ? "" : "s",
      threads == 1 ? "its CPU time" : "wall clock", rounds,
      openblas_get_corename == nullptr ? "unknown" : openblas_get_corename());
  const auto now = [threads] { return threads == 1 ? dnm::thread_milliseconds() : wall_milliseconds(); };
  std::vector<std::unique_ptr<Candidate>> candidates;
  for (const Kind& kind : kinds) {
    candidates.push_back(std::make_unique<Candidate>(kind, shape, threads));
    candidates.back()->step();
  }
  samples::set_torch_threads(threads);
  std::vector<std::vector<double>> times(candidates.size());
  std::vector<std::vector<double>> ratios(candidates.size());
  std::vector<dnm::StepTimes> before(candidates.size());
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if (candidates[i]->model) before[i] = candidates[i]->model->times();
  }
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      const double start = now();
      candidates[i]->step();
      times[i].push_back(now() - start);
      ratios[i].push_back(times[0].back() / times[i].back());
    }
  }
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    std::printf("  %-22s %8.0f ms  %5.2f x", kinds[i].name, dnm::median(times[i]), dnm::median(ratios[i]));
    if (!densities) std::printf("  %5ld MB", memory[i]);
    std::printf("\n");
    if (!candidates[i]->model) continue;
    std::printf("     ");
    for (std::size_t part = 0; part < dnm::step_parts; ++part) {
      std::printf("  %s %.0f", part_names[part], (candidates[i]->model->times()[part] - before[i][part]) / rounds);
    }
    std::printf("\n");
  }
}
