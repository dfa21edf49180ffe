// SPDX-License-Identifier: GPL-3.0-or-later
#include "viz/figure/gif_palette.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <queue>
#include <utility>

namespace dnm {

namespace {

struct Counted {
  QRgb color;
  std::uint64_t count;
};

/// A range of the list of colours, all to be one.
struct Box {
  std::size_t begin, end;
  double weight = 0.0;  ///< what it costs to keep it: pixels times the square of its widest side
  int channel = 0;      ///< the widest side
};

int channel_of(QRgb color, int channel) {
  return channel == 0 ? qRed(color) : channel == 1 ? qGreen(color) : qBlue(color);
}

Box box_of(std::span<const Counted> all, std::size_t begin, std::size_t end) {
  Box box{begin, end};
  std::array<int, 3> least{255, 255, 255}, most{0, 0, 0};
  std::uint64_t pixels = 0;
  for (const Counted& one : all.subspan(begin, end - begin)) {
    pixels += one.count;
    for (int channel = 0; channel < 3; ++channel) {
      const auto at = static_cast<std::size_t>(channel);
      least[at] = std::min(least[at], channel_of(one.color, channel));
      most[at] = std::max(most[at], channel_of(one.color, channel));
    }
  }
  int widest = -1;
  for (int channel = 0; channel < 3; ++channel) {
    const int side = most[static_cast<std::size_t>(channel)] - least[static_cast<std::size_t>(channel)];
    if (side <= widest) continue;
    widest = side;
    box.channel = channel;
  }
  box.weight = static_cast<double>(pixels) * widest * widest;
  return box;
}

/// Where the half of its pixels lies, at least one colour on either side.
std::size_t middle_of(std::span<Counted> all, const Box& box) {
  const auto colors = all.subspan(box.begin, box.end - box.begin);
  std::ranges::sort(colors, {},
                    [&](const Counted& one) { return std::pair(channel_of(one.color, box.channel), one.color); });
  std::uint64_t pixels = 0, before = 0;
  for (const Counted& one : colors) pixels += one.count;
  std::size_t place = 0;
  while (place + 1 < colors.size() && 2 * before < pixels) before += colors[place++].count;
  return box.begin + std::clamp<std::size_t>(place, 1, colors.size() - 1);
}

QRgb mean_of(std::span<const Counted> colors) {
  std::array<double, 3> sums{};
  double pixels = 0.0;
  for (const Counted& one : colors) {
    const auto count = static_cast<double>(one.count);
    pixels += count;
    for (int channel = 0; channel < 3; ++channel)
      sums[static_cast<std::size_t>(channel)] += count * channel_of(one.color, channel);
  }
  const auto part = [&](std::size_t channel) { return static_cast<int>(std::lround(sums[channel] / pixels)); };
  return qRgb(part(0), part(1), part(2));
}

}  // namespace

GifPalette::GifPalette(std::span<const QRgb> pixels, std::size_t most) {
  std::unordered_map<QRgb, std::uint64_t> counts;
  for (const QRgb pixel : pixels) ++counts[pixel & RGB_MASK];
  std::vector<Counted> all;
  all.reserve(counts.size());
  for (const auto& [color, count] : counts) all.push_back({color, count});
  std::ranges::sort(all, [](const Counted& a, const Counted& b) {
    return a.count != b.count ? a.count > b.count : a.color < b.color;
  });

  const std::size_t exact = all.size() <= most ? all.size() : most / 4;
  for (std::size_t place = 0; place < exact; ++place) {
    index_[all[place].color] = colors_.size();
    colors_.push_back(qRgb(qRed(all[place].color), qGreen(all[place].color), qBlue(all[place].color)));
  }
  if (exact == all.size()) return;

  const auto is_cheaper = [](const Box& a, const Box& b) {
    return a.weight != b.weight ? a.weight < b.weight : a.begin > b.begin;
  };
  std::priority_queue<Box, std::vector<Box>, decltype(is_cheaper)> boxes(is_cheaper);
  std::vector<Box> done;
  boxes.push(box_of(all, exact, all.size()));
  while (!boxes.empty() && boxes.size() + done.size() < most - exact) {
    const Box box = boxes.top();
    boxes.pop();
    if (box.end - box.begin < 2) {
      done.push_back(box);
      continue;
    }
    const std::size_t middle = middle_of(all, box);
    boxes.push(box_of(all, box.begin, middle));
    boxes.push(box_of(all, middle, box.end));
  }
  for (; !boxes.empty(); boxes.pop()) done.push_back(boxes.top());
  for (const Box& box : done) {
    const std::span<const Counted> colors = std::span(all).subspan(box.begin, box.end - box.begin);
    for (const Counted& one : colors) index_[one.color] = colors_.size();
    colors_.push_back(mean_of(colors));
  }
}

}  // namespace dnm
