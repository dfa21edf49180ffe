// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/torch_tensors.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "core/files/file_text.h"

namespace dnm {
namespace {

constexpr std::size_t deepest_nesting = 64;
constexpr std::size_t longest_name = 4096;
constexpr std::size_t most_steps = std::size_t{1} << 25;
/// Of a byte of the pickle: each value takes one, and is met a few times.
constexpr std::size_t most_steps_each = 16;
constexpr std::size_t steps_of_any_file = std::size_t{1} << 14;
/// As PyTorch has it.
constexpr std::size_t most_dimensions = 64;

/// The text at a place of a list, if there is one.
std::optional<std::string_view> text_at(const std::vector<const PickleValue*>& items, std::size_t index) {
  return index < items.size() ? text_of(*items[index]) : std::nullopt;
}

}  // namespace

class TorchTensors::Walk {
 public:
  Walk(std::filesystem::path path, const TaskControl& control) : path_(std::move(path)), control_(control) {}

  std::vector<StoredTensor> tensors{};
  std::vector<TorchStorage> storages{};
  std::vector<CheckpointLayer> checkpoint{};
  std::vector<std::string> notices{};

  void run(const Pickle& pickle) {
    allowed_steps_ = std::min(most_steps, steps_of_any_file + most_steps_each * pickle.bytes());
    for (const PickleValue* const value : pickle.persistent()) {
      std::uint64_t view_offset = 0;
      storage_of(*value, view_offset);
    }
    const PickleValue& root = plain_value(pickle.value());
    if (read_checkpoint(root)) return;
    const PickleValue* const model = model_of(root);
    collect(*model, "", 0);
    if (tensors.empty()) fail_reading(path_, "it holds no tensors; " + std::string(state_dict_remedy));
    strip_prefix("module.");
    strip_prefix("_orig_mod.");
  }

  /// The tensor that a value is, if it is one.
  std::optional<StoredTensor> tensor_of(const PickleValue& value, std::size_t depth, bool may_be_sparse = true) {
    if (value.kind != PickleKind::object) return std::nullopt;
    count_steps(value);
    return tensor_made_by(value.callable->text, value.arguments->items, depth, may_be_sparse);
  }

 private:
  [[noreturn]] void fail_damaged(const std::string& what) const {
    fail_reading(path_, "its pickled data describe " + what + " as PyTorch does not; it is damaged");
  }
  [[noreturn]] void fail_nesting() const { fail_reading(path_, "its dictionaries nest beyond measure"); }
  /// Values can be shared, so that a few could be met without end.
  void count_steps(const PickleValue& value) {
    control_.check();
    steps_ += value.items.size() + 1;
    if (steps_ > allowed_steps_) fail_nesting();
  }

  // Values.
  std::uint64_t count_of(const PickleValue& value, const char* what) const {
    if (value.kind != PickleKind::integer || value.integer < 0) fail_damaged(what);
    return static_cast<std::uint64_t>(value.integer);
  }
  std::vector<std::uint64_t> counts_of(const PickleValue& value, const char* what) const {
    const PickleValue* list = &plain_value(value);
    if (is_made_by(value, "torch.Size")) {
      if (value.arguments->items.empty()) return {};
      list = value.arguments->items.front();
    }
    if (list->kind != PickleKind::tuple && list->kind != PickleKind::list) fail_damaged(what);
    if (list->items.size() > most_dimensions) fail_damaged(what);
    std::vector<std::uint64_t> counts;
    for (const PickleValue* item : list->items) counts.push_back(count_of(*item, what));
    return counts;
  }

  /// Items of a container, as key and value; keys of a list are its positions. Nothing for a value that is none.
  template <class Take>
  static bool for_each_entry(const PickleValue& value, const Take& take) {
    const PickleValue* entries = &plain_value(value);
    // A module of TorchScript keeps its attributes as its state.
    if (entries->kind == PickleKind::object && entries->callable->text.starts_with("__torch__.") &&
        entries->state != nullptr) {
      entries = entries->state;
    }
    if (entries->has_keys) {
      for (std::size_t i = 0; i + 1 < entries->items.size(); i += 2) {
        const PickleValue& key = *entries->items[i];
        if (const auto text = text_of(key)) take(*text, *entries->items[i + 1]);
        if (key.kind == PickleKind::integer) take(std::to_string(key.integer), *entries->items[i + 1]);
      }
      return true;
    }
    if (entries->kind != PickleKind::list && entries->kind != PickleKind::tuple) return false;
    for (std::size_t i = 0; i < entries->items.size(); ++i) take(std::to_string(i), *entries->items[i]);
    return true;
  }

