// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMetaProperty>
#include <QScrollArea>
#include <QScrollBar>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>
#include <algorithm>
#include <memory>

#include <QtTest/qtestspontaneevent.h>

#include "app/studio/dialogs/export_dialog.h"
#include "app/studio/widgets/elided_label.h"
#include "app/studio/widgets/number_edit.h"
#include "app/studio/widgets/text.h"
#include "app/workspace/provenance.h"
#include "app/workspace/session/history.h"
#include "app/workspace/session/session.h"
#include "app/workspace/words.h"
#include "core/files/network_files.h"
#include "core/models/initialiser.h"
#include "driver.h"
#include "tests/support/test_class.h"

using namespace dnm;
using namespace dnm::studio_test;

namespace {

/// One click of the wheel, as the desktop delivers it: Qt may give the focus first.
void turn_wheel(QWidget& widget, int clicks = 1) {
  const QPointF at = QRectF(widget.rect()).center();
  QWheelEvent event(at, widget.mapToGlobal(at), {}, {0, -120 * clicks}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase,
                    false);
  QSpontaneKeyEvent::setSpontaneous(&event);
  qApp->notify(&widget, &event);
}

/// The property that the person edits: the text of a combo box, the value of a slider.
QVariant shown_by(const QWidget& widget) { return widget.metaObject()->userProperty().read(&widget); }

void leave_field() {
  if (QWidget* focused = QApplication::focusWidget()) focused->clearFocus();
}

}  // namespace

/// Wheel, keyboard and typed text in the real window: what is meant is taken, and nothing else.
namespace {

/// Of a window that has nothing to draw: the preview says so.
ExportOffer export_offer() {
  return {"Export Figure",
          {{"All", "all"}, {"Layers", "layers"}},
          "",
          [](const ExportSettings&) { return FigureRequest{}; },
          {}};
}

}  // namespace

class TestInput : public QObject {
  Q_OBJECT

  std::unique_ptr<Window> window_;

  [[nodiscard]] const WorkspaceState& state() const { return window_->document().state(); }
  [[nodiscard]] std::string session() const { return session_to_json(window_->document().session()); }
  [[nodiscard]] NumberBox* box(const char* name) { return find<NumberBox>(*window_, name); }
  [[nodiscard]] QStringList messages() const { return window_->messages().messages(); }
  static QLineEdit* line_of(const QWidget& widget) { return widget.findChild<QLineEdit*>(); }

  /// Shows all rows that the window has: folds, settings of measures, spreads.
  void open_all_rows() {
    for (const char* fold : {"training-more"})
      if (auto* toggle = find<QToolButton>(*window_, fold); !toggle->isChecked()) toggle->click();
    for (QToolButton* gear : window_->findChildren<QToolButton*>())
      if (gear->objectName().endsWith("-settings-open") && !gear->isChecked()) gear->click();
    for (QComboBox* family : window_->findChildren<QComboBox*>())
      if (family->objectName().endsWith("-family") && family->isVisible()) choose(*family, "Gaussian");
  }

