// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/live/stage_queue.h"
#include "tests/support/test_class.h"

using namespace dnm::live;

namespace {

constexpr Stage path_length{Worker::igraph, 0, StageKind::measure, 0};
constexpr Stage embedding{Worker::quick, 1, StageKind::embedding};
constexpr Stage consistency{Worker::slow, 2, StageKind::measure, 2};
constexpr Stage chance_of_consistency{Worker::slow, chance_cost + 2, StageKind::chance, 2};
constexpr Stage chance_of_path_length{Worker::igraph, chance_cost, StageKind::chance, 0};

}  // namespace

class TestStageQueue : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void a_worker_takes_its_cheapest_stage() {
    StageQueue queue;
    const Stage modularity{Worker::quick, 1, StageKind::measure, 1};
    const Stage power_law{Worker::quick, 0, StageKind::measure, 3};
    queue.set_waiting({embedding, modularity, power_law});
    QVERIFY(queue.take(Worker::quick) == power_law);
    QVERIFY(queue.take(Worker::quick) == embedding);  // of equal cost, in the order given
    QVERIFY(queue.take(Worker::quick) == modularity);
    QVERIFY(!queue.has_next(Worker::quick) && !queue.take(Worker::quick));
  }

  void slow_stages_wait_until_everything_cheaper_has_ended() {
    StageQueue queue;
    queue.set_waiting({consistency, embedding, path_length});
    QVERIFY(!queue.has_next(Worker::slow) && !queue.take(Worker::slow));
    QVERIFY(queue.take(Worker::igraph) == path_length);
    QVERIFY(queue.take(Worker::quick) == embedding);
    QVERIFY(!queue.has_next(Worker::slow));  // they run
    queue.end(path_length);
    QVERIFY(!queue.has_next(Worker::slow));
    queue.end(embedding);
    QVERIFY(queue.take(Worker::slow) == consistency);
  }

  void chance_waits_for_every_value_whatever_its_worker() {
    StageQueue queue;
    queue.set_waiting({chance_of_path_length, chance_of_consistency, consistency});
    QVERIFY(!queue.has_next(Worker::igraph));
    QVERIFY(queue.take(Worker::slow) == consistency);
    QVERIFY(!queue.has_next(Worker::igraph));
    queue.end(consistency);
    // The dearer comparison, of the worker whose stages wait for cheaper ones, comes after the other.
    QVERIFY(!queue.has_next(Worker::slow));
    QVERIFY(queue.take(Worker::igraph) == chance_of_path_length);
    queue.end(chance_of_path_length);
    QVERIFY(queue.take(Worker::slow) == chance_of_consistency);
  }

  void cleared_it_has_nothing_waiting_or_running() {
    StageQueue queue;
    queue.set_waiting({path_length, embedding});
    QVERIFY(queue.take(Worker::igraph) == path_length);
    queue.clear();
    QVERIFY(!queue.has_next(Worker::quick));
    queue.set_waiting({consistency});
    QVERIFY(queue.take(Worker::slow) == consistency);
  }
};

DNM_TEST(TestStageQueue)
#include "test_stage_queue.moc"
