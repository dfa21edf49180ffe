// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <cmath>
#include <filesystem>
#include <memory>
#include <stop_token>
#include <utility>
#include <vector>

#include "core/models/initialiser.h"
#include "core/support/error.h"
#include "run_samples.h"
#include "tests/support/test_class.h"
#include "training/runs/falling_engines.h"
#include "training/runs/training_loop.h"

namespace fs = std::filesystem;

using dnm::Engine;

namespace {

/// A kind of model whose layers cost what they are said to: sparse a unit a link, masked a fifth of one a cell.
class PricedKind : public dnm::ModelKind {
 public:
  explicit PricedKind(std::unique_ptr<const dnm::ModelKind> kind) : kind_(std::move(kind)) {}
  dnm::Topology topology(const dnm::TopologySource& network, const dnm::TaskShape& task) const override {
    return kind_->topology(network, task);
  }
  dnm::ModelState first_state(const dnm::Topology& topology, const dnm::TaskShape& task,
                              const dnm::TrainingSettings& settings, std::size_t slots,
                              const dnm::TaskControl& control) const override {
    return kind_->first_state(topology, task, settings, slots, control);
  }
  std::uint64_t memory_bytes(const dnm::Topology& topology, const dnm::TaskShape& task,
                             const dnm::ModelPlacement& placement,
                             const dnm::TrainingSettings& settings) const override {
    return kind_->memory_bytes(topology, task, placement, settings);
  }
  std::vector<dnm::LayerTiming> time_layers(const dnm::Topology& topology, const dnm::TrainingSettings&,
                                            const dnm::TaskControl&) const override {
    std::vector<dnm::LayerTiming> timings;
    for (const auto& [name, mask, dense] : topology.layers) {
      timings.push_back({Engine::automatic, static_cast<double>(mask.link_count()), 0.2 * mask.n_in * mask.n_out});
    }
    return timings;
  }
  std::unique_ptr<dnm::Model> make(const dnm::Topology& topology, const dnm::ModelState& state,
                                   const dnm::ModelPlacement& placement, const dnm::TrainingSettings& settings,
                                   const dnm::Loss& loss) const override {
    return kind_->make(topology, state, placement, settings, loss);
  }

 private:
  std::unique_ptr<const dnm::ModelKind> kind_;
};

class Recorder : public dnm::TrainingReporter {
 public:
  void prepared(const dnm::RunFacts& told, const dnm::RunHistory&, const std::vector<dnm::TopologyEventPointer>&,
                const dnm::NamedMasksPointer&) override {
    engines.push_back(told.engine);
  }
  void engines_changed(const dnm::RunFacts& told) override {
    engines.push_back(told.engine);
    layers = told.layer_timings;
    links_at_change = links;
  }
  void topology_changed(const dnm::TopologyEventPointer& event, const dnm::NamedMasksPointer&) override {
    links.clear();
    for (const dnm::LayerChange& layer : event->layers) links.push_back(layer.links);
  }
  void step_done(const dnm::StepReport&) override {
    if (++steps == stop_after) stop.request_stop();
  }
  [[nodiscard]] dnm::TaskControl control() const { return {stop.get_token(), {}}; }

  std::vector<std::string> engines;
  std::vector<dnm::LayerTiming> layers;
  std::vector<std::uint64_t> links, links_at_change;
  std::size_t steps = 0;
  std::size_t stop_after = 0;
  std::stop_source stop;
};

}  // namespace

