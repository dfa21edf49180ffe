// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/npy_array.h"

#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>
#include <optional>
#include <utility>

#include "core/files/file_text.h"
#include "core/files/utf8.h"
#include "core/support/error.h"
#include "core/support/memory.h"

namespace dnm {
namespace {

static_assert(std::endian::native == std::endian::little, "arrays are read in the machine's byte order");

constexpr std::size_t chunk_bytes = 1 << 16;
constexpr std::size_t longest_header = 1 << 16;
constexpr std::uint64_t longest_text = 1 << 28;

/// NumPy's float16.
struct Half {
  std::uint16_t bits;
};
/// NumPy's complex numbers: real and imaginary part.
template <class Part>
struct Complex {
  Part real;
  Part imaginary;
};

double real_value(Half half) {
  const int exponent = (half.bits >> 10) & 0x1F;
  const int fraction = half.bits & 0x3FF;
  const double size = exponent == 0x1F ? (fraction == 0 ? std::numeric_limits<double>::infinity() : std::nan(""))
                      : exponent == 0  ? std::ldexp(fraction, -24)
                                       : std::ldexp(fraction + 0x400, exponent - 25);
  return (half.bits & 0x8000) != 0 ? -size : size;
}

template <class T>
requires std::is_arithmetic_v<T>
double real_value(T value) { return static_cast<double>(value); }

template <class T>
WeightKind kind_of(T value) {
  if (value == T{}) return WeightKind::zero;
  if (value == T{1}) return WeightKind::one;
  return value != value ? WeightKind::unknown : WeightKind::other;
}
WeightKind kind_of(Half half) { return kind_of(real_value(half)); }
template <class Part>
WeightKind kind_of(Complex<Part> value) {
  const WeightKind real = kind_of(value.real);
  const WeightKind imaginary = kind_of(value.imaginary);
  if (imaginary == WeightKind::zero) return real;
  const bool is_unknown = real == WeightKind::unknown || imaginary == WeightKind::unknown;
  return is_unknown ? WeightKind::unknown : WeightKind::other;
}

template <class T>
std::string number_text(T value) {
  if constexpr (std::is_floating_point_v<T>) {
    if (std::isnan(value)) return {};
  }
  std::array<char, 64> digits{};
  return {digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr};
}
std::string number_text(Half half) { return number_text(static_cast<float>(real_value(half))); }
template <class Part>
std::string number_text(Complex<Part> value) {
  const std::string imaginary = number_text(value.imaginary);
  return number_text(value.real) + (imaginary.starts_with('-') ? "" : "+") + imaginary + "j";
}
std::string number_text(bool value) { return value ? "true" : "false"; }

/// Reverses the bytes of every number.
void swap_bytes(std::byte* data, std::size_t bytes, std::size_t number_bytes) {
  for (std::byte* number = data; number < data + bytes; number += number_bytes) {
    std::reverse(number, number + number_bytes);
  }
}

}  // namespace

NpyArray::NpyArray(std::unique_ptr<ArrayBytes> bytes, std::uint64_t size, std::string subject, std::string name)
    : bytes_(std::move(bytes)), subject_(std::move(subject)), name_(std::move(name)) {
  read_header(size);
}

void NpyArray::fail(const std::string& what) const { throw FileError(subject_ + " " + what); }

void NpyArray::fail_type(std::string_view accepted) const {
  if (header_.kind() == 'O' || header_.type.starts_with('[')) {
    fail("holds " + std::string(header_.kind() == 'O' ? "Python objects" : "records") + " (type " +
         in_quotes(header_.type) + "), which are not loaded; save it as " + std::string(accepted));
  }
  fail("is of type " + without_control_characters(header_.type) + ", but must be " + std::string(accepted));
}

void NpyArray::require_room(std::uint64_t bytes_each) const {
  if (length_ <= memory_check_threshold) return;
  const std::uint64_t most = std::numeric_limits<std::uint64_t>::max() / std::max<std::uint64_t>(bytes_each, 1);
  require_memory(std::min(length_, most) * bytes_each, name_);
}

void NpyArray::require_list() const {
  if (header_.shape.size() > 1) fail("has " + std::to_string(header_.shape.size()) + " dimensions instead of one");
}

void NpyArray::read(void* into, std::size_t bytes) {
  if (!bytes_->read(into, bytes)) fail("is truncated or damaged");
}

void NpyArray::read_header(std::uint64_t size) {
  std::array<unsigned char, 12> start{};
  if (size < start.size()) fail("is truncated");
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
  if (length > size - before || length > longest_header) fail("is truncated");
  std::string text(length, '\0');
  read(text.data(), text.size());
  const std::optional<NpyHeader> header = parse_npy_header(text);
  if (!header) fail("has a header that is not understood");
  header_ = *header;
  data_bytes_ = size - before - length;
  const auto elements = header_.length();
  const auto item_bytes = header_.item_bytes();
  const std::uint64_t item = item_bytes.value_or(0);
  const bool fits =
      !item_bytes || (item == 0 ? data_bytes_ == 0 : data_bytes_ % item == 0 && data_bytes_ / item == elements);
  if (!elements || !fits) {
    fail("holds " + std::to_string(data_bytes_) + " bytes, which does not fit its shape");
  }
  length_ = *elements;
}

template <class T, class Take>
void NpyArray::for_each_part(const Take& take) {
  const bool turned = header_.big_endian();
  const auto number_bytes = static_cast<std::size_t>(header_.number_bytes());
  std::vector<T> part(chunk_bytes / sizeof(T));
  for (std::uint64_t left = data_bytes_ / sizeof(T); left > 0;) {
    const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(left, part.size()));
    read(part.data(), count * sizeof(T));
    if (turned) swap_bytes(reinterpret_cast<std::byte*>(part.data()), count * sizeof(T), number_bytes);
    take(std::span<const T>(part.data(), count));
    left -= count;
  }
  if (!bytes_->is_intact()) fail("is damaged (its checksum does not fit)");
}

