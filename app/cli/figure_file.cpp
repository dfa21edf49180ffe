// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/figure_file.h"

#include "app/workspace/session/session.h"
#include "core/support/error.h"
#include "viz/figure/page_settings.h"

namespace dnm::cli {

void check_figure_name(const std::string& figure) {
  if (figure.empty()) return;
  if (!draws_figures) throw ResourceError("drawing figures is not part of this build; build it with -DDNM_STUDIO=ON");
  if (!is_figure_file(figure))
    throw InvalidInput("cannot write " + figure + " as a figure: its name must end in " +
                       std::string(figure_extensions_words));
}

}  // namespace dnm::cli
