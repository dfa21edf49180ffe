// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <utility>

namespace dnm {

/// Marks a folder as in use for other threads and processes. The lock ends with the process, however the process ends.
class FolderLock {
 public:
  /// `what`: the work that the lock protects, as the error message of a later attempt names it ("a run"). Throws
  /// FileError when the folder is locked already. On file systems without such locks nothing is locked.
  FolderLock(const std::filesystem::path& folder, const std::string& what);
  ~FolderLock();
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;
  FolderLock(FolderLock&& other) noexcept
      : descriptor_(std::exchange(other.descriptor_, -1)), is_held_(std::exchange(other.is_held_, false)) {}
  FolderLock& operator=(FolderLock&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    std::swap(is_held_, other.is_held_);
    return *this;
  }
  /// False where nothing could be locked.
  [[nodiscard]] bool is_held() const { return is_held_; }

 private:
  int descriptor_;
  bool is_held_;
};

}  // namespace dnm
