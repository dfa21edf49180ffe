// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

#include "core/models/initialiser.h"
#include "core/models/largest_values.h"
#include "core/support/error.h"
#include "tests/core/error_message.h"
#include "tests/core/models/model_helpers.h"
#include "tests/support/test_class.h"

namespace {

using dnm::Mask;
using dnm::NodeIndex;
using dnm::test::message_of;
using dnm::test::with;

/// Says what it is told to.
class GivenData : public dnm::DataSource {
 public:
  explicit GivenData(dnm::InputCorrelation correlation) : correlation_(std::move(correlation)) {}
  explicit GivenData(dnm::LinkSaliency saliency, NodeIndex inputs) : saliency_(std::move(saliency)) {
    correlation_.inputs = inputs;
  }

  dnm::DataInputs inputs_of(const dnm::DataChoice& choice) override {
    asked_ = choice;
    return {"Given", correlation_.inputs};
  }
  std::shared_ptr<const dnm::InputCorrelation> input_correlation(const dnm::DataChoice&,
                                                                 const dnm::TaskControl&) override {
    return std::make_shared<const dnm::InputCorrelation>(correlation_);
  }
  std::shared_ptr<const dnm::LinkSaliency> link_saliency(const dnm::DataChoice&, const std::vector<NodeIndex>&,
                                                         std::uint64_t, const dnm::TaskControl&) override {
    return std::make_shared<const dnm::LinkSaliency>(saliency_);
  }
  [[nodiscard]] const dnm::DataChoice& asked() const { return asked_; }

 private:
  dnm::InputCorrelation correlation_;
  dnm::LinkSaliency saliency_;
  dnm::DataChoice asked_;
};

dnm::Generated generate(const dnm::ModelParameters& parameters, GivenData& data) {
  dnm::DrawingContext context;
  context.data = [&]() -> dnm::DataSource& { return data; };
  return dnm::generate(parameters, {}, context);
}

/// Symmetric, zero on the diagonal; `levels` different values, so that there are ties.
dnm::InputCorrelation correlation(NodeIndex inputs, std::uint64_t levels, std::uint64_t seed) {
  dnm::Random random(seed);
  dnm::InputCorrelation made{inputs, std::vector<float>(std::size_t{inputs} * inputs, 0.0F)};
  for (NodeIndex a = 0; a < inputs; ++a) {
    for (NodeIndex b = 0; b < a; ++b) {
      const float value = static_cast<float>(random.below(levels)) / static_cast<float>(levels);
      made.strength[a * inputs + b] = made.strength[b * inputs + a] = value;
    }
  }
  return made;
}

bool is_linked(const Mask& mask, NodeIndex output, NodeIndex input) {
  return std::ranges::binary_search(mask.row(output), input);
}

/// The smallest value of a linked cell and the largest of one that is not.
template <class Value>
std::pair<float, float> borders(const Mask& mask, const Value& value) {
  float least_in = std::numeric_limits<float>::infinity();
  float most_out = -1.0F;
  for (NodeIndex output = 0; output < mask.n_out; ++output) {
    for (NodeIndex input = 0; input < mask.n_in; ++input) {
      if (is_linked(mask, output, input)) {
        least_in = std::min(least_in, value(output, input));
      } else {
        most_out = std::max(most_out, value(output, input));
      }
    }
  }
  return {least_in, most_out};
}

std::vector<float> random_values(std::size_t count, double scale, std::uint64_t seed) {
  dnm::Random random(seed);
  std::vector<float> values(count);
  for (float& value : values) value = static_cast<float>(scale * random.uniform());
  return values;
}

}  // namespace

class TestDataInitialisers : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void cut_of_the_largest_values();
  void correlated_inputs_are_linked_in_tiles();
  void equal_correlations_are_drawn_at_random();
  void too_few_correlations();
  void most_salient_links_of_the_network();
  void most_salient_links_of_each_layer();
  void dead_layers_are_told_of();
  void first_layer_must_fit();
  void nothing_to_learn_from();
  void data_set_reaches_the_source();
};

