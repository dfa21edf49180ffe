// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/files/network_files.h"
#include "core/files/tensor_choice.h"
#include "core/support/task_control.h"

namespace dnm {

// Networks in files of tensors. Of each matrix that is a layer, what is not zero is a link, with a row per output
// neuron as in the weight of a torch Linear; tensor_stack.h says which matrices are layers, in which order.

/// .safetensors. A file of this program holds the mask of each layer, NAME.weight_mask (bool, outputs × inputs), or the
/// adjacency of a graph, and says which in its metadata: "dnm_layers" (a JSON list of names) or "dnm_graph" (a name);
/// "provenance" and "dnm_node_names" (JSON) as they apply.
[[nodiscard]] NetworkFile read_safetensors(const std::filesystem::path& path, const ReadOptions& options,
                                           const TaskControl& control);
void write_safetensors(const std::filesystem::path& path, const NetworkFile& file);

/// A file of torch.save or torch.jit.save (torch_file.h). Of a checkpoint of this program the layers that are masked.
[[nodiscard]] NetworkFile read_torch(const std::filesystem::path& path, const ReadOptions& options,
                                     const TaskControl& control);

/// What can be chosen in such files. Throw FileError, ResourceError, Cancelled. O(elements).
[[nodiscard]] TensorChoice safetensors_choice(const std::filesystem::path& path, const TaskControl& control);
[[nodiscard]] TensorChoice torch_choice(const std::filesystem::path& path, const TaskControl& control);

/// In the folder of a run.
inline constexpr const char* checkpoint_file_name = "checkpoint.pt";

/// A layer of a training run, with its weights.
struct TrainedLayer {
  std::string name;  ///< "layer1", "classifier"
  Mask mask;
  bool dense = false;          ///< joins every pair, and belongs to the model rather than to the network
  std::vector<float> weights;  ///< a value per link, in the mask's order
  std::vector<float> biases;   ///< a value per output neuron
};

/// The layers of a run's checkpoint, in order; empty for a file of something else. Throws FileError, ResourceError,
/// Cancelled.
[[nodiscard]] std::vector<TrainedLayer> read_trained_layers(const std::filesystem::path& path,
                                                            const TaskControl& control = {});
/// Writes them as .safetensors: NAME.weight (float32, outputs × inputs, zero where there is no link) and NAME.bias as
/// the state_dict of torch Linears of these names has them, and NAME.weight_mask (bool) of each layer that is not
/// dense. read_safetensors() reads the masked layers back. Throws FileError, ResourceError.
void write_trained_layers(const std::filesystem::path& path, const std::vector<TrainedLayer>& layers,
                          const std::string& provenance);

}  // namespace dnm
