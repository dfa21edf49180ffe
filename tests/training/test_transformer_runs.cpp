// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <filesystem>
#include <string>

#include "run_samples.h"
#include "tests/core/random_mask.h"
#include "tests/support/test_class.h"
#include "text_samples.h"
#include "training/models/model_table.h"
#include "training/runs/training_loop.h"
#include "training/runs/training_parameters.h"

using dnm::TrainingLoop;
using dnm::TrainingSettings;
using samples::message_of;

namespace {

/// Stops a run after so many of its steps.
class Stopper : public dnm::TrainingReporter {
 public:
  void step_done(const dnm::StepReport&) override {
    if (++steps == stop_after) stop.request_stop();
  }
  std::size_t steps = 0, stop_after = 0;
  std::stop_source stop;
};

/// A fifth of each matrix's cells.
dnm::TopologySource matrices(const TrainingSettings& settings) {
  std::vector<dnm::NamedMask> made;
  for (const dnm::MatrixRequest& matrix : dnm::matrices_of(settings)) {
    const std::uint64_t links = std::uint64_t{matrix.n_in} * matrix.n_out / 5;
    made.push_back({matrix.name, dnm::test::random_mask(matrix.n_in, matrix.n_out, links, made.size())});
  }
  return dnm::TopologySource(std::move(made));
}

}  // namespace