void TestDataInitialisers::cut_of_the_largest_values() {
  dnm::Random random(3);
  for (int trial = 0; trial < 50; ++trial) {
    std::vector<std::pair<float, std::uint64_t>> values;
    std::vector<float> sorted;
    for (int i = 0; i < 200; ++i) {
      // Wide magnitudes, many equal; nought and nonsense count as 0.
      float value = std::ldexp(static_cast<float>(random.below(8)), static_cast<int>(random.below(60)) - 30);
      if (i % 40 == 7) value = std::numeric_limits<float>::quiet_NaN();
      const std::uint64_t times = random.below(4);
      values.emplace_back(value, times);
      for (std::uint64_t copy = 0; copy < times; ++copy) sorted.push_back(value > 0.0F ? value : 0.0F);
    }
    std::ranges::sort(sorted, std::greater<>());
    const std::uint64_t count = 1 + random.below(sorted.size());
    const dnm::Cut cut = dnm::cut_of_largest(
        [&](const auto& visit) {
          for (const auto& [value, times] : values) visit(value, times);
        },
        count);
    const float last = sorted[count - 1];
    QCOMPARE(cut.key, dnm::order_key(last));
    QCOMPARE(cut.above, static_cast<std::uint64_t>(std::ranges::count_if(sorted, [&](float v) { return v > last; })));
    QCOMPARE(cut.ties, static_cast<std::uint64_t>(std::ranges::count(sorted, last)));
  }
}

void TestDataInitialisers::correlated_inputs_are_linked_in_tiles() {
  for (const std::uint64_t levels : {5U, 1000000U}) {
    const dnm::InputCorrelation given = correlation(9, levels, 4);
    GivenData data(given);
    for (const char* sparsity : {"0.4", "0.8", "0.97"}) {
      const auto parameters = with({{"model", "csti"}, {"layers", "9,18,25,4,9"}, {"sparsity", sparsity}});
      const auto network = generate(parameters, data).network;
      QCOMPARE(*generate(parameters, data).network, *network);
      for (const Mask& mask : network->masks()) {
        QCOMPARE(mask.link_count(), dnm::link_count_of_layer(parameters.shared.sparsity, mask.n_in, mask.n_out));
        const auto [least_in, most_out] = borders(
            mask, [&](NodeIndex output, NodeIndex input) { return given.strength[(output % 9) * 9 + input % 9]; });
        QVERIFY(least_in >= most_out);
      }
    }
  }
}

void TestDataInitialisers::equal_correlations_are_drawn_at_random() {
  // All pairs alike: 36 of the 72 off-diagonal cells of two tiles, each equally often, none of the diagonal.
  constexpr int draws = 4000;
  dnm::InputCorrelation given{6, std::vector<float>(36, 0.5F)};
  for (std::size_t i = 0; i < 6; ++i) given.strength[i * 7] = 0.0F;
  GivenData data(given);
  auto parameters = with({{"model", "csti"}, {"layers", "6,12"}, {"sparsity", "0.5"}});
  std::vector<double> counts(72, 0.0);
  for (parameters.seed = 0; parameters.seed < draws; ++parameters.seed) {
    const Mask mask = generate(parameters, data).network->masks()[0];
    for (NodeIndex output = 0; output < 12; ++output) {
      for (const NodeIndex input : mask.row(output)) ++counts[output * 6 + input];
    }
  }
  double chi_square = 0.0;
  for (std::size_t cell = 0; cell < 72; ++cell) {
    const double share = 36.0 / 60.0;
    if (cell / 6 % 6 == cell % 6) {
      QCOMPARE(counts[cell], 0.0);
    } else {
      chi_square += (counts[cell] - draws * share) * (counts[cell] - draws * share) / (draws * share * (1.0 - share));
    }
  }
  QVERIFY2(std::abs(chi_square - 60.0) < 5.0 * std::sqrt(120.0), qPrintable(QString::number(chi_square)));
}

void TestDataInitialisers::too_few_correlations() {
  dnm::InputCorrelation given{4, std::vector<float>(16, 0.0F)};
  given.strength[1] = given.strength[4] = 0.9F;
  GivenData data(given);
  const auto generated = generate(with({{"model", "csti"}, {"layers", "4,4"}, {"sparsity", "0.5"}}), data);
  QCOMPARE(generated.network->link_count(), std::uint64_t{8});
  QVERIFY(is_linked(generated.network->masks()[0], 0, 1) && is_linked(generated.network->masks()[0], 1, 0));
  QCOMPARE(generated.notices, std::vector<std::string>{"layer 1: only 2 of 8 links join inputs that correlate at all; "
                                                       "the others are drawn at random"});
}

void TestDataInitialisers::most_salient_links_of_the_network() {
  const dnm::LinkSaliency saliency{random_values(50, 1.0, 1), random_values(80, 0.3, 2), random_values(24, 3.0, 3)};
  GivenData data(saliency, 5);
  const auto parameters = with({{"model", "snip"}, {"layers", "5,10,8,3"}, {"sparsity", "0.7"}});
  const auto network = generate(parameters, data).network;
  QCOMPARE(network->link_count(), std::uint64_t{15 + 24 + 7});
  float least_in = 10.0F;
  float most_out = 0.0F;
  for (std::size_t layer = 0; layer < 3; ++layer) {
    const Mask& mask = network->masks()[layer];
    const auto [in, out] =
        borders(mask, [&](NodeIndex output, NodeIndex input) { return saliency[layer][output * mask.n_in + input]; });
    least_in = std::min(least_in, in);
    most_out = std::max(most_out, out);
  }
  QVERIFY(least_in >= most_out);
  // The layer of large values got more than its share, the one of small values less.
  QVERIFY(network->masks()[2].link_count() > 7 && network->masks()[1].link_count() < 24);
}

