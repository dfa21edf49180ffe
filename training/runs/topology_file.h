// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "training/layers/named_mask.h"
#include "training/rewiring/topology_event.h"

namespace dnm {

/// In the run folder.
inline constexpr const char* topology_file_name = "topology.bin";

/// The sparse layers of a run after some update.
struct TopologySnapshot {
  std::uint64_t update = 0;  ///< the last one in it; 0: as the run began
  std::vector<NamedMask> layers;
};

/// Turns the layers into those after the update. O(links). Throws InvalidInput where it does not fit them.
void apply(const TopologyEvent& event, std::vector<NamedMask>& layers);

/// What a topology file holds.
struct TopologyHistory {
  std::vector<TopologySnapshot> snapshots;  ///< the first as the run began; later ones only after a loss, by update
  std::vector<TopologyEvent> events;        ///< by update

  /// The sparse layers after this update (0: as the run began). O(links · updates). Throws InvalidInput when the file
  /// has not kept it, or when its changes do not fit.
  [[nodiscard]] std::vector<NamedMask> after(std::uint64_t update) const;
};

/// The changes of a run's topology, in its folder: topology.bin. After the eight bytes "DNMTOPO1" come records, each a
/// length and a CRC-32 of its content (32 bits each, little-endian) and the content: a letter, 'S' for a snapshot of
/// all sparse layers or 'U' for an update, then numbers of varying length (7 bits a byte, lowest first, as in protocol
/// buffers), real numbers in 8 bytes little-endian, and texts by length and bytes:
///   S  update, number of layers; a layer: name, n_in, n_out, and for each output the number of its links and the
///      distances of their inputs, the first from 0, each other one from its predecessor
///   U  update, step, epoch, seconds (real), 0 or 1 and the leading metric before it (real); number of numbers, each
///      name and value (real); number of layers; a layer: name, links, pruned, removed, chain-removed, regrown, regrown
///      again, then the links that went and those that came: how many, and each by the distance of its output from its
///      predecessor's and its input, counted from its predecessor's where the output is the same
/// About two bytes a changed link. What is after the last whole record is ignored.
class TopologyFile {
 public:
  explicit TopologyFile(std::filesystem::path path) : path_(std::move(path)) {}

  /// Makes the file hold the updates up to `updates`, after which the sparse layers are `now`, and no later ones;
  /// returns what it then holds. Where its updates do not lead to `now` (or there is no file), a snapshot follows them.
  /// Throws FileError.
  TopologyHistory begin(const std::vector<NamedMask>& now, std::uint64_t updates);
  /// Adds an update and flushes it; `now` are the sparse layers after it, written instead when the file has gone. Ready
  /// to be called again after a failure. Throws FileError.
  void add(const TopologyEvent& event, const std::vector<NamedMask>& now);

 private:
  void write(const std::string& records);
  void write_anew(const std::vector<NamedMask>& now, std::uint64_t updates);

  std::filesystem::path path_;
  std::uint64_t size_ = 0;  ///< of what is whole
};

/// An update of a topology file: what it tells at once, and the rest as it is written there, which takes a quarter of
/// the memory of its links.
class TopologyRecord {
 public:
  struct Layer {
    std::uint64_t links = 0;    ///< after it
    std::uint64_t removed = 0;  ///< there before it and not after
    std::uint64_t grown = 0;    ///< there after it and not before
  };

  /// `content` of a record, without its letter. Throws FileError where it is damaged.
  explicit TopologyRecord(std::string content);

  [[nodiscard]] std::uint64_t update() const { return update_; }
  [[nodiscard]] std::uint64_t step() const { return step_; }
  [[nodiscard]] int epoch() const { return epoch_; }
  [[nodiscard]] const std::vector<Layer>& layers() const { return layers_; }  ///< in the model's order
  /// O(changed links).
  [[nodiscard]] TopologyEvent event() const;

 private:
  std::uint64_t update_ = 0, step_ = 0;
  int epoch_ = 0;
  std::vector<Layer> layers_;
  std::string content_;
};

/// Reads a topology file, and what a run adds to it meanwhile.
class TopologyReader {
 public:
  explicit TopologyReader(std::filesystem::path path) : path_(std::move(path)) {}

  /// Reads what was added since the last call, and all of it when the file was written anew. Returns whether there was
  /// anything. O(bytes added). Throws FileError when the file cannot be read, is none, or holds what no run can have
  /// written; what was read is then as before.
  bool read_on();
  /// Both by update; see TopologyHistory.
  [[nodiscard]] const std::vector<TopologySnapshot>& snapshots() const { return snapshots_; }
  [[nodiscard]] const std::vector<TopologyRecord>& updates() const { return updates_; }
  /// How often the history was read from its beginning: when this changes, what was derived from it no longer holds.
  [[nodiscard]] std::uint64_t times_anew() const { return times_anew_; }

 private:
  std::filesystem::path path_;
  std::vector<TopologySnapshot> snapshots_;
  std::vector<TopologyRecord> updates_;
  std::uint64_t size_ = 0;  ///< of the file, as far as it has been read
  std::string tail_;        ///< the last bytes of that
  std::uint64_t times_anew_ = 0;
};

/// Reads all of a topology file. O(changed links). Throws FileError when it cannot be read, is none, or holds what no
/// run can have written.
[[nodiscard]] TopologyHistory read_topology_file(const std::filesystem::path& path);

}  // namespace dnm
