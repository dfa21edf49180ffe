// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/support/error.h"

namespace dnm {

/// A name that no row of a table has. On a command line it is wrong usage; who reads a file throws what tells of the
/// file in its place.
class UnknownName : public InvalidInput {
 public:
  using InvalidInput::InvalidInput;
};

}  // namespace dnm
