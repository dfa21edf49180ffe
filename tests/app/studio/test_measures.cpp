// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAction>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <memory>
#include <set>

#include "app/workspace/measure_words.h"
#include "core/measures/degree_distribution.h"
#include "core/network/graph.h"
#include "driver.h"
#include "tests/support/test_class.h"

using namespace dnm;
using namespace dnm::studio_test;

/// How the window measures, colours and embeds a network, driven through the real widgets.
class TestMeasures : public QObject {
  Q_OBJECT

  std::unique_ptr<Window> window_;

  [[nodiscard]] const ViewSettings& view() const { return window_->document().state().view; }
  [[nodiscard]] QString text_of(const char* label) { return find<QLabel>(*window_, label)->text(); }
  [[nodiscard]] static std::size_t index_of(std::string_view id) {
    for (std::size_t i = 0; i < measure_table().size(); ++i)
      if (measure_table()[i].id == id) return i;
    qFatal("no such measure");
  }
  [[nodiscard]] const LiveValue<Measurement>& measured(std::string_view id) {
    return window_->live().snapshot().measures[index_of(id)];
  }
  void trigger(const char* action) {
    auto* found = window_->findChild<QAction*>(action);
    if (!found) qFatal("there is no action %s", action);
    found->trigger();
  }
  /// A small network, so that everything is quick: 490 neurons need a second for the p-value.
  void take_small_network() {
    WorkspaceState next = window_->document().state();
    next.parameters.layer_sizes = {20, 40, 40};
    next.parameters.shared.sparsity = 0.8;
    window_->document().edit("small", std::move(next));
    QVERIFY(wait_until_fresh(*window_));
  }
  static std::set<std::uint32_t> colors_of_disks(const Scene& scene) {
    std::set<std::uint32_t> found;
    for (const SceneItem& item : scene.items)
      if (const auto* disks = std::get_if<Disks>(&item))
        for (const Color& c : disks->colors)
          found.insert((std::uint32_t{c.red} << 16U) | (std::uint32_t{c.green} << 8U) | c.blue);
    return found;
  }

 private Q_SLOTS:
  void init() {
    renew(window_);
    take_small_network();
  }
  void cleanupTestCase() { window_.reset(); }

  void settings_stand_behind_a_button_of_their_card() {
    for (const Measure& measure : measure_table()) {
      const std::string id(measure.id);
      auto* open = find<QToolButton>(*window_, (id + "-settings-open").c_str());
      auto* box = find<QWidget>(*window_, (id + "-settings").c_str());
      open->setChecked(false);
      QVERIFY(!box->isVisible());
      open->click();
      QVERIFY(box->isVisible());
      open->click();
    }
    // σ_c has no other route in igraph.
    QVERIFY(!window_->findChild<QPushButton*>("sigma_c-igraph"));
    for (const char* other : {"L-igraph", "Q-igraph", "gamma-igraph"}) QVERIFY(window_->findChild<QPushButton*>(other));
  }

  void another_estimator_computes_modularity_alone() {
    const auto path_length = measured("L").value;
    const auto consistency = measured("sigma_c").value;
    const std::size_t steps = window_->document().history().step_count();
    choose(*find<QComboBox>(*window_, "measure-q-choice"), "Louvain");
    find<QDoubleSpinBox>(*window_, "measure-runs-spin")->setValue(2);
    QVERIFY(wait_until_fresh(*window_));
    QVERIFY2(text_of("Q-method").contains("Louvain"), qPrintable(text_of("Q-method")));
    QCOMPARE(view().measures.modularity_runs, 2);
    QVERIFY(measured("L").value == path_length);
    QVERIFY(measured("sigma_c").value == consistency);
    QCOMPARE(window_->document().history().step_count(), steps + 2);
    choose(*find<QComboBox>(*window_, "measure-q-choice"), "Spectral");
    QVERIFY(wait_until_fresh(*window_));
    QVERIFY(text_of("Q-method").contains("pectral"));
  }

