// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/support/workers.h"

#include <algorithm>
#include <atomic>

#include "core/support/parallel.h"
#include "training/support/devices.h"

namespace dnm {
namespace {

std::atomic<unsigned> computing_runs{0};

}  // namespace

ProcessorShare::ProcessorShare() { ++computing_runs; }
ProcessorShare::~ProcessorShare() { --computing_runs; }

Workers::Workers(unsigned threads) : used_(threads) {
  for (std::size_t worker = 1; worker < threads; ++worker) {
    helpers_.emplace_back([this, worker] {
      prepare_training_thread();
      std::unique_lock lock(mutex_);
      for (;;) {
        begun_.wait(lock, [this, worker] { return over_ || (worker < taking_ && next_ < count_); });
        if (over_) return;
        take(worker, lock);
      }
    });
  }
}

Workers::~Workers() {
  {
    const std::lock_guard lock(mutex_);
    over_ = true;
  }
  begun_.notify_all();
  for (std::thread& helper : helpers_) helper.join();
}

unsigned Workers::in_use() const {
  if (helpers_.empty()) return 1;
  static const unsigned processors = available_threads();
  const unsigned runs = computing_runs;
  const unsigned share = runs == 0 ? threads() : std::max(1U, processors / runs);
  return std::min({threads(), used_, share});
}

void Workers::take(std::size_t worker, std::unique_lock<std::mutex>& lock) {
  while (next_ < count_) {
    const std::size_t i = next_++;
    ++running_;
    lock.unlock();
    std::exception_ptr failure;
    try {
      call_(self_, i, worker);
    } catch (...) {
      failure = std::current_exception();
    }
    lock.lock();
    --running_;
    if (failure == nullptr) continue;
    if (failure_ == nullptr) failure_ = failure;
    next_ = count_;
  }
  if (running_ == 0) done_.notify_one();
}

void Workers::run(std::size_t count, const void* self, Call call) {
  const std::size_t taking = in_use();
  std::unique_lock lock(mutex_);
  taking_ = taking;
  self_ = self;
  call_ = call;
  next_ = 0;
  count_ = count;
  failure_ = nullptr;
  begun_.notify_all();
  take(0, lock);
  done_.wait(lock, [this] { return running_ == 0; });
  count_ = 0;
  next_ = 0;
  if (failure_ != nullptr) std::rethrow_exception(failure_);
}

}  // namespace dnm
