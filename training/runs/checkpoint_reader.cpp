// SPDX-License-Identifier: GPL-3.0-or-later
// Reads what checkpoint.cpp writes, without LibTorch, which checks nothing of what it unpacks: a checkpoint can come
// from anywhere.
#include <algorithm>
#include <fstream>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "core/files/pickle.h"
#include "core/files/torch_file.h"
#include "core/support/error.h"
#include "core/support/memory.h"
#include "training/runs/checkpoint.h"
#include "training/runs/checkpoint_comment.h"
#include "training/runs/history_matrix.h"
#include "training/runs/training_parameters.h"

namespace dnm {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t newest_version = 3;

/// A checkpoint's dictionary. Asking for what is not there, or is of another type, throws FileError.
class Dictionary {
 public:
  explicit Dictionary(const fs::path& path) : file_(open_torch_file(path)) {
    const PickleValue& root = plain_value(file_->value());
    if (!root.has_keys) throw FileError("it holds no dictionary");
    // Each array has a storage of its own, so that all of them are no larger than the file says.
    std::unordered_set<std::size_t> storages;
    for (std::size_t i = 0; i + 1 < root.items.size(); i += 2) {
      if (const auto key = text_of(*root.items[i])) values_[*key] = root.items[i + 1];
      const auto array = file_->tensor_of(*root.items[i + 1]);
      if (array && !storages.insert(array->storage).second) throw FileError("two of its arrays share their numbers");
    }
  }

  [[nodiscard]] bool has(const std::string& key) const { return values_.contains(key); }
  [[nodiscard]] std::int64_t number(const std::string& key) const { return value(key, PickleKind::integer).integer; }
  [[nodiscard]] double real(const std::string& key) const { return value(key, PickleKind::real).real; }
  [[nodiscard]] bool flag(const std::string& key) const { return value(key, PickleKind::boolean).integer != 0; }
  [[nodiscard]] std::string text(const std::string& key) const {
    return std::string(value(key, PickleKind::text).text);
  }
  /// Names, each once.
  [[nodiscard]] std::vector<std::string> names(const std::string& key) const {
    std::vector<std::string> made;
    std::unordered_set<std::string_view> known;
    for (const PickleValue* item : value(key, PickleKind::list).items) {
      if (item->kind != PickleKind::text || !known.insert(item->text).second) fail(key);
      made.emplace_back(item->text);
    }
    return made;
  }
  /// A number from 0 to the largest of T.
  template <class T>
  [[nodiscard]] T count(const std::string& key) const {
    const std::int64_t found = number(key);
    if (found < 0 || std::cmp_greater(found, std::numeric_limits<T>::max())) fail(key);
    return static_cast<T>(found);
  }
  template <class T>
  [[nodiscard]] std::vector<T> array(const std::string& key) const {
    return numbers_of<T>(*file_, tensor(key));
  }
  /// Integers of any type from 0 to the largest of T.
  template <class T>
  [[nodiscard]] std::vector<T> indices(const std::string& key) const {
    const std::vector<std::uint64_t> found = integers_of(*file_, tensor(key));
    if (std::ranges::any_of(found, [](std::uint64_t index) { return index > std::numeric_limits<T>::max(); }))
      fail(key);
    return {found.begin(), found.end()};
  }

 private:
  [[noreturn]] static void fail(const std::string& key) {
    throw FileError("its \"" + key + "\" is not what this program writes");
  }
  [[nodiscard]] const PickleValue& value(const std::string& key) const {
    const auto found = values_.find(key);
    if (found == values_.end()) throw FileError("it has no \"" + key + "\"");
    return plain_value(*found->second);
  }
  [[nodiscard]] const PickleValue& value(const std::string& key, PickleKind kind) const {
    const PickleValue& found = value(key);
    if (found.kind != kind) fail(key);
    return found;
  }
  [[nodiscard]] StoredTensor tensor(const std::string& key) const {
    auto found = file_->tensor_of(value(key));
    if (!found) fail(key);
    found->name = key;
    return std::move(*found);
  }

