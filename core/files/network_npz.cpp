// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/network_npz.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/files/atomic_file.h"
#include "core/files/file_text.h"
#include "core/files/network_builder.h"
#include "core/files/npz_archive.h"
#include "core/files/scipy_matrix.h"
#include "core/files/tensor_choice.h"
#include "core/support/error.h"

namespace dnm {
namespace {

/// Sorts the rows; refuses links out of range and duplicate links.
Mask checked(Mask mask, const std::filesystem::path& path, const std::string& name) {
  for (NodeIndex output = 0; output < mask.n_out; ++output) {
    const auto first = mask.columns.begin() + static_cast<std::ptrdiff_t>(mask.row_begin[output]);
    const auto last = mask.columns.begin() + static_cast<std::ptrdiff_t>(mask.row_begin[output + 1]);
    if (!std::is_sorted(first, last)) std::sort(first, last);
    const std::string where = "output neuron " + std::to_string(output) + " of " + name;
    if (first != last && *(last - 1) >= mask.n_in) {
      fail_reading(path, where + " has a link to input " + std::to_string(*(last - 1)) + ", but there are only " +
                             std::to_string(mask.n_in) + " inputs");
    }
    if (const auto twice = std::adjacent_find(first, last); twice != last) {
      fail_reading(path, where + " has its link to input " + std::to_string(*twice) + " twice");
    }
  }
  return mask;
}

Network symmetric_graph(const Mask& mask, const std::filesystem::path& path) {
  if (!is_adjacency(mask)) {
    fail_reading(path, "it holds a general graph, but its matrix is not symmetric or has links from a node to itself");
  }
  std::vector<Link> links;
  links.reserve(mask.columns.size() / 2);
  for (NodeIndex u = 0; u < mask.n_out; ++u) {
    for (const NodeIndex v : mask.row(u)) {
      if (u < v) links.emplace_back(u, v);
    }
  }
  return Network::general(mask.n_out, links);
}

Network stored_layers(const NpzReader& archive, const std::filesystem::path& path,
                      const std::vector<std::uint64_t>& sizes, const TaskControl& control) {
  std::vector<NodeIndex> layer_sizes;
  std::uint64_t neurons = 0;
  for (const std::uint64_t size : sizes) {
    if (size == 0) fail_reading(path, "its layer_sizes have a layer without neurons");
    if (size >= most_neurons - neurons) fail_reading(path, "it has more than 2^31 neurons");
    neurons += size;
    layer_sizes.push_back(static_cast<NodeIndex>(size));
  }
  std::vector<Mask> masks;
  for (std::size_t layer = 0; layer + 1 < sizes.size(); ++layer) {
    control.check();
    control.report(static_cast<double>(layer) / static_cast<double>(sizes.size() - 1));
    const std::string name = "layer " + std::to_string(layer + 1);
    const std::string prefix = "layer" + std::to_string(layer) + "_";
    const auto [n_out, n_in] = stored_shape(archive, path, prefix, name);
    if (n_in != sizes[layer] || n_out != sizes[layer + 1]) {
      fail_reading(path, name + " joins " + std::to_string(n_in) + " to " + std::to_string(n_out) +
                             " neurons, but layer_sizes say " + std::to_string(sizes[layer]) + " to " +
                             std::to_string(sizes[layer + 1]));
    }
    Mask mask = stored_rows(archive, path, prefix, name, n_out, n_in);
    masks.push_back(checked(std::move(mask), path, name));
  }
  if (archive.has("layer" + std::to_string(masks.size()) + "_indptr")) {
    fail_reading(path, "it holds more layers than its layer_sizes name");
  }
  return Network::layered(std::move(layer_sizes), std::move(masks));
}

ReadMatrix reader_of(const NpzReader& archive, const std::vector<TensorShape>& arrays) {
  return [&](std::size_t index, const TaskControl& control) {
    LinkLosses unused;
    return read_dense_matrix(archive.open(arrays[index].name), false, unused, control);
  };
}

/// Dense matrices as numpy.savez stores them.
Network dense_layers(const NpzReader& archive, const std::filesystem::path& path, const ReadOptions& options,
                     LinkLosses& losses, std::vector<std::string>& notices, const TaskControl& control) {
  const std::vector<TensorShape> tensors = archive.arrays(true);
  if (options.tensors.empty() && layer_matrices(tensors).empty()) {
    for (const TensorShape& array : archive.arrays(false)) {
      const NpyArray opened = archive.open(array.name);
      if (!opened.header().item_bytes()) opened.fail_type("numbers");
    }
    fail_reading(path, "it holds neither layer_sizes nor a SciPy matrix nor an array of two dimensions");
  }
  TensorStack stack = stack_or_ask(tensors, options.tensors, path, reader_of(archive, tensors), control);
  std::vector<Mask> masks;
  std::vector<NodeIndex> sizes;
  for (const auto& [index, turned] : stack.layers) {
    const auto done = static_cast<double>(masks.size());
    const auto report = [&](double fraction) {
      control.report((done + fraction) / static_cast<double>(stack.layers.size()));
    };
    masks.push_back(read_dense_matrix(archive.open(tensors[index].name), turned, losses, {control.stop, report}));
    if (sizes.empty()) sizes.push_back(masks.front().n_in);
    sizes.push_back(masks.back().n_out);
  }
  notices = std::move(stack.notices);
  if (masks.size() > 1) {
    Network network = Network::layered(std::move(sizes), std::move(masks));
    return options.as == ReadAs::graph ? without_layers(network) : network;
  }
  Network network = matrix_network(std::move(masks.front()), options.as, losses);
  // That it is one layer is said already, or not so.
  if (losses.square_layer > 0 || !network.is_layered()) notices.erase(notices.begin());
  return network;
}

Network read_network_arrays(const NpzReader& archive, const std::filesystem::path& path, const ReadOptions& options,
                            LinkLosses& losses, std::vector<std::string>& notices, const TaskControl& control) {
  const bool is_network = archive.has("layer_sizes");
  if (!options.tensors.empty() || (!is_network && !archive.has("format"))) {
    return dense_layers(archive, path, options, losses, notices, control);
  }
  if (!is_network) return matrix_network(read_scipy_matrix(archive, path, losses), options.as, losses);
  const std::vector<std::uint64_t> sizes = archive.counts("layer_sizes");
  if (sizes.empty()) fail_reading(path, "its layer_sizes are empty");
  if (sizes.size() > 1) {
    Network network = stored_layers(archive, path, sizes, control);
    return options.as == ReadAs::graph ? without_layers(network) : network;
  }
  Mask mask = read_scipy_matrix(archive, path, losses);
  if (mask.n_in != sizes[0] || mask.n_out != sizes[0]) {
    fail_reading(path, "its matrix is not square over the " + std::to_string(sizes[0]) + " nodes of layer_sizes");
  }
  return options.as == ReadAs::layers ? matrix_network(std::move(mask), options.as, losses)
                                      : symmetric_graph(mask, path);
}

/// The names of the nodes, if there are any.
NodeNames read_names(const NpzReader& archive) {
  constexpr std::string_view attribute = "node_attribute_";
  NodeNames names;
  const auto list = [](NpyArray array) {
    array.require_list();
    return array.texts();
  };
  if (archive.has("node_ids")) names.ids = list(archive.open("node_ids"));
  if (archive.has("node_labels")) names.labels = list(archive.open("node_labels"));
  for (const TensorShape& array : archive.arrays(false)) {
    if (!array.name.starts_with(attribute)) continue;
    NpyArray values = archive.open(array.name);
    const char kind = values.header().kind();
    names.columns.push_back({array.name.substr(attribute.size()),
                             kind == 'b'                  ? AttributeKind::boolean
                             : kind == 'i' || kind == 'u' ? AttributeKind::integer
                             : kind == 'f'                ? AttributeKind::real
                                                          : AttributeKind::text,
                             list(std::move(values))});
  }
  return names;
}

}  // namespace

NetworkFile read_npz(const std::filesystem::path& path, const ReadOptions& options, const TaskControl& control) {
  const NpzReader archive(path);
  try {
    LinkLosses losses;
    std::vector<std::string> notices;
    Network network = read_network_arrays(archive, path, options, losses, notices, control);
    std::ranges::move(losses.notices(), std::back_inserter(notices));
    NodeNames names = read_names(archive);
    const bool of_graph = archive.has("layer_sizes") && archive.counts("layer_sizes").size() == 1;
    if (!names.empty() && of_graph && network.is_layered()) {
      notices.emplace_back("the names of the nodes are omitted: each node is both an input and an output");
      names = {};
    }
    // In an archive of others an array of this name may hold anything.
    const bool is_ours = archive.has("layer_sizes") && archive.has("provenance");
    std::string provenance = is_ours ? archive.text("provenance") : std::string();
    return {std::make_shared<const Network>(std::move(network).with_names(std::move(names))),
            std::move(provenance),
            {},
            std::move(notices)};
  } catch (const InvalidInput& error) {
    fail_reading(path, error.what());
  }
}

TensorChoice npz_choice(const std::filesystem::path& path, const TaskControl& control) {
  const NpzReader archive(path);
  const std::vector<TensorShape> arrays = archive.arrays(true);
  return choice_among(arrays, {}, path, reader_of(archive, arrays), control);
}

void write_npz(const std::filesystem::path& path, const NetworkFile& file) {
  const Network& network = *file.network;
  NpzWriter archive;
  const std::vector<std::uint64_t> sizes(network.layer_sizes().begin(), network.layer_sizes().end());
  archive.add_counts("layer_sizes", sizes);
  const auto add_mask = [&](const Mask& mask, const std::string& prefix) {
    archive.add_counts(prefix + "shape", std::vector<std::uint64_t>{mask.n_out, mask.n_in});
    archive.add_offsets(prefix + "indptr", mask.row_begin);
    archive.add_indices(prefix + "indices", mask.columns);
  };
  if (network.is_layered()) {
    for (std::size_t layer = 0; layer < network.masks().size(); ++layer) {
      add_mask(network.masks()[layer], "layer" + std::to_string(layer) + "_");
    }
  }
  if (network.masks().size() == 1) {
    archive.add_bytes("format", "csr");
    add_mask(network.masks().front(), "");
    archive.add_ones("data", network.masks().front().columns.size());
  }
  if (!file.provenance.empty()) archive.add_text("provenance", file.provenance);
  const NodeNames& names = network.names();
  if (!names.ids.empty()) archive.add_texts("node_ids", names.ids);
  if (!names.labels.empty()) archive.add_texts("node_labels", names.labels);
  for (const NodeColumn& column : names.columns) archive.add_column("node_attribute_" + column.name, column);
  write_atomically(path, [&](const std::filesystem::path& temporary) { archive.save(temporary, path); });
}

}  // namespace dnm
