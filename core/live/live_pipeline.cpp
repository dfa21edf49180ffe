// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/live/live_pipeline.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>

#include "core/live/known_values.h"
#include "core/live/live_values.h"
#include "core/live/stage_queue.h"
#include "core/support/error.h"
#include "core/support/memory.h"
#include "core/support/parallel.h"
#include "core/support/rate_limit.h"
#include "core/support/thread_priority.h"

namespace dnm {
namespace {

using live::Stage;
using live::StageKind;
using live::Worker;

/// The cost of the embedding on the scale of measure_table(): after L and γ, beside Q. Anything above it is slow.
constexpr int embedding_cost = 1;
/// How often a running stage writes down how far it is and what it has so far, and how often the listener hears of it
/// from all stages together, who may have a lot to draw for each notice.
constexpr auto report_interval = std::chrono::milliseconds(40);
constexpr auto notice_interval = std::chrono::milliseconds(200);

/// Whether a measure is wanted as before, be it in another quality or with another p-value beside it.
bool asks_for_the_same(std::size_t slot, MeasureSettings now, const MeasureSettings& before) {
  now.p_value_samples = before.p_value_samples;
  return measure_table()[slot].same_result(now, before);
}

bool wants_chance(const LiveRequest& request) {
  return request.chance_copies > 0 && request.quality == LiveQuality::full;
}

}  // namespace

bool LiveSnapshot::all_fresh() const {
  const auto settled = [](const auto& value) {
    return value.freshness == Freshness::fresh || value.freshness == Freshness::failed;
  };
  return generation != 0 && settled(network) && settled(embedding) && std::ranges::all_of(measures, settled) &&
         (!wants_chance(request) || std::ranges::all_of(chance, settled));
}

/// One thread draws, so that a new network never waits; one runs igraph alone; one runs the slow measures, so that the
/// quick ones never wait behind a slow one that is still stopping. All but the drawing stand back behind a training,
/// which would take twice as long where each of its updates is measured.
class LivePipeline::Implementation {
 public:
  Implementation(std::function<void()> changed, unsigned threads, DataSourceProvider data)
      : changed_(std::move(changed)),
        threads_(threads == 0 ? available_threads() : threads),
        drawing_{.data = std::move(data), .threads = threads} {
    snapshot_.measures.resize(measure_table().size());
    snapshot_.chance.resize(measure_table().size());
    workers_.emplace_back([this] { draw_networks(); });
    workers_.emplace_back([this] { run_stages(Worker::igraph); });
    workers_.emplace_back([this] { run_stages(Worker::slow); });
    // Beside the igraph worker, without using more threads than there are processors.
    const unsigned quick = std::clamp(threads_ - 1, 1U, 3U);
    for (unsigned i = 0; i < quick; ++i) workers_.emplace_back([this] { run_stages(Worker::quick); });
  }

  ~Implementation() {
    JobPointer old;
    {
      const std::scoped_lock lock(mutex_);
      closing_ = true;
      old = abandon();
    }
    stop(old);
    wake_.notify_all();
    workers_.clear();
  }

  Implementation(const Implementation&) = delete;
  Implementation& operator=(const Implementation&) = delete;
  Implementation(Implementation&&) = delete;
  Implementation& operator=(Implementation&&) = delete;

  std::uint64_t submit(LiveRequest request) {
    auto job = std::make_shared<Job>();
    job->settings = live::effective_settings(request, threads_);
    job->request = std::move(request);
    JobPointer old;
    std::uint64_t generation = 0;
    {
      const std::scoped_lock lock(mutex_);
      keep_what_stays_true(*job);
      old = abandon();
      job->epoch = epoch_;
      const auto known = std::exchange(job->request.known, nullptr);
      snapshot_.request = job->request;
      if (known) take_over(*known);
      snapshot_.cancelled = false;
      generation = ++snapshot_.generation;
      to_draw_ = job_ = std::move(job);
    }
    stop(old);
    wake_.notify_all();
    return generation;
  }

