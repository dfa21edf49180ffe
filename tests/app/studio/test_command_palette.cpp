// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractSpinBox>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDockWidget>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QSet>
#include <QTest>
#include <QToolButton>
#include <QTreeWidget>
#include <QWidgetAction>
#include <algorithm>
#include <memory>

#include "app/studio/dialogs/command_palette.h"
#include "app/studio/dialogs/export_dialog.h"
#include "core/files/presets.h"
#include "driver.h"
#include "tests/support/test_class.h"

using namespace dnm;
using namespace dnm::studio_test;

/// Every action, parameter and preset, found and run by the keyboard alone.
class TestCommandPalette : public QObject {
  Q_OBJECT

  std::unique_ptr<Window> window_;

  [[nodiscard]] CommandPalette* palette() const { return window_->findChild<CommandPalette*>(); }
  [[nodiscard]] QTreeWidget& list() const { return *find<QTreeWidget>(*palette(), "command-list"); }
  [[nodiscard]] const WorkspaceState& state() const { return window_->document().state(); }

  /// Opens it by its key and types.
  void search(const QString& typed) {
    QTest::keyClick(window_.get(), Qt::Key_K, Qt::ControlModifier);
    QTRY_VERIFY(palette() && palette()->isVisible());
    QTRY_VERIFY(find<QLineEdit>(*palette(), "command-typed")->hasFocus());
    QTest::keyClicks(QApplication::focusWidget(), typed);
  }
  void run(const QString& typed) {
    search(typed);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QTRY_VERIFY(!palette());
    QCoreApplication::processEvents();
  }
  /// The cells of the row that Return would run.
  [[nodiscard]] QStringList chosen() const {
    const QTreeWidgetItem* item = list().currentItem();
    return item ? QStringList{item->text(0), item->text(1), item->text(2)} : QStringList();
  }
  static void collect(const QMenu& menu, QSet<QString>& texts) {
    for (const QAction* action : menu.actions()) {
      if (action->menu()) {
        collect(*action->menu(), texts);
      } else if (!action->isSeparator() && action->isVisible() && !qobject_cast<const QWidgetAction*>(action)) {
        texts += action->text().remove('&');
      }
    }
  }

