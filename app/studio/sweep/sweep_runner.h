// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <QTimer>
#include <cstdint>
#include <memory>
#include <optional>

#include "app/studio/widgets/background.h"
#include "app/workspace/experiments/sweep.h"

namespace dnm {

/// The sweep of a window: measured in the background at the lowest priority, stopped and continued. All functions are
/// called from the window's thread.
class SweepRunner : public QObject {
  Q_OBJECT
 public:
  explicit SweepRunner(QObject* parent = nullptr);

  /// What is there so far; null before the first start. Its rows grow; another start makes another object.
  [[nodiscard]] std::shared_ptr<const Sweep> sweep() const { return sweep_; }
  [[nodiscard]] bool is_running() const { return background_.is_busy(); }

  /// Stops what runs and begins, with the rows of the sweep before that are the same in this one. Throws InvalidInput
  /// as make_sweep(), and changes nothing then.
  void start(SweepPlan plan);
  /// Stops what runs and takes over one that was kept; nothing: none. Emits nothing.
  void restore(std::optional<Sweep> kept);
  /// Soon; what was measured stays.
  void stop() { background_.cancel(); }

 Q_SIGNALS:
  /// There are more rows (ten times a second at most), it began or it is over.
  void changed();
  /// Why it ended early, in one sentence.
  void problem(const QString& text);

 private:
  void take(std::uint64_t start, std::size_t row, SweepRow measured);

  std::shared_ptr<Sweep> sweep_;
  std::uint64_t start_ = 0;  ///< number of the sweep; rows of others are dropped
  QTimer news_;
  Background background_;  // last: its destructor waits for the work, which uses the others
};

}  // namespace dnm
