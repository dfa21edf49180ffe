// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/experiments/experiment_words.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <initializer_list>
#include <string_view>
#include <utility>

#include "app/workspace/words.h"
#include "core/parameters/parameter_table.h"
#include "core/support/digits.h"
#include "core/support/letter_case.h"
#include "training/runs/longer_run.h"
#include "training/runs/training_parameters.h"
#include "training/tasks/task_table.h"

namespace dnm {

namespace {

constexpr std::size_t longest_short_id = 4;

std::string word(RunStage stage) {
  switch (stage) {
    case RunStage::waiting:
      return "waiting";
    case RunStage::preparing:
      return "preparing";
    case RunStage::running:
      return "running";
    case RunStage::paused:
      return "paused";
    case RunStage::finished:
      return "finished";
    case RunStage::stopped:
      return "stopped";
    case RunStage::failed:
      break;
  }
  return "failed";
}

std::string epoch_of(const ExperimentRun& run) {
  return " " + std::to_string(current_epoch(run)) + "/" + std::to_string(run.progress.epochs);
}

/// "DNM", "Random", "panel_d.npz".
std::string source_name(const WorkspaceState& start) {
  if (const std::string& file = network_file(start); !file.empty())
    return std::filesystem::path(file).filename().string();
  if (const auto* run = std::get_if<ShownRun>(&start.shown)) return moment_name(as_working_network(*run)) + " of a run";
  std::string id = start.parameters.initialiser;
  const auto end = id.size() <= longest_short_id ? id.end() : id.begin() + 1;
  std::transform(id.begin(), end, id.begin(), upper_case);
  return id;
}

std::string setting_text(const ParameterInfo& info, const ParameterValue& value) {
  std::string name(info.symbol);
  if (name.empty()) name = lower_case(info.label);
  if (info.kind == ParameterKind::flag) return name;
  std::string text = format_value(info, value);
  constexpr std::string_view usual_family = "fixed:";
  if (info.kind == ParameterKind::distribution && text.starts_with(usual_family)) text.erase(0, usual_family.size());
  return name + " " + text;
}

bool is_named(std::string_view id, std::initializer_list<std::string_view> ids) {
  return std::ranges::find(ids, id) != ids.end();
}

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  std::string text;
  for (const std::string& part : parts) text.append(text.empty() ? std::string_view() : separator).append(part);
  return text;
}

/// "0, 1, 2".
std::string seeds_text(const Experiment& experiment) {
  std::vector<std::string> seeds;
  for (const ExperimentRun& run : experiment.runs) seeds.push_back(std::to_string(run.seed));
  return joined(seeds, ", ");
}

/// The run whose engine stands for the whole experiment: the first that trains, else the first that ever did.
const ExperimentRun* representative_run(const Experiment& experiment) {
  const ExperimentRun* found = nullptr;
  for (const ExperimentRun& run : experiment.runs) {
    if (stage_of(run) == RunStage::running) return &run;
    if (!found && !run.progress.engine.empty()) found = &run;
  }
  return found;
}

void add_engine_facts(std::vector<RunFact>& facts, const Experiment& experiment, const TrainingProgress& progress,
                      double examples, double links) {
  if (examples > 0.0) {
    facts.push_back({"Throughput", throughput_text(examples, links, examples_word(experiment.start.training))});
  }
  if (std::isfinite(progress.masked_speed_up))
    facts.push_back({"Speed-up", "a step " + speed_up_text(progress.masked_speed_up) + ", measured at the start"});
  if (!progress.engine.empty()) facts.push_back({"Engine", progress.engine});
  if (!progress.device.empty()) facts.push_back({"Device", progress.device});
  for (const auto& [layers, timing] : timing_texts(progress.layer_timings)) {
    std::string name = layers;
    name.front() = upper_case(name.front());
    facts.push_back({std::move(name), "a step " + timing});
  }
}

/// "Test": what stands before a value of the metric, as the start of a name.
std::string short_name(const Metric& metric) {
  std::string name(metric.line_label.empty() ? metric.label : metric.line_label);
  name.front() = upper_case(name.front());
  return name;
}

void add_results(std::vector<RunFact>& facts, const ExperimentSummary& summary) {
  if (summary.last.empty()) return;
  const std::string name = short_name(*summary.metric);
  std::string count;
  if (summary.seeds > 1)
    count = " (" + std::string(summary.last.size() > 1 ? "mean ± SE, " : "") + count_text(summary) + ")";
  facts.push_back({name + ", last epoch", mean_text(summary.metric, summary.last) + count});
  facts.push_back({name + ", best epoch", mean_text(summary.metric, summary.best_on_test) + count});
  if (!summary.at_best_validation.empty())
    facts.push_back({name + " at best validation", mean_text(summary.metric, summary.at_best_validation) + count});
}

}  // namespace

