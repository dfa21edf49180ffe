// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>
#include <memory>

#include "core/files/utf8.h"
#include "core/files/zip_archive.h"
#include "tests/fuzz/reader.h"
#include "training/text/sword_module.h"

namespace dnm::fuzz {
namespace {

constexpr std::array names{"ot.bzs", "ot.bzv", "ot.bzz", "nt.bzs", "nt.bzv", "nt.bzz"};

/// A Bible of SWORD. The input is a zip archive of its files.
const Reader reader("sword", [](std::string_view bytes) {
  std::array<std::unique_ptr<InputFile>, names.size()> files;
  {
    const InputFile input(bytes, "module.zip");
    const ZipArchive archive(input.path(), ZipKind{"zip archive", "entry"});
    for (std::size_t i = 0; i < names.size(); ++i)
      if (archive.has(names[i])) files[i] = std::make_unique<InputFile>(archive.content(names[i]), names[i]);
  }
  for (const std::string& entry : read_sword_text(input_folder(), {})) promise(is_utf8(entry), "a verse is not UTF-8");
});

}  // namespace
}  // namespace dnm::fuzz
