// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/safetensors_file.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include "core/files/file_text.h"
#include "core/support/error.h"
#include "core/support/json.h"
#include "core/support/json_depth.h"
#include "core/support/memory.h"

namespace dnm {
namespace {

constexpr std::uint64_t longest_header = 100'000'000;
constexpr std::size_t length_bytes = 8;
constexpr const char* metadata_key = "__metadata__";

class SafetensorsFile : public TensorFile {
 public:
  explicit SafetensorsFile(const std::filesystem::path& path) : path_(path), file_(path, std::ios::binary) {
    std::error_code error;
    const std::uint64_t size = std::filesystem::file_size(path, error);
    if (error || !file_) fail_reading(path, error ? error.message() : "it cannot be opened");
    if (size < length_bytes) fail_reading(path, "it is truncated");
    std::array<char, length_bytes> digits{};
    read(0, digits.data(), digits.size());
    const auto length = std::bit_cast<std::uint64_t>(digits);
    if (length > longest_header) fail_reading(path, "it is not a safetensors file: its header would be over 100 MB");
    if (length > size - length_bytes) fail_reading(path, "it is truncated, or not a safetensors file");
    // Parsed values take more room than their text.
    if (length > memory_check_threshold) require_memory(20 * length, "the header of " + path.string());
    std::string header(length, '\0');
    read(length_bytes, header.data(), header.size());
    data_begin_ = length_bytes + length;
    read_header(header, size - data_begin_);
  }

  [[nodiscard]] const std::filesystem::path& path() const override { return path_; }
  [[nodiscard]] const std::vector<StoredTensor>& tensors() const override { return tensors_; }
  [[nodiscard]] const std::map<std::string, std::string>& metadata() const override { return metadata_; }
  [[nodiscard]] std::string storage(std::size_t storage) const override {
    const auto [begin, end] = places_[storage];
    if (end - begin > memory_check_threshold) {
      require_memory(end - begin, "the tensor " + in_quotes(tensors_[storage].name) + " of " + path_.string());
    }
    std::string bytes(end - begin, '\0');
    read(data_begin_ + begin, bytes.data(), bytes.size());
    return bytes;
  }

 private:
  void read(std::uint64_t from, char* into, std::size_t bytes) const {
    file_.clear();
    file_.seekg(static_cast<std::streamoff>(from));
    file_.read(into, static_cast<std::streamsize>(bytes));
    if (!file_ || file_.gcount() != static_cast<std::streamsize>(bytes)) {
      fail_reading(path_, "it could not be read to its end");
    }
  }

  void read_header(const std::string& text, std::uint64_t data_bytes) {
    // The header, a tensor in it, and the tensor's shape.
    constexpr std::size_t deepest = 3;
    const OrderedJson header = is_shallow_json(text, deepest) ? parse_json_if_valid(text) : OrderedJson();
    if (!header.is_object() || header.is_discarded()) {
      fail_reading(path_, "it is not a safetensors file: its header is not a JSON object");
    }
    try {
      for (const auto& [name, value] : header.items()) {
        if (name == metadata_key) {
          metadata_ = value.get<std::map<std::string, std::string>>();
        } else {
          add(name, value);
        }
      }
    } catch (const OrderedJson::exception&) {
      fail_reading(path_, "its header does not describe tensors as safetensors do");
    }
    check_places(data_bytes);
    for (const StoredTensor& tensor : tensors_) {
      const auto [begin, end] = places_[tensor.storage];
      const auto count = element_count(tensor.shape);
      const std::uint64_t stored = (end - begin) / tensor.type->bytes();
      if (count != stored || (end - begin) % tensor.type->bytes() != 0) {
        fail_reading(path_, "its tensor " + in_quotes(tensor.name) + " has another size than its shape says");
      }
    }
  }

