// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <filesystem>
#include <stop_token>

#include "core/support/error.h"
#include "played_rule.h"
#include "run_samples.h"
#include "samples.h"
#include "tests/support/test_class.h"
#include "training/data/image_batch.h"
#include "training/layers/sparse_index.h"
#include "training/layers/weight_init.h"
#include "training/runs/training_loop.h"
#include "training/support/devices.h"

namespace fs = std::filesystem;

using dnm::EpochResult;
using dnm::StepReport;

namespace {

/// Keeps what it is told, and asks for a stop after a number of steps.
class Recorder : public dnm::TrainingReporter {
 public:
  void prepared(const dnm::RunFacts& told, const std::vector<EpochResult>& before,
                const std::vector<dnm::TopologyEventPointer>&, const dnm::NamedMasksPointer&) override {
    facts = told;
    history = before;
  }
  void step_done(const StepReport& report) override {
    steps.push_back(report);
    if (steps.size() == stop_after) stop.request_stop();
  }
  void epoch_done(const EpochResult& result) override {
    epochs.push_back(result);
    steps_at_epoch.push_back(steps.size());
  }
  void topology_changed(const dnm::TopologyEventPointer& event, const dnm::NamedMasksPointer& layers) override {
    updates.push_back(event);
    steps_at_update.push_back(steps.size());
    if (layers) shown = layers;
  }

  [[nodiscard]] dnm::TaskControl control() const { return {stop.get_token(), {}}; }

  dnm::RunFacts facts;
  std::vector<EpochResult> history;
  std::vector<StepReport> steps;
  std::vector<EpochResult> epochs;
  std::vector<std::size_t> steps_at_epoch;
  std::vector<dnm::TopologyEventPointer> updates;
  std::vector<std::size_t> steps_at_update;
  dnm::NamedMasksPointer shown;
  std::size_t stop_after = 0;
  std::stop_source stop;
};

/// Waits a little and lets the loop try again, as BackgroundRun does; at the second time it clears the way.
class Patient : public Recorder {
 public:
  explicit Patient(fs::path in_the_way) : in_the_way_(std::move(in_the_way)) {}
  void cannot_write(const dnm::FileError&, const dnm::TaskControl& task) override {
    task.check();
    if (++failures == 2) fs::remove_all(in_the_way_);
  }
  void written() override { ++writes; }
  int failures = 0;
  int writes = 0;

 private:
  fs::path in_the_way_;
};

/// Logistic regression: one dense layer from the inputs to the scores, whatever the network. By the general way: a
/// loss of tiles, gradients in arrays, an optimiser on arrays.
class LogisticRegression : public dnm::Model {
 public:
  LogisticRegression(const dnm::ModelState& state, const dnm::Loss& loss)
      : state_(state), loss_(loss), outputs_(state[1].values.size()), inputs_(state[0].values.size() / outputs_) {
    weight_gradient_.resize(state[0].values.size());
    bias_gradient_.resize(outputs_);
  }
  std::string_view engine() const override { return "dense"; }
  std::string device() const override { return "cpu"; }

  dnm::BatchSums step(const dnm::Batch& batch, const dnm::LearningStep& step, const dnm::TaskControl&) override {
    const dnm::BatchSums sums = forward_and_backward(batch);
    const auto update = [&](dnm::ParameterState& parameter, std::vector<float>& gradient) {
      std::vector<float*> slots;
      for (std::vector<float>& slot : parameter.slots) slots.push_back(slot.data());
      step.optimiser.update(parameter.values, gradient, slots, step.learning_rate, step.step);
    };
    update(state_[0], weight_gradient_);
    update(state_[1], bias_gradient_);
    return sums;
  }
  dnm::BatchSums evaluate(const dnm::Batch& batch, const dnm::UseScores&) override {
    return forward_and_backward(batch);
  }
  dnm::ModelState gradients(const dnm::Batch& batch) override {
    forward_and_backward(batch);
    return {{state_[0].name, weight_gradient_, {}}, {state_[1].name, bias_gradient_, {}}};
  }
  void dense_gradients(std::span<const std::size_t>, const dnm::Batch&, const dnm::UseGradients&) override {}
  dnm::ModelState state() const override { return state_; }
  void rewire(std::size_t, const dnm::Mask&, const dnm::ParameterState&) override {}

