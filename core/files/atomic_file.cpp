// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/atomic_file.h"

#include <cerrno>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/files/descriptor.h"
#include "core/files/writing_error.h"
#include "core/support/error.h"

namespace dnm {
namespace {

namespace fs = std::filesystem;

std::string advice(int code) {
  switch (code) {
    case ENOSPC:
    case EDQUOT:
      return "the disk is full; free some space and try again";
    case EACCES:
    case EPERM:
      return "permission denied; choose a folder you may write to";
    case EROFS:
      return "the folder is read-only; choose another one";
    case ENOENT:
      return "the folder does not exist; create it or choose another one";
    case ENOTDIR:
      return "a part of the path is not a folder; check its spelling";
    case ENAMETOOLONG:
      return "the name is too long; choose a shorter one";
    default:
      return std::generic_category().message(code);
  }
}

/// A new empty file next to `target`, removed at the end unless it was renamed.
class Temporary {
 public:
  Temporary(const fs::path& named, const fs::path& target) {
    const fs::path folder = target.has_parent_path() ? target.parent_path() : fs::path(".");
    for (int attempt = 0;; ++attempt) {
      path_ =
          folder / (".dnm-" + std::to_string(::getpid()) + "-" + std::to_string(attempt) + target.extension().string());
      const Descriptor file(::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
      if (file.number() >= 0) return;
      if (errno != EEXIST) fail_writing(named, errno);
    }
  }
  ~Temporary() {
    if (!path_.empty()) ::unlink(path_.c_str());
  }
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;
  [[nodiscard]] const fs::path& path() const { return path_; }
  void release() { path_.clear(); }

 private:
  fs::path path_;
};

/// The file that `path` refers to after following symbolic links, and its permissions if it exists.
std::pair<fs::path, std::optional<mode_t>> target_of(const fs::path& path) {
  if (path.empty() || !path.has_filename()) {
    throw FileError("cannot write to \"" + path.string() + "\": that is not a file name; give the name of a file");
  }
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) {
    if (errno != ENOENT) fail_writing(path, errno);
    return {path, std::nullopt};
  }
  if (S_ISDIR(status.st_mode)) {
    throw FileError("cannot write " + path.string() + ": it is a folder; give the name of a file in it");
  }
  if (!S_ISREG(status.st_mode)) {
    throw FileError("cannot write " + path.string() + ": it is not a regular file; give the name of a file");
  }
  // A rename needs permission for the folder alone; a write-protected file must not be replaced all the same.
  if (::access(path.c_str(), W_OK) != 0) fail_writing(path, errno);
  std::error_code error;
  fs::path resolved = fs::canonical(path, error);
  return {error ? path : resolved, status.st_mode & 07777};
}

}  // namespace

void fail_writing(const fs::path& path, int code) {
  throw FileError("cannot write " + path.string() + ": " + advice(code));
}

void write_atomically(const fs::path& path, const std::function<void(const fs::path& temporary)>& write) {
  const auto [target, permissions] = target_of(path);
  Temporary temporary(path, target);
  write(temporary.path());
  if (permissions) ::chmod(temporary.path().c_str(), *permissions);
  {
    Descriptor file(::open(temporary.path().c_str(), O_RDONLY | O_CLOEXEC));
    if (file.number() < 0 || ::fsync(file.number()) != 0 || file.close() != 0) fail_writing(path, errno);
  }
  if (::rename(temporary.path().c_str(), target.c_str()) != 0) fail_writing(path, errno);
  temporary.release();
  // Makes the new name survive a power failure; errors are ignored, since not every file system can flush a folder.
  const fs::path folder = target.has_parent_path() ? target.parent_path() : fs::path(".");
  if (const Descriptor entry(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)); entry.number() >= 0) {
    ::fsync(entry.number());
  }
}

void write_text_atomically(const fs::path& path, const std::function<void(const TextSink& sink)>& write) {
  const auto write_part = [&](int descriptor, std::string_view part) {
    while (!part.empty()) {
      const ssize_t written = ::write(descriptor, part.data(), part.size());
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) fail_writing(path, written < 0 ? errno : ENOSPC);
      part.remove_prefix(static_cast<std::size_t>(written));
    }
  };
  if (path == "-") return write([&](std::string_view part) { write_part(STDOUT_FILENO, part); });
  write_atomically(path, [&](const fs::path& temporary) {
    Descriptor file(::open(temporary.c_str(), O_WRONLY | O_TRUNC | O_CLOEXEC));
    if (file.number() < 0) fail_writing(path, errno);
    write([&](std::string_view part) { write_part(file.number(), part); });
    if (file.close() != 0) fail_writing(path, errno);
  });
}

void write_atomically(const fs::path& path, std::string_view content) {
  write_text_atomically(path, [&](const TextSink& sink) { sink(content); });
}

}  // namespace dnm
