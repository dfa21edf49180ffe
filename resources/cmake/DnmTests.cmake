# SPDX-License-Identifier: GPL-3.0-or-later
# Test programs: one per folder, each holding many QtTest classes (tests/support/test_class.h).

# dnm_add_tests(NAME SOURCES ... [LIBRARIES ...] [DEPENDS target ...] [PRECOMPILE header ...] [TIMEOUT seconds]
#   [ALONE class ...])
#
# One program, test_NAME, with a test of CTest's for each slot of its classes, called NAME.Class.slot. A class that has
# an initTestCase() or shows windows is one test, NAME.Class; one that shows windows is run under xvfb-run where there is
# no display. The program itself says which those are, each time it has been built; CTest reads the list when it starts.
# DEPENDS: what the tests start or load. PRECOMPILE: headers to precompile beside the standard ones; without any the
# program shares the precompiled header of dnm_test_support, which it can unless it is linked with QtGui. TIMEOUT: of
# each test, 300 s by default, three times as much with sanitizers; when tests are run, the environment variable
# DNM_TEST_TIMEOUT replaces it. ALONE: classes that no other test runs beside, because they use all processors.
function(dnm_add_tests name)
  cmake_parse_arguments(PARSE_ARGV 1 test "" "TIMEOUT" "SOURCES;LIBRARIES;DEPENDS;PRECOMPILE;ALONE")
  if(NOT test_TIMEOUT)
    set(test_TIMEOUT 300)
  endif()
  if(DNM_SANITIZE)
    math(EXPR test_TIMEOUT "3 * ${test_TIMEOUT}")
  endif()
  add_executable(test_${name} ${test_SOURCES})
  set_target_properties(test_${name} PROPERTIES AUTOMOC ON)
  target_link_libraries(test_${name} PRIVATE dnm_options dnm_test_support ${test_LIBRARIES})
  if(test_PRECOMPILE)
    dnm_precompile(test_${name} ${test_PRECOMPILE})
  else()
    target_precompile_headers(test_${name} REUSE_FROM dnm_test_support)
  endif()
  if(test_DEPENDS)
    add_dependencies(test_${name} ${test_DEPENDS})
  endif()

  set(test_list ${CMAKE_CURRENT_BINARY_DIR}/test_${name}.list)
  add_custom_command(TARGET test_${name} POST_BUILD VERBATIM
    COMMAND ${CMAKE_COMMAND} -E env ASAN_OPTIONS=detect_leaks=0 $<TARGET_FILE:test_${name}> --list ${test_list})
  set(test_program ${CMAKE_RUNTIME_OUTPUT_DIRECTORY}/test_${name})
  configure_file(${PROJECT_SOURCE_DIR}/resources/cmake/DnmTestList.cmake.in ${test_list}.cmake @ONLY)
  set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES ${test_list}.cmake)
  set_property(GLOBAL APPEND PROPERTY dnm_test_programs test_${name})
endfunction()

# dnm_check_test_files(FOLDER ...): stops the configuration where a test_*.cpp of these folders is in no test program and
# would never run.
function(dnm_check_test_files)
  list(TRANSFORM ARGN APPEND /test_*.cpp OUTPUT_VARIABLE patterns)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS ${patterns})
  get_property(programs GLOBAL PROPERTY dnm_test_programs)
  foreach(program IN LISTS programs)
    get_target_property(sources ${program} SOURCES)
    get_target_property(folder ${program} SOURCE_DIR)
    list(TRANSFORM sources PREPEND ${folder}/)
    list(REMOVE_ITEM files ${sources})
  endforeach()
  if(files)
    message(FATAL_ERROR "in no test program: ${files}; name them in the CMakeLists.txt of their folders")
  endif()
endfunction()
