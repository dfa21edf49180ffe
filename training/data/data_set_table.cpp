// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/data/data_set_table.h"

#include "core/parameters/look_up.h"

namespace dnm {
namespace {

/// 28 x 28 grey pixels in IDX files.
constexpr DataSetInfo grey(std::string_view id, std::string_view label, std::string_view meaning, NodeIndex classes,
                           float mean, float deviation, std::string_view train_files, std::string_view test_files,
                           std::string_view torchvision) {
  return {id, label, meaning, DataSetFormat::idx, 1,           28,         28,         classes, 1568, 0, false,
          0,  false, {mean},  {deviation},        train_files, test_files, torchvision};
}

/// One split of EMNIST, whose images are stored column by column.
constexpr DataSetInfo emnist(std::string_view id, std::string_view label, std::string_view meaning, NodeIndex classes,
                             unsigned first_label, std::string_view train_files, std::string_view test_files) {
  DataSetInfo info = grey(id, label, meaning, classes, 0.1736F, 0.3317F, train_files, test_files, "EMNIST");
  info.first_label = first_label;
  info.transposed = true;
  return info;
}

constexpr DataSetInfo table[] = {
    grey("fashion-mnist", "Fashion-MNIST",
         "Articles of clothing; the Debian package dataset-fashion-mnist brings its files.", 10, 0.2860F, 0.3530F,
         "train", "t10k", "FashionMNIST"),
    grey("mnist", "MNIST", "Handwritten digits; four files of the MNIST database.", 10, 0.1307F, 0.3081F, "train",
         "t10k", "MNIST"),
    grey("kmnist", "KMNIST", "Cursive Japanese characters; four files of the Kuzushiji-MNIST data set.", 10, 0.1918F,
         0.3483F, "train", "t10k", "KMNIST"),
    emnist("emnist-balanced", "EMNIST balanced",
           "Handwritten digits and letters, as many of each; from the gzip folder of NIST's EMNIST download.", 47, 0,
           "emnist-balanced-train", "emnist-balanced-test"),
    emnist("emnist-bymerge", "EMNIST by merge",
           "Handwritten digits and letters, look-alikes merged; from the gzip folder of NIST's EMNIST download.", 47, 0,
           "emnist-bymerge-train", "emnist-bymerge-test"),
    emnist("emnist-byclass", "EMNIST by class",
           "Handwritten digits, capitals and small letters; from the gzip folder of NIST's EMNIST download.", 62, 0,
           "emnist-byclass-train", "emnist-byclass-test"),
    emnist("emnist-letters", "EMNIST letters", "Handwritten letters; from the gzip folder of NIST's EMNIST download.",
           26, 1, "emnist-letters-train", "emnist-letters-test"),
    emnist("emnist-digits", "EMNIST digits", "Handwritten digits; from the gzip folder of NIST's EMNIST download.", 10,
           0, "emnist-digits-train", "emnist-digits-test"),
    emnist("emnist-mnist", "EMNIST MNIST",
           "Handwritten digits, as many as in MNIST; from the gzip folder of NIST's EMNIST download.", 10, 0,
           "emnist-mnist-train", "emnist-mnist-test"),
    {"cifar-10",
     "CIFAR-10",
     "Photographs of animals and vehicles, cropped and mirrored at random; the six files of its binary or Python "
     "version.",
     DataSetFormat::cifar,
     3,
     32,
     32,
     10,
     3072,
     0,
     false,
     4,
     true,
     {0.4914F, 0.4822F, 0.4465F},
     {0.2470F, 0.2435F, 0.2616F},
     "data_batch",
     "test_batch",
     ""},
};

}  // namespace

std::span<const DataSetInfo> data_set_table() { return table; }

const DataSetInfo& data_set_info(std::string_view id) { return look_up(table, id, "data set"); }

}  // namespace dnm
