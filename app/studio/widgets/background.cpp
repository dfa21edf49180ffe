// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/widgets/background.h"

#include <exception>
#include <utility>

#include "core/support/error.h"

namespace dnm {

Background::Background(QObject* parent) : QObject(parent) { thread_.setMaxThreadCount(1); }

Background::~Background() {
  cancel();
  thread_.waitForDone();
}

void Background::start(const QString& verb, Work work, Failed failed) {
  auto task = std::make_shared<Task>();
  task->verb = verb;
  tasks_.push_back(task);
  Q_EMIT changed();
  thread_.start([this, task = std::move(task), work = std::move(work), failed = std::move(failed)] {
    Outcome outcome;
    try {
      outcome = work({task->stop.get_token(), [&task](double fraction) { task->progress = fraction; }});
    } catch (const Cancelled&) {
      outcome = {};  // a requested stop is not a problem
    } catch (const std::exception& error) {
      outcome = [this, failed, text = QString::fromUtf8(error.what())] {
        if (failed) return failed(text);
        Q_EMIT problem(text);
      };
    }
    QMetaObject::invokeMethod(
        this, [this, outcome = std::move(outcome)] { finish(outcome); }, Qt::QueuedConnection);
  });
}

void Background::finish(const Outcome& outcome) {
  tasks_.pop_front();  // one thread: they end in order
  Q_EMIT changed();
  if (outcome) outcome();
}

void Background::cancel() {
  for (const auto& task : tasks_) task->stop.request_stop();
}

QString Background::verb() const { return tasks_.empty() ? QString() : tasks_.front()->verb; }

double Background::progress() const { return tasks_.empty() ? -1.0 : tasks_.front()->progress.load(); }

}  // namespace dnm
