// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/terminal.h"

#include <algorithm>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <set>
#include <thread>

#include <sys/ioctl.h>
#include <unistd.h>

#include "app/workspace/words.h"
#include "core/support/digits.h"

namespace dnm::cli {
namespace {

constexpr auto shown_after = std::chrono::milliseconds(300);
constexpr auto shown_every = std::chrono::milliseconds(100);
/// `timeout` and batch systems signal the process and then its group: twice, and only one stop is meant.
constexpr auto same_interruption = std::chrono::seconds(1);

std::size_t terminal_columns() {
  winsize size{};
  if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
  return size.ws_col;
}

/// The first `columns` columns of a UTF-8 text.
std::string_view cut(std::string_view text, std::size_t columns) {
  std::size_t end = 0;
  while (end < text.size() && columns > 0) {
    ++end;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
    --columns;
  }
  return text.substr(0, end);
}

/// The terminal, which all threads share, and whether it shows a line of progress.
struct TerminalLine {
  std::mutex mutex;
  bool drawn = false;

  /// Call with the lock held.
  void erase() {
    if (drawn) std::fputs("\r\033[K", stderr);
    drawn = false;
  }
} terminal_line;

}  // namespace

ProgressLine::ProgressLine(std::string label) : label_(std::move(label)), terminal_(isatty(STDERR_FILENO) != 0) {}

ProgressLine::~ProgressLine() { clear(); }

void ProgressLine::show(double fraction, std::string_view text) {
  if (!terminal_) return;
  const std::scoped_lock lock(mutex_);
  const auto now = Clock::now();
  if (now - started_ < shown_after || now - last_ < shown_every) return;
  last_ = now;
  constexpr int cells = 16;
  fraction = std::isfinite(fraction) ? std::clamp(fraction, 0.0, 1.0) : 0.0;
  const int full = static_cast<int>(fraction * cells);
  std::string line = label_ + " ";
  for (int cell = 0; cell < cells; ++cell) line += cell < full ? "█" : "░";
  line += " " + with_decimals(100.0 * fraction, 0) + " %";
  if (!text.empty()) line.append("  ").append(text);
  const std::string visible(cut(line, terminal_columns() - 1));
  const std::scoped_lock on_terminal(terminal_line.mutex);
  terminal_line.erase();
  std::fputs(visible.c_str(), stderr);
  std::fflush(stderr);
  terminal_line.drawn = true;
}

void ProgressLine::set_label(std::string label) {
  const std::scoped_lock lock(mutex_);
  label_ = std::move(label);
}

void ProgressLine::clear() {
  const std::scoped_lock lock(mutex_, terminal_line.mutex);
  if (!terminal_line.drawn) return;
  terminal_line.erase();
  std::fflush(stderr);
  last_ = {};
}

TaskControl ProgressLine::control(std::stop_token stop) {
  return {std::move(stop), [this](double fraction) { show(fraction); }};
}

void print_notice(std::string_view text) {
  const std::string line = "note: " + one_line(text) + "\n";
  const std::scoped_lock lock(terminal_line.mutex);
  terminal_line.erase();
  std::fputs(line.c_str(), stderr);
}

void print_notice_once(std::string_view text) {
  static std::mutex mutex;
  static std::set<std::string, std::less<>> said;
  {
    const std::scoped_lock lock(mutex);
    if (!said.emplace(text).second) return;
  }
  print_notice(text);
}

Interruption::Interruption() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  // Every later thread inherits the mask, so that only the one below sees these signals.
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::thread([signals, source = source_]() mutable {
    int number = 0;
    sigwait(&signals, &number);
    source.request_stop();
    const auto asked = std::chrono::steady_clock::now();
    do {
      sigwait(&signals, &number);
    } while (std::chrono::steady_clock::now() - asked < same_interruption);
    _exit(128 + number);
  }).detach();
}

}  // namespace dnm::cli
