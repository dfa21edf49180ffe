// SPDX-License-Identifier: GPL-3.0-or-later
#include "transformer_samples.h"

#include <algorithm>

#include "core/network/random.h"
#include "samples.h"

namespace samples {

dnm::Topology transformer_topology(const dnm::TransformerShape& shape, Masks masks) {
  return dnm::transformer_topology(
      shape, [&](const std::string&, dnm::NodeIndex n_out, dnm::NodeIndex n_in, std::size_t place) {
        Pattern pattern = Pattern::random;
        if (masks == Masks::blocks) pattern = Pattern::blocks;
        if (masks == Masks::dead_row) pattern = Pattern::empty_rows;
        if (masks == Masks::dense || (masks == Masks::mixed && place % 2 == 0)) pattern = Pattern::full;
        return mask(pattern, n_in, n_out, place);
      });
}

dnm::ModelState transformer_state(const dnm::Topology& topology, const dnm::TransformerShape& shape, std::uint64_t seed,
                                  std::size_t slots) {
  dnm::ModelState state = dnm::transformer_first_state(topology, shape, dnm::TransformerStart::sparse, seed, slots, {});
  dnm::Random random(seed, 81);
  for (dnm::ParameterState& parameter : state) {
    if (parameter.name.find("norm") == std::string::npos) continue;
    for (float& value : parameter.values) value += static_cast<float>(random.normal(0.0, 0.2));
  }
  return state;
}

dnm::SentenceBatch sentences(const dnm::TransformerShape& shape, std::size_t count, std::size_t longest,
                             std::uint64_t seed) {
  dnm::Random random(seed, 82);
  const auto draw = [&](std::size_t pieces) {
    std::vector<std::uint32_t> made(1 + random.below(longest));
    for (std::uint32_t& piece : made) piece = static_cast<std::uint32_t>(4 + random.below(pieces - 4));
    return made;
  };
  std::vector<std::vector<std::uint32_t>> sources;
  std::vector<std::vector<std::uint32_t>> targets;
  dnm::SentenceBatch batch;
  batch.sentences = count;
  for (std::size_t i = 0; i < count; ++i) {
    sources.push_back(draw(shape.source_pieces));
    targets.push_back(draw(shape.target_pieces));
    targets.back().back() = dnm::end_piece;
    batch.source_length = std::max(batch.source_length, sources.back().size());
    batch.target_length = std::max(batch.target_length, targets.back().size());
  }
  const auto pad = [](std::vector<std::uint32_t>& to, const std::vector<std::uint32_t>& from, std::size_t length) {
    to.insert(to.end(), from.begin(), from.end());
    to.insert(to.end(), length - from.size(), dnm::padding_piece);
  };
  for (std::size_t i = 0; i < count; ++i) {
    pad(batch.source, sources[i], batch.source_length);
    pad(batch.target_output, targets[i], batch.target_length);
    targets[i].insert(targets[i].begin(), dnm::begin_piece);
    targets[i].pop_back();
    pad(batch.target_input, targets[i], batch.target_length);
  }
  return batch;
}

}  // namespace samples
