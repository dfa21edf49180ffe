// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/comparison_group.h"

#include <algorithm>
#include <map>
#include <utility>

#include "app/cli/terminal.h"
#include "app/workspace/experiments/run_folders.h"
#include "app/workspace/experiments/training_start.h"
#include "core/models/initialiser.h"
#include "core/parameters/look_up.h"
#include "core/support/error.h"
#include "core/support/shell_word.h"
#include "training/models/model_table.h"
#include "training/runs/changed_setting.h"
#include "training/runs/run_seeds.h"
#include "training/runs/training_parameters.h"
#include "training/tasks/task_table.h"

namespace dnm::cli {
namespace {

constexpr std::string_view published_data = "fashion-mnist", published_sparsity = "0.99";

const ParameterTable<ModelParameters>::Row& sparsity_row() { return model_parameter_table().at("sparsity"); }

/// Adds to a list of ids.
void add_id(std::string& list, std::string_view id) { list.append(list.empty() ? "" : ", ").append(id); }

bool is_static(const ComparedRule& rule) { return rule.choice.id == TrainingSettings{}.method; }

}  // namespace

std::vector<std::int64_t> usual_seeds() { return {0, 1, 2}; }

const ParameterInfo& validation_info() {
  static const ParameterInfo info = [] {
    ParameterInfo made = training_parameter_table().at("validation").info;
    made.meaning = "A second group of runs holds that many training examples out; 0: no such group";
    return made;
  }();
  return info;
}

ComparisonGroup::ComparisonGroup(const TableOptions& options, std::vector<const ComparisonRow*> rows, bool named_rows,
                                 double sparsity)
    : rows_(std::move(rows)), rules_(compared_rules(options)) {
  apply_options(options, rules_);
  const TrainingSettings& settings = rules_.front().settings;  // data and layers are those of all rules
  static_cast<void>(matrices_of(settings));                    // refuses a shape that cannot be
  const TaskShape data = shape_of(settings);
  data_label_ = data.data_set;
  classes_ = data.outputs;
  draws_matrices_ = dnm::draws_matrices(settings);
  if (!draws_matrices_) {
    base_.layer_sizes = {data.inputs};
    for (const std::int64_t size : settings.hidden) base_.layer_sizes.push_back(static_cast<NodeIndex>(size));
  }
  base_.data_set = settings.data_set;
  base_.data_folder = settings.data_folder;
  sparsity_row().set(base_, sparsity);
  sparsity_ = format_value(sparsity_row().info, sparsity);
  seeds_ = seeds_of(options.value(seeds_info()).value_or(usual_seeds()));
  if (seeds_.empty()) throw InvalidInput("--seeds is empty; give numbers such as 0,1,2");
  const auto validation = options.value(validation_info());
  validation_ = validation ? std::get<std::int64_t>(*validation) : usual_held_out(settings);
  leave_out_rows(named_rows);
}

/// With a note for each reason: the rows that cannot be trained with this data whatever the rule.
void ComparisonGroup::leave_out_rows(bool named) {
  TrainingSettings keeps_links = rules_.front().settings;
  keeps_links.method = TrainingSettings{}.method;
  std::map<std::string, std::string> ids;
  std::erase_if(rows_, [&](const ComparisonRow* row) {
    const std::string reason = why_not_trained(*row, keeps_links);
    if (!reason.empty()) add_id(ids[reason], row->id);
    return !reason.empty();
  });
  for (const auto& [reason, of_rows] : ids) {
    if (named) throw InvalidInput(reason + ": leave " + of_rows + " out of --rows");
    print_notice(reason + ": left out " + of_rows);
  }
}

void ComparisonGroup::leave_out_dense() {
  std::erase_if(rows_, [this](const ComparisonRow* row) {
    return !model_parameter_table().applies(sparsity_row(), parameters_of(*row, 0));
  });
}

std::vector<std::int64_t> ComparisonGroup::sections() const {
  return validation_ > 0 ? std::vector<std::int64_t>{0, validation_} : std::vector<std::int64_t>{0};
}

std::vector<NodeIndex> ComparisonGroup::layer_sizes() const {
  std::vector<NodeIndex> sizes = base_.layer_sizes;
  if (draws_matrices_) return {};
  sizes.push_back(classes_);
  return sizes;
}

const Metric& ComparisonGroup::leading_metric() const { return *metrics_of(rules_.front().settings).leading; }

std::string ComparisonGroup::seeds_words() const { return format_value(seeds_info(), seeds_value(seeds_)); }

std::vector<ComparisonGroup::Cell> ComparisonGroup::cells() const {
  std::vector<Cell> cells;
  std::string dense;
  for (const ComparisonRow* row : rows_) {
    if (std::ranges::any_of(rules_, [&](const auto& rule) { return !why_not_trained(*row, rule.settings).empty(); }))
      add_id(dense, row->id);
  }
  for (const std::int64_t validation : sections()) {
    for (const ComparisonRow* row : rows_) {
      for (const ComparedRule& rule : rules_) {
        if (why_not_trained(*row, rule.settings).empty()) cells.push_back({row, &rule, validation});
      }
    }
  }
  const std::string reason = "dense networks have no link to grow: left out " + dense;
  if (cells.empty() && !rows_.empty()) throw InvalidInput(reason + "; name other --rows");
  if (!dense.empty()) print_notice(reason + " under rewiring rules");
  return cells;
}

ModelParameters ComparisonGroup::parameters_of(const ComparisonRow& row, std::uint64_t seed) const {
  ModelParameters parameters = dnm::parameters_of(row, base_);
  parameters.seed = seed;
  return parameters;
}

ExperimentPlan ComparisonGroup::plan_of(const Cell& cell) const {
  const auto& [row, rule, validation] = cell;
  ExperimentPlan plan;
  plan.name = std::string(row->label) + (is_static(*rule) ? "" : ", " + std::string(rule->choice.label));
  plan.command_line = command_of(cell);
  plan.start.parameters = parameters_of(*row, seeds_.front());
  plan.start.seeds = row->one_seed ? std::vector{seeds_.front()} : seeds_;
  TrainingSettings& settings = plan.start.training;
  settings = rule->settings;
  settings.validation = validation;
  settings.resume = true;
  const std::string ending = validation > 0 ? "-" + std::to_string(validation) + "-held-out" : "";
  const std::string of_rule = is_static(*rule) ? "" : "-" + std::string(rule->choice.id);
  std::filesystem::path folder = folder_ / (std::string(row->id) + of_rule + folder_ending_ + ending);
  // A single run gets its own folder inside the experiment's too, as several runs do.
  if (plan.start.seeds.size() == 1) folder /= seed_folder_name(plan.start.seeds.front());
  settings.run_folder = folder.string();
  return plan;
}

ExperimentPlan ComparisonGroup::plan_with_networks(const Cell& cell, const FollowOptions& follow) const {
  ExperimentPlan plan = plan_of(cell);
  if (draws_matrices_) return plan;
  plan.topology = topology_of_seed(follow, [this, cell](std::uint64_t seed, const TaskControl& control) {
    return draw_network(first_parameters(parameters_of(*cell.row, seed), cell.rule->settings), control, classes_);
  });
  return plan;
}

ComparisonReport::Row ComparisonGroup::row_of(const Cell& cell) const {
  ComparisonReport::Row row{std::string(cell.row->id)};
  row.initialiser = cell.row->label;
  row.data_set = data_label_;
  row.sparsity = sparsity_;
  if (base_.data_set == published_data && sparsity_ == published_sparsity)
    row.published = cell.row->published_under(cell.rule->choice.id);
  return row;
}

void ComparisonGroup::check_continues(const Cell& cell) const {
  const ExperimentPlan plan = plan_of(cell);
  const TrainingSettings settled = settled_training(plan.start);
  for (const std::uint64_t seed : plan.start.seeds) {
    const TrainingSettings now = settings_of_seed(settled, seed, plan.start.seeds.size());
    const auto then = settings_to_resume(now.run_folder);
    const ChangedSetting changed = then ? changed_setting(*then, now) : ChangedSetting{};
    if (changed.id.empty()) continue;
    throw InvalidInput("the run in " + now.run_folder + " was started with " + changed.id + " " + changed.then +
                       ", not " + changed.now + "; compare with what it was started with, or in another folder (-o)");
  }
}

std::string ComparisonGroup::command_of(const Cell& cell) const {
  std::string command = "dnm train";
  for (const auto& [id, text] : to_texts(parameters_of(*cell.row, 0))) {
    if (id == "seed" || id == "data" || id == "data-dir" || (id == "layers" && draws_matrices_)) continue;
    command += " --" + id + " " + shell_word(text);
  }
  for (const auto& [id, text] : cell.rule->given) command += " --" + id + " " + shell_word(text);
  command += " --seeds " + (cell.row->one_seed ? std::to_string(seeds_.front()) : seeds_words());
  if (cell.validation > 0) command += " --validation " + std::to_string(cell.validation);
  return command;
}

}  // namespace dnm::cli
