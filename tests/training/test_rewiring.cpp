// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <stop_token>
#include <utility>

#include "allocations.h"
#include "core/network/random.h"
#include "core/support/error.h"
#include "played_rule.h"
#include "run_samples.h"
#include "samples.h"
#include "tests/support/test_class.h"
#include "training/layers/sparse_index.h"
#include "training/rewiring/rewiring_table.h"
#include "training/rewiring/topology_change.h"
#include "training/runs/training_loop.h"
#include "training/runs/training_parameters.h"

namespace fs = std::filesystem;

using dnm::EpochResult;
using dnm::Mask;
using dnm::ModelState;
using dnm::RunState;
using dnm::TrainingProgress;
using samples::Pattern;
using samples::PlayedRule;
using samples::relative_difference;
using samples::same_outcome;

namespace {

/// Gives what it was made with at the second step.
class FixedRule : public dnm::RewiringRule {
 public:
  explicit FixedRule(const std::vector<Mask>& masks) {
    for (const Mask& mask : masks) result_.layers.push_back({mask});
  }
  bool is_due(const dnm::StepPosition& at) const override { return at.step == 1; }
  dnm::RewiringResult rewired(const dnm::RewiringRequest&) override { return result_; }

 private:
  dnm::RewiringResult result_;
};

std::unique_ptr<dnm::BackgroundRun> start(const dnm::TrainingSettings& settings,
                                          std::unique_ptr<dnm::RewiringRule> rule) {
  return std::make_unique<dnm::BackgroundRun>(dnm::make_plan(samples::network(), settings, std::move(rule)));
}

}  // namespace

