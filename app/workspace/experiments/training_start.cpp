// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/experiments/training_start.h"

#include <algorithm>
#include <variant>

#include "core/models/allocation.h"
#include "core/parameters/number_text.h"
#include "core/parameters/parameter_table.h"
#include "core/support/error.h"
#include "training/models/model_table.h"
#include "training/runs/training_parameters.h"

namespace dnm {
namespace {

constexpr std::string_view start_row = "start-sparsity";
constexpr std::string_view final_row = "final-sparsity";
constexpr std::string_view sparsity_row = "sparsity";

/// Of a row that the chosen rule brings.
std::optional<double> value_of(std::string_view id, const TrainingSettings& training) {
  const auto& table = training_parameter_table();
  const auto& row = table.at(id);
  if (!table.belongs(row, training)) return std::nullopt;
  return value_as<double>(row.info, row.get(training));
}

bool has_sparsity(const ModelParameters& model) {
  return model_parameter_table().applies(model_parameter_table().at(sparsity_row), model);
}

/// The one sparsity of all layers, where the model has one.
std::optional<double> common_sparsity(const ModelParameters& model) {
  const bool differs = std::ranges::any_of(
      model.overrides, [](const auto& layer) { return layer.second.find(sparsity_row) != layer.second.end(); });
  if (!has_sparsity(model) || differs || parse_allocation(model.allocation).rule != AllocationRule::uniform)
    return std::nullopt;
  return model.shared.sparsity;
}

}  // namespace

std::optional<double> start_sparsity(const ModelParameters& model, const TrainingSettings& training) {
  return has_sparsity(model) ? value_of(start_row, training) : std::nullopt;
}

std::optional<double> final_sparsity(const TrainingSettings& settled) { return value_of(final_row, settled); }

ModelParameters first_parameters(ModelParameters model, const TrainingSettings& training) {
  const std::optional<double> sparsity = start_sparsity(model, training);
  if (!sparsity) return model;
  model.shared.sparsity = *sparsity;
  for (auto& [layer, values] : model.overrides)
    if (const auto own = values.find(sparsity_row); own != values.end()) values.erase(own);
  std::erase_if(model.overrides, [](const auto& layer) { return layer.second.empty(); });
  if (parse_allocation(model.allocation).rule == AllocationRule::by_hand)
    model.allocation = ModelParameters{}.allocation;
  return model;
}

bool begins_as_shown(const WorkspaceState& start) {
  return !std::holds_alternative<ShownModel>(start.shown) || !start_sparsity(start.parameters, start.training);
}

TrainingSettings settled_training(const WorkspaceState& start) {
  TrainingSettings settled = start.training;
  const std::optional<double> given = final_sparsity(settled);
  if (!given) return settled;
  const bool is_drawn = std::holds_alternative<ShownModel>(start.shown);
  if (*given == 0.0) {
    const std::optional<double> sparsity = is_drawn ? common_sparsity(start.parameters) : std::nullopt;
    if (!sparsity) {
      throw InvalidInput(std::string(is_drawn ? "the model gives its layers no common sparsity"
                                              : "the network of a file or run comes without a sparsity to end at") +
                         "; say at which one the falling density ends (Final sparsity, --final-sparsity)");
    }
    training_parameter_table().at(final_row).set(settled, *sparsity);
  }
  const double final = *final_sparsity(settled);
  const std::optional<double> first = begins_as_shown(start) ? std::nullopt : value_of(start_row, settled);
  if (first && *first > final) {
    throw InvalidInput("the density falls from a start sparsity of " + format_real(*first) + " to one of " +
                       format_real(final) +
                       "; give a smaller --start-sparsity, or a larger --sparsity or --final-sparsity");
  }
  return settled;
}

std::string matrices_text(const WorkspaceState& start) {
  std::vector<MatrixRequest> matrices;
  try {
    matrices = matrices_of(start.training);
  } catch (const InvalidInput&) {
    return {};  // Start says why
  }
  if (matrices.empty()) return {};
  NodeIndex smallest = matrices.front().n_out, largest = smallest;
  for (const MatrixRequest& matrix : matrices) {
    smallest = std::min({smallest, matrix.n_in, matrix.n_out});
    largest = std::max({largest, matrix.n_in, matrix.n_out});
  }
  return std::to_string(matrices.size()) + " matrices of " + std::to_string(smallest) +
         (smallest == largest ? "" : " to " + std::to_string(largest)) + " neurons";
}

std::string falling_text(const WorkspaceState& start) {
  if (begins_as_shown(start)) return {};
  const double first = *start_sparsity(start.parameters, start.training);
  return "trained from sparsity " + format_real(first) + " to " + format_real(*final_sparsity(settled_training(start)));
}

}  // namespace dnm
