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
#include "training/runs/training_parameters.h"
#include "training/tasks/task_table.h"

namespace dnm {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t format_version = 3;

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

/// A checkpoint's dictionary. Asking for what is not there, or is of another type, throws LibTorch's exception.
class Dictionary {
 public:
  explicit Dictionary(c10::impl::GenericDict values) : values_(std::move(values)) {}
  [[nodiscard]] bool has(const std::string& key) const { return values_.contains(key); }
  [[nodiscard]] std::int64_t number(const std::string& key) const { return values_.at(key).toInt(); }
  [[nodiscard]] double real(const std::string& key) const { return values_.at(key).toDouble(); }
  [[nodiscard]] bool flag(const std::string& key) const { return values_.at(key).toBool(); }
  [[nodiscard]] std::string text(const std::string& key) const { return values_.at(key).toStringRef(); }
  [[nodiscard]] at::Tensor tensor(const std::string& key) const { return values_.at(key).toTensor(); }
  template <class T>
  [[nodiscard]] std::vector<T> array(const std::string& key) const {
    return vector_of<T>(tensor(key));
  }
  [[nodiscard]] std::vector<std::string> texts(const std::string& key) const {
    std::vector<std::string> made;
    for (const c10::IValue& text : values_.at(key).toListRef()) made.push_back(text.toStringRef());
    return made;
  }

 private:
  c10::impl::GenericDict values_;
};

/// What both versions hold under the same keys.
Checkpoint unpack_run(const Dictionary& from) {
  Checkpoint made;
  made.settings = training_settings_from_json(from.text("settings"));
  made.device = parse_device(from.text("device"));
  if (from.has("data_checksum")) made.data_checksum = static_cast<std::uint32_t>(from.number("data_checksum"));
  if (from.has("lengthenings")) {
    const std::vector<std::int64_t> numbers = from.array<std::int64_t>("lengthenings");
    for (std::size_t i = 0; i + 1 < numbers.size(); i += 2) made.lengthenings.push_back({numbers[i], numbers[i + 1]});
  }
  made.position.epochs_done = static_cast<int>(from.number("epochs_done"));
  made.position.so_far.loss = from.real("loss_so_far");
  made.position.so_far.correct = static_cast<std::uint64_t>(from.number("correct_so_far"));
  made.position.seconds = from.real("seconds_so_far");
  HistoryMatrix history{std::string(unnamed_history_columns), from.array<double>("history")};
  if (from.has("history_columns")) history.columns = from.text("history_columns");
  made.history = history_of(history, made.settings.seed);
  return made;
}

Mask unpack_mask(const Dictionary& from, const std::string& prefix) {
  return {static_cast<NodeIndex>(from.number(prefix + "n_in")), static_cast<NodeIndex>(from.number(prefix + "n_out")),
          from.array<std::uint64_t>(prefix + "row_begin"), from.array<NodeIndex>(prefix + "columns")};
}

Checkpoint unpack(const Dictionary& from) {
  Checkpoint made = unpack_run(from);
  for (const std::string& name : from.texts("layers")) {
    made.layers.push_back({name, unpack_mask(from, name + ".mask."), from.flag(name + ".mask.dense")});
    made.engines.push_back(parse_engine(from.text(name + ".engine")));
  }
  made.slots = from.texts("slots");
  for (const std::string& name : from.texts("parameters")) {
    ParameterState& parameter = made.state.emplace_back(ParameterState{name, from.array<float>(name), {}});
    for (const std::string& slot : made.slots) parameter.slots.push_back(from.array<float>(name + "." + slot));
  }
  made.position.steps_done = static_cast<std::uint64_t>(from.number("steps_done"));
  made.position.so_far.examples = static_cast<std::uint64_t>(from.number("examples_so_far"));
  made.position.updates_done = static_cast<std::uint64_t>(from.number("updates_done"));
  for (const std::string& name : from.texts("rule_memory")) {
    made.rule_memory[name] = from.array<std::int64_t>("rule." + name);
  }
  return made;
}

/// Of a perceptron trained by SGD with momentum, whose last layer is the classifier; no rule rewired then.
Checkpoint unpack_version_2(const Dictionary& from) {
  Checkpoint made = unpack_run(from);
  const std::int64_t layers = from.number("layers");
  made.slots = {"momentum"};
  for (std::int64_t i = 0; i < layers; ++i) {
    const std::string prefix = "layer" + std::to_string(i) + ".";
    const bool last = i + 1 == layers;
    const std::string name = last ? "classifier" : "layer" + std::to_string(i + 1);
    made.layers.push_back({name, unpack_mask(from, prefix), last});
    made.engines.push_back(parse_engine(from.text(prefix + "engine")));
    const auto parameter = [&](const char* ending, const std::string& values, const std::string& momentum) {
      made.state.push_back({name + ending, from.array<float>(prefix + values), {from.array<float>(prefix + momentum)}});
    };
    parameter(".weight", "weights", "weight_momentum");
    parameter(".bias", "biases", "bias_momentum");
  }
  made.position.so_far.examples = static_cast<std::uint64_t>(from.number("images_done"));
  const auto batch = static_cast<std::uint64_t>(made.settings.batch);
  made.position.steps_done = (made.position.so_far.examples + batch - 1) / batch;
  return made;
}

/// Throws Error for what no run can have left.
void check_content(const Checkpoint& checkpoint) {
  const auto& engines = checkpoint.engines;
  if (std::find(engines.begin(), engines.end(), Engine::automatic) != engines.end() ||
      checkpoint.device == Device::automatic) {
    throw FileError("it names an engine or device that there is not");
  }
  if (checkpoint.position.epochs_done < 0 ||
      static_cast<std::size_t>(checkpoint.position.epochs_done) != checkpoint.history.size()) {
    throw FileError("its position and its history differ");
  }
  if (checkpoint.layers.empty()) throw FileError("it holds no layers");
  for (const NamedMask& layer : checkpoint.layers) {
    static_cast<void>(Network::layered({layer.mask.n_in, layer.mask.n_out}, {layer.mask}));
    if (parameter_of(checkpoint.state, layer.name + ".weight").values.size() != layer.mask.link_count()) {
      throw FileError("the weights of " + layer.name + " do not fit its links");
    }
  }
  for (const ParameterState& parameter : checkpoint.state) {
    for (const std::vector<float>& slot : parameter.slots) {
      if (slot.size() != parameter.values.size()) throw FileError("the slots of " + parameter.name + " do not fit it");
    }
  }
}

}  // namespace

