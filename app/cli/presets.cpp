// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/presets.h"

#include <iostream>

#include "app/cli/command.h"
#include "app/cli/text.h"

namespace dnm::cli {

RunCommand declare_presets(OptionParser&) {
  return [](const CommandContext&) {
    TextTable table;
    for (const Preset& preset : presets()) {
      table.add({preset.id, preset.title, preset.description});
      table.add({"", "", to_command_line(preset.parameters)});
    }
    std::cout << table.text();
    return 0;
  };
}

}  // namespace dnm::cli
