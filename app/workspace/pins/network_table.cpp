// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/pins/network_table.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "app/workspace/experiments/latex_cells.h"
#include "app/workspace/experiments/markdown_cells.h"
#include "app/workspace/live_words.h"
#include "app/workspace/words.h"
#include "core/models/initialiser.h"
#include "core/parameters/parameter_table.h"
#include "core/support/csv_cell.h"
#include "core/support/digits.h"

namespace dnm {

namespace {

using Cell = NetworkTable::Cell;
using Row = NetworkTable::Row;
using Kind = NetworkTable::Kind;
using ModelRow = Parameter<ModelParameters>;

constexpr std::string_view minus = "−";
constexpr std::string_view dash = "–";
constexpr std::string_view error_sign = " ± ";
constexpr int parameter_digits = 6;  // of a difference
constexpr int csv_digits = 12;

/// "+0.05", "−0.05", "0": `text` is the size of the difference.
std::string with_sign(double difference, const std::string& text) {
  if (difference == 0.0) return "0";
  return (difference > 0.0 ? "+" : std::string(minus)) + text;
}

/// Digits behind the point of "0.742 ± 0.010".
std::size_t decimals_of(const std::string& text) {
  const std::string number = text.substr(0, text.find(error_sign));
  const std::size_t point = number.find('.');
  return point == std::string::npos || number.find('e') != std::string::npos ? 0 : number.size() - point - 1;
}

/// The parameters with those of this layer (from 0) as if they were all layers'.
ModelParameters as_layer(const ModelParameters& parameters, std::size_t layer) {
  ModelParameters one = parameters;
  one.shared = parameters.of_layer(layer);
  one.overrides.clear();
  return one;
}

/// Numbers whose difference says something.
std::optional<double> number_of(const ModelRow& row, const ParameterValue& value) {
  if (row.info.id == "seed") return std::nullopt;
  if (const auto* real = std::get_if<double>(&value)) return *real;
  if (const auto* integer = std::get_if<std::int64_t>(&value)) return static_cast<double>(*integer);
  const auto* distribution = std::get_if<Distribution>(&value);
  return distribution && row.info.has_mean ? std::optional(distribution->mean) : std::nullopt;
}

/// Means of distributions are compared within a family.
bool is_comparable(const ParameterValue& a, const ParameterValue& b) {
  const auto* one = std::get_if<Distribution>(&a);
  const auto* other = std::get_if<Distribution>(&b);
  return !one || !other || one->family == other->family;
}

/// A parameter of all networks, or of one layer of them; the parameters are null where the layer is not there.
Row parameter_row(const ModelRow& row, std::span<const std::optional<ModelParameters>> all, std::size_t reference,
                  std::optional<std::size_t> layer) {
  Row made{Kind::parameter, std::string(row.info.id), std::string(row.info.label), std::string(row.info.meaning)};
  if (layer) {
    made.id = std::to_string(*layer + 1) + ":" + made.id;
    made.label += ", layer " + std::to_string(*layer + 1);
  }
  const auto value_of = [&](std::size_t place) -> std::optional<ParameterValue> {
    if (!all[place] || !model_parameter_table().applies(row, *all[place])) return std::nullopt;
    return row.get(*all[place]);
  };
  const std::optional<ParameterValue> base = value_of(reference);
  for (std::size_t place = 0; place < all.size(); ++place) {
    Cell& cell = made.cells.emplace_back();
    const std::optional<ParameterValue> value = value_of(place);
    if (!value) {
      cell.text = dash;
      continue;
    }
    cell.text = value_text(row.info, *value);
    cell.option = format_value(row.info, *value);
    if (place == reference || !base || *base == *value || !is_comparable(*base, *value)) continue;
    const std::optional<double> number = number_of(row, *value), of_base = number_of(row, *base);
    if (!number || !of_base || *number == *of_base) continue;
    const double difference = *number - *of_base;
    cell.difference_text = with_sign(difference, with_significant(std::abs(difference), parameter_digits));
  }
  return made;
}

/// Whether networks that have the parameter differ in it, or some lack it and its value is not the usual one.
bool differs(const Row& row, const std::string& usual) {
  const auto has_it = [](const Cell& cell) { return !cell.option.empty(); };
  const auto first = std::ranges::find_if(row.cells, has_it);
  if (first == row.cells.end()) return false;
  if (std::ranges::any_of(row.cells, [&](const Cell& cell) { return has_it(cell) && cell.option != first->option; }))
    return true;
  return !std::ranges::all_of(row.cells, has_it) && first->option != usual;
}

bool has_other_texts(const Row& row) {
  return std::ranges::any_of(row.cells, [&](const Cell& cell) { return cell.text != row.cells.front().text; });
}

/// The layers (from 0) that have values of their own, each with the ids of these.
std::set<std::pair<std::size_t, std::string>> overridden(std::span<const ComparedNetwork> networks) {
  std::set<std::pair<std::size_t, std::string>> found;
  for (const ComparedNetwork& network : networks) {
    if (!network.parameters) continue;
    for (const auto& [layer, values] : network.parameters->overrides)
      for (const auto& [id, value] : values) found.emplace(layer, id);
  }
  return found;
}

void add_parameters(NetworkTable& table, std::span<const ComparedNetwork> networks) {
  std::vector<std::optional<ModelParameters>> all;
  for (const ComparedNetwork& network : networks) all.push_back(network.parameters);
  const ModelParameters defaults;
  const auto add = [&](const ModelRow& row, Row made) {
    if (differs(made, format_value(row.info, row.get(defaults)))) table.rows.push_back(std::move(made));
  };
  for (const ModelRow& row : model_parameter_table()) {
    Row made = parameter_row(row, all, table.reference, {});
    if (row.info.id != "model") {
      add(row, std::move(made));
      continue;
    }
    // The one row that every network has, in its own words.
    for (std::size_t place = 0; place < networks.size(); ++place)
      if (!networks[place].parameters) made.cells[place].text = networks[place].source;
    if (has_other_texts(made)) table.rows.push_back(std::move(made));
  }
  for (const auto& [layer, id] : overridden(networks)) {
    std::vector<std::optional<ModelParameters>> of_layer;
    for (const ComparedNetwork& network : networks) {
      const bool has_layer = network.parameters && layer < network.parameters->layer_count();
      of_layer.push_back(has_layer ? std::optional(as_layer(*network.parameters, layer)) : std::nullopt);
    }
    const ModelRow& row = model_parameter_table().at(id);
    add(row, parameter_row(row, of_layer, table.reference, layer));
  }
}

Cell missing_cell(const LiveSnapshot& known, Freshness freshness, double progress, const std::string& problem) {
  Cell cell;
  cell.state = state_text(known, freshness);
  cell.is_pending = freshness != Freshness::failed;
  if (freshness == Freshness::computing && progress > 0.0)
    cell.state += " " + std::to_string(static_cast<int>(100.0 * progress)) + " %";
  if (freshness == Freshness::failed && !problem.empty()) cell.state += ": " + problem;
  return cell;
}

void add_count(NetworkTable& table, std::span<const ComparedNetwork> networks, std::string id, std::string label,
               std::string meaning, const std::function<std::uint64_t(const Network&)>& count) {
  Row row{Kind::count, std::move(id), std::move(label), std::move(meaning)};
  for (const ComparedNetwork& one : networks) {
    const LiveValue<Network>& network = one.known.network;
    if (!network.value || network.freshness != Freshness::fresh) {
      row.cells.push_back(missing_cell(one.known, network.freshness, network.progress, network.problem));
      continue;
    }
    const std::uint64_t number = count(*network.value);
    Cell& cell = row.cells.emplace_back();
    cell.text = with_commas(number);
    cell.value = static_cast<double>(number);
  }
  const std::optional<double> base = row.cells[table.reference].value;
  for (std::size_t place = 0; place < row.cells.size(); ++place) {
    Cell& cell = row.cells[place];
    if (place == table.reference || !base || !cell.value) continue;
    cell.difference = *cell.value - *base;
    cell.difference_text =
        with_sign(*cell.difference, with_commas(static_cast<std::uint64_t>(std::abs(*cell.difference))));
  }
  table.rows.push_back(std::move(row));
}

Cell measure_cell(const LiveSnapshot& known, std::size_t slot) {
  static const LiveValue<Measurement> nothing;
  const LiveValue<Measurement>& value = slot < known.measures.size() ? known.measures[slot] : nothing;
  if (value.freshness != Freshness::fresh || !value.value)
    return missing_cell(known, value.freshness, value.progress, value.problem);
  Cell cell;
  const Measurement& measurement = *value.value;
  const std::string words = format_measurement(measurement);
  if (!measurement.value) {
    cell.state = words;
    return cell;
  }
  cell.text = words;
  cell.value = measurement.value;
  cell.error = measurement.standard_error;
  return cell;
}

void compare_measure(Cell& cell, const Cell& base) {
  if (!cell.value || !base.value) return;
  cell.difference = *cell.value - *base.value;
  const double size = std::abs(*cell.difference);
  std::string text;
  if (cell.error || base.error) {
    const double error = std::hypot(cell.error.value_or(0.0), base.error.value_or(0.0));
    text = mean_and_error(size, error, false);
  } else {
    text = with_decimals(size, static_cast<int>(std::max(decimals_of(cell.text), decimals_of(base.text))));
    if (size > 0.0 && text.find_first_of("123456789") == std::string::npos) text = with_significant(size, 1);
  }
  cell.difference_text = cell.error || base.error ? (*cell.difference < 0.0 ? std::string(minus) : "+") + text
                                                  : with_sign(*cell.difference, text);
}

void add_measures(NetworkTable& table, std::span<const ComparedNetwork> networks) {
  for (std::size_t slot = 0; slot < measure_table().size(); ++slot) {
    const Measure& measure = measure_table()[slot];
    Row row{Kind::measure, std::string(measure.id), std::string(measure.symbol),
            std::string(measure.label) + ". " + std::string(measure.meaning)};
    for (const ComparedNetwork& network : networks) row.cells.push_back(measure_cell(network.known, slot));
    for (std::size_t place = 0; place < row.cells.size(); ++place)
      if (place != table.reference) compare_measure(row.cells[place], row.cells[table.reference]);
    table.rows.push_back(std::move(row));
  }
}

std::string csv_number(const std::optional<double>& number) {
  return number && std::isfinite(*number) ? with_significant(*number, csv_digits) : std::string();
}

bool has_error(const Row& row) {
  return std::ranges::any_of(row.cells, [](const Cell& cell) { return cell.error.has_value(); });
}

/// "$\sigma_c$", "Sparsity".
std::string latex_label(const Row& row) {
  if (row.kind != Kind::measure) return latex_words(row.label);
  const std::size_t low = row.label.find('_');
  std::string symbol = latex_words(row.label.substr(0, low));
  std::erase(symbol, '$');
  return "$" + symbol + (low == std::string::npos ? "" : "_{" + row.label.substr(low + 1) + "}") + "$";
}

std::string as_mathematics(std::string text) {
  const auto replace = [&](std::string_view what, std::string_view by) {
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
      text.replace(at, what.size(), by);
  };
  replace(minus, "-");
  replace("±", "\\pm");
  replace(",", "{,}");
  return "$" + text + "$";
}

std::string latex_cell(const Row& row, const Cell& cell) {
  if (cell.text.empty()) return "--";
  std::string text = row.kind == Kind::parameter ? latex_words(cell.text) : as_mathematics(cell.text);
  if (!cell.difference_text.empty()) text += " (" + as_mathematics(cell.difference_text) + ")";
  return text;
}

constexpr TableFormat formats[] = {{"csv", "CSV", ".csv", table_csv},
                                   {"markdown", "Markdown", ".md", table_markdown},
                                   {"latex", "LaTeX", ".tex", table_latex}};

}  // namespace

NetworkTable network_table(std::span<const ComparedNetwork> networks, std::size_t reference) {
  NetworkTable table;
  table.reference = reference;
  for (const ComparedNetwork& network : networks) table.names.push_back(network.name);
  if (networks.empty()) return table;
  add_parameters(table, networks);
  add_count(table, networks, "nodes", "Neurons", "Number of neurons.",
            [](const Network& network) { return std::uint64_t{network.node_count()}; });
  add_count(table, networks, "links", "Links", "Number of links.",
            [](const Network& network) { return network.link_count(); });
  add_measures(table, networks);
  return table;
}

std::size_t pending_values(const NetworkTable& table) {
  std::size_t count = 0;
  for (const Row& row : table.rows)
    count += static_cast<std::size_t>(std::ranges::count(row.cells, true, &Cell::is_pending));
  return count;
}

std::string cell_words(const Cell& cell) {
  if (cell.text.empty()) return cell.state;
  return cell.difference_text.empty() ? cell.text : cell.text + " (" + cell.difference_text + ")";
}

std::string table_csv(const NetworkTable& table) {
  std::string csv = "network";
  for (const Row& row : table.rows) {
    csv += "," + csv_cell(row.id);
    if (has_error(row)) csv += "," + row.id + "_se";
    if (row.kind != Kind::parameter) csv += "," + row.id + "_difference";
  }
  csv += "\n";
  for (std::size_t place = 0; place < table.names.size(); ++place) {
    csv += csv_cell(table.names[place]);
    for (const Row& row : table.rows) {
      const Cell& cell = row.cells[place];
      if (row.kind == Kind::parameter) {
        csv += "," + csv_cell(cell.option);
        continue;
      }
      csv += "," + csv_number(cell.value);
      if (has_error(row)) csv += "," + csv_number(cell.error);
      csv += "," + csv_number(cell.difference);
    }
    csv += "\n";
  }
  return csv;
}

std::string table_markdown(const NetworkTable& table) {
  std::vector<std::string> head{"network"};
  for (const Row& row : table.rows) head.push_back(row.label);
  std::string text = markdown_head(head);
  for (std::size_t place = 0; place < table.names.size(); ++place) {
    std::vector<std::string> cells{table.names[place]};
    for (const Row& row : table.rows)
      cells.push_back(row.cells[place].text.empty() ? std::string(dash) : cell_words(row.cells[place]));
    text += markdown_line(cells);
  }
  return text;
}

std::string table_latex(const NetworkTable& table) {
  std::string text = "\\begin{tabular}{l" + std::string(table.rows.size(), 'r') + "}\n\\hline\n";
  for (const Row& row : table.rows) text += " & " + latex_label(row);
  text += " \\\\\n\\hline\n";
  for (std::size_t place = 0; place < table.names.size(); ++place) {
    text += latex_words(table.names[place]);
    for (const Row& row : table.rows) text += " & " + latex_cell(row, row.cells[place]);
    text += " \\\\\n";
  }
  return text + "\\hline\n\\end{tabular}\n";
}

std::span<const TableFormat> table_formats() { return formats; }

}  // namespace dnm
