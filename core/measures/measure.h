// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/network/graph.h"
#include "core/parameters/parameter.h"
#include "core/support/task_control.h"

namespace dnm {

/// A measured value with what must be reported beside it. A value that does not exist is empty, with the reason.
struct Measurement {
  std::optional<double> value{};
  std::optional<double> standard_error{};
  std::string reason{};  ///< why there is no value; empty when there is one
  std::string method{};  ///< "Leiden until stable, best of 10"
  /// Further figures in display order; the keys are those of the JSON contract ("connected_pair_fraction", "xmin", …).
  /// std::monostate is null.
  using Detail = std::variant<std::monostate, double, std::int64_t, std::string>;
  std::vector<std::pair<std::string, Detail>> details{};
  /// Per node, where the measure has a NodeQuantity of kind category: the number of its community, from 0; -1: none.
  std::vector<std::int32_t> communities{};
  /// Per node, where the measure has a NodeQuantity of another kind: its value; NaN: none.
  std::vector<double> node_values{};
};

/// The detail of this key; null where there is none.
[[nodiscard]] const Measurement::Detail* find_detail(const Measurement& measurement, std::string_view key);
/// A detail that is a number.
[[nodiscard]] std::optional<double> detail_number(const Measurement& measurement, std::string_view key);
/// Detail: what has to be said beside a value that exists, as a part of a sentence.
inline constexpr std::string_view note_detail = "note";
/// That note; empty where there is none.
[[nodiscard]] std::string note_of(const Measurement& measurement);

/// What the numbers of the nodes are, which decides how they are shown.
enum class NodeValueKind {
  layer,        ///< the layer of the node
  category,     ///< which group it belongs to; the numbers have no order
  linear,       ///< how much, on a linear scale
  logarithmic,  ///< how much, on a logarithmic scale; what is not above 0 counts as no value
  cyclic,       ///< an angle in radians
};

/// What a measure finds for every node beside its value for the whole graph: pictures can be coloured by it.
struct NodeQuantity {
  NodeValueKind kind = NodeValueKind::linear;
  std::string_view id;       ///< as in `dnm figure --color`: "community"
  std::string_view label;    ///< as in menus: "Community"
  std::string_view meaning;  ///< one sentence: what the colours show
  std::string_view name;     ///< in legends: "communities"
  std::string_view without;  ///< in legends, of a node that has no value: "alone", "no links"
};

/// Leiden and Louvain give the best of their runs, the spectral method the mean over its node orders.
enum class ModularityMethod { leiden, louvain, spectral };

/// How to measure. `seed` and `threads` hold for all measures. The other members are read by one measure each: by Q
/// (modularity, modularity_runs), σ_c (sigma_draws, sigma_error, removed) or γ (p_value_samples); the live pipeline
/// lowers runs, draws and samples for a draft. Settings that no other code has to change go to `own`.
struct MeasureSettings {
  ModularityMethod modularity = ModularityMethod::leiden;
  int modularity_runs = 10;  ///< runs of Leiden and Louvain, node orders of the spectral method
  int sigma_draws = 10;      ///< draws of σ_c; at most so many where sigma_error stops them earlier
  double sigma_error = 0.0;  ///< no more draws once the standard error is at most this; 0: all of them
  int p_value_samples = 0;   ///< bootstrap samples for the p-value of γ; 0: none
  /// A removal set to use instead of random draws.
  std::optional<std::vector<std::pair<NodeIndex, NodeIndex>>> removed{};
  /// What measures bring (Measure::own_settings), where it is not the default: by the ids of the rows.
  ParameterValues own{};
  std::uint64_t seed = 0;
  unsigned threads = 0;  ///< 0: all available
  bool operator==(const MeasureSettings&) const = default;
};

/// Which worker may run it: Debian's igraph is not thread-safe, so everything that calls it runs on one.
enum class MeasureWorker { own, igraph };

/// Called with an intermediate result that fills in (σ_c draw by draw), never while a lock is held.
using PartialResult = std::function<void(const Measurement&)>;

/// One measure of a graph. Add one: one file, one row in measure_table().
struct Measure {
  std::string_view id;       ///< JSON key: "L", "Q", "sigma_c", "gamma"
  std::string_view symbol;   ///< "σ_c", to be typeset by the reader
  std::string_view label;    ///< "Structural consistency"
  std::string_view meaning;  ///< one sentence
  std::string_view formula;
  std::string_view caveat;        ///< what the number must not be taken for
  bool fixed_by_degrees = false;  ///< decided by the degrees alone, so that degree-preserving copies cannot differ
  int cost = 0;                   ///< stage in the live pipeline: 0 cheapest
  MeasureWorker (*worker)(const MeasureSettings&) = nullptr;
  Measurement (*compute)(const Graph&, const MeasureSettings&, const TaskControl&, const PartialResult&) = nullptr;
  /// Whether two settings give this measure the same result, so that changing Q's estimator leaves σ_c as it is.
  bool (*same_result)(const MeasureSettings&, const MeasureSettings&) = nullptr;
  /// The rows of its own settings, made by kept_rows<&MeasureSettings::own>; they join measure_setting_table().
  std::vector<Parameter<MeasureSettings>> (*own_settings)() = nullptr;
  std::optional<NodeQuantity> per_node{};  ///< what it finds for every node, if anything
};

/// Ids of the measures that other code names: modularity finds communities too, the power law its smallest degree.
inline constexpr std::string_view community_measure = "Q", consistency_measure = "sigma_c", power_law_measure = "gamma";

/// In display order.
[[nodiscard]] std::span<const Measure> measure_table();
[[nodiscard]] const Measure& measure(std::string_view id);

/// Turns what was measured per node of the graph of mask `layer` (from 0) into values for all nodes of `network`; nodes
/// outside that graph have none. Leaves everything as it is for a general graph. O(nodes).
void spread_over_network(Measurement& measurement, const Network& network, std::size_t layer);

/// "5.593", "0.742 ± 0.010", "n/a: fewer than two distinct degrees": what panel, caption and terminal show.
[[nodiscard]] std::string format_measurement(const Measurement& measurement);

}  // namespace dnm
