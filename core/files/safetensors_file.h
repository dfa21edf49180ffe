// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/files/atomic_file.h"
#include "core/files/tensor_file.h"

namespace dnm {

// The format of https://github.com/huggingface/safetensors: the length of a JSON header (8 bytes), the header with the
// type, shape and place of each tensor, and the tensors.

/// Opens a .safetensors file and reads its header. Throws FileError unless the header is one of at most 100 MB and the
/// tensors fill the rest of the file without gaps and overlaps; ResourceError.
[[nodiscard]] std::unique_ptr<TensorFile> open_safetensors(const std::filesystem::path& path);

/// A tensor to write, whose elements are made as they are written.
struct TensorToWrite {
  std::string name;
  const TensorType* type;
  std::vector<std::uint64_t> shape;
  std::function<void(const TextSink&)> write;  ///< gives exactly the bytes of the shape

  [[nodiscard]] std::uint64_t bytes() const;
};

/// Writes the file completely or not at all. The tensors stand in the order given; names are distinct. The same tensors
/// and metadata give the same bytes on every machine. Throws FileError, and ResourceError, with the size, for a file
/// that has no room on the disk or could not be loaded into the memory of this machine.
void write_safetensors_file(const std::filesystem::path& path, const std::map<std::string, std::string>& metadata,
                            std::span<const TensorToWrite> tensors);

}  // namespace dnm
