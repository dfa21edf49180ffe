// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/document.h"

#include <QUndoCommand>
#include <utility>

#include "app/studio/text.h"
#include "core/support/shell_word.h"

namespace dnm {

namespace {
constexpr int merge_id = 1;
}

/// A step from one state to another. Whole states are kept: they are small (networks are shared), and no step can
/// then forget a field.
class Document::Command : public QUndoCommand {
 public:
  Command(Document& document, const QString& what, StudioState after, QString merge_key)
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
  StudioState before_;
  StudioState after_;
  QString merge_key_;
};

Document::Document(QObject* parent) : QObject(parent) {}

void Document::edit(const QString& what, StudioState next, const QString& merge_key, bool dragging) {
  if (next == state_) return;
  dragging_ = dragging;
  undo_stack_.push(new Command(*this, what, std::move(next), merge_key));
}

void Document::finish_drag() {
  if (!std::exchange(dragging_, false)) return;
  Q_EMIT drag_finished();
}

void Document::apply(const StudioState& state) {
  state_ = state;
  Q_EMIT changed();
}

void Document::reset(StudioState state, const Session& origin, const QString& path) {
  undo_stack_.clear();
  dragging_ = false;
  origin_ = origin;
  path_ = path;
  apply(state);
  Q_EMIT path_changed();
}

Session Document::session() const {
  Session session = origin_;
  session.parameters = state_.parameters;
  session.network_file = state_.network_file;
  session.view = view_settings_to_json(state_.view, origin_.view);
  session.training = training_settings_to_json(state_.training);
  return session;
}

void Document::set_saved(const QString& path) {
  path_ = path;
  undo_stack_.setClean();
  Q_EMIT path_changed();
}

std::string Document::network_command_line() const {
  return state_.opened ? shell_word(state_.network_file) : to_command_line(state_.parameters);
}

}  // namespace dnm
