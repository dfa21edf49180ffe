// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "core/support/thread_time.h"
#include "tests/viz/networks.h"
#include "viz/scenes/device_pixels.h"

/// Times how long the scenes of large networks take to build, as density of all links and as 20,000 lines, and how long
/// their images take to become pixels of a window of 1200 × 800. Medians of five, in milliseconds of this thread.
namespace {

using namespace dnm;

constexpr int repeats = 5;

template <class Work>
double median(const Work& work) {
  std::vector<double> times;
  for (int i = 0; i < repeats; ++i) {
    const double start = thread_milliseconds();
    work();
    times.push_back(thread_milliseconds() - start);
  }
  std::ranges::sort(times);
  return times[times.size() / 2];
}

void time_pictures(const char* name, const NetworkPointer& network) {
  std::printf("%s: %llu links\n", name, static_cast<unsigned long long>(network->link_count()));
  const SceneInput input{network, test::random_embedding(*network)};
  for (const char* id : {"layers", "disk", "stack"}) {
    SceneOptions options;
    options.width_points = 900.0;
    options.height_points = 600.0;
    options.pixels_across = 1200.0;
    const NetworkScene& kind = network_scene(id);
    Scene scene;
    options.link_drawing = LinkDrawing::density;
    const double density = median([&] { scene = kind.build(input, options, {}); });
    const double pixels = median([&] {
      const PageTransform page = page_transform(scene, options.width_points, options.height_points);
      const double scale = options.pixels_across / options.width_points;
      const DeviceTransform transform{page.scale_x * scale, page.scale_y * scale, page.shift_x * scale,
                                      (options.height_points - page.shift_y) * scale};
      for (const Image* image : test::items_of<Image>(scene)) {
        static_cast<void>(in_device_pixels(*image, transform, 1200, 800));
      }
    });
    options.draft = true;
    const double draft = median([&] { scene = kind.build(input, options, {}); });
    options.draft = false;
    options.link_drawing = LinkDrawing::lines;
    const double lines = median([&] { scene = kind.build(input, options, {}); });
    std::printf("  %-8s density %7.1f ms, its pixels %5.1f ms, while dragged %6.1f ms; lines %6.1f ms\n", id, density,
                pixels, draft, lines);
  }
}

/// The pictures that the window begins with, as large as there at 1600 × 1000, while a slider is dragged.
void time_drag(const char* name, const NetworkPointer& network) {
  const SceneInput input{network, test::random_embedding(*network)};
  SceneOptions options;
  options.width_points = 420.0;
  options.height_points = 320.0;
  options.pixels_across = 560.0;
  options.draft = true;
  double all = 0.0;
  std::printf("%s, dragged, 560 x 427 pixels:", name);
  for (const char* id : {"matrix", "layers", "disk"}) {
    const double took = median([&] { static_cast<void>(network_scene(id).build(input, options, {})); });
    std::printf(" %s %.1f ms,", id, took);
    all += took;
  }
  std::printf(" all %.1f ms: %.0f frames a second (goal 25)\n", all, 1000.0 / all);
}

}  // namespace

int main() {
  time_drag("784-1568-1568-1568", test::random_network({784, 1568, 1568, 1568}, 20488));
  time_pictures("784-1568-1568-1568", test::random_network({784, 1568, 1568, 1568}, 20488));
  time_pictures("2500-5000-5000", test::random_network({2500, 5000, 5000}, 500000));
  return 0;
}
