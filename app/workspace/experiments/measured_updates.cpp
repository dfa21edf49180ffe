// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/experiments/measured_updates.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <limits>
#include <string>
#include <system_error>
#include <utility>

#include "app/workspace/experiments/run_folders.h"
#include "core/files/atomic_file.h"
#include "core/measures/measure.h"
#include "core/support/error.h"
#include "training/runs/table_cells.h"
#include "training/runs/topology_file.h"

namespace dnm {

namespace {

namespace fs = std::filesystem;
using Value = std::optional<double>;
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// A fraction of the work of a single network: a curve has many points.
const MeasureSettings& settings() {
  static const MeasureSettings made = [] {
    MeasureSettings light;
    light.modularity_runs = 3;
    light.sigma_draws = 2;
    light.threads = 1;
    return light;
  }();
  return made;
}

Value core_measure(std::string_view id, const Graph& graph, const TaskControl& control) {
  return measure(id).compute(graph, settings(), control, {}).value;
}

/// Links into and out of each neuron, layer after layer, inputs first.
struct Ends {
  std::vector<std::uint64_t> in, out;
};
Ends ends_of(const Network& network) {
  Ends ends;
  ends.in.resize(network.node_count());
  ends.out.resize(network.node_count());
  std::size_t first = 0;  // input of the layer
  for (const Mask& mask : network.masks()) {
    for (NodeIndex output = 0; output < mask.n_out; ++output) {
      ends.in[first + mask.n_in + output] += mask.row(output).size();
      for (const NodeIndex input : mask.row(output)) ++ends.out[first + input];
    }
    first += mask.n_in;
  }
  return ends;
}

Value degree_spread(const Network& network, const Graph&, const TaskControl&) {
  const Ends ends = ends_of(network);
  const auto count = static_cast<double>(ends.in.size());
  if (ends.in.empty()) return std::nullopt;
  double sum = 0.0;
  for (std::size_t i = 0; i < ends.in.size(); ++i) sum += static_cast<double>(ends.in[i] + ends.out[i]);
  double squares = 0.0;
  for (std::size_t i = 0; i < ends.in.size(); ++i) {
    const double off = static_cast<double>(ends.in[i] + ends.out[i]) - sum / count;
    squares += off * off;
  }
  return std::sqrt(squares / count);
}

Value dead_neurons(const Network& network, const Graph&, const TaskControl&) {
  const Ends ends = ends_of(network);
  const std::size_t inputs = network.layer_sizes().front();
  const std::size_t outputs = network.layer_sizes().back();
  if (ends.in.empty() || network.masks().empty()) return std::nullopt;
  std::size_t dead = 0;
  for (std::size_t i = 0; i < ends.in.size(); ++i) {
    const bool is_input = i < inputs, is_output = i >= ends.in.size() - outputs;
    if ((!is_input && ends.in[i] == 0) || (!is_output && ends.out[i] == 0)) ++dead;
  }
  return static_cast<double>(dead) / static_cast<double>(ends.in.size());
}

constexpr MeasuredQuantity quantities[] = {
    {.id = "L",
     .label = "L",
     .meaning = "Characteristic path length.",
     .chart = "path-length",
     .compute = [](const Network&, const Graph& graph,
                   const TaskControl& control) { return core_measure("L", graph, control); }},
    {.id = "Q",
     .label = "Q",
     .meaning = "Modularity, the best of three runs.",
     .chart = "communities",
     .compute = [](const Network&, const Graph& graph,
                   const TaskControl& control) { return core_measure(community_measure, graph, control); }},
    {.id = "sigma_c",
     .label = "σ_c",
     .meaning = "Structural consistency, the mean of two draws.",
     .chart = "communities",
     .compute = [](const Network&, const Graph& graph,
                   const TaskControl& control) { return core_measure(consistency_measure, graph, control); }},
    {.id = "gamma",
     .label = "γ",
     .meaning = "Exponent of the power law of the degrees.",
     .chart = "power-law",
     .compute = [](const Network&, const Graph& graph,
                   const TaskControl& control) { return core_measure(power_law_measure, graph, control); }},
    {.id = "degree_spread",
     .label = "degree spread",
     .meaning = "Standard deviation of the degrees of all neurons.",
     .chart = "degrees",
     .compute = degree_spread},
    {.id = "dead_neurons",
     .label = "dead neurons",
     .meaning = "Share of the neurons without a link into them (but inputs) or out of them (but the last layer's).",
     .unit = MetricUnit::fraction,
     .chart = "neurons",
     .compute = dead_neurons},
};

constexpr std::array charts{MetricChart{"path-length", "Path length L"}, MetricChart{"communities", "Q and σ_c"},
                            MetricChart{"power-law", "Power law γ"}, MetricChart{"degrees", "Degree spread"}};

constexpr std::string_view update_column = "update";

std::string header() {
  std::string line(update_column);
  for (const MeasuredQuantity& quantity : quantities) line.append(",").append(quantity.id);
  return line;
}

/// Whether the line is one of the file; sets `made`.
bool parse_line(std::string_view line, MeasuredUpdate& made) {
  std::vector<std::string_view> cells;
  split_cells(line, cells);
  made.values.assign(std::size(quantities), nan);
  if (cells.size() != 1 + std::size(quantities) || !parse_number(cells[0], made.update)) return false;
  for (std::size_t i = 0; i < made.values.size(); ++i) {
    if (!parse_cell(quantities[i].unit, cells[1 + i], made.values[i])) return false;
  }
  return true;
}

void insert(std::vector<MeasuredUpdate>& measured, MeasuredUpdate made) {
  const auto at = std::ranges::lower_bound(measured, made.update, {}, &MeasuredUpdate::update);
  if (at != measured.end() && at->update == made.update) {
    *at = std::move(made);
  } else {
    measured.insert(at, std::move(made));
  }
}

}  // namespace

std::span<const MeasuredQuantity> measured_quantities() { return quantities; }

std::span<const MetricChart> measured_charts() { return charts; }

bool MeasuredUpdate::operator==(const MeasuredUpdate& other) const {
  return update == other.update && std::ranges::equal(values, other.values, [](double a, double b) {
           return a == b || (std::isnan(a) && std::isnan(b));
         });
}

std::vector<MeasuredUpdate> read_measures(const fs::path& folder) {
  std::vector<MeasuredUpdate> measured;
  std::ifstream file(folder / measures_file_name);
  std::string line;
  if (!std::getline(file, line) || line != header()) return measured;
  while (std::getline(file, line)) {
    MeasuredUpdate made;
    if (!file.eof() && parse_line(line, made)) insert(measured, std::move(made));
  }
  return measured;
}

MeasuredRun::MeasuredRun(fs::path folder) : folder_(std::move(folder)), measured_(read_measures(folder_)) {}

std::optional<std::uint64_t> MeasuredRun::next() {
  std::error_code code;
  const std::uintmax_t size = fs::file_size(folder_ / topology_file_name, code);
  if (code || size != read_size_ || known_.empty()) {
    const TopologyHistory history = read_topology_file(folder_ / topology_file_name);
    read_size_ = size;
    known_.clear();
    for (const TopologySnapshot& snapshot : history.snapshots) known_.push_back(snapshot.update);
    for (const TopologyEvent& event : history.events) {
      // As TopologyHistory::after: from one update to the next, or from a snapshot.
      if (std::ranges::find(known_, event.update - 1) != known_.end()) known_.push_back(event.update);
    }
    std::ranges::sort(known_);
    known_.erase(std::unique(known_.begin(), known_.end()), known_.end());
  }
  const auto is_missing = [this](std::uint64_t update) {
    return !std::ranges::binary_search(measured_, update, {}, &MeasuredUpdate::update);
  };
  if (known_.empty()) return std::nullopt;
  if (is_missing(known_.back())) return known_.back();
  // The longest row of missing ones.
  std::size_t best = 0, best_length = 0;
  for (std::size_t i = 0; i < known_.size();) {
    std::size_t end = i;
    while (end < known_.size() && is_missing(known_[end])) ++end;
    if (end - i > best_length) {
      best = i;
      best_length = end - i;
    }
    i = end + 1;
  }
  if (best_length == 0) return std::nullopt;
  return known_[best == 0 ? 0 : best + best_length / 2];  // the beginning first
}

void MeasuredRun::measure(std::uint64_t update, const TaskControl& control) {
  const NetworkPointer network = network_of_run(folder_, update);
  const Graph graph(*network, control);
  MeasuredUpdate made{update, {}};
  for (const MeasuredQuantity& quantity : quantities) {
    control.check();
    const auto value = quantity.compute(*network, graph, {control.stop, {}});
    made.values.push_back(value && std::isfinite(*value) ? *value : nan);
  }
  // Another program may have measured some meanwhile.
  for (MeasuredUpdate& other : read_measures(folder_)) insert(measured_, std::move(other));
  insert(measured_, std::move(made));
  std::string text = header() + '\n';
  for (const MeasuredUpdate& one : measured_) {
    text += std::to_string(one.update);
    for (std::size_t i = 0; i < one.values.size(); ++i) text += ',' + number_cell(quantities[i].unit, one.values[i]);
    text += '\n';
  }
  write_atomically(folder_ / measures_file_name, text);
}

}  // namespace dnm
