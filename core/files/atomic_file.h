// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <string_view>

namespace dnm {

/// Writes `path` completely or not at all: `write` fills a temporary file in the same folder (an existing, empty file
/// with the same extension), which is then flushed and renamed to `path`. On an exception the temporary file is removed
/// and the exception passed on. An existing file keeps its permissions, and a symbolic link is followed. Throws
/// FileError (missing or unwritable folder, full disk, `path` is a folder or a device), naming `path` and a remedy.
void write_atomically(const std::filesystem::path& path,
                      const std::function<void(const std::filesystem::path& temporary)>& write);
/// The same for a given text.
void write_atomically(const std::filesystem::path& path, std::string_view content);

/// Receives the next part of a file.
using TextSink = std::function<void(std::string_view part)>;
/// The same for text produced in parts, of which only one needs to be in memory. The path "-" is standard output, to
/// which the parts go as they come.
void write_text_atomically(const std::filesystem::path& path, const std::function<void(const TextSink& sink)>& write);

}  // namespace dnm
