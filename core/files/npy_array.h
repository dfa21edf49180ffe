// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "core/files/network_builder.h"
#include "core/files/npy_header.h"

namespace dnm {

/// Where the bytes of a .npy array come from: a file, or an entry of an archive.
class ArrayBytes {
 public:
  ArrayBytes() = default;
  ArrayBytes(const ArrayBytes&) = delete;
  ArrayBytes& operator=(const ArrayBytes&) = delete;
  virtual ~ArrayBytes() = default;
  /// The next `bytes` bytes; false when they are fewer, or damaged.
  [[nodiscard]] virtual bool read(void* into, std::size_t bytes) = 0;
  /// Asked after the last byte: false when a checksum of what was read does not fit.
  [[nodiscard]] virtual bool is_intact() = 0;
};

/// One NumPy array (NumPy Enhancement Proposal 1) while it is read: its header, then its elements once, in the order in
/// which they are stored, in little memory. Numbers of every size and either byte order, and texts; arrays of Python
/// objects, which NumPy would have to execute, are refused. Every mismatch between the declared and the stored content
/// is a FileError.
class NpyArray {
 public:
  /// Reads the header of an array of `size` bytes in all. Messages begin with `subject` ("cannot read m.npz: its array
  /// fc1"); `name` names the array where it is too large. Throws FileError.
  NpyArray(std::unique_ptr<ArrayBytes> bytes, std::uint64_t size, std::string subject, std::string name);

  [[nodiscard]] const NpyHeader& header() const { return header_; }
  /// Elements in all, consistent with the bytes there are if the type is a known one.
  [[nodiscard]] std::uint64_t length() const { return length_; }
  [[noreturn]] void fail(const std::string& what) const;
  /// `accepted` as in "but must be …".
  [[noreturn]] void fail_type(std::string_view accepted) const;
  /// "m.npz" or "array fc1 of m.npz", for messages of memory.
  [[nodiscard]] const std::string& name() const { return name_; }
  /// Throws ResourceError when a number of bytes for each element would not fit in memory.
  void require_room(std::uint64_t bytes_each) const;
  /// Throws FileError for more than one dimension.
  void require_list() const;

  /// A list of integers of any size, each in [lowest, limit).
  template <class Out>
  [[nodiscard]] std::vector<Out> integers(std::int64_t lowest, std::uint64_t limit);
  /// What each number means as a weight, a part of the array at a time.
  void for_each_weights(const std::function<void(std::span<const WeightKind>)>& take);
  /// The values of real numbers and bools, a part of the array at a time.
  void for_each_reals(const std::function<void(std::span<const double>)>& take);
  /// The elements as text, in the order in which they are stored: numbers in their shortest form ("" for NaN), "true"
  /// and "false", texts in UTF-8.
  [[nodiscard]] std::vector<std::string> texts();

 private:
  void read(void* into, std::size_t bytes);
  void read_header(std::uint64_t size);
  /// Calls take(numbers) for every part, with its bytes in the machine's order, and then compares the checksum.
  template <class T, class Take>
  void for_each_part(const Take& take);
  /// Calls call(T{}) with the type of the numbers; texts and unknown types fail with `accepted`.
  template <class Call>
  void with_number_type(std::string_view accepted, const Call& call) const;

  std::unique_ptr<ArrayBytes> bytes_;
  std::string subject_;
  std::string name_;
  NpyHeader header_{};
  std::uint64_t length_ = 0;
  std::uint64_t data_bytes_ = 0;
};

extern template std::vector<std::uint32_t> NpyArray::integers<std::uint32_t>(std::int64_t, std::uint64_t);
extern template std::vector<std::uint64_t> NpyArray::integers<std::uint64_t>(std::int64_t, std::uint64_t);
extern template std::vector<std::int64_t> NpyArray::integers<std::int64_t>(std::int64_t, std::uint64_t);

}  // namespace dnm
