// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string_view>
#include <utility>
#include <vector>

#include "core/live/live_pipeline.h"

namespace dnm {

/// Where a measure stands in measure_table().
inline std::size_t place_of(std::string_view id) {
  return static_cast<std::size_t>(&measure(id) - measure_table().data());
}
inline const std::size_t path_length = place_of("L"), modularity = place_of("Q"), consistency = place_of("sigma_c"),
                         power_law = place_of("gamma");

inline LiveRequest request(std::vector<NodeIndex> layers, double sparsity = 0.9, std::uint64_t seed = 0) {
  LiveRequest made;
  made.parameters.layer_sizes = std::move(layers);
  made.parameters.shared.sparsity = sparsity;
  made.parameters.seed = seed;
  made.measures.modularity_runs = 3;
  made.measures.sigma_draws = 4;
  return made;
}

inline LiveRequest small_request(std::uint64_t seed = 0) { return request({20, 30, 20}, 0.8, seed); }
/// Draws and L take milliseconds, σ_c many seconds.
inline LiveRequest busy_request(std::uint64_t seed = 0) { return request({784, 1568, 1568, 1568}, 0.99, seed); }

/// A pipeline that can be waited for, and that looks at every snapshot it tells of.
class Watched {
 public:
  explicit Watched(std::function<void(const LiveSnapshot&)> look = {}, unsigned threads = 0)
      : look_(std::move(look)), pipeline_([this] { on_changed(); }, threads) {}

  LivePipeline& operator*() { return pipeline_; }
  LivePipeline* operator->() { return &pipeline_; }

  bool wait(const std::function<bool(const LiveSnapshot&)>& reached,
            std::chrono::seconds longest = std::chrono::seconds(60)) {
    const auto end = std::chrono::steady_clock::now() + longest;
    std::unique_lock lock(mutex_);
    while (!reached(pipeline_.snapshot())) {
      const std::uint64_t seen = changes_;
      if (!told_.wait_until(lock, end, [&] { return changes_ != seen; })) return reached(pipeline_.snapshot());
    }
    return true;
  }
  bool settle() {
    return wait([](const LiveSnapshot& shown) { return shown.all_fresh(); });
  }

 private:
  void on_changed() {
    if (look_) look_(pipeline_.snapshot());
    {
      const std::scoped_lock lock(mutex_);
      ++changes_;
    }
    told_.notify_all();
  }

  std::function<void(const LiveSnapshot&)> look_;
  std::mutex mutex_;
  std::condition_variable told_;
  std::uint64_t changes_ = 0;
  LivePipeline pipeline_;  // last: it calls back until it is gone
};

/// What the stages give when called one after the other, without a pipeline.
struct Direct {
  NetworkPointer network;
  std::vector<Measurement> measures;
  Embedding embedding;

  explicit Direct(const LiveRequest& from) : network(from.network ? from.network : generate(from.parameters).network) {
    const Graph graph(*network);
    for (const Measure& measure : measure_table()) {
      measures.push_back(measure.compute(graph, from.measures, {}, {}));
    }
    embedding = in_standard_orientation(embed(graph, from.embedding));
  }
};

inline bool same(const Measurement& a, const Measurement& b) {
  return a.value == b.value && a.standard_error == b.standard_error && a.reason == b.reason && a.method == b.method &&
         a.communities == b.communities;
}

inline bool shows(const LiveSnapshot& shown, const Direct& expected) {
  if (!(*shown.network.value == *expected.network)) return false;
  for (std::size_t i = 0; i < expected.measures.size(); ++i) {
    if (!same(*shown.measures[i].value, expected.measures[i])) return false;
  }
  return shown.embedding.value->radius == expected.embedding.radius;
}

inline double milliseconds(std::chrono::steady_clock::duration duration) {
  return std::chrono::duration<double, std::milli>(duration).count();
}

template <class Action>
double timed(Action action) {
  const auto start = std::chrono::steady_clock::now();
  action();
  return milliseconds(std::chrono::steady_clock::now() - start);
}

}  // namespace dnm
