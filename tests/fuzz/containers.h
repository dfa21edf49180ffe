// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

/// Files whose content a checksum, a length or compression guards, so that changes of their bytes alone would never get
/// further than to that: zip archives (those of checkpoints with the checksum in their comment), gzip, PNG, NumPy
/// arrays, safetensors, records of topology. Each can lie in a part of another.
namespace dnm::fuzz {

struct Part {
  std::string name;
  std::string content;
  bool operator==(const Part&) const = default;
};

/// One kind of container.
struct Container {
  const char* name;
  /// The parts; nothing for a file that is not of this kind, or damaged.
  std::optional<std::vector<Part>> (*unpack)(std::string_view bytes);
  /// The inverse, with right checksums and lengths.
  std::string (*pack)(const std::vector<Part>& parts);
};

/// The kind of a file; null for none.
[[nodiscard]] const Container* container_of(std::string_view bytes);

/// Makes other bytes of some.
using Change = std::function<std::string(std::string_view bytes)>;

/// Other bytes; of a container nearly always one with another part, none or two of one, or two names exchanged.
[[nodiscard]] std::string changed(std::string_view bytes, const Change& change, std::minstd_rand& random);

}  // namespace dnm::fuzz
