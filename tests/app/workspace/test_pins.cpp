// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <mutex>
#include <numeric>

#include "app/workspace/exported.h"
#include "app/workspace/pins/network_table.h"
#include "app/workspace/pins/pin_edits.h"
#include "app/workspace/pins/pin_measurer.h"
#include "app/workspace/session/document.h"
#include "app/workspace/session/session.h"
#include "app/workspace/session/session_paths.h"
#include "core/files/network_files.h"
#include "core/live/live_values.h"
#include "core/models/allocation.h"
#include "core/models/initialiser.h"
#include "core/support/error.h"
#include "tests/core/error_message.h"
#include "tests/support/test_class.h"

using namespace dnm;
using dnm::test::contains;
using dnm::test::message_of;

namespace {

ModelParameters parameters(std::initializer_list<std::pair<const char*, const char*>> texts) {
  ModelParameters made;
  for (const auto& [id, text] : texts) set_from_text(made, id, text);
  return made;
}

Pin pin(const std::string& name, std::initializer_list<std::pair<const char*, const char*>> texts) {
  return {name, parameters(texts), ShownModel{}};
}

Measurement measured(double value, std::optional<double> error = {}) {
  Measurement made;
  made.value = value;
  made.standard_error = error;
  made.method = "by hand";
  return made;
}

/// The links (i, i) of a layer, in a network of two layers of so many neurons.
NetworkPointer diagonal(NodeIndex neurons) {
  Mask mask{neurons, neurons, std::vector<std::uint64_t>(neurons + 1), std::vector<NodeIndex>(neurons)};
  std::iota(mask.row_begin.begin(), mask.row_begin.end(), 0U);
  std::iota(mask.columns.begin(), mask.columns.end(), 0U);
  return std::make_shared<const Network>(Network::layered({neurons, neurons}, {mask}));
}

/// Values in the order of measure_table(): L, Q, σ_c, γ.
ComparedNetwork compared(const std::string& name, NodeIndex neurons, std::vector<std::optional<Measurement>> values) {
  ComparedNetwork made{name};
  live::finish(made.known.network, diagonal(neurons));
  made.known.generation = 1;
  made.known.measures.resize(measure_table().size());
  for (std::size_t slot = 0; slot < values.size(); ++slot)
    if (values[slot]) live::finish(made.known.measures[slot], std::make_shared<const Measurement>(*values[slot]));
  return made;
}

/// A reference and two others, one of which lacks values.
NetworkTable small_table() {
  ComparedNetwork first = compared("a_1", 1000, {measured(5.5), measured(0.25), measured(0.5, 0.03), measured(2.5)});
  first.parameters = parameters({{"sparsity", "0.9"}, {"dendrites", "fixed:3"}});
  ComparedNetwork second = compared("b", 2500, {measured(5.625), measured(0.25), measured(0.75, 0.04), {}});
  second.parameters = parameters({{"sparsity", "0.95"}, {"dendrites", "fixed:7"}});
  Measurement none;
  none.reason = "fewer than two distinct degrees";
  second.known.measures[3] = {std::make_shared<const Measurement>(none), Freshness::fresh, 1.0, {}};
  ComparedNetwork third = compared("c|d", 400, {measured(5.0), {}, {}, measured(2.0)});
  third.source = "net.npz";
  third.known.measures[1].freshness = Freshness::computing;
  third.known.measures[1].progress = 0.5;
  const std::vector<ComparedNetwork> all{first, second, third};
  return network_table(all, 0);
}

/// The results of a measurer once nothing is left to do.
PinResults finished(PinMeasurer& measurer) {
  if (!QTest::qWaitFor([&] { return !measurer.is_busy(); }, 60000)) qFatal("the measurer does not end");
  return measurer.results();
}

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

class TestPins : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void the_table_has_what_differs_and_by_how_much() {
    const NetworkTable table = small_table();
    std::vector<std::string> ids;
    for (const NetworkTable::Row& row : table.rows) ids.push_back(row.id);
    QCOMPARE(ids, (std::vector<std::string>{"model", "sparsity", "dendrites", "nodes", "links", "L", "Q", "sigma_c",
                                            "gamma"}));
    const auto words = [&](std::size_t row) {
      std::vector<std::string> all;
      for (const NetworkTable::Cell& cell : table.rows[row].cells) all.push_back(cell_words(cell));
      return all;
    };
    QCOMPARE(words(1), (std::vector<std::string>{"0.9", "0.95 (+0.05)", "–"}));
    QCOMPARE(words(2), (std::vector<std::string>{"Fixed 3", "Fixed 7 (+4)", "–"}));
    QCOMPARE(words(3), (std::vector<std::string>{"2,000", "5,000 (+3,000)", "800 (−1,200)"}));
    QCOMPARE(words(4), (std::vector<std::string>{"1,000", "2,500 (+1,500)", "400 (−600)"}));
    QCOMPARE(words(5), (std::vector<std::string>{"5.500", "5.625 (+0.125)", "5.000 (−0.500)"}));
    QCOMPARE(words(6), (std::vector<std::string>{"0.250", "0.250 (0)", "◌ computing 50 %"}));
    // 0.05 is the root of 0.03² + 0.04².
    QCOMPARE(words(7), (std::vector<std::string>{"0.500 ± 0.030", "0.750 ± 0.040 (+0.250 ± 0.050)", "· queued"}));
    QCOMPARE(words(8), (std::vector<std::string>{"2.500", "n/a: fewer than two distinct degrees", "2.000 (−0.500)"}));
    QCOMPARE(table.rows[0].cells[2].text, std::string("net.npz"));
    QCOMPARE(pending_values(table), std::size_t{2});
  }

