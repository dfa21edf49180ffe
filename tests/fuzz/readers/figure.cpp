// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/session/session.h"
#include "tests/fuzz/reader.h"
#include "viz/figure/figure_metadata.h"

namespace dnm::fuzz {
namespace {

// SVG, PDF and PNG are told apart by their content.
const Reader reader("figure", [](std::string_view bytes) {
  const InputFile input(bytes, "input.png");
  static_cast<void>(session_of_file(input.path(), session_in_figure(input.path())));
});

}  // namespace
}  // namespace dnm::fuzz
