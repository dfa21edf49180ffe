// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/models/matrix_group.h"

#include <algorithm>
#include <map>
#include <memory>
#include <utility>

#include "core/network/mask_rows.h"
#include "core/parameters/look_up.h"
#include "core/parameters/parameter_part.h"
#include "core/parameters/unknown_name.h"
#include "core/support/error.h"
#include "training/models/transformer_kind.h"
#include "training/settings/training_settings.h"

namespace dnm {
namespace {

constexpr std::string_view self_attention = "self";
constexpr std::size_t most_heads = 1024;  // a damaged file may name any number

/// "encoder1.self.q" is the leaf "q" of the stem "encoder1.self".
struct Name {
  std::string stem;
  std::string leaf;
};

Name name_of(const std::string& matrix) {
  const std::size_t dot = matrix.rfind('.');
  return dot == std::string::npos ? Name{{}, matrix} : Name{matrix.substr(0, dot), matrix.substr(dot + 1)};
}

/// "encoder1.ffn": the sublayer "ffn" of block 1 of the side "encoder".
struct Stem {
  std::string side;
  std::string block;
  std::string sublayer;
};

Stem parts_of(const std::string& stem) {
  const std::size_t dot = std::min(stem.find('.'), stem.size());
  const std::size_t last_letter = stem.substr(0, dot).find_last_not_of("0123456789");
  const std::size_t digits = last_letter == std::string::npos ? 0 : last_letter + 1;
  return {stem.substr(0, digits), stem.substr(digits, dot - digits), stem.substr(std::min(dot + 1, stem.size()))};
}

std::string side_id(const Stem& stem) { return stem.side + (stem.sublayer.empty() ? "" : ".") + stem.sublayer; }

/// " of encoder block 1"
std::string block_words(const Stem& stem) {
  if (stem.side.empty() || stem.block.empty()) return {};
  return " of " + stem.side + " block " + stem.block;
}

std::string attention_words(const Stem& stem) {
  const bool known = stem.sublayer == self_attention || stem.sublayer == "context";
  return (known ? stem.sublayer + "-attention" : "attention") + block_words(stem);
}

MatrixPart whole(const NamedMask& matrix) { return {matrix.name, 0, matrix.mask.n_out, false}; }

bool follows(const NamedMask& first, const NamedMask& second) { return first.mask.n_out == second.mask.n_in; }

/// The matrices of one stem by their leaves.
class Sublayer {
 public:
  void add(const std::string& leaf, const NamedMask& matrix) { matrices_.try_emplace(leaf, &matrix); }
  [[nodiscard]] const NamedMask* find(const char* leaf) const {
    const auto found = matrices_.find(leaf);
    return found == matrices_.end() ? nullptr : found->second;
  }
  /// Both where the second reads the outputs of the first; else none.
  [[nodiscard]] std::vector<MatrixPart> chain(const char* first, const char* second) const {
    const NamedMask* const one = find(first);
    const NamedMask* const two = find(second);
    if (one == nullptr || two == nullptr || !follows(*one, *two)) return {};
    return {whole(*one), whole(*two)};
  }

