// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include <sha2.h>

#include "core/support/task_control.h"

namespace dnm {

/// SHA-256 (FIPS 180-4) of bytes that come in parts.
class Sha256 {
 public:
  Sha256();
  void add(std::string_view bytes);
  /// 64 hexadecimal digits. Nothing can be added afterwards.
  [[nodiscard]] std::string digits();

 private:
  SHA2_CTX state_{};
};

/// The same of bytes that are all there.
[[nodiscard]] std::string sha256(std::string_view bytes);
/// The same of a file, as it lies on the disk. Throws FileError, Cancelled.
[[nodiscard]] std::string sha256_of_file(const std::filesystem::path& path, const TaskControl& control = {});

}  // namespace dnm
