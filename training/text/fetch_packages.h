// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "core/support/task_control.h"

namespace dnm {

/// A Debian package and the version that was fetched: "libreoffice-help-de", "4:7.4.7-1+deb12u14".
struct FetchedPackage {
  std::string name;
  std::string version;
};

/// Downloads Debian packages by apt-get and unpacks each into a folder of its name in `folder`, which is made; no
/// administrator's rights are needed, and nothing is installed. A package that was there before is replaced when the
/// new one is whole. Throws ResourceError (no apt-get or dpkg-deb), FileError (offline, unknown to this system, no
/// room), Cancelled.
std::vector<FetchedPackage> fetch_packages(std::span<const std::string> packages, const std::filesystem::path& folder,
                                           const TaskControl& control = {});

}  // namespace dnm
