// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/experiments/sweep_report.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "app/workspace/command_lines.h"
#include "app/workspace/experiments/markdown_cells.h"
#include "app/workspace/metric_json.h"
#include "app/workspace/words.h"
#include "core/parameters/number_text.h"
#include "core/parameters/parameter_table.h"
#include "core/support/csv_cell.h"
#include "core/support/digits.h"
#include "core/support/json.h"
#include "core/support/shell_word.h"
#include "training/runs/run_seeds.h"

namespace dnm {

namespace {

std::string cell_of(const SweepMean& mean, std::size_t networks) {
  if (mean.count == 0) return networks == 0 ? "" : "n/a";
  const std::string text = mean_and_error(mean.mean, mean.error, false);
  return mean.without == 0 ? text : text + " (N = " + std::to_string(mean.count) + ")";
}

std::size_t networks_of(const Sweep& sweep, std::size_t point) {
  const auto rows = sweep.rows_of(point);
  return static_cast<std::size_t>(std::ranges::count_if(rows, [](const auto& row) { return row.has_value(); }));
}

std::string place_words(const Sweep& sweep, std::size_t row) {
  std::string words;
  const SweepPoint& point = sweep.points[sweep.point_of(row)];
  for (std::size_t i = 0; i < point.values.size(); ++i) words += sweep.plan.varied[i].id + " " + point.values[i] + ", ";
  return words + "seed " + std::to_string(sweep.seed_of(row));
}

/// "sparsity 0.5 to 0.99 (8 values)", "degree fixed, gaussian".
std::string varied_words(const VariedParameter& varied) {
  if (const auto* range = std::get_if<ValueRange>(&varied.values))
    return varied.id + " " + range->before + format_real(range->first) + " to " + format_real(range->last) + " (" +
           std::to_string(range->count) + " values" +
           (range->scale == ValueSpacing::logarithmic ? ", logarithmic)" : ")");
  std::string words;
  for (const std::string& value : std::get<std::vector<std::string>>(varied.values))
    words += (words.empty() ? varied.id + " " : ", ") + value;
  return words;
}

OrderedJson measure_json(const SweepMean& mean) {
  OrderedJson json;
  json["mean"] = number_json(mean.mean);
  json["se"] = number_json(mean.error);
  json["n"] = mean.count;
  json["without"] = mean.without;
  json["reason"] = mean.without > 0 ? OrderedJson(mean.reason) : OrderedJson();
  return json;
}

}  // namespace

std::vector<std::vector<std::string>> sweep_cells(const Sweep& sweep) {
  const SweepPlan& plan = sweep.plan;
  std::vector<std::vector<std::string>> cells(1);
  for (const VariedParameter& varied : plan.varied) cells[0].push_back(varied.id);
  cells[0].emplace_back("N");
  for (const std::string& id : plan.measures) cells[0].emplace_back(measure(id).symbol);
  for (std::size_t point = 0; point < sweep.points.size(); ++point) {
    std::vector<std::string> line = sweep.points[point].values;
    const std::size_t networks = networks_of(sweep, point);
    line.push_back(std::to_string(networks));
    for (std::size_t place = 0; place < plan.measures.size(); ++place)
      line.push_back(cell_of(mean_of(sweep, point, place), networks));
    cells.push_back(std::move(line));
  }
  return cells;
}

std::vector<std::string> sweep_reasons(const Sweep& sweep) {
  struct Found {
    std::size_t count = 0, first = 0;
  };
  std::vector<std::string> sentences;
  const std::string of_all = " of " + counted(sweep.rows.size() - sweep.missing(), "network");
  for (std::size_t place = 0; place < sweep.plan.measures.size(); ++place) {
    std::vector<std::pair<std::string, Found>> reasons;  // in the order of their first rows
    for (std::size_t row = 0; row < sweep.rows.size(); ++row) {
      if (!sweep.rows[row] || sweep.rows[row]->values[place].value) continue;
      const std::string& reason = sweep.rows[row]->values[place].reason;
      auto known = std::ranges::find(reasons, reason, [](const auto& one) { return one.first; });
      if (known == reasons.end()) known = reasons.insert(known, {reason, Found{0, row}});
      ++known->second.count;
    }
    for (const auto& [reason, found] : reasons)
      sentences.push_back(std::string(measure(sweep.plan.measures[place]).symbol) + " n/a for " +
                          with_commas(found.count) + of_all + " (first at " + place_words(sweep, found.first) +
                          "): " + reason);
  }
  return sentences;
}

std::string sweep_words(const Sweep& sweep) {
  std::string words;
  const auto is_varied = [&](std::string_view id) {
    return std::ranges::find(sweep.plan.varied, id, &VariedParameter::id) != sweep.plan.varied.end();
  };
  if (!is_varied("model")) words += sweep.plan.base.initialiser + " ";
  if (!is_varied("layers")) words += layers_text(sweep.plan.base.layer_sizes);
  const auto& sparsity = model_parameter_table().at("sparsity");
  if (!is_varied("sparsity") && model_parameter_table().applies(sparsity, sweep.points.front().parameters))
    words += ", sparsity " + format_value(sparsity.info, sparsity.get(sweep.plan.base));
  for (const VariedParameter& varied : sweep.plan.varied) words += (words.empty() ? "" : ", ") + varied_words(varied);
  return words + ", " + counted(sweep.plan.seeds.size(), "seed") + ": " + counted(sweep.rows.size(), "network");
}

std::string sweep_command_line(const SweepPlan& plan) {
  std::string line = "dnm sweep";
  const auto is_varied = [&](const std::string& id) {
    return std::ranges::find(plan.varied, id, &VariedParameter::id) != plan.varied.end();
  };
  // The model is named even where it is varied: it is what the other options belong to.
  for (const auto& [id, text] : to_texts(plan.base))
    if (!text.empty() && id != "seed" && (id == "model" || !is_varied(id))) line += " --" + id + " " + shell_word(text);
  for (const VariedParameter& varied : plan.varied)
    line += " --vary " + shell_word(varied.id + "=" + format_varied(varied_info(varied), varied));
  line += " --seeds " + format_value(seeds_info(), seeds_value(plan.seeds)) + " --measures ";
  for (const std::string& id : plan.measures) line += (id == plan.measures.front() ? "" : ",") + id;
  return line + measure_options(plan.measuring);
}

std::string sweep_markdown(const Sweep& sweep, const std::string& command_line) {
  std::string text = "# Sweep\n\n" + sweep_words(sweep) +
                     ". Mean ± standard error over the networks of a point, of which there are N (one: no error).";
  text += command_line.empty() ? "\n\n" : " Made by\n\n    " + command_line + "\n\n";
  bool is_header = true;
  for (const std::vector<std::string>& line : sweep_cells(sweep)) {
    text += std::exchange(is_header, false) ? markdown_head(line) : markdown_line(line);
  }
  const std::vector<std::string> reasons = sweep_reasons(sweep);
  if (!reasons.empty()) text += "\n";
  for (const std::string& reason : reasons) text += "- " + reason + "\n";
  return text;
}

std::string sweep_summary_csv(const Sweep& sweep) {
  std::string text;
  for (const VariedParameter& varied : sweep.plan.varied) text += varied.id + ",";
  text += "n";
  for (const std::string& id : sweep.plan.measures) text += "," + id + "_mean," + id + "_se," + id + "_n";
  text += "\n";
  const auto number = [](double value) { return std::isfinite(value) ? format_real(value) : std::string(); };
  for (std::size_t point = 0; point < sweep.points.size(); ++point) {
    for (const std::string& value : sweep.points[point].values) text += csv_cell(value) + ",";
    text += std::to_string(networks_of(sweep, point));
    for (std::size_t place = 0; place < sweep.plan.measures.size(); ++place) {
      const SweepMean mean = mean_of(sweep, point, place);
      text += "," + number(mean.mean) + "," + number(mean.error) + "," + std::to_string(mean.count);
    }
    text += "\n";
  }
  return text;
}

std::string sweep_summary_json(const Sweep& sweep) {
  OrderedJson json = OrderedJson::object();
  json["varied"] = OrderedJson::array();
  for (const VariedParameter& varied : sweep.plan.varied) json["varied"].push_back(parse_json(varied_to_json(varied)));
  json["seeds"] = sweep.plan.seeds;
  json["networks"] = sweep.rows.size();
  json["points"] = OrderedJson::array();
  for (std::size_t point = 0; point < sweep.points.size(); ++point) {
    OrderedJson one = OrderedJson::object();
    for (std::size_t i = 0; i < sweep.plan.varied.size(); ++i)
      one["values"][sweep.plan.varied[i].id] = sweep.points[point].values[i];
    one["n"] = networks_of(sweep, point);
    for (std::size_t place = 0; place < sweep.plan.measures.size(); ++place)
      one["measures"][sweep.plan.measures[place]] = measure_json(mean_of(sweep, point, place));
    json["points"].push_back(std::move(one));
  }
  return ascii_text(json, 2);
}

}  // namespace dnm
