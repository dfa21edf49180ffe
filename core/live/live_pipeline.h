// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/embedding/embedding.h"
#include "core/measures/chance.h"
#include "core/measures/measure.h"
#include "core/models/initialiser.h"

namespace dnm {

/// fresh: belongs to the newest request; computing: being computed; stale: belongs to an older request, and its
/// computation has not started; failed: see `problem`; the value, if any, is still the previous one.
enum class Freshness { stale, computing, fresh, failed };

/// A value of the pipeline, shared by pointer so that a snapshot is cheap; null until there is one.
template <class T>
struct LiveValue {
  std::shared_ptr<const T> value{};
  Freshness freshness = Freshness::stale;
  double progress = 0.0;  ///< in [0, 1] while computing
  std::string problem{};  ///< one sentence when failed
  /// The value is of another network, layer or setting than the newest request. One that is neither foreign nor fresh
  /// is of this network, but not all that was asked for: some of the draws, or γ without its p-value.
  bool is_foreign = false;
};

enum class LiveQuality { draft, full };

struct LiveSnapshot;

/// What to compute: a network drawn from parameters, or an existing one (from a file, of a training run), or none if
/// that could not be read.
struct LiveRequest {
  ModelParameters parameters{};
  NetworkPointer network{};       ///< when set, used as it is; `parameters` only describe it
  std::string network_problem{};  ///< why there is no network, one sentence: it fails with that; empty: there is one
  MeasureSettings measures{};
  EmbeddingMethod embedding{};
  LiveQuality quality = LiveQuality::full;      ///< draft: the cheap stages at once, few σ_c draws, one run of Q's
                                                ///< estimator, no p-value and no comparison with chance
  std::optional<std::size_t> measured_layer{};  ///< measure the graph of this mask alone; nothing: the whole network.
                                                ///< Its communities are numbered for all nodes, -1 outside the layer
  int chance_copies = 0;                        ///< randomised copies to compare every measure with; 0: no comparison
  /// What is known of this very network from elsewhere, and is not computed again where it holds; null: nothing.
  std::shared_ptr<const LiveSnapshot> known{};
};

/// Everything the views show, at one moment.
struct LiveSnapshot {
  std::uint64_t generation = 0;  ///< of the newest request; 0: none yet
  LiveRequest request{};
  bool cancelled = false;  ///< what is stale stays so until the next request
  LiveValue<Network> network{};
  std::vector<std::string> notices{};
  std::vector<LiveValue<Measurement>> measures{};     ///< in the order of measure_table()
  LiveValue<Embedding> embedding{};                   ///< of the whole network, in its standard orientation; that of
                                                      ///< a draft is aligned with the one before
  std::vector<LiveValue<ChanceComparison>> chance{};  ///< in the order of measure_table(); filled in last, copy by copy
  [[nodiscard]] bool all_fresh() const;               ///< everything of the newest request is fresh or failed
};

/// Serves the newest request and drops older ones. Values that the new request does not change stay fresh: from draft
/// to full quality, or with another embedding method, no network is drawn again (the disk of a draft only turns).
/// Stages run cheapest first: network, L and γ, embedding and Q, σ_c, and finally the comparisons with chance. A newer
/// request stops the older one through its own stop token, and results of an old generation are never shown. Everything
/// that calls igraph runs on one worker.
class LivePipeline {
 public:
  /// `changed` is called from worker threads whenever snapshot() has something new, never while a lock is held; of
  /// progress and partial results at most five times a second for all stages together. Calls may come from several
  /// threads at once.
  /// It may call snapshot(), submit() and cancel(), but must not throw.
  /// `threads`: for the program's own measures, 0 = all available. `data`: for the initialisers that need a data set.
  explicit LivePipeline(std::function<void()> changed, unsigned threads = 0, DataSourceProvider data = {});
  ~LivePipeline();  ///< stops everything and joins, within 100 ms
  LivePipeline(const LivePipeline&) = delete;
  LivePipeline& operator=(const LivePipeline&) = delete;
  LivePipeline(LivePipeline&&) = delete;
  LivePipeline& operator=(LivePipeline&&) = delete;

  /// Returns at once with the generation of this request.
  std::uint64_t submit(LiveRequest request);
  /// Stops running computations and marks their values stale; existing values stay, and fresh ones stay fresh.
  void cancel();
  [[nodiscard]] LiveSnapshot snapshot() const;

 private:
  class Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace dnm
