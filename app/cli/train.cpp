// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <iostream>
#include <memory>
#include <mutex>
#include <utility>

#include "app/cli/command.h"
#include "app/cli/follow_training.h"
#include "app/cli/json_output.h"
#include "app/cli/network_options.h"
#include "app/cli/terminal.h"
#include "app/cli/text.h"
#include "app/workspace/experiments/experiment_words.h"
#include "app/workspace/experiments/training_start.h"
#include "app/workspace/experiments/update_plan.h"
#include "app/workspace/experiments/updates_json.h"
#include "app/workspace/metric_json.h"
#include "app/workspace/words.h"
#include "core/parameters/look_up.h"
#include "core/support/digits.h"
#include "core/support/error.h"
#include "training/models/model_table.h"
#include "training/rewiring/rewiring_table.h"
#include "training/runs/run_folder_files.h"
#include "training/runs/run_seeds.h"
#include "training/runs/training_parameters.h"
#include "training/tasks/task_table.h"

namespace dnm::cli {
namespace {

struct Options {
  NetworkOptions network;
  TableOptions training;
  TableOptions seeds;
  JobsOption jobs;
  bool json = false;
};

/// Rows of the training table that are not options of `dnm train`: the model's seed sets both topology and weights.
constexpr std::string_view not_options[] = {"seed"};

TrainingSettings settings_of(const Options& options) {
  const auto session = options.network.session();
  TrainingSettings settings = session ? session->state.training : TrainingSettings{};
  options.training.apply(training_parameter_table(), settings);
  // Without --epochs the default number would be meant, which nobody has asked for.
  settings.longer = options.training.given("epochs");
  if (options.network.has_file() && options.training.given("hidden")) {
    throw UsageError("give either a file or --hidden, not both: the file has its own layers");
  }
  if (options.network.has_file() && !session && options.training.given("start-sparsity")) {
    throw UsageError("leave out --start-sparsity: the network of a file begins with the links that it has");
  }
  if (options.network.given("layers") && options.training.given("hidden")) {
    throw UsageError("give either --layers or --hidden, not both");
  }
  return settings;
}

/// The seeds given, else those of a session, else `single`.
std::vector<std::uint64_t> seeds_of(const Options& options, std::uint64_t single) {
  if (options.network.given("seed") && options.seeds.given("seeds")) throw UsageError("give either --seed or --seeds");
  if (const auto value = options.seeds.value(seeds_info())) {
    std::vector<std::uint64_t> seeds = dnm::seeds_of(*value);
    if (seeds.empty()) throw InvalidInput("--seeds is empty; give numbers such as 0,1,2");
    return seeds;
  }
  if (const auto session = options.network.session(); session && !options.network.given("seed")) {
    if (!session->state.seeds.empty()) return session->state.seeds;
  }
  return {single};
}

Json epoch_json(const EpochResult& epoch, const TaskMetrics& metrics) {
  Json object{{"seed", epoch.seed}, {"epoch", epoch.epoch}};
  for (const Metric* metric : metrics.all) object[std::string(metric->id)] = metric_json(*metric, epoch.values);
  return object;
}

Json mean_json(const std::vector<double>& values) {
  if (values.empty()) return {};
  const auto [mean, error, count] = mean_with_error(values);
  return {{"mean", number_json(mean)}, {"se", number_json(error)}};
}

Json layers_json(const std::vector<LayerTiming>& timings) {
  Json layers = Json::array();
  for (const LayerTiming& timing : timings) {
    layers.push_back({{"engine", engine_id(timing.engine)},
                      {"sparse_milliseconds", number_json(timing.sparse_milliseconds)},
                      {"masked_milliseconds", number_json(timing.masked_milliseconds)}});
  }
  return layers;
}

double seconds_of(const ExperimentRun& run) {
  double seconds = 0.0;
  for (const EpochResult& epoch : run.epochs) seconds += epoch.values["seconds"];
  return seconds;
}

/// Progress of a run and how it was computed. Rates are null when nothing was trained in this process.
Json run_json(const ExperimentRun& run) {
  const TrainingProgress& progress = run.progress;
  const auto rate = [](double value) { return value > 0.0 ? number_json(value) : Json(); };
  return {{"seed", run.seed},
          {"state", run_state_name(progress.state)},
          {"epochs", run.epochs.size()},
          {"seconds", seconds_of(run)},
          {"engine", progress.engine},
          {"device", progress.device},
          {"layers", layers_json(progress.layer_timings)},
          {"masked_speed_up", number_json(progress.masked_speed_up)},
          {"examples_per_second", rate(progress.examples_per_second)},
          {"links_per_second", rate(progress.links_per_second)},
          {"memory_bytes", progress.memory_bytes}};
}

/// "38 s for 20 epochs; 41,000 examples/s, 2.5 G links/s": total time of all runs, and the mean speed of one.
std::string cost_text(const Experiment& experiment) {
  double seconds = 0.0, examples = 0.0, links = 0.0;
  std::size_t epochs = 0, trained = 0;
  for (const ExperimentRun& run : experiment.runs) {
    seconds += seconds_of(run);
    epochs += run.epochs.size();
    if (!(run.progress.examples_per_second > 0.0)) continue;
    examples += run.progress.examples_per_second;
    links += run.progress.links_per_second;
    ++trained;
  }
  const std::string text = duration_text(seconds) + " for " + counted(epochs, "epoch");
  if (trained == 0) return text;
  const auto runs = static_cast<double>(trained);
  return text + "; " + throughput_text(examples / runs, links / runs, examples_word(experiment.start.training));
}

void print_summary(const Experiment& experiment, bool json) {
  const ExperimentSummary summary = summary_of(experiment);
  if (json) {
    Json runs = Json::array();
    for (const ExperimentRun& run : experiment.runs) runs.push_back(run_json(run));
    const Json object{{"last", mean_json(summary.last)},
                      {"best_on_test", mean_json(summary.best_on_test)},
                      {"at_best_validation", mean_json(summary.at_best_validation)},
                      {"n", summary.last.size()},
                      {"epoch", summary.epoch},
                      {"runs", runs}};
    std::cout << ascii_text({{"summary", object}}, -1) << std::endl;
    return;
  }
  if (summary.last.empty()) return;
  TextTable table;
  table.add({"last epoch", mean_text(summary.metric, summary.last)});
  table.add({"best on test", mean_text(summary.metric, summary.best_on_test)});
  if (!summary.at_best_validation.empty()) {
    table.add({"at best validation", mean_text(summary.metric, summary.at_best_validation)});
  }
  const std::size_t runs = summary.last.size();
  std::cout << '\n'
            << in_sentence(summary.metric->label)
            << (runs > 1 ? ", mean ± SE of " + std::to_string(runs) + " runs" : "")
            << (summary.is_complete() ? "" : " (" + count_text(summary) + ")") << '\n'
            << table.text() << "\ntraining took " << cost_text(experiment) << '\n';
}

/// One `dnm train`.
class Training {
 public:
  Training(const Options& options, const CommandContext& context)
      : options_(options),
        context_(context),
        settings_(settings_of(options)),
        parameters_(options.network.parameters()) {
    static_cast<void>(matrices_of(settings_));  // refuses a shape that cannot be
    if (draws_matrices(settings_) && options.network.given("layers")) {
      throw UsageError("leave out --layers: the sizes of a Transformer are --width and --feed-forward");
    }
    if (parameters_ && !draws_matrices(settings_) && !options.network.has_file() && !options.network.given("layers")) {
      // The layers follow from the data set and --hidden.
      parameters_->layer_sizes = {shape_of(settings_).inputs};
      for (const std::int64_t size : settings_.hidden) parameters_->layer_sizes.push_back(static_cast<NodeIndex>(size));
    }
    if (parameters_) {
      parameters_->data_set = settings_.data_set;
      parameters_->data_folder = settings_.data_folder;
    }
    if (parameters_ && options.network.given("layers") && !parameters_->layer_sizes.empty() &&
        parameters_->layer_sizes.back() == shape_of(settings_).outputs) {
      const std::string classes = std::to_string(shape_of(settings_).outputs);
      print_notice("a dense classifier of " + classes + " classes follows the last of --layers, which are " + classes +
                   " hidden neurons; leave them out if the classifier was meant");
    }
    seeds_ = seeds_of(options, parameters_ ? parameters_->seed : options.network.seed());
    if (settings_.resume && settings_.run_folder.empty()) {
      throw UsageError("--resume needs the folder of the run to continue: --run-dir DIR");
    }
    if (!settings_.resume) return;
    for (const std::uint64_t seed : seeds_) {
      const std::string folder = settings_of_seed(settings_, seed, seeds_.size()).run_folder;
      if (!holds_run(folder)) print_notice("there is no run to resume in " + folder + "; it begins anew");
    }
  }

