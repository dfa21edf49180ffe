// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QTest>

#include "app/workspace/state.h"
#include "tests/support/test_class.h"

using namespace dnm;

class TestState : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void what_is_shown_names_its_network_and_layers() {
    const auto line = std::make_shared<const Network>(Network::layered({2, 1}, {Mask{2, 1, {0, 1}, {1}}}));
    WorkspaceState state;
    QVERIFY(!given_network(state) && network_file(state).empty());
    QCOMPARE(layer_sizes(state), state.parameters.layer_sizes);
    state.parameters.seed = 5;
    QCOMPARE(training_seeds(state), std::vector<std::uint64_t>{5});

    state.shown = ShownFile{"a.tsv", line};
    QVERIFY(given_network(state) == line);
    QCOMPARE(network_file(state), std::string("a.tsv"));
    QCOMPARE(layer_sizes(state), (std::vector<NodeIndex>{2, 1}));
    QCOMPARE(training_seeds(state), std::vector<std::uint64_t>{0});

    state.shown = ShownRun{"id", 3, "runs/x", {}, 4, line};
    QVERIFY(given_network(state) == line && network_file(state).empty());
    QCOMPARE(training_seeds(state), std::vector<std::uint64_t>{5});
    state.seeds = {1, 2};
    QCOMPARE(training_seeds(state), (std::vector<std::uint64_t>{1, 2}));
  }

  void a_layer_is_measured_alone_where_there_is_one() {
    WorkspaceState state;
    QVERIFY(!measured_layer(state));
    state.view.measured_layer = 1;
    QVERIFY(measured_layer(state) == std::size_t{1});
    state.parameters.layer_sizes = {4, 4};
    QVERIFY(!measured_layer(state));
    state.shown = ShownFile{"a.tsv", std::make_shared<const Network>(Network::general(4, {}))};
    state.view.measured_layer = 0;
    QVERIFY(!measured_layer(state));
  }

  void a_session_keeps_the_view_settings() {
    ViewSettings view;
    view.pictures.link_coloring = LinkColoring::dendrite;
    view.pictures.orientation = Orientation::columns;
    view.pictures.disk = DiskProjection::Kind::native;
    view.measures.modularity = ModularityMethod::louvain;
    view.measures.modularity_runs = 3;
    view.measures.sigma_draws = 25;
    view.measures.sigma_error = 0.002;
    measure_setting_table().set_text(view.measures, "gamma-fit", "igraph");
    view.pictures.node_coloring = "community";
    view.pictures.order = NodeOrder::community;
    view.measured_layer = 1;
    view.chance_copies = 7;
    view.embedding = {LinkWeights::ebc, Reduction::ncmce, AngleAdjustment::original};
    QVERIFY(view_settings_from_json(view_settings_to_json(view)) == view);
    QVERIFY(view_settings_to_json(view, R"({"camera": 7})").find("camera") != std::string::npos);
    QVERIFY(view_settings_from_json("{}") == ViewSettings{});
    QVERIFY(view_settings_from_json(R"({"measures": {"draws": -4, "q": "best"}, "disk": 3})") == ViewSettings{});
    QVERIFY(view_settings_from_json(R"({"measured_layer": 0, "chance_copies": 1, "order": "size"})") == ViewSettings{});
    // A p-value is asked for anew each time.
    ViewSettings with_p_value = view;
    with_p_value.measures.p_value_samples = 50;
    QVERIFY(view_settings_from_json(view_settings_to_json(with_p_value)) == view);
  }
};

DNM_TEST(TestState, QCoreApplication)
#include "test_state.moc"
