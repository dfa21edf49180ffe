# SPDX-License-Identifier: GPL-3.0-or-later
# Every package the build asks for; their Debian names stand in resources/packages.txt.

find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(Eigen3 REQUIRED NO_MODULE)
find_package(BLAS REQUIRED)
find_package(LAPACK REQUIRED)
find_package(ZLIB REQUIRED)
find_package(LibXml2 REQUIRED)
find_package(nlohmann_json REQUIRED)
find_path(SPECTRA_INCLUDE_DIR Spectra/SymEigsSolver.h REQUIRED)
pkg_check_modules(IGRAPH REQUIRED IMPORTED_TARGET igraph)
pkg_check_modules(LIBZIP REQUIRED IMPORTED_TARGET libzip)

if(NOT DNM_CORE_ONLY)
  find_package(CLI11 REQUIRED)
  if(DNM_TRAINING)
    find_package(Torch REQUIRED)
  endif()
  if(DNM_STUDIO)
    find_package(Qt6 REQUIRED COMPONENTS Core Gui Widgets OpenGLWidgets Svg)
    find_package(VTK 9.1 REQUIRED COMPONENTS
      CommonCore CommonDataModel RenderingCore RenderingOpenGL2 RenderingFreeType)
  endif()
endif()
if(BUILD_TESTING OR NOT DEFINED BUILD_TESTING)
  find_package(Qt6 QUIET COMPONENTS Core Test)
endif()
