// SPDX-License-Identifier: GPL-3.0-or-later
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QMenu>
#include <QTest>
#include <algorithm>
#include <memory>

#include "driver.h"
#include "tests/support/test_class.h"

using namespace dnm;
using namespace dnm::studio_test;

/// Edit > Undo History: each step with its values, and a way to any of them.
class TestUndoHistory : public QObject {
  Q_OBJECT

  std::unique_ptr<Window> window_;

  [[nodiscard]] QMenu& menu() { return *find<QMenu>(*window_, "edit-history"); }
  /// Opens the menu as a person would and returns what is in it.
  QStringList listed() {
    menu().popup(window_->mapToGlobal(QPoint(20, 20)));
    QStringList texts;
    for (const QAction* action : menu().actions()) texts += (action->isChecked() ? "✓ " : "") + action->text();
    return texts;
  }

 private Q_SLOTS:
  void init() { renew(window_); }
  void cleanup() { menu().hide(); }
  void cleanupTestCase() { window_.reset(); }

  void it_names_values_and_goes_to_any_step() {
    QCOMPARE(listed(), QStringList{"✓ Start"});
    menu().hide();
    find<QDoubleSpinBox>(*window_, "sparsity-spin")->setValue(0.95);
    choose(*find<QComboBox>(*window_, "degree-family"), "Uniform");
    choose(*find<QComboBox>(*window_, "border-choice"), "Bounded");
    QCOMPARE(listed(),
             (QStringList{"✓ Border Wrap around → Bounded", "Degree Fixed → Uniform", "Sparsity 0.9 → 0.95", "Start"}));
    // By the keyboard: down to the sparsity.
    for (int i = 0; i < 3; ++i) QTest::keyClick(&menu(), Qt::Key_Down);
    QTest::keyClick(&menu(), Qt::Key_Return);
    QTRY_COMPARE(window_->document().state().parameters.shared.degree.family, Family::fixed);
    QCOMPARE(window_->document().state().parameters.shared.sparsity, 0.95);
    QCOMPARE(find<QDoubleSpinBox>(*window_, "sparsity-spin")->value(), 0.95);
    QVERIFY(window_->document().history().can_redo());
    QCOMPARE(listed().at(2), "✓ Sparsity 0.9 → 0.95");
    // By a click: forward again.
    QTest::mouseClick(&menu(), Qt::LeftButton, {}, menu().actionGeometry(menu().actions().front()).center());
    QTRY_COMPARE(window_->document().state().parameters.shared.border, Border::bounded);
    QVERIFY(wait_until_fresh(*window_));
  }

  void a_long_history_fits_the_screen() {
    auto* box = find<QDoubleSpinBox>(*window_, "seed-spin");
    for (int seed = 1; seed <= 120; ++seed) {
      WorkspaceState next = window_->document().state();
      next.parameters.seed = static_cast<std::uint64_t>(seed);
      window_->document().edit("new seed", next);
    }
    QCOMPARE(box->value(), 120.0);
    const QStringList texts = listed();
    QVERIFY(texts.size() > 10 && texts.size() < 60);
    QCOMPARE(texts.front(), "✓ Seed 119 → 120");
  }
};

DNM_TEST(TestUndoHistory, TimedApplication)
#include "test_undo_history.moc"