std::string stage_text(const ExperimentRun& run) {
  const RunStage stage = stage_of(run);
  if (run.stopping && !is_over(stage)) return "stopping";
  if (stage == RunStage::paused && !run.progress.problem.empty()) return "paused: no room on the disk";
  const bool in_an_epoch = stage == RunStage::running || stage == RunStage::paused || stage == RunStage::stopped;
  if (!in_an_epoch || run.waiting || run.progress.epochs <= 0) return word(stage);
  return word(stage) + epoch_of(run);
}

std::string stage_text(const Experiment& experiment) {
  const std::vector<ExperimentRun>& runs = experiment.runs;
  if (runs.size() == 1) return stage_text(runs.front());
  const RunStage stage = stage_of(experiment);
  const auto over = std::ranges::count_if(runs, [](const ExperimentRun& run) { return is_over(stage_of(run)); });
  const auto same = std::ranges::count_if(runs, [stage](const ExperimentRun& run) { return stage_of(run) == stage; });
  const auto all = static_cast<std::ptrdiff_t>(runs.size());
  if (is_over(stage))
    return same == all ? word(stage) : word(stage) + " (" + std::to_string(same) + " of " + std::to_string(all) + ")";
  std::string text = word(stage);
  if (is_stopping(experiment)) {
    text = "stopping";
  } else if (stage == RunStage::running || stage == RunStage::paused) {
    const ExperimentRun* slowest = nullptr;
    for (const ExperimentRun& run : runs)
      if (!run.waiting && is_busy(run) && run.progress.epochs > 0 &&
          (!slowest || current_epoch(run) < current_epoch(*slowest)))
        slowest = &run;
    if (slowest) text += epoch_of(*slowest);
  }
  return over > 0 ? text + ", " + std::to_string(over) + " done" : text;
}

std::string count_text(const ExperimentSummary& summary) {
  const std::size_t count = summary.last.size();
  if (count == 0) return {};
  if (summary.is_complete()) return "N = " + std::to_string(count);
  std::string text =
      count < summary.seeds ? std::to_string(count) + " of " + counted(summary.seeds, "seed") : counted(count, "seed");
  text += " at epoch " + std::to_string(summary.epoch);
  if (summary.epoch < summary.epochs) text += " of " + std::to_string(summary.epochs);
  return text;
}

std::string incomplete_mark(const ExperimentSummary& summary) {
  return summary.last.empty() || summary.is_complete() ? std::string() : "†";
}

std::string longer_text(const Experiment& experiment, std::int64_t epochs) {
  const std::int64_t before = experiment.start.training.epochs;
  std::int64_t trained = 0;
  for (const ExperimentRun& run : experiment.runs) trained = std::max<std::int64_t>(trained, current_epoch(run));
  TrainingSettings longer = experiment.start.training;
  longer.epochs = epochs;
  std::string text = "Epochs in all, of which " + std::to_string(trained) + " are trained";
  if (trained < before) text += " of " + std::to_string(before);
  const std::string of_rate = longer_run_text(longer, before, trained);
  return text + (of_rate.empty() ? "." : ".\n\nNote: " + of_rate + ".");
}

