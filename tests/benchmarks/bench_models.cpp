// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include <sys/resource.h>

#include "core/models/initialiser.h"

/// Times every initialiser that needs no data on 784-1568-1568-1568 at 99 %, on one thread and on two (medians of
/// five), and with "large" once each on a layer of 10⁸ links, followed by the goals. Usage: bench_models [large
/// [MODEL]]
namespace {

using Settings = std::vector<std::pair<const char*, const char*>>;

struct Case {
  const char* name;
  Settings settings;
};

const std::vector<Case> cases{
    {"dnm", {}},
    {"dnm rewired", {{"rewiring", "0.5"}}},
    {"dnm 1000 dendrites", {{"dendrites", "fixed:1000"}}},
    {"dnm 900 uneven dendrites", {{"dendrites", "fixed:900"}, {"synapses", "gaussian"}}},
    {"random", {{"model", "random"}}},
    {"bsw", {{"model", "bsw"}}},
    {"brf", {{"model", "brf"}}},
    {"brf 0.8", {{"model", "brf"}, {"range", "0.8"}}},
    {"ramanujan", {{"model", "ramanujan"}}},
};

double milliseconds(const dnm::ModelParameters& parameters, unsigned threads) {
  dnm::DrawingContext context;
  context.threads = threads;
  const auto start = std::chrono::steady_clock::now();
  const auto generated = dnm::generate(parameters, {}, context);
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

double median_of_five(const dnm::ModelParameters& parameters, unsigned threads) {
  std::vector<double> times;
  for (int i = 0; i < 5; ++i) times.push_back(milliseconds(parameters, threads));
  std::ranges::sort(times);
  return times[2];
}

dnm::ModelParameters parameters_of(const Case& one, const char* layers) {
  dnm::ModelParameters parameters;
  dnm::set_from_text(parameters, "layers", layers);
  dnm::set_from_text(parameters, "sparsity", "0.99");
  for (const auto& [id, text] : one.settings) dnm::set_from_text(parameters, id, text);
  return parameters;
}

/// The most memory this process has held so far, so that of one case only where no larger one ran before.
double peak_bytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) * 1024.0;
}

}  // namespace

int main(int argc, char** argv) {
  const bool large = argc > 1 && std::strcmp(argv[1], "large") == 0;
  const char* const only = argc > 2 ? argv[2] : nullptr;
  if (large) {
    std::printf("100,000 x 100,000 at 99 %%: 10^8 links; goal 5 s, 6 bytes a link\n%-26s %10s %10s %12s\n", "",
                "1 thread", "2 threads", "bytes/link");
  } else {
    std::printf("784-1568-1568-1568 at 99 %%: 61,465 links; goal 10 ms for random\n%-26s %10s %10s\n", "", "1 thread",
                "2 threads");
  }
  for (const Case& one : cases) {
    if (only != nullptr && std::string(only) != one.name) continue;
    if (large) {
      const dnm::ModelParameters parameters = parameters_of(one, "100000,100000");
      const double single = milliseconds(parameters, 1) / 1000.0;
      const double both = milliseconds(parameters, 2) / 1000.0;
      std::printf("%-26s %8.2f s %8.2f s %12.2f\n", one.name, single, both, peak_bytes() / 1e8);
    } else {
      const dnm::ModelParameters parameters = parameters_of(one, "784,1568,1568,1568");
      std::printf("%-26s %7.2f ms %7.2f ms\n", one.name, median_of_five(parameters, 1), median_of_five(parameters, 2));
    }
    std::fflush(stdout);
  }
  return EXIT_SUCCESS;
}
