// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QLineEdit>
#include <QMainWindow>
#include <QString>
#include <QTreeWidget>
#include <functional>
#include <vector>

namespace dnm {

/// Something that the window can do, or a parameter that it can go to.
struct Command {
  QString text;   ///< "Export Figure …", "Sparsity"
  QString place;  ///< "File", "Network > Presets", "Model panel"
  QString aside;  ///< the key of an action, the value of a parameter
  bool enabled = true;
  std::function<void()> run;
};

/// All actions of the menus of `window` in their order, those of submenus included, and then all parameters of its
/// panels that apply at present.
[[nodiscard]] std::vector<Command> commands_of(QMainWindow& window);

/// How well a command answers what was typed: 0 for not at all; else the more, the better. Every typed word has to be
/// part of a word of text or place; beginnings of words are better, the text is better than the place, and best is the
/// text itself or its beginning.
[[nodiscard]] int match_of(const Command& command, const QString& typed);

/// All commands of a window, found by parts of their words and run by Return; driven by the keyboard alone.
class CommandPalette : public QDialog {
  Q_OBJECT
 public:
  explicit CommandPalette(QMainWindow& window);

  /// Gives the focus back to the window, also where no window manager does.
  void done(int result) override;

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void list_matches();
  void run_chosen();

  std::vector<Command> commands_;
  QLineEdit* typed_;
  QTreeWidget* list_;
};

}  // namespace dnm