  void the_reference_decides_the_differences() {
    const std::vector<ComparedNetwork> all{compared("a", 10, {measured(1.0)}), compared("b", 10, {measured(1.5)})};
    const NetworkTable table = network_table(all, 1);
    const NetworkTable::Row& row = table.rows[2];
    QCOMPARE(row.id, std::string("L"));
    QCOMPARE(row.cells[0].difference, std::optional(-0.5));
    QVERIFY(!row.cells[1].difference);
    QVERIFY(network_table({}, 0).rows.empty());
  }

  void what_a_model_lacks_is_shown_where_it_is_not_as_usual() {
    std::vector<ComparedNetwork> all{compared("a", 10, {}), compared("b", 10, {}), compared("c", 10, {})};
    all[0].parameters = parameters({{"dendrites", "fixed:7"}});
    all[1].parameters = parameters({{"model", "random"}});
    const NetworkTable table = network_table(all, 0);
    QCOMPARE(table.rows[0].id, std::string("model"));
    QCOMPARE(table.rows[1].id, std::string("dendrites"));
    QCOMPARE(table.rows[2].id, std::string("nodes"));
    QCOMPARE(table.rows[1].cells[1].text, std::string("–"));
  }

  void values_of_one_layer_are_rows_of_their_own() {
    std::vector<ComparedNetwork> all{compared("a", 10, {}), compared("b", 10, {})};
    all[0].parameters = parameters({{"layers", "10,20,30"}});
    all[1].parameters = parameters({{"layers", "10,20,30"}, {"degree", "2=uniform:0.5"}});
    const NetworkTable table = network_table(all, 0);
    QCOMPARE(table.rows[0].id, std::string("2:degree"));
    QCOMPARE(table.rows[0].cells[0].text, std::string("Fixed"));
    QVERIFY(contains(table.rows[0].cells[1].text, "Uniform"));
    QVERIFY(table.rows[1].id == "nodes");
  }

