// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace dnm {

/// What shared work needs of its surroundings: a folder that many processes, on one machine or several, see at the same
/// time, and a clock. No locks: only the creation of a name that must not exist yet decides between two of them, which
/// NFS keeps as well. Names are relative to the folder. All functions throw FileError, with a remedy; they are safe
/// from any thread.
class SharedFiles {
 public:
  /// A time by the clock of the file system, which is not this machine's; only differences mean something.
  using Time = std::chrono::duration<double>;

  virtual ~SharedFiles() = default;
  SharedFiles(const SharedFiles&) = delete;
  SharedFiles& operator=(const SharedFiles&) = delete;

  /// The names in a folder, in any order; empty where there is no such folder. What others created in the last minute
  /// may be missing (NFS keeps listings for a while).
  [[nodiscard]] virtual std::vector<std::string> names(const std::string& folder) = 0;
  /// The whole content of a file; nothing where there is none.
  [[nodiscard]] virtual std::optional<std::string> content(const std::string& name) = 0;
  /// Creates a file with this content, whole, unless the name exists: then false. Its folder is created when missing.
  /// `durable`: a power failure right after it loses nothing.
  [[nodiscard]] virtual bool create(const std::string& name, std::string_view content, bool durable) = 0;
  /// Gives a file a second name, unless that exists: then false.
  [[nodiscard]] virtual bool link(const std::string& name, const std::string& second) = 0;
  /// Whether the file system has a file of that name now.
  [[nodiscard]] virtual bool exists(const std::string& name) = 0;
  /// Sets the time of a file to now(). False where there is no such file.
  [[nodiscard]] virtual bool touch(const std::string& name) = 0;
  /// Sets the time of a file to long ago.
  virtual void make_old(const std::string& name) = 0;
  /// The time of a file; nothing where there is none.
  [[nodiscard]] virtual std::optional<Time> time_of(const std::string& name) = 0;
  /// Now, by the clock that touch() uses.
  [[nodiscard]] virtual Time now() = 0;
  /// Removes a file; no error where there is none.
  virtual void remove(const std::string& name) = 0;

  /// A name that no other participant has, "HOST:PROCESS:…" without blanks.
  [[nodiscard]] virtual std::string participant() = 0;
  /// Whether the process of a participant is known to be gone, because it ran here. Asks this machine alone.
  [[nodiscard]] virtual bool is_gone(const std::string& participant) = 0;
  /// Time since any fixed moment on this machine, also while it sleeps.
  [[nodiscard]] virtual Time elapsed() = 0;
  /// Waits for this long, or until a stop.
  virtual void wait(Time time, const std::stop_token& stop) = 0;

 protected:
  SharedFiles() = default;
};

/// A folder of this machine or of a server. It and its parents are created when something is first written.
[[nodiscard]] std::unique_ptr<SharedFiles> shared_files_in(std::filesystem::path folder);

}  // namespace dnm
