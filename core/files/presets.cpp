// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/presets.h"

#include <span>

#include "core/files/file_text.h"
#include "core/files/parameters_json.h"
#include "core/parameters/look_up.h"
#include "core/support/compiled_text.h"
#include "core/support/error.h"
#include "core/support/json.h"

namespace dnm {

/// The files of resources/presets.
std::span<const CompiledText> preset_texts();

namespace {

Preset preset_from_json(std::string_view text) {
  const OrderedJson json = parse_json(text);
  return {json.at("id").get<std::string>(), json.at("title").get<std::string>(),
          json.at("description").get<std::string>(), parameters_from_json(json.at("parameters").dump()).parameters};
}

}  // namespace

const std::vector<Preset>& presets() {
  static const std::vector<Preset> all = [] {
    std::vector<Preset> made;
    for (const CompiledText& file : preset_texts()) made.push_back(preset_from_json(file.text));
    return made;
  }();
  return all;
}

Preset preset(std::string_view id_or_file) {
  if (!id_or_file.ends_with(".json")) return look_up(presets(), id_or_file, "preset");
  const std::string file(id_or_file);
  const std::string text = whole_file(file);
  try {
    return preset_from_json(text);
  } catch (const OrderedJson::exception&) {
    throw InvalidInput(file +
                       " is no preset: it is no JSON, or lacks id, title, description or parameters; take a file "
                       "such as best.json of a search");
  } catch (const InvalidInput& problem) {
    throw InvalidInput(file + ": " + problem.what());
  }
}

}  // namespace dnm
