// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>
#include <fstream>
#include <memory>
#include <set>
#include <tuple>

#include "app/workspace/experiments/run_folders.h"
#include "app/workspace/experiments/run_moments.h"
#include "core/models/initialiser.h"
#include "core/support/error.h"
#include "tests/app/played_topology.h"
#include "tests/core/error_message.h"
#include "tests/support/test_class.h"
#include "training/runs/topology_file.h"
#include "training/runs/update_recorder.h"
#include "training/runs/updates_file.h"
#include "training/tasks/task_table.h"

using namespace dnm;
using dnm::test::contains;
using dnm::test::message_of;

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t updates = 6;

NetworkPointer small_network(std::uint64_t seed = 1) {
  ModelParameters parameters;
  parameters.layer_sizes = {12, 9, 6};
  parameters.seed = seed;
  set_from_text(parameters, "sparsity", "0.5");
  return generate(parameters).network;
}

/// Layer, output, input.
using Place = std::tuple<std::size_t, NodeIndex, NodeIndex>;

std::set<Place> places_of(const Network& network) {
  std::set<Place> places;
  for (std::size_t layer = 0; layer < network.masks().size(); ++layer)
    for (NodeIndex output = 0; output < network.masks()[layer].n_out; ++output)
      for (const NodeIndex input : network.masks()[layer].row(output)) places.emplace(layer, output, input);
  return places;
}

}  // namespace

/// A run at any of its moments, while it is written and after: each network is that which the rule left.
class TestRunMoments : public QObject {
  Q_OBJECT

  std::unique_ptr<QTemporaryDir> folder_;
  samples::PlayedTopology played_;

  [[nodiscard]] fs::path path(const char* name) const { return fs::path(folder_->path().toStdString()) / name; }

 private Q_SLOTS:
  void init() {
    folder_ = std::make_unique<QTemporaryDir>();
    played_ = samples::play_topology(*small_network(), updates, path("run"));
  }

  void every_moment_in_any_order() {
    RunMoments moments(path("run"));
    QVERIFY(moments.moments().empty());
    QVERIFY(moments.refresh());
    QVERIFY(!moments.refresh());
    QCOMPARE(moments.moments().size(), std::size_t{updates + 1});
    for (std::uint64_t update = 0; update <= updates; ++update) {
      const RunMoment& moment = moments.moments()[update];
      QCOMPARE(moment.update, update);
      QCOMPARE(moment.links, played_.networks[update]->link_count());
      QCOMPARE(moment.step, update == 0 ? std::uint64_t{0} : played_.events[update - 1]->step);
    }
    for (const std::uint64_t update : std::vector<std::uint64_t>{5, 2, 2, 6, 0, 1, 4, 3, 6})
      QVERIFY(*moments.network(update) == *played_.networks[update]);
    // One object each: pictures and measures of a moment that was shown are not made again.
    QVERIFY(moments.network(3) == moments.network(3));
    const std::string message = message_of([&] { static_cast<void>(moments.network(updates + 1)); });
    QVERIFY2(contains(message, "update 7") && contains(message, "the last update there is 6"), message.c_str());
  }

  void a_moment_far_from_the_last_one_is_found() {
    constexpr std::uint64_t many = 150;
    const samples::PlayedTopology played = samples::play_topology(*small_network(), many, path("long"));
    RunMoments moments(path("long"));
    QVERIFY(moments.refresh());
    for (const std::uint64_t update : std::vector<std::uint64_t>{150, 3, 149, 64, 63, 65, 0, 32, 100, 96, 97, 1})
      QVERIFY(*moments.network(update) == *played.networks[update]);
    for (std::uint64_t update = 0; update <= many; ++update)
      QVERIFY(*moments.network(update) == *played.networks[update]);
  }

