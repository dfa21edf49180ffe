// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/shared_work/simulated_tasks.h"

#include <array>
#include <cstring>
#include <stdexcept>

#include <cxxabi.h>
#include <sys/mman.h>
#include <ucontext.h>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/common_interface_defs.h>
#endif

namespace dnm::test {
namespace {

constexpr std::size_t stack_bytes = 512 << 10;

/// The exceptions that a thread is handling, which a change of stack must not mix.
struct Exceptions {
  std::array<std::byte, 2 * sizeof(void*)> state{};
  void keep() { std::memcpy(state.data(), abi::__cxa_get_globals(), state.size()); }
  void restore() const { std::memcpy(static_cast<void*>(abi::__cxa_get_globals()), state.data(), state.size()); }
};

}  // namespace

struct SimulatedTasks::Task {
  Task() = default;
  ~Task() { free(); }
  Task(const Task&) = delete;
  Task& operator=(const Task&) = delete;
  void allocate() {
    stack = ::mmap(nullptr, stack_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (stack == MAP_FAILED) throw std::runtime_error("no memory for a simulated task");
  }
  void free() {
    if (stack != nullptr) ::munmap(stack, stack_bytes);
    stack = nullptr;
  }

  ucontext_t context{};
  void* stack = nullptr;
  Exceptions exceptions{};
  std::function<void()> body{};
  bool has_ended = false;
  void* fake_stack = nullptr;
  const void* bottom = nullptr;
  std::size_t size = 0;
};

namespace {

template <class Task>
void change(Task& from, Task& to, bool for_ever) {
  from.exceptions.keep();
  to.exceptions.restore();
#ifdef __SANITIZE_ADDRESS__
  __sanitizer_start_switch_fiber(for_ever ? nullptr : &from.fake_stack, to.bottom, to.size);
#endif
  (void)for_ever;
  ::swapcontext(&from.context, &to.context);
#ifdef __SANITIZE_ADDRESS__
  __sanitizer_finish_switch_fiber(from.fake_stack, nullptr, nullptr);
#endif
}

}  // namespace

SimulatedTasks::SimulatedTasks() : main_(std::make_unique<Task>()) {}
SimulatedTasks::~SimulatedTasks() = default;

void SimulatedTasks::enter(unsigned high, unsigned low) {
  auto& tasks = *reinterpret_cast<SimulatedTasks*>((static_cast<std::uintptr_t>(high) << 32) | low);
#ifdef __SANITIZE_ADDRESS__
  __sanitizer_finish_switch_fiber(nullptr, &tasks.main_->bottom, &tasks.main_->size);
#endif
  Task& self = *tasks.current_;
  self.body();
  self.body = nullptr;
  self.has_ended = true;
  change(self, *tasks.main_, true);
}

void SimulatedTasks::start(double time, std::function<void()> body) {
  auto task = std::make_unique<Task>();
  task->body = std::move(body);
  turns_.push({time, order_++, task.get()});
  tasks_.push_back(std::move(task));
}

void SimulatedTasks::resume(Task& task) {
  current_ = &task;
  if (task.stack == nullptr) {
    task.allocate();
    ::getcontext(&task.context);
    task.context.uc_stack.ss_sp = task.stack;
    task.context.uc_stack.ss_size = stack_bytes;
    task.context.uc_link = nullptr;
    task.bottom = task.stack;
    task.size = stack_bytes;
    const auto self = reinterpret_cast<std::uintptr_t>(this);
    ::makecontext(&task.context, reinterpret_cast<void (*)()>(&SimulatedTasks::enter), 2,
                  static_cast<unsigned>(self >> 32), static_cast<unsigned>(self));
  }
  change(*main_, task, false);
  current_ = nullptr;
  if (task.has_ended) task.free();
}

void SimulatedTasks::run() {
  while (!turns_.empty()) {
    const Turn turn = turns_.top();
    turns_.pop();
    now_ = turn.time;
    resume(*turn.task);
  }
}

void SimulatedTasks::wait_until(double time) {
  turns_.push({std::max(time, now_), order_++, current_});
  change(*current_, *main_, false);
}

}  // namespace dnm::test
