// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>

#include "core/embedding/hyperbolic_disk.h"
#include "core/support/task_control.h"

namespace dnm {

/// How far two embeddings of the same nodes agree, up to rotation and reflection (Muscoloni et al., Nat. Commun.
/// 8:1615, 2017, doi:10.1038/s41467-017-01825-5).
struct EmbeddingAgreement {
  /// HD-correlation: Pearson correlation of the hyperbolic distances of all node pairs, in [-1, 1]. Empty when all
  /// distances of one of the embeddings are equal.
  std::optional<double> hd_correlation;
  /// C-score: share of node pairs (u, v) that stand in the same circular order in both, that is, the shorter way from u
  /// to v has the same direction; pairs at the same angle, or opposite, in both count too. The better of both
  /// reflections, in [0, 1]; about 0.5 for unrelated angles.
  double c_score = 0.0;
};

/// Empty for fewer than two nodes. `first` and `second` hold one place per node. `threads` 0: all available; the result
/// does not depend on their number. O(nodes²). Throws InvalidInput when the two differ in size, Cancelled.
[[nodiscard]] std::optional<EmbeddingAgreement> embedding_agreement(std::span<const PolarPoint> first,
                                                                    std::span<const PolarPoint> second,
                                                                    unsigned threads = 0,
                                                                    const TaskControl& control = {});

}  // namespace dnm
