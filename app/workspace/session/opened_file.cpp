// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/session/opened_file.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "app/workspace/experiments/run_folders.h"
#include "app/workspace/search/search_folder.h"
#include "app/workspace/experiments/run_moments.h"
#include "app/workspace/module_loader.h"
#include "core/files/network_files.h"
#include "core/support/error.h"
#include "training/runs/topology_file.h"

namespace dnm {

namespace {

ShownFile read_file(std::string file, const ReadOptions& reading, const TaskControl& control,
                    std::vector<std::string>& notices) {
  NetworkFile contents = read_network(file, reading, control);
  std::ranges::move(contents.notices, std::back_inserter(notices));
  return {std::move(file), std::move(contents.network), std::move(contents.provenance), reading};
}

/// The first run that rewires its links, after its last update. What cannot be read is noted.
std::optional<ShownRun> newest_run_in(const std::vector<Experiment>& experiments, std::vector<std::string>& notices) {
  for (const Experiment& experiment : experiments) {
    for (const ExperimentRun& run : experiment.runs) {
      std::error_code code;
      if (!std::filesystem::exists(std::filesystem::path(run.folder) / topology_file_name, code)) continue;
      try {
        RunMoments moments(run.folder);
        static_cast<void>(moments.refresh());
        ShownRun shown = last_moment(experiment, run);
        shown.update = moments.moments().empty() ? 0 : moments.moments().back().update;
        moments.read(shown);
        if (std::string gap = moments.gap(); !gap.empty()) notices.push_back(std::move(gap));
        return shown;
      } catch (const Error& error) {
        notices.emplace_back(error.what());
      }
    }
  }
  return std::nullopt;
}

}  // namespace

Session session_in_file(const std::filesystem::path& path) {
  if (!is_figure_file(path)) return read_session(path);
#ifdef DNM_STUDIO
  return session_of_file(path, figure_module().session_of(path));
#else
  throw ResourceError("reading the session of a figure is not part of this build; build it with -DDNM_STUDIO=ON");
#endif
}

OpenedFile open_file(const std::filesystem::path& path, const ReadOptions& reading, const TaskControl& control) {
  OpenedFile opened;
  if (std::error_code code; std::filesystem::is_directory(path, code)) {
    opened.is_search = is_search_folder(path);
    if (opened.is_search) return opened;
    opened.runs = read_experiments(path);
    opened.run = newest_run_in(opened.runs, opened.notices);
    return opened;
  }
  if (is_session_file(path)) {
    const std::string text = read_session_text(path);
    opened.stamp = stamp_of(text, written_at(path));
    opened.session = session_of_file(path, text);
  } else if (is_figure_file(path)) {
    opened.session = session_in_file(path);
  }
  if (!opened.session) {
    opened.network = read_file(path.string(), reading, control, opened.notices);
    return opened;
  }
  opened.notices = read_shown(opened.session->state.shown, control);
  if (!opened.session->found_elsewhere.empty()) opened.notices.push_back(opened.session->found_elsewhere);
  return opened;
}

std::vector<std::string> read_shown(Shown& shown, const TaskControl& control) {
  std::vector<std::string> notices;
  if (auto* run = std::get_if<ShownRun>(&shown); run && !run->network) {
    std::string problem;
    run->problem.clear();
    try {
      RunMoments moments(run->folder);
      static_cast<void>(moments.refresh());
      moments.read(*run);
      if (std::string gap = moments.gap(); !gap.empty()) notices.push_back(std::move(gap));
    } catch (const Error& error) {
      problem = error.what();
    }
    if (run->network && !problem.empty()) {
      notices.push_back("the run with seed " + std::to_string(run->seed) + " cannot be compared with update " +
                        std::to_string(compared_update(*run)) + " (" + problem + ")");
      run->compared.reset();
    } else if (!problem.empty()) {
      const std::string moment =
          run->update == 0 ? std::string("as it began") : "after update " + std::to_string(run->update);
      run->problem = "the run with seed " + std::to_string(run->seed) + " cannot be shown " + moment + ": " + problem;
    }
  }
  if (auto* file = std::get_if<ShownFile>(&shown); file && !file->network) {
    try {
      *file = read_file(file->file, ReadOptions(file->reading), control, notices);
    } catch (const Cancelled&) {
      throw;
    } catch (const Error& error) {
      file->problem = error.what();
    }
  }
  return notices;
}

}  // namespace dnm
