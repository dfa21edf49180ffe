// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QTest>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/files/network_tensors.h"
#include "core/files/safetensors_file.h"
#include "core/files/tensor_stack.h"
#include "core/support/error.h"
#include "tests/core/error_message.h"
#include "tests/core/files/network_samples.h"
#include "tests/core/files/python.h"
#include "tests/core/files/told_links.h"
#include "tests/support/places.h"
#include "tests/support/test_class.h"

namespace fs = std::filesystem;
using dnm::Mask;
using dnm::Network;
using dnm::NetworkFile;
using dnm::NodeIndex;
using dnm::test::samples;
using dnm::test::told;
using namespace std::string_literals;

/// Files of tensors as they are written: what Python reads, and what is read back.
class TestWrittenTensors : public QObject {
  Q_OBJECT

  dnm::test::NetworkFolder folder_;
  fs::path in_folder(const std::string& name) const { return folder_.file(name); }

 private Q_SLOTS:
  /// What is written here is what PyTorch's users expect: read without the code under test.
  void writes_masks_for_python() {
    const QString python = dnm::test::python_with("json");
    if (python.isEmpty()) QSKIP("Python is not installed");
    const NetworkFile sample = samples().front();
    dnm::write_network(in_folder("masks.safetensors"), sample);
    const dnm::test::Ended ended =
        dnm::test::run(python, {QString(dnm::test::source_folder()) + "/tests/core/files/safetensors_links.py",
                                QString::fromStdString(in_folder("masks.safetensors").string())});
    QVERIFY2(ended.well, ended.errors.constData());
    QCOMPARE(ended.output.toStdString(),
             "layer1.weight_mask BOOL 30 20\nlayer2.weight_mask BOOL 15 30\n" + told(*sample.network));
  }

  void keeps_names_of_nodes() {
    const NetworkFile sample = samples()[1];
    dnm::NodeNames names;
    for (int node = 0; node < 12; ++node) {
      names.ids.push_back("n" + std::to_string(node));
      names.labels.push_back(node % 2 == 0 ? "Größe 樹" : "");
    }
    names.columns.push_back({"degree", dnm::AttributeKind::integer, std::vector<std::string>(12, "7")});
    const auto named = dnm::test::share(sample.network->with_names(names));
    dnm::write_network(in_folder("named.safetensors"), {named, ""});
    QVERIFY(*dnm::read_network(in_folder("named.safetensors")).network == *named);
  }

  void refuses_to_write_what_nobody_could_read() {
    const auto large = dnm::test::share(
        Network::layered({40000000, 40000000}, {Mask{40000000, 40000000, std::vector<std::uint64_t>(40000001), {}}}));
    const std::string message = dnm::test::message_of([&] {
      dnm::write_network(in_folder("large.safetensors"), {large, ""});
    });
    QVERIFY2(message.find("1490116.1 GiB") != std::string::npos, message.c_str());
    QVERIFY(!fs::exists(in_folder("large.safetensors")));
  }

  void exports_trained_weights() {
    const std::vector<dnm::TrainedLayer> layers =
        dnm::read_trained_layers(fs::path(dnm::test::reference_folder()) / "checkpoint_version_2.pt");
    QCOMPARE(layers.size(), std::size_t{3});
    QCOMPARE(layers[0].mask.n_in, NodeIndex{784});
    QVERIFY(!layers[1].dense && layers[2].dense);
    QCOMPARE(layers[2].name, "classifier"s);
    dnm::write_trained_layers(in_folder("trained.safetensors"), layers, "{\"seed\":3}");
    // Read back as tensors of the usual names.
    const auto file = dnm::open_safetensors(in_folder("trained.safetensors"));
    std::map<std::string, const dnm::StoredTensor*> tensors;
    for (const dnm::StoredTensor& tensor : file->tensors()) tensors[tensor.name] = &tensor;
    QCOMPARE(tensors.size(), std::size_t{8});
    for (const dnm::TrainedLayer& layer : layers) {
      const dnm::StoredTensor& stored = *tensors.at(layer.name + ".weight");
      QCOMPARE(stored.shape, (std::vector<std::uint64_t>{layer.mask.n_out, layer.mask.n_in}));
      std::vector<float> expected(std::size_t{layer.mask.n_out} * layer.mask.n_in, 0.0F);
      auto weight = layer.weights.begin();
      for (NodeIndex output = 0; output < layer.mask.n_out; ++output) {
        for (const NodeIndex input : layer.mask.row(output))
          expected[std::size_t{output} * layer.mask.n_in + input] = *weight++;
      }
      QVERIFY(dnm::numbers_of<float>(*file, stored) == expected);
      QVERIFY(dnm::numbers_of<float>(*file, *tensors.at(layer.name + ".bias")) == layer.biases);
    }
    // As a network: the layers that were masked, with the links of the checkpoint.
    const NetworkFile network = dnm::read_network(in_folder("trained.safetensors"));
    QVERIFY(*network.network == Network::layered({784, 24, 16}, {layers[0].mask, layers[1].mask}));
    QCOMPARE(network.provenance, "{\"seed\":3}"s);
    QVERIFY(network.notices.empty());
    QVERIFY(*dnm::read_network(fs::path(dnm::test::reference_folder()) / "checkpoint_version_2.pt").network ==
            *network.network);
    QVERIFY(dnm::read_trained_layers(fs::path(dnm::test::reference_folder()) / "torch" / "pruned.pt").empty());
  }
};

DNM_TEST(TestWrittenTensors, QCoreApplication)
#include "test_written_tensors.moc"
