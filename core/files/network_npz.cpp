// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/network_npz.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "core/files/atomic_file.h"
#include "core/files/npz_archive.h"
#include "core/support/error.h"

namespace dnm {
namespace {

constexpr std::uint64_t most_neurons = std::uint64_t{1} << 31;

[[noreturn]] void fail(const std::filesystem::path& path, const std::string& why) {
  throw FileError("cannot read " + path.string() + ": " + why);
}

/// The arrays of one mask as they are stored: "layer0_indptr", … or, without a prefix, those of a SciPy matrix.
/// Offsets fit the links; columns may be unsorted or out of range.
Mask stored_mask(const NpzReader& archive, const std::filesystem::path& path, const std::string& prefix,
                 const std::string& name) {
  const std::vector<std::uint64_t> shape = archive.counts(prefix + "shape");
  if (shape.size() != 2) fail(path, "the shape of " + name + " is not a pair of numbers");
  if (shape[0] == 0 || shape[1] == 0) fail(path, name + " has a side without neurons");
  if (shape[0] >= most_neurons || shape[1] >= most_neurons) fail(path, name + " has more than 2^31 neurons");
  Mask mask{static_cast<NodeIndex>(shape[1]), static_cast<NodeIndex>(shape[0]), archive.counts(prefix + "indptr"),
            archive.indices(prefix + "indices")};
  const auto& begin = mask.row_begin;
  if (begin.size() != shape[0] + 1) {
    fail(path, name + " has " + std::to_string(begin.size()) + " row offsets for " + std::to_string(shape[0]) +
                   " output neurons");
  }
  if (begin.front() != 0 || begin.back() != mask.columns.size() || !std::is_sorted(begin.begin(), begin.end())) {
    fail(path, "the row offsets of " + name + " do not fit its " + std::to_string(mask.columns.size()) + " links");
  }
  return mask;
}

/// Takes out the entries that a matrix stores although they are zero.
void drop_zeros(Mask& mask, const std::vector<std::uint8_t>& nonzero) {
  std::size_t kept = 0;
  std::size_t entry = 0;
  for (NodeIndex output = 0; output < mask.n_out; ++output) {
    for (const std::uint64_t end = mask.row_begin[output + 1]; entry < end; ++entry) {
      if (nonzero[entry] != 0) mask.columns[kept++] = mask.columns[entry];
    }
    mask.row_begin[output + 1] = kept;
  }
  mask.columns.resize(kept);
}

/// Sorts the rows; refuses links out of range and links that are there twice.
Mask checked(Mask mask, const std::filesystem::path& path, const std::string& name) {
  for (NodeIndex output = 0; output < mask.n_out; ++output) {
    const auto first = mask.columns.begin() + static_cast<std::ptrdiff_t>(mask.row_begin[output]);
    const auto last = mask.columns.begin() + static_cast<std::ptrdiff_t>(mask.row_begin[output + 1]);
    if (!std::is_sorted(first, last)) std::sort(first, last);
    const std::string where = "output neuron " + std::to_string(output) + " of " + name;
    if (first != last && *(last - 1) >= mask.n_in) {
      fail(path, where + " has a link to input " + std::to_string(*(last - 1)) + ", but there are only " +
                     std::to_string(mask.n_in) + " inputs");
    }
    if (const auto twice = std::adjacent_find(first, last); twice != last) {
      fail(path, where + " has its link to input " + std::to_string(*twice) + " twice");
    }
  }
  return mask;
}

Mask scipy_mask(const NpzReader& archive, const std::filesystem::path& path) {
  const std::string format = archive.text("format");
  if (format != "csr") fail(path, "it holds a matrix in SciPy's " + format + " format; save it with matrix.tocsr()");
  const std::string name = "the matrix";
  Mask mask = stored_mask(archive, path, "", name);
  const std::vector<std::uint8_t> nonzero = archive.nonzero("data");
  if (nonzero.size() != mask.columns.size()) {
    fail(path, "the matrix has " + std::to_string(nonzero.size()) + " values for " +
                   std::to_string(mask.columns.size()) + " links");
  }
  if (std::find(nonzero.begin(), nonzero.end(), 0) != nonzero.end()) drop_zeros(mask, nonzero);
  return checked(std::move(mask), path, name);
}

Network general_network(const Mask& mask, const std::filesystem::path& path) {
  std::vector<std::pair<NodeIndex, NodeIndex>> links;
  links.reserve(mask.columns.size() / 2);
  for (NodeIndex u = 0; u < mask.n_out; ++u) {
    for (const NodeIndex v : mask.row(u)) {
      if (u < v) links.emplace_back(u, v);
    }
  }
  Network network = Network::general(mask.n_out, links);
  if (network.masks().front() != mask) {
    fail(path, "it holds a general graph, but its matrix is not symmetric or has links from a node to itself");
  }
  return network;
}

Network layered_network(const NpzReader& archive, const std::filesystem::path& path,
                        const std::vector<std::uint64_t>& sizes) {
  std::vector<NodeIndex> layer_sizes;
  std::uint64_t neurons = 0;
  for (const std::uint64_t size : sizes) {
    if (size == 0) fail(path, "its layer_sizes have a layer without neurons");
    if (size >= most_neurons - neurons) fail(path, "it has more than 2^31 neurons");
    neurons += size;
    layer_sizes.push_back(static_cast<NodeIndex>(size));
  }
  std::vector<Mask> masks;
  for (std::size_t layer = 0; layer + 1 < sizes.size(); ++layer) {
    const std::string name = "layer " + std::to_string(layer + 1);
    Mask mask = stored_mask(archive, path, "layer" + std::to_string(layer) + "_", name);
    if (mask.n_in != sizes[layer] || mask.n_out != sizes[layer + 1]) {
      fail(path, name + " joins " + std::to_string(mask.n_in) + " to " + std::to_string(mask.n_out) +
                     " neurons, but layer_sizes say " + std::to_string(sizes[layer]) + " to " +
                     std::to_string(sizes[layer + 1]));
    }
    masks.push_back(checked(std::move(mask), path, name));
  }
  if (archive.has("layer" + std::to_string(masks.size()) + "_indptr")) {
    fail(path, "it holds more layers than its layer_sizes name");
  }
  return Network::layered(std::move(layer_sizes), std::move(masks));
}

Network read_network_arrays(const NpzReader& archive, const std::filesystem::path& path) {
  if (!archive.has("layer_sizes")) {
    if (!archive.has("indptr")) fail(path, "it holds neither layer_sizes nor a SciPy csr matrix");
    Mask mask = scipy_mask(archive, path);
    std::vector<NodeIndex> sizes{mask.n_in, mask.n_out};
    std::vector<Mask> masks;
    masks.push_back(std::move(mask));
    return Network::layered(std::move(sizes), std::move(masks));
  }
  const std::vector<std::uint64_t> sizes = archive.counts("layer_sizes");
  if (sizes.empty()) fail(path, "its layer_sizes are empty");
  if (sizes.size() > 1) return layered_network(archive, path, sizes);
  const Mask mask = scipy_mask(archive, path);
  if (mask.n_in != sizes[0] || mask.n_out != sizes[0]) {
    fail(path, "its matrix is not square over the " + std::to_string(sizes[0]) + " nodes of layer_sizes");
  }
  return general_network(mask, path);
}

}  // namespace

NetworkFile read_npz(const std::filesystem::path& path) {
  const NpzReader archive(path);
  try {
    NetworkFile file{std::make_shared<const Network>(read_network_arrays(archive, path)), {}};
    if (archive.has("provenance")) file.provenance = archive.text("provenance");
    return file;
  } catch (const InvalidInput& error) {
    fail(path, error.what());
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
  write_atomically(path, [&](const std::filesystem::path& temporary) { archive.save(temporary, path); });
}

}  // namespace dnm