  void cancel() {
    JobPointer old;
    {
      const std::scoped_lock lock(mutex_);
      old = abandon();
      const auto halt = [](auto& value) {
        if (value.freshness == Freshness::computing) live::leave_behind(value);
      };
      halt(snapshot_.network);
      halt(snapshot_.embedding);
      std::ranges::for_each(snapshot_.measures, halt);
      std::ranges::for_each(snapshot_.chance, halt);
      snapshot_.cancelled = snapshot_.generation != 0 && !snapshot_.all_fresh();
    }
    stop(old);
  }

  LiveSnapshot snapshot() const {
    const std::scoped_lock lock(mutex_);
    return snapshot_;
  }

 private:
  /// A request being served. `epoch` counts submits and cancels: results of an older epoch are dropped.
  struct Job {
    std::uint64_t epoch = 0;
    std::stop_source stop;
    LiveRequest request;
    MeasureSettings settings;
    std::shared_ptr<const Embedding> unturned;  ///< when set, only the orientation of this embedding is missing
  };
  using JobPointer = std::shared_ptr<Job>;

  /// The graphs that the stages work on. The measured graph is that of the whole network or of one of its masks.
  struct Graphs {
    NetworkPointer network;
    std::shared_ptr<const Graph> whole;
    std::optional<std::size_t> measured_layer;
    std::shared_ptr<const Graph> measured;
  };

  /// Ends the current epoch. The caller stops the returned job after releasing the lock, since a stop may call back.
  [[nodiscard]] JobPointer abandon() {
    ++epoch_;
    to_draw_.reset();
    stages_.clear();
    return job_;
  }
  static void stop(const JobPointer& job) {
    if (job) job->stop.request_stop();
  }

  /// Marks as stale only the values that the new request changes: going from draft to full quality, or changing the
  /// embedding method alone, draws no new network.
  void keep_what_stays_true(Job& job) {
    const LiveRequest& request = job.request;
    const bool was_fresh = snapshot_.network.freshness == Freshness::fresh;
    const bool same = was_fresh && request.network_problem.empty() &&
                      (request.network ? request.network == snapshot_.network.value
                                       : drawn_from_ && *drawn_from_ == request.parameters);
    if (!same) {
      live::leave_behind(snapshot_.network);
      drawn_from_.reset();
      if (request.network) {
        live::finish(snapshot_.network, request.network);
        snapshot_.notices.clear();
      }
    }
    const bool same_graph = same && job_ && request.measured_layer == job_->request.measured_layer;
    for (std::size_t slot = 0; slot < snapshot_.measures.size(); ++slot) {
      const bool same_measure = same_graph && measure_table()[slot].same_result(job.settings, job_->settings);
      live::keep_if(snapshot_.measures[slot], same_measure);
      const bool asks_the_same = same_graph && asks_for_the_same(slot, request.measures, job_->request.measures);
      if (!asks_the_same) live::disown(snapshot_.measures[slot]);
      auto& chance = snapshot_.chance[slot];
      if (request.chance_copies == 0) {
        chance = {};
      } else {
        live::keep_if(chance, same_measure && job.settings.seed == job_->settings.seed &&
                                  request.chance_copies == job_->request.chance_copies);
        if (!asks_the_same) live::disown(chance);
      }
    }
    const bool same_embedding = same && job_ && request.embedding == job_->request.embedding;
    const bool same_turn = job_ && (request.quality == job_->request.quality || request.quality == LiveQuality::draft);
    if (same_embedding && snapshot_.embedding.freshness == Freshness::fresh && !same_turn) job.unturned = unturned_;
    live::keep_if(snapshot_.embedding, same_embedding && same_turn);
    if (snapshot_.network.freshness == Freshness::failed) {
      snapshot_.network.freshness = Freshness::stale;
      snapshot_.network.problem.clear();
    }
  }

  /// What is known of the network that is requested.
  void take_over(const LiveSnapshot& known) {
    const bool was_fresh = snapshot_.network.freshness == Freshness::fresh;
    learn(snapshot_, known, ValuesAlone::left);
    if (!was_fresh && snapshot_.network.freshness == Freshness::fresh) drawn_from_ = snapshot_.request.parameters;
    if (snapshot_.embedding.value == known.embedding.value) unturned_ = known.embedding.value;
  }