  void the_table_as_csv() {
    QCOMPARE(
        table_csv(small_table()),
        std::string("network,model,sparsity,dendrites,nodes,nodes_difference,links,links_difference,L,L_difference,"
                    "Q,Q_difference,sigma_c,sigma_c_se,sigma_c_difference,gamma,gamma_difference\n"
                    "a_1,dnm,0.9,fixed:3,2000,,1000,,5.5,,0.25,,0.5,0.03,,2.5,\n"
                    "b,dnm,0.95,fixed:7,5000,3000,2500,1500,5.625,0.125,0.25,0,0.75,0.04,0.25,,\n"
                    "c|d,,,,800,-1200,400,-600,5,-0.5,,,,,,2,-0.5\n"));
  }

  void the_table_as_markdown() {
    const std::string text = table_markdown(small_table());
    QVERIFY2(contains(text,
                      "| network | Initialiser | Sparsity | Dendrites | Neurons | Links | L | Q | σ_c | γ |\n"
                      "|---|---|---|---|---|---|---|---|---|---|\n"),
             text.c_str());
    QVERIFY2(contains(text,
                      "| c\\|d | net.npz | – | – | 800 (−1,200) | 400 (−600) | 5.000 (−0.500) | – | – | "
                      "2.000 (−0.500) |\n"),
             text.c_str());
  }

  void the_table_as_latex() {
    const std::string text = table_latex(small_table());
    QVERIFY2(
        text.starts_with("\\begin{tabular}{lrrrrrrrrr}\n\\hline\n & Initialiser & Sparsity & Dendrites & Neurons & "
                         "Links & $L$ & $Q$ & $\\sigma_{c}$ & $\\gamma$ \\\\\n\\hline\na\\_1 & "),
        text.c_str());
    QVERIFY2(contains(text,
                      "& $5{,}000$ ($+3{,}000$) & $2{,}500$ ($+1{,}500$) & $5.625$ ($+0.125$) & $0.250$ ($0$) & "
                      "$0.750 \\pm 0.040$ ($+0.250 \\pm 0.050$) & -- \\\\\n"),
             text.c_str());
    QVERIFY2(text.ends_with("\\hline\n\\end{tabular}\n"), text.c_str());
  }

  void pins_are_added_once_moved_and_removed() {
    Pins pins;
    for (const char* seed : {"0", "1", "2", "3", "1"}) pins = with_pin(pins, pin("DNM", {{"seed", seed}}));
    std::vector<std::string> names;
    for (const Pin& one : pins.list) names.push_back(one.name);
    QCOMPARE(names, (std::vector<std::string>{"DNM", "DNM, seed 1", "DNM, seed 2", "DNM, seed 3"}));
    // The reference stays the same network wherever it goes.
    for (std::size_t reference = 0; reference < 4; ++reference) {
      for (std::size_t from = 0; from < 4; ++from) {
        for (std::size_t to = 0; to < 4; ++to) {
          Pins start = pins;
          start.reference = reference;
          const Pins moved = with_moved_pin(start, from, to);
          std::vector<std::string> expected = names;
          expected.erase(expected.begin() + static_cast<std::ptrdiff_t>(from));
          expected.insert(expected.begin() + static_cast<std::ptrdiff_t>(to), names[from]);
          for (std::size_t place = 0; place < 4; ++place) QCOMPARE(moved.list[place].name, expected[place]);
          QCOMPARE(moved.list[moved.reference].name, names[reference]);
        }
        Pins start = pins;
        start.reference = reference;
        const Pins left = without_pin(start, from);
        QCOMPARE(left.list.size(), std::size_t{3});
        QCOMPARE(left.list[left.reference].name, from == reference ? left.list[0].name : names[reference]);
      }
    }
  }

  void a_moment_of_a_run_is_pinned_as_a_working_network() {
    WorkspaceState state;
    state.shown = ShownRun{.seed = 3, .folder = "runs/a", .update = 7, .network = diagonal(4), .compared = 2};
    const Pin made = pin_of(state);
    const auto& run = std::get<ShownRun>(made.shown);
    QVERIFY(run.is_working && !run.follows && !run.compared);
    QCOMPARE(run.update, std::uint64_t{7});
    const WorkspaceState again = with_network_of({}, made);
    QVERIFY(again.shown == made.shown && again.parameters == made.parameters);
  }

