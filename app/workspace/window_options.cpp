// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/window_options.h"

#include "core/files/network_files.h"

namespace dnm {

std::string window_file_help() {
  return "Network (" + network_extensions() + "), session (.dnm.json), exported figure or run folder to open.";
}

}  // namespace dnm
