// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/support/error.h"
#include "tests/fuzz/reader.h"
#include "training/data/idx_file.h"

namespace dnm::fuzz {
namespace {

// The header says whether these are images or labels.
const Reader reader("idx", [](std::string_view bytes) {
  const InputFile input(bytes, "input-ubyte");
  for (const unsigned dimensions : {1U, 3U}) {
    try {
      std::uint64_t promised = 1;
      for (const std::uint32_t size : read_idx_header(input.path(), dimensions).sizes) promised *= size;
      promise(read_idx_values(input.path(), dimensions).size() == promised, "it has another number of values");
    } catch (const FileError&) {
      if (dimensions == 3) throw;
    }
  }
});

}  // namespace
}  // namespace dnm::fuzz
