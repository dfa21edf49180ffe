// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/runs/run_folder_files.h"

#include <algorithm>
#include <initializer_list>
#include <system_error>

#include "core/files/network_tensors.h"
#include "training/runs/epochs_file.h"

namespace dnm {

bool holds_run(const std::filesystem::path& folder) {
  const std::initializer_list<const char*> left = {checkpoint_file_name, previous_checkpoint_name,
                                                   unfinished_checkpoint_name, epochs_file_name, config_file_name};
  std::error_code code;
  return std::ranges::any_of(left, [&](const char* name) { return std::filesystem::exists(folder / name, code); });
}

}  // namespace dnm
