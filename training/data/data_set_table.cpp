// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/data/data_set_table.h"

#include <string>
#include <vector>

#include "core/models/parameter.h"
#include "core/support/error.h"
#include "training/runs/training_module.h"

namespace dnm {
namespace {

constexpr DataSetInfo table[] = {
    {"fashion-mnist", "Fashion-MNIST",
     "Articles of clothing; the Debian package dataset-fashion-mnist brings its files.", 28, 28, 10, 0, false, 0.2860F,
     0.3530F, "train", "t10k"},
    {"mnist", "MNIST", "Handwritten digits; four files of the MNIST database.", 28, 28, 10, 0, false, 0.1307F, 0.3081F,
     "train", "t10k"},
    {"emnist-balanced", "EMNIST balanced",
     "Handwritten digits and letters, as many of each; from the gzip folder of NIST's EMNIST download.", 28, 28, 47, 0,
     true, 0.1736F, 0.3317F, "emnist-balanced-train", "emnist-balanced-test"},
    {"emnist-bymerge", "EMNIST by merge",
     "Handwritten digits and letters, look-alikes merged; from the gzip folder of NIST's EMNIST download.", 28, 28, 47,
     0, true, 0.1736F, 0.3317F, "emnist-bymerge-train", "emnist-bymerge-test"},
    {"emnist-byclass", "EMNIST by class",
     "Handwritten digits, capitals and small letters; from the gzip folder of NIST's EMNIST download.", 28, 28, 62, 0,
     true, 0.1736F, 0.3317F, "emnist-byclass-train", "emnist-byclass-test"},
    {"emnist-letters", "EMNIST letters", "Handwritten letters; from the gzip folder of NIST's EMNIST download.", 28, 28,
     26, 1, true, 0.1736F, 0.3317F, "emnist-letters-train", "emnist-letters-test"},
    {"emnist-digits", "EMNIST digits", "Handwritten digits; from the gzip folder of NIST's EMNIST download.", 28, 28,
     10, 0, true, 0.1736F, 0.3317F, "emnist-digits-train", "emnist-digits-test"},
    {"emnist-mnist", "EMNIST MNIST",
     "Handwritten digits, as many as in MNIST; from the gzip folder of NIST's EMNIST download.", 28, 28, 10, 0, true,
     0.1736F, 0.3317F, "emnist-mnist-train", "emnist-mnist-test"},
};

[[noreturn]] void throw_unknown(std::string_view id) {
  std::vector<std::string_view> known;
  for (const DataSetInfo& row : table) known.push_back(row.id);
  std::string message = "there is no data set \"" + std::string(id) + "\"";
  if (const auto near = nearest(id, known); !near.empty()) {
    message += "; did you mean " + std::string(near) + "?";
  } else {
    message += "; there are:";
    for (const auto name : known) message += " " + std::string(name);
  }
  throw InvalidInput(message);
}

}  // namespace

std::span<const DataSetInfo> data_set_table() { return table; }

const DataSetInfo& data_set_info(std::string_view id) {
  for (const DataSetInfo& row : table) {
    if (row.id == id) return row;
  }
  throw_unknown(id);
}

std::span<const DataSetShape> data_set_shapes() {
  static const std::vector<DataSetShape> shapes = [] {
    std::vector<DataSetShape> made;
    for (const DataSetInfo& row : table) {
      made.push_back({std::string(row.id), std::string(row.label), row.inputs(), row.classes});
    }
    return made;
  }();
  return shapes;
}

const DataSetShape& data_set_shape(std::string_view id) {
  for (const DataSetShape& shape : data_set_shapes()) {
    if (shape.id == id) return shape;
  }
  throw_unknown(id);
}

}  // namespace dnm
