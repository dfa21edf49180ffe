// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/models/model_table.h"

#include <type_traits>
#include <vector>

namespace dnm {
namespace {

template <class Kind>
PartRows rows_of() {
  if constexpr (requires { Kind::parameters(); }) {
    return {Kind::choice, part_rows(Kind::parameters())};
  } else {
    return {Kind::choice};
  }
}

template <class... Kinds>
std::vector<PartRows> rows_of_all(std::type_identity<std::tuple<Kinds...>>) {
  return {rows_of<Kinds>()...};
}

}  // namespace

std::span<const PartRows> model_table() {
  static const std::vector<PartRows> table = rows_of_all(std::type_identity<ModelKinds>());
  return table;
}

}  // namespace dnm
