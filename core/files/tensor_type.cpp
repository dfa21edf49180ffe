// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/tensor_type.h"

#include <algorithm>
#include <array>

namespace dnm {
namespace {

constexpr TensorType integer(std::string_view safetensors, std::string_view torch, std::string_view storage,
                             std::size_t bytes) {
  const std::uint64_t all = ~std::uint64_t{0} >> (64 - 8 * bytes);
  return {safetensors, torch, storage, bytes, 1, all, all, 1};
}

/// IEEE 754: a sign, `exponent` bits, and a fraction.
constexpr TensorType floating(std::string_view safetensors, std::string_view torch, std::string_view storage,
                              std::size_t bytes, unsigned exponent, std::size_t numbers = 1) {
  const auto bits = static_cast<unsigned>(8 * bytes);
  const unsigned fraction = bits - 1 - exponent;
  const std::uint64_t largest = (std::uint64_t{1} << exponent) - 1;
  return {safetensors,
          torch,
          storage,
          bytes,
          numbers,
          ~std::uint64_t{0} >> (65 - bits),
          largest << fraction,
          (largest >> 1U) << fraction};
}

constexpr std::array types{
    floating("F64", "float64", "Double", 8, 11),
    floating("F32", "float32", "Float", 4, 8),
    floating("F16", "float16", "Half", 2, 5),
    floating("BF16", "bfloat16", "BFloat16", 2, 8),
    floating("F8_E5M2", "float8_e5m2", "", 1, 5),
    // No infinity: all bits but the sign are the one pattern that is not a number (DOI 10.48550/arXiv.2209.05433).
    TensorType{"F8_E4M3", "float8_e4m3fn", "", 1, 1, 0x7F, 0x7E, 0x38},
    floating("C64", "complex64", "ComplexFloat", 4, 8, 2),
    floating("C128", "complex128", "ComplexDouble", 8, 11, 2),
    integer("I64", "int64", "Long", 8),
    integer("I32", "int32", "Int", 4),
    integer("I16", "int16", "Short", 2),
    integer("I8", "int8", "Char", 1),
    integer("U64", "uint64", "", 8),
    integer("U32", "uint32", "", 4),
    integer("U16", "uint16", "", 2),
    integer("U8", "uint8", "Byte", 1),
    integer("BOOL", "bool", "Bool", 1),
};

const TensorType* type_of(std::string_view TensorType::*column, std::string_view name) {
  const auto found = std::ranges::find(types, name, column);
  return found == types.end() || name.empty() ? nullptr : &*found;
}

}  // namespace

const TensorType* tensor_type_of_safetensors(std::string_view name) { return type_of(&TensorType::safetensors, name); }
const TensorType* tensor_type_of_torch(std::string_view name) { return type_of(&TensorType::torch, name); }
const TensorType* tensor_type_of_storage(std::string_view name) { return type_of(&TensorType::storage, name); }

}  // namespace dnm
