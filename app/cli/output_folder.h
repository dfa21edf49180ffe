// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace dnm::cli {

/// The folder named by -o. Created, with its parents, when it is missing, and removed again when nothing was written
/// into it.
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
