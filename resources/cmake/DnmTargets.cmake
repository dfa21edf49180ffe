# SPDX-License-Identifier: GPL-3.0-or-later
# What every target of ours shares: warnings, sanitizers, include root, Qt hygiene.

add_library(dnm_options INTERFACE)
target_include_directories(dnm_options INTERFACE ${PROJECT_SOURCE_DIR})
# All code can be part of a library, so that all targets can share what is precompiled below.
target_compile_options(dnm_options INTERFACE -fPIC)
target_compile_options(dnm_options INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wnon-virtual-dtor -Wold-style-cast
  $<$<BOOL:${DNM_WARNINGS_AS_ERRORS}>:-Werror>)
# GCC 12 sees overlapping copies in operator+ of std::string where there are none (GCC bug 105651); clang-tidy does not
# know the switch.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13 AND NOT CMAKE_CXX_CLANG_TIDY)
  target_compile_options(dnm_options INTERFACE -Wno-restrict)
endif()
target_compile_definitions(dnm_options INTERFACE
  QT_NO_KEYWORDS QT_NO_FOREACH QT_STRICT_ITERATORS
  $<$<BOOL:${DNM_STUDIO}>:DNM_STUDIO>)
if(DNM_SANITIZE)
  target_compile_options(dnm_options INTERFACE -fsanitize=${DNM_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(dnm_options INTERFACE -fsanitize=${DNM_SANITIZE})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # False alarms: the code that the sanitizer adds hides from gcc what is set before.
    target_compile_options(dnm_options INTERFACE -Wno-maybe-uninitialized)
  endif()
endif()
if(DNM_FUZZERS)
  if(NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    message(FATAL_ERROR "The fuzzers need clang: cmake --preset fuzz")
  endif()
  target_compile_options(dnm_options INTERFACE -fsanitize=fuzzer-no-link -fno-sanitize-recover=undefined)
endif()

# The headers of the standard library that nearly every file of ours includes, compiled once for all targets that
# precompile no others.
set(DNM_STANDARD_HEADERS
  <algorithm> <cmath> <cstdint> <filesystem> <functional> <map> <memory> <optional> <span> <stop_token> <string>
  <string_view> <utility> <vector>)
file(CONFIGURE OUTPUT standard_headers.cpp CONTENT "// Only the headers before it.\n")
add_library(dnm_standard_headers OBJECT ${CMAKE_CURRENT_BINARY_DIR}/standard_headers.cpp)
target_link_libraries(dnm_standard_headers PRIVATE dnm_options)
target_precompile_headers(dnm_standard_headers PRIVATE ${DNM_STANDARD_HEADERS})

# dnm_precompile(TARGET [HEADER ...]): the standard headers and these, compiled once for all files of the target. A file
# still includes what it uses.
function(dnm_precompile target)
  if(ARGN)
    target_precompile_headers(${target} PRIVATE ${DNM_STANDARD_HEADERS} ${ARGN})
  else()
    target_precompile_headers(${target} REUSE_FROM dnm_standard_headers)
  endif()
endfunction()

# What `cmake --install` installs: programs, and in a folder of its own the libraries and modules that only they use.
# Everything finds the rest from where it is, so that the installed tree can be moved.
include(GNUInstallDirs)
set(DNM_INSTALL_LIBDIR ${CMAKE_INSTALL_LIBDIR}/dnm-studio)
file(RELATIVE_PATH DNM_BIN_TO_LIB ${CMAKE_INSTALL_FULL_BINDIR} ${CMAKE_INSTALL_FULL_LIBDIR}/dnm-studio)

# dnm_install(TARGET): a program, a shared library or a module.
function(dnm_install target)
  get_target_property(type ${target} TYPE)
  if(type STREQUAL "EXECUTABLE")
    set_target_properties(${target} PROPERTIES INSTALL_RPATH "$ORIGIN/${DNM_BIN_TO_LIB}")
  else()
    set_target_properties(${target} PROPERTIES INSTALL_RPATH "$ORIGIN")
  endif()
  install(TARGETS ${target} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} LIBRARY DESTINATION ${DNM_INSTALL_LIBDIR})
endfunction()

# dnm_add_library(NAME [SHARED|STATIC|MODULE|OBJECT]): an empty library of ours; subfolders add their files by
# target_sources. What programs load is installed with them.
function(dnm_add_library name type)
  add_library(${name} ${type})
  target_link_libraries(${name} PRIVATE dnm_options)
  target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR})
  if(type STREQUAL "SHARED" OR type STREQUAL "MODULE")
    dnm_install(${name})
  endif()
endfunction()
