// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace dnm::cli {

/// The folder that -o names: made, with those above it, where it is not there, and taken away again when nothing has
/// been put into it.
class OutputFolder {
 public:
  /// Throws FileError.
  explicit OutputFolder(std::filesystem::path folder);
  ~OutputFolder();
  OutputFolder(const OutputFolder&) = delete;
  OutputFolder& operator=(const OutputFolder&) = delete;

 private:
  std::filesystem::path path_;
  bool made_;
};

}  // namespace dnm::cli
