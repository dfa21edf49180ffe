// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/models/model_parameters.h"

namespace dnm {

/// How the links are distributed over the layers.
enum class AllocationRule { uniform, er, erk, by_hand };

struct Allocation {
  AllocationRule rule = AllocationRule::uniform;
  std::vector<double> sparsities{};  ///< by hand: one per layer
};

/// "uniform", "er", "erk" or sparsities such as "0.98,0.995,0.99". Throws InvalidInput.
[[nodiscard]] Allocation parse_allocation(std::string_view text);

/// T of every layer (manual: methods/baselines, "Links per layer").
/// - uniform: every layer round((1-s)·n_in·n_out), s its own sparsity.
/// - er: as many links in all as `uniform` gives, in proportion to n_in + n_out (Mocanu et al., Nat. Commun. 9:2383,
///   2018, doi:10.1038/s41467-018-04316-3); a layer that this would overfill becomes full and the rest is distributed
///   over the others (Evci et al., ICML 2020, arXiv:1911.11134). Whole numbers by largest remainder; every layer keeps
///   at least one link.
/// - erk: the same, in proportion to n_in + n_out plus the sides of the convolution kernel; layers here have none, so
///   that it equals `er`.
/// - by hand: round((1-S_l)·n_in·n_out). A layer with its own sparsity keeps it under every rule and takes no part in
///   the distribution. An initialiser without a sparsity ("dense") gets every cell. Throws InvalidInput when the list
///   does not fit.
[[nodiscard]] std::vector<std::uint64_t> links_of_layers(const ModelParameters& parameters);
/// What a layer of so many links is drawn from: where the allocation gave it a sparsity of its own, mean degrees follow
/// from it.
[[nodiscard]] LayerParameters layer_as_drawn(const ModelParameters& parameters, std::size_t layer, std::uint64_t links);

}  // namespace dnm