  int run() {
    const FollowOptions follow = follow_options();
    ExperimentPlan plan;
    plan.start = start();
    plan.command_line = context_.command_line;
    if (!draws_matrices(settings_)) {
      plan.topology = topology_of_seed(
          follow, [this](std::uint64_t seed, const TaskControl& control) { return network_of(seed, control); });
    }
    ExperimentRunner runner(options_.jobs.jobs());
    const Experiment experiment = follow_experiment(runner, std::move(plan), follow, context_.stop);
    for (const ExperimentRun& run : experiment.runs) {
      // A failure before the run begins, such as missing data, does not depend on its seed.
      if (const std::string& problem = run.progress.problem; !problem.empty())
        throw Error((has_begun(run) && seeds_.size() > 1 ? name_of(run.seed) + ": " : "") + problem);
    }
    print_summary(experiment, options_.json);
    if (stage_of(experiment) != RunStage::finished) throw Error(stopped_text(experiment));
    return 0;
  }

 private:
  /// Prefix of lines about one of several runs.
  [[nodiscard]] std::string name_of(std::uint64_t seed) const {
    return seeds_.size() > 1 ? "seed " + std::to_string(seed) : std::string();
  }

  [[nodiscard]] std::string stopped_text(const Experiment& experiment) const {
    if (std::ranges::none_of(experiment.runs, [](const ExperimentRun& run) { return has_begun(run); }))
      return "stopped on request before the training began";
    if (settings_.run_folder.empty()) return "stopped on request; nothing is kept without --run-dir";
    return "stopped on request; what was reached is kept in " + settings_.run_folder +
           ", and the same command with --resume continues from there";
  }

