// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/opened_file.h"

#include <utility>

#include "app/workspace/module_loader.h"
#include "core/files/network_files.h"
#include "core/support/error.h"

namespace dnm {

Session session_in_file(const std::filesystem::path& path) {
  if (!is_figure_file(path)) return read_session(path);
#ifdef DNM_STUDIO
  const std::string text = figure_module().session_of(path);
  try {
    return session_from_json(text);
  } catch (const Error& problem) {
    throw FileError("\"" + path.string() + "\": " + problem.what());
  }
#else
  throw ResourceError("reading the session of a figure is not part of this build; build it with -DDNM_STUDIO=ON");
#endif
}

OpenedFile open_file(const std::filesystem::path& path, const TaskControl& control) {
  OpenedFile opened;
  std::string file = path.string();
  if (is_figure_file(path) || is_session_file(path)) {
    opened.session = session_in_file(path);
    const std::string& name = network_file(opened.session->state);
    if (name.empty()) return opened;
    file = beside(path, name).string();
  }
  NetworkFile contents = read_network(file, control);
  ShownFile network{std::move(file), std::move(contents.network), std::move(contents.provenance)};
  opened.notices = std::move(contents.notices);
  if (opened.session) {
    opened.session->state.shown = std::move(network);
  } else {
    opened.network = std::move(network);
  }
  return opened;
}

}  // namespace dnm
