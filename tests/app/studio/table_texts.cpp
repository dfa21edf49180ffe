// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/studio/table_texts.h"

#include <algorithm>
#include <set>
#include <span>
#include <string_view>

#include "app/studio/window/language.h"
#include "app/studio/window/theme.h"
#include "app/workspace/drawn_histogram.h"
#include "app/workspace/experiments/comparison_report.h"
#include "app/workspace/experiments/comparison_rows.h"
#include "app/workspace/experiments/experiment_charts.h"
#include "app/workspace/experiments/experiment_words.h"
#include "app/workspace/experiments/run_moments.h"
#include "app/workspace/live_words.h"
#include "app/workspace/measure_words.h"
#include "app/workspace/missing_links.h"
#include "app/workspace/neuron_table.h"
#include "app/workspace/scene_input.h"
#include "app/workspace/words.h"
#include "core/embedding/embedding.h"
#include "core/files/network_files.h"
#include "core/files/presets.h"
#include "core/measures/measure.h"
#include "core/measures/measure_setting.h"
#include "core/models/dendritic_neuron.h"
#include "core/models/initialiser.h"
#include "core/models/model_parameters.h"
#include "core/network/graph.h"
#include "core/parameters/number_text.h"
#include "core/parameters/parameter_part.h"
#include "core/parameters/parameter_table.h"
#include "core/support/digits.h"
#include "tests/app/studio/chart_experiments.h"
#include "training/data/data_set_table.h"
#include "training/metrics/metric.h"
#include "training/rewiring/rewiring_table.h"
#include "training/runs/run_seeds.h"
#include "training/runs/training_parameters.h"
#include "viz/figure/page_settings.h"
#include "viz/scenes/network_scene.h"
#include "viz/scenes/node_coloring.h"
#include "viz/scenes/picture_options.h"

namespace dnm::studio_test {

namespace {

/// A text once, in the order in which the tables have it.
class Texts {
 public:
  void add(std::string_view text) {
    if (!text.empty() && known_.emplace(text).second) all_.emplace_back(text);
  }
  /// Symbols alone are the same in every language.
  void add_formula(std::string_view text) {
    std::size_t letters = 0, most = 0;
    for (const char one : text) {
      letters = (one >= 'a' && one <= 'z') || (one >= 'A' && one <= 'Z') ? letters + 1 : 0;
      most = std::max(most, letters);
    }
    if (most > 2) add(text);
  }
  void add(const Choice& choice) {
    add(choice.label);
    add(choice.meaning);
  }
  void add(const ParameterInfo& info) {
    add(info.label);
    add(info.meaning);
    add_formula(info.formula);
    add(info.unit);
    for (const Choice& choice : info.choices) {
      // Of a text that may be anything, the words are what is typed.
      if (info.kind == ParameterKind::text) {
        add(choice.meaning);
      } else {
        add(choice);
      }
    }
    if (info.kind == ParameterKind::distribution)
      for (const Choice& family : family_choices()) {
        add(family);
        if (info.has_mean) add(std::string(family.label) + " %1");
      }
    for (const Spread& spread : info.spreads) {
      add(spread.label);
      add(std::string(spread.label) + " %1");
      add(spread.unit);
      add_formula(spread.formula);
    }
  }
  template <class Settings>
  void add(const ParameterTable<Settings>& table) {
    for (const auto& row : table) add(row.info);
  }
  [[nodiscard]] std::vector<std::string> take() { return std::move(all_); }

