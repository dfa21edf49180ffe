// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/rewiring/rewiring_table.h"

namespace dnm {

// The published rules with the values of their papers, one file each (manual: methods/rewiring, "Published rules").

/// Mocanu et al., Nature Communications 9:2383, 2018, doi:10.1038/s41467-018-04316-3.
[[nodiscard]] RewiringMethod set_method();
/// Evci et al., ICML 2020, arXiv:1911.11134.
[[nodiscard]] RewiringMethod rigl_method();
/// Zhang et al., ICLR 2024.
[[nodiscard]] RewiringMethod cht_method();
/// Zhang et al., arXiv:2501.19107.
[[nodiscard]] RewiringMethod chts_method();
[[nodiscard]] RewiringMethod chtss_method();
/// Liu et al., NeurIPS 2021, arXiv:2106.10404.
[[nodiscard]] RewiringMethod granet_method();
/// Zhu and Gupta, 2017, arXiv:1710.01878.
[[nodiscard]] RewiringMethod gmp_method();

}  // namespace dnm