/// A layer whose density falls is computed by the engine that is the faster one at its density.
class TestFallingEngines : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    files_ = std::make_unique<samples::RunFiles>();
    dnm::ModelParameters parameters;
    dnm::set_from_text(parameters, "model", "random");
    dnm::set_from_text(parameters, "layers", "784,96,64");
    dnm::set_from_text(parameters, "sparsity", "0.5");
    network_ = dnm::generate(parameters).network;
    settings_ = files_->few_epochs(6);
    settings_.batch = 90;  // 10 steps an epoch
    settings_.method = "gmp";
    settings_.parts = {{"final-sparsity", 0.95}, {"decay-end", 1.0}};
    settings_.engine = Engine::automatic;
    settings_.device = dnm::Device::cpu;
  }

  /// A fifth of the cells is between a half and a quarter of the links of a layer of density 0.5.
  void layers_become_sparse_at_the_half_that_pays() {
    const dnm::RunPlan plan = this->plan(settings_);
    const std::vector<Engine> masked(3, Engine::masked);
    const auto links = dnm::links_to_become_sparse(*plan.kind, plan.topology, masked, settings_, {});
    const std::uint64_t first = 784 * 96 / 2, second = 96 * 64 / 2;
    QVERIFY((links == std::vector<std::uint64_t>{first / 4, second / 4, 0}));
    const std::vector<Engine> mixed{Engine::sparse, Engine::masked, Engine::masked};
    QVERIFY((dnm::links_to_become_sparse(*plan.kind, plan.topology, mixed, settings_, {}) ==
             std::vector<std::uint64_t>{0, second / 4, 0}));
    std::vector<Engine> engines = masked;
    QVERIFY(!dnm::choose_engines_anew(plan.topology, links, engines));
    QVERIFY(engines == masked);
  }

  void a_run_changes_engines_and_computes_the_same() {
    Recorder recorder;
    dnm::TrainingLoop changing(plan(settings_), recorder);
    changing.run({});
    QVERIFY((recorder.engines == std::vector<std::string>{"masked", "mixed"}));
    QCOMPARE(recorder.layers.size(), std::size_t{3});
    QVERIFY(recorder.layers[0].engine == Engine::sparse && recorder.layers[1].engine == Engine::sparse &&
            recorder.layers[2].engine == Engine::masked);
    QVERIFY(recorder.links_at_change.at(0) <= 784 * 96 / 8 && recorder.links_at_change.at(0) > 784 * 96 / 20);

    auto forced = settings_;
    forced.engine = Engine::masked;
    Recorder unchanged;
    dnm::TrainingLoop masked(plan(forced), unchanged);
    masked.run({});
    QVERIFY((unchanged.engines == std::vector<std::string>{"masked"}));
    for (std::size_t i = 0; i < 2; ++i) {
      const dnm::Mask& mask = changing.topology().layers[i].mask;
      QCOMPARE(mask.link_count(), masked.topology().layers[i].mask.link_count());
      QCOMPARE(mask.link_count(), static_cast<std::uint64_t>(std::llround(0.05 * mask.n_in * mask.n_out)));
    }
    const auto last = [](const dnm::TrainingLoop& loop, const char* metric) {
      return loop.history().back().values[metric];
    };
    QVERIFY(std::abs(last(changing, "train_loss") - last(masked, "train_loss")) < 1e-3);
    QVERIFY(std::abs(last(changing, "test_accuracy") - last(masked, "test_accuracy")) < 0.02);
  }

  void a_stopped_run_changes_engines_at_the_same_update() {
    Recorder undisturbed;
    dnm::TrainingLoop whole(plan(settings_), undisturbed);
    whole.run({});
    auto settings = settings_;
    for (const std::size_t stop_after : {5U, 10U, 20U, 25U, 30U, 40U, 41U}) {
      settings.run_folder = files_->fresh_folder();
      settings.resume = false;
      Recorder stopped;
      stopped.stop_after = stop_after;
      QVERIFY_THROWS_EXCEPTION(dnm::Cancelled, dnm::TrainingLoop(plan(settings), stopped).run(stopped.control()));
      settings.resume = true;
      Recorder resumed;
      dnm::TrainingLoop rest(plan(settings), resumed);
      rest.run({});
      QCOMPARE(resumed.steps, 60 - stopped.steps);
      QCOMPARE(resumed.engines.back(), std::string("mixed"));
      QVERIFY(rest.state() == whole.state());
      QVERIFY(rest.topology() == whole.topology());
      const auto kept = dnm::load_checkpoint(fs::path(settings.run_folder) / "checkpoint.pt");
      QVERIFY((kept.engines == std::vector<Engine>{Engine::sparse, Engine::sparse, Engine::masked}));
    }
  }

 private:
  [[nodiscard]] dnm::RunPlan plan(const dnm::TrainingSettings& settings) const {
    dnm::RunPlan made = dnm::make_plan(network_, settings);
    made.kind = std::make_unique<PricedKind>(std::move(made.kind));
    return made;
  }

  std::unique_ptr<samples::RunFiles> files_;
  dnm::NetworkPointer network_;
  dnm::TrainingSettings settings_;
};

DNM_TEST(TestFallingEngines)
#include "test_falling_engines.moc"
