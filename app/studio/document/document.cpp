// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/document/document.h"

#include <utility>

namespace dnm {

template <class Act>
void Document::watch_modified(const Act& act) {
  const bool before = is_modified();
  act();
  if (is_modified() != before) Q_EMIT modified_changed();
}

void Document::edit(const QString& what, WorkspaceState next, const QString& merge_key, bool dragging) {
  watch_modified([&] {
    if (next == state()) return;
    dragging_ = dragging;
    document_.edit(what.toStdString(), std::move(next), merge_key.toStdString());
    Q_EMIT changed();
  });
}

void Document::finish_drag() {
  if (!std::exchange(dragging_, false)) return;
  Q_EMIT drag_finished();
}

void Document::undo() {
  watch_modified([this] {
    if (document_.undo()) Q_EMIT changed();
  });
}

void Document::redo() {
  watch_modified([this] {
    if (document_.redo()) Q_EMIT changed();
  });
}

void Document::go_to(std::size_t place) {
  watch_modified([this, place] {
    if (document_.go_to(place)) Q_EMIT changed();
  });
}

void Document::replace_shown(const Shown& next) {
  document_.replace_shown(next);
  Q_EMIT shown_replaced();
}

void Document::set_chart(const ChartSettings& chart) {
  document_.set_chart(chart);
  Q_EMIT chart_changed();
}

void Document::set_sweep(std::shared_ptr<const Sweep> sweep) {
  document_.set_sweep(std::move(sweep));
  Q_EMIT sweep_changed();
}

void Document::select(SelectedNeurons selected) {
  if (selected == document_.selected()) return;
  document_.select(std::move(selected));
  Q_EMIT selection_changed();
}

void Document::reset(const Session& session, const QString& path, const std::optional<FileStamp>& stamp) {
  watch_modified([&] {
    dragging_ = false;
    document_.reset(session, path.toStdString(), stamp);
    Q_EMIT changed();
  });
  Q_EMIT selection_changed();
  Q_EMIT path_changed();
}

QString Document::proposed_file(const char* extension) const {
  return QString::fromStdString(document_.proposed_file(extension));
}

void Document::set_saved(const QString& path, const FileStamp& stamp) {
  watch_modified([&] { document_.set_saved(path.toStdString(), stamp); });
  Q_EMIT path_changed();
}

void Document::note_unsaved() {
  watch_modified([this] { document_.note_unsaved(); });
}

void Document::forget_changes() {
  watch_modified([this] { document_.forget_changes(); });
}

}  // namespace dnm
