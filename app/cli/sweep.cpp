// SPDX-License-Identifier: GPL-3.0-or-later
#include <chrono>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/cli/command.h"
#include "app/cli/compared_rules.h"
#include "app/cli/figure_file.h"
#include "app/cli/follow_training.h"
#include "app/cli/measure_options.h"
#include "app/cli/network_options.h"
#include "app/cli/output_folder.h"
#include "app/cli/terminal.h"
#include "app/cli/text.h"
#include "app/workspace/experiments/sweep_charts.h"
#include "app/workspace/experiments/sweep_file.h"
#include "app/workspace/experiments/sweep_report.h"
#include "core/files/atomic_file.h"
#include "core/parameters/look_up.h"
#include "core/support/error.h"
#include "core/support/folder_lock.h"
#include "training/runs/run_seeds.h"

namespace dnm::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view not_swept[] = {"seed"};
constexpr const char* table_name = "sweep.csv";

struct Options {
  NetworkOptions network;
  MeasureOptions measures;
  TableOptions seeds;
  JobsOption jobs;
  std::vector<std::string> arguments, varied;  ///< "ID=VALUES"
  std::optional<std::string> measured;
  std::string output;
  std::string figure;
  bool json = false;
};

std::vector<std::int64_t> usual_seeds() { return {0, 1, 2}; }

VariedParameter varied_of(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos)
    throw UsageError("\"" + text + "\" names no values; write PARAMETER=VALUES, such as sparsity=0.5:0.99:8");
  const VariedParameter named{text.substr(0, equals)};
  return parse_varied(varied_info(named), std::string_view(text).substr(equals + 1));
}

std::vector<std::string> measures_of(const std::optional<std::string>& ids) {
  std::vector<std::string> measures;
  if (ids) return listed(*ids);
  for (const Measure& measure : measure_table()) measures.emplace_back(measure.id);
  return measures;
}

SweepPlan plan_of(const Options& options) {
  SweepPlan plan;
  for (const auto* texts : {&options.arguments, &options.varied})
    for (const std::string& text : *texts) plan.varied.push_back(varied_of(text));
  for (const VariedParameter& varied : plan.varied) {
    if (varied.id != "model" && options.network.given(varied.id))
      throw UsageError("--" + varied.id + " is varied already; leave it out, or vary something else");
  }
  plan.base = options.network.parameters().value_or(ModelParameters{});
  plan.seeds = seeds_of(options.seeds.value(seeds_info()).value_or(usual_seeds()));
  plan.measures = measures_of(options.measured);
  plan.measuring = options.measures.settings(0);
  return plan;
}

/// The table of a sweep while it grows: written at most once a second, and at the end.
class GrowingTable {
 public:
  GrowingTable(SweepFile& file, const Sweep& sweep) : file_(file), sweep_(sweep) {}
  void grown() {
    constexpr std::chrono::seconds least{1};
    has_news_ = true;
    if (Clock::now() - written_ >= least) write();
  }
  void write() {
    file_.write(sweep_);
    written_ = Clock::now();
    has_news_ = false;
  }
  [[nodiscard]] bool has_news() const { return has_news_; }

 private:
  using Clock = std::chrono::steady_clock;
  SweepFile& file_;
  const Sweep& sweep_;
  Clock::time_point written_ = Clock::now();
  bool has_news_ = false;
};

void measure_all(Sweep& sweep, SweepFile& file, unsigned jobs, const std::stop_token& stop) {
  ProgressLine progress("sweeping");
  GrowingTable table(file, sweep);
  std::set<std::string> said;  // each notice with the first network that it is of
  const auto take = [&](std::size_t index, SweepRow row) {
    for (const std::string& notice : row.notices) {
      if (said.insert(notice).second)
        print_notice(words_of_point(sweep, sweep.point_of(index)).point + ", seed " +
                     std::to_string(sweep.seed_of(index)) + ": " + notice);
    }
    sweep.rows[index] = std::move(row);
    table.grown();
  };
  try {
    measure_missing(sweep, jobs, progress.control(stop), take);
  } catch (const Cancelled&) {
    if (table.has_news()) table.write();
    throw Error("stopped on request; the same command goes on with it");
  } catch (...) {
    if (table.has_news()) table.write();
    throw;
  }
  table.write();
}

#ifdef DNM_STUDIO
void write_sweep_figure(const Sweep& sweep, const fs::path& path, const std::string& command_line) {
  SweepPictures pictures = sweep_pictures(sweep);
  WorkspaceState state;
  state.parameters = sweep.plan.base;
  state.parameters.seed = sweep.plan.seeds.front();
  write_charts(path, {std::string(all_pictures), std::move(pictures.charts), std::move(pictures.maps), {}},
               sweep_words(sweep), state, command_line);
}
#else
void write_sweep_figure(const Sweep&, const fs::path&, const std::string&) {}
#endif