  [[nodiscard]] SourceNetwork network_of(std::uint64_t seed, const TaskControl& control) {
    if (!parameters_) {
      // One for all seeds: a pipe can be read only once.
      const std::scoped_lock lock(reading_);
      if (!source_) source_ = options_.network.resolve(control);
      for (const std::string& notice : std::exchange(source_->notices, {})) print_notice_once(notice);
      return *source_;
    }
    return draw_network(parameters_of_seed(first_parameters(*parameters_, settings_), seed), control,
                        shape_of(settings_).outputs);
  }

  [[nodiscard]] WorkspaceState start() const {
    WorkspaceState state;
    state.training = settings_;
    state.seeds = seeds_;
    if (parameters_) state.parameters = *parameters_;
    if (options_.network.has_file() && !parameters_)
      state.shown = ShownFile{options_.network.file(), {}, {}, options_.network.reading()};
    return state;
  }

  /// "; rewired by CHTs"; empty where the topology stays.
  [[nodiscard]] std::string rule_words() const {
    if (settings_.method == TrainingSettings{}.method) return {};
    return "; rewired by " + std::string(look_up(rewiring_table(), settings_.method, "rewiring rule").choice.label);
  }

  FollowOptions follow_options() {
    FollowOptions made{"training", [this](std::uint64_t seed) { return name_of(seed); }};
    if (options_.json) {
      made.epoch = [this](const ExperimentRun&, const EpochResult& epoch) {
        std::cout << ascii_text(epoch_json(epoch, metrics_of(settings_)), -1) << std::endl;
      };
      made.update = [](const ExperimentRun&, const UpdateResult& update) {
        std::cout << ascii_text(update_to_json(update), -1) << std::endl;
      };
      return made;
    }
    made.started = [this](const ExperimentRun& run) {
      const TrainingProgress& progress = run.progress;
      std::cout << run.network << "; " << data_label(settings_) << rule_words() << "; engine " << progress.engine
                << " on " << progress.device << '\n';
      if (const std::string line = engine_line(progress); !line.empty()) std::cout << line << '\n';
      const std::string updates = updates_text(start(), progress.updates_before, progress.epochs_before);
      if (!updates.empty()) std::cout << updates << '\n';
      if (progress.epochs_before >= static_cast<double>(settings_.epochs))
        print_notice(name_of(run.seed) + (seeds_.size() > 1 ? ": " : "") + "the run has trained all its epochs (" +
                     std::to_string(settings_.epochs) + "); give more (--epochs) to train longer");
      std::cout << std::flush;
    };
    made.epoch = [this](const ExperimentRun& run, const EpochResult& epoch) {
      const std::string name = name_of(run.seed);
      std::cout << name << (name.empty() ? "" : "  ") << epoch_line(epoch, settings_) << std::endl;
    };
    return made;
  }

  const Options& options_;
  const CommandContext& context_;
  TrainingSettings settings_;
  std::optional<ModelParameters> parameters_;
  std::vector<std::uint64_t> seeds_;
  std::mutex reading_;
  std::optional<SourceNetwork> source_;  ///< of the file, once it was read
};

}  // namespace

RunCommand declare_train(OptionParser& parser) {
  const auto options = std::make_shared<Options>();
  // Data-driven initialisers use the data set that the network is trained on.
  constexpr std::string_view shared[] = {"data", "data-dir"};
  options->network.declare(parser, true, shared);
  parser.set_help("--layers",
                  "Neurons in each layer, inputs first; left out, they follow from the data set and --hidden");
  options->training.add(parser, training_parameter_table(), TrainingSettings{}, "Training", not_options);
  options->seeds.add(parser, seeds_info(), std::vector<std::int64_t>{0}, "Training");
  options->jobs.declare(parser, "Training");
  parser.add_flag({.name = "--json",
                   .help = "Print one JSON object per epoch and per update of the topology, and a summary with the "
                           "engines, speed and memory of each run"},
                  options->json);
  return [options](const CommandContext& context) {
    name_data_file(options->training);
    return Training(*options, context).run();
  };
}

}  // namespace dnm::cli
