// SPDX-License-Identifier: GPL-3.0-or-later
#include <QImage>
#include <QPainter>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <set>

#include "core/measures/degree_distribution.h"
#include "core/support/error.h"
#include "tests/support/test_class.h"
#include "tests/viz/networks.h"
#include "viz/paper/line_outline.h"
#include "viz/paper/paper_painter.h"
#include "viz/scenes/axes.h"
#include "viz/scenes/community_order.h"
#include "viz/scenes/node_colors.h"
#include "viz/scenes/palette.h"

using namespace dnm;
using namespace dnm::test;

namespace {

using Lab = std::array<double, 3>;

/// CIE Lab of a colour as somebody sees it whose vision the matrix (Machado, Oliveira and Fernandes 2009) models.
Lab seen(Color color, const std::array<double, 9>& vision) {
  const auto linear = [](std::uint8_t channel) {
    const double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
  };
  const std::array<double, 3> rgb{linear(color.red), linear(color.green), linear(color.blue)};
  std::array<double, 3> view{};
  for (std::size_t row = 0; row < 3; ++row) {
    for (std::size_t column = 0; column < 3; ++column) view[row] += vision[3 * row + column] * rgb[column];
    view[row] = std::clamp(view[row], 0.0, 1.0);
  }
  const auto f = [](double t) { return t > 0.008856 ? std::cbrt(t) : 7.787 * t + 16.0 / 116.0; };
  const double x = f((0.4124 * view[0] + 0.3576 * view[1] + 0.1805 * view[2]) / 0.95047);
  const double y = f(0.2126 * view[0] + 0.7152 * view[1] + 0.0722 * view[2]);
  const double z = f((0.0193 * view[0] + 0.1192 * view[1] + 0.9505 * view[2]) / 1.08883);
  return {116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)};
}
constexpr std::array<double, 9> trichromat{1, 0, 0, 0, 1, 0, 0, 0, 1};
constexpr std::array<double, 9> deuteranope{0.367322, 0.860646,  -0.227968, 0.280085, 0.672501,
                                            0.047413, -0.011820, 0.042940,  0.968881};
constexpr std::array<double, 9> protanope{0.152286, 1.052583,  -0.204868, 0.114503, 0.786281,
                                          0.099216, -0.003882, -0.048116, 1.051998};

double distance(Lab a, Lab b) { return std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]); }

/// Communities of 50, 30 and 20 neurons mixed over the layers of a 30-40-30 network, and one neuron alone.
SceneInput with_communities(const std::array<std::int32_t, 4>& names = {0, 1, 2, 3}) {
  SceneInput input{random_network({30, 40, 31}, 300), nullptr};
  input.embedding = random_embedding(*input.network);
  std::vector<std::int32_t> communities;
  for (NodeIndex node = 0; node < 100; ++node) {
    const NodeIndex place = (node * 37) % 100;
    communities.push_back(names[place < 50 ? 0 : place < 80 ? 1 : 2]);
  }
  communities.push_back(names[3]);
  set_communities(input, std::move(communities));
  return input;
}

SceneOptions community_options() {
  SceneOptions options;
  options.width_points = 900.0;
  options.height_points = 700.0;
  options.pixels_across = 3600.0;
  options.node_coloring = "community";
  return options;
}

Scene build(const char* id, const SceneInput& input, const SceneOptions& options) {
  return network_scene(id).build(input, options, TaskControl{});
}

QImage painted(const Scene& scene, const SceneOptions& options, const PaperStyle& style = PaperStyle::raster()) {
  QImage image(static_cast<int>(options.width_points), static_cast<int>(options.height_points), QImage::Format_RGB32);
  image.fill(Qt::white);
  QPainter painter(&image);
  paint_scene(painter, scene, QRectF(0.0, 0.0, options.width_points, options.height_points), style);
  return image;
}

bool says(const Scene& scene, const std::string& words) {
  return std::ranges::any_of(texts(scene),
                             [&](const std::string& text) { return text.find(words) != std::string::npos; });
}

/// Area of a polygonal path, curves flattened.
double area_of(const QPainterPath& path) {
  double area = 0.0;
  for (const QPolygonF& polygon : path.toFillPolygons()) {
    double twice = 0.0;
    for (qsizetype i = 0; i + 1 < polygon.size(); ++i) {
      twice += polygon[i].x() * polygon[i + 1].y() - polygon[i + 1].x() * polygon[i].y();
    }
    area += 0.5 * std::abs(twice);
  }
  return area;
}

}  // namespace

