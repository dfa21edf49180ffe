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

struct ZipEntry::Handle {
  zip_file_t* file;
};

void ZipEntry::Close::operator()(Handle* handle) const {
  zip_fclose(handle->file);
  delete handle;
}

bool ZipEntry::read(void* into, std::size_t bytes) {
  auto* position = static_cast<char*>(into);
  while (bytes > 0) {
    const zip_int64_t got = zip_fread(file_->file, position, bytes);
    if (got <= 0) return false;
    position += got;
    bytes -= static_cast<std::size_t>(got);
  }
  return true;
}

bool ZipEntry::is_intact() {
  // libzip compares the checksum only when an entry is read to its end.
  char beyond = 0;
  return zip_fread(file_->file, &beyond, 1) == 0;
}

ZipArchive::ZipArchive(const std::filesystem::path& path, const ZipKind& kind)
    : path_(path), kind_(kind), handle_(std::make_unique<Handle>()) {
  std::error_code error;
  handle_->file_size = std::filesystem::file_size(path, error);
  if (error) fail_reading(path, error.message());
  int code = 0;
  handle_->zip = zip_open(path.c_str(), ZIP_RDONLY, &code);
  if (handle_->zip != nullptr) return;
  fail_reading(path, "it is not a complete " + std::string(kind.archive) + " (" + zip_problem(code) + ")");
}

ZipArchive::~ZipArchive() = default;

std::string ZipArchive::stored_name(std::string_view name) const { return std::string(name).append(kind_.ending); }

void ZipArchive::fail(std::string_view name, const std::string& why) const {
  fail_reading(path_, "its " + std::string(kind_.entry) + " " + in_quotes(name) + " " + why);
}

std::vector<std::string> ZipArchive::names() const {
  std::vector<std::string> list;
  const zip_int64_t entries = zip_get_num_entries(handle_->zip, 0);
  for (zip_int64_t entry = 0; entry < entries; ++entry) {
    const char* const stored = zip_get_name(handle_->zip, static_cast<zip_uint64_t>(entry), 0);
    if (stored == nullptr || zip_name_locate(handle_->zip, stored, 0) != entry) continue;
    std::string_view name = stored;
    if (!name.ends_with(kind_.ending)) continue;
    name.remove_suffix(kind_.ending.size());
    list.emplace_back(name);
  }
  return list;
}

bool ZipArchive::has(std::string_view name) const {
  return zip_name_locate(handle_->zip, stored_name(name).c_str(), 0) >= 0;
}

std::uint64_t ZipArchive::size(std::string_view name) const {
  zip_stat_t status;
  zip_stat_init(&status);
  if (zip_stat(handle_->zip, stored_name(name).c_str(), 0, &status) != 0) fail(name, "is missing");
  constexpr zip_uint64_t sizes = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE;
  if ((status.valid & sizes) != sizes || status.comp_size > handle_->file_size ||
      status.size / greatest_compression > status.comp_size) {
    fail(name, "declares more data than the file contains");
  }
  return status.size;
}

ZipEntry ZipArchive::open(std::string_view name) const {
  zip_file_t* const file = zip_fopen(handle_->zip, stored_name(name).c_str(), 0);
  if (file == nullptr) fail(name, std::string("cannot be opened (") + zip_strerror(handle_->zip) + ")");
  return ZipEntry(new ZipEntry::Handle{file});
}

std::string ZipArchive::content(std::string_view name) const {
  const std::uint64_t bytes = size(name);
  if (bytes > memory_check_threshold) require_memory(bytes, in_quotes(name) + " in " + path_.string());
  ZipEntry entry = open(name);
  std::string text(bytes, '\0');
  if (!entry.read(text.data(), text.size())) fail(name, "is truncated or damaged");
  if (!entry.is_intact()) fail(name, "is damaged (its checksum does not fit)");
  return text;
}

std::string zip_problem(int code) {
  zip_error_t problem;
  zip_error_init_with_code(&problem, code);
  std::string text = zip_error_strerror(&problem);
  zip_error_fini(&problem);
  return text;
}

}  // namespace dnm