template <class Call>
void NpyArray::with_number_type(std::string_view accepted, const Call& call) const {
  const std::uint64_t item = header_.item_bytes().value_or(0);
  const auto is = [&](char kind, std::uint64_t bytes) { return header_.kind() == kind && item == bytes; };
  // A bool is stored as a byte, any of which but 0 is true.
  if (is('b', 1) || is('u', 1)) return call(std::uint8_t{});
  if (is('i', 1)) return call(std::int8_t{});
  if (is('i', 2)) return call(std::int16_t{});
  if (is('i', 4)) return call(std::int32_t{});
  if (is('i', 8)) return call(std::int64_t{});
  if (is('u', 2)) return call(std::uint16_t{});
  if (is('u', 4)) return call(std::uint32_t{});
  if (is('u', 8)) return call(std::uint64_t{});
  if (is('f', 2)) return call(Half{});
  if (is('f', 4)) return call(float{});
  if (is('f', 8)) return call(double{});
  if (is('c', 8)) return call(Complex<float>{});
  if (is('c', 16)) return call(Complex<double>{});
  // NumPy's longdouble, which is the C compiler's and so depends on the machine that wrote it.
  if constexpr (sizeof(long double) == 16) {
    if (is('f', 16)) return call(0.0L);
    if (is('c', 32)) return call(Complex<long double>{});
  }
  fail_type(accepted);
}

template <class Out>
std::vector<Out> NpyArray::integers(std::int64_t lowest, std::uint64_t limit) {
  require_list();
  constexpr std::string_view accepted = "integers";
  if (header_.kind() != 'i' && header_.kind() != 'u') fail_type(accepted);
  require_room(sizeof(Out));
  std::vector<Out> values;
  values.reserve(length_);
  with_number_type(accepted, [&]<class T>(T) {
    if constexpr (std::is_integral_v<T>) {
      for_each_part<T>([&](std::span<const T> part) {
        for (const T value : part) {
          if (std::cmp_less(value, lowest) || std::cmp_greater_equal(value, limit)) {
            fail("holds " + std::to_string(value) + ", which is out of range");
          }
          values.push_back(static_cast<Out>(value));
        }
      });
    }
  });
  return values;
}
template std::vector<std::uint32_t> NpyArray::integers<std::uint32_t>(std::int64_t, std::uint64_t);
template std::vector<std::uint64_t> NpyArray::integers<std::uint64_t>(std::int64_t, std::uint64_t);
template std::vector<std::int64_t> NpyArray::integers<std::int64_t>(std::int64_t, std::uint64_t);

void NpyArray::for_each_weights(const std::function<void(std::span<const WeightKind>)>& take) {
  std::vector<WeightKind> kinds;
  const bool is_bool = header_.kind() == 'b';
  with_number_type("numbers", [&]<class T>(T) {
    for_each_part<T>([&](std::span<const T> part) {
      kinds.resize(part.size());
      std::transform(part.begin(), part.end(), kinds.begin(), [&](const T& value) {
        const WeightKind kind = kind_of(value);
        return is_bool && kind != WeightKind::zero ? WeightKind::one : kind;
      });
      take(kinds);
    });
  });
}

void NpyArray::for_each_reals(const std::function<void(std::span<const double>)>& take) {
  constexpr std::string_view accepted = "real numbers";
  std::vector<double> values;
  const bool is_bool = header_.kind() == 'b';
  with_number_type(accepted, [&]<class T>(T) {
    if constexpr (requires(T number) { real_value(number); }) {
      for_each_part<T>([&](std::span<const T> part) {
        values.resize(part.size());
        std::transform(part.begin(), part.end(), values.begin(), [&](T number) {
          const double value = real_value(number);
          return is_bool && value != 0.0 ? 1.0 : value;
        });
        take(values);
      });
    } else {
      fail_type(accepted);
    }
  });
}

std::vector<std::string> NpyArray::texts() {
  constexpr std::string_view accepted = "numbers or texts";
  const std::uint64_t item = header_.item_bytes().value_or(0);
  require_room(sizeof(std::string) + item);
  std::vector<std::string> values;
  if (header_.kind() == 'S' || header_.kind() == 'U') {
    if (item > longest_text) fail("holds texts that are too long");
    const std::uint64_t letters = item / header_.number_bytes();
    if (letters == 0) return std::vector<std::string>(static_cast<std::size_t>(length_));
    // Texts shorter than the longest end with NUL.
    const auto take_into = [&](auto& letters_read, const auto& to_text) {
      return [&](auto part) {
        for (const auto letter : part) {
          letters_read += letter;
          if (letters_read.size() < letters) continue;
          letters_read.erase(letters_read.find_last_not_of(std::decay_t<decltype(letter)>{}) + 1);
          values.push_back(to_text(letters_read));
          letters_read.clear();
        }
      };
    };
    if (header_.kind() == 'U') {
      std::u32string codes;
      for_each_part<char32_t>(take_into(codes, to_utf8));
    } else {
      std::string bytes;
      for_each_part<char>(take_into(bytes, [](const std::string& text) { return to_utf8(code_points(text)); }));
    }
    return values;
  }
  const bool is_bool = header_.kind() == 'b';
  with_number_type(accepted, [&]<class T>(T) {
    for_each_part<T>([&](std::span<const T> part) {
      for (const T& value : part) {
        values.push_back(is_bool ? number_text(kind_of(value) != WeightKind::zero) : number_text(value));
      }
    });
  });
  return values;
}

}  // namespace dnm
