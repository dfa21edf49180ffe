// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>
#include <functional>
#include <memory>
#include <vector>

#include "app/studio/dialogs/export_dialog.h"
#include "app/studio/document/document.h"
#include "app/studio/document/live_bridge.h"
#include "app/studio/document/session_watch.h"
#include "app/studio/training/training_runs.h"
#include "app/studio/widgets/background.h"
#include "app/studio/widgets/question.h"
#include "app/workspace/session/opened_file.h"
#include "app/workspace/session/recovery.h"

class QPrinter;

namespace dnm {

/// Reading and writing: networks, sessions, figures. Files are read and written on a worker; a failure is one message,
/// and the session stays as it was.
class FileActions : public QObject {
  Q_OBJECT
 public:
  FileActions(Document& document, LiveBridge& live, TrainingRuns& runs, QWidget* window);

  /// A session, an exported figure (its session) or a network (one undo step), distinguished by the file's extension.
  /// `reading`: how a network is read.
  void open(const QString& path, const ReadOptions& reading = {});
  /// Opens the network file that is shown again, read so: one undo step.
  void read_as(ReadAs as);
  void open_with_dialog();
  /// Opens the runs of a folder: they join the list, and the first that rewires its links is shown. Or its search.
  void open_folder_with_dialog(const QString& title);
  /// Begins anew, with the session that the window starts with.
  void new_session();
  void set_first_session(Session first) { first_ = std::move(first); }
  /// Makes `next` the document's state in one undo step, after reading its network again if needed; then calls `then`.
  void edit_with_its_network(const QString& what, WorkspaceState next, const std::function<void()>& then = {});
  /// Under its present name; asks for a name if there is none, and whether to replace a file that another program has
  /// changed since it was opened or saved.
  void save_session();
  void save_session_as();
  /// At once, without a question; false, with a message, if that failed.
  bool save_session_to(const QString& path);
  /// Opens work that was not saved when a program ended, as a session with unsaved changes; asks first about those of
  /// the present one. `then` is called once it is open.
  void open_unsaved(const UnsavedWork& work, const std::function<void()>& then);
  void save_network_with_dialog();
  void save_network(const QString& path);
  void export_with_dialog();
  /// Prints what is on screen, on the page of the last figure, once all of it is fresh; asks for printer and paper.
  void print_with_dialog();
  /// Without a question, in the background.
  void print(const std::shared_ptr<QPrinter>& printer);
  /// What is on screen, as soon as all of it is fresh; several may wait for that.
  void export_figure(const ExportSettings& settings);
  /// Puts one picture on the clipboard, as it would be printed at this width.
  void copy_picture(std::string_view panel, double millimetres);

  /// Calls `then` at once if nothing is unsaved, otherwise after the user saved or discarded it; never on Cancel.
  void when_nothing_is_unsaved(const std::function<void()>& then);
  [[nodiscard]] bool is_busy() const { return background_.is_busy(); }
  [[nodiscard]] Background& background() { return background_; }
  /// What a requested export waits for, in words; empty without one.
  [[nodiscard]] QString waits_for() const;
  /// "Sessions and networks (*.dnm.json *.npz …)".
  [[nodiscard]] static QString open_filter();

 Q_SIGNALS:
  /// The folder is that of a search.
  void search_opened(const QString& folder);
  /// Its runs are in the list, and what it shows is on screen.
  void session_opened();
  void message(const QString& text);
  /// What that message said is over: saving works again, or there is a network again.
  void message_over(const QString& text);
  /// `file`: what was written, if it is about that.
  void notice(const QString& text, const QString& file = {});
  /// background() or waits_for() may have changed.
  void changed();
  /// A file of that name was opened or saved.
  void used(const QString& path);

 private:
  void read(const QString& path, const ReadOptions& reading = {});
  void accept(const OpenedFile& opened, const QString& path);
  void accept_runs(const OpenedFile& opened, const QString& path);
  void save_then(const std::function<void()>& then);
  void save_as_then(const std::function<void()>& then);
  void on_changed_by_another(const FileStamp& now);
  void on_removed_by_another();
  void write_when_settled();
  [[nodiscard]] QString selected_words() const;
  /// The pictures of what is on screen, without what the file carries.
  [[nodiscard]] FigureRequest figure_request(const ExportSettings& settings) const;
  void write_figure(const ExportSettings& settings);

  /// A message that a later success withdraws.
  void complain(QString& about, const QString& text);
  void withdraw(QString& about);

  Document& document_;
  LiveBridge& live_;
  TrainingRuns& runs_;
  QWidget* window_;
  std::vector<ExportSettings> waiting_exports_;  ///< until all values are fresh
  ExportSettings last_export_{};
  Session first_{};
  QString not_saved_;   ///< the last message about the session that could not be saved
  QString no_network_;  ///< the same about the network that there was not
  Question question_{this};
  SessionWatch watch_;
  Background background_;
};

}  // namespace dnm
