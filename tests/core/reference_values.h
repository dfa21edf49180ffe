// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <iterator>
#include <string>

#include "core/support/json.h"
#include "tests/core/reference_files.h"

namespace dnm::reference {

/// "karate_lqg.json" and the like.
inline OrderedJson values(const std::string& file_name) {
  std::ifstream file = open(file_name);
  return parse_json(std::string((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>()));
}

}  // namespace dnm::reference
