// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "app/workspace/experiments/sweep.h"

namespace dnm {

/// A line for each row that is there, in order, below a header: the varied parameters, seed, nodes, links, and for each
/// measure its value (ID), the standard error of the measure itself (ID_se) and why there is no value (ID_reason).
/// Numbers in the shortest form that is read back as the same number; cells without one are empty.
[[nodiscard]] std::string sweep_csv(const Sweep& sweep);

/// Fills in the rows that such a text has; `path` names it in messages. Lines that are cut off or damaged are left out,
/// so that they are measured again. Throws InvalidInput where its columns are not those of the sweep, or where it has a
/// point or a seed that the sweep has not, whose row would be lost.
void read_sweep_csv(Sweep& sweep, std::string_view text, const std::filesystem::path& path);

/// What is varied, seeds, measures, their settings and the parameters of the model: {"varied": [{"parameter": …}, …],
/// "seeds": […], "measures": […], "measure_settings": {…}, "parameters": {…}}, where what is varied has its first
/// value. `command_line` stands in it as "command_line" with the program and its version, unless it is empty.
[[nodiscard]] std::string sweep_to_json(const SweepPlan& plan, const std::string& command_line = {});
/// The inverse; what is not known is ignored. Throws InvalidInput for another form.
[[nodiscard]] SweepPlan sweep_from_json(std::string_view text);

/// The plan as above with the rows that are there as "rows": sweep_csv().
[[nodiscard]] std::string sweep_with_rows_to_json(const Sweep& sweep);
/// The inverse. Throws InvalidInput for another form, and as make_sweep() and read_sweep_csv().
[[nodiscard]] Sweep sweep_with_rows_from_json(std::string_view text);

/// The first setting that keeps rows of one sweep from being those of another; values and seeds may be others. An empty
/// id: there is none.
struct ChangedSweep {
  std::string id{};
  std::string then{}, now{};
};
[[nodiscard]] ChangedSweep changed_sweep(const SweepPlan& then, const SweepPlan& now);
/// Fills in the rows of `sweep` that another has under the same values and seed, where nothing else keeps them from
/// being the same. O(rows · log rows).
void take_rows(Sweep& sweep, const Sweep& from);

/// The files of a sweep: TABLE.csv, and beside it TABLE.json with sweep_to_json().
class SweepFile {
 public:
  /// Reads the rows of `table` into the sweep, where there is such a file. Throws InvalidInput for one of another
  /// sweep, or one whose description is missing; FileError.
  SweepFile(std::filesystem::path table, Sweep& sweep, std::string command_line);

  /// Writes the table, whole; the description before it, the first time. Throws FileError.
  void write(const Sweep& sweep);
  [[nodiscard]] const std::filesystem::path& table() const { return table_; }
  [[nodiscard]] const std::filesystem::path& description() const { return description_; }

 private:
  std::filesystem::path table_, description_;
  std::string command_line_;
  bool is_described_ = false;
};

}  // namespace dnm
