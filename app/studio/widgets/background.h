// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <QThreadPool>
#include <atomic>
#include <deque>
#include <functional>
#include <memory>
#include <stop_token>

#include "core/support/task_control.h"

namespace dnm {

/// Work that would block the window: run in order on one thread of its own; the outcome is delivered on the window's
/// thread. All functions are called from the window's thread.
class Background : public QObject {
  Q_OBJECT
 public:
  using Outcome = std::function<void()>;
  using Work = std::function<Outcome(const TaskControl&)>;
  using Failed = std::function<void(const QString&)>;

  explicit Background(QObject* parent = nullptr);
  ~Background() override;  ///< requests a stop, waits for the work, and drops its outcomes

  /// Runs `work` on the thread and then calls the outcome that it returned. When it throws, `failed` gets the error's
  /// sentence, or problem() is emitted without one; a stop (Cancelled) has no outcome. `verb`: what is being done, for
  /// a status line ("Saving net.npz").
  void start(const QString& verb, Work work, Failed failed = {});
  /// Requests a stop of all work started so far. Work that ignores its TaskControl runs to its end.
  void cancel();

  [[nodiscard]] bool is_busy() const { return !tasks_.empty(); }
  /// Of the work that is running; empty when there is none.
  [[nodiscard]] QString verb() const;
  /// Its finished fraction in [0, 1]; negative while it has not reported any.
  [[nodiscard]] double progress() const;
  /// Whether cancel() would end it early: work that reports progress also checks for a stop.
  [[nodiscard]] bool can_cancel() const { return progress() >= 0.0; }

 Q_SIGNALS:
  /// is_busy() or verb() may have changed.
  void changed();
  void problem(const QString& text);

 private:
  struct Task {
    QString verb;
    std::stop_source stop;
    std::atomic<double> progress = -1.0;
  };
  void finish(const Outcome& outcome);

  std::deque<std::shared_ptr<Task>> tasks_;  ///< not finished yet, in order
  QThreadPool thread_;
};

}  // namespace dnm
