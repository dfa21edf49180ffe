// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/support/workers.h"

#include "training/support/devices.h"

namespace dnm {

Workers::Workers(unsigned threads) {
  for (std::size_t worker = 1; worker < threads; ++worker) {
    helpers_.emplace_back([this, worker] {
      prepare_training_thread();
      std::unique_lock lock(mutex_);
      for (;;) {
        begun_.wait(lock, [this] { return over_ || next_ < count_; });
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
  std::unique_lock lock(mutex_);
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
