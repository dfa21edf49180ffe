// SPDX-License-Identifier: GPL-3.0-or-later
#include <QObject>
#include <QTest>

#include "tests/core/shared_work/simulated_cluster.h"
#include "tests/support/test_class.h"

namespace {

using dnm::test::ClusterReport;
using dnm::test::ClusterSettings;
using dnm::test::simulate_cluster;

ClusterSettings settings_of(const QString& name) {
  ClusterSettings settings;
  settings.trials = 400;
  settings.tasks = 60;
  settings.work.bundle = 32;
  if (name == "one at a time") settings.tasks = 1;
  if (name == "all at once") settings.start = 0;
  if (name == "tasks die") settings.deaths = 0.3;
  if (name == "machines freeze") settings.freezes = 0.1;
  if (name == "answers are lost") settings.lost_answers = 0.01;
  if (name == "time limits") settings.time_limit = 400;
  if (name == "the disk is full for a while") settings.full_from = 300, settings.full_to = 900;
  if (name == "all of it") {
    settings.deaths = 0.3;
    settings.freezes = 0.05;
    settings.lost_answers = 0.005;
    settings.time_limit = 600;
    settings.full_from = 300;
    settings.full_to = 600;
  }
  return settings;
}

}  // namespace

class TestSimulatedCluster : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void finishes_each_trial_once_data() {
    QTest::addColumn<QString>("what");
    for (const char* what : {"calm", "one at a time", "all at once", "tasks die", "machines freeze", "answers are lost",
                             "time limits", "the disk is full for a while", "all of it"})
      QTest::newRow(what) << what;
  }
  void finishes_each_trial_once() {
#ifdef __SANITIZE_THREAD__
    QSKIP("the thread sanitizer does not follow changes of stack");
#endif
    QFETCH(QString, what);
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
      ClusterSettings settings = settings_of(what);
      settings.seed = seed;
      const ClusterReport report = simulate_cluster(settings);
      for (const std::string& fault : report.faults) qWarning("%s", fault.c_str());
      QVERIFY(report.faults.empty());
      // With lost answers a worker may not learn that it has what it asked for, and a result may be called lost.
      if (settings.lost_answers == 0) QCOMPARE(report.overlaps, 0);
      QVERIFY(settings.deaths == 0 || report.killed > 0);
      if (what == "calm") QCOMPARE(report.wasted, 0.0);
    }
  }

  /// The check of overlaps finds them where claims die of a heartbeat that is slow; each trial is published once all
  /// the same.
  void finds_overlaps() {
#ifdef __SANITIZE_THREAD__
    QSKIP("the thread sanitizer does not follow changes of stack");
#endif
    ClusterSettings settings = settings_of("calm");
    settings.work.lifetime = std::chrono::seconds(21);
    settings.work.heartbeat = std::chrono::seconds(20);
    const ClusterReport report = simulate_cluster(settings);
    QVERIFY(report.faults.empty());
    QVERIFY(report.overlaps > 0);
  }

  void is_the_same_each_time() {
#ifdef __SANITIZE_THREAD__
    QSKIP("the thread sanitizer does not follow changes of stack");
#endif
    const ClusterReport first = simulate_cluster(settings_of("all of it"));
    const ClusterReport second = simulate_cluster(settings_of("all of it"));
    QCOMPARE(first.requests, second.requests);
    QCOMPARE(first.seconds, second.seconds);
  }
};

DNM_TEST(TestSimulatedCluster)
#include "test_simulated_cluster.moc"
