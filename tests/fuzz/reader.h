// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

/// What reads files of others, one file of readers/ each, for its fuzzer (fuzzer.cpp) and for the replay of its corpus
/// (test_corpus.cpp).
namespace dnm::fuzz {

// What a reader may take for one input. The time is that of a fuzzer under its sanitizers.
constexpr std::uint64_t available_bytes = std::uint64_t{64}
                                          << 20;  ///< what readers find free; they refuse to take more
constexpr std::uint64_t most_resident_megabytes = 2048;
constexpr std::uint64_t most_megabytes_at_once = 512;
constexpr unsigned most_seconds = 10;
constexpr std::size_t longest_input = std::size_t{1} << 16;

/// What was read is wrong, although nothing else shows it. Not of the project's family: a finding like any other
/// exception.
class BrokenPromise : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};
/// Throws BrokenPromise unless it holds.
void promise(bool holds, const std::string& what);

/// Reads the bytes as a file, and checks what must hold for everything that is read. May throw the exceptions of
/// core/support/error.h.
using Read = void (*)(std::string_view bytes);

/// Reads within the limits above. Returns if the bytes were read, or refused as they should be: by one sentence. Throws
/// whatever else is thrown, and BrokenPromise.
void read_within_limits(Read read, std::string_view bytes);

/// A reader under test. All that are linked are in a list before main() begins.
class Reader {
 public:
  Reader(const char* name, Read function);
  [[nodiscard]] static const Reader* first();
  [[nodiscard]] const Reader* next() const { return next_; }

  /// Its corpus is the folder corpus/NAME.
  [[nodiscard]] const char* name() const { return name_; }
  void read(std::string_view bytes) const { read_within_limits(read_, bytes); }

 private:
  const char* name_;
  Read read_;
  const Reader* next_;
};

/// A file with this content while the object lives, in memory where the system offers that.
class InputFile {
 public:
  InputFile(std::string_view bytes, const std::string& name);
  ~InputFile();
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// A folder of this process for what readers need besides, in memory where the system offers that.
[[nodiscard]] const std::filesystem::path& input_folder();

}  // namespace dnm::fuzz
