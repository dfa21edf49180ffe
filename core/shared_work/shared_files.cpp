// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/shared_work/shared_files.h"

#include <array>
#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <cstdint>
#include <ctime>
#include <fstream>
#include <mutex>
#include <random>
#include <system_error>
#include <utility>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/files/descriptor.h"
#include "core/files/file_text.h"
#include "core/files/writing_error.h"
#include "core/support/error.h"

namespace dnm {
namespace {

namespace fs = std::filesystem;
using Time = SharedFiles::Time;

constexpr double nanosecond = 1e-9;

Time time_from(const timespec& time) {
  return Time(static_cast<double>(time.tv_sec) + nanosecond * static_cast<double>(time.tv_nsec));
}

std::string first_line(const fs::path& file) {
  std::ifstream stream(file);
  std::string line;
  std::getline(stream, line);
  return line;
}

/// What a process is told apart by: its start, in ticks since the machine started; empty where there is no such
/// process, or only what is left of it until its parent asks.
std::string start_of(const std::string& process) {
  const std::string line = first_line("/proc/" + process + "/stat");
  const std::size_t name_end = line.rfind(')');
  if (name_end == std::string::npos) return {};
  std::string_view rest = std::string_view(line).substr(name_end + 1);
  const std::string_view state = next_word(rest);
  if (state == "Z" || state == "X") return {};
  constexpr int words_between = 18;  // manual page proc(5): the state is word 3, the start is word 22
  for (int word = 0; word < words_between; ++word) (void)next_word(rest);
  return std::string(next_word(rest));
}

/// This start of this machine, and the container in which process numbers mean something.
std::string place_of_processes() {
  std::error_code error;
  const std::string space = fs::read_symlink("/proc/self/ns/pid", error).string();
  std::string place = first_line("/proc/sys/kernel/random/boot_id") + space;
  std::erase_if(place, [](char c) { return c == ':' || c == '-' || c == '[' || c == ']'; });
  return place;
}

/// HOST:PROCESS:START:PLACE:NUMBER. Of process numbers alone several machines may have the same.
std::string unique_name() {
  std::array<char, 65> host{};
  ::gethostname(host.data(), host.size() - 1);
  std::random_device entropy;
  const std::string process = std::to_string(::getpid());
  return std::string(host.data()) + ":" + process + ":" + start_of(process) + ":" + place_of_processes() + ":" +
         std::to_string(entropy());
}

[[noreturn]] void fail_reading(const fs::path& path, int code) {
  dnm::fail_reading(path, std::generic_category().message(code) + "; check that the folder can be reached");
}

class FolderFiles final : public SharedFiles {
 public:
  explicit FolderFiles(fs::path folder) : folder_(std::move(folder)), name_(unique_name()), probe_("clock/" + name_) {}
  ~FolderFiles() override {
    if (has_probe_) ::unlink(path_of(probe_).c_str());
  }
  FolderFiles(const FolderFiles&) = delete;
  FolderFiles& operator=(const FolderFiles&) = delete;

  std::vector<std::string> names(const std::string& folder) override {
    const fs::path path = folder_ / folder;
    DIR* const open = ::opendir(path.c_str());
    if (open == nullptr) {
      if (errno == ENOENT) return {};
      fail_reading(path, errno);
    }
    std::vector<std::string> found;
    errno = 0;
    while (const dirent* entry = ::readdir(open))
      if (entry->d_name[0] != '.') found.emplace_back(entry->d_name);
    const int code = errno;
    ::closedir(open);
    if (code != 0) fail_reading(path, code);
    return found;
  }

  std::optional<std::string> content(const std::string& name) override {
    const fs::path path = path_of(name);
    Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.number() < 0) {
      if (errno == ENOENT) return std::nullopt;
      fail_reading(path, errno);
    }
    std::string text;
    std::array<char, 1 << 14> block;
    for (;;) {
      const ssize_t bytes = ::read(file.number(), block.data(), block.size());
      if (bytes < 0 && errno == EINTR) continue;
      if (bytes < 0) fail_reading(path, errno);
      if (bytes == 0) return text;
      text.append(block.data(), static_cast<std::size_t>(bytes));
    }
  }

  bool create(const std::string& name, std::string_view content, bool durable) override {
    const std::string temporary = "temporary/" + name_ + "-" + std::to_string(++temporaries_);
    const fs::path path = path_of(temporary);
    write(path, content, durable);
    bool created = false;
    try {
      created = link(temporary, name);
    } catch (...) {
      ::unlink(path.c_str());
      throw;
    }
    ::unlink(path.c_str());
    if (created && durable) flush_folder(path_of(name).parent_path());
    return created;
  }

  bool link(const std::string& name, const std::string& second) override {
    const fs::path from = path_of(name);
    const fs::path to = path_of(second);
    for (int attempt = 0;; ++attempt) {
      if (::link(from.c_str(), to.c_str()) == 0) return true;
      const int code = errno;
      // The answer of a server may get lost: a repeated request then finds the name that the first one made.
      if (code == EEXIST) return is_same_file(from, to);
      if (code == ENOENT && attempt == 0 && make_folder(to.parent_path())) continue;
      if (code == EPERM || code == EOPNOTSUPP || code == ENOSYS) {
        throw FileError("cannot share work in " + folder_.string() +
                        ": its file system has no hard links; choose a folder on another one");
      }
      fail_writing(to, code);
    }
  }

