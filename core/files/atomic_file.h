// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <string_view>

namespace dnm {

/// Makes `path` appear whole or not at all: `write` fills a temporary file in the same folder (of the same extension,
/// already there and empty), which is then flushed and renamed over `path`. The temporary goes away on any exception,
/// which is passed on. An existing file keeps its permissions, and a symbolic link is followed. Throws FileError
/// (missing or unwritable folder, full disk, `path` is a folder or a device), naming `path` and what to do.
void write_atomically(const std::filesystem::path& path,
                      const std::function<void(const std::filesystem::path& temporary)>& write);
/// The same for text at hand.
void write_atomically(const std::filesystem::path& path, std::string_view content);

/// Takes the next part of a file.
using TextSink = std::function<void(std::string_view part)>;
/// The same for text that is made part by part, of which only one need be in memory.
void write_text_atomically(const std::filesystem::path& path, const std::function<void(const TextSink& sink)>& write);

}  // namespace dnm
