// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/workspace/session/file_stamp.h"
#include "app/workspace/session/session.h"
#include "core/support/folder_lock.h"

// Work that no session file holds yet, kept apart so that it survives the end of the program, however it ends. Each
// window keeps its own in a folder of its own, which it locks while it lives: a folder that nobody locks was left
// behind.
namespace dnm {

/// user_state_folder() / "recovery".
[[nodiscard]] std::filesystem::path user_recovery_folder();

struct UnsavedWork {
  Session session{};                 ///< with its runs; names of files and folders are absolute
  std::string file{};                ///< the session file that it belongs to; empty: none yet
  std::optional<FileStamp> stamp{};  ///< of that file as it was last read or written there
  std::int64_t seconds = 0;          ///< since 1970: when it was kept
};

/// One folder of kept work and its lock.
class KeptWork {
 public:
  /// Makes a folder of its own in `recovery`, and that too if needed. Throws FileError.
  [[nodiscard]] static KeptWork make(const std::filesystem::path& recovery);
  /// The folders in `recovery` that were left behind with work in them, oldest first, locked from now on: nobody else
  /// finds them while they live.
  [[nodiscard]] static std::vector<KeptWork> find(const std::filesystem::path& recovery);

  /// Keeps this work in place of what was kept before, whole or not at all. Throws FileError.
  void write(UnsavedWork work) const;
  /// Throws FileError / InvalidInput for what was damaged or written by a newer version.
  [[nodiscard]] UnsavedWork read() const;
  /// When it was kept, in seconds since 1970.
  [[nodiscard]] std::int64_t seconds() const;
  /// Deletes the folder with all that is in it.
  void remove();
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

 private:
  KeptWork(std::filesystem::path folder, FolderLock lock) : folder_(std::move(folder)), lock_(std::move(lock)) {}

  std::filesystem::path folder_;
  FolderLock lock_;
};

}  // namespace dnm