  bool exists(const std::string& name) override {
    if (::access(path_of(name).c_str(), F_OK) == 0) return true;
    if (errno == ENOENT) return false;
    fail_reading(path_of(name), errno);
  }

  bool touch(const std::string& name) override {
    // The server's time, not this machine's.
    const std::array<timespec, 2> times{timespec{0, UTIME_OMIT}, timespec{0, UTIME_NOW}};
    return set_times(name, times);
  }

  void make_old(const std::string& name) override {
    const std::array<timespec, 2> times{timespec{0, UTIME_OMIT}, timespec{0, 0}};
    (void)set_times(name, times);
  }

  std::optional<Time> time_of(const std::string& name) override {
    const fs::path path = path_of(name);
    // Opening it makes NFS ask the server, where stat() alone may be answered from memory.
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    struct stat status {};
    if (file.number() >= 0 && ::fstat(file.number(), &status) == 0) return time_from(status.st_mtim);
    if (errno == ENOENT || errno == ESTALE) return std::nullopt;
    fail_reading(path, errno);
  }

  Time now() override {
    for (int attempt = 0; attempt < 3; ++attempt) {
      if (touch(probe_))
        if (const auto time = time_of(probe_)) return *time;
      has_probe_ = create(probe_, "", false) || has_probe_;
    }
    throw FileError("cannot read the time of " + path_of(probe_).string() + "; check that the folder can be reached");
  }

  void remove(const std::string& name) override {
    if (::unlink(path_of(name).c_str()) != 0 && errno != ENOENT) fail_writing(path_of(name), errno);
  }

  std::string participant() override { return name_; }

  bool is_gone(const std::string& participant) override {
    std::vector<std::string> parts(1);
    for (const char c : participant) c == ':' ? static_cast<void>(parts.emplace_back()) : parts.back().push_back(c);
    if (parts.size() != 5 || parts[3] != place_ || parts[2].empty()) return false;
    return start_of(parts[1]) != parts[2];
  }

  Time elapsed() override {
    timespec time{};
    ::clock_gettime(CLOCK_BOOTTIME, &time);
    return time_from(time);
  }

  void wait(Time time, const std::stop_token& stop) override {
    std::mutex mutex;
    std::condition_variable_any stopped;
    std::unique_lock lock(mutex);
    stopped.wait_for(lock, stop, time, [] { return false; });
  }

 private:
  [[nodiscard]] fs::path path_of(const std::string& name) const { return folder_ / name; }

  static bool make_folder(const fs::path& folder) {
    std::error_code error;
    fs::create_directories(folder, error);
    return !error;
  }

  void write(const fs::path& path, std::string_view content, bool durable) const {
    const int flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC;
    int number = ::open(path.c_str(), flags, 0666);
    if (number < 0 && errno == ENOENT && make_folder(path.parent_path())) number = ::open(path.c_str(), flags, 0666);
    if (number < 0) fail_writing(path, errno);
    Descriptor file(number);
    int code = 0;
    while (!content.empty() && code == 0) {
      const ssize_t written = ::write(file.number(), content.data(), content.size());
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) code = written < 0 ? errno : ENOSPC;
      if (written > 0) content.remove_prefix(static_cast<std::size_t>(written));
    }
    if (code == 0 && durable && ::fsync(file.number()) != 0) code = errno;
    if (file.close() != 0 && code == 0) code = errno;
    if (code == 0) return;
    ::unlink(path.c_str());
    fail_writing(path, code);
  }

  static void flush_folder(const fs::path& folder) {
    if (const Descriptor entry(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)); entry.number() >= 0)
      ::fsync(entry.number());  // not every file system can
  }

  static bool is_same_file(const fs::path& first, const fs::path& second) {
    const Descriptor one(::open(first.c_str(), O_RDONLY | O_CLOEXEC));
    const Descriptor other(::open(second.c_str(), O_RDONLY | O_CLOEXEC));
    struct stat a {};
    struct stat b {};
    return one.number() >= 0 && other.number() >= 0 && ::fstat(one.number(), &a) == 0 &&
           ::fstat(other.number(), &b) == 0 && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
  }

  [[nodiscard]] bool set_times(const std::string& name, const std::array<timespec, 2>& times) const {
    if (::utimensat(AT_FDCWD, path_of(name).c_str(), times.data(), 0) == 0) return true;
    if (errno == ENOENT || errno == ESTALE) return false;
    fail_writing(path_of(name), errno);
  }

  fs::path folder_;
  std::string name_;
  std::string place_ = place_of_processes();
  std::string probe_;
  std::atomic<bool> has_probe_ = false;
  std::atomic<std::uint64_t> temporaries_ = 0;
};

}  // namespace

std::unique_ptr<SharedFiles> shared_files_in(fs::path folder) {
  return std::make_unique<FolderFiles>(std::move(folder));
}

}  // namespace dnm