  void the_random_network_has_as_many_links_data() {
    QTest::addColumn<QString>("allocation");
    QTest::addColumn<QString>("model");
    for (const char* model : {"dnm", "bsw", "dense", "brf"})
      for (const char* allocation : {"uniform", "er", "0.9,0.5"})
        QTest::addRow("%s %s", model, allocation) << allocation << model;
  }
  void the_random_network_has_as_many_links() {
    QFETCH(QString, allocation);
    QFETCH(QString, model);
    WorkspaceState state;
    state.parameters = parameters({{"layers", "30,40,50"}, {"degree", "1=uniform:0.5"}, {"seed", "4"}});
    state.parameters.initialiser = model.toStdString();
    if (model != "dense") set_from_text(state.parameters, "allocation", allocation.toStdString());
    const NetworkPointer network = generate(state.parameters).network;
    const Pin made = random_pin(state, network);
    QCOMPARE(made.parameters.initialiser, std::string("random"));
    QCOMPARE(made.parameters.seed, std::uint64_t{4});
    const NetworkPointer drawn = generate(made.parameters).network;
    QCOMPARE(drawn->layer_sizes(), network->layer_sizes());
    for (std::size_t layer = 0; layer < 2; ++layer)
      QCOMPARE(drawn->masks()[layer].link_count(), network->masks()[layer].link_count());
    QVERIFY(model == "dense" || !(*drawn == *network));
  }

  void the_random_network_of_a_file_has_the_links_of_each_layer() {
    // Odd numbers of cells and links, which no round sparsity gives.
    std::vector<Mask> masks;
    const std::vector<NodeIndex> sizes{97, 61, 1009};
    const std::vector<std::uint64_t> links{13, 7919};
    for (std::size_t layer = 0; layer < 2; ++layer) {
      Mask mask{sizes[layer], sizes[layer + 1], {0}, {}};
      std::uint64_t left = links[layer];
      for (NodeIndex row = 0; row < mask.n_out; ++row) {
        const auto take = static_cast<NodeIndex>(std::min<std::uint64_t>(left, mask.n_in));
        for (NodeIndex column = 0; column < take; ++column) mask.columns.push_back(column);
        left -= take;
        mask.row_begin.push_back(mask.columns.size());
      }
      masks.push_back(std::move(mask));
    }
    WorkspaceState state;
    const auto network = std::make_shared<const Network>(Network::layered(sizes, std::move(masks)));
    state.shown = ShownFile{"some.npz", network};
    const Pin made = random_pin(state, network);
    QCOMPARE(links_of_layers(made.parameters), links);
    QCOMPARE(made.parameters.layer_sizes, sizes);
    QCOMPARE(made.name, std::string("Random, as sparse as some.npz"));
  }

  void there_is_no_random_network_without_layers_or_links() {
    WorkspaceState state;
    const std::pair<NodeIndex, NodeIndex> link{0, 1};
    const auto graph = std::make_shared<const Network>(Network::general(3, std::span(&link, 1)));
    state.shown = ShownFile{"graph.mtx", graph};
    QVERIFY(contains(message_of([&] { static_cast<void>(random_pin(state, graph)); }), "no layers"));
    const auto empty = std::make_shared<const Network>(Network::layered({3, 2}, {Mask{3, 2, {0, 0, 0}, {}}}));
    state.shown = ShownFile{"empty.npz", empty};
    QVERIFY(contains(message_of([&] { static_cast<void>(random_pin(state, empty)); }), "no links"));
    state.shown = ShownFile{"unread.npz", nullptr};
    QVERIFY(contains(message_of([&] { static_cast<void>(random_pin(state, nullptr)); }), "wait"));
  }

