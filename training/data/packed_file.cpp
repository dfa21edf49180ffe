// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/data/packed_file.h"

#include <algorithm>
#include <system_error>

#include <zlib.h>

#include "core/support/error.h"

namespace dnm {

PackedFile::PackedFile(const std::filesystem::path& path) : path_(path) {
  std::error_code code;
  if (!std::filesystem::is_regular_file(path, code)) {
    throw FileError("cannot read " + path.string() +
                    (std::filesystem::exists(path, code) ? ": it is not a file" : ": there is no such file") +
                    "; check the data folder");
  }
  file_.reset(gzopen(path.c_str(), "rb"));
  if (!file_) throw FileError("cannot open " + path.string() + "; check that you may read it");
}

void PackedFile::Close::operator()(gzFile_s* file) const { gzclose(file); }

std::size_t PackedFile::read(std::span<std::uint8_t> target) {
  std::size_t done = 0;
  while (done < target.size()) {
    const auto want = static_cast<unsigned>(std::min<std::size_t>(target.size() - done, std::size_t{1} << 30));
    const int got = gzread(file_.get(), target.data() + done, want);
    if (got < 0) throw_damaged();
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  return done;
}

void PackedFile::check_end() {
  int code = Z_OK;
  gzerror(file_.get(), &code);
  if (code != Z_OK && code != Z_STREAM_END) throw_damaged();
}

void PackedFile::throw_short(const std::string& what) const {
  throw FileError(path_.string() + " is cut short (" + what + "); fetch it again");
}

void PackedFile::throw_damaged() {
  int code = Z_OK;
  gzerror(file_.get(), &code);
  if (code == Z_BUF_ERROR) throw_short("its compressed data end too early");
  throw FileError(path_.string() + " is damaged (its compressed data cannot be unpacked); fetch it again");
}

}  // namespace dnm
