// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <set>

#include "core/models/dendritic_neuron.h"
#include "core/support/error.h"
#include "tests/support/test_class.h"

using namespace dnm;

/// One neuron drawn again explains the links that the network has.
class TestDendriticNeuron : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void it_has_the_links_of_the_network_data() {
    QTest::addColumn<QStringList>("settings");
    QTest::newRow("fixed") << QStringList{};
    QTest::newRow("spatial") << QStringList{"degree=spatial-gaussian", "synapses=spatial-gaussian"};
    QTest::newRow("gaussian") << QStringList{"degree=gaussian", "dendrites=gaussian:5", "receptive-field=uniform:0.5"};
    QTest::newRow("bounded") << QStringList{"border=bounded", "dendrites=fixed:7", "synapses=uniform"};
    QTest::newRow("anywhere") << QStringList{"fill=anywhere", "receptive-field=fixed:0.2", "dendrites=fixed:6"};
    QTest::newRow("own layer") << QStringList{"degree=2=uniform", "allocation=0.8,0.95"};
  }
  void it_has_the_links_of_the_network() {
    QFETCH(QStringList, settings);
    ModelParameters parameters;
    parameters.layer_sizes = {60, 90, 70};
    parameters.seed = 7;
    for (const QString& setting : settings)
      set_from_text(parameters, setting.section('=', 0, 0).toStdString(), setting.section('=', 1).toStdString());
    const NetworkPointer drawn = generate(parameters).network;
    const Network& network = *drawn;
    for (std::size_t layer = 0; layer < 2; ++layer) {
      const NodeIndex n_in = parameters.layer_sizes[layer];
      for (NodeIndex output = 0; output < parameters.layer_sizes[layer + 1]; ++output) {
        const DendriticNeuron neuron = draw_dendritic_neuron(parameters, layer, output);
        QVERIFY(std::ranges::equal(neuron.inputs, network.masks()[layer].row(output)));
        QCOMPARE(neuron.degree, static_cast<NodeIndex>(neuron.inputs.size()));
        // Blocks hold links, and synapses add up.
        NodeIndex synapses = 0;
        for (const Dendrite& dendrite : neuron.dendrites) {
          synapses += dendrite.synapses;
          QVERIFY(dendrite.size == dendrite.synapses || dendrite.size == 0);
          for (std::int64_t i = 0; i < dendrite.size; ++i) {
            const std::int64_t input = ((dendrite.start + i) % n_in + n_in) % n_in;
            QVERIFY(std::ranges::binary_search(neuron.inputs, static_cast<NodeIndex>(input)));
          }
        }
        QCOMPARE(synapses, neuron.degree);
        QVERIFY(neuron.window.width >= neuron.degree && neuron.window.width <= n_in);
      }
    }
  }

  void the_draws_of_a_layer_are_those_of_its_neurons_data() { it_has_the_links_of_the_network_data(); }
  void the_draws_of_a_layer_are_those_of_its_neurons() {
    QFETCH(QStringList, settings);
    ModelParameters parameters;
    parameters.layer_sizes = {60, 90, 70};
    parameters.seed = 7;
    for (const QString& setting : settings)
      set_from_text(parameters, setting.section('=', 0, 0).toStdString(), setting.section('=', 1).toStdString());
    const NetworkPointer network = generate(parameters).network;
    for (std::size_t layer = 0; layer < 2; ++layer) {
      const LayerDraws draws = draws_of_layer(parameters, layer);
      const NodeIndex n_out = parameters.layer_sizes[layer + 1];
      QVERIFY(draws.degrees.size() == n_out && draws.dendrites.size() == n_out && draws.alpha.size() == n_out);
      std::vector<std::uint64_t> synapses(parameters.layer_sizes[layer] + std::size_t{1});
      for (NodeIndex output = 0; output < n_out; ++output) {
        const DendriticNeuron neuron = draw_dendritic_neuron(parameters, layer, output);
        QCOMPARE(std::size_t{draws.degrees[output]}, network->masks()[layer].row(output).size());
        QCOMPARE(draws.alpha[output], neuron.alpha);
        QCOMPARE(std::size_t{draws.dendrites[output]}, neuron.dendrites.size());
        for (const Dendrite& dendrite : neuron.dendrites) ++synapses[dendrite.synapses];
      }
      QVERIFY(draws.synapse_counts.size() <= synapses.size() && draws.synapse_counts.back() > 0);
      synapses.resize(draws.synapse_counts.size());
      QVERIFY(draws.synapse_counts == synapses);
    }
  }

  void a_layer_of_few_links_has_neurons_without_dendrites() {
    ModelParameters parameters;
    parameters.layer_sizes = {40, 50};
    set_from_text(parameters, "sparsity", "0.99");
    const LayerDraws draws = draws_of_layer(parameters, 0);
    QCOMPARE(std::ranges::count(draws.degrees, 1U), 20);
    QCOMPARE(std::ranges::count(draws.dendrites, 1U), 20);
    QCOMPARE(std::ranges::count(draws.dendrites, 0U), 30);
    QVERIFY(draws.synapse_counts == (std::vector<std::uint64_t>{0, 20}));
  }

  void others_have_none() {
    ModelParameters parameters;
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(draw_dendritic_neuron(parameters, 0, 196)), InvalidInput);
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(draw_dendritic_neuron(parameters, 2, 0)), InvalidInput);
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(draws_of_layer(parameters, 2)), InvalidInput);
    parameters.initialiser = "random";
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(draws_of_layer(parameters, 0)), InvalidInput);
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(draw_dendritic_neuron(parameters, 0, 0)), InvalidInput);
  }
};

DNM_TEST(TestDendriticNeuron)
#include "test_dendritic_neuron.moc"