  void a_session_keeps_pins_and_their_values_byte_for_byte() {
    Session session;
    session.state.pins.list = {pin("first", {{"layers", "10,20,30"}, {"degree", "2=uniform:0.5"}}),
                               {"file", {}, ShownFile{"/elsewhere/a.npz", {}, {}, {ReadAs::graph, {}}}},
                               {"run", {}, ShownRun{.seed = 2, .folder = "/runs/a", .update = 5, .is_working = true}}};
    session.state.pins.reference = 2;
    session.state.pins.picture = "disk";
    session.state.pins.list[0].unknown = R"({"colour":[1,null]})";
    PinResult known{session.state.pins.list[0]};
    follow_request(known.known, request_of(known.pin, session.state.view));
    Measurement value = measured(0.1 + 0.2, 1e-17);
    value.details = {{"count", std::int64_t{7}}, {"share", 3.0}, {"none", {}}, {"note", std::string("näc")}};
    live::finish(known.known.measures[2], std::make_shared<const Measurement>(value));
    Measurement none;
    none.reason = "there is none";
    none.method = "m";
    live::finish(known.known.measures[3], std::make_shared<const Measurement>(none));
    session.pin_results = {known};
    const std::string text = session_to_json(session);
    const Session again = session_from_json(text);
    QVERIFY(again.state == session.state);
    QVERIFY(again.damaged_pins.empty());
    QCOMPARE(QString::fromStdString(session_to_json(again)), QString::fromStdString(text));
    const LiveSnapshot& read = known_of(again.pin_results, again.state.pins.list[0]);
    QCOMPARE(*read.measures[2].value->value, 0.1 + 0.2);
    QVERIFY(read.measures[2].value->details == value.details);
    QCOMPARE(read.measures[3].value->reason, none.reason);
    QVERIFY(read.measures[0].freshness == Freshness::stale);
    // Through a document, which the window saves.
    WorkspaceDocument document;
    document.reset(again, "x.dnm.json");
    QCOMPARE(QString::fromStdString(session_to_json(document.session())), QString::fromStdString([&] {
               Session with_chart = again;
               with_chart.chart = ChartSettings{};
               return session_to_json(with_chart);
             }()));
    QVERIFY(!contains(session_to_json(Session{}), "pins"));
  }

  void damaged_pins_are_left_out_in_one_sentence() {
    const auto with_pins = [](const std::string& pins) {
      return session_from_json(R"({"format": "dnm-session", "version": 1, "pins": )" + pins + "}");
    };
    const std::string good = R"({"name": "good", "parameters": {"sparsity": "0.8"}, "measured": {"L": 3}})";
    const Session session =
        with_pins(R"({"reference": 9, "picture": "none", "networks": [{"name": 5}, )" + good + R"(, 7]})");
    QCOMPARE(session.state.pins.list.size(), std::size_t{1});
    QCOMPARE(session.state.pins.list[0].parameters.shared.sparsity, 0.8);
    QCOMPARE(session.state.pins.reference, std::size_t{0});
    QCOMPARE(session.state.pins.picture, Pins{}.picture);
    QVERIFY(session.pin_results.empty());
    QVERIFY2(contains(session.damaged_pins, "2 pinned networks"), session.damaged_pins.c_str());
    for (const char* damaged : {"5", "[]", "{}", R"({"networks": {}})", "null"})
      QVERIFY(!with_pins(damaged).damaged_pins.empty());
  }

  void files_of_pins_move_with_the_session_and_leave_with_no_folder() {
    const QTemporaryDir folder;
    const std::filesystem::path base = folder.path().toStdString();
    std::filesystem::create_directories(base / "a" / "data");
    write_network(base / "a" / "data" / "n.npz", {diagonal(4), {}});
    Session session;
    session.state.pins.list = {{"file", {}, ShownFile{(base / "a" / "data" / "n.npz").string()}}};
    PinResult known{session.state.pins.list[0]};
    follow_request(known.known, request_of(known.pin, {}));
    live::finish(known.known.measures[0], std::make_shared<const Measurement>(measured(2.0)));
    session.pin_results = {known};
    write_session(base / "a" / "s.dnm.json", session);
    QVERIFY(contains(text_of(base / "a" / "s.dnm.json"), R"("network_file": "data/n.npz")"));
    std::filesystem::rename(base / "a", base / "b");
    const Session moved = read_session(base / "b" / "s.dnm.json");
    const Pin& pin = moved.state.pins.list[0];
    QCOMPARE(std::get<ShownFile>(pin.shown).file, (base / "b" / "data" / "n.npz").string());
    QVERIFY(known_of(moved.pin_results, pin).measures.at(0).freshness == Freshness::fresh);
    QVERIFY(!contains(exported_session(moved, base / "elsewhere" / "f.svg"), base.string()));
  }

