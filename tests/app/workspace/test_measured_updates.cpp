// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <set>

#include "app/workspace/experiments/update_measurer.h"
#include "core/measures/measure.h"
#include "core/support/error.h"
#include "tests/app/played_topology.h"
#include "tests/core/random_mask.h"
#include "tests/support/test_class.h"
#include "training/models/matrix_group.h"

using namespace dnm;

namespace {

double value(const MeasuredUpdate& measured, std::string_view id) {
  for (std::size_t i = 0; i < measured_quantities().size(); ++i)
    if (measured_quantities()[i].id == id) return measured.values.at(i);
  return -1.0;
}

std::string content(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// Every neuron's links in and out, by walking over all links.
struct Walked {
  std::vector<int> in, out, layer;
};
Walked walked(const Network& network) {
  Walked all;
  for (std::size_t layer = 0; layer < network.layer_sizes().size(); ++layer)
    all.layer.insert(all.layer.end(), network.layer_sizes()[layer], static_cast<int>(layer));
  all.in.resize(all.layer.size());
  all.out.resize(all.layer.size());
  NodeIndex first = 0;
  for (const Mask& mask : network.masks()) {
    for (NodeIndex output = 0; output < mask.n_out; ++output) {
      for (const NodeIndex input : mask.row(output)) {
        ++all.out[first + input];
        ++all.in[first + mask.n_in + output];
      }
    }
    first += mask.n_in;
  }
  return all;
}

}  // namespace

/// The measures of the networks after the updates of a run folder.
class TestMeasuredUpdates : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    QVERIFY(folder_.isValid());
    const Network start =
        Network::layered({30, 24, 16}, {test::random_mask(30, 24, 90, 1), test::random_mask(24, 16, 40, 2)});
    played_ = samples::play_topology(start, 9, run());
  }

  /// The newest first, then the gaps; every one once, with the values of its network.
  void every_network_is_measured() {
    MeasuredRun measured(run());
    std::vector<std::uint64_t> order;
    while (const auto next = measured.next()) {
      order.push_back(*next);
      QVERIFY(order.size() <= 10);
      measured.measure(*next, {});
    }
    QCOMPARE(order.size(), std::size_t{10});
    QCOMPARE(std::set(order.begin(), order.end()).size(), std::size_t{10});
    QCOMPARE(order[0], std::uint64_t{9});
    QCOMPARE(order[1], std::uint64_t{0});
    QVERIFY(order[2] >= 3 && order[2] <= 6);
    MeasureSettings light;
    light.modularity_runs = 3;
    light.sigma_draws = 2;
    for (std::uint64_t update = 0; update <= 9; ++update) {
      const MeasuredUpdate& found = measured.measured().updates.at(update);
      QCOMPARE(found.update, update);
      const Network& network = *played_.networks.at(update);
      for (const Measure& core : measure_table()) {
        const auto expected = core.compute(Graph(network), light, {}, {}).value;
        QVERIFY(expected ? value(found, core.id) == *expected : std::isnan(value(found, core.id)));
      }
      const Walked all = walked(network);
      double sum = 0.0, squares = 0.0, dead = 0.0;
      const auto count = static_cast<double>(all.layer.size());
      for (std::size_t i = 0; i < all.layer.size(); ++i) {
        const double degree = all.in[i] + all.out[i];
        sum += degree;
        squares += degree * degree;
        const bool has_in = all.layer[i] == 0 || all.in[i] > 0, has_out = all.layer[i] == 2 || all.out[i] > 0;
        if (!has_in || !has_out) ++dead;
      }
      QVERIFY(std::abs(value(found, "degree_spread") - std::sqrt(squares / count - sum * sum / count / count)) < 1e-9);
      QCOMPARE(value(found, "dead_neurons"), dead / count);
    }
    QVERIFY(read_measures(run()) == std::vector{measured.measured()});
    QVERIFY(content(run() / measures_file_name).starts_with("update,L,"));
  }

  /// A file that lost its end, or was written by nobody knows what: the rest is measured again, to the same values.
  void damaged_files_are_made_whole_again() {
    const auto whole = read_measures(run());
    const std::string text = content(run() / measures_file_name);
    for (const std::string& bad :
         {text.substr(0, text.size() / 2), std::string("something else\n1,2\n"), std::string()}) {
      std::ofstream(run() / measures_file_name, std::ios::binary) << bad;
      MeasuredRun measured(run());
      QVERIFY(measured.next());
      QVERIFY(measured.measured().updates.size() < whole.front().updates.size());
      while (const auto next = measured.next()) measured.measure(*next, {});
      QVERIFY(read_measures(run()) == whole);
    }
  }

  /// Each group of a Transformer's matrices has rows of its own, measured as its network is.
  void groups_of_matrices_are_measured_apart() {
    const auto folder = std::filesystem::path(folder_.path().toStdString()) / "transformer";
    const auto played = samples::play_layers(samples::transformer_layers(2, 16, 24), 2, folder);
    for (const char* id : {"encoder.ffn", "", "decoder1.context.head2"}) {
      MeasuredRun measured(folder, id);
      while (const auto next = measured.next()) measured.measure(*next, {});
      QCOMPARE(measured.measured().updates.size(), std::size_t{3});
    }
    const std::vector<MeasuredGroup> groups = read_measures(folder);
    QCOMPARE(groups.size(), std::size_t{3});
    QCOMPARE(groups[1].matrices, std::string("encoder1.ffn"));
    MeasureSettings light;
    light.modularity_runs = 3;
    light.sigma_draws = 2;
    for (const MeasuredGroup& group : groups) {
      const auto all = matrix_groups(*played.layers[0], 4);
      for (const MeasuredUpdate& found : group.updates) {
        const auto network = network_of_group(group_named(all, group.matrices), *played.layers[found.update]);
        for (const Measure& core : measure_table()) {
          const auto expected = core.compute(Graph(*network), light, {}, {}).value;
          QVERIFY(expected ? value(found, core.id) == *expected : std::isnan(value(found, core.id)));
        }
      }
    }
    QVERIFY(content(folder / measures_file_name).starts_with("update,matrices,L,"));
    // A group that the run does not have: its first one.
    MeasuredRun other(folder, "layer1");
    QVERIFY(!other.next());
    QVERIFY(other.measured() == groups[1]);
  }

  void the_background_measures_what_is_wanted_and_stops_at_once() {
    std::filesystem::remove(run() / measures_file_name);
    std::map<std::string, MeasuredGroup> measured;
    {
      UpdateMeasurer measurer;
      measurer.want({run().string(), "/no/such/folder"});
      std::vector<std::string> problems;
      QTRY_VERIFY_WITH_TIMEOUT(
          [&] {
            UpdateMeasurer::News news = measurer.poll();
            for (auto& [folder, values] : news.measured) measured[folder] = values;
            problems.insert(problems.end(), news.problems.begin(), news.problems.end());
            return measured[run().string()].updates.size() == 10 && !problems.empty();
          }(),
          60000);
      QCOMPARE(problems.size(), std::size_t{1});
      QVERIFY(std::vector{measured[run().string()]} == read_measures(run()));
      // The run goes on: its next update follows by itself.
      std::filesystem::rename(run() / "topology.bin", run() / "kept.bin");
      played_ = samples::play_topology(*played_.networks.front(), 10, run());
      QTRY_VERIFY_WITH_TIMEOUT((static_cast<void>(measurer.poll()), read_measures(run()).front().updates.size() == 11),
                               60000);
    }
    // A large network is given up in the middle.
    const auto large = std::filesystem::path(folder_.path().toStdString()) / "large";
    static_cast<void>(samples::play_topology(
        Network::layered({784, 1000, 1000},
                         {test::random_mask(784, 1000, 30000, 1), test::random_mask(1000, 1000, 30000, 2)}),
        1, large));
    auto measurer = std::make_unique<UpdateMeasurer>();
    measurer->want({large.string()});
    QTRY_VERIFY_WITH_TIMEOUT(measurer->poll().is_busy, 20000);
    QTest::qWait(200);
    QElapsedTimer clock;
    clock.start();
    measurer.reset();
    QVERIFY2(clock.elapsed() < 2000, qPrintable(QString::number(clock.elapsed())));
    QVERIFY(read_measures(large).empty());
  }

 private:
  [[nodiscard]] std::filesystem::path run() const {
    return std::filesystem::path(folder_.path().toStdString()) / "run";
  }

  QTemporaryDir folder_;
  samples::PlayedTopology played_;
};

DNM_TEST(TestMeasuredUpdates, QCoreApplication)
#include "test_measured_updates.moc"
