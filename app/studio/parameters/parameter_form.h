// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QVBoxLayout>
#include <QWidget>
#include <string_view>
#include <utility>
#include <vector>

#include "app/studio/parameters/parameter_row.h"
#include "core/parameters/parameter_table.h"

namespace dnm {

/// A column of parameter rows with labels of one width, made from any table: what the panels of the window show of
/// models, training and measures.
class ParameterForm : public QWidget {
  Q_OBJECT
 public:
  /// Whether rows that name a group are in a collapsible section of that title below all others, or in table order.
  enum class Groups { flat, folded };

  /// `name` is the prefix of the sections' object names ("training-more") and part of their accessible names.
  ParameterForm(const QString& name, Groups groups, QWidget* parent,
                ParameterRow::Sliders sliders = ParameterRow::Sliders::beside);

  /// Adds a row at the end of its column. `usual` is the value that reset restores until show_settings() sets it;
  /// `name` replaces the id as object name, for panels whose tables share row ids.
  ParameterRow* add_row(const ParameterInfo& info, const ParameterValue& usual, const QString& name = {});
  /// Between the rows, in pixels.
  void set_spacing(int spacing);
  /// Adds another widget at the end of the column.
  void add_widget(QWidget* widget) { plain_->addWidget(widget); }

  [[nodiscard]] const std::vector<ParameterRow*>& rows() const { return rows_; }
  /// The row of a parameter; null when there is none.
  [[nodiscard]] ParameterRow* row(std::string_view id) const;

  /// Shows these settings: their values, what a reset restores, and only the rows that apply. Emits no edit.
  template <class Settings>
  void show_settings(const ParameterTable<Settings>& table, const Settings& settings) {
    for (ParameterRow* shown : rows_) {
      const auto* row = table.find(shown->info().id);
      if (row == nullptr) continue;
      shown->set_default(table.usual(*row, settings));
      shown->set_value(row->get(settings));
    }
    // Last: a box that is hidden before its value is set takes the text that was being typed for an edit.
    for (ParameterRow* shown : rows_)
      if (const auto* row = table.find(shown->info().id)) shown->setVisible(table.applies(*row, settings));
  }

  /// Gives all labels one width, at least `width`, and returns it. Call it after all rows are added.
  int align_labels(int width = 0);

 Q_SIGNALS:
  /// The user changed a row; `dragging`: more changes follow.
  void edited(ParameterRow* row, bool dragging);
  void drag_finished();
  void reset_requested(ParameterRow* row);
  void exception_removed(ParameterRow* row, std::size_t layer);
  /// Why an input was rejected, in one sentence.
  void rejected(const QString& message);
  /// See ParameterRow.
  void rejection_over(const QString& message);

 private:
  QVBoxLayout& fold(std::string_view title);

  QString name_;
  Groups groups_;
  ParameterRow::Sliders sliders_;
  QVBoxLayout* plain_;
  QVBoxLayout* below_;
  std::vector<std::pair<std::string_view, QVBoxLayout*>> folds_;
  std::vector<ParameterRow*> rows_;
};

}  // namespace dnm