 private:
  dnm::BatchSums forward_and_backward(const dnm::Batch& batch) {
    const dnm::ImageBatch& images = dnm::images_in(batch);
    std::fill(weight_gradient_.begin(), weight_gradient_.end(), 0.0F);
    std::fill(bias_gradient_.begin(), bias_gradient_.end(), 0.0F);
    dnm::BatchSums sums;
    for (std::size_t t = 0; t < images.tile_count(); ++t) {
      const unsigned width = images.width_of_tile(t);
      const float* x = images.tile(t);
      std::vector<float> scores(outputs_ * width);
      for (std::size_t o = 0; o < outputs_; ++o) {
        for (unsigned i = 0; i < width; ++i) {
          float score = state_[1].values[o];
          for (std::size_t k = 0; k < inputs_; ++k) score += state_[0].values[o * inputs_ + k] * x[k * width + i];
          scores[o * width + i] = score;
        }
      }
      sums += loss_(static_cast<std::uint32_t>(outputs_), width, scores.data(),
                    images.labels().subspan(t * dnm::tile_width, images.tile_size(t)),
                    1.0F / static_cast<float>(images.size()), scores.data());
      for (std::size_t o = 0; o < outputs_; ++o) {
        for (unsigned i = 0; i < width; ++i) {
          bias_gradient_[o] += scores[o * width + i];
          for (std::size_t k = 0; k < inputs_; ++k) {
            weight_gradient_[o * inputs_ + k] += scores[o * width + i] * x[k * width + i];
          }
        }
      }
    }
    return sums;
  }

  dnm::ModelState state_;
  const dnm::Loss& loss_;
  std::size_t outputs_;
  std::size_t inputs_;
  std::vector<float> weight_gradient_;
  std::vector<float> bias_gradient_;
};

class LogisticRegressionKind : public dnm::ModelKind {
 public:
  dnm::Topology topology(const dnm::TopologySource&, const dnm::TaskShape& task) const override {
    return {{{"classifier", dnm::full_mask(task.inputs, task.outputs), true}}, {}};
  }
  dnm::ModelState first_state(const dnm::Topology& topology, const dnm::TaskShape&,
                              const dnm::TrainingSettings& settings, std::size_t slots,
                              const dnm::TaskControl& control) const override {
    return dnm::first_state(topology.layers, settings.weight_init, settings.seed, slots, control);
  }
  std::uint64_t memory_bytes(const dnm::Topology& topology, const dnm::TaskShape&, const dnm::ModelPlacement&,
                             const dnm::TrainingSettings&) const override {
    return 12 * topology.links();
  }
  std::vector<dnm::LayerTiming> time_layers(const dnm::Topology& topology, const dnm::TrainingSettings&,
                                            const dnm::TaskControl&) const override {
    return std::vector<dnm::LayerTiming>(topology.layers.size());
  }
  std::unique_ptr<dnm::Model> make(const dnm::Topology&, const dnm::ModelState& state, const dnm::ModelPlacement&,
                                   const dnm::TrainingSettings&, const dnm::Loss& loss) const override {
    return std::make_unique<LogisticRegression>(state, loss);
  }
};

}  // namespace

