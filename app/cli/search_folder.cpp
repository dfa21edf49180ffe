// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/search/search_folder.h"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/cli/command.h"
#include "app/cli/figure_file.h"
#include "app/cli/json_output.h"
#include "app/cli/search_output.h"
#include "app/cli/text.h"
#include "app/workspace/search/search_report.h"
#include "app/workspace/search/search_results.h"
#include "app/workspace/search/search_watch.h"
#include "app/workspace/search/slurm_jobs.h"
#include "app/workspace/words.h"
#include "core/shared_work/shared_work.h"
#include "core/support/digits.h"
#include "core/support/error.h"
#include "core/support/shell_word.h"

// The commands that look after a search, wherever its workers are: all they need is its folder.
namespace dnm::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t listed_steps = 20;
constexpr std::size_t listed_trials = 5;

OptionText folder_text() {
  return {.name = "FOLDER", .help = "The folder of a search (dnm search -o)", .required = true};
}

/// A search and what its workers share.
struct OpenSearch {
  explicit OpenSearch(const std::string& path)
      : folder(path), search(folder), work(shared_files_in(folder / search_work_folder)), items(work.items()) {}
  fs::path folder;
  SearchFolder search;
  SharedWork work;
  std::vector<WorkItem> items;
};

/// A step that somebody has claimed.
struct ClaimedStep {
  enum class State { running, given_back, dead };
  std::string id, worker;
  State state = State::running;
  double silence = 0;  ///< seconds since its last heartbeat
  int deaths = 0;
};

std::vector<ClaimedStep> claimed_steps(OpenSearch& open) {
  std::vector<ClaimedStep> steps;
  const std::vector<std::string> abandoned = open.work.abandoned();
  for (const WorkItem& item : open.items) {
    if (item.state == WorkState::finished) continue;
    const std::vector<WorkSlot> log = open.work.history(item.id);
    if (log.empty() || log.back().kind == WorkSlot::Kind::result) continue;
    const WorkSlot& last = log.back();
    using State = ClaimedStep::State;
    const State state = last.given_back                                  ? State::given_back
                        : std::ranges::binary_search(abandoned, item.id) ? State::dead
                                                                         : State::running;
    steps.push_back({item.id, last.worker, state, last.since.count(), last.deaths});
  }
  return steps;
}

/// "HOST:PROCESS" of a worker's name.
std::string short_name(const std::string& worker) { return worker.substr(0, worker.find(':', worker.find(':') + 1)); }

std::string state_words(const ClaimedStep& step) {
  if (step.state == ClaimedStep::State::given_back) return "given back, free";
  if (step.state == ClaimedStep::State::dead) return "without a worker since " + duration_text(step.silence);
  return "heartbeat " + duration_text(step.silence) + " ago";
}

std::size_t count_of(const std::vector<ClaimedStep>& steps, ClaimedStep::State state) {
  return static_cast<std::size_t>(
      std::count_if(steps.begin(), steps.end(), [&](const ClaimedStep& step) { return step.state == state; }));
}

void print_steps(const std::vector<ClaimedStep>& steps) {
  using State = ClaimedStep::State;
  std::cout << counted(count_of(steps, State::running), "step") << " under way, " << count_of(steps, State::given_back)
            << " given back, " << count_of(steps, State::dead) << " of workers that died\n";
  if (steps.empty()) return;
  TextTable table;
  table.add({"step", "worker", "state", "deaths"});
  for (std::size_t at = 0; at < std::min(steps.size(), listed_steps); ++at)
    table.add({steps[at].id, short_name(steps[at].worker), state_words(steps[at]), std::to_string(steps[at].deaths)});
  std::cout << table.text();
  if (steps.size() > listed_steps) std::cout << "and " << steps.size() - listed_steps << " more\n";
}