  /// Changes the snapshot for a job that is still the newest. False: the job was dropped.
  template <class Change>
  bool write_down(const Job& job, Change change) {
    const std::scoped_lock lock(mutex_);
    if (job.epoch != epoch_) return false;
    change(snapshot_);
    return true;
  }

  /// As write_down(), for what a running stage tells: notifies a few times a second for all of them together.
  template <class Change>
  void report(const Job& job, Change change) {
    if (write_down(job, change) && changed_ && notices_.is_due()) changed_();
  }

  /// As write_down(), then notifies.
  template <class Change>
  bool publish(const Job& job, Change change) {
    if (!write_down(job, change)) return false;
    if (changed_) changed_();
    return true;
  }

  void draw_networks() {
    while (true) {
      JobPointer job;
      NetworkPointer network;
      {
        std::unique_lock lock(mutex_);
        wake_.wait(lock, [this] { return closing_ || to_draw_; });
        if (closing_) return;
        job = std::exchange(to_draw_, nullptr);
        if (snapshot_.network.freshness == Freshness::fresh) network = snapshot_.network.value;
      }
      if (network) {
        if (changed_) changed_();
      } else {
        network = draw(*job);
      }
      if (network) prepare(*job, network);
    }
  }

  NetworkPointer draw(const Job& job) {
    try {
      if (!job.request.network_problem.empty()) throw FileError(job.request.network_problem);
      publish(job, [](LiveSnapshot& shown) { live::start(shown.network); });
      const auto shown_network = [](LiveSnapshot & s) -> auto& { return s.network; };
      auto generated = generate(job.request.parameters, control(job, shown_network), drawing_);
      const bool shown = publish(job, [&](LiveSnapshot& snapshot) {
        live::finish(snapshot.network, generated.network);
        snapshot.notices = std::move(generated.notices);
        drawn_from_ = job.request.parameters;
      });
      return shown ? generated.network : nullptr;
    } catch (...) {
      const std::string problem = live::sentence(std::current_exception());
      publish(job, [&](LiveSnapshot& shown) {
        live::fail(shown.network, problem);
        shown.notices.clear();
        fail_dependents(shown, job.request.network_problem.empty() ? "there is no network: it could not be drawn"
                                                                   : "there is no network: it could not be read");
      });
      return nullptr;
    }
  }

  static void fail_dependents(LiveSnapshot& shown, const std::string& problem) {
    fail_measures(shown, problem);
    live::fail(shown.embedding, problem);
  }
  static void fail_measures(LiveSnapshot& shown, const std::string& problem) {
    for (auto& measure : shown.measures) live::fail(measure, problem);
    if (!wants_chance(shown.request)) return;
    for (auto& chance : shown.chance) live::fail(chance, problem);
  }

  /// Stitches the layers together and queues the stages.
  void prepare(const Job& job, const NetworkPointer& network) {
    const TaskControl task_control{job.stop.get_token(), {}};
    try {
      if (network != graphs_.network) {
        graphs_ = {};
        require_memory(8 * (network->link_count() + 2 * std::uint64_t{network->node_count()}), "the network's graph");
        graphs_.whole = std::make_shared<const Graph>(*network, task_control);
        graphs_.network = network;
      }
    } catch (...) {
      const std::string problem = live::sentence(std::current_exception());
      publish(job, [&](LiveSnapshot& shown) { fail_dependents(shown, problem); });
      return;
    }
    try {
      const std::optional<std::size_t> layer = job.request.measured_layer;
      if (!graphs_.measured || layer != graphs_.measured_layer) {
        graphs_.measured.reset();
        graphs_.measured = layer && network->is_layered()
                               ? std::make_shared<const Graph>(layer_graph(*network, *layer, task_control))
                               : graphs_.whole;
        graphs_.measured_layer = layer;
      }
    } catch (...) {
      const std::string problem = live::sentence(std::current_exception());
      publish(job, [&](LiveSnapshot& shown) { fail_measures(shown, problem); });
    }
    {
      const std::scoped_lock lock(mutex_);
      if (job.epoch != epoch_) return;
      shared_graphs_ = graphs_;
      list_stages(job);
    }
    wake_.notify_all();
  }

