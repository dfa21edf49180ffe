// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/layer_notices.h"

#include <algorithm>

namespace dnm {

namespace {

/// "1, 3 to 5" of rising numbers, counted from 1.
std::string list_of(const std::vector<std::size_t>& layers) {
  std::string words;
  for (std::size_t first = 0; first < layers.size();) {
    std::size_t last = first;
    while (last + 1 < layers.size() && layers[last + 1] == layers[last] + 1) ++last;
    // Two in a row are shorter by themselves.
    if (last == first + 1) last = first;
    words += (words.empty() ? "" : ", ") + std::to_string(layers[first] + 1);
    if (last > first) words += " to " + std::to_string(layers[last] + 1);
    first = last + 1;
  }
  return words;
}

}  // namespace

void LayerNotices::add(std::size_t layer, const std::string& notice) {
  const auto found = std::ranges::find(layers_of_, notice, [](const auto& entry) { return entry.first; });
  found == layers_of_.end() ? static_cast<void>(layers_of_.emplace_back(notice, std::vector{layer}))
                            : found->second.push_back(layer);
}

void LayerNotices::append_to(std::vector<std::string>& notices) const {
  for (const auto& [notice, layers] : layers_of_) {
    const bool one = layers.size() == 1;
    notices.push_back((one ? "layer " : "layers ") + list_of(layers) + (one ? ": " : ", each: ") + notice);
  }
}

}  // namespace dnm