  void add(const std::string& name, const OrderedJson& value) {
    const auto type_name = value.at("dtype").get<std::string>();
    StoredTensor tensor{name};
    tensor.type = tensor_type_of_safetensors(type_name);
    if (tensor.type == nullptr) {
      fail_reading(path_, "its tensor " + in_quotes(name) + " is of the type " + in_quotes(type_name) +
                              ", which is not read; convert it to F32");
    }
    tensor.shape = numbers(value.at("shape"));
    tensor.strides = contiguous_strides(tensor.shape);
    tensor.storage = tensors_.size();
    const std::vector<std::uint64_t> place = numbers(value.at("data_offsets"));
    if (place.size() != 2) fail_reading(path_, "its tensor " + in_quotes(name) + " has no begin and end");
    places_.emplace_back(place[0], place[1]);
    tensors_.push_back(std::move(tensor));
  }

  /// Throws OrderedJson::exception for other than a list of integers of 0 and more.
  static std::vector<std::uint64_t> numbers(const OrderedJson& list) {
    std::vector<std::uint64_t> values;
    for (const OrderedJson& value : list.get_ref<const OrderedJson::array_t&>()) {
      values.push_back(value.get_ref<const OrderedJson::number_unsigned_t&>());
    }
    return values;
  }

  void check_places(std::uint64_t data_bytes) const {
    auto places = places_;
    std::ranges::sort(places);
    std::uint64_t end = 0;
    for (const auto& place : places) {
      if (place.first != end || place.second < place.first) {
        fail_reading(path_, "its tensors leave gaps or overlap; it is damaged");
      }
      end = place.second;
    }
    if (end > data_bytes) fail_reading(path_, "it is truncated");
    if (end < data_bytes) fail_reading(path_, "it holds more than its tensors; it is damaged");
  }

  std::filesystem::path path_;
  mutable std::ifstream file_;
  std::uint64_t data_begin_ = 0;
  std::vector<StoredTensor> tensors_;
  std::vector<std::pair<std::uint64_t, std::uint64_t>> places_;  ///< of each tensor: begin and end in the data
  std::map<std::string, std::string> metadata_;
};

/// Throws ResourceError unless a file of this size fits on the disk and, read again, in the memory.
void require_room(const std::filesystem::path& path, std::uint64_t bytes) {
  if (bytes <= memory_check_threshold) return;
  require_memory(bytes, path.string() + ", with every cell of its matrices,");
  std::error_code error;
  const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : ".";
  const auto space = std::filesystem::space(folder, error);
  if (!error && space.available < bytes) {
    throw ResourceError(path.string() + ", with every cell of its matrices, would take " +
                        std::to_string(bytes >> 20U) + " MiB, but its disk has only " +
                        std::to_string(space.available >> 20U) +
                        " MiB left; choose another folder, or .npz, which keeps the links alone");
  }
}

}  // namespace

std::unique_ptr<TensorFile> open_safetensors(const std::filesystem::path& path) {
  return std::make_unique<SafetensorsFile>(path);
}

std::uint64_t TensorToWrite::bytes() const { return element_count(shape).value_or(0) * type->bytes(); }

void write_safetensors_file(const std::filesystem::path& path, const std::map<std::string, std::string>& metadata,
                            std::span<const TensorToWrite> tensors) {
  OrderedJson header;
  if (!metadata.empty()) header[metadata_key] = metadata;
  std::uint64_t end = 0;
  for (const TensorToWrite& tensor : tensors) {
    const std::uint64_t begin = end;
    end += tensor.bytes();
    header[tensor.name] = {
        {"dtype", tensor.type->safetensors}, {"shape", tensor.shape}, {"data_offsets", {begin, end}}};
  }
  require_room(path, end);
  std::string text = ascii_text(header);
  // The tensors begin at a multiple of 8 bytes.
  text.resize((text.size() + length_bytes - 1) / length_bytes * length_bytes, ' ');
  const auto length = std::bit_cast<std::array<char, length_bytes>>(std::uint64_t{text.size()});
  write_text_atomically(path, [&](const TextSink& sink) {
    sink({length.data(), length.size()});
    sink(text);
    for (const TensorToWrite& tensor : tensors) tensor.write(sink);
  });
}

}  // namespace dnm
