// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/network_npz.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "core/files/atomic_file.h"
#include "core/files/file_text.h"
#include "core/files/network_builder.h"
#include "core/files/npz_archive.h"
#include "core/files/scipy_matrix.h"
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

Network read_network_arrays(const NpzReader& archive, const std::filesystem::path& path, LinkLosses& losses,
                            const TaskControl& control) {
  if (!archive.has("layer_sizes")) {
    if (!archive.has("format")) fail_reading(path, "it holds neither layer_sizes nor a SciPy matrix");
    Mask mask = read_scipy_matrix(archive, path, losses);
    losses.symmetric_layer = is_adjacency(mask);
    return one_layer_network(std::move(mask));
  }
  const std::vector<std::uint64_t> sizes = archive.counts("layer_sizes");
  if (sizes.empty()) fail_reading(path, "its layer_sizes are empty");
  if (sizes.size() > 1) return stored_layers(archive, path, sizes, control);
  const Mask mask = read_scipy_matrix(archive, path, losses);
  if (mask.n_in != sizes[0] || mask.n_out != sizes[0]) {
    fail_reading(path, "its matrix is not square over the " + std::to_string(sizes[0]) + " nodes of layer_sizes");
  }
  return symmetric_graph(mask, path);
}

}  // namespace

NetworkFile read_npz(const std::filesystem::path& path, const ReadOptions& /*options*/, const TaskControl& control) {
  const NpzReader archive(path);
  try {
    LinkLosses losses;
    auto network = std::make_shared<const Network>(read_network_arrays(archive, path, losses, control));
    std::string provenance = archive.has("provenance") ? archive.text("provenance") : std::string();
    return {std::move(network), std::move(provenance), {}, losses.notices()};
  } catch (const InvalidInput& error) {
    fail_reading(path, error.what());
  }
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