 private Q_SLOTS:
  void init() {
    renew(window_);
    window_->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(window_.get()));
    QVERIFY(wait_until_fresh(*window_));
  }
  void cleanup() {
    if (palette()) palette()->reject();
    QTRY_VERIFY(!palette());
  }
  void cleanupTestCase() { window_.reset(); }

  void it_has_all_that_the_menus_and_panels_have() {
    QSet<QString> listed, wanted;
    for (const Command& command : commands_of(*window_)) listed += command.text;
    for (const QAction* menu : window_->menuBar()->actions()) collect(*menu->menu(), wanted);
    for (const ParameterRow* row : window_->findChildren<ParameterRow*>())
      if (!row->isHidden()) wanted += QString::fromUtf8(row->info().label.data(), qsizetype(row->info().label.size()));
    for (const Preset& preset : presets()) QVERIFY(listed.contains(QString::fromStdString(std::string(preset.title))));
    QVERIFY2((wanted - listed).isEmpty(), qPrintable(QStringList((wanted - listed).values()).join(", ")));
    QVERIFY(listed.contains("Sparsity") && listed.contains("Export Figure …") && listed.size() > 80);
    QVERIFY(!listed.contains("Randomness"));  // of another initialiser
  }

  void parts_of_words_find_it_with_key_and_menu() {
    search("exp fig");
    QCOMPARE(chosen(), (QStringList{"Export Figure …", "File", "Ctrl+E"}));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QTRY_VERIFY(window_->findChild<ExportDialog*>());
    window_->findChild<ExportDialog*>()->reject();
    QTRY_VERIFY(!window_->findChild<ExportDialog*>());
  }

  void any_part_and_any_order_will_do() {
    search("seed new");
    QCOMPARE(chosen().front(), "New Seed");
    find<QLineEdit>(*palette(), "command-typed")->clear();
    QTest::keyClicks(QApplication::focusWidget(), "ARSIT model");
    QCOMPARE(chosen().front(), "Sparsity");
    QCOMPARE(chosen().at(1), "Model panel");
    QCOMPARE(chosen().at(2), "0.9");
    find<QLineEdit>(*palette(), "command-typed")->clear();
    QTest::keyClicks(QApplication::focusWidget(), "no such thing");
    QCOMPARE(list().topLevelItemCount(), 0);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QVERIFY(palette()->isVisible());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QTRY_VERIFY(!palette());
  }

  void the_name_itself_comes_first() {
    search("sparsity");
    QCOMPARE(chosen(), (QStringList{"Sparsity", "Model panel", "0.9"}));
    QVERIFY(list().topLevelItemCount() > 1);  // others have the word in their names
    find<QLineEdit>(*palette(), "command-typed")->clear();
    QTest::keyClicks(QApplication::focusWidget(), "pin");
    QCOMPARE(chosen().front().left(3), "Pin");
  }

  void a_preset_is_applied() {
    const Preset& wanted = presets().back();
    run(QString::fromStdString(std::string(wanted.title)));
    QTRY_VERIFY(state().parameters == wanted.parameters);
    window_->document().undo();
  }

  void it_goes_to_a_parameter() {
    run("sparsity model");
    QTRY_VERIFY(find<QWidget>(*window_, "sparsity")->isAncestorOf(window_->focusWidget()));
  }

  void a_number_of_the_view_menu_is_edited_in_it() {
    run("opacity view");
    QTRY_VERIFY(QApplication::activePopupWidget());
    auto* row = QApplication::activePopupWidget()->findChild<ParameterRow*>("picture-link-opacity");
    QVERIFY(row && row->isVisible());
    QTRY_VERIFY(row->isAncestorOf(QApplication::focusWidget()));
    row->findChild<QDoubleSpinBox*>()->setValue(2.0);
    QCOMPARE(state().view.pictures.link_opacity, 2.0);
    QApplication::activePopupWidget()->close();
    window_->document().undo();
  }

  void it_opens_wherever_the_focus_was_hidden() {
    for (const char* name : {"model", "measures", "training"}) {
      auto* panel = find<QDockWidget>(*window_, name);
      const auto widgets = panel->findChildren<QAbstractSpinBox*>();
      const auto editor = std::ranges::find_if(widgets, [](QWidget* one) { return one->isVisible(); });
      QVERIFY2(editor != widgets.end(), name);
      (*editor)->setFocus();
      QTRY_VERIFY((*editor)->hasFocus());
      panel->hide();
      // By the key alone, again and again: the window has the focus back whenever the palette closes.
      for (int time = 0; time < 2; ++time) {
        search("exp fig");
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QTRY_VERIFY(!palette());
        QTRY_VERIFY(QApplication::activeWindow() == window_.get());
      }
      panel->show();
    }
  }

  void it_goes_to_a_parameter_under_a_fold_in_a_hidden_panel() {
    auto* panel = find<QDockWidget>(*window_, "training");
    auto* fold = find<QToolButton>(*window_, "training-more");
    if (fold->isChecked()) fold->click();
    panel->hide();
    run("data folder training");
    QTRY_VERIFY(panel->isVisible() && fold->isChecked());
    QTRY_VERIFY(QApplication::focusWidget());
    QVERIFY(panel->findChild<ParameterRow*>("data-dir")->isAncestorOf(QApplication::focusWidget()));
    fold->click();
  }

  void what_cannot_be_done_now_is_chosen_and_not_run() {
    const std::vector<Command> commands = commands_of(*window_);
    const auto disabled = std::ranges::find_if(
        commands, [](const Command& one) { return !one.enabled && one.text == "Stop" && one.place == "Training"; });
    QVERIFY(disabled != commands.end());
    search("stop training");
    QCOMPARE(chosen(), (QStringList{"Stop", "Training", "not now"}));
    QVERIFY(list().currentItem()->isSelected());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QVERIFY(palette()->isVisible());
    // Up and down go over such rows.
    find<QLineEdit>(*palette(), "command-typed")->clear();
    for (int row = 1; row < list().topLevelItemCount(); ++row) {
      QTest::keyClick(QApplication::focusWidget(), Qt::Key_Down);
      QCOMPARE(list().indexOfTopLevelItem(list().currentItem()), row);
    }
  }

  void arrows_go_through_the_list() {
    search("");
    const QString first = chosen().front();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Down);
    const QString second = chosen().front();
    QVERIFY(second != first);
    QCOMPARE(list().indexOfTopLevelItem(list().currentItem()), 1);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Up);
    QCOMPARE(chosen().front(), first);
  }
};

DNM_TEST(TestCommandPalette, TimedApplication)
#include "test_command_palette.moc"
