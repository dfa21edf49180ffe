// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/sweep/sweep_runner.h"

#include <utility>

#include "app/workspace/experiments/sweep_file.h"
#include "core/support/thread_priority.h"

namespace dnm {

namespace {
constexpr int news_milliseconds = 100;
}

SweepRunner::SweepRunner(QObject* parent) : QObject(parent) {
  news_.setSingleShot(true);
  news_.setInterval(news_milliseconds);
  connect(&news_, &QTimer::timeout, this, &SweepRunner::changed);
  connect(&background_, &Background::changed, this, &SweepRunner::changed);
  connect(&background_, &Background::problem, this, &SweepRunner::problem);
}

void SweepRunner::start(SweepPlan plan) {
  auto made = std::make_shared<Sweep>(make_sweep(std::move(plan)));
  background_.cancel();
  if (sweep_) take_rows(*made, *sweep_);
  sweep_ = std::move(made);
  const std::uint64_t start = ++start_;
  // The rows of this copy do not grow: those that are missing in it are measured.
  background_.start(
      tr("Sweeping"),
      [this, start, sweep = std::make_shared<const Sweep>(*sweep_)](const TaskControl& control) -> Background::Outcome {
        lower_thread_priority();
        measure_missing(*sweep, 0, control, [this, start](std::size_t row, SweepRow measured) {
          QMetaObject::invokeMethod(
              this,
              [this, start, row, measured = std::move(measured)]() mutable { take(start, row, std::move(measured)); },
              Qt::QueuedConnection);
        });
        return {};
      });
}

void SweepRunner::restore(std::optional<Sweep> kept) {
  ++start_;
  background_.cancel();
  sweep_ = kept ? std::make_shared<Sweep>(std::move(*kept)) : nullptr;
}

void SweepRunner::take(std::uint64_t start, std::size_t row, SweepRow measured) {
  if (start != start_) return;
  sweep_->rows[row] = std::move(measured);
  if (!news_.isActive()) news_.start();
}

}  // namespace dnm
