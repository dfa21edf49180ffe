// SPDX-License-Identifier: GPL-3.0-or-later
// Short runs on small generated files, and what tests ask of them.
#pragma once

#include <QString>
#include <QTemporaryDir>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "training/runs/background_run.h"
#include "training/tasks/task_table.h"

namespace samples {

/// Two data sets and folders for runs, which are gone with this object.
class RunFiles {
 public:
  /// Writes 900 and 6000 training images, 200 test images each.
  RunFiles();
  [[nodiscard]] std::filesystem::path data() const { return root() / "data"; }
  [[nodiscard]] std::filesystem::path large_data() const { return root() / "large"; }
  /// A name nothing has yet.
  [[nodiscard]] std::string fresh_folder() { return (root() / ("run" + std::to_string(next_++))).string(); }
  /// On the smaller set, with an engine named, so that two runs compute alike whatever they measure.
  [[nodiscard]] dnm::TrainingSettings few_epochs(int epochs) const;
  /// A thousand epochs on the larger one.
  [[nodiscard]] dnm::TrainingSettings long_run() const;

 private:
  [[nodiscard]] std::filesystem::path root() const { return folder_.path().toStdString(); }

  QTemporaryDir folder_;
  int next_ = 0;
};

/// Of the default settings.
inline const dnm::TaskMetrics& metrics = dnm::metrics_of(dnm::TrainingSettings{});

[[nodiscard]] dnm::NetworkPointer network(const std::string& layers = "784,96,64", std::uint64_t seed = 0);
[[nodiscard]] std::unique_ptr<dnm::BackgroundRun> start(const dnm::NetworkPointer& net,
                                                        const dnm::TrainingSettings& settings);

/// Polls until `done`; the results that came meanwhile are appended. Gives up after a minute.
dnm::TrainingProgress wait_until(dnm::BackgroundRun& run, std::vector<dnm::EpochResult>& results,
                                 const std::function<bool(const dnm::TrainingProgress&)>& done);
dnm::TrainingProgress wait_for_end(dnm::BackgroundRun& run, std::vector<dnm::EpochResult>& results);

[[nodiscard]] std::string text_of(const std::filesystem::path& path);
/// Of the dnm::Error that the call throws; empty when it throws none.
[[nodiscard]] QString message_of(const std::function<void()>& call);
/// Everything but wall time.
[[nodiscard]] bool same_outcome(const std::vector<dnm::EpochResult>& a, const std::vector<dnm::EpochResult>& b);

}  // namespace samples