/// Where no network could be drawn, the reason is not about single points.
void check_any_drawn(const Sweep& sweep) {
  for (const std::optional<SweepRow>& row : sweep.rows)
    if (row && row->nodes > 0) return;
  throw Error("no network of the sweep could be drawn: " + sweep.rows.front()->values.front().reason);
}

void print_tables(const Sweep& sweep, const std::vector<std::string>& files) {
  std::cout << sweep_words(sweep) << "\n\n";
  TextTable table;
  for (std::vector<std::string>& line : sweep_cells(sweep)) table.add(std::move(line));
  std::cout << table.text() << '\n';
  constexpr std::size_t columns = 100;
  for (const std::string& reason : sweep_reasons(sweep))
    for (const std::string& line : wrapped(reason, columns)) std::cout << line << '\n';
  std::cout << "written: " << names_of(std::vector<std::string_view>(files.begin(), files.end())) << '\n';
}

int run_sweep(const Options& options, const CommandContext& context) {
  check_figure_name(options.figure);
  Sweep sweep = make_sweep(plan_of(options));
  const fs::path output(options.output);
  const bool is_table = output.extension() == ".csv";
  std::optional<OutputFolder> folder;
  std::optional<FolderLock> lock;
  if (!is_table) {
    folder.emplace(output);
    lock.emplace(output, "a sweep");
  }
  SweepFile file(is_table ? output : output / table_name, sweep, context.command_line);
  std::vector<std::string> files{file.table().string(), file.description().string()};
  measure_all(sweep, file, options.jobs.jobs(), context.stop);
  check_any_drawn(sweep);
  const auto draw = [&](const fs::path& path) {
    write_sweep_figure(sweep, path, context.command_line);
    files.push_back(path.string());
  };
  if (!is_table) {
    for (const auto& [name, text] : {std::pair("summary.csv", sweep_summary_csv(sweep)),
                                     std::pair("summary.md", sweep_markdown(sweep, context.command_line))}) {
      write_atomically(output / name, text);
      files.push_back((output / name).string());
    }
    if (draws_figures) draw(output / "sweep.svg");
  }
  if (!options.figure.empty()) draw(options.figure);
  if (options.json) {
    std::cout << sweep_summary_json(sweep) << '\n';
  } else {
    print_tables(sweep, files);
  }
  return 0;
}

std::string notes() {
  return "VALUES are a range FROM:TO:COUNT, with both ends, or a list V,V,… (V;V;… for values that hold commas). A "
         "range goes by equal ratios where the parameter has a logarithmic scale or :log follows, else or with :linear "
         "by equal steps. Of a distribution, a range is of its mean or spread: dendrites=fixed:1:9:5:linear, "
         "degree=gaussian:0.5:4:8. A value for layer 2 alone is written as with the option itself: "
         "sparsity=2=0.5:0.9:5.\n"
         "A sweep that was stopped goes on with the same command: what the table has is not computed again. More "
         "values or seeds can be asked for; other settings are refused.\n";
}

}  // namespace

RunCommand declare_sweep(OptionParser& parser) {
  const auto options = std::make_shared<Options>();
  parser.add({.name = "PARAMETER", .help = "What is varied, as with --vary"}, options->arguments, Repeat::many);
  parser.add(
      {.name = "--vary",
       .help = "A parameter of the model and the values it takes, as sparsity=0.5:0.99:8; given twice, each pair "
               "of the values of two",
       .placeholder = "ID=VALUES"},
      options->varied, Repeat::all);
  options->seeds.add(parser, seeds_info(), usual_seeds(), "Options");
  parser.set_help("--seeds", "A network for each seed, over which means and errors are taken [0,1,2]");
  parser.add({.name = "--measures",
              .help = "What is measured, of " + names_of(row_ids(measure_table())) + " [all]",
              .placeholder = "ID,ID,…",
              .choices = row_ids(measure_table())},
             options->measured);
  parser.add({.name = "-o,--output",
              .help = "Folder for sweep.csv, its summary and figure, or the name of the table alone (.csv); sweep.json "
                      "beside it tells what it is of",
              .placeholder = "DIR|FILE.csv",
              .required = true},
             options->output);
  parser.add({.name = "--figure",
              .help = "Draw the measures against what is varied (.svg, .pdf, .png): curves with a band of one standard "
                      "error, of two parameters heat maps",
              .placeholder = "FILE"},
             options->figure);
  options->jobs.declare(parser, "Options");
  parser.set_help("--jobs",
                  "Networks measured side by side, at most as many as there are processors; 0: that many; the results "
                  "do not depend on it [0]");
  parser.add_flag({.name = "--json", .help = "Print the means as one JSON object"}, options->json);
  options->network.declare(parser, false, not_swept);
  options->measures.declare(parser, false);
  parser.set_notes([families = parser.notes()] { return notes() + families; });
  return [options](const CommandContext& context) { return run_sweep(*options, context); };
}

}  // namespace dnm::cli
