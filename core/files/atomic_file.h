// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <string_view>

namespace dnm {

/// Makes `path` appear whole or not at all: `write` fills a temporary file in the same folder, which is then
/// flushed and renamed over `path`. The temporary goes away on any exception. Throws FileError (missing or
/// unwritable folder, full disk), naming `path` and what to do.
void write_atomically(const std::filesystem::path& path,
                      const std::function<void(const std::filesystem::path& temporary)>& write);
/// The same for text at hand.
void write_atomically(const std::filesystem::path& path, std::string_view content);

}  // namespace dnm
