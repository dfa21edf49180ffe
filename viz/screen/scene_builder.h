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

/// A scene, and where the nodes are in it, if that was asked for.
struct BuiltPicture {
  ScenePointer scene{};
  NodePlacesPointer places{};
  NetworkPointer network{};  ///< that both are of
};

/// Builds the scenes of one view on a thread of its own. The newest job wins: it takes the place of one that waits and
/// stops the one that runs; but never two in a row, so that pictures keep coming while jobs arrive faster than they can
/// be done.
class SceneBuilder {
 public:
  struct Job {
    std::uint64_t generation = 0;
    SceneInput input{};
    SceneOptions options{};
    bool with_places = true;  ///< nobody points at drafts
  };
  /// `done` is called on the builder's thread with each scene; a failure arrives as a scene that says so.
  SceneBuilder(const NetworkScene& kind, std::function<void(const BuiltPicture&, std::uint64_t generation)> done);
  ~SceneBuilder();
  SceneBuilder(const SceneBuilder&) = delete;
  SceneBuilder& operator=(const SceneBuilder&) = delete;

  void submit(Job job);

 private:
  void work(const std::stop_token& stop);
  /// Without a scene once it is stopped.
  [[nodiscard]] BuiltPicture build(const Job& job, const std::stop_token& stop);
  [[nodiscard]] NodePlacesPointer places_for(const Job& job, const TaskControl& control);

  const NetworkScene& kind_;
  std::function<void(const BuiltPicture&, std::uint64_t)> done_;
  // Of the thread alone: places hold at every zoom.
  SceneInput placed_input_;
  SceneOptions placed_options_;
  NodePlacesPointer places_;
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::optional<Job> waiting_;
  std::stop_source running_;
  bool may_stop_ = true;
  std::jthread thread_;
};

}  // namespace dnm