  void passes_of_leiden_are_a_setting_of_leiden_alone() {
    auto* passes = find<QWidget>(*window_, "measure-leiden-passes");
    find<QToolButton>(*window_, "Q-settings-open")->setChecked(true);
    QVERIFY(passes->isVisible());
    QVERIFY2(text_of("Q-method").startsWith("Leiden until stable"), qPrintable(text_of("Q-method")));
    const double stable = measured("Q").value->value.value();
    find<QDoubleSpinBox>(*window_, "measure-leiden-passes-spin")->setValue(1);
    QVERIFY(wait_until_fresh(*window_));
    QVERIFY2(text_of("Q-method").startsWith("Leiden, 1 pass"), qPrintable(text_of("Q-method")));
    QVERIFY(measured("Q").value->value.value() <= stable);
    choose(*find<QComboBox>(*window_, "measure-q-choice"), "Louvain");
    QVERIFY(wait_until_fresh(*window_));
    QVERIFY(!passes->isVisible());
  }

  void draws_and_error_reach_the_consistency() {
    find<QDoubleSpinBox>(*window_, "measure-draws-spin")->setValue(40);
    find<QDoubleSpinBox>(*window_, "measure-sigma-error-spin")->setValue(0.5);
    QVERIFY(wait_until_fresh(*window_));
    // An error of a half is reached at once.
    const Measurement& result = *measured("sigma_c").value;
    const auto draws = std::find_if(result.details.begin(), result.details.end(),
                                    [](const auto& detail) { return detail.first == "draws"; });
    QVERIFY(draws != result.details.end());
    QVERIFY(std::get<std::int64_t>(draws->second) < 40);
  }

  void igraph_gives_a_second_opinion_in_settings_and_tool_tip() {
    auto* opinion = find<QLabel>(*window_, "L-second-opinion");
    find<QPushButton>(*window_, "L-igraph")->click();
    QTRY_VERIFY_WITH_TIMEOUT(opinion->text().contains(text_of("L-value")), 20000);
    auto* card = find<MeasureCard>(*window_, "measure-L");
    QVERIFY(card->toolTip().contains(text_of("L-value")));
    find<QDoubleSpinBox>(*window_, "sparsity-spin")->setValue(0.7);
    QTRY_VERIFY(opinion->text().isEmpty());  // it belonged to another network
    QVERIFY(!card->toolTip().contains("igraph:"));
    QVERIFY(wait_until_fresh(*window_));
  }

  void a_second_opinion_goes_with_what_it_was_measured_of() {
    auto* opinion = find<QLabel>(*window_, "L-second-opinion");
    const auto ask = [&] {
      find<QPushButton>(*window_, "L-igraph")->click();
      return QTest::qWaitFor([&] { return opinion->text().contains(text_of("L-value")); }, 20000);
    };
    QVERIFY(ask());
    const QString of_all = opinion->text();
    // Another layer: another graph of the same network.
    auto* scope = find<QComboBox>(*window_, "measured-layer");
    choose(*scope, scope->itemText(1));
    QTRY_VERIFY_WITH_TIMEOUT(opinion->text().isEmpty(), 20000);
    QVERIFY(wait_until_fresh(*window_));
    QVERIFY(ask());
    QVERIFY(opinion->text() != of_all);
    choose(*scope, scope->itemText(0));
    QTRY_VERIFY_WITH_TIMEOUT(opinion->text().isEmpty(), 20000);
    QVERIFY(wait_until_fresh(*window_));
    QVERIFY(ask());
    // A setting of another measure changes nothing that L is made of.
    find<QDoubleSpinBox>(*window_, "measure-draws-spin")->setValue(3);
    QVERIFY(wait_until_fresh(*window_));
    QCOMPARE(opinion->text(), of_all);
  }

  void the_exponent_of_igraph_names_its_x_min() {
    WorkspaceState next = window_->document().state();
    next.parameters.shared.degree = Distribution{Family::spatial_gaussian, 0.0, {}};
    window_->document().edit("hubs", std::move(next));
    QVERIFY(wait_until_fresh(*window_));
    auto* opinion = find<QLabel>(*window_, "gamma-second-opinion");
    find<QPushButton>(*window_, "gamma-igraph")->click();
    QTRY_VERIFY_WITH_TIMEOUT(opinion->text().contains("igraph fit, x_min "), 20000);
  }

