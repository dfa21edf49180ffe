// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/shown_json.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "core/support/error.h"

namespace dnm {

namespace {

constexpr const char* file_key = "network_file";
constexpr const char* reading_key = "network_reading";
constexpr const char* run_key = "shown_run";

constexpr std::pair<ReadAs, const char*> kinds_of_reading[] = {{ReadAs::graph, "graph"}, {ReadAs::layers, "layers"}};

/// Only what is not as the file itself says.
OrderedJson reading_to_json(const ReadOptions& reading) {
  OrderedJson json = OrderedJson::object();
  for (const auto& [kind, name] : kinds_of_reading)
    if (kind == reading.as) json["as"] = name;
  if (!reading.tensors.empty()) json["tensors"] = reading.tensors;
  return json;
}

ReadOptions reading_from_json(const OrderedJson& json) try {
  ReadOptions reading;
  if (const auto as = json.find("as"); as != json.end()) {
    const auto* const found = std::ranges::find_if(
        kinds_of_reading, [&](const auto& kind) { return kind.second == as->get_ref<const std::string&>(); });
    if (found == std::end(kinds_of_reading))
      throw FileError("this session reads its network as \"" + as->get<std::string>() +
                      "\", which is neither graph nor layers");
    reading.as = found->first;
  }
  reading.tensors = json.value("tensors", std::vector<std::string>());
  return reading;
} catch (const OrderedJson::exception&) {
  throw FileError("\"network_reading\" of this session is damaged: a value is of the wrong kind");
}

std::string file_from_json(const OrderedJson& json) {
  const auto file = json.find(file_key);
  if (file == json.end()) return {};
  if (!file->is_string()) throw FileError("\"network_file\" of this session is not a text");
  return file->get<std::string>();
}

ShownRun run_from_json(const OrderedJson& json) try {
  ShownRun run;
  run.experiment = json.value("experiment", std::string());
  run.seed = json.at("seed").get<std::uint64_t>();
  run.folder = json.value("folder", std::string());
  run.update = json.at("update").get<std::uint64_t>();
  return run;
} catch (const OrderedJson::exception&) {
  throw FileError("\"shown_run\" of this session is damaged: a value is missing or of the wrong kind");
}

}  // namespace

void add_shown(OrderedJson& json, const Shown& shown) {
  const auto* file = std::get_if<ShownFile>(&shown);
  const auto* run = std::get_if<ShownRun>(&shown);
  const std::string name = file ? file->file : run ? run->file : std::string();
  if (!name.empty()) json[file_key] = name;
  if (file && !(file->reading == ReadOptions{})) json[reading_key] = reading_to_json(file->reading);
  if (run) {
    json[run_key] = {
        {"experiment", run->experiment}, {"seed", run->seed}, {"folder", run->folder}, {"update", run->update}};
  }
}

Shown shown_from_json(const OrderedJson& json) {
  std::string file = file_from_json(json);
  if (const auto found = json.find(run_key); found != json.end()) {
    ShownRun run = run_from_json(*found);
    run.file = std::move(file);
    return run;
  }
  if (file.empty()) return ShownModel{};
  const auto reading = json.find(reading_key);
  return ShownFile{std::move(file), {}, {}, reading == json.end() ? ReadOptions{} : reading_from_json(*reading)};
}

}  // namespace dnm
