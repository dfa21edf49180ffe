// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/settings/decoding_settings.h"

namespace dnm {

const ParameterTable<DecodingSettings>& decoding_table() {
  using D = DecodingSettings;
  static const ParameterTable<D> table(
      "setting of the search", {parameter<&D::beam>(beam_info), parameter<&D::length_penalty>(length_penalty_info)});
  return table;
}

}  // namespace dnm
