// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/screen/scene_builder.h"

#include <exception>
#include <utility>

#include "viz/scenes/scenes.h"
#include "viz/screen/screen_words.h"

namespace dnm {

SceneBuilder::SceneBuilder(const NetworkScene& kind, std::function<void(const BuiltPicture&, std::uint64_t)> done)
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
    const BuiltPicture built = build(job, job_stop);
    if (!built.scene) continue;
    {
      const std::scoped_lock lock(mutex_);
      may_stop_ = true;
    }
    done_(built, job.generation);
  }
}

BuiltPicture SceneBuilder::build(const Job& job, const std::stop_token& stop) {
  try {
    const TaskControl control{stop, {}};
    BuiltPicture built{std::make_shared<const Scene>(in_screen_words(kind_.build(job.input, job.options, control))),
                       nullptr, job.input.network};
    if (job.with_places && kind_.locate != nullptr) built.places = places_for(job, control);
    return built;
  } catch (const Cancelled&) {
    return {};
  } catch (const std::exception& error) {
    const std::string words = std::string("cannot draw this: ") + error.what();
    return {std::make_shared<const Scene>(message_scene(job.options, words)), nullptr, job.input.network};
  }
}

NodePlacesPointer SceneBuilder::places_for(const Job& job, const TaskControl& control) {
  SceneOptions options = job.options;
  options.viewport = {0.0, 0.0, 0.0, 0.0};
  if (!places_ || job.input != placed_input_ || options != placed_options_) {
    places_ = kind_.locate(job.input, options, control);
    placed_input_ = job.input;
    placed_options_ = options;
  }
  return places_;
}

}  // namespace dnm
