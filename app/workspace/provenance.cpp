// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/provenance.h"

#include "app/workspace/command_lines.h"
#include "app/workspace/exported.h"
#include "core/support/error.h"
#include "core/support/json.h"
#include "core/support/version.h"

namespace dnm {

namespace {

OrderedJson options_of(const ModelParameters& parameters) {
  OrderedJson object = OrderedJson::object();
  for (const auto& [id, text] : to_texts(parameters)) {
    OrderedJson& held = object[id];
    if (held.is_null()) {
      held = text;
    } else {
      if (!held.is_array()) held = OrderedJson::array({held});
      held.push_back(text);
    }
  }
  return object;
}

}  // namespace

std::string parameters_as_options_json(const ModelParameters& parameters) { return ascii_text(options_of(parameters)); }

std::string provenance_of(const WorkspaceState& state, const std::filesystem::path& file) {
  if (const auto* shown = std::get_if<ShownFile>(&state.shown)) return exported_provenance(shown->provenance, file);
  OrderedJson object{{"program", "dnm-studio"}, {"version", program_version()}};
  if (const auto* run = std::get_if<ShownRun>(&state.shown)) {
    object["run"] = {{"seed", run->seed}, {"update", run->update}, {"moment", moment_name(as_working_network(*run))}};
    if (!run->matrices.empty()) object["run"]["matrices"] = run->matrices;
    if (!run->folder.empty()) object["run"]["folder"] = exported_name(run->folder, file);
  } else {
    const WorkspaceState exported = exported_state(state, file);
    object["command_line"] = generate_command_line(exported);
    object["parameters"] = options_of(exported.parameters);
  }
  return ascii_text(object);
}

std::string provenance_of_change(const std::string& command_line, const std::string& before,
                                 const std::filesystem::path& file) {
  OrderedJson object{{"program", "dnm-studio"},
                     {"version", program_version()},
                     {"command_line", exported_command_line(command_line, file)}};
  if (OrderedJson from = parse_json_if_valid(before); from.is_object()) object["from"] = std::move(from);
  return ascii_text(object);
}

std::optional<ModelParameters> parameters_of(const ShownFile& file) {
  const OrderedJson object = parse_json_if_valid(file.provenance);
  if (!file.network || !object.is_object() || !object.contains("parameters")) return std::nullopt;
  const OrderedJson& options = object["parameters"];
  if (!options.is_object()) return std::nullopt;
  ModelParameters parameters;
  try {
    for (const auto& [id, texts] : options.items()) {
      const OrderedJson list = texts.is_array() ? texts : OrderedJson::array({texts});
      for (const OrderedJson& text : list) set_from_text(parameters, id, text.get<std::string>());
    }
    check_parameters(parameters);
  } catch (const Error&) {
    return std::nullopt;
  } catch (const OrderedJson::exception&) {
    return std::nullopt;
  }
  return parameters.layer_sizes == file.network->layer_sizes() ? std::optional(parameters) : std::nullopt;
}

}  // namespace dnm
