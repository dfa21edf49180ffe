// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "app/studio/pins/pin_board.h"
#include "app/studio/pins/pin_picture.h"
#include "app/studio/pins/pin_table_model.h"
#include "app/studio/widgets/panel.h"
#include "app/studio/widgets/question.h"

namespace dnm {

/// Pinned networks side by side: a picture of each, which zoom and move together, and below it what differs and what
/// was measured.
class PinsDock : public Panel {
  Q_OBJECT
 public:
  PinsDock(Document& document, PinBoard& board, QWidget* parent);

  /// What is done with the pin whose column is current: rename, compare, move, remove.
  [[nodiscard]] QMenu& pin_menu() { return *menu_; }
  [[nodiscard]] const std::vector<PinPicture*>& pictures() const { return pictures_; }
  [[nodiscard]] const LinkedView& view() const { return view_; }
  /// Shows the panel with the pin at this place.
  void show_pin(std::size_t place);
  /// Writes the table, in the format that the extension names.
  void save_table(const QString& path);

 Q_SIGNALS:
  /// The pin becomes the working network.
  void use_requested(std::size_t place);
  void notice(const QString& text, const QString& file = {});
  void problem(const QString& text);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  void make_tools(QHBoxLayout& line, QWidget* content);
  void make_export(QWidget* content);
  void make_table(QWidget* content);
  QAction* add_action(const char* id, const QString& text, const QKeySequence& keys, void (PinsDock::*act)());
  void show_pins();
  void show_results();
  void enable_actions();
  void show_inputs();
  void place_pictures();
  void fit();
  void set_view(const LinkedView& view);
  [[nodiscard]] std::optional<std::size_t> current() const;
  void use_current();
  void ask_name();
  void compare_with_current();
  void move_left();
  void move_right();
  void remove_current();
  void copy(const TableFormat& format);
  void ask_file();
  [[nodiscard]] QString pending_words() const;

  Document& document_;
  PinBoard& board_;
  PinTableModel model_;
  std::shared_ptr<PinPainter> painter_ = std::make_shared<PinPainter>();
  LinkedView view_;
  QStackedWidget* pages_;
  QTableView* table_;
  QComboBox* picture_;
  QComboBox* reference_;
  QToolButton* stop_;
  QToolButton* export_;
  QMenu* menu_;
  std::vector<QAction*> of_pin_;  ///< actions that need one
  QAction* left_ = nullptr;
  QAction* right_ = nullptr;
  std::vector<PinPicture*> pictures_;
  std::vector<Pin> placed_;  ///< that the pictures are of
  Question question_{this};
};

}  // namespace dnm
