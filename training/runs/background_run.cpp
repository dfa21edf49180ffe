// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/runs/background_run.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <iterator>
#include <limits>
#include <new>
#include <numeric>
#include <utility>

#include "core/network/random.h"
#include "core/support/error.h"
#include "training/layers/engine_choice.h"
#include "training/layers/weight_init.h"
#include "training/metrics/task_metrics.h"
#include "training/rewiring/topology_change.h"
#include "training/runs/run_summary.h"
#include "training/support/devices.h"
#include "training/support/random_streams.h"

namespace dnm {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t evaluation_batch_size = 256;
constexpr std::size_t longest_queue = 4096;     // results nobody polled for; epochs.csv has them all
constexpr std::size_t median_over = 9;          // epochs
constexpr std::chrono::seconds retry_after{1};  // a write that failed

void check_finite(const BatchSums& result, int epoch) {
  if (std::isfinite(result.loss)) return;
  throw NumericalError("the training diverged in epoch " + std::to_string(epoch + 1) +
                       " (the loss is no longer a number); lower the learning rate");
}

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

}  // namespace

BackgroundRun::BackgroundRun(RunPlan plan) : plan_(std::move(plan)) {
  progress_.epochs = static_cast<int>(plan_.settings.epochs);
  progress_.engine = engine_id(plan_.engine);
  if (!plan_.notice.empty()) notices_.push_back(std::exchange(plan_.notice, {}));
  progress_.device = device_id(plan_.device);
  progress_.seconds_left = std::numeric_limits<double>::quiet_NaN();
  thread_ = std::jthread([this](const std::stop_token& stop) { train(stop); });
}

void BackgroundRun::pause() {
  const std::lock_guard lock(mutex_);
  pause_wanted_ = true;
}

void BackgroundRun::resume() {
  {
    const std::lock_guard lock(mutex_);
    pause_wanted_ = false;
    retry_wanted_ = true;
  }
  changed_.notify_all();
}

void BackgroundRun::stop() { thread_.request_stop(); }

TrainingProgress BackgroundRun::poll() {
  const std::lock_guard lock(mutex_);
  TrainingProgress taken = progress_;
  taken.epochs_done.assign(unseen_.begin(), unseen_.end());
  unseen_.clear();
  taken.notices = std::exchange(notices_, {});
  progress_.rewired = nullptr;
  return taken;
}

void BackgroundRun::set_state(RunState state, std::string problem) {
  const std::lock_guard lock(mutex_);
  progress_.state = state;
  progress_.problem = std::move(problem);
  if (is_over(state)) progress_.seconds_left = 0.0;
}

void BackgroundRun::wait_while_paused(const std::stop_token& stop) {
  if (stop.stop_requested()) throw Cancelled();
  std::unique_lock lock(mutex_);
  if (!pause_wanted_) return;
  progress_.state = RunState::paused;
  const bool wanted = changed_.wait(lock, stop, [this] { return !pause_wanted_; });
  if (!wanted) throw Cancelled();
  progress_.state = RunState::running;
}

void BackgroundRun::write_or_pause(const std::stop_token& stop, const std::function<void()>& write) {
  for (;;) {
    try {
      write();
      const std::lock_guard lock(mutex_);
      if (!progress_.problem.empty()) progress_.state = RunState::running;
      progress_.problem.clear();
      return;
    } catch (const FileError& error) {
      std::unique_lock lock(mutex_);
      progress_.problem = error.what();
      progress_.state = RunState::paused;
      retry_wanted_ = false;
      changed_.wait_for(lock, stop, retry_after, [this] { return retry_wanted_; });
      if (stop.stop_requested()) throw Cancelled();
    }
    wait_while_paused(stop);
  }
}

void BackgroundRun::train(const std::stop_token& stop) {
  RunState end = RunState::finished;
  std::string problem;
  try {
    prepare_training_thread();
    prepare(stop);
    const TaskControl control{stop, {}};
    set_state(RunState::running);
    const int epochs = static_cast<int>(plan_.settings.epochs);
    while (position_.epochs_done < epochs) {
      const int epoch = position_.epochs_done;
      try {
        train_epoch(control, epoch);
        evaluate_epoch(control, epoch);
      } catch (const Cancelled&) {
        if (plan_.folder) plan_.folder->save(checkpoint());
        throw;
      }
      if (plan_.folder) {
        write_or_pause(stop, [this] { plan_.folder->save(checkpoint()); });
        last_checkpoint_ = Clock::now();
        write_or_pause(stop, [this] { plan_.folder->add(history_); });
      }
    }
  } catch (const Cancelled&) {
    end = RunState::stopped;
  } catch (const Error& error) {
    end = RunState::failed;
    problem = error.what();
  } catch (const std::bad_alloc&) {
    end = RunState::failed;
    problem = "there is not enough memory for this training; make the network or the batch smaller";
  } catch (const std::exception& error) {
    end = RunState::failed;
    const std::string reason = error.what();
    problem = "the training broke off: " + reason.substr(0, reason.find('\n'));
  }
  plan_.folder.reset();  // before anybody sees the end: the run may be resumed at once
  set_state(end, std::move(problem));
}

