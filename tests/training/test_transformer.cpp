// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <cmath>
#include <map>
#include <memory>
#include <string>

#include "allocations.h"
#include "core/support/error.h"
#include "samples.h"
#include "tests/support/test_class.h"
#include "torch_transformer.h"
#include "training/optimisers/adam.h"
#include "training/optimisers/sgd.h"
#include "training/rewiring/topology_change.h"
#include "transformer_samples.h"

using dnm::Engine;
using dnm::ModelState;
using dnm::SentenceBatch;
using dnm::Transformer;
using samples::Masks;
using samples::relative_difference;

namespace {

const dnm::Adam adam({});

/// What differs between two sets of named values by more than `tolerance` of the largest value; "" when nothing does.
QString difference(const ModelState& found, const std::vector<samples::NamedValues>& expected, double tolerance) {
  if (found.size() != expected.size()) return "number of parameters";
  for (std::size_t i = 0; i < found.size(); ++i) {
    const QString name = QString::fromStdString(expected[i].name);
    if (found[i].name != expected[i].name) return name + " is missing";
    const double apart = relative_difference(found[i].values, expected[i].values);
    // Keys' biases move all scores of a query alike: their gradient is 0, and what is found is rounding.
    const bool none = name.endsWith(".k.bias");
    if (!none && !(apart <= tolerance)) return name + QString(" differs by %1").arg(apart);
    if (!none) continue;
    for (const float value : found[i].values) {
      if (!(std::abs(value) < 1e-6F)) return name + QString(" is %1").arg(static_cast<double>(value));
    }
  }
  return {};
}

struct Case {
  dnm::TransformerShape shape = samples::small_shape();
  Masks masks = Masks::random;
  double smoothing = 0.0;
  std::vector<Engine> engines{};
  unsigned threads = 1;
  std::size_t kernels = dnm::available_kernels().size() - 1;
};

struct Subject {
  explicit Subject(const Case& made)
      : topology(samples::transformer_topology(made.shape, made.masks)),
        state(samples::transformer_state(topology, made.shape, 3)),
        model(topology, state, {made.shape, 0.0, made.smoothing, 7, made.threads},
              made.engines.empty() ? std::vector<Engine>(topology.layers.size(), Engine::sparse) : made.engines,
              *dnm::available_kernels()[made.kernels], *dnm::available_token_kernels()[made.kernels]) {}
  dnm::Topology topology;
  ModelState state;
  Transformer model;
};

/// Loss, gradients and hits against LibTorch in double precision.
QString compare(const Case& made) {
  Subject subject(made);
  samples::TorchTransformer reference(subject.topology, subject.state, made.shape, samples::Precision::twice);
  for (const std::size_t count : {12U, 3U}) {
    const SentenceBatch batch = samples::sentences(made.shape, count, 31, count);
    const double loss = reference.backward(batch, made.smoothing);
    const ModelState gradients = subject.model.gradients(batch);
    const QString apart = difference(gradients, reference.gradients(), 1e-4);
    if (!apart.isEmpty()) return apart;
    const dnm::BatchSums stepped = subject.model.step(batch, {adam, 0.0}, {});
    if (std::abs(stepped.loss - loss) > 1e-5 * loss) return QString("loss %1, not %2").arg(stepped.loss).arg(loss);
    const std::vector<double> scores = reference.scores();
    const std::size_t pieces = made.shape.target_pieces;
    std::size_t place = 0;
    QString wrong;
    const dnm::BatchSums evaluated = subject.model.evaluate(batch, [&](const dnm::ScoreTile& tile) {
      for (std::size_t i = 0; i < tile.targets.size(); ++i, ++place) {
        for (std::size_t v = 0; v < pieces; ++v) {
          const double found = static_cast<double>(tile.scores[v * tile.width + i]);
          if (std::abs(found - scores[place * pieces + v]) > 1e-4) wrong = "scores";
        }
      }
    });
    if (place != batch.examples()) return "tokens shown";
    if (!wrong.isEmpty()) return wrong;
    double plain = 0.0;
    std::uint64_t correct = 0;
    place = 0;
    for (const std::uint32_t answer : batch.target_output) {
      if (answer == dnm::padding_piece) continue;
      const auto row = scores.begin() + static_cast<std::ptrdiff_t>(place++ * pieces);
      double sum = 0.0;
      for (std::size_t v = 0; v < pieces; ++v) sum += std::exp(row[static_cast<std::ptrdiff_t>(v)]);
      plain += std::log(sum) - row[answer];
      const auto best = std::max_element(row, row + static_cast<std::ptrdiff_t>(pieces)) - row;
      if (best == static_cast<std::ptrdiff_t>(answer)) ++correct;
    }
    if (std::abs(evaluated.loss - plain) > 1e-5 * plain) return "evaluated loss";
    if (evaluated.correct != correct || evaluated.examples != batch.examples()) return "hits";
  }
  return {};
}

std::vector<Engine> engines_in_turn(std::size_t count) {
  std::vector<Engine> engines;
  for (std::size_t i = 0; i < count; ++i) engines.push_back(i % 3 == 0 ? Engine::sparse : Engine::masked);
  return engines;
}

}  // namespace

