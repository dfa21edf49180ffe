// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/npz_archive.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <limits>
#include <memory>
#include <optional>
#include <utility>

#include <zip.h>

#include "core/files/file_text.h"
#include "core/files/utf8.h"
#include "core/support/error.h"
#include "core/support/memory.h"

namespace dnm {
namespace {

static_assert(std::endian::native == std::endian::little, "arrays are read and written in the machine's byte order");

constexpr std::string_view ending = ".npy";
constexpr ZipKind npz{"NumPy archive", "array", ending};

struct DiscardArchive {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
using ArchivePointer = std::unique_ptr<zip_t, DiscardArchive>;

/// The bytes of one entry.
class EntryBytes : public ArrayBytes {
 public:
  explicit EntryBytes(ZipEntry entry) : entry_(std::move(entry)) {}
  bool read(void* into, std::size_t bytes) override { return entry_.read(into, bytes); }
  bool is_intact() override { return entry_.is_intact(); }

 private:
  ZipEntry entry_;
};

}  // namespace

NpzReader::NpzReader(const std::filesystem::path& path) : archive_(path, npz) {}

std::vector<TensorShape> NpzReader::arrays(bool numbers_only) const {
  std::vector<TensorShape> list;
  for (std::string& array : archive_.names()) {
    const NpyHeader header = open(array).header();
    if (!numbers_only || header.is_numeric()) list.push_back({std::move(array), header.shape});
  }
  return list;
}

NpyArray NpzReader::open(std::string_view array) const {
  const std::uint64_t bytes = archive_.size(array);
  const std::string name = without_control_characters(std::string(array));
  return {std::make_unique<EntryBytes>(archive_.open(array)), bytes,
          "cannot read " + archive_.path().string() + ": its array " + name,
          "array " + name + " of " + archive_.path().string()};
}

std::vector<NodeIndex> NpzReader::indices(std::string_view array) const {
  return open(array).integers<NodeIndex>(0, std::uint64_t{1} << 31);
}

std::vector<std::uint64_t> NpzReader::counts(std::string_view array) const {
  return open(array).integers<std::uint64_t>(0, std::uint64_t{1} << 63);
}

std::string NpzReader::text(std::string_view array) const {
  NpyArray entry = open(array);
  const char kind = entry.header().kind();
  if ((kind != 'S' && kind != 'U') || entry.length() != 1 || entry.header().shape.size() > 1)
    entry.fail_type("one text");
  return entry.texts().front();
}

NpzWriter::Array& NpzWriter::add(std::string_view array, std::string_view type, std::string_view shape) {
  return arrays_.emplace_back(Array{std::string(array).append(ending), npy_prefix(type, shape), {}, {}, 0});
}

void NpzWriter::add_copy(std::string_view array, std::string_view type, std::string_view shape,
                         std::span<const std::byte> data) {
  Array& added = add(array, type, shape);
  added.owned.assign(data.begin(), data.end());
  added.data = added.owned;
  added.bytes = data.size();
}

namespace {
std::string shape_of(std::size_t length) { return "(" + std::to_string(length) + ",)"; }
}  // namespace

void NpzWriter::add_indices(std::string_view array, std::span<const NodeIndex> values) {
  Array& added = add(array, "<i4", shape_of(values.size()));
  added.data = std::as_bytes(values);
  added.bytes = values.size_bytes();
}

void NpzWriter::add_counts(std::string_view array, std::span<const std::uint64_t> values) {
  add_copy(array, "<i8", shape_of(values.size()), std::as_bytes(values));
}

void NpzWriter::add_offsets(std::string_view array, std::span<const std::uint64_t> values) {
  if (!values.empty() && values.back() > std::uint64_t{std::numeric_limits<std::int32_t>::max()}) {
    return add_counts(array, values);
  }
  std::vector<std::uint32_t> narrow(values.size());
  std::transform(values.begin(), values.end(), narrow.begin(),
                 [](std::uint64_t v) { return static_cast<std::uint32_t>(v); });
  add_copy(array, "<i4", shape_of(values.size()), std::as_bytes(std::span(narrow)));
}

void NpzWriter::add_ones(std::string_view array, std::size_t length) {
  constexpr std::size_t block = std::size_t{1} << 18;
  const std::vector<float> ones(std::min(length, block), 1.0F);
  add_copy(array, "<f4", shape_of(length), std::as_bytes(std::span(ones)));
  arrays_.back().bytes = length * sizeof(float);
}

void NpzWriter::add_bytes(std::string_view array, std::string_view ascii) {
  add_copy(array, "|S" + std::to_string(ascii.size()), "()", std::as_bytes(std::span(ascii)));
}

void NpzWriter::add_text(std::string_view array, std::string_view utf8) {
  // NumPy has no text of length zero; a single NUL reads back as empty.
  std::u32string codes = code_points(utf8);
  if (codes.empty()) codes.push_back(U'\0');
  add_copy(array, "<U" + std::to_string(codes.size()), "()", std::as_bytes(std::span(codes)));
}

void NpzWriter::add_texts(std::string_view array, std::span<const std::string> utf8) {
  std::size_t longest = 1;
  for (const std::string& text : utf8) longest = std::max(longest, code_points(text).size());
  const std::uint64_t elements = utf8.size() * longest;
  if (elements > memory_check_threshold) {
    require_memory(2 * elements * sizeof(char32_t), "the array " + std::string(array));
  }
  std::u32string codes(elements, U'\0');
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    std::ranges::copy(code_points(utf8[i]), codes.begin() + static_cast<std::ptrdiff_t>(i * longest));
  }
  add_copy(array, "<U" + std::to_string(longest), shape_of(utf8.size()), std::as_bytes(std::span(codes)));
}

namespace {

/// The values of a column as T, if each of them reads back as the text that it is.
template <class T>
std::optional<std::vector<T>> values_of(const NodeColumn& column) {
  std::vector<T> values;
  values.reserve(column.values.size());
  for (const std::string& text : column.values) {
    if constexpr (std::is_floating_point_v<T>) {
      if (text.empty()) {
        values.push_back(std::numeric_limits<T>::quiet_NaN());
        continue;
      }
    }
    const auto value = number<T>(text);
    std::array<char, 32> digits{};
    if (!value) return std::nullopt;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), *value).ptr;
    if (std::string_view(digits.data(), end) != text) return std::nullopt;
    values.push_back(*value);
  }
  return values;
}

}  // namespace

