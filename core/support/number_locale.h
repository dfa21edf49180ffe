// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <clocale>

namespace dnm {

/// Numbers that C functions of libraries print and read have a point from here on, whatever the user's locale; those of
/// this program have it anyway (core/support/digits.h). Qt's application objects set the user's locale: call it after
/// making one, before there are other threads.
inline void keep_decimal_points() {
  static_cast<void>(std::setlocale(LC_NUMERIC, "C"));  // NOLINT(concurrency-mt-unsafe): there is one thread yet
}

}  // namespace dnm
