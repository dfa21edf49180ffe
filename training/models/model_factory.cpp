// SPDX-License-Identifier: GPL-3.0-or-later
#include <type_traits>

#include "core/parameters/look_up.h"
#include "training/models/model_table.h"

namespace dnm {
namespace {

template <class Kind>
std::unique_ptr<const ModelKind> make_kind(const ParameterValues& values) {
  if constexpr (requires { Kind::parameters(); }) {
    return std::make_unique<Kind>(part_settings(Kind::parameters(), values));
  } else {
    return std::make_unique<Kind>();
  }
}

template <class... Kinds>
std::unique_ptr<const ModelKind> make_named(std::type_identity<std::tuple<Kinds...>>, std::string_view id,
                                            const ParameterValues& values) {
  std::unique_ptr<const ModelKind> made;
  (void)((Kinds::choice.id == id && (made = make_kind<Kinds>(values))) || ...);
  return made;
}

}  // namespace

std::unique_ptr<const ModelKind> make_model_kind(const TrainingSettings& settings) {
  const PartRows& row = look_up(model_table(), settings.model, "model");
  return make_named(std::type_identity<ModelKinds>(), row.choice.id, settings.parts);
}

}  // namespace dnm
