// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/networks.h"

#include "core/files/network_files.h"
#include "core/files/tensor_choice.h"
#include "core/support/error.h"
#include "tests/fuzz/reader.h"

namespace dnm::fuzz {
namespace {

namespace fs = std::filesystem;

/// What tells two lists of names apart; empty: nothing but the kind of an attribute, which no file keeps where nodes
/// lack its value.
std::string difference(const NodeNames& a, const NodeNames& b) {
  if (a.ids != b.ids) return "ids";
  if (a.labels != b.labels) return "labels";
  if (a.columns.size() != b.columns.size()) {
    return std::to_string(b.columns.size()) + " attributes, not " + std::to_string(a.columns.size());
  }
  for (std::size_t i = 0; i < a.columns.size(); ++i) {
    // A name of something that is computed as it is written, such as the degree, gets an addition.
    const std::string& name = b.columns[i].name;
    if (name != a.columns[i].name && name != a.columns[i].name + " (file)")
      return "name of the attribute " + a.columns[i].name;
    if (a.columns[i].values != b.columns[i].values) return "values of the attribute " + a.columns[i].name;
  }
  return {};
}

void must_come_back(const NetworkFile& file, std::string_view extension) {
  const InputFile place("", "written" + std::string(extension));
  NetworkFile again;
  try {
    write_network(place.path(), file);
    again = read_network(place.path());
  } catch (const ResourceError&) {
    return;
  } catch (const Error& error) {
    promise(false, "what was read cannot be written as " + std::string(extension) + ": " + error.what());
  }
  promise(again.network->layer_sizes() == file.network->layer_sizes(), std::string(extension) + " has other layers");
  promise(again.network->masks() == file.network->masks(), std::string(extension) + " has other links");
  const std::string names = difference(file.network->names(), again.network->names());
  promise(names.empty(), std::string(extension) + " has other " + names);
  promise(again.network->is_layered() == file.network->is_layered(), std::string(extension) + " is another kind");
  promise(again.provenance == file.provenance, std::string(extension) + " has another provenance");
}

}  // namespace

void read_network_named(const std::string& name, std::string_view bytes) {
  const InputFile input(bytes, name);
  const NetworkFile file = read_network(input.path());
  for (const ReadAs as : {ReadAs::graph, ReadAs::layers}) {
    try {
      ReadOptions options;
      options.as = as;
      const NetworkFile other = read_network(input.path(), options);
      promise(other.network->is_layered() == (as == ReadAs::layers), "it is read in another way than asked");
    } catch (const Error&) {
      // Not every network can be both.
    }
  }
  must_come_back(file, ".npz");
  const NetworkFormat* const format = network_format_of(input.path());
  if (format != nullptr && format->write != nullptr && !format->links_only && format->extension != ".npz") {
    must_come_back(file, format->extension);
  }
}

void read_tensors_named(const std::string& name, std::string_view bytes) {
  {
    const InputFile input(bytes, name);
    for (const MatrixChoice& matrix : tensor_choice(input.path()).matrices) {
      promise(matrix.nonzero <= matrix.tensor.shape[0] * matrix.tensor.shape[1], "a matrix has more links than cells");
    }
  }
  read_network_named(name, bytes);
}

}  // namespace dnm::fuzz
