// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/output_folder.h"

#include <system_error>
#include <utility>

#include "core/support/error.h"

namespace dnm::cli {

OutputFolder::OutputFolder(std::filesystem::path folder) : path_(std::move(folder)) {
  std::error_code error;
  made_ = std::filesystem::create_directories(path_, error);
  if (error) {
    throw FileError("cannot make the folder " + path_.string() + ": " + error.message() + "; choose another with -o");
  }
}

OutputFolder::~OutputFolder() {
  std::error_code error;  // it is not empty
  if (made_) std::filesystem::remove(path_, error);
}

}  // namespace dnm::cli
