// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/torch_file.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <functional>
#include <optional>
#include <string_view>
#include <system_error>
#include <unordered_map>
#include <utility>

#include "core/files/file_text.h"
#include "core/files/pickle.h"
#include "core/files/torch_tensors.h"
#include "core/files/zip_archive.h"
#include "core/support/memory.h"

namespace dnm {
namespace {

using ReadStorage = std::function<std::string(const TorchStorage&)>;

/// What is pickled, with all that its values are views of.
struct Pickled {
  std::shared_ptr<const std::string> content;
  Pickle pickle;
};

/// The tensors of what is pickled, and the bytes of its storages.
class FoundTensors : public TorchFile {
 public:
  FoundTensors(std::filesystem::path path, Pickled pickled, TorchTensors found, ReadStorage read)
      : path_(std::move(path)), pickled_(std::move(pickled)), found_(std::move(found)), read_(std::move(read)) {
    for (const StoredTensor& tensor : tensors()) check(tensor);
    for (const CheckpointLayer& layer : checkpoint()) {
      check(layer.weights);
      check(layer.biases);
    }
  }

  [[nodiscard]] const std::filesystem::path& path() const override { return path_; }
  [[nodiscard]] const std::vector<StoredTensor>& tensors() const override { return found_.tensors(); }
  [[nodiscard]] const std::map<std::string, std::string>& metadata() const override { return metadata_; }
  [[nodiscard]] const std::vector<CheckpointLayer>& checkpoint() const override { return found_.checkpoint(); }
  [[nodiscard]] const std::vector<std::string>& notices() const override { return found_.notices(); }
  [[nodiscard]] const PickleValue& value() const override { return pickled_.pickle.value(); }
  [[nodiscard]] std::optional<StoredTensor> tensor_of(const PickleValue& value) const override {
    auto tensor = found_.tensor_of(value);
    if (tensor) check(*tensor);
    return tensor;
  }
  [[nodiscard]] std::string storage(std::size_t storage) const override {
    const TorchStorage& wanted = found_.storages()[storage];
    std::string bytes = read_(wanted);
    if (bytes.size() != wanted.bytes) fail_size(path_, wanted);
    return bytes;
  }

  [[noreturn]] static void fail_size(const std::filesystem::path& path, const TorchStorage& storage) {
    fail_reading(path, "its storage " + in_quotes(storage.key) + " has another size than its tensors say");
  }

 private:
  void check(const StoredTensor& tensor) const {
    if (tensor.layout == TensorLayout::strided) {
      return check_in_storage(tensor, found_.storages()[tensor.storage].bytes, path_);
    }
    for (const StoredTensor& part : tensor.indices) check(part);
    for (const StoredTensor& part : tensor.values) check(part);
  }

