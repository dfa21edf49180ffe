// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/workspace/state.h"
#include "core/support/error.h"
#include "training/layers/named_mask.h"
#include "training/models/matrix_group.h"

namespace dnm {

class TopologyReader;
struct TopologyEvent;

/// A tick of a run's time line.
struct RunMoment {
  std::uint64_t update = 0;  ///< 0: as the run began
  std::uint64_t step = 0;    ///< batches seen; estimated where the update itself was lost
  int epoch = 0;             ///< it lies in, from 1; 0 at the start, and where the update itself was lost
  std::uint64_t links = 0;   ///< after it
  std::uint64_t removed = 0, grown = 0;
  bool operator==(const RunMoment&) const = default;
};

/// "update 12 of 74, epoch 13"; "as the run began" for its start. `last`: the number of updates. With the update that
/// its links are compared with where that is not the one before: "update 12 of 74, epoch 13, since the start".
[[nodiscard]] std::string moment_text(const RunMoment& moment, std::uint64_t last,
                                      std::optional<std::uint64_t> compared = {});

/// The layers before an update that led to these; null if no update of these changes can have led to them. O(links).
[[nodiscard]] NamedMasksPointer layers_before(const std::vector<NamedMask>& layers, const TopologyEvent& update);

/// A run at every moment of its training, from topology.bin in its folder: what is read is kept, and so are its
/// networks up to a limit of memory, so that the next one costs O(links).
class RunMoments {
 public:
  static constexpr std::uint64_t usual_bytes = std::uint64_t{32} << 20U;

  /// Reads nothing yet; keeps networks up to so many bytes. Throws FileError for a run without a folder.
  explicit RunMoments(const std::filesystem::path& folder, std::uint64_t most_bytes = usual_bytes);
  ~RunMoments();
  RunMoments(const RunMoments&) = delete;
  RunMoments& operator=(const RunMoments&) = delete;
  RunMoments(RunMoments&&) = delete;
  RunMoments& operator=(RunMoments&&) = delete;

  /// Reads what the run has written since. Returns whether that was anything. Throws FileError.
  bool refresh();
  /// From the start on, by update, counted over all matrices; empty before refresh().
  [[nodiscard]] const std::vector<RunMoment>& moments() const { return moments_; }
  /// The same, counted over a group (empty: the first). O(updates · its matrices · log
  /// links). Throws InvalidInput if the run has no such group.
  [[nodiscard]] std::vector<RunMoment> moments(const std::string& matrices) const;
  /// The groups of matrices that can be shown, by config.json in the folder and the layers that can be rewired, without
  /// the dense classifier; empty before refresh().
  [[nodiscard]] const std::vector<MatrixGroup>& groups() const { return groups_; }
  /// A group (empty: the first) after this update. O(links of its matrices · updates since the nearest network before
  /// it that is kept). Throws InvalidInput if the run has no such update or group.
  [[nodiscard]] NetworkPointer network(std::uint64_t update, const std::string& matrices = {});
  /// The updates that network() can be asked for, the start among them; rising. O(updates log updates).
  [[nodiscard]] std::vector<std::uint64_t> kept_updates() const;
  /// Reads the epoch, the group and its names of a run that is shown, and its networks (of the working network one,
  /// else two), unless they are there. What came before all that is kept is compared with the first that is. Without a
  /// choice of what it is compared with, a network whose predecessor is lost is compared with none.
  void read(ShownRun& run);
  /// What the file lacks of the run, in one sentence: the first networks, those after a damage, by what updates.csv
  /// knows of, or some between. Empty where it lacks nothing that is known. O(bytes of updates.csv). Throws FileError.
  [[nodiscard]] std::string gap() const;

 private:
  /// The matrices of a group after an update.
  struct Kept {
    std::vector<NamedMask> layers;  ///< whole, each once
    NetworkPointer network;         ///< of the group; null: not asked for yet
    std::uint64_t bytes = 0;
    std::uint64_t used = 0;  ///< when, counted by uses
  };
  using Moment = std::pair<std::string, std::uint64_t>;  ///< id of the group, update

  [[nodiscard]] InvalidInput not_kept(std::uint64_t update) const;
  [[nodiscard]] Kept& kept_layers(const MatrixGroup& group, std::uint64_t update);
  Kept& keep(const Moment& moment, std::vector<NamedMask> layers);
  /// Forgets what was used longest ago, but never the two newest uses.
  void make_room();

  std::filesystem::path folder_;
  std::uint64_t most_bytes_;
  std::unique_ptr<TopologyReader> reader_;
  std::vector<RunMoment> moments_;
  std::vector<MatrixGroup> groups_;
  std::filesystem::file_time_type settings_written_{};  ///< config.json, when the groups were made
  std::map<Moment, Kept> kept_;
  std::uint64_t uses_ = 0;
  std::uint64_t kept_bytes_ = 0;
  std::uint64_t times_anew_ = 0;
};

}  // namespace dnm