  void an_exponent_of_a_few_degrees_says_so() {
    WorkspaceState next = window_->document().state();
    next.parameters.initialiser = "random";
    next.parameters.layer_sizes = {12, 8};
    next.parameters.shared.sparsity = 0.0;
    window_->document().edit("two degrees", std::move(next));
    QVERIFY(wait_until_fresh(*window_));
    QVERIFY2(text_of("gamma-method").contains("fitted to 2 distinct degrees alone, 8 and 12"),
             qPrintable(text_of("gamma-method")));
  }

  void the_p_value_comes_on_demand_and_goes_with_its_network() {
    auto* button = find<QPushButton>(*window_, "p-value");
    QVERIFY(!text_of("gamma-details").contains("samples"));
    WorkspaceState next = window_->document().state();
    next.parameters.shared.degree = Distribution{Family::spatial_gaussian, 0.0, {}};
    window_->document().edit("hubs", std::move(next));
    QVERIFY(wait_until_fresh(*window_));
    if (!measured("gamma").value->value) QSKIP("no fit to test");
    button->click();
    QVERIFY(button->text().contains("Cancel"));
    QVERIFY(wait_until_fresh(*window_));
    const QString p_value = QString::fromStdString(p_value_text(*measured("gamma").value));
    QVERIFY2(text_of("gamma-details").endsWith(p_value), qPrintable(text_of("gamma-details")));
    QVERIFY(button->text().contains("Compute"));
    find<QToolButton>(*window_, "seed-dice")->click();
    QVERIFY(wait_until_fresh(*window_));
    QVERIFY(!text_of("gamma-details").contains("samples"));
  }

  void a_p_value_can_be_cancelled() {
    renew(window_);
    QVERIFY(wait_until_fresh(*window_));
    auto* button = find<QPushButton>(*window_, "p-value");
    button->click();
    QVERIFY(button->text().contains("Cancel"));
    button->click();
    QVERIFY(wait_until_fresh(*window_));
    QVERIFY(!window_->live().wants_p_value());
    QVERIFY(!text_of("gamma-details").contains("samples"));
  }

  void a_cancelled_card_shows_no_number_of_another_network() {
    WorkspaceState next = window_->document().state();
    next.parameters.layer_sizes = {196, 784, 784};
    next.parameters.shared.sparsity = 0.97;
    next.view.measures.sigma_draws = 1000;
    window_->document().edit("some draws of many", next);
    // Some draws of this network, which stay beside what says that they are not all.
    QTRY_VERIFY_WITH_TIMEOUT(measured("sigma_c").freshness == Freshness::computing && !measured("sigma_c").is_foreign &&
                                 measured("sigma_c").value->standard_error,
                             60000);
    trigger("network-cancel");
    QCOMPARE(text_of("sigma_c-state"), QStringLiteral("· cancelled"));
    QVERIFY(text_of("sigma_c-value").contains(QStringLiteral("±")));
    next.parameters.seed = 1;
    window_->document().edit("another network", next);
    trigger("network-cancel");
    QCOMPARE(text_of("sigma_c-state"), QStringLiteral("· cancelled"));
    QCOMPARE(text_of("sigma_c-value"), QStringLiteral("–"));
    QVERIFY(text_of("sigma_c-details").isEmpty());
  }

