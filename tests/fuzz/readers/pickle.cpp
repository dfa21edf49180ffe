// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/pickle.h"

#include <unordered_set>
#include <vector>

#include "tests/fuzz/reader.h"

namespace dnm::fuzz {
namespace {

/// Every value that can be reached, once each.
void follow(const PickleValue& root) {
  std::unordered_set<const PickleValue*> seen;
  std::vector<const PickleValue*> rest{&root};
  while (!rest.empty()) {
    const PickleValue* const value = rest.back();
    rest.pop_back();
    if (value == nullptr || !seen.insert(value).second) continue;
    const bool is_object = value->kind == PickleKind::object;
    promise(!is_object || (value->callable != nullptr && value->arguments != nullptr), "an object that nothing makes");
    promise(!is_object || value->callable->kind == PickleKind::global, "an object that no global makes");
    promise(!value->has_keys || value->items.size() % 2 == 0, "a dictionary with a key and no value");
    for (const PickleValue* item : value->items) promise(item != nullptr, "a place without a value");
    rest.insert(rest.end(), value->items.begin(), value->items.end());
    for (const PickleValue* part : {value->callable, value->arguments, value->keywords, value->state})
      rest.push_back(part);
    // The bytes that it shows must be there.
    promise(std::string(value->text).size() == value->text.size(), "a text of another length");
  }
}

const Reader reader("pickle", [](std::string_view bytes) {
  PickleOptions options;
  options.path = "input.pickle";
  options.allows = [](std::string_view) { return true; };
  const Pickle pickle = read_pickle(bytes, options);
  promise(pickle.bytes() <= bytes.size(), "it is longer than its content");
  follow(pickle.value());
  for (const PickleValue* value : pickle.persistent()) follow(*value);
});

}  // namespace
}  // namespace dnm::fuzz
