// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QTest>
#include <algorithm>
#include <numeric>
#include <random>

#include "core/files/tensor_stack.h"
#include "tests/support/test_class.h"

using dnm::TensorShape;
using dnm::TensorStack;

namespace {

using Names = std::vector<std::string>;

TensorStack stack(const std::vector<TensorShape>& tensors, const Names& wanted = {}) {
  return dnm::stack_tensors(tensors, wanted, "model.pt");
}

/// "fc1, fc2'": the names in their order, with a prime for each that is inputs × outputs.
QString order_of(const std::vector<TensorShape>& tensors, const TensorStack& stack) {
  QStringList names;
  for (const auto& [index, transposed] : stack.layers) {
    names += QString::fromStdString(tensors[index].name) + (transposed ? "'" : "");
  }
  return names.join(", ");
}

QString notices_of(const TensorStack& stack) {
  QStringList list;
  for (const std::string& notice : stack.notices) list += QString::fromStdString(notice);
  return list.join("|");
}

/// What is refused says the file and `reason`, on one line, and offers the matrices.
void must_ask(const std::vector<TensorShape>& tensors, const Names& wanted, const QString& reason, std::size_t choice) {
  try {
    static_cast<void>(stack(tensors, wanted));
    QFAIL("it was stacked");
  } catch (const dnm::TensorChoiceNeeded& error) {
    const QString message = QString::fromStdString(error.what());
    QVERIFY2(message.startsWith("cannot read model.pt: ") && !message.contains('\n'), qPrintable(message));
    QVERIFY2(message.contains(reason), qPrintable(message));
    QCOMPARE(error.matrices().size(), choice);
  }
}

}  // namespace