  std::filesystem::path path_;
  Pickled pickled_;
  TorchTensors found_;
  std::map<std::string, std::string> metadata_{};  ///< none
  ReadStorage read_;
};

PickleOptions pickle_options(const std::filesystem::path& path, const TaskControl& control) {
  return {path, is_of_torch, state_dict_remedy, control};
}

[[noreturn]] void fail_byte_order(const std::filesystem::path& path) {
  fail_reading(path, "its numbers are big endian, which is not read; save it again on a little-endian machine");
}

/// A zip archive: FOLDER/data.pkl and FOLDER/data/KEY.
std::unique_ptr<TorchFile> open_archive(const std::filesystem::path& path, const TaskControl& control) {
  const auto archive = std::make_shared<const ZipArchive>(path, ZipKind{"PyTorch archive", "part"});
  const std::string pickled = "data.pkl";
  std::optional<std::string> folder;
  for (const std::string& name : archive->names()) {
    if (name != pickled && !name.ends_with("/" + pickled)) continue;
    const std::string found = name.substr(0, name.size() - pickled.size());
    if (!folder || found.size() < folder->size()) folder = found;
  }
  if (!folder) fail_reading(path, "it is a zip archive, but not one of torch.save: it has no data.pkl");
  if (const std::string order = *folder + "byteorder"; archive->has(order) && archive->content(order) != "little") {
    fail_byte_order(path);
  }
  const auto content = std::make_shared<const std::string>(archive->content(*folder + pickled));
  Pickle pickle = read_pickle(*content, pickle_options(path, control));
  TorchTensors found(path, pickle, control);
  const std::string storages = *folder + "data/";
  for (const TorchStorage& storage : found.storages()) {
    if (archive->size(storages + storage.key) != storage.bytes) FoundTensors::fail_size(path, storage);
  }
  return std::make_unique<FoundTensors>(
      path, Pickled{content, std::move(pickle)}, std::move(found),
      [archive, storages](const TorchStorage& storage) { return archive->content(storages + storage.key); });
}

std::string all_bytes(const std::filesystem::path& path) {
  std::error_code error;
  const std::uint64_t size = std::filesystem::file_size(path, error);
  if (error) fail_reading(path, error.message());
  if (size > memory_check_threshold) require_memory(size, path.string());
  std::ifstream file(path, std::ios::binary);
  std::string bytes(size, '\0');
  if (!file.read(bytes.data(), static_cast<std::streamsize>(size))) {
    fail_reading(path, "it could not be read to its end");
  }
  return bytes;
}

/// The long integer 0x1950A86A20F9469CFC6C, by which the streams of PyTorch before 1.6 begin.
constexpr std::string_view stream_magic = "\x6C\xFC\x9C\x46\xF9\x20\x6A\xA8\x50\x19";

/// One stream: five pickles (the magic number, the version, the machine, the object, the keys of the storages), then
/// for each key its number of elements (8 bytes) and they.
std::unique_ptr<TorchFile> open_stream(const std::filesystem::path& path, const TaskControl& control) {
  const auto content = std::make_shared<const std::string>(all_bytes(path));
  const PickleOptions options = pickle_options(path, control);
  std::string_view rest = *content;
  const auto next = [&] {
    Pickle pickle = read_pickle(rest, options);
    rest.remove_prefix(pickle.bytes());
    return pickle;
  };
  constexpr std::int64_t version = 1001;
  if (next().value().text != stream_magic || next().value().integer != version) {
    fail_reading(path, "it is pickled, but not by torch.save; " + std::string(state_dict_remedy));
  }
  const Pickle machine = next();
  const PickleValue* const little_endian = entry_of(machine.value(), "little_endian");
  if (little_endian == nullptr || little_endian->integer == 0) fail_byte_order(path);
  Pickle object = next();
  TorchTensors found(path, object, control);
  const Pickle keys = next();
  std::unordered_map<std::string_view, const TorchStorage*> known;
  for (const TorchStorage& storage : found.storages()) known.emplace(storage.key, &storage);
  std::unordered_map<std::string, std::string_view> places;
  for (const PickleValue* const key : keys.value().items) {
    const auto storage = known.find(text_of(*key).value_or(""));
    // The type says how long a storage is.
    if (storage == known.end()) {
      fail_reading(path, "it holds a storage that no tensor uses; " + std::string(state_dict_remedy));
    }
    constexpr std::size_t count_bytes = 8;
    const std::uint64_t bytes = storage->second->bytes;
    if (rest.size() < count_bytes || rest.size() - count_bytes < bytes) fail_reading(path, "it is truncated");
    places.emplace(storage->first, rest.substr(count_bytes, bytes));
    rest.remove_prefix(count_bytes + bytes);
  }
  for (const TorchStorage& storage : found.storages()) {
    if (!places.contains(storage.key)) fail_reading(path, "its storage " + in_quotes(storage.key) + " is missing");
  }
  return std::make_unique<FoundTensors>(path, Pickled{content, std::move(object)}, std::move(found),
                                        [content, places = std::move(places)](const TorchStorage& storage) {
                                          return std::string(places.at(storage.key));
                                        });
}

}  // namespace

std::unique_ptr<TorchFile> open_torch_file(const std::filesystem::path& path, const TaskControl& control) {
  std::error_code error;
  static_cast<void>(std::filesystem::file_size(path, error));
  if (error) fail_reading(path, error.message());
  std::array<char, 2> start{};
  if (std::ifstream file(path, std::ios::binary); !file.read(start.data(), start.size())) {
    fail_reading(path, "it is empty, or cannot be read");
  }
  constexpr char pickle_start = '\x80';
  if (start[0] == 'P' && start[1] == 'K') return open_archive(path, control);
  if (start[0] == pickle_start) return open_stream(path, control);
  fail_reading(path, "it is not a file of torch.save; " + std::string(state_dict_remedy));
}

}  // namespace dnm
