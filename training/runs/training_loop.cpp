// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/runs/training_loop.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include "core/support/error.h"
#include "training/layers/engine_choice.h"
#include "training/metrics/score_meter.h"
#include "training/models/model_table.h"
#include "training/rewiring/topology_change.h"
#include "training/runs/falling_engines.h"
#include "training/runs/rewiring_input.h"
#include "training/runs/topology_file.h"
#include "training/runs/training_parameters.h"
#include "training/support/devices.h"
#include "training/tasks/task_table.h"

namespace dnm {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

void check_finite(const BatchSums& sums, int epoch) {
  if (std::isfinite(sums.loss)) return;
  throw NumericalError("the training diverged in epoch " + std::to_string(epoch + 1) +
                       " (the loss is no longer a number); lower the learning rate");
}

std::string lost_topology_text(std::uint64_t updates) {
  return std::string(topology_file_name) + " was lost or damaged: links before update " + std::to_string(updates) +
         " cannot be shown any more, and the ITOP rate is left out from there on";
}

}  // namespace

TrainingLoop::TrainingLoop(RunPlan plan, TrainingReporter& reporter) : plan_(std::move(plan)), reporter_(reporter) {}

void TrainingLoop::run(const TaskControl& control) {
  prepare(control);
  while (position_.epochs_done < plan_.settings.epochs) {
    try {
      train_epoch(control);
      evaluate_epoch(control);
    } catch (const Cancelled&) {
      if (plan_.folder) plan_.folder->save(checkpoint());
      throw;
    }
    if (plan_.folder) {
      write_until_done(control, [this] { plan_.folder->save(checkpoint()); });
      last_checkpoint_ = Clock::now();
      write_until_done(control, [this] { plan_.folder->add(history_, updates_); });
    }
  }
}

void TrainingLoop::write_until_done(const TaskControl& control, const std::function<void()>& write) {
  for (;;) {
    try {
      write();
      reporter_.written();
      return;
    } catch (const FileError& error) {
      reporter_.cannot_write(error, control);
    }
  }
}

void TrainingLoop::prepare(const TaskControl& control) {
  plan_.task->load(control);
  for (const std::string& notice : plan_.task->notices()) reporter_.notice(notice);
  if (plan_.folder) data_checksum_ = plan_.task->checksum(control);
  const Topology first = plan_.topology;
  ModelState state;
  if (plan_.from) {
    plan_.topology.layers = std::move(plan_.from->layers);
    state = std::move(plan_.from->state);
    position_ = plan_.from->position;
    history_ = std::move(plan_.from->history);
    if (position_.steps_done > plan_.task->steps_per_epoch() ||
        plan_.from->data_checksum.value_or(data_checksum_) != data_checksum_) {
      throw InvalidInput(
          "the run was started with other data files; resume it with the same ones (Data folder, --data-dir)");
    }
    if (plan_.rule) plan_.rule->remember(plan_.from->rule_memory);
    plan_.from.reset();
  } else {
    state = plan_.kind->first_state(plan_.topology, plan_.task->shape(), plan_.settings,
                                    plan_.optimiser->slots().size(), control);
  }
  control.check();
  if (plan_.rule && position_.updates_done == 0) {
    const StepPosition whole{0, plan_.task->steps_per_epoch(), static_cast<int>(plan_.settings.epochs)};
    plan_.rule->check(layers_at(plan_.topology.sparse_layers(), plan_.topology, state), whole);
    if (plan_.rule->planned(whole).empty()) {
      reporter_.notice(
          "the rewiring rule acts at no step of this run; train for more epochs, or let it act more often and longer "
          "(--rewire-every; --rewire-end or --decay-end)");
    }
  }
  // A stop can come between an update and the choice of engines after it.
  static_cast<void>(choose_engines_anew(plan_.topology, plan_.links_to_become_sparse, plan_.engines));
  translations_.emplace(plan_, position_.epochs_done);
  RunFacts facts = make_model(control, state);
  const auto steps_per_epoch = static_cast<double>(plan_.task->steps_per_epoch());
  facts.epochs_before = position_.epochs_done + static_cast<double>(position_.steps_done) / steps_per_epoch;
  facts.updates_before = position_.updates_done;
  std::vector<TopologyEventPointer> events;
  if (plan_.rule) recorder_.emplace(plan_.settings.seed, steps_per_epoch, sparse_layers());
  if (plan_.folder) {
    // What is drawn by matrices has no network file that would show it.
    if (!plan_.rule && draws_matrices(plan_.settings))
      static_cast<void>(plan_.folder->begin_topology(sparse_layers(), 0));
    if (plan_.rule) {
      const std::uint64_t updates = position_.updates_done;
      TopologyHistory kept = plan_.folder->begin_topology(sparse_layers(), updates);
      // The snapshot that stands in for what a lost or damaged file no longer tells.
      if (updates > 0 && !kept.snapshots.empty() && kept.snapshots.back().update == updates)
        reporter_.notice(lost_topology_text(updates));
      recorder_.emplace(plan_.settings.seed, steps_per_epoch);
      for (UpdateResult& result : plan_.folder->with_kept_updates(recorder_->replay(kept), updates))
        open_updates_.push_back(std::move(result));
      finish_updates();
      for (TopologyEvent& event : kept.events) {
        events.push_back(std::make_shared<const TopologyEvent>(std::move(event)));
      }
    }
    plan_.folder->begin(config_text(plan_), history_, updates_, plan_.rule != nullptr);
  }
  const bool is_first = plan_.topology == first;
  reporter_.prepared(facts, history_, events,
                     is_first ? nullptr : std::make_shared<const std::vector<NamedMask>>(sparse_layers()));
}