  void the_measurer_gives_what_the_measures_give() {
    WorkspaceState state;
    state.parameters = parameters({{"layers", "30,40,40"}, {"sparsity", "0.8"}, {"seed", "5"}});
    const Pin first = pin_of(state);
    Pin second = random_pin(state, nullptr);
    PinMeasurer measurer([] {});
    ViewSettings view;
    view.measures.sigma_draws = 3;
    measurer.want({{.pin = first, .request = request_of(first, view), .embedding = true},
                   {.pin = second, .request = request_of(second, view)}});
    const PinResults results = finished(measurer);
    QCOMPARE(results.size(), std::size_t{2});
    for (const PinResult& result : results) {
      const NetworkPointer network = generate(result.pin.parameters).network;
      QVERIFY(*result.known.network.value == *network);
      MeasureSettings settings = view.measures;
      settings.seed = 5;
      for (std::size_t slot = 0; slot < measure_table().size(); ++slot) {
        const Measurement expected = measure_table()[slot].compute(Graph(*network), settings, {}, {});
        QVERIFY(result.known.measures[slot].freshness == Freshness::fresh);
        QCOMPARE(result.known.measures[slot].value->value, expected.value);
      }
    }
    QVERIFY(results[0].known.embedding.value && !results[1].known.embedding.value);
    QVERIFY(is_complete(results[0].known, true) && !is_complete(results[1].known, true));
  }

  void what_is_known_is_not_computed_again() {
    const Pin one = pin("one", {{"layers", "10,12"}, {"sparsity", "0.5"}});
    ViewSettings view;
    LiveSnapshot known;
    follow_request(known, request_of(one, view));
    // No measure gives such values.
    for (auto& value : known.measures) live::finish(value, std::make_shared<const Measurement>(measured(-77.0)));
    PinMeasurer measurer([] {});
    measurer.want({{.pin = one, .request = request_of(one, view), .known = known}});
    const PinResults first = finished(measurer);
    for (const auto& value : first[0].known.measures) QCOMPARE(value.value->value, std::optional(-77.0));
    // Another estimator of Q asks for Q again, and for nothing else; a name for nothing.
    view.measures.modularity = ModularityMethod::louvain;
    Pin renamed = one;
    renamed.name = "renamed";
    measurer.want({{.pin = renamed, .request = request_of(renamed, view)}});
    const PinResults results = finished(measurer);
    for (std::size_t slot = 0; slot < measure_table().size(); ++slot) {
      const bool is_again = measure_table()[slot].id == community_measure;
      QCOMPARE(results[0].known.measures[slot].value->value == std::optional(-77.0), !is_again);
    }
    // A picture by community needs more than the value that a session keeps.
    LiveSnapshot value_alone;
    follow_request(value_alone, request_of(one, {}));
    for (auto& value : value_alone.measures) live::finish(value, std::make_shared<const Measurement>(measured(-77.0)));
    PinMeasurer other([] {});
    other.want({{.pin = one, .request = request_of(one, {}), .known = value_alone, .communities = true}});
    const LiveSnapshot found = finished(other)[0].known;
    QCOMPARE(found.measures[1].value->communities.size(), std::size_t{22});
    QCOMPARE(found.measures[0].value->value, std::optional(-77.0));
  }

