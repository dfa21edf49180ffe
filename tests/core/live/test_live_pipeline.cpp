// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "core/network/random.h"
#include "tests/core/live/watched_pipeline.h"
#include "tests/support/test_class.h"

using namespace dnm;
using namespace std::chrono_literals;

namespace {

std::int64_t detail(const Measurement& measurement, std::string_view key) {
  for (const auto& [name, value] : measurement.details) {
    if (name == key) return std::get<std::int64_t>(value);
  }
  return -1;
}

}  // namespace

class TestLivePipeline : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void begins_empty() {
    Watched pipeline;
    const LiveSnapshot shown = pipeline->snapshot();
    QCOMPARE(shown.generation, std::uint64_t{0});
    QVERIFY(!shown.all_fresh());
    QCOMPARE(shown.measures.size(), measure_table().size());
    QVERIFY(!shown.network.value && !shown.embedding.value);
  }

  void shows_what_direct_computation_gives() {
    for (const unsigned threads : {1U, 2U, 5U}) {
      Watched pipeline({}, threads);
      const LiveRequest asked = small_request(threads);
      QCOMPARE(pipeline->submit(asked), std::uint64_t{1});
      QVERIFY(pipeline.settle());
      const LiveSnapshot shown = pipeline->snapshot();
      const Direct expected(asked);
      QVERIFY(shows(shown, expected));
      QCOMPARE(shown.embedding.value->theta, expected.embedding.theta);
      for (const auto& measure : shown.measures) QCOMPARE(measure.freshness, Freshness::fresh);
    }
  }

  void a_thousand_requests_end_in_the_last_and_never_show_an_old_one() {
    // Variants differ in node count, so that every value can be told apart.
    std::vector<LiveRequest> variants;
    std::vector<Direct> expected;
    for (NodeIndex i = 0; i < 6; ++i) {
      variants.push_back(request({18 + i, 25 + 2 * i, 20}, 0.8, i));
      expected.emplace_back(variants.back());
    }
    std::atomic<int> wrong = 0;
    std::atomic<int> networks = 0;
    std::atomic<std::uint64_t> newest = 0;
    const auto look = [&](const LiveSnapshot& shown) {
      const std::size_t variant = shown.request.parameters.seed;
      const Direct& right = expected[variant];
      std::uint64_t before = newest;
      while (before < shown.generation && !newest.compare_exchange_weak(before, shown.generation)) {
      }
      if (shown.network.freshness == Freshness::fresh) {
        ++networks;
        wrong += *shown.network.value == *right.network ? 0 : 1;
      }
      if (shown.embedding.freshness == Freshness::fresh) {
        wrong += shown.embedding.value->radius == right.embedding.radius ? 0 : 1;
      }
      for (std::size_t i = 0; i < shown.measures.size(); ++i) {
        if (shown.measures[i].freshness == Freshness::fresh) {
          wrong += same(*shown.measures[i].value, right.measures[i]) ? 0 : 1;
          // Nothing is measured before there is a network to measure.
          wrong += shown.network.freshness == Freshness::fresh ? 0 : 1;
        }
      }
    };
    Watched pipeline(look);
    Random random(1);
    double slowest = 0.0;
    for (std::uint64_t i = 1; i <= 1000; ++i) {
      const LiveRequest& next = variants[i == 1000 ? 3 : random.below(variants.size())];
      std::uint64_t generation = 0;
      slowest = std::max(slowest, timed([&] { generation = pipeline->submit(next); }));
      QCOMPARE(generation, i);
      if (i % 10 == 0) QTest::qSleep(1);
    }
    QVERIFY(pipeline.settle());
    const LiveSnapshot shown = pipeline->snapshot();
    QCOMPARE(shown.generation, std::uint64_t{1000});
    QCOMPARE(newest.load(), std::uint64_t{1000});
    QVERIFY(shows(shown, expected[3]));
    QCOMPARE(wrong.load(), 0);
    qInfo("slowest of 1000 submits %.3f ms; %d looks at a fresh network", slowest, networks.load());
  }

  void a_drag_at_sixty_per_second_sees_its_networks() {
    std::mutex mutex;
    std::vector<std::uint64_t> drawn;
    Watched pipeline([&](const LiveSnapshot& shown) {
      const std::scoped_lock lock(mutex);
      if (shown.network.freshness == Freshness::fresh && (drawn.empty() || drawn.back() != shown.generation)) {
        drawn.push_back(shown.generation);
      }
    });
    constexpr int steps = 30;
    for (int i = 0; i < steps; ++i) {
      LiveRequest next = request({98, 196, 196}, 0.9 + 0.001 * i);
      next.quality = LiveQuality::draft;
      pipeline->submit(std::move(next));
      QTest::qSleep(16);
    }
    QVERIFY(pipeline.wait([](const LiveSnapshot& shown) { return shown.network.freshness == Freshness::fresh; }));
    const std::scoped_lock lock(mutex);
    qInfo("%zu of %d dragged networks were shown", drawn.size(), steps);
    QVERIFY(drawn.size() >= 5);  // a loaded machine may drop some, never nearly all
  }

  void consistency_fills_in_draw_by_draw() {
    std::mutex mutex;
    std::vector<std::int64_t> draws;
    bool sound = true;
    Watched pipeline([&](const LiveSnapshot& shown) {
      const auto& value = shown.measures[consistency];
      const std::scoped_lock lock(mutex);
      sound &= value.progress >= 0.0 && value.progress <= 1.0;
      if (value.freshness != Freshness::computing || !value.value) return;
      const std::int64_t told = detail(*value.value, "draws");
      if (draws.empty() || draws.back() != told) draws.push_back(told);
    });
    LiveRequest asked = request({60, 90, 60});
    asked.measures.sigma_draws = 100'000;  // no machine ends them within the interval of partial results
    pipeline->submit(asked);
    QVERIFY(pipeline.wait([&](const LiveSnapshot&) {
      const std::scoped_lock lock(mutex);
      return draws.size() >= 2;
    }));
    asked.measures.sigma_draws = 20;
    pipeline->submit(asked);
    QVERIFY(pipeline.settle());
    QCOMPARE(detail(*pipeline->snapshot().measures[consistency].value, "draws"), std::int64_t{20});
    const std::scoped_lock lock(mutex);
    QVERIFY(sound);
    QVERIFY(draws[0] >= 1);
    QVERIFY(draws[0] < draws[1]);
  }

  void partial_results_and_progress_are_told_at_most_five_times_a_second() {
    std::atomic<int> told = 0;
    Watched pipeline([&](const LiveSnapshot&) { ++told; }, 4);  // Q does not wait for γ then
    LiveRequest asked = small_request();
    asked.measures.p_value_samples = 10'000'000;  // each one partial result, in tens of microseconds
    pipeline->submit(asked);
    // σ_c waits for γ, so that nothing else starts or ends from then on.
    const auto is_fresh = [](const auto& value) { return value.freshness == Freshness::fresh; };
    QVERIFY(pipeline.wait([&](const LiveSnapshot& shown) {
      return is_fresh(shown.measures[path_length]) && is_fresh(shown.measures[modularity]) && is_fresh(shown.embedding);
    }));
    const auto samples = [&] { return detail(*pipeline->snapshot().measures[power_law].value, "p_value_samples"); };
    QVERIFY(pipeline.wait([&](const LiveSnapshot& shown) { return shown.measures[power_law].value != nullptr; }));
    const std::int64_t samples_before = samples();
    const int told_before = told;
    const double elapsed = timed([] { std::this_thread::sleep_for(2s); });
    const int notices = told - told_before;
    QVERIFY(notices >= 3);
    QVERIFY2(notices <= elapsed / 200 + 1, qPrintable(QString::number(notices)));
    QVERIFY(samples() > samples_before + 100);
    pipeline->cancel();
  }

  void a_given_network_is_taken_as_it_is() {
    Watched pipeline;
    LiveRequest asked = small_request();
    asked.network = generate(small_request(77).parameters).network;
    pipeline->submit(asked);
    const LiveSnapshot at_once = pipeline->snapshot();
    QCOMPARE(at_once.network.freshness, Freshness::fresh);
    QCOMPARE(at_once.network.value, asked.network);
    QVERIFY(pipeline.settle());
    QVERIFY(shows(pipeline->snapshot(), Direct(asked)));
  }

  void a_given_network_without_links_has_reasons_not_values() {
    Watched pipeline;
    LiveRequest asked = small_request();
    asked.network = std::make_shared<const Network>(Network::general(5, {}));
    pipeline->submit(asked);
    QVERIFY(pipeline.settle());
    const LiveSnapshot shown = pipeline->snapshot();
    for (const auto& measure : shown.measures) {
      QCOMPARE(measure.freshness, Freshness::fresh);
      QVERIFY(!measure.value->value && !measure.value->reason.empty());
    }
    QCOMPARE(shown.embedding.value->theta.size(), std::size_t{5});
  }

  void a_draft_becomes_full_without_drawing_again() {
    Watched pipeline;
    LiveRequest asked = small_request();
    asked.quality = LiveQuality::draft;
    pipeline->submit(asked);
    QVERIFY(pipeline.settle());
    const LiveSnapshot draft = pipeline->snapshot();
    QCOMPARE(detail(*draft.measures[modularity].value, "runs"), std::int64_t{1});
    QVERIFY(detail(*draft.measures[consistency].value, "draws") < 4);
    asked.quality = LiveQuality::full;
    pipeline->submit(asked);
    QCOMPARE(pipeline->snapshot().network.freshness, Freshness::fresh);
    QVERIFY(pipeline.settle());
    const LiveSnapshot full = pipeline->snapshot();
    QCOMPARE(full.network.value, draft.network.value);
    QVERIFY(shows(full, Direct(asked)));
    // The very same request once more: everything still holds.
    pipeline->submit(asked);
    QVERIFY(pipeline->snapshot().all_fresh());
    QVERIFY(pipeline->snapshot().measures[consistency].value == full.measures[consistency].value);
  }

  void a_drag_turns_the_disk_smoothly_and_ends_in_the_standard_orientation() {
    Watched pipeline;
    std::shared_ptr<const Embedding> before;
    for (const std::uint64_t seed : {1U, 2U, 3U}) {
      LiveRequest asked = small_request(seed);
      asked.parameters.initialiser = "random";  // no rotation is natural
      asked.quality = LiveQuality::draft;
      pipeline->submit(asked);
      QVERIFY(pipeline.settle());
      const auto shown = pipeline->snapshot().embedding.value;
      const Embedding raw = embed(Graph(*generate(asked.parameters).network), asked.embedding);
      QCOMPARE(shown->theta, (before ? aligned(raw, *before) : in_standard_orientation(raw)).theta);
      before = shown;
    }
    // Released, without another network: the same disk as from scratch, to the bit.
    LiveRequest asked = small_request(3);
    asked.parameters.initialiser = "random";
    pipeline->submit(asked);
    QVERIFY(pipeline.settle());
    const LiveSnapshot released = pipeline->snapshot();
    QCOMPARE(released.embedding.value->theta, Direct(asked).embedding.theta);
    QVERIFY(released.embedding.value->theta != before->theta);
    // Nothing moves when it is asked for once more, nor when the next drag begins with the same network.
    asked.quality = LiveQuality::draft;
    pipeline->submit(asked);
    QVERIFY(pipeline->snapshot().embedding.value == released.embedding.value);
    QCOMPARE(pipeline->snapshot().embedding.freshness, Freshness::fresh);
  }

  void another_embedding_keeps_the_measures() {
    Watched pipeline;
    LiveRequest asked = small_request();
    pipeline->submit(asked);
    QVERIFY(pipeline.settle());
    const LiveSnapshot before = pipeline->snapshot();
    asked.embedding = parse_embedding_method("RA2-LE-original");
    pipeline->submit(asked);
    QCOMPARE(pipeline->snapshot().measures[consistency].freshness, Freshness::fresh);
    QVERIFY(pipeline.settle());
    const LiveSnapshot after = pipeline->snapshot();
    QVERIFY(after.measures[path_length].value == before.measures[path_length].value);
    QCOMPARE(after.embedding.value->theta, Direct(asked).embedding.theta);
  }

  void a_changed_setting_touches_its_own_measure() {
    Watched pipeline;
    LiveRequest asked = small_request();
    pipeline->submit(asked);
    QVERIFY(pipeline.settle());
    const LiveSnapshot before = pipeline->snapshot();
    asked.measures.modularity = ModularityMethod::spectral;
    pipeline->submit(asked);
    const LiveSnapshot at_once = pipeline->snapshot();
    for (const std::size_t other : {path_length, consistency, power_law}) {
      QCOMPARE(at_once.measures[other].freshness, Freshness::fresh);
    }
    QVERIFY(pipeline.settle());
    const LiveSnapshot after = pipeline->snapshot();
    QVERIFY(shows(after, Direct(asked)));
    for (const std::size_t other : {path_length, consistency, power_law}) {
      QVERIFY(after.measures[other].value == before.measures[other].value);
    }
    asked.measures.p_value_samples = 20;
    pipeline->submit(asked);
    QVERIFY(pipeline.settle());
    QVERIFY(pipeline->snapshot().measures[modularity].value == after.measures[modularity].value);
    QCOMPARE(detail(*pipeline->snapshot().measures[power_law].value, "p_value_samples"),
             Direct(asked).measures[power_law].value ? std::int64_t{20} : std::int64_t{0});
  }

  void chance_comes_last_and_fills_in() {
    std::mutex mutex;
    std::vector<int> copies;
    bool sound = true;
    Watched pipeline([&](const LiveSnapshot& shown) {
      const std::scoped_lock lock(mutex);
      for (const auto& chance : shown.chance) {
        if (chance.freshness != Freshness::computing) continue;
        // Only when all values are there.
        sound &= shown.embedding.freshness == Freshness::fresh;
        for (const auto& measure : shown.measures) sound &= measure.freshness == Freshness::fresh;
        if (chance.value) copies.push_back(chance.value->copies);
      }
    });
    LiveRequest asked = request({150, 250, 150});  // partial results are told a few times a second
    asked.chance_copies = 8;
    pipeline->submit(asked);
    QVERIFY(!pipeline->snapshot().all_fresh());
    QVERIFY(pipeline.settle());
    const LiveSnapshot shown = pipeline->snapshot();
    const Direct expected(asked);
    QVERIFY(shows(shown, expected));
    const Graph graph(*expected.network);
    for (std::size_t i = 0; i < shown.chance.size(); ++i) {
      QCOMPARE(shown.chance[i].freshness, Freshness::fresh);
      const ChanceComparison direct =
          compare_with_chance(measure_table()[i], expected.measures[i], graph, asked.measures, asked.chance_copies);
      QCOMPARE(shown.chance[i].value->z, direct.z);
      QCOMPARE(shown.chance[i].value->reason, direct.reason);
    }
    {
      const std::scoped_lock lock(mutex);
      QVERIFY(sound);
      QVERIFY(!copies.empty() && copies.front() < 8);
    }
    // Another estimator of Q: the other comparisons hold.
    asked.measures.modularity = ModularityMethod::louvain;
    pipeline->submit(asked);
    QCOMPARE(pipeline->snapshot().chance[consistency].freshness, Freshness::fresh);
    QVERIFY(pipeline.settle());
    QVERIFY(pipeline->snapshot().chance[consistency].value == shown.chance[consistency].value);
    QVERIFY(pipeline->snapshot().chance[modularity].value != shown.chance[modularity].value);
    // Without a comparison none is shown; a draft makes none.
    asked.chance_copies = 0;
    pipeline->submit(asked);
    QVERIFY(!pipeline->snapshot().chance[path_length].value);
    QVERIFY(pipeline->snapshot().all_fresh());
    LiveRequest draft = small_request(4);
    draft.quality = LiveQuality::draft;
    draft.chance_copies = 8;
    draft.measures.p_value_samples = 1000;
    pipeline->submit(draft);
    QVERIFY(pipeline.settle());
    for (const auto& chance : pipeline->snapshot().chance) QVERIFY(!chance.value);
    QCOMPARE(detail(*pipeline->snapshot().measures[power_law].value, "p_value_samples"), std::int64_t{-1});
  }

  void chance_of_what_has_failed_fails() {
    Watched pipeline;
    LiveRequest asked = small_request();
    asked.measures.removed = {{{0, 1}}};  // two inputs: never a link
    asked.chance_copies = 2;
    pipeline->submit(asked);
    QVERIFY(pipeline.settle());
    QCOMPARE(pipeline->snapshot().chance[consistency].freshness, Freshness::failed);
    QCOMPARE(pipeline->snapshot().chance[path_length].freshness, Freshness::fresh);
    asked.chance_copies = 1;
    pipeline->submit(asked);
    QVERIFY(pipeline.settle());
    QVERIFY(pipeline->snapshot().chance[path_length].problem.find("2 copies") != std::string::npos);
  }

  void one_layer_alone() {
    Watched pipeline;
    LiveRequest asked = small_request();
    pipeline->submit(asked);
    QVERIFY(pipeline.settle());
    const LiveSnapshot whole = pipeline->snapshot();
    asked.measured_layer = 1;
    asked.chance_copies = 2;
    pipeline->submit(asked);
    QVERIFY(pipeline->snapshot().network.value == whole.network.value);
    QVERIFY(pipeline->snapshot().embedding.value == whole.embedding.value);
    QVERIFY(pipeline.settle());
    const LiveSnapshot layer = pipeline->snapshot();
    const Graph graph = layer_graph(*layer.network.value, 1);
    QCOMPARE(graph.node_count(), NodeIndex{50});
    for (std::size_t i = 0; i < layer.measures.size(); ++i) {
      const Measurement direct = measure_table()[i].compute(graph, asked.measures, {}, {});
      QCOMPARE(layer.measures[i].value->value, direct.value);
      if (i != modularity) continue;
      // The communities are those of all neurons; the inputs have none.
      const auto& communities = layer.measures[i].value->communities;
      QCOMPARE(communities.size(), std::size_t{70});
      QVERIFY(std::all_of(communities.begin(), communities.begin() + 20, [](auto c) { return c == -1; }));
      QVERIFY(std::equal(communities.begin() + 20, communities.end(), direct.communities.begin()));
    }
    QCOMPARE(layer.chance[path_length].value->copies, 2);
    asked.measured_layer = 2;  // there are two
    pipeline->submit(asked);
    QVERIFY(pipeline.settle());
    QCOMPARE(pipeline->snapshot().embedding.freshness, Freshness::fresh);
    for (const auto& measure : pipeline->snapshot().measures) {
      QCOMPARE(measure.freshness, Freshness::failed);
      QVERIFY(measure.problem.find("no layer 2") != std::string::npos);
    }
    asked.measured_layer.reset();
    pipeline->submit(asked);
    QVERIFY(pipeline.settle());
    QCOMPARE(pipeline->snapshot().measures[path_length].value->value, whole.measures[path_length].value->value);
  }

  void what_is_known_from_elsewhere_is_not_computed_again() {
    Watched pipeline;
    LiveRequest asked = small_request(3);
    pipeline->submit(asked);
    QVERIFY(pipeline.settle());
    LiveSnapshot known = pipeline->snapshot();
    // Values that no measure gives.
    const auto marked = [](const Measurement& measurement) {
      auto made = std::make_shared<Measurement>(measurement);
      made->value = -77.0;
      return std::shared_ptr<const Measurement>(std::move(made));
    };
    for (auto& measure : known.measures) measure.value = marked(*measure.value);
    const auto is_marked = [](const LiveValue<Measurement>& measure) { return measure.value->value == -77.0; };
    LiveRequest other = small_request(4);
    other.parameters.layer_sizes.back() += 1;
    const auto after_another = [&](const LiveRequest& request) {
      pipeline->submit(other);
      if (!pipeline.settle()) qFatal("the pipeline does not settle");
      pipeline->submit(request);
      if (!pipeline.settle()) qFatal("the pipeline does not settle");
      return pipeline->snapshot();
    };
    asked.known = std::make_shared<const LiveSnapshot>(known);
    LiveSnapshot shown = after_another(asked);
    QVERIFY(shown.network.value == known.network.value && shown.embedding.value == known.embedding.value);
    QVERIFY(std::ranges::all_of(shown.measures, is_marked));
    QVERIFY(!shown.request.known);  // else snapshots would keep each other for ever
    // Another estimator of Q, a draft, and communities that are not known are computed.
    LiveRequest estimator = asked;
    estimator.measures.modularity = ModularityMethod::louvain;
    shown = after_another(estimator);
    for (std::size_t slot = 0; slot < shown.measures.size(); ++slot)
      QCOMPARE(is_marked(shown.measures[slot]), measure_table()[slot].id != community_measure);
    LiveRequest draft = asked;
    draft.quality = LiveQuality::draft;
    shown = after_another(draft);
    QVERIFY(shown.network.value == known.network.value && std::ranges::none_of(shown.measures, is_marked));
    auto value_alone = std::make_shared<Measurement>(*known.measures[1].value);
    value_alone->communities.clear();
    known.measures[1].value = value_alone;
    asked.known = std::make_shared<const LiveSnapshot>(known);
    shown = after_another(asked);
    QVERIFY(!is_marked(shown.measures[1]) && !shown.measures[1].value->communities.empty());
    QVERIFY(is_marked(shown.measures[0]));
    // A p-value that is wanted and not known.
    asked.measures.p_value_samples = 20;
    shown = after_another(asked);
    QVERIFY(!is_marked(shown.measures[3]) && is_marked(shown.measures[0]));
  }
};

DNM_TEST(TestLivePipeline)
#include "test_live_pipeline.moc"
