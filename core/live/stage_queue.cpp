// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/live/stage_queue.h"

#include <algorithm>
#include <utility>

namespace dnm::live {

void StageQueue::clear() {
  waiting_.clear();
  running_.clear();
}

void StageQueue::set_waiting(std::vector<Stage> stages) {
  waiting_ = std::move(stages);
  std::ranges::stable_sort(waiting_, {}, &Stage::cost);
}

bool StageQueue::has_next(Worker worker) const { return next(worker) != waiting_.end(); }

std::optional<Stage> StageQueue::take(Worker worker) {
  const auto found = next(worker);
  if (found == waiting_.end()) return std::nullopt;
  const Stage stage = *found;
  waiting_.erase(found);
  running_.push_back(stage);
  return stage;
}

void StageQueue::end(const Stage& stage) { std::erase(running_, stage); }

std::vector<Stage>::const_iterator StageQueue::next(Worker worker) const {
  const auto found = std::ranges::find(waiting_, worker, &Stage::worker);
  if (found == waiting_.end()) return found;
  const int must_be_done = worker == Worker::slow ? found->cost : found->cost >= chance_cost ? chance_cost : 0;
  const auto cheaper = [&](const Stage& stage) { return stage.cost < must_be_done; };
  return std::ranges::any_of(waiting_, cheaper) || std::ranges::any_of(running_, cheaper) ? waiting_.end() : found;
}

}  // namespace dnm::live
