// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/measures/igraph_worker.h"

#include "core/support/error.h"
#include "core/support/thread_priority.h"

namespace dnm {

IgraphWorker& IgraphWorker::instance() {
  static IgraphWorker the_worker;
  return the_worker;
}

IgraphWorker::IgraphWorker() : thread_([this] { run_jobs(); }) {}

IgraphWorker::~IgraphWorker() {
  {
    const std::scoped_lock lock(mutex_);
    closing_ = true;
  }
  changed_.notify_all();
}

void IgraphWorker::post(std::function<void()> work) {
  auto job = std::make_shared<Job>();
  job->work = [work = std::move(work)](const std::stop_token& /*stop*/) { work(); };
  push(std::move(job));
}

void IgraphWorker::wait_for(const std::stop_token& stop, Work work) {
  auto job = std::make_shared<Job>();
  job->work = std::move(work);
  job->stop = stop;
  push(job);
  std::unique_lock lock(mutex_);
  if (!changed_.wait(lock, stop, [&] { return job->finished; })) throw Cancelled();
  if (job->failure) std::rethrow_exception(job->failure);
}

void IgraphWorker::push(std::shared_ptr<Job> job) {
  {
    const std::scoped_lock lock(mutex_);
    waiting_.push_back(std::move(job));
  }
  changed_.notify_all();
}

void IgraphWorker::run_jobs() {
  lower_thread_priority(ThreadPriority::lower);
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return closing_ || !waiting_.empty(); });
    if (waiting_.empty()) return;
    const std::shared_ptr<Job> job = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    std::exception_ptr failure;
    try {
      if (job->stop.stop_requested()) throw Cancelled();
      job->work(job->stop);
    } catch (...) {
      failure = std::current_exception();
    }
    job->work = {};  // frees what it owns here, on this thread
    lock.lock();
    job->failure = std::move(failure);
    job->finished = true;
    changed_.notify_all();
  }
}

}  // namespace dnm
