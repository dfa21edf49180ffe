// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/npz_archive.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>
#include <optional>
#include <system_error>

#include <zip.h>

#include "core/files/file_text.h"
#include "core/files/npy_header.h"
#include "core/files/utf8.h"
#include "core/support/error.h"
#include "core/support/memory.h"

namespace dnm {
namespace {

static_assert(std::endian::native == std::endian::little, "arrays are read and written in the machine's byte order");

// Deflate cannot compress by a larger factor: an entry that declares more is damaged or malicious.
constexpr std::uint64_t greatest_compression = 1032;
constexpr std::size_t chunk_bytes = 1 << 16;
constexpr std::uint64_t longest_text = 1 << 28;

struct CloseFile {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};
struct DiscardArchive {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
using ArchivePointer = std::unique_ptr<zip_t, DiscardArchive>;

std::string message_of(int zip_code) {
  zip_error_t error;
  zip_error_init_with_code(&error, zip_code);
  std::string text = zip_error_strerror(&error);
  zip_error_fini(&error);
  return text;
}

/// NumPy's float16, of which only zero, one, NaN and infinity matter here.
struct Half {
  std::uint16_t bits;
};
WeightKind kind_of(Half value) {
  if ((value.bits & 0x7FFF) == 0) return WeightKind::zero;
  return value.bits == 0x3C00 ? WeightKind::one : WeightKind::other;
}
bool is_finite(Half value) { return (value.bits & 0x7C00) != 0x7C00; }
template <class T>
WeightKind kind_of(T value) {
  if (value == T{}) return WeightKind::zero;
  return value == T{1} ? WeightKind::one : WeightKind::other;
}
template <class T>
bool is_finite(T value) {
  if constexpr (std::is_floating_point_v<T>) {
    return std::isfinite(value);
  } else {
    return true;
  }
}

}  // namespace

class NpzReader::Archive {
 public:
  explicit Archive(const std::filesystem::path& path) : path_(path) {
    std::error_code error;
    file_size_ = std::filesystem::file_size(path, error);
    if (error) throw FileError("cannot read " + path.string() + ": " + error.message());
    int code = 0;
    zip_.reset(zip_open(path.c_str(), ZIP_RDONLY, &code));
    if (!zip_) {
      throw FileError("cannot read " + path.string() + ": it is not a complete NumPy archive (" + message_of(code) +
                      ")");
    }
  }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::uint64_t file_size() const { return file_size_; }
  [[nodiscard]] zip_t* zip() const { return zip_.get(); }

 private:
  std::filesystem::path path_;
  std::uint64_t file_size_ = 0;
  ArchivePointer zip_;
};

/// One array being read: its header, then its elements in chunks.
class NpzReader::Entry {
 public:
  Entry(const Archive& archive, std::string_view array) : archive_(archive), array_(array) {
    const std::string name = array_ + ".npy";
    zip_stat_t status;
    zip_stat_init(&status);
    if (zip_stat(archive.zip(), name.c_str(), 0, &status) != 0) fail("is missing");
    constexpr zip_uint64_t sizes = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE;
    if ((status.valid & sizes) != sizes || status.comp_size > archive.file_size() ||
        status.size / greatest_compression > status.comp_size) {
      fail("declares more data than the file contains");
    }
    size_ = status.size;
    file_.reset(zip_fopen(archive.zip(), name.c_str(), 0));
    if (!file_) fail(std::string("cannot be opened (") + zip_strerror(archive.zip()) + ")");
    read_header();
  }

  [[noreturn]] void fail(const std::string& what) const {
    throw FileError("cannot read " + archive_.path().string() + ": its array " + array_ + " " + what);
  }
  [[noreturn]] void fail_type(std::string_view accepted) const {
    fail("is of type " + header_.type + ", but must be " + std::string(accepted) + " (little endian)");
  }
  [[nodiscard]] const NpyHeader& header() const { return header_; }
  [[nodiscard]] std::uint64_t length() const { return length_; }

  /// An empty vector with capacity for the whole array.
  template <class T>
  [[nodiscard]] std::vector<T> room() const {
    if (length_ > memory_check_threshold)
      require_memory(length_ * sizeof(T), "array " + array_ + " of " + archive_.path().string());
    std::vector<T> values;
    values.reserve(length_);
    return values;
  }

  /// Calls take(value) for every element, stored as T, and then compares the checksum.
  template <class T, class Take>
  void for_each(Take take) {
    std::vector<T> chunk(chunk_bytes / sizeof(T));
    for (std::uint64_t left = data_bytes_ / sizeof(T); left > 0;) {
      const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(left, chunk.size()));
      read(chunk.data(), count * sizeof(T));
      for (std::size_t i = 0; i < count; ++i) take(chunk[i]);
      left -= count;
    }
    // libzip compares the checksum only when the entry is read to its end.
    char beyond = 0;
    if (zip_fread(file_.get(), &beyond, 1) != 0) fail("is damaged (its checksum does not fit)");
  }

 private:
  void read(void* into, std::size_t bytes) {
    auto* position = static_cast<char*>(into);
    while (bytes > 0) {
      const zip_int64_t got = zip_fread(file_.get(), position, bytes);
      if (got <= 0) fail("is truncated or damaged");
      position += got;
      bytes -= static_cast<std::size_t>(got);
    }
  }

