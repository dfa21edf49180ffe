// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/experiments/sweep_file.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>
#include <map>
#include <system_error>
#include <utility>

#include "core/files/atomic_file.h"
#include "core/files/delimited_rows.h"
#include "core/files/parameters_json.h"
#include "core/measures/measure_setting.h"
#include "core/parameters/number_text.h"
#include "core/parameters/parameter_json.h"
#include "core/parameters/parameter_table.h"
#include "core/support/csv_cell.h"
#include "core/support/error.h"
#include "core/support/json.h"
#include "core/support/version.h"

namespace dnm {

namespace {

namespace fs = std::filesystem;
using Cells = std::vector<std::string>;

constexpr std::size_t cells_of_measure = 3;  // value, standard error, reason

Cells header_of(const SweepPlan& plan) {
  Cells cells;
  for (const VariedParameter& varied : plan.varied) cells.push_back(varied.id);
  cells.insert(cells.end(), {"seed", "nodes", "links"});
  for (const std::string& id : plan.measures) cells.insert(cells.end(), {id, id + "_se", id + "_reason"});
  return cells;
}

std::string line_of(const Cells& cells) {
  std::string line;
  for (const std::string& cell : cells) line += (line.empty() ? "" : ",") + csv_cell(cell);
  return line + "\n";
}

std::string number_cell(const std::optional<double>& value) { return value ? format_real(*value) : std::string(); }

Cells cells_of(const Sweep& sweep, std::size_t index, const SweepRow& row) {
  Cells cells = sweep.points[sweep.point_of(index)].values;
  cells.push_back(std::to_string(sweep.seed_of(index)));
  const bool is_drawn = row.nodes > 0;
  cells.push_back(is_drawn ? std::to_string(row.nodes) : std::string());
  cells.push_back(is_drawn ? std::to_string(row.links) : std::string());
  for (const SweepValue& value : row.values)
    cells.insert(cells.end(), {number_cell(value.value), number_cell(value.standard_error), value.reason});
  return cells;
}

template <class Number>
bool read_number(std::string_view text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

bool read_value(std::span<const std::string_view> cells, SweepValue& value) {
  const auto read = [](std::string_view cell, std::optional<double>& number) {
    return cell.empty() || read_number(cell, number.emplace());
  };
  value.reason = cells[2];
  return read(cells[0], value.value) && read(cells[1], value.standard_error) &&
         value.value.has_value() == value.reason.empty();
}

/// What follows the values and the seed; nothing for a damaged line.
std::optional<SweepRow> read_row(const SweepPlan& plan, std::span<const std::string_view> cells) {
  SweepRow row;
  const bool is_drawn = !cells[0].empty();
  if (is_drawn && (!read_number(cells[0], row.nodes) || !read_number(cells[1], row.links))) return std::nullopt;
  for (std::size_t measure = 0; measure < plan.measures.size(); ++measure) {
    if (!read_value(cells.subspan(2 + measure * cells_of_measure, cells_of_measure), row.values.emplace_back()))
      return std::nullopt;
  }
  return row;
}

template <class Settings>
ChangedSweep changed_row(const ParameterTable<Settings>& table, const Settings& then, const Settings& now,
                         const SweepPlan& plan) {
  for (const auto& row : table) {
    const bool counts = row.info.lasting && row.info.id != "seed" &&
                        std::ranges::find(plan.varied, row.info.id, &VariedParameter::id) == plan.varied.end();
    if (counts && row.get(then) != row.get(now))
      return {std::string(row.info.id), format_value(row.info, row.get(then)), format_value(row.info, row.get(now))};
  }
  return {};
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ",") + word;
  return text;
}

std::vector<std::string> ids_of(const SweepPlan& plan) {
  std::vector<std::string> ids;
  for (const VariedParameter& varied : plan.varied) ids.push_back(varied.id);
  return ids;
}

/// Where a row stands, by its values and its seed.
using Places = std::map<std::pair<Cells, std::string>, std::size_t>;
Places places_of(const Sweep& sweep) {
  Places places;
  for (std::size_t row = 0; row < sweep.rows.size(); ++row)
    places[{sweep.points[sweep.point_of(row)].values, std::to_string(sweep.seed_of(row))}] = row;
  return places;
}

std::string text_of_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  if (!file) throw FileError("cannot read " + path.string() + "; check that it is there and may be read");
  return text;
}

}  // namespace

std::string sweep_csv(const Sweep& sweep) {
  std::string text = line_of(header_of(sweep.plan));
  for (std::size_t index = 0; index < sweep.rows.size(); ++index)
    if (sweep.rows[index]) text += line_of(cells_of(sweep, index, *sweep.rows[index]));
  return text;
}

void read_sweep_csv(Sweep& sweep, std::string_view text, const fs::path& path) {
  // A line that has no end was cut off.
  text = text.substr(0, text.rfind('\n') + 1);
  const Cells header = header_of(sweep.plan);
  const Places places = places_of(sweep);
  DelimitedRows lines(text, {.separator = ',', .comments_anywhere = false, .quotes_hold_line_ends = true}, path);
  for (bool is_header = true; lines.next(); is_header = false) {
    const auto cells = lines.fields();
    if (is_header) {
      if (!std::ranges::equal(cells, header))
        throw InvalidInput(path.string() + " has other columns than this sweep; choose another file with -o");
      continue;
    }
    if (cells.size() != header.size()) continue;
    const std::size_t varied = sweep.plan.varied.size();
    const Cells values(cells.begin(), cells.begin() + static_cast<std::ptrdiff_t>(varied));
    const auto place = places.find({values, std::string(cells[varied])});
    if (place == places.end())
      throw InvalidInput(path.string() + " has a row of " + joined(values) + ", seed " + std::string(cells[varied]) +
                         ", which this sweep has not and which would be lost; choose another file with -o");
    if (auto row = read_row(sweep.plan, cells.subspan(varied + 1))) sweep.rows[place->second] = std::move(*row);
  }
}

