// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMainWindow>
#include <QMenu>
#include <QSize>
#include <QToolBar>
#include <filesystem>
#include <memory>

#include "app/studio/document/document.h"
#include "app/studio/document/live_bridge.h"
#include "app/studio/document/recovery.h"
#include "app/studio/measures/measures_dock.h"
#include "app/studio/model/model_dock.h"
#include "app/studio/neurons/neurons_dock.h"
#include "app/studio/pictures/view_area.h"
#include "app/studio/pins/pin_board.h"
#include "app/studio/pins/pins_dock.h"
#include "app/studio/sweep/sweep_dock.h"
#include "app/studio/training/training_controller.h"
#include "app/studio/training/training_dock.h"
#include "app/studio/training/training_runs.h"
#include "app/studio/widgets/message_bar.h"
#include "app/studio/widgets/question.h"
#include "app/studio/widgets/shortcut_guard.h"
#include "app/studio/widgets/wheel_guard.h"
#include "app/studio/window/file_actions.h"
#include "app/studio/window/status_line.h"

namespace dnm {

/// On a screen that has room for it.
inline constexpr QSize usual_window_size(1600, 1000);

/// Arrangements of panels and pictures; own: the user's.
enum class WindowLayout { own, design, train, publish };

struct WindowOptions {
  bool keep_settings = true;    ///< layout and recent files are read from and written to the user's settings
  bool ask_for_unsaved = true;  ///< ask before closing with unsaved changes
  /// Where runs that are given no run folder get one each, so that none is lost; empty: they have none.
  std::filesystem::path runs_folder{};
  /// Where unsaved work is kept in case the program does not end in order; empty: nowhere.
  std::filesystem::path recovery_folder{};
  /// Where small pictures are kept between starts; empty: nowhere.
  std::filesystem::path cache_folder{};
  /// What is shown before anything is opened.
  Session first{};
};

class StartPage;
class Tour;

/// The window of DNM Studio: the document, the live pipeline and the training, with the docks and views that show them.
class Window : public QMainWindow {
  Q_OBJECT
 public:
  explicit Window(const WindowOptions& options = {});
  ~Window() override;

  [[nodiscard]] Document& document() { return document_; }
  [[nodiscard]] LiveBridge& live() { return live_; }
  [[nodiscard]] TrainingController& training() { return training_; }
  [[nodiscard]] TrainingRuns& runs() { return runs_; }
  [[nodiscard]] FileActions& files() { return *files_; }
  [[nodiscard]] ViewArea& views() { return *views_; }
  [[nodiscard]] NeuronSelection& neurons() { return neurons_; }
  [[nodiscard]] PinBoard& pins() { return pins_; }
  [[nodiscard]] MessageBar& messages() { return *messages_; }
  /// A moment of a run, or its time line, is being read.
  [[nodiscard]] bool is_reading_run() const { return training_dock_->moments().is_busy(); }
  /// The usual arrangement, as the user's own.
  void reset_layout();
  /// The user's own arrangement is kept as it is left, and comes back as it was.
  void choose_layout(WindowLayout layout);
  [[nodiscard]] WindowLayout window_layout() const { return layout_; }
  /// At the start of the program, unless the user wants no start page then.
  void offer_start_page();
  void show_start_page();
  /// Offers the work that other programs left behind. `asked`: the user wants to know, even if there is none.
  void offer_unsaved_work(bool asked = false);

 protected:
  void closeEvent(QCloseEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;

 private:
  void make_menus();
  void make_file_menu();
  void make_edit_menu();
  void list_steps(QMenu& menu);
  void make_view_menu();
  void make_layout_menu(QMenu& above);
  void make_theme_menu(QMenu& above);
  void make_language_menu(QMenu& above);
  void make_publish_tools();
  void arrange_as_usual();
  /// From the usual arrangement.
  void arrange_for(WindowLayout layout);
  void keep_arrangement();
  void show_layout();
  [[nodiscard]] QByteArray save_arrangement() const;
  void restore_arrangement(const QByteArray& arrangement);
  void read_settings();
  void write_settings() const;
  void make_start_page();
  void place_start_page();
  /// Begins to paint its pictures, once those of the window are there.
  void paint_start_page();
  void close_start_page();
  void start_tour();
  void make_network_menu();
  void make_training_menu();
  void make_help_menu();
  void show_title();
  void show_problem(const QString& text);
  void show_rejection(const QString& text);
  void show_notice(const QString& text, const QString& file = {});
  void show_messages();
  void find_command();
  void show_missing_links();
  void show_search(const QString& folder);
  void ask_rules();
  /// The moment of a run that is on screen becomes the working network.
  void use_moment();
  void use_pin(std::size_t place);
  void report_failures();
  void remember(const QString& path);
  void show_recent();
  void show_shortcuts();
  void show_about();
  void copy_command_line(bool training);
  void restore_settings(std::uint64_t experiment);
  void follow(const RunKey& key);
  void ask_to_stop_training(const QStringList& groups);

  WheelGuard wheel_guard_;
  ShortcutGuard shortcut_guard_{*this};
  WindowOptions options_;
  Document document_;
  LiveBridge live_;
  NeuronSelection neurons_;
  PinBoard pins_;
  TrainingRuns runs_;
  TrainingController training_;
  std::unique_ptr<Recovery> recovery_;  ///< null if nothing is kept
  FileActions* files_;
  MessageBar* messages_;
  ViewArea* views_;
  ModelDock* model_dock_;
  MeasuresDock* measures_dock_;
  TrainingDock* training_dock_;
  NeuronsDock* neurons_dock_;
  PinsDock* pins_dock_;
  SweepDock* sweep_dock_;
  StatusLine* status_;
  QToolBar* publish_tools_ = nullptr;
  StartPage* start_page_ = nullptr;  ///< once it was shown
  Tour* tour_ = nullptr;             ///< likewise
  WindowLayout layout_ = WindowLayout::own;
  QByteArray own_arrangement_;  ///< as it was left; empty: the usual one
  Question question_{this};
  QMenu* recent_menu_ = nullptr;
  QStringList recent_;
  std::uint64_t reported_generation_ = 0;
  QStringList reported_failures_;  ///< of that generation
  bool closing_ = false;           ///< the question about unsaved changes was answered
  bool may_lose_runs_ = false;     ///< the question about runs that train was answered
};

}  // namespace dnm