void BackgroundRun::prepare(const std::stop_token& stop) {
  const TaskControl control{stop, {}};
  data_ = load_data_set(*plan_.data, plan_.files, control);

  const auto validation = static_cast<std::size_t>(plan_.settings.validation);
  Random random(plan_.settings.seed, training_stream(TrainingStream::validation, 0));
  for (const std::uint64_t image : random.sample(data_.train.size(), validation)) {
    validation_images_.push_back(static_cast<std::uint32_t>(image));
  }
  std::vector<std::uint32_t> all(data_.train.size());
  std::iota(all.begin(), all.end(), 0U);
  std::set_difference(all.begin(), all.end(), validation_images_.begin(), validation_images_.end(),
                      std::back_inserter(train_images_));
  test_images_.resize(data_.test.size());
  std::iota(test_images_.begin(), test_images_.end(), 0U);

  if (plan_.folder) data_checksum_ = data_.checksum(control);
  ModelState state;
  if (plan_.from) {
    plan_.masks = std::move(plan_.from->masks);
    state = std::move(plan_.from->state);
    position_ = plan_.from->position;
    history_ = std::move(plan_.from->history);
    if (position_.images_done > train_images_.size() ||
        plan_.from->data_checksum.value_or(data_checksum_) != data_checksum_) {
      throw InvalidInput("the run was started with other data files; resume it with the same --data-dir");
    }
    if (plan_.rule) plan_.rule->remember(plan_.from->rule_memory);
    plan_.from.reset();
  } else {
    state = first_state(plan_.masks, plan_.settings.weight_init, plan_.settings.seed, control);
  }
  control.check();
  make_model(control, state);
  batch_ = std::make_unique<Batch>(plan_.data->inputs(), static_cast<std::size_t>(plan_.settings.batch));
  evaluation_batch_ = std::make_unique<Batch>(plan_.data->inputs(), evaluation_batch_size);
  if (plan_.folder) plan_.folder->begin(config_text(plan_), history_);
  const std::lock_guard lock(mutex_);
  progress_.engine = std::string(model_->engine());
  progress_.device = model_->device();
  unseen_.assign(history_.begin(), history_.end());
  for (std::size_t i = history_.size() - std::min(history_.size(), median_over); i < history_.size(); ++i) {
    epoch_seconds_.push_back(history_[i].values["seconds"]);
  }
}

void BackgroundRun::make_model(const TaskControl& control, const ModelState& state) {
  const std::uint64_t images = data_.train.size() + data_.test.size();
  std::vector<LayerTiming> timings;
  if (plan_.device == Device::cpu) {
    timings = time_layers(plan_.masks, static_cast<std::size_t>(plan_.settings.batch), control);
    if (plan_.engines.empty()) {
      plan_.engines = choose_engines(timings);
      if (plan_.settings.device == Device::automatic && has_cuda() && is_faster_on_cuda(timings, state)) {
        plan_.device = Device::cuda;
        plan_.engines.assign(plan_.masks.size(), Engine::masked);
        timings.clear();
      }
      check_memory(plan_, images);
    }
    for (std::size_t i = 0; i < timings.size(); ++i) timings[i].engine = plan_.engines[i];
  }
  const bool all_masked =
      std::all_of(plan_.engines.begin(), plan_.engines.end(), [](Engine engine) { return engine == Engine::masked; });
  model_ = all_masked ? make_masked_mlp(plan_.masks, state, plan_.device)
                      : make_layered_mlp(plan_.masks, state, plan_.engines);
  count_links();
  if (plan_.rule) {
    // A run that goes on may have left the network it began with.
    const std::span<Mask> hidden = hidden_masks();
    Network now = Network::layered(plan_.network->layer_sizes(), {hidden.begin(), hidden.end()});
    if (now != *plan_.network) tell_topology(std::make_shared<const Network>(std::move(now)));
  }
  const std::lock_guard lock(mutex_);
  progress_.memory_bytes = memory_of(plan_, images);
  if (!timings.empty()) progress_.masked_speed_up = masked_speed_up(timings);
  progress_.layer_timings = std::move(timings);
}

