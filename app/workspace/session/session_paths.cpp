// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/session/session_paths.h"

#include <algorithm>
#include <set>
#include <system_error>
#include <utility>
#include <vector>

#include "core/support/error.h"
#include "core/support/user_folders.h"
#include "training/runs/run_seeds.h"
#include "training/runs/training_parameters.h"

namespace dnm {

namespace {

namespace fs = std::filesystem;

void change_name(std::string& name, const PathChange& change, PathUse use = PathUse::existing) {
  if (!name.empty()) name = change(name, use);
}

void change_paths(Experiment& experiment, const PathChange& change) {
  const auto usual_folder = [&](const ExperimentRun& run) {
    return settings_of_seed(experiment.start.training, run.seed, training_seeds(experiment.start).size()).run_folder;
  };
  std::set<const ExperimentRun*> usual;
  for (const ExperimentRun& run : experiment.runs)
    if (run.folder == usual_folder(run)) usual.insert(&run);
  const PathChange to_existing = [&](const std::string& name, PathUse) { return change(name, PathUse::existing); };
  dnm::change_paths(experiment.start, to_existing);
  for (ExperimentRun& run : experiment.runs) {
    if (usual.contains(&run)) {
      run.folder = usual_folder(run);
    } else {
      change_name(run.folder, change);
    }
  }
}

/// Without "." and ".." inside, and without a slash at its end.
fs::path plain(const fs::path& path) {
  fs::path made = path.lexically_normal();
  return made.has_filename() || !made.has_parent_path() ? made : made.parent_path();
}

/// As it is, where the current folder is gone.
fs::path absolute_path(const fs::path& path) {
  std::error_code error;
  const fs::path made = fs::absolute(path.empty() ? fs::path(".") : path, error);
  return error ? path : plain(made);
}

fs::path in_truth(const fs::path& path) {
  std::error_code error;
  const fs::path made = fs::weakly_canonical(path, error);
  return error ? path : made;
}

bool is_of_home(const std::string& name) { return name.starts_with('~'); }

/// Relative to the folder; empty if it does not lie in it.
std::string below(const fs::path& folder, const fs::path& path) {
  const fs::path relative = path.lexically_relative(folder);
  return relative.empty() || *relative.begin() == ".." ? std::string() : relative.generic_string();
}

bool is_there(const fs::path& path) {
  std::error_code error;
  return fs::exists(path, error);
}

/// Empty where there is no folder of a user.
fs::path runs_of_the_user() try { return user_runs_folder(); } catch (const FileError&) {
  return {};
}

/// Whether a figure may name something so that lies elsewhere: by its last part alone, or a run as NAME/seed-N.
bool is_name_elsewhere(const fs::path& path) {
  const fs::path parent = path.parent_path();
  return parent.empty() || (!parent.has_parent_path() && path.filename().string().starts_with(seed_folder_start));
}

/// What lies below the folder under the longest end of that absolute name; empty if nothing does.
fs::path end_below(const fs::path& folder, const fs::path& name) {
  const fs::path parts = name.relative_path();
  for (auto first = parts.begin(); first != parts.end(); ++first) {
    fs::path end;
    for (auto part = first; part != parts.end(); ++part) end /= *part;
    if (!end.empty() && is_there(folder / end)) return folder / end;
  }
  return {};
}

}  // namespace

void change_paths(Shown& shown, const PathChange& change) {
  if (auto* file = std::get_if<ShownFile>(&shown)) change_name(file->file, change);
  if (auto* run = std::get_if<ShownRun>(&shown)) {
    change_name(run->folder, change);
    change_name(run->file, change);
  }
}

void change_paths(TrainingSettings& training, const PathChange& change) {
  const auto& table = training_parameter_table();
  for (const auto& row : table) {
    if (row.info.kind != ParameterKind::path || !table.belongs(row, training)) continue;
    auto name = std::get<std::string>(row.get(training));
    change_name(name, change, row.info.id == "run-dir" ? PathUse::for_new_runs : PathUse::existing);
    row.set(training, name);
  }
}

void change_paths(WorkspaceState& state, const PathChange& change) {
  change_paths(state.shown, change);
  change_name(state.parameters.data_folder, change);
  for (Pin& pin : state.pins.list) {
    change_paths(pin.shown, change);
    change_name(pin.parameters.data_folder, change);
  }
  change_paths(state.training, change);
}

void change_paths(Session& session, const PathChange& change) {
  change_paths(session.state, change);
  for (PinResult& result : session.pin_results) {
    // What is known of a pin is found by its network, which its file names.
    change_paths(result.pin.shown, change);
    change_name(result.pin.parameters.data_folder, change);
  }
  for (Experiment& experiment : session.runs) change_paths(experiment, change);
  if (session.sweep) {
    change_name(session.sweep->plan.base.data_folder, change);
    for (SweepPoint& point : session.sweep->points) change_name(point.parameters.data_folder, change);
  }
}

std::string path_from(const fs::path& folder, const std::string& name) {
  if (is_of_home(name)) return name;
  const fs::path path = absolute_path(name);
  std::string relative = below(absolute_path(folder), path);
  if (relative.empty()) relative = below(in_truth(folder), in_truth(path));
  // A relative name must not look like one that begins at home.
  if (relative.starts_with('~')) relative.insert(0, "./");
  return relative.empty() ? path.string() : relative;
}

fs::path folder_of_session(const fs::path& session_file) {
  std::error_code error;
  if (fs::is_symlink(session_file, error)) return in_truth(session_file).parent_path();
  return session_file.parent_path();
}

void store_paths(Session& session, const fs::path& session_file) {
  const fs::path folder = folder_of_session(session_file);
  change_paths(session, [&](const std::string& name, PathUse) { return path_from(folder, name); });
}

std::string resolve_paths(Session& session, const fs::path& session_file) {
  const fs::path folder = folder_of_session(session_file);
  const fs::path runs = runs_of_the_user();
  std::vector<std::string> found, of_the_user;
  change_paths(session, [&](const std::string& name, PathUse use) {
    const fs::path path(name);
    if (is_of_home(name)) return name;
    if (path.is_relative()) {
      const fs::path beside = plain(folder / path);
      if (use == PathUse::for_new_runs || runs.empty() || !is_name_elsewhere(path) || is_there(beside) ||
          !is_there(runs / path))
        return beside.string();
      if (std::ranges::find(of_the_user, name) == of_the_user.end()) of_the_user.push_back(name);
      return (runs / path).string();
    }
    if (use == PathUse::for_new_runs || is_there(path)) return name;
    const fs::path moved = end_below(folder, path);
    if (moved.empty()) return name;
    if (std::ranges::find(found, name) == found.end()) found.push_back(name);
    return moved.string();
  });
  const auto named = [](const std::vector<std::string>& names) {
    return names.front() + (names.size() == 1 ? std::string() : " and " + std::to_string(names.size() - 1) + " more");
  };
  std::string notice;
  if (!found.empty()) {
    notice = named(found) + " is gone; what lies beside the session under that name is taken instead";
  }
  if (!of_the_user.empty()) {
    notice += (notice.empty() ? "" : "; ") + named(of_the_user) +
              " is not beside the session; the run of that name in " + runs.string() + " is taken instead";
  }
  return notice;
}

namespace {

std::string made_absolute(const std::string& name, PathUse /*use*/) {
  return is_of_home(name) ? name : absolute_path(name).string();
}

}  // namespace

void make_paths_absolute(Session& session) { change_paths(session, made_absolute); }

void make_paths_absolute(ModelParameters& model, TrainingSettings& training) {
  change_name(model.data_folder, made_absolute);
  change_paths(training, made_absolute);
}

}  // namespace dnm
