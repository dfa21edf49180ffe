// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/runs/checkpoint.h"

#include <algorithm>
#include <fstream>
#include <string>
#include <string_view>
#include <system_error>
#include <type_traits>
#include <utility>

#include <ATen/ATen.h>
#include <ATen/core/jit_type.h>
#include <torch/csrc/jit/serialization/pickle.h>
#include <zlib.h>

#include "core/files/atomic_file.h"
#include "core/support/error.h"
#include "training/runs/history_matrix.h"

namespace dnm {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t format_version = 2;

// LibTorch checks nothing of what it unpacks, so the file ends with a comment of the zip archive that holds the
// checksum of all bytes before it: "dnm-crc32 0123abcd".
constexpr std::string_view comment_start = "dnm-crc32 ";
constexpr std::size_t comment_size = comment_start.size() + 8;

std::string checksum_comment(std::string_view bytes) {
  uLong sum = crc32_z(0, nullptr, 0);
  sum = crc32_z(sum, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size());
  std::string digits(8, '0');
  for (std::size_t i = 8; i-- > 0; sum >>= 4) digits[i] = "0123456789abcdef"[sum & 15U];
  return std::string(comment_start) + digits;
}

/// A view of values that outlive it; from_blob takes mutable memory, but they are only read.
template <class T>
at::Tensor tensor_of(const std::vector<T>& values, at::ScalarType type) {
  static_assert(std::is_trivially_copyable_v<T>);
  if (sizeof(T) != c10::elementSize(type)) throw FileError("a checkpoint's array has the wrong type");
  if (values.empty()) return at::empty({0}, type);
  return at::from_blob(const_cast<T*>(values.data()), {static_cast<std::int64_t>(values.size())}, type);
}

template <class T>
std::vector<T> vector_of(const at::Tensor& tensor) {
  const at::Tensor flat = tensor.contiguous();
  std::vector<T> values(static_cast<std::size_t>(flat.numel()));
  if (flat.nbytes() != values.size() * sizeof(T)) throw FileError("an array in it has the wrong type");
  std::copy_n(static_cast<const char*>(flat.data_ptr()), flat.nbytes(), reinterpret_cast<char*>(values.data()));
  return values;
}

Checkpoint unpack(const c10::impl::GenericDict& dictionary) {
  const auto at_key = [&](const std::string& key) { return dictionary.at(key); };
  if (at_key("version").toInt() != format_version) {
    throw FileError("it was written by another version of this program");
  }
  Checkpoint checkpoint;
  checkpoint.settings = training_settings_from_json(at_key("settings").toStringRef());
  checkpoint.layer_sizes = vector_of<NodeIndex>(at_key("layer_sizes").toTensor());
  checkpoint.device = parse_device(at_key("device").toStringRef());
  if (dictionary.contains("data_checksum")) {
    checkpoint.data_checksum = static_cast<std::uint32_t>(at_key("data_checksum").toInt());
  }
  const std::int64_t layers = at_key("layers").toInt();
  for (std::int64_t i = 0; i < layers; ++i) {
    const std::string prefix = "layer" + std::to_string(i) + ".";
    const auto floats = [&](const char* name) { return vector_of<float>(at_key(prefix + name).toTensor()); };
    Mask mask;
    mask.n_in = static_cast<NodeIndex>(at_key(prefix + "n_in").toInt());
    mask.n_out = static_cast<NodeIndex>(at_key(prefix + "n_out").toInt());
    mask.row_begin = vector_of<std::uint64_t>(at_key(prefix + "row_begin").toTensor());
    mask.columns = vector_of<NodeIndex>(at_key(prefix + "columns").toTensor());
    checkpoint.masks.push_back(std::move(mask));
    checkpoint.engines.push_back(parse_engine(at_key(prefix + "engine").toStringRef()));
    checkpoint.state.push_back(
        {{floats("weights"), floats("biases")}, {floats("weight_momentum"), floats("bias_momentum")}});
  }
  checkpoint.position.epochs_done = static_cast<int>(at_key("epochs_done").toInt());
  checkpoint.position.images_done = static_cast<std::uint64_t>(at_key("images_done").toInt());
  checkpoint.position.so_far.loss = at_key("loss_so_far").toDouble();
  checkpoint.position.so_far.correct = static_cast<std::uint64_t>(at_key("correct_so_far").toInt());
  checkpoint.position.seconds = at_key("seconds_so_far").toDouble();
  HistoryMatrix history{std::string(unnamed_history_columns), vector_of<double>(at_key("history").toTensor())};
  if (dictionary.contains("history_columns")) history.columns = at_key("history_columns").toStringRef();
  checkpoint.history = history_of(history, checkpoint.settings.seed);
  if (dictionary.contains("rule_memory")) {
    checkpoint.rule_memory = vector_of<std::int64_t>(at_key("rule_memory").toTensor());
  }
  return checkpoint;
}

/// Throws Error for what no run can have left.
void check_content(Checkpoint& checkpoint) {
  const auto& engines = checkpoint.engines;
  if (std::find(engines.begin(), engines.end(), Engine::automatic) != engines.end() ||
      checkpoint.device == Device::automatic) {
    throw FileError("it names an engine or device that there is not");
  }
  if (checkpoint.position.epochs_done < 0 ||
      static_cast<std::size_t>(checkpoint.position.epochs_done) != checkpoint.history.size()) {
    throw FileError("its position and its history differ");
  }
  if (checkpoint.masks.empty()) throw FileError("it holds no layers");
  std::vector<NodeIndex> sizes = checkpoint.layer_sizes;
  sizes.push_back(checkpoint.masks.back().n_out);
  checkpoint.masks = Network::layered(std::move(sizes), std::move(checkpoint.masks)).masks();
  check_state(checkpoint.masks, checkpoint.state);
}

}  // namespace

