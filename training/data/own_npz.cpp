// SPDX-License-Identifier: GPL-3.0-or-later
// A data set as a NumPy archive: arrays of the inputs and of the classes, of a test part too if there is one.
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>
#include <span>

#include "core/files/npz_archive.h"
#include "core/support/digits.h"
#include "core/support/error.h"
#include "core/support/letter_case.h"
#include "training/data/own_set_format.h"

namespace dnm {
namespace {

constexpr std::uint64_t most_inputs = std::uint64_t{1} << 31;

/// What the arrays are called, by x and y as by Keras; capitals count as small letters.
constexpr std::string_view train_inputs[] = {"x", "x_train"}, train_classes[] = {"y", "y_train"};
constexpr std::string_view test_inputs[] = {"x_test"}, test_classes[] = {"y_test"};

/// "60000 × 28 × 28".
std::string shape_text(const NpyHeader& header) {
  std::string text;
  for (const std::uint64_t size : header.shape) text += (text.empty() ? "" : " × ") + std::to_string(size);
  return text.empty() ? "a single value" : text;
}

std::uint64_t examples_of(const NpyHeader& header) { return header.shape.empty() ? 0 : header.shape.front(); }

/// Numbers of an example, whose dimensions are taken one after the other; at most `most_inputs`.
std::uint64_t inputs_of(const NpyHeader& header) {
  std::uint64_t product = 1;
  for (std::size_t d = 1; d < header.shape.size(); ++d)
    product = std::min(most_inputs, product * std::min(header.shape[d], most_inputs));
  return product;
}

/// One part of the set: its inputs and their classes.
struct Part {
  std::string inputs, classes;  ///< names of arrays
};

class Archive {
 public:
  explicit Archive(const OwnSetChoice& choice) : file_(choice.file), reader_(choice.file) {
    for (const TensorShape& array : reader_.arrays(false)) names_.push_back(array.name);
    const auto x = find(train_inputs), y = find(train_classes);
    if (!x || !y)
      fail("it has no array " + std::string(x ? "y" : "x") + " but " + listed(names_) +
           "; save the inputs as x and the classes as y (numpy.savez(file, x=…, y=…))");
    train_ = {*x, *y};
    const auto tested = find(test_inputs), test_labels = find(test_classes);
    if (tested.has_value() != test_labels.has_value())
      fail("it has " + (tested ? *tested : *test_labels) + " without " + (tested ? "y_test" : "x_test") +
           "; a test part needs both");
    if (tested) test_ = {*tested, *test_labels};
  }

  [[nodiscard]] const Part& train() const { return train_; }
  [[nodiscard]] const std::optional<Part>& test() const { return test_; }
  [[nodiscard]] NpyArray open(const std::string& array) const { return reader_.open(array); }
  [[noreturn]] void fail(const std::string& what) const { throw FileError("cannot read " + file_ + ": " + what); }

  /// Arrays that are of no use.
  [[nodiscard]] std::vector<std::string> others() const {
    std::vector<std::string> found;
    for (const std::string& name : names_) {
      const auto is_of = [&](const Part& part) { return name == part.inputs || name == part.classes; };
      if (!is_of(train_) && !(test_ && is_of(*test_))) found.push_back(name);
    }
    return found;
  }
  [[nodiscard]] static std::string listed(const std::vector<std::string>& names) {
    constexpr std::size_t most = 6;
    std::string text;
    for (std::size_t i = 0; i < std::min(most, names.size()); ++i) text += (i == 0 ? "" : ", ") + names[i];
    return names.empty() ? "none at all" : text + (names.size() > most ? " …" : "");
  }

 private:
  [[nodiscard]] std::optional<std::string> find(std::span<const std::string_view> wanted) const {
    for (const std::string_view name : wanted) {
      const auto at = std::ranges::find_if(names_, [&](const std::string& array) { return lower_case(array) == name; });
      if (at != names_.end()) return *at;
    }
    return std::nullopt;
  }

