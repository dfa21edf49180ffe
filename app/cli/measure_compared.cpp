// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/measure_compared.h"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>
#include <system_error>
#include <utility>

#include "app/cli/json_output.h"
#include "app/cli/terminal.h"
#include "app/cli/text.h"
#include "app/workspace/experiments/experiment_words.h"
#include "app/workspace/metric_json.h"
#include "app/workspace/pins/network_table.h"
#include "app/workspace/pins/pin_edits.h"
#include "app/workspace/pins/pin_results.h"
#include "app/workspace/session/opened_file.h"
#include "core/files/presets.h"
#include "core/live/live_values.h"
#include "core/parameters/look_up.h"
#include "core/parameters/unknown_name.h"
#include "core/support/error.h"

namespace dnm::cli {
namespace {

constexpr std::string_view random_word = "random";
constexpr std::size_t columns = 100;  // of the terminal

/// A network of the table before it is measured.
struct Taken {
  ComparedNetwork network;
  MeasureSettings settings;
  std::optional<std::size_t> layer{};
};

std::string file_name(const std::string& file) {
  const std::filesystem::path path(file);
  return path.has_filename() ? path.filename().string() : path.parent_path().filename().string();
}

Taken taken(std::string name, const SourceNetwork& source, std::uint64_t seed) {
  for (const std::string& notice : source.notices) print_notice(notice);
  Taken made;
  made.network.name = std::move(name);
  made.network.parameters = source.parameters;
  if (!source.parameters) made.network.source = file_name(source.file);
  live::finish(made.network.known.network, source.network);
  made.settings.seed = seed;
  return made;
}

Taken take_first(const NetworkOptions& options, const CommandContext& context, std::optional<Pin>& random) {
  const SourceNetwork source = options.resolve({context.stop, {}});
  std::string name = options.has_file() ? file_name(options.file()) : options.preset_id();
  const WorkspaceState state = state_of(source);
  if (name.empty()) name = network_name(state);
  try {
    random = random_pin(state, source.network);
  } catch (const InvalidInput&) {
    random.reset();  // only who asks for it learns why
  }
  return taken(std::move(name), source, options.measuring_seed(source));
}

Taken take(const std::string& word, const std::optional<Pin>& random, const CommandContext& context) {
  std::error_code error;
  if (!std::filesystem::exists(word, error)) {
    if (word == random_word) {
      if (!random)
        throw InvalidInput(
            "the first network has no layers, or one without links, so that there is no "
            "random network of the same links; leave out --with random");
      return taken(std::string(random_word), draw_network(random->parameters, {context.stop, {}}),
                   random->parameters.seed);
    }
    if (const Preset* found = find_row(presets(), word)) {
      return taken(word, draw_network(found->parameters, {context.stop, {}}), found->parameters.seed);
    }
    if (!std::filesystem::path(word).has_extension()) {
      throw UnknownName(
          unknown_text("--with", word, row_ids(presets()), "name a file, a preset (see dnm presets) or random"));
    }
  }
  NetworkOptions other;
  other.set_file(word, {});
  const SourceNetwork source = other.resolve({context.stop, {}});
  return taken(file_name(word), source, other.measuring_seed(source));
}

/// The pins of a session, with what it knows of them.
std::vector<Taken> take_pins(const NetworkOptions& options, std::size_t& reference, const CommandContext& context) {
  const std::optional<Session> session = options.session();
  if (!session) throw UsageError("--pins are of a session; name a session as FILE");
  if (!session->damaged_pins.empty()) print_notice(session->damaged_pins);
  const Pins& pins = session->state.pins;
  if (pins.list.empty())
    throw InvalidInput(options.file() + " has no pinned networks; pin some in the window (Ctrl+P)");
  reference = pins.reference;
  std::vector<Taken> all;
  for (const Pin& pin : pins.list) {
    Pin read = pin;
    SourceNetwork source;
    if (std::holds_alternative<ShownModel>(pin.shown)) {
      source = draw_network(pin.parameters, {context.stop, {}});
    } else {
      source.notices = read_shown(read.shown, {context.stop, {}});
      WorkspaceState state;
      state.shown = read.shown;
      if (!given_network(state)) throw FileError(pin.name + ": " + network_problem(state));
      source.network = given_network(state);
      source.file = network_file(state);
      if (const auto* run = std::get_if<ShownRun>(&read.shown)) source.file = run->folder;
    }
    Taken& made = all.emplace_back(taken(pin.name, source, pin.parameters.seed));
    const LiveRequest request = request_of(read, session->state.view);
    made.settings = request.measures;
    made.layer = request.measured_layer;
    const LiveSnapshot& before = known_of(session->pin_results, pin);
    follow_request(made.network.known, request);
    if (before.generation != 0) learn(made.network.known, before, ValuesAlone::taken);
  }
  return all;
}

/// Computes what is missing.
void measure(Taken& one, const MeasureOptions& options, const CommandContext& context) {
  LiveSnapshot& known = one.network.known;
  const Network& network = *known.network.value;
  const Graph graph = one.layer ? layer_graph(network, *one.layer) : graph_of(network);
  LiveRequest request = known.request;
  request.measured_layer = one.layer;
  request.measures = options.settings(graph, one.settings.seed, one.settings);
  follow_request(known, request);
  std::vector<std::size_t> order(measure_table().size());
  for (std::size_t slot = 0; slot < order.size(); ++slot) order[slot] = slot;
  std::ranges::stable_sort(order, {}, [](std::size_t slot) { return measure_table()[slot].cost; });
  ProgressLine progress("measuring " + one.network.name);
  for (const std::size_t slot : order) {
    if (known.measures[slot].freshness == Freshness::fresh) continue;
    const Measure& measure = measure_table()[slot];
    progress.set_label("measuring " + std::string(measure.symbol) + " of " + one.network.name);
    live::finish(known.measures[slot], std::make_shared<const Measurement>(measure.compute(
                                           graph, request.measures, progress.control(context.stop), {})));
  }
}

void print_for_people(const NetworkTable& table) {
  TextTable text;
  std::vector<std::string> head{""};
  for (std::size_t place = 0; place < table.names.size(); ++place)
    head.push_back(table.names[place] + (place == table.reference && table.names.size() > 1 ? " (reference)" : ""));
  text.add(std::move(head));
  std::vector<std::string> reasons;
  for (const NetworkTable::Row& row : table.rows) {
    std::vector<std::string> cells{row.label};
    for (std::size_t place = 0; place < row.cells.size(); ++place) {
      const NetworkTable::Cell& cell = row.cells[place];
      cells.push_back(cell.text.empty() ? "n/a" : cell_words(cell));
      if (cell.text.empty()) reasons.push_back(row.label + " of " + table.names[place] + " " + cell.state);
    }
    text.add(std::move(cells));
  }
  std::cout << text.text();
  if (!reasons.empty()) std::cout << '\n';
  for (const std::string& reason : reasons) {
    for (const std::string& line : wrapped(reason, columns)) std::cout << line << '\n';
  }
}

void print_json(const NetworkTable& table, const std::vector<ComparedNetwork>& networks) {
  Json list = Json::array();
  for (std::size_t place = 0; place < networks.size(); ++place) {
    const Network& network = *networks[place].known.network.value;
    Json one{{"name", networks[place].name}, {"nodes", network.node_count()}, {"edges", network.link_count()}};
    one["layers"] = network.layer_sizes();
    Json differences;
    for (std::size_t slot = 0; slot < measure_table().size(); ++slot)
      one[std::string(measure_table()[slot].id)] = measurement_json(*networks[place].known.measures[slot].value);
    for (const NetworkTable::Row& row : table.rows) {
      const NetworkTable::Cell& cell = row.cells[place];
      if (row.kind == NetworkTable::Kind::parameter) continue;
      const std::string id = row.id == "links" ? "edges" : row.id;
      differences[id] = cell.difference ? number_json(*cell.difference) : Json();
    }
    one["difference"] = place == table.reference ? Json() : std::move(differences);
    list.push_back(std::move(one));
  }
  std::cout << ascii_text({{"reference", table.reference}, {"networks", std::move(list)}}, 2) << '\n';
}

}  // namespace

void ComparedOptions::declare(OptionParser& parser) {
  parser.add(
      {.name = "--with",
       .help = "Measure this network too, in one table with the differences from the first: a file, a session, a "
               "run folder, the name of a preset, or random for the random network of the same layers and links",
       .placeholder = "NETWORK",
       .group = "Comparison"},
      with, Repeat::many);
  parser.add_flag({.name = "--pins",
                   .help = "The pinned networks of the session in FILE, in such a table; what the session knows of "
                           "them is not computed again",
                   .group = "Comparison"},
                  pins);
  std::vector<std::string_view> forms = row_ids(table_formats());
  parser.add({.name = "--table",
              .help = "Write the table as " + alternatives(forms) + " [for people]",
              .placeholder = "FORM",
              .group = "Comparison",
              .choices = forms},
             table);
}

int measure_compared(const ComparedOptions& options, const NetworkOptions& network, const MeasureOptions& measures,
                     bool json, const CommandContext& context) {
  if (measures.per_layer() || measures.chance_copies() > 0) {
    throw UsageError("a table of several networks has no room for --per-layer and --chance; measure each by itself");
  }
  if (json && !options.table.empty()) throw UsageError("give either --json or --table, not both");
  const TableFormat* const format = options.table.empty() ? nullptr : &look_up(table_formats(), options.table, "table");
  std::size_t reference = 0;
  std::vector<Taken> all;
  std::optional<Pin> random;
  if (options.pins) {
    all = take_pins(network, reference, context);
  } else {
    all.push_back(take_first(network, context, random));
  }
  for (const std::string& word : options.with) all.push_back(take(word, random, context));
  std::vector<ComparedNetwork> networks;
  for (Taken& one : all) {
    measure(one, measures, context);
    networks.push_back(std::move(one.network));
  }
  const NetworkTable table = network_table(networks, reference);
  if (json) {
    print_json(table, networks);
  } else if (format != nullptr) {
    std::cout << format->write(table);
  } else {
    print_for_people(table);
  }
  return 0;
}

}  // namespace dnm::cli
