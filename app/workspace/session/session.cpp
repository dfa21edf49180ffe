// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/session/session.h"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <system_error>

#include "app/workspace/experiments/experiments_json.h"
#include "app/workspace/experiments/sweep_file.h"
#include "app/workspace/pins/pins_json.h"
#include "app/workspace/session/session_paths.h"
#include "app/workspace/shown_json.h"
#include "app/workspace/unknown_keys.h"
#include "core/files/atomic_file.h"
#include "core/files/parameters_json.h"
#include "core/files/presets.h"
#include "core/support/error.h"
#include "core/support/json.h"
#include "core/support/letter_case.h"
#include "training/runs/run_seeds.h"
#include "training/runs/training_parameters.h"
#include "viz/figure/page_settings.h"

namespace dnm {

namespace {

constexpr std::string_view format_name = "dnm-session";
constexpr const char* empty_object = "{}";
constexpr int current_version = 1;
constexpr std::string_view known_keys[] = {"format",    "version", "parameters", "network_file", "network_reading",
                                           "shown_run", "view",    "selected",   "pins",         "training",
                                           "runs",      "sweep"};
constexpr std::uintmax_t largest_file = std::uintmax_t{64} << 20;

OrderedJson parse_session(std::string_view text) {
  try {
    return parse_json(text);
  } catch (const OrderedJson::parse_error& error) {
    throw FileError("this is not a session: its text is not valid JSON near byte " + std::to_string(error.byte) +
                    "; choose a .dnm.json file that was saved whole");
  } catch (const OrderedJson::exception&) {
    throw FileError("this is not a session: its JSON holds a number that is too large; choose another .dnm.json file");
  }
}

void check_header(const OrderedJson& json) {
  if (!json.is_object() || json.value("format", OrderedJson()) != format_name) {
    throw FileError("this JSON is not a DNM Studio session (it has no format " + std::string(format_name) +
                    "); choose a .dnm.json file");
  }
  const auto version = json.find("version");
  if (version == json.end() || !version->is_number_integer() || version->get<std::int64_t>() < 1) {
    throw FileError("this session has no valid version number; it is damaged");
  }
  if (version->get<std::int64_t>() > current_version) {
    throw FileError("this session was written by a newer DNM Studio (session version " + version->dump() +
                    ", known here: " + std::to_string(current_version) + "); update the program to open it");
  }
}

std::string object_text(const OrderedJson& json, const char* key) {
  const auto found = json.find(key);
  if (found == json.end()) return empty_object;
  if (!found->is_object()) throw FileError("\"" + std::string(key) + "\" of this session is not a JSON object");
  return found->dump();
}

/// Never throws: the rest of the session is opened without it.
void read_sweep(Session& session, std::string_view text) {
  try {
    session.sweep = sweep_with_rows_from_json(text);
  } catch (const Error&) {
    session.damaged_sweep = "The sweep of this session is damaged and was left out; start it again.";
  }
}

std::string extension_of(const std::filesystem::path& path) { return lower_case(path.extension().string()); }

}  // namespace

Session network_session() {
  Session session;
  session.has_view = session.has_training = false;
  return session;
}

Session first_session() {
  Session session;
  session.state.parameters = preset("poster-c").parameters;
  session.state.view.pictures.node_coloring = "community";
  return session;
}

Session session_from_json(std::string_view text) {
  const OrderedJson json = parse_session(text);
  check_header(json);
  Session session;
  OrderedJson unknown = unknown_keys(json, known_keys);
  if (const auto parameters = json.find("parameters"); parameters != json.end()) {
    ParametersInJson read = parameters_from_json(parameters->dump());
    session.state.parameters = std::move(read.parameters);
    if (OrderedJson rest = parse_json(read.unknown); !rest.empty()) unknown["parameters"] = std::move(rest);
  }
  session.state.shown = shown_from_json(json);
  session.unknown = {unknown.dump(), object_text(json, "view")};
  session.has_view = session.unknown.view != empty_object;
  session.state.view = view_settings_from_json(session.unknown.view);
  session.chart = chart_settings_from_view(session.unknown.view);
  if (const auto selected = json.find("selected"); selected != json.end()) {
    session.selected = selected_neurons_from_json(selected->dump());
  }
  if (const auto pins = json.find("pins"); pins != json.end()) {
    ReadPins read = pins_from_json(*pins);
    session.state.pins = std::move(read.pins);
    session.pin_results = std::move(read.results);
    session.damaged_pins = std::move(read.problem);
  }
  const std::string training = object_text(json, "training");
  session.has_training = training != empty_object;
  session.state.training = training_settings_from_json(training);
  session.state.training.seed = TrainingSettings{}.seed;  // `seeds` replaces it
  session.state.seeds = seeds_from_training_json(training);
  // Never throws: damaged runs must not prevent the rest from being opened.
  if (const auto runs = json.find("runs"); runs != json.end()) {
    ReadExperiments read = experiments_from_json(*runs);
    session.runs = std::move(read.experiments);
    session.damaged_runs = std::move(read.problem);
  }
  if (const auto sweep = json.find("sweep"); sweep != json.end()) read_sweep(session, sweep->dump());
  return session;
}

std::string session_to_json(const Session& session) {
  const WorkspaceState& state = session.state;
  OrderedJson json = OrderedJson::object();
  json["format"] = format_name;
  json["version"] = current_version;
  json["parameters"] = parse_json(parameters_to_json(state.parameters));
  add_shown(json, state.shown);
  std::string view{empty_object};
  if (session.has_view) {
    view = view_settings_to_json(state.view, session.unknown.view);
    if (session.chart) view = with_chart_settings(view, *session.chart);
  }
  json["view"] = parse_json(view);
  if (!session.selected.empty()) json["selected"] = parse_json(selected_neurons_to_json(session.selected));
  if (state.pins != Pins{}) json["pins"] = pins_to_json(state.pins, session.pin_results);
  json["training"] =
      parse_json(session.has_training ? training_json_with_seeds(state.training, state.seeds) : empty_object);
  if (!session.runs.empty()) json["runs"] = experiments_to_json(session.runs);
  if (session.sweep) json["sweep"] = parse_json(sweep_with_rows_to_json(*session.sweep));
  add_unknown_keys(json, session.unknown.top);
  return json.dump(2, ' ', false, OrderedJson::error_handler_t::replace) + "\n";
}

std::string read_session_text(const std::filesystem::path& path) {
  const std::string name = "\"" + path.string() + "\"";
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) {
    throw FileError(name + " is a folder; choose a session file");
  }
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    throw FileError("cannot open the session " + name + ": " + std::generic_category().message(errno) +
                    "; check the path");
  }
  const std::uintmax_t size = std::filesystem::file_size(path, error);
  if (error || size > largest_file)
    throw FileError(name + " is too large or not a regular file; choose a .dnm.json file");
  std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  if (file.bad()) throw FileError("cannot read the session " + name + "; check the disk");
  return text;
}

Session session_of_file(const std::filesystem::path& path, std::string_view text) {
  const std::string name = "\"" + path.string() + "\"";
  try {
    Session session = session_from_json(text);
    session.found_elsewhere = resolve_paths(session, path);
    return session;
  } catch (const FileError& problem) {
    throw FileError(name + ": " + problem.what());
  } catch (const InvalidInput& problem) {
    throw InvalidInput(name + ": " + problem.what());
  }
}

Session read_session(const std::filesystem::path& path) { return session_of_file(path, read_session_text(path)); }

bool is_session_file(const std::filesystem::path& path) { return extension_of(path) == ".json"; }

bool is_figure_file(const std::filesystem::path& path) {
  return std::ranges::find(figure_extensions, extension_of(path)) != std::end(figure_extensions);
}

bool is_animation_file(const std::filesystem::path& path) {
  const std::string extension = extension_of(path);
  return extension == ".gif" || extension == ".webp";
}

FileStamp write_session(const std::filesystem::path& path, Session session) {
  store_paths(session, path);
  const std::string text = session_to_json(session);
  write_atomically(path, text);
  return stamp_of(text, seconds_now());
}

}  // namespace dnm
