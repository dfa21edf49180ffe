// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/data/pickled_batch.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "core/files/byte_source.h"
#include "core/files/pickle.h"
#include "core/support/error.h"
#include "core/support/memory.h"

namespace dnm {
namespace {

/// What NumPy writes of an array; module names as its versions have them.
constexpr std::string_view reconstructed[] = {"numpy.core.multiarray._reconstruct",
                                              "numpy._core.multiarray._reconstruct"};
constexpr std::string_view from_buffer[] = {"numpy.core.numeric._frombuffer", "numpy._core.numeric._frombuffer"};
constexpr std::string_view types[] = {"numpy.ndarray", "numpy.dtype"};

bool is_of_numpy(std::string_view global) {
  return std::ranges::find(reconstructed, global) != std::end(reconstructed) ||
         std::ranges::find(from_buffer, global) != std::end(from_buffer) ||
         std::ranges::find(types, global) != std::end(types);
}

bool is_made_by_any(const PickleValue& value, std::span<const std::string_view> globals) {
  return std::ranges::any_of(globals, [&](std::string_view global) { return is_made_by(value, global); });
}

/// An array of bytes: its shape and its content.
struct ByteArray {
  const PickleValue* shape;
  std::string_view bytes;
};
std::optional<ByteArray> byte_array(const PickleValue& value) {
  const PickleValue* shape = nullptr;
  const PickleValue* type = nullptr;
  const PickleValue* bytes = nullptr;
  bool by_columns = false;
  if (is_made_by_any(value, reconstructed) && value.state != nullptr && value.state->items.size() == 5) {
    const auto& state = value.state->items;  // version, shape, type, whether by columns, bytes
    shape = state[1];
    type = state[2];
    by_columns = state[3]->integer != 0;
    bytes = state[4];
  } else if (is_made_by_any(value, from_buffer) && value.arguments->items.size() == 4) {
    const auto& arguments = value.arguments->items;  // bytes, type, shape, order
    bytes = arguments[0];
    type = arguments[1];
    shape = arguments[2];
    by_columns = text_of(*arguments[3]) != "C";
  } else {
    return std::nullopt;
  }
  const auto content = text_of(*bytes);
  if (!is_made_by(*type, "numpy.dtype") || type->arguments->items.empty()) return std::nullopt;
  const auto name = text_of(*type->arguments->items.front());
  if (!content || by_columns || (name != "u1" && name != "uint8")) return std::nullopt;
  return ByteArray{shape, *content};
}

}  // namespace

PickledBatch read_pickled_batch(const std::filesystem::path& path, NodeIndex inputs, const TaskControl& control) {
  std::string content;
  ByteSource file(path);
  for (std::size_t got = 1; got > 0;) {
    control.check();
    constexpr std::size_t block = std::size_t{1} << 22;
    const std::size_t before = content.size();
    // How much packed data unpack to shows only at their end.
    if (before + block > content.capacity()) require_memory(2 * (before + block), path.string());
    content.resize(before + block);
    got = file.read(content.data() + before, block);
    content.resize(before + got);
  }
  const Pickle pickle = read_pickle(
      content, {.path = path, .allows = is_of_numpy, .remedy = "fetch the data set again", .control = control});
  const auto fail = [&](const std::string& what) {
    throw FileError(path.string() + " is not a batch of pickled images: " + what + "; fetch it again");
  };
  const PickleValue* const data = entry_of(pickle.value(), "data");
  const PickleValue* const labels = entry_of(pickle.value(), "labels");
  if (data == nullptr || labels == nullptr) fail("it has no \"data\" or no \"labels\"");
  const auto array = byte_array(*data);
  if (!array) fail("its \"data\" is not a NumPy array of bytes");
  const std::uint64_t images = labels->items.size();
  const auto is_shape = [&](const PickleValue& shape) {
    return shape.items.size() == 2 && std::cmp_equal(shape.items[0]->integer, images) &&
           std::cmp_equal(shape.items[1]->integer, inputs);
  };
  if (images == 0 || !is_shape(*array->shape) || array->bytes.size() != images * inputs)
    fail("it does not have " + std::to_string(inputs) + " bytes for each of its " + std::to_string(images) + " labels");
  PickledBatch batch;
  batch.pixels.assign(array->bytes.begin(), array->bytes.end());
  for (const PickleValue* label : labels->items) {
    if (label->kind != PickleKind::integer) fail("a label is not a number");
    batch.labels.push_back(label->integer);
  }
  return batch;
}

}  // namespace dnm
