// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <stdexcept>

#include "app/workspace/session/step_words.h"
#include "core/files/presets.h"
#include "tests/support/test_class.h"

using namespace dnm;

/// Steps of undo in words, and the way from one to any other.
class TestStepWords : public QObject {
  Q_OBJECT

  History history_;

  /// The words of the step that `change` makes.
  template <class Change>
  QString step(const char* label, Change change) {
    WorkspaceState next = history_.present();
    change(next);
    history_.edit(label, std::move(next));
    return QString::fromStdString(step_text(history_, history_.place()));
  }

 private Q_SLOTS:
  void init() { history_ = History(); }

  void a_value_is_said_before_and_after() {
    QCOMPARE(step("change of sparsity", [](WorkspaceState& s) { s.parameters.shared.sparsity = 0.95; }),
             "Sparsity 0.9 → 0.95");
    QCOMPARE(step("change of degree",
                  [](WorkspaceState& s) {
                    s.parameters.shared.degree = {Family::uniform, 0, 2.0};
                  }),
             "Degree Fixed → Uniform, half width 2");
    QCOMPARE(step("change of border", [](WorkspaceState& s) { s.parameters.shared.border = Border::bounded; }),
             "Border Wrap around → Bounded");
    QCOMPARE(step("x", [](WorkspaceState& s) { s.parameters.layer_sizes = {98, 50}; }), "Layers 98,196,196 → 98,50");
    QCOMPARE(step("x", [](WorkspaceState& s) { s.training.epochs += 3; }).section(' ', 0, 0), "Epochs");
    QCOMPARE(
        step("x", [](WorkspaceState& s) { s.view.pictures.orientation = Orientation::columns; }).section(' ', 0, 0),
        "Orientation");
  }

  void a_layer_is_named() {
    QCOMPARE(step("x", [](WorkspaceState& s) { set_from_text(s.parameters, "sparsity", "2=0.8"); }),
             "Sparsity of layer 2: 0.9 → 0.8");
    QCOMPARE(step("x", [](WorkspaceState& s) { set_from_text(s.parameters, "sparsity", "2="); }),
             "Sparsity of layer 2: 0.8 → 0.9");
  }

  void several_at_once_have_the_label_of_the_step() {
    QCOMPARE(step("preset something", [](WorkspaceState& s) { s.parameters = presets().back().parameters; }),
             "Preset something");
    QCOMPARE(step("draw from the model", [](WorkspaceState& s) { s.shown = ShownFile{.file = "a.npz"}; }),
             "Draw from the model");
    const std::string long_list(200, '1');
    QVERIFY(step("x", [&](WorkspaceState& s) { s.parameters.data_folder = long_list; }).size() < 40);
  }

  void any_step_is_reached() {
    for (const double sparsity : {0.5, 0.6, 0.7})
      step("change of sparsity", [&](WorkspaceState& s) { s.parameters.shared.sparsity = sparsity; });
    history_.set_saved();
    QVERIFY(history_.go_to(1) && !history_.go_to(1) && !history_.go_to(4));
    QCOMPARE(history_.present().parameters.shared.sparsity, 0.5);
    QVERIFY(history_.can_redo() && history_.can_undo() && !history_.is_saved());
    QVERIFY(history_.go_to(0));
    QVERIFY(history_.present() == WorkspaceState{} && !history_.can_undo());
    QVERIFY(history_.go_to(3) && history_.is_saved() && !history_.can_redo());
    QCOMPARE(step_text(history_, 2), std::string("Sparsity 0.5 → 0.6"));
    QVERIFY(history_.label_at(0).empty());
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(step_text(history_, 4)), std::out_of_range);
  }
};

DNM_TEST(TestStepWords)
#include "test_step_words.moc"