void TestDataInitialisers::most_salient_links_of_each_layer() {
  const dnm::LinkSaliency saliency{random_values(50, 1.0, 1), random_values(80, 0.3, 2)};
  GivenData data(saliency, 5);
  const auto parameters = with(
      {{"model", "snip"}, {"layers", "5,10,8"}, {"sparsity", "0.7"}, {"sparsity", "2=0.5"}, {"snip-scope", "layer"}});
  const auto network = generate(parameters, data).network;
  QCOMPARE(network->masks()[0].link_count(), std::uint64_t{15});
  QCOMPARE(network->masks()[1].link_count(), std::uint64_t{40});
  for (std::size_t layer = 0; layer < 2; ++layer) {
    const Mask& mask = network->masks()[layer];
    const auto [in, out] =
        borders(mask, [&](NodeIndex output, NodeIndex input) { return saliency[layer][output * mask.n_in + input]; });
    QVERIFY(in >= out);
  }
}

void TestDataInitialisers::dead_layers_are_told_of() {
  const dnm::LinkSaliency one_sided{random_values(50, 100.0, 1), random_values(80, 1e-6, 2)};
  GivenData data(one_sided, 5);
  auto parameters = with({{"model", "snip"}, {"layers", "5,10,8"}, {"sparsity", "0.9"}});
  const auto dead = generate(parameters, data);
  QCOMPARE(dead.network->masks()[1].link_count(), std::uint64_t{0});
  QCOMPARE(dead.notices.size(), std::size_t{1});
  QVERIFY(dead.notices[0].starts_with("layer 2: it is dead: all links went to other layers"));
  parameters.snip_scope = dnm::SnipScope::layer;
  QVERIFY(generate(parameters, data).notices.empty());

  // Every layer has a link, but they do not meet.
  dnm::LinkSaliency apart{std::vector<float>(4, 0.0F), std::vector<float>(4, 0.0F)};
  apart[0][0] = 1.0F;  // input 0 to neuron 0
  apart[1][1] = 1.0F;  // neuron 1 to output 0
  GivenData broken(apart, 2);
  const auto cut = generate(with({{"model", "snip"}, {"layers", "2,2,2"}, {"sparsity", "0.75"}}), broken);
  QCOMPARE(cut.notices.size(), std::size_t{1});
  QVERIFY(cut.notices[0].starts_with("no path leads from the inputs to the last layer"));
}

void TestDataInitialisers::first_layer_must_fit() {
  GivenData data(correlation(9, 5, 1));
  for (const char* model : {"csti", "snip"}) {
    const std::string message = message_of([&] {
      static_cast<void>(generate(with({{"model", model}, {"layers", "8,20,30"}}), data));
    });
    QCOMPARE(message, std::string("the network's first layer has 8 neurons, but images of Given have 9 pixels; make it "
                                  "as large, for example with layers 9,20,30"));
  }
}

void TestDataInitialisers::nothing_to_learn_from() {
  for (const dnm::Initialiser& row : dnm::initialiser_table()) {
    if (!row.learns_from_data) continue;
    const std::string message = message_of([&] {
      static_cast<void>(dnm::generate(with({{"model", std::string(row.id)}})));
    });
    QCOMPARE(message, "the initialiser " + std::string(row.id) +
                          " learns from a data set, and nothing here can read one; choose another initialiser");
  }
}

void TestDataInitialisers::data_set_reaches_the_source() {
  GivenData data(correlation(9, 5, 1));
  static_cast<void>(
      generate(with({{"model", "csti"}, {"layers", "9,9"}, {"data", "mnist"}, {"data-dir", "/some/where=2"}}), data));
  QCOMPARE(data.asked().data_set, std::string("mnist"));
  QCOMPARE(data.asked().folder, std::string("/some/where=2"));
  // Other models say nothing of data; a folder with a space survives a shell.
  const auto csti = with({{"model", "csti"}, {"data-dir", "/my data/it's"}});
  QVERIFY(dnm::to_command_line(csti).find(" --data fashion-mnist --data-dir '/my data/it'\\''s' ") !=
          std::string::npos);
  QVERIFY(dnm::to_command_line(with({{"model", "bsw"}})).find("--data") == std::string::npos);
}

DNM_TEST(TestDataInitialisers)
#include "test_data_initialisers.moc"
