// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/session/document.h"

#include <filesystem>
#include <utility>

namespace dnm {

bool WorkspaceDocument::edit(std::string label, WorkspaceState next, std::string merge_key) {
  return history_.edit(std::move(label), std::move(next), std::move(merge_key));
}

void WorkspaceDocument::reset(const Session& session, std::string file) {
  history_ = History(session.state);
  chart_ = session.chart.value_or(ChartSettings{});
  unknown_ = session.unknown;
  file_ = std::move(file);
  has_new_results_ = false;
}

Session WorkspaceDocument::session() const {
  Session session;
  session.state = state();
  session.chart = chart_;
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
  has_new_results_ = false;
}

void WorkspaceDocument::set_saved(std::string file) {
  file_ = std::move(file);
  forget_changes();
}

}  // namespace dnm
