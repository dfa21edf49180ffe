// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/shown_json.h"

#include <string>
#include <utility>
#include <vector>

#include "core/support/error.h"
#include "core/support/json_integer.h"

namespace dnm {

namespace {

constexpr const char* file_key = "network_file";
constexpr const char* reading_key = "network_reading";
constexpr const char* run_key = "shown_run";

std::string file_from_json(const OrderedJson& json) {
  const auto file = json.find(file_key);
  if (file == json.end()) return {};
  if (!file->is_string()) throw FileError("\"network_file\" of this session is not a text");
  return file->get<std::string>();
}

ReadOptions reading_of(const OrderedJson& json) {
  return {read_as_named(json.value("as", std::string())), json.value("tensors", std::vector<std::string>()),
          json.value("format", std::string())};
}

ReadOptions reading_from_json(const OrderedJson& json) try {
  const auto found = json.find(reading_key);
  return found == json.end() ? ReadOptions{} : reading_of(*found);
} catch (const OrderedJson::exception&) {
  throw FileError("\"network_reading\" of this session is damaged: a value is of the wrong kind");
}

OrderedJson reading_json(const ReadOptions& reading) {
  OrderedJson json = OrderedJson::object();
  if (reading.as != ReadAs::automatic) json["as"] = read_as_id(reading.as);
  if (!reading.tensors.empty()) json["tensors"] = reading.tensors;
  if (!reading.format.empty()) json["format"] = reading.format;
  return json;
}

ShownRun run_from_json(const OrderedJson& json) try {
  ShownRun run;
  run.experiment = json.value("experiment", std::string());
  run.seed = integer_of<std::uint64_t>(json.at("seed"));
  run.folder = json.value("folder", std::string());
  run.update = integer_of<std::uint64_t>(json.at("update"));
  if (const auto compared = json.find("compared"); compared != json.end())
    run.compared = integer_of<std::uint64_t>(*compared);
  run.matrices = json.value("matrices", std::string());
  if (const auto epoch = json.find("epoch"); epoch != json.end()) run.epoch = integer_of<int>(*epoch);
  run.follows = json.value("follows", true);
  run.is_working = json.value("working", false);
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
  const ReadOptions reading = file ? file->reading : run ? run->reading : ReadOptions{};
  if (!name.empty() && reading != ReadOptions{}) json[reading_key] = reading_json(reading);
  if (run) {
    json[run_key] = {
        {"experiment", run->experiment}, {"seed", run->seed}, {"folder", run->folder}, {"update", run->update}};
    if (run->compared) json[run_key]["compared"] = *run->compared;
    if (!run->matrices.empty()) json[run_key]["matrices"] = run->matrices;
    if (run->epoch > 0) json[run_key]["epoch"] = run->epoch;
    if (!run->follows) json[run_key]["follows"] = false;
    if (run->is_working) json[run_key]["working"] = true;
  }
}

Shown shown_from_json(const OrderedJson& json) {
  std::string file = file_from_json(json);
  if (const auto found = json.find(run_key); found != json.end()) {
    ShownRun run = run_from_json(*found);
    run.file = std::move(file);
    run.reading = reading_from_json(json);
    return run;
  }
  if (file.empty()) return ShownModel{};
  return ShownFile{std::move(file), {}, {}, reading_from_json(json)};
}

std::string reading_text(const ReadOptions& reading) { return ascii_text(reading_json(reading)); }

ReadOptions reading_from_text(const std::string& text) try {
  return reading_of(parse_json(text));
} catch (const OrderedJson::exception&) {
  return {};
} catch (const InvalidInput&) {
  return {};
}

}  // namespace dnm
