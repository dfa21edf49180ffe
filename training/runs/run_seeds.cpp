// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/runs/run_seeds.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "core/parameters/parameter_table.h"
#include "core/support/error.h"
#include "core/support/json.h"
#include "training/runs/training_parameters.h"

namespace dnm {

const ParameterInfo& seeds_info() {
  static const ParameterInfo info = [] {
    ParameterInfo made = model_parameter_table().at("seed").info;
    made.id = "seeds";
    made.label = "Seeds";
    made.symbol = "";
    made.meaning = "One run per seed, each with its own topology and weights; they make one group.";
    made.kind = ParameterKind::integer_list;
    return made;
  }();
  return info;
}

std::vector<std::uint64_t> seeds_of(const ParameterValue& value) {
  check_value(seeds_info(), value);
  std::vector<std::uint64_t> seeds;
  for (const std::int64_t seed : std::get<std::vector<std::int64_t>>(value)) {
    const auto number = static_cast<std::uint64_t>(seed);
    if (std::find(seeds.begin(), seeds.end(), number) != seeds.end()) {
      throw InvalidInput("the seeds name " + std::to_string(seed) + " twice; every run needs a seed of its own");
    }
    seeds.push_back(number);
  }
  return seeds;
}

ParameterValue seeds_value(std::span<const std::uint64_t> seeds) {
  std::vector<std::int64_t> list;
  for (const std::uint64_t seed : seeds) list.push_back(static_cast<std::int64_t>(seed));
  return list;
}

std::string seed_folder_name(std::uint64_t seed) { return std::string(seed_folder_start) + std::to_string(seed); }

TrainingSettings settings_of_seed(TrainingSettings settings, std::uint64_t seed, std::size_t count) {
  settings.seed = seed;
  if (count > 1 && !settings.run_folder.empty()) {
    settings.run_folder = (std::filesystem::path(settings.run_folder) / seed_folder_name(seed)).string();
  }
  return settings;
}

ModelParameters parameters_of_seed(ModelParameters parameters, std::uint64_t seed) {
  parameters.seed = seed;
  return parameters;
}

std::string training_json_with_seeds(const TrainingSettings& settings, std::span<const std::uint64_t> seeds) {
  OrderedJson object = parse_json(training_settings_to_json(settings));
  object.erase("seed");  // the group's seeds stand in its place
  if (!seeds.empty()) object["seeds"] = format_value(seeds_info(), seeds_value(seeds));
  return object.dump(2);
}

std::vector<std::uint64_t> seeds_from_training_json(std::string_view text) {
  const OrderedJson object = parse_json_if_valid(text);
  if (!object.is_object()) return {};
  if (const auto found = object.find("seeds"); found != object.end()) {
    if (!found->is_string()) throw InvalidInput("the training setting \"seeds\" must be text in quotes");
    return seeds_of(parse_value(seeds_info(), found->get<std::string>()));
  }
  const std::uint64_t single = training_settings_from_json(text).seed;
  return single == 0 ? std::vector<std::uint64_t>{} : std::vector{single};
}

}  // namespace dnm
