// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/output_folder.h"

#include <system_error>

#include "core/support/error.h"

namespace dnm::cli {

bool make_output_folder(const std::filesystem::path& folder) {
  std::error_code error;
  const bool made = std::filesystem::create_directories(folder, error);
  if (error) {
    throw FileError("cannot make the folder " + folder.string() + ": " + error.message() + "; choose another with -o");
  }
  return made;
}

}  // namespace dnm::cli
