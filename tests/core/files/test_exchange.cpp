// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QTest>
#include <algorithm>

#include "core/files/network_builder.h"
#include "core/files/network_files.h"
#include "tests/core/files/network_samples.h"
#include "tests/core/files/python.h"
#include "tests/support/places.h"
#include "tests/support/test_class.h"

using dnm::Mask;
using dnm::Network;
using dnm::NetworkFile;
using dnm::NodeIndex;
using dnm::test::Ended;
using dnm::test::python_with;
using dnm::test::run;

namespace {

QString load_mask() { return QString(dnm::test::source_folder()) + "/resources/python/load_mask.py"; }

/// "u v" per link, sorted, as exchange.py tells them.
std::string told(std::vector<std::pair<std::uint64_t, std::uint64_t>> links) {
  std::sort(links.begin(), links.end());
  std::string text;
  for (const auto& [u, v] : links) text += std::to_string(u) + " " + std::to_string(v) + "\n";
  return text;
}

std::string links_of(const Network& network, bool both_ways = false) {
  std::vector<std::pair<std::uint64_t, std::uint64_t>> links;
  dnm::for_each_link(network, [&](NodeIndex u, NodeIndex v) {
    links.emplace_back(u, v);
    if (both_ways) links.emplace_back(v, u);
  });
  return told(links);
}

/// Rows (outputs) and columns (inputs) of a mask.
std::string cells_of(const Mask& mask) {
  std::vector<std::pair<std::uint64_t, std::uint64_t>> cells;
  for (NodeIndex output = 0; output < mask.n_out; ++output) {
    for (const NodeIndex input : mask.row(output)) cells.emplace_back(output, input);
  }
  return told(cells);
}

}  // namespace

/// What is written here is read by the tools of the field, with the same links, and what they write is read here.
/// Needs Python with SciPy, and NetworkX or igraph for GraphML; without them it is skipped.
class TestExchange : public QObject {
  Q_OBJECT

 private:
  dnm::test::NetworkFolder folder_;
  const QString script_ = QString(dnm::test::source_folder()) + "/tests/core/files/exchange.py";

  Ended exchange(const QString& python, const QString& command) const {
    return run(python, {script_, command, folder_.path()});
  }
  static QString notices_of(const NetworkFile& file) {
    QStringList list;
    for (const std::string& notice : file.notices) list += QString::fromStdString(notice);
    return list.join("|");
  }

 private Q_SLOTS:
  void graphml_data() {
    QTest::addColumn<QString>("module");
    QTest::addColumn<int>("sample");
    for (const char* module : {"networkx", "igraph"}) {
      for (int sample = 0; sample < 4; ++sample) {
        QTest::addRow("%s, network %d", module, sample) << QString(module) << sample;
      }
    }
  }
  void graphml() {
    QFETCH(QString, module);
    QFETCH(int, sample);
    const QString python = python_with("scipy, " + module);
    if (python.isEmpty()) QSKIP(qPrintable("Python with SciPy and " + module + " is not installed"));
    NetworkFile file = dnm::test::samples()[static_cast<std::size_t>(sample)];
    const NodeIndex nodes = file.network->node_count();
    for (NodeIndex node = 0; node < nodes; ++node) {
      file.attributes.community.push_back(static_cast<std::int32_t>(node % 3));
      file.attributes.radius.push_back(1.0 / (1.0 + node));
      file.attributes.theta.push_back(node / 7.0);
    }
    dnm::write_network(folder_.file("ours.graphml"), file);
    const Ended ended = exchange(python, module);
    QVERIFY2(ended.well, ended.errors.constData());
    QCOMPARE(dnm::test::content_of(folder_.file("links.txt")), links_of(*file.network));
    const NetworkFile theirs = dnm::read_network(folder_.file("theirs.graphml"));
    QVERIFY(*theirs.network == *file.network);
    QVERIFY2(theirs.notices.empty(), qPrintable(notices_of(theirs)));
    QCOMPARE(theirs.provenance, file.provenance);
    const NetworkFile weighted = dnm::read_network(folder_.file("theirs_weighted.graphml"));
    QVERIFY(*weighted.network == *file.network);
    QVERIFY2(notices_of(weighted).contains("weights"), qPrintable(notices_of(weighted)));
    // Both directions of every link.
    const NetworkFile directed = dnm::read_network(folder_.file("theirs_directed.graphml"));
    QVERIFY(dnm::test::nameless(directed) == *file.network);
    QCOMPARE(directed.network->names().ids.empty(), module == "igraph");
    if (module == "networkx") QCOMPARE(directed.network->name_of(3), std::string_view("neuron <n3>"));
    QVERIFY2(notices_of(directed).contains("directed"), qPrintable(notices_of(directed)));
    const QString repeated = QString::number(file.network->link_count()) + " repeated";
    QVERIFY2(notices_of(directed).contains(repeated), qPrintable(notices_of(directed)));
  }