  void a_run_that_still_writes_is_read_on() {
    QFile written(QString::fromStdString((path("run") / topology_file_name).string()));
    QVERIFY(written.open(QIODevice::ReadOnly));
    const QByteArray whole = written.readAll();
    const fs::path growing = path("growing");
    fs::create_directories(growing);
    const auto write = [&](qsizetype size) {
      QFile file(QString::fromStdString((growing / topology_file_name).string()));
      QVERIFY(file.open(QIODevice::WriteOnly));
      QCOMPARE(file.write(whole.left(size)), size);
    };
    // In pieces that end anywhere, as a reader may find the file.
    RunMoments moments(growing);
    std::size_t before = 0;
    for (qsizetype size = 8; size < whole.size(); size += 37) {
      write(size);
      static_cast<void>(moments.refresh());
      const std::size_t now = moments.moments().size();
      QVERIFY(now >= before);
      before = now;
      if (now > 0) QVERIFY(*moments.network(now - 1) == *played_.networks[now - 1]);
    }
    write(whole.size());
    static_cast<void>(moments.refresh());
    QCOMPARE(moments.moments().size(), std::size_t{updates + 1});

    // A run that starts again in the folder.
    const auto again = samples::play_topology(*small_network(2), updates, path("again"));
    fs::copy_file(path("again") / topology_file_name, growing / topology_file_name,
                  fs::copy_options::overwrite_existing);
    QVERIFY(moments.refresh());
    for (std::uint64_t update = 0; update <= updates; ++update)
      QVERIFY(*moments.network(update) == *again.networks[update]);
  }

  void the_networks_of_what_is_shown() {
    RunMoments moments(path("run"));
    static_cast<void>(moments.refresh());
    ShownRun run{.update = 4};
    moments.read(run);
    QVERIFY(*run.network == *played_.networks[4] && *run.before == *played_.networks[3]);
    ShownRun compared{.update = 4, .compared = 6};
    moments.read(compared);
    QVERIFY(compared.network == run.network && *compared.before == *played_.networks[6]);
    ShownRun start;
    moments.read(start);
    QVERIFY(start.network == start.before && *start.network == *played_.networks[0]);
  }

  /// Every group of a Transformer after any update, in any order; each link is looked up in the layers of the run.
  void groups_of_a_transformer_at_every_moment() {
    const fs::path folder = path("transformer");
    const auto played = samples::play_layers(samples::transformer_layers(2, 16, 24), updates, folder);
    std::ofstream(folder / "config.json") << R"({"settings": {"architecture": "transformer", "heads": "2"}})";
    RunMoments moments(folder);
    QVERIFY(moments.groups().empty());
    static_cast<void>(moments.refresh());
    // Matrices, v → o of six attentions, four feed-forward blocks, two sides, and two heads of each attention.
    QCOMPARE(moments.groups().size(), std::size_t{32 + 6 + 4 + 2 + 12});
    const auto mask = [&](std::uint64_t update, const char* name) {
      return std::ranges::find(*played.layers[update], name, &NamedMask::name)->mask;
    };
    for (const std::uint64_t update : std::vector<std::uint64_t>{5, 2, 6, 0, 1}) {
      const NetworkPointer block = moments.network(update, "encoder2.ffn");
      QVERIFY(block->masks() == (std::vector{mask(update, "encoder2.ffn.w1"), mask(update, "encoder2.ffn.w2")}));
      QVERIFY(moments.network(update, "decoder1.context.k")->masks() ==
              std::vector{mask(update, "decoder1.context.k")});
      for (const MatrixGroup& group : moments.groups()) {
        const NetworkPointer network = moments.network(update, group.id);
        QVERIFY(*network == *network_of_group(group, *played.layers[update]));
        QVERIFY(network == moments.network(update, group.id));
      }
    }
    ShownRun run{.update = 4};
    moments.read(run);
    QCOMPARE(run.matrices, std::string("encoder1.ffn"));
    QVERIFY(*run.network == *moments.network(4) && *run.before == *moments.network(3));
    ShownRun head{.update = 4, .matrices = "decoder2.self.head2", .compared = 0};
    moments.read(head);
    QVERIFY((head.network->layer_sizes() == std::vector<NodeIndex>{8, 16, 8}));
    QVERIFY(*head.before == *moments.network(0, "decoder2.self.head2"));
    const std::string message = message_of([&] { static_cast<void>(moments.network(4, "encoder1.ffm")); });
    QVERIFY2(contains(message, "did you mean \"encoder1.ffn\"?"), message.c_str());
    QVERIFY(*network_of_run(folder, 3, "encoder1.self.v-o") == *moments.network(3, "encoder1.self.v-o"));
  }

