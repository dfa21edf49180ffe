// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/output_folder.h"

#include <system_error>

#include "core/support/error.h"

namespace dnm::cli {

void make_output_folder(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) {
    throw FileError("cannot make the folder " + folder.string() + ": " + error.message() + "; choose another with -o");
  }
}

}  // namespace dnm::cli