  // Tensors.
  std::size_t storage_of(const PickleValue& value, std::uint64_t& view_offset) {
    const auto& items = value.kind == PickleKind::persistent ? value.items.front()->items : value.items;
    if (value.kind != PickleKind::persistent || text_at(items, 0) != "storage" || items.size() < 5 ||
        items[1]->kind != PickleKind::global || !text_at(items, 2)) {
      fail_damaged("a storage");
    }
    constexpr std::string_view torch = "torch.", ending = "Storage";
    std::string_view name = items[1]->text;
    name.remove_prefix(std::min(name.size(), torch.size()));
    if (name.ends_with(ending)) name.remove_suffix(ending.size());
    TorchStorage storage{std::string(*text_at(items, 2)), tensor_type_of_storage(name)};
    if (storage.type == nullptr && !name.ends_with("Untyped")) fail_damaged("a storage");
    const std::size_t size = storage.type == nullptr ? 1 : storage.type->bytes();
    const std::uint64_t elements = count_of(*items[4], "a storage");
    if (elements >= (std::uint64_t{1} << 60)) fail_damaged("a storage");
    storage.bytes = elements * size;
    // PyTorch before 0.4 had views of storages: (key, offset, size).
    if (items.size() > 5 && items[5]->kind == PickleKind::tuple && items[5]->items.size() == 3) {
      view_offset = count_of(*items[5]->items[1], "a storage");
    }
    const auto [known, is_new] = storage_numbers_.emplace(storage.key, storages.size());
    if (is_new) {
      storages.push_back(std::move(storage));
    } else if (storages[known->second].type != storage.type || storages[known->second].bytes != storage.bytes) {
      fail_damaged("a storage");
    }
    return known->second;
  }

  StoredTensor strided(const std::vector<const PickleValue*>& arguments, const PickleValue* type) {
    if (arguments.size() < 4) fail_damaged("a tensor");
    StoredTensor tensor;
    std::uint64_t view_offset = 0;
    tensor.storage = storage_of(*arguments[0], view_offset);
    const TorchStorage& storage = storages[tensor.storage];
    tensor.type = storage.type;
    if (type != nullptr) tensor.type = type->kind == PickleKind::global ? type_named(type->text) : nullptr;
    if (tensor.type == nullptr) fail_damaged("the type of a tensor");
    tensor.offset = count_of(*arguments[1], "the offset of a tensor") + view_offset;
    tensor.shape = counts_of(*arguments[2], "the shape of a tensor");
    tensor.strides = counts_of(*arguments[3], "the strides of a tensor");
    if (tensor.shape.size() != tensor.strides.size()) fail_damaged("the strides of a tensor");
    return tensor;
  }
  static const TensorType* type_named(std::string_view global) {
    global.remove_prefix(std::min(global.size(), std::string_view("torch.").size()));
    return tensor_type_of_torch(global);
  }

  StoredTensor sparse(const std::vector<const PickleValue*>& arguments, std::size_t depth) {
    if (arguments.size() < 2 || arguments[0]->kind != PickleKind::object || arguments[1]->kind != PickleKind::tuple) {
      fail_damaged("a sparse tensor");
    }
    constexpr std::array layouts{
        std::pair{std::string_view("torch.sparse_coo"), TensorLayout::coordinates},
        std::pair{std::string_view("torch.sparse_csr"), TensorLayout::compressed_rows},
        std::pair{std::string_view("torch.sparse_csc"), TensorLayout::compressed_columns},
    };
    const auto name = text_at(arguments[0]->arguments->items, 0);
    const auto layout = std::ranges::find_if(layouts, [&](const auto& row) { return row.first == name; });
    if (layout == layouts.end()) {
      fail_reading(path_, "a tensor in it has the layout " + in_quotes(name.value_or("")) +
                              ", which is not read; save it with .to_sparse_csr() or .to_dense()");
    }
    StoredTensor tensor;
    tensor.layout = layout->second;
    const auto& items = arguments[1]->items;
    const std::size_t indices = tensor.layout == TensorLayout::coordinates ? 1 : 2;
    if (items.size() < indices + 2) fail_damaged("a sparse tensor");
    for (std::size_t i = 0; i <= indices; ++i) {
      auto part = tensor_of(*items[i], depth + 1, false);
      if (!part) fail_damaged("a sparse tensor");
      (i < indices ? tensor.indices : tensor.values).push_back(std::move(*part));
    }
    tensor.shape = counts_of(*items[indices + 1], "the shape of a tensor");
    return tensor;
  }

