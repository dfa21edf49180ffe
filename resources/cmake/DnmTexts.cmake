# SPDX-License-Identifier: GPL-3.0-or-later
# dnm_compile_in(TARGET FUNCTION FOLDER ENDING): the files of a folder of resources, and of the folders in it, as texts in
# a library. The target has a function of that name, as core/support/compiled_text.h describes it.
function(dnm_compile_in target function folder ending)
  set(directory ${PROJECT_SOURCE_DIR}/resources/${folder})
  file(GLOB_RECURSE files CONFIGURE_DEPENDS ${directory}/*${ending})
  set(literals "")
  foreach(file IN LISTS files)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
    file(RELATIVE_PATH name ${directory} ${file})
    string(REGEX REPLACE "\\${ending}$" "" name ${name})
    file(READ ${file} text)
    string(APPEND literals "    {\"${name}\", R\"dnm(${text})dnm\"},\n")
  endforeach()
  file(CONFIGURE OUTPUT ${function}.cpp @ONLY CONTENT [[
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/support/compiled_text.h"

namespace dnm {

std::span<const CompiledText> @function@();
std::span<const CompiledText> @function@() {
  static constexpr CompiledText texts[] = {
@literals@  };
  return texts;
}

}  // namespace dnm
]])
  target_sources(${target} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/${function}.cpp)
endfunction()

# dnm_add_translation(TARGET LANGUAGE): the translated texts of the window, resources/translations/*_LANGUAGE.ts, as the
# resource :/translations/dnm_LANGUAGE.qm of a target.
function(dnm_add_translation target language)
  # Where Debian and where Qt itself puts its programs.
  find_program(DNM_LRELEASE NAMES lrelease lrelease-qt6 HINTS ${Qt6_DIR}/../../../qt6/bin ${Qt6_DIR}/../../../bin REQUIRED)
  file(GLOB texts CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/resources/translations/*_${language}.ts)
  set(compiled ${CMAKE_CURRENT_BINARY_DIR}/dnm_${language}.qm)
  add_custom_command(OUTPUT ${compiled}
    COMMAND ${DNM_LRELEASE} -silent ${texts} -qm ${compiled}
    DEPENDS ${texts} COMMENT "Compiling the translation dnm_${language}" VERBATIM)
  qt_add_resources(${target} studio_translation_${language} PREFIX /translations BASE ${CMAKE_CURRENT_BINARY_DIR}
    FILES ${compiled})
endfunction()
