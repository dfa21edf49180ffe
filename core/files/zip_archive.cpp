// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/zip_archive.h"

#include <system_error>

#include <zip.h>

#include "core/files/file_text.h"
#include "core/support/memory.h"

namespace dnm {
namespace {

// Deflate cannot compress by a larger factor: an entry that declares more is damaged or malicious.
constexpr std::uint64_t greatest_compression = 1032;

struct CloseEntry {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};

}  // namespace

struct ZipArchive::Handle {
  zip_t* zip = nullptr;
  std::uint64_t file_size = 0;
  Handle() = default;
  ~Handle() {
    if (zip != nullptr) zip_discard(zip);
  }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
};

ZipArchive::ZipArchive(const std::filesystem::path& path, const std::string& kind)
    : path_(path), handle_(std::make_unique<Handle>()) {
  std::error_code error;
  handle_->file_size = std::filesystem::file_size(path, error);
  if (error) fail_reading(path, error.message());
  int code = 0;
  handle_->zip = zip_open(path.c_str(), ZIP_RDONLY, &code);
  if (handle_->zip != nullptr) return;
  zip_error_t problem;
  zip_error_init_with_code(&problem, code);
  const std::string text = zip_error_strerror(&problem);
  zip_error_fini(&problem);
  fail_reading(path, "it is not a complete " + kind + " (" + text + ")");
}

ZipArchive::~ZipArchive() = default;

std::vector<std::string> ZipArchive::names() const {
  std::vector<std::string> list;
  const zip_int64_t entries = zip_get_num_entries(handle_->zip, 0);
  for (zip_int64_t entry = 0; entry < entries; ++entry) {
    const char* const name = zip_get_name(handle_->zip, static_cast<zip_uint64_t>(entry), 0);
    if (name != nullptr) list.emplace_back(name);
  }
  return list;
}

bool ZipArchive::has(const std::string& name) const { return zip_name_locate(handle_->zip, name.c_str(), 0) >= 0; }

std::uint64_t ZipArchive::size(const std::string& name) const {
  zip_stat_t status;
  zip_stat_init(&status);
  if (zip_stat(handle_->zip, name.c_str(), 0, &status) != 0) {
    fail_reading(path_, "its part " + in_quotes(name) + " is missing");
  }
  constexpr zip_uint64_t sizes = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE;
  if ((status.valid & sizes) != sizes || status.comp_size > handle_->file_size ||
      status.size / greatest_compression > status.comp_size) {
    fail_reading(path_, "its part " + in_quotes(name) + " declares more data than the file contains");
  }
  return status.size;
}

std::string ZipArchive::content(const std::string& name) const {
  const std::uint64_t bytes = size(name);
  if (bytes > memory_check_threshold) require_memory(bytes, in_quotes(name) + " in " + path_.string());
  const std::unique_ptr<zip_file_t, CloseEntry> file(zip_fopen(handle_->zip, name.c_str(), 0));
  if (!file) {
    fail_reading(path_, "its part " + in_quotes(name) + " cannot be opened (" + zip_strerror(handle_->zip) + ")");
  }
  std::string text(bytes, '\0');
  for (std::uint64_t done = 0; done < bytes;) {
    const zip_int64_t got = zip_fread(file.get(), text.data() + done, bytes - done);
    if (got <= 0) fail_reading(path_, "its part " + in_quotes(name) + " is truncated or damaged");
    done += static_cast<std::uint64_t>(got);
  }
  // libzip compares the checksum only when an entry is read to its end.
  char beyond = 0;
  if (zip_fread(file.get(), &beyond, 1) != 0) {
    fail_reading(path_, "its part " + in_quotes(name) + " is damaged (its checksum does not fit)");
  }
  return text;
}

}  // namespace dnm
