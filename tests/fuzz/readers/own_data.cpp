// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <string>

#include "tests/fuzz/reader.h"
#include "training/data/own_set.h"

namespace dnm::fuzz {
namespace {

const Reader reader("own_data", [](std::string_view bytes) {
  // What the last file's header says is remembered by its name.
  static std::uint64_t inputs_read = 0;
  const char* extension = bytes.starts_with("PK") ? ".npz" : ".csv";
  const InputFile input(bytes, "input-" + std::to_string(++inputs_read) + extension);
  OwnSetChoice choice;
  choice.file = input.path().string();
  const OwnSet set = load_own_set(choice, 1, {});
  promise(set.train.size() + set.test.size() == set.info.examples, "an example belongs to neither part");
  for (const std::uint32_t label : set.examples.labels())
    promise(label < set.info.classes.size(), "an example is of no class");
  for (NodeIndex i = 0; i < set.info.inputs; ++i)
    promise(std::isfinite(set.mean[i]) && std::isfinite(set.scale[i]), "an input cannot be normalised");
});

}  // namespace
}  // namespace dnm::fuzz
