// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/byte_source.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <string_view>
#include <system_error>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "core/files/file_text.h"
#include "core/support/error.h"

namespace dnm {
namespace {

constexpr std::size_t block_bytes = std::size_t{1} << 18;
constexpr std::string_view gzip_magic = "\x1F\x8B";

constexpr const char* no_end = "its compressed data end too early; the file is truncated";

}  // namespace

/// Unpacks the gzip members of a file one after the other.
class ByteSource::Inflater {
 public:
  Inflater() : block_(block_bytes) {
    // 15: the largest window; 16: with the header and the checksum of gzip.
    if (inflateInit2(&stream_, 15 + 16) != Z_OK) throw ResourceError("too little memory to unpack a file");
  }
  ~Inflater() { inflateEnd(&stream_); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  std::size_t read(ByteSource& source, char* into, std::size_t bytes) {
    std::size_t done = 0;
    while (done < bytes) {
      if (stream_.avail_in == 0) {
        stream_.avail_in = static_cast<uInt>(source.read_file(block_.data(), block_.size()));
        stream_.next_in = reinterpret_cast<Bytef*>(block_.data());
        if (stream_.avail_in == 0) {
          if (in_member_) fail_reading(source.path_, no_end);
          return done;
        }
      }
      if (!in_member_ && !begins_member(source)) continue;
      const auto room = static_cast<uInt>(std::min<std::size_t>(bytes - done, block_bytes));
      stream_.next_out = reinterpret_cast<Bytef*>(into + done);
      stream_.avail_out = room;
      const int state = inflate(&stream_, Z_NO_FLUSH);
      done += room - stream_.avail_out;
      if (state == Z_STREAM_END) {
        in_member_ = false;
        is_first_ = false;
      } else if (state == Z_MEM_ERROR) {
        throw ResourceError("too little memory to unpack " + source.path_.string());
      } else if (state != Z_OK && state != Z_BUF_ERROR) {
        fail_reading(source.path_, "its compressed data are damaged" +
                                       (stream_.msg != nullptr ? " (" + std::string(stream_.msg) + ")" : ""));
      }
    }
    return done;
  }

 private:
  /// Skips the zeros with which some programs fill up a file. True at the begin of a member.
  bool begins_member(const ByteSource& source) {
    if (!is_first_ && *stream_.next_in == 0) {
      ++stream_.next_in;
      --stream_.avail_in;
      return false;
    }
    if (!is_first_ && *stream_.next_in != static_cast<unsigned char>(gzip_magic.front())) {
      fail_reading(source.path_, "its compressed data are followed by something else; the file is damaged");
    }
    inflateReset(&stream_);
    in_member_ = true;
    return true;
  }

  z_stream stream_{};
  std::vector<char> block_;
  bool is_first_ = true;
  bool in_member_ = false;
};

ByteSource::ByteSource(const std::filesystem::path& path) : path_(path) {
  std::error_code error;
  const std::filesystem::file_status status = std::filesystem::status(path, error);
  // Opening a pipe would wait for who writes into it.
  if (exists(status) && !is_regular_file(status)) fail_reading(path, "it is not a file");
  size_ = std::filesystem::file_size(path, error);
  if (error) fail_reading(path, error.message());
  file_.open(path, std::ios::binary);
  if (!file_) fail_reading(path, "it could not be opened; check its permissions");
  if (begins_as_gzip(path)) inflater_ = std::make_unique<Inflater>();
}

ByteSource::~ByteSource() = default;

std::size_t ByteSource::read_file(char* into, std::size_t bytes) {
  file_.read(into, static_cast<std::streamsize>(bytes));
  if (file_.bad()) fail_reading(path_, "it could not be read to its end");
  const auto got = static_cast<std::size_t>(file_.gcount());
  taken_ += got;
  return got;
}

std::size_t ByteSource::read(char* into, std::size_t bytes) {
  return inflater_ ? inflater_->read(*this, into, bytes) : read_file(into, bytes);
}

double ByteSource::fraction() const {
  return size_ == 0 ? 1.0 : std::min(1.0, static_cast<double>(taken_) / static_cast<double>(size_));
}

bool begins_as_gzip(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string start(gzip_magic.size(), '\0');
  return file.read(start.data(), static_cast<std::streamsize>(start.size())) && start == gzip_magic;
}

bool is_stream(const std::filesystem::path& path) {
  if (path == "-") return true;
  std::error_code error;
  const auto kind = std::filesystem::status(path, error).type();
  using std::filesystem::file_type;
  return kind == file_type::fifo || kind == file_type::character || kind == file_type::socket;
}

StreamCopy::StreamCopy(const std::filesystem::path& path, const TaskControl& control) : copy_(-1) {
  const auto message = [] { return std::generic_category().message(errno); };
  const std::filesystem::path folder = std::filesystem::temp_directory_path();
  // A stream without an end must not fill the disk.
  const std::uintmax_t most_bytes = std::filesystem::space(folder).available / 2;
  std::uintmax_t bytes = 0;
  std::string name = (folder / "dnm-XXXXXX").string();
  copy_ = Descriptor(::mkostemp(name.data(), O_CLOEXEC));
  if (copy_.number() < 0) fail_reading(path, "no temporary file can be written (" + message() + ")");
  ::unlink(name.c_str());
  // Standard input itself stays open.
  const Descriptor stream(path == "-" ? ::dup(STDIN_FILENO) : ::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (stream.number() < 0) fail_reading(path, message());
  std::vector<char> block(block_bytes);
  while (true) {
    constexpr int milliseconds = 50;
    pollfd waiting{stream.number(), POLLIN, 0};
    const int ready = ::poll(&waiting, 1, milliseconds);
    control.check();
    if (ready == 0) continue;
    const ssize_t got = ::read(stream.number(), block.data(), block.size());
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (got < 0) fail_reading(path, message());
    if (got == 0) return;
    bytes += static_cast<std::uintmax_t>(got);
    if (bytes > most_bytes) {
      fail_reading(path, "its temporary copy would take more than half of the free space in " + folder.string() +
                             "; save it as a file (or set TMPDIR to a larger folder)");
    }
    for (ssize_t done = 0; done < got;) {
      const ssize_t written = ::write(copy_.number(), block.data() + done, static_cast<std::size_t>(got - done));
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) fail_reading(path, "its temporary copy cannot be written (" + message() + ")");
      done += written;
    }
  }
}

std::filesystem::path StreamCopy::path() const { return "/proc/self/fd/" + std::to_string(copy_.number()); }

std::string start_of_file(const std::filesystem::path& path, std::size_t bytes) {
  ByteSource source(path);
  std::string start(bytes, '\0');
  start.resize(source.read(start.data(), bytes));
  return start;
}

}  // namespace dnm
