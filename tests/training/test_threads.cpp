// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <atomic>
#include <bit>
#include <chrono>
#include <ctime>
#include <memory>
#include <span>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

#include "core/models/initialiser.h"
#include "core/support/error.h"
#include "core/support/parallel.h"
#include "core/support/thread_time.h"
#include "run_samples.h"
#include "samples.h"
#include "tests/support/test_class.h"
#include "training/layers/cross_entropy.h"
#include "training/layers/layer_blocks.h"
#include "training/layers/sparse_index.h"
#include "training/models/mlp.h"
#include "training/models/mlp_kind.h"
#include "training/optimisers/adam.h"
#include "training/optimisers/sgd.h"
#include "training/runs/training_parameters.h"
#include "training/support/devices.h"
#include "training/support/workers.h"

using dnm::Block;
using dnm::Engine;
using dnm::Mask;
using dnm::ModelState;
using dnm::TrainingLoop;
using dnm::TrainingSettings;
using samples::Pattern;

namespace {

constexpr dnm::NodeIndex inputs = 211;
constexpr dnm::NodeIndex classes = 10;
constexpr std::uint64_t paper_links = 12'293 + 2 * 24'586 + 15'680;  // 784-1568-1568-1568-10 at 99 %
const dnm::SoftmaxCrossEntropy loss;

/// More than 10^6 links in layers of all patterns, whose sizes are multiples of nothing.
const std::vector<Mask>& large() {
  static const std::vector<Mask> masks{
      samples::mask(Pattern::empty_rows, inputs, 2003, 1), samples::mask(Pattern::random, 2003, 1501, 2),
      samples::mask(Pattern::full, 1501, 607, 3), samples::mask(Pattern::full, 607, classes, 4)};
  return masks;
}

/// 10^6 visits take eight tiles.
const std::vector<Mask>& small() {
  static const std::vector<Mask> masks{samples::mask(Pattern::blocks, inputs, 401, 1),
                                       samples::mask(Pattern::full, 401, 307, 2),
                                       samples::mask(Pattern::full, 307, classes, 3)};
  return masks;
}

std::uint64_t links_of(const std::vector<Mask>& masks) {
  std::uint64_t links = 0;
  for (const Mask& mask : masks) links += mask.link_count();
  return links;
}

/// With zeros in a second slot, as Adam wants.
ModelState state_of(const std::vector<Mask>& masks, bool adam) {
  ModelState state = samples::state(masks, 5);
  for (dnm::ParameterState& parameter : state) {
    if (!adam) continue;
    parameter.slots = {std::vector<float>(parameter.values.size()), std::vector<float>(parameter.values.size())};
  }
  return state;
}

struct Case {
  const std::vector<Mask>& masks;
  double dropout = 0.0;
  const dnm::Optimiser& optimiser;
  bool adam = false;
  const dnm::SparseKernels& kernels = dnm::best_kernels();
  std::vector<Engine> engines{};  ///< all sparse where empty
};

/// All that a model shows of batches of these sizes: sums, gradients, dense gradients, and the state after two steps.
struct Outcome {
  std::vector<double> losses;
  std::vector<std::uint64_t> states;  ///< their bits, digested: gradients and state of each batch
  std::vector<float> dense;
  bool operator==(const Outcome&) const = default;
};

/// FNV-1a over the bits of all numbers.
std::uint64_t digest(const ModelState& state) {
  std::uint64_t made = 14695981039346656037ULL;
  const auto add = [&](const std::vector<float>& values) {
    for (const float value : values) made = (made ^ std::bit_cast<std::uint32_t>(value)) * 1099511628211ULL;
  };
  for (const dnm::ParameterState& parameter : state) {
    add(parameter.values);
    for (const std::vector<float>& slot : parameter.slots) add(slot);
  }
  return made;
}

Outcome outcome(const Case& tried, const std::vector<std::size_t>& batches, unsigned threads) {
  const std::vector<Engine> engines =
      tried.engines.empty() ? std::vector<Engine>(tried.masks.size(), Engine::sparse) : tried.engines;
  const auto model = dnm::make_layered_mlp(samples::layers(tried.masks), state_of(tried.masks, tried.adam),
                                           {loss, tried.dropout, 9, threads, batches.front()}, engines, tried.kernels);
  Outcome made;
  std::uint64_t examples = 0;
  std::uint64_t steps = 0;
  for (const std::size_t size : batches) {
    const dnm::ImageBatch batch = samples::batch_of(samples::images(size, inputs, classes, size));
    made.losses.push_back(model->evaluate(batch).loss);
    made.states.push_back(digest(model->gradients(batch)));
    const std::size_t wanted[] = {1};
    std::vector<float> dense;
    model->dense_gradients(wanted, batch, [&](std::size_t, dnm::NodeIndex output, std::span<const float> gradients) {
      if (output % 100 == 0) dense.insert(dense.end(), gradients.begin(), gradients.end());
    });
    made.dense.insert(made.dense.end(), dense.begin(), dense.end());
    for (int repeated = 0; repeated < 2; ++repeated) {
      made.losses.push_back(model->step(batch, {tried.optimiser, 0.003, steps++, examples}, {}).loss);
      examples += size;
    }
    made.states.push_back(digest(model->state()));
  }
  return made;
}

/// "" when 2 and 3 threads give the bits of one.
QString difference(const Case& tried, const std::vector<std::size_t>& batches) {
  const Outcome one = outcome(tried, batches, 1);
  for (const unsigned threads : {2U, 3U}) {
    const Outcome several = outcome(tried, batches, threads);
    for (std::size_t i = 0; i < one.states.size(); ++i) {
      if (one.states[i] == several.states[i]) continue;
      return QString("%1 threads, batch %2").arg(threads).arg(batches[i / 2]);
    }
    if (!(one == several)) return QString("%1 threads: losses or dense gradients").arg(threads);
  }
  return {};
}

/// Whether the blocks cover `count` things one after the other.
bool covers(const std::vector<Block>& blocks, std::uint32_t count) {
  std::uint32_t next = 0;
  for (const Block& block : blocks) {
    if (block.first != next || block.count == 0) return false;
    next += block.count;
  }
  return next == count;
}

/// CPU time that other threads of this process spend during the call, in milliseconds.
template <class Call>
double milliseconds_of_others(const Call& call) {
  const auto process = [] { return 1e3 * static_cast<double>(std::clock()) / CLOCKS_PER_SEC; };
  const double all = process();
  const double own = dnm::thread_milliseconds();
  call();
  return (process() - all) - (dnm::thread_milliseconds() - own);
}

class Facts : public dnm::TrainingReporter {
 public:
  void prepared(const dnm::RunFacts& facts, const dnm::RunHistory&, const std::vector<dnm::TopologyEventPointer>&,
                const dnm::NamedMasksPointer&) override {
    device = facts.device;
  }
  void step_done(const dnm::StepReport&) override {
    if (++steps == stop_after) stop.request_stop();
  }
  std::string device;
  std::size_t steps = 0, stop_after = 0;
  std::stop_source stop;
};

}  // namespace