/// The topology changes while the weights learn: in the engines, and in runs under a rule.
class TestRewiring : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { files_ = std::make_unique<samples::RunFiles>(); }

  void the_table_is_the_setting() {
    const auto& choices = dnm::training_parameter_table().at("method").info.choices;
    QCOMPARE(choices.size(), dnm::rewiring_table().size());
    for (std::size_t i = 0; i < choices.size(); ++i) {
      QCOMPARE(choices[i].id, dnm::rewiring_table()[i].choice.id);
    }
    QCOMPARE(choices.front().id, std::string_view("static"));
    QVERIFY(dnm::rewiring_table().front().make({}) == nullptr);
  }

  void links_that_stay_keep_their_numbers() {
    for (const auto& [before, after] :
         {std::pair{Pattern::random, Pattern::blocks}, std::pair{Pattern::blocks, Pattern::empty_rows},
          std::pair{Pattern::empty_rows, Pattern::full}, std::pair{Pattern::full, Pattern::random}}) {
      const Mask from = samples::mask(before, 40, 30, 1);
      const Mask to = samples::mask(after, 40, 30, 2);
      const dnm::ParameterState weights = samples::state({from}, 3).front();
      std::map<std::pair<dnm::NodeIndex, dnm::NodeIndex>, std::pair<float, float>> numbers;
      std::size_t link = 0;
      for (dnm::NodeIndex output = 0; output < 30; ++output) {
        for (const dnm::NodeIndex input : from.row(output)) {
          numbers[{output, input}] = {weights.values[link], weights.slots[0][link]};
          ++link;
        }
      }
      const dnm::ParameterState carried = dnm::carried_over(from, weights, to);
      QCOMPARE(carried.name, weights.name);
      QCOMPARE(carried.values.size(), to.link_count());
      link = 0;
      for (dnm::NodeIndex output = 0; output < 30; ++output) {
        for (const dnm::NodeIndex input : to.row(output)) {
          const auto expected = numbers[{output, input}];  // zeros for a new link
          QCOMPARE(carried.values[link], expected.first);
          QCOMPARE(carried.slots.at(0)[link], expected.second);
          ++link;
        }
      }
    }
    const Mask mask = samples::mask(Pattern::random, 40, 30, 1);
    const dnm::ParameterState weights = samples::state({mask}, 3).front();
    QVERIFY(dnm::carried_over(mask, weights, mask) == weights);
    QVERIFY_EXCEPTION_THROWN(
        static_cast<void>(dnm::carried_over(mask, weights, samples::mask(Pattern::random, 40, 31, 1))),
        dnm::InvalidInput);
  }

  /// An engine whose layer was replaced is the engine that was made of the new layer; nothing of the old one is left.
  void a_replaced_layer_is_as_one_made_anew() {
    const std::vector<Mask> masks{samples::mask(Pattern::random, 50, 73, 1), samples::mask(Pattern::blocks, 73, 61, 2),
                                  dnm::full_mask(61, 10)};
    std::vector<Mask> later = masks;
    later[0] = samples::mask(Pattern::empty_rows, 50, 73, 7);
    later[1] = samples::mask(Pattern::full, 73, 61, 8);
    const dnm::SgdStep sgd{0.02F, 0.9F, 0.01F};
    const dnm::ImageBatch one_tile = samples::batch_of(samples::images(30, 50, 10, 3));
    const dnm::ImageBatch tiles = samples::batch_of(samples::images(70, 50, 10, 4));
    using Make = std::function<std::unique_ptr<dnm::Model>(const std::vector<Mask>&, const ModelState&)>;
    const Make makers[] = {
        [](const auto& m, const auto& state) { return samples::sparse_mlp(m, state); },
        [](const auto& m, const auto& state) { return samples::masked_mlp(m, state); },
        [](const auto& m, const auto& state) {
          return samples::layered_mlp(m, state, {dnm::Engine::masked, dnm::Engine::sparse, dnm::Engine::sparse});
        }};
    for (const Make& make : makers) {
      const auto engine = make(masks, samples::state(masks, 5));
      samples::step(*engine, tiles, sgd);
      ModelState state = engine->state();
      for (std::size_t i = 0; i < 2; ++i) {
        state[2 * i] = dnm::carried_over(masks[i], state[2 * i], later[i]);
        engine->rewire(i, later[i], state[2 * i]);
      }
      QVERIFY(engine->state() == state);
      const auto anew = make(later, state);
      QCOMPARE(engine->engine(), anew->engine());
      for (const dnm::ImageBatch* batch : {&one_tile, &tiles}) {
        QVERIFY(engine->gradients(*batch) == anew->gradients(*batch));
        QCOMPARE(samples::step(*engine, *batch, sgd).loss, samples::step(*anew, *batch, sgd).loss);
        QVERIFY(engine->state() == anew->state());
      }
      const ModelState before = engine->state();
      QVERIFY_EXCEPTION_THROWN(engine->rewire(1, later[0], before[0]), dnm::InvalidInput);
      QVERIFY_EXCEPTION_THROWN(engine->rewire(1, later[1], before[0]), dnm::InvalidInput);
      QVERIFY(engine->state() == before);
    }
  }

  /// RigL and its like grow where the gradient is largest: as a net that has all those links, at weight 0.
  void gradients_of_missing_links_are_those_of_links_at_zero() {
    const std::vector<Mask> masks{samples::mask(Pattern::random, 50, 73, 1),
                                  samples::mask(Pattern::empty_rows, 73, 61, 2), dnm::full_mask(61, 10)};
    const ModelState state = samples::state(masks, 5);
    for (const std::size_t images : {std::size_t{9}, std::size_t{32}, std::size_t{75}}) {
      const dnm::ImageBatch batch = samples::batch_of(samples::images(images, 50, 10, 3));
      std::vector<std::unique_ptr<dnm::Model>> engines;
      for (const dnm::SparseKernels* kernels : dnm::available_kernels()) {
        engines.push_back(samples::sparse_mlp(masks, state, *kernels));
      }
      engines.push_back(samples::masked_mlp(masks, state));
      engines.push_back(
          samples::layered_mlp(masks, state, {dnm::Engine::masked, dnm::Engine::sparse, dnm::Engine::masked}));
      for (std::size_t layer = 0; layer < 2; ++layer) {
        std::vector<Mask> all = masks;
        all[layer] = dnm::full_mask(masks[layer].n_in, masks[layer].n_out);
        ModelState state_of_all = state;
        state_of_all[2 * layer] = dnm::carried_over(masks[layer], state[2 * layer], all[layer]);
        const std::vector<float> expected =
            samples::weights(samples::sparse_mlp(all, state_of_all)->gradients(batch), layer);
        for (const auto& engine : engines) {
          std::vector<float> found;
          engine->dense_gradients(std::span(&layer, 1), batch,
                                  [&](std::size_t which, dnm::NodeIndex output, std::span<const float> gradients) {
                                    QCOMPARE(which, layer);
                                    QCOMPARE(std::size_t{output} * masks[layer].n_in, found.size());
                                    found.insert(found.end(), gradients.begin(), gradients.end());
                                  });
          QVERIFY(relative_difference(found, expected) < 1e-5);
          QVERIFY(engine->state() == state);
        }
      }
    }
  }

  /// Over several batches: the gradient of all their examples at once.
  void gradients_of_several_batches_are_their_mean() {
    auto settings = files_->few_epochs(1);
    settings.batch = 70;  // 12 whole batches and one of 60
    const auto plan = dnm::make_plan(samples::network(), settings);
    plan.task->load({});
    plan.task->begin_epoch(3);
    const ModelState state = plan.kind->first_state(plan.topology, {}, settings, 1, {});
    const std::vector<dnm::Engine> engines(plan.topology.layers.size(), dnm::Engine::sparse);
    const auto model = plan.kind->make(plan.topology, state, {engines, dnm::Device::cpu}, settings, plan.task->loss());
    constexpr std::size_t layer = 1;
    const auto gradients = [&](const dnm::Batch& batch) {
      std::vector<double> found;
      model->dense_gradients(std::span(&layer, 1), batch, [&](std::size_t, dnm::NodeIndex, std::span<const float> row) {
        found.insert(found.end(), row.begin(), row.end());
      });
      return found;
    };
    std::vector<double> expected(std::size_t{96} * 64, 0.0);
    for (std::uint64_t step = 10; step < 13; ++step) {
      const dnm::Batch& batch = plan.task->training_batch(step);
      QCOMPARE(batch.examples(), step < 12 ? std::size_t{70} : std::size_t{60});
      const std::vector<double> of_batch = gradients(batch);
      const double share = static_cast<double>(batch.examples()) / 200.0;
      for (std::size_t i = 0; i < expected.size(); ++i) expected[i] += share * of_batch[i];
    }
    const dnm::Batch& all = plan.task->training_batches(10, 3);
    QCOMPARE(all.examples(), std::size_t{200});
    QVERIFY(relative_difference(gradients(all), expected) < 1e-5);
  }

  void weights_of_new_links_can_be_given() {
    const Mask from{3, 2, {0, 2, 3}, {0, 2, 1}};
    const Mask to{3, 2, {0, 2, 5}, {1, 2, 0, 1, 2}};
    const dnm::ParameterState weights{"w", {1, 2, 3}, {{4, 5, 6}}};
    const std::vector<float> grown{7, 8, 9};
    const dnm::ParameterState carried = dnm::carried_over(from, weights, to, grown);
    QVERIFY((carried.values == std::vector<float>{7, 2, 8, 3, 9}));
    QVERIFY((carried.slots[0] == std::vector<float>{0, 5, 0, 6, 0}));
    for (const std::vector<float>& bad : {std::vector<float>{7, 8}, {7, 8, 9, 10}}) {
      QVERIFY_EXCEPTION_THROWN(static_cast<void>(dnm::carried_over(from, weights, to, bad)), dnm::InvalidInput);
    }
  }

  /// Nothing as large as inputs times outputs (manual: methods/training, "Truly sparse steps"). 60,000 × 60,000 cells
  /// would be 3.6 GB, a byte each.
  void the_sparse_engine_rewires_wide_layers_within_their_links() {
    constexpr dnm::NodeIndex neurons = 60000;
    const auto shifted = [](dnm::NodeIndex by) {
      Mask mask{neurons, neurons, {0}, {}};
      for (dnm::NodeIndex output = 0; output < neurons; ++output) {
        mask.columns.push_back((output + by) % neurons);
        mask.row_begin.push_back(mask.columns.size());
      }
      return mask;
    };
    const std::vector<Mask> masks{shifted(0)};
    const ModelState state = samples::state(masks, 1);
    const auto engine = samples::sparse_mlp(masks, state);
    const std::uint64_t before = allocated_bytes();
    engine->rewire(0, shifted(1), state[0]);
    // Two masks' worth of them in the test itself, 28 bytes a link and 8 a neuron in the engine.
    QVERIFY2(allocated_bytes() - before < std::uint64_t{neurons} * 120,
             qPrintable(QString::number(allocated_bytes() - before)));
  }

  void a_rule_changes_the_topology_of_a_run() {
    auto settings = files_->few_epochs(3);
    settings.run_folder = files_->fresh_folder();
    std::vector<EpochResult> results;
    dnm::NamedMasksPointer shown;
    {
      const auto run = start(settings, std::make_unique<PlayedRule>());
      const TrainingProgress end = samples::wait_until(*run, results, [&](const TrainingProgress& progress) {
        if (progress.rewired) shown = progress.rewired;
        return dnm::is_over(progress.state);
      });
      QVERIFY2(end.state == RunState::finished, end.problem.c_str());
    }
    const auto checkpoint = dnm::load_checkpoint(fs::path(settings.run_folder) / "checkpoint.pt");
    QVERIFY(shown != nullptr);
    QCOMPARE(shown->size(), std::size_t{2});
    for (std::size_t i = 0; i < 2; ++i) QVERIFY((*shown)[i] == checkpoint.layers[i]);
    QVERIFY(checkpoint.layers[0].mask != samples::network()->masks()[0]);
    // 900 images in batches of 32: 29 steps an epoch, of which every third adds a link to each of two layers.
    const std::uint64_t links = samples::network()->link_count();
    for (std::size_t epoch = 0; epoch < 3; ++epoch) {
      const std::uint64_t rewirings = (29 * (epoch + 1) - 1) / 3;
      QCOMPARE(results.at(epoch).values["links"], static_cast<double>(links + 2 * rewirings));
    }
    QVERIFY(results.back().values["train_loss"] < results.front().values["train_loss"]);
  }

  void a_rewired_run_resumes_to_the_same_bits_data() {
    QTest::addColumn<QString>("engine");
    QTest::newRow("sparse") << "sparse";
    QTest::newRow("masked") << "masked";
  }
  void a_rewired_run_resumes_to_the_same_bits() {
    QFETCH(QString, engine);
    auto settings = files_->few_epochs(3);
    settings.data_folder = files_->large_data().string();
    settings.engine = dnm::parse_engine(engine.toStdString());
    settings.device = dnm::Device::cpu;
    settings.run_folder = files_->fresh_folder();
    std::vector<EpochResult> undisturbed;
    static_cast<void>(samples::wait_for_end(*start(settings, std::make_unique<PlayedRule>()), undisturbed));
    const auto expected = dnm::load_checkpoint(fs::path(settings.run_folder) / "checkpoint.pt");

    settings.resume = true;
    std::vector<EpochResult> results;
    int stops = 0;
    dnm::NamedMasksPointer shown;
    // On a busy machine a run may end before it can be stopped; then that try shows nothing.
    for (int tries = 0; tries < 20 && stops == 0; ++tries) {
      settings.run_folder = files_->fresh_folder();
      for (RunState state = RunState::stopped; state == RunState::stopped;) {
        results.clear();
        const auto run = start(settings, std::make_unique<PlayedRule>());
        const double fraction = 0.3 * (stops % 3 + 1);
        const int epoch = 1 + stops / 2;
        static_cast<void>(samples::wait_until(*run, results, [&](const TrainingProgress& progress) {
          if (progress.rewired) shown = progress.rewired;
          return dnm::is_over(progress.state) || (progress.epoch >= epoch && progress.epoch_fraction > fraction);
        }));
        run->stop();
        const TrainingProgress end = samples::wait_for_end(*run, results);
        state = end.state;
        QVERIFY2(state == RunState::stopped || state == RunState::finished, end.problem.c_str());
        if (state == RunState::stopped) ++stops;
      }
    }
    QVERIFY(stops > 0 && shown != nullptr);
    QVERIFY(same_outcome(results, undisturbed));
    const auto found = dnm::load_checkpoint(fs::path(settings.run_folder) / "checkpoint.pt");
    QVERIFY(found.layers == expected.layers);
    QVERIFY(found.state == expected.state);
    // A run that is shown again shows the topology it has come to.
    std::vector<EpochResult> again;
    const auto run = start(settings, std::make_unique<PlayedRule>());
    dnm::NamedMasksPointer reached;
    static_cast<void>(samples::wait_until(*run, again, [&](const TrainingProgress& progress) {
      if (progress.rewired) reached = progress.rewired;
      return dnm::is_over(progress.state);
    }));
    QVERIFY(reached != nullptr && reached->front() == expected.layers[0]);
  }

  void options_of_rules_resume_to_the_same_bits_data() {
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("option");
    QTest::addColumn<QString>("value");
    QTest::newRow("weights of lost links") << "set"
                                           << "historical-weights"
                                           << "on";
    QTest::newRow("averaged gradients") << "rigl"
                                        << "gradient-batches"
                                        << "3";
  }
  /// Stopped before, between and after updates, which are every third of 14 steps. The option changes the run.
  void options_of_rules_resume_to_the_same_bits() {
    QFETCH(QString, method);
    QFETCH(QString, option);
    QFETCH(QString, value);
    class Stopper : public dnm::TrainingReporter {
     public:
      void step_done(const dnm::StepReport&) override {
        if (++steps == stop_after) stop.request_stop();
      }
      std::size_t steps = 0, stop_after = 0;
      std::stop_source stop;
    };
    auto settings = files_->few_epochs(2);
    settings.batch = 140;
    const auto& table = dnm::training_parameter_table();
    for (const auto& [id, text] : {std::pair<std::string, std::string>{"method", method.toStdString()},
                                   {"rewire-unit", "steps"},
                                   {"rewire-every", "3"},
                                   {"rewire-end", "1"},
                                   {"zeta", "0.5"}}) {
      table.set_text(settings, id, text);
    }
    Stopper none;
    dnm::TrainingLoop plain(dnm::make_plan(samples::network(), settings), none);
    plain.run({});
    table.set_text(settings, option.toStdString(), value.toStdString());
    dnm::TrainingLoop whole(dnm::make_plan(samples::network(), settings), none);
    whole.run({});
    QVERIFY(whole.state() != plain.state());
    for (std::size_t steps = 2; steps < 14; steps += 3) {
      settings.run_folder = files_->fresh_folder();
      settings.resume = false;
      Stopper stopper;
      stopper.stop_after = steps;
      QVERIFY_THROWS_EXCEPTION(
          dnm::Cancelled,
          dnm::TrainingLoop(dnm::make_plan(samples::network(), settings), stopper).run({stopper.stop.get_token(), {}}));
      settings.resume = true;
      dnm::TrainingLoop rest(dnm::make_plan(samples::network(), settings), none);
      rest.run({});
      QVERIFY(rest.state() == whole.state());
      QVERIFY(rest.topology() == whole.topology());
    }
  }

  /// Its links have changed since; those it began with tell.
  void a_run_does_not_resume_with_another_first_network() {
    auto settings = files_->few_epochs(2);
    dnm::training_parameter_table().set_text(settings, "method", "set");
    settings.run_folder = files_->fresh_folder();
    dnm::TrainingReporter none;
    dnm::TrainingLoop(dnm::make_plan(samples::network(), settings), none).run({});
    settings.resume = true;
    QVERIFY(dnm::make_plan(samples::network(), settings).from.has_value());
    const auto refused = [&] {
      return samples::message_of(
          [&] { static_cast<void>(dnm::make_plan(samples::network("784,96,64", 1), settings)); });
    };
    QVERIFY2(refused().contains("another network"), qPrintable(refused()));
    std::filesystem::remove(fs::path(settings.run_folder) / "topology.bin");
    QVERIFY(refused().isEmpty());
  }

  void a_rule_that_answers_no_topology_ends_the_run_with_a_reason() {
    const std::vector<Mask> good = samples::network()->masks();
    std::vector<Mask> unsorted = good;
    std::swap(unsorted[0].columns[0], unsorted[0].columns[1]);
    std::vector<Mask> far = good;
    far[1].columns.back() = 96;
    const std::vector<std::vector<Mask>> bad{unsorted, far, {good[0]}, {good[1], good[0]}};
    for (const std::vector<Mask>& masks : bad) {
      std::vector<EpochResult> results;
      const auto run = start(files_->few_epochs(2), std::make_unique<FixedRule>(masks));
      const TrainingProgress end = samples::wait_for_end(*run, results);
      QCOMPARE(end.state, RunState::failed);
      QVERIFY(!end.problem.empty());
    }
    std::vector<EpochResult> results;
    const auto run = start(files_->few_epochs(1), std::make_unique<FixedRule>(good));
    QCOMPARE(samples::wait_for_end(*run, results).state, RunState::finished);
    QVERIFY(run->poll().rewired == nullptr);
  }

 private:
  std::unique_ptr<samples::RunFiles> files_;
};

DNM_TEST(TestRewiring)
#include "test_rewiring.moc"
