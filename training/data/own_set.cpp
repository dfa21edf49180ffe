// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/data/own_set.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <mutex>
#include <optional>
#include <system_error>
#include <utility>

#include <zlib.h>

#include "core/network/random.h"
#include "core/support/digits.h"
#include "core/support/error.h"
#include "core/support/letter_case.h"
#include "core/support/memory.h"
#include "training/data/own_set_format.h"
#include "training/support/random_streams.h"

namespace dnm {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_classes = 1 << 16;

struct Format {
  std::string_view ending;
  OwnSetInfo (*info)(const OwnSetChoice&);
  void (*read)(const OwnSetChoice&, const OwnSetInfo&, OwnSet&, const TaskControl&);
};
constexpr Format formats[] = {
    {".csv", csv_set_info, read_csv_set}, {".csv.gz", csv_set_info, read_csv_set},
    {".tsv", csv_set_info, read_csv_set}, {".tsv.gz", csv_set_info, read_csv_set},
    {".npz", npz_set_info, read_npz_set},
};

constexpr const char* what_to_give = "give a .csv or .tsv table or an .npz archive (Data file, --data-file)";

const Format& format_of(const std::string& file) {
  if (file.empty()) throw InvalidInput(std::string("no file is named for the data of your own; ") + what_to_give);
  const std::string name = lower_case(fs::path(file).filename().string());
  for (const Format& format : formats) {
    if (name.ends_with(format.ending)) return format;
  }
  throw InvalidInput(file + " is not a data set by its name; " + what_to_give);
}

std::optional<double> number_in(std::string_view text) {
  double value = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

/// Numbers by size before words by letter.
bool is_before(const std::string& a, const std::string& b) {
  const auto x = number_in(a), y = number_in(b);
  if (x && y) return *x < *y;
  return x.has_value() != y.has_value() ? x.has_value() : a < b;
}

/// What tells whether a file is still the same.
struct Stamp {
  OwnSetChoice choice;
  std::uintmax_t size = 0;
  fs::file_time_type time{};
  bool operator==(const Stamp&) const = default;
};
Stamp stamp_of(const OwnSetChoice& choice) {
  std::error_code code;  // a file that is not there is reported by its reader
  Stamp stamp{choice, fs::file_size(choice.file, code), fs::last_write_time(choice.file, code)};
  stamp.choice.test_share = 0.0;  // of no influence on what the file holds
  return stamp;
}

/// Mean and deviation of each input over the training part.
void set_normalisation(OwnSet& set) {
  const NodeIndex inputs = set.info.inputs;
  std::vector<double> mean(inputs, 0.0), deviation(inputs, 0.0);
  const auto each = [&](auto use) {
    for (const std::uint32_t example : set.train) {
      for (NodeIndex input = 0; input < inputs; ++input) use(input, set.examples.value(example, input));
    }
  };
  const auto count = static_cast<double>(set.train.size());
  each([&](NodeIndex input, double value) { mean[input] += value / count; });
  each([&](NodeIndex input, double value) { deviation[input] += (value - mean[input]) * (value - mean[input]); });
  std::uint64_t constant = 0;
  for (NodeIndex input = 0; input < inputs; ++input) {
    const double of_input = std::sqrt(deviation[input] / count);
    const bool is_constant = !(of_input > 1e-9 * std::abs(mean[input]));
    constant += is_constant ? 1 : 0;
    set.mean.push_back(static_cast<float>(mean[input]));
    set.scale.push_back(is_constant ? 0.0F : static_cast<float>(1.0 / of_input));
  }
  if (constant > 0)
    set.notices.push_back(counted(constant, "input") + " of " + std::to_string(inputs) +
                          (constant == 1 ? " is" : " are") + " constant in the training part of " + set.info.name +
                          (constant == 1 ? " and counts as 0" : " and count as 0"));
}

/// The file's own test part, else one that the seed draws.
void set_parts(OwnSet& set, const OwnSetChoice& choice, std::uint64_t seed) {
  const std::size_t count = set.examples.size();
  std::vector<bool> is_test(count, false);
  if (set.info.test_examples > 0) {
    std::fill(is_test.end() - static_cast<std::ptrdiff_t>(set.info.test_examples), is_test.end(), true);
    if (choice.test_share != OwnSetChoice{}.test_share)
      set.notices.push_back(set.info.name + " has a test part: the test share is not used");
  } else {
    const std::uint64_t held_out = test_examples(set.info, choice);
    Random random(seed, training_stream(TrainingStream::test_part, 0));
    for (const std::uint64_t example : random.sample(count, held_out)) is_test[example] = true;
    set.notices.push_back(set.info.name + " has no test part: " + counted(held_out, "example") + " of " +
                          with_commas(count) + ", chosen by the seed, are held out for tests (--test-share)");
  }
  for (std::size_t example = 0; example < count; ++example)
    (is_test[example] ? set.test : set.train).push_back(static_cast<std::uint32_t>(example));
}

/// What there is to say of the classes of the two parts. Throws FileError for a part without examples.
void check_parts(OwnSet& set) {
  const OwnSetInfo& info = set.info;
  if (set.train.empty() || set.test.empty())
    throw FileError("cannot use " + info.name + ": its " + counted(set.examples.size(), "example") + " leave none to " +
                    (set.train.empty() ? "train with" : "test with") +
                    "; give more, or hold out another share (Test share, --test-share)");
  std::vector<std::uint64_t> trained(info.classes.size(), 0);
  for (const std::uint32_t example : set.train) ++trained[set.examples.labels()[example]];
  std::string without;
  std::size_t count = 0;
  for (std::size_t c = 0; c < trained.size(); ++c) {
    if (trained[c] > 0) continue;
    if (++count <= 3) without += (without.empty() ? "" : ", ") + info.classes[c];
  }
  if (count > 3) without += " and " + std::to_string(count - 3) + " more";
  if (count > 0)
    set.notices.push_back("no training example is of the class " + without + ": nothing can be learned of it");
}

}  // namespace

void ExampleTable::reserve(std::uint64_t examples) {
  labels_.reserve(examples);
  (holds_bytes() ? bytes_.reserve(examples * inputs_) : values_.reserve(examples * inputs_));
}

void ExampleTable::add(float value) {
  if (holds_bytes()) {
    if (value >= 0.0F && value <= 255.0F && value == std::floor(value)) {
      bytes_.push_back(static_cast<std::uint8_t>(value));
      return;
    }
    values_.reserve(bytes_.capacity());
    values_.assign(bytes_.begin(), bytes_.end());
    bytes_ = {};
  }
  values_.push_back(value);
}

double ExampleTable::value(std::size_t example, NodeIndex input) const {
  const std::size_t place = example * inputs_ + input;
  return holds_bytes() ? static_cast<double>(bytes_[place]) : static_cast<double>(values_[place]);
}

void ClassNames::add(std::string_view label) {
  std::string name = class_name(label);
  const auto at = std::lower_bound(found_.begin(), found_.end(), name, is_before);
  if (at != found_.end() && *at == name) return;
  if (found_.size() <= most_classes) found_.insert(at, std::move(name));
}

std::vector<std::string> ClassNames::classes(const std::string& subject) const {
  if (found_.size() > most_classes)
    throw FileError(subject + " holds more than " + with_commas(most_classes) +
                    " different values, which are no classes; numbers are not predicted");
  if (found_.size() < 2)
    throw FileError(subject + " holds " + (found_.empty() ? "no class" : "the class " + found_.front() + " alone") +
                    "; there must be two or more to tell apart");
  for (const std::string& name : found_) {
    const auto number = number_in(name);
    if (number && *number != std::floor(*number))
      throw FileError(subject + " holds " + name +
                      ", which is no class: classes are words or whole numbers; numbers are not predicted");
  }
  return found_;
}

std::string class_name(std::string_view label) {
  const auto number = number_in(label);
  if (!number || *number != std::floor(*number) || std::abs(*number) > 1e15) return std::string(label);
  return std::to_string(static_cast<std::int64_t>(*number));
}

std::size_t place_of_class(const std::vector<std::string>& classes, std::string_view name) {
  const std::string wanted(name);
  const auto at = std::lower_bound(classes.begin(), classes.end(), wanted, is_before);
  return at != classes.end() && *at == wanted ? static_cast<std::size_t>(at - classes.begin()) : classes.size();
}

std::shared_ptr<const OwnSetInfo> own_set_info(const OwnSetChoice& choice) {
  static std::mutex mutex;
  static std::pair<Stamp, std::shared_ptr<const OwnSetInfo>> last;
  const Format& format = format_of(choice.file);
  const Stamp stamp = stamp_of(choice);
  {
    const std::scoped_lock lock(mutex);
    if (last.second && last.first == stamp) return last.second;
  }
  OwnSetInfo info = format.info(choice);
  info.name = fs::path(choice.file).filename().string();
  auto made = std::make_shared<const OwnSetInfo>(std::move(info));
  const std::scoped_lock lock(mutex);
  last = {stamp, made};
  return made;
}

std::uint64_t test_examples(const OwnSetInfo& info, const OwnSetChoice& choice) {
  if (info.test_examples > 0) return info.test_examples;
  return static_cast<std::uint64_t>(std::llround(choice.test_share * static_cast<double>(info.examples)));
}

OwnSet load_own_set(const OwnSetChoice& choice, std::uint64_t seed, const TaskControl& control) {
  OwnSet set;
  set.info = *own_set_info(choice);
  require_memory(set.info.bytes, "the data of " + set.info.name);
  set.examples = ExampleTable(set.info.inputs);
  set.examples.reserve(set.info.examples);
  format_of(choice.file).read(choice, set.info, set, control);
  const std::size_t count = set.examples.size();
  if (count != set.info.examples)
    throw FileError("cannot read " + choice.file + ": it has changed while it was read; start again");
  set_parts(set, choice, seed);
  check_parts(set);
  set_normalisation(set);
  return set;
}

void OwnSet::gather(bool of_test, std::span<const std::uint32_t> which, ImageBatch& batch) const {
  const std::vector<std::uint32_t>& part = of_test ? test : train;
  const std::size_t inputs = info.inputs;
  batch.resize(which.size());
  for (std::size_t i = 0; i < which.size(); ++i) batch.labels()[i] = examples.labels()[part[which[i]]];
  const auto fill = [&](const auto* values) {
    for (std::size_t t = 0; t < batch.tile_count(); ++t) {
      const std::size_t width = batch.width_of_tile(t);
      for (std::size_t i = 0; i < batch.tile_size(t); ++i) {
        const auto* const example = values + std::size_t{part[which[t * tile_width + i]]} * inputs;
        float* place = batch.tile(t) + i;
        for (std::size_t input = 0; input < inputs; ++input, place += width)
          *place = (static_cast<float>(example[input]) - mean[input]) * scale[input];
      }
    }
  };
  examples.holds_bytes() ? fill(examples.bytes().data()) : fill(examples.values().data());
}

std::uint32_t OwnSet::checksum(const TaskControl& control) const {
  constexpr std::size_t chunk = std::size_t{1} << 24;
  uLong sum = crc32_z(0, nullptr, 0);
  const auto add = [&](const auto& values) {
    const auto* const bytes = reinterpret_cast<const Bytef*>(values.data());
    const std::size_t size = values.size() * sizeof(values[0]);
    for (std::size_t first = 0; first < size; first += chunk) {
      control.check();
      sum = crc32_z(sum, bytes + first, std::min(chunk, size - first));
    }
  };
  add(examples.bytes());
  add(examples.values());
  add(examples.labels());
  add(train);
  return static_cast<std::uint32_t>(sum);
}

}  // namespace dnm
