// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/experiments/measured_updates.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <limits>
#include <string>
#include <utility>

#include "core/files/atomic_file.h"
#include "core/measures/measure.h"
#include "core/parameters/look_up.h"
#include "core/support/error.h"
#include "training/models/matrix_group.h"
#include "training/runs/table_cells.h"

namespace dnm {

namespace {

namespace fs = std::filesystem;
using Value = std::optional<double>;
constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr std::uint64_t most_bytes = std::uint64_t{16} << 20U;  // of networks: most are measured once

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

constexpr std::string_view update_column = "update", matrices_column = "matrices";

std::string header(bool names_groups) {
  std::string line(update_column);
  if (names_groups) line.append(",").append(matrices_column);
  for (const MeasuredQuantity& quantity : quantities) line.append(",").append(quantity.id);
  return line;
}

/// Whether the line is one of the file; sets `matrices` and `made`.
bool parse_line(std::string_view line, bool names_groups, std::string& matrices, MeasuredUpdate& made) {
  std::vector<std::string_view> cells;
  split_cells(line, cells);
  const std::size_t first = names_groups ? 2 : 1;
  made.values.assign(std::size(quantities), nan);
  if (cells.size() != first + std::size(quantities) || !parse_number(cells[0], made.update)) return false;
  matrices = names_groups ? cells[1] : std::string_view();
  for (std::size_t i = 0; i < made.values.size(); ++i) {
    if (!parse_cell(quantities[i].unit, cells[first + i], made.values[i])) return false;
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

/// The group of this id, made where it is not there.
MeasuredGroup& group_in(std::vector<MeasuredGroup>& groups, const std::string& matrices) {
  const auto found = std::ranges::find(groups, matrices, &MeasuredGroup::matrices);
  return found != groups.end() ? *found : groups.emplace_back(MeasuredGroup{matrices, {}});
}

std::string text_of(const std::vector<MeasuredGroup>& groups) {
  const bool names_groups =
      std::ranges::any_of(groups, [](const MeasuredGroup& group) { return !group.matrices.empty(); });
  std::string text = header(names_groups) + '\n';
  for (const MeasuredGroup& group : groups) {
    for (const MeasuredUpdate& one : group.updates) {
      text += std::to_string(one.update);
      if (names_groups) text += ',' + group.matrices;
      for (std::size_t i = 0; i < one.values.size(); ++i) text += ',' + number_cell(quantities[i].unit, one.values[i]);
      text += '\n';
    }
  }
  return text;
}

}  // namespace

std::span<const MeasuredQuantity> measured_quantities() { return quantities; }

std::span<const MetricChart> measured_charts() { return charts; }

bool MeasuredUpdate::operator==(const MeasuredUpdate& other) const {
  return update == other.update && std::ranges::equal(values, other.values, [](double a, double b) {
           return a == b || (std::isnan(a) && std::isnan(b));
         });
}

std::vector<MeasuredGroup> read_measures(const fs::path& folder) {
  std::vector<MeasuredGroup> groups;
  std::ifstream file(folder / measures_file_name);
  std::string line;
  if (!std::getline(file, line)) return groups;
  const bool names_groups = line == header(true);
  if (!names_groups && line != header(false)) return groups;
  while (std::getline(file, line)) {
    MeasuredUpdate made;
    std::string matrices;
    if (!file.eof() && parse_line(line, names_groups, matrices, made))
      insert(group_in(groups, matrices).updates, std::move(made));
  }
  return groups;
}

MeasuredRun::MeasuredRun(fs::path folder, std::string matrices)
    : folder_(std::move(folder)), measured_{std::move(matrices), {}} {}

std::optional<std::uint64_t> MeasuredRun::next() {
  if (!moments_) moments_ = std::make_unique<RunMoments>(folder_, most_bytes);
  if (moments_->refresh()) {
    if (const std::vector<MatrixGroup>& groups = moments_->groups(); known_.empty() && !groups.empty()) {
      auto there = read_measures(folder_);
      const MatrixGroup* const wanted = find_row(groups, measured_.matrices);
      measured_ = std::move(group_in(there, wanted ? wanted->id : group_named(groups, {}).id));
    }
    known_ = moments_->kept_updates();
  }
  const auto is_missing = [this](std::uint64_t update) {
    return !std::ranges::binary_search(measured_.updates, update, {}, &MeasuredUpdate::update);
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
  const NetworkPointer network = moments_->network(update, measured_.matrices);
  const Graph graph(*network, control);
  MeasuredUpdate made{update, {}};
  for (const MeasuredQuantity& quantity : quantities) {
    control.check();
    const auto value = quantity.compute(*network, graph, {control.stop, {}});
    made.values.push_back(value && std::isfinite(*value) ? *value : nan);
  }
  insert(measured_.updates, std::move(made));
  // Another program may have measured some meanwhile.
  std::vector<MeasuredGroup> groups = read_measures(folder_);
  MeasuredGroup& own = group_in(groups, measured_.matrices);
  for (const MeasuredUpdate& one : measured_.updates) insert(own.updates, one);
  measured_ = own;
  write_atomically(folder_ / measures_file_name, text_of(groups));
}

}  // namespace dnm