  /// What a tick of a group tells, against the links of its networks before and after.
  void the_moments_of_a_group_are_counted_over_its_rows() {
    const fs::path folder = path("transformer");
    const auto played = samples::play_layers(samples::transformer_layers(2, 16, 24), updates, folder);
    std::ofstream(folder / "config.json") << R"({"settings": {"architecture": "transformer", "heads": "2"}})";
    RunMoments moments(folder);
    static_cast<void>(moments.refresh());
    for (const MatrixGroup& group : moments.groups()) {
      const std::vector<RunMoment> counted = moments.moments(group.id);
      QCOMPARE(counted.size(), std::size_t{updates + 1});
      std::set<Place> before;
      for (std::uint64_t update = 0; update <= updates; ++update) {
        const std::set<Place> after = places_of(*network_of_group(group, *played.layers[update]));
        const RunMoment& moment = counted[update];
        QCOMPARE(moment.links, after.size());
        QCOMPARE(moment.step, moments.moments()[update].step);
        if (update > 0) {
          const auto is_new = [&](const Place& place) { return !before.contains(place); };
          const auto has_gone = [&](const Place& place) { return !after.contains(place); };
          QCOMPARE(moment.grown, static_cast<std::uint64_t>(std::ranges::count_if(after, is_new)));
          QCOMPARE(moment.removed, static_cast<std::uint64_t>(std::ranges::count_if(before, has_gone)));
        }
        before = after;
      }
    }
    QVERIFY(contains(message_of([&] { static_cast<void>(moments.moments("encoder1.ffm")); }), "did you mean"));
  }

  void the_layers_before_an_update() {
    const auto played = samples::play_layers(samples::transformer_layers(1, 8, 12), 3, path("transformer"));
    for (std::size_t update = 1; update <= 3; ++update)
      QVERIFY(*layers_before(*played.layers[update], *played.events[update - 1]) == *played.layers[update - 1]);
    QVERIFY(layers_before(*played.layers[1], *played.events[2]) == nullptr);
    QVERIFY(layers_before(*played_.layers[1], *played.events[0]) == nullptr);
  }

  void what_is_missing_is_named() {
    const auto problem = [](const fs::path& folder) {
      return message_of([&] {
        RunMoments moments(folder);
        static_cast<void>(moments.refresh());
      });
    };
    QVERIFY(contains(problem({}), "no run folder"));
    QVERIFY(contains(problem(path("moved")), "there is no run folder"));
    fs::create_directories(path("static"));
    QVERIFY(contains(problem(path("static")), "only runs under a rewiring rule"));
    std::ofstream(path("static") / topology_file_name) << "something else";
    QVERIFY(contains(problem(path("static")), "no record of a run's topology"));
  }

  void what_the_file_has_lost_is_said() {
    const fs::path file = path("run") / topology_file_name;
    RunMoments whole(path("run"));
    static_cast<void>(whole.refresh());
    QVERIFY(whole.gap().empty());
    UpdatesFile(path("run") / updates_file_name, *metrics_of(TrainingSettings{}).leading)
        .begin(UpdateRecorder(0, 3.0).replay(read_topology_file(file)));
    QVERIFY(whole.gap().empty());
    QFile damaged(QString::fromStdString(file.string()));
    QVERIFY(damaged.open(QIODevice::ReadWrite));
    QByteArray bytes = damaged.readAll();
    bytes[bytes.size() * 2 / 3] = static_cast<char>(~bytes[bytes.size() * 2 / 3]);
    QVERIFY(damaged.seek(0) && damaged.write(bytes) == bytes.size() && damaged.flush());
    RunMoments shorter(path("run"));
    static_cast<void>(shorter.refresh());
    const std::uint64_t last = shorter.moments().back().update;
    QVERIFY(last < updates);
    QVERIFY(contains(shorter.gap(), "is damaged after update " + std::to_string(last) + " of 6"));
  }