  std::unique_ptr<TorchFile> file_;
  std::unordered_map<std::string_view, const PickleValue*> values_;
};

/// What both versions hold under the same keys.
Checkpoint unpack_run(const Dictionary& from) {
  Checkpoint made;
  made.settings = training_settings_from_json(from.text("settings"));
  made.device = parse_device(from.text("device"));
  if (from.has("data_checksum")) made.data_checksum = from.count<std::uint32_t>("data_checksum");
  if (from.has("lengthenings")) {
    const std::vector<std::int64_t> numbers = from.array<std::int64_t>("lengthenings");
    for (std::size_t i = 0; i + 1 < numbers.size(); i += 2) made.lengthenings.push_back({numbers[i], numbers[i + 1]});
  }
  made.position.epochs_done = from.count<int>("epochs_done");
  made.position.so_far.loss = from.real("loss_so_far");
  made.position.so_far.correct = from.count<std::uint64_t>("correct_so_far");
  made.position.seconds = from.real("seconds_so_far");
  HistoryMatrix history{std::string(unnamed_history_columns), from.array<double>("history")};
  if (from.has("history_columns")) history.columns = from.text("history_columns");
  made.history = history_of(history, made.settings.seed);
  return made;
}

Mask unpack_mask(const Dictionary& from, const std::string& prefix) {
  return {from.count<NodeIndex>(prefix + "n_in"), from.count<NodeIndex>(prefix + "n_out"),
          from.indices<std::uint64_t>(prefix + "row_begin"), from.indices<NodeIndex>(prefix + "columns")};
}

Checkpoint unpack(const Dictionary& from) {
  Checkpoint made = unpack_run(from);
  for (const std::string& name : from.names("layers")) {
    made.layers.push_back({name, unpack_mask(from, name + ".mask."), from.flag(name + ".mask.dense")});
    made.engines.push_back(parse_engine(from.text(name + ".engine")));
    if (const std::string links = name + ".links_to_become_sparse"; from.has(links)) {
      made.links_to_become_sparse.resize(made.layers.size());
      made.links_to_become_sparse.back() = from.count<std::uint64_t>(links);
    }
  }
  if (!made.links_to_become_sparse.empty()) made.links_to_become_sparse.resize(made.layers.size());
  made.slots = from.names("slots");
  for (const std::string& name : from.names("parameters")) {
    ParameterState& parameter = made.state.emplace_back(ParameterState{name, from.array<float>(name), {}});
    for (const std::string& slot : made.slots) parameter.slots.push_back(from.array<float>(name + "." + slot));
  }
  made.position.steps_done = from.count<std::uint64_t>("steps_done");
  made.position.so_far.examples = from.count<std::uint64_t>("examples_so_far");
  made.position.updates_done = from.count<std::uint64_t>("updates_done");
  for (const std::string& name : from.names("rule_memory")) {
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
  made.position.so_far.examples = from.count<std::uint64_t>("images_done");
  const auto batch = static_cast<std::uint64_t>(made.settings.batch);
  made.position.steps_done =
      made.position.so_far.examples / batch + (made.position.so_far.examples % batch > 0 ? 1 : 0);
  return made;
}

/// Throws Error for what no run can have left.
void check_content(const Checkpoint& checkpoint) {
  const auto& engines = checkpoint.engines;
  if (std::find(engines.begin(), engines.end(), Engine::automatic) != engines.end() ||
      checkpoint.device == Device::automatic) {
    throw FileError("it names an engine or device that there is not");
  }
  if (static_cast<std::size_t>(checkpoint.position.epochs_done) != checkpoint.history.size()) {
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

/// Whether the file ends with the checksum of all before.
bool is_whole(const fs::path& path) {
  std::error_code code;
  const std::uintmax_t size = fs::file_size(path, code);
  std::ifstream file(path, std::ios::binary);
  if (!code) require_memory(size, path.string());
  std::string bytes(code ? 0 : size, '\0');
  if (code || !file.read(bytes.data(), static_cast<std::streamsize>(size))) {
    throw FileError("cannot read the checkpoint " + path.string() + "; check the run folder");
  }
  if (bytes.size() <= checkpoint_comment_size) return false;
  const std::string_view content = std::string_view(bytes).substr(0, bytes.size() - checkpoint_comment_size);
  return checkpoint_comment(content) == std::string_view(bytes).substr(content.size());
}

}  // namespace

Checkpoint load_checkpoint(const fs::path& path) {
  const auto damaged = [&](const std::string& why) {
    return FileError("the checkpoint " + path.string() + " cannot be used: " + why +
                     "; delete the run folder to start the run again, or choose another one");
  };
  if (!is_whole(path)) throw damaged("it is damaged (its checksum does not match)");
  try {
    const Dictionary dictionary(path);
    const std::int64_t version = dictionary.number("version");
    if (version != newest_version && version != 2) throw FileError("it was written by another version of this program");
    Checkpoint checkpoint = version == 2 ? unpack_version_2(dictionary) : unpack(dictionary);
    check_content(checkpoint);
    return checkpoint;
  } catch (const ResourceError&) {
    throw;
  } catch (const Error& error) {
    throw damaged(error.what());
  }
}

}  // namespace dnm
