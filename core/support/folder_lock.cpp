// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/support/folder_lock.h"

#include <cerrno>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "core/support/error.h"

namespace dnm {

FolderLock::FolderLock(const std::filesystem::path& folder, const std::string& what)
    : descriptor_(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)),
      is_held_(descriptor_ >= 0 && ::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) {
  if (is_held_ || descriptor_ < 0 || errno != EWOULDBLOCK) return;
  ::close(descriptor_);
  throw FileError(what + " is in progress in the folder " + folder.string() +
                  "; wait until it has finished or choose another folder");
}

FolderLock::~FolderLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace dnm
