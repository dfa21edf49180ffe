// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/measures/chance.h"

#include "core/support/error.h"

namespace dnm {

Graph randomised_copy(const Graph& /*graph*/, Random& /*random*/, const TaskControl& /*control*/) {
  throw InvalidInput("randomised copies are not part of this build; measure without a comparison with chance");
}

ChanceComparison compare_with_chance(const Measure& /*measure*/, const Measurement& /*of_network*/,
                                     const Graph& /*graph*/, const MeasureSettings& /*settings*/, int /*copies*/,
                                     const TaskControl& /*control*/, const PartialChance& /*partial*/) {
  throw InvalidInput("comparison with chance is not part of this build; measure without it");
}

}  // namespace dnm
