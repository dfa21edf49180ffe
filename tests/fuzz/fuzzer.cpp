// SPDX-License-Identifier: GPL-3.0-or-later
// The fuzzer of the reader that it is linked with, by libFuzzer (https://llvm.org/docs/LibFuzzer.html):
//   fuzz_READER [OPTION of libFuzzer …] FOLDER …
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "tests/fuzz/containers.h"
#include "tests/fuzz/reader.h"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);

extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv);
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size,
                                               unsigned seed);

/// Sets the limits, before the options of whoever starts it, which count more.
int LLVMFuzzerInitialize(int* argc, char*** argv) {
  using namespace dnm::fuzz;
  static std::array limits{
      "-rss_limit_mb=" + std::to_string(most_resident_megabytes),
      "-malloc_limit_mb=" + std::to_string(most_megabytes_at_once),
      "-timeout=" + std::to_string(most_seconds),
      "-max_len=" + std::to_string(longest_input),
  };
  static std::vector<char*> arguments(*argv, *argv + *argc);
  for (std::string& limit : limits) arguments.insert(arguments.begin() + 1, limit.data());
  *argc = static_cast<int>(arguments.size());
  arguments.push_back(nullptr);
  *argv = arguments.data();
  return 0;
}

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  dnm::fuzz::Reader::first()->read({reinterpret_cast<const char*>(data), size});
  return 0;
}

std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size, unsigned seed) {
  std::minstd_rand random(seed);
  const auto change = [&](std::string_view bytes) {
    std::string made(bytes);
    made.resize(std::max(max_size, bytes.size()));
    auto* const place = reinterpret_cast<std::uint8_t*>(made.data());
    made.resize(LLVMFuzzerMutate(place, bytes.size(), made.size()));
    return made;
  };
  const std::string made = dnm::fuzz::changed({reinterpret_cast<const char*>(data), size}, change, random);
  const std::size_t kept = std::min(made.size(), max_size);
  std::copy_n(made.data(), kept, data);
  return kept;
}
