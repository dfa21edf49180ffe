// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

#include "viz/scenes/network_scene.h"

namespace dnm {

/// Builds the scenes of one view on a thread of its own. The newest job wins: it takes the place of one that waits and
/// stops the one that runs; but never two in a row, so that pictures keep coming while jobs arrive faster than they can
/// be done.
class SceneBuilder {
 public:
  struct Job {
    std::uint64_t generation = 0;
    SceneInput input{};
    SceneOptions options{};
  };
  /// `done` is called on the builder's thread with each scene; a failure arrives as a scene that says so.
  SceneBuilder(const NetworkScene& kind, std::function<void(ScenePointer, std::uint64_t generation)> done);
  ~SceneBuilder();
  SceneBuilder(const SceneBuilder&) = delete;
  SceneBuilder& operator=(const SceneBuilder&) = delete;

  void submit(Job job);

 private:
  void work(const std::stop_token& stop);
  [[nodiscard]] ScenePointer build(const Job& job, const std::stop_token& stop) const;

  const NetworkScene& kind_;
  std::function<void(ScenePointer, std::uint64_t)> done_;
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::optional<Job> waiting_;
  std::stop_source running_;
  bool may_stop_ = true;
  std::jthread thread_;
};

}  // namespace dnm
