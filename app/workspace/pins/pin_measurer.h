// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <vector>

#include "app/workspace/pins/pin_results.h"
#include "core/models/data_source.h"
#include "core/network/graph.h"

namespace dnm {

/// What is wanted of a pin.
struct WantedPin {
  Pin pin{};
  LiveRequest request{};
  LiveSnapshot known{};          ///< its fresh values are not computed again
  bool embedding = false;        ///< for its picture
  bool communities = false;      ///< the community of every node too, for its picture
  bool is_elsewhere = false;     ///< its values come from elsewhere, and none is computed
  bool has_communities = false;  ///< as far as the method finds them; set by the measurer
};

/// Computes what is missing of pinned networks on one thread of the lowest priority, the cheapest of all of them first:
/// networks are drawn or read, measured and embedded. All calls are quick and thread-safe.
class PinMeasurer {
 public:
  /// `changed` is called from the thread whenever results() has something new, never while a lock is held. `data`: for
  /// the initialisers that need a data set.
  explicit PinMeasurer(std::function<void()> changed, DataSourceProvider data = {});
  ~PinMeasurer();  ///< stops what is being computed and joins
  PinMeasurer(const PinMeasurer&) = delete;
  PinMeasurer& operator=(const PinMeasurer&) = delete;

  /// In place of what was wanted before; what is computed for a pin that is still wanted in the same way goes on.
  void want(std::vector<WantedPin> wanted);
  /// Stops until resume(); what is missing is marked as cancelled.
  void cancel();
  /// Goes on, and tries again what has failed.
  void resume();
  /// Of the pins that are wanted, in their order.
  [[nodiscard]] PinResults results() const;
  [[nodiscard]] bool is_busy() const;

 private:
  enum class Stage { network, measure, embedding };
  struct Task {
    Pin pin;
    LiveRequest request;
    Stage stage = Stage::network;
    std::size_t slot = 0;  ///< row of measure_table()
    std::stop_token stop{};
    NetworkPointer network{};
  };
  struct Graphs;

  void work(const std::stop_token& stop);
  void run(const Task& task);
  [[nodiscard]] std::shared_ptr<const Graph> graph_of(const Task& task, std::optional<std::size_t> layer);
  [[nodiscard]] std::optional<Task> next_task() const;
  [[nodiscard]] WantedPin* find(const Pin& pin);
  void stop_current();
  /// Changes what is known of the pin unless the task was stopped, then notifies.
  void publish(const Task& task, const std::function<void(LiveSnapshot&)>& change);
  [[nodiscard]] TaskControl control(const Task& task);

  std::function<void()> changed_;
  DataSourceProvider data_;
  mutable std::mutex mutex_;  // guards all down to the next empty line
  std::condition_variable_any wake_;
  std::vector<WantedPin> wanted_;
  std::optional<Task> current_;
  std::stop_source current_stop_;
  bool is_cancelled_ = false;

  std::unique_ptr<Graphs> graphs_;  ///< of the thread alone
  std::jthread thread_;             // last: it uses everything above
};

}  // namespace dnm
