// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>

#include "app/workspace/experiments/update_plan.h"
#include "core/models/model_parameters.h"
#include "core/support/digits.h"
#include "tests/support/test_class.h"
#include "training/runs/training_parameters.h"

using namespace dnm;

/// What is said and drawn of the updates before a training begins.
class TestUpdatePlan : public QObject {
  Q_OBJECT

  static void set(WorkspaceState& state, const char* id, const ParameterValue& value) {
    training_parameter_table().at(id).set(state.training, value);
  }
  static const PlannedCurve* curve(const UpdatePlan& plan, std::string_view symbol) {
    for (const PlannedCurve& one : plan.curves)
      if (one.symbol == symbol) return &one;
    return nullptr;
  }

 private Q_SLOTS:
  /// Fashion-MNIST's 60,000 images are a package of Debian's that the tests need.
  void tells_the_updates_of_a_rule() {
    WorkspaceState state;
    QVERIFY(update_plan(state).text.empty());
    set(state, "method", std::string("chts"));
    const UpdatePlan plan = update_plan(state);
    QVERIFY2(plan.text.starts_with("74 updates, from epoch 1 to 74; ζ 0.3 to "), plan.text.c_str());
    QCOMPARE(plan.epochs.front(), 1.0);
    QCOMPARE(plan.epochs.back(), 74.0);
    QCOMPARE(plan.length, 100.0);
    QVERIFY(curve(plan, "ζ") && curve(plan, "τ") && !curve(plan, "density"));
    QCOMPARE(curve(plan, "τ")->values.size(), plan.epochs.size());
  }

  void a_resumed_training_has_the_rest_of_them() {
    WorkspaceState state;
    set(state, "method", std::string("chts"));
    QCOMPARE(updates_text(state, 0, 0.0), update_plan(state).text);
    const std::vector<double> zeta = curve(update_plan(state), "ζ")->values;
    const std::string text = updates_text(state, 70, 72.0);  // fewer were due while the run was to be shorter
    QVERIFY2(text.starts_with("70 updates made; 2 updates to come, from epoch 73 to 74; ζ " +
                              dnm::with_significant(zeta[72], 3) + " to " + dnm::with_significant(zeta[73], 3)),
             text.c_str());
    QCOMPARE(updates_text(state, 74, 74.0), std::string("74 updates made; no update to come"));
    set(state, "method", std::string("chtss"));
    const std::vector<double> density = curve(update_plan(state), "density")->values;
    const std::string falling = updates_text(state, 20, 20.0);
    QVERIFY2(falling.find("density " + dnm::with_significant(density[20], 3) + " to ") != std::string::npos,
             falling.c_str());
  }

  void draws_the_density_from_its_start_to_that_of_the_model() {
    WorkspaceState state;
    set_from_text(state.parameters, "sparsity", "0.98");
    set(state, "method", std::string("chtss"));
    const UpdatePlan plan = update_plan(state);
    const PlannedCurve* density = curve(plan, "density");
    QVERIFY2(density, plan.text.c_str());
    QCOMPARE(density->values.size(), plan.epochs.size() + 1);
    QCOMPARE(density->values.front(), 0.5);
    QVERIFY(std::abs(density->values.back() - 0.02) < 1e-12);
    QVERIFY(std::ranges::is_sorted(density->values, std::greater()));
  }

  /// A change that the plan does not depend on asks nothing of the data set's files.
  void a_planner_asks_only_for_what_has_changed() {
    const QTemporaryDir folder;
    const std::filesystem::path data = folder.path().toStdString();
    for (const std::string set : {"train", "t10k"}) {
      for (const std::string kind : {"-images-idx3-ubyte", "-labels-idx1-ubyte"}) {
        std::filesystem::copy(std::filesystem::path("/usr/share/datasets/fashion-mnist") / (set + kind + ".gz"), data);
      }
    }
    WorkspaceState state;
    set(state, "method", std::string("chtss"));
    set(state, "data-dir", data.string());
    UpdatePlanner planner;
    const UpdatePlan first = planner.plan(state);
    QVERIFY2(first.curves.size() == 3, first.text.c_str());
    std::filesystem::remove_all(data);
    set_from_text(state.parameters, "dendrites", "fixed:7");
    state.parameters.seed = 9;
    state.seeds = {1, 2};
    QCOMPARE(planner.plan(state).text, first.text);
    // The density it ends at needs no file either.
    set_from_text(state.parameters, "sparsity", "0.98");
    QVERIFY(planner.plan(state).curves.size() == 3 && planner.plan(state).text != first.text);
    QVERIFY(std::abs(curve(planner.plan(state), "density")->values.back() - 0.02) < 1e-12);
    set(state, "epochs", std::int64_t{50});
    QVERIFY(planner.plan(state).curves.empty());
    // What failed is tried again.
    set(state, "data-dir", std::string());
    QCOMPARE(planner.plan(state).curves.size(), std::size_t{3});
    set(state, "method", std::string("static"));
    QVERIFY(planner.plan(state).text.empty());
  }

  void says_why_there_is_none() {
    WorkspaceState state;
    set(state, "method", std::string("set"));
    set(state, "epochs", std::int64_t{1});
    QCOMPARE(update_plan(state).text, std::string("no update in so few epochs"));
    const QTemporaryDir empty;
    set(state, "data-dir", empty.path().toStdString());
    const UpdatePlan plan = update_plan(state);
    QVERIFY(plan.curves.empty() && plan.text.find(empty.path().toStdString()) != std::string::npos);
  }
};

DNM_TEST(TestUpdatePlan)
#include "test_update_plan.moc"
