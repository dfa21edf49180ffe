// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <memory>
#include <optional>
#include <utility>

#include "app/workspace/session/document.h"

namespace dnm {

/// The workspace's document with signals. Every change of the state goes through edit() and is one undo step; a drag is
/// one step.
class Document : public QObject {
  Q_OBJECT
 public:
  explicit Document(QObject* parent = nullptr) : QObject(parent) {}

  [[nodiscard]] const WorkspaceState& state() const { return document_.state(); }
  [[nodiscard]] const History& history() const { return document_.history(); }
  [[nodiscard]] const ChartSettings& chart() const { return document_.chart(); }
  void set_chart(const ChartSettings& chart);
  [[nodiscard]] const SelectedNeurons& selected() const { return document_.selected(); }
  void select(SelectedNeurons selected);
  /// See WorkspaceDocument.
  [[nodiscard]] const PinResults& pin_results() const { return document_.pin_results(); }
  void set_pin_results(PinResults results) { document_.set_pin_results(std::move(results)); }
  /// See WorkspaceDocument.
  [[nodiscard]] const std::shared_ptr<const Sweep>& sweep() const { return document_.sweep(); }
  void set_sweep(std::shared_ptr<const Sweep> sweep);
  [[nodiscard]] bool is_dragging() const { return dragging_; }
  [[nodiscard]] bool is_modified() const { return document_.is_modified(); }
  /// Notes that there is something, such as results of training, that is in no session file yet.
  void note_unsaved();
  /// Unsaved changes and results count as saved.
  void forget_changes();

  /// Makes `next` the state. Edits with the same non-empty `merge_key` in a row become one undo step. `dragging`: more
  /// edits of the same kind follow, so a draft is enough until finish_drag().
  void edit(const QString& what, WorkspaceState next, const QString& merge_key = {}, bool dragging = false);
  void finish_drag();
  void undo();
  void redo();
  /// See History.
  void go_to(std::size_t place);
  /// See History::replace_shown.
  void replace_shown(const Shown& next);

  /// A new or opened session: replaces everything and forgets the undo steps. `stamp`: of its file as it was read.
  void reset(const Session& session = {}, const QString& path = {}, const std::optional<FileStamp>& stamp = {});
  /// Everything that a session file holds but the experiments.
  [[nodiscard]] Session session() const { return document_.session(); }
  [[nodiscard]] QString path() const { return QString::fromStdString(document_.file()); }
  [[nodiscard]] QString name() const { return QString::fromStdString(document_.name()); }
  /// See WorkspaceDocument::proposed_file.
  [[nodiscard]] QString proposed_file(const char* extension) const;
  void set_saved(const QString& path, const FileStamp& stamp);
  /// See WorkspaceDocument.
  [[nodiscard]] const std::optional<FileStamp>& stamp() const { return document_.stamp(); }
  [[nodiscard]] FileChange change_of_file() const { return document_.change_of_file(); }

 Q_SIGNALS:
  /// The state changed (edit, undo, redo, reset).
  void changed();
  /// The settings of the chart changed.
  void chart_changed();
  /// replace_shown() changed what is shown, and nothing else: no editor needs an update.
  void shown_replaced();
  /// Another sweep, or more of it.
  void sweep_changed();
  /// Other neurons are selected.
  void selection_changed();
  void drag_finished();
  void path_changed();
  /// is_modified() changed.
  void modified_changed();

 private:
  /// Calls `act`, and emits modified_changed() when that changed is_modified().
  template <class Act>
  void watch_modified(const Act& act);

  WorkspaceDocument document_;
  bool dragging_ = false;
};

}  // namespace dnm
