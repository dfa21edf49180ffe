// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace dnm {

/// Notices about single layers, each sentence said once: "layer 2: …", "layers 1, 3 to 5, each: …".
class LayerNotices {
 public:
  /// `layer` counts masks from 0.
  void add(std::size_t layer, const std::string& notice);
  /// In the order of first appearance.
  void append_to(std::vector<std::string>& notices) const;

 private:
  std::vector<std::pair<std::string, std::vector<std::size_t>>> layers_of_;
};

}  // namespace dnm
