// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/screen/scene_builder.h"

#include <exception>
#include <utility>

#include "viz/scenes/scenes.h"

namespace dnm {

SceneBuilder::SceneBuilder(const NetworkScene& kind, std::function<void(ScenePointer, std::uint64_t)> done)
    : kind_(kind), done_(std::move(done)), thread_([this](const std::stop_token& stop) { work(stop); }) {}

SceneBuilder::~SceneBuilder() {
  thread_.request_stop();
  const std::scoped_lock lock(mutex_);
  running_.request_stop();
}

void SceneBuilder::submit(Job job) {
  {
    const std::scoped_lock lock(mutex_);
    waiting_ = std::move(job);
    if (may_stop_ && running_.request_stop()) may_stop_ = false;
  }
  wake_.notify_one();
}

void SceneBuilder::work(const std::stop_token& stop) {
  while (true) {
    Job job;
    std::stop_token job_stop;
    {
      std::unique_lock lock(mutex_);
      if (!wake_.wait(lock, stop, [this] { return waiting_.has_value(); })) return;
      job = std::move(*waiting_);
      waiting_.reset();
      running_ = std::stop_source();
      if (stop.stop_requested()) return;
      job_stop = running_.get_token();
    }
    ScenePointer scene = build(job, job_stop);
    if (!scene) continue;
    {
      const std::scoped_lock lock(mutex_);
      may_stop_ = true;
    }
    done_(std::move(scene), job.generation);
  }
}

ScenePointer SceneBuilder::build(const Job& job, const std::stop_token& stop) const {
  try {
    return std::make_shared<const Scene>(kind_.build(job.input, job.options, TaskControl{stop, {}}));
  } catch (const Cancelled&) {
    return nullptr;
  } catch (const std::exception& error) {
    return std::make_shared<const Scene>(message_scene(job.options, std::string("cannot draw this: ") + error.what()));
  }
}

}  // namespace dnm
