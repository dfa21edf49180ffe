// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/network_tensors.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "core/files/file_text.h"
#include "core/files/network_builder.h"
#include "core/files/safetensors_file.h"
#include "core/files/tensor_stack.h"
#include "core/files/torch_file.h"
#include "core/support/error.h"
#include "core/support/json.h"

namespace dnm {
namespace {

constexpr const char* layers_key = "dnm_layers";
constexpr const char* graph_key = "dnm_graph";
constexpr const char* names_key = "dnm_node_names";
constexpr const char* provenance_key = "provenance";
constexpr std::string_view mask_ending = ".weight_mask";
constexpr std::string_view adjacency_name = "adjacency";

/// What a file of tensors says of its network.
struct OwnDescription {
  std::vector<std::string> layers{};  ///< in order; empty: it does not say
  bool is_graph = false;
};

std::string metadata_value(const TensorFile& file, const char* key) {
  const auto found = file.metadata().find(key);
  return found == file.metadata().end() ? std::string() : found->second;
}

OwnDescription description_of(const TensorFile& file) {
  if (std::string graph = metadata_value(file, graph_key); !graph.empty()) return {{std::move(graph)}, true};
  const std::string text = metadata_value(file, layers_key);
  if (text.empty()) return {};
  try {
    return {parse_json(text).get<std::vector<std::string>>(), false};
  } catch (const OrderedJson::exception&) {
    fail_reading(file.path(), "its metadata do not name its layers");
  }
}

constexpr std::array<std::pair<AttributeKind, std::string_view>, 4> attribute_kinds{{
    {AttributeKind::text, "text"},
    {AttributeKind::integer, "integer"},
    {AttributeKind::real, "real"},
    {AttributeKind::boolean, "boolean"},
}};

std::string names_text(const NodeNames& names) {
  OrderedJson json{{"ids", names.ids}, {"labels", names.labels}, {"columns", OrderedJson::array()}};
  for (const NodeColumn& column : names.columns) {
    const auto kind = std::ranges::find(attribute_kinds, column.kind, [](const auto& row) { return row.first; });
    json["columns"].push_back({{"name", column.name}, {"kind", kind->second}, {"values", column.values}});
  }
  return ascii_text(json);
}

NodeNames names_of(const TensorFile& file) {
  const std::string text = metadata_value(file, names_key);
  if (text.empty()) return {};
  try {
    const OrderedJson json = parse_json(text);
    NodeNames names{json.at("ids"), json.at("labels"), {}};
    for (const OrderedJson& column : json.at("columns")) {
      const auto kind = column.at("kind").get<std::string>();
      const auto known = std::ranges::find(attribute_kinds, kind, [](const auto& row) { return row.second; });
      if (known == attribute_kinds.end()) fail_reading(file.path(), "its nodes have attributes of an unknown kind");
      names.columns.push_back({column.at("name"), known->first, column.at("values")});
    }
    return names;
  } catch (const OrderedJson::exception&) {
    fail_reading(file.path(), "the names of its nodes are damaged");
  }
}

/// Reads the file's matrices as outputs × inputs, whatever their weights.
ReadMatrix reader_of(const TensorFile& file) {
  return [&file](std::size_t index, const TaskControl& control) {
    LinkLosses unused;
    return nonzero_cells(file, file.tensors()[index], false, unused, control);
  };
}

/// "a and b are dense: every cell counts as a link", for masks that join every pair.
void note_dense(const std::vector<std::string>& names, const std::vector<Mask>& masks,
                std::vector<std::string>& notices) {
  std::string dense;
  std::size_t count = 0;
  for (std::size_t i = 0; i < masks.size(); ++i) {
    const std::uint64_t cells = std::uint64_t{masks[i].n_in} * masks[i].n_out;
    if (cells == 0 || masks[i].link_count() != cells) continue;
    dense += (count++ == 0 ? "" : ", ") + names[i];
  }
  if (count == 0) return;
  notices.push_back(dense + (count == 1 ? " is" : " are") + " dense: every entry counts as a link");
}

Network network_of_masks(std::vector<Mask> masks, bool is_graph, ReadAs as, LinkLosses& losses) {
  if (is_graph) return matrix_network(std::move(masks.front()), as == ReadAs::automatic ? ReadAs::graph : as, losses);
  if (masks.size() == 1 && as == ReadAs::graph) return matrix_network(std::move(masks.front()), as, losses);
  std::vector<NodeIndex> sizes{masks.front().n_in};
  for (const Mask& mask : masks) sizes.push_back(mask.n_out);
  Network network = Network::layered(std::move(sizes), std::move(masks));
  return as == ReadAs::graph ? without_layers(network) : network;
}

/// `wanted`: what is taken where the options name no tensors; empty: all that fit together, with a notice.
NetworkFile network_of(const TensorFile& file, const ReadOptions& options, const std::vector<std::string>& wanted,
                       bool is_graph, const TaskControl& control) {
  const bool is_chosen = !options.tensors.empty();
  std::vector<std::string> notices;
  TensorStack stack;
  if (!is_chosen && !wanted.empty()) {
    for (const std::string& name : wanted) {
      const auto tensor = std::ranges::find(file.tensors(), name, &StoredTensor::name);
      if (tensor == file.tensors().end()) fail_reading(file.path(), "its layer " + in_quotes(name) + " is missing");
      stack.layers.push_back({static_cast<std::size_t>(tensor - file.tensors().begin()), false});
    }
  } else {
    stack = stack_or_ask(shapes_of(file.tensors()), options.tensors, file.path(), reader_of(file), control);
    notices = std::move(stack.notices);
  }
  LinkLosses losses;
  std::vector<Mask> masks;
  std::vector<std::string> names;
  const auto layers = static_cast<double>(stack.layers.size());
  for (const auto& [index, transposed] : stack.layers) {
    const auto done = static_cast<double>(masks.size());
    const TaskControl part{control.stop, [&](double fraction) { control.report((done + fraction) / layers); }};
    const StoredTensor& tensor = file.tensors()[index];
    names.push_back(tensor.name);
    masks.push_back(nonzero_cells(file, tensor, transposed, losses, part));
  }
  if (is_chosen || wanted.empty()) note_dense(names, masks, notices);
  Network network = network_of_masks(std::move(masks), is_graph && !is_chosen, options.as, losses);
  std::ranges::move(losses.notices(), std::back_inserter(notices));
  return {std::make_shared<const Network>(std::move(network)), {}, {}, std::move(notices)};
}

std::vector<std::string> masked_layers(const TorchFile& file) {
  std::vector<std::string> names;
  for (const CheckpointLayer& layer : file.checkpoint()) {
    if (!layer.dense) names.push_back(layer.mask.name);
  }
  return names;
}

TensorToWrite mask_to_write(std::string name, const Mask& mask) {
  const auto write = [&mask](const TextSink& sink) {
    std::string row;
    for (NodeIndex output = 0; output < mask.n_out; ++output) {
      row.assign(mask.n_in, '\0');
      for (const NodeIndex input : mask.row(output)) row[input] = '\1';
      sink(row);
    }
  };
  return {std::move(name), tensor_type_of_safetensors("BOOL"), {mask.n_out, mask.n_in}, write};
}

std::string_view bytes_of(const std::vector<float>& values) {
  return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float)};
}

