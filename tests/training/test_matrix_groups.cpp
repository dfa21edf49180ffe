// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/parameters/look_up.h"
#include "core/support/error.h"
#include "tests/core/error_message.h"
#include "tests/support/test_class.h"
#include "tests/training/transformer_samples.h"
#include "training/models/matrix_group.h"
#include "training/settings/training_settings.h"

using namespace dnm;
using dnm::test::contains;
using dnm::test::message_of;

namespace {

constexpr TransformerShape shape{
    .blocks = 3, .width = 12, .heads = 3, .feed_forward = 20, .source_pieces = 8, .target_pieces = 8};

/// Cells (output, input) of one layer of a network.
using Cells = std::set<std::pair<NodeIndex, NodeIndex>>;

Cells cells_of(const Mask& mask) {
  Cells cells;
  for (NodeIndex output = 0; output < mask.n_out; ++output)
    for (const NodeIndex input : mask.row(output)) cells.emplace(output, input);
  return cells;
}

/// The cell of every pair, looked up one by one in the matrix.
Cells expected_cells(const Mask& matrix, NodeIndex first_row, NodeIndex rows, bool transposed) {
  Cells cells;
  for (NodeIndex row = 0; row < rows; ++row) {
    const auto inputs = matrix.row(first_row + row);
    for (NodeIndex input = 0; input < matrix.n_in; ++input) {
      if (std::ranges::find(inputs, input) == inputs.end()) continue;
      cells.insert(transposed ? std::pair(input, row) : std::pair(row, input));
    }
  }
  return cells;
}

}  // namespace

/// Which groups of matrices a model has, and their networks, each link looked up in its matrix.
class TestMatrixGroups : public QObject {
  Q_OBJECT

  const Topology topology_ = samples::transformer_topology(shape, samples::Masks::random);
  const std::vector<MatrixGroup> groups_ = matrix_groups(topology_.layers, shape.heads);

  [[nodiscard]] const Mask& mask(const std::string& name) const {
    return std::ranges::find(topology_.layers, name, &NamedMask::name)->mask;
  }
  [[nodiscard]] Network network(const char* id) const {
    return *network_of_group(group_named(groups_, id), topology_.layers);
  }
  /// Whether the layers of the group's network are these matrices, whole and in this order.
  [[nodiscard]] bool is_chain_of(const char* id, const std::vector<std::string>& names) const {
    const Network made = network(id);
    std::vector<Mask> masks;
    for (const std::string& name : names) masks.push_back(mask(name));
    return made.masks() == masks;
  }

 private Q_SLOTS:
  void every_matrix_and_every_group_has_one_id() {
    std::set<std::string> ids;
    for (const MatrixGroup& group : groups_) QVERIFY2(ids.insert(group.id).second, group.id.c_str());
    for (const NamedMask& layer : topology_.layers) QVERIFY(ids.contains(layer.name));
    // Of 3 + 3 blocks with 3 heads: matrices, v → o, feed-forward blocks, both sides, and heads of 9 attentions.
    QCOMPARE(groups_.size(), std::size_t{48 + 9 + 6 + 2 + 27});
    QCOMPARE(groups_.front().id, std::string("encoder1.ffn"));
    QVERIFY(std::ranges::is_sorted(groups_, {}, &MatrixGroup::kind));
    QVERIFY(&group_named(groups_, "") == &groups_.front());
  }

  void chains_are_their_matrices_one_behind_the_other() {
    QVERIFY(is_chain_of("encoder2.self.v-o", {"encoder2.self.v", "encoder2.self.o"}));
    QVERIFY(is_chain_of("decoder3.context.v-o", {"decoder3.context.v", "decoder3.context.o"}));
    QVERIFY(is_chain_of("decoder1.ffn", {"decoder1.ffn.w1", "decoder1.ffn.w2"}));
    QVERIFY(is_chain_of("encoder.ffn", {"encoder1.ffn.w1", "encoder1.ffn.w2", "encoder2.ffn.w1", "encoder2.ffn.w2",
                                        "encoder3.ffn.w1", "encoder3.ffn.w2"}));
    QVERIFY((network("encoder.ffn").layer_sizes() == std::vector<NodeIndex>{12, 20, 12, 20, 12, 20, 12}));
    for (const NamedMask& layer : topology_.layers) QVERIFY(is_chain_of(layer.name.c_str(), {layer.name}));
  }