class TestTensorStack : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void stacks_what_fits_data() {
    QTest::addColumn<std::vector<TensorShape>>("tensors");
    QTest::addColumn<QString>("order");
    const auto row = [](const char* name, std::vector<TensorShape> tensors, const char* order) {
      QTest::newRow(name) << std::move(tensors) << QString(order);
    };
    row("a torch MLP", {{"fc1.weight", {300, 784}}, {"fc1.bias", {300}}, {"fc2.weight", {10, 300}}, {"fc2.bias", {10}}},
        "fc1.weight, fc2.weight");
    row("a Keras MLP", {{"dense/kernel", {784, 300}}, {"dense/bias", {300}}, {"dense_1/kernel", {300, 10}}},
        "dense/kernel', dense_1/kernel'");
    row("one matrix", {{"arr_0", {4, 3}}}, "arr_0");
    row("one matrix and a scalar", {{"steps", {}}, {"w", {4, 3}}}, "w");
    row("square ones in the order of the file", {{"w", {5, 5}}, {"b", {5, 5}}, {"a", {5, 5}}}, "w, b, a");
    row("square ones sorted as text", {{"fc1", {5, 5}}, {"fc10", {5, 5}}, {"fc2", {5, 5}}}, "fc1, fc2, fc10");
    row("sorted as text, of several sizes",
        {{"l.0.w", {9, 8}}, {"l.10.w", {2, 5}}, {"l.2.w", {7, 9}}, {"l.9.w", {5, 7}}}, "l.0.w, l.2.w, l.9.w, l.10.w");
    row("sorted as text with leading zeros", {{"l01", {3, 3}}, {"l02", {3, 3}}, {"l1", {3, 3}}}, "l01, l1, l02");
    row("in no order",
        {{"head", {10, 64}}, {"hidden.0", {32, 32}}, {"hidden.1", {32, 32}}, {"in", {32, 784}}, {"up", {64, 32}}},
        "in, hidden.0, hidden.1, up, head");
    row("backwards, which is inputs × outputs", {{"head", {10, 32}}, {"stem", {32, 784}}}, "head', stem'");
    row("against the numbers in the names", {{"fc2.weight", {10, 32}}, {"fc1.weight", {32, 784}}},
        "fc1.weight, fc2.weight");
    row("against the numbers in the names, as text", {{"l.1", {32, 784}}, {"l.10", {4, 10}}, {"l.2", {10, 32}}},
        "l.1, l.2, l.10");
    row("the file's order before the numbers", {{"w2", {32, 784}}, {"w1", {10, 32}}}, "w2, w1");
    row("convolutions and norms beside",
        {{"conv.weight", {8, 1, 3, 3}}, {"norm.weight", {8}}, {"fc.weight", {6, 8}}, {"out.weight", {2, 6}}},
        "fc.weight, out.weight");
    row("masks of torch.nn.utils.prune",
        {{"0.weight_orig", {4, 3}}, {"0.weight_mask", {4, 3}}, {"2.weight_orig", {2, 4}}, {"2.weight_mask", {2, 4}}},
        "0.weight_mask, 2.weight_mask");
    row("one of two pruned", {{"a.weight_orig", {4, 3}}, {"a.weight_mask", {4, 3}}, {"b.weight", {2, 4}}},
        "a.weight_mask, b.weight");
    row("masks of others", {{"a.weight", {4, 3}}, {"a.mask", {4, 3}}, {"b", {2, 4}}, {"b_mask", {2, 4}}},
        "a.mask, b_mask");
    row("a mask of another shape is a matrix of its own", {{"b.mask", {4, 2}}, {"b.weight", {2, 4}}},
        "b.mask, b.weight");
    row("a side of nothing", {{"none", {0, 3}}, {"w", {4, 3}}}, "w");
  }
  void stacks_what_fits() {
    QFETCH(std::vector<TensorShape>, tensors);
    QFETCH(QString, order);
    const TensorStack result = stack(tensors);
    QCOMPARE(order_of(tensors, result), order);
    // What was chosen is said, by name.
    for (const auto& layer : result.layers) {
      QVERIFY2(notices_of(result).contains(QString::fromStdString(tensors[layer.index].name)),
               qPrintable(notices_of(result)));
    }
    const bool is_transposed = result.layers.front().transposed;
    QVERIFY(notices_of(result).contains(is_transposed ? "inputs × outputs" : "outputs × inputs"));
  }

  void says_what_is_left_aside_or_could_be_otherwise() {
    QVERIFY(notices_of(stack({{"c", {8, 1, 3, 3}}, {"w", {4, 3}}})).contains("left aside: c (8 × 1 × 3 × 3)"));
    QVERIFY(notices_of(stack({{"a", {4, 4}}, {"b", {4, 4}}})).contains("the other way"));
    QVERIFY(!notices_of(stack({{"a", {4, 3}}, {"b", {5, 4}}})).contains("the other way"));
    QVERIFY(notices_of(stack({{"head", {10, 32}}, {"stem", {32, 784}}})).contains("in the reverse order"));
  }

  void takes_those_that_are_named() {
    const std::vector<TensorShape> tensors{
        {"embed", {50, 16}},        {"q", {16, 16}},        {"mlp.up", {64, 16}},
        {"mlp.down", {16, 64}},     {"lm_head", {50, 16}},  {"fc.weight_orig", {3, 2}},
        {"fc.weight_mask", {3, 2}}, {"conv", {2, 2, 3, 3}}, {"bias", {16}}};
    QCOMPARE(order_of(tensors, stack(tensors, {"mlp.up", "mlp.down"})), QString("mlp.up, mlp.down"));
    QCOMPARE(order_of(tensors, stack(tensors, {"mlp.down", "mlp.up"})), QString("mlp.down, mlp.up"));
    QCOMPARE(order_of(tensors, stack(tensors, {"q", "lm_head"})), QString("q, lm_head"));
    // Stored in different ways.
    QCOMPARE(order_of(tensors, stack(tensors, {"embed", "mlp.up"})), QString("embed', mlp.up"));
    QVERIFY(notices_of(stack(tensors, {"embed", "mlp.up"})).contains("embed"));
    QCOMPARE(order_of(tensors, stack(tensors, {"fc.weight_orig"})), QString("fc.weight_orig"));
    const std::size_t choice = 6;
    must_ask(tensors, {}, "--tensors", choice);
    must_ask(tensors, {"q", "k"}, "no matrix \"k\"", choice);
    must_ask(tensors, {"conv"}, "conv (2 × 2 × 3 × 3) is not a matrix", choice);
    must_ask(tensors, {"bias"}, "bias (16) is not a matrix", choice);
    must_ask(tensors, {"q", "fc.weight_mask"}, "fc.weight_mask (3 × 2)", choice);
  }

  /// Against all ways to store the matrices: an order fits when one of them makes a chain.
  void fits_when_a_way_to_store_them_does() {
    std::mt19937 random(6);
    int fitting = 0;
    for (int trial = 0; trial < 2000; ++trial) {
      std::vector<TensorShape> tensors;
      const std::size_t count = 1 + random() % 4;
      for (std::size_t i = 0; i < count; ++i)
        tensors.push_back({std::string(1, static_cast<char>('a' + i)), {1 + random() % 3, 1 + random() % 3}});
      std::vector<std::size_t> order(count);
      std::iota(order.begin(), order.end(), std::size_t{0});
      const auto side = [&](std::size_t i, unsigned ways, bool of_outputs) {
        return tensors[i].shape[((ways >> i) & 1U) == (of_outputs ? 1U : 0U) ? 1 : 0];
      };
      bool any = false;
      std::size_t longest = 1;
      for (unsigned ways = 0; ways < (1U << count); ++ways) {
        std::size_t fits = 1;
        while (fits < count && side(fits - 1, ways, true) == side(fits, ways, false)) ++fits;
        longest = std::max(longest, fits);
        any = any || fits == count;
      }
      const dnm::TensorFit fit = dnm::fit_tensors(tensors, order);
      QCOMPARE(fit.problem.empty(), any);
      QCOMPARE(fit.layers.size(), any ? count : 0);
      for (std::size_t i = 0; i < fit.layers.size(); ++i) {
        const auto& shape = tensors[i].shape;
        QCOMPARE(fit.sizes[i], shape[fit.layers[i].transposed ? 0 : 1]);
        QCOMPARE(fit.sizes[i + 1], shape[fit.layers[i].transposed ? 1 : 0]);
      }
      // The first that no way makes fit is named.
      if (!any) QCOMPARE(fit.problem.front(), tensors[longest].name.front());
      fitting += any ? 1 : 0;
    }
    QVERIFY(fitting > 200 && fitting < 1800);
    QVERIFY(dnm::fit_tensors({}, {}).layers.empty() && dnm::fit_tensors({}, {}).problem.empty());
  }

  void names_go_into_one_text_and_back() {
    for (const Names& names : {Names{"a"}, Names{"fc1", "fc 2"}, Names{"a,b", "c\\", "\\,", ","}, Names{"größe"}})
      QCOMPARE(dnm::tensors_named(dnm::tensors_text(names)), names);
    QCOMPARE(dnm::tensors_named("a\\,b,c"), (Names{"a,b", "c"}));
    for (const char* text : {"", ",", "a,", ",a", "a,,b"})
      QVERIFY_EXCEPTION_THROWN(static_cast<void>(dnm::tensors_named(text)), dnm::InvalidInput);
  }

  void asks_when_several_orders_fit() {
    must_ask({{"x", {60000, 784}}, {"x_test", {10000, 784}}, {"y", {60000}}}, {}, "x (60000 × 784)", 2);
    must_ask({{"a", {3, 4}}, {"b", {5, 6}}}, {}, "chain", 2);
    must_ask({{"out", {2, 4}}, {"one", {4, 3}}, {"two", {4, 3}}}, {}, "chain", 3);
    must_ask({{"bias", {3}}}, {}, "no matrix", 0);
    must_ask({}, {}, "no matrix", 0);
    must_ask({{"a\nb", {3, 4}}, {"b", {5, 6}}}, {}, "a b (3 × 4)", 2);
    std::vector<TensorShape> many;
    for (std::uint64_t i = 0; i < 100; ++i) many.push_back({"w" + std::to_string(i), {2 * i + 2, 2 * i + 1}});
    must_ask(many, {}, "and 88 more", 100);
  }

  /// Against all permutations: an order that is found fits, and where no size comes twice as inputs or as outputs, the
  /// order is found when there is one.
  void finds_the_only_order() {
    std::mt19937 random(5);
    int found = 0;
    int refused = 0;
    for (int trial = 0; trial < 400; ++trial) {
      std::vector<TensorShape> tensors;
      for (int i = 0; i < 5; ++i) {
        tensors.push_back({std::string(1, static_cast<char>('a' + i)), {1 + random() % 9, 1 + random() % 9}});
      }
      if (trial % 2 == 0) {  // made of a chain
        for (std::size_t i = 1; i < 5; ++i) tensors[i].shape[1] = tensors[i - 1].shape[0];
        std::shuffle(tensors.begin(), tensors.end(), random);
      }
      std::vector<std::size_t> order(tensors.size());
      std::iota(order.begin(), order.end(), std::size_t{0});
      bool any_fits = false;
      do {
        bool fits = true;
        for (std::size_t i = 1; i < order.size(); ++i) {
          fits = fits && tensors[order[i]].shape[1] == tensors[order[i - 1]].shape[0];
        }
        any_fits |= fits;
      } while (std::next_permutation(order.begin(), order.end()));
      const auto comes_once = [&](std::size_t side) {
        std::vector<std::uint64_t> sizes;
        for (const auto& tensor : tensors) {
          if (tensor.shape[0] != tensor.shape[1]) sizes.push_back(tensor.shape[side]);
        }
        std::sort(sizes.begin(), sizes.end());
        return std::adjacent_find(sizes.begin(), sizes.end()) == sizes.end();
      };
      const auto is_closed = [&] {  // any of its layers could be the first
        std::vector<std::uint64_t> from;
        std::vector<std::uint64_t> into;
        for (const auto& tensor : tensors) {
          from.push_back(tensor.shape[1]);
          into.push_back(tensor.shape[0]);
        }
        std::sort(from.begin(), from.end());
        std::sort(into.begin(), into.end());
        return from == into;
      };
      try {
        const TensorStack result = stack(tensors);
        QCOMPARE(result.layers.size(), tensors.size());
        for (std::size_t i = 1; i < result.layers.size(); ++i) {
          const auto& [before, turned] = result.layers[i - 1];
          const auto& [after, same] = result.layers[i];
          QCOMPARE(turned, same);
          QCOMPARE(tensors[before].shape[turned ? 1 : 0], tensors[after].shape[turned ? 0 : 1]);
        }
        ++found;
      } catch (const dnm::TensorChoiceNeeded&) {
        QVERIFY2(!any_fits || !comes_once(0) || !comes_once(1) || is_closed(), "the only order was not found");
        ++refused;
      }
    }
    QVERIFY(found > 30 && refused > 30);
  }
};

DNM_TEST(TestTensorStack, QCoreApplication)
#include "test_tensor_stack.moc"
