// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/dialogs/command_palette.h"

#include <QAction>
#include <QCoreApplication>
#include <QDockWidget>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QMenuBar>
#include <QPointer>
#include <QVBoxLayout>
#include <QWidgetAction>
#include <algorithm>
#include <utility>

#include "app/studio/parameters/parameter_row.h"
#include "app/studio/widgets/reveal.h"
#include "app/studio/widgets/text.h"
#include "app/workspace/words.h"

namespace dnm {

namespace {

constexpr QSize usual_size(640, 420);
constexpr int place_of_command = Qt::UserRole;

QString without_mnemonic(QString text) { return text.remove('&'); }

/// A number in a menu of its own: the menu opens, and the number is edited in it.
void add_menu_row(std::vector<Command>& commands, QMenu& menu, ParameterRow& row, const QString& place,
                  const QMainWindow& window) {
  commands.push_back({translated(row.info().label), place.section(" > ", 0, -2),
                      translated(value_text(row.info(), row.value())), true,
                      [menu = QPointer(&menu), row = QPointer(&row), &window] {
                        if (!menu || !row) return;
                        menu->popup(window.mapToGlobal(window.rect().center()));
                        row->focus_editor();
                      }});
}

void add_actions(std::vector<Command>& commands, QMenu& menu, const QString& place, const QMainWindow& window) {
  for (QAction* action : menu.actions()) {
    if (auto* widget = qobject_cast<QWidgetAction*>(action)) {
      if (auto* row = qobject_cast<ParameterRow*>(widget->defaultWidget()))
        add_menu_row(commands, menu, *row, place, window);
      continue;
    }
    if (action->isSeparator() || !action->isVisible() || action->text().isEmpty()) continue;
    const QString text = without_mnemonic(action->text());
    if (QMenu* below = action->menu()) {
      Q_EMIT below->aboutToShow();  // some are filled as they open
      add_actions(commands, *below, place + " > " + text, window);
      continue;
    }
    commands.push_back({text, place, action->shortcut().toString(QKeySequence::NativeText), action->isEnabled(),
                        [action = QPointer(action)] {
                          if (action) action->trigger();
                        }});
  }
}

QString panel_of(const QWidget& row) {
  for (const QWidget* above = &row; above; above = above->parentWidget())
    if (const auto* dock = qobject_cast<const QDockWidget*>(above))
      return Words::tr("%1 panel").arg(dock->windowTitle());
  return {};
}

bool is_in_training(const QWidget& row) {
  for (const QWidget* above = &row; above; above = above->parentWidget())
    if (above->objectName() == "training" && qobject_cast<const QDockWidget*>(above)) return true;
  return false;
}

void add_rows(std::vector<Command>& commands, const QMainWindow& window) {
  for (ParameterRow* row : window.findChildren<ParameterRow*>()) {
    const QString panel = panel_of(*row);
    if (row->isHidden() || panel.isEmpty()) continue;  // it does not apply
    const ParameterInfo& info = row->info();
    const bool is_folded = !info.group.empty() && is_in_training(*row);
    commands.push_back({translated(info.label), is_folded ? panel + " > " + translated(info.group) : panel,
                        translated(value_text(info, row->value())), true, [row = QPointer(row)] {
                          if (!row) return;
                          reveal(*row);
                          row->focus_editor();
                        }});
  }
}

int match_of_word(const QString& text, const QString& word) {
  for (qsizetype at = text.indexOf(word, 0, Qt::CaseInsensitive); at >= 0;
       at = text.indexOf(word, at + 1, Qt::CaseInsensitive))
    if (at == 0 || !text[at - 1].isLetterOrNumber()) return 2;
  return text.contains(word, Qt::CaseInsensitive) ? 1 : 0;
}

}  // namespace

std::vector<Command> commands_of(QMainWindow& window) {
  std::vector<Command> commands;
  for (const QAction* menu : window.menuBar()->actions())
    if (menu->menu()) add_actions(commands, *menu->menu(), without_mnemonic(menu->text()), window);
  add_rows(commands, window);
  return commands;
}

int match_of(const Command& command, const QString& typed) {
  int match = 1;
  // What is typed as the name itself, or as its beginning, comes before a name with the same words somewhere in it.
  const QString whole = typed.simplified();
  if (command.text.startsWith(whole, Qt::CaseInsensitive)) match += command.text.size() == whole.size() ? 2 : 1;
  for (const QString& word : whole.split(' ', Qt::SkipEmptyParts)) {
    const int of_text = match_of_word(command.text, word), of_place = match_of_word(command.place, word);
    if (of_text == 0 && of_place == 0) return 0;
    match += std::max(3 * of_text, of_place);
  }
  return match;
}

CommandPalette::CommandPalette(QMainWindow& window) : QDialog(&window), commands_(commands_of(window)) {
  setObjectName("command-palette");
  setWindowTitle(tr("Find a Command"));
  setAccessibleName(tr("Find a command"));
  setAttribute(Qt::WA_DeleteOnClose);
  auto* column = new QVBoxLayout(this);
  typed_ = new QLineEdit(this);
  typed_->setObjectName("command-typed");
  typed_->setAccessibleName(tr("Words of the command or parameter"));
  typed_->setPlaceholderText(tr("Parts of words: “exp fig”, “sparsity”, “poster b”"));
  typed_->setClearButtonEnabled(true);
  typed_->installEventFilter(this);
  column->addWidget(typed_);
  list_ = new QTreeWidget(this);
  list_->setObjectName("command-list");
  list_->setAccessibleName(tr("Commands and parameters"));
  list_->setHeaderLabels({tr("Command or parameter"), tr("Where"), tr("Key or value")});
  list_->setRootIsDecorated(false);
  list_->setUniformRowHeights(true);
  list_->setAllColumnsShowFocus(true);
  list_->setFocusPolicy(Qt::NoFocus);  // the arrow keys reach it from the field
  list_->header()->setSectionResizeMode(0, QHeaderView::Stretch);
  list_->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
  list_->header()->setSectionResizeMode(2, QHeaderView::ResizeToContents);
  column->addWidget(list_, 1);
  connect(typed_, &QLineEdit::textChanged, this, &CommandPalette::list_matches);
  connect(typed_, &QLineEdit::returnPressed, this, &CommandPalette::run_chosen);
  connect(list_, &QTreeWidget::itemActivated, this, &CommandPalette::run_chosen);
  connect(list_, &QTreeWidget::itemClicked, this, &CommandPalette::run_chosen);
  list_matches();
  resize(usual_size);
}

void CommandPalette::list_matches() {
  std::vector<std::pair<int, std::size_t>> found;
  for (std::size_t i = 0; i < commands_.size(); ++i)
    if (const int match = match_of(commands_[i], typed_->text()); match > 0) found.emplace_back(match, i);
  std::ranges::stable_sort(found, std::ranges::greater(), &std::pair<int, std::size_t>::first);
  list_->clear();
  for (const auto& [match, place] : found) {
    const Command& command = commands_[place];
    auto* item =
        new QTreeWidgetItem(list_, {command.text, command.place, command.enabled ? command.aside : tr("not now")});
    item->setData(0, place_of_command, static_cast<qulonglong>(place));
    // The view does not go to a row that is disabled, and then Return would run another one, or none.
    for (int cell = command.enabled ? 1 : 0; cell < 3; ++cell)
      item->setForeground(cell, palette().brush(QPalette::PlaceholderText));
  }
  list_->setCurrentItem(list_->topLevelItem(0));
}

void CommandPalette::run_chosen() {
  const QTreeWidgetItem* item = list_->currentItem();
  if (!item) return;
  const Command& command = commands_[item->data(0, place_of_command).toULongLong()];
  if (!command.enabled) return;
  const std::function<void()> run = command.run;
  accept();
  // What it opens or focuses comes after the dialog has given the focus back.
  QMetaObject::invokeMethod(parentWidget(), run, Qt::QueuedConnection);
}

void CommandPalette::done(int result) {
  QDialog::done(result);
  parentWidget()->activateWindow();
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event) {
  if (watched == typed_ && event->type() == QEvent::KeyPress) {
    switch (static_cast<QKeyEvent*>(event)->key()) {
      case Qt::Key_Up:
      case Qt::Key_Down:
      case Qt::Key_PageUp:
      case Qt::Key_PageDown:
        QCoreApplication::sendEvent(list_, event);
        return true;
      default:
        break;
    }
  }
  return QDialog::eventFilter(watched, event);
}

}  // namespace dnm
