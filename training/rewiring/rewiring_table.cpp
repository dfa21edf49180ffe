// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/rewiring/rewiring_table.h"

#include <algorithm>
#include <string>

#include "core/support/error.h"

namespace dnm {
namespace {

constexpr RewiringMethod table[] = {
    {{"static", "Static", "The topology stays as it was drawn; only the weights learn."},
     [](const TrainingSettings&) -> std::unique_ptr<RewiringRule> { return nullptr; }},
};

}  // namespace

std::span<const RewiringMethod> rewiring_table() { return table; }

const RewiringMethod& rewiring_method(std::string_view id) {
  const auto* const found =
      std::find_if(std::begin(table), std::end(table), [id](const auto& method) { return method.choice.id == id; });
  if (found == std::end(table)) throw InvalidInput("there is no rewiring rule \"" + std::string(id) + "\"");
  return *found;
}

}  // namespace dnm
