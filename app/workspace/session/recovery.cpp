// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/session/recovery.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <string_view>
#include <system_error>
#include <utility>

#include <sys/stat.h>
#include <unistd.h>

#include "app/workspace/session/session_paths.h"
#include "core/files/atomic_file.h"
#include "core/support/error.h"
#include "core/support/json.h"
#include "core/support/json_integer.h"
#include "core/support/user_folders.h"

namespace dnm {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view format_name = "dnm-unsaved-work";
constexpr int current_version = 1;
constexpr const char* work_name = "unsaved.json";
constexpr const char* unfinished_start = ".new-";  // a folder without its lock
constexpr const char* lock_purpose = "a window of DNM Studio";

std::string host_name() {
  std::array<char, 256> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "localhost";
}

/// The start of the names of this process's folders: HOST.PID.
std::string name_start() { return host_name() + "." + std::to_string(::getpid()) + "."; }

/// Whether the process that made a folder of that name may still live. For file systems without locks.
bool may_be_in_use(const std::string& name) {
  const std::size_t end = name.rfind('.');
  const std::size_t begin = end == std::string::npos || end == 0 ? std::string::npos : name.rfind('.', end - 1);
  if (begin == std::string::npos) return true;
  if (name.substr(0, begin) != host_name()) return true;
  const std::string process = name.substr(begin + 1, end - begin - 1);
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/" + process + "/exe", error);
  return !error && program.filename() == fs::read_symlink("/proc/self/exe", error).filename();
}

OrderedJson stamp_to_json(const FileStamp& stamp) {
  return {{"size", stamp.size}, {"checksum", stamp.checksum}, {"seconds", stamp.seconds}};
}

FileStamp stamp_from_json(const OrderedJson& json) {
  return {integer_of<std::uint64_t>(json.at("size")), integer_of<std::uint64_t>(json.at("checksum")),
          integer_of<std::int64_t>(json.at("seconds"))};
}

}  // namespace

fs::path user_recovery_folder() { return user_state_folder() / "recovery"; }

KeptWork KeptWork::make(const fs::path& recovery) {
  std::error_code error;
  fs::create_directories(recovery, error);
  const auto fail = [&](const std::error_code& why) {
    throw FileError("cannot make a folder in " + recovery.string() + ": " + why.message() + "; check the disk");
  };
  if (!fs::is_directory(recovery, error)) fail(std::make_error_code(std::errc::not_a_directory));
  const std::string start = name_start();
  for (int number = 0;; ++number) {
    const std::string name = start + std::to_string(number);
    const fs::path folder = recovery / name;
    if (fs::exists(folder, error)) continue;
    const fs::path unfinished = recovery / (unfinished_start + name);
    if (::mkdir(unfinished.c_str(), 0700) != 0 && errno != EEXIST) fail({errno, std::generic_category()});
    // Only its name makes it visible to find(), and then it is locked.
    FolderLock lock(unfinished, lock_purpose);
    fs::rename(unfinished, folder, error);
    if (error) fail(error);
    return {folder, std::move(lock)};
  }
}

std::vector<KeptWork> KeptWork::find(const fs::path& recovery) {
  std::vector<KeptWork> found;
  std::error_code error;
  for (fs::directory_iterator entry(recovery, error), end; !error && entry != end; entry.increment(error)) {
    const fs::path& folder = entry->path();
    const std::string name = folder.filename().string();
    std::error_code unreadable;
    if (name.starts_with('.') || !entry->is_directory(unreadable)) continue;
    try {
      KeptWork kept(folder, FolderLock(folder, lock_purpose));
      if (!kept.lock_.is_held() && may_be_in_use(name)) continue;
      if (fs::exists(folder / work_name, unreadable)) {
        found.push_back(std::move(kept));
      } else {
        kept.remove();
      }
    } catch (const FileError&) {
      // It is in use.
    }
  }
  std::ranges::sort(found, {}, [](const KeptWork& kept) { return kept.seconds(); });
  return found;
}

void KeptWork::write(UnsavedWork work) const {
  make_paths_absolute(work.session);
  OrderedJson head{{"format", format_name}, {"version", current_version}, {"seconds", work.seconds}};
  head["file"] = work.file;
  if (work.stamp) head["stamp"] = stamp_to_json(*work.stamp);
  std::string text = head.dump(-1, ' ', false, OrderedJson::error_handler_t::replace);
  text.pop_back();
  write_atomically(folder_ / work_name, text + ",\n\"session\": " + session_to_json(work.session) + "}\n");
}

UnsavedWork KeptWork::read() const {
  const fs::path path = folder_ / work_name;
  const std::string text = read_session_text(path);
  const OrderedJson json = parse_json_if_valid(text);
  UnsavedWork work;
  try {
    if (json.at("format") != format_name || json.at("version") != current_version)
      throw FileError(path.string() + " was written by another version of DNM Studio; open it there");
    work.seconds = integer_of<std::int64_t>(json.at("seconds"));
    work.file = json.at("file").get<std::string>();
    if (json.contains("stamp")) work.stamp = stamp_from_json(json["stamp"]);
    work.session = session_from_json(json.at("session").dump());
  } catch (const OrderedJson::exception&) {
    throw FileError(path.string() + " is damaged; it cannot be opened again");
  }
  return work;
}

std::int64_t KeptWork::seconds() const { return written_at(folder_ / work_name); }

void KeptWork::remove() {
  std::error_code error;
  fs::remove_all(folder_, error);
}

}  // namespace dnm