  /// A run whose file was lost goes on in a new one.
  void a_file_that_begins_later() {
    fs::create_directories(path("later"));
    const auto layers = read_topology_file(path("run") / topology_file_name).after(4);
    TopologyFile file(path("later") / topology_file_name);
    static_cast<void>(file.begin(layers, 4));
    RunMoments moments(path("later"));
    static_cast<void>(moments.refresh());
    QVERIFY(contains(moments.gap(), "begins after update 4"));
    ShownRun first{.update = 4};
    moments.read(first);
    QVERIFY(*first.network == *played_.networks[4] && first.before == first.network);
  }

  /// A run resumed after its file was cut: it keeps what it has, and goes on from the checkpoint.
  void a_network_whose_predecessor_is_lost_is_compared_with_none() {
    fs::create_directories(path("cut"));
    const TopologyHistory whole = read_topology_file(path("run") / topology_file_name);
    {
      TopologyFile file(path("cut") / topology_file_name);
      static_cast<void>(file.begin(whole.after(0), 0));
    }
    TopologyFile file(path("cut") / topology_file_name);
    static_cast<void>(file.begin(whole.after(4), 4));
    for (const std::size_t update : {std::size_t{5}, std::size_t{6}})
      file.add(*played_.events[update - 1], whole.after(update));
    RunMoments moments(path("cut"));
    static_cast<void>(moments.refresh());
    // The network that is there without its update has a tick, placed by its number.
    QCOMPARE(moments.moments().size(), std::size_t{4});
    const RunMoment& lone = moments.moments()[1];
    QVERIFY(lone.update == 4 && lone.epoch == 0 && lone.links == played_.networks[4]->link_count());
    QCOMPARE(lone.step, played_.events[4]->step * 4 / 5);
    QCOMPARE(moments.moments()[2].step, played_.events[4]->step);
    ShownRun run{.update = 4};
    moments.read(run);
    QVERIFY(*run.network == *played_.networks[4] && !run.before);
    QVERIFY2(contains(moments.gap(), "lacks the updates 1 to 3") && contains(moments.gap(), "update 4 is compared"),
             moments.gap().c_str());
    ShownRun next{.update = 5};
    moments.read(next);
    QVERIFY(*next.network == *played_.networks[5] && *next.before == *played_.networks[4]);
    ShownRun chosen{.update = 4, .compared = 2};
    QVERIFY(contains(message_of([&] { moments.read(chosen); }), "update 2 has not been kept"));
  }

  void a_folder_of_one_run_stands_for_it() {
    QVERIFY(rewired_run_in(path("run")) == path("run"));
    fs::create_directories(path("group"));
    QVERIFY(
        contains(message_of([&] { static_cast<void>(rewired_run_in(path("group"))); }), "there is no topology.bin"));
    fs::copy(path("run"), path("group") / "seed-1");
    QVERIFY(rewired_run_in(path("group")) == path("group") / "seed-1");
    fs::copy(path("run"), path("group") / "seed-2");
    QVERIFY(contains(message_of([&] { static_cast<void>(rewired_run_in(path("group"))); }), "holds 2 runs"));
  }

  void moments_in_words() {
    QCOMPARE(moment_text({.update = 0}, 74), std::string("as the run began"));
    QCOMPARE(moment_text({.update = 12, .epoch = 13}, 74), std::string("update 12 of 74, epoch 13"));
    QCOMPARE(moment_text({.update = 12}, 74), std::string("update 12 of 74"));
    QCOMPARE(moment_text({.update = 12, .epoch = 13}, 74, 11), std::string("update 12 of 74, epoch 13"));
    QCOMPARE(moment_text({.update = 12, .epoch = 13}, 74, 0),
             std::string("update 12 of 74, epoch 13, since the start"));
    QCOMPARE(moment_text({.update = 0}, 74, 5), std::string("as the run began, against update 5"));
  }
};

DNM_TEST(TestRunMoments)
#include "test_run_moments.moc"
