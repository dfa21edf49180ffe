// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>
#include <memory>

#include "app/workspace/experiments/experiment.h"
#include "driver.h"

namespace dnm::studio_test {

/// What tests of groups of runs share: a window, and a folder for data.
class RunsWindow : public QObject {
 protected:
  [[nodiscard]] TrainingRuns& runs() { return window_->runs(); }
  [[nodiscard]] const Experiment& group(std::size_t index) { return runs().experiments().at(index); }
  [[nodiscard]] QTreeWidget* tree() { return find<QTreeWidget>(*window_, "runs"); }
  [[nodiscard]] QTreeWidgetItem* row(int index) { return tree()->topLevelItem(index); }
  [[nodiscard]] QAction* action(const char* name) {
    auto* found = window_->findChild<QAction*>(name);
    if (!found) qFatal("there is no action %s", name);
    return found;
  }
  void click(const char* button) { QTest::mouseClick(find<QPushButton>(*window_, button), Qt::LeftButton); }

  /// Starts by the button; the first time it agrees to the resize.
  void start() {
    const std::size_t before = runs().experiments().size();
    click("training-start");
    if (window_->live().current_network() && window_->live().current_network()->layer_sizes().front() != 784)
      QVERIFY(answer(*window_, "resize-question", "Resize and train"));
    QTRY_COMPARE_WITH_TIMEOUT(runs().experiments().size(), before + 1, 60000);
  }
  void start_long_groups(int count, const QString& seeds) {
    set_up_training(*window_, folder_.path(), 10000);
    set_seeds(*window_, seeds);
    for (int i = 0; i < count; ++i) start();
  }
  bool wait_for(std::size_t index, RunStage stage) {
    return QTest::qWaitFor([&] { return stage_of(group(index)) == stage; }, 60000);
  }
  bool wait_for_run(std::size_t index, std::size_t run, RunStage stage) {
    return QTest::qWaitFor([&] { return stage_of(group(index).runs.at(run)) == stage; }, 60000);
  }
  void renew_window() {
    renew(window_);
    runs().set_jobs(2);
    QVERIFY(wait_until_fresh(*window_));
  }

  QTemporaryDir folder_;
  std::unique_ptr<Window> window_;
};

}  // namespace dnm::studio_test