  void chance_is_compared_on_demand() {
    find<QDoubleSpinBox>(*window_, "chance-copies")->setValue(5);
    QVERIFY(find<QLabel>(*window_, "Q-chance")->isHidden());
    auto* button = find<QPushButton>(*window_, "chance-compare");
    button->click();
    QVERIFY(wait_until_fresh(*window_));
    for (const char* id : {"L-chance", "Q-chance", "sigma_c-chance"}) {
      QVERIFY(!find<QLabel>(*window_, id)->isHidden());
      QVERIFY2(text_of(id).contains("5 randomised copies"), qPrintable(text_of(id)));
    }
    for (std::size_t i = 0; i < measure_table().size(); ++i) {
      const std::string label = std::string(measure_table()[i].id) + "-chance";
      QCOMPARE(text_of(label.c_str()).toStdString(), chance_text(*window_->live().snapshot().chance[i].value));
    }
    QVERIFY2(text_of("gamma-chance").contains("n/a"), qPrintable(text_of("gamma-chance")));
    QCOMPARE(button->text(), QString("Compare"));
    find<QToolButton>(*window_, "seed-dice")->click();
    QVERIFY(wait_until_fresh(*window_));
    QVERIFY(find<QLabel>(*window_, "Q-chance")->isHidden());
  }

  void a_comparison_can_be_cancelled() {
    find<QDoubleSpinBox>(*window_, "chance-copies")->setValue(10000);
    auto* button = find<QPushButton>(*window_, "chance-compare");
    button->click();
    QCOMPARE(button->text(), QString("Cancel"));
    QVERIFY(find<QProgressBar>(*window_, "chance-progress")->isVisibleTo(window_.get()));
    const auto modularity = measured("Q").value;
    button->click();
    QVERIFY(wait_until_fresh(*window_));
    QVERIFY(measured("Q").value == modularity);
    QVERIFY(find<QLabel>(*window_, "Q-chance")->isHidden());
    // So it is from the status bar and the menu.
    button->click();
    QCOMPARE(button->text(), QString("Cancel"));
    window_->findChild<QAction*>("network-cancel")->trigger();
    QCOMPARE(button->text(), QString("Compare"));
    QVERIFY(find<QLabel>(*window_, "Q-chance")->isHidden());
  }

  /// A dense net with as many weights as the sparse one has narrower layers than the parameters name.
  void the_layers_to_measure_are_those_that_were_drawn() {
    choose(*find<QComboBox>(*window_, "model-choice"), "Dense, equal weights");
    QVERIFY(wait_until_fresh(*window_));
    const auto& sizes = window_->live().current_network()->layer_sizes();
    QVERIFY(sizes != window_->document().state().parameters.layer_sizes);
    const auto* scope = find<QComboBox>(*window_, "measured-layer");
    QCOMPARE(scope->itemText(1), QStringLiteral("Layer 1 alone (%1 → %2)").arg(sizes[0]).arg(sizes[1]));
  }

  void one_layer_can_be_measured_alone() {
    choose(*find<QComboBox>(*window_, "measured-layer"), "Layer 2 alone (40 → 40)");
    QVERIFY(wait_until_fresh(*window_));
    const Network& network = *window_->live().current_network();
    const Measurement expected = measure("L").compute(layer_graph(network, 1), MeasureSettings{}, TaskControl{}, {});
    QCOMPARE(text_of("L-value").toStdString(), format_measurement(expected));
    // The first layer of neurons was not looked at.
    const SceneInput& input = window_->live().scene_input();
    const auto communities = communities_of(input);
    QVERIFY(!communities.empty());
    for (NodeIndex node = 0; node < network.node_count(); ++node) {
      QCOMPARE(communities[node] < 0, node < network.first_node(1));
    }
    window_->document().undo();
    QVERIFY(wait_until_fresh(*window_));
    QVERIFY(!measured_layer(window_->document().state()));
    QCOMPARE(find<QComboBox>(*window_, "measured-layer")->currentIndex(), 0);
  }

