// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>

#include "app/workspace/view_settings.h"
#include "viz/figure/figure_module.h"

namespace dnm::cli {

/// All moments of a run as one animation.
struct MomentsOptions {
  std::filesystem::path folder;           ///< with the run's topology.bin
  std::string matrices;                   ///< the group of its matrices; empty: the first that it has
  std::optional<std::uint64_t> compared;  ///< the update that each is compared with; nothing: the one before it
  FigureGrid grid;                        ///< of the one network
  ViewSettings view;
  std::string select{};  ///< the neurons that stand out, for NeuronQuery; empty: none
};

/// The frames, made when they are asked for: the pictures of the grid without the measures below, titled by update and
/// epoch, each disk turned as near to the one before as it can be. Throws FileError, InvalidInput; its frames
/// dnm::Error and Cancelled.
[[nodiscard]] AnimationRequest animation_of_moments(const MomentsOptions& options, std::stop_token stop);

}  // namespace dnm::cli