TensorToWrite weights_to_write(const TrainedLayer& layer) {
  const auto write = [&layer](const TextSink& sink) {
    std::vector<float> row;
    auto value = layer.weights.begin();
    for (NodeIndex output = 0; output < layer.mask.n_out; ++output) {
      row.assign(layer.mask.n_in, 0.0F);
      for (const NodeIndex input : layer.mask.row(output)) row[input] = *value++;
      sink(bytes_of(row));
    }
  };
  return {layer.name + ".weight", tensor_type_of_safetensors("F32"), {layer.mask.n_out, layer.mask.n_in}, write};
}

using Metadata = std::map<std::string, std::string>;

Metadata metadata_of(const std::string& provenance) {
  Metadata metadata{{"format", "pt"}};
  if (!provenance.empty()) metadata[provenance_key] = provenance;
  return metadata;
}

}  // namespace

NetworkFile read_safetensors(const std::filesystem::path& path, const ReadOptions& options,
                             const TaskControl& control) {
  const auto file = open_safetensors(path);
  const OwnDescription own = description_of(*file);
  try {
    NetworkFile made = network_of(*file, options, own.layers, own.is_graph, control);
    if (own.layers.empty() || !options.tensors.empty()) return made;
    made.provenance = metadata_value(*file, provenance_key);
    if (NodeNames names = names_of(*file); !names.empty()) {
      made.network = std::make_shared<const Network>(made.network->with_names(std::move(names)));
    }
    return made;
  } catch (const InvalidInput& error) {
    fail_reading(path, error.what());
  }
}