bool BackgroundRun::is_faster_on_cuda(const std::vector<LayerTiming>& timings, const ModelState& state) try {
  const auto model = make_masked_mlp(plan_.masks, state, Device::cuda);
  Batch batch(plan_.data->inputs(), static_cast<std::size_t>(plan_.settings.batch));
  batch.resize(static_cast<std::size_t>(plan_.settings.batch));
  std::fill(batch.labels().begin(), batch.labels().end(), 0U);
  double best = std::numeric_limits<double>::infinity();
  for (int round = 0; round < 8; ++round) {
    const Clock::time_point start = Clock::now();
    model->step(batch, {0.0F, 0.0F, 0.0F}, {});  // waits for the device, since it returns the loss
    best = std::min(best, 1e3 * seconds_since(start));
  }
  double here = 0.0;
  for (const LayerTiming& timing : timings) here += std::min(timing.sparse_milliseconds, timing.masked_milliseconds);
  return best < here;
} catch (const std::exception& error) {
  // Its memory may be full of another program's work; the processor can do it too.
  const std::string reason = error.what();
  const std::lock_guard lock(mutex_);
  notices_.push_back("the CUDA device cannot be used (" + reason.substr(0, reason.find('\n')) +
                     "); the run computes on the CPU");
  return false;
}

void BackgroundRun::save_checkpoint_when_due(const std::stop_token& stop) {
  const double interval = plan_.settings.checkpoint_seconds;
  if (!plan_.folder || interval <= 0.0 || seconds_since(last_checkpoint_) < interval) return;
  write_or_pause(stop, [this] { plan_.folder->save(checkpoint()); });
  last_checkpoint_ = Clock::now();
}

void BackgroundRun::train_epoch(const TaskControl& control, int epoch) {
  std::vector<std::uint32_t> order = train_images_;
  Random random(plan_.settings.seed, training_stream(TrainingStream::epoch_order, static_cast<std::uint64_t>(epoch)));
  random.shuffle(std::span(order));
  const std::vector<Augmentation> changes = draw_augmentations(
      *plan_.data, order.size(),
      Random(plan_.settings.seed, training_stream(TrainingStream::augmentation, static_cast<std::uint64_t>(epoch))));
  const RateSettings rate = rate_settings(plan_.settings);
  SgdStep sgd{0.0F, static_cast<float>(plan_.settings.momentum), static_cast<float>(plan_.settings.weight_decay)};
  Dropout dropout{static_cast<float>(plan_.settings.dropout), plan_.settings.seed};
  const auto batch_size = static_cast<std::size_t>(plan_.settings.batch);
  StepPosition at{0, (order.size() + batch_size - 1) / batch_size, static_cast<int>(plan_.settings.epochs)};
  const std::size_t resumed_at = position_.images_done;
  const double usual_seconds = epoch_seconds_.empty() ? 0.0 : median(epoch_seconds_);
  double new_seconds = 0.0;
  while (position_.images_done < order.size()) {
    wait_while_paused(control.stop);
    save_checkpoint_when_due(control.stop);
    const Clock::time_point start = Clock::now();
    const std::size_t count = std::min(batch_size, order.size() - position_.images_done);
    data_.gather(
        data_.train, std::span(order).subspan(position_.images_done, count), *batch_,
        changes.empty() ? std::span<const Augmentation>() : std::span(changes).subspan(position_.images_done, count));
    dropout.images_before = static_cast<std::uint64_t>(epoch) * order.size() + position_.images_done;
    at.step = static_cast<std::uint64_t>(epoch) * at.steps_per_epoch + position_.images_done / batch_size;
    sgd.learning_rate = static_cast<float>(learning_rate(rate, at));
    const bool rewires = plan_.rule && plan_.rule->is_due(at);
    const BatchSums result = rewires ? rewire(at, control) : model_->step(*batch_, sgd, control, dropout);
    check_finite(result, epoch);
    position_.so_far += result;
    position_.images_done += count;
    const double seconds = seconds_since(start);
    position_.seconds += seconds;
    new_seconds += seconds;
    const std::lock_guard lock(mutex_);
    const auto done = static_cast<double>(position_.images_done);
    progress_.epoch = epoch + 1;
    progress_.epoch_fraction = done / static_cast<double>(order.size());
    progress_.loss = position_.so_far.loss / done;
    progress_.images_per_second = static_cast<double>(position_.images_done - resumed_at) / new_seconds;
    progress_.links_per_second = progress_.images_per_second * static_cast<double>(links_);
    if (!epoch_seconds_.empty()) {
      const double left = usual_seconds * static_cast<double>(plan_.settings.epochs - epoch);
      progress_.seconds_left = std::max(0.0, left - position_.seconds);
    }
  }
}