  std::optional<StoredTensor> tensor_made_by(std::string_view global, const std::vector<const PickleValue*>& arguments,
                                             std::size_t depth, bool may_be_sparse) {
    if (depth > deepest_nesting) fail_damaged("a tensor");
    if (global == "torch._utils._rebuild_tensor_v3") {
      if (arguments.size() < 7) fail_damaged("a tensor");
      return strided(arguments, arguments[6]);
    }
    if (global == "torch._utils._rebuild_tensor_v2" || global == "torch._utils._rebuild_tensor") {
      return strided(arguments, nullptr);
    }
    if (global.starts_with("torch._utils._rebuild_sparse")) {
      // The parts of one that could be sparse as well would be as many as powers of three.
      if (!may_be_sparse) fail_damaged("a sparse tensor");
      return sparse(arguments, depth);
    }
    if (global.starts_with("torch._utils._rebuild_parameter") || global.starts_with("torch.nn.parameter.")) {
      return arguments.empty() ? std::nullopt : tensor_of(*arguments[0], depth + 1, may_be_sparse);
    }
    if (global == "torch._tensor._rebuild_from_type_v2") {
      if (arguments.size() < 3 || arguments[0]->kind != PickleKind::global || arguments[2]->kind != PickleKind::tuple) {
        fail_damaged("a tensor");
      }
      return tensor_made_by(arguments[0]->text, arguments[2]->items, depth + 1, may_be_sparse);
    }
    return std::nullopt;
  }

  // The dictionary of the model.
  bool holds_tensors(const PickleValue& value, std::size_t depth) {
    count_steps(value);
    if (depth > deepest_nesting) return false;
    if (tensor_of(value, 0)) return true;
    bool found = false;
    for_each_entry(
        value, [&](std::string_view, const PickleValue& entry) { found = found || holds_tensors(entry, depth + 1); });
    return found;
  }
  /// The part of a checkpoint that is the model: the checkpoint itself where tensors are in it, else the entry with a
  /// model's usual name, or the only one with tensors beside the optimiser's.
  const PickleValue* model_of(const PickleValue& root) {
    const PickleValue* model = &root;
    for (std::size_t depth = 0; depth < deepest_nesting && model->has_keys; ++depth) {
      std::vector<std::pair<std::string_view, const PickleValue*>> parts;
      bool has_own = false;
      for (std::size_t i = 0; i + 1 < model->items.size(); i += 2) {
        const PickleValue& value = *model->items[i + 1];
        has_own = has_own || tensor_of(value, 0);
        const auto key = text_of(*model->items[i]);
        if (!has_own && key && holds_tensors(value, 0)) parts.emplace_back(*key, &value);
      }
      if (has_own) return model;
      constexpr std::array<std::string_view, 8> usual{"state_dict", "model_state_dict", "model_state", "model",
                                                      "net",        "network",          "weights",     "params"};
      const auto named = std::ranges::find_first_of(usual, parts, {}, {}, [](const auto& part) { return part.first; });
      const auto leave_aside = [&](const auto& unwanted) {
        for (const auto& part : parts) {
          if (!unwanted(part.first)) continue;
          left_aside_.insert(part.second);
          notices.push_back("the tensors under " + in_quotes(part.first) + " are left aside");
        }
        std::erase_if(parts, [&](const auto& part) { return unwanted(part.first); });
      };
      if (named != usual.end()) {
        leave_aside([&](std::string_view key) { return key != *named; });
      } else {
        leave_aside([](std::string_view key) { return key.starts_with("optim"); });
      }
      if (parts.size() != 1) return model;
      model = &plain_value(*parts.front().second);
    }
    return model;
  }