 private:
  std::set<std::string, std::less<>> known_;
  std::vector<std::string> all_;
};

void add_measures(Texts& texts) {
  for (const Measure& row : measure_table()) {
    for (const std::string_view text : {row.label, row.meaning, row.caveat}) texts.add(text);
    texts.add_formula(row.formula);
  }
  texts.add(measure_setting_table());
  for (const NodeColoring& row : node_coloring_table()) {
    texts.add(row.label);
    texts.add(row.meaning);
  }
}

void add_pictures(Texts& texts) {
  for (const NetworkScene& row : figure_scene_table()) {
    texts.add(row.title);
    texts.add(row.meaning);
  }
  for (const Choice& choice : panel_choices()) texts.add(choice.label);
  texts.add(picture_option_table());
  for (const auto options : {link_weights_options(), reduction_options(), angle_adjustment_options()})
    for (const EmbeddingOption& row : options)
      for (const std::string_view text : {row.label, row.meaning, row.cost}) texts.add(text);
  texts.add(page_setting_table());
  for (const PageWidth& width : page_widths()) texts.add(width.label);
  texts.add(figure_extensions_words);
}

void add_training(Texts& texts) {
  texts.add(training_parameter_table());
  for (const auto& row : training_parameter_table()) {
    if (row.info.group.empty()) continue;
    texts.add(row.info.group);
    texts.add(std::string(row.info.group) + " training settings");
  }
  texts.add(seeds_info());
  for (const Choice& choice : choices_of(data_set_table())) texts.add(choice);
  for (const Metric& row : metric_table()) {
    texts.add(row.label);
    texts.add(row.line_label);
  }
  for (const RewiringMethod& row : rewiring_table()) texts.add(row.choice);
  for (const ComparisonRow& row : comparison_rows()) texts.add(row.label);
  for (const Choice& choice : rule_figure_choices()) texts.add(choice.label);
  for (const ExperimentPanel& panel : experiment_panels()) texts.add(panel.label);
  texts.add(incomplete_mark_meaning);
}

void add_neurons(Texts& texts) {
  SceneInput input;
  input.network = generate(ModelParameters{}).network;
  const NeuronTable table(input);
  for (const NeuronColumn& column : table.columns())
    for (const std::string& text : {column.label, column.meaning, column.missing}) texts.add(text);
}

/// What the cards of the measures say of a network and of its comparison with chance.
void add_words_of_measures(Texts& texts) {
  const Generated drawn = generate(ModelParameters{});
  const Graph graph(*drawn.network);
  std::vector<MeasureSettings> all(3);
  all[0].sigma_draws = 2;
  all[0].p_value_samples = 2;
  all[1].modularity = ModularityMethod::louvain;
  all[1].modularity_runs = all[1].sigma_draws = 1;
  all[2].modularity = ModularityMethod::spectral;
  all[2].sigma_draws = 2;
  for (const MeasureSettings& settings : all)
    for (const Measure& row : measure_table()) {
      const Measurement measured = row.compute(graph, settings, {}, {});
      texts.add(measured.method);
      texts.add(measured.reason);
      texts.add(p_value_text(measured));
      for (const DetailWords& detail : detail_words(measured)) texts.add(detail.name);
    }
  ChanceComparison chance{.copies = 10, .mean = 5.2, .sd = 0.1, .z = 12.3};
  texts.add(chance_text(chance));
  chance.z = -0.4;
  texts.add(chance_text(chance));
}

/// What the list of runs says of them.
void add_words_of_runs(Texts& texts) {
  for (const Experiment& group : groups_of(2, 3)) {
    texts.add(stage_text(group));
    texts.add(count_text(summary_of(group)));
    for (const RunFact& fact : facts_of(group)) texts.add(fact.what);
    for (const ExperimentRun& run : group.runs) texts.add(stage_text(run));
  }
  texts.add(moment_text(RunMoment{}, 12));
  texts.add(moment_text(RunMoment{.update = 3, .epoch = 2}, 12));
  texts.add(moment_text(RunMoment{.update = 3, .epoch = 2}, 12, 0));
  texts.add(moment_text(RunMoment{.update = 3, .epoch = 2}, 12, 1));
  for (const char* place : {"epoch 5", "trial 5"}) texts.add(place);
}

}  // namespace

std::vector<std::string> table_texts() {
  Texts texts;
  texts.add(model_parameter_table());
  add_measures(texts);
  add_pictures(texts);
  add_training(texts);
  add_neurons(texts);
  texts.add(missing_link_setting_table());
  for (const Preset& preset : presets()) {
    texts.add(preset.title);
    texts.add(preset.description);
  }
  for (const NetworkFormat& format : network_formats()) texts.add(format.label);
  for (const auto choices : {theme_choices(), language_choices()})
    for (const Choice& choice : choices) texts.add(choice);
  return texts.take();
}

std::vector<std::string> composed_texts() {
  Texts texts;
  for (const char* noun : {"link", "neuron", "node", "layer", "update", "seed", "row", "pair", "value", "network",
                           "more network", "neighbour", "weight", "neuron selected"})
    for (const std::uint64_t count : {std::uint64_t{1}, std::uint64_t{5763}})
      texts.add(std::string_view(noun) == "neuron selected" && count > 1 ? "5,763 neurons selected"
                                                                         : counted(count, noun));
  for (const auto& row : training_parameter_table())
    if (row.info.kind == ParameterKind::flag)
      for (const bool value : {false, true}) texts.add(value_text(row.info, value));
  add_words_of_measures(texts);
  add_words_of_runs(texts);
  for (const Freshness freshness : {Freshness::fresh, Freshness::computing, Freshness::stale, Freshness::failed})
    for (const bool cancelled : {false, true}) {
      LiveSnapshot snapshot;
      snapshot.cancelled = cancelled;
      texts.add(state_text(snapshot, freshness));
    }
  texts.add(cancelled_text);
  for (const auto& row : model_parameter_table())
    if (row.info.kind == ParameterKind::real || row.info.has_mean) texts.add(range_text(row.info.range));
  const std::vector<LayerDraws> draws{draws_of_layer(ModelParameters{}, 0), draws_of_layer(ModelParameters{}, 1)};
  for (const char* quantity : {"degree", "dendrites", "receptive-field", "synapses"})
    if (const auto histogram = drawn_histogram(quantity, draws, {0, 1})) texts.add(histogram->text);
  return texts.take();
}

}  // namespace dnm::studio_test
