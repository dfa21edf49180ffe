// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>
#include <memory>

#include "app/workspace/experiments/run_folders.h"
#include "core/files/zip_archive.h"
#include "core/support/error.h"
#include "tests/fuzz/reader.h"
#include "training/runs/topology_file.h"

namespace dnm::fuzz {
namespace {

constexpr std::array names{"config.json", "epochs.csv", "topology.bin", "updates.csv"};

/// What can be read of a run folder without training. The input is a zip archive of its files.
const Reader reader("run_folder", [](std::string_view bytes) {
  std::array<std::unique_ptr<InputFile>, names.size()> files;
  {
    const InputFile input(bytes, "folder.zip");
    const ZipArchive archive(input.path(), ZipKind{"zip archive", "entry"});
    for (std::size_t i = 0; i < names.size(); ++i)
      if (archive.has(names[i])) files[i] = std::make_unique<InputFile>(archive.content(names[i]), names[i]);
  }
  try {
    for (const Experiment& experiment : read_experiments(input_folder()))
      for (const ExperimentRun& run : experiment.runs) promise(!run.epochs.empty(), "a run without an epoch");
  } catch (const Error&) {
    // The topology may be whole nevertheless.
  }
  const TopologyHistory history = read_topology_file(input_folder() / "topology.bin");
  static_cast<void>(network_of_run(input_folder(), 0));
  if (!history.events.empty()) static_cast<void>(network_of_run(input_folder(), history.events.back().update));
});

}  // namespace
}  // namespace dnm::fuzz