 private Q_SLOTS:
  void init() {
    renew(window_);
    window_->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(window_.get()));
    open_all_rows();
    QVERIFY(wait_until_fresh(*window_));
  }
  void cleanupTestCase() { window_.reset(); }

  void the_wheel_over_what_has_not_the_focus_changes_nothing() {
    int looked_at = 0;
    for (QWidget* widget : window_->findChildren<QWidget*>()) {
      const bool counts = (qobject_cast<QComboBox*>(widget) || qobject_cast<QAbstractSpinBox*>(widget) ||
                           qobject_cast<QAbstractSlider*>(widget) || qobject_cast<QTabBar*>(widget)) &&
                          !qobject_cast<QScrollBar*>(widget);
      if (!counts || !widget->isVisible()) continue;
      ++looked_at;
      for (QWidget* under_pointer : QList<QWidget*>{widget} + widget->findChildren<QWidget*>())
        for (const int clicks : {1, -1}) {
          leave_field();
          const std::string before = session();
          const QVariant value = shown_by(*widget);
          turn_wheel(*under_pointer, clicks);
          QVERIFY2(session() == before && shown_by(*widget) == value, qPrintable(widget->objectName()));
          QVERIFY2(!widget->hasFocus(), qPrintable(widget->objectName()));
        }
    }
    QVERIFY2(looked_at > 60, qPrintable(QString::number(looked_at)));
    QCOMPARE(window_->document().history().step_count(), window_->document().history().place());
  }

  void the_wheel_over_a_row_scrolls_its_panel() {
    QScrollArea* panel = nullptr;
    for (QScrollArea* area : window_->findChildren<QScrollArea*>())
      if (area->accessibleName() == "Model parameters") panel = area;
    QVERIFY(panel);
    QVERIFY(panel->verticalScrollBar()->maximum() > 0);  // with all spreads it is higher than the window
    for (const char* name : {"border-choice", "sparsity-slider", "sparsity-spin", "layer"}) {
      panel->verticalScrollBar()->setValue(0);
      leave_field();
      turn_wheel(*find<QWidget>(*window_, name));
      QVERIFY2(panel->verticalScrollBar()->value() > 0, name);
    }
  }

  void the_wheel_over_what_has_the_focus_turns_it() {
    auto* border = find<QComboBox>(*window_, "border-choice");
    border->setFocus();
    turn_wheel(*border);
    QCOMPARE(state().parameters.shared.border, Border::bounded);
    auto* sparsity = box("sparsity-spin");
    sparsity->setFocus();
    const double before = sparsity->value();
    turn_wheel(*sparsity);
    QVERIFY(sparsity->value() < before);
  }

  /// Of 400 possible links none would be left at a sparsity of 0.9999.
  void a_slider_goes_back_to_the_value_that_stays() {
    type(*find<QLineEdit>(*window_, "layers-text"), "20,20");
    auto* slider = find<QSlider>(*window_, "sparsity-slider");
    drag_slider(*slider, 1.0, 8);
    const int position = slider->value();
    const double shown = box("sparsity-spin")->value();
    QVERIFY2(shown < 0.9999 && !window_->messages().messages().isEmpty(), "the right end was not refused");
    QCOMPARE(shown, state().parameters.shared.sparsity);
    box("sparsity-spin")->setValue(shown - 0.1);
    box("sparsity-spin")->setValue(shown);
    QCOMPARE(position, slider->value());
  }

  /// Over every number of the window: what is no number, or out of range, leaves it as it was and is said.
  void a_number_that_cannot_be_read_is_put_back() {
    int looked_at = 0;
    for (NumberBox* number : window_->findChildren<NumberBox*>()) {
      if (!number->isVisible() || !number->isEnabled()) continue;
      ++looked_at;
      const double value = number->value();
      const QString text = number->text();
      const QString beyond = QString::number(number->maximum() + 1.0, 'f', 6);
      for (const QString& typed : {QString(), QString("hello"), QString("1.5.2"), QString("--1"), beyond}) {
        for (const bool by_return : {true, false}) {
          window_->messages().clear();
          const std::string before = session();
          number->setFocus();
          QTest::keyClick(number, Qt::Key_A, Qt::ControlModifier);
          QTest::keyClick(number, Qt::Key_Delete);
          QTest::keyClicks(number, typed);
          QTest::keyClick(number, by_return ? Qt::Key_Return : Qt::Key_Tab);
          const QByteArray where = (number->objectName() + ": " + typed).toUtf8();
          QVERIFY2(number->value() == value && number->text() == text, where);
          QVERIFY2(session() == before, where);
          QVERIFY2(messages().size() == 1, where);
          QVERIFY2(messages().front().startsWith(number->accessibleName()), qPrintable(messages().front()));
          QVERIFY2(messages().front().endsWith("It stays " + text + "."), qPrintable(messages().front()));
          const bool says_the_range = messages().front().contains("out of range; give a");
          QVERIFY2(number->decimals() == 0 || (typed == beyond) == says_the_range, qPrintable(messages().front()));
        }
      }
    }
    QVERIFY2(looked_at > 20, qPrintable(QString::number(looked_at)));
  }

  /// Over every number of the window that has decimals, typed as in Germany or France.
  void a_decimal_comma_is_a_decimal_comma() {
    const QLocale before;
    for (const QLocale& locale : {QLocale::c(), QLocale(QLocale::German), QLocale(QLocale::English)}) {
      QLocale::setDefault(locale);
      int looked_at = 0;
      for (NumberBox* number : window_->findChildren<NumberBox*>()) {
        if (!number->isVisible() || !number->isEnabled() || number->decimals() == 0) continue;
        ++looked_at;
        // A value within the range, of three figures: decimals whatever the range.
        const double middle = std::min(number->minimum() + 0.37 * (number->maximum() - number->minimum()), 2.125);
        QString typed = QString::number(middle, 'f', 3);
        const double expected = typed.toDouble();
        window_->messages().clear();
        type(*line_of(*number), typed.replace('.', ','));
        QVERIFY2(number->value() == expected, qPrintable(number->objectName() + ": " + typed));
        QVERIFY2(messages().isEmpty(), qPrintable(number->objectName()));
        QVERIFY(!number->text().contains(','));
      }
      QVERIFY2(looked_at > 10, qPrintable(QString::number(looked_at)));
    }
    QLocale::setDefault(before);
    type(*line_of(*box("lr-spin")), "0,05");
    QCOMPARE(state().training.learning_rate, 0.05);
    type(*line_of(*box("sparsity-spin")), "0,95");
    QCOMPARE(state().parameters.shared.sparsity, 0.95);
    type(*line_of(*box("dendrites-mean-spin")), "2,5");
    QCOMPARE(state().parameters.shared.dendrites.mean, 2.5);
    type(*line_of(*box("sparsity-spin")), "90%");
    QCOMPARE(state().parameters.shared.sparsity, 0.9);
    type(*line_of(*box("lr-spin")), "0.0000015");
    QCOMPARE(state().training.learning_rate, 0.0000015);
    window_->messages().clear();
    type(*line_of(*box("dendrites-mean-spin")), "90%");
    QCOMPARE(state().parameters.shared.dendrites.mean, 2.5);
    QCOMPARE(messages().size(), 1);
  }

  /// Over the rows of text: layers, hidden layers, seeds, allocation.
  void a_text_that_cannot_be_read_is_put_back() {
    const std::pair<const char*, QStringList> rows[] = {{"layers-text", {"784,x", "98;196", "98", "98,0", "1,2e9"}},
                                                        {"hidden-text", {"64,x", "1.5", "0"}},
                                                        {"seeds-text", {"0;1", "-1", "0,0", "1.5"}},
                                                        {"allocation-words", {"0,9", "0.9;0.95", "erdos", "0.9,1.5"}}};
    for (const auto& [name, texts] : rows) {
      auto* widget = find<QWidget>(*window_, name);
      auto* line = qobject_cast<QLineEdit*>(widget);
      if (!line) line = line_of(*widget);
      const QString shown = line->text();
      for (const QString& text : texts) {
        window_->messages().clear();
        const std::string before = session();
        type(*line, text);
        const QByteArray where = (QString(name) + ": " + text).toUtf8();
        QVERIFY2(session() == before, where);
        QVERIFY2(line->text() == shown, where);
        QVERIFY2(messages().size() == 1, where);
      }
    }
    QVERIFY(find<QWidget>(*window_, "layers")->toolTip().contains("separated by commas"));
    type(*find<QLineEdit>(*window_, "layers-text"), "98, 50,20");
    QCOMPARE(state().parameters.layer_sizes, (std::vector<NodeIndex>{98, 50, 20}));
  }

  void a_dialog_says_where_animations_are_written() {
    ExportDialog dialog({"figure.svg", {"89mm"}, "all"}, export_offer(), window_.get());
    find<QLineEdit>(dialog, "export-path")->setText("run.gif");
    QVERIFY(!find<QPushButton>(dialog, "export-accept")->isEnabled());
    QVERIFY(find<QLabel>(dialog, "export-hint")->text().contains("--update all"));
    find<QLineEdit>(dialog, "export-path")->setText("run.PDF");
    QVERIFY(find<QPushButton>(dialog, "export-accept")->isEnabled());
  }

  void a_dialog_does_not_take_a_number_that_cannot_be_read() {
    const ExportSettings proposed{"figure.svg", {"89mm"}, "all"};
    ExportDialog dialog(proposed, export_offer(), window_.get());
    dialog.show();
    dialog.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&dialog));
    auto* width = find<NumberBox>(dialog, "export-width");
    auto* accept = find<QPushButton>(dialog, "export-accept");
    width->setFocus();
    for (const char* typed : {"", "wide", "5 mm", "18.3 cm"}) {
      QTest::keyClick(width, Qt::Key_A, Qt::ControlModifier);
      QTest::keyClick(width, Qt::Key_Delete);
      QTest::keyClicks(width, typed);
      QVERIFY2(!accept->isEnabled(), typed);
      QVERIFY(find<QLabel>(dialog, "export-hint")->text().startsWith("Width in millimetres"));
      QTest::keyClick(width, Qt::Key_Return);
      QVERIFY2(dialog.isVisible(), typed);  // not exported with another width
      QCOMPARE(width->value(), 89.0);
      QVERIFY(accept->isEnabled());
    }
    QTest::keyClick(width, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(width, "139,7 mm");
    QVERIFY(accept->isEnabled());
    QTest::keyClick(width, Qt::Key_Return);
    QCOMPARE(dialog.settings().page.width, std::string("139.7mm"));
  }

  void layers_that_differ_are_named_on_the_row() {
    choose(*find<QComboBox>(*window_, "degree-family"), "Fixed");
    const std::string start = session();
    choose(*find<QComboBox>(*window_, "layer"), "Layer 1 alone (98 → 196)");
    choose(*find<QComboBox>(*window_, "degree-family"), "Uniform");
    choose(*find<QComboBox>(*window_, "border-choice"), "Bounded");
    QVERIFY(!window_->findChild<ElidedLabel*>("degree-exception-1"));
    choose(*find<QComboBox>(*window_, "layer"), "Layer 2 alone (196 → 196)");
    type(*line_of(*box("sparsity-spin")), "0.8");
    choose(*find<QComboBox>(*window_, "layer"), "All layers");

    QCOMPARE(find<ElidedLabel>(*window_, "degree-exception-1")->text(), "layer 1: Uniform");
    QCOMPARE(find<ElidedLabel>(*window_, "border-exception-1")->text(), "layer 1: Bounded");
    QCOMPARE(find<ElidedLabel>(*window_, "sparsity-exception-2")->text(), "layer 2: 0.8");
    for (const char* name : {"degree-exception-1", "sparsity-exception-2"})
      QVERIFY(find<ElidedLabel>(*window_, name)->isVisible());
    // A change for all layers leaves them alone, and they stay named.
    choose(*find<QComboBox>(*window_, "degree-family"), "Gaussian");
    QCOMPARE(state().parameters.of_layer(0).degree.family, Family::uniform);
    QVERIFY(find<ElidedLabel>(*window_, "degree-exception-1")->isVisible());
    window_->document().undo();

    const std::size_t place = window_->document().history().place();
    for (const char* name : {"degree-exception-1", "border-exception-1", "sparsity-exception-2"}) {
      QTest::mouseClick(find<QToolButton>(*window_, (std::string(name) + "-remove").c_str()), Qt::LeftButton);
      QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
      QVERIFY2(!window_->findChild<ElidedLabel*>(name), name);
    }
    QVERIFY(state().parameters.overrides.empty());
    QCOMPARE(session(), start);
    QCOMPARE(window_->document().history().place(), place + 3);
    window_->document().undo();
    QCOMPARE(find<ElidedLabel>(*window_, "sparsity-exception-2")->text(), "layer 2: 0.8");
  }

  void a_network_brings_the_parameters_it_was_drawn_from() {
    const QTemporaryDir folder;
    WorkspaceState other;
    other.parameters.layer_sizes = {30, 20, 10};
    other.parameters.shared.sparsity = 0.7;
    other.parameters.seed = 11;
    set_from_text(other.parameters, "degree", "2=uniform:1.5");
    const NetworkPointer network = generate(other.parameters).network;
    const auto open = [&](const char* name, const std::string& provenance, const NetworkPointer& shown) {
      const QString path = folder.filePath(name);
      write_network(path.toStdString(), {shown, provenance});
      window_->files().open(path);
      return QTest::qWaitFor([&] { return network_file(state()) == path.toStdString(); }, 20000);
    };
    const ModelParameters before = state().parameters;
    QVERIFY(open("drawn.npz", provenance_of(other, folder.filePath("drawn.npz").toStdString()), network));
    QVERIFY(state().parameters == other.parameters);
    QVERIFY(find<QLabel>(*window_, "network-source")->text().contains("drawn from the parameters below"));
    QCOMPARE(find<QLineEdit>(*window_, "layers-text")->text(), "30,20,10");
    window_->document().undo();
    QVERIFY(state().parameters == before && network_file(state()).empty());

    // A network of other layers, and provenance of other programs, do not pass for these parameters.
    other.parameters.layer_sizes = {30, 20, 11};
    const NetworkPointer larger = generate(other.parameters).network;
    other.parameters.layer_sizes = {30, 20, 10};
    QVERIFY(open("changed.npz", provenance_of(other, folder.filePath("changed.npz").toStdString()), larger));
    QVERIFY(state().parameters == before);
    QVERIFY(find<QLabel>(*window_, "network-source")->text().contains("not its own"));
    for (const char* foreign : {"", "{}", "[1]", "not json", R"({"parameters": 3})", R"({"parameters": {"warp": "9"}})",
                                R"({"parameters": {"sparsity": 0.5}})", R"({"parameters": {"sparsity": "2"}})"}) {
      QVERIFY2(open("foreign.npz", foreign, network), foreign);
      QVERIFY2(state().parameters == before, foreign);
      window_->document().undo();
    }
  }

  void space_trains_from_the_training_panel_alone() {
    const auto press = [&](const char* name) {
      auto* widget = find<QWidget>(*window_, name);
      widget->setFocus();
      QTest::keyClick(widget, Qt::Key_Space);
    };
    const auto asked = [&] {
      return window_->training().is_waiting_for_network() || !window_->runs().experiments().empty() ||
             std::ranges::any_of(window_->findChildren<QMessageBox*>(), &QMessageBox::isVisible);
    };
    for (const char* picture : {"view-matrix", "view-layers", "view-disk", "sparsity-slider"}) {
      press(picture);
      QTest::qWait(50);
      QVERIFY2(!asked(), picture);
    }
    press("chart-canvas");
    QTRY_VERIFY(asked());
    QVERIFY(answer(*window_, "resize-question", "Cancel"));
  }

  /// Qt's fields take Ctrl+E, Ctrl+D and Ctrl+Z for themselves.
  void keys_of_the_window_work_in_its_fields() {
    for (const char* name : {"sparsity-spin", "layers-text", "allocation-words"}) {
      auto* field = find<QWidget>(*window_, name);
      QLineEdit* line = qobject_cast<QLineEdit*>(field) ? qobject_cast<QLineEdit*>(field) : line_of(*field);
      const std::string before = session();
      const QString text = line->text();
      field->setFocus();
      QTest::keyClick(field, Qt::Key_A, Qt::ControlModifier);
      QVERIFY2(line->selectedText() == text, name);
      // Typed and not taken yet: undo is the field's.
      QTest::keyClicks(field, "0");
      QVERIFY2(line->text() != text, name);
      QTest::keyClick(field, Qt::Key_Z, Qt::ControlModifier);
      QVERIFY2(line->text() == text && session() == before, name);
      // Taken: undo is the session's.
      QTest::keyClick(field, Qt::Key_A, Qt::ControlModifier);
      QTest::keyClicks(field, name == std::string("sparsity-spin") ? "0.75"
                              : name == std::string("layers-text") ? "50,60,70"
                                                                   : "0.9,0.8");
      QTest::keyClick(field, Qt::Key_Return);
      QVERIFY2(session() != before, name);
      QTest::keyClick(field, Qt::Key_Z, Qt::ControlModifier);
      QVERIFY2(session() == before && line->text() == text, name);

      const std::uint64_t seed = state().parameters.seed;
      QTest::keyClick(field, Qt::Key_D, Qt::ControlModifier);
      QVERIFY2(state().parameters.seed != seed, name);
      window_->document().undo();
      QTest::keyClick(field, Qt::Key_E, Qt::ControlModifier);
      QTRY_VERIFY2(window_->findChild<ExportDialog*>(), name);
      window_->findChild<ExportDialog*>()->reject();
      QTRY_VERIFY(!window_->findChild<ExportDialog*>());
      leave_field();
    }
  }

  void the_session_can_be_saved_elsewhere_by_a_key() {
    QCOMPARE(window_->findChild<QAction*>("file-save-as")->shortcut(), QKeySequence("Ctrl+Shift+S"));
  }

  void a_number_half_typed_in_a_row_that_goes_is_no_edit_data() {
    QTest::addColumn<QString>("typed_in");
    QTest::addColumn<int>("place");  // of the state that is gone back to
    QTest::newRow("a row that does not apply there") << "receptive-field-mean-spin" << 2;
    QTest::newRow("a spread that the family there has not") << "dendrites-spread-spin" << 3;
  }
  /// Hidden, the box loses the focus, and would take what was typed for an edit of the state that is being shown.
  void a_number_half_typed_in_a_row_that_goes_is_no_edit() {
    QFETCH(QString, typed_in);
    QFETCH(int, place);
    const History& history = window_->document().history();
    auto& dendrites = *find<QComboBox>(*window_, "dendrites-family");
    choose(dendrites, "Fixed");
    const std::size_t before = history.step_count();
    auto& initialiser = *find<QComboBox>(*window_, "model-choice");
    choose(initialiser, "Random");
    box("sparsity-spin")->setValue(0.8);
    choose(initialiser, "Dendritic Network Model");
    choose(dendrites, "Gaussian");
    QCOMPARE(history.step_count(), before + 4);
    NumberBox* typed = box(qPrintable(typed_in));
    typed->setFocus();
    QTest::keyClick(typed, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(typed, "0.75");
    const std::size_t goal = before + static_cast<std::size_t>(place);
    const WorkspaceState there = history.state_at(goal), last = history.present();
    window_->document().go_to(goal);
    QVERIFY(!typed->isVisible());
    QVERIFY(window_->document().state() == there);
    window_->document().go_to(before + 4);
    leave_field();
    QCOMPARE(history.step_count(), before + 4);
    QVERIFY(history.present() == last);
  }

  /// A box takes what is half typed when it is hidden; sanitizers see whether all that it needs is still there.
  void a_window_with_a_number_half_typed_can_go() {
    for (const char* name : {"runs-jobs", "sparsity-spin", "chance-copies", "epochs-spin"}) {
      NumberBox* typed = box(name);
      typed->setFocus();
      QTest::keyClick(typed, Qt::Key_A, Qt::ControlModifier);
      QTest::keyClicks(typed, "3");
      window_.reset();
      renew(window_);
      QVERIFY(wait_until_fresh(*window_));
    }
  }

  void the_time_taken_is_readable_whatever_it_is() {
    const auto* label = find<QLabel>(*window_, "status-elapsed");
    for (const double seconds : {0.0097, 0.999, 9.99, 99.9, 104.0, 3599.0, 86399.0, 86400.0 * 30})
      QVERIFY(label->fontMetrics().horizontalAdvance(to_qt(duration_text(seconds))) <= label->width());
  }
};

DNM_TEST(TestInput, TimedApplication)
#include "test_input.moc"
