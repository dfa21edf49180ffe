// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>
#include <filesystem>
#include <iostream>
#include <memory>

#include "app/cli/command.h"
#include "app/cli/follow_training.h"
#include "app/cli/network_options.h"
#include "app/cli/output_folder.h"
#include "app/cli/terminal.h"
#include "app/cli/text.h"
#include "app/workspace/module_loader.h"
#include "app/workspace/session/session.h"
#include "core/files/presets.h"
#include "core/support/error.h"
#include "training/tasks/task_table.h"
#ifdef DNM_STUDIO
#include "app/cli/figure_panels.h"
#endif

namespace dnm::cli {
namespace {

#ifdef DNM_STUDIO

/// The poster's four panels side by side, as PDF and PNG.
void draw_comparison(const std::filesystem::path& folder, const CommandContext& context) {
  FigureRequest request;
  TextTable table;
  std::vector<std::string> head{""};
  for (const Measure& measure : measure_table()) head.emplace_back(measure.symbol);
  table.add(head);
  for (const Preset& preset : presets()) {
    if (!preset.id.starts_with("poster-")) continue;
    const SourceNetwork source = draw_network(preset.parameters, {context.stop, {}});
    ViewSettings view;
    view.measures.seed = preset.parameters.seed;
    FigureNetwork network = make_network(preset.title, source, std::array{all_pictures}, view, context.stop);
    std::vector<std::string> cells{preset.title};
    for (const Measurement& measurement : network.measures) cells.push_back(format_measurement(measurement));
    table.add(cells);
    request.networks.push_back(std::move(network));
  }
  request.grid = grid_of_networks(all_pictures, request.networks.size());
  request.session_json = session_to_json(network_session());
  request.command_line = "dnm demo";
  std::cout << "The four panels of the comparison (98-196-196, 90 % sparse):\n" << table.text() << std::flush;
  for (const char* name : {"comparison.pdf", "comparison.png"}) {
    const std::filesystem::path path = folder / name;
    for (const std::string& notice : figure_module().write(path, request)) print_notice(notice);
    std::cout << "wrote " << path.string() << std::endl;
  }
}

#else

void draw_comparison(const std::filesystem::path&, const CommandContext&) {
  std::cout << "figures are not part of this build (-DDNM_STUDIO=OFF): the four-panel comparison is left out"
            << std::endl;
}

#endif

void train_sparse_network(const CommandContext& context) {
  TrainingSettings settings;
  settings.epochs = 3;
  ModelParameters parameters;
  parameters.layer_sizes = {shape_of(settings).inputs};
  for (const std::int64_t size : settings.hidden) parameters.layer_sizes.push_back(static_cast<NodeIndex>(size));
  set_from_text(parameters, "sparsity", "0.99");
  SourceNetwork source = draw_network(parameters, {context.stop, {}});
  FollowOptions follow{"training"};
  follow.started = [&](const ExperimentRun& run) {
    std::cout << "\nTraining " << run.network << ", on " << data_label(settings) << "; engine " << run.progress.engine
              << " on " << run.progress.device << std::endl;
  };
  follow.epoch = [&](const ExperimentRun&, const EpochResult& epoch) {
    std::cout << epoch_line(epoch, settings) << std::endl;
  };
  ExperimentPlan plan;
  plan.start.parameters = parameters;
  plan.start.training = settings;
  plan.topology = topology_of_seed(follow, [&](std::uint64_t, const TaskControl&) { return source; });
  ExperimentRunner runner(1);
  const Experiment experiment = follow_experiment(runner, std::move(plan), follow, context.stop);
  if (const std::string& problem = problem_of(experiment); !problem.empty()) throw Error(problem);
  if (stage_of(experiment) == RunStage::stopped) throw Cancelled();
}

}  // namespace

RunCommand declare_demo(OptionParser& parser) {
  const auto folder = std::make_shared<std::string>("dnm-demo");
  parser.add({.name = "-o,--output", .help = "The folder to write into [dnm-demo]", .placeholder = "DIR"}, *folder);
  return [folder](const CommandContext& context) {
    const OutputFolder made(*folder);
    draw_comparison(*folder, context);
    train_sparse_network(context);
    return 0;
  };
}

}  // namespace dnm::cli
