// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/support/error.h"

namespace dnm::test {

/// What the dnm::Error thrown by `call` says; empty when it throws none.
std::string message_of(const auto& call) {
  try {
    call();
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

}  // namespace dnm::test