  void matrix_market_data() {
    QTest::addColumn<int>("sample");
    for (int sample = 0; sample < 4; ++sample) QTest::addRow("network %d", sample) << sample;
  }
  void matrix_market() {
    QFETCH(int, sample);
    const QString python = python_with("scipy.io");
    if (python.isEmpty()) QSKIP("Python with SciPy is not installed");
    const NetworkFile file = dnm::test::samples()[static_cast<std::size_t>(sample)];
    const Network& network = *file.network;
    dnm::write_network(folder_.file("ours.mtx"), file);
    const Ended ended = exchange(python, "mtx");
    QVERIFY2(ended.well, ended.errors.constData());
    const bool is_one_mask = network.is_layered() && network.masks().size() == 1;
    QCOMPARE(dnm::test::content_of(folder_.file("links.txt")),
             is_one_mask ? cells_of(network.masks().front()) : links_of(network, true));
    for (const char* name : {"theirs.mtx", "theirs_real.mtx", "theirs_integer.mtx"}) {
      const NetworkFile theirs = dnm::read_network(folder_.file(name));
      // SciPy drops our comment, and with it the layers of a whole adjacency matrix.
      if (is_one_mask) {
        QVERIFY2(*theirs.network == network, name);
      } else {
        QVERIFY2(!theirs.network->is_layered() && links_of(*theirs.network) == links_of(network), name);
      }
      QCOMPARE(theirs.notices.size(), std::size_t{QString(name).contains("real") ? 1U : 0U});
    }
  }

  void scipy_archives() {
    const QString python = python_with("scipy.sparse");
    if (python.isEmpty()) QSKIP("Python with SciPy is not installed");
    const NetworkFile file = dnm::test::samples()[1];
    dnm::write_network(folder_.file("ours.npz"), file);
    const Ended ended = exchange(python, "npz");
    QVERIFY2(ended.well, ended.errors.constData());
    QCOMPARE(dnm::test::content_of(folder_.file("links.txt")), cells_of(file.network->masks().front()));
    int read = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path().toStdString())) {
      if (!entry.path().filename().string().starts_with("theirs_") || entry.path().extension() != ".npz") continue;
      const NetworkFile theirs = dnm::read_network(entry.path());
      QVERIFY2(*theirs.network == *file.network, entry.path().c_str());
      QVERIFY2(theirs.notices.empty(), entry.path().c_str());
      ++read;
    }
    QCOMPARE(read, 2 * 12 + 1);
    QCOMPARE(dnm::read_network(folder_.file("theirs_layered.npz")).provenance, std::string("tést"));
    const NetworkFile weighted = dnm::read_network(folder_.file("weighted.npz"));
    QVERIFY(*weighted.network == *file.network);
    QVERIFY(notices_of(weighted).contains("weights"));
  }

  /// More links than the ones beside them are kept in memory.
  void scipy_reads_a_large_layer() {
    const QString python = python_with("scipy.sparse");
    if (python.isEmpty()) QSKIP("Python with SciPy is not installed");
    constexpr std::uint64_t links = 600001;
    const auto network = dnm::test::share(Network::layered({1000, 900}, {dnm::test::random_mask(1000, 900, links, 1)}));
    dnm::write_network(folder_.file("large.npz"), {network, ""});
    QVERIFY(*dnm::read_network(folder_.file("large.npz")).network == *network);
    const QString path = QString::fromStdString(folder_.file("large.npz").string());
    const Ended ended = run(python, {"-c",
                                     "import sys, scipy.sparse; m = scipy.sparse.load_npz(sys.argv[1]);"
                                     "print(m.shape, m.nnz, m.data.min(), m.data.max(), int(m.indices.sum()))",
                                     path});
    QVERIFY2(ended.well, ended.errors.constData());
    std::uint64_t sum = 0;
    for (const NodeIndex column : network->masks().front().columns) sum += column;
    QCOMPARE(ended.output.trimmed(), "(900, 1000) 600001 1.0 1.0 " + QByteArray::number(quint64{sum}));
  }

  /// The example that users start from, as a program and, where PyTorch is there, with it.
  void python_example() {
    const QString python = python_with("scipy.sparse");
    if (python.isEmpty()) QSKIP("Python with SciPy is not installed");
    const NetworkFile file = dnm::test::samples().front();
    dnm::write_network(folder_.file("ours.npz"), file);
    const QString path = QString::fromStdString(folder_.file("ours.npz").string());
    const Ended shown = run(python, {load_mask(), path});
    QVERIFY2(shown.well, shown.errors.constData());
    QCOMPARE(shown.output, QByteArray("layer 1: 20 -> 30, 80 links, density 0.1333\n"
                                      "layer 2: 30 -> 15, 60 links, density 0.1333\n"));
    const QString with_torch = python_with("scipy.sparse, torch");
    if (with_torch.isEmpty()) QSKIP("Python with PyTorch is not installed: the part without it passed");
    const Ended trained = run(with_torch, {load_mask(), path, "--torch"});
    QVERIFY2(trained.well, trained.errors.constData());
    QVERIFY2(trained.output.contains("80 weights and 80 gradients are not zero"), trained.output.constData());
    QVERIFY2(trained.output.contains("60 weights and 60 gradients are not zero"), trained.output.constData());
  }
};

DNM_TEST(TestExchange, QCoreApplication)
#include "test_exchange.moc"
