// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <cctype>
#include <cmath>
#include <map>
#include <string>

#include "core/models/initialiser.h"
#include "tests/support/test_class.h"
#include "tests/viz/networks.h"
#include "viz/scenes/neuron_scene.h"

using namespace dnm;
using namespace dnm::test;

namespace {

SceneOptions options_of_page() {
  SceneOptions options;
  options.width_points = 420.0;
  options.height_points = 260.0;
  return options;
}

ModelParameters model(Border border) {
  ModelParameters parameters;
  parameters.layer_sizes = {98, 196, 196};
  parameters.shared.border = border;
  return parameters;
}

std::string all_words(const Scene& scene) {
  std::string words;
  for (const std::string& text : texts(scene)) words += text + " ";
  return words;
}

/// Vertical lines of `length` points that end below others: the ticks of the synapses.
std::vector<double> ticks(const Scene& scene, std::size_t count) {
  for (const Lines* lines : items_of<Lines>(scene)) {
    if (lines->starts.size() != count) continue;
    std::vector<double> at;
    for (std::size_t line = 0; line < count; ++line) {
      const Point a = lines->points[lines->starts[line]], b = lines->points[lines->end_of(line) - 1];
      if (a.x == b.x && std::abs(std::abs(a.y - b.y) - 4.5) < 1e-9) at.push_back(a.x);
    }
    if (at.size() == count) return at;
  }
  return {};
}

}  // namespace

class TestNeuronScene : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void a_drawn_neuron_shows_dendrites_blocks_and_synapses() {
    for (const Border border : {Border::wrap, Border::bounded}) {
      const ModelParameters parameters = model(border);
      const NetworkPointer network = generate(parameters).network;
      for (const NodeIndex neuron : {0U, 60U, 98U, 195U}) {
        const auto links = network->masks()[1].row(neuron);
        const NodeIndex node = network->first_node(2) + neuron;
        const NeuronPicture picture{network, node, draw_dendritic_neuron(parameters, 1, neuron)};
        const Scene scene = neuron_scene(picture, options_of_page());
        // A curve for each of three dendrites, which begin at the cell body.
        const auto lines = items_of<Lines>(scene);
        const auto branches = std::ranges::find_if(
            lines, [](const Lines* item) { return item->starts.size() == 3 && item->points.size() > 40; });
        QVERIFY(branches != lines.end());
        for (std::size_t m = 1; m < 3; ++m)
          QVERIFY((*branches)->points[(*branches)->starts[m]] == (*branches)->points.front());
        // A tick for each link, the cell width apart where inputs are neighbours.
        const std::vector<double> at = ticks(scene, links.size());
        QCOMPARE(at.size(), links.size());
        const double cell = (420.0 - 28.0) / 196.0;
        for (std::size_t i = 0; i + 1 < at.size(); ++i) {
          if (links[i + 1] != links[i] + 1) continue;
          const double apart = at[i + 1] - at[i];
          QVERIFY(std::abs(apart - cell) < 1e-6 || std::abs(apart - cell + 392.0) < 1e-6);
        }
        // Enlarged, every link in a block is one filled cell.
        std::size_t filled = 0, in_blocks = 0;
        for (const Cells* cells : items_of<Cells>(scene))
          for (const Rectangle& area : cells->cells) filled += std::abs(area.width - area.height) < 1e-9;
        for (const Dendrite& dendrite : picture.drawn->dendrites) in_blocks += dendrite.size;
        QVERIFY2(filled == in_blocks, qPrintable(QString("%1 of %2").arg(filled).arg(in_blocks)));
        QVERIFY(all_words(scene).find("on 3 dendrites in a window of 196 inputs") != std::string::npos);
      }
    }
  }

  /// No line lies over a number of the axis, and none of the synapses' and dendrites' runs through one.
  void the_numbers_of_the_axis_are_free() {
    const ModelParameters parameters = model(Border::wrap);
    const NetworkPointer network = generate(parameters).network;
    for (const double height : {150.0, 260.0}) {
      SceneOptions options = options_of_page();
      options.height_points = height;
      const NodeIndex node = network->first_node(2) + 60;
      const Scene scene = neuron_scene({network, node, draw_dendritic_neuron(parameters, 1, 60)}, options);
      int numbers = 0;
      for (std::size_t at = 0; at < scene.items.size(); ++at) {
        const auto* text = std::get_if<Text>(&scene.items[at]);
        const bool is_number = text && !text->bold && std::ranges::all_of(text->text, [](char c) {
                                 return std::isdigit(static_cast<unsigned char>(c)) != 0;
                               });
        const VerticalAnchor of_axis = height > 200.0 ? VerticalAnchor::bottom : VerticalAnchor::top;
        if (!is_number || text->horizontal != Anchor::center || text->vertical != of_axis) continue;
        ++numbers;
        const double half = 0.25 * text->size * static_cast<double>(text->text.size());
        const double low = text->vertical == VerticalAnchor::top ? text->position.y - text->size : text->position.y;
        bool has_ground = false;
        for (std::size_t other = 0; other < scene.items.size(); ++other) {
          if (const auto* cells = std::get_if<Cells>(&scene.items[other]); cells && other < at)
            for (const Rectangle& cell : cells->cells)
              has_ground |= contains(cell, {text->position.x - half, low + 1.0}) &&
                            contains(cell, {text->position.x + half, low + text->size - 1.0});
          const auto* lines = std::get_if<Lines>(&scene.items[other]);
          for (std::size_t point = 0; lines && point < lines->points.size(); ++point) {
            const Point& place = lines->points[point];
            const bool is_over =
                std::abs(place.x - text->position.x) < half && place.y > low + 0.5 && place.y < low + text->size - 0.5;
            QVERIFY2(!is_over || (other < at && height > 200.0), text->text.c_str());
          }
        }
        QVERIFY2(has_ground == (height > 200.0), text->text.c_str());
      }
      QVERIFY(numbers >= 3);
    }
  }

  void of_other_networks_only_synapses_are_shown() {
    const auto network = random_network({40, 30}, 200);
    const auto links = network->masks()[0].row(11);
    const Scene scene = neuron_scene({network, 51, {}}, options_of_page());
    QCOMPARE(ticks(scene, links.size()).size(), links.size());
    QVERIFY(items_of<Cells>(scene).empty());
    QVERIFY(all_words(scene).find("only its links are known") != std::string::npos);
  }

  void what_has_no_dendrites_says_so() {
    const auto network = random_network({40, 30}, 200);
    QVERIFY(all_words(neuron_scene({network, 7, {}}, options_of_page())).find("Inputs have no dendrites") !=
            std::string::npos);
    QVERIFY(
        all_words(neuron_scene({reference_network("karate.tsv"), 7, {}}, options_of_page())).find("general graph") !=
        std::string::npos);
    QVERIFY(neuron_scene({}, options_of_page()).items.empty());
    // On a page that is too small, nothing fails.
    SceneOptions tiny = options_of_page();
    tiny.width_points = tiny.height_points = 5.0;
    const ModelParameters parameters = model(Border::wrap);
    const NeuronPicture picture{generate(parameters).network, 300, draw_dendritic_neuron(parameters, 1, 6)};
    for (const Lines* lines : items_of<Lines>(neuron_scene(picture, tiny)))
      for (const Point& point : lines->points) QVERIFY(std::isfinite(point.x) && std::isfinite(point.y));
  }
};

DNM_TEST(TestNeuronScene)
#include "test_neuron_scene.moc"
