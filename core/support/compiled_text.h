// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string_view>

namespace dnm {

/// A file of resources whose text the build compiles in. The functions that give all files of a folder, in order of
/// their names, are defined in sources that the build makes (dnm_compile_in() of resources/cmake/DnmTexts.cmake), and
/// are declared where their texts are read: `std::span<const CompiledText> preset_texts();`.
struct CompiledText {
  std::string_view name;  ///< the path inside the folder, without the ending
  std::string_view text;
};

}  // namespace dnm
