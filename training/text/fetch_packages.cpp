// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/text/fetch_packages.h"

#include <algorithm>
#include <system_error>

#include <unistd.h>

#include "core/files/file_text.h"
#include "core/support/child_process.h"
#include "core/support/error.h"
#include "core/support/trimmed.h"

namespace dnm {
namespace {

namespace fs = std::filesystem;

/// A folder beside those of the packages, removed in the end.
class WorkFolder {
 public:
  explicit WorkFolder(const fs::path& folder) : path_(folder / (".fetch-" + std::to_string(getpid()))) {
    std::error_code code;
    fs::remove_all(path_, code);
    fs::create_directories(path_, code);
    if (code) throw FileError("cannot make the folder " + path_.string() + ": " + code.message() + "; see who owns it");
  }
  ~WorkFolder() {
    std::error_code code;
    fs::remove_all(path_, code);
  }
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

/// The first line that says what went wrong, else the last.
std::string reason_in(std::string_view errors) {
  std::string_view reason;
  while (!errors.empty()) {
    const std::string_view line = trimmed(next_line(errors));
    if (line.starts_with("E: ")) return std::string(line.substr(3));
    if (!line.empty()) reason = line;
  }
  return std::string(reason);
}

std::string run_or_throw(const std::vector<std::string>& words, const fs::path& folder, const std::string& what,
                         const std::string& remedy, const TaskControl& control) {
  ChildOutcome outcome = run_process({.words = words, .folder = folder}, {control.stop, {}});
  if (outcome.status != 0) throw FileError(what + ": " + reason_in(outcome.errors) + "; " + remedy);
  return std::move(outcome.output);
}

/// The file that apt-get has made of a package: NAME_VERSION_ARCHITECTURE.deb.
fs::path file_of(const fs::path& folder, const std::string& package) {
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with(package + "_") && name.ends_with(".deb")) return entry.path();
  }
  throw FileError("apt-get left no file of " + package + " in " + folder.string() + "; try again");
}

void replace(const fs::path& made, const fs::path& place, const fs::path& aside) {
  std::error_code code;
  if (fs::exists(place, code)) fs::rename(place, aside, code);
  if (!code) fs::rename(made, place, code);
  if (code) throw FileError("cannot put " + place.string() + " in its place: " + code.message() + "; see who owns it");
}

}  // namespace

std::vector<FetchedPackage> fetch_packages(std::span<const std::string> packages, const fs::path& folder,
                                           const TaskControl& control) {
  const WorkFolder work(folder);
  std::vector<FetchedPackage> fetched;
  const double steps = 2.0 * static_cast<double>(packages.size());
  // One by one, so that the message names the one that is missing.
  for (const std::string& package : packages) {
    control.check();
    run_or_throw({"apt-get", "-q", "download", package}, work.path(), "cannot download the Debian package " + package,
                 "see whether this machine is online and its package lists are new (sudo apt-get update)", control);
    control.report(static_cast<double>(fetched.size() * 2 + 1) / steps);
    const fs::path file = file_of(work.path(), package);
    const std::string remedy = "see whether there is room on the disk, and try again";
    const std::string what = "cannot unpack " + file.filename().string();
    const fs::path made = work.path() / package;
    run_or_throw({"dpkg-deb", "-x", file.string(), made.string()}, {}, what, remedy, control);
    const std::string version = run_or_throw({"dpkg-deb", "-f", file.string(), "Version"}, {}, what, remedy, control);
    replace(made, folder / package, work.path() / (package + ".old"));
    fetched.push_back({package, std::string(trimmed(version))});
    control.report(static_cast<double>(fetched.size() * 2) / steps);
  }
  return fetched;
}

}  // namespace dnm
