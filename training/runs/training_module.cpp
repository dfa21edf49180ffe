// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/runs/training_module.h"

#include <utility>

#include "training/runs/background_run.h"
#include "training/runs/run_plan.h"
#include "training/runs/text_translator.h"

namespace dnm {
namespace {

class Module : public TrainingModule {
 public:
  std::unique_ptr<TrainingRun> start(TopologySource source, const TrainingSettings& settings) override {
    return std::make_unique<BackgroundRun>(make_plan(std::move(source), settings));
  }
  std::uint64_t memory_bytes(TopologySource source, const TrainingSettings& settings) override {
    return memory_of(make_plan(std::move(source), settings));
  }
  std::unique_ptr<TextTranslator> translator(const TranslatorRequest& request, const TaskControl& control) override {
    return make_translator(request, control);
  }
};

}  // namespace
}  // namespace dnm

extern "C" __attribute__((visibility("default"))) dnm::TrainingModule* dnm_training_module();
extern "C" dnm::TrainingModule* dnm_training_module() {
  static dnm::Module module;
  return &module;
}
