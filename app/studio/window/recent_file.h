// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "core/files/network_files.h"

namespace dnm {

/// A file that was used, as a line of the user's settings: its path and, where that was chosen, how it was read.
struct RecentFile {
  QString path;  ///< absolute
  ReadOptions reading{};

  [[nodiscard]] QString to_line() const;
  [[nodiscard]] static RecentFile from_line(const QString& line);
};

}  // namespace dnm
