// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/support/child_process.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <string>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/support/error.h"

extern char** environ;  // NOLINT(readability-redundant-declaration): POSIX has it in no header

namespace dnm {
namespace {

constexpr int look_every_ms = 50;

[[noreturn]] void fail(const std::string& program, int error) {
  throw ResourceError("cannot run " + program + ": " + std::generic_category().message(error) +
                      "; install it or make it executable");
}

/// One end of a connection to the program.
class End {
 public:
  End() = default;
  explicit End(int descriptor) : descriptor_(descriptor) {}
  ~End() { close(); }
  End(End&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  End& operator=(End&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  void close() {
    if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
  }
  [[nodiscard]] int get() const { return descriptor_; }

 private:
  int descriptor_ = -1;
};

/// Sockets, so that writing to a program that has ended is an error instead of a signal.
std::pair<End, End> connection(const std::string& program) {
  std::array<int, 2> ends{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) fail(program, errno);
  return {End(ends[0]), End(ends[1])};
}

std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> made;
  for (std::string& word : words) made.push_back(word.data());
  made.push_back(nullptr);
  return made;
}

std::vector<std::string> plain_environment() {
  std::vector<std::string> variables;
  for (char** each = environ; *each != nullptr; ++each) {
    const std::string_view variable = *each;
    if (!variable.starts_with("LC_") && !variable.starts_with("LANG")) variables.emplace_back(variable);
  }
  variables.emplace_back("LC_ALL=C.UTF-8");
  return variables;
}

/// The program while it runs; killed where this is left before its end.
class Running {
 public:
  Running(const ChildProcess& child, int input, int output, int errors) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO);
    if (!child.folder.empty()) posix_spawn_file_actions_addchdir_np(&actions, child.folder.c_str());
    std::vector<std::string> words = child.words;
    std::vector<std::string> variables = plain_environment();
    const int error = posix_spawnp(&id_, words.front().c_str(), &actions, nullptr, pointers(words).data(),
                                   pointers(variables).data());
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0) fail(child.words.front(), error);
  }
  ~Running() {
    if (id_ <= 0) return;
    kill(id_, SIGKILL);
    static_cast<void>(wait());
  }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  int wait() {
    int status = 0;
    while (waitpid(id_, &status, 0) < 0 && errno == EINTR) {
    }
    id_ = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }

 private:
  pid_t id_ = 0;
};

/// Takes what there is; closes the end after the last.
void take(End& end, std::string& into) {
  std::array<char, 65536> part{};
  const ssize_t count = read(end.get(), part.data(), part.size());
  if (count > 0) {
    into.append(part.data(), static_cast<std::size_t>(count));
  } else if (count == 0 || errno != EINTR) {
    end.close();
  }
}

}  // namespace

ChildOutcome run_process(const ChildProcess& child, const TaskControl& control) {
  const std::string& program = child.words.front();
  auto [to_input, input] = connection(program);
  auto [from_output, output] = connection(program);
  auto [from_errors, errors] = connection(program);
  Running running(child, input.get(), output.get(), errors.get());
  input.close();
  output.close();
  errors.close();

  ChildOutcome outcome;
  std::string_view left = child.input;
  if (left.empty()) to_input.close();
  while (from_output.get() >= 0 || from_errors.get() >= 0) {
    control.check();
    std::array<pollfd, 3> ends{
        {{to_input.get(), POLLOUT, 0}, {from_output.get(), POLLIN, 0}, {from_errors.get(), POLLIN, 0}}};
    if (poll(ends.data(), ends.size(), look_every_ms) <= 0) continue;
    if (ends[1].revents != 0) take(from_output, outcome.output);
    if (ends[2].revents != 0) take(from_errors, outcome.errors);
    if (ends[0].revents == 0) continue;
    const ssize_t sent = send(to_input.get(), left.data(), left.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent > 0) left.remove_prefix(static_cast<std::size_t>(sent));
    // A program need not read all that it is given.
    if (left.empty() || (sent < 0 && errno != EAGAIN && errno != EINTR)) to_input.close();
  }
  outcome.status = running.wait();
  return outcome;
}

}  // namespace dnm
