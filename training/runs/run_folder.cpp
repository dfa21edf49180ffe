// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/runs/run_folder.h"

#include <array>
#include <charconv>
#include <system_error>
#include <utility>

#include "core/files/atomic_file.h"
#include "core/support/error.h"

namespace dnm {
namespace {

constexpr const char* checkpoint_name = "checkpoint.pt";
constexpr const char* header = "seed,epoch,train_loss,train_accuracy,test_accuracy,validation_accuracy,links,seconds\n";

std::string shortest(double value) {
  std::array<char, 32> text{};
  return {text.data(), std::to_chars(text.data(), text.data() + text.size(), value).ptr};
}

std::string line(const EpochResult& result) {
  return std::to_string(result.seed) + ',' + std::to_string(result.epoch) + ',' + shortest(result.train_loss) + ',' +
         shortest(result.train_accuracy) + ',' + shortest(result.test_accuracy) + ',' +
         (result.validation_accuracy ? shortest(*result.validation_accuracy) : "") + ',' +
         std::to_string(result.links) + ',' + shortest(result.seconds) + '\n';
}

}  // namespace

RunFolder::RunFolder(std::filesystem::path path, bool resume) : path_(std::move(path)) {
  std::error_code code;
  std::filesystem::create_directories(path_, code);
  if (!std::filesystem::is_directory(path_, code)) {
    throw FileError("cannot make the run folder " + path_.string() + "; choose a folder you may write to");
  }
  const bool has_run =
      std::filesystem::exists(path_ / checkpoint_name, code) || std::filesystem::exists(path_ / "epochs.csv", code);
  if (has_run && !resume) {
    throw InvalidInput("the run folder " + path_.string() +
                       " holds a run already; resume it (--resume) or choose another folder");
  }
}

std::optional<Checkpoint> RunFolder::checkpoint() const {
  const std::filesystem::path file = path_ / checkpoint_name;
  std::error_code code;
  if (!std::filesystem::exists(file, code)) return std::nullopt;
  return load_checkpoint(file);
}

void RunFolder::begin(const std::string& config, const std::vector<EpochResult>& history) {
  write_atomically(path_ / "config.json", config);
  std::string lines = header;
  for (const EpochResult& result : history) lines += line(result);
  write_atomically(path_ / "epochs.csv", lines);
  epochs_.open(path_ / "epochs.csv", std::ios::app);
  check_written();
}

void RunFolder::add(const EpochResult& result) {
  epochs_.clear();
  epochs_ << line(result) << std::flush;
  check_written();
}

void RunFolder::save(const Checkpoint& checkpoint) const { save_checkpoint(path_ / checkpoint_name, checkpoint); }

void RunFolder::check_written() const {
  if (!epochs_) {
    throw FileError("cannot write " + (path_ / "epochs.csv").string() + "; the disk may be full or the folder gone");
  }
}

}  // namespace dnm
