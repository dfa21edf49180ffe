// SPDX-License-Identifier: GPL-3.0-or-later
#include <QImage>
#include <QPainter>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <string>

#include "core/support/error.h"
#include "tests/support/test_class.h"
#include "tests/viz/networks.h"
#include "viz/paper/paper_painter.h"
#include "viz/scenes/node_colors.h"
#include "viz/scenes/palette.h"

using namespace dnm;
using namespace dnm::test;

namespace {

constexpr double no_value = std::numeric_limits<double>::quiet_NaN();

/// All that any picture is made of.
SceneInput whole_input() {
  SceneInput input{random_network({30, 40, 31}, 300), nullptr};
  input.before = random_network({30, 40, 31}, 300, 5);
  input.embedding = random_embedding(*input.network);
  std::vector<std::int32_t> communities;
  for (NodeIndex node = 0; node < 101; ++node) communities.push_back(static_cast<std::int32_t>((node * 37) % 100 / 25));
  set_communities(input, std::move(communities));
  for (const Measure& row : measure_table()) {
    SceneMeasurement& measured = measurement_of(input, row.id);
    if (measured.value) continue;
    measured.value = std::make_shared<Measurement>(row.compute(Graph(*input.network), {}, {}, {}));
  }
  return input;
}

SceneOptions large() {
  SceneOptions options;
  options.width_points = 700.0;
  options.height_points = 500.0;
  options.pixels_across = 3600.0;
  return options;
}

QImage painted(const NetworkScene& scene, const SceneInput& input, const SceneOptions& options) {
  QImage image(700, 500, QImage::Format_RGB32);
  image.fill(Qt::white);
  QPainter painter(&image);
  paint_scene(painter, scene.build(input, options, {}), QRectF(0.0, 0.0, 700.0, 500.0), PaperStyle::raster());
  return image;
}

bool follows(const NetworkScene& scene, std::string_view option) {
  return std::ranges::find(scene.options, option) != scene.options.end();
}

}  // namespace

