// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/session/document.h"

#include <filesystem>
#include <utility>

namespace dnm {

bool WorkspaceDocument::edit(std::string label, WorkspaceState next, std::string merge_key) {
  return history_.edit(std::move(label), std::move(next), std::move(merge_key));
}

void WorkspaceDocument::reset(const Session& session, std::string file, const std::optional<FileStamp>& stamp) {
  history_ = History(session.state);
  chart_ = session.chart.value_or(ChartSettings{});
  selected_ = session.selected;
  pin_results_ = session.pin_results;
  sweep_ = session.sweep ? std::make_shared<const Sweep>(*session.sweep) : nullptr;
  unknown_ = session.unknown;
  file_ = std::move(file);
  stamp_ = stamp;
  is_not_in_file_ = false;
}

Session WorkspaceDocument::session() const {
  Session session;
  session.state = state();
  session.chart = chart_;
  session.selected = selected_;
  session.pin_results = pin_results_;
  if (sweep_) session.sweep = *sweep_;
  session.unknown = unknown_;
  return session;
}

std::string WorkspaceDocument::name() const {
  return file_.empty() ? "Untitled" : std::filesystem::path(file_).filename().string();
}

std::string WorkspaceDocument::proposed_file(const std::string& extension) const {
  constexpr std::string_view own_extension = ".dnm.json";
  const std::filesystem::path session(file_);
  std::string base = session.filename().string();
  if (base.ends_with(own_extension)) base.erase(base.size() - own_extension.size());
  if (base.empty()) base = "network";
  const std::filesystem::path folder = file_.empty() ? std::filesystem::current_path() : session.parent_path();
  return (folder / (base + extension)).string();
}

void WorkspaceDocument::forget_changes() {
  history_.set_saved();
  is_not_in_file_ = false;
}

void WorkspaceDocument::set_saved(std::string file, const FileStamp& stamp) {
  file_ = std::move(file);
  stamp_ = stamp;
  forget_changes();
}

FileChange WorkspaceDocument::change_of_file() const {
  if (file_.empty() || !stamp_) return {};
  const std::optional<FileStamp> now = stamp_of_file(file_);
  if (!now) return {FileChange::Kind::gone, {}};
  return same_content(*now, *stamp_) ? FileChange{} : FileChange{FileChange::Kind::changed, *now};
}

}  // namespace dnm
