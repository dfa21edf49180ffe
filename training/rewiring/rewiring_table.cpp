// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/rewiring/rewiring_table.h"

#include <array>

#include "training/rewiring/rules.h"

namespace dnm {

std::span<const RewiringMethod> rewiring_table() {
  static const std::array table{
      RewiringMethod{parameter_part<std::unique_ptr<RewiringRule>()>(
          {"static", "Static", "The topology stays as it was drawn; only the weights learn."},
          [] { return std::unique_ptr<RewiringRule>(); })},
      set_method(),
      rigl_method(),
      cht_method(),
      chts_method(),
      chtss_method(),
      granet_method(),
      gmp_method(),
  };
  return table;
}

}  // namespace dnm