class TestTransformer : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void gradients_are_those_of_libtorch_data() {
    QTest::addColumn<Masks>("masks");
    QTest::addColumn<double>("smoothing");
    QTest::addColumn<bool>("tied");
    const std::pair<const char*, Masks> masks[] = {
        {"random", Masks::random}, {"blocks", Masks::blocks}, {"dead rows", Masks::dead_row}, {"dense", Masks::dense}};
    for (const auto& [name, value] : masks) {
      QTest::addRow("%s", name) << value << 0.0 << false;
      QTest::addRow("%s, smoothing", name) << value << 0.1 << false;
    }
    QTest::addRow("mixed, smoothing, tied") << Masks::mixed << 0.1 << true;
  }
  void gradients_are_those_of_libtorch() {
    QFETCH(Masks, masks);
    QFETCH(double, smoothing);
    QFETCH(bool, tied);
    QCOMPARE(compare({.shape = samples::small_shape(tied), .masks = masks, .smoothing = smoothing}), QString());
  }

  void masked_products_and_threads_learn_the_same() {
    const std::vector<Engine> masked(32, Engine::masked);
    QCOMPARE(compare({.masks = Masks::dead_row, .engines = masked}), QString());
    QCOMPARE(compare({.masks = Masks::dense, .engines = masked}), QString());
    QCOMPARE(compare({.masks = Masks::mixed, .smoothing = 0.1, .engines = engines_in_turn(32), .threads = 3}),
             QString());
  }

  void every_instruction_set_learns_the_same() {
    for (std::size_t set = 0; set < dnm::available_kernels().size(); ++set) {
      QCOMPARE(compare({.smoothing = 0.1, .kernels = set}), QString());
    }
  }

  void steps_of_adam_are_those_of_libtorch() {
    Subject subject({.masks = Masks::random, .smoothing = 0.1});
    const dnm::TransformerShape shape = samples::small_shape();
    samples::TorchTransformer reference(subject.topology, subject.state, shape, samples::Precision::twice);
    // Where a gradient is rounding alone, Adam steps by its sign, and the two may part.
    std::vector<std::vector<bool>> known;
    for (std::uint64_t step = 0; step < 5; ++step) {
      const SentenceBatch batch = samples::sentences(shape, 9, 25, 50 + step);
      const double rate = 1e-3 * static_cast<double>(step + 1);
      const double loss = reference.backward(batch, 0.1);
      const auto gradients = reference.gradients();
      known.resize(gradients.size());
      for (std::size_t i = 0; i < gradients.size(); ++i) {
        known[i].resize(gradients[i].values.size(), true);
        double largest = 0.0;
        for (const double value : gradients[i].values) largest = std::max(largest, std::abs(value));
        for (std::size_t k = 0; k < known[i].size(); ++k) {
          const double size = std::abs(gradients[i].values[k]);
          known[i][k] = known[i][k] && (size == 0.0 || size > 1e-3 * largest);
        }
      }
      reference.adam(rate);
      const dnm::BatchSums sums = subject.model.step(batch, {adam, rate, step}, {});
      QVERIFY2(std::abs(sums.loss - loss) < 1e-4 * loss, qPrintable(QString("step %1").arg(step)));
    }
    const ModelState state = subject.model.state();
    const auto expected = reference.values();
    for (std::size_t i = 0; i < state.size(); ++i) {
      if (state[i].name.ends_with(".k.bias")) continue;
      const QString name = QString::fromStdString(state[i].name);
      for (std::size_t k = 0; k < state[i].values.size(); ++k) {
        const double apart = std::abs(static_cast<double>(state[i].values[k]) - expected[i].values[k]);
        QVERIFY2(!known[i][k] || apart < 1e-4, qPrintable(name + QString(" differs by %1").arg(apart)));
      }
      QVERIFY2(2 * std::count(known[i].begin(), known[i].end(), true) > static_cast<int>(known[i].size()),
               qPrintable(name));
    }
  }

  void rewired_layers_learn_on() {
    Subject subject({.smoothing = 0.1});
    const dnm::TransformerShape shape = samples::small_shape();
    for (const std::size_t layer : {std::size_t{0}, std::size_t{5}, std::size_t{20}, std::size_t{31}}) {
      const dnm::Mask from = subject.topology.layers[layer].mask;
      const dnm::Mask to = samples::mask(samples::Pattern::random, from.n_in, from.n_out, 100 + layer);
      const std::string name = subject.topology.layers[layer].name + ".weight";
      subject.model.rewire(layer, to, dnm::carried_over(from, dnm::parameter_of(subject.model.state(), name), to));
      subject.topology.layers[layer].mask = to;
    }
    samples::TorchTransformer reference(subject.topology, subject.model.state(), shape, samples::Precision::twice);
    const SentenceBatch batch = samples::sentences(shape, 9, 25, 5);
    reference.backward(batch, 0.1);
    QCOMPARE(difference(subject.model.gradients(batch), reference.gradients(), 1e-4), QString());
    QVERIFY_EXCEPTION_THROWN(subject.model.rewire(0, samples::mask(samples::Pattern::full, 5, 5, 0), {}),
                             dnm::InvalidInput);
  }

  void dense_gradients_are_those_of_a_full_mask() {
    Subject subject({.masks = Masks::random, .smoothing = 0.1});
    // The same model with every link, those that are missing at weight 0.
    dnm::Topology full = subject.topology;
    ModelState state = subject.state;
    const std::vector<std::size_t> layers{2, 4, 13, 21, 31};
    for (const std::size_t layer : layers) {
      const dnm::Mask from = full.layers[layer].mask;
      dnm::Mask& to = full.layers[layer].mask;
      to = samples::mask(samples::Pattern::full, from.n_in, from.n_out, 0);
      for (dnm::ParameterState& parameter : state) {
        if (parameter.name != full.layers[layer].name + ".weight") continue;
        dnm::ParameterState carried = dnm::carried_over(from, parameter, to);
        carried.name = parameter.name;
        parameter = carried;
      }
    }
    samples::TorchTransformer reference(full, state, samples::small_shape(), samples::Precision::twice);
    const SentenceBatch batch = samples::sentences(samples::small_shape(), 9, 25, 5);
    reference.backward(batch, 0.1);
    std::map<std::string, std::vector<float>> found;
    subject.model.dense_gradients(layers, batch,
                                  [&](std::size_t layer, dnm::NodeIndex output, std::span<const float> gradients) {
                                    auto& all = found[full.layers[layer].name + ".weight"];
                                    const dnm::Mask& mask = full.layers[layer].mask;
                                    all.resize(std::size_t{mask.n_in} * mask.n_out);
                                    std::copy(gradients.begin(), gradients.end(), all.begin() + output * mask.n_in);
                                  });
    QCOMPARE(found.size(), layers.size());
    for (const samples::NamedValues& expected : reference.gradients()) {
      if (found.count(expected.name) == 0) continue;
      QVERIFY2(relative_difference(found[expected.name], expected.values) < 1e-4, expected.name.c_str());
    }
  }

  void any_number_of_threads_gives_the_same_bits() {
    const dnm::TransformerShape shape = samples::small_shape();
    const dnm::Topology topology = samples::transformer_topology(shape, Masks::mixed);
    std::vector<ModelState> ends;
    for (const unsigned threads : {1U, 2U, 5U}) {
      Transformer model(topology, samples::transformer_state(topology, shape, 3), {shape, 0.2, 0.1, 7, threads},
                        engines_in_turn(topology.layers.size()));
      for (std::uint64_t step = 0; step < 3; ++step) {
        model.step(samples::sentences(shape, 14, 30, step), {adam, 1e-3, step}, {});
      }
      ends.push_back(model.state());
    }
    QVERIFY(ends[0] == ends[1]);
    QVERIFY(ends[0] == ends[2]);
  }

  void dropout_draws_by_seed_and_step_and_keeps_the_mean() {
    const dnm::TransformerShape shape = samples::small_shape();
    const dnm::Topology topology = samples::transformer_topology(shape, Masks::random);
    const ModelState state = samples::transformer_state(topology, shape, 3);
    const std::vector<Engine> engines(topology.layers.size(), Engine::sparse);
    const SentenceBatch batch = samples::sentences(shape, 12, 30, 1);
    const dnm::Adam optimiser({});
    const auto loss = [&](double dropout, std::uint64_t seed, std::uint64_t step) {
      Transformer model(topology, state, {shape, dropout, 0.0, seed, 1}, engines);
      return model.step(batch, {optimiser, 1e-3, step}, {}).loss;
    };
    const double without = loss(0.0, 1, 0);
    QCOMPARE(loss(0.1, 1, 0), loss(0.1, 1, 0));
    QVERIFY(loss(0.1, 1, 0) != loss(0.1, 2, 0));
    QVERIFY(loss(0.1, 1, 0) != loss(0.1, 1, 1));
    double sum = 0.0;
    for (std::uint64_t step = 0; step < 40; ++step) sum += loss(0.02, 1, step) / 40;
    QVERIFY2(std::abs(sum - without) < 0.02 * without, qPrintable(QString("%1, %2").arg(sum).arg(without)));
  }

  void gradients_with_dropout_are_differences_of_the_loss() {
    // Central differences along the gradient, under the same draw.
    const dnm::TransformerShape shape = samples::small_shape();
    const dnm::Topology topology = samples::transformer_topology(shape, Masks::random);
    const ModelState state = samples::transformer_state(topology, shape, 3, 1);
    const std::vector<Engine> engines(topology.layers.size(), Engine::sparse);
    const SentenceBatch batch = samples::sentences(shape, 6, 20, 1);
    const auto stepped = [&](const ModelState& start, double rate) {
      Transformer model(topology, start, {shape, 0.3, 0.1, 5, 1}, engines);
      const dnm::Sgd sgd({.momentum = 0.0, .weight_decay = 0.0});
      const double loss = model.step(batch, {sgd, rate, 4}, {}).loss / static_cast<double>(batch.examples());
      return std::pair{loss, model.state()};
    };
    // The gradient by what a step of rate 1 changes; then half a small step either way along it.
    const ModelState after = stepped(state, 1.0).second;
    double square = 0.0;
    const auto moved = [&](double by) {
      ModelState made = state;
      for (std::size_t i = 0; i < made.size(); ++i) {
        for (std::size_t k = 0; k < made[i].values.size(); ++k) {
          const float gradient = state[i].values[k] - after[i].values[k];
          made[i].values[k] += static_cast<float>(by) * gradient;
        }
      }
      return made;
    };
    for (std::size_t i = 0; i < state.size(); ++i) {
      for (std::size_t k = 0; k < state[i].values.size(); ++k) {
        const double gradient = static_cast<double>(state[i].values[k]) - static_cast<double>(after[i].values[k]);
        square += gradient * gradient;
      }
    }
    const double by = 1e-3;
    const double slope = (stepped(moved(by), 0.0).first - stepped(moved(-by), 0.0).first) / (2 * by);
    QVERIFY2(std::abs(slope - square) < 0.01 * square, qPrintable(QString("%1, %2").arg(slope).arg(square)));
  }

  void an_empty_side_is_no_obstacle() {
    Subject subject({.masks = Masks::random});
    SentenceBatch batch = samples::sentences(samples::small_shape(), 3, 10, 1);
    const dnm::BatchSums whole = subject.model.evaluate(batch);
    std::fill(batch.source.begin(), batch.source.end(), dnm::padding_piece);
    const dnm::BatchSums without = subject.model.step(batch, {adam, 1e-3}, {});
    QVERIFY(std::isfinite(without.loss));
    QVERIFY(without.loss != whole.loss);
    for (const dnm::ParameterState& parameter : subject.model.state()) {
      for (const float value : parameter.values) QVERIFY(std::isfinite(value));
    }
  }

  void steps_after_the_first_allocate_little() {
    Subject subject({.masks = Masks::random});
    const SentenceBatch batch = samples::sentences(samples::small_shape(), 12, 30, 1);
    for (std::uint64_t step = 0; step < 2; ++step) subject.model.step(batch, {adam, 1e-3, step}, {});
    const std::uint64_t before = allocated_bytes();
    subject.model.step(batch, {adam, 1e-3, 2}, {});
    QVERIFY2(allocated_bytes() - before < 8192, qPrintable(QString::number(allocated_bytes() - before)));
  }

  void a_stop_leaves_the_weights_as_they_were() {
    Subject subject({.masks = Masks::random});
    std::stop_source source;
    source.request_stop();
    const SentenceBatch batch = samples::sentences(samples::small_shape(), 12, 30, 1);
    QVERIFY_EXCEPTION_THROWN(subject.model.step(batch, {adam, 1e-3}, {source.get_token()}), dnm::Cancelled);
    QVERIFY(subject.model.state() == subject.state);
  }

  void what_does_not_fit_is_refused() {
    const dnm::TransformerShape shape = samples::small_shape();
    const dnm::Topology topology = samples::transformer_topology(shape, Masks::random);
    const std::vector<Engine> engines(topology.layers.size(), Engine::sparse);
    const ModelState state = samples::transformer_state(topology, shape, 3);
    ModelState less = state;
    less.pop_back();
    QVERIFY_EXCEPTION_THROWN(Transformer(topology, less, {shape}, engines), dnm::InvalidInput);
    ModelState shorter = state;
    shorter[4].values.pop_back();
    QVERIFY_EXCEPTION_THROWN(Transformer(topology, shorter, {shape}, engines), dnm::InvalidInput);
    ModelState more = state;
    more.push_back(more.back());
    more.back().name = "another";
    QVERIFY_EXCEPTION_THROWN(Transformer(topology, more, {shape}, engines), dnm::InvalidInput);
    Transformer model(topology, state, {shape}, engines);
    SentenceBatch batch = samples::sentences(shape, 3, 10, 1);
    batch.source.front() = 1000;
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(model.evaluate(batch)), dnm::InvalidInput);
    dnm::TransformerShape odd = shape;
    odd.heads = 5;
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(samples::transformer_topology(odd, Masks::random)), dnm::InvalidInput);
  }
};

DNM_TEST(TestTransformer)
#include "test_transformer.moc"