void write_safetensors(const std::filesystem::path& path, const NetworkFile& file) {
  const Network& network = *file.network;
  Metadata metadata = metadata_of(file.provenance);
  std::vector<TensorToWrite> tensors;
  if (network.is_layered()) {
    OrderedJson names = OrderedJson::array();
    for (std::size_t layer = 0; layer < network.masks().size(); ++layer) {
      std::string name = "layer" + std::to_string(layer + 1) + std::string(mask_ending);
      names.push_back(name);
      tensors.push_back(mask_to_write(std::move(name), network.masks()[layer]));
    }
    metadata[layers_key] = ascii_text(names);
  } else {
    metadata[graph_key] = adjacency_name;
    tensors.push_back(mask_to_write(std::string(adjacency_name), network.masks().front()));
  }
  if (!network.names().empty()) metadata[names_key] = names_text(network.names());
  write_safetensors_file(path, metadata, tensors);
}

NetworkFile read_torch(const std::filesystem::path& path, const ReadOptions& options, const TaskControl& control) {
  const auto file = open_torch_file(path, control);
  try {
    NetworkFile made = network_of(*file, options, masked_layers(*file), false, control);
    made.notices.insert(made.notices.begin(), file->notices().begin(), file->notices().end());
    return made;
  } catch (const InvalidInput& error) {
    fail_reading(path, error.what());
  }
}

TensorChoice safetensors_choice(const std::filesystem::path& path, const TaskControl& control) {
  const auto file = open_safetensors(path);
  return choice_among(shapes_of(file->tensors()), description_of(*file).layers, path, reader_of(*file), control);
}

TensorChoice torch_choice(const std::filesystem::path& path, const TaskControl& control) {
  const auto file = open_torch_file(path, control);
  return choice_among(shapes_of(file->tensors()), masked_layers(*file), path, reader_of(*file), control);
}

std::vector<TrainedLayer> read_trained_layers(const std::filesystem::path& path, const TaskControl& control) {
  const auto file = open_torch_file(path, control);
  std::vector<TrainedLayer> layers;
  for (const CheckpointLayer& stored : file->checkpoint()) {
    LinkLosses losses;
    TrainedLayer layer{stored.name, nonzero_cells(*file, stored.mask, false, losses, control), stored.dense,
                       numbers_of<float>(*file, stored.weights), numbers_of<float>(*file, stored.biases)};
    // A row that is sorted and without repetition is read as it is, so that the weights are in the mask's order.
    const bool as_stored = integers_of(*file, stored.mask.indices[1]) ==
                           std::vector<std::uint64_t>(layer.mask.columns.begin(), layer.mask.columns.end());
    if (!as_stored || layer.weights.size() != layer.mask.link_count() || layer.biases.size() != layer.mask.n_out) {
      fail_reading(path, "the weights of " + in_quotes(layer.name) + " do not fit its links; it is damaged");
    }
    layers.push_back(std::move(layer));
  }
  return layers;
}

void write_trained_layers(const std::filesystem::path& path, const std::vector<TrainedLayer>& layers,
                          const std::string& provenance) {
  std::vector<TensorToWrite> tensors;
  // Those of four bytes first, so that each begins at a multiple of its size.
  for (const TrainedLayer& layer : layers) {
    tensors.push_back(weights_to_write(layer));
    tensors.push_back({layer.name + ".bias",
                       tensor_type_of_safetensors("F32"),
                       {layer.biases.size()},
                       [&layer](const TextSink& sink) { sink(bytes_of(layer.biases)); }});
  }
  OrderedJson names = OrderedJson::array();
  for (const TrainedLayer& layer : layers) {
    if (layer.dense) continue;
    std::string name = layer.name + std::string(mask_ending);
    names.push_back(name);
    tensors.push_back(mask_to_write(std::move(name), layer.mask));
  }
  Metadata metadata = metadata_of(provenance);
  if (!names.empty()) metadata[layers_key] = ascii_text(names);
  write_safetensors_file(path, metadata, tensors);
}

}  // namespace dnm