/// Runs of the model "transformer" on a small text.
class TestTransformerRuns : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  int next_ = 0;

  [[nodiscard]] std::string fresh_folder() { return folder_.filePath(QString::number(next_++)).toStdString(); }
  [[nodiscard]] TrainingSettings settings() const {
    TrainingSettings made;
    const auto& table = dnm::training_parameter_table();
    for (const auto& [id, text] : {std::pair<const char*, const char*>{"data", "text-folder"},
                                   {"blocks", "1"},
                                   {"width", "16"},
                                   {"heads", "2"},
                                   {"feed-forward", "24"},
                                   {"pieces", "140"},
                                   {"places", "128"},
                                   {"epoch-steps", "14"},
                                   {"epochs", "2"},
                                   {"lr-warm-up", "10"},
                                   {"scored-sentences", "0"},
                                   {"engine", "sparse"}}) {
      table.set_text(made, id, text);
    }
    made.data_folder = folder_.filePath("text").toStdString();
    return made;
  }
  [[nodiscard]] static TrainingSettings with(TrainingSettings made, const char* id, const char* text) {
    dnm::training_parameter_table().set_text(made, id, text);
    return made;
  }
  [[nodiscard]] static dnm::ModelState trained(const TrainingSettings& settings) {
    Stopper none;
    TrainingLoop loop(dnm::make_plan(matrices(settings), settings), none);
    loop.run({});
    return loop.state();
  }

 private Q_SLOTS:
  void initTestCase() { samples::write_text(folder_.filePath("text").toStdString()); }

  void the_loss_falls_and_dense_starts_near_equal_guesses() {
    class Losses : public dnm::TrainingReporter {
     public:
      void epoch_done(const dnm::EpochResult& result) override { results.push_back(result); }
      std::vector<dnm::EpochResult> results;
    } reported;
    const TrainingSettings made = with(with(settings(), "epochs", "12"), "lr", "2");
    TrainingLoop(dnm::make_plan(matrices(made), made), reported).run({});
    QCOMPARE(reported.results.size(), std::size_t{12});
    const auto& first = reported.results.front().values;
    const auto& last = reported.results.back().values;
    QVERIFY2(first["validation_loss"] < std::log(140.0) + 0.5, qPrintable(QString::number(first["validation_loss"])));
    QVERIFY2(last["validation_loss"] < 0.8 * first["validation_loss"],
             qPrintable(QString::number(last["validation_loss"])));
    QVERIFY(std::abs(last["validation_perplexity"] - std::exp(last["validation_loss"])) < 1e-9);
    QVERIFY(last["test_token_accuracy"] > first["test_token_accuracy"]);
    QCOMPARE(last["links"], 8.0 * (16 * 16 / 5) + 4.0 * (16 * 16 / 5) + 4.0 * (16 * 24 / 5));
  }

  void threads_change_nothing() { QVERIFY(trained(settings()) == trained(with(settings(), "threads", "3"))); }

  void stopped_runs_resume_to_the_same_bits_data() {
    QTest::addColumn<QString>("method");
    for (const char* method : {"static", "set", "rigl", "chts", "gmp"}) QTest::newRow(method) << method;
  }
  /// Stopped before, between and after updates, which are every fifth of 28 steps.
  void stopped_runs_resume_to_the_same_bits() {
    QFETCH(QString, method);
    TrainingSettings made = with(settings(), "method", qPrintable(method));
    if (method != "static") {
      QCOMPARE(std::get<std::int64_t>(dnm::training_parameter_table().at("rewire-every").get(made)), 100);
      made = with(with(made, "rewire-every", "5"), "lr-schedule", "noam");
    }
    if (method == "gmp") made = with(made, "final-sparsity", "0.9");
    Stopper none;
    TrainingLoop whole(dnm::make_plan(matrices(made), made), none);
    whole.run({});
    QCOMPARE(whole.topology() == dnm::make_plan(matrices(made), made).topology, method == "static");
    for (const std::size_t steps : {4U, 5U, 13U, 20U}) {
      made.run_folder = fresh_folder();
      made.resume = false;
      Stopper stopper;
      stopper.stop_after = steps;
      QVERIFY_THROWS_EXCEPTION(
          dnm::Cancelled,
          TrainingLoop(dnm::make_plan(matrices(made), made), stopper).run({stopper.stop.get_token(), {}}));
      made.resume = true;
      TrainingLoop rest(dnm::make_plan(matrices(made), made), none);
      rest.run({});
      QVERIFY(rest.state() == whole.state());
      QVERIFY(rest.topology() == whole.topology());
    }
  }

  /// At a step that rewires the optimiser has its step first: with a rule that changes nothing the run is the static
  /// one.
  void updates_do_not_take_the_place_of_learning() {
    TrainingSettings made = with(with(settings(), "method", "set"), "rewire-every", "5");
    made = with(with(made, "zeta", "0"), "lr-schedule", "noam");
    QVERIFY(trained(made) == trained(settings()));
  }

  void engines_agree() {
    const auto sparse = trained(settings());
    const auto masked = trained(with(settings(), "engine", "masked"));
    QCOMPARE(sparse.size(), masked.size());
    double apart = 0.0, largest = 0.0;
    for (std::size_t i = 0; i < sparse.size(); ++i) {
      QCOMPARE(sparse[i].values.size(), masked[i].values.size());
      // The softmax does not see keys' biases: what they get is rounding, which Adam makes large.
      if (sparse[i].name.ends_with(".k.bias")) continue;
      for (std::size_t j = 0; j < sparse[i].values.size(); ++j) {
        apart = std::max(apart, std::abs(static_cast<double>(sparse[i].values[j] - masked[i].values[j])));
        largest = std::max(largest, std::abs(static_cast<double>(sparse[i].values[j])));
      }
    }
    QVERIFY2(apart < 1e-2 * largest, qPrintable(QString::number(apart)));
  }

  void refusals_say_what_to_do() {
    const TrainingSettings made = settings();
    const auto refused = [](const TrainingSettings& asked, dnm::TopologySource source) {
      return message_of([&] { static_cast<void>(dnm::make_plan(std::move(source), asked)); });
    };
    QVERIFY(refused(made, samples::network()).contains("in place of a file"));
    TrainingSettings other = made;
    other.model = "mlp";
    QVERIFY(refused(other, samples::network()).contains("--architecture"));
    QVERIFY(refused(with(made, "device", "cuda"), matrices(made)).contains("cpu"));
    QVERIFY(message_of([&] { static_cast<void>(dnm::matrices_of(with(made, "heads", "3"))); }).contains("multiple"));
  }
};

DNM_TEST(TestTransformerRuns)
#include "test_transformer_runs.moc"