  void collect(const PickleValue& value, const std::string& name, std::size_t depth) {
    count_steps(value);
    if (depth > deepest_nesting || name.size() > longest_name) fail_nesting();
    if (auto tensor = tensor_of(value, 0)) {
      tensor->name = name.empty() ? "tensor" : name;
      add(std::move(*tensor));
      return;
    }
    for_each_entry(value, [&](std::string_view key, const PickleValue& entry) {
      if (key.size() > longest_name) fail_nesting();
      if (left_aside_.contains(&entry)) return;
      collect(entry, name.empty() ? std::string(key) : name + "." + std::string(key), depth + 1);
    });
  }
  void add(StoredTensor tensor) {
    const auto [known, is_new] = tensor_numbers_.emplace(tensor.name, tensors.size());
    if (is_new) {
      tensors.push_back(std::move(tensor));
    } else {
      tensors[known->second] = std::move(tensor);  // as a repeated key in Python
    }
  }
  /// Leaves out what stands before every name: "module." of DataParallel, "_orig_mod." of torch.compile.
  void strip_prefix(std::string_view prefix) {
    const auto has = [&](const StoredTensor& tensor) {
      return tensor.name.starts_with(prefix) && tensor.name.size() > prefix.size();
    };
    if (!std::ranges::all_of(tensors, has)) return;
    for (StoredTensor& tensor : tensors) tensor.name.erase(0, prefix.size());
  }

  // Checkpoints of this program.
  const PickleValue& entry(const std::string& key) const {
    const auto found = entries_.find(key);
    if (found == entries_.end()) fail_reading(path_, "its checkpoint has no " + in_quotes(key) + "; it is damaged");
    return *found->second;
  }
  StoredTensor entry_tensor(const std::string& key) {
    auto tensor = tensor_of(entry(key), 0);
    if (!tensor) fail_damaged("the layers of a checkpoint");
    tensor->name = key;
    return std::move(*tensor);
  }
  std::uint64_t entry_count(const std::string& key) const { return count_of(entry(key), "the layers of a checkpoint"); }
  void add_layer(const std::string& name, const std::string& mask, const std::string& weights,
                 const std::string& biases, bool dense) {
    CheckpointLayer layer{name, {name + ".weight"}, dense, entry_tensor(weights), entry_tensor(biases)};
    layer.mask.layout = TensorLayout::compressed_rows;
    layer.mask.shape = {entry_count(mask + "n_out"), entry_count(mask + "n_in")};
    layer.mask.indices = {entry_tensor(mask + "row_begin"), entry_tensor(mask + "columns")};
    add(layer.mask);
    checkpoint.push_back(std::move(layer));
  }
  /// Reads the dictionary that training/runs/checkpoint.h describes.
  bool read_checkpoint(const PickleValue& root) {
    if (!root.has_keys) return false;
    for (std::size_t i = 0; i + 1 < root.items.size(); i += 2) {
      if (const auto key = text_of(*root.items[i])) entries_[std::string(*key)] = root.items[i + 1];
    }
    if (!entries_.contains("layers") || !entries_.contains("settings") || !entries_.contains("epochs_done")) {
      return false;
    }
    const PickleValue& layers = entry("layers");
    if (layers.kind == PickleKind::integer) {
      const std::uint64_t count = entry_count("layers");
      for (std::uint64_t i = 0; i < count; ++i) {
        const std::string mask = "layer" + std::to_string(i) + ".";
        const bool last = i + 1 == count;
        add_layer(last ? "classifier" : "layer" + std::to_string(i + 1), mask, mask + "weights", mask + "biases", last);
      }
      return true;
    }
    std::unordered_set<std::string> names;
    const bool is_listed = for_each_entry(layers, [&](std::string_view, const PickleValue& value) {
      const std::string name(text_of(value).value_or(""));
      const PickleValue& dense = entry(name + ".mask.dense");
      if (dense.kind != PickleKind::boolean || !names.insert(name).second) fail_damaged("the layers of a checkpoint");
      add_layer(name, name + ".mask.", name + ".weight", name + ".bias", dense.integer != 0);
    });
    if (!is_listed) fail_damaged("the layers of a checkpoint");
    return true;
  }

