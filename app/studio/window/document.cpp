// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/window/document.h"

#include <QUndoCommand>
#include <utility>

#include "training/runs/run_seeds.h"

namespace dnm {

namespace {
constexpr int merge_id = 1;
}

/// A step from one state to another. Whole states are kept: they are small (networks are shared), and no step can
/// then forget a field.
class Document::Command : public QUndoCommand {
 public:
  Command(Document& document, const QString& what, WorkspaceState after, QString merge_key)
      : QUndoCommand(what),
        document_(document),
        before_(document.state()),
        after_(std::move(after)),
        merge_key_(std::move(merge_key)) {}

  void undo() override { document_.apply(before_); }
  void redo() override { document_.apply(after_); }
  int id() const override { return merge_key_.isEmpty() ? -1 : merge_id; }
  bool mergeWith(const QUndoCommand* other) override {
    const auto* next = static_cast<const Command*>(other);
    if (next->merge_key_ != merge_key_) return false;
    after_ = next->after_;
    setObsolete(after_ == before_);
    return true;
  }

 private:
  Document& document_;
  WorkspaceState before_;
  WorkspaceState after_;
  QString merge_key_;
};

Document::Document(QObject* parent) : QObject(parent) {
  connect(&undo_stack_, &QUndoStack::cleanChanged, this, &Document::modified_changed);
}

void Document::edit(const QString& what, WorkspaceState next, const QString& merge_key, bool dragging) {
  if (next == state_) return;
  dragging_ = dragging;
  undo_stack_.push(new Command(*this, what, std::move(next), merge_key));
}

void Document::finish_drag() {
  if (!std::exchange(dragging_, false)) return;
  Q_EMIT drag_finished();
}

void Document::apply(const WorkspaceState& state) {
  state_ = state;
  Q_EMIT changed();
}

void Document::reset(const WorkspaceState& state, const Session& origin, const QString& path) {
  undo_stack_.clear();
  results_modified_ = false;
  dragging_ = false;
  origin_ = origin;
  origin_.runs = Session{}.runs;
  chart_ = chart_settings_from_view(origin.view);
  path_ = path;
  apply(state);
  Q_EMIT path_changed();
}

Session Document::session() const {
  Session session = origin_;
  session.parameters = state_.parameters;
  session.network_file = network_file(state_);
  session.view = with_chart_settings(view_settings_to_json(state_.view, origin_.view), chart_);
  session.training = training_json_with_seeds(state_.training, state_.seeds);
  return session;
}

void Document::set_saved(const QString& path) {
  path_ = path;
  forget_changes();
  Q_EMIT path_changed();
}

void Document::note_new_results() {
  if (!std::exchange(results_modified_, true)) Q_EMIT modified_changed();
}

void Document::forget_changes() {
  undo_stack_.setClean();
  if (std::exchange(results_modified_, false)) Q_EMIT modified_changed();
}

}  // namespace dnm
