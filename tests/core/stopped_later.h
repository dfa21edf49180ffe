// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDebug>
#include <QTest>
#include <chrono>
#include <stop_token>
#include <thread>

#include "core/support/task_control.h"

namespace dnm::test {

/// Stops a task after a while, and reports at the end how long the task took to notice. The test fails where that is
/// far beyond the 100 ms that functions promise.
class StoppedLater {
 public:
  explicit StoppedLater(std::chrono::milliseconds after)
      : stopper_([this, after] {
          std::this_thread::sleep_for(after);
          stopped_ = std::chrono::steady_clock::now();
          source_.request_stop();
        }) {}
  ~StoppedLater() {
    stopper_.join();
    const std::chrono::duration<double, std::milli> late = std::chrono::steady_clock::now() - stopped_;
    qInfo() << "ended" << late.count() << "ms after the stop";
    QVERIFY(late < latest);
  }
  StoppedLater(const StoppedLater&) = delete;
  StoppedLater& operator=(const StoppedLater&) = delete;
  StoppedLater(StoppedLater&&) = delete;
  StoppedLater& operator=(StoppedLater&&) = delete;

  [[nodiscard]] TaskControl control() const { return {source_.get_token(), {}}; }

 private:
  static constexpr std::chrono::seconds latest{5};

  std::stop_source source_;
  std::chrono::steady_clock::time_point stopped_;
  std::jthread stopper_;  // last: it uses the others
};

}  // namespace dnm::test
