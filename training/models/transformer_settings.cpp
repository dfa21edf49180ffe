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

std::span<const TransformerPreset> transformer_presets() {
  static const TransformerPreset presets[] = {
      {{"multi30k", "Multi30k", "6 + 6 blocks of 512 features and 8 heads, feed-forward layers of 1024."}, {}},
      {{"iwslt14", "IWSLT14", "6 + 6 blocks of 512 features and 8 heads, feed-forward layers of 2048."},
       {.feed_forward = 2048}},
      {{"wmt17", "WMT17", "6 + 6 blocks of 512 features and 8 heads, feed-forward layers of 2048."},
       {.feed_forward = 2048}},
      {{"small", "Small", "3 + 3 blocks of 256 features and 4 heads, feed-forward layers of 512, tied tables."},
       {.blocks = 3,
        .width = 256,
        .heads = 4,
        .feed_forward = 512,
        .source_pieces = 4000,
        .target_pieces = 4000,
        .tied = true}},
  };
  return presets;
}

Topology transformer_topology(const TransformerShape& shape, const MaskOf& mask_of) {
  check_shape(shape);
  Topology made;
  const auto width = static_cast<NodeIndex>(shape.width);
  const auto hidden = static_cast<NodeIndex>(shape.feed_forward);
  const auto add = [&](const std::string& name, NodeIndex n_out, NodeIndex n_in) {
    const std::size_t place = made.layers.size();
    Mask mask = mask_of(name, n_out, n_in, place);
    if (mask.n_in != n_in || mask.n_out != n_out) {
      throw InvalidInput("the mask of " + name + " joins " + std::to_string(mask.n_in) + " to " +
                         std::to_string(mask.n_out) + " neurons; it has to join " + std::to_string(n_in) + " to " +
                         std::to_string(n_out));
    }
    made.layers.push_back({name, std::move(mask)});
  };
  const auto add_chain = [&] { made.chains.push_back({made.layers.size() - 2, made.layers.size() - 1}); };
  const auto add_attention = [&](const std::string& name) {
    for (const char* matrix : {".q", ".k", ".v", ".o"}) add(name + matrix, width, width);
    add_chain();
  };
  const auto add_feed_forward = [&](const std::string& name) {
    add(name + ".w1", hidden, width);
    add(name + ".w2", width, hidden);
    add_chain();
  };
  for (const bool decoder : {false, true}) {
    for (std::size_t block = 1; block <= shape.blocks; ++block) {
      const std::string name = (decoder ? "decoder" : "encoder") + std::to_string(block);
      add_attention(name + ".self");
      if (decoder) add_attention(name + ".context");
      add_feed_forward(name + ".ffn");
    }
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
