// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/pins/pin_measurer.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <span>
#include <string>
#include <tuple>
#include <utility>

#include "app/workspace/session/opened_file.h"
#include "core/live/live_values.h"
#include "core/models/initialiser.h"
#include "core/support/error.h"
#include "core/support/memory.h"
#include "core/support/thread_priority.h"

namespace dnm {

namespace {

using Clock = std::chrono::steady_clock;
constexpr auto progress_interval = std::chrono::milliseconds(100);
constexpr int embedding_cost = 1;  // on the scale of measure_table()

bool is_missing(const auto& value) {
  return value.freshness != Freshness::fresh && value.freshness != Freshness::failed;
}

bool lacks_communities(const LiveValue<Measurement>& value) {
  return value.freshness == Freshness::fresh && value.value && value.value->value && value.value->communities.empty();
}

void leave_computing(LiveSnapshot& known) {
  const auto leave = [](auto& value) {
    if (value.freshness == Freshness::computing) live::leave_behind(value);
  };
  leave(known.network);
  leave(known.embedding);
  std::ranges::for_each(known.measures, leave);
}

void forget_failures(LiveSnapshot& known) {
  const auto forget = [](auto& value) {
    if (value.freshness == Freshness::failed) live::keep_if(value, false);
  };
  forget(known.network);
  forget(known.embedding);
  std::ranges::for_each(known.measures, forget);
}

/// A layer to measure alone that the network has not counts as none.
void fit_layer(LiveRequest& request, const Network& network) {
  const std::size_t layers = network.is_layered() ? network.masks().size() : 0;
  if (request.measured_layer && *request.measured_layer >= layers) request.measured_layer.reset();
}

void fail_all(LiveSnapshot& known, const std::string& problem) {
  live::fail(known.network, problem);
  for (auto& measure : known.measures) live::fail(measure, "there is no network");
  live::fail(known.embedding, "there is no network");
}

}  // namespace

/// The graphs of the network that was worked on last.
struct PinMeasurer::Graphs {
  NetworkPointer network;
  std::shared_ptr<const Graph> whole;
  std::optional<std::size_t> layer;
  std::shared_ptr<const Graph> of_layer;
};

PinMeasurer::PinMeasurer(std::function<void()> changed, DataSourceProvider data)
    : changed_(std::move(changed)),
      data_(std::move(data)),
      graphs_(std::make_unique<Graphs>()),
      thread_([this](const std::stop_token& stop) { work(stop); }) {}

PinMeasurer::~PinMeasurer() {
  thread_.request_stop();
  const std::lock_guard lock(mutex_);
  current_stop_.request_stop();
}

WantedPin* PinMeasurer::find(const Pin& pin) {
  const auto found = std::ranges::find_if(wanted_, [&](const WantedPin& one) { return same_network(one.pin, pin); });
  return found == wanted_.end() ? nullptr : &*found;
}

void PinMeasurer::stop_current() {
  current_stop_.request_stop();
  current_.reset();
}

void PinMeasurer::want(std::vector<WantedPin> wanted) {
  {
    const std::lock_guard lock(mutex_);
    for (WantedPin& one : wanted) {
      LiveSnapshot given = std::exchange(one.known, {});
      if (const WantedPin* before = find(one.pin)) {
        one.known = before->known;
        one.has_communities = before->has_communities;
      }
      if (one.known.network.value) fit_layer(one.request, *one.known.network.value);
      follow_request(one.known, one.request);
      if (given.generation != 0) learn(one.known, given, ValuesAlone::taken);
      one.known.cancelled = is_cancelled_ && !is_complete(one.known, one.embedding);
    }
    wanted_ = std::move(wanted);
    // A task goes on while its value is still computed for the same request.
    if (current_) {
      const WantedPin* now = find(current_->pin);
      const auto is_going_on = [&] {
        if (!now || now->is_elsewhere) return false;
        if (current_->stage == Stage::network) return is_missing(now->known.network);
        if (current_->stage == Stage::embedding) {
          return now->embedding && current_->request.embedding == now->request.embedding;
        }
        return current_->request.measured_layer == now->request.measured_layer &&
               measure_table()[current_->slot].same_result(current_->request.measures, now->request.measures);
      };
      if (!is_going_on()) stop_current();
    }
    if (!current_)
      for (WantedPin& one : wanted_) leave_computing(one.known);
  }
  wake_.notify_all();
}

void PinMeasurer::cancel() {
  const std::lock_guard lock(mutex_);
  is_cancelled_ = true;
  stop_current();
  for (WantedPin& one : wanted_) {
    leave_computing(one.known);
    one.known.cancelled = !is_complete(one.known, one.embedding);
  }
}

void PinMeasurer::resume() {
  {
    const std::lock_guard lock(mutex_);
    is_cancelled_ = false;
    for (WantedPin& one : wanted_) {
      one.known.cancelled = false;
      forget_failures(one.known);
    }
  }
  wake_.notify_all();
}

PinResults PinMeasurer::results() const {
  const std::lock_guard lock(mutex_);
  PinResults results;
  for (const WantedPin& one : wanted_) results.push_back({one.pin, one.known});
  return results;
}

bool PinMeasurer::is_busy() const {
  const std::lock_guard lock(mutex_);
  return current_.has_value() || (!is_cancelled_ && next_task().has_value());
}

std::optional<PinMeasurer::Task> PinMeasurer::next_task() const {
  std::optional<Task> best;
  std::pair<int, std::size_t> best_rank;
  const auto offer = [&](int cost, std::size_t place, Stage stage, std::size_t slot = 0) {
    if (best && best_rank <= std::pair(cost, place)) return;
    best_rank = {cost, place};
    const WantedPin& one = wanted_[place];
    best = Task{one.pin, one.request, stage, slot, {}, one.known.network.value};
  };
  for (std::size_t place = 0; place < wanted_.size(); ++place) {
    const WantedPin& one = wanted_[place];
    if (one.is_elsewhere || one.known.network.freshness == Freshness::failed) continue;
    if (is_missing(one.known.network)) {
      offer(-1, place, Stage::network);
      continue;
    }
    if (one.embedding && is_missing(one.known.embedding)) offer(embedding_cost, place, Stage::embedding);
    for (std::size_t slot = 0; slot < one.known.measures.size(); ++slot) {
      const Measure& measure = measure_table()[slot];
      const LiveValue<Measurement>& value = one.known.measures[slot];
      const bool for_picture =
          measure.id == community_measure && one.communities && !one.has_communities && lacks_communities(value);
      if (is_missing(value) || for_picture) offer(measure.cost, place, Stage::measure, slot);
    }
  }
  return best;
}

void PinMeasurer::work(const std::stop_token& stop) {
  lower_thread_priority();
  std::unique_lock lock(mutex_);
  while (!stop.stop_requested()) {
    std::optional<Task> task = is_cancelled_ ? std::nullopt : next_task();
    if (!task) {
      *graphs_ = {};
      wake_.wait(lock, stop, [this] { return !is_cancelled_ && next_task().has_value(); });
      continue;
    }
    current_stop_ = {};
    task->stop = current_stop_.get_token();
    current_ = task;
    lock.unlock();
    run(*task);
    lock.lock();
    if (!task->stop.stop_requested()) current_.reset();
    lock.unlock();
    changed_();
    lock.lock();
  }
}

void PinMeasurer::publish(const Task& task, const std::function<void(LiveSnapshot&)>& change) {
  {
    const std::lock_guard lock(mutex_);
    WantedPin* const one = find(task.pin);
    if (!one || task.stop.stop_requested()) return;
    change(one->known);
    if (one->known.network.value) fit_layer(one->request, *one->known.network.value);
    one->known.request = one->request;
    if (task.stage == Stage::measure && measure_table()[task.slot].id == community_measure)
      one->has_communities = one->known.measures[task.slot].freshness == Freshness::fresh;
  }
  changed_();
}

TaskControl PinMeasurer::control(const Task& task) {
  return {task.stop, [this, &task, last = Clock::now()](double fraction) mutable {
            if (Clock::now() - last < progress_interval) return;
            last = Clock::now();
            publish(task, [&](LiveSnapshot& known) {
              const auto advance = [&](auto& value) {
                if (value.freshness == Freshness::computing) value.progress = std::clamp(fraction, 0.0, 1.0);
              };
              advance(known.network);
              advance(known.embedding);
              std::ranges::for_each(known.measures, advance);
            });
          }};
}

std::shared_ptr<const Graph> PinMeasurer::graph_of(const Task& task, std::optional<std::size_t> layer) {
  const Network& network = *task.network;
  if (graphs_->network != task.network) {
    *graphs_ = {};
    require_memory(8 * (network.link_count() + 2 * std::uint64_t{network.node_count()}), "the network's graph");
    graphs_->whole = std::make_shared<const Graph>(network, TaskControl{task.stop, {}});
    graphs_->network = task.network;
  }
  if (!layer || !network.is_layered()) return graphs_->whole;
  if (!graphs_->of_layer || graphs_->layer != layer) {
    graphs_->of_layer = std::make_shared<const Graph>(layer_graph(network, *layer, {task.stop, {}}));
    graphs_->layer = layer;
  }
  return graphs_->of_layer;
}

void PinMeasurer::run(const Task& task) {
  const auto value_of = [&task](LiveSnapshot& known) -> LiveValue<Measurement>& { return known.measures[task.slot]; };
  const auto start = [&](LiveSnapshot& known) {
    if (task.stage == Stage::network) {
      live::start(known.network);
    } else if (task.stage == Stage::embedding) {
      live::start(known.embedding);
    } else if (value_of(known).freshness != Freshness::fresh) {  // else only its communities are missing
      live::start(value_of(known));
    }
  };
  publish(task, start);
  try {
    const TaskControl task_control = control(task);
    if (task.stage == Stage::network) {
      NetworkPointer network;
      std::vector<std::string> notices;
      if (std::holds_alternative<ShownModel>(task.pin.shown)) {
        Generated drawn = generate(task.request.parameters, task_control, {.data = data_, .threads = 1});
        network = std::move(drawn.network);
        notices = std::move(drawn.notices);
      } else {
        WorkspaceState state;
        state.shown = task.pin.shown;
        notices = read_shown(state.shown, task_control);
        network = given_network(state);
        if (!network) throw FileError(network_problem(state));
      }
      publish(task, [&](LiveSnapshot& known) {
        live::finish(known.network, network);
        known.notices = notices;
      });
    } else if (task.stage == Stage::embedding) {
      auto found = std::make_shared<const Embedding>(
          in_standard_orientation(embed(*graph_of(task, {}), task.request.embedding, task_control, 1)));
      publish(task, [&](LiveSnapshot& known) { live::finish(known.embedding, std::move(found)); });
    } else {
      MeasureSettings settings = task.request.measures;
      settings.threads = 1;
      if (task.request.measured_layer) settings.removed.reset();  // its pairs refer to the whole network
      const auto graph = graph_of(task, task.request.measured_layer);
      Measurement found = measure_table()[task.slot].compute(*graph, settings, task_control, {});
      if (task.request.measured_layer) spread_over_network(found, *task.network, *task.request.measured_layer);
      auto kept = std::make_shared<const Measurement>(std::move(found));
      publish(task, [&](LiveSnapshot& known) { live::finish(value_of(known), std::move(kept)); });
    }
  } catch (const Cancelled&) {
    // something else is wanted
  } catch (...) {
    const std::string problem = live::sentence(std::current_exception());
    publish(task, [&](LiveSnapshot& known) {
      if (task.stage == Stage::network) {
        fail_all(known, problem);
      } else if (task.stage == Stage::embedding) {
        live::fail(known.embedding, problem);
      } else {
        live::fail(value_of(known), problem);
      }
    });
  }
}

}  // namespace dnm
