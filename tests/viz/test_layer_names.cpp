// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QTest>
#include <set>
#include <string>
#include <vector>

#include "charts.h"
#include "tests/support/test_class.h"
#include "tests/viz/networks.h"

using namespace dnm;
using namespace dnm::test;

/// The names beside the layers, from few layers to many and from a narrow dock to a large window.
class TestLayerNames : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void no_name_lies_over_another() {
    for (const Orientation orientation : {Orientation::rows, Orientation::columns}) {
      for (const std::size_t layers : {2U, 3U, 4U, 8U, 12U, 40U}) {
        const NetworkPointer network = random_network(std::vector<NodeIndex>(layers, 8), 13);
        for (const PageShape& shape : page_shapes) {
          SceneOptions options;
          options.orientation = orientation;
          options.width_points = shape.width;
          options.height_points = shape.height;
          options.legend = false;
          const Scene scene = network_scene("layers").build({network, nullptr}, options, {});
          const PageTransform page = page_transform(scene, shape.width, shape.height);
          std::vector<Box> boxes;
          for (const Text* text : items_of<Text>(scene)) {
            Text placed = *text;
            placed.position = page.to_page(text->position);
            boxes.push_back(box_of(placed));
          }
          QVERIFY(!boxes.empty());
          for (std::size_t a = 0; a < boxes.size(); ++a) {
            for (std::size_t b = a + 1; b < boxes.size(); ++b) {
              const bool apart = boxes[a].right <= boxes[b].left || boxes[b].right <= boxes[a].left ||
                                 boxes[a].top <= boxes[b].bottom || boxes[b].top <= boxes[a].bottom;
              QVERIFY2(
                  apart,
                  qPrintable(QStringLiteral("%1 layers on %2 x %3").arg(layers).arg(shape.width).arg(shape.height)));
            }
          }
        }
      }
    }
  }

  /// A group of a Transformer's matrices has the names of these, in every picture and where the pointer rests.
  void layers_of_their_own_names() {
    const SceneInput input{.network = random_network({16, 24, 16}, 60), .names = {{"q", "inputs", "k"}, {"q", "k"}}};
    SceneOptions options;
    options.width_points = 400.0;
    options.height_points = 300.0;
    const auto shows = [&](const char* picture, const std::vector<const char*>& words) {
      const std::vector<std::string> found = texts(network_scene(picture).build(input, options, {}));
      for (const char* word : words) QVERIFY2(has(found, word), word);
      for (const char* word : {"W1", "W2", "layer 1", "layer 2"}) QVERIFY2(!has(found, word), word);
    };
    shows("matrix", {"q", "k", "inputs"});
    shows("layers", {"q", "inputs", "k"});
    const auto told = [&](const char* picture, Point point) {
      return hit_at(picture, input, options, point, 0.01).words;
    };
    const std::string words = told("layers", {0.5 / 16.0, 0.0});
    QVERIFY2(words.starts_with("q neuron 0:"), words.c_str());
    const std::string middle = told("layers", {10.5 / 24.0, 0.5});
    QVERIFY2(middle.starts_with("input 10:"), middle.c_str());
    const auto frame = network_scene("matrix").build(input, options, {}).bounds;
    bool found = false;
    for (double y = frame.y; y < frame.y + frame.height && !found; y += 0.5) {
      const std::string cell = told("matrix", {frame.x + 0.5 * frame.width, y});
      found = cell.find("q neuron ") != std::string::npos && cell.find(" → input ") != std::string::npos;
    }
    QVERIFY(found || told("matrix", {0.5, frame.y + frame.height - 0.5}).starts_with("q neuron 0 → input"));
  }

  void where_there_is_room_all_are_named() {
    const NetworkPointer network = random_network({98, 196, 1960}, 500);
    for (const Orientation orientation : {Orientation::rows, Orientation::columns}) {
      SceneOptions options;
      options.orientation = orientation;
      options.width_points = 400.0;
      options.height_points = 300.0;
      const std::vector<std::string> found = texts(network_scene("layers").build({network, nullptr}, options, {}));
      for (const char* word : {"inputs", "layer 1", "layer 2", "98", "196", "1,960"}) QVERIFY2(has(found, word), word);
    }
  }
};

DNM_TEST(TestLayerNames, QCoreApplication)
#include "test_layer_names.moc"
