// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <utility>

namespace dnm {

/// Says to others, of this program or another one, that work is going on in a folder. It ends with the process, however
/// that ends.
class FolderLock {
 public:
  /// `what` is going on, for those that come later: "a run". Throws FileError when something is going on there. Where a
  /// file system has no such locks nothing is locked.
  FolderLock(const std::filesystem::path& folder, const std::string& what);
  ~FolderLock();
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;
  FolderLock(FolderLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  FolderLock& operator=(FolderLock&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }

 private:
  int descriptor_;
};

}  // namespace dnm