std::string sweep_to_json(const SweepPlan& plan, const std::string& command_line) {
  OrderedJson json = OrderedJson::object();
  if (!command_line.empty()) {
    json["program"] = "dnm-studio";
    json["version"] = program_version();
    json["command_line"] = command_line;
  }
  json["varied"] = OrderedJson::array();
  for (const VariedParameter& varied : plan.varied) json["varied"].push_back(parse_json(varied_to_json(varied)));
  json["seeds"] = plan.seeds;
  json["measures"] = plan.measures;
  json["measure_settings"] = parse_json(to_json(measure_setting_table(), plan.measuring, JsonForm::text));
  ModelParameters base = plan.base;
  base.seed = 0;
  // What is varied may draw no network as the model has it.
  for (const VariedParameter& varied : plan.varied)
    set_from_text(base, varied.id, value_texts(varied_info(varied), varied).front());
  json["parameters"] = parse_json(parameters_to_json(base));
  return ascii_text(json, 2) + "\n";
}

SweepPlan sweep_from_json(std::string_view text) try {
  const OrderedJson json = parse_json(text);
  SweepPlan plan;
  for (const OrderedJson& varied : json.at("varied")) plan.varied.push_back(varied_from_json(varied.dump()));
  plan.seeds = json.at("seeds").get<std::vector<std::uint64_t>>();
  plan.measures = json.at("measures").get<std::vector<std::string>>();
  JsonValues settings(json.at("measure_settings").dump(), "the settings of the measures");
  set_from_json(measure_setting_table(), plan.measuring, settings, BadValue::refuse);
  plan.base = parameters_from_json(json.at("parameters").dump()).parameters;
  return plan;
} catch (const OrderedJson::exception&) {
  throw InvalidInput(
      "this is not the description of a sweep; it names what is varied, seeds, measures, their settings "
      "and the parameters");
}

std::string sweep_with_rows_to_json(const Sweep& sweep) {
  OrderedJson json = parse_json(sweep_to_json(sweep.plan));
  json["rows"] = sweep_csv(sweep);
  return json.dump();
}

Sweep sweep_with_rows_from_json(std::string_view text) {
  Sweep sweep = make_sweep(sweep_from_json(text));
  const OrderedJson json = parse_json(text);
  const auto rows = json.find("rows");
  if (rows == json.end() || !rows->is_string()) throw InvalidInput("this sweep has no \"rows\"");
  read_sweep_csv(sweep, rows->get<std::string>(), "the sweep");
  return sweep;
}

ChangedSweep changed_sweep(const SweepPlan& then, const SweepPlan& now) {
  if (ids_of(then) != ids_of(now)) return {"vary", joined(ids_of(then)), joined(ids_of(now))};
  if (then.measures != now.measures) return {"measures", joined(then.measures), joined(now.measures)};
  if (ChangedSweep changed = changed_row(measure_setting_table(), then.measuring, now.measuring, {});
      !changed.id.empty())
    return changed;
  if (ChangedSweep changed = changed_row(model_parameter_table(), then.base, now.base, now); !changed.id.empty())
    return changed;
  if (then.base.overrides != now.base.overrides) return {"what single layers have of their own", "otherwise", "so"};
  return {};
}

void take_rows(Sweep& sweep, const Sweep& from) {
  if (!changed_sweep(from.plan, sweep.plan).id.empty()) return;
  const Places places = places_of(from);
  for (const auto& [key, row] : places_of(sweep)) {
    const auto known = places.find(key);
    if (known != places.end() && from.rows[known->second]) sweep.rows[row] = from.rows[known->second];
  }
}

SweepFile::SweepFile(fs::path table, Sweep& sweep, std::string command_line)
    : table_(std::move(table)), description_(table_), command_line_(std::move(command_line)) {
  description_.replace_extension(".json");
  std::error_code error;
  if (!fs::exists(table_, error)) return;
  if (!fs::exists(description_, error))
    throw InvalidInput(table_.string() + " is there without " + description_.filename().string() +
                       ", which tells what it is of; choose another file with -o");
  SweepPlan then;
  try {
    then = sweep_from_json(text_of_file(description_));
  } catch (const InvalidInput& problem) {
    throw InvalidInput(description_.string() + ": " + problem.what());
  }
  if (const ChangedSweep changed = changed_sweep(then, sweep.plan); !changed.id.empty())
    throw InvalidInput("the sweep in " + table_.string() + " was made with " + changed.id + " " + changed.then +
                       ", not " + changed.now + "; go on with what it was made with, or choose another file with -o");
  read_sweep_csv(sweep, text_of_file(table_), table_);
}

void SweepFile::write(const Sweep& sweep) {
  if (!is_described_) write_atomically(description_, sweep_to_json(sweep.plan, command_line_));
  is_described_ = true;
  write_atomically(table_, sweep_csv(sweep));
}

}  // namespace dnm