  std::string file_;
  NpzReader reader_;
  std::vector<std::string> names_;
  Part train_;
  std::optional<Part> test_;
};

/// The label of each example of a part.
std::vector<std::string> labels_of(const Archive& archive, const Part& part) {
  const NpyHeader inputs = archive.open(part.inputs).header();
  NpyArray array = archive.open(part.classes);
  const std::vector<std::uint64_t>& shape = array.header().shape;
  const auto longer = std::ranges::count_if(shape, [](std::uint64_t size) { return size != 1; });
  if (array.length() != examples_of(inputs) || longer > 1)
    array.fail("is " + shape_text(array.header()) + ", but must hold one class for each of the " +
               counted(examples_of(inputs), "example") + " of " + part.inputs +
               (longer > 1 ? " (of one column each: " + part.classes + ".argmax(axis=1))" : ""));
  std::vector<std::string> labels = array.texts();
  const auto empty = std::ranges::find(labels, std::string());
  if (empty != labels.end())
    array.fail("has no class for example " + std::to_string(empty - labels.begin()) + " (counted from 0)");
  return labels;
}

/// Checks the inputs of a part against those of the training part.
void check_inputs(const Archive& archive, const Part& part, std::uint64_t expected) {
  const NpyArray array = archive.open(part.inputs);
  const NpyHeader& header = array.header();
  if (header.kind() == 'c' || !header.is_numeric()) array.fail_type("real numbers");
  if (examples_of(header) == 0) array.fail("is " + shape_text(header) + ", but must hold an example in each row");
  const std::uint64_t inputs = inputs_of(header);
  if (inputs == 0 || inputs >= most_inputs)
    array.fail("is " + shape_text(header) + ", which are " + (inputs == 0 ? "no inputs" : "too many inputs") +
               " of an example");
  if (inputs != expected)
    array.fail("is " + shape_text(header) + ", " + with_commas(inputs) + " inputs of an example, but " +
               archive.train().inputs + " has " + with_commas(expected));
}

/// Of an array whose first index runs fastest: where its values belong when the last one does.
class FortranOrder {
 public:
  explicit FortranOrder(const NpyHeader& header) : shape_(header.shape), index_(shape_.size(), 0) {}
  /// The place of the next value.
  std::uint64_t next() {
    std::uint64_t place = 0;
    for (std::size_t d = 0; d < shape_.size(); ++d) place = place * shape_[d] + index_[d];
    for (std::size_t d = 0; d < shape_.size() && ++index_[d] == shape_[d]; ++d) index_[d] = 0;
    return place;
  }

 private:
  std::vector<std::uint64_t> shape_;
  std::vector<std::uint64_t> index_;
};

void add_inputs(const Archive& archive, const Part& part, OwnSet& set, const TaskControl& control) {
  NpyArray array = archive.open(part.inputs);
  const NpyHeader& header = array.header();
  const bool is_turned = header.fortran_order && header.shape.size() > 1;
  std::vector<float> turned(is_turned ? array.length() : 0);
  FortranOrder order(header);
  std::uint64_t done = 0;
  array.for_each_reals([&](std::span<const double> values) {
    control.check();
    for (const double value : values) {
      const auto input = static_cast<float>(value);
      const std::uint64_t place = is_turned ? order.next() : done;
      ++done;
      if (!std::isfinite(input))
        array.fail("holds " + with_significant(value, 9) + " in example " + std::to_string(place / set.info.inputs) +
                   " (counted from 0), where a finite number is needed");
      if (is_turned) {
        turned[place] = input;
      } else {
        set.examples.add(input);
      }
    }
  });
  for (const float input : turned) set.examples.add(input);
}

void add_part(const Archive& archive, const Part& part, OwnSet& set, const TaskControl& control) {
  const auto changed = [&] { archive.fail("it has changed while it was read; start again"); };
  for (const std::string& label : labels_of(archive, part)) {
    const std::size_t place = place_of_class(set.info.classes, class_name(label));
    if (place == set.info.classes.size()) changed();
    set.examples.add_label(static_cast<std::uint32_t>(place));
  }
  if (inputs_of(archive.open(part.inputs).header()) != set.info.inputs) changed();
  add_inputs(archive, part, set, control);
}

}  // namespace

OwnSetInfo npz_set_info(const OwnSetChoice& choice) {
  const Archive archive(choice);
  OwnSetInfo info;
  ClassNames names;
  const auto count = [&](const Part& part, std::uint64_t inputs) {
    check_inputs(archive, part, inputs);
    for (const std::string& label : labels_of(archive, part)) names.add(label);
    const NpyHeader header = archive.open(part.inputs).header();
    info.examples += examples_of(header);
    // A turned array is collected before its examples are put in order.
    const std::uint64_t copies = header.fortran_order && header.shape.size() > 1 ? 2 : 1;
    info.bytes += copies * examples_of(header) * inputs * sizeof(float);
    return examples_of(header);
  };
  const std::uint64_t inputs = inputs_of(archive.open(archive.train().inputs).header());
  static_cast<void>(count(archive.train(), inputs));
  if (archive.test()) info.test_examples = count(*archive.test(), inputs);
  info.inputs = static_cast<NodeIndex>(inputs);
  info.classes = names.classes("cannot read " + choice.file + ": its array " + archive.train().classes);
  return info;
}

void read_npz_set(const OwnSetChoice& choice, const OwnSetInfo& /*info*/, OwnSet& set, const TaskControl& control) {
  const Archive archive(choice);
  add_part(archive, archive.train(), set, control);
  if (archive.test()) add_part(archive, *archive.test(), set, control);
  if (choice.classes != OwnSetChoice{}.classes)
    set.notices.push_back(set.info.name + " has its classes in the array " + archive.train().classes +
                          ": the class column is not used");
  if (const std::vector<std::string> others = archive.others(); !others.empty())
    set.notices.push_back(set.info.name + " has other arrays that are not used: " + Archive::listed(others));
}

}  // namespace dnm