  std::filesystem::path path_;
  TaskControl control_;
  std::size_t steps_ = 0;
  std::size_t allowed_steps_ = most_steps;
  std::unordered_map<std::string, const PickleValue*> entries_;  ///< of a checkpoint
  std::unordered_set<const PickleValue*> left_aside_;
  std::unordered_map<std::string, std::size_t> storage_numbers_;
  std::unordered_map<std::string, std::size_t> tensor_numbers_;
};

const PickleValue& plain_value(const PickleValue& value) {
  const PickleValue* inner = &value;
  for (std::size_t depth = 0; depth < deepest_nesting; ++depth) {
    const bool is_typed = inner->kind == PickleKind::object &&
                          inner->callable->text.starts_with("torch.jit._pickle.") && !inner->arguments->items.empty();
    if (!is_typed) break;
    inner = inner->arguments->items.front();
  }
  return *inner;
}

TorchTensors::TorchTensors(const std::filesystem::path& path, const Pickle& pickle, const TaskControl& control)
    : walk_(std::make_unique<Walk>(path, control)) {
  walk_->run(pickle);
}
TorchTensors::TorchTensors(TorchTensors&&) noexcept = default;
TorchTensors::~TorchTensors() = default;

const std::vector<StoredTensor>& TorchTensors::tensors() const { return walk_->tensors; }
const std::vector<TorchStorage>& TorchTensors::storages() const { return walk_->storages; }
const std::vector<CheckpointLayer>& TorchTensors::checkpoint() const { return walk_->checkpoint; }
const std::vector<std::string>& TorchTensors::notices() const { return walk_->notices; }
std::optional<StoredTensor> TorchTensors::tensor_of(const PickleValue& value) const {
  return walk_->tensor_of(value, 0);
}

bool is_of_torch(std::string_view global) {
  constexpr std::array plain{
      std::string_view("torch.Size"),
      std::string_view("torch.Tensor"),
      std::string_view("torch.device"),
      std::string_view("torch.nn.parameter.Parameter"),
      std::string_view("torch.nn.parameter.Buffer"),
      std::string_view("torch.serialization._get_layout"),
      std::string_view("torch.storage.UntypedStorage"),
      std::string_view("torch.UntypedStorage"),
      std::string_view("torch._utils._rebuild_tensor"),
      std::string_view("torch._utils._rebuild_tensor_v2"),
      std::string_view("torch._utils._rebuild_tensor_v3"),
      std::string_view("torch._utils._rebuild_parameter"),
      std::string_view("torch._utils._rebuild_parameter_with_state"),
      std::string_view("torch._utils._rebuild_sparse_tensor"),
      std::string_view("torch._utils._rebuild_sparse_csr_tensor"),
      std::string_view("torch._tensor._rebuild_from_type_v2"),
      std::string_view("collections.defaultdict"),
      std::string_view("collections.Counter"),
      std::string_view("argparse.Namespace"),
      std::string_view("pathlib.PosixPath"),
      std::string_view("numpy.dtype"),
      std::string_view("numpy.ndarray"),
      std::string_view("numpy.core.multiarray.scalar"),
      std::string_view("numpy.core.multiarray._reconstruct"),
      std::string_view("numpy._core.multiarray.scalar"),
      std::string_view("numpy._core.multiarray._reconstruct"),
      std::string_view("builtins.dict"),
      std::string_view("builtins.list"),
      std::string_view("builtins.int"),
      std::string_view("builtins.float"),
      std::string_view("__builtin__.dict"),
      std::string_view("__builtin__.list"),
      std::string_view("__builtin__.int"),
      std::string_view("__builtin__.float"),
  };
  if (std::ranges::find(plain, global) != plain.end()) return true;
  // The modules of TorchScript, and its lists of plain values.
  if (global.starts_with("__torch__.") || global.starts_with("torch.jit._pickle.")) return true;
  constexpr std::string_view torch = "torch.", storage = "Storage";
  if (!global.starts_with(torch)) return false;
  global.remove_prefix(torch.size());
  if (global.ends_with(storage)) {
    return tensor_type_of_storage(global.substr(0, global.size() - storage.size())) != nullptr;
  }
  return tensor_type_of_torch(global) != nullptr;
}

}  // namespace dnm
