// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/run_folders.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <string_view>
#include <system_error>
#include <utility>

#include <nlohmann/json.hpp>

#include "core/support/error.h"
#include "training/runs/epochs_file.h"

namespace dnm {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view seed_start = "seed-";
constexpr std::string_view comparison_runs = "runs";  // in the folder that dnm compare writes

bool has_run(const fs::path& folder) {
  std::error_code code;
  return fs::is_regular_file(folder / epochs_file_name, code);
}

/// Folders in a folder, in the order of their names.
std::vector<fs::path> folders_in(const fs::path& folder) {
  std::vector<fs::path> found;
  std::error_code code;
  for (fs::directory_iterator entry(folder, code), end; !code && entry != end; entry.increment(code)) {
    std::error_code unreadable;
    if (entry->is_directory(unreadable)) found.push_back(entry->path());
  }
  std::ranges::sort(found);
  return found;
}

template <class Number>
bool parse(std::string_view text, Number& number) {
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
  return parsed.ec == std::errc() && parsed.ptr == text.data() + text.size();
}

/// What the run was started with, as far as its config.json tells; a figure can do without.
void add_config(PlottedGroup& group, const fs::path& folder) {
  std::ifstream file(folder / "config.json");
  const nlohmann::json config = nlohmann::json::parse(file, nullptr, false);
  if (!config.is_object()) return;
  if (const auto command = config.find("command"); command != config.end() && command->is_string()) {
    group.command_line = command->get<std::string>();
  }
  const auto settings = config.find("settings");
  if (settings == config.end() || !settings->is_object()) return;
  const auto epochs = settings->find("epochs");
  int count = 0;
  constexpr int most_epochs = 1'000'000;
  if (epochs != settings->end() && epochs->is_string() && parse(epochs->get_ref<const std::string&>(), count)) {
    group.epochs = std::clamp(count, 0, most_epochs);
  }
}

std::string name_of(const fs::path& folder) {
  const fs::path plain = fs::weakly_canonical(folder);
  return plain.has_filename() ? plain.filename().string() : folder.string();
}

/// The runs of one group; none when the folder is no group.
PlottedGroup read_group(const fs::path& folder) {
  PlottedGroup group;
  std::vector<fs::path> runs;
  if (has_run(folder)) {
    runs = {folder};
  } else {
    for (const fs::path& path : folders_in(folder)) {
      if (path.filename().string().starts_with(seed_start) && has_run(path)) runs.push_back(path);
    }
  }
  for (const fs::path& path : runs) {
    RunHistory history = read_epochs(path / epochs_file_name);
    if (!history.empty()) group.runs.push_back(std::move(history));
  }
  std::ranges::stable_sort(group.runs, {}, [](const RunHistory& run) { return run.front().seed; });
  if (runs.empty()) return group;
  group.name = name_of(folder);
  add_config(group, runs.front());
  return group;
}

std::vector<PlottedGroup> read_groups_in(const fs::path& folder) {
  std::vector<PlottedGroup> groups;
  for (const fs::path& path : folders_in(folder)) {
    if (PlottedGroup group = read_group(path); !group.name.empty()) groups.push_back(std::move(group));
  }
  return groups;
}

}  // namespace

std::vector<PlottedGroup> read_run_groups(const fs::path& folder) {
  std::error_code code;
  if (!fs::is_directory(folder, code)) {
    throw FileError("there is no folder " + folder.string() + "; give one that dnm train --run-dir has written");
  }
  if (PlottedGroup group = read_group(folder); !group.name.empty()) return {std::move(group)};
  std::vector<PlottedGroup> groups = read_groups_in(folder);
  if (groups.empty()) groups = read_groups_in(folder / comparison_runs);
  if (groups.empty()) {
    throw FileError("there are no runs in " + folder.string() +
                    "; give a folder with epochs.csv, or one whose folders have it");
  }
  return groups;
}

}  // namespace dnm
