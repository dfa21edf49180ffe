// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/experiments/trained_weights.h"

#include <fstream>
#include <iterator>
#include <system_error>
#include <vector>

#include "app/workspace/experiments/run_folders.h"
#include "app/workspace/exported.h"
#include "core/files/network_tensors.h"
#include "core/support/digits.h"
#include "core/support/error.h"
#include "core/support/json.h"
#include "core/support/version.h"
#include "training/runs/run_folder_files.h"

namespace dnm {

namespace {

namespace fs = std::filesystem;

bool is_there(const fs::path& file) {
  std::error_code code;
  return fs::is_regular_file(file, code);
}

/// The program, and what config.json beside the checkpoint says of the run.
std::string provenance_beside(const fs::path& checkpoint, const fs::path& file) {
  OrderedJson json{{"program", "dnm-studio"}, {"version", program_version()}};
  std::ifstream config(checkpoint.parent_path() / config_file_name);
  const std::string text((std::istreambuf_iterator<char>(config)), std::istreambuf_iterator<char>());
  if (OrderedJson run = parse_json_if_valid(text); run.is_object()) json["run"] = std::move(run);
  return exported_provenance(ascii_text(json), file);
}

}  // namespace

fs::path checkpoint_of(const fs::path& run) {
  std::error_code code;
  if (!fs::is_directory(run, code)) return run;
  if (fs::path own = run / checkpoint_file_name; is_there(own)) return own;
  std::vector<fs::path> found;
  for (const Experiment& experiment : read_experiments(run)) {
    for (const ExperimentRun& one : experiment.runs) {
      if (fs::path checkpoint = fs::path(one.folder) / checkpoint_file_name; is_there(checkpoint)) {
        found.push_back(std::move(checkpoint));
      }
    }
  }
  if (found.size() == 1) return found.front();
  if (found.empty()) {
    throw FileError("there is no " + std::string(checkpoint_file_name) + " in " + run.string() +
                    "; give the folder of a run that has trained an epoch");
  }
  throw FileError(run.string() + " holds " + std::to_string(found.size()) + " runs; name one of them, such as " +
                  found.front().parent_path().string());
}

std::string exported_text(const ExportedWeights& exported) {
  return counted(exported.layers, "layer") + ", " + counted(exported.weights, "weight");
}

ExportedWeights export_weights(const fs::path& checkpoint, const fs::path& file, const TaskControl& control) {
  const std::vector<TrainedLayer> layers = read_trained_layers(checkpoint, control);
  if (layers.empty()) return {};
  control.check();
  write_trained_layers(file, layers, provenance_beside(checkpoint, file));
  ExportedWeights exported{layers.size(), 0};
  for (const TrainedLayer& layer : layers) exported.weights += layer.weights.size();
  return exported;
}

}  // namespace dnm
