// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>
#include <QWidget>
#include <cstddef>
#include <utility>
#include <vector>

#include "core/parameters/parameter.h"

namespace dnm {

/// One parameter of a table as a row: label, editor, reset button; tool tip with name, symbol, formula and range.
/// The row is named after the parameter's id, its parts after the row ("sparsity-slider").
class ParameterRow : public QWidget {
  Q_OBJECT
 public:
  /// Where the slider of a number is: between its label and its box, or in a line of its own that is as wide as the
  /// row.
  enum class Sliders { beside, below };
  /// The row for the parameter's kind. `default_value` is what the reset button restores; `name`, unless it is empty,
  /// replaces the id as the row's object name.
  [[nodiscard]] static ParameterRow* create(const ParameterInfo& info, const ParameterValue& default_value,
                                            QWidget* parent, const QString& name = {},
                                            Sliders sliders = Sliders::beside);

  [[nodiscard]] const ParameterInfo& info() const { return info_; }
  [[nodiscard]] const ParameterValue& value() const { return value_; }
  /// Shows a value without emitting an edit.
  void set_value(const ParameterValue& value);
  /// Restores the default, as an edit by the user.
  void reset();
  /// What reset restores.
  void set_default(const ParameterValue& value);
  /// Of the label; the same for all rows of a panel.
  void set_label_width(int width);
  [[nodiscard]] int preferred_label_width() const;
  /// Width that a row reserves for the reset button, between its label and its editor.
  [[nodiscard]] static int reset_column_width();
  /// Marks the label ("set for this layer alone").
  void set_mark(const QString& mark);
  /// Lists below the editor the layers (from 0) that have a value of their own, each with a button that removes it.
  void set_exceptions(const std::vector<std::pair<std::size_t, QString>>& values_of_layers);
  /// Equal for edits that belong to one undo step.
  [[nodiscard]] QString merge_key() const;
  /// What its owner says of an edit that it does not take: it is shown until the next one that it takes.
  void reject(const QString& message);
  /// Puts the keyboard into the editor.
  void focus_editor();
  /// Adds a button behind the editor.
  void add_button(QToolButton* button);

  /// Name, symbol, meaning, formula, unit and range as rich text.
  [[nodiscard]] static QString tool_tip(const ParameterInfo& info);

 Q_SIGNALS:
  /// The value changed, by an edit or by set_value().
  void value_changed();
  /// The user changed it; `dragging`: more changes follow.
  void edited(bool dragging);
  void drag_finished();
  void reset_requested();
  /// Why an input was rejected, in one sentence.
  void rejected(const QString& message);
  /// The row has been put right since that message of rejected().
  void rejection_over(const QString& message);
  /// The user took away the value that this layer (from 0) has for itself.
  void exception_removed(std::size_t layer);

 protected:
  void changeEvent(QEvent* event) override;
  /// What a row is made from.
  struct Setup {
    const ParameterInfo& info;
    const ParameterValue& default_value;
    QString name;
    QWidget* parent;
    Sliders sliders;
  };
  explicit ParameterRow(const Setup& setup);
  virtual void show_value(const ParameterValue& value) = 0;
  /// Where a subclass adds its editor.
  void set_editor(QWidget* editor, QWidget* focus, Qt::Alignment alignment = {});
  /// Adds a line below all others, as wide as the row.
  void add_line(QWidget* line) { lines_->addWidget(line); }
  void commit(const ParameterValue& value, bool dragging);
  /// The user entered the value that the row has already.
  void confirm();
  void end_drag();
  /// The name of a part of this row: "sparsity-slider".
  [[nodiscard]] QString part(const char* suffix) const;
  [[nodiscard]] QString label_text() const;

  ParameterInfo info_;

 private:
  void show_label();
  void update_reset();

  ParameterValue value_;
  ParameterValue default_value_;
  bool is_showing_ = false;  ///< a value: what its editors say meanwhile is no edit
  QString rejection_;        ///< what was rejected last, until the row is put right
  QLabel* label_ = nullptr;
  QVBoxLayout* lines_;
  QHBoxLayout* layout_;  ///< the first line: label, reset button, editor, other buttons
  QToolButton* reset_;
  std::vector<std::pair<std::size_t, QString>> exceptions_;
  QWidget* exception_lines_ = nullptr;
  QElapsedTimer since_edit_;
  int edit_session_ = 0;
};

}  // namespace dnm
