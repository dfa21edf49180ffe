// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/models/mlp_kind.h"
#include "training/models/threads_parameter.h"

namespace dnm {

const ParameterTable<MlpParameters>& mlp_table() {
  static const ParameterTable<MlpParameters> table("parameter of the multi-layer perceptron",
                                                   {parameter<&MlpParameters::threads>(threads_parameter)});
  return table;
}

}  // namespace dnm
