// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/experiments/first_topology.h"

#include <algorithm>
#include <utility>

#include "app/workspace/module_loader.h"
#include "app/workspace/words.h"
#include "core/models/allocation.h"
#include "core/models/initialiser.h"
#include "core/network/mask_rows.h"
#include "core/network/random.h"
#include "core/support/digits.h"
#include "core/support/error.h"
#include "training/models/model_table.h"
#include "training/support/random_streams.h"

namespace dnm {
namespace {

void check_matrices(const ModelParameters& parameters) {
  const std::string of_matrices = "the matrices of a Transformer are drawn one by one, all by the same parameters; ";
  if (initialiser(parameters.initialiser).draw_layer == nullptr) {
    throw InvalidInput(of_matrices + "choose an initialiser that draws single layers, such as dnm, in place of " +
                       parameters.initialiser + " (Model, --model)");
  }
  if (parse_allocation(parameters.allocation).rule != AllocationRule::uniform) {
    throw InvalidInput(of_matrices + "choose the allocation uniform (Allocation, --allocation)");
  }
  if (!parameters.overrides.empty()) {
    throw InvalidInput(of_matrices + "give no layer a value of its own");
  }
}

FirstTopology draw_matrices(const std::vector<MatrixRequest>& matrices, ModelParameters parameters,
                            const TaskControl& control) {
  check_matrices(parameters);
  FirstTopology made;
  std::uint64_t links = 0;
  const std::uint64_t seed = parameters.seed;
  for (std::size_t place = 0; place < matrices.size(); ++place) {
    const MatrixRequest& matrix = matrices[place];
    parameters.layer_sizes = {matrix.n_in, matrix.n_out};
    if (matrix.dendrites_on_inputs) std::swap(parameters.layer_sizes.front(), parameters.layer_sizes.back());
    // Seeds are whole numbers that a double keeps.
    parameters.seed = Random(seed, training_stream(TrainingStream::matrices, place)).next64() >> 11;
    const Generated drawn = generate(parameters, {control.stop, {}});
    const Mask& mask = drawn.network->masks().front();
    made.source.matrices.push_back({matrix.name, matrix.dendrites_on_inputs ? transposed(mask, control) : mask});
    links += mask.link_count();
    for (const std::string& notice : drawn.notices) {
      if (std::ranges::find(made.notices, notice) == made.notices.end()) made.notices.push_back(notice);
    }
    control.report(static_cast<double>(place + 1) / static_cast<double>(matrices.size()));
  }
  made.words = std::to_string(matrices.size()) + " matrices, " + counted(links, "link");
  return made;
}

}  // namespace

FirstTopology draw_topology(const ModelParameters& parameters, const TrainingSettings& training,
                            const TaskControl& control, NodeIndex classes) {
  if (draws_matrices(training)) return draw_matrices(matrices_of(training), parameters, control);
  Generated drawn = generate(parameters, control, {.data = data_source, .classes = classes});
  std::string words = network_text(*drawn.network);
  return {std::move(drawn.network), std::move(drawn.notices), std::move(words)};
}

}  // namespace dnm
