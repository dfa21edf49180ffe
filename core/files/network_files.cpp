// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/network_files.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "core/files/byte_source.h"
#include "core/files/file_text.h"
#include "core/files/named_nodes.h"
#include "core/files/network_builder.h"
#include "core/files/network_csv.h"
#include "core/files/network_gexf.h"
#include "core/files/network_graphml.h"
#include "core/files/network_mtx.h"
#include "core/files/network_net.h"
#include "core/files/network_npy.h"
#include "core/files/network_npz.h"
#include "core/files/network_tensors.h"
#include "core/files/network_tsv.h"
#include "core/files/tensor_choice.h"
#include "core/files/utf8.h"
#include "core/network/mask_rows.h"
#include "core/parameters/look_up.h"
#include "core/support/error.h"
#include "core/support/letter_case.h"
#include "core/support/trimmed.h"

namespace dnm {
namespace {

bool is_zip(std::string_view start) { return start.starts_with("PK\x03\x04"); }
bool is_torch(std::string_view start) {
  constexpr std::string_view stream_of_torch =
      "\x80\x02\x8a\x0al\xfc\x9c"
      "F\xf9 j\xa8P\x19.";
  return start.starts_with(stream_of_torch) || (is_zip(start) && start.find("/data.pkl") != std::string_view::npos);
}
bool is_npz(std::string_view start) { return is_zip(start) && !is_torch(start); }
bool is_safetensors(std::string_view start) {
  constexpr std::size_t length_bytes = 8;
  return start.size() > length_bytes && start[length_bytes] == '{' && start.substr(0, length_bytes).ends_with('\0');
}
bool is_npy(std::string_view start) { return start.starts_with("\x93NUMPY"); }
/// Whether an element of that name opens, with or without a prefix.
bool opens(std::string_view start, std::string_view name) {
  for (std::size_t at = start.find(name); at != std::string_view::npos; at = start.find(name, at + 1)) {
    const std::size_t bracket = start.rfind('<', at);
    if (bracket != std::string_view::npos &&
        start.substr(bracket, at - bracket).find_first_of(" \t\r\n>\"") == std::string_view::npos) {
      return true;
    }
  }
  return false;
}
bool is_graphml(std::string_view start) { return opens(start, "graphml"); }
bool is_gexf(std::string_view start) { return opens(start, "gexf"); }
bool is_mtx(std::string_view start) {
  const std::string word = lower_case(next_word(start));
  return word == "%%matrixmarket" || word == "%matrixmarket";
}

// A file is of the first format that recognises it.
constexpr std::array formats{
    NetworkFormat{".npz", "NumPy archive", false, read_npz, write_npz, "", is_npz, false},
    NetworkFormat{".npy", "NumPy matrix", false, read_npy, nullptr, "", is_npy, false},
    NetworkFormat{".safetensors", "Safetensors", false, read_safetensors, write_safetensors, "", is_safetensors, false},
    NetworkFormat{".pt", "PyTorch", false, read_torch, nullptr, ".pth .bin", is_torch, false},
    NetworkFormat{".tsv", "Edge list", false, read_tsv, write_tsv, ".txt .edges .edgelist .el"},
    NetworkFormat{".graphml", "GraphML", true, read_graphml, write_graphml, "", is_graphml},
    NetworkFormat{".gexf", "GEXF", true, read_gexf, write_gexf, "", is_gexf},
    NetworkFormat{".mtx", "Matrix Market", false, read_mtx, write_mtx, "", is_mtx},
    NetworkFormat{".net", "Pajek", false, read_net, write_net, "", is_net},
    NetworkFormat{".csv", "Table of links", false, read_csv, write_csv, "", is_csv, true, true},
};

/// What can be chosen in the files of those formats whose matrices have names.
using Choose = TensorChoice (*)(const std::filesystem::path&, const TaskControl&);
constexpr std::array<std::pair<std::string_view, Choose>, 3> choices{
    {{".npz", npz_choice}, {".safetensors", safetensors_choice}, {".pt", torch_choice}}};

Choose choice_in(const NetworkFormat& format) {
  const auto* const found = std::ranges::find(choices, format.extension, [](const auto& row) { return row.first; });
  return found == choices.end() ? nullptr : found->second;
}

/// A text that no format recognises.
constexpr std::string_view plain_text_format = ".tsv";
constexpr std::string_view compressed = ".gz";
constexpr std::size_t recognised_bytes = 4096;

bool readable(const NetworkFormat&) { return true; }
bool writable(const NetworkFormat& format) { return format.write != nullptr; }

std::string extensions_of(bool (*fits)(const NetworkFormat&)) {
  std::string known;
  for (const NetworkFormat& format : formats) {
    if (fits(format)) known.append(known.empty() ? "" : ", ").append(format.extension);
  }
  return known;
}

bool has_extension(const NetworkFormat& format, std::string_view extension) {
  return format.extension == extension || lists(format.also, extension);
}

const NetworkFormat* format_with(std::string_view extension) {
  const auto* const found = std::ranges::find_if(
      formats, [&](const NetworkFormat& format) { return !extension.empty() && has_extension(format, extension); });
  return found == formats.end() ? nullptr : found;
}

bool is_compressed_name(const std::filesystem::path& path) {
  return lower_case(path.extension().string()) == compressed;
}

[[noreturn]] void fail_name(const std::filesystem::path& path, const char* purpose,
                            bool (*fits)(const NetworkFormat&)) {
  throw FileError("cannot " + std::string(purpose) + " " + path.string() +
                  " as a network: its name must end in one of " + extensions_of(fits) + ", or --format name one");
}

const NetworkFormat& recognised_format(const std::filesystem::path& path) {
  const std::string start = start_of_file(path, recognised_bytes);
  for (const NetworkFormat& format : formats) {
    if (format.recognises != nullptr && format.recognises(start)) return format;
  }
  if (start.find('\0') != std::string::npos) {
    fail_reading(path, "its first bytes are those of no network format that is known; name its format with --format");
  }
  return *format_with(plain_text_format);
}

/// The format by the options or the name; null where the first bytes tell.
const NetworkFormat* told_format(const std::filesystem::path& path, const ReadOptions& options) {
  if (!options.format.empty()) return &network_format_named(options.format);
  const NetworkFormat* const format = network_format_of(path);
  if (format == nullptr && !is_stream(path) && path.has_extension() && path.extension() != compressed) {
    fail_name(path, "read", readable);
  }
  return format;
}

[[noreturn]] void fail_unnamed(const NetworkFormat& format, const std::filesystem::path& path) {
  fail_reading(path, "a file of the format " + std::string(format.extension) +
                         " has no matrices with names to choose; leave out --tensors");
}

std::string in_one_line(std::string_view text) {
  return std::string(trimmed(without_control_characters(utf8_or_latin1(text))));
}

/// Names of attributes and provenance as lines of text, which every format can hold.
void set_plain_texts(NetworkFile& file) {
  file.provenance = in_one_line(file.provenance);
  std::vector<std::string> plain;
  for (const NodeColumn& column : file.network->names().columns) {
    plain.push_back(in_one_line(column.name));
    if (plain.back().empty()) plain.back() = "attribute";
  }
  if (std::ranges::equal(plain, file.network->names().columns, {}, {}, &NodeColumn::name)) return;
  make_distinct(plain);
  NodeNames names = file.network->names();
  for (std::size_t i = 0; i < plain.size(); ++i) names.columns[i].name = std::move(plain[i]);
  file.network = std::make_shared<const Network>(file.network->with_names(std::move(names)));
}

NetworkFile read_with(const NetworkFormat& format, const std::filesystem::path& path, const ReadOptions& options,
                      const TaskControl& control) {
  if (!format.is_text && begins_as_gzip(path)) {
    fail_reading(path, "a file of the format " + std::string(format.extension) +
                           " is not read compressed as a whole; unpack it with gunzip");
  }
  if (!options.tensors.empty() && choice_in(format) == nullptr) fail_unnamed(format, path);
  NetworkFile file = format.read(path, options, control);
  set_plain_texts(file);
  const bool is_layered = file.network->is_layered();
  if (options.as == ReadAs::graph && is_layered) {
    file.network = std::make_shared<const Network>(without_layers(*file.network).with_names(file.network->names()));
  } else if (options.as == ReadAs::layers && !is_layered) {
    fail_reading(path, "it cannot be read as layers: it is a graph without any; leave out --as layers");
  }
  return file;
}

/// Calls read(path) with a copy of a stream, whose name messages carry.
template <class Read>
NetworkFile read_stream(const std::filesystem::path& path, const TaskControl& control, const Read& read) {
  const StreamCopy copy(path, control);
  const std::string shown = path == "-" ? "standard input" : path.string();
  const auto with_name = [&](std::string message) {
    const std::string name = copy.path().string();
    for (std::size_t at = message.find(name); at != std::string::npos; at = message.find(name, at + shown.size())) {
      message.replace(at, name.size(), shown);
    }
    return message;
  };
  try {
    return read(copy.path());
  } catch (const TensorChoiceNeeded& choice) {
    throw TensorChoiceNeeded(with_name(choice.what()), choice.matrices());
  } catch (const FileError& error) {
    throw FileError(with_name(error.what()));
  } catch (const ResourceError& error) {
    throw ResourceError(with_name(error.what()));
  }
}

/// What a format that keeps links alone loses of this file.
std::vector<std::string> losses_of(const NetworkFormat& format, const NetworkFile& file) {
  std::vector<std::string> sentences;
  if (!format.links_only) return sentences;
  const auto lost = [&](const std::string& what) {
    sentences.push_back(std::string(format.extension) + " keeps links alone: " + what);
  };
  const Network& network = *file.network;
  const NodeNames& names = network.names();
  if (network.is_layered()) lost("the layers are lost");
  if (!names.columns.empty() || (!names.ids.empty() && !names.labels.empty())) {
    lost("the ids of the nodes are written, their labels and attributes are lost");
  }
  const std::vector<NodeIndex> degree = node_degrees(network);
  if (const auto alone = std::ranges::count(degree, NodeIndex{0}); alone > 0) {
    lost(std::to_string(alone) + (alone == 1 ? " node without links is lost" : " nodes without links are lost"));
  }
  return sentences;
}

}  // namespace

std::string_view read_as_id(ReadAs as) {
  return as == ReadAs::automatic ? std::string_view() : as == ReadAs::graph ? "graph" : "layers";
}

ReadAs read_as_named(std::string_view id) {
  for (const ReadAs as : {ReadAs::graph, ReadAs::layers, ReadAs::automatic}) {
    if (read_as_id(as) == id) return as;
  }
  throw_unknown("reading of a network", id, std::array{read_as_id(ReadAs::graph), read_as_id(ReadAs::layers)});
}

std::string other_reading(ReadAs as) {
  const std::string name = as == ReadAs::layers ? "layers" : "graph";
  const std::string what = as == ReadAs::layers ? "Layers" : "Graph";
  return "; --as " + name + ", in the window Network > Read as " + what + ", reads it as " +
         (as == ReadAs::layers ? "layers" : "a graph");
}

std::span<const NetworkFormat> network_formats() { return formats; }

const NetworkFormat* network_format_of(const std::filesystem::path& path) {
  const bool is_compressed = is_compressed_name(path);
  const std::filesystem::path name = is_compressed ? path.stem() : path;
  const NetworkFormat* const format = format_with(lower_case(name.extension().string()));
  return is_compressed && format != nullptr && !format->is_text ? nullptr : format;
}

const NetworkFormat& network_format_named(std::string_view extension) {
  std::string word = lower_case(extension);
  if (!word.starts_with('.')) word.insert(0, 1, '.');
  if (const NetworkFormat* const format = format_with(word)) return *format;
  throw_unknown("network format", word, row_ids(formats));
}

std::string network_extensions() { return extensions_of(readable); }

std::string written_network_extensions() { return extensions_of(writable); }

std::string network_file_patterns() {
  std::string patterns;
  const auto add = [&](std::string_view extension) {
    patterns.append(patterns.empty() ? "*" : " *").append(extension);
  };
  for (const NetworkFormat& format : formats) {
    const std::string all = std::string(format.extension) + " " + std::string(format.also);
    std::string_view rest = all;
    for (std::string_view extension = next_word(rest); !extension.empty(); extension = next_word(rest)) {
      add(extension);
      if (format.is_text) add(std::string(extension) + std::string(compressed));
    }
  }
  return patterns;
}

NetworkFile read_network(const std::filesystem::path& path, const TaskControl& control) {
  return read_network(path, ReadOptions{}, control);
}

NetworkFile read_network(const std::filesystem::path& path, const ReadOptions& options, const TaskControl& control) {
  const NetworkFormat* const format = told_format(path, options);
  const auto read = [&](const std::filesystem::path& source) {
    return read_with(format != nullptr ? *format : recognised_format(source), source, options, control);
  };
  if (is_stream(path)) return read_stream(path, control, read);
  return read(path);
}

bool may_hold_tensors(const std::filesystem::path& path, const ReadOptions& options) {
  const NetworkFormat* const format = options.format.empty() ? network_format_of(path) : format_with(options.format);
  return format == nullptr || choice_in(*format) != nullptr;
}

TensorChoice tensor_choice(const std::filesystem::path& path, const ReadOptions& options, const TaskControl& control) {
  const NetworkFormat* const told = told_format(path, options);
  const NetworkFormat& format = told != nullptr ? *told : recognised_format(path);
  const Choose choose = choice_in(format);
  if (choose == nullptr) fail_unnamed(format, path);
  return choose(path, control);
}

std::vector<std::string> write_network(const std::filesystem::path& path, const NetworkFile& file,
                                       std::string_view format) {
  const NodeAttributes& attributes = file.attributes;
  for (const std::size_t length : {attributes.community.size(), attributes.radius.size(), attributes.theta.size()}) {
    if (length != 0 && length != file.network->node_count()) {
      throw InvalidInput("a network of " + std::to_string(file.network->node_count()) + " nodes cannot take " +
                         std::to_string(length) + " values of an attribute; give one per node");
    }
  }
  const NetworkFormat* const found = format.empty() ? network_format_of(path) : &network_format_named(format);
  if (found == nullptr || found->write == nullptr) fail_name(path, "write", writable);
  if (is_compressed_name(path)) {
    throw FileError("cannot write " + path.string() +
                    ": compressed files are only read; write it without .gz, then compress it with gzip");
  }
  if (path == "-" && !found->is_text) {
    throw FileError("cannot write " + std::string(found->extension) +
                    " to standard output: only text can be written there; give the name of a file");
  }
  found->write(path, file);
  return losses_of(*found, file);
}

}  // namespace dnm
