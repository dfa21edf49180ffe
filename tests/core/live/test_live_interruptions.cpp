// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes of requests that fail, are cancelled, replaced, or come from anywhere at any time.
#include <QTest>
#include <atomic>
#include <memory>
#include <thread>

#include "tests/core/live/watched_pipeline.h"
#include "tests/support/test_class.h"

using namespace dnm;

class TestLiveInterruptions : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void a_failing_stage_fails_alone() {
    Watched pipeline;
    LiveRequest asked = small_request();
    asked.measures.removed = {{{0, 1}}};  // two inputs: never a link
    pipeline->submit(asked);
    QVERIFY(pipeline.settle());
    const LiveSnapshot shown = pipeline->snapshot();
    QCOMPARE(shown.measures[consistency].freshness, Freshness::failed);
    QVERIFY(!shown.measures[consistency].problem.empty());
    for (const std::size_t other : {path_length, modularity, power_law}) {
      QCOMPARE(shown.measures[other].freshness, Freshness::fresh);
    }
    QCOMPARE(shown.embedding.freshness, Freshness::fresh);
    asked.measures.removed.reset();
    pipeline->submit(asked);
    QVERIFY(pipeline.settle());
    QCOMPARE(pipeline->snapshot().measures[consistency].freshness, Freshness::fresh);
    QVERIFY(pipeline->snapshot().measures[consistency].problem.empty());
  }

  void a_network_that_cannot_be_drawn_fails_with_all_that_needs_it() {
    Watched pipeline;
    pipeline->submit(small_request());
    QVERIFY(pipeline.settle());
    const NetworkPointer before = pipeline->snapshot().network.value;
    for (const LiveRequest& asked : {request({20, 30}, 1.5), request({1000000000, 1000000000}, 0.5)}) {
      pipeline->submit(asked);
      QVERIFY(pipeline.settle());
      const LiveSnapshot shown = pipeline->snapshot();
      QCOMPARE(shown.network.freshness, Freshness::failed);
      QVERIFY(shown.network.problem.size() > 20);
      QCOMPARE(shown.network.value, before);
      QCOMPARE(shown.embedding.freshness, Freshness::failed);
      for (const auto& measure : shown.measures) QCOMPARE(measure.freshness, Freshness::failed);
    }
    pipeline->submit(small_request(3));
    QVERIFY(pipeline.settle());
    QVERIFY(shows(pipeline->snapshot(), Direct(small_request(3))));
    QVERIFY(pipeline->snapshot().network.problem.empty());
  }

  void cancel_leaves_values_stale_and_a_new_request_brings_them_back() {
    Watched pipeline;
    pipeline->submit(small_request());
    QVERIFY(pipeline.settle());
    const LiveSnapshot before = pipeline->snapshot();
    LiveRequest busy = busy_request();
    pipeline->submit(busy);
    QVERIFY(pipeline.wait([](const LiveSnapshot& shown) { return shown.network.freshness == Freshness::fresh; }));
    const double took = timed([&] { pipeline->cancel(); });
    const LiveSnapshot cancelled = pipeline->snapshot();
    QCOMPARE(cancelled.measures[consistency].freshness, Freshness::stale);
    QVERIFY(cancelled.measures[consistency].value == before.measures[consistency].value);
    QVERIFY(!cancelled.all_fresh());
    QTest::qSleep(50);
    const LiveSnapshot later = pipeline->snapshot();
    for (const auto& measure : later.measures) QVERIFY(measure.freshness != Freshness::computing);
    QCOMPARE(later.measures[consistency].freshness, Freshness::stale);
    pipeline->submit(small_request(5));
    QVERIFY(pipeline.settle());
    QVERIFY(shows(pipeline->snapshot(), Direct(small_request(5))));
    qInfo("cancel returned in %.3f ms", took);
  }

  void a_value_says_whether_it_is_of_what_was_asked_for() {
    Watched pipeline;
    const auto is_foreign = [&](std::size_t measure) { return pipeline->snapshot().measures[measure].is_foreign; };
    LiveRequest slow = request({196, 784, 784}, 0.97);
    slow.measures.sigma_draws = 1000;
    pipeline->submit(slow);
    // Some of the draws are of this network, though not all that was asked for …
    QVERIFY(pipeline.wait([](const LiveSnapshot& shown) { return shown.measures[consistency].value != nullptr; }));
    pipeline->cancel();
    QCOMPARE(pipeline->snapshot().measures[consistency].freshness, Freshness::stale);
    QVERIFY(!is_foreign(consistency));
    // … and of another one as soon as that is asked for, cancelled or not.
    pipeline->submit(busy_request());
    QVERIFY(pipeline->snapshot().measures[consistency].value && is_foreign(consistency));
    pipeline->cancel();
    QVERIFY(pipeline->snapshot().measures[consistency].value && is_foreign(consistency));

    LiveRequest asked = small_request();
    const auto submit_and_cancel = [&] {
      pipeline->submit(asked);
      pipeline->cancel();
    };
    pipeline->submit(asked);
    QVERIFY(pipeline.settle());
    for (const std::size_t measure : {path_length, modularity, consistency, power_law}) QVERIFY(!is_foreign(measure));
    asked.measures.p_value_samples = 100000;
    submit_and_cancel();
    QVERIFY(!is_foreign(power_law));  // what is missing is the p-value beside it
    asked.measures.sigma_draws = 100000;
    submit_and_cancel();
    QVERIFY(is_foreign(consistency) && !is_foreign(modularity) && !is_foreign(path_length));
    asked.measured_layer = 1;
    submit_and_cancel();
    for (const std::size_t measure : {path_length, modularity, consistency})
      QVERIFY(is_foreign(measure) || pipeline->snapshot().measures[measure].freshness == Freshness::fresh);
  }

  void a_new_network_does_not_wait_for_what_is_stopping() {
    Watched pipeline;
    double slowest_submit = 0.0, slowest_network = 0.0;
    for (std::uint64_t i = 0; i < 5; ++i) {
      LiveRequest slow = request({196, 784, 784}, 0.97, i);
      slow.measures.modularity_runs = 1;
      slow.measures.sigma_draws = 1000;
      pipeline->submit(slow);
      QVERIFY(pipeline.wait(
          [](const LiveSnapshot& shown) { return shown.measures[consistency].freshness == Freshness::computing; }));
      QTest::qSleep(20);
      slowest_submit = std::max(slowest_submit, timed([&] { pipeline->submit(small_request(i)); }));
      slowest_network = std::max(slowest_network, timed([&] {
                                   QVERIFY(pipeline.wait([](const LiveSnapshot& shown) {
                                     return shown.network.freshness == Freshness::fresh &&
                                            shown.measures[path_length].freshness == Freshness::fresh;
                                   }));
                                 }));
    }
    qInfo("behind a busy σ_c: submit at most %.3f ms, network and L at most %.1f ms", slowest_submit, slowest_network);
    QVERIFY(slowest_submit < 1000.0);
  }

  void can_be_destroyed_at_any_moment() {
    double slowest = 0.0;
    for (const int delay : {0, 1, 3, 10, 30, 100, 300, 700}) {
      auto pipeline = std::make_unique<Watched>();
      (*pipeline)->submit(busy_request());
      QTest::qSleep(delay);
      slowest = std::max(slowest, timed([&] { pipeline.reset(); }));
    }
    qInfo("slowest destruction %.1f ms", slowest);
    QVERIFY(slowest < 2000.0);
  }

  void the_callback_may_call_back() {
    // A lock held while calling would stop here for ever.
    std::atomic<LivePipeline*> self = nullptr;
    std::atomic<int> again = 0;
    Watched pipeline([&](const LiveSnapshot& shown) {
      if (shown.all_fresh() && shown.generation < 4 && self) {
        ++again;
        self.load()->submit(small_request(shown.generation));
      }
    });
    self = &*pipeline;
    pipeline->submit(small_request());
    QVERIFY(pipeline.wait([](const LiveSnapshot& shown) { return shown.generation >= 4 && shown.all_fresh(); }));
    QVERIFY(again >= 3);
  }

  void requests_may_come_from_several_threads() {
    Watched pipeline;
    {
      std::vector<std::jthread> threads;
      for (std::uint64_t t = 0; t < 3; ++t) {
        threads.emplace_back([&, t] {
          for (std::uint64_t i = 0; i < 50; ++i) {
            pipeline->submit(small_request(100 * t + i));
            if (i % 7 == 0) pipeline->cancel();
          }
        });
      }
    }
    const LiveRequest last = small_request(1000);
    QCOMPARE(pipeline->submit(last), std::uint64_t{151});
    QVERIFY(pipeline.settle());
    QVERIFY(shows(pipeline->snapshot(), Direct(last)));
  }
};

DNM_TEST(TestLiveInterruptions)
#include "test_live_interruptions.moc"