  void neurons_are_coloured_as_the_menu_says_data() {
    QTest::addColumn<QByteArray>("action");
    for (const NodeColoring& coloring : node_coloring_table()) {
      const std::string id(coloring.id);
      QTest::addRow("%s", id.c_str()) << QByteArray("color-") + id.c_str();
    }
  }
  void neurons_are_coloured_as_the_menu_says() {
    QFETCH(QByteArray, action);
    trigger("color-degree");
    trigger(action.constData());
    QVERIFY(wait_until_fresh(*window_));
    std::size_t kinds = 0;
    for (ViewPane* pane : window_->views().panes()) {
      QCOMPARE("color-" + QByteArray(pane->view().options().node_coloring.c_str()), action);
      if (pane->isHidden()) continue;
      QVERIFY(pane->view().scene());
      kinds = std::max(kinds, colors_of_disks(*pane->view().scene()).size());
    }
    // Layers, communities and the rest have more than one colour each.
    QVERIFY(kinds >= 2);
    window_->document().undo();
    QVERIFY(window_->findChild<QAction*>("color-degree")->isChecked() || action == "color-degree");
    QVERIFY(wait_until_fresh(*window_));
  }

  void rows_stand_by_community_when_asked() {
    NetworkView& matrix = pane_of(*window_, "matrix").view();
    const ScenePointer before = matrix.scene();
    trigger("order-community");
    QVERIFY(wait_until_fresh(*window_));
    QVERIFY(matrix.options().order == NodeOrder::community);
    QVERIFY(!communities_of(matrix.input()).empty());
    QVERIFY(!measurement_of(matrix.input(), community_measure).is_stale);
    QVERIFY(matrix.scene() != before);
  }

  void the_embedding_is_chosen_in_the_disk() {
    auto* chooser = find<QToolButton>(*window_, "embedding-method");
    QCOMPARE(chooser->text(), QString("RA1-LE-EA"));
    trigger("weights-RA2");
    trigger("reduction-ncISO");
    trigger("angles-original");
    trigger("disk-native");
    QCOMPARE(chooser->text(), QString("RA2-ncISO-original"));
    QVERIFY(wait_until_fresh(*window_));
    QCOMPARE(window_->live().snapshot().embedding.value->method, std::string("RA2-ncISO-original"));
    QVERIFY(pane_of(*window_, "disk").view().options().disk == DiskProjection::Kind::native);
    for (QAction* action : chooser->menu()->actions()) QVERIFY(action->isSeparator() || !action->toolTip().isEmpty());
    for (int step = 0; step < 4; ++step) window_->document().undo();
    QCOMPARE(chooser->text(), QString("RA1-LE-EA"));
  }

  void the_degree_plot_is_of_the_network_on_screen() {
    auto* plot = find<DockPicture>(*window_, "degree-plot");
    const auto has_point_for_each_degree = [&] {
      const DegreeDistribution all = degree_distribution(*window_->live().current_network(), DegreeSide::all);
      if (!plot->scene()) return false;
      for (const SceneItem& item : plot->scene()->items)
        if (const auto* disks = std::get_if<Disks>(&item)) return disks->centers.size() == all.degree.size();
      return false;
    };
    QTRY_VERIFY(has_point_for_each_degree());
    find<QDoubleSpinBox>(*window_, "sparsity-spin")->setValue(0.6);
    QVERIFY(wait_until_fresh(*window_));
    QTRY_VERIFY(has_point_for_each_degree());
  }

  void every_initialiser_that_needs_no_data_is_drawn() {
    auto* chooser = find<QComboBox>(*window_, "model-choice");
    for (int index = 0; index < chooser->count(); ++index) {
      const QString id = chooser->itemData(index).toString();
      choose(*chooser, id);
      QVERIFY2(wait_until_fresh(*window_), qPrintable(id));
      const auto& network = window_->live().snapshot().network;
      // Those that look at data refuse a first layer that does not fit them, in a sentence.
      if (network.freshness == Freshness::failed) {
        QVERIFY2(id == "csti" || id == "snip", qPrintable(id + ": " + QString::fromStdString(network.problem)));
        const QString told = QString::fromStdString(network.problem).mid(1);  // the message begins with a capital
        QVERIFY2(window_->messages().messages().front().endsWith(told), qPrintable(told));
        continue;
      }
      QVERIFY(window_->live().current_network());
    }
  }
};

DNM_TEST(TestMeasures, TimedApplication)
#include "test_measures.moc"
