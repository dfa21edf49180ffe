// SPDX-License-Identifier: GPL-3.0-or-later
#include <span>

#include "core/files/parameters_json.h"
#include "core/files/session.h"
#include "core/support/error.h"

namespace dnm {

/// The files of resources/presets, in order of their names; defined in a source that the build makes from them.
std::span<const std::string_view> preset_texts();

namespace {

Preset preset_from_json(std::string_view text) {
  const OrderedJson json = OrderedJson::parse(text);
  OrderedJson unknown = OrderedJson::object();
  return {json.at("id").get<std::string>(), json.at("title").get<std::string>(),
          json.at("description").get<std::string>(), parameters_from_json(json.at("parameters"), unknown)};
}

}  // namespace

const std::vector<Preset>& presets() {
  static const std::vector<Preset> all = [] {
    std::vector<Preset> made;
    for (const std::string_view text : preset_texts()) made.push_back(preset_from_json(text));
    return made;
  }();
  return all;
}

const Preset& preset(std::string_view id) {
  std::vector<std::string_view> known;
  for (const Preset& candidate : presets()) {
    if (candidate.id == id) return candidate;
    known.push_back(candidate.id);
  }
  std::string message = "there is no preset \"" + std::string(id) + "\"";
  if (const std::string_view near = nearest(id, known); !near.empty()) {
    throw InvalidInput(message + "; did you mean \"" + std::string(near) + "\"?");
  }
  message += "; the presets are";
  for (std::size_t i = 0; i < known.size(); ++i) message += (i == 0 ? " " : ", ") + std::string(known[i]);
  throw InvalidInput(message);
}

}  // namespace dnm