  /// The stages that are neither fresh nor failed for lack of a graph.
  void list_stages(const Job& job) {
    std::vector<Stage> stages;
    // Before measures of the same cost, of which Q may take long.
    if (snapshot_.embedding.freshness != Freshness::fresh) {
      stages.push_back({Worker::quick, embedding_cost, StageKind::embedding});
    }
    for (std::size_t slot = 0; slot < snapshot_.measures.size() && shared_graphs_.measured; ++slot) {
      const Measure& measure = measure_table()[slot];
      const bool igraph = measure.worker(job.settings) == MeasureWorker::igraph;
      if (snapshot_.measures[slot].freshness != Freshness::fresh) {
        const Worker own = measure.cost > embedding_cost ? Worker::slow : Worker::quick;
        stages.push_back({igraph ? Worker::igraph : own, measure.cost, StageKind::measure, slot});
      }
      if (wants_chance(job.request) && snapshot_.chance[slot].freshness != Freshness::fresh) {
        const Worker own = igraph ? Worker::igraph : Worker::slow;
        stages.push_back({own, live::chance_cost + measure.cost, StageKind::chance, slot});
      }
    }
    stages_.set_waiting(std::move(stages));
  }

  void run_stages(Worker worker) {
    lower_thread_priority(worker == Worker::quick ? ThreadPriority::low : ThreadPriority::lower);
    while (true) {
      JobPointer job;
      std::optional<Stage> stage;
      Graphs graphs;
      {
        std::unique_lock lock(mutex_);
        wake_.wait(lock, [&] { return closing_ || stages_.has_next(worker); });
        if (closing_) return;
        stage = stages_.take(worker);
        job = job_;
        graphs = shared_graphs_;
      }
      switch (stage->kind) {
        case StageKind::measure:
          run_measure(*job, graphs, stage->slot);
          break;
        case StageKind::embedding:
          run_embedding(*job, *graphs.whole);
          break;
        case StageKind::chance:
          run_chance(*job, *graphs.measured, stage->slot);
          break;
      }
      {
        const std::scoped_lock lock(mutex_);
        if (job->epoch == epoch_) stages_.end(*stage);
      }
      wake_.notify_all();
    }
  }

  /// The control passed to a stage: the job's stop token, and progress that reaches the snapshot a few times a second.
  template <class Select>
  TaskControl control(const Job& job, Select select) {
    return {job.stop.get_token(), [this, &job, select, limit = limit_of_a_stage()](double fraction) {
              if (!limit->is_due()) return;
              report(job, [&](LiveSnapshot& shown) {
                auto& value = select(shown);
                value.progress = std::max(value.progress, std::clamp(fraction, 0.0, 1.0));
              });
            }};
  }

  /// The function that a stage calls with what it has so far; `share` makes of that what the snapshot has.
  template <class Select, class Share>
  auto partial(const Job& job, Select select, Share share) {
    return [this, &job, select, share, limit = limit_of_a_stage()](const auto& result) {
      if (!limit->is_due()) return;
      auto so_far = share(result);
      report(job, [&](LiveSnapshot& shown) {
        auto& value = select(shown);
        value.value = std::move(so_far);
        value.is_foreign = false;
      });
    };
  }

  static std::shared_ptr<RateLimit> limit_of_a_stage() { return std::make_shared<RateLimit>(report_interval); }

  /// Runs one stage: computing, then fresh or failed; does nothing once the job is no longer the newest.
  template <class Select, class Compute>
  void run_stage(const Job& job, Select select, Compute compute) {
    if (!publish(job, [&](LiveSnapshot& shown) { live::start(select(shown)); })) return;
    try {
      auto result = compute(control(job, select));
      publish(job, [&](LiveSnapshot& shown) { live::finish(select(shown), std::move(result)); });
    } catch (...) {
      const std::string problem = live::sentence(std::current_exception());
      publish(job, [&](LiveSnapshot& shown) { live::fail(select(shown), problem); });
    }
  }