  void layers_have_the_names_of_the_matrices() {
    using Names = std::vector<std::string>;
    const auto names = [this](const char* id) { return names_of_group(group_named(groups_, id)); };
    QVERIFY(names("encoder2.ffn").neurons == (Names{"inputs", "w1", "w2"}));
    QVERIFY(names("encoder2.ffn").matrices == (Names{"w1", "w2"}));
    QVERIFY(names("decoder1.self.v-o").neurons == (Names{"inputs", "v", "o"}));
    QVERIFY(names("decoder1.self.head2").neurons == (Names{"q", "inputs", "k"}));
    QVERIFY(names("decoder1.self.head2").matrices == (Names{"q", "k"}));
    QVERIFY(names("decoder1.context.head1").neurons == (Names{"q inputs", "q and k", "k inputs"}));
    QVERIFY(names("encoder1.self.o").neurons == (Names{"inputs", "o"}));
    const LayerNames side = names("decoder.ffn");
    QVERIFY(side.matrices == (Names{"w1 of 1", "w2 of 1", "w1 of 2", "w2 of 2", "w1 of 3", "w2 of 3"}));
    for (const MatrixGroup& group : groups_) {
      const LayerNames made = names_of_group(group);
      QCOMPARE(made.matrices.size(), group.parts.size());
      QCOMPARE(made.neurons.size(), group.parts.size() + 1);
    }
    const std::vector<NamedMask> chain{{"layer1", mask("encoder1.ffn.w1")}, {"layer2", mask("encoder1.ffn.w2")}};
    QVERIFY(names_of_group(matrix_groups(chain, 0).front()) == LayerNames{});
  }

  void a_head_is_the_rows_of_its_queries_and_keys() {
    for (const std::string attention : {"encoder1.self", "decoder2.self", "decoder3.context"}) {
      const bool is_self = attention.ends_with("self");
      for (std::size_t head = 0; head < shape.heads; ++head) {
        const Network made = network((attention + ".head" + std::to_string(head + 1)).c_str());
        const std::vector<NodeIndex> sizes =
            is_self ? std::vector<NodeIndex>{4, 12, 4} : std::vector<NodeIndex>{12, 4, 12};
        QVERIFY(made.layer_sizes() == sizes);
        const auto first = static_cast<NodeIndex>(4 * head);
        QVERIFY(cells_of(made.masks()[0]) == expected_cells(mask(attention + ".q"), first, 4, is_self));
        QVERIFY(cells_of(made.masks()[1]) == expected_cells(mask(attention + ".k"), first, 4, !is_self));
      }
    }
  }

  void the_heads_of_a_matrix_have_all_its_links() {
    std::uint64_t links = 0;
    for (const char* id : {"decoder1.context.head1", "decoder1.context.head2", "decoder1.context.head3"})
      links += network(id).link_count();
    QCOMPARE(links, mask("decoder1.context.q").link_count() + mask("decoder1.context.k").link_count());
  }

  void heads_that_do_not_divide_the_rows_are_left_out() {
    for (const std::size_t heads : {std::size_t{0}, std::size_t{5}, std::size_t{13}}) {
      const auto groups = matrix_groups(topology_.layers, heads);
      QVERIFY(std::ranges::find(groups, MatrixGroupKind::head, &MatrixGroup::kind) == groups.end());
      QCOMPARE(groups.size(), std::size_t{48 + 9 + 6 + 2});
    }
    TrainingSettings settings;
    settings.parts["heads"] = std::int64_t{3};
    QVERIFY(matrix_groups_of(settings, topology_.layers) == groups_);
  }

  void layers_of_a_perceptron_are_one_group_of_all() {
    std::vector<NamedMask> layers{{"layer1", mask("encoder1.ffn.w1")}, {"layer2", mask("encoder1.ffn.w2")}};
    const auto groups = matrix_groups(layers, 8);
    QCOMPARE(groups.size(), std::size_t{1});
    QVERIFY(groups[0].id.empty());
    QVERIFY(network_of_group(groups[0], layers)->masks() ==
            (std::vector<Mask>{mask("encoder1.ffn.w1"), mask("encoder1.ffn.w2")}));
    // Where they do not follow one another, each stands alone.
    std::swap(layers[0], layers[1]);
    layers.push_back({"last", mask("encoder1.ffn.w1")});
    layers.push_back({"odd", mask("encoder1.ffn.w1")});
    const auto apart = matrix_groups(layers, 8);
    QCOMPARE(apart.size(), std::size_t{4});
    QCOMPARE(apart[0].id, std::string("layer2"));
    QVERIFY(matrix_groups({}, 8).empty());
  }

  void names_alone_make_no_chain() {
    const std::vector<NamedMask> layers{{"a1.ffn.w1", mask("encoder1.ffn.w1")},
                                        {"a1.ffn.w2", mask("encoder1.ffn.w1")},
                                        {"b.v", mask("encoder1.ffn.w2")},
                                        {".q", mask("encoder1.ffn.w2")},
                                        {"", mask("encoder1.ffn.w2")}};
    for (const MatrixGroup& group : matrix_groups(layers, 4)) QVERIFY(group.kind == MatrixGroupKind::matrix);
  }

  void unknown_groups_are_named() {
    const std::string message = message_of([&] { static_cast<void>(group_named(groups_, "encoder1.fnn")); });
    QVERIFY2(contains(message, "did you mean \"encoder1.ffn\"?"), message.c_str());
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(group_named({}, "")), InvalidInput);
    // The topology of another model.
    const std::vector<NamedMask> other{{"encoder1.ffn.w1", mask("encoder1.ffn.w2")}};
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(network_of_group(groups_.front(), other)), InvalidInput);
  }
};

DNM_TEST(TestMatrixGroups)
#include "test_matrix_groups.moc"
