// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/shared_work/shared_files.h"
#include "tests/core/shared_work/simulated_cluster.h"
#include "tests/core/shared_work/simulated_tasks.h"

namespace dnm::test {

/// Thrown out of whatever a killed task does.
struct Killed {};

/// A folder on a server: what all see.
class SimulatedFolder {
 public:
  struct File {
    std::shared_ptr<const std::string> content;
    std::shared_ptr<double> time;
  };
  SimulatedFolder(const ClusterSettings& chosen, SimulatedTasks& all);

  /// Goes to the server: a request of that kind, of `parts` messages.
  void count(const std::string& kind, int messages);
  [[nodiscard]] double random_delay();
  [[nodiscard]] double unit() { return std::uniform_real_distribution<double>(0, 1)(random); }
  void add(const std::string& name, File file);

  const ClusterSettings& settings;
  SimulatedTasks& tasks;
  std::mt19937_64 random;
  std::unordered_map<std::string, File> files;
  std::map<std::string, std::vector<std::pair<double, std::string>>> folders;  ///< names with when they were made
  std::map<std::string, std::int64_t> requests;
  std::vector<std::int64_t> by_minute;
};

/// What one task sees of it.
class SimulatedFiles final : public SharedFiles {
 public:
  /// `killed_at`: when its task dies.
  SimulatedFiles(SimulatedFolder& folder, std::string name, double killed_at, double stops_at, std::stop_source stop);

  std::vector<std::string> names(const std::string& folder) override;
  std::optional<std::string> content(const std::string& name) override;
  bool create(const std::string& name, std::string_view content, bool durable) override;
  bool link(const std::string& name, const std::string& second) override;
  bool exists(const std::string& name) override;
  bool touch(const std::string& name) override;
  void make_old(const std::string& name) override;
  std::optional<Time> time_of(const std::string& name) override;
  Time now() override;
  void remove(const std::string& name) override;
  std::string participant() override { return name_; }
  bool is_gone(const std::string& /*participant*/) override { return false; }
  Time elapsed() override;
  void wait(Time time, const std::stop_token& stop) override;

 private:
  /// Sends a request; what follows happens on the server. The answer takes a while as well: answer().
  void ask(const char* kind, int messages = 1);
  void answer();
  void go_on_at(double time);

  SimulatedFolder& folder_;
  std::string name_;
  double killed_at_;
  double stops_at_;
  std::stop_source stop_;
  double clock_ = 0;  ///< this machine's is as wrong
  std::map<std::string, double> listed_;
};

}  // namespace dnm::test