std::string network_name(const WorkspaceState& start) {
  std::vector<std::string> network{source_name(start)};
  const ModelParameters defaults;
  const bool drawn = is_drawn(start);
  for (const auto& row : model_parameter_table()) {
    if (!drawn || !model_parameter_table().applies(row, start.parameters)) continue;
    if (is_named(row.info.id, {"model", "layers", "seed", "data", "data-dir"})) continue;
    if (const ParameterValue value = row.get(start.parameters); value != row.get(defaults))
      network.push_back(setting_text(row.info, value));
  }
  for (const auto& [layer, values] : start.parameters.overrides)
    if (drawn)
      for (const auto& [id, value] : values)
        network.push_back("layer " + std::to_string(layer + 1) + " " +
                          setting_text(model_parameter_table().at(id).info, value));
  return joined(network, ", ");
}

std::string proposed_name(const WorkspaceState& start) {
  std::vector<std::string> parts{network_name(start)};
  for (const auto& row : training_parameter_table()) {
    if (!training_parameter_table().applies(row, start.training)) continue;
    if (is_named(row.info.id, {"data", "data-dir", "data-file", "hidden", "epochs", "engine", "device", "seed",
                               "run-dir", "resume", "checkpoint-every"}))
      continue;
    const ParameterValue value = row.get(start.training);
    if (value == training_parameter_table().usual(row, start.training)) continue;
    if (row.info.kind == ParameterKind::choice) {
      const auto& id = std::get<std::string>(value);
      parts.emplace_back(row.info.choices[place_of_choice(row.info, id)].label);
    } else {
      parts.push_back(setting_text(row.info, value));
    }
  }
  // What most experiments of a list have in common comes last, since a narrow column cuts the end off.
  parts.push_back(data_label(start.training));
  return joined(parts, " · ");
}

std::vector<RunFact> facts_of(const Experiment& experiment, const ExperimentRun* run) {
  std::vector<RunFact> facts;
  if (!run && experiment.runs.size() == 1) run = &experiment.runs.front();
  facts.push_back({"State", run ? stage_text(*run) : stage_text(experiment)});
  std::vector<std::string> problems;
  std::vector<std::string> notices;
  double examples = 0.0;
  double links = 0.0;
  std::uint64_t memory = 0;
  const auto keep = [](std::vector<std::string>& list, const std::string& text) {
    if (!text.empty() && std::ranges::find(list, text) == list.end()) list.push_back(text);
  };
  for (const ExperimentRun& one : experiment.runs) {
    if (run && run != &one) continue;
    keep(problems, one.progress.problem);
    for (const std::string& notice : one.notices) keep(notices, notice);
    if (run || stage_of(one) == RunStage::running) {
      examples += one.progress.examples_per_second;
      links += one.progress.links_per_second;
      memory += one.progress.memory_bytes;
    }
  }
  for (const std::string& problem : problems) facts.push_back({"Problem", problem});
  add_results(facts, summary_of(experiment, run));
  if (run) {
    facts.push_back({"Seed", std::to_string(run->seed)});
    if (!run->network.empty()) facts.push_back({"Network", run->network});
    if (!run->events.empty() && !run->epochs.empty()) {
      const auto now = run->epochs.back().values.get(metric("links"));
      if (now) facts.push_back({"Links now", with_commas(static_cast<std::uint64_t>(*now))});
    }
  } else {
    facts.push_back({"Seeds", seeds_text(experiment)});
    const auto drawn =
        std::ranges::find_if(experiment.runs, [](const ExperimentRun& one) { return !one.network.empty(); });
    if (drawn != experiment.runs.end()) facts.push_back({"Networks", drawn->network});
  }
  facts.push_back({"Data set", data_label(experiment.start.training)});
  if (const ExperimentRun* shown = run ? run : representative_run(experiment))
    add_engine_facts(facts, experiment, shown->progress, examples, links);
  if (memory > 0) facts.push_back({"Memory", bytes_text(memory)});
  if (const std::string& folder = run ? run->folder : experiment.start.training.run_folder; !folder.empty())
    facts.push_back({"Run folder", folder});
  for (const std::string& notice : notices) facts.push_back({"Note", notice});
  return facts;
}

}  // namespace dnm