  void read_header() {
    std::array<unsigned char, 12> start{};
    if (size_ < start.size()) fail("is truncated");
    read(start.data(), 10);
    if (std::memcmp(start.data(), "\x93NUMPY", 6) != 0) fail("is not a NumPy array");
    const unsigned version = start[6];
    if (version < 1 || version > 3) fail("is in a .npy version that is not known");
    std::uint64_t before = 10;
    std::size_t length = start[8] | (std::size_t{start[9]} << 8);
    if (version > 1) {
      read(start.data() + 10, 2);
      before = 12;
      length |= (std::size_t{start[10]} << 16) | (std::size_t{start[11]} << 24);
    }
    if (length > size_ - before || length > chunk_bytes) fail("is truncated");
    std::string text(length, '\0');
    read(text.data(), text.size());
    const std::optional<NpyHeader> header = parse_npy_header(text);
    if (!header) fail("has a header that is not understood");
    header_ = *header;
    const auto item_bytes = header_.item_bytes();
    if (!item_bytes) fail_type("plain numbers or text");
    if (header_.shape.size() > 1) fail("has " + std::to_string(header_.shape.size()) + " dimensions instead of one");
    length_ = header_.shape.empty() ? 1 : header_.shape.front();
    data_bytes_ = size_ - before - length;
    if (*item_bytes == 0 ? data_bytes_ != 0 : data_bytes_ / *item_bytes != length_ || data_bytes_ % *item_bytes != 0) {
      fail("holds " + std::to_string(data_bytes_) + " bytes, which does not fit its shape");
    }
  }

  const Archive& archive_;
  std::string array_;
  std::unique_ptr<zip_file_t, CloseFile> file_;
  std::uint64_t size_ = 0;
  std::uint64_t data_bytes_ = 0;
  std::uint64_t length_ = 0;
  NpyHeader header_{};
};

namespace {

/// Integers of any accepted type, each checked against `limit`.
template <class Out, class Entry>
std::vector<Out> read_integers(Entry& entry, std::uint64_t limit) {
  auto values = entry.template room<Out>();
  const auto take = [&](auto value) {
    if (std::cmp_less(value, 0) || std::cmp_greater_equal(value, limit)) {
      entry.fail("holds " + std::to_string(value) + ", which is out of range");
    }
    values.push_back(static_cast<Out>(value));
  };
  const std::string& type = entry.header().type;
  if (type == "<i4") {
    entry.template for_each<std::int32_t>(take);
  } else if (type == "<i8") {
    entry.template for_each<std::int64_t>(take);
  } else if (type == "<u4") {
    entry.template for_each<std::uint32_t>(take);
  } else {
    entry.fail_type("int32, int64 or uint32");
  }
  return values;
}

}  // namespace

NpzReader::NpzReader(const std::filesystem::path& path) : archive_(std::make_unique<Archive>(path)) {}
NpzReader::~NpzReader() = default;

bool NpzReader::has(std::string_view array) const {
  return zip_name_locate(archive_->zip(), (std::string(array) + ".npy").c_str(), 0) >= 0;
}

std::vector<NodeIndex> NpzReader::indices(std::string_view array) const {
  Entry entry(*archive_, array);
  return read_integers<NodeIndex>(entry, std::uint64_t{1} << 31);
}

std::vector<std::uint64_t> NpzReader::counts(std::string_view array) const {
  Entry entry(*archive_, array);
  return read_integers<std::uint64_t>(entry, std::uint64_t{1} << 63);
}

std::vector<WeightKind> NpzReader::weight_kinds(std::string_view array) const {
  Entry entry(*archive_, array);
  auto values = entry.room<WeightKind>();
  const auto take = [&](auto value) {
    if (!is_finite(value)) entry.fail("holds a weight that is not finite (NaN or infinity)");
    values.push_back(kind_of(value));
  };
  const std::string type = entry.header().type.substr(1);
  if (type == "b1" || type == "i1" || type == "u1") {
    entry.for_each<std::uint8_t>(take);
  } else if (type == "i2" || type == "u2") {
    entry.for_each<std::uint16_t>(take);
  } else if (type == "i4" || type == "u4") {
    entry.for_each<std::uint32_t>(take);
  } else if (type == "i8" || type == "u8") {
    entry.for_each<std::uint64_t>(take);
  } else if (type == "f2") {
    entry.for_each<Half>(take);
  } else if (type == "f4") {
    entry.for_each<float>(take);
  } else if (type == "f8") {
    entry.for_each<double>(take);
  } else {
    entry.fail_type("floating point, integer or bool");
  }
  return values;
}

std::string NpzReader::text(std::string_view array) const {
  Entry entry(*archive_, array);
  const char kind = entry.header().type[1];
  if ((kind != 'S' && kind != 'U') || entry.length() != 1 || *entry.header().item_bytes() > longest_text) {
    entry.fail_type("one text");
  }
  if (kind == 'S') {
    std::string text;
    entry.for_each<char>([&](char byte) { text += byte; });
    text.erase(text.find_last_not_of('\0') + 1);
    return text;
  }
  std::u32string codes;
  entry.for_each<char32_t>([&](char32_t code) { codes += code; });
  codes.erase(codes.find_last_not_of(U'\0') + 1);
  return to_utf8(codes);
}

NpzWriter::Array& NpzWriter::add(std::string_view array, std::string_view type, std::string_view shape) {
  return arrays_.emplace_back(Array{std::string(array) + ".npy", npy_prefix(type, shape), {}, {}, 0});
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
  if (!archive) fail(message_of(code));
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