Json status_json(const OpenSearch& open, const SearchResults& results, const std::vector<ClaimedStep>& steps,
                 const std::optional<std::string>& cancelled,
                 const std::optional<std::map<std::string, std::int64_t>>& slurm) {
  using State = ClaimedStep::State;
  const auto records = open.search.records(open.items);
  Json json{{"finished", is_finished(open.search.plan(), records)},
            {"trials", results.trials.size()},
            {"steps", results.over},
            {"failed", results.failed},
            {"running", count_of(steps, State::running)},
            {"given_back", count_of(steps, State::given_back)},
            {"dead", count_of(steps, State::dead)}};
  json["cancelled"] = cancelled ? Json(*cancelled) : Json();
  json["best"] = results.best;
  json["slurm"] = slurm ? Json(*slurm) : Json();
  return json;
}

int show_status(const std::string& path, bool as_json, const CommandContext& context) {
  OpenSearch open(path);
  const SearchPlan& plan = open.search.plan();
  const auto records = open.search.records(open.items);
  const SearchResults results = search_results(plan, open.search.space(), records);
  const std::vector<ClaimedStep> steps = claimed_steps(open);
  const auto cancelled = open.work.cancelled();
  const std::vector<SlurmArray> arrays = slurm_arrays(open.folder);
  const auto states = slurm_states(arrays, {context.stop, {}});
  if (as_json) {
    std::cout << ascii_text(status_json(open, results, steps, cancelled, states)) << '\n';
    return 0;
  }
  std::cout << search_words(plan) << '\n' << progress_words(plan, results);
  if (is_finished(plan, records)) std::cout << "; finished";
  std::cout << '\n';
  if (cancelled)
    std::cout << "cancelled: " << *cancelled << "; dnm search -o " << shell_word(path) << " goes on with it\n";
  print_steps(steps);
  if (const std::string words = slurm_words(arrays, states); !words.empty()) std::cout << words << '\n';
  if (const auto cells = search_cells(plan, results, listed_trials); cells.size() > 1) {
    TextTable table;
    for (const std::vector<std::string>& line : cells) table.add(line);
    std::cout << '\n' << table.text();
  }
  return 0;
}

int cancel_search(const std::string& path, const std::string& reason, const CommandContext& context) {
  const bool asked = SearchWatch(path).cancel(reason.empty() ? "by dnm cancel" : one_line(reason), {context.stop, {}});
  std::cout << "cancelled; its workers end within a minute and keep their work, and dnm search -o " << shell_word(path)
            << " goes on with it\n";
  if (!asked) std::cout << "Slurm cannot be asked here: its workers end as soon as they start\n";
  return 0;
}

}  // namespace

RunCommand declare_status(OptionParser& parser) {
  struct Options {
    std::string folder;
    bool json = false;
  };
  const auto options = std::make_shared<Options>();
  parser.add(folder_text(), options->folder);
  parser.add_flag({.name = "--json", .help = "Print one JSON object"}, options->json);
  return [options](const CommandContext& context) { return show_status(options->folder, options->json, context); };
}

RunCommand declare_collect(OptionParser& parser) {
  struct Options {
    std::string folder, figure;
    bool json = false;
  };
  const auto options = std::make_shared<Options>();
  parser.add(folder_text(), options->folder);
  parser.add(
      {.name = "--figure", .help = "Draw the trials in parallel coordinates (.svg, .pdf, .png)", .placeholder = "FILE"},
      options->figure);
  parser.add_flag({.name = "--json", .help = "Print the results as one JSON object"}, options->json);
  return [options](const CommandContext& context) {
    check_figure_name(options->figure);
    OpenSearch open(options->folder);
    return write_and_print_results(open.search, open.search.records(open.items),
                                   {options->figure, options->json, context.command_line});
  };
}

RunCommand declare_cancel(OptionParser& parser) {
  struct Options {
    std::string folder, reason;
  };
  const auto options = std::make_shared<Options>();
  parser.add(folder_text(), options->folder);
  parser.add({.name = "--reason", .help = "What dnm status says of it", .placeholder = "TEXT"}, options->reason);
  return [options](const CommandContext& context) { return cancel_search(options->folder, options->reason, context); };
}

}  // namespace dnm::cli