/// Several threads in one training of a perceptron.
class TestThreads : public QObject {
  Q_OBJECT

  const dnm::Sgd sgd_{{.momentum = 0.9, .weight_decay = 0.01}};
  const dnm::Adam adam_{{}};
  std::unique_ptr<samples::RunFiles> files_;

  /// Three tiles of 424,000 links a step, and a smaller batch at the end of each epoch.
  [[nodiscard]] TrainingSettings settings(const char* method, std::int64_t threads) const {
    TrainingSettings made = files_->few_epochs(3);
    dnm::training_parameter_table().set_text(made, "method", method);
    made.batch = 95;
    made.parts["threads"] = threads;
    return made;
  }
  [[nodiscard]] static dnm::NetworkPointer network() {
    dnm::ModelParameters parameters;
    dnm::set_from_text(parameters, "model", "random");
    dnm::set_from_text(parameters, "layers", "784,512,400");
    dnm::set_from_text(parameters, "sparsity", "0.3");
    return dnm::generate(parameters).network;
  }

 private Q_SLOTS:
  void initTestCase() {
    dnm::prepare_training_thread();
    files_ = std::make_unique<samples::RunFiles>();
    QVERIFY(links_of(large()) > 1'000'000);
    QVERIFY(links_of(small()) > 125'000 && links_of(small()) < 142'000);
  }

