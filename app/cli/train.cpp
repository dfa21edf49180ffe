// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <iostream>
#include <memory>
#include <mutex>
#include <utility>

#include <CLI/CLI.hpp>

#include "app/cli/commands.h"
#include "app/cli/follow_training.h"
#include "app/cli/json_output.h"
#include "app/cli/network_options.h"
#include "app/cli/terminal.h"
#include "app/cli/text.h"
#include "app/workspace/metric_json.h"
#include "app/workspace/module_loader.h"
#include "app/workspace/words.h"
#include "core/support/digits.h"
#include "core/support/error.h"
#include "training/runs/run_seeds.h"

namespace dnm::cli {
namespace {

struct Options {
  NetworkOptions network;
  TableOptions training;
  TableOptions seeds;
  JobsOption jobs;
  bool json = false;
};

/// Rows of the training table that are no options of `dnm train`: the model's seed starts topology and weights alike.
constexpr std::string_view not_options[] = {"seed"};

TrainingSettings settings_of(const Options& options) {
  const auto session = options.network.session();
  TrainingSettings settings = session ? session->state.training : TrainingSettings{};
  options.training.apply(training_parameter_table(), settings);
  if (options.network.has_file() && options.training.given("hidden")) {
    throw UsageError("give either a file or --hidden, not both: the file brings its layers");
  }
  if (options.network.given("layers") && options.training.given("hidden")) {
    throw UsageError("give either --layers or --hidden, not both");
  }
  return settings;
}

/// Those given, else those of a session, else `single`.
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

Json accuracy_json(const std::vector<double>& values) {
  if (values.empty()) return {};
  const MeanWithError accuracy = mean_with_error(values);
  return {{"mean", number_json(accuracy.mean)}, {"se", number_json(accuracy.standard_error)}};
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

double seconds_of(const TrainingOutcome& outcome) {
  double seconds = 0.0;
  for (const EpochResult& epoch : outcome.epochs) seconds += epoch.values["seconds"];
  return seconds;
}

/// How far a run came, and what it was computed with. A rate is null where nothing was trained this time.
Json run_json(const TrainingOutcome& outcome) {
  const TrainingProgress& progress = outcome.progress;
  const auto rate = [](double value) { return value > 0.0 ? number_json(value) : Json(); };
  return {{"seed", outcome.seed},
          {"state", run_state_name(outcome.state)},
          {"epochs", outcome.epochs.size()},
          {"seconds", seconds_of(outcome)},
          {"engine", progress.engine},
          {"device", progress.device},
          {"layers", layers_json(progress.layer_timings)},
          {"masked_speed_up", number_json(progress.masked_speed_up)},
          {"images_per_second", rate(progress.images_per_second)},
          {"links_per_second", rate(progress.links_per_second)},
          {"memory_bytes", progress.memory_bytes}};
}

/// "38 s for 20 epochs; 41,000 images/s, 2.5 G links/s": all runs together, and the mean speed of one.
std::string cost_text(const std::vector<TrainingOutcome>& outcomes) {
  double seconds = 0.0, images = 0.0, links = 0.0;
  std::size_t epochs = 0, trained = 0;
  for (const TrainingOutcome& outcome : outcomes) {
    seconds += seconds_of(outcome);
    epochs += outcome.epochs.size();
    if (!(outcome.progress.images_per_second > 0.0)) continue;
    images += outcome.progress.images_per_second;
    links += outcome.progress.links_per_second;
    ++trained;
  }
  std::string text = duration_text(seconds) + " for " + counted(epochs, "epoch");
  if (trained == 0) return text;
  const auto runs = static_cast<double>(trained);
  return text + "; " + throughput_text(images / runs, links / runs);
}

void print_summary(const std::vector<TrainingOutcome>& outcomes, const TaskMetrics& metrics, bool json) {
  std::vector<RunHistory> histories;
  for (const TrainingOutcome& outcome : outcomes) histories.push_back(outcome.epochs);
  const RunSummary summary = summarise(histories, metrics);
  if (json) {
    Json runs = Json::array();
    for (const TrainingOutcome& outcome : outcomes) runs.push_back(run_json(outcome));
    const Json object{{"last", accuracy_json(summary.last)},
                      {"best_on_test", accuracy_json(summary.best_on_test)},
                      {"at_best_validation", accuracy_json(summary.at_best_validation)},
                      {"n", summary.last.size()},
                      {"runs", runs}};
    std::cout << json_text({{"summary", object}}, -1) << std::endl;
    return;
  }
  if (summary.last.empty()) return;
  TextTable table;
  table.add({"last epoch", accuracy_text(summary.last)});
  table.add({"best on test", accuracy_text(summary.best_on_test)});
  if (!summary.at_best_validation.empty()) {
    table.add({"at best validation", accuracy_text(summary.at_best_validation)});
  }
  const std::size_t runs = summary.last.size();
  std::cout << "\ntest accuracy" << (runs > 1 ? ", mean ± SE of " + std::to_string(runs) + " runs" : "") << '\n'
            << table.text() << "\ntraining took " << cost_text(outcomes) << '\n';
}

/// Everything of one `dnm train` but the seeds.
class Training {
 public:
  Training(const Options& options, const CommandContext& context)
      : options_(options),
        context_(context),
        settings_(settings_of(options)),
        parameters_(options.network.parameters()) {
    if (parameters_ && !options.network.has_file() && !options.network.given("layers")) {
      // The data set and --hidden give the layers.
      parameters_->layer_sizes = {data_set_shape(settings_.data_set).inputs};
      for (const std::int64_t size : settings_.hidden) parameters_->layer_sizes.push_back(static_cast<NodeIndex>(size));
    }
    if (parameters_) {
      parameters_->data_set = settings_.data_set;
      parameters_->data_folder = settings_.data_folder;
    }
    seeds_ = seeds_of(options, parameters_ ? parameters_->seed : options.network.seed());
    if (settings_.resume && settings_.run_folder.empty()) {
      throw UsageError("--resume needs the folder of the run to go on with: --run-dir DIR");
    }
  }

  int run() {
    RunQueue queue(training_module(), options_.jobs.jobs());
    std::vector<TrainingListener> listeners;
    descriptions_.resize(seeds_.size());
    for (std::size_t i = 0; i < seeds_.size(); ++i) {
      queue.add(request(i));
      listeners.push_back(listener(i));
    }
    const std::vector<TrainingOutcome> outcomes =
        follow_runs(queue, "training", metrics_of(settings_), listeners, context_.stop);
    for (std::size_t run = 0; run < outcomes.size(); ++run) {
      const TrainingOutcome& outcome = outcomes[run];
      // What kept a run from beginning, such as missing data, is no matter of its seed.
      if (!outcome.problem.empty()) throw Error((has_begun(outcome) ? start_of(run) : "") + outcome.problem);
    }
    print_summary(outcomes, metrics_of(settings_), options_.json);
    const bool finished = std::all_of(outcomes.begin(), outcomes.end(), [](const TrainingOutcome& outcome) {
      return outcome.state == RunState::finished;
    });
    if (!finished) throw Error(stopped_text(outcomes));
    return 0;
  }

 private:
  /// What lines about one of several runs begin with.
  [[nodiscard]] std::string name_of(std::size_t run) const {
    return seeds_.size() > 1 ? "seed " + std::to_string(seeds_[run]) : std::string();
  }
  [[nodiscard]] std::string start_of(std::size_t run) const {
    return seeds_.size() > 1 ? name_of(run) + ": " : std::string();
  }

  [[nodiscard]] std::string stopped_text(const std::vector<TrainingOutcome>& outcomes) const {
    if (std::none_of(outcomes.begin(), outcomes.end(), has_begun))
      return "stopped on request before the training began";
    if (settings_.run_folder.empty()) return "stopped on request; nothing is kept without --run-dir";
    return "stopped on request; what was reached is kept in " + settings_.run_folder +
           ", and the same command with --resume goes on from there";
  }

  RunRequest request(std::size_t run) {
    TrainingSettings settings = settings_of_seed(settings_, seeds_[run], seeds_.size());
    settings.command = context_.command_line;
    return run_request(
        name_of(run), settings, [this, run](const TaskControl& control) { return network_of(seeds_[run], control); },
        [this, run](const SourceNetwork& source) {
          const std::lock_guard lock(mutex_);
          descriptions_[run] = describe(source) + ", " + counted(source.network->link_count(), "link");
        });
  }

  [[nodiscard]] SourceNetwork network_of(std::uint64_t seed, const TaskControl& control) const {
    if (!parameters_) {
      SourceNetwork source = options_.network.resolve(control);
      for (const std::string& notice : std::exchange(source.notices, {})) print_notice_once(notice);  // for all seeds
      return source;
    }
    return draw_network(parameters_of_seed(*parameters_, seed), control, data_set_shape(settings_.data_set).classes);
  }

  TrainingListener listener(std::size_t run) {
    TrainingListener made;
    if (options_.json) {
      made.epoch = [this](const EpochResult& epoch) {
        std::cout << json_text(epoch_json(epoch, metrics_of(settings_)), -1) << std::endl;
      };
      return made;
    }
    made.started = [this, run](const TrainingProgress& progress) {
      const std::lock_guard lock(mutex_);
      std::cout << descriptions_[run] << "; " << data_set_shape(settings_.data_set).label << "; engine "
                << progress.engine << " on " << progress.device << '\n';
      if (const std::string line = engine_line(progress); !line.empty()) std::cout << line << '\n';
      std::cout << std::flush;
    };
    made.epoch = [this, run](const EpochResult& epoch) {
      std::cout << (seeds_.size() > 1 ? name_of(run) + "  " : "") << epoch_line(epoch, settings_) << std::endl;
    };
    return made;
  }

  const Options& options_;
  const CommandContext& context_;
  TrainingSettings settings_;
  std::optional<ModelParameters> parameters_;
  std::vector<std::uint64_t> seeds_;
  std::mutex mutex_;
  std::vector<std::string> descriptions_;  ///< of the networks, once drawn
};

}  // namespace

RunCommand declare_train(CLI::App& app) {
  const auto options = std::make_shared<Options>();
  // The data set that a network learns from is also the one that data-driven initialisers see.
  constexpr std::string_view shared[] = {"data", "data-dir"};
  options->network.declare(app, true, shared);
  app.get_option("--layers")
      ->description("Neurons in each layer, inputs first; left out, they follow from the data set and --hidden");
  options->training.add(app, training_parameter_table(), TrainingSettings{}, "Training", not_options);
  options->seeds.add(app, seeds_info(), std::vector<std::int64_t>{0}, "Training");
  options->jobs.declare(app, "Training");
  app.add_flag("--json", options->json,
               "Print one JSON object per epoch, and a summary with the engines, speed and memory of each run");
  return [options](const CommandContext& context) { return Training(*options, context).run(); };
}

}  // namespace dnm::cli