/// The loop by itself: no thread, no clock, every step in the test's hand.
class TestTrainingLoop : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    files_ = std::make_unique<samples::RunFiles>();
    dnm::prepare_training_thread();  // as a run does with its own
  }

  void it_trains_as_the_run_around_it_does() {
    auto settings = files_->few_epochs(3);
    settings.validation = 100;
    settings.run_folder = files_->fresh_folder();
    std::vector<EpochResult> results;
    static_cast<void>(samples::wait_for_end(*samples::start(samples::network(), settings), results));
    const auto expected = dnm::load_checkpoint(fs::path(settings.run_folder) / "checkpoint.pt");

    settings.run_folder.clear();
    Recorder recorder;
    dnm::TrainingLoop loop(dnm::make_plan(samples::network(), settings), recorder);
    loop.run({});
    QVERIFY(samples::same_outcome(loop.history(), results));
    QVERIFY(loop.state() == expected.state);
    QVERIFY(loop.topology().layers == expected.layers);
    QCOMPARE(recorder.facts.engine, std::string("sparse"));
    // 800 images in batches of 32: 25 steps an epoch.
    QVERIFY((recorder.steps_at_epoch == std::vector<std::size_t>{25, 50, 75}));
    QVERIFY(samples::same_outcome(recorder.epochs, results));
    for (std::size_t i = 0; i < recorder.steps.size(); ++i) {
      const StepReport& report = recorder.steps[i];
      QCOMPARE(report.epoch, static_cast<int>(i / 25) + 1);
      QCOMPARE(report.epoch_fraction, static_cast<double>(i % 25 + 1) / 25.0);
      QCOMPARE(report.links, samples::network()->link_count() + 64 * 10);
      QVERIFY(report.loss > 0.0 && report.examples_per_second > 0.0);
    }
    QCOMPARE(recorder.steps.back().loss, results.back().values["train_loss"]);
  }

  /// Stopped after every number of steps, an epoch's last included, it resumes to the same bits.
  void a_stop_at_any_step_loses_nothing() {
    auto settings = files_->few_epochs(2);
    settings.batch = 200;  // 5 steps an epoch, the last of 100 images
    const auto plan = [&] {
      return dnm::make_plan(samples::network(), settings, std::make_unique<samples::PlayedRule>());
    };
    Recorder undisturbed;
    dnm::TrainingLoop whole(plan(), undisturbed);
    whole.run({});
    QCOMPARE(undisturbed.steps.size(), std::size_t{10});
    QVERIFY((undisturbed.steps_at_update == std::vector<std::size_t>{4, 7, 10}));

    for (std::size_t steps = 1; steps < 10; ++steps) {
      settings.run_folder = files_->fresh_folder();
      settings.resume = false;
      Recorder stopped;
      stopped.stop_after = steps;
      QVERIFY_THROWS_EXCEPTION(dnm::Cancelled, dnm::TrainingLoop(plan(), stopped).run(stopped.control()));
      QCOMPARE(stopped.steps.size(), steps);
      const auto kept = dnm::load_checkpoint(fs::path(settings.run_folder) / "checkpoint.pt");
      QCOMPARE(static_cast<std::size_t>(kept.position.epochs_done) * 5 + kept.position.steps_done, steps);
      QCOMPARE(kept.position.updates_done, stopped.updates.size());

      settings.resume = true;
      Recorder resumed;
      dnm::TrainingLoop rest(plan(), resumed);
      rest.run({});
      QCOMPARE(resumed.steps.size(), 10 - steps);
      QVERIFY(samples::same_outcome(resumed.history, stopped.epochs));
      QVERIFY(samples::same_outcome(rest.history(), whole.history()));
      QVERIFY(rest.state() == whole.state());
      QVERIFY(rest.topology() == whole.topology());
    }
  }

  void a_file_that_cannot_be_written_ends_it_or_is_tried_again() {
    auto settings = files_->few_epochs(2);
    settings.run_folder = files_->fresh_folder();
    const auto blocked = [&] {
      dnm::RunPlan plan = dnm::make_plan(samples::network(), settings);
      fs::create_directories(fs::path(settings.run_folder) / "checkpoint.new.pt" / "in the way");
      return plan;
    };
    Recorder impatient;
    QVERIFY_THROWS_EXCEPTION(dnm::FileError, dnm::TrainingLoop(blocked(), impatient).run({}));
    QCOMPARE(impatient.epochs.size(), std::size_t{1});

    settings.run_folder = files_->fresh_folder();
    Patient patient(fs::path(settings.run_folder) / "checkpoint.new.pt");
    dnm::TrainingLoop(blocked(), patient).run({});
    QCOMPARE(patient.failures, 2);
    QVERIFY(patient.writes >= 4);
    QCOMPARE(dnm::load_checkpoint(fs::path(settings.run_folder) / "checkpoint.pt").position.epochs_done, 2);
  }

  /// The loop knows no perceptron: a model of one dense layer, with arrays and an optimiser's general way, learns the
  /// same data.
  void a_model_of_another_kind_learns_too() {
    auto settings = files_->few_epochs(3);
    settings.learning_rate = 0.002;
    const auto plan = [&] {
      dnm::RunPlan made = dnm::make_plan(samples::network(), settings);
      made.kind = std::make_unique<LogisticRegressionKind>();
      made.topology = made.kind->topology(made.source, made.task->shape());
      made.engines.resize(made.topology.layers.size());
      return made;
    };
    Recorder recorder;
    dnm::TrainingLoop loop(plan(), recorder);
    loop.run({});
    QCOMPARE(recorder.facts.engine, std::string("dense"));
    QCOMPARE(loop.history().size(), std::size_t{3});
    QVERIFY(loop.history().back().values["train_loss"] < 0.5 * loop.history().front().values["train_loss"]);
    QVERIFY(loop.history().back().values["test_accuracy"] > 0.9);
    QCOMPARE(loop.history().back().values["links"], 0.0);  // a dense layer's are not counted
    QCOMPARE(loop.state()[0].name, std::string("classifier.weight"));
  }

 private:
  std::unique_ptr<samples::RunFiles> files_;
};

DNM_TEST(TestTrainingLoop)
#include "test_training_loop.moc"