BatchSums BackgroundRun::rewire(const StepPosition& at, const TaskControl& control) {
  const BatchSums result = model_->evaluate(*batch_);
  const ModelState state = model_->state();
  Random random(plan_.settings.seed, training_stream(TrainingStream::rewiring, at.step & 0xFFFFFFFFU));
  const std::span<Mask> hidden = hidden_masks();
  // Throws when the answer is no topology of these layers; until then nothing has changed.
  const auto rewired = std::make_shared<const Network>(Network::layered(
      plan_.network->layer_sizes(), plan_.rule->rewired({at, hidden, state, *model_, *batch_, random, control})));
  bool changed = false;
  for (std::size_t i = 0; i < hidden.size(); ++i) {
    const Mask& mask = rewired->masks()[i];
    if (mask == hidden[i]) continue;
    model_->replace_layer(i, mask, carried_over(hidden[i], state[i], mask));
    hidden[i] = mask;
    changed = true;
  }
  count_links();
  if (changed) tell_topology(rewired);
  return result;
}

std::span<Mask> BackgroundRun::hidden_masks() { return std::span(plan_.masks).first(plan_.masks.size() - 1); }

void BackgroundRun::count_links() {
  links_ = 0;
  for (const Mask& mask : plan_.masks) links_ += mask.link_count();
}

void BackgroundRun::tell_topology(NetworkPointer network) {
  const std::lock_guard lock(mutex_);
  progress_.rewired = std::move(network);
}

BatchSums BackgroundRun::evaluate(const TaskControl& control, const ImageSet& images,
                                  std::span<const std::uint32_t> which) {
  BatchSums sum;
  for (std::size_t first = 0; first < which.size(); first += evaluation_batch_size) {
    wait_while_paused(control.stop);
    const Clock::time_point start = Clock::now();
    const std::size_t count = std::min(evaluation_batch_size, which.size() - first);
    data_.gather(images, which.subspan(first, count), *evaluation_batch_);
    sum += model_->evaluate(*evaluation_batch_);
    position_.seconds += seconds_since(start);
  }
  return sum;
}

void BackgroundRun::evaluate_epoch(const TaskControl& control, int epoch) {
  const auto sums = [](const BatchSums& result, std::size_t examples) {
    return SplitSums{result.loss, result.correct, examples};
  };
  // The last step of the epoch may have broken the weights: no metric comes of scores that are not numbers.
  const auto evaluated = [&](const ImageSet& images, std::span<const std::uint32_t> which) {
    const BatchSums result = evaluate(control, images, which);
    check_finite(result, epoch);
    return sums(result, which.size());
  };
  EpochFacts facts;
  facts.train = sums(position_.so_far, train_images_.size());
  facts.test = evaluated(data_.test, test_images_);
  if (!validation_images_.empty()) facts.validation = evaluated(data_.train, validation_images_);
  facts.links = links_ - plan_.masks.back().link_count();
  facts.seconds = position_.seconds;
  const EpochResult result = epoch_result(metrics_of(plan_.settings), plan_.settings.seed, epoch + 1, facts);

  history_.push_back(result);
  position_ = {epoch + 1, 0, {}, 0.0};
  const std::lock_guard lock(mutex_);
  unseen_.push_back(result);
  if (unseen_.size() > longest_queue) unseen_.pop_front();
  epoch_seconds_.push_back(facts.seconds);
  if (epoch_seconds_.size() > median_over) epoch_seconds_.erase(epoch_seconds_.begin());
  progress_.seconds_left = median(epoch_seconds_) * static_cast<double>(plan_.settings.epochs - (epoch + 1));
}

Checkpoint BackgroundRun::checkpoint() const {
  Checkpoint made;
  made.settings = plan_.settings;
  made.layer_sizes = plan_.network->layer_sizes();
  made.masks = plan_.masks;
  made.engines = plan_.engines;
  made.device = plan_.device;
  made.data_checksum = data_checksum_;
  made.state = model_->state();
  made.position = position_;
  made.history = history_;
  if (plan_.rule) made.rule_memory = plan_.rule->memory();
  return made;
}

}  // namespace dnm