RunFacts TrainingLoop::make_model(const TaskControl& control, const ModelState& state) {
  std::vector<LayerTiming> timings;
  if (plan_.device == Device::cpu) {
    timings = plan_.kind->time_layers(plan_.topology, plan_.settings, control);
    if (plan_.engines.empty()) {
      plan_.engines = choose_engines(timings);
      if (plan_.settings.device == Device::automatic && has_cuda() && plan_.kind->computes_on(Device::cuda) &&
          is_faster_on_cuda(timings, state)) {
        plan_.device = Device::cuda;
        plan_.engines.assign(plan_.topology.layers.size(), Engine::masked);
        timings.clear();
      } else if (plan_.rule && plan_.rule->makes_sparser()) {
        plan_.links_to_become_sparse =
            links_to_become_sparse(*plan_.kind, plan_.topology, plan_.engines, plan_.settings, control);
      }
      check_memory(plan_);
    }
    for (std::size_t i = 0; i < timings.size(); ++i) timings[i].engine = plan_.engines[i];
  }
  model_ = plan_.kind->make(plan_.topology, state, placement(), plan_.settings, plan_.task->loss());
  return {std::string(model_->engine()),
          model_->device(),
          memory_of(plan_),
          timings.empty() ? std::numeric_limits<double>::quiet_NaN() : masked_speed_up(timings),
          timings,
          0.0,
          0};
}

bool TrainingLoop::is_faster_on_cuda(const std::vector<LayerTiming>& timings, const ModelState& state) try {
  const std::vector<Engine> masked(plan_.topology.layers.size(), Engine::masked);
  const auto model =
      plan_.kind->make(plan_.topology, state, {masked, Device::cuda}, plan_.settings, plan_.task->loss());
  plan_.task->begin_epoch(0);
  const Batch& batch = plan_.task->training_batch(0);
  double best = std::numeric_limits<double>::infinity();
  for (int round = 0; round < 8; ++round) {
    const Clock::time_point start = Clock::now();
    model->step(batch, {*plan_.optimiser}, {});  // waits for the device, since it returns the loss
    best = std::min(best, 1e3 * seconds_since(start));
  }
  double here = 0.0;
  for (const LayerTiming& timing : timings) here += std::min(timing.sparse_milliseconds, timing.masked_milliseconds);
  return best < here;
} catch (const std::exception& error) {
  // Its memory may be full of another program's work; the processor can do it too.
  const std::string reason = error.what();
  reporter_.notice("the CUDA device cannot be used (" + reason.substr(0, reason.find('\n')) +
                   "); the run computes on the CPU");
  return false;
}

void TrainingLoop::save_checkpoint_when_due(const TaskControl& control) {
  const double interval = plan_.settings.checkpoint_seconds;
  if (!plan_.folder || interval <= 0.0 || seconds_since(last_checkpoint_) < interval) return;
  write_until_done(control, [this] { plan_.folder->save(checkpoint()); });
  last_checkpoint_ = Clock::now();
}