void NpzWriter::add_column(std::string_view array, const NodeColumn& column) {
  const auto& texts = column.values;
  const std::string shape = shape_of(texts.size());
  if (column.kind == AttributeKind::integer) {
    if (const auto values = values_of<std::int64_t>(column)) {
      return add_copy(array, "<i8", shape, std::as_bytes(std::span(*values)));
    }
  } else if (column.kind == AttributeKind::real) {
    if (const auto values = values_of<double>(column)) {
      return add_copy(array, "<f8", shape, std::as_bytes(std::span(*values)));
    }
  } else if (column.kind == AttributeKind::boolean &&
             std::ranges::all_of(texts, [](const std::string& text) { return text == "true" || text == "false"; })) {
    std::vector<std::uint8_t> values;
    for (const std::string& text : texts) values.push_back(text == "true" ? 1 : 0);
    return add_copy(array, "|b1", shape, std::as_bytes(std::span(values)));
  }
  add_texts(array, texts);
}

void NpzWriter::save(const std::filesystem::path& path, const std::filesystem::path& shown) const {
  const auto fail = [&](const std::string& why) -> void {
    throw FileError("cannot write " + shown.string() + ": " + why +
                    "; check the folder and the space left on the disk");
  };
  int code = 0;
  ArchivePointer archive(zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &code));
  if (!archive) fail(zip_problem(code));
  for (const Array& array : arrays_) {
    std::vector<zip_buffer_fragment_t> fragments{
        {std::bit_cast<zip_uint8_t*>(array.prefix.data()), array.prefix.size()}};
    for (std::size_t left = array.bytes; left > 0; left -= fragments.back().length) {
      fragments.push_back({std::bit_cast<zip_uint8_t*>(array.data.data()), std::min(left, array.data.size())});
    }
    zip_source_t* source = zip_source_buffer_fragment(archive.get(), fragments.data(), fragments.size(), 0);
    if (source == nullptr) fail(zip_strerror(archive.get()));
    const zip_int64_t index = zip_file_add(archive.get(), array.name.c_str(), source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
      zip_source_free(source);
      fail(zip_strerror(archive.get()));
    }
    constexpr zip_uint16_t first_of_january_1980 = (1 << 5) | 1;
    const auto entry = static_cast<zip_uint64_t>(index);
    if (zip_set_file_compression(archive.get(), entry, ZIP_CM_STORE, 0) != 0 ||
        zip_file_set_dostime(archive.get(), entry, 0, first_of_january_1980, 0) != 0) {
      fail(zip_strerror(archive.get()));
    }
  }
  if (zip_close(archive.get()) != 0) fail(zip_strerror(archive.get()));
  static_cast<void>(archive.release());
}

}  // namespace dnm
