// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QLabel>
#include <QPushButton>
#include <QString>
#include <QTabWidget>
#include <QTimer>
#include <QTreeWidget>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/studio/dialogs/export_dialog.h"
#include "app/studio/document/document.h"
#include "app/studio/search/search_canvas.h"
#include "app/studio/widgets/background.h"
#include "app/studio/widgets/chart_canvas.h"
#include "app/studio/widgets/question.h"
#include "app/workspace/search/search_watch.h"

class QHBoxLayout;

namespace dnm {

/// A window beside the main one: a search as its folder fills, on this machine or a mounted one. Its trials in parallel
/// coordinates and as a table, the rungs, the best under other seeds, and the way from a trial to the working network.
class SearchWindow : public QDialog {
  Q_OBJECT
 public:
  /// Throws FileError where the folder holds no search, and InvalidInput for a damaged one.
  SearchWindow(Document& document, const QString& folder, QWidget* parent);

  [[nodiscard]] QString folder() const { return folder_; }
  [[nodiscard]] const std::optional<SearchView>& view() const { return view_; }
  /// The trial of the selected row.
  [[nodiscard]] std::optional<std::int64_t> selected_trial() const;

 Q_SIGNALS:
  /// `file`: what was written.
  void notice(const QString& text, const QString& file = {});
  void problem(const QString& text);
  /// The runs of this folder are to be opened.
  void runs_requested(const QString& folder);

 protected:
  void showEvent(QShowEvent* event) override;
  void hideEvent(QHideEvent* event) override;

 private:
  QTreeWidget* add_table(const char* id, const QString& title, const QString& tool_tip);
  void add_buttons(QHBoxLayout& line);
  QPushButton* add_button(QHBoxLayout& line, const char* id, const QString& text, const QString& tool_tip);
  void look();
  void show_view(SearchView view);
  void show_state(const QString& reading_problem = {});
  [[nodiscard]] ParallelPlot plot(std::optional<std::int64_t> marked) const;
  void draw();
  void offer();
  /// Whether the table has the trial.
  bool select_row(std::int64_t trial);
  void use_setting();
  void copy_command();
  void ask_figure();
  [[nodiscard]] FigureRequest figure_request(const ExportSettings& settings) const;
  void export_figure(const ExportSettings& settings);
  void ask_cancel();

  Document& document_;
  QString folder_;
  std::shared_ptr<SearchWatch> watch_;
  std::optional<SearchView> view_;
  QLabel* state_ = nullptr;
  SearchCanvas* canvas_ = nullptr;
  QTabWidget* tabs_ = nullptr;
  ChartCanvas* curves_ = nullptr;
  QTreeWidget* trials_ = nullptr;
  QTreeWidget* rungs_ = nullptr;
  QTreeWidget* finals_ = nullptr;
  QPushButton* use_ = nullptr;
  QPushButton* open_ = nullptr;
  QPushButton* copy_ = nullptr;
  QPushButton* export_ = nullptr;
  QPushButton* cancel_ = nullptr;
  ExportSettings last_export_{};
  Question question_{this};
  QTimer next_look_;
  Background writing_;
  Background looking_;  // last: its destructor waits for the work, which uses the others
};

}  // namespace dnm
