// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/support/module_folder.h"

#include <bit>
#include <cstdlib>

#include <dlfcn.h>

#include "core/support/error.h"
#include "core/support/version.h"

namespace dnm {

std::filesystem::path module_folder() {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nothing changes the environment
  if (const char* given = std::getenv("DNM_MODULE_PATH"); given != nullptr && *given != '\0') return given;
  Dl_info library{};
  // A function of one of them.
  if (dladdr(std::bit_cast<const void*>(&program_version), &library) == 0 || library.dli_fname == nullptr)
    throw ResourceError("cannot find the folder of this program's libraries; set DNM_MODULE_PATH");
  return std::filesystem::path(library.dli_fname).parent_path();
}

}  // namespace dnm