void save_checkpoint(const fs::path& path, const Checkpoint& checkpoint) {
  c10::impl::GenericDict dictionary(c10::StringType::get(), c10::AnyType::get());
  const auto put = [&](const std::string& key, c10::IValue value) { dictionary.insert(key, std::move(value)); };
  put("version", format_version);
  put("settings", training_settings_to_json(checkpoint.settings));
  put("layer_sizes", tensor_of(checkpoint.layer_sizes, at::kInt));
  put("device", std::string(device_id(checkpoint.device)));
  if (checkpoint.data_checksum) put("data_checksum", static_cast<std::int64_t>(*checkpoint.data_checksum));
  put("layers", static_cast<std::int64_t>(checkpoint.masks.size()));
  for (std::size_t i = 0; i < checkpoint.masks.size(); ++i) {
    const std::string prefix = "layer" + std::to_string(i) + ".";
    const Mask& mask = checkpoint.masks[i];
    const LayerState& layer = checkpoint.state[i];
    put(prefix + "engine", std::string(engine_id(checkpoint.engines[i])));
    put(prefix + "n_in", static_cast<std::int64_t>(mask.n_in));
    put(prefix + "n_out", static_cast<std::int64_t>(mask.n_out));
    put(prefix + "row_begin", tensor_of(mask.row_begin, at::kLong));
    put(prefix + "columns", tensor_of(mask.columns, at::kInt));
    put(prefix + "weights", tensor_of(layer.values.weights, at::kFloat));
    put(prefix + "biases", tensor_of(layer.values.biases, at::kFloat));
    put(prefix + "weight_momentum", tensor_of(layer.momentum.weights, at::kFloat));
    put(prefix + "bias_momentum", tensor_of(layer.momentum.biases, at::kFloat));
  }
  put("epochs_done", static_cast<std::int64_t>(checkpoint.position.epochs_done));
  put("images_done", static_cast<std::int64_t>(checkpoint.position.images_done));
  put("loss_so_far", checkpoint.position.so_far.loss);
  put("correct_so_far", static_cast<std::int64_t>(checkpoint.position.so_far.correct));
  put("seconds_so_far", checkpoint.position.seconds);
  const HistoryMatrix history = history_matrix(checkpoint.history, metrics_of(checkpoint.settings));
  put("history",
      tensor_of(history.numbers, at::kDouble)
          .view({static_cast<std::int64_t>(checkpoint.history.size()), static_cast<std::int64_t>(history.width())}));
  put("history_columns", history.columns);
  if (!checkpoint.rule_memory.empty()) put("rule_memory", tensor_of(checkpoint.rule_memory, at::kLong));

  std::vector<char> archive = torch::jit::pickle_save(dictionary);
  // The archive's last two bytes are the length of its comment.
  archive[archive.size() - 2] = static_cast<char>(comment_size);
  const std::string_view text(archive.data(), archive.size());
  write_text_atomically(path, [&](const TextSink& sink) {
    sink(text);
    sink(checksum_comment(text));
  });
}

Checkpoint load_checkpoint(const fs::path& path) {
  std::error_code code;
  const std::uintmax_t size = fs::file_size(path, code);
  std::ifstream file(path, std::ios::binary);
  std::vector<char> bytes(code ? 0 : size);
  if (code || !file.read(bytes.data(), static_cast<std::streamsize>(size))) {
    throw FileError("cannot read the checkpoint " + path.string() + "; check the run folder");
  }
  const std::string_view text(bytes.data(), bytes.size());
  const auto damaged = [&](const std::string& why) {
    return FileError("the checkpoint " + path.string() + " cannot be used: " + why +
                     "; delete the run folder to start the run again, or choose another one");
  };
  if (text.size() <= comment_size ||
      checksum_comment(text.substr(0, text.size() - comment_size)) != text.substr(text.size() - comment_size)) {
    throw damaged("it is damaged (its checksum does not match)");
  }
  try {
    Checkpoint checkpoint = unpack(torch::jit::pickle_load(bytes).toGenericDict());
    check_content(checkpoint);
    return checkpoint;
  } catch (const Error& error) {
    throw damaged(error.what());
  } catch (const std::exception&) {
    throw damaged("its content is not what this program writes");
  }
}

}  // namespace dnm
