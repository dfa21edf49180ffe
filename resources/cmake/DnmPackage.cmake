# SPDX-License-Identifier: GPL-3.0-or-later
# A Debian package of what `cmake --install` installs: `cmake --build build/release --target package`.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME dnm-studio)
set(CPACK_PACKAGE_VENDOR "The DNM Studio developers")
set(CPACK_PACKAGE_CONTACT "The DNM Studio developers <dnm-studio@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "design, measure, embed and train sparse networks")
set(CPACK_PACKAGE_DESCRIPTION
  "DNM Studio draws the sparse topologies of neural networks from the Dendritic Network Model, shows their adjacency
matrices, layers and hyperbolic embedding live, measures them, and trains them with truly sparse kernels. The program
dnm does the same without a display.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
# The libraries that programs and modules are linked with; what is found at run time alone stands here.
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
if(DNM_STUDIO)
  set(CPACK_DEBIAN_PACKAGE_DEPENDS "libgl1-mesa-dri, fonts-dejavu-core")
endif()
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "dataset-fashion-mnist")
if(DNM_STUDIO)
  string(APPEND CPACK_DEBIAN_PACKAGE_RECOMMENDS ", qt6-translations-l10n")  # the texts of Qt itself
endif()
include(CPack)
