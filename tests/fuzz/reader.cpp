// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/reader.h"

#include <fstream>
#include <system_error>

#include <unistd.h>

#include "core/support/error.h"
#include "core/support/memory_limit.h"

namespace dnm::fuzz {
namespace {

namespace fs = std::filesystem;

/// Before the first reader registers itself, whatever the order of the files.
const Reader*& newest() {
  static const Reader* last = nullptr;
  return last;
}

class Folder {
 public:
  Folder() {
    const fs::path memory = "/dev/shm";
    const bool is_there = ::access(memory.c_str(), W_OK) == 0;
    path_ = (is_there ? memory : fs::temp_directory_path()) / ("dnm-fuzz-" + std::to_string(::getpid()));
    fs::create_directories(path_);
  }
  ~Folder() {
    std::error_code code;
    fs::remove_all(path_, code);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

}  // namespace

void promise(bool holds, const std::string& what) {
  if (!holds) throw BrokenPromise(what);
}

void read_within_limits(Read read, std::string_view bytes) {
  limit_memory(available_bytes);
  try {
    read(bytes);
  } catch (const Error& refusal) {
    const std::string_view sentence = refusal.what();
    promise(!sentence.empty() && sentence.find('\n') == std::string_view::npos,
            "the refusal is not one line: " + std::string(sentence));
  }
}

Reader::Reader(const char* name, Read function) : name_(name), read_(function), next_(newest()) { newest() = this; }

const Reader* Reader::first() { return newest(); }

const fs::path& input_folder() {
  static const Folder folder;
  return folder.path();
}

InputFile::InputFile(std::string_view bytes, const std::string& name) : path_(input_folder() / name) {
  std::ofstream file(path_, std::ios::binary);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  promise(file.good(), "cannot write " + path_.string());
}

InputFile::~InputFile() {
  std::error_code code;
  fs::remove(path_, code);
}

}  // namespace dnm::fuzz
