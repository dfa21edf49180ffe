// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/rewiring/rewiring_table.h"

#include <array>

namespace dnm {

std::span<const RewiringMethod> rewiring_table() {
  static const std::array table{
      parameter_part<std::unique_ptr<RewiringRule>()>(
          {"static", "Static", "The topology stays as it was drawn; only the weights learn."},
          [] { return std::unique_ptr<RewiringRule>(); }),
  };
  return table;
}

}  // namespace dnm
