// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <mutex>
#include <stop_token>
#include <string>
#include <string_view>

#include "core/support/task_control.h"

namespace dnm::cli {

/// A line of progress on standard error, shown only on a terminal and only for work that takes a while. The destructor
/// erases it.
class ProgressLine {
 public:
  explicit ProgressLine(std::string label);
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  /// From any thread. `fraction` in [0, 1]; `text` follows the bar.
  void show(double fraction, std::string_view text = {});
  void set_label(std::string label);
  /// Erases the line until the next show(), so that something else can be printed.
  void clear();
  /// A control that reports progress here; this object must outlive it.
  [[nodiscard]] TaskControl control(std::stop_token stop);

 private:
  using Clock = std::chrono::steady_clock;
  std::mutex mutex_;
  std::string label_;
  bool terminal_;
  Clock::time_point started_ = Clock::now();
  Clock::time_point last_{};
};

/// Prints "note: …" on standard error, on a line of its own. From any thread.
void print_notice(std::string_view text);
/// The same, but each text only once per process: what applies to every run of a command is noted once.
void print_notice_once(std::string_view text);

/// Turns Ctrl+C and SIGTERM into a stop request; one more, a second or later, ends the program at once. Construct it
/// before any thread starts.
class Interruption {
 public:
  Interruption();
  [[nodiscard]] std::stop_token token() const { return source_.get_token(); }

 private:
  std::stop_source source_;
};

/// Wall time since construction.
class Stopwatch {
 public:
  [[nodiscard]] double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace dnm::cli
