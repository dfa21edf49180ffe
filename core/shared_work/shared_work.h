// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/shared_work/shared_files.h"

// Work that many processes share through a folder, without a server. The work is a set of items, each with an id of its
// own, that whoever takes part derives from what is known. An item has a log of numbered slots, files that are created
// once and never changed: a claim, the claim of who took over from a dead one, at last the result. Who creates the next
// slot has it. So a worker whose claim was taken over cannot publish any more, however slow it was, and each item gets
// one result.
//
// (manual: using/cluster, "How workers share a folder")

namespace dnm {

enum class WorkState {
  claimed,   ///< somebody works on it, or died while they did
  finished,  ///< its result is there
};

/// What is known of an item.
struct WorkItem {
  std::string id;
  WorkState state = WorkState::claimed;
  std::string result;  ///< as published; empty while it is claimed
};

/// A slot in the log of an item.
struct WorkSlot {
  int number = 0;  ///< from 1
  enum class Kind { claim, result, damaged } kind = Kind::claim;
  std::string worker{};       ///< who wrote it
  int deaths = 0;             ///< claims before it whose workers died
  std::string text{};         ///< the note of a claim, or the result
  SharedFiles::Time since{};  ///< since it was written, or since the last heartbeat of a claim
  bool given_back = false;    ///< a claim that release() ended
};

struct WorkSettings {
  /// Without a heartbeat for this long a claim is dead. More than twice what NFS keeps attributes for (60 s).
  std::chrono::duration<double> lifetime = std::chrono::seconds(180);
  std::chrono::duration<double> heartbeat = std::chrono::seconds(30);
  /// Results are put together in files of this many, so that a worker reads few files.
  std::size_t bundle = 256;
};

class SharedWork;

/// An item that is this worker's. It stays so while heartbeats reach the folder; without a result or release() the
/// destructor releases it. Movable. Its functions are safe from any thread.
class WorkLease {
 public:
  struct Claim;

  /// By SharedWork::claim().
  explicit WorkLease(std::shared_ptr<Claim> claim);
  ~WorkLease();
  WorkLease(WorkLease&&) noexcept = default;
  WorkLease& operator=(WorkLease&&) noexcept;
  WorkLease(const WorkLease&) = delete;
  WorkLease& operator=(const WorkLease&) = delete;

  [[nodiscard]] const std::string& id() const;
  /// How many workers died on this item before (kill -9, power failure, out of memory); what was released in order, as
  /// before a time limit, does not count.
  [[nodiscard]] int deaths() const;
  /// Requested once the item is another's, or no heartbeat got through for two thirds of the lifetime: the work has to
  /// end, since somebody else may begin it.
  [[nodiscard]] std::stop_token lost() const;
  /// Writes the result. False where the item is another's by now: nothing was written. Throws FileError (disk full);
  /// the item is still this worker's then.
  [[nodiscard]] bool publish(std::string_view result);
  /// Gives the item back unfinished: the next worker takes it at once. Where the folder cannot be reached, it waits for
  /// its lifetime.
  void release() noexcept;

 private:
  std::shared_ptr<Claim> claim_;
};

/// One participant; the threads of a program share one. Safe from any thread.
class SharedWork {
 public:
  /// `files`: the folder of the work. Nothing is read or written yet.
  explicit SharedWork(std::unique_ptr<SharedFiles> files, WorkSettings settings = {});
  ~SharedWork();
  SharedWork(const SharedWork&) = delete;
  SharedWork& operator=(const SharedWork&) = delete;

  /// All items that are known, sorted by id: in number those that were ever claimed. Reads the names in two folders,
  /// and of the results only those that it has not read before; nothing is ever read twice. Throws FileError.
  [[nodiscard]] std::vector<WorkItem> items();

  /// Claims an item that nobody works on: a new one, or one whose worker is dead or gave it back. Nothing where it is
  /// somebody's or has its result; items() then shows it as claimed. `note`: kept with the claim; an empty one is that
  /// of the claim before. `id`: letters, digits, "-" and "_", 1 to 150 of them (InvalidInput). Throws FileError.
  [[nodiscard]] std::optional<WorkLease> claim(const std::string& id, std::string_view note);

  /// Of the items that items() gave as claimed, those whose worker is dead or gave them back; a worker whose process
  /// ended on this machine is dead at once. A claim is looked at when
  /// it may be dead for the first time, and then again when its last heartbeat was a lifetime ago. Sorted. Throws
  /// FileError.
  [[nodiscard]] std::vector<std::string> abandoned();

  /// Sends the heartbeats that are due. Never throws: a lease that they cannot reach is lost after a while.
  void refresh() noexcept;
  /// Declares those leases lost whose last heartbeat was too long ago, without touching the folder, in which refresh()
  /// may be stuck.
  void expire() noexcept;
  /// The log of an item: all its slots in order. Throws FileError.
  [[nodiscard]] std::vector<WorkSlot> history(const std::string& id);

  /// Asks all workers to stop, until allow() takes it back. Throws FileError.
  void cancel(std::string_view reason);
  void allow();
  /// The reason with which the work was cancelled.
  [[nodiscard]] std::optional<std::string> cancelled();

  [[nodiscard]] const WorkSettings& settings() const;
  [[nodiscard]] SharedFiles& files();

  struct Parts;

 private:
  std::shared_ptr<Parts> parts_;
};

}  // namespace dnm
