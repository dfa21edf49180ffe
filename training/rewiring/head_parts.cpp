// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/rewiring/head_parts.h"

#include <algorithm>
#include <string>

#include "core/support/error.h"

namespace dnm {

HeadParts::HeadParts(const RewiringRequest& request) : first_{0} {
  for (std::size_t place = 0; place < request.layers.size(); ++place) {
    const SparseLayer& layer = request.layers[place];
    const auto [count, of_inputs] = layer.heads;
    const NodeIndex divided = of_inputs ? layer.mask.n_in : layer.mask.n_out;
    if (count == 0 || divided % count != 0) {
      throw InvalidInput(std::string(layer.name) + " has " + std::to_string(divided) +
                         (of_inputs ? " inputs" : " outputs") + ", which " + std::to_string(count) +
                         " heads do not divide; rewire them together (--rewire-heads together)");
    }
    const NodeIndex share = divided / count;
    for (std::uint32_t head = 0; head < count; ++head) {
      HeadPart part{place, head, 0, layer.mask.n_out, 0, layer.mask.n_in};
      (of_inputs ? part.first_input : part.first_output) = head * share;
      (of_inputs ? part.inputs : part.outputs) = share;
      parts_.push_back(part);
    }
    first_.push_back(parts_.size());
  }
  for (const std::vector<std::size_t>& chain : request.chains) {
    const std::size_t heads = heads_of(chain);
    for (std::size_t head = 0; head < heads; ++head) {
      std::vector<std::size_t>& made = chains_.emplace_back();
      for (const std::size_t layer : chain) made.push_back(first_[layer] + head);
    }
  }
  for (const auto& pair : request.pairs) {
    const std::size_t heads = heads_of(pair);
    for (std::size_t head = 0; head < heads; ++head) pairs_.push_back({first_[pair[0]] + head, first_[pair[1]] + head});
  }
}

std::size_t HeadParts::heads_of(std::span<const std::size_t> layers) const {
  if (layers.empty()) return 0;
  const std::size_t heads = parts_of(layers.front()).size();
  const auto has_others = [&](std::size_t layer) { return parts_of(layer).size() != heads; };
  if (std::ranges::any_of(layers, has_others)) {
    throw InvalidInput(
        "matrices that act together have different numbers of heads; rewire these together (--rewire-heads "
        "together)");
  }
  return heads;
}

std::span<const HeadPart> HeadParts::parts_of(std::size_t layer) const {
  return std::span(parts_).subspan(first_[layer], first_[layer + 1] - first_[layer]);
}

WeightedMask part_of(const WeightedMask& layer, const HeadPart& part) {
  WeightedMask made{{part.inputs, part.outputs, {0}, {}}, {}};
  const Mask& whole = layer.mask;
  for (NodeIndex output = part.first_output; output < part.first_output + part.outputs; ++output) {
    const auto row = whole.row(output);
    const auto begin = std::ranges::lower_bound(row, part.first_input);
    const auto end = std::ranges::lower_bound(row, part.first_input + part.inputs);
    for (auto link = begin; link != end; ++link) made.mask.columns.push_back(*link - part.first_input);
    const auto first = layer.weights.begin() + static_cast<std::ptrdiff_t>(whole.row_begin[output]);
    made.weights.insert(made.weights.end(), first + (begin - row.begin()), first + (end - row.begin()));
    made.mask.row_begin.push_back(made.mask.columns.size());
  }
  return made;
}

Mask joined(NodeIndex n_in, NodeIndex n_out, std::span<const HeadPart> parts, std::span<const Mask> masks) {
  Mask made{n_in, n_out, {0}, {}};
  for (NodeIndex output = 0; output < n_out; ++output) {
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const HeadPart& part = parts[i];
      if (output < part.first_output || output >= part.first_output + part.outputs) continue;
      for (const NodeIndex input : masks[i].row(output - part.first_output)) {
        made.columns.push_back(part.first_input + input);
      }
    }
    made.row_begin.push_back(made.columns.size());
  }
  return made;
}

std::uint64_t cell_of_layer(NodeIndex n_in, const HeadPart& part, std::uint64_t cell) {
  const std::uint64_t output = part.first_output + cell / part.inputs, input = part.first_input + cell % part.inputs;
  return output * n_in + input;
}

void PartGradients::cells(std::span<const std::size_t> parts, std::int64_t batches, const Use& use) {
  std::vector<std::size_t> layers;
  std::vector<bool> is_wanted(heads_.parts().size(), false);
  for (const std::size_t part : parts) {
    is_wanted[part] = true;
    layers.push_back(heads_.parts()[part].layer);
  }
  std::ranges::sort(layers);
  layers.erase(std::unique(layers.begin(), layers.end()), layers.end());
  layers_.cells(layers, batches, [&](std::size_t layer, NodeIndex output, std::span<const float> gradients) {
    std::size_t place = heads_.first_part(layer);
    for (const HeadPart& part : heads_.parts_of(layer)) {
      if (is_wanted[place] && output >= part.first_output && output < part.first_output + part.outputs) {
        use(place, output - part.first_output, gradients.subspan(part.first_input, part.inputs));
      }
      ++place;
    }
  });
}

}  // namespace dnm
