// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/line_reader.h"

#include <cerrno>
#include <string_view>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include "core/files/byte_source.h"
#include "core/files/file_text.h"
#include "core/files/utf8.h"
#include "core/support/error.h"

namespace dnm::cli {
namespace {

constexpr std::size_t block_bytes = std::size_t{1} << 16;
constexpr std::size_t longest_line = std::size_t{1} << 24;

Descriptor opened(const std::string& path) {
  if (path != "-" && !is_stream(path)) return Descriptor(-1);
  Descriptor stream(path == "-" ? ::dup(STDIN_FILENO) : ::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (stream.number() < 0) fail_reading(path, std::generic_category().message(errno));
  return stream;
}

}  // namespace

LineReader::LineReader(std::string path) : path_(std::move(path)), stream_(opened(path_)) {
  if (stream_.number() >= 0) return;
  buffer_ = whole_file(path_);
  at_end_ = true;
}

std::string LineReader::name() const { return path_ == "-" ? "standard input" : path_; }

bool LineReader::read_more(bool wait, const TaskControl& control) {
  while (true) {
    constexpr int milliseconds = 50;
    pollfd waiting{stream_.number(), POLLIN, 0};
    const int ready = ::poll(&waiting, 1, wait ? milliseconds : 0);
    control.check();
    if (ready == 0 && !wait) return false;
    if (ready == 0) continue;
    buffer_.erase(0, std::exchange(taken_, 0));
    const std::size_t before = buffer_.size();
    buffer_.resize(before + block_bytes);
    const ssize_t got = ::read(stream_.number(), buffer_.data() + before, block_bytes);
    buffer_.resize(before + (got > 0 ? static_cast<std::size_t>(got) : 0));
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (got < 0) fail_reading(name(), std::generic_category().message(errno));
    at_end_ = got == 0;
    return !at_end_;
  }
}

std::vector<std::string> LineReader::next(std::size_t most, const TaskControl& control) {
  control.check();
  std::vector<std::string> lines;
  std::size_t looked_at = taken_;  // no line end before
  while (lines.size() < most) {
    const std::size_t end = buffer_.find('\n', looked_at);
    if (end == std::string::npos && !at_end_) {
      const std::size_t left = buffer_.size() - taken_;
      if (left > longest_line) {
        fail_reading(name(), lines_ + 1, "is longer than 16 MB; break it into sentences");
      }
      if (!read_more(lines.empty(), control) && !at_end_) break;
      looked_at = taken_ + left;
      continue;
    }
    if (end == std::string::npos && taken_ == buffer_.size()) break;
    std::string_view line = std::string_view(buffer_).substr(taken_, end == std::string::npos ? end : end - taken_);
    if (!is_utf8(line)) {
      // Those before it come first.
      if (!lines.empty()) break;
      fail_reading(name(), lines_ + 1, "is not UTF-8; convert the text");
    }
    taken_ = end == std::string::npos ? buffer_.size() : end + 1;
    looked_at = taken_;
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.emplace_back(line);
    ++lines_;
  }
  return lines;
}

}  // namespace dnm::cli
