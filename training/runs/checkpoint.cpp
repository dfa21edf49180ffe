// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/runs/checkpoint.h"

#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <ATen/ATen.h>
#include <ATen/core/jit_type.h>
#include <torch/csrc/jit/serialization/pickle.h>

#include "core/files/atomic_file.h"
#include "core/support/error.h"
#include "training/runs/checkpoint_comment.h"
#include "training/runs/history_matrix.h"
#include "training/runs/training_parameters.h"
#include "training/tasks/task_table.h"

namespace dnm {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t format_version = 3;

/// A view of values that outlive it; from_blob takes mutable memory, but they are only read.
template <class T>
at::Tensor tensor_of(const std::vector<T>& values, at::ScalarType type) {
  static_assert(std::is_trivially_copyable_v<T>);
  if (sizeof(T) != c10::elementSize(type)) throw FileError("a checkpoint's array has the wrong type");
  if (values.empty()) return at::empty({0}, type);
  return at::from_blob(const_cast<T*>(values.data()), {static_cast<std::int64_t>(values.size())}, type);
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
    if (!checkpoint.links_to_become_sparse.empty()) {
      put(name + ".links_to_become_sparse", static_cast<std::int64_t>(checkpoint.links_to_become_sparse[i]));
    }
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
  archive[archive.size() - 2] = static_cast<char>(checkpoint_comment_size);
  const std::string_view text(archive.data(), archive.size());
  write_text_atomically(path, [&](const TextSink& sink) {
    sink(text);
    sink(checkpoint_comment(text));
  });
}

}  // namespace dnm
