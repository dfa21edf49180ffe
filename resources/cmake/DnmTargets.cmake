# SPDX-License-Identifier: GPL-3.0-or-later
# What every target of ours shares: warnings, sanitizers, include root, Qt hygiene.

add_library(dnm_options INTERFACE)
target_include_directories(dnm_options INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(dnm_options INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wnon-virtual-dtor -Wold-style-cast
  $<$<BOOL:${DNM_WARNINGS_AS_ERRORS}>:-Werror>)
# GCC 12 sees overlapping copies in operator+ of std::string where there are none (GCC bug 105651).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(dnm_options INTERFACE -Wno-restrict)
endif()
target_compile_definitions(dnm_options INTERFACE
  QT_NO_KEYWORDS QT_NO_FOREACH QT_STRICT_ITERATORS
  $<$<BOOL:${DNM_STUDIO}>:DNM_STUDIO>)
if(DNM_SANITIZE)
  target_compile_options(dnm_options INTERFACE -fsanitize=${DNM_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(dnm_options INTERFACE -fsanitize=${DNM_SANITIZE})
endif()

# The headers of the standard library that nearly every file of ours includes.
set(DNM_STANDARD_HEADERS
  <algorithm> <cmath> <cstdint> <filesystem> <functional> <map> <memory> <optional> <span> <stop_token> <string>
  <string_view> <utility> <vector>)

# dnm_precompile(TARGET [HEADER ...]): the standard headers and these, compiled once for all files of the target. A file
# still includes what it uses.
function(dnm_precompile target)
  target_precompile_headers(${target} PRIVATE ${DNM_STANDARD_HEADERS} ${ARGN})
endfunction()

# dnm_add_library(NAME [SHARED|STATIC|MODULE|OBJECT]): an empty library of ours; subfolders add their files by target_sources.
function(dnm_add_library name type)
  add_library(${name} ${type})
  target_link_libraries(${name} PRIVATE dnm_options)
  target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR})
endfunction()
