// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QElapsedTimer>
#include <QLabel>
#include <QMenu>
#include <QSlider>
#include <QStackedWidget>
#include <QString>
#include <QTimer>
#include <QToolButton>
#include <QWidget>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "app/studio/dialogs/export_dialog.h"
#include "app/studio/training/rules_button.h"
#include "app/studio/widgets/background.h"
#include "app/studio/widgets/chart_canvas.h"
#include "app/studio/widgets/question.h"
#include "app/workspace/experiments/chart_settings.h"
#include "app/workspace/experiments/experiment_charts.h"
#include "app/workspace/experiments/update_measurer.h"
#include "viz/figure/figure_module.h"

class QCheckBox;
class QHBoxLayout;

namespace dnm {

/// Experiments as curves over the epochs, as curves of the updates of their topology or as a comparison of their
/// accuracies, with the tools for all: switch, smoothing, order, export.
class TrainingChart : public QWidget {
  Q_OBJECT
 public:
  using View = ChartView;
  /// Numbers of the experiments as text files.
  enum class Table { epochs, comparison, comparison_latex, rules, rules_latex, rules_markdown };

  explicit TrainingChart(QWidget* parent = nullptr);

  /// Shows the visible ones that have an epoch or can still get one, in the order of the list. One: its training, test
  /// and validation curves; several: test accuracy and training loss of each. A further call only copies what is new,
  /// because the epochs of a run only grow at their end.
  void show_experiments(std::span<const Experiment> experiments);
  /// Whether a list beside the chart names each curve, so that a small chart needs no legend.
  void set_named_beside(bool named);
  /// The group of matrices that is measured after updates, of runs that have it; else their first group.
  void set_matrices(const std::string& matrices);
  /// Gives the session (JSON) that an exported figure in that file carries.
  using SessionOfFigure = std::function<std::string(const std::filesystem::path& file)>;
  void set_session(SessionOfFigure session_json) { session_json_ = std::move(session_json); }

  [[nodiscard]] View view() const { return view_; }
  void set_view(View view);
  [[nodiscard]] double smoothing() const;
  [[nodiscard]] ChartSettings settings() const;
  void set_settings(const ChartSettings& settings);

  /// Panels of experiment_panels(). On a worker; `notice` or `message` follows.
  void export_figure(const ExportSettings& settings);
  void export_table(Table table, const QString& path);
  [[nodiscard]] bool is_exporting() const { return background_.is_busy(); }
  /// How the chart is drawn: its axes, and all that is added.
  [[nodiscard]] QMenu& view_menu() { return *view_menu_; }

 Q_SIGNALS:
  /// The user changed settings().
  void settings_changed();
  /// Why an export failed, in one sentence.
  void message(const QString& text);
  /// What was written.
  /// `file`: what was written, if it is about that.
  void notice(const QString& text, const QString& file = {});

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  QWidget* make_tools();
  QToolButton* add_view_button(QHBoxLayout& line, View view, const char* name, const QString& words,
                               const QString& heard, const QString& meaning);
  QWidget* make_smoothing();
  QWidget* make_order();
  QToolButton* make_export_button();
  QToolButton* make_view_button();
  /// As the user wants them.
  [[nodiscard]] std::vector<Chart> with_axes(std::vector<Chart> charts) const;
  void refresh();
  void show_smoothing();
  /// Has the networks of the runs that are shown measured, if that is asked for.
  void measure_updates();
  void take_measures();
  void describe(const Comparison& comparison);
  /// Of the groups or of the rules, as it is chosen.
  [[nodiscard]] Comparison comparison() const;
  [[nodiscard]] std::string origin(const std::filesystem::path& file) const;
  /// The charts, without what the file carries.
  [[nodiscard]] FigureRequest figure_request(const ExportSettings& settings) const;
  void ask_figure();
  void ask_table(Table table);
  /// Calls `write` on a worker, which returns notices.
  void write_in_background(const QString& path, std::function<std::vector<std::string>()> write);

  std::vector<Experiment> experiments_;  ///< those that are shown
  bool is_open_end_stale_ = false;
  bool named_beside_ = false;
  View view_ = View::curves;
  SessionOfFigure session_json_;
  ExportSettings last_export_{};
  QString last_table_;

  QToolButton* curves_ = nullptr;
  QToolButton* updates_ = nullptr;  ///< hidden while no run that is shown has rewired its network
  QToolButton* comparison_ = nullptr;
  QStackedWidget* options_ = nullptr;
  QSlider* smoothing_ = nullptr;
  QLabel* smoothing_words_ = nullptr;
  QLabel* smoothing_value_ = nullptr;
  QCheckBox* best_first_ = nullptr;
  RulesButton* columns_ = nullptr;
  QCheckBox* measures_ = nullptr;
  QToolButton* export_ = nullptr;
  QMenu* view_menu_ = nullptr;
  QAction* logarithmic_ = nullptr;
  ChartCanvas* canvas_ = nullptr;
  QElapsedTimer since_refresh_;
  QTimer look_for_measures_;
  std::map<std::string, MeasuredGroup> measured_;  ///< by run folder
  std::string matrices_;                           ///< the group that is measured
  std::unique_ptr<UpdateMeasurer> measurer_;       ///< once measures were asked for
  Question question_{this};
  Background background_;
};

}  // namespace dnm
