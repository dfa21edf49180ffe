// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>

#include "core/measures/igraph_adapter.h"
#include "core/measures/measure.h"
#include "core/measures/modularity.h"
#include "core/measures/path_length.h"
#include "core/measures/power_law.h"
#include "core/measures/spectral_modularity.h"
#include "core/measures/structural_consistency.h"
#include "core/parameters/look_up.h"
#include "core/parameters/parameter_part.h"
#include "core/support/digits.h"
#include "core/support/error.h"

namespace dnm {

namespace {

Measurement not_available(std::string reason, std::string method) {
  Measurement result;
  result.reason = std::move(reason);
  result.method = std::move(method);
  return result;
}

Measurement::Detail count(std::uint64_t number) { return static_cast<std::int64_t>(number); }

/// Who computes a measure: what our own code does, and what igraph does as a second opinion. In the order of the enums.
constexpr std::array<Choice, 2> own_or_igraph(std::string_view own, std::string_view igraph) {
  return {Choice{"own", "Own", own}, Choice{"igraph", "igraph", igraph}};
}

enum class PathLengthEngine { own, igraph };
struct PathLengthSettings {
  PathLengthEngine engine = PathLengthEngine::own;
};
constexpr std::array engine_choices =
    own_or_igraph("Bit-parallel breadth-first search.", "igraph's routine, as a second opinion.");
const ParameterTable<PathLengthSettings>& path_length_settings() {
  static const ParameterTable<PathLengthSettings> table(
      "setting of L",
      {parameter<&PathLengthSettings::engine>(
          {.id = "engine", .symbol = "L", .label = "L by", .meaning = "What computes L", .choices = engine_choices})});
  return table;
}

PathLengthEngine engine_of(const MeasureSettings& settings) {
  return part_settings(path_length_settings(), settings.own).engine;
}

MeasureWorker path_length_worker(const MeasureSettings& settings) {
  return engine_of(settings) == PathLengthEngine::igraph ? MeasureWorker::igraph : MeasureWorker::own;
}

Measurement path_length_by_igraph(const Graph& graph, const TaskControl& control) {
  const auto pairs = static_cast<double>(graph.node_count()) * (static_cast<double>(graph.node_count()) - 1.0) / 2.0;
  Measurement result;
  result.method = "igraph";
  const IgraphGraph::PathLength found = IgraphGraph(graph, control).average_path_length(control);
  result.value = found.mean;
  result.details = {{"connected_pair_fraction", 1.0 - static_cast<double>(found.unjoined_pairs) / pairs}};
  return result;
}

Measurement measure_path_length(const Graph& graph, const MeasureSettings& settings, const TaskControl& control,
                                const PartialResult& /*partial*/) {
  const bool own = engine_of(settings) == PathLengthEngine::own;
  const std::string method = own ? "bit-parallel breadth-first search" : "igraph";
  if (graph.link_count() == 0) {
    Measurement result = not_available("no two neurons are joined", method);
    result.details = {{"connected_pair_fraction", 0.0}};
    return result;
  }
  if (!own) return path_length_by_igraph(graph, control);
  const PathLengths lengths = path_lengths(graph, settings.threads, control);
  Measurement result;
  result.method = method;
  result.value = lengths.mean();
  result.details = {{"connected_pair_fraction", lengths.joined_fraction()},
                    {"global_efficiency", lengths.global_efficiency()},
                    {"diameter", count(lengths.diameter())}};
  return result;
}

struct LeidenSettings {
  int passes = 0;
  LeidenEngine engine = LeidenEngine::own;
};
constexpr std::array leiden_choices = own_or_igraph("Leiden on all threads.", "igraph's Leiden, as a second opinion.");
const ParameterTable<LeidenSettings>& leiden_settings() {
  static const ParameterTable<LeidenSettings> table(
      "setting of Leiden",
      {parameter<&LeidenSettings::passes>(
           {.id = "leiden-passes",
            .label = "Leiden passes",
            .meaning = "Passes of each Leiden run, each from the division of the one before; 0: until one gains "
                       "nothing, 1: as in the values published for the DNM",
            .range = {0, 10000, 1, true}}),
       parameter<&LeidenSettings::engine>({.id = "leiden-engine",
                                           .label = "Leiden by",
                                           .meaning = "What computes Leiden",
                                           .choices = leiden_choices})});
  return table;
}
/// They say something under Leiden alone.
std::vector<Parameter<MeasureSettings>> leiden_rows() {
  auto rows = kept_rows<&MeasureSettings::own>(leiden_settings());
  for (auto& row : rows) row.info.applies = {"q", "leiden"};
  return rows;
}

ModularitySearch search_of(const MeasureSettings& settings) {
  const LeidenSettings leiden = part_settings(leiden_settings(), settings.own);
  return {.method = settings.modularity,
          .runs = settings.modularity_runs,
          .passes = leiden.passes,
          .leiden = leiden.engine,
          .seed = settings.seed,
          .threads = settings.threads};
}

MeasureWorker modularity_worker(const MeasureSettings& settings) {
  return calls_igraph(search_of(settings)) ? MeasureWorker::igraph : MeasureWorker::own;
}

/// "Leiden until stable", "Leiden by igraph, 1 pass", "Louvain", "spectral".
std::string modularity_name(const ModularitySearch& search) {
  if (search.method == ModularityMethod::louvain) return "Louvain";
  if (search.method == ModularityMethod::spectral) return "spectral";
  std::string name = search.leiden == LeidenEngine::igraph ? "Leiden by igraph" : "Leiden";
  if (search.passes == 0) return name + " until stable";
  return name + ", " + std::to_string(search.passes) + (search.passes == 1 ? " pass" : " passes");
}

Measurement modularity_measurement(const Modularity& found, const ModularitySearch& search) {
  const bool spectral = search.method == ModularityMethod::spectral;
  const std::string runs = std::to_string(found.runs);
  Measurement result;
  result.value = spectral ? found.mean : found.best;
  result.method = modularity_name(search);
  if (spectral) {
    result.method += found.runs == 1 ? ", 1 node order" : ", mean of " + runs + " node orders";
    result.details = {{"runs", count(static_cast<std::uint64_t>(found.runs))},
                      {"best", found.best},
                      {"mean", found.mean},
                      {"sd", found.deviation},
                      {"communities", static_cast<std::int64_t>(found.communities)}};
  } else {
    result.method += found.runs == 1 ? ", 1 run" : ", best of " + runs;
    result.details = {{"runs", count(static_cast<std::uint64_t>(found.runs))},
                      {"mean", found.mean},
                      {"sd", found.deviation},
                      {"communities", static_cast<std::int64_t>(found.communities)}};
  }
  result.communities = found.community_of;
  return result;
}

Measurement measure_modularity(const Graph& graph, const MeasureSettings& settings, const TaskControl& control,
                               const PartialResult& partial) {
  const ModularitySearch search = search_of(settings);
  if (graph.link_count() == 0) {
    return not_available("a network without links has no modularity", modularity_name(search));
  }
  std::function<void(const Modularity&)> report;
  if (partial) {
    report = [&](const Modularity& so_far) { partial(modularity_measurement(so_far, search)); };
  }
  return modularity_measurement(
      search.method == ModularityMethod::spectral
          ? spectral_modularity(graph, search.runs, search.seed, search.threads, control, report)
          : maximise_modularity(graph, search, control, report),
      search);
}

MeasureWorker consistency_worker(const MeasureSettings& /*settings*/) { return MeasureWorker::own; }

Measurement consistency_measurement(const StructuralConsistency& found, double error_goal = 0.0) {
  Measurement result;
  result.value = found.mean;
  result.standard_error = found.standard_error;
  result.method = found.values.size() == 1 ? "1 draw" : "mean of " + std::to_string(found.values.size()) + " draws";
  if (error_goal > 0.0) {
    const std::string goal = with_significant(error_goal, 3);
    result.method += found.reached_error ? ", stopped at an error of " + goal : ", error of " + goal + " not reached";
  }
  result.details = {
      {"draws", count(found.values.size())}, {"removed", count(found.removed)}, {"baseline", found.baseline}};
  return result;
}

Measurement measure_consistency(const Graph& graph, const MeasureSettings& settings, const TaskControl& control,
                                const PartialResult& partial) {
  if (graph.link_count() < fewest_links_for_consistency) {
    return not_available("fewer than " + std::to_string(fewest_links_for_consistency) + " links", "link removal");
  }
  if (settings.removed) {
    const ConsistencyDraw draw = consistency_of_removal(graph, *settings.removed, ConsistencyRoute::automatic, control);
    Measurement result = consistency_measurement(
        {{draw.value()}, draw.value(), std::nullopt, draw.removed, consistency_baseline(graph, draw.removed)});
    result.method = "given removal set";
    result.details.emplace_back("hits", count(draw.hits));
    return result;
  }
  std::function<void(const StructuralConsistency&)> report;
  if (partial) {
    report = [&](const StructuralConsistency& so_far) {
      partial(consistency_measurement(so_far, settings.sigma_error));
    };
  }
  return consistency_measurement(structural_consistency(graph, settings.sigma_draws, settings.seed, settings.threads,
                                                        control, report, settings.sigma_error),
                                 settings.sigma_error);
}

enum class PowerLawFit { grid, igraph };
struct PowerLawSettings {
  PowerLawFit fit = PowerLawFit::grid;
};
constexpr std::array fit_choices{
    Choice{"grid", "Grid", "Maximum likelihood on a grid of exponents."},
    Choice{"igraph", "igraph", "igraph's fit, as a second opinion."},
};
const ParameterTable<PowerLawSettings>& power_law_settings() {
  static const ParameterTable<PowerLawSettings> table(
      "setting of γ",
      {parameter<&PowerLawSettings::fit>(
          {.id = "gamma-fit", .symbol = "γ", .label = "γ by", .meaning = "What fits γ", .choices = fit_choices})});
  return table;
}

PowerLawFit fit_of(const MeasureSettings& settings) { return part_settings(power_law_settings(), settings.own).fit; }

MeasureWorker power_law_worker(const MeasureSettings& settings) {
  return fit_of(settings) == PowerLawFit::igraph ? MeasureWorker::igraph : MeasureWorker::own;
}

/// The note of a fit to next to no different degrees, in which any exponent can be read.
void add_note(Measurement& result, const std::vector<NodeIndex>& degrees, NodeIndex x_min) {
  constexpr std::size_t too_few = 3;
  std::vector<NodeIndex> distinct(std::ranges::lower_bound(degrees, x_min), degrees.end());
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
  if (!result.value || distinct.size() > too_few) return;
  std::string list;
  for (const NodeIndex degree : distinct) {
    list += (list.empty() ? "" : degree == distinct.back() ? " and " : ", ") + std::to_string(degree);
  }
  result.details.emplace_back(note_detail, "fitted to " + std::to_string(distinct.size()) +
                                               (distinct.size() == 1 ? " degree" : " distinct degrees") + " alone, " +
                                               list + ": too few to speak of a power law");
}

Measurement power_law_by_igraph(const std::vector<NodeIndex>& degrees, const TaskControl& control) {
  const IgraphPowerLaw fit = igraph_power_law(degrees, control);
  const auto x_min = static_cast<NodeIndex>(fit.x_min);
  const auto tail = degrees.end() - std::lower_bound(degrees.begin(), degrees.end(), x_min);
  Measurement result;
  result.method = "igraph fit, x_min " + std::to_string(x_min);
  result.value = fit.gamma;
  result.details = {{"xmin", count(x_min)}, {"ks", fit.ks_distance}, {"tail", static_cast<std::int64_t>(tail)}};
  add_note(result, degrees, x_min);
  return result;
}

void add_p_value(Measurement& result, const PowerLawTest* test) {
  using Detail = Measurement::Detail;
  result.details.emplace_back("p_value", test ? Detail(test->p_value()) : Detail());
  result.details.emplace_back("p_value_se", test ? Detail(test->standard_error()) : Detail());
  result.details.emplace_back("p_value_samples", count(test ? test->samples : 0));
  result.details.emplace_back("p_value_method",
                              std::string("semi-parametric bootstrap of the grid fit, x_min refitted"));
}

/// Adds the p-value to a measurement that has a value; reports it as it fills in.
void add_bootstrap(Measurement& result, const std::vector<NodeIndex>& degrees, const PowerLaw& fit,
                   const MeasureSettings& settings, const TaskControl& control, const PartialResult& partial) {
  if (!result.value) return add_p_value(result, nullptr);
  std::function<void(const PowerLawTest&)> report;
  if (partial) {
    report = [&](const PowerLawTest& so_far) {
      Measurement shown = result;
      add_p_value(shown, &so_far);
      partial(shown);
    };
  }
  const PowerLawTest test =
      test_power_law(degrees, fit, settings.p_value_samples, settings.seed, settings.threads, control, report);
  add_p_value(result, &test);
}

Measurement measure_power_law(const Graph& graph, const MeasureSettings& settings, const TaskControl& control,
                              const PartialResult& partial) {
  const bool grid = fit_of(settings) == PowerLawFit::grid;
  const std::string method = grid ? "maximum likelihood on a grid" : "igraph fit";
  const std::vector<NodeIndex> degrees = positive_degrees(graph);
  if (degrees.empty() || degrees.front() == degrees.back()) {
    Measurement result = not_available("fewer than two distinct degrees", method);
    result.details = {{"xmin", {}}, {"ks", {}}, {"tail", {}}};
    if (settings.p_value_samples > 0) add_p_value(result, nullptr);
    return result;
  }
  const PowerLaw fit = fit_power_law(degrees, graph.node_count(), control).value();
  Measurement result;
  if (grid) {
    result.method = fit.corrected ? method + ", finite-size correction" : method;
    result.reason = fit.reason_against(graph.node_count());
    if (result.reason.empty()) result.value = fit.gamma;
    result.details = {{"xmin", count(fit.x_min)}, {"ks", fit.ks_distance}, {"tail", count(fit.tail)}};
    add_note(result, degrees, fit.x_min);
  } else {
    result = power_law_by_igraph(degrees, control);
  }
  if (settings.p_value_samples > 0) add_bootstrap(result, degrees, fit, settings, control, partial);
  return result;
}

bool same_path_length(const MeasureSettings& a, const MeasureSettings& b) { return engine_of(a) == engine_of(b); }

bool same_modularity(const MeasureSettings& a, const MeasureSettings& b) {
  const ModularitySearch one = search_of(a), other = search_of(b);
  if (one.method != other.method || one.runs != other.runs || one.seed != other.seed) return false;
  return one.method != ModularityMethod::leiden || (one.passes == other.passes && one.leiden == other.leiden);
}

bool same_consistency(const MeasureSettings& a, const MeasureSettings& b) {
  if (a.removed || b.removed) return a.removed == b.removed;
  return a.sigma_draws == b.sigma_draws && a.sigma_error == b.sigma_error && a.seed == b.seed;
}

bool same_power_law(const MeasureSettings& a, const MeasureSettings& b) {
  return fit_of(a) == fit_of(b) && a.p_value_samples == b.p_value_samples &&
         (a.p_value_samples == 0 || a.seed == b.seed);
}

constexpr Measure rows[] = {
    {.id = "L",
     .symbol = "L",
     .label = "Characteristic path length",
     .meaning = "Mean number of links on the shortest way between two neurons, over all pairs that some way joins.",
     .formula = "L = Σ_{i<j} d_ij / #{i<j}, over pairs with finite distance d_ij",
     .caveat = "Pairs that no way joins are left out, so a shattered network looks short: read it beside the share of "
               "connected pairs.",
     .cost = 0,
     .worker = path_length_worker,
     .compute = measure_path_length,
     .same_result = same_path_length,
     .own_settings = [] { return kept_rows<&MeasureSettings::own>(path_length_settings()); }},
    {.id = community_measure,
     .symbol = "Q",
     .label = "Modularity",
     .meaning = "How much more the links keep within communities of neurons than they would by chance, for the best "
                "division found.",
     .formula = "Q = Σ_c [e_c/m − (K_c/2m)²], e_c links inside community c, K_c its degrees, m all links",
     .caveat = "The best division is only estimated, and methods differ: compare values of the same method and number "
               "of runs. Random networks score well above zero too.",
     .cost = 1,
     .worker = modularity_worker,
     .compute = measure_modularity,
     .same_result = same_modularity,
     .own_settings = leiden_rows,
     .per_node = NodeQuantity{.kind = NodeValueKind::category,
                              .id = "community",
                              .label = "Community",
                              .meaning = "The communities that Q found, the largest first; links within one have its "
                                         "colour, links between two are grey.",
                              .name = "communities",
                              .without = "alone"}},
    {.id = consistency_measure,
     .symbol = "σ_c",
     .label = "Structural consistency",
     .meaning = "How predictable the links are: a tenth of them is removed, and σ_c is the share of these found again "
                "among the best ranked pairs when the rest is perturbed by them to first order.",
     .formula = "σ_c = ⟨hits/n_p⟩, n_p = round(0.1·E), pairs ranked by Ã = Σ_k (λ_k + v_kᵀ ΔA v_k) v_k v_kᵀ",
     .caveat = "A mean over random removals, good to its standard error; a random ranking scores n_p / candidate "
               "pairs, which grows with density.",
     .cost = 2,
     .worker = consistency_worker,
     .compute = measure_consistency,
     .same_result = same_consistency},
    {.id = power_law_measure,
     .symbol = "γ",
     .label = "Power-law exponent",
     .meaning = "Exponent of the power law that fits the tail of the degree distribution best.",
     .formula =
         "p(k) = k^−γ / ζ(γ, x_min) for k ≥ x_min; γ by maximum likelihood, x_min by smallest Kolmogorov-Smirnov "
         "distance",
     .caveat = "A fit can be made to any degrees: it does not say that they follow a power law. Exponents far above 3, "
               "or a short tail, speak against it.",
     .fixed_by_degrees = true,
     .cost = 0,
     .worker = power_law_worker,
     .compute = measure_power_law,
     .same_result = same_power_law,
     .own_settings = [] { return kept_rows<&MeasureSettings::own>(power_law_settings()); }},
};

/// Digits behind the point: enough for two of the error, or three of a small value.
int decimals(double value, std::optional<double> error) {
  constexpr int fewest = 3;
  constexpr int most = 6;
  const double scale = error ? *error : std::abs(value);
  if (!(scale > 0.0)) return fewest;
  const int leading = static_cast<int>(std::floor(std::log10(scale)));
  return std::clamp((error ? 1 : 2) - leading, fewest, most);
}

}  // namespace

std::span<const Measure> measure_table() { return rows; }

const Measure& measure(std::string_view id) { return look_up(rows, id, "measure"); }

void spread_over_network(Measurement& measurement, const Network& network, std::size_t layer) {
  if (!network.is_layered()) return;
  const auto spread = [&](auto& values, auto none) {
    if (values.empty()) return;
    std::vector<decltype(none)> of_all(network.node_count(), none);
    std::ranges::copy(values, of_all.begin() + network.first_node(layer));
    values = std::move(of_all);
  };
  spread(measurement.communities, std::int32_t{-1});
  spread(measurement.node_values, std::numeric_limits<double>::quiet_NaN());
}

const Measurement::Detail* find_detail(const Measurement& measurement, std::string_view key) {
  const auto found = std::ranges::find_if(measurement.details, [&](const auto& entry) { return entry.first == key; });
  return found == measurement.details.end() ? nullptr : &found->second;
}

std::optional<double> detail_number(const Measurement& measurement, std::string_view key) {
  const Measurement::Detail* const found = find_detail(measurement, key);
  if (found == nullptr) return std::nullopt;
  if (const auto* number = std::get_if<double>(found)) return *number;
  if (const auto* whole = std::get_if<std::int64_t>(found)) return static_cast<double>(*whole);
  return std::nullopt;
}

std::string note_of(const Measurement& measurement) {
  const Measurement::Detail* const found = find_detail(measurement, note_detail);
  const auto* note = found == nullptr ? nullptr : std::get_if<std::string>(found);
  return note == nullptr ? std::string() : *note;
}

std::string format_measurement(const Measurement& measurement) {
  if (!measurement.value) return "n/a: " + measurement.reason;
  const int digits = decimals(*measurement.value, measurement.standard_error);
  std::string text = with_decimals(*measurement.value, digits);
  if (measurement.standard_error) text += " ± " + with_decimals(*measurement.standard_error, digits);
  return text;
}

}  // namespace dnm