  void nothing_is_computed_elsewhere_or_after_cancel() {
    const Pin one = pin("one", {{"layers", "10,12"}, {"sparsity", "0.5"}});
    PinMeasurer measurer([] {});
    measurer.want({{.pin = one, .request = request_of(one, {}), .is_elsewhere = true}});
    QTest::qWait(50);
    QVERIFY(!measurer.results()[0].known.network.value && !measurer.is_busy());
    measurer.cancel();
    measurer.want({{.pin = one, .request = request_of(one, {})}});
    QTest::qWait(50);
    QVERIFY(!measurer.is_busy() && !measurer.results()[0].known.network.value);
    QVERIFY(measurer.results()[0].known.cancelled);
    measurer.resume();
    QVERIFY(is_complete(finished(measurer)[0].known, false));
    QVERIFY(!measurer.results()[0].known.cancelled);
  }

  void a_long_computation_ends_at_once() {
    // σ_c of this takes many seconds.
    const Pin large = pin("large", {{"layers", "784,1568,1568"}, {"sparsity", "0.98"}});
    PinMeasurer measurer([] {});
    ViewSettings view;
    view.measures.sigma_draws = 200;
    measurer.want({{.pin = large, .request = request_of(large, view)}});
    const auto is_computing = [&](std::size_t slot) {
      return measurer.results()[0].known.measures[slot].freshness == Freshness::computing;
    };
    QVERIFY(QTest::qWaitFor([&] { return is_computing(2); }, 60000));
    QElapsedTimer clock;
    clock.start();
    measurer.want({});
    QVERIFY(measurer.results().empty());
    const Pin small = pin("small", {{"layers", "10,12"}, {"sparsity", "0.5"}});
    measurer.want({{.pin = small, .request = request_of(small, {})}});
    static_cast<void>(finished(measurer));
    QVERIFY(clock.elapsed() < 5000);
  }

  void a_network_that_cannot_be_had_says_why() {
    const Pin gone{"gone", {}, ShownFile{"/nowhere/gone.npz"}};
    PinMeasurer measurer([] {});
    measurer.want({{.pin = gone, .request = request_of(gone, {}), .embedding = true}});
    const LiveSnapshot known = finished(measurer)[0].known;
    QVERIFY(known.network.freshness == Freshness::failed && contains(known.network.problem, "gone.npz"));
    QVERIFY(is_complete(known, true));
  }

  void what_has_failed_is_tried_again() {
    const QTemporaryDir folder;
    const std::filesystem::path path = folder.filePath("late.npz").toStdString();
    const Pin one{"late", {}, ShownFile{path.string()}};
    PinMeasurer measurer([] {});
    measurer.want({{.pin = one, .request = request_of(one, {})}});
    QVERIFY(finished(measurer)[0].known.network.freshness == Freshness::failed);
    write_network(path, {diagonal(5), {}});
    measurer.resume();
    const LiveSnapshot known = finished(measurer)[0].known;
    QVERIFY(known.network.value && *known.network.value == *diagonal(5));
    QVERIFY(known.measures[0].freshness == Freshness::fresh);
  }

  void a_file_is_read_and_a_layer_that_it_lacks_counts_as_none() {
    const QTemporaryDir folder;
    const std::filesystem::path path = folder.filePath("n.npz").toStdString();
    const NetworkPointer network = generate(parameters({{"layers", "10,12"}, {"sparsity", "0.5"}})).network;
    write_network(path, {network, {}});
    const Pin one{"file", {}, ShownFile{path.string()}};
    ViewSettings view;
    view.measured_layer = 3;
    PinMeasurer measurer([] {});
    measurer.want({{.pin = one, .request = request_of(one, view)}});
    const LiveSnapshot known = finished(measurer)[0].known;
    QVERIFY(*known.network.value == *network && !known.request.measured_layer);
    const Measurement expected = measure("L").compute(Graph(*network), view.measures, {}, {});
    QCOMPARE(known.measures[0].value->value, expected.value);
    measurer.want({{.pin = one, .request = request_of(one, view)}});
    QVERIFY(!measurer.is_busy());
  }
};

DNM_TEST(TestPins, QCoreApplication)
#include "test_pins.moc"