 private:
  std::map<std::string, const NamedMask*, std::less<>> matrices_;
};

/// Stems in the order of their first matrices.
using Sublayers = std::vector<std::pair<std::string, Sublayer>>;

Sublayers sublayers_of(std::span<const NamedMask> matrices) {
  Sublayers sublayers;
  std::map<std::string, std::size_t> places;
  for (const NamedMask& matrix : matrices) {
    const Name name = name_of(matrix.name);
    if (name.stem.empty()) continue;
    const auto [place, is_new] = places.try_emplace(name.stem, sublayers.size());
    if (is_new) sublayers.emplace_back(name.stem, Sublayer());
    sublayers[place->second].second.add(name.leaf, matrix);
  }
  return sublayers;
}

void add_heads(std::vector<MatrixGroup>& groups, const std::string& stem, const Sublayer& sublayer, std::size_t heads) {
  const NamedMask* const q = sublayer.find("q");
  const NamedMask* const k = sublayer.find("k");
  if (q == nullptr || k == nullptr || heads == 0 || heads > most_heads || q->mask.n_out != k->mask.n_out) return;
  if (heads > q->mask.n_out || q->mask.n_out % heads != 0) return;
  const Stem parts = parts_of(stem);
  const bool same_inputs = parts.sublayer == self_attention && q->mask.n_in == k->mask.n_in;
  const auto rows = static_cast<NodeIndex>(q->mask.n_out / heads);
  for (std::size_t head = 0; head < heads; ++head) {
    const std::string number = std::to_string(head + 1);
    const auto first = static_cast<NodeIndex>(rows * head);
    groups.push_back({stem + ".head" + number,
                      "queries and keys of head " + number + ", " + attention_words(parts),
                      MatrixGroupKind::head,
                      {{q->name, first, rows, same_inputs}, {k->name, first, rows, !same_inputs}}});
  }
}

/// Feed-forward blocks that follow one another, and further groups by name.
std::vector<MatrixGroup> named_groups(const Sublayers& sublayers, std::size_t heads) {
  std::vector<MatrixGroup> blocks, sides, values, of_heads;
  for (const auto& [stem, sublayer] : sublayers) {
    const Stem parts = parts_of(stem);
    if (auto chain = sublayer.chain("w1", "w2"); !chain.empty()) {
      MatrixGroup group{stem, "feed-forward" + block_words(parts), MatrixGroupKind::feed_forward, std::move(chain)};
      const std::string id = side_id(parts);
      const auto side = std::ranges::find(sides, id, &MatrixGroup::id);
      if (side == sides.end()) {
        sides.push_back({id, "all feed-forward layers of the " + parts.side, MatrixGroupKind::side, group.parts});
      } else if (side->parts.back().rows == sublayer.find("w1")->mask.n_in) {
        std::ranges::copy(group.parts, std::back_inserter(side->parts));
      }
      blocks.push_back(std::move(group));
    }
    if (auto chain = sublayer.chain("v", "o"); !chain.empty()) {
      values.push_back(
          {stem + ".v-o", "values and output, " + attention_words(parts), MatrixGroupKind::values, std::move(chain)});
    }
    add_heads(of_heads, stem, sublayer, heads);
  }
  std::erase_if(sides, [](const MatrixGroup& side) { return side.parts.size() <= 2; });  // one block is there already
  for (std::vector<MatrixGroup>* further : {&sides, &values, &of_heads})
    std::ranges::move(*further, std::back_inserter(blocks));
  return blocks;
}

/// Rows of a mask, or these with inputs and outputs exchanged. O(links of the rows + neurons).
Mask mask_of(const MatrixPart& part, const Mask& whole) {
  const auto offsets = std::span(whole.row_begin).subspan(part.first_row, std::size_t{part.rows} + 1);
  Mask made{whole.n_in, part.rows, {}, {}};
  for (const std::uint64_t offset : offsets) made.row_begin.push_back(offset - offsets.front());
  const auto links = std::span(whole.columns).subspan(offsets.front(), offsets.back() - offsets.front());
  made.columns.assign(links.begin(), links.end());
  return part.transposed ? transposed(made) : made;
}

}  // namespace

std::vector<MatrixGroup> matrix_groups(std::span<const NamedMask> matrices, std::size_t heads) {
  std::vector<MatrixGroup> groups = named_groups(sublayers_of(matrices), heads);
  const auto breaks = [](const NamedMask& one, const NamedMask& two) { return !follows(one, two); };
  if (groups.empty() && !matrices.empty() && std::ranges::adjacent_find(matrices, breaks) == matrices.end()) {
    MatrixGroup all{{}, "all layers", MatrixGroupKind::chain, {}};
    for (const NamedMask& matrix : matrices) all.parts.push_back(whole(matrix));
    return {std::move(all)};
  }
  for (const NamedMask& matrix : matrices) {
    groups.push_back({matrix.name,
                      "matrix of " + std::to_string(matrix.mask.n_in) + " inputs and " +
                          std::to_string(matrix.mask.n_out) + " outputs",
                      MatrixGroupKind::matrix,
                      {whole(matrix)}});
  }
  return groups;
}

std::vector<MatrixGroup> matrix_groups_of(const TrainingSettings& settings, std::span<const NamedMask> matrices) {
  return matrix_groups(matrices, static_cast<std::size_t>(part_settings(transformer_table(), settings.parts).heads));
}

const MatrixGroup& group_named(std::span<const MatrixGroup> groups, std::string_view id) {
  if (groups.empty()) throw InvalidInput("the run has no matrix that can be rewired");
  if (id.empty()) return groups.front();
  if (const MatrixGroup* const found = find_row(groups, id)) return *found;
  // One of each kind: a large model has hundreds.
  std::string examples = groups.front().id.empty() ? "the run has all layers as one network alone; leave out --matrices"
                                                   : "the run has " + groups.front().id;
  for (std::size_t i = 1; i < groups.size(); ++i)
    if (groups[i].kind != groups[i - 1].kind) examples += ", " + groups[i].id;
  if (groups.size() > 1) examples += " and others alike";
  throw UnknownName(unknown_text("group of matrices", id, row_ids(groups), examples));
}

LayerNames names_of_group(const MatrixGroup& group) {
  if (group.kind == MatrixGroupKind::chain) return {};
  LayerNames names;
  for (const MatrixPart& part : group.parts) {
    const Name name = name_of(part.matrix);
    const std::string block = group.kind == MatrixGroupKind::side ? parts_of(name.stem).block : std::string();
    names.matrices.push_back(block.empty() ? name.leaf : name.leaf + " of " + block);
  }
  if (group.kind != MatrixGroupKind::head) {
    names.neurons = names.matrices;
    names.neurons.insert(names.neurons.begin(), "inputs");
    return names;
  }
  const std::string &q = names.matrices.front(), &k = names.matrices.back();
  if (group.parts.front().transposed)
    names.neurons = {q, "inputs", k};
  else
    names.neurons = {q + " inputs", q + " and " + k, k + " inputs"};
  return names;
}

NetworkPointer network_of_group(const MatrixGroup& group, std::span<const NamedMask> matrices) {
  std::vector<NodeIndex> sizes;
  std::vector<Mask> masks;
  for (const MatrixPart& part : group.parts) {
    const auto found = std::ranges::find(matrices, part.matrix, &NamedMask::name);
    if (found == matrices.end() || part.rows > found->mask.n_out || part.first_row > found->mask.n_out - part.rows) {
      throw InvalidInput("the topology has no matrix " + part.matrix + " of " +
                         std::to_string(std::uint64_t{part.first_row} + part.rows) + " outputs");
    }
    masks.push_back(mask_of(part, found->mask));
    if (sizes.empty()) sizes.push_back(masks.back().n_in);
    sizes.push_back(masks.back().n_out);
  }
  return std::make_shared<const Network>(Network::layered(std::move(sizes), std::move(masks)));
}

}  // namespace dnm
