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
  DNM_VERSION="${PROJECT_VERSION}" QT_NO_KEYWORDS QT_NO_FOREACH QT_STRICT_ITERATORS
  $<$<BOOL:${DNM_STUDIO}>:DNM_STUDIO>)
if(DNM_SANITIZE)
  target_compile_options(dnm_options INTERFACE -fsanitize=${DNM_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(dnm_options INTERFACE -fsanitize=${DNM_SANITIZE})
endif()

# dnm_add_library(NAME [SHARED|STATIC|MODULE]): an empty library of ours; subfolders add their files by target_sources.
function(dnm_add_library name type)
  add_library(${name} ${type})
  target_link_libraries(${name} PRIVATE dnm_options)
  target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR})
endfunction()

# dnm_add_test(NAME SOURCES … LIBRARIES … [WINDOW] [TIMEOUT seconds]): one QtTest program, run by CTest.
# WINDOW: it needs a display with OpenGL and is run under xvfb-run where there is none.
function(dnm_add_test name)
  cmake_parse_arguments(PARSE_ARGV 1 test "WINDOW" "TIMEOUT" "SOURCES;LIBRARIES")
  add_executable(test_${name} ${test_SOURCES})
  set_target_properties(test_${name} PROPERTIES AUTOMOC ON)
  target_link_libraries(test_${name} PRIVATE dnm_options Qt6::Test ${test_LIBRARIES})
  target_compile_definitions(test_${name} PRIVATE
    DNM_REFERENCE_DIR="${PROJECT_SOURCE_DIR}/tests/reference" DNM_BIN_DIR="${CMAKE_RUNTIME_OUTPUT_DIRECTORY}")
  if(test_WINDOW AND NOT DEFINED ENV{DISPLAY})
    add_test(NAME ${name} COMMAND xvfb-run -a -s "-screen 0 1920x1200x24" $<TARGET_FILE:test_${name}>)
  else()
    add_test(NAME ${name} COMMAND test_${name})
  endif()
  if(NOT test_TIMEOUT)
    set(test_TIMEOUT 300)
  endif()
  if(test_WINDOW)
    # The graphics driver leaves a few bytes behind and is unloaded before the end, so that no suppression can name it.
    set_property(TEST ${name} APPEND PROPERTY ENVIRONMENT "ASAN_OPTIONS=detect_leaks=0")
  endif()
  set_property(TEST ${name} PROPERTY TIMEOUT ${test_TIMEOUT})
  set_property(TEST ${name} APPEND PROPERTY ENVIRONMENT
    "OMP_WAIT_POLICY=passive;LSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/tests/sanitizers/leaks.txt;UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1;TSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/tests/sanitizers/threads.txt")
endfunction()