void save_checkpoint(const fs::path& path, const Checkpoint& checkpoint) {
  c10::impl::GenericDict dictionary(c10::StringType::get(), c10::AnyType::get());
  const auto put = [&](const std::string& key, c10::IValue value) { dictionary.insert(key, std::move(value)); };
  std::vector<std::string> layers;
  std::vector<std::string> parameters;
  std::vector<std::string> memory;
  put("version", format_version);
  put("settings", training_settings_to_json(checkpoint.settings));
  put("device", std::string(device_id(checkpoint.device)));
  if (checkpoint.data_checksum) put("data_checksum", static_cast<std::int64_t>(*checkpoint.data_checksum));
  for (std::size_t i = 0; i < checkpoint.layers.size(); ++i) {
    const auto& [name, mask, dense] = checkpoint.layers[i];
    layers.push_back(name);
    put(name + ".engine", std::string(engine_id(checkpoint.engines[i])));
    put(name + ".mask.n_in", static_cast<std::int64_t>(mask.n_in));
    put(name + ".mask.n_out", static_cast<std::int64_t>(mask.n_out));
    put(name + ".mask.dense", dense);
    put(name + ".mask.row_begin", tensor_of(mask.row_begin, at::kLong));
    put(name + ".mask.columns", tensor_of(mask.columns, at::kInt));
  }
  for (const ParameterState& parameter : checkpoint.state) {
    parameters.push_back(parameter.name);
    put(parameter.name, tensor_of(parameter.values, at::kFloat));
    for (std::size_t i = 0; i < checkpoint.slots.size(); ++i) {
      put(parameter.name + "." + checkpoint.slots[i], tensor_of(parameter.slots.at(i), at::kFloat));
    }
  }
  for (const auto& [name, numbers] : checkpoint.rule_memory) {
    memory.push_back(name);
    put("rule." + name, tensor_of(numbers, at::kLong));
  }
  std::vector<std::int64_t> lengthenings;
  for (const auto& [epochs, trained] : checkpoint.lengthenings)
    lengthenings.insert(lengthenings.end(), {epochs, trained});
  put("lengthenings", tensor_of(lengthenings, at::kLong));
  put("layers", layers);
  put("slots", checkpoint.slots);
  put("parameters", parameters);
  put("rule_memory", memory);
  put("epochs_done", static_cast<std::int64_t>(checkpoint.position.epochs_done));
  put("steps_done", static_cast<std::int64_t>(checkpoint.position.steps_done));
  put("updates_done", static_cast<std::int64_t>(checkpoint.position.updates_done));
  put("loss_so_far", checkpoint.position.so_far.loss);
  put("correct_so_far", static_cast<std::int64_t>(checkpoint.position.so_far.correct));
  put("examples_so_far", static_cast<std::int64_t>(checkpoint.position.so_far.examples));
  put("seconds_so_far", checkpoint.position.seconds);
  const HistoryMatrix history = history_matrix(checkpoint.history, metrics_of(checkpoint.settings));
  put("history",
      tensor_of(history.numbers, at::kDouble)
          .view({static_cast<std::int64_t>(checkpoint.history.size()), static_cast<std::int64_t>(history.width())}));
  put("history_columns", history.columns);

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
    const Dictionary dictionary(torch::jit::pickle_load(bytes).toGenericDict());
    const std::int64_t version = dictionary.number("version");
    if (version != format_version && version != 2) throw FileError("it was written by another version of this program");
    Checkpoint checkpoint = version == 2 ? unpack_version_2(dictionary) : unpack(dictionary);
    check_content(checkpoint);
    return checkpoint;
  } catch (const Error& error) {
    throw damaged(error.what());
  } catch (const std::exception&) {
    throw damaged("its content is not what this program writes");
  }
}

}  // namespace dnm
