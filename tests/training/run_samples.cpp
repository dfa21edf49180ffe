// SPDX-License-Identifier: GPL-3.0-or-later
#include "run_samples.h"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "core/models/initialiser.h"
#include "core/support/error.h"
#include "samples.h"

namespace samples {

using dnm::BackgroundRun;
using dnm::EpochResult;
using dnm::NetworkPointer;
using dnm::TrainingProgress;
using dnm::TrainingSettings;
using namespace std::chrono_literals;

RunFiles::RunFiles() {
  if (!folder_.isValid()) throw std::runtime_error("no temporary folder");
  write_data_set(data(), 900, 200);
  write_data_set(large_data(), 6000, 200);
}

TrainingSettings RunFiles::few_epochs(int epochs) const {
  TrainingSettings settings;
  settings.data_folder = data().string();
  settings.epochs = epochs;
  settings.engine = dnm::Engine::sparse;
  return settings;
}

TrainingSettings RunFiles::long_run() const {
  TrainingSettings settings = few_epochs(1000);
  settings.data_folder = large_data().string();
  return settings;
}

NetworkPointer network(const std::string& layers, std::uint64_t seed) {
  dnm::ModelParameters parameters;
  dnm::set_from_text(parameters, "layers", layers);
  parameters.seed = seed;
  return dnm::generate(parameters).network;
}

std::unique_ptr<BackgroundRun> start(const NetworkPointer& net, const TrainingSettings& settings) {
  return std::make_unique<BackgroundRun>(dnm::make_plan(net, settings));
}

TrainingProgress wait_until(BackgroundRun& run, std::vector<EpochResult>& results,
                            const std::function<bool(const TrainingProgress&)>& done) {
  const auto limit = std::chrono::steady_clock::now() + 60s;
  for (;;) {
    TrainingProgress progress = run.poll();
    results.insert(results.end(), progress.epochs_done.begin(), progress.epochs_done.end());
    if (done(progress) || std::chrono::steady_clock::now() > limit) return progress;
    std::this_thread::sleep_for(1ms);
  }
}

TrainingProgress wait_for_end(BackgroundRun& run, std::vector<EpochResult>& results) {
  return wait_until(run, results, [](const TrainingProgress& progress) { return dnm::is_over(progress.state); });
}

std::string text_of(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

QString message_of(const std::function<void()>& call) {
  try {
    call();
  } catch (const dnm::Error& error) {
    return QString::fromUtf8(error.what());
  }
  return {};
}

bool same_outcome(const std::vector<EpochResult>& a, const std::vector<EpochResult>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const EpochResult& x, const EpochResult& y) {
    return x.seed == y.seed && x.epoch == y.epoch &&
           std::ranges::all_of(dnm::metric_table(), [&](const dnm::Metric& metric) {
             return metric.unit == dnm::MetricUnit::seconds || x.values.get(metric) == y.values.get(metric);
           });
  });
}
}  // namespace samples
