// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/runs/training_module.h"

#include <utility>

#include "training/runs/background_run.h"
#include "training/runs/run_plan.h"

namespace dnm {
namespace {

class Module : public TrainingModule {
 public:
  std::unique_ptr<TrainingRun> start(TopologySource source, const TrainingSettings& settings) override {
    return std::make_unique<BackgroundRun>(make_plan(std::move(source), settings));
  }
};

}  // namespace
}  // namespace dnm

extern "C" __attribute__((visibility("default"))) dnm::TrainingModule* dnm_training_module();
extern "C" dnm::TrainingModule* dnm_training_module() {
  static dnm::Module module;
  return &module;
}
