// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/network_npy.h"

#include <fstream>
#include <memory>
#include <system_error>
#include <utility>

#include "core/files/file_text.h"
#include "core/files/network_builder.h"
#include "core/files/npy_array.h"
#include "core/files/scipy_matrix.h"
#include "core/support/error.h"

namespace dnm {
namespace {

/// A file from its beginning; NumPy's own has no checksum.
class FileBytes : public ArrayBytes {
 public:
  explicit FileBytes(const std::filesystem::path& path) : file_(path, std::ios::binary) {
    if (!file_) fail_reading(path, "it could not be opened");
  }
  bool read(void* into, std::size_t bytes) override {
    file_.read(static_cast<char*>(into), static_cast<std::streamsize>(bytes));
    return static_cast<bool>(file_);
  }
  bool is_intact() override { return true; }

 private:
  std::ifstream file_;
};

}  // namespace

NetworkFile read_npy(const std::filesystem::path& path, const ReadOptions& options, const TaskControl& control) {
  std::error_code error;
  const std::uint64_t size = std::filesystem::file_size(path, error);
  if (error) fail_reading(path, error.message());
  NpyArray array(std::make_unique<FileBytes>(path), size, "cannot read " + path.string() + ": it", path.string());
  try {
    LinkLosses losses;
    Mask mask = read_dense_matrix(std::move(array), false, losses, control);
    auto network = std::make_shared<const Network>(matrix_network(std::move(mask), options.as, losses));
    return {std::move(network), "", {}, losses.notices()};
  } catch (const InvalidInput& invalid) {
    fail_reading(path, invalid.what());
  }
}

}  // namespace dnm
