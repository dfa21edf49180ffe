// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/models/transformer_settings.h"

#include <cmath>
#include <utility>

#include "core/network/random.h"
#include "core/support/error.h"
#include "training/support/random_streams.h"

namespace dnm {
namespace {

void check_shape(const TransformerShape& shape) {
  const auto require = [](bool holds, const char* what) {
    if (!holds) throw InvalidInput(what);
  };
  require(shape.blocks > 0 && shape.width > 0 && shape.heads > 0 && shape.feed_forward > 0,
          "a Transformer needs blocks, features, heads and hidden neurons; give at least 1 of each");
  require(shape.width % 2 == 0 && shape.width % shape.heads == 0,
          "the features of a Transformer are shared out evenly among its heads; make their number even and a multiple "
          "of the heads");
  require(shape.source_pieces >= 4 && shape.target_pieces >= 4,
          "a vocabulary has at least its four special pieces; take a larger one");
  require(!shape.tied || shape.source_pieces == shape.target_pieces,
          "tied tables need one vocabulary for both languages; learn it on both, or leave them untied");
}

/// What draws the parameters one after the other.
struct Start {
  void add(const std::string& name, std::size_t count, double bound) {
    Random random(seed, training_stream(TrainingStream::weights, state.size()));
    std::vector<float> values(count);
    for (float& value : values) value = static_cast<float>(random.uniform(-bound, bound));
    add(name, std::move(values));
  }
  void add(const std::string& name, std::vector<float> values) {
    control.check();
    const std::size_t size = values.size();
    state.push_back({name, std::move(values), {slots, std::vector<float>(size, 0.0F)}});
  }
  void add_norm(const std::string& name, std::size_t features) {
    add(name + ".weight", std::vector<float>(features, 1.0F));
    add(name + ".bias", std::vector<float>(features, 0.0F));
  }
  void add_table(const std::string& name, std::size_t pieces, std::size_t features) {
    add(name, pieces * features, std::sqrt(6.0 / static_cast<double>(pieces + features)));
  }

  std::uint64_t seed;
  std::size_t slots;
  const TaskControl& control;
  ModelState state{};
};

}  // namespace

std::vector<MatrixRequest> transformer_matrices(const TransformerShape& shape) {
  check_shape(shape);
  std::vector<MatrixRequest> made;
  const auto width = static_cast<NodeIndex>(shape.width);
  const auto hidden = static_cast<NodeIndex>(shape.feed_forward);
  const auto add_attention = [&](const std::string& name) {
    for (const char* matrix : {".q", ".k", ".v", ".o"}) made.push_back({name + matrix, width, width});
  };
  for (const bool decoder : {false, true}) {
    for (std::size_t block = 1; block <= shape.blocks; ++block) {
      const std::string name = (decoder ? "decoder" : "encoder") + std::to_string(block);
      add_attention(name + ".self");
      if (decoder) add_attention(name + ".context");
      made.push_back({name + ".ffn.w1", hidden, width});
      made.push_back({name + ".ffn.w2", width, hidden});
    }
  }
  return made;
}

Topology transformer_topology(const TransformerShape& shape, const MaskOf& mask_of) {
  Topology made;
  for (const MatrixRequest& wanted : transformer_matrices(shape)) {
    const std::size_t place = made.layers.size();
    Mask mask = mask_of(wanted.name, wanted.n_out, wanted.n_in, place);
    if (mask.n_in != wanted.n_in || mask.n_out != wanted.n_out) {
      throw InvalidInput("the mask of " + wanted.name + " joins " + std::to_string(mask.n_in) + " to " +
                         std::to_string(mask.n_out) + " neurons; it has to join " + std::to_string(wanted.n_in) +
                         " to " + std::to_string(wanted.n_out));
    }
    made.layers.push_back({wanted.name, std::move(mask)});
    const bool is_of_attention = !wanted.name.ends_with(".w1") && !wanted.name.ends_with(".w2");
    made.heads.push_back({is_of_attention ? static_cast<std::uint32_t>(shape.heads) : 1, wanted.name.ends_with(".o")});
    if (wanted.name.ends_with(".k")) made.pairs.push_back({place - 1, place});
    if (wanted.name.ends_with(".o") || wanted.name.ends_with(".w2")) made.chains.push_back({place - 1, place});
  }
  return made;
}

ModelState transformer_first_state(const Topology& topology, const TransformerShape& shape, TransformerStart start,
                                   std::uint64_t seed, std::size_t slots, const TaskControl& control) {
  check_shape(shape);
  Start made{seed, slots, control};
  if (shape.tied) {
    made.add_table("embedding.weight", shape.source_pieces, shape.width);
  } else {
    made.add_table("source.embedding.weight", shape.source_pieces, shape.width);
    made.add_table("target.embedding.weight", shape.target_pieces, shape.width);
  }
  // The norm of a sublayer stands before its first matrix, that of a side behind its last block.
  for (const NamedMask& layer : topology.layers) {
    const std::string sublayer = layer.name.substr(0, layer.name.rfind('.'));
    const std::string matrix = layer.name.substr(sublayer.size());
    if (layer.name == "decoder1.self.q") made.add_norm("encoder.norm", shape.width);
    if (matrix == ".q" || matrix == ".w1") made.add_norm(sublayer + ".norm", shape.width);
    const Mask& mask = layer.mask;
    const double links = static_cast<double>(mask.link_count());
    double bound = std::sqrt(6.0 / (static_cast<double>(mask.n_in) + static_cast<double>(mask.n_out)));
    if (start == TransformerStart::sparse && links > 0) {
      bound *= std::sqrt(static_cast<double>(mask.n_in) * static_cast<double>(mask.n_out) / links);
    }
    made.add(layer.name + ".weight", mask.link_count(), bound);
    made.add(layer.name + ".bias", mask.n_out, 1.0 / std::sqrt(static_cast<double>(mask.n_in)));
  }
  made.add_norm("decoder.norm", shape.width);
  if (!shape.tied) made.add_table("generator.weight", shape.target_pieces, shape.width);
  made.add("generator.bias", shape.target_pieces, 1.0 / std::sqrt(static_cast<double>(shape.width)));
  return std::move(made.state);
}

}  // namespace dnm
