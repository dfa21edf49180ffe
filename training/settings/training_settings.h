// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/parameters/parameter.h"
#include "training/layers/engine.h"
#include "training/layers/weight_init.h"
#include "training/schedules/learning_rate.h"

namespace dnm {

/// All that one training run is made of besides its topology. The defaults are those of the DNM poster.
struct TrainingSettings {
  std::string data_set = "fashion-mnist";
  std::string data_folder{};  ///< empty: where the system keeps that data set
  std::vector<std::int64_t> hidden{1568, 1568, 1568};
  std::string recipe = "small";   ///< of recipe_table(): what a Transformer's other settings are set to
  std::string model = "mlp";      ///< of model_table()
  std::string method = "static";  ///< of rewiring_table()
  std::int64_t epochs = 100;
  std::int64_t batch = 32;
  double learning_rate = 0.025;
  RateSchedule learning_rate_schedule = RateSchedule::linear;
  double final_learning_rate_ratio = 0.01;  ///< of the learning rate, reached at `decay_end`
  double decay_end = 0.9;                   ///< fraction of the epochs over which it falls
  std::int64_t warm_up = 1000;              ///< steps over which the rate rises in the schedules that do
  std::string optimiser = "sgd";            ///< of optimiser_table()
  double dropout = 0.0;
  WeightInit weight_init = WeightInit::swi;
  Engine engine = Engine::automatic;
  Device device = Device::automatic;
  std::int64_t validation = 0;  ///< training examples held out
  std::uint64_t seed = 0;
  std::string run_folder{};  ///< empty: nothing is written
  bool resume = false;
  bool longer = false;                ///< no row of the table: resuming may raise the number of epochs
  double checkpoint_seconds = 180.0;  ///< between checkpoints within an epoch; 0: only at its end
  std::string command{};              ///< no row of the table: the command line that makes this run, for config.json
  /// What the chosen parts are set to beside their defaults (ParameterTable::add_parts).
  ParameterValues parts{};
  bool operator==(const TrainingSettings&) const = default;
};

}  // namespace dnm
