// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/document/recovery.h"

#include <QElapsedTimer>
#include <algorithm>
#include <exception>
#include <system_error>
#include <utility>

namespace dnm {

namespace {
/// Milliseconds from the first change that is not kept yet. Large sessions, which take longer to write, are written
/// less often; delay and writing together stay below five seconds.
constexpr int shortest_delay = 1000;
constexpr int longest_delay = 2000;
constexpr int delay_by_writing = 4;
}  // namespace

Recovery::Recovery(Document& document, TrainingRuns& runs, std::filesystem::path folder, QObject* parent)
    : QObject(parent), document_(document), runs_(runs), folder_(std::move(folder)) {
  thread_.setMaxThreadCount(1);
  timer_.setSingleShot(true);
  timer_.setInterval(shortest_delay);
  connect(&timer_, &QTimer::timeout, this, &Recovery::keep);
  connect(&document_, &Document::changed, this, &Recovery::note_change);
  connect(&document_, &Document::chart_changed, this, &Recovery::note_change);
  connect(&document_, &Document::sweep_changed, this, &Recovery::note_change);
  connect(&document_, &Document::shown_replaced, this, &Recovery::note_change);
  connect(&document_, &Document::path_changed, this, &Recovery::note_change);
  connect(&document_, &Document::modified_changed, this, &Recovery::note_change);
  connect(&runs_, &TrainingRuns::results_changed, this, &Recovery::note_change);
}

Recovery::~Recovery() { thread_.waitForDone(); }

void Recovery::note_change() {
  // Not from the latest change on, or a long drag would never be kept.
  if (!is_over_ && !timer_.isActive()) timer_.start();
}

void Recovery::keep() {
  if (is_writing_) return timer_.start();
  is_writing_ = true;
  std::shared_ptr<UnsavedWork> work;
  if (document_.is_modified()) {
    work = std::make_shared<UnsavedWork>();
    work->session = document_.session();
    work->session.runs = runs_.experiments();
    work->file = document_.path().toStdString();
    work->stamp = document_.stamp();
    work->seconds = seconds_now();
  }
  thread_.start([this, work] {
    QElapsedTimer since_start;
    since_start.start();
    QString problem;
    try {
      std::error_code error;
      if (kept_ && (!work || !std::filesystem::exists(kept_->folder(), error))) {
        kept_->remove();
        kept_.reset();
      }
      if (work && !kept_) kept_ = std::make_shared<KeptWork>(KeptWork::make(folder_));
      if (work) kept_->write(std::move(*work));
    } catch (const std::exception& error) {
      problem = QString::fromUtf8(error.what());
    }
    // Of the writing alone: a busy window must not put off what it has to keep.
    const int took = static_cast<int>(since_start.elapsed());
    QMetaObject::invokeMethod(
        this, [this, problem, took] { finish(problem, took); }, Qt::QueuedConnection);
  });
}

void Recovery::finish(const QString& text, int milliseconds) {
  is_writing_ = false;
  timer_.setInterval(std::clamp(delay_by_writing * milliseconds, shortest_delay, longest_delay));
  if (text.isEmpty()) {
    if (const QString over = std::exchange(problem_, {}); !over.isEmpty()) Q_EMIT problem_over(over);
    return;
  }
  if (is_over_) return;
  note_change();
  if (!problem_.isEmpty()) return;
  problem_ = tr("Unsaved work is not kept for the case that the program ends: %1").arg(text);
  Q_EMIT problem(problem_);
}

void Recovery::adopt(std::shared_ptr<KeptWork> kept) {
  thread_.start([this, kept = std::move(kept)] {
    if (kept_) kept_->remove();
    kept_ = kept;
  });
  note_change();
}

void Recovery::forget() {
  is_over_ = true;
  timer_.stop();
  thread_.start([this] {
    if (kept_) kept_->remove();
    kept_.reset();
  });
}

}  // namespace dnm
