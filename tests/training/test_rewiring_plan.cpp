// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <cmath>
#include <numbers>

#include "core/parameters/look_up.h"
#include "tests/support/test_class.h"
#include "training/rewiring/rewiring_plan.h"
#include "training/rewiring/rewiring_rule.h"
#include "training/rewiring/rewiring_table.h"
#include "training/runs/training_parameters.h"

using namespace dnm;

/// The updates that a run will make, against asking the rule at every step.
class TestRewiringPlan : public QObject {
  Q_OBJECT

  static TrainingSettings settings(const std::string& method, int epochs) {
    TrainingSettings made;
    const auto& table = training_parameter_table();
    table.at("method").set(made, method);
    made.epochs = epochs;
    if (table.belongs(table.at("final-sparsity"), made)) table.at("final-sparsity").set(made, 0.99);
    return made;
  }

 private Q_SLOTS:
  void lists_exactly_the_steps_that_are_due_data() {
    QTest::addColumn<QString>("method");
    for (const RewiringMethod& method : rewiring_table())
      QTest::newRow(method.choice.id.data()) << QString::fromUtf8(method.choice.id.data());
  }
  void lists_exactly_the_steps_that_are_due() {
    QFETCH(QString, method);
    struct Length {
      int epochs;
      std::uint64_t steps;
      const char* unit;
      std::int64_t interval;
    };
    for (const Length& length : {Length{100, 7, "epochs", 1}, Length{100, 1, "epochs", 3}, Length{1, 40, "epochs", 1},
                                 Length{9, 13, "steps", 5}, Length{3, 100, "steps", 1000}}) {
      TrainingSettings asked = settings(method.toStdString(), length.epochs);
      const auto& table = training_parameter_table();
      if (table.belongs(table.at("rewire-every"), asked)) {
        table.at("rewire-unit").set(asked, std::string(length.unit));
        table.at("rewire-every").set(asked, length.interval);
      }
      const auto rule = look_up(rewiring_table(), asked.method, "rule").make(asked.parts);
      std::vector<std::uint64_t> due;
      StepPosition at{0, length.steps, length.epochs};
      for (; rule && at.step < at.steps(); ++at.step)
        if (rule->is_due(at)) due.push_back(at.batches_seen());
      std::vector<std::uint64_t> planned;
      for (const PlannedUpdate& update : planned_updates(asked, length.steps)) planned.push_back(update.batches_seen);
      QCOMPARE(planned, due);
    }
  }

  /// As published: 74 updates at the ends of epochs 1 to 74 for an end of .75, 99 for SET.
  void counts_and_values_are_those_of_the_methods() {
    const auto updates = planned_updates(settings("chts", 100), 1875);
    QCOMPARE(updates.size(), std::size_t{74});
    for (std::size_t i = 0; i < updates.size(); ++i) {
      const double part = static_cast<double>(i + 1) / 75.0;
      QCOMPARE(updates[i].batches_seen, std::uint64_t{1875} * (i + 1));
      QVERIFY(std::abs(*updates[i].zeta - 0.15 * (1.0 + std::cos(std::numbers::pi * part))) < 1e-12);
      QVERIFY(std::abs(*updates[i].tau - (1.0 + 2.0 * part)) < 1e-12);
      QVERIFY(!updates[i].decay);
    }
    QCOMPARE(planned_updates(settings("set", 100), 1875).size(), std::size_t{99});
    const auto pruned = planned_updates(settings("gmp", 100), 1875);
    QCOMPARE(pruned.size(), std::size_t{75});
    QVERIFY(!pruned.front().zeta && !pruned.front().tau);
    QVERIFY(std::abs(*pruned.front().decay - (1.0 - std::pow(74.0 / 75.0, 3))) < 1e-12);
    QCOMPARE(*pruned.back().decay, 1.0);
  }
};

DNM_TEST(TestRewiringPlan)
#include "test_rewiring_plan.moc"