class TestColoring : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void community_colors_stay_apart_for_every_eye() {
    for (const bool dark : {false, true}) {
      for (const auto& vision : {trichromat, deuteranope, protanope}) {
        for (std::size_t a = 0; a < 10; ++a) {
          QVERIFY(distance(seen(community_color(a, dark), vision), seen(palette(dark).background, vision)) > 12.0);
          for (std::size_t b = a + 1; b < 10; ++b) {
            QVERIFY(distance(seen(community_color(a, dark), vision), seen(community_color(b, dark), vision)) > 13.0);
          }
        }
      }
      // The next twenty are other colours, and then they come again.
      std::set<std::uint32_t> different;
      for (std::size_t rank = 0; rank < 30; ++rank) {
        const Color color = community_color(rank, dark);
        different.insert((std::uint32_t{color.red} << 16U) | (std::uint32_t{color.green} << 8U) | color.blue);
      }
      QCOMPARE(different.size(), std::size_t{30});
      QVERIFY(community_color(30, dark) == community_color(0, dark));
    }
  }

  void values_get_lighter_and_angles_close_the_circle() {
    for (const bool dark : {false, true}) {
      double before = -1.0;
      for (int step = 0; step <= 40; ++step) {
        const double lightness = seen(value_color(step / 40.0, dark), trichromat)[0];
        QVERIFY(lightness > before);
        before = lightness;
      }
      double shortest = 1e9, longest = 0.0;
      for (int step = 0; step < 36; ++step) {
        const double turn = 2.0 * std::numbers::pi / 36.0;
        const double length = distance(seen(angle_color(step * turn, dark), trichromat),
                                       seen(angle_color((step + 1) * turn, dark), trichromat));
        shortest = std::min(shortest, length);
        longest = std::max(longest, length);
      }
      // Lab itself is only roughly uniform.
      QVERIFY2(longest < 3.0 * shortest, qPrintable(QString("%1 %2").arg(shortest).arg(longest)));
    }
  }

  void neurons_have_the_colors_of_their_communities() {
    const SceneInput input = with_communities();
    const SceneOptions options = community_options();
    const NodeColors colors(input, options);
    for (NodeIndex node = 0; node < 100; ++node) {
      QVERIFY(colors.of(node) == community_color(static_cast<std::size_t>(communities_of(input)[node]), false));
    }
    QVERIFY(colors.of(100) == palette(false).aside);  // alone
    // Links are coloured within a community and grey between two.
    const Scene scene = build("layers", input, options);
    const Lines& links = *items_of<Lines>(scene).front();
    std::map<bool, std::uint64_t> drawn, expected;
    for (const Color& color : links.colors) ++drawn[Color{color.red, color.green, color.blue} == palette(false).aside];
    for (const LinkOfLayer& link : links_of(*input.network)) {
      const auto a = communities_of(input)[input.network->first_node(link.layer) + link.input];
      const auto b = communities_of(input)[input.network->first_node(link.layer + 1) + link.output];
      ++expected[a != b || a == 3];
    }
    QVERIFY(drawn == expected);
    // In the disk as many neurons of each colour as the community has, and arcs on the rim outside of all neurons but
    // the one that is alone.
    const Scene disk = build("disk", input, options);
    std::map<std::uint8_t, int> reds;
    for (const Color& color : items_of<Disks>(disk).front()->colors) ++reds[color.red];
    QCOMPARE(reds[community_color(0, false).red], 50);
    QCOMPARE(reds[community_color(1, false).red], 30);
    QCOMPARE(reds[community_color(2, false).red], 20);
    double round = 0.0;
    const Lines& arcs = *items_of<Lines>(disk).back();
    for (std::size_t arc = 0; arc < arcs.starts.size(); ++arc) {
      for (std::size_t point = arcs.starts[arc]; point + 1 < arcs.end_of(arc); ++point) {
        const Point a = arcs.points[point], b = arcs.points[point + 1];
        QVERIFY(std::hypot(a.x, a.y) > 1.0);
        round += std::hypot(b.x - a.x, b.y - a.y) / std::hypot(a.x, a.y);
      }
    }
    const double neuron = 2.0 * std::numbers::pi / input.network->node_count();
    const double all = 2.0 * std::numbers::pi - neuron;
    QVERIFY2(std::abs(round - all) < 2.0 * neuron, qPrintable(QString::number(round)));
  }

  /// More communities than there are colours: the largest keep theirs, and the rest are one grey group, not a ring of
  /// colours that repeat each other.
  void of_many_communities_the_largest_have_colors() {
    constexpr NodeIndex groups = 40, size = 3;
    SceneInput input{random_network({groups, size * groups - groups}, 900)};
    input.embedding = random_embedding(*input.network);
    std::vector<std::int32_t> communities;
    for (NodeIndex node = 0; node < input.network->node_count(); ++node)
      communities.push_back(static_cast<std::int32_t>(node % groups));
    set_communities(input, communities);
    const SceneOptions options = community_options();
    const NodeColors colors(input, options);
    const Color aside = palette(false).aside;
    std::set<std::int32_t> colored;
    for (NodeIndex node = 0; node < input.network->node_count(); ++node)
      if (!(colors.of(node) == aside)) colored.insert(communities[node]);
    QCOMPARE(colored.size(), std::size_t{8});
    const Legend& legend = colors.legend();
    QCOMPARE(legend.entries.size(), std::size_t{9});
    QCOMPARE(legend.entries.back().words, std::string("and 32 more"));
    QVERIFY(legend.entries.back().has_mark && legend.entries.back().color == aside);
    const Scene scene = network_scene("disk").build(input, options, {});
    const auto* arcs = std::get_if<Lines>(&*std::ranges::find_if(
        scene.items.rbegin(), scene.items.rend(), [](auto& item) { return std::holds_alternative<Lines>(item); }));
    QVERIFY(arcs != nullptr && arcs->width > 2.0);
    for (const Color color : arcs->colors) QVERIFY(!(color == aside));
  }

  void names_of_communities_do_not_matter() {
    const SceneOptions options = community_options();
    const SceneInput one = with_communities({0, 1, 2, 3}), other = with_communities({17, 3, 0, 8});
    for (const NetworkScene& scene : network_scene_table()) {
      QVERIFY(painted(scene.build(one, options, {}), options) == painted(scene.build(other, options, {}), options));
    }
  }

  void missing_communities_are_grey_and_said_to_be_missing() {
    SceneInput input = with_communities();
    const SceneOptions options = community_options();
    SceneMeasurement& measured = measurement_of(input, community_measure);
    measured = {};
    const auto all_say = [&](const char* words) {
      return std::ranges::all_of(figure_scene_table(), [&](const NetworkScene& scene) {
        const bool follows = std::ranges::find(scene.options, "color") != scene.options.end();
        return !follows || says(scene.build(input, options, {}), words);
      });
    };
    QVERIFY(all_say("computing"));
    auto none = std::make_shared<Measurement>();
    none->reason = "the network has no links";
    measured.value = none;
    QVERIFY(all_say("no links"));
    const NodeColors colors(input, options);
    QVERIFY(colors.is_missing());
    for (NodeIndex node = 0; node < 101; ++node) QVERIFY(colors.of(node) == palette(false).aside);
    // Stale ones are paler than fresh ones, and said to be so.
    SceneInput stale = with_communities();
    measurement_of(stale, community_measure).is_stale = true;
    QVERIFY(!(NodeColors(stale, options).of(0) == NodeColors(with_communities(), options).of(0)));
    QVERIFY(says(build("disk", stale, options), "computing"));
  }

  void the_order_by_community_keeps_every_link() {
    for (const char* file : {"layered_98_196_196_s90.tsv", "karate.tsv"}) {
      SceneInput input{reference_network(file), nullptr};
      std::vector<std::int32_t> communities;
      for (NodeIndex node = 0; node < input.network->node_count(); ++node) {
        communities.push_back(static_cast<std::int32_t>((node * 7) % 5));
      }
      set_communities(input, communities);
      input.embedding = random_embedding(*input.network);
      const CommunityOrder order = order_by_community(input);
      const Network& drawn = *order.input.network;
      const auto ranks = community_ranks(communities).rank_of;
      for (std::size_t layer = 0; layer < drawn.layer_sizes().size(); ++layer) {
        const NodeIndex first = drawn.first_node(layer);
        for (NodeIndex place = first; place + 1 < first + drawn.layer_sizes()[layer]; ++place) {
          QVERIFY(std::pair(ranks[order.node(place)], order.node(place)) <
                  std::pair(ranks[order.node(place + 1)], order.node(place + 1)));
        }
      }
      std::vector<LinkOfLayer> back;
      for (const LinkOfLayer& link : links_of(drawn)) {
        const NodeIndex inputs = drawn.first_node(link.layer);
        const NodeIndex outputs = drawn.is_layered() ? drawn.first_node(link.layer + 1) : inputs;
        back.push_back(
            {link.layer, order.node(inputs + link.input) - inputs, order.node(outputs + link.output) - outputs});
      }
      std::sort(back.begin(), back.end());
      QVERIFY(back == links_of(*input.network));
      for (NodeIndex place = 0; place < drawn.node_count(); ++place) {
        QCOMPARE(order.input.embedding->theta[place], input.embedding->theta[order.node(place)]);
      }
    }
  }

  void degrees_are_read_from_the_bar() {
    SceneInput input = with_communities();
    SceneOptions options = community_options();
    options.node_coloring = "degree";
    const NodeColors colors(input, options);
    std::vector<NodeIndex> degrees(101, 0);
    for (const LinkOfLayer& link : links_of(*input.network)) {
      ++degrees[input.network->first_node(link.layer) + link.input];
      ++degrees[input.network->first_node(link.layer + 1) + link.output];
    }
    const NodeIndex most = *std::max_element(degrees.begin(), degrees.end());
    for (NodeIndex a = 0; a < 101; ++a) {
      if (degrees[a] == 0) QVERIFY(colors.of(a) == palette(false).aside);
      for (NodeIndex b = 0; b < 101; ++b) {
        if (degrees[a] == 0 || degrees[a] >= degrees[b]) continue;
        QVERIFY(seen(colors.of(a), trichromat)[0] < seen(colors.of(b), trichromat)[0]);
      }
    }
    QCOMPARE(colors.legend().ticks.back().second, std::to_string(most));
    QCOMPARE(colors.legend().bar.size() > 2, true);
  }

  void the_degree_distribution_is_that_of_brute_force() {
    SceneInput input{reference_network("karate.tsv"), nullptr};
    auto fit = std::make_shared<Measurement>(measure("gamma").compute(Graph(*input.network), {}, {}, {}));
    QVERIFY(fit->value);
    measurement_of(input, "gamma").value = fit;
    SceneOptions options;
    const Scene scene = build("degree", input, options);
    const Graph graph(*input.network);
    std::map<NodeIndex, double> expected;
    for (NodeIndex node = 0; node < graph.node_count(); ++node) expected[graph.degree(node)] = 0.0;
    for (auto& [degree, share] : expected) {
      for (NodeIndex node = 0; node < graph.node_count(); ++node)
        share += graph.degree(node) >= degree ? 1.0 / 34.0 : 0.0;
    }
    const Disks& points = *items_of<Disks>(scene).front();
    QCOMPARE(points.centers.size(), expected.size());
    std::size_t place = 0;
    for (const auto& [degree, share] : expected) {
      QVERIFY(std::abs(points.centers[place].x - std::log10(degree)) < 1e-12);
      QVERIFY(std::abs(points.centers[place].y - std::log10(share)) < 1e-12);
      ++place;
    }
    // The fitted curve falls from the point of x_min = 2 as the tail sums of k^-γ, added up one by one, do.
    constexpr NodeIndex terms = 4'000'000;
    std::vector<double> tail_sum(terms + 1, 0.0);
    for (NodeIndex k = terms; k-- > 1;) tail_sum[k] = tail_sum[k + 1] + std::pow(k, -*fit->value);
    bool found = false;
    for (const Lines* lines : items_of<Lines>(scene)) {
      if (lines->width < 1.0) continue;
      found = true;
      QCOMPARE(lines->points.size(), std::size_t{2 * (17 - 2)});
      for (std::size_t i = 0; i < lines->points.size(); ++i) {
        const auto degree = static_cast<NodeIndex>(2 + (i + 1) / 2);
        QVERIFY(std::abs(lines->points[i].x - std::log10(degree)) < 1e-12);
        const double fitted = expected[2] * tail_sum[degree] / tail_sum[2];
        QVERIFY(std::abs(lines->points[i].y - std::log10(fitted)) < 1e-5);
      }
    }
    QVERIFY(found);
    QVERIFY(says(scene, "γ = 2.12"));
  }

  void a_rejected_power_law_is_not_drawn_as_one() {
    SceneInput input{reference_network("karate.tsv"), nullptr};
    SceneOptions wide;
    wide.width_points = 900.0;  // its words in one line
    const auto drawn = [&](double p_value, std::int64_t samples) {
      auto fit = std::make_shared<Measurement>(measure("gamma").compute(Graph(*input.network), {}, {}, {}));
      fit->details.insert(fit->details.end(), {{"p_value", p_value}, {"p_value_samples", samples}});
      measurement_of(input, "gamma").value = fit;
      return build("degree", input, wide);
    };
    const auto line_color = [](const Scene& scene) {
      for (const Lines* lines : items_of<Lines>(scene)) {
        if (lines->width > 1.0) return lines->colors.front();
      }
      return Color{};
    };
    for (const auto& [p_value, samples, words] :
         {std::tuple{0.0, 1000, "power law rejected (p < 0.001)"}, std::tuple{0.0, 20, "power law rejected (p < 0.05)"},
          std::tuple{0.1, 50, "power law rejected (p = 0.1)"}}) {
      const Scene scene = drawn(p_value, samples);
      QVERIFY(says(scene, words));
      QVERIFY(line_color(scene) == palette(false).aside);
    }
    for (const auto& [p_value, samples] : {std::pair{0.25, 1000}, std::pair{0.0, 5}}) {
      const Scene scene = drawn(p_value, samples);
      QVERIFY(!says(scene, "rejected"));
      QVERIFY(line_color(scene) == category_color(3, false));
    }
  }

  void one_measured_layer_shows_its_own_degrees_and_fit() {
    SceneInput input{random_network({20, 30, 40}, 200), nullptr};
    SceneOptions wide;
    wide.width_points = 900.0;
    for (std::size_t mask = 0; mask < 2; ++mask) {
      input.measured_layer = mask;
      const Graph graph = layer_graph(*input.network, mask);
      auto fit = std::make_shared<Measurement>();
      fit->value = 2.5;
      fit->details = {{"xmin", std::int64_t{graph.degree(0)}}};
      measurement_of(input, "gamma").value = fit;
      const Scene scene = build("degree", input, wide);
      std::set<NodeIndex> degrees;
      for (NodeIndex node = 0; node < graph.node_count(); ++node) {
        if (graph.degree(node) > 0) degrees.insert(graph.degree(node));
      }
      const Disks& points = *items_of<Disks>(scene).front();
      QCOMPARE(points.centers.size(), degrees.size());
      QVERIFY(says(scene, "links of layer " + std::to_string(mask + 1) + " alone; power law: γ = 2.50"));
      QVERIFY(!says(scene, "no power law"));
    }
  }

  void words_in_place_of_a_picture_keep_to_its_width() {
    SceneOptions options;
    options.width_points = 90.0;
    const Scene scene = build("layers", {reference_network("karate.tsv"), nullptr}, options);
    std::string whole;
    double last = std::numeric_limits<double>::infinity();
    for (const Text* text : items_of<Text>(scene)) {
      QVERIFY(0.5 * options.text_size * static_cast<double>(text->text.size()) < options.width_points);
      QVERIFY(text->offset.y < last);
      last = text->offset.y;
      whole += (whole.empty() ? "" : " ") + text->text;
    }
    QCOMPARE(whole, std::string("A general graph has no layers; matrix and disk show it."));
  }

  void a_missing_fit_is_said_to_be_missing() {
    SceneInput input{random_network({20, 20}, 60), nullptr};
    QVERIFY(says(build("degree", input, {}), "computing"));
    auto fit = std::make_shared<Measurement>();
    fit->reason = "fewer than two distinct degrees";
    measurement_of(input, "gamma").value = fit;
    QVERIFY(says(build("degree", input, {}), "distinct degrees"));
    SceneInput empty{random_network({3, 3}, 0), nullptr};
    QVERIFY(says(build("degree", empty, {}), "No neuron has a link"));
  }

  void logarithmic_ticks_are_round_and_within_the_axis() {
    for (const auto& [low, high] : {std::pair(1.0, 17.0), {18.0, 32.0}, {0.002, 1.0}, {1.0, 4e6}, {7.0, 7.0}}) {
      for (int count = 1; count < 9; ++count) {
        const auto ticks = log_ticks(low, high, count);
        QVERIFY(std::is_sorted(ticks.begin(), ticks.end()));
        for (const double tick : ticks) {
          QVERIFY(tick >= low * (1.0 - 1e-9) && tick <= high * (1.0 + 1e-9));
          const double lead = tick / std::pow(10.0, std::floor(std::log10(tick) + 1e-9));
          QVERIFY(std::abs(lead - 1.0) < 1e-6 || std::abs(lead - 2.0) < 1e-6 || std::abs(lead - 5.0) < 1e-6);
        }
      }
    }
    QCOMPARE(log_tick_text(0.02), std::string("0.02"));
    QCOMPARE(log_tick_text(20.0), std::string("20"));
    QCOMPARE(log_tick_text(1e-5), std::string("10⁻⁵"));
  }

  void outlines_cover_what_lines_cover() {
    // An arc, a straight line that was cut into pieces, and a bent line that is neither.
    std::vector<QPointF> arc, straight, bent;
    for (int step = 0; step <= 24; ++step) {
      const double angle = 0.3 + 0.1 * step;
      arc.emplace_back(500.0 + 400.0 * std::cos(angle), 300.0 + 400.0 * std::sin(angle));
      straight.emplace_back(10.0 + 20.0 * step, 5.0 + 3.0 * step);
      bent.emplace_back(20.0 * step, 0.2 * step * step * step);
    }
    for (const auto& [points, most] : {std::pair(arc, 15), {straight, 6}, {bent, 60}}) {
      double length = 0.0;
      for (std::size_t i = 0; i + 1 < points.size(); ++i) {
        length += std::hypot(points[i + 1].x() - points[i].x(), points[i + 1].y() - points[i].y());
      }
      const QPainterPath path = line_outline(points, 6.0, 0.5);
      QVERIFY2(path.elementCount() <= most, qPrintable(QString::number(path.elementCount())));
      QVERIFY2(std::abs(area_of(path) / (6.0 * length) - 1.0) < 0.02, qPrintable(QString::number(area_of(path))));
      for (const QPointF point : points) {
        QVERIFY(path.contains(point) || point == points.front() || point == points.back());
      }
    }
  }

  void compact_shapes_look_the_same() {
    const SceneInput input = with_communities();
    SceneOptions options = community_options();
    options.node_coloring = "layer";
    options.width_points = 60.0;
    options.height_points = 48.0;
    options.text_size = 2.0;
    for (const char* id : {"disk", "layers"}) {
      const Scene scene = build(id, input, options);
      // Fifty device pixels to a point, as many as the PDF has units: fine enough for whole numbers.
      const auto large = [&](const PaperStyle& style) {
        QImage image(3000, 2400, QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter painter(&image);
        painter.scale(50.0, 50.0);
        paint_scene(painter, scene, QRectF(0.0, 0.0, 60.0, 48.0), style);
        painter.end();
        return image.scaled(300, 240, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
      };
      const QImage plain = large(PaperStyle{}), compact = large(PaperStyle::compact());
      double difference = 0.0, ink = 0.0;
      for (int y = 0; y < plain.height(); ++y) {
        for (int x = 0; x < plain.width(); ++x) {
          const int change = qGray(plain.pixel(x, y)) - qGray(compact.pixel(x, y));
          difference += std::abs(change);
          ink += change;
        }
      }
      difference /= plain.width() * plain.height();
      ink /= plain.width() * plain.height();
      // The same ink, and in the same places but for the corners of curves, which are smooth now.
      QVERIFY2(std::abs(ink) < 0.5, qPrintable(QString::number(ink)));
      QVERIFY2(difference < 2.0, qPrintable(QString::number(difference)));
    }
  }
};

DNM_TEST(TestColoring, dnm::test::Offscreen<QGuiApplication>)
#include "test_coloring.moc"