void TrainingLoop::train_epoch(const TaskControl& control) {
  const int epoch = position_.epochs_done;
  Task& task = *plan_.task;
  task.begin_epoch(epoch);
  const RateSettings rate = rate_settings(plan_.settings);
  StepPosition at{0, task.steps_per_epoch(), static_cast<int>(plan_.settings.epochs)};
  const std::uint64_t examples = task.examples_before(at.steps_per_epoch);
  const std::uint64_t resumed_at = task.examples_before(position_.steps_done);
  double new_seconds = 0.0;
  while (position_.steps_done < at.steps_per_epoch) {
    reporter_.wait_while_paused(control);
    save_checkpoint_when_due(control);
    at.step = static_cast<std::uint64_t>(epoch) * at.steps_per_epoch + position_.steps_done;
    std::optional<TopologyEvent> update;
    if (plan_.rule && plan_.rule->is_due(at)) {
      update.emplace();
      if (at.ends_epoch()) {
        EpochFacts facts;
        MetricValues of_scores;
        facts.test = evaluate(control, EvaluationSet::test, of_scores);
        update->leading_before = metric_value(*metrics_of(plan_.settings).leading, facts, of_scores);
      }
    }
    const Clock::time_point start = Clock::now();
    const Batch& batch = task.training_batch(position_.steps_done);
    const std::uint64_t before = task.examples_before(position_.steps_done);
    const LearningStep step{*plan_.optimiser, learning_rate(rate, at), at.step,
                            static_cast<std::uint64_t>(epoch) * examples + before};
    const BatchSums sums =
        update ? update_topology(at, batch, step, control, *update) : model_->step(batch, step, control);
    check_finite(sums, epoch);
    position_.so_far += sums;
    ++position_.steps_done;
    const double seconds = seconds_since(start);
    position_.seconds += seconds;
    new_seconds += seconds;
    const std::uint64_t done = task.examples_before(position_.steps_done);
    reporter_.step_done({epoch + 1, static_cast<double>(done) / static_cast<double>(examples),
                         position_.so_far.loss / static_cast<double>(position_.so_far.examples),
                         static_cast<double>(done - resumed_at) / new_seconds, plan_.topology.links(),
                         position_.seconds, done - before, seconds});
    // Only now: a stop while the file cannot be written must find the position behind the update.
    if (update) {
      publish(control, std::move(*update));
      choose_engines_after_update(control);
    }
  }
}

void TrainingLoop::choose_engines_after_update(const TaskControl& control) {
  if (!choose_engines_anew(plan_.topology, plan_.links_to_become_sparse, plan_.engines)) return;
  reporter_.engines_changed(make_model(control, model_->state()));
}

BatchSums TrainingLoop::update_topology(const StepPosition& at, const Batch& batch, const LearningStep& step,
                                        const TaskControl& control, TopologyEvent& event) {
  if (!plan_.kind->learns_at_updates()) {
    const BatchSums sums = model_->evaluate(batch);
    rewire(at, control, event);
    return sums;
  }
  // A stop in the middle must find the parameters as they were before the step.
  const ModelState before = model_->state();
  const BatchSums sums = model_->step(batch, step, control);
  try {
    rewire(at, control, event);
  } catch (const Cancelled&) {
    model_ = plan_.kind->make(plan_.topology, before, placement(), plan_.settings, plan_.task->loss());
    throw;
  }
  return sums;
}

void TrainingLoop::rewire(const StepPosition& at, const TaskControl& control, TopologyEvent& event) {
  const Clock::time_point start = Clock::now();
  const ModelState state = model_->state();
  const std::vector<std::size_t> places = plan_.topology.sparse_layers();
  const std::vector<SparseLayer> layers = layers_at(places, plan_.topology, state);
  ModelGradients gradients(*model_, *plan_.task, position_.steps_done, places);
  const auto chains = sparse_chains(plan_.topology, places);
  const auto pairs = sparse_pairs(plan_.topology, places);
  RewiringResult result = plan_.rule->rewired({at, layers, chains, pairs, gradients, plan_.settings.seed, control});
  if (result.layers.size() != places.size()) {
    throw InvalidInput("the rewiring rule answered for " + std::to_string(result.layers.size()) + " layers of " +
                       std::to_string(places.size()));
  }
  // Throws when an answer is no topology of its layer; until then nothing has changed.
  for (std::size_t i = 0; i < places.size(); ++i) {
    static_cast<void>(Network::layered({layers[i].mask.n_in, layers[i].mask.n_out}, {result.layers[i].mask}));
  }
  event.update = position_.updates_done + 1;
  event.step = at.batches_seen();
  event.epoch = at.epoch() + 1;
  event.numbers = std::move(result.numbers);
  for (std::size_t i = 0; i < places.size(); ++i) {
    NamedMask& layer = plan_.topology.layers[places[i]];
    Mask& mask = result.layers[i].mask;
    LayerChange& change = event.layers.emplace_back();
    change.layer = layer.name;
    change.counts = result.layers[i].counts;
    note_difference(layer.mask, mask, change);
    if (change.removed.empty() && change.grown.empty()) continue;
    model_->rewire(
        places[i], mask,
        carried_over(layer.mask, parameter_of(state, layer.name + ".weight"), mask, result.layers[i].grown_weights));
    layer.mask = std::move(mask);
  }
  ++position_.updates_done;
  event.seconds = seconds_since(start);
}

