// SPDX-License-Identifier: GPL-3.0-or-later
// How the files of a data set of the user's own are read; own_set.cpp picks the format.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "training/data/own_set.h"

namespace dnm {

/// The labels of examples, one after the other, and what classes they make.
class ClassNames {
 public:
  /// `where` is the example's place in the file, for messages: "row 7". Throws FileError for a text that is no label.
  void add(std::string_view label);
  /// The classes: numbers by size ("2" and "2.0" are one), else words by letter. Throws FileError, which begins with
  /// `subject`, for fewer than two and for so many that they can be none.
  [[nodiscard]] std::vector<std::string> classes(const std::string& subject) const;

 private:
  std::vector<std::string> found_;  ///< sorted, each once
};

/// The label as classes are named: a whole number without its decimals, else the text itself.
[[nodiscard]] std::string class_name(std::string_view label);
/// Its place among the classes, or their number.
[[nodiscard]] std::size_t place_of_class(const std::vector<std::string>& classes, std::string_view name);

[[nodiscard]] OwnSetInfo csv_set_info(const OwnSetChoice& choice);
/// Adds all examples. Throws FileError, Cancelled.
void read_csv_set(const OwnSetChoice& choice, const OwnSetInfo& info, OwnSet& set, const TaskControl& control);

[[nodiscard]] OwnSetInfo npz_set_info(const OwnSetChoice& choice);
/// Adds all examples, those of a test part last. Throws FileError, Cancelled.
void read_npz_set(const OwnSetChoice& choice, const OwnSetInfo& info, OwnSet& set, const TaskControl& control);

}  // namespace dnm