  void a_step_is_shared_from_a_million_visits_on() {
    QCOMPARE(dnm::threads_worth(1'000'000, 1, 8), 8U);
    QCOMPARE(dnm::threads_worth(999'999, 32, 8), 1U);
    QCOMPARE(dnm::threads_worth(999'999, 33, 8), 8U);
    QCOMPARE(dnm::threads_worth(1'016'000, 128, 2), 2U);  // 784-20000-20000-20000-10 at 99.9 %
    QCOMPARE(dnm::threads_worth(paper_links, 32, 2), 1U);
    QCOMPARE(dnm::threads_worth(paper_links, 12 * 32, 2), 1U);
    QCOMPARE(dnm::threads_worth(paper_links, 12 * 32 + 1, 2), 2U);
    QCOMPARE(dnm::threads_worth(0, 8192, 2), 1U);
    QCOMPARE(dnm::threads_worth(10'000'000, 128, 1), 1U);
    QCOMPARE(dnm::tiles_at_once(1'000'000, 1000), std::size_t{1});
    QCOMPARE(dnm::tiles_at_once(999'999, 1000), std::size_t{2});
    QCOMPARE(dnm::tiles_at_once(paper_links, 1000), std::size_t{13});
    QCOMPARE(dnm::tiles_at_once(paper_links, 65), std::size_t{3});
    QCOMPARE(dnm::tiles_at_once(0, 40), std::size_t{2});
  }

  void large_steps_run_on_other_threads_and_small_ones_do_not() {
    const auto others = [&](const std::vector<Mask>& masks, std::size_t batch_size) {
      const dnm::ImageBatch batch = samples::batch_of(samples::images(batch_size, inputs, classes, 1));
      const auto model =
          dnm::make_layered_mlp(samples::layers(masks), state_of(masks, false), {loss, 0.0, 9, 2, batch_size},
                                std::vector<Engine>(masks.size(), Engine::sparse));
      return milliseconds_of_others([&] {
        for (int step = 0; step < 30; ++step) model->step(batch, {sgd_, 1e-4}, {});
      });
    };
    QVERIFY(others(large(), 64) > 10.0);
    QVERIFY(others(small(), 1024) > 10.0);
    QVERIFY(others(small(), 32) < 2.0);
  }

  void blocks_cover_a_layer_evenly_data() {
    QTest::addColumn<Pattern>("pattern");
    for (const auto& [name, pattern] : {std::pair("random", Pattern::random), std::pair("blocks", Pattern::blocks),
                                        std::pair("empty rows", Pattern::empty_rows), std::pair("full", Pattern::full)})
      QTest::newRow(name) << pattern;
  }
  void blocks_cover_a_layer_evenly() {
    QFETCH(Pattern, pattern);
    for (const auto& [n_in, n_out] : {std::pair(1501U, 607U), std::pair(2003U, 10U), std::pair(3U, 4001U)}) {
      const dnm::SparseIndex index(samples::mask(pattern, n_in, n_out, 7));
      const dnm::LinkIndex view = index.view();
      const dnm::LayerBlocks blocks(view);
      QVERIFY(covers(blocks.outputs, n_out) && covers(blocks.inputs, n_in) && covers(blocks.links, view.links));
      std::uint32_t most_of_row = 0, most_of_column = 0;
      for (std::uint32_t o = 0; o < n_out; ++o) {
        most_of_row = std::max(most_of_row, view.row_begin[o + 1] - view.row_begin[o]);
      }
      for (std::uint32_t i = 0; i < n_in; ++i) {
        most_of_column = std::max(most_of_column, view.column_begin[i + 1] - view.column_begin[i]);
      }
      for (const Block& block : blocks.outputs) {
        QVERIFY(view.row_begin[block.first + block.count] - view.row_begin[block.first] <= 8192 + most_of_row);
      }
      for (const Block& block : blocks.inputs) {
        QVERIFY(view.column_begin[block.first + block.count] - view.column_begin[block.first] <= 8192 + most_of_column);
      }
      for (const Block& block : blocks.links) QVERIFY(block.first % 16 == 0 && block.count <= 8192);
    }
  }

  void every_batch_gives_the_same_bits() {
    const std::vector<std::size_t> sizes{1, 2, 15, 16, 17, 31, 32, 33, 63, 97, 130};
    QCOMPARE(difference({large(), 0.0, sgd_}, sizes), QString());
    QCOMPARE(difference({large(), 0.0, adam_, true}, {33, 97}), QString());
    QCOMPARE(difference({small(), 0.0, sgd_}, {227, 300, 289, 1024, 5}), QString());
    QCOMPARE(difference({small(), 0.0, adam_, true}, {289, 300}), QString());
  }

  void every_instruction_set_gives_the_same_bits() {
    for (const dnm::SparseKernels* kernels : dnm::available_kernels()) {
      QCOMPARE(difference({large(), 0.0, sgd_, false, *kernels}, {31, 80}), QString());
      QCOMPARE(difference({small(), 0.0, sgd_, false, *kernels}, {270}), QString());
    }
  }

  void dropout_gives_the_same_bits() {
    QCOMPARE(difference({large(), 0.3, sgd_}, {50, 7}), QString());
    QCOMPARE(difference({small(), 0.3, sgd_}, {300}), QString());
  }

  void layers_beside_masked_ones_give_the_same_bits() {
    Case mixed{large(), 0.2, sgd_};
    mixed.engines = {Engine::sparse, Engine::sparse, Engine::sparse, Engine::masked};
    QCOMPARE(difference(mixed, {70, 33}), QString());
    mixed.engines = {Engine::masked, Engine::masked, Engine::sparse, Engine::sparse};
    QCOMPARE(difference(mixed, {70}), QString());
    const auto masked = [&](unsigned threads) {
      const auto model = dnm::make_masked_mlp(samples::layers(small()), state_of(small(), false),
                                              {loss, 0.0, 9, threads, 300}, dnm::Device::cpu);
      const dnm::ImageBatch batch = samples::batch_of(samples::images(300, inputs, classes, 1));
      model->step(batch, {sgd_, 0.01}, {});
      return std::pair(model->state(), model->device());
    };
    QVERIFY(masked(1) == masked(3));
  }

  void rewired_layers_give_the_same_bits() {
    const auto learned = [&](unsigned threads) {
      const auto model =
          dnm::make_sparse_mlp(samples::layers(large()), state_of(large(), false), {loss, 0.0, 9, threads, 64});
      const dnm::ImageBatch batch = samples::batch_of(samples::images(64, inputs, classes, 1));
      model->step(batch, {sgd_, 0.01}, {});
      // The first mask leaves enough to share, the second does not.
      for (const Pattern pattern : {Pattern::empty_rows, Pattern::blocks}) {
        for (std::size_t layer = 1; layer < 3; ++layer) {
          const Mask mask = samples::mask(pattern, large()[layer].n_in, large()[layer].n_out, 8);
          dnm::ParameterState weights{{}, std::vector<float>(mask.link_count(), 0.02F), {}};
          weights.slots.emplace_back(mask.link_count());
          model->rewire(layer, mask, weights);
        }
        for (int step = 0; step < 2; ++step) model->step(batch, {sgd_, 0.01}, {});
      }
      return model->state();
    };
    const ModelState one = learned(1);
    QVERIFY(one == learned(2));
    QVERIFY(one == learned(3));
  }

  void runs_give_the_same_bits_and_resume_with_other_threads_data() {
    QTest::addColumn<QString>("method");
    for (const char* method : {"static", "set", "rigl", "gmp"}) QTest::newRow(method) << method;
  }
  void runs_give_the_same_bits_and_resume_with_other_threads() {
    QFETCH(QString, method);
    const auto made = [&](std::int64_t threads) {
      TrainingSettings asked = settings(qPrintable(method), threads);
      if (method == "gmp") dnm::training_parameter_table().set_text(asked, "final-sparsity", "0.9");
      return asked;
    };
    const dnm::NetworkPointer net = network();
    Facts none;
    TrainingLoop whole(dnm::make_plan(net, made(1)), none);
    whole.run({});
    QCOMPARE(whole.topology() == dnm::make_plan(net, made(1)).topology, method == "static");
    for (const auto& [first, then, stop_after] :
         {std::tuple(2, 3, 0U), std::tuple(2, 1, 7U), std::tuple(1, 3, 12U), std::tuple(3, 2, 21U)}) {
      TrainingSettings asked = made(first);
      Facts stopper;
      stopper.stop_after = stop_after;
      if (stop_after > 0) {
        asked.run_folder = files_->fresh_folder();
        QVERIFY_THROWS_EXCEPTION(dnm::Cancelled,
                                 TrainingLoop(dnm::make_plan(net, asked), stopper).run({stopper.stop.get_token(), {}}));
        asked.parts["threads"] = std::int64_t{then};
        asked.resume = true;
      }
      TrainingLoop rest(dnm::make_plan(net, asked), none);
      rest.run({});
      QVERIFY(rest.state() == whole.state());
      QVERIFY(rest.topology() == whole.topology());
    }
  }

  void a_run_says_how_many_threads_it_uses() {
    if (dnm::available_threads() < 2) QSKIP("needs two processors");
    const auto device = [](const dnm::NetworkPointer& net, TrainingSettings asked) {
      asked.epochs = 1;
      Facts facts;
      TrainingLoop(dnm::make_plan(net, asked), facts).run({});
      return QString::fromStdString(facts.device);
    };
    QVERIFY(device(network(), settings("static", 2)).endsWith(" sparse kernels, 2 threads)"));
    QVERIFY(device(network(), settings("static", 1)).endsWith(" sparse kernels)"));
    QVERIFY(device(samples::network(), settings("static", 2)).endsWith(", 1 thread: too small to share)"));
  }

  void threads_are_a_setting_of_every_model() {
    const auto& table = dnm::training_parameter_table();
    TrainingSettings asked;
    QVERIFY(table.applies(table.at("threads"), asked));
    table.set_text(asked, "threads", "2");
    table.set_text(asked, "architecture", "transformer");
    QVERIFY(table.applies(table.at("threads"), asked));
    QCOMPARE(std::get<std::int64_t>(table.at("threads").get(asked)), 2);
    QVERIFY(samples::message_of([&] {
              table.set_text(asked, "threads", "0");
              dnm::check_settings(asked);
            }).contains("threads"));
  }

  void memory_counts_the_tiles_that_go_at_once() {
    if (dnm::available_threads() < 2) QSKIP("needs two processors");
    dnm::Topology topology;
    topology.layers = samples::layers(small());
    TrainingSettings asked;
    asked.batch = 1024;
    const auto bytes = [&](std::int64_t threads) {
      return dnm::MlpKind({.threads = threads})
          .memory_bytes(topology, {.inputs = inputs, .outputs = classes}, {}, asked);
    };
    const std::uint64_t neurons = 401 + 307 + classes;
    QCOMPARE(bytes(2) - bytes(1), 7 * 32 * neurons * 3 * sizeof(float));
    asked.batch = 32;
    QCOMPARE(bytes(2), bytes(1));
  }

  void workers_do_every_job_once_on_the_threads_in_use() {
    dnm::Workers workers(3);
    for (const unsigned used : {3U, 2U, 1U, 3U}) {
      workers.use(used);
      QCOMPARE(workers.in_use(), used);
      for (const std::size_t count : {0U, 1U, 2U, 500U}) {
        std::vector<std::atomic<int>> done(count);
        std::atomic<bool> beyond = false;
        workers.run(count, [&](std::size_t i, std::size_t worker) {
          ++done[i];
          if (worker >= used) beyond = true;
          std::this_thread::sleep_for(std::chrono::microseconds(10));
        });
        QVERIFY(std::ranges::all_of(done, [](const std::atomic<int>& times) { return times == 1; }));
        QVERIFY(!beyond);
      }
    }
  }

  void runs_side_by_side_share_the_processors() {
    const unsigned processors = dnm::available_threads();
    dnm::Workers workers(processors + 1);
    QCOMPARE(workers.in_use(), processors + 1);
    {
      const dnm::ProcessorShare one;
      QCOMPARE(workers.in_use(), processors);
      const dnm::ProcessorShare other;
      QCOMPARE(workers.in_use(), std::max(1U, processors / 2));
      std::vector<std::unique_ptr<dnm::ProcessorShare>> more(processors);
      for (auto& share : more) share = std::make_unique<dnm::ProcessorShare>();
      QCOMPARE(workers.in_use(), 1U);
    }
    QCOMPARE(workers.in_use(), processors + 1);
  }

  /// A run in the background takes its share, gives it up while it is paused, and when it is over.
  void background_runs_take_their_share() {
    const unsigned processors = dnm::available_threads();
    dnm::Workers workers(processors + 1);
    const auto run = samples::start(samples::network(), files_->long_run());
    std::vector<dnm::EpochResult> results;
    const auto wait_for = [&](dnm::RunState state) {
      samples::wait_until(*run, results, [state](const auto& progress) { return progress.state == state; });
    };
    wait_for(dnm::RunState::running);
    QCOMPARE(workers.in_use(), processors);
    run->pause();
    wait_for(dnm::RunState::paused);
    QCOMPARE(workers.in_use(), processors + 1);
    run->resume();
    wait_for(dnm::RunState::running);
    QCOMPARE(workers.in_use(), processors);
    run->stop();
    samples::wait_for_end(*run, results);
    QCOMPARE(workers.in_use(), processors + 1);
  }
};

DNM_TEST(TestThreads)
#include "test_threads.moc"