/// The tables that pictures, their options and their colours are made from.
class TestPictures : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void every_option_reaches_its_pictures_and_no_other_data() {
    QTest::addColumn<QByteArray>("picture");
    QTest::addColumn<QByteArray>("option");
    for (const NetworkScene& scene : figure_scene_table()) {
      for (const Parameter<PictureOptions>& option : picture_option_table()) {
        const QByteArray picture(scene.id.data()), id(option.info.id.data());
        QTest::addRow("%s %s", picture.constData(), id.constData()) << picture << id;
      }
    }
  }
  void every_option_reaches_its_pictures_and_no_other() {
    QFETCH(QByteArray, picture);
    QFETCH(QByteArray, option);
    const NetworkScene& scene = network_scene(picture.toStdString());
    const Parameter<PictureOptions>& row = picture_option_table().at(option.toStdString());
    const SceneInput whole = whole_input();
    std::vector<QImage> different;
    std::vector<ParameterValue> values;
    for (const Choice& choice : row.info.choices) values.emplace_back(std::string(choice.id));
    if (values.empty()) {
      const auto& range = row.info.range;
      const double least = range.minimum, most = range.maximum;
      for (const double part : {0.1, 0.4, 0.7}) {
        values.emplace_back(range.logarithmic ? least * std::pow(most / least, part) : least + part * (most - least));
      }
    }
    for (const ParameterValue& value : values) {
      SceneOptions options = large();
      if (const AppliesWhen& applies = row.info.applies; !applies.row.empty()) {
        picture_option_table().at(applies.row).set(options, std::string(applies.values));
      }
      row.set(options, value);
      QVERIFY(row.get(options) == value);
      // Nothing that is left out of its input is missed.
      const QImage image = painted(scene, input_for(scene, options, whole), options);
      QVERIFY(image == painted(scene, whole, options));
      QVERIFY(image == painted(scene, whole, options_for(scene, options)));
      if (std::ranges::find(different, image) == different.end()) different.push_back(image);
    }
    // Few links are lines without being asked.
    const std::size_t same = row.info.id == "link-drawing" ? 1 : 0;
    QCOMPARE(different.size(), follows(scene, row.info.id) ? values.size() - same : std::size_t{1});
  }

  void rows_name_what_there_is() {
    std::set<std::string_view> followed;
    for (const NetworkScene& scene : figure_scene_table()) {
      QVERIFY(scene.figure.aspect > 0.0);
      QVERIFY(!scene.title.empty() && !scene.meaning.empty());
      for (const std::string_view id : scene.options) followed.insert(picture_option_table().at(id).info.id);
      if (!scene.needs.measure.empty()) QCOMPARE(measure(scene.needs.measure).id, scene.needs.measure);
    }
    QCOMPARE(followed.size(), picture_option_table().size());
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(picture_option_table().at("shape")), InvalidInput);
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(node_coloring("taste")), InvalidInput);
    for (const NetworkScene& scene : network_scene_table()) QVERIFY(scene.window != WindowPlace::measures_dock);
    QCOMPARE(panel_choices().size(), figure_scene_table().size() + 2);
    for (const Choice& choice : panel_choices()) QCOMPARE(pictures_of(choice.id).empty(), choice.id == neuron_panel);
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(pictures_of("pie")), InvalidInput);
  }

  void the_figure_of_all_has_a_place_for_each_of_its_pictures() {
    double shares = 0.0;
    int leading = 0;
    for (const NetworkScene* scene : pictures_of(all_pictures)) {
      leading += scene->figure.role == FigureRole::leading ? 1 : 0;
      shares += scene->figure.share;
    }
    QCOMPARE(leading, 1);
    QCOMPARE(shares, 1.0);
  }

  void a_picture_needs_what_its_options_ask_for() {
    PictureOptions options;
    QVERIFY(!demand_of(network_scene("matrix"), options).embedding);
    QVERIFY(demand_of(network_scene("matrix"), options).measures.empty());
    QVERIFY(demand_of(network_scene("disk"), options).embedding);
    options.node_coloring = "angle";
    QVERIFY(demand_of(network_scene("matrix"), options).embedding);
    QVERIFY(!demand_of(network_scene("degree"), options).embedding);
    options.node_coloring = "community";
    options.order = NodeOrder::community;
    for (const char* id : {"matrix", "layers", "disk"}) {
      QVERIFY((demand_of(network_scene(id), options).measures == std::vector<std::string_view>{"Q"}));
    }
    options.node_coloring = "layer";
    QVERIFY((demand_of(network_scene("matrix"), options).measures == std::vector<std::string_view>{"Q"}));
    QVERIFY(demand_of(network_scene("layers"), options).measures.empty());
    QVERIFY((demand_of(network_scene("degree"), options).measures == std::vector<std::string_view>{"gamma"}));
  }

  void every_measure_per_node_is_a_coloring() {
    for (const Measure& row : measure_table()) {
      if (!row.per_node) continue;
      const NodeColoring& coloring = node_coloring(row.per_node->id);
      QCOMPARE(coloring.needs.measure, row.id);
      const SceneInput input{random_network({20, 20}, 60), nullptr};
      SceneInput measured = input;
      auto found = std::make_shared<Measurement>(row.compute(Graph(*input.network), {}, {}, {}));
      measurement_of(measured, row.id).value = found;
      QCOMPARE(coloring.values(measured).values.size(), std::size_t{40});
      QVERIFY(coloring.values(measured).missing.empty());
      // Before, and after it failed.
      QVERIFY(coloring.values(input).missing.find("computing") != std::string::npos);
      measurement_of(measured, row.id) = {nullptr, false, "not enough memory"};
      QVERIFY(coloring.values(measured).missing.find("not enough memory") != std::string::npos);
    }
  }

  /// Values of no quantity of the table: kinds alone decide.
  void amounts_become_lightness_and_a_bar() {
    NodeQuantity quantity{NodeValueKind::linear, "heat", "Heat", "", "heat", "cold"};
    NodeValues values{{-0.5, 0.25, 2.5, no_value, 1.0}};
    for (const auto kind : {NodeValueKind::linear, NodeValueKind::logarithmic}) {
      quantity.kind = kind;
      const NodeColors colors(quantity, values, 5, large());
      const bool logarithmic = kind == NodeValueKind::logarithmic;
      QVERIFY(colors.of(3) == palette(false).aside);
      QCOMPARE(colors.of(0) == palette(false).aside, logarithmic);  // not above 0
      QVERIFY(luminance(colors.of(1)) < luminance(colors.of(4)));
      QVERIFY(luminance(colors.of(4)) < luminance(colors.of(2)));
      QCOMPARE(colors.legend().title, std::string("heat"));
      QCOMPARE(colors.legend().ticks.front().second, std::string(logarithmic ? "0.25" : "-0.5"));
      QCOMPARE(colors.legend().ticks.back().second, std::string("2.5"));
      QCOMPARE(colors.legend().entries.front().words, std::string("cold"));
      QVERIFY(colors.differ_within_layers() && !colors.show_groups());
      // Of a network before: paler, and without numbers.
      NodeValues before = values;
      before.is_stale = true;
      const NodeColors stale(quantity, before, 5, large());
      QVERIFY(!(stale.of(2) == colors.of(2)));
      QVERIFY(stale.legend().bar.empty());
      QVERIFY(stale.legend().title.find("computing") != std::string::npos);
    }
    const NodeColors equal(quantity, {{3.0, 3.0}}, 2, large());
    QCOMPARE(equal.legend().title, std::string("heat: 3"));
    const NodeColors none(quantity, {{no_value, no_value}}, 2, large());
    QVERIFY(none.of(0) == palette(false).aside);
    QVERIFY(none.legend().bar.empty());
  }

  void groups_and_angles_are_shown_by_kind() {
    NodeQuantity quantity{NodeValueKind::category, "club", "Club", "", "clubs", "alone"};
    const NodeColors groups(quantity, {{7.0, 2.0, 2.0, 2.0, 7.0, no_value, 4.0}}, 7, large());
    QVERIFY(groups.show_groups());
    QVERIFY(groups.of(1) == community_color(0, false));  // the largest
    QVERIFY(groups.of(0) == community_color(1, false));
    for (const NodeIndex node : {5U, 6U}) QVERIFY(groups.of(node) == palette(false).aside);
    QVERIFY(groups.of_link(0, 4, {}) == groups.of(0));
    QVERIFY(groups.of_link(0, 1, {}) == palette(false).aside);
    QCOMPARE(groups.legend().title, std::string("clubs (neurons)"));
    QCOMPARE(groups.legend().entries.back().words, std::string("alone (1)"));
    quantity.kind = NodeValueKind::cyclic;
    const NodeColors angles(quantity, {{0.0, 3.0, no_value}}, 3, large());
    QVERIFY(angles.of(1) == angle_color(3.0, false));
    QVERIFY(angles.of(2) == palette(false).aside);
    QCOMPARE(angles.legend().ticks.back().second, std::string("360°"));
  }
};

DNM_TEST(TestPictures, dnm::test::Offscreen<QGuiApplication>)
#include "test_pictures.moc"
