// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/provenance.h"

#include <nlohmann/json.hpp>

#include "app/workspace/command_lines.h"
#include "core/support/version.h"

namespace dnm {

namespace {

using Json = nlohmann::ordered_json;

Json options_of(const ModelParameters& parameters) {
  Json object = Json::object();
  for (const auto& [id, text] : to_texts(parameters)) {
    Json& held = object[id];
    if (held.is_null()) {
      held = text;
    } else {
      if (!held.is_array()) held = Json::array({held});
      held.push_back(text);
    }
  }
  return object;
}

/// ASCII alone; bytes that are not UTF-8 are replaced.
std::string text_of(const Json& object) { return object.dump(-1, ' ', true, Json::error_handler_t::replace); }

}  // namespace

std::string parameters_as_options_json(const ModelParameters& parameters) { return text_of(options_of(parameters)); }

std::string provenance_of(const WorkspaceState& state) {
  if (const auto* file = std::get_if<ShownFile>(&state.shown)) return file->provenance;
  Json object{{"program", "dnm-studio"}, {"version", program_version()}};
  if (const auto* run = std::get_if<ShownRun>(&state.shown)) {
    object["run"] = {{"seed", run->seed}, {"update", run->update}};
  } else {
    object["command_line"] = generate_command_line(state);
    object["parameters"] = options_of(state.parameters);
  }
  return text_of(object);
}

}  // namespace dnm
