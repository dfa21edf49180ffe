// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/live/known_values.h"

#include <algorithm>
#include <cstddef>

namespace dnm {

namespace {

bool is_known(const auto& value) { return value.freshness == Freshness::fresh && value.value; }

/// What was found for the nodes beats a value alone.
bool is_better(const Measure& measure, const LiveValue<Measurement>& from, const LiveValue<Measurement>& known,
               ValuesAlone values_alone) {
  if (!is_known(from)) return false;
  const bool has_nodes = !from.value->communities.empty() || !from.value->node_values.empty();
  if (measure.per_node && from.value->value && !has_nodes && values_alone == ValuesAlone::left) return false;
  if (!is_known(known)) return true;
  return has_nodes && known.value->communities.empty() && known.value->node_values.empty();
}

/// A p-value stands beside γ, and is missed only where it is wanted.
bool holds(const Measure& measure, MeasureSettings from, const MeasureSettings& known) {
  if (known.p_value_samples == 0) from.p_value_samples = 0;
  return measure.same_result(from, known);
}

}  // namespace

void learn(LiveSnapshot& known, const LiveSnapshot& from, ValuesAlone values_alone) {
  if (is_known(from.network) && !is_known(known.network)) {
    known.network = from.network;
    known.notices = from.notices;
  }
  if (from.request.quality != LiveQuality::full || known.request.quality != LiveQuality::full) return;
  if (from.request.measured_layer == known.request.measured_layer) {
    for (std::size_t slot = 0; slot < std::min(known.measures.size(), from.measures.size()); ++slot) {
      const Measure& measure = measure_table()[slot];
      if (is_better(measure, from.measures[slot], known.measures[slot], values_alone) &&
          holds(measure, from.request.measures, known.request.measures))
        known.measures[slot] = from.measures[slot];
    }
  }
  if (is_known(from.embedding) && !is_known(known.embedding) && from.request.embedding == known.request.embedding)
    known.embedding = from.embedding;
}

}  // namespace dnm