void TrainingLoop::publish(const TaskControl& control, TopologyEvent event) {
  const auto shared = std::make_shared<const TopologyEvent>(std::move(event));
  const auto layers = std::make_shared<const std::vector<NamedMask>>(sparse_layers());
  open_updates_.push_back(recorder_->add(*shared, *layers));
  if (plan_.folder) write_until_done(control, [&] { plan_.folder->add_topology(*shared, *layers); });
  const bool changed = std::any_of(shared->layers.begin(), shared->layers.end(), [](const LayerChange& change) {
    return !change.removed.empty() || !change.grown.empty();
  });
  reporter_.topology_changed(shared, changed ? layers : nullptr);
  finish_updates();
  if (plan_.folder) write_until_done(control, [this] { plan_.folder->add(history_, updates_); });
}

void TrainingLoop::finish_updates() {
  const Metric& leading = *metrics_of(plan_.settings).leading;
  for (; !open_updates_.empty() && open_updates_.front().complete(history_, leading); open_updates_.pop_front()) {
    updates_.push_back(std::move(open_updates_.front()));
    reporter_.update_done(updates_.back());
  }
}

std::vector<NamedMask> TrainingLoop::sparse_layers() const {
  std::vector<NamedMask> layers;
  for (const std::size_t place : plan_.topology.sparse_layers()) layers.push_back(plan_.topology.layers[place]);
  return layers;
}

BatchSums TrainingLoop::evaluate(const TaskControl& control, EvaluationSet set, MetricValues& of_scores) {
  ScoreMeter meter(metrics_of(plan_.settings), set == EvaluationSet::test ? Split::test : Split::validation);
  const UseScores use = meter.use();
  BatchSums sum;
  for (std::size_t i = 0; i < plan_.task->evaluation_batches(set); ++i) {
    reporter_.wait_while_paused(control);
    const Clock::time_point start = Clock::now();
    sum += model_->evaluate(plan_.task->evaluation_batch(set, i), use);
    position_.seconds += seconds_since(start);
  }
  // The last step may have broken the weights: no metric comes of scores that are not numbers.
  check_finite(sum, position_.epochs_done);
  meter.put(of_scores);
  return sum;
}

void TrainingLoop::evaluate_epoch(const TaskControl& control) {
  EpochFacts facts;
  MetricValues of_scores;
  facts.train = position_.so_far;
  facts.test = evaluate(control, EvaluationSet::test, of_scores);
  if (plan_.task->evaluation_batches(EvaluationSet::validation) > 0) {
    facts.validation = evaluate(control, EvaluationSet::validation, of_scores);
  }
  facts.links = plan_.topology.sparse_links();
  translate(control, facts, of_scores);
  history_.push_back(result_of(facts, of_scores));
  position_ = {history_.back().epoch, 0, {}, 0.0, position_.updates_done};
  finish_updates();
  reporter_.epoch_done(history_.back());
}

void TrainingLoop::translate(const TaskControl& control, EpochFacts& facts, const MetricValues& of_scores) {
  Clock::time_point start = Clock::now();
  const auto between = [&] {
    position_.seconds += seconds_since(start);
    reporter_.wait_while_paused(control);
    start = Clock::now();
  };
  translations_->add({*model_, history_, facts, [&] { return result_of(facts, of_scores); }, between,
                      [&](const auto& write) { write_until_done(control, write); }},
                     control);
  position_.seconds += seconds_since(start);
}

EpochResult TrainingLoop::result_of(EpochFacts facts, const MetricValues& of_scores) const {
  facts.seconds = position_.seconds;
  return epoch_result(metrics_of(plan_.settings), plan_.settings.seed, position_.epochs_done + 1, facts, of_scores);
}

Checkpoint TrainingLoop::checkpoint() const {
  Checkpoint made;
  made.settings = plan_.settings;
  made.lengthenings = plan_.lengthenings;
  made.layers = plan_.topology.layers;
  made.engines = plan_.engines;
  made.links_to_become_sparse = plan_.links_to_become_sparse;
  made.device = plan_.device;
  made.data_checksum = data_checksum_;
  const auto slots = plan_.optimiser->slots();
  made.slots.assign(slots.begin(), slots.end());
  made.state = model_->state();
  made.position = position_;
  made.history = history_;
  if (plan_.rule) made.rule_memory = plan_.rule->memory();
  return made;
}

}  // namespace dnm
