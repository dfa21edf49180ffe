// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>
#include <array>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "app/studio/dialogs/export_dialog.h"
#include "app/studio/document/document.h"
#include "app/studio/sweep/sweep_canvas.h"
#include "app/studio/sweep/sweep_runner.h"
#include "app/studio/widgets/background.h"
#include "app/studio/widgets/elided_label.h"
#include "app/studio/widgets/panel.h"
#include "app/studio/widgets/question.h"

class QGridLayout;
class QVBoxLayout;

namespace dnm {

/// One or two parameters of the model over their values: what is varied, the charts that grow while networks are drawn
/// and measured, and the way from a point back to the working network.
class SweepDock : public Panel {
  Q_OBJECT
 public:
  SweepDock(Document& document, QWidget* parent);

  /// Shows the panel with this row of the model table as the first that is varied, values proposed.
  void vary(const std::string& id);
  [[nodiscard]] const SweepRunner& runner() const { return runner_; }
  void stop() { runner_.stop(); }
  /// What is asked for. Throws InvalidInput.
  [[nodiscard]] SweepPlan plan() const;

  enum class Table { rows, means_csv, means_markdown };
  /// On a worker; `notice` or `message` follows.
  void export_figure(const ExportSettings& settings);
  void export_table(Table table, const QString& path);
  [[nodiscard]] bool is_exporting() const { return writing_.is_busy(); }

 Q_SIGNALS:
  /// Why an input was rejected, in one sentence.
  void rejected(const QString& text);
  /// Why the sweep ended or an export failed, in one sentence.
  void message(const QString& text);
  /// What was done. `file`: what was written, if it is about that.
  void notice(const QString& text, const QString& file = {});

 private:
  /// A parameter with its values.
  struct Axis {
    QComboBox* row = nullptr;
    QLineEdit* values = nullptr;
  };
  void make_form(QVBoxLayout& column, QWidget* content);
  void make_axis(std::size_t place, QGridLayout& grid, QWidget* content);
  void make_buttons(QVBoxLayout& column, QWidget* content);
  QToolButton* make_export_button(QWidget* content);
  /// The rows that apply to the model on screen; keeps the choices.
  void show_rows();
  void propose(std::size_t place);
  void toggle();
  /// Takes over the sweep of the session that was opened.
  void follow_document();
  /// Gives the document what is new of the sweep.
  void keep_sweep();
  void show_plan(const SweepPlan& plan);
  void show_sweep();
  void show_words();
  void choose(std::size_t point);
  void ask_figure();
  /// The charts, without what the file carries.
  [[nodiscard]] FigureRequest figure_request(const ExportSettings& settings) const;
  void ask_table(Table table);
  void copy_command();
  void write_in_background(const QString& path, std::function<std::vector<std::string>()> write);

  Document& document_;
  std::size_t kept_missing_ = 0;  ///< of the sweep that the document has
  std::array<Axis, 2> axes_;
  QLineEdit* seeds_ = nullptr;
  std::vector<QCheckBox*> measures_;  ///< in the order of measure_table()
  QPushButton* start_ = nullptr;
  QToolButton* export_ = nullptr;
  ElidedLabel* state_ = nullptr;
  SweepCanvas* canvas_ = nullptr;
  ElidedLabel* words_ = nullptr;
  ExportSettings last_export_{};
  QString last_table_;
  Question question_{this};
  Background writing_;
  SweepRunner runner_;
};

}  // namespace dnm