  void run_measure(const Job& job, const Graphs& graphs, std::size_t slot) {
    const auto select = [slot](LiveSnapshot& shown) -> LiveValue<Measurement>& { return shown.measures[slot]; };
    const auto finished = [&](Measurement measurement) {
      if (graphs.measured_layer) spread_over_network(measurement, *graphs.network, *graphs.measured_layer);
      return std::make_shared<const Measurement>(std::move(measurement));
    };
    run_stage(job, select, [&](const TaskControl& task_control) {
      return finished(
          measure_table()[slot].compute(*graphs.measured, job.settings, task_control, partial(job, select, finished)));
    });
  }

  void run_chance(const Job& job, const Graph& graph, std::size_t slot) {
    const auto select = [slot](LiveSnapshot& shown) -> LiveValue<ChanceComparison>& { return shown.chance[slot]; };
    run_stage(job, select, [&](const TaskControl& task_control) {
      std::shared_ptr<const Measurement> measured;
      {
        const std::scoped_lock lock(mutex_);
        const auto& value = snapshot_.measures[slot];
        if (value.freshness == Freshness::fresh) measured = value.value;
      }
      if (!measured) throw NumericalError("there is nothing to compare with chance: the measure itself failed");
      const auto shared = [](const ChanceComparison& comparison) {
        return std::make_shared<const ChanceComparison>(comparison);
      };
      return shared(compare_with_chance(measure_table()[slot], *measured, graph, job.settings,
                                        job.request.chance_copies, task_control, partial(job, select, shared)));
    });
  }

  void run_embedding(const Job& job, const Graph& graph) {
    const auto select = [](LiveSnapshot& shown) -> LiveValue<Embedding>& { return shown.embedding; };
    run_stage(job, select, [&](const TaskControl& task_control) {
      auto embedding = job.unturned;
      if (!embedding) embedding = std::make_shared<const Embedding>(embed(graph, job.request.embedding, task_control));
      std::shared_ptr<const Embedding> previous;
      {
        const std::scoped_lock lock(mutex_);
        if (job.epoch == epoch_) unturned_ = embedding;
        previous = snapshot_.embedding.value;
      }
      const bool follows = job.request.quality == LiveQuality::draft && previous;
      return std::make_shared<const Embedding>(follows ? aligned(*embedding, *previous)
                                                       : in_standard_orientation(*embedding));
    });
  }

  const std::function<void()> changed_;
  RateLimit notices_{notice_interval, {}};  // of what running stages report
  const unsigned threads_;
  const DrawingContext drawing_;

  mutable std::mutex mutex_;  // guards everything down to the next empty line
  std::condition_variable wake_;
  bool closing_ = false;
  LiveSnapshot snapshot_;
  std::optional<ModelParameters> drawn_from_;  // of the network in the snapshot
  std::shared_ptr<const Embedding> unturned_;  // the embedding in the snapshot before it was turned
  std::uint64_t epoch_ = 0;
  JobPointer job_;
  JobPointer to_draw_;
  live::StageQueue stages_;
  Graphs shared_graphs_;

  Graphs graphs_;  // used by the drawing thread alone

  std::vector<std::jthread> workers_;  // last: they use everything above
};

LivePipeline::LivePipeline(std::function<void()> changed, unsigned threads, DataSourceProvider data)
    : implementation_(std::make_unique<Implementation>(std::move(changed), threads, std::move(data))) {}
LivePipeline::~LivePipeline() = default;

std::uint64_t LivePipeline::submit(LiveRequest request) { return implementation_->submit(std::move(request)); }
void LivePipeline::cancel() { implementation_->cancel(); }
LiveSnapshot LivePipeline::snapshot() const { return implementation_->snapshot(); }

}  // namespace dnm
