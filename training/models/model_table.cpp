// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/models/model_table.h"

#include <type_traits>
#include <vector>

#include "core/parameters/look_up.h"

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

template <class Kind>
concept DrawnByMatrices = requires {
  Kind::matrices(part_settings(Kind::parameters(), ParameterValues()));
};

template <class... Kinds>
bool draws_matrices_named(std::type_identity<std::tuple<Kinds...>>, std::string_view id) {
  return ((Kinds::choice.id == id && DrawnByMatrices<Kinds>) || ...);
}

template <class Kind>
std::vector<MatrixRequest> matrices_of_kind(const ParameterValues& values) {
  if constexpr (DrawnByMatrices<Kind>) {
    return Kind::matrices(part_settings(Kind::parameters(), values));
  } else {
    return {};
  }
}

template <class... Kinds>
std::vector<MatrixRequest> matrices_of_named(std::type_identity<std::tuple<Kinds...>>, std::string_view id,
                                             const ParameterValues& values) {
  std::vector<MatrixRequest> made;
  (void)((Kinds::choice.id == id && (made = matrices_of_kind<Kinds>(values), true)) || ...);
  return made;
}

/// What `ask` gives for the kind of this id, where its class has that.
template <class... Kinds, class Ask>
void ask_kind(std::type_identity<std::tuple<Kinds...>>, std::string_view id, const Ask& ask) {
  (void)((Kinds::choice.id == id && (ask(std::type_identity<Kinds>()), true)) || ...);
}

std::string_view known_model(const TrainingSettings& settings) {
  return look_up(model_table(), settings.model, "model").choice.id;
}

}  // namespace

std::span<const PartRows> model_table() {
  static const std::vector<PartRows> table = rows_of_all(std::type_identity<ModelKinds>());
  return table;
}

bool draws_matrices(const TrainingSettings& settings) {
  return draws_matrices_named(std::type_identity<ModelKinds>(),
                              look_up(model_table(), settings.model, "model").choice.id);
}

std::vector<MatrixRequest> matrices_of(const TrainingSettings& settings) {
  const PartRows& row = look_up(model_table(), settings.model, "model");
  return matrices_of_named(std::type_identity<ModelKinds>(), row.choice.id, settings.parts);
}

std::vector<RecipeValue> usual_settings(const TrainingSettings& settings) {
  std::vector<RecipeValue> made;
  ask_kind(std::type_identity<ModelKinds>(), known_model(settings), [&]<class Kind>(std::type_identity<Kind>) {
    if constexpr (requires { Kind::usual_settings(settings); }) made = Kind::usual_settings(settings);
  });
  return made;
}

std::vector<RecipeValue> usual_rewiring(const TrainingSettings& settings) {
  std::vector<RecipeValue> made;
  ask_kind(std::type_identity<ModelKinds>(), known_model(settings), [&]<class Kind>(std::type_identity<Kind>) {
    if constexpr (requires { Kind::usual_rewiring(settings); }) made = Kind::usual_rewiring(settings);
  });
  return made;
}

std::optional<double> rate_width(const TrainingSettings& settings) {
  std::optional<double> width;
  ask_kind(std::type_identity<ModelKinds>(), known_model(settings), [&]<class Kind>(std::type_identity<Kind>) {
    if constexpr (requires { Kind::rate_width(part_settings(Kind::parameters(), settings.parts)); })
      width = Kind::rate_width(part_settings(Kind::parameters(), settings.parts));
  });
  return width;
}

}  // namespace dnm
